//! Changing the codebook: another scheme taken over as one action. A label that somebody gave is never deleted.

use crate::model::action::{Action, SchemeHead};
use crate::model::audit;
use crate::model::becoming::becoming;
use crate::model::ids::{ArticleId, LabelId, RESERVED_LABELS, Span};
use crate::model::project::Project;
use crate::model::scheme::{COLOURS, LINES, Label, Scheme};
use crate::model::unite;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Another scheme for a project, and what that does.
#[derive(Debug, Clone, PartialEq)]
pub struct Adopted {
    /// All of it: done, undone and journalled as one.
    pub action: Action,
    /// Labels that come, that are worded or drawn otherwise, and that go since nobody gave them.
    pub added: Vec<LabelId>,
    pub changed: Vec<LabelId>,
    pub removed: Vec<LabelId>,
    /// Labels no longer offered, with how many answers have them.
    pub retired: Vec<(LabelId, usize)>,
    /// Labels that became another one, with how many answers have them.
    pub merged: Vec<(LabelId, LabelId, usize)>,
    /// The version that the scheme has then; it rises when what a label means does.
    pub version: u32,
}

/// Sentences with several labels, where a scheme would take one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several(pub Vec<(ArticleId, Span)>);

/// Takes over another scheme: its labels in its order, whether it takes several, which kinds it passes over. Labels that it lacks go;
/// those that are given somewhere are retired instead, and what was merged there is merged here. `None` = it is the same scheme.
pub fn adopt(project: &Project, to: &Scheme) -> Result<Option<Adopted>, Several> {
    let Some((merged, renames)) = unite::as_merged(project, to) else {
        return adopt_labels(project, to, project.scheme());
    };
    let Some(first) = becoming(project, &merged) else { return adopt_labels(project, to, project.scheme()) };
    let n = |(from, into): (LabelId, LabelId)| {
        let n = n_given(project, &from);
        (from, into, n)
    };
    let became = renames.into_iter().map(n).collect();
    Ok(adopt_labels(&merged, to, project.scheme())?.map(|adopted| {
        let action = Action::Many(vec![first, adopted.action]);
        Adopted { action, merged: became, ..adopted }
    }))
}

/// `before` is the scheme that the new one is held against.
fn adopt_labels(project: &Project, to: &Scheme, before: &Scheme) -> Result<Option<Adopted>, Several> {
    let was = project.scheme();
    if was.takes_several() && !to.takes_several() {
        let several = with_several(project);
        if !several.is_empty() {
            return Err(Several(several));
        }
    }
    let mut labels: Vec<Arc<Label>> = to.labels.iter().map(|label| with_extra_of(was, label)).collect();
    let missing = was.labels.iter().filter(|label| to.label(&label.id).is_none());
    let (stay, go): (Vec<_>, Vec<_>) = missing.partition(|label| audit::names_label(project, &label.id));
    labels.extend(stay.iter().map(|label| Arc::new(Label { retired: true, ..Label::clone(label) })));
    if before == was && labels == was.labels && to.choose == was.choose && to.skip == was.skip {
        return Ok(None);
    }
    let now = Scheme {
        version: was.version,
        choose: to.choose.clone(),
        skip: to.skip.clone(),
        labels,
        extra: was.extra.clone(),
    };
    let version = if meaning(before) == meaning(&now) { was.version } else { was.version.saturating_add(1) };
    let head =
        SchemeHead { version, choose: now.choose.clone(), skip: now.skip.clone(), extra: now.extra.clone() };
    let mut actions = vec![Action::Scheme { to: head }];
    actions.extend(go.iter().map(|label| Action::Label { id: label.id.clone(), to: None }));
    actions.extend(relabelled(was, &now));
    let is_new = |label: &&Arc<Label>| was.label(&label.id).is_none();
    let is_other = |label: &&Arc<Label>| was.label(&label.id).is_some_and(|other| other != *label);
    let ids = |labels: Vec<&Arc<Label>>| labels.iter().map(|label| label.id.clone()).collect::<Vec<_>>();
    let is_put_away =
        |label: &&Arc<Label>| label.retired && was.label(&label.id).is_some_and(|other| !other.retired);
    let retired = now.labels.iter().filter(is_put_away);
    Ok(Some(Adopted {
        action: Action::Many(actions),
        added: ids(now.labels.iter().filter(is_new).collect()),
        changed: ids(now.labels.iter().filter(is_other).filter(|label| !is_put_away(label)).collect()),
        removed: ids(go),
        retired: retired.map(|label| (label.id.clone(), n_given(project, &label.id))).collect(),
        merged: vec![],
        version,
    }))
}

/// What makes two codebooks differ for a coder: not names, colours, keys, and the order of labels.
fn meaning(scheme: &Scheme) -> (&str, BTreeMap<&LabelId, Label>) {
    let labels = scheme.labels.iter().map(|label| {
        let says_alone = Label {
            name: String::new(),
            keys: vec![],
            letter: String::new(),
            colour: String::new(),
            line: String::new(),
            was: vec![],
            ..Label::clone(label)
        };
        (&label.id, says_alone)
    });
    (&scheme.choose, labels.collect())
}

