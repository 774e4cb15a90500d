//! XML piece by piece: names without their prefixes, text with its references resolved. Nothing is fetched, no entity of a
//! document type is expanded, and what is damaged ends where the damage is.

use crate::formats::decode::from_utf16;
use quick_xml::escape::{resolve_html5_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// A piece of a document.
pub(super) enum Node<'a> {
    Open(Tag<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// The beginning of an element.
pub(super) struct Tag<'a> {
    /// Without its prefix.
    pub name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// An attribute by its name without a prefix.
    pub fn attr(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
        Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

/// Calls with each piece, in order; says why it ended before the end, if it did.
pub(super) fn walk(bytes: &[u8], mut take: impl FnMut(Node<'_>)) -> Option<String> {
    let text = match from_utf16(bytes) {
        Some((text, ..)) => text,
        None => String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).into_owned(),
    };
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    // The outermost element, until it has ended.
    let (mut outermost, mut has_ended) = (None, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = start.local_name();
                outermost.get_or_insert_with(|| name.as_ref().to_owned());
                take(Node::Open(Tag { name: name.as_ref(), start: &start }));
            }
            Ok(Event::End(end)) => {
                let name = end.local_name();
                has_ended |= outermost.as_deref() == Some(name.as_ref());
                take(Node::Close(name.as_ref()));
            }
            Ok(Event::Text(text)) => take(Node::Text(&text)),
            Ok(Event::CData(text)) => take(Node::Text(&text)),
            Ok(Event::GeneralRef(name)) => {
                let sign = name.resolve_char_ref().ok().flatten();
                match (sign, resolve_html5_entity(&name)) {
                    (Some(sign), _) => take(Node::Text(sign.encode_utf8(&mut [0; 4]))),
                    (None, Some(text)) => take(Node::Text(text)),
                    // One of its own: it stands as it is written.
                    (None, None) => take(Node::Text(&format!("&{};", &*name))),
                }
            }
            Ok(Event::Eof) if outermost.is_some() && !has_ended => {
                return Some("cut off in the middle".to_owned());
            }
            Ok(Event::Eof) => return None,
            Ok(Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => {
                let place = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Some(format!("damaged at byte {place}, {error}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &str) -> String {
        let mut out = String::new();
        let fault = walk(xml.as_bytes(), |node| match node {
            Node::Open(tag) => {
                let attr = tag.attr("a").map_or_else(String::new, |value| format!(" {value}"));
                out.extend(["<", tag.name, &attr, ">"]);
            }
            Node::Close(name) => out.extend(["</", name, ">"]),
            Node::Text(text) => out.push_str(text),
        });
        out + if fault.is_some() { "!" } else { "" }
    }

    #[test]
    fn names_attributes_and_references() {
        let check = |xml: &str, want: &str| assert_eq!(shown(xml), want, "{xml}");
        check("<w:p w:a='1 &amp; 2'>x</w:p>", "<p 1 & 2>x</p>");
        check("<p/>", "<p></p>");
        check("a &lt; b &#x41; &#66; &nbsp;&mdash;", "a < b A B \u{a0}\u{2014}");
        check("a & b &own; <![CDATA[<x>]]>", "a & b &own; <x>");
        check("<!DOCTYPE d [<!ENTITY own \"x\">]><d>&own;</d>", "<d>&own;</d>");
        check("<!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><d>&f;</d>", "<d>&f;</d>");
        check("<a>x</b></a>", "<a>x</b></a>");
        check("<a>x<b", "<a>x!");
        check("<a>x", "<a>x!");
        check("<a>x<br>y</a>", "<a>x<br>y</a>");
    }
}
