//! The report as one page of HTML: nothing is loaded, nothing runs, it prints on A4, and tables and pictures can be heard.

use crate::analysis::report::{Block, Cell, Report, Table, words};
use crate::formats::markup::{escaped, say};
use crate::formats::report::{Beside, MATRIX, MOST_ROWS, about_matrix, matrix, shown};
use crate::formats::svg::{self, Width};

/// A raw matrix of more sentences is not put into the page.
const MOST_UNITS: usize = 20_000;

const STYLE: &str = "\
@page { size: A4; margin: 18mm 15mm; }
html { background: #fff; color: #1a1917; }
body { margin: 0 auto; padding: 24px; max-width: 180mm; font: 15px/1.5 'Noto Sans', Arial, Helvetica, sans-serif; }
h1 { font-size: 26px; line-height: 1.25; }
h2 { font-size: 19px; margin: 36px 0 8px; break-after: avoid; }
h3 { font-size: 15px; margin: 20px 0 4px; break-after: avoid; }
p, ul { margin: 0 0 12px; max-width: 160mm; }
nav ul { padding: 0; list-style: none; columns: 3; }
a { color: inherit; }
table { border-collapse: collapse; margin: 16px 0 24px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding-bottom: 6px; break-after: avoid; }
table { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; border-bottom: 1px solid #dfdbd3; font-weight: normal; overflow-wrap: anywhere; }
thead th { border-bottom: 1px solid #635e55; color: #635e55; }
.n { text-align: right; overflow-wrap: break-word; }
td.n { white-space: nowrap; }
.why { color: #635e55; white-space: normal; }
tr, figure { break-inside: avoid; }
thead { display: table-header-group; }
figure { margin: 16px 0 24px; }
figure svg { max-width: 100%; height: auto; display: block; }
figcaption { color: #635e55; margin-top: 6px; max-width: 160mm; }
pre { background: #f4f2ee; padding: 10px 12px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 'Noto Sans Mono', Consolas, monospace; }
@media print { body { padding: 0; font-size: 10pt; } nav { display: none; } pre { background: none; border: 1px solid #dfdbd3; } }
";

pub(super) fn write(report: &Report<'_>, beside: Beside) -> String {
    let title = escaped(&report.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1 dir=\"auto\">{title}</h1>\n"
    );
    contents(report, &mut page);
    let mut n_sections = 0;
    for block in &report.blocks {
        put(&mut page, block, &mut n_sections);
    }
    raw(report, beside, &mut page);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn contents(report: &Report<'_>, page: &mut String) {
    page.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
    let sections = report.blocks.iter().filter_map(|block| match block {
        Block::Section(name) => Some(name),
        _ => None,
    });
    for (number, name) in (1..).zip(sections) {
        say(page, format_args!("<li><a href=\"#s{number}\">{}</a></li>\n", escaped(name)));
    }
    page.push_str("</ul>\n</nav>\n");
}

fn put(page: &mut String, block: &Block, n_sections: &mut usize) {
    match block {
        Block::Section(name) => {
            *n_sections += 1;
            say(page, format_args!("<h2 id=\"s{n_sections}\">{}</h2>\n", escaped(name)));
        }
        Block::Part(name) => say(page, format_args!("<h3 dir=\"auto\">{}</h3>\n", escaped(name))),
        Block::Paragraph(text) => say(page, format_args!("<p dir=\"auto\">{}</p>\n", escaped(text))),
        Block::Items(items) => {
            page.push_str("<ul>\n");
            for item in items {
                say(page, format_args!("<li dir=\"auto\">{}</li>\n", escaped(item)));
            }
            page.push_str("</ul>\n");
        }
        Block::Table(of) => table(page, of),
        Block::Picture { chart, .. } => {
            let picture = svg::write(chart, Width::Page);
            say(
                page,
                format_args!(
                    "<figure>\n{picture}<figcaption>{}</figcaption>\n</figure>\n",
                    escaped(&chart.says)
                ),
            );
        }
        Block::Command(typed) => say(page, format_args!("<pre><code>{}</code></pre>\n", escaped(typed))),
    }
}

fn table(page: &mut String, table: &Table) {
    say(
        page,
        format_args!("<table>\n<caption dir=\"auto\">{}</caption>\n<thead>\n<tr>", escaped(&table.caption)),
    );
    for column in &table.columns {
        let class = if column.is_number { " class=\"n\"" } else { "" };
        say(page, format_args!("<th scope=\"col\"{class} dir=\"auto\">{}</th>", escaped(&column.name)));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in table.rows.iter().take(MOST_ROWS) {
        page.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            let is_number = table.columns.get(place).is_some_and(|column| column.is_number);
            let class = if is_number { " class=\"n\"" } else { "" };
            let words = inner(cell);
            if place == 0 {
                say(page, format_args!("<th scope=\"row\" dir=\"auto\">{words}</th>"));
            } else if is_number {
                say(page, format_args!("<td{class}>{words}</td>"));
            } else {
                say(page, format_args!("<td dir=\"auto\">{words}</td>"));
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
    if let Some(more) = table.rows.len().checked_sub(MOST_ROWS + 1) {
        let more = words::counted(more + 1, "row more is", "rows more are");
        say(
            page,
            format_args!("<p>{more} only in {}.csv, where the report goes into a folder.</p>\n", table.file),
        );
    }
}

/// A cell: its number rounded for people, and whole for programs.
fn inner(cell: &Cell) -> String {
    let data = |value: f64, words: String| format!("<data value=\"{value}\">{}</data>", escaped(&words));
    match (cell, shown(cell)) {
        (_, Err(why)) => format!("\u{2013} <span class=\"why\">{}</span>", escaped(why)),
        (Cell::Count(n), Ok(words)) => format!("<data value=\"{n}\">{words}</data>"),
        (Cell::Value(Ok(value)) | Cell::Share(Ok(value)), Ok(words)) => data(*value, words),
        (Cell::Interval(Ok((low, high))), Ok(_)) => {
            format!("{} to {}", data(*low, words::value(*low)), data(*high, words::value(*high)))
        }
        (Cell::Shares(Ok((low, high))), Ok(_)) => {
            format!("{} to {}", data(*low, words::share(*low)), data(*high, words::share(*high)))
        }
        (_, Ok(words)) => escaped(&words),
    }
}

/// The raw matrix, as a file inside the page.
fn raw(report: &Report<'_>, beside: Beside, page: &mut String) {
    if beside == Beside::Files {
        let about = escaped(&about_matrix(report, beside));
        return say(page, format_args!("<p><a href=\"{MATRIX}\">{MATRIX}</a>: {about}</p>\n"));
    }
    if report.raw.units.len() > MOST_UNITS {
        return say(page, format_args!("<p>{}</p>\n", escaped(&about_matrix(report, beside))));
    }
    let n = words::n_of(report.raw.units.len(), "sentence");
    let coders = words::n_of(report.raw.coders.len(), "coder");
    say(
        page,
        format_args!(
            "<p><a download=\"{MATRIX}\" href=\"data:text/csv;charset=utf-8,{}\">{MATRIX}</a>: {n} \u{d7} {coders}, in this page.</p>\n",
            percent_encoded(&matrix(report))
        ),
    );
}

/// A text as an address has it.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            say(&mut encoded, format_args!("%{byte:02X}"));
        }
    }
    encoded
}
