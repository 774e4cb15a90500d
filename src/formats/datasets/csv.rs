//! CSV as RFC 4180 has it, in UTF-8 with `\n` after every row; TSV is the same with tabs.
//!
//! Cells hold what the project holds, to the letter. A note that begins with `=` stays as it is, although a spreadsheet takes it
//! for a formula: a sign put before it would be in the data of everybody who does not use one. For a spreadsheet the table
//! begins with a BOM, and cells that would be formulas with `'`.

use crate::formats::datasets::lines::{BLOCK, Words};
use crate::formats::datasets::rows::{self, Given, Going, Row};
use crate::formats::datasets::what::{Cells, Columns, RowsOf};
use crate::formats::datasets::{articles_table, counts::Counts};
use memchr::{memchr, memchr3};
use std::io;

/// The names of the columns, in order; `label` stands in schemes of one label a sentence.
pub const COLUMNS: [&str; 23] = [
    "article_id",
    "sentence_id",
    "coder",
    "labels",
    LABEL,
    "unsure",
    "note",
    "start",
    "end",
    TEXT,
    "title",
    "outlet",
    "published",
    "url",
    "labelled_at",
    "kind",
    "asked",
    "source",
    "layer",
    "gold_by",
    "reason",
    "decided_by",
    "decided_at",
];
const LABEL: &str = "label";
pub(in crate::formats) const TEXT: &str = "text";
/// Behind the others, where it is asked for.
pub(in crate::formats) const SPLIT: &str = "split";
/// What stands there without text: of the sentence, and of the whole article.
pub(in crate::formats) const HASHES: [&str; 2] = ["text_sha256", "article_sha256"];
pub(in crate::formats) const BOM: &[u8] = b"\xEF\xBB\xBF";

pub fn write(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    sentences(going, b',', out)
}

/// The same with tabs.
pub fn write_tabs(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    sentences(going, b'\t', out)
}

fn sentences(going: &Going<'_>, separator: u8, out: &mut dyn io::Write) -> io::Result<Counts> {
    let style = Style { separator, cells: going.what.cells };
    if going.what.rows == RowsOf::Articles {
        return articles_table::write(going, style, out);
    }
    let (mut lines, mut words) = (Vec::with_capacity(2 * BLOCK), Words::default());
    let zero_one = if going.what.columns == Columns::ZeroOne { rows::names(going) } else { vec![] };
    if style.cells == Cells::ForExcel {
        lines.extend_from_slice(BOM);
    }
    let mut head = Line::begin(&mut lines, style);
    for column in COLUMNS {
        match column {
            TEXT if !going.what.text => HASHES.iter().for_each(|hash| head.cell(hash)),
            LABEL if going.project.scheme().takes_several() => {}
            _ => head.cell(column),
        }
    }
    if going.what.splits.is_some() {
        head.cell(SPLIT);
    }
    for name in &zero_one {
        head.cell(&format!("label_{name}"));
    }
    head.end();
    let counts = rows::each(going, |row| {
        words.take(row, going);
        let mut line = Line::begin(&mut lines, style);
        push_row(&mut line, row, going, &words);
        going.what.split(&row.article.id).into_iter().for_each(|split| line.cell(split));
        push_zero_one(&mut line, going.labels(row), &zero_one);
        line.end();
        if lines.len() >= BLOCK {
            out.write_all(&lines)?;
            lines.clear();
        }
        Ok::<_, io::Error>(())
    })?;
    out.write_all(&lines)?;
    out.flush()?;
    Ok(counts)
}

fn push_row(line: &mut Line<'_>, row: &Row<'_>, going: &Going<'_>, words: &Words) {
    let meta = &row.article.meta;
    line.cell(row.article.id.as_str());
    line.cell(&words.span);
    line.cell(row.coder.map(|coder| going.coder(coder)).unwrap_or_default());
    line.cell(&words.labels);
    if !going.project.scheme().takes_several() {
        line.cell(&words.labels);
    }
    line.cell(if row.is_unsure() { "true" } else { "" });
    line.cell(row.note().unwrap_or_default());
    line.cell(words.start());
    line.cell(words.end());
    if going.what.text {
        line.cell(row.text());
    } else {
        line.cell(&words.hash);
        line.cell(&row.article.sha256);
    }
    line.cell(going.title(row.article));
    line.cell(meta.outlet.as_deref().unwrap_or_default());
    line.cell(meta.published.as_deref().unwrap_or_default());
    line.cell(meta.url.as_deref().unwrap_or_default());
    line.cell(&words.at);
    line.cell(row.kind());
    line.cell(if row.asked { "true" } else { "false" });
    line.cell(row.article.source.as_deref().unwrap_or_default());
    line.cell(row.layer);
    line.cell(row.gold.map(|gold| gold.by.word()).unwrap_or_default());
    line.cell(&words.reason);
    line.cell(row.decision().map(|decision| going.coder(&decision.by)).unwrap_or_default());
    line.cell(&words.decided_at);
}

