//! Factiva: each article is a `div` of the class `article`, its fields rows of a table with codes of two letters (`HD`, `PD`, `LP`),
//! or in the newer form a heading, bare lines and paragraphs.

use crate::formats::articles::dated::{self, Dated};
use crate::formats::articles::html::exports::{Record, Records, is_length, known, lang, length};
use crate::formats::articles::html::lines::{Written, text_of};
use dom_query::{Document, NodeRef};

pub(super) fn records(page: &Document, _: &str) -> Records {
    let articles = page.select("div.article, article.article");
    let mut all: Vec<Record> = Vec::new();
    for article in articles.nodes() {
        let rows = coded_rows(article);
        let record = if rows.is_empty() { by_lines(article) } else { by_codes(&rows) };
        all.extend(record);
    }
    Records { all, ..Records::default() }
}

/// The cells of the table's rows whose first cell is a code.
fn coded_rows<'a>(article: &NodeRef<'a>) -> Vec<(String, NodeRef<'a>)> {
    let mut rows = Vec::new();
    for row in article.descendants_it().filter(|node| node.has_name("tr")) {
        let cells: Vec<_> = row.element_children();
        let [first, second, ..] = cells.as_slice() else { continue };
        let code = text_of(first).replace('\u{a0}', "");
        let code = code.trim();
        if (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            rows.push((code.to_owned(), *second));
        }
    }
    rows
}

fn by_codes(rows: &[(String, NodeRef<'_>)]) -> Option<Record> {
    let mut record = Record::default();
    for (code, cell) in rows {
        let text = || known(&text_of(cell));
        let meta = &mut record.meta;
        match code.as_str() {
            "HD" => meta.title = meta.title.take().or_else(text),
            "BY" => meta.byline = text(),
            "WC" => meta.words = text().and_then(|text| length(&text)),
            "PD" => record.date = text(),
            "SN" => meta.outlet = text(),
            "SE" => meta.section = text(),
            "LA" => meta.lang = text().and_then(|text| lang(&text)),
            "AN" => {
                meta.doc_id = text().map(|text| after_document(&text).unwrap_or(text.as_str()).to_owned());
            }
            "LP" | "TD" => record.lines.extend(Written::of(*cell).lines),
            _ => {}
        }
    }
    (record.meta.title.is_some() || record.meta.doc_id.is_some() || !record.lines.is_empty())
        .then_some(record)
}

/// The newer form: the heading, then lines that are known by what they say, then paragraphs.
fn by_lines(article: &NodeRef<'_>) -> Option<Record> {
    let mut record = Record::default();
    let mut bare = Vec::new();
    for node in article.descendants_it().filter(NodeRef::is_element) {
        let class = node.class().unwrap_or_default().to_lowercase();
        let is = |name: &str| class.split_whitespace().any(|class| class == name);
        let meta = &mut record.meta;
        if class.contains("headline") && meta.title.is_none() {
            meta.title = known(&text_of(&node));
        } else if node.has_name("p") && class.contains("articleparagraph") {
            record.lines.extend(Written::of(node).lines);
        } else if is("author") {
            meta.byline = meta.byline.take().or_else(|| known(&text_of(&node)));
        } else if node.has_name("div") && node.id_attr().as_deref() == Some("hd") {
            bare.push(known(&text_of(&node)).unwrap_or_default());
        } else if node.has_name("div")
            && node.element_children().iter().all(|child| !child.has_name("div") && !child.has_name("p"))
        {
            bare.extend(known(&text_of(&node)));
        } else if node.has_name("p") && record.meta.doc_id.is_none() {
            record.meta.doc_id =
                known(&text_of(&node)).and_then(|text| after_document(&text).map(str::to_owned));
        }
    }
    let head = article.descendants_it().find(|node| node.id_attr().as_deref() == Some("hd"));
    record.meta.title = record.meta.title.take().or_else(|| head.and_then(|head| known(&text_of(&head))));
    read_bare(&bare, &mut record);
    (record.meta.title.is_some() || record.meta.doc_id.is_some() || !record.lines.is_empty())
        .then_some(record)
}

/// Length, date, hour, outlet, code, edition, page, language, copyright, in this order; most may be missing.
fn read_bare(bare: &[String], record: &mut Record) {
    let meta = &mut record.meta;
    let mut after_date = 0;
    for line in bare {
        if Some(line) == meta.title.as_ref() || Some(line) == meta.byline.as_ref() {
            continue;
        }
        if let Some(id) = after_document(line) {
            meta.doc_id = meta.doc_id.take().or_else(|| Some(id.to_owned()));
        } else if meta.words.is_none() && is_length(line) {
            meta.words = length(line);
        } else if record.date.is_none()
            && line.chars().count() < 40
            && matches!(dated::read(line), Dated::Plain { .. } | Dated::DayMonth { .. })
        {
            record.date = Some(line.clone());
        } else if record.date.is_some() {
            let is_time = line.contains(':')
                && line.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ' ' | 'A' | 'P' | 'M' | '.'));
            if is_time {
                continue;
            }
            after_date += 1;
            let short = line.chars().count() <= 30;
            match meta.outlet {
                None if after_date == 1 => meta.outlet = Some(line.clone()),
                _ if meta.lang.is_none() && short && after_date > 1 && !is_code(line) => {
                    meta.lang = lang(line);
                }
                _ => {}
            }
        }
    }
}

/// A code of a source, `SUNTEL`: no name of a language.
fn is_code(line: &str) -> bool {
    !line.contains(char::is_lowercase)
}

/// The id in `Document LYND000020240506ek5600001`, `Dokument …`, `Documento …`.
fn after_document(line: &str) -> Option<&str> {
    let (first, id) = line.trim().split_once(' ')?;
    let is_word = matches!(first, "Document" | "Dokument" | "Documento" | "Documenta" | "Dokumentnummer");
    let id = id.trim();
    let is_id = id.len() >= 10 && !id.contains(' ') && id.bytes().any(|byte| byte.is_ascii_digit());
    (is_word && is_id).then_some(id)
}
