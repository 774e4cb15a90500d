//! The report in LaTeX, its tables with `booktabs`: a document by itself, out of which tables can be taken.

use crate::analysis::report::{Block, Cell, Column, Report, Table, words};
use crate::formats::markup::{self, say};
use crate::formats::report::{Beside, MATRIX, MOST_ROWS, about_matrix, plain};

const HEAD: &str = r"% Made by Allegata. Where names or texts are not in Latin letters, compile it with LuaLaTeX or XeLaTeX.
\documentclass[a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
\else
  \usepackage{fontspec}
\fi
\usepackage[margin=22mm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{caption}
\usepackage{longtable}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
";

/// Cells with more characters than this are set in lines.
const LONG: usize = 34;
/// Tables with more columns are set small.
const MANY: usize = 6;
/// How wide a line of the page is, in points, and the least that something long needs.
const LINE: f64 = 472.0;
const LEAST_LONG: f64 = 62.0;

/// A size of letters: about how wide one is, and the gap between columns.
#[derive(Clone, Copy)]
struct Size {
    name: &'static str,
    char: f64,
    gap: f64,
}

const SIZES: [Size; 3] = [
    Size { name: "\\small", char: 4.6, gap: 12.0 },
    Size { name: "\\footnotesize", char: 4.2, gap: 12.0 },
    Size { name: "\\scriptsize\\setlength{\\tabcolsep}{2pt}", char: 3.7, gap: 4.0 },
];

pub(super) fn write(report: &Report<'_>, beside: Beside) -> String {
    let title = escaped(&report.title);
    let mut page = format!("{HEAD}\\title{{{title}}}\n\\date{{}}\n\\begin{{document}}\n\\maketitle\n");
    for block in &report.blocks {
        page.push('\n');
        page.push_str(&written(block));
        page.push('\n');
    }
    let raw = match beside {
        Beside::Files => format!("{MATRIX}: {}", about_matrix(report, beside)),
        Beside::Nothing => about_matrix(report, beside),
    };
    say(&mut page, format_args!("\n{}\n\n\\end{{document}}\n", escaped(&raw)));
    page
}

fn written(block: &Block) -> String {
    match block {
        Block::Section(name) => format!("\\section*{{{}}}", escaped(name)),
        Block::Part(name) => format!("\\subsection*{{{}}}", escaped(name)),
        Block::Paragraph(text) => escaped(text),
        Block::Items(items) => {
            let items: Vec<_> =
                items.iter().map(|item| format!("  \\item {{}}{}\n", escaped(item))).collect();
            format!("\\begin{{itemize}}\n{}\\end{{itemize}}", items.concat())
        }
        Block::Table(of) => table(of),
        Block::Picture { file, chart } => {
            format!("% Picture: {file}-90mm.svg, {file}-190mm.svg\n% {}", escaped(&chart.title))
        }
        Block::Command(typed) => {
            format!("\\begin{{flushleft}}\\ttfamily\\small\n{}\n\\end{{flushleft}}", in_lines(typed))
        }
    }
}

fn table(table: &Table) -> String {
    let (size, shapes) = shapes(table);
    let row = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
    let head = row(table.columns.iter().map(|column| in_cell(&column.name)).collect());
    let mut text = format!("{{{size}\n");
    say(
        &mut text,
        format_args!(
            "\\begin{{longtable}}{{@{{}}{shapes}@{{}}}}\n\\caption*{{{}}} \\\\\n\\toprule\n{head}\\midrule\n\\endhead\n",
            escaped(&table.caption)
        ),
    );
    for cells in table.rows.iter().take(MOST_ROWS) {
        text.push_str(&row(cells.iter().map(cell).collect()));
    }
    text.push_str("\\bottomrule\n\\end{longtable}}");
    if let Some(more) = table.rows.len().checked_sub(MOST_ROWS + 1) {
        let more = words::counted(more + 1, "row more is", "rows more are");
        let more = format!("{more} only in {}.csv, where the report goes into a folder.", table.file);
        say(&mut text, format_args!("\n\n{}", escaped(&more)));
    }
    text
}

/// How large a table is set, and how wide its columns: what is long, and then the heads of numbers, in lines, so that it is no
/// wider than the page.
fn shapes(table: &Table) -> (&'static str, String) {
    let chars = |text: &str| text.chars().count();
    let columns = table.columns.iter().enumerate().map(|(place, column)| {
        let cells = table.rows.iter().take(MOST_ROWS).filter_map(|row| row.get(place));
        // The head of a column of words may be as long as they are.
        let head = if column.is_number { 0 } else { chars(&column.name) };
        let cell = cells.map(|cell| chars(&plain(cell))).max().unwrap_or(0).max(head);
        let word = column.name.split(' ').map(chars).max().unwrap_or(0);
        (column, cell, cell.max(word))
    });
    let columns: Vec<(&Column, usize, usize)> = columns.collect();
    let n_long = columns.iter().filter(|(_, cell, _)| *cell > LONG).count();
    let whole = |(column, cell, _): &(&Column, usize, usize)| (*cell).max(chars(&column.name));
    let least = |(.., least): &(&Column, usize, usize)| *least;
    let of_short = |width: &dyn Fn(&(&Column, usize, usize)) -> usize| {
        columns.iter().filter(|column| column.1 <= LONG).map(width).sum::<usize>() as f64
    };
    let gaps = |gap: f64| gap * columns.len().saturating_sub(1) as f64;
    let (small, narrow) = if columns.len() > MANY { (SIZES[1], SIZES[2]) } else { (SIZES[0], SIZES[1]) };
    let left = |size: Size, short: f64| LINE - short * size.char - gaps(size.gap);
    let is_whole = left(small, of_short(&whole)) >= LEAST_LONG * n_long as f64;
    let size =
        if is_whole || left(small, of_short(&least)) >= LEAST_LONG * n_long as f64 { small } else { narrow };
    let short = if is_whole { of_short(&whole) } else { of_short(&least) };
    let long = (left(size, short) / n_long.max(1) as f64).max(LEAST_LONG);
    let shapes = columns.iter().map(|column| {
        let (ragged, width) = match (column.1 > LONG, column.0.is_number) {
            (false, true) if is_whole => return "r".to_owned(),
            (false, false) => return "l".to_owned(),
            (false, true) => ("\\raggedleft", column.2 as f64 * size.char),
            (true, _) => ("\\raggedright", long.min(column.1 as f64 * size.char)),
        };
        format!(">{{{ragged}\\arraybackslash}}p{{{width:.0}pt}}")
    });
    (size.name, shapes.collect())
}

fn cell(cell: &Cell) -> String {
    in_cell(&plain(cell))
}

/// In a cell a bracket at the beginning would be read as a length of the line break before it.
fn in_cell(text: &str) -> String {
    let text = in_lines(text);
    if text.starts_with(['[', '*']) { format!("{{}}{text}") } else { text }
}

/// A text whose longest words may be broken.
fn in_lines(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(breakable).collect();
    words.join(" ")
}

/// A word; one that no column is wide enough for, as a hash is, may be broken.
fn breakable(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() <= LONG {
        return escaped(word);
    }
    let parts = chars.chunks(LONG / 2).map(|part| escaped(&part.iter().collect::<String>()));
    parts.collect::<Vec<_>>().join("\\allowbreak{}")
}

/// A text in which nothing is a command.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars().filter_map(markup::plain) {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => escaped.extend(['\\', c]),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '<' => escaped.push_str("\\textless{}"),
            '>' => escaped.push_str("\\textgreater{}"),
            '|' => escaped.push_str("\\textbar{}"),
            '"' => escaped.push_str("\\textquotedbl{}"),
            '\'' => escaped.push_str("\\textquotesingle{}"),
            '`' => escaped.push_str("\\textasciigrave{}"),
            // Two in a row would become a dash, or a quotation mark.
            '-' | ',' | '!' | '?' if last == c => escaped.extend(['{', '}', c]),
            '\u{2212}' => escaped.push_str("$-$"),
            '\u{d7}' => escaped.push_str("$\\times$"),
            '\u{2192}' => escaped.push_str("$\\rightarrow$"),
            '\u{2193}' => escaped.push_str("$\\downarrow$"),
            c => escaped.push(c),
        }
        last = c;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_a_command() {
        let check = |text: &str, want: &str| assert_eq!(escaped(text), want);
        check("50 % & a_b #1 {c} $d$", "50 \\% \\& a\\_b \\#1 \\{c\\} \\$d\\$");
        check("\\input{x}", "\\textbackslash{}input\\{x\\}");
        check(
            "~^<>|\"'`",
            "\\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}\\textbar{}\\textquotedbl{}\\textquotesingle{}\\textasciigrave{}",
        );
        check("--names ---", "-{}-names -{}-{}-");
        check("a\n\nb\u{202e}", "a  b");
        check("\u{2212}0.1 2 \u{d7} 3", "$-$0.1 2 $\\times$ 3");
        check("\u{200f}שלום", "\u{200f}שלום");
        assert_eq!([in_cell("[2mm] a"), in_cell("*")], ["{}[2mm] a", "{}*"]);
        assert_eq!(
            in_cell(&format!("a  {}_b", "0".repeat(34))),
            format!("a  {0}\\allowbreak{{}}{0}\\allowbreak{{}}\\_b", "0".repeat(17))
        );
    }
}
