//! CSV as RFC 4180 has it, in UTF-8 without a BOM, with `\n` after every row.
//!
//! Cells hold what the project holds, to the letter. A note that begins with `=` stays as it is, although a spreadsheet takes it
//! for a formula: a sign put before it would be in the data of everybody who does not use one, and in the project again after the
//! table is read back. A spreadsheet that imports the columns as text leaves it alone.

use crate::formats::dataset::{self, COLUMNS, Row};
use crate::formats::project::time;
use crate::model::coding::Coding;
use crate::model::ids::CoderId;
use crate::model::project::Project;
use std::io;

/// Writes the dataset. With `only`, just the rows of that coder.
pub fn write(project: &Project, only: Option<&CoderId>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    table.write_record(COLUMNS).map_err(io_error)?;
    dataset::rows(project, only, |row| table.write_record(cells(&row))).map_err(io_error)?;
    table.flush()
}

fn cells(row: &Row<'_>) -> [String; COLUMNS.len()] {
    let known = |field: &Option<String>| field.clone().unwrap_or_default();
    let meta = &row.article.meta;
    let coding = row.coding;
    let unsure = coding.is_some_and(|coding| coding.unsure);
    [
        row.article.id.to_string(),
        row.sentence.span.to_string(),
        row.coder.map(ToString::to_string).unwrap_or_default(),
        coding.map(Coding::labels_cell).unwrap_or_default(),
        if unsure { "true".to_owned() } else { String::new() },
        coding.and_then(|coding| coding.note.as_deref()).unwrap_or_default().to_owned(),
        row.sentence.span.start.to_string(),
        row.sentence.span.end.to_string(),
        row.text().to_owned(),
        known(&meta.title),
        known(&meta.outlet),
        known(&meta.published),
        known(&meta.url),
        coding.and_then(|coding| coding.at).map(time::write).unwrap_or_default(),
    ]
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    fn table(drawing: &str, only: Option<&str>) -> String {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let mut out = Vec::new();
        write(&project, only.map(CoderId::new).as_ref(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const DRAWN: &str = "# Fire, again | Harbour \"Post\" | 2025
He lit it, they say. [allegation ? \"=1+1\"; ben: none] He denies it. [ben: denial]
# Quiet
Rain. []";

    const HEAD: &str = "article_id,sentence_id,coder,labels,unsure,note,start,end,text,title,outlet,published,url,labelled_at\n";

    #[test]
    fn a_row_for_every_sentence_and_sheet() {
        let check = |only, want: &str| assert_eq!(table(DRAWN, only), format!("{HEAD}{want}"));
        let meta = "\"Fire, again\",\"Harbour \"\"Post\"\"\",2025,";
        let at = "2026-01-01T00:00:00Z";
        let anna_1 =
            format!("a34,0-20,anna,allegation,true,=1+1,0,20,\"He lit it, they say.\",{meta},{at}\n");
        let anna_2 = format!("a34,21-34,anna,,,,21,34,He denies it.,{meta},\n");
        let ben_1 = format!("a34,0-20,ben,none,,,0,20,\"He lit it, they say.\",{meta},{at}\n");
        let ben_2 = format!("a34,21-34,ben,denial,,,21,34,He denies it.,{meta},{at}\n");
        let quiet = "a5,0-5,,,,,0,5,Rain.,Quiet,,,,\n";
        check(None, &format!("{anna_1}{ben_1}{anna_2}{ben_2}{quiet}"));
        check(Some("anna"), &format!("{anna_1}{anna_2}"));
        check(Some("nobody"), "");
    }

    #[test]
    fn cells_with_line_breaks_are_quoted() {
        let table = table("One\nline. [fact \"first,\n\"second\"]", None);
        assert!(table.contains(",\"first,\n"), "{table}");
        assert!(table.contains(",\"One\nline.\","), "{table}");
    }
}
