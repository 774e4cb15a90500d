//! Merging what one coder said of one sentence, field by field.

use crate::analysis::merge::account::Fate;
use crate::analysis::merge::three::{self, Pick};
use crate::model::coding::Coding;
use crate::model::conflict::{Conflict, Value, What};
use crate::model::ids::{LabelId, Span, Stamp};
use crate::model::sheet::SheetKey;
use std::sync::Arc;

/// One row of three versions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row3<'a> {
    pub key: &'a SheetKey,
    pub span: Span,
    pub base: Option<&'a Coding>,
    pub ours: Option<&'a Coding>,
    pub theirs: Option<&'a Coding>,
}

/// The answer of a row, with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
struct Answer {
    answered: bool,
    labels: Box<[LabelId]>,
    at: Option<Stamp>,
    check: bool,
    by: Option<Arc<str>>,
    scheme: Option<u32>,
}

/// The merged row, what is open in it, and which sides changed it.
pub(super) fn merge(row: Row3<'_>) -> (Option<Coding>, Vec<Conflict>, Fate) {
    match three::pick(&row.base, &row.ours, &row.theirs) {
        Pick::Same => return (row.ours.cloned(), vec![], three::fate(&row.base, &row.ours, &row.theirs)),
        Pick::Ours => return (row.ours.cloned(), vec![], Fate::Ours),
        Pick::Theirs => return (row.theirs.cloned(), vec![], Fate::Theirs),
        Pick::Open => {}
    }
    let [base, ours, theirs] = [row.base, row.ours, row.theirs].map(|row| row.cloned().unwrap_or_default());
    let mut open = vec![];
    let (answer, pick) = answer(&base, &ours, &theirs);
    if pick == Pick::Open {
        open.push(conflict(row, What::Coding, None));
    }
    let (note, pick_note) = three::value(&base.note, &ours.note, &theirs.note);
    if pick_note == Pick::Open {
        open.push(conflict(row, What::Note, None));
    }
    let (unsure, _) = three::value(&base.unsure, &ours.unsure, &theirs.unsure);
    let (extra, fields) = three::extra(&base.extra, &ours.extra, &theirs.extra);
    for field in fields {
        let value = |source: Option<String>| source.map(Value::source);
        let mut conflict = conflict(row, What::Coding, Some(field.name));
        (conflict.base, conflict.ours, conflict.theirs) =
            (value(field.base), value(field.ours), value(field.theirs));
        open.push(conflict);
    }
    let Answer { answered, labels, at, check, by, scheme } = answer;
    let coding = Coding { answered, labels, unsure, note, at, check, by, scheme, extra };
    let is_alike = open.is_empty() && says_same(&ours, &theirs);
    let fate = match (open.is_empty(), is_alike) {
        (false, _) => Fate::Conflict,
        (true, true) => Fate::Alike,
        (true, false) => Fate::Both,
    };
    ((!coding.is_blank()).then_some(coding), open, fate)
}

/// Whether two answers are the same, whenever they were given.
pub(super) fn same_answer(a: &Coding, b: &Coding) -> bool {
    let same_labels =
        a.labels.len() == b.labels.len() && a.labels.iter().all(|label| b.labels.contains(label));
    a.answered == b.answered && same_labels
}

fn says_same(a: &Coding, b: &Coding) -> bool {
    same_answer(a, b) && a.unsure == b.unsure && a.note == b.note && a.extra == b.extra
}

/// Equal answers given at two times are equal: the later time stands.
fn answer(base: &Coding, ours: &Coding, theirs: &Coding) -> (Answer, Pick) {
    let [was, our, their] = [base, ours, theirs].map(Answer::of);
    let (answer, pick) = three::value(&was, &our, &their);
    if pick != Pick::Open || !same_answer(ours, theirs) {
        return (answer, pick);
    }
    // What is confirmed counts more than what is to be checked or of an earlier version, and what is by hand more than what is not.
    let weight = |a: &Answer| (a.at, a.scheme, !a.check, a.by.is_none(), a.by.clone(), a.labels.clone());
    (if weight(&their) > weight(&our) { their } else { our }, Pick::Same)
}

impl Answer {
    fn of(coding: &Coding) -> Self {
        Self {
            answered: coding.answered,
            labels: coding.labels.clone(),
            at: coding.at,
            check: coding.check,
            by: coding.by.clone(),
            scheme: coding.scheme,
        }
    }
}

