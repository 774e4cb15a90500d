//! The text below an element as lines: what begins a paragraph, what is a heading, what nobody sees.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::kinds;
use dom_query::{NodeData, NodeRef};

/// The text below an element.
#[derive(Default)]
pub(super) struct Written {
    pub lines: Vec<Line>,
    pub n_words: usize,
    /// Words of links.
    pub n_linked: usize,
    /// The depths of all nodes, added up.
    pub weight: usize,
}

impl Written {
    /// Whether most of it is links.
    pub fn is_mostly_links(&self) -> bool {
        self.n_linked * 2 > self.n_words
    }

    pub fn of(root: NodeRef<'_>) -> Self {
        let mut writer = Writer::default();
        walk(root, |step| writer.take(step));
        writer.end(Gap::Paragraph);
        writer.written
    }
}

/// What begins or ends a piece of a page that holds several texts.
#[derive(Clone, Copy)]
pub(super) enum Cut {
    /// Of the text of this number.
    Begin(usize),
    End,
}

/// The pieces of a page, each with the number of its text: `cut` is asked at each node in order, whatever it stands in.
pub(super) fn pieces(
    root: NodeRef<'_>,
    mut cut: impl FnMut(&NodeRef<'_>) -> Option<Cut>,
) -> Vec<(usize, Vec<Line>)> {
    let mut writer = Writer::default();
    let mut pieces = Vec::new();
    let mut here: Option<usize> = None;
    let mut end = |writer: &mut Writer, here: Option<usize>| {
        writer.end(Gap::Paragraph);
        let lines = std::mem::take(&mut writer.written.lines);
        pieces.extend(here.map(|number| (number, lines)));
    };
    walk(root, |step| {
        if let Step::Enter(node) = step
            && let Some(cut) = cut(node)
        {
            end(&mut writer, here.take());
            here = match cut {
                Cut::Begin(number) => Some(number),
                Cut::End => None,
            };
        }
        writer.take(step)
    });
    end(&mut writer, here);
    pieces
}

/// Meeting a node, or leaving it.
#[derive(Clone, Copy)]
pub(super) enum Step<'a, 'n> {
    Enter(&'a NodeRef<'n>),
    Leave(&'a NodeRef<'n>),
}

/// Goes through all below a node in order; `take` says of each whether it is gone into.
pub(super) fn walk<'n>(root: NodeRef<'n>, mut take: impl FnMut(Step<'_, 'n>) -> bool) {
    let (mut node, mut depth) = (root, 0_usize);
    'nodes: loop {
        let inside = take(Step::Enter(&node)).then(|| node.first_child()).flatten();
        if let Some(child) = inside {
            (node, depth) = (child, depth + 1);
            continue;
        }
        take(Step::Leave(&node));
        loop {
            if depth == 0 {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                continue 'nodes;
            }
            let Some(parent) = node.parent() else { return };
            (node, depth) = (parent, depth - 1);
            take(Step::Leave(&node));
        }
    }
}

/// All text below a node in one line, with white space as a browser shows it.
pub(super) fn text_of(node: &NodeRef<'_>) -> String {
    node.text().split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// White space that a browser shows as one blank; the no-break ones stay.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What never becomes text.
const UNSEEN: [&str; 22] = [
    "script", "style", "noscript", "template", "svg", "iframe", "head", "title", "select", "button",
    "textarea", "datalist", "canvas", "audio", "video", "object", "rt", "rp", "noframes", "noembed", "math",
    "dialog",
];

/// What begins and ends a paragraph.
const BLOCKS: [&str; 39] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "main",
    "nav",
    "figure",
    "figcaption",
    "hr",
    "form",
    "fieldset",
    "address",
    "details",
    "summary",
    "center",
    "caption",
    "body",
    "menu",
    "legend",
    "hgroup",
    "thead",
    "tbody",
];

/// What stands between a line and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Gap {
    Line,
    #[default]
    Paragraph,
}

