//! HTML inside of other files, as a cell of a table: its tags are taken away, its paragraphs stay.

use crate::formats::articles::blocks::Line;
use quick_xml::escape::resolve_html5_entity;

/// The lines of a text that plainly is HTML; none of any other.
pub(super) fn lines(text: &str) -> Option<Vec<Line>> {
    const PLAIN_SIGNS: [&str; 7] = ["</p>", "<br>", "<br/>", "<br />", "</div>", "</li>", "</blockquote>"];
    let is_html = text.contains('<') && PLAIN_SIGNS.iter().any(|sign| contains_in_any_case(text, sign));
    is_html.then(|| stripped(text))
}

fn contains_in_any_case(text: &str, sign: &str) -> bool {
    let (bytes, sign) = (text.as_bytes(), sign.as_bytes());
    memchr::memchr_iter(b'<', bytes)
        .any(|at| bytes.get(at..at + sign.len()).is_some_and(|found| found.eq_ignore_ascii_case(sign)))
}

/// Their beginning and end begin a paragraph.
const BLOCKS: &str = "p div li ul ol h1 h2 h3 h4 h5 h6 tr td th table blockquote section article header footer figure figcaption \
                      pre hr dl dt dd main aside";
/// What stands in them is no text.
const SKIPPED: [&str; 6] = ["script", "style", "noscript", "template", "svg", "iframe"];

fn stripped(text: &str) -> Vec<Line> {
    let mut lines = Lines::default();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        lines.push(before);
        let (name, is_close) = name_of(after);
        if name.is_empty() && !after.starts_with('!') {
            lines.push("<");
            rest = after;
            continue;
        }
        let end = if after.starts_with("!--") { "-->" } else { ">" };
        let Some((_, behind)) = after.split_once(end) else {
            // None of what follows ends either.
            rest = after;
            break;
        };
        rest = behind;
        if name == "br" {
            lines.end(false);
        } else if BLOCKS.split_whitespace().any(|block| block == name) {
            lines.end(true);
        } else if SKIPPED.contains(&name.as_str()) && !is_close {
            rest = behind_end(rest, &name);
        }
    }
    lines.push(rest);
    lines.end(true);
    lines.done
}

/// The name of a tag in lower case, and whether it ends an element.
fn name_of(after: &str) -> (String, bool) {
    let (is_close, inner) = after.strip_prefix('/').map_or((false, after), |inner| (true, inner));
    let len = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner.get(..len).unwrap_or_default();
    // `a <5` and `<3` are no tags.
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (if is_name { name.to_ascii_lowercase() } else { String::new() }, is_close)
}

/// What comes after the end of an element; nothing if it has none.
fn behind_end<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = rest;
    while let Some((_, after)) = from.split_once("</") {
        if name_of(after).0 == name {
            return after.split_once('>').map_or("", |(_, behind)| behind);
        }
        from = after;
    }
    ""
}

#[derive(Default)]
struct Lines {
    done: Vec<Line>,
    text: String,
    starts_paragraph: bool,
}

impl Lines {
    /// Adds text with its references resolved; line breaks in it mean nothing.
    fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            self.words(before);
            let reference = after.get(..after.floor_char_boundary(MAX_REFERENCE_BYTES)).unwrap_or_default();
            let resolved =
                reference.split_once(';').and_then(|(name, _)| Some((name.len() + 1, sign(name)?)));
            if let Some((len, sign)) = resolved {
                self.text.push_str(&sign);
                rest = after.get(len..).unwrap_or_default();
            } else {
                self.text.push('&');
                rest = after;
            }
        }
        self.words(rest);
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            let is_white = matches!(c, ' ' | '\n' | '\r' | '\t');
            if !is_white {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    fn end(&mut self, is_paragraph: bool) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if !text.is_empty() {
            let starts_paragraph = self.starts_paragraph || self.done.is_empty();
            self.done.push(Line { text: text.to_owned(), kind: None, starts_paragraph });
            self.starts_paragraph = false;
        } else if !is_paragraph && !self.done.is_empty() {
            // Two breaks are what many pages have for a paragraph.
            self.starts_paragraph = true;
        }
        self.starts_paragraph |= is_paragraph;
    }
}

const MAX_REFERENCE_BYTES: usize = 34;

/// What stands for a name or a number between `&` and `;`.
fn sign(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let n = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(n).filter(|c| *c != '\0').map(String::from);
    }
    resolve_html5_entity(name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_paragraphs_stay() {
        let check = |html: &str, want: &str| {
            let mut got = String::new();
            for line in lines(html).unwrap_or_default() {
                let between = if line.starts_paragraph { "\n\n" } else { "\n" };
                got.push_str(if got.is_empty() { "" } else { between });
                got.push_str(&line.text);
            }
            assert_eq!(got, want, "{html}");
        };
        check(
            "<p>A <b>depot</b> burnt.</p>\n<P class='a>b'>She &amp; he&nbsp;left &#8211; late.</p>",
            "A depot burnt.\n\nb'>She & he\u{a0}left – late.",
        );
        check("One<br>two<br/><br />three", "One\ntwo\n\nthree");
        check("<p>x</p><script>if (a</b) {}</script><!-- <p>no</p> --><p>y</p>", "x\n\ny");
        check("<p>3 < 5 and a <3 & b &own; c</p>", "3 < 5 and a <3 & b &own; c");
        check("<p>x</p><script>y", "x");
        check("<div><div>a</div>b</div>", "a\n\nb");
        for plain in ["", "A < B", "He wrote <b>this</b>.", "a <p b"] {
            assert_eq!(lines(plain), None, "{plain}");
        }
    }
}
