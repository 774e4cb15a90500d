//! JSON lines: one object a row, with the columns of the CSV as names.
//!
//! `labels` is a list: an empty one is "none of these", and `null` with `answered` false is no answer. What is unknown is `null`.

use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::lines::{BLOCK, Words};
use crate::formats::datasets::rows::{self, Given, Going, Row};
use serde::{Serialize, Serializer};
use std::io;

#[derive(Serialize)]
struct Line<'a> {
    article_id: &'a str,
    sentence_id: &'a str,
    coder: Option<&'a str>,
    answered: bool,
    labels: Option<Given<'a>>,
    /// In schemes of one label a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Option<&'a str>>,
    unsure: bool,
    note: Option<&'a str>,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_sha256: Option<&'a str>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<Option<&'a str>>,
}

pub fn write(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    let (mut lines, mut words) = (Vec::with_capacity(2 * BLOCK), Words::default());
    let counts = rows::each(going, |row| {
        words.take(row, going);
        serde_json::to_writer(&mut lines, &line(row, going, &words))?;
        lines.push(b'\n');
        if lines.len() >= BLOCK {
            out.write_all(&lines)?;
            lines.clear();
        }
        Ok::<_, io::Error>(())
    })?;
    out.write_all(&lines)?;
    out.flush()?;
    Ok(counts)
}

fn line<'a>(row: &Row<'a>, going: &'a Going<'_>, words: &'a Words) -> Line<'a> {
    let (meta, with_text) = (&row.article.meta, going.what.text);
    let given = going.labels(row);
    let is_one = !going.project.scheme().takes_several();
    Line {
        article_id: row.article.id.as_str(),
        sentence_id: &words.span,
        coder: row.coder.map(|coder| going.coder(coder)),
        answered: given.is_some(),
        labels: given,
        label: is_one.then(|| given.map(|_| words.labels.as_str())),
        unsure: row.is_unsure(),
        note: row.note(),
        start: row.sentence.span.start,
        end: row.sentence.span.end,
        text: with_text.then(|| row.text()),
        text_sha256: (!with_text).then_some(words.hash.as_str()),
        article_sha256: (!with_text).then_some(row.article.sha256.as_str()),
        title: going.title(row.article),
        outlet: meta.outlet.as_deref(),
        published: meta.published.as_deref(),
        url: meta.url.as_deref(),
        labelled_at: row.coding.and_then(|coding| coding.at).map(|_| words.at.as_str()),
        kind: row.kind(),
        asked: row.asked,
        source: row.article.source.as_deref(),
        layer: row.layer,
        gold_by: row.gold.map(|gold| gold.by.word()),
        reason: Some(words.reason.as_str()).filter(|reason| !reason.is_empty()),
        decided_by: row.decision().map(|decision| going.coder(&decision.by)),
        decided_at: row.decided_at().map(|_| words.decided_at.as_str()),
        split: going.what.split(&row.article.id).map(|split| Some(split).filter(|split| !split.is_empty())),
    }
}

/// An empty list is "none of these".
impl Serialize for Given<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.ids())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::TABLE;
    use crate::formats::datasets::rows::Layer;
    use crate::formats::datasets::what::What;
    use crate::model::sketch;

    fn lines(drawing: &str) -> Vec<String> {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let mut out = Vec::new();
        let what = What::usual(&TABLE, Layer::Coders);
        write(&Going::new(&project, &what), &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_object_a_row() {
        let drawing =
            "# Fire | Post | 2025\nHe lit it. [allegation ? \"say \u{1F525}\"] No. [none]\n# Quiet\nRain. []";
        let want = [
            r#"{"article_id":"a14","sentence_id":"0-10","coder":"anna","answered":true,"labels":["allegation"],"label":"allegation","unsure":true,"note":"say 🔥","start":0,"end":10,"text":"He lit it.","title":"Fire","outlet":"Post","published":"2025","url":null,"labelled_at":"2026-01-01T00:00:00Z","kind":"prose","asked":true,"source":null,"layer":"coders","gold_by":null,"reason":null,"decided_by":null,"decided_at":null}"#,
            r#"{"article_id":"a14","sentence_id":"11-14","coder":"anna","answered":true,"labels":[],"label":"none","unsure":false,"note":null,"start":11,"end":14,"text":"No.","title":"Fire","outlet":"Post","published":"2025","url":null,"labelled_at":"2026-01-01T00:00:00Z","kind":"prose","asked":true,"source":null,"layer":"coders","gold_by":null,"reason":null,"decided_by":null,"decided_at":null}"#,
            r#"{"article_id":"a5","sentence_id":"0-5","coder":null,"answered":false,"labels":null,"label":null,"unsure":false,"note":null,"start":0,"end":5,"text":"Rain.","title":"Quiet","outlet":null,"published":null,"url":null,"labelled_at":null,"kind":"prose","asked":true,"source":null,"layer":"coders","gold_by":null,"reason":null,"decided_by":null,"decided_at":null}"#,
        ];
        assert_eq!(lines(drawing), want);
    }
}