#[derive(Default)]
struct Writer {
    written: Written,
    text: String,
    /// White space that comes before the next word, if one comes in this line.
    blank: Option<char>,
    gap: Gap,
    /// Kinds of the elements that are open and have one.
    kinds: Vec<&'static str>,
    depth: usize,
    n_links: usize,
    n_pre: usize,
}

impl Writer {
    fn take(&mut self, step: Step<'_, '_>) -> bool {
        match step {
            Step::Enter(node) => {
                self.depth += 1;
                self.written.weight += self.depth;
                let text = node.query_or(None, |node| match &node.data {
                    NodeData::Text { contents } => Some(contents.clone()),
                    _ => None,
                });
                if let Some(text) = text {
                    self.push(&text);
                    return false;
                }
                self.element(node, true)
            }
            Step::Leave(node) => {
                self.depth = self.depth.saturating_sub(1);
                self.element(node, false);
                true
            }
        }
    }

    /// An element begins or ends; says whether it has text that is seen.
    fn element(&mut self, node: &NodeRef<'_>, begins: bool) -> bool {
        let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) else { return true };
        let name = &*name;
        if UNSEEN.contains(&name) || is_hidden(node) {
            return false;
        }
        match name {
            "br" if begins => self.line_break(),
            "td" | "th" if is_of_blocks(node) => self.end(Gap::Paragraph),
            "td" | "th" if begins && !self.text.is_empty() => self.blank = Some('\t'),
            "tr" | "li" => self.end(Gap::Line),
            _ if BLOCKS.contains(&name) => self.end(Gap::Paragraph),
            _ => {}
        }
        let kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(kinds::HEADLINE),
            "figcaption" => Some(kinds::CAPTION),
            "li" => Some(kinds::ITEM),
            _ => None,
        };
        let count = |n: &mut usize| *n = if begins { *n + 1 } else { n.saturating_sub(1) };
        match (name, kind) {
            ("a", _) => count(&mut self.n_links),
            ("pre", _) => count(&mut self.n_pre),
            (_, Some(kind)) if begins => self.kinds.push(kind),
            (_, Some(_)) => {
                self.kinds.pop();
            }
            _ => {}
        }
        true
    }

    fn push(&mut self, text: &str) {
        let n_words = text.split_whitespace().count();
        self.written.n_words += n_words;
        self.written.n_linked += if self.n_links > 0 { n_words } else { 0 };
        for c in text.chars() {
            if self.n_pre > 0 && c == '\n' {
                self.line_break();
            } else if is_space(c) {
                self.blank = self.blank.or(Some(' ')).filter(|_| !self.text.is_empty());
            } else {
                self.text.extend(self.blank.take());
                self.text.push(c);
            }
        }
    }

    /// A break inside a heading is none; two together end a paragraph.
    fn line_break(&mut self) {
        if self.kinds.last() == Some(&kinds::HEADLINE) {
            self.blank = self.blank.or(Some(' ')).filter(|_| !self.text.is_empty());
        } else if self.text.trim().is_empty() {
            self.end(Gap::Paragraph);
        } else {
            self.end(Gap::Line);
        }
    }

    /// The line ends, and this stands between it and the next.
    fn end(&mut self, gap: Gap) {
        self.blank = None;
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            self.gap = if gap == Gap::Paragraph { gap } else { self.gap };
            return;
        }
        let starts_paragraph = std::mem::replace(&mut self.gap, gap) == Gap::Paragraph;
        self.written.lines.push(Line { text, kind: self.kinds.last().copied(), starts_paragraph });
    }
}

/// Whether a cell of a table holds paragraphs, as in pages that a table lays out.
fn is_of_blocks(cell: &NodeRef<'_>) -> bool {
    cell.element_children().iter().any(|child| {
        child.qual_name_ref().is_some_and(|name| BLOCKS.contains(&&*name.local) || &*name.local == "br")
    })
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String =
                style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}
