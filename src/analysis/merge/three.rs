//! The rule of a three-way merge, for one value, for a list of texts, and for fields that this version does not know.

use crate::analysis::merge::account::Fate;
use crate::model::ids::{Extra, Kept};
use std::collections::BTreeSet;

/// Whose value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// Both say the same.
    Same,
    Ours,
    Theirs,
    /// Both changed it differently.
    Open,
}

/// What one side changed is taken.
pub(super) fn pick<T: PartialEq + ?Sized>(base: &T, ours: &T, theirs: &T) -> Pick {
    if ours == theirs {
        Pick::Same
    } else if theirs == base {
        Pick::Ours
    } else if ours == base {
        Pick::Theirs
    } else {
        Pick::Open
    }
}

/// Which sides changed a value.
pub(super) fn fate<T: PartialEq + ?Sized>(base: &T, ours: &T, theirs: &T) -> Fate {
    match pick(base, ours, theirs) {
        Pick::Same if ours == base => Fate::Unchanged,
        Pick::Same => Fate::Alike,
        Pick::Ours => Fate::Ours,
        Pick::Theirs => Fate::Theirs,
        Pick::Open => Fate::Conflict,
    }
}

/// The value that stands; ours where both changed it.
pub(super) fn value<T: PartialEq + Clone>(base: &T, ours: &T, theirs: &T) -> (T, Pick) {
    let pick = pick(base, ours, theirs);
    (if pick == Pick::Theirs { theirs.clone() } else { ours.clone() }, pick)
}

/// A list of texts as a set: what one side added or took away is so. Never open.
pub(super) fn texts(base: &[String], ours: &[String], theirs: &[String]) -> Vec<String> {
    match pick(base, ours, theirs) {
        Pick::Same | Pick::Ours => return ours.to_vec(),
        Pick::Theirs => return theirs.to_vec(),
        Pick::Open => {}
    }
    let stays = |text: &&String| ours.contains(text) && theirs.contains(text);
    let new: BTreeSet<&String> = ours.iter().chain(theirs).filter(|text| !base.contains(text)).collect();
    base.iter().filter(stays).chain(new).cloned().collect()
}

/// A field that both changed differently, with the three sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenField {
    pub name: String,
    pub base: Option<String>,
    pub ours: Option<String>,
    pub theirs: Option<String>,
}

/// Fields that this version does not know, name by name as texts; ours stays where both changed one.
pub(super) fn extra(base: &Kept, ours: &Kept, theirs: &Kept) -> (Kept, Vec<OpenField>) {
    match pick(base, ours, theirs) {
        Pick::Same | Pick::Ours => return (ours.clone(), vec![]),
        Pick::Theirs => return (theirs.clone(), vec![]),
        Pick::Open => {}
    }
    let names = |kept: &Kept| -> Vec<String> {
        kept.iter().flat_map(|kept| kept.fields()).map(|(name, _)| name.to_owned()).collect()
    };
    let (of_base, of_ours, of_theirs) = (names(base), names(ours), names(theirs));
    let new: BTreeSet<&String> =
        of_ours.iter().chain(&of_theirs).filter(|name| !of_base.contains(name)).collect();
    let (mut kept, mut open) = (None::<Box<Extra>>, vec![]);
    for name in of_base.iter().chain(new) {
        let [was, our, their] = [base, ours, theirs].map(|kept| source_of(kept, name));
        let (source, pick) = value(&was, &our, &their);
        if pick == Pick::Open {
            let [base, ours, theirs] = [was, our, their].map(|source| source.map(str::to_owned));
            open.push(OpenField { name: name.clone(), base, ours, theirs });
        }
        if let Some(source) = source {
            kept.get_or_insert_default().push(name, source);
        }
    }
    (kept, open)
}

fn source_of<'a>(kept: &'a Kept, name: &str) -> Option<&'a str> {
    kept.as_ref()?.get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_texts_merge_as_sets() {
        let check = |base: &str, ours: &str, theirs: &str, want: &str| {
            let [base, ours, theirs] =
                [base, ours, theirs].map(|t| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(texts(&base, &ours, &theirs).join(" "), want);
            assert_eq!(texts(&base, &theirs, &ours).join(" "), want);
        };
        check("b a", "b a", "a c b", "a c b");
        check("a b", "a b d", "c a", "a c d");
        check("", "x", "y", "x y");
        check("a", "", "a b", "b");
    }

    #[test]
    fn unknown_fields_merge_by_name() {
        let kept = |text: &str| -> Kept {
            let fields: Vec<_> = text.split_whitespace().filter_map(|f| f.split_once(':')).collect();
            (!fields.is_empty()).then(|| Box::new(fields.into_iter().collect()))
        };
        let check = |base: &str, ours: &str, theirs: &str, want: &str, want_open: &str| {
            let (merged, open) = extra(&kept(base), &kept(ours), &kept(theirs));
            assert_eq!(merged, kept(want));
            assert_eq!(open.iter().map(|open| open.name.as_str()).collect::<Vec<_>>().join(" "), want_open);
        };
        check("a:1", "a:2", "a:1 b:3", "a:2 b:3", "");
        check("a:1", "a:2", "a:3", "a:2", "a");
        check("a:1", "", "a:3", "", "a");
        check("a:1 b:1", "b:1", "a:1 b:1", "b:1", "");
        check("", "b:1", "a:1", "a:1 b:1", "");
    }
}
