//! Europresse: an `article` with `header`, `section`, `aside` and `footer`; in the older form all of one article follows the name of
//! its outlet, in bare text.

use crate::formats::articles::dated::{self, Dated};
use crate::formats::articles::html::exports::{Record, Records, known};
use crate::formats::articles::html::lines::{Cut, pieces, text_of};
use crate::text::wrapping::ends_sentence;
use dom_query::{Document, NodeRef};

pub(super) fn records(page: &Document, _: &str) -> Records {
    let is_new = page.select("article .DocPublicationName, article .titreArticleVisu").exists();
    let mut all: Vec<Record> = Vec::new();
    let mut headers: Vec<Vec<String>> = Vec::new();
    // What a mistaken end tag puts outside of its element still comes in order.
    let texts = pieces(page.root(), |node| {
        let begins = if is_new { node.has_name("article") } else { node.has_class("DocPublicationName") };
        if begins {
            all.push(Record::default());
            headers.push(vec![]);
        }
        let number = all.len().checked_sub(1)?;
        let (record, header) = (all.last_mut()?, headers.last_mut()?);
        let cut = field(node, record, header, is_new);
        match cut {
            Some(Part::Text) => Some(Cut::Begin(number)),
            Some(Part::Other) => Some(Cut::End),
            None => begins.then_some(Cut::End),
        }
    });
    for (number, mut lines) in texts {
        let Some(record) = all.get_mut(number) else { continue };
        lines.retain(|line| known(&line.text).is_some());
        if !is_new {
            // The text begins with its title, and ends with whose it is.
            lines.drain(..lines.len().min(1));
            record.meta.doc_id = lines.iter().find_map(|line| id_in(&line.text));
            let end = lines.iter().position(|line| line.text.starts_with('©') || is_number(&line.text));
            lines.truncate(end.unwrap_or(lines.len()));
            let is_author = |text: &str| {
                text.chars().count() <= 60 && !ends_sentence(text) && text.split_whitespace().count() <= 8
            };
            if lines.len() > 1 && lines.first().is_some_and(|line| is_author(&line.text)) {
                record.meta.byline = known(&lines.remove(0).text);
            }
        }
        record.lines.extend(lines);
    }
    for (record, header) in all.iter_mut().zip(headers) {
        take_header(&header.join(" "), record);
    }
    Records { all, ..Records::default() }
}

/// What begins at a node.
enum Part {
    Text,
    Other,
}

fn field(node: &NodeRef<'_>, record: &mut Record, header: &mut Vec<String>, is_new: bool) -> Option<Part> {
    let meta = &mut record.meta;
    if !node.is_element() {
        return None;
    }
    if node.has_class("DocPublicationName") {
        meta.outlet = known(&text_of(node));
    } else if node.has_class("DocHeader") {
        header.extend(known(&text_of(node)));
    } else if node.has_class("titreArticleVisu") || node.has_class("TitreArticleVisu") {
        meta.title = meta.title.take().or_else(|| known(&text_of(node)));
        return (!is_new).then_some(Part::Text);
    } else if is_new
        && node.has_name("div")
        && meta.title.is_some()
        && node.parent().is_some_and(|outer| outer.has_name("header"))
    {
        let byline = || {
            known(&text_of(node))
                .filter(|text| !node.has_class("titreArticle") && text.chars().count() <= 150)
        };
        meta.byline = meta.byline.take().or_else(byline);
    } else if is_new && node.has_name("section") {
        return Some(Part::Text);
    } else if is_new && (node.has_name("aside") || node.has_name("footer")) {
        if node.has_name("footer") {
            meta.doc_id = meta.doc_id.take().or_else(|| id_in(&node.text()));
        }
        return Some(Part::Other);
    }
    None
}

/// `news·20060315·LM·0q1503_1256056`.
fn id_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("news·")?;
    let id = rest.split(|c: char| c.is_whitespace() || c == ',' || c == ')').next()?;
    Some(format!("news·{id}"))
}

/// `Numéro de document : news·…`.
fn is_number(line: &str) -> bool {
    line.contains("news·") && line.split_whitespace().count() <= 6
}

/// `Communication, mardi 14 mars 2006, p. 16`: the section, the date, the page.
fn take_header(header: &str, record: &mut Record) {
    let parts: Vec<&str> = header.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_page = |part: &&&str| !part.starts_with("p.") && !part.starts_with("S.");
    let parts: Vec<&str> = parts.iter().filter(is_page).copied().collect();
    let date = |idx: usize| parts.get(idx..).unwrap_or_default().join(", ");
    let first = (0..parts.len())
        .find(|idx| matches!(dated::read(&date(*idx)), Dated::Plain { .. } | Dated::DayMonth { .. }));
    // The section stands before the date, which says the same without it.
    let is_same =
        |idx: &usize| first.is_some_and(|first| dated::read(&date(*idx)) == dated::read(&date(first)));
    let found = (0..parts.len()).rev().find(is_same);
    let section = parts.get(..found.unwrap_or(parts.len())).unwrap_or_default().join(", ");
    record.date = found.map(date);
    record.meta.section = known(&section);
}
