//! The report in Markdown, with tables as GitHub and Pandoc read them.

use crate::analysis::report::{Block, Report, Table, words};
use crate::formats::markup;
use crate::formats::report::{Beside, MATRIX, MOST_ROWS, about_matrix, picture, plain};
use crate::formats::svg::Width;

pub(super) fn write(report: &Report<'_>, beside: Beside) -> String {
    let mut blocks = vec![format!("# {}", escaped(&report.title))];
    blocks.extend(report.blocks.iter().filter_map(|block| written(block, beside)));
    blocks.push(match beside {
        Beside::Files => format!("[{MATRIX}]({MATRIX}): {}", escaped(&about_matrix(report, beside))),
        Beside::Nothing => escaped(&about_matrix(report, beside)),
    });
    blocks.join("\n\n") + "\n"
}

fn written(block: &Block, beside: Beside) -> Option<String> {
    Some(match block {
        Block::Section(name) => format!("## {}", escaped(name)),
        Block::Part(name) => format!("### {}", escaped(name)),
        Block::Paragraph(text) => paragraph(text),
        Block::Items(items) => {
            let items: Vec<_> = items.iter().map(|item| format!("- {}", paragraph(item))).collect();
            items.join("\n")
        }
        Block::Table(of) => table(of),
        Block::Picture { file, chart } => match beside {
            Beside::Files => {
                let (title, says) = (escaped(&chart.title), escaped(&chart.says));
                format!("![{title}]({})\n\n{says}", picture(file, Width::Page))
            }
            // Its numbers stand in the tables, and there is nothing that could be shown.
            Beside::Nothing => return None,
        },
        Block::Command(typed) => fenced(typed),
    })
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = table.columns.iter().map(|column| escaped(&column.name)).collect();
    let rule = table.columns.iter().map(|column| if column.is_number { "---:" } else { "---" }.to_owned());
    let mut lines =
        vec![format!("**{}**", escaped(&table.caption)), String::new(), row(head), row(rule.collect())];
    for cells in table.rows.iter().take(MOST_ROWS) {
        lines.push(row(cells.iter().map(|cell| escaped(&plain(cell))).collect()));
    }
    if let Some(more) = table.rows.len().checked_sub(MOST_ROWS + 1) {
        let more = words::counted(more + 1, "row more is", "rows more are");
        lines.push(format!("\n{more} only in {}.csv, where the report goes into a folder.", table.file));
    }
    lines.join("\n")
}

/// What is typed, in a fence that nothing in it closes.
fn fenced(typed: &str) -> String {
    let typed: String = typed.chars().filter_map(markup::plain).collect();
    let longest = typed.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{typed}\n{fence}")
}

/// A text by itself: its beginning is no mark of a list, a heading or a rule.
fn paragraph(text: &str) -> String {
    let text = escaped(text.trim());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text.chars().nth(digits) {
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        Some('.' | ')') if digits > 0 => {
            let (number, rest) = text.split_at_checked(digits).unwrap_or_default();
            format!("{number}\\{rest}")
        }
        _ => text,
    }
}

/// A text on one line in which nothing is a mark of Markdown or of HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter_map(markup::plain) {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '$' | '^') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// What a reader of Markdown makes of it, as text alone.
    fn read(text: &str) -> (String, bool) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let (mut words, mut is_plain) = (String::new(), true);
        for event in Parser::new_ext(text, options) {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::Start(pulldown_cmark::Tag::Paragraph)
                | Event::End(pulldown_cmark::TagEnd::Paragraph) => {}
                _ => is_plain = false,
            }
        }
        (words, is_plain)
    }

    #[test]
    fn nothing_of_a_text_is_a_mark() {
        for text in [
            "<script>alert(1)</script>",
            "a | b \\ c `d` *e* _f_ [g](h) ~~i~~ $j$ k^l &amp; &lt;",
            "- no list",
            "+ none",
            "1. none",
            "12) none",
            "# none",
            "> none",
            "=== none",
            "---",
            "\u{200f}שלום % 7",
        ] {
            assert_eq!(read(&paragraph(text)), (text.to_owned(), true), "{}", paragraph(text));
        }
        assert_eq!(read(&paragraph("a\n\n# b\u{202e}")), ("a  # b".to_owned(), true));
        assert_eq!(fenced("a ``` b\nc"), "````\na ``` b c\n````");
    }
}
