//! JSON lines: one object a row, with the columns of the CSV as names.
//!
//! `labels` is a list: an empty one is "none of these", and `null` with `answered` false is no answer. What is unknown is `null`.

use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::lines::{BLOCK, Words};
use crate::formats::datasets::rows::{self, Given, Going, Row};
use crate::model::article::Article;
use std::io;
use std::ptr;

pub fn write(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    let (mut lines, mut words, mut known) =
        (Vec::with_capacity(2 * BLOCK), Words::default(), Known::default());
    let counts = rows::each(going, |row| {
        words.take(row, going);
        known.take(row.article, going);
        line(&mut lines, row, going, &words, &known);
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

/// What all lines of an article have in common, as it is written.
#[derive(Default)]
struct Known {
    /// Of which article; it is only compared.
    of: Option<*const Article>,
    id: Vec<u8>,
    /// From the title to the address.
    meta: Vec<u8>,
    source: Vec<u8>,
}

impl Known {
    fn take(&mut self, article: &Article, going: &Going<'_>) {
        let of = ptr::from_ref(article);
        if self.of.replace(of) == Some(of) {
            return;
        }
        let (id, known, source) = (&mut self.id, &mut self.meta, &mut self.source);
        [&mut *id, known, source].into_iter().for_each(Vec::clear);
        let meta = &article.meta;
        text(id, "{\"article_id\":", article.id.as_str());
        if !going.what.text {
            text(known, ",\"article_sha256\":", &article.sha256);
        }
        text(known, ",\"title\":", going.title(article));
        maybe(known, ",\"outlet\":", meta.outlet.as_deref());
        maybe(known, ",\"published\":", meta.published.as_deref());
        maybe(known, ",\"url\":", meta.url.as_deref());
        maybe(source, ",\"source\":", article.source.as_deref());
    }
}

/// Writes a row. The keys are put down with what stands around them.
fn line(out: &mut Vec<u8>, row: &Row<'_>, going: &Going<'_>, words: &Words, known: &Known) {
    let given = going.labels(row);
    out.extend_from_slice(&known.id);
    text(out, ",\"sentence_id\":", &words.span);
    maybe(out, ",\"coder\":", row.coder.map(|coder| going.coder(coder)));
    truth(out, ",\"answered\":", given.is_some());
    labels(out, given);
    // In schemes of one label a sentence.
    if !going.project.scheme().takes_several() {
        maybe(out, ",\"label\":", given.map(|_| words.labels.as_str()));
    }
    truth(out, ",\"unsure\":", row.is_unsure());
    maybe(out, ",\"note\":", row.note());
    plain(out, ",\"start\":", words.start());
    plain(out, ",\"end\":", words.end());
    if going.what.text {
        text(out, ",\"text\":", row.text());
    } else {
        text(out, ",\"text_sha256\":", &words.hash);
    }
    out.extend_from_slice(&known.meta);
    maybe(out, ",\"labelled_at\":", Some(words.at.as_str()).filter(|at| !at.is_empty()));
    text(out, ",\"kind\":", row.kind());
    truth(out, ",\"asked\":", row.asked);
    out.extend_from_slice(&known.source);
    text(out, ",\"layer\":", row.layer);
    maybe(out, ",\"gold_by\":", row.gold.map(|gold| gold.by.word()));
    maybe(out, ",\"reason\":", Some(words.reason.as_str()).filter(|reason| !reason.is_empty()));
    maybe(out, ",\"decided_by\":", row.decision().map(|decision| going.coder(&decision.by)));
    maybe(out, ",\"decided_at\":", Some(words.decided_at.as_str()).filter(|at| !at.is_empty()));
    if let Some(split) = going.what.split(&row.article.id) {
        maybe(out, ",\"split\":", Some(split).filter(|split| !split.is_empty()));
    }
    out.extend_from_slice(b"}\n");
}

/// An empty list is "none of these".
fn labels(out: &mut Vec<u8>, given: Option<Given<'_>>) {
    let Some(given) = given else { return plain(out, ",\"labels\":", "null") };
    out.extend_from_slice(b",\"labels\":[");
    for (idx, label) in given.ids().enumerate() {
        text(out, if idx > 0 { "," } else { "" }, label);
    }
    out.push(b']');
}

fn plain(out: &mut Vec<u8>, key: &str, value: &str) {
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(value.as_bytes());
}

fn truth(out: &mut Vec<u8>, key: &str, value: bool) {
    plain(out, key, if value { "true" } else { "false" });
}

fn maybe(out: &mut Vec<u8>, key: &str, value: Option<&str>) {
    match value {
        Some(value) => text(out, key, value),
        None => plain(out, key, "null"),
    }
}

/// A text of JSON between its quotes.
fn text(out: &mut Vec<u8>, key: &str, value: &str) {
    out.extend_from_slice(key.as_bytes());
    out.push(b'"');
    let bytes = value.as_bytes();
    // Nearly none has a sign that needs one more: all of it is looked at in one go.
    if bytes.iter().fold(false, |is_any, byte| is_any | is_odd(*byte)) {
        for byte in bytes {
            escaped(out, *byte);
        }
    } else {
        out.extend_from_slice(bytes);
    }
    out.push(b'"');
}

const fn is_odd(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

fn escaped(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let sign = match byte {
        b'"' | b'\\' => byte,
        8 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        12 => b'f',
        b'\r' => b'r',
        0..b' ' => {
            let digit = |of: u8| HEX.get(usize::from(of)).copied().unwrap_or(b'0');
            return out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
        }
        _ => return out.push(byte),
    };
    out.extend_from_slice(&[b'\\', sign]);
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
    fn texts_are_escaped_as_others_escape_them() {
        let all: String = (0..0x180).filter_map(char::from_u32).chain(['\u{2028}', '\u{1F525}']).collect();
        for value in [all.as_str(), "", "plain é", "\"", "a\\b"] {
            let mut out = vec![];
            text(&mut out, "", value);
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(value).unwrap());
        }
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