/// 1 for what was answered and 0 for the others; nothing where there is no answer.
fn push_zero_one(line: &mut Line<'_>, given: Option<Given<'_>>, names: &[String]) {
    for name in names {
        let is_given = given.map(|given| given.or_none().any(|label| label == name));
        line.cell(match is_given {
            None => "",
            Some(true) => "1",
            Some(false) => "0",
        });
    }
}

/// A table of these cells; the first row is the head.
pub fn table(rows: &[Vec<String>]) -> String {
    let mut out = Vec::new();
    for row in rows {
        let mut line = Line::begin(&mut out, Style { separator: b',', cells: Cells::Plain });
        for cell in row {
            line.cell(cell);
        }
        line.end();
    }
    String::from_utf8(out).unwrap_or_default()
}

/// How cells of a table are written.
#[derive(Debug, Clone, Copy)]
pub(in crate::formats) struct Style {
    pub separator: u8,
    pub cells: Cells,
}

/// A row that is being written.
pub(in crate::formats) struct Line<'a> {
    out: &'a mut Vec<u8>,
    style: Style,
    is_begun: bool,
}

impl<'a> Line<'a> {
    pub fn begin(out: &'a mut Vec<u8>, style: Style) -> Self {
        Self { out, style, is_begun: false }
    }

    pub fn cell(&mut self, cell: &str) {
        if self.is_begun {
            self.out.push(self.style.separator);
        }
        self.is_begun = true;
        push_cell(self.out, cell.as_bytes(), self.style);
    }

    pub fn end(self) {
        self.out.push(b'\n');
    }
}

/// A cell, in quotes where it needs them.
fn push_cell(out: &mut Vec<u8>, mut cell: &[u8], style: Style) {
    let sign: &[u8] = if style.cells == Cells::ForExcel && is_formula(cell) { b"'" } else { b"" };
    if memchr3(style.separator, b'"', b'\n', cell).is_none() && memchr(b'\r', cell).is_none() {
        out.extend_from_slice(sign);
        out.extend_from_slice(cell);
        return;
    }
    out.push(b'"');
    out.extend_from_slice(sign);
    while let Some((quoted, rest)) = memchr(b'"', cell).and_then(|at| cell.split_at_checked(at + 1)) {
        out.extend_from_slice(quoted);
        out.push(b'"');
        cell = rest;
    }
    out.extend_from_slice(cell);
    out.push(b'"');
}

/// Whether a spreadsheet would take a cell for a formula, or for one that was guarded: both get one `'`, so that taking one off
/// gives back what was there.
fn is_formula(cell: &[u8]) -> bool {
    let first = cell.iter().find(|byte| **byte != b'\'');
    first.is_some_and(|byte| b"=+-@\t\r".contains(byte))
}

