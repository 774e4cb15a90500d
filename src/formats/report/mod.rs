//! The report on reliability as files: a page of HTML, Markdown, LaTeX, or a folder with all three, every table as CSV, every
//! picture as SVG, and the raw matrix.

mod html;
mod latex;
pub mod making;
mod markdown;
mod tables;

use crate::analysis::report::{Block, Cell, Report, words};
use crate::formats::charts;
use crate::formats::datasets::csv;
use crate::formats::markup::say;
use crate::formats::svg::{self, Width};
use crate::text::numbers::grouped;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Html,
    Markdown,
    Latex,
    /// All of them, with tables, pictures and the raw matrix.
    Folder,
}

impl Form {
    pub const ALL: [Self; 4] = [Self::Html, Self::Markdown, Self::Latex, Self::Folder];

    /// The ending of its file's name; a folder's name has none.
    pub const fn ending(self) -> Option<&'static str> {
        match self {
            Self::Html => Some("html"),
            Self::Markdown => Some("md"),
            Self::Latex => Some("tex"),
            Self::Folder => None,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML page",
            Self::Markdown => "Markdown",
            Self::Latex => "LaTeX",
            Self::Folder => "Folder with everything",
        }
    }
}

/// Names of all files that a folder can hold: what an older report left there goes when it is written again.
pub const NAMES: [&str; 31] = [
    "report.html",
    "report.md",
    "report.tex",
    "matrix.csv",
    "corpus.csv",
    "imports.csv",
    "imported-files.csv",
    "left-out.csv",
    "import-notes.csv",
    "segmentation.csv",
    "coders.csv",
    "draws.csv",
    "data.csv",
    "coefficients.csv",
    "labels.csv",
    "pairs.csv",
    "confusions.csv",
    "batches.csv",
    "adjudication.csv",
    "reasons.csv",
    "reasons-in-words.csv",
    "files.csv",
    "alpha-by-label.csv",
    "alpha-by-label-90mm.svg",
    "alpha-by-label-190mm.svg",
    "alpha-over-time.csv",
    "alpha-over-time-90mm.svg",
    "alpha-over-time-190mm.svg",
    "labels-over-time.csv",
    "labels-over-time-90mm.svg",
    "labels-over-time-190mm.svg",
];

/// Longer tables are cut off where they are to be read.
const MOST_ROWS: usize = 200;
/// The name of the raw matrix's file.
const MATRIX: &str = "matrix.csv";

/// Where a page stands: what lies beside it can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    Files,
}

/// Name and text of a file; one that is the whole report has no name of its own.
pub type File = (String, String);

/// The files of a report; nothing if it does not go on.
fn files(report: &Report<'_>, form: Form, goes_on: &dyn Fn() -> bool) -> Option<Vec<File>> {
    let page = |text: String| vec![(String::new(), text)];
    let files = match form {
        Form::Html => page(html::write(report, Beside::Nothing)),
        Form::Markdown => page(markdown::write(report, Beside::Nothing)),
        Form::Latex => page(latex::write(report, Beside::Nothing)),
        Form::Folder => folder(report, goes_on)?,
    };
    goes_on().then_some(files)
}

fn folder(report: &Report<'_>, goes_on: &dyn Fn() -> bool) -> Option<Vec<File>> {
    let mut files = vec![
        ("report.html".to_owned(), html::write(report, Beside::Files)),
        ("report.md".to_owned(), markdown::write(report, Beside::Files)),
        ("report.tex".to_owned(), latex::write(report, Beside::Files)),
    ];
    for block in &report.blocks {
        if !goes_on() {
            return None;
        }
        match block {
            Block::Table(table) if !table.file.is_empty() => {
                files.push((format!("{}.csv", table.file), tables::csv(table)));
            }
            Block::Picture { file, chart } => {
                files.push((format!("{file}.csv"), charts::csv(chart)));
                let pictures = Width::ALL.map(|width| (picture(file, width), svg::write(chart, width)));
                files.extend(pictures);
            }
            _ => {}
        }
    }
    files.extend(report.files.iter().map(|table| (format!("{}.csv", table.file), tables::csv(table))));
    files.push((MATRIX.to_owned(), matrix(report)));
    Some(files)
}

fn picture(file: &str, width: Width) -> String {
    format!("{file}-{}mm.svg", width.mm())
}

