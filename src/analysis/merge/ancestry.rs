//! Whether one version of a project may have come from another: only then is the other a base of a merge.

use crate::model::coding::Coding;
use crate::model::project::Project;
use crate::model::sheet::Sheet;

/// Whether a version has everything that another one has, in that form or a later one.
///
/// What one of the two took away counts as not had: of a base that is none, work of the other side would be taken for taken
/// away and go, and that must not be.
pub fn has_all_of(later: &Project, base: &Project) -> bool {
    let articles = |article: &std::sync::Arc<crate::model::article::Article>| {
        later.article(&article.id).is_some_and(|now| now.text() == article.text())
    };
    later.id() == base.id()
        && base.articles().all(articles)
        && base.coders().all(|coder| later.coder(&coder.id).is_some())
        && base.scheme().labels.iter().all(|label| later.scheme().label(&label.id).is_some())
        && base.comments().all(|comment| later.comment(&comment.id).is_some())
        && base.decisions().all(|one| later.decisions().any(|now| now.id == one.id))
        && base.links().all(|one| later.links().any(|now| now.id == one.id))
        && base.sheets().all(|sheet| later.sheet(&sheet.key).is_some_and(|now| has_rows(later, now, sheet)))
}

fn has_rows(later: &Project, now: &Sheet, base: &Sheet) -> bool {
    let is_later =
        |now: &Coding, was: &Coding| now == was || now.at > was.at || now.at == was.at && now.at.is_some();
    // Where other sentences begin, rows went with them.
    let moved = |span| later.article(&now.key.article).is_none_or(|article| article.idx_of(span).is_none());
    now.rows == base.rows
        || base.rows.iter().all(|row| {
            now.coding(row.span).is_some_and(|coding| is_later(coding, &row.coding)) || moved(row.span)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{ArticleId, CoderId, LabelId, Stamp};
    use crate::model::plan::{self, Answer};
    use crate::model::sheet::SheetKey;
    use crate::model::sketch;

    fn answered(project: &Project, answers: &[(usize, &str, i64)]) -> Project {
        let mut project = project.clone();
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
        let drawn = sketch::project("One. [] Two. [] Three. []", |_| "a".to_owned(), |_| String::new());
        let bare = drawn.unwrap();
        let check = |base: &[(usize, &str, i64)], later: &[(usize, &str, i64)], want: bool| {
            let said = has_all_of(&answered(&bare, later), &answered(&bare, base));
            assert_eq!(said, want, "{base:?} {later:?}");
        };
        check(&[(0, "fact", 5)], &[(0, "fact", 5)], true);
        check(&[(0, "fact", 5)], &[(0, "fact", 5), (1, "denial", 6)], true);
        check(&[(0, "fact", 5)], &[(0, "denial", 9)], true);
        check(&[(0, "fact", 5)], &[(0, "denial", 4)], false);
        check(&[(0, "fact", 5), (1, "denial", 6)], &[(0, "fact", 5)], false);
        check(&[(0, "fact", 5)], &[(0, "fact", 5), (0, "", 7)], false);
    }
}
