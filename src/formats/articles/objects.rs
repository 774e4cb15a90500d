//! JSON with an article an object: one a line, a list of them, or such a list under a name.

use crate::formats::articles::columns::Columns;
use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::rows::Rows;
use crate::formats::decode::decode_table;
use crate::formats::reading::ReadError;
use crate::formats::{Format, Reads, Thing, Writes, twin};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

pub(in crate::formats) const FORMAT: Format = Format {
    id: "json",
    name: "JSON",
    extensions: &["json"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata],
};

/// Names that a list of articles goes by.
const LISTS: [&str; 8] = ["rows", "data", "articles", "items", "results", "docs", "documents", "entries"];

/// Reads JSON in any of its forms, whatever the name of the file says.
pub(in crate::formats) fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    if twin::is_twin(bytes) {
        return Err(ReadError::Dataset);
    }
    let decoded = decode_table(bytes, asked.encoding)?;
    let text = decoded.text.trim();
    let mut objects = Objects {
        rows: Rows::new(asked, decoded.encoding, decoded.warnings),
        asked,
        last: None,
        fault: None,
    };
    let list = list(text);
    if let Some([one]) = list.as_deref().filter(|_| !text.starts_with('[')) {
        objects.take(String::new(), one.get())?;
    } else if let Some(list) = &list {
        for (n, raw) in (1..).zip(list) {
            objects.take(format!("{n}"), raw.get())?;
        }
    } else {
        for (n, line) in (1..).zip(text.lines()) {
            if !line.trim().is_empty() {
                objects.take(format!("line {n}"), line)?;
            }
        }
    }
    let found = objects.rows.found;
    match objects.fault {
        Some(fault) if found.articles.is_empty() => Err(fault),
        None if found.articles.is_empty() && found.left.is_empty() => Err(ReadError::NoWords),
        _ => Ok(found),
    }
}

/// The objects of a list, or the one that all of it is; none where there is one a line.
fn list(text: &str) -> Option<Vec<&RawValue>> {
    if text.starts_with('[') {
        return serde_json::from_str(text).ok();
    }
    let whole: &RawValue = serde_json::from_str(text).ok()?;
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    let named = LISTS.iter().find_map(|name| {
        let list: Vec<&RawValue> = serde_json::from_str(fields.get(*name)?.get()).ok()?;
        list.first().is_some_and(|first| first.get().starts_with('{')).then_some(list)
    });
    Some(named.unwrap_or_else(|| vec![whole]))
}

struct Objects<'a> {
    rows: Rows<'a>,
    asked: Asked<'a>,
    /// The names of the object before, and which of them hold what.
    last: Option<(Vec<String>, Columns)>,
    /// Why the first object that has no text has none.
    fault: Option<ReadError>,
}

impl Objects<'_> {
    /// Takes an object; an error where the whole file is none of articles.
    fn take(&mut self, place: String, json: &str) -> Result<(), ReadError> {
        let value: Value = match serde_json::from_str(json) {
            Ok(value) => value,
            Err(error) => {
                let why = if error.is_eof() { "JSON that is cut off" } else { "no JSON" };
                let why = format!("{why}, at character {}", error.column());
                self.fault.get_or_insert(ReadError::Broken { what: "JSON", why: format!("{place}: {why}") });
                self.rows.left(place, json.trim_start(), why);
                return Ok(());
            }
        };
        let Value::Object(mut fields) = value else {
            self.rows.left(place, json.trim_start(), "no object");
            return Ok(());
        };
        // Rows as the Hugging Face hub serves them.
        if let (Some(Value::Object(_)), true) = (fields.get("row"), fields.contains_key("row_idx"))
            && let Some(Value::Object(row)) = fields.remove("row")
        {
            fields = row;
        }
        let (names, values): (Vec<String>, Vec<String>) =
            fields.into_iter().map(|(name, value)| (name, words(&value))).unzip();
        if self.last.as_ref().is_none_or(|(last, _)| *last != names) {
            match Columns::of(&names, self.asked.columns) {
                Ok(columns) => self.last = Some((names, columns)),
                Err(ReadError::Dataset) => return Err(ReadError::Dataset),
                Err(fault) => {
                    self.fault.get_or_insert(fault);
                    self.rows.left(place, "", "no field with a text in it");
                    return Ok(());
                }
            }
        }
        if let Some((_, columns)) = &self.last {
            self.rows.take(place, columns, &|at| values.get(at).map(String::as_str), Vec::new());
        }
        Ok(())
    }
}

