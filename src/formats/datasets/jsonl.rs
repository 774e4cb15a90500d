//! JSON lines: one object a row, with the columns of the CSV as names.
//!
//! `labels` is a list and `answered` says whether there is an answer: answered with an empty list is "none of these". What is
//! unknown is `null`.

use crate::formats::datasets::lines::{BLOCK, Words};
use crate::formats::datasets::rows::{self, Layer, Row};
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use serde::{Serialize, Serializer};
use std::io;

#[derive(Serialize)]
struct Line<'a> {
    article_id: &'a str,
    sentence_id: &'a str,
    coder: Option<&'a str>,
    answered: bool,
    #[serde(serialize_with = "ids")]
    labels: &'a [LabelId],
    unsure: bool,
    note: Option<&'a str>,
    start: u32,
    end: u32,
    text: &'a str,
    title: &'a str,
    outlet: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
    labelled_at: Option<&'a str>,
    kind: &'a str,
    asked: bool,
    source: Option<&'a str>,
    layer: &'a str,
    gold_by: Option<&'a str>,
    reason: Option<&'a str>,
    decided_by: Option<&'a str>,
    decided_at: Option<&'a str>,
}

/// Writes the dataset of a layer.
pub fn write(project: &Project, layer: &Layer, out: &mut dyn io::Write) -> io::Result<()> {
    let (mut lines, mut words) = (Vec::with_capacity(2 * BLOCK), Words::default());
    rows::each(project, layer, |row| {
        words.take(&row);
        serde_json::to_writer(&mut lines, &line(&row, &words))?;
        lines.push(b'\n');
        if lines.len() >= BLOCK {
            out.write_all(&lines)?;
            lines.clear();
        }
        Ok::<_, io::Error>(())
    })?;
    out.write_all(&lines)?;
    out.flush()
}

fn line<'a>(row: &Row<'a>, words: &'a Words) -> Line<'a> {
    let meta = &row.article.meta;
    let coding = row.coding;
    Line {
        article_id: row.article.id.as_str(),
        sentence_id: &words.span,
        coder: row.coder.map(CoderId::as_str),
        answered: row.labels().is_some(),
        labels: row.labels().unwrap_or_default(),
        unsure: coding.is_some_and(|coding| coding.unsure),
        note: coding.and_then(|coding| coding.note.as_deref()),
        start: row.sentence.span.start,
        end: row.sentence.span.end,
        text: row.text(),
        title: row.article.shown_title(),
        outlet: meta.outlet.as_deref(),
        published: meta.published.as_deref(),
        url: meta.url.as_deref(),
        labelled_at: coding.and_then(|coding| coding.at).map(|_| words.at.as_str()),
        kind: row.kind(),
        asked: row.asked,
        source: row.article.source.as_deref(),
        layer: row.layer,
        gold_by: row.gold.map(|gold| gold.by.word()),
        reason: Some(words.reason.as_str()).filter(|reason| !reason.is_empty()),
        decided_by: row.decision().map(|decision| decision.by.as_str()),
        decided_at: row.decided_at().map(|_| words.decided_at.as_str()),
    }
}

fn ids<S: Serializer>(labels: &[LabelId], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(labels.iter().map(LabelId::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    fn lines(drawing: &str) -> Vec<String> {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let mut out = Vec::new();
        write(&project, &Layer::Coders, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_object_a_row() {
        let drawing =
            "# Fire | Post | 2025\nHe lit it. [allegation ? \"say \u{1F525}\"] No. [none]\n# Quiet\nRain. []";
        let want = [
            r#"{"article_id":"a14","sentence_id":"0-10","coder":"anna","answered":true,"labels":["allegation"],"unsure":true,"note":"say 🔥","start":0,"end":10,"text":"He lit it.","title":"Fire","outlet":"Post","published":"2025","url":null,"labelled_at":"2026-01-01T00:00:00Z","kind":"prose","asked":true,"source":null,"layer":"coders","gold_by":null,"reason":null,"decided_by":null,"decided_at":null}"#,
            r#"{"article_id":"a14","sentence_id":"11-14","coder":"anna","answered":true,"labels":[],"unsure":false,"note":null,"start":11,"end":14,"text":"No.","title":"Fire","outlet":"Post","published":"2025","url":null,"labelled_at":"2026-01-01T00:00:00Z","kind":"prose","asked":true,"source":null,"layer":"coders","gold_by":null,"reason":null,"decided_by":null,"decided_at":null}"#,
            r#"{"article_id":"a5","sentence_id":"0-5","coder":null,"answered":false,"labels":[],"unsure":false,"note":null,"start":0,"end":5,"text":"Rain.","title":"Quiet","outlet":null,"published":null,"url":null,"labelled_at":null,"kind":"prose","asked":true,"source":null,"layer":"coders","gold_by":null,"reason":null,"decided_by":null,"decided_at":null}"#,
        ];
        assert_eq!(lines(drawing), want);
    }
}
