//! Exports of news databases in HTML, made here in three languages of the interface: every article comes back with what the database
//! says of it, and as many as there are.

use crate::documents::read;
use allegata::formats::articles::found::{Found, Layout};

/// An article that goes into an export.
struct Wanted {
    title: String,
    outlet: &'static str,
    iso: String,
    /// As the database writes it.
    date: String,
    n_words: usize,
    paragraphs: [String; 2],
}

const LANGS: [&str; 3] = ["en", "de", "fr"];

fn wanted(lang: &str, n: usize) -> Vec<Wanted> {
    let one = |n: usize| {
        let (day, year) = (n % 28 + 1, 2000 + n % 20);
        let paragraphs = [
            format!("The depot with the number {n} burnt down, and two people who saw it say why."),
            "Nobody denies it: the owner\u{2019}s words are \u{ab}r\u{e9}sum\u{e9}\u{bb} & nothing more."
                .to_owned(),
        ];
        Wanted {
            title: format!("Depot {n} burnt down"),
            outlet: "Lynd Echo",
            iso: format!("{year}-03-{day:02}"),
            date: match lang {
                "de" => format!("{day}. M\u{e4}rz {year}"),
                "fr" => format!("{day} mars {year}"),
                _ => format!("March {day}, {year}"),
            },
            n_words: paragraphs.iter().map(|text| text.split_whitespace().count()).sum(),
            paragraphs,
        }
    };
    (1..=n).map(one).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// One of three, by the language of the interface.
fn by<'a>(lang: &str, [en, de, fr]: [&'a str; 3]) -> &'a str {
    match lang {
        "de" => de,
        "fr" => fr,
        _ => en,
    }
}

fn factiva_table(lang: &str, all: &[Wanted]) -> String {
    let unit = by(lang, ["words", "W\u{f6}rter", "mots"]);
    let name = by(lang, ["English", "Deutsch", "Fran\u{e7}ais"]);
    let one = |(n, wanted): (usize, &Wanted)| {
        let row = |code: &str, text: &str| {
            format!("<tr><td class=\"index\"><b>{code}</b>&nbsp;</td><td>{text}</td></tr>")
        };
        let paragraph = |text: &String| {
            format!("<p class=\"articleParagraph {lang}articleParagraph\">{}</p>\n", escaped(text))
        };
        let [first, second] = wanted.paragraphs.each_ref().map(paragraph);
        [
            format!("<div class=\"article {lang}Article\"><table>"),
            row("SE", "Local"),
            row("HD", &format!("<b class='{lang}Headline'>{}</b>\n", escaped(&wanted.title))),
            row("BY", "By Ines Varga"),
            row("WC", &format!("{} {unit}", wanted.n_words)),
            row("PD", &wanted.date),
            row("ET", "15:32"),
            row("SN", wanted.outlet),
            row("LA", name),
            row("LP", &first),
            row("TD", &second),
            row("NS", "gfire : Fires | gcat : Political/General News"),
            row("AN", &format!("<br/>Document LYND0000{n:08}ek56")),
            "</table><br/></div><br/>".to_owned(),
        ]
        .concat()
    };
    format!(
        "<html><head><title>Factiva</title></head><body>{}</body></html>",
        all.iter().enumerate().map(one).collect::<Vec<_>>().concat()
    )
}