fn conflict(row: Row3<'_>, what: What, field: Option<String>) -> Conflict {
    let side = |coding: Option<&Coding>| coding.cloned().map(Value::Coding);
    let latest = row.theirs.and_then(|theirs| theirs.at);
    Conflict {
        field,
        coder: Some(row.key.coder.clone()),
        article: Some(row.key.article.clone()),
        sentence: Some(row.span),
        base: side(row.base),
        ours: side(row.ours),
        theirs: side(row.theirs),
        who: Some(row.key.coder.to_string()),
        at: latest,
        ..Conflict::new(what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{ArticleId, CoderId};

    /// `fact@5 ? "note"`; a dash is no row.
    fn drawn(text: &str) -> Option<Coding> {
        let (said, note) = match text.split_once('"') {
            Some((said, note)) => (said, Some(note.trim_end_matches('"').into())),
            None => (text, None),
        };
        let (mut coding, mut is_row) = (Coding { note, ..Coding::default() }, false);
        for word in said.split_whitespace() {
            is_row |= word != "-";
            match word.split_once('@') {
                Some((label, at)) => {
                    coding.answered = true;
                    coding.at = at.parse().ok().map(Stamp);
                    let labels = label.split('|').filter(|label| *label != "none");
                    coding.labels = labels.map(LabelId::new).collect();
                }
                None => coding.unsure |= word == "?",
            }
        }
        (is_row || coding.note.is_some()).then_some(coding)
    }

    fn shown(coding: Option<&Coding>) -> String {
        let Some(coding) = coding else { return "-".to_owned() };
        let mut shown = String::new();
        if coding.answered {
            shown = format!("{}@{}", coding.labels_cell(), coding.at.map_or(0, |at| at.0));
        }
        if coding.unsure {
            shown.push_str(" ?");
        }
        if let Some(note) = &coding.note {
            shown = format!("{shown} {note:?}");
        }
        shown.trim().to_owned()
    }

    #[test]
    fn rows_merge_field_by_field() {
        let key = SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a") };
        let run = |base: &str, ours: &str, theirs: &str| {
            let [base, ours, theirs] = [base, ours, theirs].map(drawn);
            let (base, ours, theirs) = (base.as_ref(), ours.as_ref(), theirs.as_ref());
            let (row, open, fate) = merge(Row3 { key: &key, span: Span::new(0, 1), base, ours, theirs });
            let open: Vec<_> = open.iter().map(|c| c.what.word().to_owned()).collect();
            (shown(row.as_ref()), open.join(" "), fate)
        };
        let check = |base: &str, ours: &str, theirs: &str, want: &str, want_open: &str, want_fate: Fate| {
            assert_eq!(run(base, ours, theirs), (want.to_owned(), want_open.to_owned(), want_fate));
        };
        check("-", "fact@1", "-", "fact@1", "", Fate::Ours);
        check("fact@1", "fact@1", "denial@2", "denial@2", "", Fate::Theirs);
        check("fact@1", "-", "fact@1", "-", "", Fate::Ours);
        check("-", "fact@1", "fact@3", "fact@3", "", Fate::Alike);
        check("fact@1", "denial@2", "denial@2", "denial@2", "", Fate::Alike);
        check("fact@1", "denial@2", "none@3", "denial@2", "coding", Fate::Conflict);
        check("fact@1", "-", "none@3", "-", "coding", Fate::Conflict);
        check("fact@1", "fact@1 ?", "denial@2", "denial@2 ?", "", Fate::Both);
        check("fact@1", "fact@1 \"a\"", "fact@1 ?", "fact@1 ? \"a\"", "", Fate::Both);
        check("fact@1", "fact@1 \"a\"", "fact@1 \"b\"", "fact@1 \"a\"", "note", Fate::Conflict);
        check("fact@1 \"a\"", "denial@1", "none@1 \"b\"", "denial@1", "coding note", Fate::Conflict);
        check("-", "fact|denial@1", "denial|fact@1", "fact|denial@1", "", Fate::Alike);
        check("-", "denial|fact@1", "fact|denial@1", "fact|denial@1", "", Fate::Alike);
        check("- \"a\"", "fact@1 \"a\"", "-", "fact@1", "", Fate::Both);
    }
}
