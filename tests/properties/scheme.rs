//! Laws of the scheme: what is merged or retired loses no answer, says how many it touches, and comes back.

use crate::dice::Dice;
use crate::{config, run, scripts};
use allegata::model::audit::audit;
use allegata::model::codebook::adopt;
use allegata::model::coding::Row;
use allegata::model::ids::LabelId;
use allegata::model::project::Project;
use allegata::model::scheme::{Label, Scheme};
use allegata::model::unite::{Touches, as_merged, unite};
use proptest::prelude::*;
use std::sync::Arc;

/// Every row with its place: whose, where, and whether it is kept aside.
fn all_rows(project: &Project) -> Vec<(String, bool, Row)> {
    let of = |sheet: &Arc<allegata::model::sheet::Sheet>| {
        let key = sheet.key.to_string();
        let rows = sheet.rows.iter().map(|row| (false, row)).chain(sheet.kept.iter().map(|row| (true, row)));
        rows.map(|(is_kept, row)| (key.clone(), is_kept, row.clone())).collect::<Vec<_>>()
    };
    project.sheets().flat_map(of).collect()
}

fn label(project: &Project, dice: &mut Dice) -> Option<LabelId> {
    let labels = &project.scheme().labels;
    (!labels.is_empty()).then(|| labels[dice.roll(labels.len())].id.clone())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn merging_labels_loses_no_answer_and_comes_back(script in scripts(12), throws in prop::collection::vec(any::<u8>(), 8)) {
        let before = run(&script, |_, _, _, _| Ok(()))?;
        let dice = &mut Dice::new(&throws);
        let (Some(from), Some(into)) = (label(&before, dice), label(&before, dice)) else { return Ok(()) };
        let Some(united) = unite(&before, &from, &into) else {
            prop_assert_eq!(from, into);
            return Ok(());
        };
        let mut project = before.clone();
        let inverse = project.apply(united.action).unwrap();
        prop_assert_eq!(audit(&project), vec![]);
        prop_assert_eq!(Touches::of(&project, &from, None), Touches::default(), "nothing names it any more");
        let (was, is) = (all_rows(&before), all_rows(&project));
        prop_assert_eq!(was.len(), is.len());
        let mut n_changed = 0;
        for ((key, kept, was), (of, aside, is)) in was.iter().zip(&is) {
            prop_assert_eq!((key, kept, was.span), (of, aside, is.span));
            let mut same = is.coding.clone();
            same.labels = was.coding.labels.clone();
            prop_assert_eq!(&same, &was.coding, "nothing but its labels");
            n_changed += usize::from(was.coding.labels != is.coding.labels);
            if was.coding.has(&from) {
                prop_assert!(is.coding.has(&into));
            } else {
                prop_assert_eq!(&was.coding.labels, &is.coding.labels);
            }
        }
        prop_assert_eq!(n_changed, united.touches.n_codings + united.touches.n_kept);
        prop_assert_eq!(before.conflicts().len(), project.conflicts().len());
        // The file as it was, read under the scheme as it is, says the same.
        let (older, _) = as_merged(&before, project.scheme()).unwrap();
        prop_assert_eq!(all_rows(&older), all_rows(&project));
        project.apply(inverse).unwrap();
        prop_assert_eq!(project, before);
    }

    #[test]
    fn retiring_and_bringing_back_changes_no_answer(script in scripts(12), throws in prop::collection::vec(any::<u8>(), 8)) {
        let before = run(&script, |_, _, _, _| Ok(()))?;
        let Some(id) = label(&before, &mut Dice::new(&throws)) else { return Ok(()) };
        let mut to: Scheme = before.scheme().clone();
        let there = to.labels.iter_mut().find(|label| label.id == id).unwrap();
        let was_retired = there.retired;
        *there = Arc::new(Label { retired: !was_retired, keys: vec![], letter: String::new(), ..Label::clone(there) });
        let adopted = adopt(&before, &to).unwrap().unwrap();
        prop_assert_eq!(adopted.version, before.scheme().version + 1);
        let mut project = before.clone();
        let inverse = project.apply(adopted.action).unwrap();
        prop_assert_eq!(all_rows(&project), all_rows(&before));
        prop_assert_eq!(audit(&project), vec![]);
        let n = Touches::of(&before, &id, None).n_codings;
        let said: Vec<_> = adopted.retired.iter().map(|(_, n)| *n).collect();
        prop_assert_eq!(said, if was_retired { vec![] } else { vec![n] });
        project.apply(inverse).unwrap();
        prop_assert_eq!(project, before);
    }
}
