//! What was said of some articles, counted before they go or count no more.

use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use std::collections::BTreeSet;
use std::fmt;

/// What coders and reviewers said of some articles.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Answers of who asks.
    pub own: usize,
    /// Answers of others, and of how many.
    pub others: usize,
    pub n_others: usize,
    pub n_decisions: usize,
    pub n_comments: usize,
    /// Whether it is known who asks: only then there are others.
    is_asked: bool,
}

impl Said {
    /// Counts what was said of these articles, as one of the coders sees it.
    pub fn of(project: &Project, articles: &[ArticleId], coder: Option<&CoderId>) -> Self {
        let ids: BTreeSet<&ArticleId> = articles.iter().collect();
        let mut said = Self { is_asked: coder.is_some(), ..Self::default() };
        let mut others = BTreeSet::new();
        for sheet in ids.iter().flat_map(|id| project.sheets_for(id)) {
            let n = sheet.n_answered();
            if Some(&sheet.key.coder) == coder {
                said.own += n;
            } else if n > 0 {
                said.others += n;
                others.insert(&sheet.key.coder);
            }
        }
        said.n_others = others.len();
        said.n_decisions = project.decisions().filter(|decision| ids.contains(&decision.article)).count();
        said.n_comments = project.comments().filter(|comment| ids.contains(&comment.article)).count();
        said
    }

    pub fn is_nothing(&self) -> bool {
        self.own + self.others + self.n_decisions + self.n_comments == 0
    }
}

/// `42 answers, 30 of them by 2 others; 3 decisions; 1 comment`.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_of = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let all = n_of(self.own + self.others, "answer");
        let by = match (self.others, self.is_asked) {
            (0, _) => String::new(),
            (_, false) => format!(" by {}", n_of(self.n_others, "coder")),
            (n, true) if self.own == 0 => {
                let all = if n == 1 { "" } else { "all " };
                format!(", {all}by {}", n_of(self.n_others, "other"))
            }
            (n, true) => format!(", {n} of them by {}", n_of(self.n_others, "other")),
        };
        write!(f, "{all}{by}")?;
        for (n, what) in [(self.n_decisions, "decision"), (self.n_comments, "comment")] {
            if n > 0 {
                write!(f, "; {}", n_of(n, what))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    #[test]
    fn what_goes_with_articles_is_counted() {
        let drawn = "# A
One. [denial; ben: fact] Two. [none; cleo: fact]
# B
Other. [fact]
# C
Third. [ben: fact]
# D
Fourth. []";
        let id = |text: &str| text.split(['.', ' ']).next().unwrap_or_default().to_owned();
        let project = sketch::project(drawn, id, |_| String::new()).unwrap();
        let anna = CoderId::new("anna");
        let check = |ids: &[&str], coder: Option<&CoderId>, want: &str| {
            let ids: Vec<_> = ids.iter().map(|id| ArticleId::new(*id)).collect();
            let said = Said::of(&project, &ids, coder);
            assert_eq!(said.to_string(), want, "{ids:?}");
            assert_eq!(said.is_nothing(), want == "0 answers");
        };
        check(&["One", "Other"], Some(&anna), "5 answers, 2 of them by 2 others");
        check(&["Other", "Other"], Some(&anna), "1 answer");
        check(&["Third"], Some(&anna), "1 answer, by 1 other");
        check(&["One", "Third"], None, "5 answers by 3 coders");
        check(&["Fourth", "nowhere"], Some(&anna), "0 answers");
    }
}