/// The raw matrix as `allegata agreement --matrix` reads it: unit, article, and a column a coder; an empty cell is missing.
fn matrix(report: &Report<'_>) -> String {
    let raw = &report.raw;
    let head = ["unit", "article"].map(str::to_owned).into_iter().chain(raw.coders.iter().cloned());
    let mut out = csv::table(&[head.collect()]);
    let labels = raw.matrix.labels();
    for ((article, span), row) in raw.units.iter().zip(raw.matrix.rows()) {
        say(&mut out, format_args!("{article} {span},{article}"));
        for label in row {
            out.push(',');
            // Ids of articles and labels hold nothing that a cell would be quoted for.
            out.push_str(label.and_then(|label| labels.get(usize::from(label))).map_or("", String::as_str));
        }
        out.push('\n');
    }
    out
}

/// Where the raw matrix is.
fn about_matrix(report: &Report<'_>, beside: Beside) -> String {
    let n = words::n_of(report.raw.units.len(), "sentence");
    let coders = words::n_of(report.raw.coders.len(), "coder");
    match beside {
        Beside::Files => format!("{n} \u{d7} {coders}, beside this file."),
        Beside::Nothing => {
            format!("The raw matrix of {n} and {coders} is written where the report goes into a folder.")
        }
    }
}

/// A cell as it is read: the number, and why there is none.
fn shown(cell: &Cell) -> Result<String, &'static str> {
    match cell {
        Cell::Text(text) => Ok(text.clone()),
        Cell::Count(n) => Ok(grouped(*n)),
        Cell::Value(value) => value.map(words::value),
        Cell::Share(share) => share.map(words::share),
        Cell::Interval(ends) => ends.map(words::interval),
        Cell::Shares(ends) => ends.map(words::shares),
    }
}

