//! Mails, mailboxes, saved pages in one file, and web archives.

use crate::documents::read;
use crate::pages::page;
use allegata::formats::articles::found::Found;
use allegata::formats::reading::ReadError;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

const PLAIN: &str = "From: Ines Varga <ines@lynd.example>\r\nTo: desk@lynd.example\r\nSubject: =?utf-8?Q?D=C3=A9p=C3=B4t_burnt_down?=\r\n\
    Date: Mon, 6 May 2024 10:15:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    The d=C3=A9p=C3=B4t burnt. Two people saw it.\r\n\r\nNobody denies it.\r\n";

fn paragraphs() -> Vec<Vec<String>> {
    let text = "The depot on the harbour burnt down on Monday, and two people who saw it say that nobody had looked at it for years.";
    vec![vec![text.to_owned()], vec![text.replace("depot", "house")]]
}

/// A page with enough words for an article, and the text that comes of it.
fn long_page() -> (Vec<u8>, String) {
    let text = paragraphs().iter().map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n\n");
    (page("Depot burnt down", &paragraphs()), format!("Depot burnt down\n\n{text}"))
}

fn saved() -> Vec<u8> {
    let (page, _) = long_page();
    let head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://lynd.example/depot\r\nSubject: Depot burnt down\r\n\
        Date: Tue, 7 May 2024 10:15:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n\
        ----b\r\nContent-Type: text/html\r\nContent-ID: <frame@x>\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://lynd.example/depot\r\n\r\n";
    let rest = "\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://lynd.example/a.png\r\n\r\niVBORw0K\r\n----b--\r\n";
    [head.as_bytes(), &page, rest.as_bytes()].concat()
}

fn mailbox() -> Vec<u8> {
    let second = PLAIN
        .replace("=C3=A9p=C3=B4t_burnt_down", "id_it_rain")
        .replace("Nobody denies it.", ">From the harbour, nothing.");
    format!("From ines@lynd.example Mon May  6 10:15:00 2024\n{PLAIN}\nFrom ines@lynd.example Mon May  6 10:15:00 2024\n{second}\nFrom x Mon May  6 10:15:00 2024\nSubject: Nothing\nFrom: a@b.example\n\n\n").into_bytes()
}

/// A record of a web archive.
fn record(kind: &str, address: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-07T10:15:00Z\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{head}\r\n").as_bytes(), body]
        .concat()
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = body
        .chunks(100)
        .flat_map(|piece| [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat())
        .collect();
    out.extend(b"0\r\n\r\n");
    out
}

fn records() -> Vec<Vec<u8>> {
    let (page, _) = long_page();
    vec![
        record("warcinfo", "", b"software: test\r\n"),
        record("request", "https://lynd.example/a", b"GET /a HTTP/1.1\r\n\r\n"),
        record("response", "https://lynd.example/a", &answer("", &page)),
        record(
            "response",
            "https://lynd.example/b",
            &answer("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", &chunked(&gzip(&page))),
        ),
        record(
            "response",
            "https://lynd.example/c",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No</p>",
        ),
        record(
            "response",
            "https://lynd.example/d.png",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG",
        ),
        record("response", "https://lynd.example/e", &answer("Content-Encoding: br\r\n", b"\xff\xfe\xfd")),
        record("revisit", "https://lynd.example/a", b""),
    ]
}

/// One of each kind, to be damaged.
pub fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let packed = records().iter().flat_map(|record| gzip(record)).collect();
    vec![
        ("eml", PLAIN.into()),
        ("mbox", mailbox()),
        ("mht", saved()),
        ("warc", records().concat()),
        ("warc", packed),
    ]
}

#[test]
fn a_mail_is_an_article() {
    let Found { articles, left, warnings, .. } = read("eml", PLAIN.as_bytes()).unwrap();
    assert_eq!((left, warnings), (vec![], vec![]));
    let [article] = articles.as_slice() else { panic!("{}", articles.len()) };
    assert_eq!(
        article.text,
        "D\u{e9}p\u{f4}t burnt down\n\nThe d\u{e9}p\u{f4}t burnt. Two people saw it.\n\nNobody denies it."
    );
    let meta = &article.meta;
    assert_eq!(
        [&meta.title, &meta.byline, &meta.published].map(Option::as_deref),
        [Some("D\u{e9}p\u{f4}t burnt down"), Some("Ines Varga"), Some("2024-05-06")]
    );
    assert!(matches!(read("eml", b"The mayor took money."), Err(ReadError::Broken { .. })));
    assert_eq!(read("eml", b""), Err(ReadError::Empty));
}