fn factiva_new(lang: &str, all: &[Wanted]) -> String {
    let unit = by(lang, ["words", "W\u{f6}rter", "mots"]);
    let name = by(lang, ["English", "Deutsch", "Fran\u{e7}ais"]);
    let document = by(lang, ["Document", "Dokument", "Document"]);
    let one = |(n, wanted): (usize, &Wanted)| {
        let bare = |text: &str| format!("<div>{text}</div>");
        let paragraph = |text: &String| {
            format!("<p class=\"articleParagraph {lang}articleParagraph\">{}</p>\n", escaped(text))
        };
        [
            format!("<div class=\"article {lang}Article\"><div id=\"hd\"><span class='{lang}Headline'>{}</span></div>", escaped(&wanted.title)),
            "<div class=\"author\">By Ines Varga</div>".to_owned(),
            bare(&format!("{} {unit}", wanted.n_words)),
            bare(&wanted.date),
            bare("15:32"),
            bare(wanted.outlet),
            bare("LYND"),
            bare(name),
            bare("\u{a9} 2011 Lynd Echo. All rights reserved."),
            wanted.paragraphs.iter().map(paragraph).collect::<Vec<_>>().concat(),
            format!("<p>{document} LYND0000{n:08}ek56</p></div>"),
        ]
        .concat()
    };
    format!("<html><body>{}</body></html>", all.iter().enumerate().map(one).collect::<Vec<_>>().concat())
}

fn nexis(lang: &str, all: &[Wanted]) -> String {
    let n = all.len();
    let label = |labels: [&str; 3]| by(lang, labels).to_owned();
    let one = |(idx, wanted): (usize, &Wanted)| {
        let k = idx + 1;
        let field = |label: &str, text: &str| {
            format!(
                "<BR><DIV CLASS=\"c5\"><P CLASS=\"c6\"><SPAN CLASS=\"c8\">{label}: </SPAN><SPAN CLASS=\"c2\">{text}</SPAN></P>\n</DIV>\n"
            )
        };
        let bare = |text: &str| {
            format!("<BR><DIV CLASS=\"c3\"><P CLASS=\"c1\"><SPAN CLASS=\"c2\">{text}</SPAN></P>\n</DIV>\n")
        };
        let counter = match lang {
            "de" => format!("Dokument {k} von {n}"),
            "fr" => format!("Document {k} de {n}"),
            _ => format!("{k} of {n} DOCUMENTS"),
        };
        let body = wanted
            .paragraphs
            .iter()
            .map(|text| format!("<P CLASS=\"c9\"><SPAN CLASS=\"c2\">{}</SPAN></P>\n", escaped(text)));
        let (first, rest) = wanted.date.split_at(2);
        [
            "<A NAME=\"DOC_ID\"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n"
                .to_owned(),
            bare(&counter),
            bare(wanted.outlet),
            bare(&format!("{first}</SPAN><SPAN CLASS=\"c4\">{rest}</SPAN><SPAN>")),
            bare(&escaped(&wanted.title)),
            field(&label(["BYLINE", "AUTOR", "AUTEUR"]), "By Ines Varga"),
            field(&label(["SECTION", "RUBRIK", "RUBRIQUE"]), "Local; S. 4"),
            field(
                &label(["LENGTH", "L\u{c4}NGE", "LONGUEUR"]),
                &format!("{} {}", wanted.n_words, by(lang, ["words", "W\u{f6}rter", "mots"])),
            ),
            format!("<BR><DIV CLASS=\"c5\">{}</DIV>\n", body.collect::<Vec<_>>().concat()),
            field(&label(["LOAD-DATE", "UPDATE", "DATE-CHARGEMENT"]), "1. Mai 2021"),
            field(
                &label(["LANGUAGE", "SPRACHE", "LANGUE"]),
                &label(["ENGLISH", "GERMAN; DEUTSCH", "FRENCH; FRAN\u{c7}AIS"]),
            ),
            bare("Copyright 2012 Lynd Echo<BR>All Rights Reserved"),
            "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n<DIV CLASS=\"c10\"/>\n".to_owned(),
        ]
        .concat()
    };
    format!(
        "<HTML><HEAD><META TOPIC=\"null\" DOCUMENTS=\"{n}\"></HEAD><BODY>{}</BODY></HTML>",
        all.iter().enumerate().map(one).collect::<Vec<_>>().concat()
    )
}