/// What a field says: of a list all that it holds, of an object its name.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(list) => {
            let words: Vec<String> =
                list.iter().filter(|one| !one.is_array()).map(words).filter(|one| !one.is_empty()).collect();
            // Names are short; paragraphs are not.
            let is_long = words.iter().any(|one| one.len() > 80);
            words.join(if is_long { "\n\n" } else { ", " })
        }
        Value::Object(fields) => {
            let named =
                ["name", "title", "value", "text"].iter().find_map(|name| fields.get(*name)?.as_str());
            named.unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places and texts, and what was left.
    fn shown(json: &str) -> String {
        match read(json.as_bytes(), Asked::default()) {
            Ok(found) => {
                let articles =
                    found.articles.iter().map(|article| format!("{}: {}", article.place, article.text));
                let left = found.left.iter().map(|left| format!("{}! {}", left.place, left.why));
                articles.chain(left).collect::<Vec<_>>().join(" | ")
            }
            Err(why) => crate::text::message::what(&why.to_string()).to_owned(),
        }
    }

    #[test]
    fn lines_lists_and_lists_under_a_name() {
        let check = |json: &str, want: &str| assert_eq!(shown(json), want, "{json}");
        check(
            "{\"text\":\"It burnt.\"}\n\n{\"text\":\"It froze.\"}\n",
            "line 1: It burnt. | line 3: It froze.",
        );
        check(
            "{\"text\":\"It burnt.\"}\n{\"text\":\n{\"title\":\"x\"}",
            "line 1: It burnt. | line 2! JSON that is cut off, at character 8 | line 3! no field with a text in it",
        );
        check(
            "[{\"text\":\"It burnt.\"}, 7, {\"text\":\" \"}]",
            "1: It burnt. | 2! no object | 3! no text in it",
        );
        for name in ["rows", "data", "articles"] {
            check(&format!("{{\"n\": 2, \"{name}\": [{{\"body\": \"It burnt.\"}}]}}"), ": It burnt.");
        }
        check("{\"rows\": [{\"row_idx\": 0, \"row\": {\"text\": \"It burnt.\"}}]}", ": It burnt.");
        check("{\n \"title\": \"Fire\",\n \"text\": \"It burnt.\"\n}", ": Fire\n\nIt burnt.");
        check("{\"title\":\"x\"}", "there is no column with the text, it has `title`");
        check("[]", "there are no words in the file");
        check(
            "{\"article_id\":\"a\",\"sentence_id\":\"0-3\",\"text\":\"x\"}",
            "this is a dataset of sentences that Allegata wrote",
        );
    }

    #[test]
    fn fields_that_are_no_text() {
        let json = "{\"text\": [\"It burnt.\", \"Nobody knows why it did, and nobody will ever know, said a man who had come to see it burn.\"], \
            \"authors\": [\"Ines Varga\", \"Ben Ode\"], \"source\": {\"id\": null, \"name\": \"Lynd Echo\"}, \"date\": null, \"id\": 7}";
        let found = read(json.as_bytes(), Asked::default()).unwrap();
        let article = found.articles.first().unwrap();
        assert!(article.text.starts_with("It burnt.\n\nNobody"));
        let meta = &article.meta;
        assert_eq!(
            [&meta.byline, &meta.outlet, &meta.doc_id].map(|known| known.as_deref().unwrap()),
            ["Ines Varga, Ben Ode", "Lynd Echo", "7"]
        );
        assert_eq!(meta.date_known(), None);
    }

    #[test]
    fn what_is_nested_deep_is_named() {
        let deep = format!("{{\"text\": \"It burnt.\"}}\n{{\"text\": {}}}", "[".repeat(100_000));
        assert!(shown(&deep).starts_with("line 1: It burnt. | line 2!"));
    }
}
