//! Markdown (`.md`): its visible text. Marks of headings and emphasis and link targets go, list marks stay.

use crate::formats::articles::blocks::{Line, join, with_line_feeds};
use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::{article, front_matter, kinds};
use crate::formats::decode::decode_as;
use crate::formats::reading::{ReadError, Warning};
use crate::model::article::Meta;
use crate::text::invisible::{ends_in_soft_hyphen, is_blank};
use crate::text::rules::Settings;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads a Markdown file: one file, one article. Headings are headlines; front matter becomes what is known about
/// the article and is no part of its text.
pub fn read_markdown(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let settings = asked.settings;
    let decoded = decode_as(bytes, asked.encoding)?;
    let mut warnings = decoded.warnings;
    let text = with_line_feeds(&decoded.text);
    let (meta, body) = front_matter::split(&text, &mut warnings).unwrap_or((Meta::default(), &text));
    let (body, n_nested) = flatten(body);
    if n_nested > 0 {
        warnings.push(Warning(format!("lines nested deeper than {MAX_DEPTH}: {n_nested} flattened")));
    }
    let mut walk = Walk::new(&body);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    for (event, range) in Parser::new_ext(&body, options).into_offset_iter() {
        walk.take(event, range.start);
    }
    walk.flush();
    let mut lines = walk.lines;
    if walk.n_tags > 0 {
        warnings
            .push(Warning(format!("HTML in the Markdown: {} tags left out, their text kept", walk.n_tags)));
    }
    let is_marked = lines.iter().any(|line| line.kind == Some(kinds::HEADLINE));
    let headline = if is_marked { kinds::Headline::Marked } else { kinds::Headline::Find };
    kinds::mark(&mut lines, headline, Settings { lang: settings.lang.or(meta.lang.as_deref()), ..settings });
    let article = article(&lines, meta, settings, decoded.encoding, &mut warnings)?;
    warnings.extend(front_matter::odd_date(&article.meta));
    Ok(Found::one(article, warnings))
}

/// Whether a file without a name is Markdown: it begins with front matter, or with a heading over a blank line.
pub fn begins(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().skip_while(|line| is_blank(line));
    let first = lines.next().unwrap_or_default();
    let marks = first.len() - first.trim_start_matches('#').len();
    let is_heading = matches!(marks, 1..=6)
        && first.get(marks..).is_some_and(|words| words.starts_with(' ') && !is_blank(words))
        && lines.next().is_none_or(is_blank);
    is_heading || front_matter::begins(text)
}

/// Deeper quotations and lists are taken as that deep: a parser's time grows with lines times depth.
const MAX_DEPTH: usize = 64;

/// A longer "heading" is a paragraph with a rule under it.
const MAX_HEADING_CHARS: usize = 200;

/// Takes container marks past [`MAX_DEPTH`] off the start of lines; the text, and how many lines that were.
fn flatten(text: &str) -> (String, usize) {
    let mut flat = String::with_capacity(text.len());
    let mut n_lines = 0;
    for line in text.split_inclusive('\n') {
        let mut depth = 0;
        let mut end = line.len();
        let mut from = None;
        for (at, c) in line.char_indices() {
            match c {
                '>' | '-' | '*' | '+' | '.' | ')' => depth += 1,
                ' ' | '\t' | '0'..='9' => {}
                _ => {
                    end = at;
                    break;
                }
            }
            if depth > MAX_DEPTH && from.is_none() {
                from = Some(at);
            }
        }
        // A rule (`-----`) is as long as it likes: it nests nothing.
        let is_rule =
            line.trim_end().bytes().all(|b| b == b'-') || line.trim_end().bytes().all(|b| b == b'*');
        match from {
            Some(from) if !is_rule => {
                flat.push_str(line.get(..from).unwrap_or(""));
                flat.push_str(line.get(end..).unwrap_or(""));
                if !flat.ends_with('\n') && line.ends_with('\n') {
                    flat.push('\n');
                }
                n_lines += 1;
            }
            _ => flat.push_str(line),
        }
    }
    (flat, n_lines)
}