fn europresse(_: &str, all: &[Wanted]) -> String {
    let one = |(n, wanted): (usize, &Wanted)| {
        let body = wanted
            .paragraphs
            .iter()
            .map(|text| format!("<p>{}</p>", escaped(text)))
            .collect::<Vec<_>>()
            .concat();
        format!(
            "<article> <header> <div><span class=\"DocPublicationName\">{}  </span></div> <div><span class=\"DocHeader\">Local, {}, p. 16</span></div>\
             <div><p>FIRE</p></div> <div class=\"titreArticle\"><p class=\"titreArticleVisu\">{}</p></div> <div>Ines Varga</div></header>\
             <section><div class=\"DocText\"><div class='docOcurrContainer'>{body}</div></div></div></section>\
             <aside><p><b>Illustration(s) : </b></p><p>A photo.</p></aside><footer><small>\u{a9} 2006 Owner.</small><p>Num\u{e9}ro de document : news\u{b7}20060315\u{b7}LM\u{b7}{n:05}</p></footer></article>",
            wanted.outlet,
            wanted.date,
            escaped(&wanted.title),
        )
    };
    format!("<html><body>{}</body></html>", all.iter().enumerate().map(one).collect::<Vec<_>>().concat())
}

fn europresse_old(_: &str, all: &[Wanted]) -> String {
    let one = |(n, wanted): (usize, &Wanted)| {
        let [first, second] = wanted.paragraphs.each_ref().map(|text| escaped(text));
        format!(
            "<table><tr><td><span class=\"DocPublicationName\">{}</span><br><span class=\"DocHeader\">Local, </span><span class=\"DocHeader\">{}</span>\
             <span class=\"DocHeader\">, p. 03</span><br><br><span class=\"TitreArticleVisu\">{}</span><br><br>Ines Varga<br><p></p>\
             <font style=\"font-weight:bold;\">{first}</font><p></p>{second}<p></p><b><i>\u{a9} 2012 Owner.</i></b><p></p>\
             Num\u{e9}ro de document : news\u{b7}20121004\u{b7}PO\u{b7}{n:05}<br><table><tr><td>Ce certificat est \u{e9}mis.</td></tr></table></td></tr></table>",
            wanted.outlet,
            wanted.date,
            escaped(&wanted.title),
        )
    };
    format!("<html><body>{}</body></html>", all.iter().enumerate().map(one).collect::<Vec<_>>().concat())
}

fn proquest(lang: &str, all: &[Wanted]) -> String {
    let one = |(n, wanted): (usize, &Wanted)| {
        let field = |labels: [&str; 3], text: &str| {
            format!("<p style=\"margin:0\"><strong>{}: </strong>{text}</p>\n", by(lang, labels))
        };
        let body = wanted
            .paragraphs
            .iter()
            .map(|text| format!("<p>{}</p>   ", escaped(text)))
            .collect::<Vec<_>>()
            .concat();
        [
            format!("<div><a name=\"DocID_X_{n}\"></a><p style=\"margin:0\"></p><p style=\"font-weight:bold;\">{}</p>\n", escaped(&wanted.title)),
            field(["Author", "Verfasser", "Auteur"], "Ines Varga"),
            field(["Abstract", "Zusammenfassung", "R\u{e9}sum\u{e9}"], "Not the article."),
            format!(
                "<p style=\"margin:0\"><strong>{}: </strong><text wordcount=\"{}\" htmlcontent=\"true\"><meta name=\"x\"><title></title>{body}</text></p>\n",
                by(lang, ["Full text", "Volltext", "Texte int\u{e9}gral"]),
                wanted.n_words
            ),
            field(["Subject", "Thema", "Sujet"], "Fires"),
            field(["Publication title", "Publikationstitel", "Titre de la publication"], &format!("{}; Lynd", wanted.outlet)),
            field(["Publication date", "Publikationsdatum", "Date de publication"], &wanted.date),
            field(["Section", "Abschnitt", "Section"], "Local"),
            field(["ProQuest document ID", "ProQuest-Dokument-ID", "ID du document ProQuest"], &format!("{}", 251_439_970 + n)),
            "</div>".to_owned(),
        ]
        .concat()
    };
    format!("<html><body>{}</body></html>", all.iter().enumerate().map(one).collect::<Vec<_>>().concat())
}

