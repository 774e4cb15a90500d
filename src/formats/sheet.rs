//! The sentences of a workbook as a table between commas, which texts can be joined with.

use crate::formats::datasets::csv::{Line, Style};
use crate::formats::datasets::what::Cells;
use crate::formats::datasets::xlsx::SENTENCES;
use crate::formats::workbook;

/// The sheet of sentences as CSV; an error says why there is none.
pub fn sentences(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let (mut table, mut n_columns) = (Vec::new(), None);
    let mut book = workbook::open_any(bytes)?;
    book.each_row(SENTENCES, &mut |_, cells| {
        let n = *n_columns.get_or_insert(cells.len());
        let mut line = Line::begin(&mut table, Style { separator: b',', cells: Cells::Plain });
        (0..n).for_each(|idx| line.cell(cells.get(idx).map_or("", String::as_str)));
        line.end();
        Ok(())
    })?;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::datasets::asked::outlet;
    use crate::formats::datasets::outlet::Form;
    use crate::formats::datasets::rows::{Going, Layer};
    use crate::formats::datasets::what::What;
    use crate::formats::{TABLE, by_id};
    use crate::model::sketch;

    #[test]
    fn a_sheet_is_the_table_that_is_written_as_csv() {
        let drawn = "# Fire | Post\nHe lit it, \u{1f44d}\u{1f3fd} they say. [allegation \"so, \"he\" says\"] No. [none]\nRain. []";
        let project = sketch::project(drawn, |_| "a".to_owned(), |_| "b".to_owned()).unwrap();
        let written = |id: &str| {
            let outlet = outlet(by_id(id).unwrap()).unwrap();
            let what = What { text: false, ..What::usual(&TABLE, Layer::Coders) };
            let (going, mut out) = (Going::new(&project, &what), Vec::new());
            let Form::File { write, .. } = outlet.form else { panic!("`{id}` is a folder") };
            write(&going, &mut out).unwrap();
            out
        };
        let sheet = String::from_utf8(sentences(&written("xlsx")).unwrap()).unwrap();
        let table = String::from_utf8(written("csv")).unwrap();
        assert_eq!(sheet, table);
        assert!(sentences(b"no workbook").is_err());
    }
}