/// The walk over a document.
struct Walk<'a> {
    source: &'a str,
    lines: Vec<Line>,
    text: String,
    kind: Option<&'static str>,
    starts_paragraph: bool,
    /// The mark of an item whose text has not begun.
    mark: String,
    n_lists: usize,
    n_images: usize,
    /// Whether the line has text outside a picture.
    has_words: bool,
    has_image: bool,
    is_code: bool,
    html: Option<String>,
    n_tags: usize,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            lines: Vec::new(),
            text: String::new(),
            kind: None,
            starts_paragraph: true,
            mark: String::new(),
            n_lists: 0,
            n_images: 0,
            has_words: false,
            has_image: false,
            is_code: false,
            html: None,
            n_tags: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.open(&tag, at),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.is_code => self.add_lines(&text),
            Event::Text(text) | Event::Code(text) => self.add(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.add(&text);
            }
            Event::Html(html) => self.html.get_or_insert_default().push_str(&html),
            Event::InlineHtml(tag) if is_break(&tag) => self.break_line(),
            Event::InlineHtml(_) => self.n_tags += 1,
            Event::SoftBreak => self.text.push('\n'),
            Event::HardBreak => self.break_line(),
            Event::Rule => self.flush(),
            Event::TaskListMarker(is_done) => self.add(if is_done { "[x] " } else { "[ ] " }),
        }
    }

    fn open(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Heading { .. } => {
                self.flush();
                self.kind = Some(kinds::HEADLINE);
            }
            Tag::List(_) => {
                self.flush();
                // An inner list goes on in the paragraph of the outer one.
                self.starts_paragraph = self.n_lists == 0;
                self.n_lists += 1;
            }
            Tag::Item => {
                self.flush();
                self.mark = mark_at(self.source, at);
                self.kind = Some(kinds::ITEM);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.is_code = true;
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.starts_paragraph = matches!(tag, Tag::TableHead);
            }
            Tag::TableCell if !self.text.is_empty() => self.text.push('\t'),
            Tag::Image { .. } => {
                self.n_images += 1;
                self.has_image = true;
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock => self.flush_before_block(),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.n_images = self.n_images.saturating_sub(1),
            TagEnd::List(_) => {
                self.flush();
                self.n_lists = self.n_lists.saturating_sub(1);
                self.starts_paragraph = self.n_lists == 0;
            }
            TagEnd::Item => {
                self.flush();
                self.mark.clear();
                // The next item is a line of the same paragraph.
                self.starts_paragraph = false;
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.is_code = false;
            }
            TagEnd::HtmlBlock => self.close_html(),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableHead | TagEnd::TableRow => {
                self.flush();
                self.kind = None;
            }
            _ => {}
        }
    }

    /// Ends the line; what follows begins a paragraph unless something else is said.
    fn flush(&mut self) {
        let starts_paragraph = std::mem::replace(&mut self.starts_paragraph, true);
        let kind = std::mem::take(&mut self.kind);
        let raw = std::mem::take(&mut self.text);
        let has_words = std::mem::take(&mut self.has_words);
        let has_image = std::mem::take(&mut self.has_image);
        let mut text = String::with_capacity(raw.len());
        for part in raw.split('\n').map(str::trim).filter(|part| !is_blank(part)) {
            join(&mut text, part);
        }
        if text.is_empty() {
            self.kind = kind;
            self.starts_paragraph = starts_paragraph;
            return;
        }
        let kind = match kind {
            Some(kinds::HEADLINE) if text.chars().count() > MAX_HEADING_CHARS => None,
            None if has_image && !has_words => Some(kinds::CAPTION),
            kind => kind,
        };
        self.lines.push(Line { text, kind, starts_paragraph });
    }

    /// A paragraph or quotation inside an item whose mark waits goes on from that mark.
    fn flush_before_block(&mut self) {
        if self.mark.is_empty() {
            self.flush();
            self.kind = None;
        }
    }

    /// A line break that was meant: the line ends, its paragraph and kind go on.
    fn break_line(&mut self) {
        if ends_in_soft_hyphen(&self.text) {
            self.text.push('\n');
            return;
        }
        let kind = self.kind;
        self.flush();
        self.kind = kind;
        self.starts_paragraph = self.lines.is_empty();
    }

    fn add(&mut self, text: &str) {
        if !self.mark.is_empty() {
            self.text = std::mem::take(&mut self.mark);
        }
        self.has_words |= self.n_images == 0 && !text.trim().is_empty();
        // A line feed written as `&#10;` is white space and no line break.
        self.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
    }

    /// Text whose line breaks are meant.
    fn add_lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                self.flush();
                continue;
            }
            self.add(line.trim_end());
            if line.ends_with('\n') {
                self.break_line();
            }
        }
    }

    fn close_html(&mut self) {
        let html = self.html.take().unwrap_or_default();
        let (text, n_tags) = without_tags(&html);
        self.n_tags += n_tags;
        for paragraph in text.split("\n\n") {
            self.add(paragraph);
            self.flush();
        }
    }
}

