//! Handing out: the file that a coder gets, and what the project remembers of it.

use crate::model::action::Action;
use crate::model::audit::Problem;
use crate::model::coder::Coder;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::{Parts, Project};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Who gets which articles.
pub type Shares = [(Coder, Vec<ArticleId>)];

/// The project remembers who has which article: new coders come, and a sheet of each is assigned. `None` = it knew all that.
pub fn assign(project: &Project, shares: &Shares) -> Option<Action> {
    let mut actions = vec![];
    for (coder, articles) in shares {
        if project.coder(&coder.id).is_none() {
            actions.push(Action::Coder { id: coder.id.clone(), to: Some(coder.clone()) });
        }
        for article in articles {
            let sheet = assigned(project, coder, article);
            if project.sheet(&sheet.key).is_none_or(|was| **was != sheet) {
                actions.push(Action::Sheet { key: sheet.key.clone(), to: Some(Arc::new(sheet)) });
            }
        }
    }
    (!actions.is_empty()).then_some(Action::Many(actions))
}

/// These articles are no longer this coder's to do: an empty sheet goes, one with answers stays and is assigned no more. Sheets
/// of locked articles stay as they are. `None` = none of them was.
pub fn unassign(project: &Project, coder: &CoderId, articles: &[ArticleId]) -> Option<Action> {
    let mut actions = vec![];
    for article in articles.iter().collect::<BTreeSet<_>>() {
        let key = SheetKey { coder: coder.clone(), article: article.clone() };
        let is_open = project.article(article).is_some_and(|article| article.intact);
        let Some(sheet) = project.sheet(&key).filter(|sheet| sheet.assigned && is_open) else { continue };
        let to = Sheet { assigned: false, ..Sheet::clone(sheet) };
        let is_empty = to == Sheet::new(key.clone(), to.scheme);
        actions.push(Action::Sheet { key, to: (!is_empty).then(|| Arc::new(to)) });
    }
    (!actions.is_empty()).then_some(Action::Many(actions))
}

/// The file of one coder: these articles, the scheme, an assigned sheet for each, and nobody else's work. Which articles were
/// drawn for agreement stays at home too: who knows it reads those with more care; so does what else was in the files that
/// articles came from. Ids stay, so that
/// it can be put together again.
pub fn file_of(project: &Project, coder: &Coder, articles: &[ArticleId]) -> Result<Project, Problem> {
    let found = articles.iter().filter_map(|id| project.article(id));
    // What a newer version keeps beside the records may be anybody's: it stays at home.
    let parts = Parts {
        scheme: project.scheme().clone(),
        coders: vec![coder.clone()],
        articles: found.clone().cloned().collect(),
        sheets: found.map(|article| Arc::new(assigned(project, coder, &article.id))).collect(),
        never_end_after: project.never_end_after().to_vec(),
        handed_to: Some(coder.id.clone()),
        ..Parts::new(project.id().clone(), project.title())
    };
    Project::assemble(parts)
}

fn assigned(project: &Project, coder: &Coder, article: &ArticleId) -> Sheet {
    let key = SheetKey { coder: coder.id.clone(), article: article.clone() };
    let own = project.sheet(&key).map(|sheet| Sheet::clone(sheet));
    Sheet { assigned: true, ..own.unwrap_or_else(|| Sheet::new(key, project.scheme().version)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::action::Record;
    use crate::model::audit;
    use crate::model::draw::Draw;
    use crate::model::ids::RecordId;
    use crate::model::sketch;

    const DRAWN: &str = "# Fire
It burnt. [fact; ben: denial] It rained. [ben: fact]
# Flood
It rained. []
# Frost
It froze. []";

    /// Two of its articles are drawn for agreement.
    fn drawn() -> Project {
        let id = |text: &str| text.split([' ', '.']).nth(1).unwrap().to_owned();
        let mut project = sketch::project(DRAWN, id, |_| String::new()).unwrap();
        let draw = Draw {
            id: RecordId::new("r1"),
            by: None,
            at: None,
            seed: 7,
            size: 2,
            of: 3,
            strata: Box::default(),
            articles: ["burnt", "froze"].map(ArticleId::new).into(),
            extra: None,
        };
        project.apply(Action::Record(Record::Draw { id: draw.id.clone(), to: Some(draw) })).unwrap();
        project
    }

    #[test]
    fn a_coder_gets_the_articles_and_nobody_elses_work() {
        let project = drawn();
        let anna = project.coder(&CoderId::new("anna")).unwrap().clone();
        let ids: Vec<_> = ["burnt", "froze"].map(ArticleId::new).into();
        let file = file_of(&project, &anna, &ids).unwrap();
        assert_eq!(audit::audit(&file), []);
        assert_eq!(
            (file.id(), file.title(), file.scheme()),
            (project.id(), project.title(), project.scheme())
        );
        assert_eq!(file.handed_to(), Some(&anna.id));
        assert!(file.articles().map(|a| &a.id).eq(&ids));
        assert!(file.coders().eq([&anna]));
        assert_eq!(
            file.sheets().map(|sheet| (sheet.assigned, sheet.n_answered())).collect::<Vec<_>>(),
            [(true, 1), (true, 0)]
        );
        assert_eq!(file.draws().count(), 0, "a coder does not see which articles agreement is measured on");
        assert_eq!(file.n_comments() + file.links().count() + file.decisions().count(), 0);
    }

    #[test]
    fn the_project_remembers_who_has_which_and_undo_forgets() {
        let before = drawn();
        let new = Coder::new(CoderId::new("cleo-1234"), "Cleo");
        let ids: Vec<_> = ["rained", "froze"].map(ArticleId::new).into();
        let shares = [(new.clone(), ids)];
        let mut project = before.clone();
        let undo = project.apply(assign(&project, &shares).unwrap()).unwrap();
        assert_eq!(project.coder(&new.id), Some(&new));
        assert!(project.sheets_of(&new.id).all(|sheet| sheet.assigned && sheet.rows.is_empty()));
        assert_eq!(project.sheets_of(&new.id).count(), 2);
        assert_eq!(assign(&project, &shares), None, "handed out twice it is no other project");
        project.apply(undo).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn what_is_no_longer_assigned_keeps_its_answers() {
        let before = drawn();
        let ids: Vec<_> = ["burnt", "froze"].map(ArticleId::new).into();
        let anna = before.coder(&CoderId::new("anna")).unwrap().clone();
        let mut project = before.clone();
        assert_eq!(unassign(&project, &anna.id, &ids), None);
        project.apply(assign(&project, &[(anna.clone(), ids.clone())]).unwrap()).unwrap();
        let assigned = project.clone();
        let undo = project.apply(unassign(&project, &anna.id, &ids).unwrap()).unwrap();
        assert_eq!(project, before, "answers stay, and an empty sheet goes");
        project.apply(undo).unwrap();
        assert_eq!(project, assigned);
    }
}
