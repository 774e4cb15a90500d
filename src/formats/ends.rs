//! JSON lines of texts in, and where their sentences end out: what a scorer of splitters reads.
//!
//! In: an object a line with `id`, `text` and perhaps `lang`. Out: `{"id":…,"ends":[…]}`, the id to the letter, the ends in bytes
//! of the text in UTF-8 as it was given, each just after the last character of a sentence that is not white.

use crate::text::rules::{Rules, Settings};
use crate::text::segment::segment;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

#[derive(Deserialize)]
struct TextIn<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    lang: Option<String>,
}

#[derive(Serialize)]
struct EndsOut<'a> {
    id: &'a RawValue,
    ends: Vec<usize>,
}

/// Why a line gives no ends; a clause about the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    #[error("is not UTF-8 text from its byte {0} on")]
    NotUtf8(usize),
    #[error("is no JSON object, {0}")]
    Json(String),
    #[error("has no `{0}`")]
    Without(&'static str),
    #[error("has an `id` that is neither a text nor a number")]
    OddId,
}

/// The line for a text: the ends of its sentences. The language is that of the settings, else of the line, else guessed.
///
/// Nothing for a blank line.
pub fn of_line(line: &[u8], settings: Settings<'_>) -> Result<Option<String>, LineError> {
    let line = std::str::from_utf8(line).map_err(|error| LineError::NotUtf8(error.valid_up_to() + 1))?;
    let line = line.trim_start_matches('\u{feff}');
    if line.trim().is_empty() {
        return Ok(None);
    }
    if !line.trim_start().starts_with('{') {
        return Err(LineError::Json("it does not begin with `{`".to_owned()));
    }
    let rec: TextIn<'_> = serde_json::from_str(line).map_err(|error| json_error(&error))?;
    let id = rec.id.ok_or(LineError::Without("id"))?;
    let text = rec.text.ok_or(LineError::Without("text"))?;
    if !id.get().starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        return Err(LineError::OddId);
    }
    let lang = settings.lang.or(rec.lang.as_deref()).filter(|lang| !lang.is_empty());
    let rules = Rules::of(&text, Settings { lang, ..settings });
    let out = EndsOut { id, ends: ends(&text, &rules) };
    serde_json::to_string(&out).map(Some).map_err(|error| json_error(&error))
}

/// Byte offsets just after the last character of each sentence that is not white.
fn ends(text: &str, rules: &Rules<'_>) -> Vec<usize> {
    let words = |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim_end().len();
    let ends = segment(text, rules).into_iter().map(|sentence| {
        let len = words(sentence.start, sentence.end);
        (len > 0).then_some(sentence.start + len)
    });
    ends.flatten().collect()
}

/// What the parser says, without `line 1`: it saw one line.
fn json_error(error: &serde_json::Error) -> LineError {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    LineError::Json(format!("column {}: {said}", error.column()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, want: &str) {
        let got = of_line(line.as_bytes(), Settings::default());
        let got = got.map_or_else(|error| error.to_string(), Option::unwrap_or_default);
        assert_eq!(got, want, "{line}");
    }

    #[test]
    fn ends_are_bytes_of_the_text_as_it_was_given() {
        check(r#"{"id": 1, "text": "It rained. It blew."}"#, r#"{"id":1,"ends":[10,19]}"#);
        check(
            r#"{"text":"\u00c9t\u00e9.\r\n\r\nIt \ud83d\udd25. \n","id":"a\u0062"}"#,
            r#"{"id":"a\u0062","ends":[6,18]}"#,
        );
        check(
            r#"{"id": 12345678901234567890123, "text": ""}"#,
            r#"{"id":12345678901234567890123,"ends":[]}"#,
        );
        check(r#"{"id": -1.50, "text": " \n ", "ends": [], "lang": null}"#, r#"{"id":-1.50,"ends":[]}"#);
        check("\u{feff}{\"id\": 0, \"text\": \"  Lead.\", \"lang\": \"\"}\r", r#"{"id":0,"ends":[7]}"#);
        check(" \t\r", "");
    }

    #[test]
    fn a_bad_line_says_what_is_wrong() {
        check("{\"id\": 1, ", "is no JSON object, column 10: EOF while parsing a value");
        check("[1, \"It rained.\"]", "is no JSON object, it does not begin with `{`");
        check(r#"{"id": 1} {"#, "is no JSON object, column 11: trailing characters");
        check(r#"{"id": 1}"#, "has no `text`");
        check(r#"{"id": null, "text": "It rained."}"#, "has no `id`");
        check(r#"{"id": [1], "text": "It rained."}"#, "has an `id` that is neither a text nor a number");
        let wanted = "is no JSON object, column 19: invalid type: integer `5`, expected a string";
        check(r#"{"id": 1, "text": 5}"#, wanted);
        assert_eq!(of_line(b"{\"id\": \"\xe9\"}", Settings::default()), Err(LineError::NotUtf8(9)));
    }
}
