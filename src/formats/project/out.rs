//! The canonical line writer: fields in a fixed order, one record a line; the same records as JSON.

use crate::formats::project::escape;
use crate::formats::time::Clockwork;
use crate::model::ids::{Kept, Span, Stamp};

/// Where lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Layout {
    /// One record a line, with slots.
    Lines,
    /// All on one line, without slots.
    One,
    /// The same as JSON: what is not known stands as RON in an object `extra`.
    Json,
}

/// RON source, or JSON, that grows.
#[derive(Debug)]
pub(in crate::formats) struct Out {
    pub text: String,
    layout: Layout,
    clockwork: Clockwork,
}

impl Out {
    pub fn new(layout: Layout, n_bytes: usize) -> Self {
        Self { text: String::with_capacity(n_bytes), layout, clockwork: Clockwork::default() }
    }

    pub fn push(&mut self, source: &str) {
        self.text.push_str(source);
    }

    /// Ends the line, where lines end.
    pub fn end_line(&mut self) {
        if self.layout == Layout::Lines {
            self.text.push('\n');
        }
    }

    pub fn string(&mut self, text: &str) {
        match self.layout {
            Layout::Json => escape::push_json(&mut self.text, text),
            Layout::Lines | Layout::One => escape::push_string(&mut self.text, text),
        }
    }

    pub fn number(&mut self, n: u32) {
        let mut digits = [0_u8; 10];
        let (mut n, mut len) = (n, 0);
        for place in digits.iter_mut().rev() {
            *place = b'0' + (n % 10) as u8;
            n /= 10;
            len += 1;
            if n == 0 {
                break;
            }
        }
        let digits = digits.get(digits.len() - len..).unwrap_or_default();
        self.text.push_str(std::str::from_utf8(digits).unwrap_or_default());
    }

    pub fn span(&mut self, span: Span) {
        self.number(span.start);
        self.text.push('-');
        self.number(span.end);
    }

    /// Begins a record; its name stands before the bracket, and may be empty.
    pub fn record(&mut self, name: &str) -> Fields<'_> {
        match self.layout {
            // An object has no name.
            Layout::Json => self.text.push('{'),
            Layout::Lines | Layout::One => self.text.extend([name, "("]),
        }
        Fields { out: self, first: true }
    }

    /// A list, each of its things on a line of its own.
    pub fn list<T>(&mut self, things: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.push("[");
        let mut things = things.into_iter().peekable();
        if things.peek().is_some() {
            self.end_line();
        }
        while let Some(thing) = things.next() {
            write(self, thing);
            // In JSON no comma stands behind the last.
            if self.layout != Layout::Json || things.peek().is_some() {
                self.push(",");
            }
            self.end_line();
        }
        self.push("]");
    }

    /// A line that is always there, so that two who fill the same gap do not meet.
    pub fn slot(&mut self, write: impl FnOnce(&mut Self)) {
        if self.layout == Layout::Lines {
            self.push("// ");
            write(self);
            self.push("\n");
        }
    }
}

/// The fields of a record that is being written.
pub(in crate::formats) struct Fields<'a> {
    out: &'a mut Out,
    first: bool,
}

impl Fields<'_> {
    /// Writes a field's name; its value is written by the caller.
    pub fn name(&mut self, name: &str) -> &mut Out {
        if !self.first {
            self.out.push(", ");
        }
        self.first = false;
        match self.out.layout {
            Layout::Json => self.out.string(name),
            Layout::Lines | Layout::One => escape::push_name(&mut self.out.text, name),
        }
        self.out.push(": ");
        self.out
    }

    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.name(name).string(text);
        self
    }

    pub fn opt(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        if let Some(text) = text {
            self.name(name).string(text);
        }
        self
    }

    /// Left out when there are none.
    pub fn texts<'a>(&mut self, name: &str, texts: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_some() { self.all_texts(name, texts) } else { self }
    }

    pub fn all_texts<'a>(&mut self, name: &str, texts: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let out = self.name(name);
        out.push("[");
        for (idx, text) in texts.into_iter().enumerate() {
            if idx > 0 {
                out.push(", ");
            }
            out.string(text);
        }
        out.push("]");
        self
    }

    pub fn number(&mut self, name: &str, n: u32) -> &mut Self {
        self.name(name).number(n);
        self
    }

    /// Left out when it is not so.
    pub fn flag(&mut self, name: &str, is_so: bool) -> &mut Self {
        if is_so {
            self.name(name).push("true");
        }
        self
    }

    pub fn span(&mut self, name: &str, span: Option<Span>) -> &mut Self {
        if let Some(span) = span {
            let out = self.name(name);
            out.push("\"");
            out.span(span);
            out.push("\"");
        }
        self
    }

    pub fn at(&mut self, name: &str, at: Option<Stamp>) -> &mut Self {
        if let Some(at) = at {
            let out = self.name(name);
            out.push("\"");
            out.clockwork.push(&mut out.text, at);
            out.push("\"");
        }
        self
    }

    /// What this version does not know, and the end of the record.
    pub fn end(&mut self, extra: &Kept) {
        let mut fields = extra.iter().flat_map(|extra| extra.fields()).peekable();
        if self.out.layout != Layout::Json {
            fields.for_each(|(name, source)| self.name(name).push(source));
            self.out.push(")");
            return;
        }
        if fields.peek().is_some() {
            let mut kept = self.name("extra").record("");
            fields.for_each(|(name, source)| kept.name(name).string(source));
            kept.out.push("}");
        }
        self.out.push("}");
    }
}
