//! Records of the file that keep the fields they do not know, word for word.

use crate::model::ids::Kept;
use ron::value::RawValue;
use serde::de::{Error as _, MapAccess};

/// The most unknown fields of one record: they are searched one by one for duplicates.
const MAX_EXTRA: usize = 256;

/// A record of the file: `field: Type = must` has to be there, `= may` is an `Option`, `= (default)` may be left out.
///
/// Neither `flatten` (slow) nor `ron::Value` (loses what it does not know): a hand-made visitor per record.
macro_rules! record {
    (@type must $ty:ty) => { $ty };
    (@type may $ty:ty) => { Option<$ty> };
    (@type ($default:expr) $ty:ty) => { $ty };
    (@done must $field:ident) => {
        match $field {
            Some(value) => value,
            None => return Err(serde::de::Error::missing_field(stringify!($field))),
        }
    };
    (@done may $field:ident) => { $field };
    (@done ($default:expr) $field:ident) => {
        match $field {
            Some(value) => value,
            None => $default,
        }
    };
    ($(#[$doc:meta])* $name:ident { $($field:ident: $ty:ty = $how:tt),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub(in crate::formats) struct $name {
            $(pub $field: $crate::formats::project::record::record!(@type $how $ty),)*
            pub extra: $crate::model::ids::Kept,
        }

        impl<'de> serde::de::Deserialize<'de> for $name {
            fn deserialize<D: serde::de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                #[allow(non_camel_case_types, reason = "a key is named as its field is")]
                enum Key {
                    $($field,)*
                    Other(String),
                }
                struct Keys;
                impl serde::de::Visitor<'_> for Keys {
                    type Value = Key;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a field name")
                    }
                    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Key, E> {
                        Ok(match name {
                            $(stringify!($field) => Key::$field,)*
                            other => Key::Other(other.to_owned()),
                        })
                    }
                }
                impl<'de> serde::de::Deserialize<'de> for Key {
                    fn deserialize<D: serde::de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                        from.deserialize_identifier(Keys)
                    }
                }
                struct Fields;
                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(stringify!($name))
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        $(let mut $field: Option<$ty> = None;)*
                        let mut extra: $crate::model::ids::Kept = None;
                        while let Some(key) = map.next_key::<Key>()? {
                            match key {
                                $(Key::$field => {
                                    if $field.replace(map.next_value()?).is_some() {
                                        return Err(serde::de::Error::duplicate_field(stringify!($field)));
                                    }
                                })*
                                Key::Other(name) => {
                                    $crate::formats::project::record::keep(&mut extra, &name, &mut map)?;
                                }
                            }
                        }
                        Ok($name {
                            $($field: $crate::formats::project::record::record!(@done $how $field),)*
                            extra,
                        })
                    }
                }
                from.deserialize_struct(stringify!($name), &[$(stringify!($field)),*], Fields)
            }
        }
    };
}
pub(in crate::formats) use record;

/// A record of the project file. Its fields, in the order in which `write` has them, also make the reader of our own layout.
macro_rules! file_record {
    (@own must $field:ident) => { $field? };
    (@own may $field:ident) => { $field };
    (@own ($default:expr) $field:ident) => { $field.unwrap_or_else(|| $default) };
    ($(#[$doc:meta])* $name:ident { $($field:ident: $ty:ty = $how:tt),* $(,)? }) => {
        $crate::formats::project::record::record!($(#[$doc])* $name { $($field: $ty = $how),* });

        impl $crate::formats::project::read::own::Own for $name {
            fn read(scan: &mut $crate::formats::project::read::own::Scan<'_>) -> Option<Self> {
                scan.open()?;
                let mut n_read = 0;
                $(let $field: Option<$ty> = scan.field(concat!(stringify!($field), ": "), &mut n_read)?;)*
                scan.close(n_read)?;
                Some(Self {
                    $($field: $crate::formats::project::record::file_record!(@own $how $field),)*
                    extra: None,
                })
            }
        }

        impl $name {
            #[allow(dead_code, reason = "of some records nobody asks")]
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
        }
    };
}
pub(in crate::formats) use file_record;

/// Keeps the field that comes next.
pub(in crate::formats) fn keep<'de, A: MapAccess<'de>>(
    extra: &mut Kept,
    name: &str,
    map: &mut A,
) -> Result<(), A::Error> {
    let source: Box<RawValue> = map.next_value()?;
    let extra = extra.get_or_insert_default();
    // Each takes six bytes at least.
    if extra.n_bytes() >= 6 * MAX_EXTRA && extra.n_fields() >= MAX_EXTRA {
        return Err(A::Error::custom(format!("more than {MAX_EXTRA} unknown fields in one record")));
    }
    if extra.get(name).is_some() {
        return Err(A::Error::custom(format!("duplicate field `{name}`")));
    }
    extra.push(name, source.get_ron());
    Ok(())
}

/// Adds a field to those that travel with a record, under a name that is free.
pub(in crate::formats) fn add(extra: &mut Kept, name: &str, source: &str) {
    let name = free_name(extra, name);
    extra.get_or_insert_default().push(&name, source);
}

/// The name itself, or one made of it, that no field has.
pub(in crate::formats) fn free_name(extra: &Kept, name: &str) -> String {
    let is_taken = |name: &str| extra.as_ref().is_some_and(|extra| extra.get(name).is_some());
    let mut free = name.to_owned();
    let mut n = 2;
    while is_taken(&free) {
        free = format!("{name}_{n}");
        n += 1;
    }
    free
}
