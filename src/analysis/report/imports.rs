//! How the articles came in, as far as imports are recorded: out of which files, and what was left out and why.

use super::words::{counted, n_of};
use super::{Block, Cell, Column, Given, Table};
use crate::model::ids::RecordId;
use crate::model::import::{Import, ImportFile};
use crate::model::project::Project;
use crate::text::dates;
use crate::text::numbers::grouped;
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(super) fn tell(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let mut imports: Vec<&Import> = given.project.imports().collect();
    if imports.is_empty() {
        return;
    }
    imports.sort_by_key(|import| import.at);
    blocks.push(Block::Section("Articles".to_owned()));
    blocks.push(Block::Paragraph(said(given.project, &imports).join(" ")));
    let tables = [by_import(&imports), by_file(&imports), left_out(&imports), notes(&imports)];
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
}

fn said(project: &Project, imports: &[&Import]) -> Vec<String> {
    let files = || imports.iter().flat_map(|import| &import.files);
    let sum = |of: fn(&ImportFile) -> u32| files().map(|file| u64::from(of(file))).sum::<u64>();
    let (n_found, n_taken) = (sum(|file| file.found), sum(|file| file.taken));
    let mut said = vec![format!(
        "The project records {} of {}. Articles found in them: {}; taken in: {}.",
        n_of(imports.len(), "import"),
        n_of(files().count(), "file"),
        grouped(n_found),
        grouped(n_taken)
    )];
    let announcing: Vec<_> = files().filter_map(|file| Some((file.announced?, file.found))).collect();
    if !announcing.is_empty() {
        let sum = |ns: fn(&(u32, u32)) -> u32| grouped(announcing.iter().map(|of| u64::from(ns(of))).sum());
        said.push(format!(
            "{} how many articles should be there: {}; found there: {}.",
            counted(announcing.len(), "file says", "files say"),
            sum(|of| of.0),
            sum(|of| of.1)
        ));
    }
    let is_recorded = |id: &str| project.import(&RecordId::new(id)).is_some();
    let of_records =
        project.articles().filter(|article| article.meta.import.as_deref().is_some_and(is_recorded));
    let n_there = of_records.count();
    if n_there as u64 != n_taken {
        said.push(format!("Of those taken in the project holds {} now.", grouped(n_there as u64)));
    }
    let n_others = project.n_articles().saturating_sub(n_there);
    if n_others > 0 {
        said.push(format!("No import is recorded of {}.", n_of(n_others, "article")));
    }
    said
}

fn by_import(imports: &[&Import]) -> Table {
    let columns = vec![
        Column::text("Taken in on"),
        Column::text("With Allegata"),
        Column::number("Files"),
        Column::number("Found"),
        Column::number("Taken in"),
        Column::number("Left out"),
    ];
    let mut table = Table::new("imports", "Imports of articles", columns);
    table.rows.extend(imports.iter().map(|import| {
        let day = import.at.and_then(|at| dates::day_of(at.0)).map(|day| dates::long(&day));
        vec![
            Cell::Text(day.unwrap_or_else(|| "not known".to_owned())),
            Cell::Text(import.program.clone()),
            Cell::Count(import.files.len() as u64),
            Cell::Count(import.n_found() as u64),
            Cell::Count(import.n_taken() as u64),
            Cell::Count(import.left.len() as u64),
        ]
    }));
    table
}

fn by_file(imports: &[&Import]) -> Table {
    let columns = vec![
        Column::text("File"),
        Column::text("Laid out as"),
        Column::number("Announced"),
        Column::number("Found"),
        Column::number("Taken in"),
        Column::text("SHA-256"),
    ];
    let mut table = Table::new("imported-files", "Files that articles came from", columns);
    table.rows.extend(imports.iter().flat_map(|import| &import.files).map(|file| {
        vec![
            Cell::Text(file.name.clone()),
            Cell::Text(file.layout.clone().unwrap_or_default()),
            file.announced.map_or(Cell::Text(String::new()), |n| Cell::Count(n.into())),
            Cell::Count(file.found.into()),
            Cell::Count(file.taken.into()),
            Cell::Text(file.sha256.clone().unwrap_or_default()),
        ]
    }));
    table
}

