//! Whether one version of a project may have come from another: only then is the other a base of a merge.
//!
//! Nobody wrote it down, and of a wrong base work of one side would go in silence. So it has to be seen in what both hold.

use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, Span, Stamp};
use crate::model::project::Project;
use crate::model::sheet::Sheet;

/// Whether a version has everything that a base has, each row as it was there or in a form that came from it.
///
/// What was taken away since counts as not had. A row that is another one came from the base's if that is from before the last
/// row that both have: then the way of the two had not parted yet.
pub fn has_all_of(later: &Project, base: &Project) -> bool {
    let last = last_in_common(later, base);
    later.id() == base.id()
        && base
            .articles()
            .all(|article| later.article(&article.id).is_some_and(|now| now.text() == article.text()))
        && base.coders().all(|coder| later.coder(&coder.id).is_some())
        && base.scheme().labels.iter().all(|label| later.scheme().label(&label.id).is_some())
        && base.comments().all(|comment| later.comment(&comment.id).is_some())
        && base.decisions().all(|one| later.decisions().any(|now| now.id == one.id))
        && base.draws().all(|one| later.draw(&one.id).is_some())
        && base.imports().all(|one| later.import(&one.id).is_some())
        && base.links().all(|one| later.links().any(|now| now.id == one.id))
        && base
            .sheets()
            .all(|sheet| later.sheet(&sheet.key).is_some_and(|now| has_rows(later, (now, sheet), last)))
}

/// Whether the other side parted from ours after this moment, as a row that both have shows.
pub fn parted_after(ours: &Project, theirs: &Project, at: Stamp) -> bool {
    last_in_common(ours, theirs).is_some_and(|last| last >= at)
}

/// Whether all that has no time in it is the same in both: codebook, articles, coders, title.
pub fn is_worded_alike(base: &Project, later: &Project) -> bool {
    let head = |project: &Project| {
        (project.title().to_owned(), project.never_end_after().to_vec(), project.extra().clone())
    };
    base.scheme() == later.scheme()
        && head(base) == head(later)
        && base.articles().all(|article| later.article(&article.id) == Some(article))
        && base.coders().all(|coder| later.coder(&coder.id) == Some(coder))
        && base.comments().all(|comment| later.comment(&comment.id) == Some(comment))
        && base.decisions().all(|decision| later.decisions().any(|now| now == decision))
        && base.draws().all(|draw| later.draw(&draw.id) == Some(draw))
        && base.imports().all(|import| later.import(&import.id) == Some(import))
        && base.sheets().all(|sheet| {
            // What is done, given or made anew since has gone on.
            let went_on = |now: &Sheet| {
                now.done >= sheet.done && now.assigned >= sheet.assigned && now.scheme >= sheet.scheme
            };
            later.sheet(&sheet.key).is_some_and(|now| went_on(now))
        })
}

/// When the last row was said that stands alike in both.
fn last_in_common(one: &Project, other: &Project) -> Option<Stamp> {
    let same = one.sheets().filter_map(|sheet| Some((sheet, other.sheet(&sheet.key)?)));
    let rows = same.flat_map(|(sheet, there)| {
        sheet
            .rows
            .iter()
            .filter(|row| there.coding(row.span) == Some(&row.coding))
            .filter_map(|row| row.coding.at)
    });
    rows.max()
}

fn has_rows(later: &Project, (now, base): (&Sheet, &Sheet), last: Option<Stamp>) -> bool {
    // Where other sentences begin, rows went with them.
    let moved = |article: &ArticleId, span: Span| {
        later.article(article).is_none_or(|article| article.idx_of(span).is_none())
    };
    let came_from =
        |now: &Coding, was: &Coding| now == was || was.at.is_some() && was.at <= last && now.at > was.at;
    now.rows == base.rows
        || base.rows.iter().all(|row| {
            now.coding(row.span).is_some_and(|coding| came_from(coding, &row.coding))
                || moved(&now.key.article, row.span)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{CoderId, LabelId};
    use crate::model::plan::{self, Answer};
    use crate::model::sheet::SheetKey;
    use crate::model::sketch;

    type Answers<'a> = &'a [(usize, &'a str, i64)];

    fn answered(answers: Answers<'_>) -> Project {
        let drawn = sketch::project(
            "One. [] Two. [] Three. [] Four. [\"who?\"]",
            |_| "a".to_owned(),
            |_| String::new(),
        );
        let mut project = drawn.unwrap();
        let key = SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a") };
        for (idx, label, at) in answers {
            let span = project.articles().next().unwrap().sentences()[*idx].span;
            let labels = Answer::Labels(vec![LabelId::new(*label)]);
            let answer = if label.is_empty() { Answer::Unanswered } else { labels };
            let action = plan::answer(&project, &key, span, &answer, Stamp(*at)).unwrap();
            project.apply(action).unwrap();
        }
        project
    }

    #[test]
    fn a_version_that_lacks_something_does_not_come_from_the_other() {
        let check = |base: Answers<'_>, later: Answers<'_>, want: bool| {
            assert_eq!(has_all_of(&answered(later), &answered(base)), want, "{base:?} {later:?}");
        };
        check(&[], &[(0, "fact", 5)], true);
        check(&[(0, "fact", 5)], &[(0, "fact", 5)], true);
        check(&[(0, "fact", 5)], &[(0, "fact", 5), (1, "denial", 6)], true);
        check(&[(0, "fact", 5), (1, "denial", 6)], &[(0, "denial", 9), (1, "denial", 6)], true);
        // Answered by both after they parted: the base is none, however late the other answer is.
        check(&[(0, "fact", 5)], &[(0, "denial", 9)], false);
        check(&[(1, "denial", 3), (0, "fact", 5)], &[(1, "denial", 3), (0, "denial", 9)], false);
        check(&[(0, "fact", 5)], &[(0, "denial", 4)], false);
        check(&[(0, "fact", 5), (1, "denial", 6)], &[(0, "fact", 5)], false);
        check(&[(0, "fact", 5)], &[(0, "fact", 5), (0, "", 7)], false);
    }

    #[test]
    fn a_row_that_both_have_says_when_they_parted() {
        let (ours, theirs) = (answered(&[(0, "fact", 5), (1, "fact", 8)]), answered(&[(0, "fact", 5)]));
        assert!(parted_after(&ours, &theirs, Stamp(5)));
        assert!(!parted_after(&ours, &theirs, Stamp(6)));
        assert!(!parted_after(&answered(&[]), &theirs, Stamp(0)));
    }
}
