//! JSON as datasets have it: an object a line, a list of them, or objects one after the other.

use crate::analysis::incoming::Left;
use crate::formats::datasets::incoming::{Told, Unreadable};
use crate::formats::decode;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A longer line is left out before anything is made of it.
pub(super) const MAX_LINE_BYTES: usize = 64 << 20;

/// Calls `take` with each object and its line. What cannot be read is named.
pub(super) fn each(
    (bytes, told): (&[u8], Told<'_>),
    left: &mut Vec<Left>,
    mut take: impl FnMut(u64, &Value) -> Result<(), String>,
) -> Result<(), Unreadable> {
    let text = unicode(bytes);
    let bytes: &[u8] = &text;
    if bytes.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut n_read = 0_usize;
    let mut one = |line: u64, value: Result<Value, serde_json::Error>, left: &mut Vec<Left>| {
        let value = value.map_err(|error| why(&error));
        match value.and_then(|value| take(line, &value)) {
            Ok(()) => n_read += 1,
            Err(why) => left.push(Left::new(line, why)),
        }
    };
    let first = bytes.trim_ascii_start().first().copied();
    let first_line = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let is_lines = first == Some(b'{')
        && first_line
            .is_some_and(|line| line.len() > MAX_LINE_BYTES || serde_json::from_slice::<Value>(line).is_ok());
    if (first == Some(b'[') || first == Some(b'{') && !is_lines)
        && let Some(all) = pieces(bytes)?
    {
        let mut lines = LineOf { bytes, at: 0, line: 1 };
        for raw in all {
            told.row()?;
            let line = lines.of(raw);
            one(line, serde_json::from_str(raw.get()), left);
        }
        return any(n_read, left);
    }
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1_u64..) {
        told.row()?;
        if line.len() > MAX_LINE_BYTES {
            let n_mib = line.len() >> 20;
            left.push(Left::new(
                number,
                format!("{n_mib} MiB in one line: the limit is {} MiB", MAX_LINE_BYTES >> 20),
            ));
        } else if !line.trim_ascii().is_empty() {
            one(number, serde_json::from_slice(line), left);
        }
    }
    any(n_read, left)
}

/// The first object.
pub(super) fn first(bytes: &[u8]) -> Option<Value> {
    let mut found = None;
    // The beginning tells: a large file is not read twice.
    let head = bytes.get(..bytes.len().min(4 << 20)).unwrap_or_default();
    let whole = if bytes.len() > head.len() {
        head.rsplitn(2, |byte| *byte == b'\n').last().unwrap_or(head)
    } else {
        bytes
    };
    let lines = |bytes: &[u8], found: &mut Option<Value>| {
        each((bytes, Told::default()), &mut Vec::new(), |_, value| {
            found.get_or_insert_with(|| value.clone());
            Ok(())
        })
    };
    if lines(whole, &mut found).is_err() {
        lines(bytes, &mut found).ok()?;
    }
    found
}

fn any(n_read: usize, left: &[Left]) -> Result<(), Unreadable> {
    match left.first() {
        Some(first) if n_read == 0 => Err(Unreadable::NoLine(first.to_string().replace('\0', " "))),
        _ => Ok(()),
    }
}

/// The objects of a list, or of a text of them; `None` = these are lines, one of which is broken.
fn pieces(bytes: &[u8]) -> Result<Option<Vec<&RawValue>>, Unreadable> {
    const LISTS: [&str; 4] = ["rows", "data", "tasks", "articles"];
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return match serde_json::from_slice(bytes) {
            Ok(pieces) => Ok(Some(pieces)),
            Err(error) => Err(Unreadable::NoJson {
                line: u64::try_from(error.line()).unwrap_or(u64::MAX),
                why: why(&error),
            }),
        };
    }
    let stream = serde_json::Deserializer::from_slice(bytes).into_iter::<&RawValue>();
    let Ok(pieces) = stream.collect::<Result<Vec<_>, _>>() else { return Ok(None) };
    // One object may be a list's wrapping.
    if let [one] = pieces.as_slice()
        && let Ok(fields) = serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(one.get())
    {
        for name in LISTS {
            if let Some(list) = fields.get(name)
                && let Ok(pieces) = serde_json::from_str::<Vec<&RawValue>>(list.get())
            {
                return Ok(Some(pieces));
            }
        }
    }
    Ok(Some(pieces))
}

