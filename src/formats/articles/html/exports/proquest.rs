//! `ProQuest`: after an anchor `DocID_…` the title in bold, fields with their label in `strong`, and the text in an element `text`.

use crate::formats::articles::html::exports::{Record, Records, known, lang, length};
use crate::formats::articles::html::lines::{Cut, pieces, text_of};
use dom_query::{Document, NodeRef};

pub(super) fn records(page: &Document, _: &str) -> Records {
    let mut all: Vec<Record> = Vec::new();
    // The paragraphs of a text stand outside of its element, which the first of them ends: so everything goes by order.
    let texts = pieces(page.root(), |node| {
        if node.has_name("a") && node.attr("name").is_some_and(|name| name.starts_with("DocID_")) {
            all.push(Record {
                why_none: Some("no text in it: such mails are sent with titles only"),
                ..Record::default()
            });
            return Some(Cut::End);
        }
        let number = all.len().checked_sub(1)?;
        let record = all.last_mut()?;
        if node.has_name("text") && node.has_attr("wordcount") {
            record.meta.words = node.attr("wordcount").and_then(|words| length(&words));
            return Some(Cut::Begin(number));
        }
        if node.has_name("strong") {
            let is_text = field(node, record)?;
            return Some(if is_text { Cut::Begin(number) } else { Cut::End });
        }
        let is_title = record.meta.title.is_none()
            && node.has_name("p")
            && node.attr("style").is_some_and(|style| style.contains("bold"));
        if is_title {
            record.meta.title = known(&text_of(node));
        }
        None
    });
    for (number, mut lines) in texts {
        let Some(record) = all.get_mut(number) else { continue };
        if lines.first().is_some_and(|line| is_label_of_text(&line.text) || line.text.trim() == "html>") {
            lines.remove(0);
        }
        lines.retain(|line| known(&line.text).is_some());
        record.lines.extend(lines);
    }
    Records { all, ..Records::default() }
}

/// What a label says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Text,
    Byline,
    Outlet,
    Date,
    Section,
    Lang,
    Id,
    Url,
    Abstract,
    Other,
}

/// Labels in lower case, without their colon.
const LABELS: [(&str, Field); 66] = [
    ("full text", Field::Text),
    ("volltext", Field::Text),
    ("texte intégral", Field::Text),
    ("texto completo", Field::Text),
    ("author", Field::Byline),
    ("verfasser", Field::Byline),
    ("autor", Field::Byline),
    ("auteur", Field::Byline),
    ("publication title", Field::Outlet),
    ("publikationstitel", Field::Outlet),
    ("titel der publikation", Field::Outlet),
    ("titre de la publication", Field::Outlet),
    ("título de publicación", Field::Outlet),
    ("publication date", Field::Date),
    ("publikationsdatum", Field::Date),
    ("erscheinungsdatum", Field::Date),
    ("date de publication", Field::Date),
    ("fecha de publicación", Field::Date),
    ("section", Field::Section),
    ("abschnitt", Field::Section),
    ("sección", Field::Section),
    ("language of publication", Field::Lang),
    ("publikationssprache", Field::Lang),
    ("sprache der publikation", Field::Lang),
    ("langue de publication", Field::Lang),
    ("idioma de la publicación", Field::Lang),
    ("proquest document id", Field::Id),
    ("proquest-dokument-id", Field::Id),
    ("proquest dokument-id", Field::Id),
    ("id du document proquest", Field::Id),
    ("identifiant de document proquest", Field::Id),
    ("id del documento de proquest", Field::Id),
    ("document url", Field::Url),
    ("dokument-url", Field::Url),
    ("url du document", Field::Url),
    ("url del documento", Field::Url),
    ("abstract", Field::Abstract),
    ("zusammenfassung", Field::Abstract),
    ("résumé", Field::Abstract),
    ("resumen", Field::Abstract),
    ("links", Field::Other),
    ("subject", Field::Other),
    ("thema", Field::Other),
    ("sujet", Field::Other),
    ("location", Field::Other),
    ("ort", Field::Other),
    ("lieu", Field::Other),
    ("people", Field::Other),
    ("company / organization", Field::Other),
    ("identifier / keyword", Field::Other),
    ("title", Field::Other),
    ("publication info", Field::Other),
    ("pages", Field::Other),
    ("seiten", Field::Other),
    ("publication year", Field::Other),
    ("publikationsjahr", Field::Other),
    ("année de publication", Field::Other),
    ("publisher", Field::Other),
    ("copyright", Field::Other),
    ("last updated", Field::Other),
    ("database", Field::Other),
    ("datenbank", Field::Other),
    ("base de données", Field::Other),
    ("source type", Field::Other),
    ("document type", Field::Other),
    ("classification", Field::Other),
];

fn label(text: &str) -> Option<Field> {
    let name = known(text)?.to_lowercase();
    let name = name.strip_suffix(':')?.trim_end();
    LABELS.iter().find(|(label, _)| *label == name).map(|(_, field)| *field)
}

fn is_label_of_text(line: &str) -> bool {
    label(line) == Some(Field::Text)
}

/// Reads a field by its label; says whether the text begins. None where it is no label.
fn field(node: &NodeRef<'_>, record: &mut Record) -> Option<bool> {
    let name = text_of(node);
    let field = label(&name)?;
    let whole = node.parent().map(|outer| text_of(&outer)).unwrap_or_default();
    let value = || known(whole.strip_prefix(name.as_str()).unwrap_or(&whole));
    let meta = &mut record.meta;
    match field {
        Field::Text => return Some(true),
        Field::Byline => meta.byline = value(),
        // `Lynd Echo; Lynd`: the place goes.
        Field::Outlet => meta.outlet = value().and_then(|text| known(text.split(';').next()?)),
        Field::Date => record.date = value(),
        Field::Section => meta.section = value(),
        Field::Lang => meta.lang = value().and_then(|text| lang(&text)),
        Field::Id => meta.doc_id = value(),
        Field::Url => meta.url = value().filter(|url| url.starts_with("http")),
        Field::Abstract => record.why_none = Some("an abstract only, no full text"),
        Field::Other => {}
    }
    Some(false)
}
