//! Pages that would take the parser long, made shallow before it reads them: it needs the square of the depth, and of the number of
//! attributes. Only marks go, never text.

use crate::formats::reading::Warning;
use dom_query::{Document, NodeId};
use html5ever::interface::Tracer;
use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::cell::Cell;

/// Elements deeper than this lose their marks.
const MAX_DEPTH: usize = 512;
/// More of `<b>`, `<font>` and the like are not open at a time: the parser opens all anew in each paragraph.
const MAX_OPEN_MARKS: usize = 64;
/// Tags with more attributes lose them.
const MAX_ATTRIBUTES: usize = 256;

/// What is parsed at a time, and how deep and large the page may have become by then: what gets past [`shallow`] is stopped here.
const PIECE_BYTES: usize = 8 << 10;
const MAX_PARSED_DEPTH: usize = 2 * MAX_DEPTH;
const MAX_NODES: usize = 600_000;

/// Elements that have no end.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "keygen",
];
/// Those whose end is left out as a rule, so that counting them says nothing of the depth.
const ENDLESS: [&str; 11] = ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "body", "html"];
/// Those that the parser opens anew where a paragraph cuts through them.
const MARKS: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// What stands in these is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// A page as it can be parsed, and of how many elements the tags were dropped.
pub(super) fn shallow(text: &str) -> (Cow<'_, str>, usize) {
    let mut depth = Depth::default();
    let mut out: Option<String> = None;
    // What of the text is not yet in `out`.
    let mut at = 0;
    for tag in tags(text) {
        let cut = depth.of(&tag);
        if cut == Cut::Nothing {
            continue;
        }
        let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
        out.push_str(text.get(at..tag.start).unwrap_or_default());
        at = tag.end;
        if cut == Cut::Attributes {
            out.extend(["<", tag.name, ">"]);
        }
    }
    match out {
        None => (text.into(), 0),
        Some(mut out) => {
            out.push_str(text.get(at..).unwrap_or_default());
            (out.into(), depth.n_cut)
        }
    }
}

/// What is said of the elements that lost their tags.
pub(super) fn said(n_cut: usize) -> Option<Warning> {
    let elements = match n_cut {
        0 => return None,
        1 => "1 element".to_owned(),
        n => format!("{n} elements"),
    };
    Some(Warning(format!("the page is nested too deep: {elements} taken as plain text")))
}

/// The tree of a page; none where it is too deep or large all the same.
pub(super) fn parsed(text: &str) -> Option<Document> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Document::default(), options);
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES.min(rest.len())));
        parser.process(piece.into());
        rest = after;
        let builder = &parser.tokenizer.sink;
        let open = Open(Cell::new(0));
        builder.trace_handles(&open);
        if open.0.get() > MAX_PARSED_DEPTH || builder.sink.tree.len() > MAX_NODES {
            return None;
        }
    }
    Some(parser.finish())
}

/// Counts the elements that are open while a page is parsed.
struct Open(Cell<usize>);

impl Tracer for Open {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

/// The text of a page without a tree: tags are cut out, and say where paragraphs end.
pub(super) fn stripped(text: &str) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len() / 2), 0);
    let mut is_raw = false;
    for tag in tags(text) {
        if !is_raw {
            out.push_str(text.get(at..tag.start).unwrap_or_default());
        }
        is_raw = tag.kind == Kind::Open && RAW.iter().any(|name| tag.is(name));
        at = tag.end;
        if !MARKS.iter().chain(&["a", "span"]).any(|name| tag.is(name)) {
            out.push_str("\n\n");
        }
    }
    if !is_raw {
        out.push_str(text.get(at..).unwrap_or_default());
    }
    out
}

/// What is to be dropped of a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Nothing,
    Attributes,
    Tag,
}

/// How deep a page is at a tag, by the tags before it.
#[derive(Default)]
struct Depth {
    open: usize,
    /// Open ones whose tags were dropped.
    dropped: usize,
    marks: usize,
    dropped_marks: usize,
    n_cut: usize,
}

