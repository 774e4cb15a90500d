//! JSON as the RON of the project file: objects are records, and what is `null` is left out.

use crate::formats::project::{escape, ron_options};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The object in a record that holds what the writer did not know, as RON.
pub(super) const EXTRA: &str = "extra";

/// Puts JSON behind RON source.
struct RonOf<'a>(&'a mut String);

/// The fields of an object `extra`, behind those of a record that begins at a byte.
struct Extras<'a>(&'a mut String, usize);

/// A text of `extra`.
struct Source<'a>(&'a mut String);

/// Puts a field behind others; where it is `null`, nothing.
pub(super) fn push_field(fields: &mut String, name: &str, value: &RawValue) -> serde_json::Result<()> {
    let mut value = serde_json::Deserializer::from_str(value.get());
    if name == EXTRA {
        return Extras(fields, 0).deserialize(&mut value);
    }
    let before = fields.len();
    push_name(fields, 0, name)?;
    let at = fields.len();
    RonOf(fields).deserialize(&mut value)?;
    left_out_if_null(fields, before, at);
    Ok(())
}

/// A name as RON takes it for a field, behind the others of a record that begins at a byte.
fn push_name<E: serde::de::Error>(out: &mut String, begin: usize, name: &str) -> Result<(), E> {
    if out.len() > begin {
        out.push_str(", ");
    }
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'+' | b'-');
    if name.is_empty() || !name.bytes().all(is_plain) {
        let shown: String = name.chars().filter(|c| !c.is_control() && *c != '`').take(40).collect();
        return Err(E::custom(format!(
            "`{shown}` cannot be a field of a project: letters of ASCII, digits, `_`, `.`, `+` and `-` can"
        )));
    }
    escape::push_name(out, name);
    out.push_str(": ");
    Ok(())
}

/// Takes a field back whose value begins at a byte and is `null`.
fn left_out_if_null(out: &mut String, before: usize, value: usize) {
    if out.get(value..) == Some("None") {
        out.truncate(before);
    }
}

impl<'de> DeserializeSeed<'de> for RonOf<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RonOf<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E: serde::de::Error>(self, is: bool) -> Result<(), E> {
        self.0.push_str(if is { "true" } else { "false" });
        Ok(())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.0.push_str(&number.to_string());
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.0.push_str(&number.to_string());
        Ok(())
    }

    /// Tables of other programs make `3.0` of 3 where a column has gaps.
    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        const WHOLE_UP_TO: f64 = 9_007_199_254_740_992.0;
        let is_whole = number.fract() == 0.0 && number.abs() < WHOLE_UP_TO;
        let written = if is_whole { format!("{number:.0}") } else { format!("{number:?}") };
        self.0.push_str(&written);
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        escape::push_string(self.0, text);
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.0.push_str("None");
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.push('[');
        let mut is_first = true;
        loop {
            let before = self.0.len();
            if !std::mem::take(&mut is_first) {
                self.0.push_str(", ");
            }
            if seq.next_element_seed(RonOf(self.0))?.is_none() {
                self.0.truncate(before);
                break;
            }
        }
        self.0.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(out) = self;
        out.push('(');
        let begin = out.len();
        while let Some(name) = map.next_key::<String>()? {
            if name == EXTRA {
                map.next_value_seed(Extras(out, begin))?;
                continue;
            }
            let before = out.len();
            push_name(out, begin, &name)?;
            let value = out.len();
            map.next_value_seed(RonOf(out))?;
            left_out_if_null(out, before, value);
        }
        out.push(')');
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Extras<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Extras<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object `extra` of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(out, begin) = self;
        while let Some(name) = map.next_key::<String>()? {
            push_name(out, begin, &name)?;
            map.next_value_seed(Source(out))?;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Source<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Source<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text of RON")
    }

    fn visit_str<E: serde::de::Error>(self, source: &str) -> Result<(), E> {
        // Nothing that goes on behind it: it would be read as another field.
        let whole = ron_options().from_str::<Box<ron::value::RawValue>>(source);
        whole.map_err(|_| E::custom("a field of `extra` is no RON"))?;
        self.0.push_str(source);
        // A comment at its end would hide what follows.
        if source.contains("//") {
            self.0.push('\n');
        }
        Ok(())
    }
}