/// A label with the fields of a newer version that its like has here, and with what was merged into that.
fn with_extra_of(was: &Scheme, label: &Arc<Label>) -> Arc<Label> {
    let Some(here) = was.label(&label.id) else { return Arc::clone(label) };
    let mut now = Arc::clone(label);
    if label.extra.is_none() && here.extra.is_some() {
        Arc::make_mut(&mut now).extra.clone_from(&here.extra);
    }
    if here.was.iter().any(|id| !label.was.contains(id)) {
        let now = Arc::make_mut(&mut now);
        let theirs = std::mem::replace(&mut now.was, here.was.clone());
        unite::remember(now, &theirs);
    }
    now
}

/// A label that a scheme does not have yet: an id of its name, and a letter, keys, a colour and a line that are free. `is_own`
/// says which keys are the program's.
pub fn new_label(scheme: &Scheme, name: &str, is_own: fn(&str) -> bool) -> Label {
    let labels = || scheme.labels.iter().filter(|label| !label.retired);
    let is_key = |key: &String| labels().any(|label| label.keys.contains(key)) || is_own(key);
    let is_letter = |letter: &String| labels().any(|label| label.letter == *letter);
    let of_name = name.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_uppercase().collect::<String>());
    let one = of_name.filter(|letter| letter.chars().count() == 1).chain(('A'..='Z').map(String::from));
    let two = ('A'..='Z').flat_map(|c| (2..=9).map(move |n| format!("{c}{n}")));
    let letter = one.chain(two).find(|letter| !is_letter(letter)).unwrap_or_default();
    let digit = (1..=9).map(|n: u8| n.to_string()).find(|key| !is_key(key));
    let typed =
        Some(letter.clone()).filter(|key| key.chars().all(|c| c.is_ascii_uppercase()) && !is_key(key));
    let typed = typed.filter(|key| key.len() == 1);
    let is_drawn = |colour: &str, line: &str| {
        labels()
            .any(|label| label.colour.eq_ignore_ascii_case(colour) && (line.is_empty() || label.line == line))
    };
    let all = LINES.iter().flat_map(|line| COLOURS.iter().map(move |colour| (*colour, *line)));
    let free = COLOURS.iter().map(|colour| (*colour, "")).find(|(colour, line)| !is_drawn(colour, line));
    let drawn = free.or_else(|| all.into_iter().find(|(colour, line)| !is_drawn(colour, line)));
    let (colour, line) = drawn.unwrap_or((COLOURS[0], LINES[0]));
    Label {
        id: free_id(scheme, name),
        name: name.to_owned(),
        keys: digit.into_iter().chain(typed).collect(),
        letter,
        colour: colour.to_owned(),
        line: if line.is_empty() { LINES[0] } else { line }.to_owned(),
        says: String::new(),
        is: vec![],
        is_not: vec![],
        doubt: None,
        retired: false,
        was: vec![],
        extra: None,
    }
}

/// An id of a name that no label has or had.
fn free_id(scheme: &Scheme, name: &str) -> LabelId {
    let slug = slug(name);
    let is_taken = |id: &LabelId| {
        RESERVED_LABELS.contains(&id.as_str()) || scheme.label(id).is_some() || scheme.merged(id).is_some()
    };
    let first = LabelId::new(slug.as_str());
    let numbered = (2_u32..).map(|n| LabelId::new(format!("{slug}-{n}")));
    [first].into_iter().chain(numbered).find(|id| !is_taken(id)).unwrap_or_else(|| LabelId::new(slug))
}

/// Letters and digits of a name as an id takes them, joined by dashes; `label` where none is left.
fn slug(name: &str) -> String {
    const MOST: usize = 48;
    let mut slug = String::new();
    for c in name.to_lowercase().chars().take(MOST) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "label".to_owned() } else { slug.to_owned() }
}

/// The steps from one list of labels to another. Those that change let go of their keys and letters first: two may swap them.
fn relabelled(was: &Scheme, now: &Scheme) -> Vec<Action> {
    let mut there: Vec<Arc<Label>> =
        was.labels.iter().filter(|label| now.label(&label.id).is_some()).cloned().collect();
    let set =
        |place: usize, label: Arc<Label>| Action::Label { id: label.id.clone(), to: Some((place, label)) };
    let mut steps = vec![];
    for (place, label) in there.iter_mut().enumerate() {
        if now.label(&label.id) != Some(label) {
            *label = Arc::new(Label { keys: vec![], letter: String::new(), ..Label::clone(label) });
            steps.push(set(place, Arc::clone(label)));
        }
    }
    for (place, label) in now.labels.iter().enumerate() {
        if there.get(place) != Some(label) {
            there.retain(|other| other.id != label.id);
            there.insert(place.min(there.len()), Arc::clone(label));
            steps.push(set(place, Arc::clone(label)));
        }
    }
    steps
}