impl Depth {
    fn of(&mut self, tag: &Tag<'_>) -> Cut {
        let of = |names: &[&str]| names.iter().any(|name| tag.is(name));
        if tag.kind == Kind::Other || of(&VOID) {
            return self.without_attributes(tag);
        }
        let is_mark = of(&MARKS);
        let (open, dropped, most) = match is_mark {
            true => (&mut self.marks, &mut self.dropped_marks, MAX_OPEN_MARKS),
            false if of(&ENDLESS) => return self.without_attributes(tag),
            false => (&mut self.open, &mut self.dropped, MAX_DEPTH),
        };
        match tag.kind {
            Kind::Close if *dropped > 0 => {
                *dropped -= 1;
                return Cut::Tag;
            }
            Kind::Close => *open = open.saturating_sub(1),
            _ if *open >= most => {
                *dropped += 1;
                self.n_cut += 1;
                return Cut::Tag;
            }
            _ => *open += 1,
        }
        self.without_attributes(tag)
    }

    fn without_attributes(&mut self, tag: &Tag<'_>) -> Cut {
        if tag.kind == Kind::Open && tag.n_attributes > MAX_ATTRIBUTES {
            self.n_cut += 1;
            return Cut::Attributes;
        }
        Cut::Nothing
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    /// A comment, a declaration.
    Other,
}

/// A tag where it stands in the text.
struct Tag<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    kind: Kind,
    n_attributes: usize,
}

impl Tag<'_> {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The tags of a page, without what only looks like one in a script.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr(b'<', text.as_bytes().get(at..)?)?;
            let Some(tag) = tag_at(text, start) else {
                at = start + 1;
                continue;
            };
            at = tag.end;
            if tag.kind == Kind::Open && RAW.iter().any(|name| tag.is(name)) {
                at = raw_end(text, tag.name, tag.end);
            }
            return Some(tag);
        }
    })
}

fn tag_at(text: &str, start: usize) -> Option<Tag<'_>> {
    let rest = text.get(start..)?;
    let after = |mark: &str, from: usize| {
        let found = memmem::find(rest.as_bytes().get(from..)?, mark.as_bytes())?;
        Some(start + from + found + mark.len())
    };
    let other = |end: Option<usize>| {
        Some(Tag { start, end: end.unwrap_or(text.len()), name: "", kind: Kind::Other, n_attributes: 0 })
    };
    if rest.starts_with("<!--") {
        return other(after("-->", 2));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return other(after(">", 1));
    }
    let (kind, names) = match rest.strip_prefix("</") {
        Some(names) => (Kind::Close, names),
        None => (Kind::Open, rest.get(1..)?),
    };
    if !names.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let len = names.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(names.len());
    let name = names.get(..len)?;
    let from = rest.len() - names.len() + len;
    let (end, n_attributes) = tag_end(rest.as_bytes(), from);
    Some(Tag { start, end: start + end, name, kind, n_attributes })
}

/// Where a tag ends whose name ends at `from`, and how many attributes it may have.
fn tag_end(rest: &[u8], from: usize) -> (usize, usize) {
    let (mut n_attributes, mut quote, mut before) = (0, None, b' ');
    for (idx, byte) in rest.iter().enumerate().skip(from) {
        match (quote, *byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (idx + 1, n_attributes),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(*byte),
            (None, b'/') => n_attributes += 1,
            (None, byte) if byte.is_ascii_whitespace() => {
                n_attributes += usize::from(!before.is_ascii_whitespace());
            }
            (None, _) => {}
        }
        if quote.is_some() || !byte.is_ascii_whitespace() || before != b'=' {
            before = *byte;
        }
    }
    (rest.len(), n_attributes)
}

/// Where the end tag of such an element begins.
fn raw_end(text: &str, name: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| memmem::find(rest, b"</")) {
        at += found;
        let is_end = text.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
        if is_end {
            return at;
        }
        at += 2;
    }
    text.len()
}
