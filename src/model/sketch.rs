//! Projects drawn in one text, for tests, benches and samples.
//!
//! ```text
//! # Mayor denies bribe | Ledger | 2025-03-14
//! The mayor took money, a report says. [allegation] He denies it. [anna: denial ?; ben: fact]
//!
//! A new paragraph. [none] This one nobody answered. [] Its note. [fact "see page 2"]
//! ```
//!
//! A `#` line begins an article: title, outlet, date. Every sentence ends with its brackets or with its paragraph. Without a
//! name in the brackets the coder is `anna`; `?` is unsure, `"…"` a note, `none` none of these, several labels stand side by side.

use crate::model::article::{Article, tile};
use crate::model::coder::Coder;
use crate::model::coding::{Coding, Row};
use crate::model::ids::{ArticleId, CoderId, LabelId, ProjectId, Stamp};
use crate::model::project::{Parts, Project};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What gives a text its article id and its hash; the real ones are made by `formats`.
pub type Name = fn(&str) -> String;

/// The project that a text draws; `Err` says what the text does wrong.
pub fn project(drawing: &str, id_of: Name, hash_of: Name) -> Result<Project, String> {
    let mut parts = Parts::new(ProjectId::new("sketch"), "Sketch");
    let mut sheets: BTreeMap<SheetKey, Sheet> = BTreeMap::new();
    let marked =
        if drawing.trim_start().starts_with('#') { drawing.to_owned() } else { format!("#\n{drawing}") };
    for (idx, piece) in format!("\n{}", marked.trim()).split("\n#").skip(1).enumerate() {
        let (head, body) = piece.split_once('\n').unwrap_or((piece, ""));
        let (text, rows) = sentences(body.trim());
        let id = ArticleId::new(id_of(&text));
        let ranges: Vec<_> = rows.iter().map(|(range, _)| (range.clone(), None)).collect();
        let tiled = tile(&text, &ranges).map_err(|error| format!("article {idx}: {error}"))?;
        for ((_, marks), sentence) in rows.iter().zip(&tiled) {
            for (coder, coding) in codings(marks) {
                let key = SheetKey { coder, article: id.clone() };
                let sheet = sheets.entry(key.clone()).or_insert_with(|| Sheet::new(key, 1));
                sheet.rows.push(Row { span: sentence.span, coding });
            }
        }
        let hash = hash_of(&text);
        let mut article = Article::new(id, text.into(), tiled, hash);
        let mut head =
            head.split('|').map(|part| Some(part.trim().to_owned()).filter(|part| !part.is_empty()));
        article.meta.title = head.next().flatten();
        article.meta.outlet = head.next().flatten();
        article.meta.published = head.next().flatten();
        article.added = u32::try_from(idx + 1).unwrap_or(u32::MAX);
        parts.articles.push(Arc::new(article));
    }
    let coders: std::collections::BTreeSet<&CoderId> = sheets.keys().map(|key| &key.coder).collect();
    parts.coders = coders.iter().map(|id| Coder::new((*id).clone(), id.to_string())).collect();
    parts.sheets = sheets.into_values().map(Arc::new).collect();
    Project::assemble(parts).map_err(|problem| problem.to_string())
}

/// The text without its marks, and the byte range of each sentence with its marks.
fn sentences(body: &str) -> (String, Vec<(Range<usize>, String)>) {
    let (mut text, mut rows) = (String::new(), Vec::new());
    let paragraphs: Vec<&str> = body.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).collect();
    for (idx, paragraph) in paragraphs.iter().enumerate() {
        let mut rest = paragraph.trim();
        while !rest.is_empty() {
            let (words, marks, after) = match rest.split_once('[') {
                Some((words, tail)) => {
                    let (marks, after) = tail.split_once(']').unwrap_or((tail, ""));
                    (words.trim_end(), marks, after.trim_start())
                }
                None => (rest, "", ""),
            };
            let start = text.len();
            text.push_str(words);
            text.push_str(match (after.is_empty(), idx + 1 == paragraphs.len()) {
                (false, _) => " ",
                (true, false) => "\n\n",
                (true, true) => "",
            });
            rows.push((start..text.len(), marks.to_owned()));
            rest = after;
        }
    }
    (text, rows)
}

fn codings(marks: &str) -> Vec<(CoderId, Coding)> {
    let mut codings = Vec::new();
    for said in marks.split(';').map(str::trim).filter(|said| !said.is_empty()) {
        let (coder, said) = said.split_once(':').unwrap_or(("anna", said));
        let (said, note) = match said.split_once('"') {
            Some((said, note)) => (said, Some(note.trim_end_matches('"').into())),
            None => (said, None),
        };
        let words: Vec<&str> = said.split_whitespace().collect();
        let labels: Vec<LabelId> = words
            .iter()
            .filter(|word| !["?", "none"].contains(word))
            .map(|word| LabelId::new(*word))
            .collect();
        let answered = !labels.is_empty() || words.contains(&"none");
        let coding = Coding {
            answered,
            labels: labels.into(),
            unsure: words.contains(&"?"),
            note,
            at: answered.then_some(Stamp(1_767_225_600)),
            ..Coding::default()
        };
        if !coding.is_blank() {
            codings.push((CoderId::new(coder.trim()), coding));
        }
    }
    codings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_articles_coders_and_marks() {
        let drawing = "# Bribe | Ledger | 2025\nHe took it. [allegation] No! [ben: denial ?; anna: fact \"p. 2\"]\n\n\
                       Rain. [none] Sun. []\n# Second\nEnd.";
        let project = project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let article = project.articles().find(|a| a.meta.outlet.is_some()).unwrap();
        assert_eq!(article.text(), "He took it. No!\n\nRain. Sun.");
        assert_eq!(article.n_sentences(), 4);
        let sheet = |coder: &str| {
            let key = SheetKey { coder: CoderId::new(coder), article: article.id.clone() };
            let rows = &project.sheet(&key).unwrap().rows;
            rows.iter()
                .map(|r| format!("{} {}", r.span, r.coding.labels_cell()))
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(sheet("anna"), "0-11 allegation, 12-15 fact, 17-22 none");
        assert_eq!(sheet("ben"), "12-15 denial");
        assert_eq!(project.n_articles(), 2);
    }
}
