//! Plain text to lines: which line breaks are only wrapping, which end a paragraph, which are meant.
//! Nothing but white space changes here.

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
    let width = wrap_width(&groups);
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
            group.len() > 2 && group.windows(2).all(|pair| matches!(pair, [a, b] if !is_forced(a, b, width)))
        });
        let layout = if is_verse { Layout::Meant } else { layout };
        add_group(group, layout, &mut lines);
    }
    lines
}

/// `text` with a line feed for each kind of line break, two for a page or paragraph break.
pub fn with_line_feeds(text: &str) -> String {
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
    clean
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
    } else {
        last.is_some_and(is_without_spaces) && first.is_some_and(is_without_spaces)
    };
    if !is_tight && !line.is_empty() {
        line.push(' ');
    }
    line.push_str(next);
}

/// Does a line end a sentence? Closing quotes and brackets do not count.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’“»)]」』".contains(c))
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።'])
}

/// The length in bytes of the mark of a list item (`- `, `• `, `1. `), its space included.
pub fn item_mark_len(text: &str) -> Option<usize> {
    let n_digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let mark_len = match text.chars().next()? {
        c @ ('-' | '*' | '+' | '•' | '·' | '‣' | '◦' | '▪' | '–') => c.len_utf8(),
        _ if (1..=3).contains(&n_digits) && text.get(n_digits..)?.starts_with(['.', ')']) => n_digits + 1,
        _ => return None,
    };
    let rest = text.get(mark_len..)?;
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then_some(text.len() - words.len())
}

/// A line of the file.
#[derive(Clone, Copy)]
struct Raw<'a> {
    text: &'a str,
    /// White space before the text, in code points.
    indent: usize,
    n_chars: usize,
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

/// Narrower text is verse or a list, wider text is not wrapped. Code points.
const MIN_WIDTH: usize = 45;
const MAX_WIDTH: usize = 110;

/// A wrapper does not always fill the line. Code points.
const SLACK: usize = 4;

/// Lines between blank ones.
fn groups(text: &str) -> Vec<Vec<Raw<'_>>> {
    let mut groups = vec![Vec::new()];
    for line in text.split('\n') {
        let words = line.trim();
        if words.is_empty() {
            if groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(Vec::new());
            }
        } else if let Some(group) = groups.last_mut() {
            let indent = line.chars().take_while(|c| c.is_whitespace()).count();
            group.push(Raw { text: words, indent, n_chars: words.chars().count() });
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The width at which the lines of a file were broken, if they were: nearly every line is so long that the next
/// word had no place on it. Verse fails this, and lines that all begin with a capital or all end a sentence.
fn wrap_width(groups: &[Vec<Raw<'_>>]) -> Option<usize> {
    // A break before an item is meant and proves nothing.
    let is_proof = |(_, next): &(&Raw<'_>, &Raw<'_>)| item_mark_len(next.text).is_none();
    let pairs = || {
        let pairs = groups.iter().flat_map(|group| group.windows(2));
        pairs.filter_map(|pair| pair.first().zip(pair.get(1))).filter(is_proof)
    };
    let mut widths: Vec<usize> = pairs().map(|(line, _)| line.n_chars).collect();
    let n_pairs = widths.len();
    widths.sort_unstable();
    let width = widths.get(n_pairs.saturating_sub(1) * 19 / 20).copied()?;
    if !(MIN_WIDTH..=MAX_WIDTH).contains(&width) {
        return None;
    }
    let n_forced = pairs().filter(|(a, b)| is_forced(a, b, width)).count();
    let n_ends = pairs().filter(|(a, _)| ends_sentence(a.text)).count();
    let n_capital = pairs().filter(|(_, b)| b.text.starts_with(char::is_uppercase)).count();
    let n_meant = n_pairs - n_forced;
    let is_wrapped =
        n_meant * 10 <= n_pairs * 4 && n_ends * 10 <= n_pairs * 6 && n_capital * 10 < n_pairs * 8;
    (is_wrapped && n_forced > 0).then_some(width)
}

/// Had the next word no place on this line?
fn is_forced(line: &Raw<'_>, next: &Raw<'_>, width: usize) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or("");
    // Scripts without spaces break anywhere.
    let n_word = if word.starts_with(is_without_spaces) { 1 } else { word.chars().take(width).count() };
    line.n_chars + 1 + n_word + SLACK > width
}

fn is_paragraph_a_line(group: &[Raw<'_>]) -> bool {
    let n_chars: usize = group.iter().map(|line| line.n_chars).sum();
    let n_ends = group.iter().filter(|line| ends_sentence(line.text)).count();
    let mean = n_chars / group.len().max(1);
    mean > 100 || (mean >= MIN_WIDTH && n_ends * 10 >= group.len() * 6)
}

fn add_group(group: &[Raw<'_>], layout: Layout, lines: &mut Vec<Line>) {
    let mut before: Option<&Raw<'_>> = None;
    for (line_idx, line) in group.iter().enumerate() {
        let after = group.get(line_idx + 1);
        let gap = before.map_or(Gap::Paragraph, |before| gap(before, line, after, line_idx, layout));
        before = Some(line);
        match (gap, lines.last_mut()) {
            (Gap::Join, Some(last)) => join(&mut last.text, line.text),
            _ => lines.push(Line {
                text: line.text.to_owned(),
                kind: None,
                starts_paragraph: gap == Gap::Paragraph,
            }),
        }
    }
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
    let is_item = item_mark_len(line.text).is_some();
    let ends = ends_sentence(before.text);
    match layout {
        Layout::Meant => Gap::Line,
        Layout::ParagraphALine => {
            let goes_on = item_mark_len(before.text).is_some() || before.text.ends_with(':');
            if is_item && goes_on { Gap::Line } else { Gap::Paragraph }
        }
        Layout::Wrapped { width, has_head, meant } => {
            let forced = is_forced(before, line, width);
            let opens = line.text.starts_with(|c: char| !c.is_lowercase());
            let is_indented = line.indent >= 2 && before.indent == 0;
            // A paragraph after a short last line, or text right under the headline.
            let is_after_end = if ends {
                line.n_chars * 2 > width
            } else {
                has_head && line_idx == 1 && after.is_some_and(|after| is_forced(line, after, width))
            };
            if is_item && (!forced || ends || before.text.ends_with([':', ';'])) {
                Gap::Line
            } else if opens && (is_indented || (!forced && is_after_end)) {
                Gap::Paragraph
            } else if forced || !opens {
                Gap::Join
            } else {
                meant
            }
        }
    }
}

fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
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
        check("", "b", "b");
    }

    #[test]
    fn item_marks() {
        let check = |text: &str, want: Option<usize>| assert_eq!(item_mark_len(text), want, "{text}");
        check("- pay", Some(2));
        check("•  pay", Some(5));
        check("12. pay", Some(4));
        check("3) pay", Some(3));
        check("1984. pay", None);
        check("-pay", None);
        check("- ", None);
        check("", None);
        check("3.5 pay", None);
    }

    #[test]
    fn line_feeds() {
        assert_eq!(with_line_feeds("a\r\nb\rc\nd\u{2028}e\u{c}f\r\r\n"), "a\nb\nc\nd\ne\n\nf\n\n");
    }
}
