//! What is set aside in a project: never asked for, and counted nowhere else.

use crate::model::coding::Row;
use crate::model::project::Project;
use std::fmt;

/// How much is set aside.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Aside {
    pub n_articles: usize,
    /// In articles that are not set aside themselves.
    pub n_sentences: usize,
    /// Answers of all coders to any of these, which wait in the file.
    pub n_answers: usize,
}

impl Aside {
    pub fn of(project: &Project) -> Self {
        let mut aside = Self::default();
        for article in project.articles() {
            let n_alone = article.n_aside();
            if article.aside.is_some() {
                aside.n_articles += 1;
            } else if n_alone > 0 {
                aside.n_sentences += n_alone;
            } else {
                continue;
            }
            let is_aside = |row: &&Row| {
                let sentence = article.idx_of(row.span).and_then(|idx| article.sentences().get(idx));
                row.coding.answered && sentence.is_some_and(|sentence| article.is_aside(sentence))
            };
            let sheets = project.sheets_for(&article.id);
            aside.n_answers += sheets.map(|sheet| sheet.rows.iter().filter(is_aside).count()).sum::<usize>();
        }
        aside
    }
}

/// `set aside: 1 article and 2 sentences, with 5 answers`.
impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_of = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let what = [(self.n_articles, "article"), (self.n_sentences, "sentence")];
        let what: Vec<_> = what.iter().filter(|(n, _)| *n > 0).map(|(n, what)| n_of(*n, what)).collect();
        let what = if what.is_empty() { "nothing".to_owned() } else { what.join(" and ") };
        write!(f, "set aside: {what}")?;
        if self.n_answers > 0 {
            write!(f, ", with {}", n_of(self.n_answers, "answer"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::count;
    use crate::model::ids::{ArticleId, CoderId};
    use crate::model::{mending, sketch};

    #[test]
    fn what_is_aside_counts_here_and_nowhere_else() {
        let drawn = "# A\nOne. [denial; ben: fact] Two. [none] Three. []\n# B\nOther. [fact]";
        let id_of = |text: &str| if text.starts_with("One") { "a".to_owned() } else { "b".to_owned() };
        let mut project = sketch::project(drawn, id_of, |_| String::new()).unwrap();
        let anna = CoderId::new("anna");
        let check = |project: &Project, want: &str, want_counted: [u32; 4]| {
            let totals = count::of_project(project, Some(&anna));
            let sum = totals.progress;
            assert_eq!(Aside::of(project).to_string(), want);
            assert_eq!(
                [totals.n_articles, sum.n_answered, sum.n_sentences, totals.labels.iter().sum()],
                want_counted
            );
        };
        check(&project, "set aside: nothing", [2, 3, 4, 2]);
        let before = project.clone();
        let span = project.article(&ArticleId::new("a")).unwrap().sentences()[0].span;
        let plan = mending::kind(&project, &ArticleId::new("a"), span, "aside").unwrap().unwrap();
        let first = project.apply(plan.action).unwrap();
        check(&project, "set aside: 1 sentence, with 2 answers", [2, 2, 3, 1]);
        let action = mending::aside(&project, &[ArticleId::new("b")], Some("an advertisement")).unwrap();
        let second = project.apply(action).unwrap();
        check(&project, "set aside: 1 article and 1 sentence, with 3 answers", [1, 1, 2, 0]);
        project.apply(second).unwrap();
        project.apply(first).unwrap();
        assert_eq!(project, before);
    }
}
