//! Answers that were to be looked at again and are right as they are: from then on they are of the scheme as it is.

use crate::model::action::Action;
use crate::model::coding::Coding;
use crate::model::ids::Span;
use crate::model::project::Project;
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An answer to be looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub key: SheetKey,
    pub span: Span,
    /// Whether it stands beside the article, since its sentence is no longer there.
    pub is_kept: bool,
}

/// What stands stays, and needs no further look; what is kept aside for a sentence that is gone goes. `None` = there is nothing.
pub fn right(project: &Project, places: &[Place]) -> Option<Action> {
    let mut sheets: BTreeMap<&SheetKey, Vec<&Place>> = BTreeMap::new();
    for place in places {
        sheets.entry(&place.key).or_default().push(place);
    }
    let version = project.scheme().version;
    let of = |(key, places): (_, Vec<&Place>)| of_sheet(project.sheet(key)?, &places, version);
    let mut actions: Vec<Action> = sheets.into_iter().filter_map(of).collect();
    match actions.len() {
        0 => None,
        1 => actions.pop(),
        _ => Some(Action::Many(actions)),
    }
}

fn of_sheet(sheet: &Sheet, places: &[&Place], version: u32) -> Option<Action> {
    let key = sheet.key.clone();
    // One answer alone is one row of the journal, and undo shows its place.
    if let [Place { span, is_kept: false, .. }] = places {
        let coding = sheet.coding(*span)?;
        let to = right_now(sheet, coding, version);
        return (to != *coding).then_some(Action::Coding { key, span: *span, to: Some(to) });
    }
    let mut now = sheet.clone();
    for place in places {
        if place.is_kept {
            now.kept.retain(|row| row.span != place.span);
        }
    }
    for row in &mut now.rows {
        if places.iter().any(|place| !place.is_kept && place.span == row.span) {
            row.coding = right_now(sheet, &row.coding, version);
        }
    }
    (now != *sheet).then(|| Action::Sheet { key, to: Some(Arc::new(now)) })
}

/// What was found right under a version of the scheme. An answer of a later one stays of that one.
fn right_now(sheet: &Sheet, coding: &Coding, version: u32) -> Coding {
    let scheme = if sheet.is_older(coding, version) { Some(version) } else { coding.scheme };
    sheet.in_place(Coding { check: false, scheme, ..coding.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{ArticleId, Stamp};
    use crate::model::{audit, plan, repair, sketch};

    /// A changed definition raises the version; whoever looks again says so, by hand or by answering.
    #[test]
    fn what_is_right_is_of_the_scheme_as_it_is() {
        let drawing = "One. [denial] Two. [fact] Three. [denial]";
        let mut project = sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        let key = project.sheets().next().unwrap().key.clone();
        let span = |project: &Project, nth: usize| project.sheet(&key).unwrap().rows[nth].span;
        let (one, three) = (span(&project, 0), span(&project, 2));
        let version = project.scheme().version + 1;
        let head = crate::model::action::SchemeHead {
            version,
            choose: project.scheme().choose.clone(),
            skip: project.scheme().skip.clone(),
            extra: project.scheme().extra.clone(),
        };
        project.apply(Action::Scheme { to: head }).unwrap();
        let older = |project: &Project| {
            let sheet = project.sheet(&key).unwrap();
            sheet.rows.iter().filter(|row| sheet.is_older(&row.coding, version)).count()
        };
        let before = project.clone();
        assert_eq!(older(&project), 3);
        let place = |span| Place { key: key.clone(), span, is_kept: false };
        let undo = project.apply(right(&project, &[place(one)]).unwrap()).unwrap();
        assert_eq!(older(&project), 2);
        assert_eq!(right(&project, &[place(one)]), None);
        project.apply(right(&project, &[place(one), place(three)]).unwrap()).unwrap();
        assert_eq!(older(&project), 1);
        assert_eq!(audit::audit(&project), []);
        let mut undone = before.clone();
        undone.apply(right(&before, &[place(one)]).unwrap()).unwrap();
        undone.apply(undo).unwrap();
        assert_eq!(undone, before);
        // The same answer given again is one of today.
        let mut again = before;
        let said = plan::Answer::Labels(vec![crate::model::ids::LabelId::new("denial")]);
        let action = plan::answer(&again, &key, one, &said, Stamp(9)).unwrap();
        again.apply(action).unwrap();
        assert_eq!(older(&again), 2);
        assert_eq!(plan::answer(&again, &key, one, &said, Stamp(10)), None);
        // A doubt is no answer.
        again.apply(plan::unsure(&again, &key, three, true).unwrap()).unwrap();
        assert_eq!(older(&again), 2);
    }

    #[test]
    fn right_answers_need_no_further_look_and_undo_asks_again() {
        let drawing = "One. [denial] Two three. [fact] Four. [none] Five. [fact]";
        let mut project = sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        let id = ArticleId::new("a");
        let span = |project: &Project, idx: usize| project.article(&id).unwrap().sentences()[idx].span;
        let at = span(&project, 1);
        project.apply(repair::split(&project, &id, at, at.start + 4).unwrap().unwrap().action).unwrap();
        let joined = repair::join(&project, &id, span(&project, 3)).unwrap().unwrap();
        project.apply(joined.action).unwrap();
        let key = project.sheets().next().unwrap().key.clone();
        let sheet = project.sheet(&key).unwrap();
        let rows = sheet.rows.iter().filter(|row| row.coding.check).map(|row| (row.span, false));
        let all: Vec<Place> = rows
            .chain(sheet.kept.iter().map(|row| (row.span, true)))
            .map(|(span, is_kept)| Place { key: key.clone(), span, is_kept })
            .collect();
        assert_eq!(all.len(), 4, "two parts, and two that were joined and differ");
        let check = |places: &[Place], n_left: usize| {
            let mut now = project.clone();
            let inverse = now.apply(right(&project, places).unwrap()).unwrap();
            let sheet = now.sheet(&key).unwrap();
            let n = sheet.rows.iter().filter(|row| row.coding.check).count() + sheet.kept.len();
            assert_eq!(n, n_left);
            assert_eq!(audit::audit(&now), []);
            assert_eq!(right(&now, places), None);
            now.apply(inverse).unwrap();
            assert_eq!(now, project);
        };
        check(&all, 0);
        check(&all[..1], 3);
        check(&all[2..3], 3);
    }
}