/// In which line a piece begins; asked in order.
struct LineOf<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl LineOf<'_> {
    fn of(&mut self, raw: &RawValue) -> u64 {
        let at = (raw.get().as_ptr() as usize).saturating_sub(self.bytes.as_ptr() as usize);
        let passed = self.bytes.get(self.at..at).unwrap_or_default();
        self.line += u64::try_from(memchr::memchr_iter(b'\n', passed).count()).unwrap_or_default();
        self.at = at.max(self.at);
        self.line
    }
}

fn why(error: &serde_json::Error) -> String {
    let says = error.to_string();
    let says = says.split(" at line ").next().unwrap_or_default();
    format!("{says} at column {}", error.column())
}

/// UTF-8 without its mark; UTF-16 made so.
pub(super) fn unicode(bytes: &[u8]) -> Cow<'_, [u8]> {
    match decode::from_utf16(bytes) {
        Some((text, ..)) => Cow::Owned(text.trim_start_matches('\u{feff}').as_bytes().to_vec()),
        None => Cow::Borrowed(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
    }
}

/// The text of the first of these fields that has one.
pub(super) fn text<'v>(value: &'v Value, names: &[&str]) -> Option<&'v str> {
    names.iter().find_map(|name| value.get(*name).and_then(Value::as_str))
}

/// The same where a number, or who is named by e-mail, does as well.
pub(super) fn name(value: &Value, names: &[&str]) -> Option<String> {
    let plain = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(_) => text(value, &["email", "username", "name"]).map(str::to_owned),
        _ => None,
    };
    names.iter().find_map(|name| value.get(*name).and_then(plain)).filter(|name| !name.is_empty())
}

/// The same in an object or in its `meta`.
pub(super) fn name_with_meta(value: &Value, names: &[&str]) -> Option<String> {
    name(value, names).or_else(|| value.get("meta").and_then(|meta| name(meta, names)))
}

/// A place of an object or of its `meta`. `Err` = what stands there is none.
pub(super) fn span(value: &Value, starts: &[&str], ends: &[&str]) -> Result<Option<Range<u64>>, String> {
    let of = |value: &Value, names: &[&str]| {
        names.iter().find_map(|name| value.get(*name).cloned().filter(|v| !v.is_null()))
    };
    let both = |value: &Value| Some((of(value, starts)?, of(value, ends)?));
    let Some((start, end)) = both(value).or_else(|| value.get("meta").and_then(both)) else {
        return Ok(None);
    };
    let place = |value: &Value| {
        let said = value.as_str().and_then(|text| text.trim().parse().ok());
        value.as_u64().or(said).ok_or_else(|| format!("`{}` is no place in a text", short(value)))
    };
    Ok(Some(place(&start)?..place(&end)?))
}

/// Words for labels: a text, a list of them, or of objects with a name. `Err` = something else.
pub(super) fn words(value: &Value) -> Result<Vec<String>, String> {
    match value {
        Value::String(text) => Ok(vec![text.trim().to_owned()]),
        Value::Number(number) => Ok(vec![number.to_string()]),
        Value::Array(all) => {
            let word = |value: &Value| match value {
                Value::String(text) => Ok(text.trim().to_owned()),
                Value::Number(number) => Ok(number.to_string()),
                other => Err(format!("`{}` is no label", short(other))),
            };
            all.iter().map(word).collect()
        }
        other => Err(format!("`{}` is no label", short(other))),
    }
}

pub(super) fn is_list_of_lists(value: &Value) -> bool {
    value.as_array().and_then(|all| all.first()).is_some_and(|first| first.is_array() || first.is_object())
}

/// A value for a message.
pub(super) fn short(value: &Value) -> String {
    let said = value.to_string();
    let short: String = said.chars().filter(|c| *c != '`').take(40).collect();
    if short.len() < said.len() { format!("{short}…") } else { short }
}