/// What a cell of a table for spreadsheets was before it was guarded.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest.as_bytes())).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::TABLE;
    use crate::formats::datasets::rows::Layer;
    use crate::formats::datasets::what::{NoneAs, Unanswered, UnsureAs, What};
    use crate::model::deciding::{self, By, Deciding};
    use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId, Stamp};
    use crate::model::plan;
    use crate::model::project::Project;
    use crate::model::sketch;

    fn table(drawing: &str, only: Option<&str>) -> String {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        written(&project, only.map_or(Layer::Coders, |id| Layer::Coder(CoderId::new(id))), |_| {})
    }

    fn written(project: &Project, layer: Layer, change: impl FnOnce(&mut What)) -> String {
        let mut what = What::usual(&TABLE, layer);
        change(&mut what);
        let mut out = Vec::new();
        write(&Going::new(project, &what), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const DRAWN: &str = "# Fire, again | Harbour \"Post\" | 2025
He lit it, they say. [allegation ? \"=1+1\"; ben: none] He denies it. [ben: denial]
# Quiet
Rain. []";

    const HEAD: &str = "article_id,sentence_id,coder,labels,label,unsure,note,start,end,text,title,outlet,published,url,labelled_at,kind,asked,source,layer,gold_by,reason,decided_by,decided_at\n";

    #[test]
    fn a_row_for_every_sentence_and_sheet() {
        let check = |only, want: &str| assert_eq!(table(DRAWN, only), format!("{HEAD}{want}"));
        let meta = "\"Fire, again\",\"Harbour \"\"Post\"\"\",2025,";
        let at = "2026-01-01T00:00:00Z";
        let anna_1 = format!(
            "a34,0-20,anna,allegation,allegation,true,=1+1,0,20,\"He lit it, they say.\",{meta},{at},prose,true,,coders,,,,\n"
        );
        let anna_2 = format!("a34,21-34,anna,,,,,21,34,He denies it.,{meta},,prose,true,,coders,,,,\n");
        let ben_1 = format!(
            "a34,0-20,ben,none,none,,,0,20,\"He lit it, they say.\",{meta},{at},prose,true,,coders,,,,\n"
        );
        let ben_2 =
            format!("a34,21-34,ben,denial,denial,,,21,34,He denies it.,{meta},{at},prose,true,,coders,,,,\n");
        let quiet = "a5,0-5,,,,,,0,5,Rain.,Quiet,,,,,prose,true,,coders,,,,\n";
        check(None, &format!("{anna_1}{ben_1}{anna_2}{ben_2}{quiet}"));
        check(Some("anna"), &format!("{anna_1}{anna_2}"));
        check(Some("nobody"), "");
    }

    #[test]
    fn gold_has_a_row_a_sentence() {
        let drawing = "One. [fact; ben: fact] Two. [fact; ben: denial] Three. [none; ben: denial] Four. [denial] Five. []";
        let mut project = sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        let span = project.articles().next().unwrap().sentences()[2].span;
        let deciding = Deciding {
            article: ArticleId::new("a"),
            sentence: span,
            labels: vec![],
            reason: "p. 2".to_owned(),
            code: "slip".to_owned(),
        };
        let by = By { coder: CoderId::new("ben"), at: Stamp(1_767_225_600) };
        let action = deciding::decide(&project, None, &deciding, &by, || RecordId::new("d")).unwrap();
        project.apply(action).unwrap();
        let text = written(&project, Layer::Gold, |_| {});
        let rows = text.lines().skip(1).map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            [&cells[2..4], &cells[18..]].concat().join(",")
        });
        let want = [
            ",fact,gold,unanimous,,,",
            ",,gold,,,,",
            ",none,gold,decided,slip: p. 2,ben,2026-01-01T00:00:00Z",
            ",denial,gold,single,,,",
            ",,gold,,,,",
        ];
        assert_eq!(rows.collect::<Vec<_>>(), want);
    }

    #[test]
    fn cells_are_quoted_as_others_quote_them() {
        let cells = ["", "a", "a,b", "a\"b", "\"", "\"\"", "a\nb", "a\r", " a ", "=1", "é", "#", "a,\"b\"\n"];
        for cell in cells {
            let (mut ours, mut theirs) = (Vec::new(), csv::WriterBuilder::new());
            let mut line = Line::begin(&mut ours, Style { separator: b',', cells: Cells::Plain });
            ["z", cell].iter().rev().for_each(|cell| line.cell(cell));
            line.end();
            let mut theirs = theirs.terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
            theirs.write_record([cell, "z"]).unwrap();
            assert_eq!(ours, theirs.into_inner().unwrap(), "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_prose_and_what_has_no_title() {
        let mut project = sketch::project("Rain. []", |_| "a1".to_owned(), |_| String::new()).unwrap();
        let mut article = project.articles().next().unwrap().as_ref().clone();
        article.id = ArticleId::new("a2");
        article.meta.title = None;
        article.source = Some("rain, new.txt".to_owned());
        let mut sentences = article.sentences().to_vec();
        sentences[0].kind = Some("byline".into());
        let article = article.with_sentences(sentences);
        project.apply(plan::add_article(&project, article)).unwrap();
        let want = "a1,0-5,,,,,,0,5,Rain.,Rain.,,,,,prose,true,,coders,,,,\na2,0-5,,,,,,0,5,Rain.,Rain.,,,,,byline,false,\"rain, new.txt\",coders,,,,\n";
        assert_eq!(written(&project, Layer::Coders, |_| {}), format!("{HEAD}{want}"));
    }

    #[test]
    fn cells_with_line_breaks_are_quoted() {
        let table = table("One\nline. [fact \"first,\n\"second\"]", None);
        assert!(table.contains(",\"first,\n"), "{table}");
        assert!(table.contains(",\"One\nline.\","), "{table}");
    }

    /// Of the first columns.
    fn cut(table: &str, n: usize) -> Vec<String> {
        let rows = table.lines().skip(1);
        rows.map(|row| row.split(',').skip(1).take(n).collect::<Vec<_>>().join(",")).collect()
    }

    #[test]
    fn what_is_left_out_is_left_out() {
        let drawing = "One. [fact] Two. [denial ?] Six. [none] Ten. []";
        let project = sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        let check = |change: fn(&mut What), want: &[&str]| {
            assert_eq!(cut(&written(&project, Layer::Coders, change), 5), want);
        };
        let (fact, denial) = ("0-4,anna,fact,fact,", "5-9,anna,denial,denial,true");
        let (none, open) = ("10-14,anna,none,none,", "15-19,anna,,,");
        check(|_| {}, &[fact, denial, none, open]);
        check(|what| what.unanswered = Unanswered::Drop, &[fact, denial, none]);
        check(|what| what.none = NoneAs::Drop, &[fact, denial, open]);
        check(|what| what.unsure = UnsureAs::Drop, &[fact, none, open]);
        check(|what| what.unsure = UnsureAs::Label, &[fact, "5-9,anna,unsure,unsure,true", none, open]);
        let rename = |what: &mut What| {
            what.renamed =
                [("fact", "F"), ("denial", "F")].map(|(a, b)| (LabelId::new(a), LabelId::new(b))).into();
        };
        check(rename, &["0-4,anna,F,F,", "5-9,anna,F,F,true", none, open]);
        check(|what| what.articles = Some([].into()), &[]);
    }

    #[test]
    fn a_column_a_label() {
        let drawing = "One. [fact] Six. [none] Ten. []";
        let project = sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        let table = written(&project, Layer::Coders, |what| what.columns = Columns::ZeroOne);
        let ends: Vec<_> = table.lines().map(|row| row.splitn(24, ',').last().unwrap()).collect();
        assert_eq!(
            ends,
            ["label_allegation,label_denial,label_fact,label_none", "0,0,1,0", "0,0,0,1", ",,,"]
        );
    }

    #[test]
    fn without_text_hashes_stand_for_it() {
        let project = sketch::project("One. [fact]", |_| "a".to_owned(), |_| "h".to_owned()).unwrap();
        let table = written(&project, Layer::Coders, |what| what.text = false);
        let hash = crate::formats::hashes::sha256_hex(b"One.");
        assert!(table.contains(",start,end,text_sha256,article_sha256,title,"), "{table}");
        assert!(table.contains(&format!(",0,4,{hash},h,,,")), "no words, no title of words: {table}");
    }

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for cell in ["=1", "+1", "-1", "@a", "\t", "\ra", "'=1", "''=", "'", "a", "", "'a", "é=", "=\"a\",b"]
        {
            let mut out = Vec::new();
            let mut line = Line::begin(&mut out, Style { separator: b',', cells: Cells::ForExcel });
            line.cell(cell);
            line.cell("z");
            line.end();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*out);
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(unguarded(&record[0]), cell);
            assert!(!record[0].starts_with(['=', '+', '-', '@', '\t', '\r']), "{record:?}");
        }
        let project = sketch::project("One. [fact \"=1\"]", |_| "a".to_owned(), |_| String::new()).unwrap();
        let table = written(&project, Layer::Coders, |what| what.cells = Cells::ForExcel);
        assert!(table.starts_with("\u{feff}article_id,") && table.contains(",'=1,"), "{table}");
    }
}
