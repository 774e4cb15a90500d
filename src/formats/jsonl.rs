//! JSON lines: one object a row, with the columns of the CSV as names.
//!
//! `labels` is a list and `answered` says whether there is an answer: answered with an empty list is "none of these". What is
//! unknown is `null`.

use crate::formats::dataset::{self, Row};
use crate::formats::project::time;
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use serde::Serialize;
use std::io;

#[derive(Serialize)]
struct Line<'a> {
    article_id: &'a str,
    sentence_id: String,
    coder: Option<&'a str>,
    answered: bool,
    labels: Vec<&'a str>,
    unsure: bool,
    note: Option<&'a str>,
    start: u32,
    end: u32,
    text: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
    labelled_at: Option<String>,
}

/// Writes the dataset. With `only`, just the rows of that coder.
pub fn write(project: &Project, only: Option<&CoderId>, out: &mut dyn io::Write) -> io::Result<()> {
    dataset::rows(project, only, |row| {
        serde_json::to_writer(&mut *out, &line(&row))?;
        out.write_all(b"\n")
    })?;
    out.flush()
}

fn line<'a>(row: &Row<'a>) -> Line<'a> {
    let meta = &row.article.meta;
    let coding = row.coding;
    Line {
        article_id: row.article.id.as_str(),
        sentence_id: row.sentence.span.to_string(),
        coder: row.coder.map(CoderId::as_str),
        answered: coding.is_some_and(|coding| coding.answered),
        labels: coding.map(|coding| coding.labels.iter().map(LabelId::as_str).collect()).unwrap_or_default(),
        unsure: coding.is_some_and(|coding| coding.unsure),
        note: coding.and_then(|coding| coding.note.as_deref()),
        start: row.sentence.span.start,
        end: row.sentence.span.end,
        text: row.text(),
        title: meta.title.as_deref(),
        outlet: meta.outlet.as_deref(),
        published: meta.published.as_deref(),
        url: meta.url.as_deref(),
        labelled_at: coding.and_then(|coding| coding.at).map(time::write),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    fn lines(drawing: &str) -> Vec<String> {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let mut out = Vec::new();
        write(&project, None, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_object_a_row() {
        let drawing =
            "# Fire | Post | 2025\nHe lit it. [allegation ? \"say \u{1F525}\"] No. [none]\n# Quiet\nRain. []";
        let want = [
            r#"{"article_id":"a14","sentence_id":"0-10","coder":"anna","answered":true,"labels":["allegation"],"unsure":true,"note":"say 🔥","start":0,"end":10,"text":"He lit it.","title":"Fire","outlet":"Post","published":"2025","url":null,"labelled_at":"2026-01-01T00:00:00Z"}"#,
            r#"{"article_id":"a14","sentence_id":"11-14","coder":"anna","answered":true,"labels":[],"unsure":false,"note":null,"start":11,"end":14,"text":"No.","title":"Fire","outlet":"Post","published":"2025","url":null,"labelled_at":"2026-01-01T00:00:00Z"}"#,
            r#"{"article_id":"a5","sentence_id":"0-5","coder":null,"answered":false,"labels":[],"unsure":false,"note":null,"start":0,"end":5,"text":"Rain.","title":"Quiet","outlet":null,"published":null,"url":null,"labelled_at":null}"#,
        ];
        assert_eq!(lines(drawing), want);
    }
}
