//! Mails (`.eml`), mailboxes (`.mbox`) and pages that a browser saved as a mail (`.mht`): MIME in all three (RFC 5322, 2045, 2557).
//!
//! A mail is an article: its subject is the title, who sent it the writer, the day it was sent the date. Of a saved page the mail
//! says only when it was saved.

use crate::formats::articles::blocks::{self, Line};
use crate::formats::articles::found::{Asked, Doubt, Found, Left};
use crate::formats::articles::html::page::Page;
use crate::formats::articles::html::read_text;
use crate::formats::articles::{ArticleIn, article, dated, kinds};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes, by_name};
use crate::model::article::Meta;
use crate::text::fold::squeeze;
use crate::text::rules::Settings;
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

pub(in crate::formats) const MAIL: Format = Format {
    id: "eml",
    name: "mail",
    extensions: &["eml"],
    reads: Reads::Articles(read_mail),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

pub(in crate::formats) const MAILBOX: Format = Format {
    id: "mbox",
    name: "mailbox",
    extensions: &["mbox", "mbx"],
    reads: Reads::Articles(read_mailbox),
    ..MAIL
};

pub(in crate::formats) const SAVED: Format = Format {
    id: "mht",
    name: "web page in one file",
    extensions: &["mht", "mhtml"],
    reads: Reads::Articles(read_saved),
    ..MAIL
};

fn read_mail(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    if is_mailbox(bytes) {
        return read_mailbox(bytes, asked);
    }
    let mail = parsed("a mail", bytes)?;
    if is_saved_page(&mail) {
        return saved(&mail, asked);
    }
    let mut found = Found::default();
    take(&mail, asked, &mut found)?;
    Ok(found)
}

fn read_mailbox(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    if !is_mailbox(bytes) {
        return read_mail(bytes, asked);
    }
    let mut found = Found::default();
    for (idx, mail) in MessageIterator::new(bytes).flatten().enumerate() {
        let place = (idx + 1).to_string();
        let n_before = (found.articles.len(), found.left.len());
        let title = match parsed("a mail", mail.contents()) {
            Ok(mail) => {
                let title = squeeze(mail.subject().unwrap_or_default());
                take(&mail, asked, &mut found).map_err(|why| (title, why))
            }
            Err(why) => Err((String::new(), why)),
        };
        if let Err((title, why)) = title {
            found.left.push(Left { place: String::new(), title, why: clause(&why) });
        }
        let within = |inner: &str| if inner.is_empty() { place.clone() } else { format!("{place}, {inner}") };
        found.articles.iter_mut().skip(n_before.0).for_each(|article| article.place = within(&article.place));
        found.left.iter_mut().skip(n_before.1).for_each(|left| left.place = within(&left.place));
    }
    Ok(found)
}

fn read_saved(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    saved(&parsed("a saved page", bytes)?, asked)
}

fn parsed<'a>(what: &'static str, bytes: &'a [u8]) -> Result<Message<'a>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mail = MessageParser::default().parse(bytes).filter(|mail| mail.headers().len() > 1);
    mail.ok_or_else(|| ReadError::Broken { what, why: "it does not begin with the lines of one".to_owned() })
}

fn is_mailbox(bytes: &[u8]) -> bool {
    bytes.starts_with(b"From ")
}

/// Whether a browser made it.
fn is_saved_page(mail: &Message<'_>) -> bool {
    mail.header_raw("Snapshot-Content-Location").is_some()
}

/// The page of a saved page: the part that it names as its first, else the first that is one.
fn saved(mail: &Message<'_>, asked: Asked<'_>) -> Result<Found, ReadError> {
    let is_page = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let start =
        mail.content_type().and_then(|kind| kind.attribute("start")).map(|id| id.trim_matches(['<', '>']));
    let named = mail.parts.iter().filter(is_page).find(|part| start.is_some() && part.content_id() == start);
    let Some(part) = named.or_else(|| mail.parts.iter().find(is_page)) else {
        let why = "there is no page in it".to_owned();
        return Err(ReadError::Broken { what: "a saved page", why });
    };
    let PartType::Html(text) = &part.body else { return Err(ReadError::NoWords) };
    let address =
        mail.header_raw("Snapshot-Content-Location").or_else(|| part.content_location()).map(str::trim);
    let page = Page { text, encoding: encoding_of(part), address };
    read_text(&page, asked, problems(part))
}

