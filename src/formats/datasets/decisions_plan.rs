//! What rows of decisions make of a project; or every line that does not fit.

use crate::formats::datasets::labels_plan::{Planned, fits, sentence_of};
use crate::formats::datasets::labels_table::{BadLine, LabelRow, Table};
use crate::model::deciding::{self, By, Deciding};
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, RecordId, Span};
use crate::model::plan::Answer;
use crate::model::project::Project;
use std::collections::BTreeMap;

/// Takes all rows of a table as decisions, one after the other; on refusal every bad line is listed.
///
/// A row without labels changes nothing, and `unanswered` opens a sentence again.
pub fn rows(
    project: &Project,
    table: &Table,
    by: &By,
    mut new_id: impl FnMut() -> RecordId,
) -> Result<Planned, Vec<BadLine>> {
    let decided = deciding::standing(project)
        .into_iter()
        .map(|((article, sentence), decision)| ((article.clone(), sentence), decision.clone()))
        .collect();
    let mut work = Work { after: project.clone(), decided, seen: BTreeMap::new() };
    let mut planned = Planned::default();
    let mut bad = table.bad.clone();
    for row in &table.rows {
        match work.one(row, by, &mut new_id) {
            Ok(true) => planned.n_changed += 1,
            Ok(false) => planned.n_same += 1,
            Err(reason) => bad.push(BadLine { line: row.line, reason }),
        }
    }
    if !bad.is_empty() {
        bad.sort_by_key(|bad| bad.line);
        return Err(bad);
    }
    planned.project = (planned.n_changed > 0).then_some(work.after);
    Ok(planned)
}

struct Work<'a> {
    after: Project,
    /// The decisions that stood before.
    decided: BTreeMap<(ArticleId, Span), Decision>,
    /// The rows so far, by their sentences.
    seen: BTreeMap<(ArticleId, Span), &'a LabelRow>,
}

impl<'a> Work<'a> {
    /// Takes one row, and says whether it changes something.
    fn one(
        &mut self,
        row: &'a LabelRow,
        by: &By,
        new_id: &mut impl FnMut() -> RecordId,
    ) -> Result<bool, String> {
        let Some(article) = self.after.article(&row.article) else {
            return Err(format!("no article `{}` in this project", row.article));
        };
        let (_, sentence) = sentence_of(article, row.sentence)?;
        let Some(answer) = &row.answer else { return Ok(false) };
        let place = (row.article.clone(), sentence);
        if let Some(other) = self.seen.get(&place) {
            let same = other.answer == row.answer && other.reason == row.reason;
            return if same {
                Ok(false)
            } else {
                Err(format!("line {} says something else of the same sentence", other.line))
            };
        }
        let stands = self.decided.get(&place);
        let action = match answer {
            Answer::Unanswered => deciding::reopen(&self.after, &row.article, sentence),
            Answer::Labels(labels) => {
                fits(&self.after, stands.map(|stands| &*stands.labels).unwrap_or_default(), labels)?;
                let deciding = Deciding {
                    article: row.article.clone(),
                    sentence,
                    labels: labels.clone(),
                    reason: row.reason.clone(),
                    code: String::new(),
                };
                deciding::decide(&self.after, stands, &deciding, by, new_id)
            }
        };
        self.seen.insert(place, row);
        let Some(action) = action else { return Ok(false) };
        self.after.apply(action).map_err(|refusal| refusal.to_string())?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::datasets::labels_table;
    use crate::model::coding::labels_cell;
    use crate::model::ids::{CoderId, Stamp};
    use crate::model::sketch;

    /// Reads a table in and draws what is decided then, or lists the bad lines.
    fn check(table: &str, want: &str) {
        let drawn =
            "# Fire\nHe lit it. [allegation; ben: none] He denies it. [denial; ben: fact] It burnt. [fact]";
        let project = sketch::project(drawn, |_| "a1".to_owned(), |_| String::new()).unwrap();
        let table = labels_table::read(table.as_bytes()).unwrap();
        let by = By { coder: CoderId::new("ben"), at: Stamp(9) };
        let mut n = 0;
        let mut new_id = || {
            n += 1;
            RecordId::new(format!("d{n}"))
        };
        let said = match rows(&project, &table, &by, &mut new_id) {
            Err(bad) => bad.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
            Ok(planned) => {
                let after = planned.project.unwrap_or_else(|| project.clone());
                assert!(after.sheets().eq(project.sheets()));
                let decided = after.decisions().map(|d| {
                    format!(
                        "{} {} \"{}\" [{}]",
                        d.sentence,
                        labels_cell(&d.labels),
                        d.reason,
                        d.answers.join(", ")
                    )
                });
                let n = format!("{} changed, {} same", planned.n_changed, planned.n_same);
                [n].into_iter().chain(decided).collect::<Vec<_>>().join("\n")
            }
        };
        assert_eq!(said, want);
    }

    #[test]
    fn rows_become_decisions() {
        check(
            "article,sentence,labels,reason\na1,#1,none,he is not said to\na1,#2,denial,\na1,#3,,\na1,#3,unanswered,\n",
            "2 changed, 2 same\n0-10 none \"he is not said to\" [anna allegation, ben none]\n\
             11-24 denial \"\" [anna denial, ben fact]",
        );
    }

    #[test]
    fn all_rows_or_none() {
        check(
            "article,sentence,labels\na1,#1,fact\na1,#9,fact\na2,#1,fact\na1,#2,odd\na1,#2,fact|denial\na1,#1,denial\n",
            "line 3: no sentence `#9` in article `a1`, which has 3 sentences\nline 4: no article `a2` in this project\n\
             line 5: no label `odd` in this scheme, which has `allegation`, `denial`, `fact`\n\
             line 6: several labels in a scheme that takes one\nline 7: line 2 says something else of the same sentence",
        );
    }
}