/// The mark of the item that begins at `at`, with a space: `- `, `3. `.
fn mark_at(source: &str, at: usize) -> String {
    let rest = source.get(at..).unwrap_or("").trim_start_matches([' ', '\t']);
    let n_digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let mark = rest.get(..=n_digits).unwrap_or("").trim_end();
    format!("{mark} ")
}

fn is_break(tag: &str) -> bool {
    let name: String = tag.chars().filter(char::is_ascii_alphabetic).collect();
    name.eq_ignore_ascii_case("br")
}

/// The text between tags, and how many tags there were. Scripts, styles and comments are no text; an end of a block
/// is an end of a paragraph.
fn without_tags(html: &str) -> (String, usize) {
    let mut text = String::new();
    let mut n_tags = 0;
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        n_tags += 1;
        let name: String =
            tag.chars().take(10).take_while(|c| c.is_ascii_alphanumeric() || "/!-".contains(*c)).collect();
        let name = name.to_ascii_lowercase();
        let end = match name.as_str() {
            "script" => "</script>",
            "style" => "</style>",
            _ if name.starts_with("!--") => "-->",
            _ => ">",
        };
        if matches!(name.as_str(), "/p" | "/div" | "/h1" | "/h2" | "/h3" | "/li" | "/tr" | "/blockquote") {
            text.push_str("\n\n");
        }
        rest = tag.split_once(end).map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    (text, n_tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_deep_texts_are_no_trouble() {
        let n_bytes = 100_000;
        for unit in [
            ">",
            "> ",
            "[",
            "![",
            "](",
            "*",
            "**a",
            "_a ",
            "`",
            "<",
            "<a ",
            "<div>\n",
            "<!--",
            "- ",
            "1. ",
            "&",
            "|",
            "a|",
            "#",
            "# ",
            "\\",
            "~",
            "~~",
            "[a](",
            "[a]: b\n",
            "> a\n",
            "- a\n",
            "  - a\n",
            "a\n",
            "<script",
            "---\n",
            "***a ",
            "a**",
            "[^1]: a\n",
        ] {
            drop(read_markdown(unit.repeat(n_bytes / unit.len()).as_bytes(), Asked::default()));
        }
        let steps: Vec<String> = (0..400).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
        assert!(read_markdown(steps.concat().as_bytes(), Asked::default()).is_ok());
        let quoted: Vec<String> = (0..400).map(|depth| format!("{}a\n", "> ".repeat(depth))).collect();
        assert!(read_markdown(quoted.concat().as_bytes(), Asked::default()).is_ok());
    }
}
