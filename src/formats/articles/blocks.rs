//! Plain text to lines: which line breaks are only wrapping, which end a paragraph, which are meant.
//! Nothing but white space changes here.

use crate::text::invisible::{SOFT_HYPHEN, ends_in_soft_hyphen, is_blank};
use crate::text::items::{is_next_mark, mark_len};
use crate::text::wrapping::{self, ends_sentence, is_forced, is_indented, is_meant, is_without_spaces};
use memchr::{memchr3, memmem};
use std::borrow::Cow;

/// A run of text that holds no line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// See `kinds`; none = prose.
    pub kind: Option<&'static str>,
    /// Whether a paragraph begins here, or a line break inside one was meant.
    pub starts_paragraph: bool,
}

/// The lines of a text, without kinds.
pub fn lines(text: &str) -> Vec<Line> {
    let text = with_line_feeds(text);
    let groups = groups(&text);
    let width = wrapping::width(&text);
    let mut lines = Vec::new();
    for (group_idx, group) in groups.iter().enumerate() {
        let layout = match width {
            Some(width) if groups.len() == 1 => {
                Layout::Wrapped { width, has_head: true, meant: Gap::Paragraph }
            }
            Some(width) => Layout::Wrapped { width, has_head: group_idx == 0, meant: Gap::Line },
            None if is_paragraph_a_line(group) => Layout::ParagraphALine,
            None => Layout::Meant,
        };
        // Lines that were all cut short on purpose: verse in a wrapped file.
        let is_verse = width.is_some_and(|width| {
            group.len() > 2
                && group.windows(2).all(|pair| matches!(pair, [a, b] if !is_forced(a.line, b.line, width)))
        });
        let layout = if is_verse { Layout::Meant } else { layout };
        add_group(group, layout, &mut lines);
    }
    lines
}

/// `text` with a line feed for each kind of line break, two for a page or paragraph break.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_clean = memchr3(b'\r', b'\x0b', b'\x0c', bytes).is_none()
        && ["\u{85}", "\u{2028}", "\u{2029}"].iter().all(|c| memmem::find(bytes, c.as_bytes()).is_none());
    if is_clean {
        return text.into();
    }
    let mut clean = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' => clean.push('\n'),
            '\u{c}' | '\u{2029}' => clean.push_str("\n\n"),
            _ => clean.push(c),
        }
        after_return = c == '\r';
    }
    clean.into()
}

/// Adds `next` to a line that was only wrapped.
pub fn join(line: &mut String, next: &str) {
    let mut before = line.chars().rev();
    let last = before.next();
    let first = next.chars().next();
    let is_hyphen = last == Some('-') && before.next().is_some_and(char::is_alphabetic);
    let first_word = next.split_whitespace().next().unwrap_or("");
    let is_tight = if is_hyphen {
        // `US-` `backed`, but `mid-` `and long-term`.
        first.is_some_and(char::is_alphabetic)
            && !matches!(first_word, "and" | "or" | "to" | "und" | "oder" | "et")
    } else if last == Some(SOFT_HYPHEN) {
        true
    } else {
        last.is_some_and(is_without_spaces) && first.is_some_and(is_without_spaces)
    };
    if !is_tight && !line.is_empty() {
        line.push(' ');
    }
    line.push_str(next);
}

/// A line of the file.
#[derive(Clone, Copy)]
struct Raw<'a> {
    /// With the white space before it.
    line: &'a str,
    text: &'a str,
    n_chars: usize,
}

impl Raw<'_> {
    /// White space before the text, in code points.
    fn indent(&self) -> usize {
        self.line.chars().take_while(|c| c.is_whitespace()).count()
    }

    fn is_item(&self) -> bool {
        mark_len(self.text).is_some()
    }
}

#[derive(Clone, Copy)]
enum Layout {
    /// Lines were broken at `width`. `has_head`: a headline may stand on the first line without a blank one after
    /// it. `meant`: what another break stands for; where no line is blank, it is a paragraph.
    Wrapped {
        width: usize,
        has_head: bool,
        meant: Gap,
    },
    ParagraphALine,
    Meant,
}

/// Shorter lines that end sentences are no paragraphs, on average. Code points.
const MIN_PARAGRAPH: usize = 45;

