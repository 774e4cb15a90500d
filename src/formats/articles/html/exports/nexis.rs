//! `LexisNexis` before 2019: an article between two comments, its counter (`3 of 10 DOCUMENTS`) first, then outlet, date and headline
//! in paragraphs of their own, then fields with a label, the text, and fields again.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::dated::{self, Dated};
use crate::formats::articles::found::Doubt;
use crate::formats::articles::html::exports::{Record, Records, known, lang, length};
use crate::formats::articles::html::lines::{Cut, pieces};
use dom_query::{Document, NodeData, NodeRef};

pub(super) fn records(page: &Document, _: &str) -> Records {
    let stated = page
        .select("meta[documents]")
        .nodes()
        .first()
        .and_then(|meta| meta.attr("documents")?.trim().parse().ok());
    let mut n = 0;
    // The borders are comments, with a number that means nothing: in some files every one is 1.
    let documents = pieces(page.root(), |node| {
        let comment = comment_of(node)?;
        if comment.contains("<DOCFULL") || comment.contains("<DOC NUMBER") {
            n += 1;
            return Some(Cut::Begin(n));
        }
        comment.contains("</DOC").then_some(Cut::End)
    });
    let mut announced = None;
    let mut all = Vec::new();
    for (_, lines) in documents {
        let (record, of) = record(lines);
        announced = announced.or(of);
        all.push(record);
    }
    Records { announced: stated.or(announced), all, warnings: vec![] }
}

fn comment_of(node: &NodeRef<'_>) -> Option<String> {
    node.query_or(None, |node| match &node.data {
        NodeData::Comment { contents } => Some(contents.to_string()),
        _ => None,
    })
}

/// What a label before the text says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    Title,
    Byline,
    Section,
    Length,
    /// Known, and not kept.
    Other,
}

const HEADS: [(&str, Head); 25] = [
    ("HEADLINE", Head::Title),
    ("TITEL", Head::Title),
    ("TITRE", Head::Title),
    ("BYLINE", Head::Byline),
    ("AUTOR", Head::Byline),
    ("VON", Head::Byline),
    ("AUTEUR", Head::Byline),
    ("SECTION", Head::Section),
    ("RUBRIK", Head::Section),
    ("RESSORT", Head::Section),
    ("RUBRIQUE", Head::Section),
    ("LENGTH", Head::Length),
    ("LÄNGE", Head::Length),
    ("LONGUEUR", Head::Length),
    ("LENGTE", Head::Length),
    ("LONGITUD", Head::Length),
    ("LUNGHEZZA", Head::Length),
    ("HIGHLIGHT", Head::Other),
    ("ENCART", Head::Other),
    ("DATELINE", Head::Other),
    ("SERIES", Head::Other),
    ("SOURCE", Head::Other),
    ("URSPRUNG", Head::Other),
    ("ORIGINE", Head::Other),
    ("UNTERTITEL", Head::Other),
];

/// What a label below the text says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    Lang,
    Correction,
    Other,
}

const TAILS: [(&str, Tail); 44] = [
    ("LANGUAGE", Tail::Lang),
    ("SPRACHE", Tail::Lang),
    ("LANGUE", Tail::Lang),
    ("CORRECTION", Tail::Correction),
    ("CORRECTION-DATE", Tail::Correction),
    ("LOAD-DATE", Tail::Other),
    ("UPDATE", Tail::Other),
    ("DATE-CHARGEMENT", Tail::Other),
    ("GRAPHIC", Tail::Other),
    ("GRAFIK", Tail::Other),
    ("GRAPHIQUE", Tail::Other),
    ("PUBLICATION-TYPE", Tail::Other),
    ("TYPE-PUBLICATION", Tail::Other),
    ("PUBLIKATIONSART", Tail::Other),
    ("SUBJECT", Tail::Other),
    ("SUJET", Tail::Other),
    ("THEMA", Tail::Other),
    ("COMPANY", Tail::Other),
    ("SOCIETE", Tail::Other),
    ("ORGANIZATION", Tail::Other),
    ("ORGANISME", Tail::Other),
    ("PERSON", Tail::Other),
    ("PERSONNE", Tail::Other),
    ("TICKER", Tail::Other),
    ("SYMBOLE-BOURSIER", Tail::Other),
    ("INDUSTRY", Tail::Other),
    ("SECTEUR-ACTIVITE", Tail::Other),
    ("GEOGRAPHIC", Tail::Other),
    ("LOCALISATION-GEO", Tail::Other),
    ("COUNTRY", Tail::Other),
    ("PAYS", Tail::Other),
    ("STATE", Tail::Other),
    ("CITY", Tail::Other),
    ("VILLE", Tail::Other),
    ("JOURNAL-CODE", Tail::Other),
    ("ZEITUNGS-CODE", Tail::Other),
    ("CODE-JOURNAL", Tail::Other),
    ("DISTRIBUTION", Tail::Other),
    ("DOCUMENT-TYPE", Tail::Other),
    ("NOTES", Tail::Other),
    ("CATEGORIES", Tail::Other),
    ("ACC-NO", Tail::Other),
    ("PUB-TYPE", Tail::Other),
    ("ISSN", Tail::Other),
];