#[test]
fn a_mail_that_is_a_page_and_what_is_attached() {
    let (page, text) = long_page();
    let mail = format!(
        "From: a@b.example\r\nSubject: The page\r\nDate: Mon, 6 May 2024 10:15:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--b\r\nContent-Type: text/plain; name=\"note.txt\"\r\nContent-Disposition: attachment; filename=\"note.txt\"\r\n\r\n\
         A note that was attached.\r\n--b\r\nContent-Type: application/x-thing\r\nContent-Disposition: attachment; filename=\"a.thing\"\r\n\r\nxxx\r\n--b--\r\n",
        String::from_utf8(page).unwrap()
    );
    let Found { articles, left, .. } = read("eml", mail.as_bytes()).unwrap();
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0].text, text);
    assert_eq!(articles[0].meta.title.as_deref(), Some("The page"));
    assert_eq!(
        (articles[1].place.as_str(), articles[1].text.as_str()),
        ("note.txt", "A note that was attached.")
    );
    assert_eq!(left.iter().map(|left| left.place.as_str()).collect::<Vec<_>>(), ["a.thing"]);
}

#[test]
fn a_mailbox_gives_its_mails() {
    let Found { articles, left, .. } = read("mbox", &mailbox()).unwrap();
    let shown: Vec<_> = articles
        .iter()
        .map(|article| (article.place.as_str(), article.meta.title.as_deref().unwrap()))
        .collect();
    assert_eq!(shown, [("1", "D\u{e9}p\u{f4}t burnt down"), ("2", "Did it rain")]);
    assert!(articles[1].text.ends_with("\n\nFrom the harbour, nothing."), "{}", articles[1].text);
    assert_eq!(
        left.iter().map(|left| (left.place.as_str(), left.title.as_str())).collect::<Vec<_>>(),
        [("3", "Nothing")]
    );
}

#[test]
fn a_saved_page_is_not_of_the_day_on_which_it_was_saved() {
    let (_, text) = long_page();
    for id in ["mht", "eml"] {
        let Found { articles, left, warnings, .. } = read(id, &saved()).unwrap();
        assert_eq!((left, warnings), (vec![], vec![]));
        assert_eq!(articles[0].text, text);
        let meta = &articles[0].meta;
        assert_eq!(
            [&meta.url, &meta.published, &meta.outlet].map(Option::as_deref),
            [Some("https://lynd.example/depot"), None, Some("Lynd Echo")]
        );
    }
}

#[test]
fn pages_of_an_archive_are_articles_and_the_rest_is_counted() {
    let (_, text) = long_page();
    let plain = records().concat();
    let packed: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    for bytes in [plain, packed, gzip(&records().concat())] {
        let Found { articles, left, warnings, .. } = read("warc", &bytes).unwrap();
        let shown: Vec<_> = articles
            .iter()
            .map(|article| {
                (article.place.as_str(), article.meta.url.as_deref().unwrap(), article.text == text)
            })
            .collect();
        assert_eq!(shown, [("3", "https://lynd.example/a", true), ("4", "https://lynd.example/b", true)]);
        assert_eq!(articles[0].meta.published, None);
        assert_eq!(
            left.iter().map(|left| (left.place.as_str(), left.title.as_str())).collect::<Vec<_>>(),
            [("7", "https://lynd.example/e")]
        );
        let said = warnings[0].0.as_str();
        for what in [
            "1 requests",
            "1 pages that were not found",
            "1 files that are no page",
            "1 pages that are the same",
            "1 notes",
        ] {
            assert!(said.contains(what), "{said}");
        }
    }
    // One record that is broken is lost, and no other.
    let mut broken = records().iter().map(|record| gzip(record)).collect::<Vec<_>>();
    let middle = broken[2].len() / 2;
    broken[2][middle..].fill(0);
    let Found { articles, left, .. } = read("warc", &broken.concat()).unwrap();
    assert_eq!(articles.len(), 1);
    assert_eq!(left.iter().filter(|left| left.why == "damaged").count(), 1, "{left:?}");
    assert!(matches!(read("warc", b"words"), Err(ReadError::Broken { .. })));
}

#[test]
fn bombs_in_archives_are_left_out() {
    let zeros = record(
        "response",
        "https://lynd.example/a",
        &answer("Content-Encoding: gzip\r\n", &gzip(&vec![b' '; 65 << 20])),
    );
    let Found { articles, left, .. } = read("warc", &zeros).unwrap();
    assert_eq!((articles.len(), left.len()), (0, 1));
    assert!(left[0].why.contains("larger than 64 MiB"), "{left:?}");
}

#[test]
fn deep_mails_are_no_trouble() {
    let nested =
        "Subject: a\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
            .repeat(3000);
    drop(read("eml", nested.as_bytes()));
    let parts: String = (0..3000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect::<Vec<_>>()
        .concat();
    drop(read("eml", format!("Subject: a\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\n{parts}").as_bytes()));
}