type Make = fn(&str, &[Wanted]) -> String;

const MAKES: [(&str, Make); 6] = [
    ("factiva", factiva_table),
    ("factiva, new", factiva_new),
    ("nexis", nexis),
    ("europresse", europresse),
    ("europresse, old", europresse_old),
    ("proquest", proquest),
];

/// One export of each kind, to be damaged.
pub fn samples() -> Vec<(&'static str, Vec<u8>)> {
    MAKES.iter().map(|(_, make)| ("html", make("en", &wanted("en", 3)).into_bytes())).collect()
}

#[test]
fn every_article_of_an_export_comes_back() {
    for (name, make) in MAKES {
        for lang in LANGS {
            for n in [1, 10, 500] {
                // So many in one language are enough without optimization.
                if n == 500 && lang != "de" && cfg!(debug_assertions) {
                    continue;
                }
                let all = wanted(lang, n);
                let what = format!("{name}, {lang}, {n}");
                let Found { articles, announced, left, warnings, layout, .. } =
                    read("html", make(lang, &all).as_bytes()).unwrap();
                assert_eq!((left, warnings), (vec![], vec![]), "{what}");
                assert_eq!(layout.map(Layout::id), name.split(',').next(), "{what}");
                assert_eq!(announced, (name == "nexis").then_some(n), "{what}");
                assert_eq!(articles.len(), n, "{what}");
                let mut ids = std::collections::BTreeSet::new();
                for (n, (article, wanted)) in articles.iter().zip(&all).enumerate() {
                    let meta = &article.meta;
                    assert_eq!(article.place, (n + 1).to_string(), "{what}");
                    assert_eq!(
                        article.text,
                        format!("{}\n\n{}", wanted.title, wanted.paragraphs.join("\n\n")),
                        "{what}"
                    );
                    assert_eq!(meta.title.as_deref(), Some(wanted.title.as_str()), "{what}");
                    assert_eq!(meta.outlet.as_deref(), Some(wanted.outlet), "{what}");
                    assert_eq!(meta.published.as_deref(), Some(wanted.iso.as_str()), "{what}");
                    assert_eq!(meta.byline.as_deref(), Some("Ines Varga"), "{what}");
                    assert_eq!(article.doubts, [], "{what}");
                    if !name.starts_with("europresse") {
                        assert_eq!(meta.words, u32::try_from(wanted.n_words).ok(), "{what}");
                    }
                    if name.starts_with("factiva") || name == "nexis" {
                        assert_eq!(meta.lang.as_deref(), Some(lang), "{what}");
                    }
                    ids.extend(meta.doc_id.clone());
                }
                assert_eq!(ids.len(), if name == "nexis" { 0 } else { n }, "{what}");
            }
        }
    }
}

#[test]
fn what_has_no_text_is_left_out_by_name() {
    let page = "<a name=\"DocID_1\"></a><p style=\"font-weight:bold\">Fire</p><p><strong>Full text: </strong></p>\
                <a name=\"DocID_2\"></a><p style=\"font-weight:bold\">Rain</p><p><strong>Abstract: </strong>Rain fell.</p>";
    let Found { articles, left, .. } = read("html", page.as_bytes()).unwrap();
    let left: Vec<_> =
        left.iter().map(|left| (left.place.as_str(), left.title.as_str(), left.why.as_str())).collect();
    assert_eq!(articles, []);
    assert_eq!(
        left,
        [
            ("1", "Fire", "no text in it: such mails are sent with titles only"),
            ("2", "Rain", "an abstract only, no full text")
        ]
    );
    let page = "<!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> --><p>1 of 1 DOCUMENTS</p>\
                <p>We are sorry but there is an error in this document</p><!-- </DOC> -->";
    let Found { announced, left, .. } = read("html", page.as_bytes()).unwrap();
    assert_eq!((announced, left.len()), (Some(1), 1));
}