/// Reasons, the most frequent first.
fn left_out(imports: &[&Import]) -> Table {
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for left in imports.iter().flat_map(|import| &import.left) {
        *reasons.entry(&left.why).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, n)| Reverse(*n));
    let columns = vec![Column::text("Why"), Column::number("How often")];
    let mut table = Table::new("left-out", "What did not come in, by reason", columns);
    table.rows.extend(reasons.into_iter().map(|(why, n)| vec![Cell::Text(why.to_owned()), Cell::Count(n)]));
    table
}

/// What readers said of files that came in.
fn notes(imports: &[&Import]) -> Table {
    let columns = vec![Column::text("File"), Column::text("What was said")];
    let mut table = Table::new("import-notes", "What was said when files were read", columns);
    for file in imports.iter().flat_map(|import| &import.files) {
        let notes = file.warnings.iter().map(|said| [&file.name, said].map(|text| Cell::Text(text.clone())));
        table.rows.extend(notes.map(Vec::from));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::report::tests::told_of;
    use crate::model::action::{Action, Record};
    use crate::model::article::Article;
    use crate::model::ids::Stamp;
    use crate::model::import::LeftOut;
    use crate::model::sketch;
    use std::sync::Arc;

    const DRAWING: &str = "# A\nOne. [fact]\n# B\nTwo two. [ben: denial]";

    /// A table as lines, under its caption.
    fn lines(table: &Table) -> String {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Count(n) => n.to_string(),
            other => panic!("{other:?}"),
        };
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | "));
        std::iter::once(table.caption.clone()).chain(rows).collect::<Vec<_>>().join("\n")
    }

    /// What the section says, a block a paragraph; nothing without the section.
    fn section(project: &Project) -> String {
        told_of(project, |report| {
            let is_head = |block: &&Block| !matches!(block, Block::Section(name) if name == "Articles");
            let rest = report.blocks.iter().skip_while(is_head).skip(1);
            let blocks = rest.map_while(|block| match block {
                Block::Paragraph(text) => Some(text.clone()),
                Block::Table(table) => Some(lines(table)),
                _ => None,
            });
            blocks.collect::<Vec<_>>().join("\n\n")
        })
    }

    #[test]
    fn what_is_recorded_is_said_and_nothing_else() {
        let mut project =
            sketch::project(DRAWING, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        assert_eq!(section(&project), "");
        let mut article = Article::clone(project.articles().next().unwrap());
        article.meta.import = Some("i2".to_owned());
        let id = article.id.clone();
        project.apply(Action::Article { id, to: Some(Arc::new(article)) }).unwrap();
        let left = |why: &str| LeftOut { why: why.to_owned(), ..LeftOut::default() };
        let first = Import {
            at: Some(Stamp(1_795_428_672)),
            files: vec![ImportFile {
                name: "nexis.docx".to_owned(),
                sha256: Some("ab12".to_owned()),
                layout: Some("nexis-uni".to_owned()),
                announced: Some(1500),
                found: 1498,
                taken: 1,
                warnings: vec!["2 lines cut".to_owned()],
                extra: None,
            }],
            left: ["no text", "already there", "already there"].map(left).into(),
            ..Import::new(RecordId::new("i2"), "0.2.0")
        };
        let file = ImportFile { name: "a.txt".to_owned(), found: 1, taken: 1, ..ImportFile::default() };
        let second = Import { files: vec![file], ..Import::new(RecordId::new("i1"), "0.3.0") };
        for import in [first, second] {
            let id = import.id.clone();
            project.apply(Action::Record(Record::Import { id, to: Some(import) })).unwrap();
        }
        assert_eq!(
            section(&project),
            "The project records 2 imports of 2 files. Articles found in them: 1,499; taken in: 2. 1 file says how many \
             articles should be there: 1,500; found there: 1,498. Of those taken in the project holds 1 now. No import is \
             recorded of 1 article.\n\n\
             Imports of articles\nnot known | 0.3.0 | 1 | 1 | 1 | 0\n23 November 2026 | 0.2.0 | 1 | 1498 | 1 | 3\n\n\
             Files that articles came from\na.txt |  |  | 1 | 1 | \nnexis.docx | nexis-uni | 1500 | 1498 | 1 | ab12\n\n\
             What did not come in, by reason\nalready there | 2\nno text | 1\n\n\
             What was said when files were read\nnexis.docx | 2 lines cut"
        );
    }
}