/// Lines between blank ones.
fn groups(text: &str) -> Vec<Vec<Raw<'_>>> {
    let mut groups = vec![Vec::new()];
    for line in text.split('\n') {
        let words = line.trim();
        if is_blank(words) {
            if groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(Vec::new());
            }
        } else if let Some(group) = groups.last_mut() {
            group.push(Raw { line: line.trim_end(), text: words, n_chars: words.chars().count() });
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn is_paragraph_a_line(group: &[Raw<'_>]) -> bool {
    let n_chars: usize = group.iter().map(|line| line.n_chars).sum();
    let n_ends = group.iter().filter(|line| ends_sentence(line.text)).count();
    let mean = n_chars / group.len().max(1);
    mean > 100 || (mean >= MIN_PARAGRAPH && n_ends * 10 >= group.len() * 6)
}

fn add_group(group: &[Raw<'_>], layout: Layout, lines: &mut Vec<Line>) {
    let mut before: Option<&Raw<'_>> = None;
    // The item of a list that the line before belongs to.
    let mut item: Option<&Raw<'_>> = None;
    for (line_idx, line) in group.iter().enumerate() {
        let after = group.get(line_idx + 1);
        let gap = match before {
            None => Gap::Paragraph,
            Some(before) if ends_in_soft_hyphen(before.text) => Gap::Join,
            Some(_) if item.is_some_and(|item| goes_on(item, line, layout)) => Gap::Join,
            Some(_) if item.is_some_and(|item| is_next_mark(item.text, line.text)) => Gap::Line,
            Some(before) => gap(before, line, after, line_idx, layout),
        };
        before = Some(line);
        if let (Gap::Join, Some(last)) = (gap, lines.last_mut()) {
            join(&mut last.text, line.text);
            continue;
        }
        item = line.is_item().then_some(line);
        let starts_paragraph = gap == Gap::Paragraph;
        lines.push(Line { text: line.text.to_owned(), kind: None, starts_paragraph });
    }
}

/// Whether a line below an item of a list belongs to it: it is set in further. In a list that was not wrapped it must
/// begin in lower case, for it may be an address.
fn goes_on(item: &Raw<'_>, line: &Raw<'_>, layout: Layout) -> bool {
    let is_wrapped = matches!(layout, Layout::Wrapped { .. });
    !line.is_item()
        && line.indent() >= item.indent() + 2
        && (is_wrapped || line.text.starts_with(char::is_lowercase))
}

/// What a line break stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Join,
    Line,
    Paragraph,
}

/// What stands between two lines of a group. `line_idx` counts `line` in its group.
fn gap(before: &Raw<'_>, line: &Raw<'_>, after: Option<&Raw<'_>>, line_idx: usize, layout: Layout) -> Gap {
    match layout {
        Layout::Meant => Gap::Line,
        Layout::ParagraphALine => {
            let goes_on = before.is_item() || before.text.ends_with(':');
            if line.is_item() && goes_on { Gap::Line } else { Gap::Paragraph }
        }
        Layout::Wrapped { width, .. } if !is_meant(before.line, line.line, width) => Gap::Join,
        Layout::Wrapped { .. } if line.is_item() => Gap::Line,
        Layout::Wrapped { width, has_head, meant } => {
            // A paragraph after a short last line, or text right under the headline.
            let is_after_end = if ends_sentence(before.text) {
                line.n_chars * 2 > width
            } else {
                has_head
                    && line_idx == 1
                    && after.is_some_and(|after| is_forced(line.line, after.line, width))
            };
            if is_after_end || is_indented(before.line, line.line) { Gap::Paragraph } else { meant }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining() {
        let check = |line: &str, next: &str, want: &str| {
            let mut joined = line.to_owned();
            join(&mut joined, next);
            assert_eq!(joined, want);
        };
        check("a", "b", "a b");
        check("US-", "backed", "US-backed");
        check("mid-", "and long-term", "mid- and long-term");
        check("the mayor -", "he left", "the mayor - he left");
        check("秘", "书", "秘书");
        check("the con\u{ad}", "tract", "the con\u{ad}tract");
        check("", "b", "b");
    }

    #[test]
    fn line_feeds() {
        assert_eq!(with_line_feeds("a\r\nb\rc\nd\u{2028}e\u{c}f\r\r\n"), "a\nb\nc\nd\ne\n\nf\n\n");
    }
}