/// The label that a line begins with, and what follows.
fn labelled<'a, T: Copy>(line: &'a str, labels: &[(&str, T)]) -> Option<(T, &'a str)> {
    let (label, rest) = line.trim().split_once(':')?;
    let (_, what) = labels.iter().find(|(name, _)| *name == label.trim_end())?;
    Some((*what, rest.trim()))
}

/// `3 of 10 DOCUMENTS`, `Dokument 3 von 10`, `Document 3 de 10`: the second number.
fn counter(line: &str) -> Option<usize> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| word.replace([',', '.'], "").parse::<usize>().ok();
    match words.as_slice() {
        [k, "of", n, "DOCUMENTS" | "DOCUMENT"] => number(k).and(number(n)),
        ["Dokument" | "DOKUMENT", k, "von", n] | ["Document" | "DOCUMENT", k, "de", n] => {
            number(k).and(number(n))
        }
        _ => None,
    }
}

/// The record of a document's lines, and how many its counter says that there are.
fn record(mut lines: Vec<Line>) -> (Record, Option<usize>) {
    lines.retain(|line| known(&line.text).is_some());
    let mut record = Record::default();
    let announced = lines.iter().take(3).find_map(|line| counter(&line.text));
    lines.retain(|line| announced.is_none() || counter(&line.text).is_none());
    if lines.iter().any(|line| line.text.starts_with("We are sorry but there is an error in this document")) {
        record.why_none = Some("the database says that there is an error in it");
        return (record, announced);
    }
    let n_head = take_head(&lines, &mut record);
    let mut rest = lines.into_iter().skip(n_head);
    let mut tail = None;
    for line in rest.by_ref() {
        if labelled(&line.text, &TAILS).is_some() || is_copyright(&line.text) {
            tail = Some(line);
            break;
        }
        record.lines.push(line);
    }
    for line in tail.into_iter().chain(rest) {
        match labelled(&line.text, &TAILS) {
            Some((Tail::Lang, name)) => record.meta.lang = record.meta.lang.take().or_else(|| lang(name)),
            Some((Tail::Correction, _)) if !record.doubts.contains(&Doubt::Correction) => {
                record.doubts.push(Doubt::Correction);
            }
            _ => {}
        }
    }
    (record, announced)
}

/// Reads what stands before the text, and says how many lines that is.
fn take_head(lines: &[Line], record: &mut Record) -> usize {
    let is_head = |line: &Line| labelled(&line.text, &HEADS).is_some();
    let n_bare = lines.iter().position(is_head).unwrap_or(lines.len().min(3));
    let bare = lines.get(..n_bare).unwrap_or_default();
    // The date stands on the second or third line; before it the outlet, below it in the same paragraph an edition.
    let is_date = |line: &Line| !matches!(dated::read(&line.text), Dated::Unknown);
    let date = bare.iter().skip(1).position(is_date).map(|idx| idx + 1);
    record.meta.outlet = bare.first().and_then(|line| known(&line.text));
    record.date = date.and_then(|idx| bare.get(idx)).and_then(|line| known(&line.text));
    let mut title = Vec::new();
    let mut is_of_date = date.is_some();
    for line in bare.iter().skip(date.unwrap_or(0) + 1) {
        is_of_date &= !line.starts_paragraph;
        if line.text.trim() == "Correction Appended" {
            record.doubts.push(Doubt::Correction);
        } else if !is_of_date && !is_copyright(&line.text) {
            title.extend(known(&line.text));
        }
    }
    if title.len() > 1 && title.first().is_some_and(|line| is_edition(line)) {
        title.remove(0);
    }
    record.meta.title = Some(title.join(" ")).filter(|title| !title.is_empty());
    // The length ends the head as a rule; labels right below it belong to it too.
    let is_length = |line: &Line| matches!(labelled(&line.text, &HEADS), Some((Head::Length, _)));
    let length_idx = lines.iter().position(is_length);
    let mut n = length_idx.map_or(n_bare, |idx| idx + 1);
    while let Some(line) = lines.get(n).filter(|line| is_head(line)) {
        n += 1 + lines
            .iter()
            .skip(n + 1)
            .take_while(|next| !next.starts_paragraph && line.starts_paragraph)
            .count();
    }
    for line in lines.iter().take(n).skip(n_bare) {
        let meta = &mut record.meta;
        match labelled(&line.text, &HEADS) {
            Some((Head::Title, text)) => meta.title = known(text).or(meta.title.take()),
            Some((Head::Byline, text)) => meta.byline = known(text),
            Some((Head::Section, text)) => meta.section = known(text),
            Some((Head::Length, text)) => meta.words = length(text),
            Some((Head::Other, _)) | None => {}
        }
    }
    n
}

fn is_edition(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.chars().count() < 60
        && ["edition", "ausgabe", "édition", "auflage"].iter().any(|word| lower.contains(word))
}

fn is_copyright(line: &str) -> bool {
    let rest = line.trim().strip_prefix("Copyright ").or_else(|| line.trim().strip_prefix("© "));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '©' || c == '('))
}