/// The same as one text: `– (why)`.
fn plain(cell: &Cell) -> String {
    shown(cell).unwrap_or_else(|why| format!("\u{2013} ({why})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::matrix::Matrix;
    use crate::analysis::chart::{Chart, Estimate, Plot, Scale, Whisker, Whiskers};
    use crate::analysis::report::{Column, Raw, Table};
    use crate::model::ids::{ArticleId, Span};

    /// What would be a mark in one of the forms.
    const ODD: &str = "<script>x</script> & | _ % \\end{document} \"q\" `c`\n# H \u{202e} \u{200f}שלום";

    fn check(read: impl FnOnce(&Report<'_>)) {
        let mut matrix = Matrix::new(vec!["a".into(), "b".into()], vec!["none".into(), "fact".into()]);
        matrix.push([Some(1), None], Some(0));
        let id = ArticleId::new("a1");
        let column = |name: &str, is_number: bool| Column { name: name.to_owned(), is_number };
        let rows = (0..MOST_ROWS + 2).map(|n| {
            vec![
                Cell::Text(format!("{ODD} {n}")),
                Cell::Value(if n == 0 { Err("why not") } else { Ok(0.123_456_789) }),
                Cell::Interval(Ok((-0.5, 0.987_654_321))),
                Cell::Count(1234),
                Cell::Share(Ok(0.5)),
            ]
        });
        let table = Table {
            file: "labels",
            caption: ODD.to_owned(),
            columns: vec![
                column(ODD, false),
                column("Value", true),
                column("Interval", true),
                column("n", true),
                column("Share", true),
            ],
            rows: rows.collect(),
        };
        let at = Estimate { value: Ok(0.5), interval: Some((0.4, 0.6)), n: 9 };
        let plot = Whiskers {
            rows: vec![Whisker { name: ODD.to_owned(), at }],
            scale: Scale::SHARES,
            marks: vec![],
        };
        let chart = Chart { title: ODD.to_owned(), says: ODD.to_owned(), plot: Plot::Whiskers(plot) };
        let report = Report {
            title: ODD.to_owned(),
            blocks: vec![
                Block::Section("One".to_owned()),
                Block::Part(ODD.to_owned()),
                Block::Paragraph(ODD.to_owned()),
                Block::Items(vec![ODD.to_owned()]),
                Block::Section(ODD.to_owned()),
                Block::Table(table.clone()),
                Block::Picture { file: "alpha-by-label", chart },
                Block::Command(ODD.to_owned()),
            ],
            files: vec![Table { file: "confusions", ..table }],
            raw: Raw {
                coders: vec![ODD.to_owned(), "b".to_owned()],
                units: vec![(&id, Span::new(0, 4))],
                matrix: &matrix,
            },
        };
        read(&report);
    }

    /// The names of elements, each closed where it must be.
    fn elements(page: &str) -> Vec<String> {
        let (mut open, mut all): (Vec<String>, Vec<String>) = (vec![], vec![]);
        for part in page.split('<').skip(1) {
            let (tag, _) = part.split_once('>').unwrap();
            let name: String =
                tag.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric()).collect();
            match tag {
                tag if tag.starts_with('!') => {}
                tag if tag.starts_with('/') => {
                    assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{part}");
                }
                tag => {
                    assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
                    if !tag.ends_with('/') && name != "meta" {
                        open.push(name.clone());
                    }
                    all.push(name);
                }
            }
        }
        assert_eq!(open, [""; 0]);
        all
    }

    #[test]
    fn a_page_is_sound_and_can_be_heard() {
        check(|report| {
            let page = html::write(report, Beside::Nothing);
            let elements = elements(&page);
            let n = |name: &str| elements.iter().filter(|element| *element == name).count();
            assert_eq!(
                (n("script"), n("table"), n("caption"), n("figure"), n("figcaption"), n("svg")),
                (0, 1, 1, 1, 1, 1)
            );
            let headings: Vec<_> =
                elements.iter().filter(|e| ["h1", "h2", "h3"].contains(&e.as_str())).collect();
            assert_eq!(headings, ["h1", "h2", "h3", "h2"]);
            assert_eq!(page.matches("<th scope=\"col\"").count(), 5);
            assert_eq!(page.matches("<th scope=\"row\"").count(), MOST_ROWS);
            assert!(page.contains("<html lang=\"en\">") && page.contains("role=\"img\" aria-label="));
            assert!(page.contains("2 rows more are only in labels.csv"), "{page}");
            assert!(page.contains("<data value=\"0.123456789\">0.123</data>"));
            assert!(page.contains("\u{2013} <span class=\"why\">why not</span>"));
            // Nothing is loaded, nothing runs.
            for never in
                ["<script", "http://", "https://", "url(", "@import", "javascript:", "onload", "\u{202e}"]
            {
                let rest = page.replace("http://www.w3.org/2000/svg", "");
                assert!(!rest.contains(never), "{never}");
            }
            assert!(page.contains("href=\"data:text/csv;charset=utf-8,unit,article,"));
            let beside = html::write(report, Beside::Files);
            assert!(beside.contains("<a href=\"matrix.csv\">"), "{beside}");
        });
    }

    #[test]
    fn latex_closes_what_it_opens() {
        check(|report| {
            let page = latex::write(report, Beside::Nothing);
            let mut open: Vec<&str> = vec![];
            let (mut depth, mut last) = (0_i32, ' ');
            for (at, c) in page.char_indices() {
                let is_escaped = last == '\\';
                match c {
                    '{' if !is_escaped => depth += 1,
                    '}' if !is_escaped => depth -= 1,
                    '\\' => {
                        let rest = page.get(at..).unwrap();
                        if let Some(rest) = rest.strip_prefix("\\begin{") {
                            open.push(rest.split('}').next().unwrap());
                        } else if let Some(rest) = rest.strip_prefix("\\end{") {
                            assert_eq!(open.pop(), rest.split('}').next());
                        }
                    }
                    _ => {}
                }
                assert!(depth >= 0, "{}", page.get(..at).unwrap());
                last = if is_escaped { ' ' } else { c };
            }
            assert_eq!((depth, open), (0, vec![]));
            assert_eq!(page.matches("\\end{document}").count(), 1);
            assert_eq!(page.matches("\\toprule").count(), 1);
        });
    }

    #[test]
    fn markdown_is_read_as_it_is_meant() {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        check(|report| {
            let page = markdown::write(report, Beside::Files);
            let (mut n_rows, mut n_headings, mut n_tables) = (0, 0, 0);
            for event in Parser::new_ext(&page, Options::ENABLE_TABLES) {
                match event {
                    Event::Start(Tag::TableRow) => n_rows += 1,
                    Event::Start(Tag::Heading { .. }) => n_headings += 1,
                    Event::Start(Tag::Table(_)) => n_tables += 1,
                    Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
                    _ => {}
                }
            }
            assert_eq!((n_rows, n_headings, n_tables), (MOST_ROWS, 4, 1), "{page}");
            assert!(page.contains("](alpha-by-label-190mm.svg)"), "{page}");
        });
    }

    #[test]
    fn a_folder_holds_only_what_an_older_one_can_be_cleared_of() {
        check(|report| {
            let files = files(report, Form::Folder, &|| true).unwrap();
            let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(
                names,
                [
                    "report.html",
                    "report.md",
                    "report.tex",
                    "labels.csv",
                    "alpha-by-label.csv",
                    "alpha-by-label-90mm.svg",
                    "alpha-by-label-190mm.svg",
                    "confusions.csv",
                    "matrix.csv",
                ]
            );
            assert!(names.iter().all(|name| NAMES.contains(name)));
            let (_, matrix) = files.last().unwrap();
            assert!(matrix.ends_with("\na1 0-4,a1,fact,\n"), "{matrix}");
        });
    }
}