fn with_several(project: &Project) -> Vec<(ArticleId, Span)> {
    let rows = project.sheets().flat_map(|sheet| {
        let rows = sheet.rows.iter().filter(|row| row.coding.labels.len() > 1);
        rows.map(|row| (sheet.key.article.clone(), row.span))
    });
    let decided = project.decisions().filter(|decision| decision.labels.len() > 1);
    let decided = decided.map(|decision| (decision.article.clone(), decision.sentence));
    let mut several: Vec<_> = rows.chain(decided).collect();
    several.sort();
    several.dedup();
    several
}

fn n_given(project: &Project, label: &LabelId) -> usize {
    project.sheets().map(|sheet| sheet.rows.iter().filter(|row| row.coding.has(label)).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    const DRAWN: &str = "He did. [allegation] She says no. [denial; ben: allegation] It rained. [none]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |_| "a".to_owned(), |_| String::new()).unwrap()
    }

    fn edited(edit: impl FnOnce(&mut Vec<Label>)) -> Scheme {
        let was = Scheme::allegata();
        let mut labels = was.labels.iter().map(|label| Label::clone(label)).collect();
        edit(&mut labels);
        Scheme { labels: labels.into_iter().map(Arc::new).collect(), ..was }
    }

    /// Takes it over and back, and says what came of it.
    fn taken(to: &Scheme) -> String {
        let mut project = drawn();
        let before = project.clone();
        let Some(adopted) = adopt(&project, to).unwrap() else { return "the same".to_owned() };
        let inverse = project.apply(adopted.action).unwrap();
        assert_eq!(audit::audit(&project), []);
        assert_eq!(adopt(&project, project.scheme()).unwrap(), None);
        let labels = project.scheme().labels.iter().map(|label| {
            let Label { id, keys, retired, .. } = &**label;
            format!("{id} {}{}", keys.join(""), if *retired { " retired" } else { "" })
        });
        let said = format!("{} | version {}", labels.collect::<Vec<_>>().join(", "), adopted.version);
        project.apply(inverse).unwrap();
        assert_eq!(project, before);
        said
    }

    #[test]
    fn keys_swap_and_the_version_stays() {
        assert_eq!(taken(&Scheme::allegata()), "the same");
        let swapped = edited(|labels| {
            labels[0].keys = vec!["2".to_owned()];
            labels[1].keys = vec!["1".to_owned(), "A".to_owned()];
            "red".clone_into(&mut labels[2].colour);
            labels.swap(0, 2);
        });
        assert_eq!(taken(&swapped), "fact 3F, denial 1A, allegation 2 | version 1");
    }

    #[test]
    fn a_label_in_use_is_retired_and_one_that_nobody_gave_goes() {
        let fewer = edited(|labels| {
            labels.remove(2);
            labels.remove(0);
        });
        assert_eq!(taken(&fewer), "denial 2D, allegation 1A retired | version 2");
        let adopted = adopt(&drawn(), &fewer).unwrap().unwrap();
        assert_eq!(adopted.retired, [(LabelId::new("allegation"), 2)]);
        assert_eq!(adopted.removed, [LabelId::new("fact")]);
    }

    #[test]
    fn what_a_label_means_raises_the_version() {
        let check = |edit: fn(&mut Vec<Label>), want: u32| {
            let adopted = adopt(&drawn(), &edited(edit)).unwrap().unwrap();
            assert_eq!(adopted.version, want);
        };
        check(|labels| "Charge".clone_into(&mut labels[0].name), 1);
        check(|labels| "Other words.".clone_into(&mut labels[0].says), 2);
        check(|labels| labels[0].is_not.push("“He is late.”".to_owned()), 2);
        check(|labels| labels[1].doubt = None, 2);
        check(
            |labels| {
                labels.push(Label {
                    id: LabelId::new("x"),
                    keys: vec![],
                    letter: String::new(),
                    ..labels[0].clone()
                });
            },
            2,
        );
    }

    #[test]
    fn one_label_a_sentence_is_refused_while_a_sentence_has_two() {
        let several = Scheme { choose: "several".to_owned(), ..Scheme::allegata() };
        let mut project = drawn();
        let adopted = adopt(&project, &several).unwrap().unwrap();
        assert_eq!(adopted.version, 2);
        project.apply(adopted.action).unwrap();
        assert!(adopt(&project, &Scheme::allegata()).unwrap().is_some());
        let sheet = project.sheets().next().unwrap();
        let (key, span) = (sheet.key.clone(), sheet.rows[0].span);
        let both = crate::model::plan::Answer::Labels(vec![LabelId::new("denial"), LabelId::new("fact")]);
        let answer = crate::model::plan::answer(&project, &key, span, &both, crate::model::ids::Stamp(1));
        project.apply(answer.unwrap()).unwrap();
        let article = key.article;
        assert_eq!(adopt(&project, &Scheme::allegata()), Err(Several(vec![(article, span)])));
    }
}
