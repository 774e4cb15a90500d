//! The report in LaTeX, its tables with `booktabs`: a document by itself, out of which tables can be taken.

use crate::analysis::report::{Block, Cell, Report, Table, words};
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
            format!("\\begin{{flushleft}}\\ttfamily\\small\n{}\n\\end{{flushleft}}", escaped(typed))
        }
    }
}

fn table(table: &Table) -> String {
    let is_long = |place: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(place));
        cells.map(plain).any(|text| text.chars().count() > LONG)
    };
    let long: Vec<bool> = (0..table.columns.len()).map(is_long).collect();
    let n_long = long.iter().filter(|is_long| **is_long).count().max(1);
    let shapes = table.columns.iter().zip(&long).map(|(column, is_long)| match (is_long, column.is_number) {
        (true, _) => format!(">{{\\raggedright\\arraybackslash}}p{{{:.2}\\linewidth}}", 0.45 / n_long as f64),
        (false, true) => "r".to_owned(),
        (false, false) => "l".to_owned(),
    });
    let shapes: String = shapes.collect();
    let row = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
    let head = row(table.columns.iter().map(|column| in_cell(&column.name)).collect());
    let mut text =
        if table.columns.len() > MANY { "{\\footnotesize\n".to_owned() } else { "{\\small\n".to_owned() };
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

fn cell(cell: &Cell) -> String {
    in_cell(&plain(cell))
}

/// In a cell a bracket at the beginning would be read as a length of the line break before it.
fn in_cell(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(breakable).collect();
    let text = words.join(" ");
    if text.starts_with(['[', '*']) { format!("{{}}{text}") } else { text }
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
