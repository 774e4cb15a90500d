//! CSV as RFC 4180 has it, in UTF-8 without a BOM, with `\n` after every row.
//!
//! Cells hold what the project holds, to the letter. A note that begins with `=` stays as it is, although a spreadsheet takes it
//! for a formula: a sign put before it would be in the data of everybody who does not use one, and in the project again after the
//! table is read back. A spreadsheet that imports the columns as text leaves it alone.

use crate::formats::datasets::lines::{BLOCK, Words};
use crate::formats::datasets::rows::{self, COLUMNS, Layer, Row};
use crate::model::ids::CoderId;
use crate::model::project::Project;
use memchr::{memchr, memchr3};
use std::io;

/// Writes the dataset of a layer.
pub fn write(project: &Project, layer: &Layer, out: &mut dyn io::Write) -> io::Result<()> {
    let (mut lines, mut words) = (Vec::with_capacity(2 * BLOCK), Words::default());
    push_line(&mut lines, COLUMNS);
    rows::each(project, layer, |row| {
        push_line(&mut lines, cells(&row, &mut words));
        if lines.len() >= BLOCK {
            out.write_all(&lines)?;
            lines.clear();
        }
        Ok::<_, io::Error>(())
    })?;
    out.write_all(&lines)?;
    out.flush()
}

fn cells<'a>(row: &Row<'a>, words: &'a mut Words) -> [&'a str; COLUMNS.len()] {
    words.take(row);
    let (meta, coding, words) = (&row.article.meta, row.coding, &*words);
    [
        row.article.id.as_str(),
        &words.span,
        row.coder.map(CoderId::as_str).unwrap_or_default(),
        &words.labels,
        if coding.is_some_and(|coding| coding.unsure) { "true" } else { "" },
        coding.and_then(|coding| coding.note.as_deref()).unwrap_or_default(),
        words.start(),
        words.end(),
        row.text(),
        row.article.shown_title(),
        meta.outlet.as_deref().unwrap_or_default(),
        meta.published.as_deref().unwrap_or_default(),
        meta.url.as_deref().unwrap_or_default(),
        &words.at,
        row.kind(),
        if row.asked { "true" } else { "false" },
        row.article.source.as_deref().unwrap_or_default(),
        row.layer,
        row.gold.map(|gold| gold.by.word()).unwrap_or_default(),
        &words.reason,
        row.decision().map(|decision| decision.by.as_str()).unwrap_or_default(),
        &words.decided_at,
    ]
}

/// A table of these cells; the first row is the head.
pub fn table(rows: &[Vec<String>]) -> String {
    let mut out = Vec::new();
    for row in rows {
        push_line(&mut out, row.iter().map(String::as_str));
    }
    String::from_utf8(out).unwrap_or_default()
}

fn push_line<'a>(out: &mut Vec<u8>, cells: impl IntoIterator<Item = &'a str>) {
    for (idx, cell) in cells.into_iter().enumerate() {
        if idx > 0 {
            out.push(b',');
        }
        push_cell(out, cell.as_bytes());
    }
    out.push(b'\n');
}

/// A cell, in quotes where it needs them.
fn push_cell(out: &mut Vec<u8>, mut cell: &[u8]) {
    if memchr3(b',', b'"', b'\n', cell).is_none() && memchr(b'\r', cell).is_none() {
        out.extend_from_slice(cell);
        return;
    }
    out.push(b'"');
    while let Some((quoted, rest)) = memchr(b'"', cell).and_then(|at| cell.split_at_checked(at + 1)) {
        out.extend_from_slice(quoted);
        out.push(b'"');
        cell = rest;
    }
    out.extend_from_slice(cell);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::deciding::{self, By, Deciding};
    use crate::model::ids::{ArticleId, RecordId, Stamp};
    use crate::model::plan;
    use crate::model::sketch;

    fn table(drawing: &str, only: Option<&str>) -> String {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let mut out = Vec::new();
        let layer = only.map_or(Layer::Coders, |id| Layer::Coder(CoderId::new(id)));
        write(&project, &layer, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const DRAWN: &str = "# Fire, again | Harbour \"Post\" | 2025
He lit it, they say. [allegation ? \"=1+1\"; ben: none] He denies it. [ben: denial]
# Quiet
Rain. []";

    const HEAD: &str = "article_id,sentence_id,coder,labels,unsure,note,start,end,text,title,outlet,published,url,labelled_at,kind,asked,source,layer,gold_by,reason,decided_by,decided_at\n";

    #[test]
    fn a_row_for_every_sentence_and_sheet() {
        let check = |only, want: &str| assert_eq!(table(DRAWN, only), format!("{HEAD}{want}"));
        let meta = "\"Fire, again\",\"Harbour \"\"Post\"\"\",2025,";
        let at = "2026-01-01T00:00:00Z";
        let anna_1 = format!(
            "a34,0-20,anna,allegation,true,=1+1,0,20,\"He lit it, they say.\",{meta},{at},prose,true,,coders,,,,\n"
        );
        let anna_2 = format!("a34,21-34,anna,,,,21,34,He denies it.,{meta},,prose,true,,coders,,,,\n");
        let ben_1 =
            format!("a34,0-20,ben,none,,,0,20,\"He lit it, they say.\",{meta},{at},prose,true,,coders,,,,\n");
        let ben_2 =
            format!("a34,21-34,ben,denial,,,21,34,He denies it.,{meta},{at},prose,true,,coders,,,,\n");
        let quiet = "a5,0-5,,,,,0,5,Rain.,Quiet,,,,,prose,true,,coders,,,,\n";
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
        let mut out = Vec::new();
        write(&project, &Layer::Gold, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows = text.lines().skip(1).map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            [&cells[2..4], &cells[17..]].concat().join(",")
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
            push_line(&mut ours, [cell, "z"]);
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
        let mut out = Vec::new();
        write(&project, &Layer::Coders, &mut out).unwrap();
        let want = "a1,0-5,,,,,0,5,Rain.,Rain.,,,,,prose,true,,coders,,,,\na2,0-5,,,,,0,5,Rain.,Rain.,,,,,byline,false,\"rain, new.txt\",coders,,,,\n";
        assert_eq!(String::from_utf8(out).unwrap(), format!("{HEAD}{want}"));
    }

    #[test]
    fn cells_with_line_breaks_are_quoted() {
        let table = table("One\nline. [fact \"first,\n\"second\"]", None);
        assert!(table.contains(",\"first,\n"), "{table}");
        assert!(table.contains(",\"One\nline.\","), "{table}");
    }
}
