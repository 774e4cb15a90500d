//! Who has which article once the files are in, and what is done.

use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row a coder, a column an article that somebody has.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Afterwards {
    pub coders: Vec<(CoderId, String)>,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub article: Arc<Article>,
    /// Of each coder, whether the sheet is done; nothing where there is no sheet.
    pub cells: Vec<Option<bool>>,
}

impl Column {
    pub fn n_readers(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    pub fn is_done(&self) -> bool {
        self.cells.iter().flatten().all(|done| *done)
    }
}

impl Afterwards {
    /// By date, then by title; reviewers read nothing.
    pub fn of(project: &Project) -> Self {
        let coders: Vec<&Coder> = project
            .coders()
            .filter(|coder| !coder.is_reviewer() && project.sheets_of(&coder.id).next().is_some())
            .collect();
        let mut cells: BTreeMap<&ArticleId, Vec<Option<bool>>> = BTreeMap::new();
        for (row, coder) in coders.iter().enumerate() {
            for sheet in project.sheets_of(&coder.id) {
                let cells = cells.entry(&sheet.key.article).or_insert_with(|| vec![None; coders.len()]);
                if let Some(cell) = cells.get_mut(row) {
                    *cell = Some(sheet.done);
                }
            }
        }
        let column = |(id, cells)| Some(Column { article: Arc::clone(project.article(id)?), cells });
        let mut columns: Vec<Column> = cells.into_iter().filter_map(column).collect();
        columns.sort_by(|a, b| {
            let place = |column: &Column| (column.article.meta.published.clone(), column.article.added);
            place(a).cmp(&place(b))
        });
        let coders =
            coders.into_iter().map(|coder| (coder.id.clone(), coder.shown_name().to_owned())).collect();
        Self { coders, columns }
    }

    /// Articles that are done by everybody who has them.
    pub fn n_done(&self) -> usize {
        self.columns.iter().filter(|column| column.is_done()).count()
    }

    /// Articles that several have: those that are done by all of them, and all.
    pub fn n_shared(&self) -> (usize, usize) {
        let shared = || self.columns.iter().filter(|column| column.n_readers() > 1);
        (shared().filter(|column| column.is_done()).count(), shared().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Stamp;
    use crate::model::plan;
    use crate::model::sheet::SheetKey;
    use crate::model::sketch;

    #[test]
    fn done_is_counted_by_article_and_by_who_shares_it() {
        let drawing =
            "# One\nA. [anna: fact; ben: fact]\n# Two\nB. [ben: fact]\n# Three\nC. [anna: fact; ben: fact]";
        let id = |text: &str| text.chars().take(1).collect::<String>().to_lowercase();
        let mut project = sketch::project(drawing, id, |_| String::new()).unwrap();
        for (coder, article) in [("anna", "a"), ("ben", "a"), ("ben", "b"), ("anna", "c")] {
            let key = SheetKey { coder: CoderId::new(coder), article: ArticleId::new(article) };
            let action = plan::done(&project, &key, true, Stamp(1)).unwrap();
            project.apply(action).unwrap();
        }
        let after = Afterwards::of(&project);
        let drawn = |column: &Column| {
            let cell = |cell: &Option<bool>| cell.map_or('-', |done| if done { 'x' } else { 'o' });
            column.cells.iter().map(cell).collect::<String>()
        };
        assert_eq!(after.columns.iter().map(drawn).collect::<Vec<_>>(), ["xx", "-x", "xo"]);
        assert_eq!((after.n_done(), after.n_shared()), (2, (1, 2)));
    }
}