/// The article of a mail, those of its attachments, and what of them is not read.
fn take(mail: &Message<'_>, asked: Asked<'_>, found: &mut Found) -> Result<(), ReadError> {
    let body = mail.parts.iter().find(|part| is_body(part, mail));
    let read = match body.map(|part| (part, &part.body)) {
        Some((part, PartType::Text(text))) => plain(mail, part, text, asked),
        Some((part, PartType::Html(text))) => {
            let page = Page { text, encoding: encoding_of(part), address: None };
            read_text(&page, asked, problems(part)).map(|read| of_mail(mail, read))
        }
        _ => Err(ReadError::NoWords),
    };
    let n_before = found.articles.len();
    let read = read.map(|read| add(found, read, ""));
    for attachment in mail.attachments() {
        attached(attachment, asked, found);
    }
    match read {
        Err(why) if found.articles.len() == n_before => Err(why),
        Err(why) => {
            let title = squeeze(mail.subject().unwrap_or_default());
            found.left.push(Left { place: String::new(), title, why: clause(&why) });
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Whether a part is the text of a mail: the first plain one, or the first page where none is plain.
fn is_body(part: &MessagePart<'_>, mail: &Message<'_>) -> bool {
    let is = |other: Option<&MessagePart<'_>>| other.is_some_and(|other| std::ptr::eq(other, part));
    let plain =
        mail.text_bodies().find(|part| matches!(&part.body, PartType::Text(text) if !text.trim().is_empty()));
    match plain {
        Some(plain) => is(Some(plain)),
        None => is(mail.html_bodies().find(|part| matches!(part.body, PartType::Html(_)))),
    }
}

fn plain(
    mail: &Message<'_>,
    part: &MessagePart<'_>,
    text: &str,
    asked: Asked<'_>,
) -> Result<Found, ReadError> {
    let mut warnings = problems(part);
    let (meta, doubt) = meta_of(mail);
    let mut lines = blocks::lines(text);
    if let Some(title) = &meta.title {
        lines.insert(0, Line { text: title.clone(), kind: Some(kinds::HEADLINE), starts_paragraph: true });
    }
    let settings = asked.settings;
    kinds::mark(
        &mut lines,
        kinds::Headline::Marked,
        Settings { lang: settings.lang.or(meta.lang.as_deref()), ..settings },
    );
    let mut article = article(&lines, meta, settings, encoding_of(part), &mut warnings)?;
    article.doubts.extend(doubt);
    Ok(Found::one(article, warnings))
}

fn meta_of(mail: &Message<'_>) -> (Meta, Option<Doubt>) {
    let known = |text: Option<&str>| text.map(squeeze).filter(|text| !text.is_empty());
    let sender = mail.from().and_then(|from| from.first());
    let mut meta = Meta {
        title: known(mail.subject()),
        byline: sender.and_then(|sender| known(sender.name()).or_else(|| known(sender.address()))),
        ..Meta::default()
    };
    let doubt = mail.header_raw("Date").and_then(|date| dated::put(&mut meta, date));
    if meta.published.is_none() {
        let day = mail.date().map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
        meta.published = day.filter(|day| crate::formats::articles::arrivals::is_date(day));
    }
    (meta, doubt)
}

/// A mail that is one page: what the mail says goes before what the page says. An export of a database stays what it is.
fn of_mail(mail: &Message<'_>, mut read: Found) -> Found {
    if let [article] = read.articles.as_mut_slice()
        && read.layout.is_none()
    {
        let (meta, doubt) = meta_of(mail);
        article.meta.title = meta.title.or(article.meta.title.take());
        article.meta.byline = meta.byline.or(article.meta.byline.take());
        if meta.published.is_some() {
            (article.meta.published, article.meta.published_as) = (meta.published, meta.published_as);
        }
        article.doubts.extend(doubt);
        article
            .doubts
            .retain(|doubt| !matches!(doubt, Doubt::Other(why) if why.starts_with("no article found")));
    }
    read
}

fn attached(part: &MessagePart<'_>, asked: Asked<'_>, found: &mut Found) {
    let name = part.attachment_name().map(squeeze).unwrap_or_default();
    let mut leave = |why: String| found.left.push(Left { place: name.clone(), title: String::new(), why });
    if let PartType::Message(mail) = &part.body {
        let title = squeeze(mail.subject().unwrap_or_default());
        return found.left.push(Left { place: name, title, why: "a mail within a mail".to_owned() });
    }
    let read = match by_name(&name).map(|format| (format.id, format.reads)) {
        Some(("zip" | "eml" | "mbox" | "warc", _)) => {
            return leave("an archive within a mail".to_owned());
        }
        Some((_, Reads::Articles(read))) => read,
        _ if part.content_id().is_some() && name_of_kind(part) == "image" => return,
        _ => return leave("no kind of file that articles are read from".to_owned()),
    };
    match read(part.contents(), asked) {
        Ok(read) => add(found, read, &name),
        Err(why) => leave(clause(&why)),
    }
}

fn name_of_kind<'a>(part: &'a MessagePart<'_>) -> &'a str {
    part.content_type().map_or("", |kind| kind.ctype())
}

/// Adds what a part gave.
fn add(found: &mut Found, read: Found, name: &str) {
    let named = |article: ArticleIn| {
        let place = match (name, article.place.as_str()) {
            (name, "") => name.to_owned(),
            ("", place) => place.to_owned(),
            (name, place) => format!("{name}, {place}"),
        };
        ArticleIn { place, ..article }
    };
    found.articles.extend(read.articles.into_iter().map(named));
    found.announced = found.announced.or(read.announced);
    found.layout = found.layout.or(read.layout);
    found.left.extend(read.left);
    found.warnings.extend(read.warnings);
}

/// What could not be read of a part.
fn problems(part: &MessagePart<'_>) -> Vec<Warning> {
    let (PartType::Text(text) | PartType::Html(text)) = &part.body else { return vec![] };
    match text.matches('\u{fffd}').count() {
        0 => vec![],
        1 => vec![Warning("1 place is no letter, and read as `\u{fffd}`".to_owned())],
        n => vec![Warning(format!("{n} places are no letter, and read as `\u{fffd}`"))],
    }
}

fn encoding_of(part: &MessagePart<'_>) -> &'static str {
    let said = part.content_type().and_then(|kind| kind.attribute("charset"));
    said.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()))
        .map_or("UTF-8", |encoding| encoding.name())
}

/// An error without what to do.
fn clause(why: &ReadError) -> String {
    why.to_string().split('\0').next().unwrap_or_default().to_owned()
}
