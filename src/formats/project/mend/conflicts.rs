//! Mending conflicts: what two versions changed differently waits in the file, whatever it is about.

use super::Mender;
use crate::formats::project::cells::{CodingRec, SpanRec, StampRec, Texts};
use crate::formats::project::list::{List, Make, each};
use crate::formats::project::record;
use crate::formats::project::records::{ConflictRec, DecisionRec, LabelRec, SideRec};
use crate::formats::project::room::{self, ALLOCATION};
use crate::formats::project::rows::{self, Names, Odd, stamp};
use crate::formats::project::write_records as write;
use crate::formats::project::{escape, mend};
use crate::formats::time;
use crate::model::coding::Coding;
use crate::model::conflict::{Conflict, Plain, Value, What};
use crate::model::ids::{ArticleId, CoderId, Kept};
use std::mem::take;
use std::sync::Arc;

impl Mender {
    pub(super) fn take_conflicts(&mut self, list: List<ConflictRec>) {
        self.unplaced.n_left_out += list.n_left_out;
        for (mut conflict, mut is_odd) in each(list.made) {
            if let Some(why) = self.placeless(&conflict) {
                self.unplaced.push(&write::one_line(|out| write::conflict(out, "conflict", &conflict)));
                self.say(why);
                continue;
            }
            let placed = conflict.article.as_ref().and_then(|id| self.articles.get(id.as_str()).cloned());
            if let Some(placed) = &placed {
                conflict.article = Some(placed.article.id.clone());
                conflict.sentence = conflict.sentence.map(|span| placed.span(span).unwrap_or(span));
            }
            conflict.coder = conflict.coder.map(|coder| self.coder(coder.as_str()));
            let place = conflict.article.clone().zip(conflict.sentence);
            for side in [&mut conflict.base, &mut conflict.ours, &mut conflict.theirs].into_iter().flatten() {
                is_odd |= self.own_side(side);
                if let (Value::Decision(decision), Some(place)) = (side, place.clone()) {
                    (decision.article, decision.sentence) = place;
                }
            }
            let of = placed.map(|placed| placed.title()).unwrap_or_default();
            if let Some((article, span)) = conflict.article.as_ref().zip(conflict.sentence).filter(|_| is_odd)
            {
                let says = format!(
                    "a conflict at sentence `{span}` of {of} has a time that cannot be read, or a label twice or none"
                );
                self.say_at(article, Some(span), says);
            } else if is_odd {
                self.say("a conflict has a time that cannot be read, or a label twice".to_owned());
            }
            self.conflicts.push(conflict);
        }
    }

    /// Why a conflict has no place in the project, if so.
    fn placeless(&self, conflict: &Conflict) -> Option<String> {
        let placed = conflict.article.as_ref().map(|id| (id, self.articles.get(id.as_str())));
        let title = match placed {
            Some((id, None)) => {
                return Some(format!(
                    "a conflict is about article `{id}`, which is not there: it stays under `unplaced`"
                ));
            }
            Some((_, Some(placed))) => placed.title(),
            None => "the project".to_owned(),
        };
        let is_row = matches!(conflict.what, What::Coding | What::Note | What::Decision);
        let has_bad_span = conflict.extra.as_ref().is_some_and(|extra| extra.get("s_as_written").is_some());
        if has_bad_span || is_row && (conflict.article.is_none() || conflict.sentence.is_none()) {
            return Some(format!("a conflict in {title} names no sentence: it stays under `unplaced`"));
        }
        if conflict.sides().next().is_none() {
            return Some(format!("a conflict in {title} has no side: it stays under `unplaced`"));
        }
        None
    }

    /// Makes labels and coders of a side the project's own; says whether a label stood twice.
    fn own_side(&mut self, side: &mut Value) -> bool {
        match side {
            Value::Coding(coding) => self.own_labels(coding),
            Value::Decision(decision) => {
                decision.by = self.coder(decision.by.as_str());
                let mut coding = Coding { labels: std::mem::take(&mut decision.labels), ..Coding::default() };
                let is_odd = self.own_labels(&mut coding);
                decision.labels = coding.labels;
                is_odd
            }
            Value::Label(_) | Value::Plain(..) => false,
        }
    }
}

impl Make for ConflictRec {
    type Made = (Conflict, bool);

    fn make(self, names: &mut Names) -> Self::Made {
        conflict(self, names)
    }

    fn n_bytes((made, _): &Self::Made) -> usize {
        let of_side = |side: &Value| match side {
            Value::Coding(coding) => rows::room_for(coding),
            Value::Decision(decision) => {
                room::of_text(&decision.reason)
                    + room::of_text(&decision.code)
                    + room::of_texts(&decision.answers)
                    + room::of_extra(&decision.extra)
                    + 4 * ALLOCATION
            }
            Value::Label(label) => {
                size_of_val(&**label) + label.says.len() + room::of_extra(&label.extra) + 10 * ALLOCATION
            }
            Value::Plain(Plain::Text(text) | Plain::Source(text), extra) => {
                room::of_text(text) + room::of_extra(extra)
            }
            Value::Plain(Plain::Texts(texts), extra) => {
                let texts = texts.iter().map(|text| size_of::<String>() + room::of_text(text));
                texts.sum::<usize>() + room::of_extra(extra)
            }
        };
        let own = size_of::<Conflict>() + 4 * ALLOCATION;
        own + made.sides().map(of_side).sum::<usize>() + room::of_extra(&made.extra)
    }
}

/// A conflict as it stands in the file, and whether something in it could not be taken as it stands.
pub(in crate::formats) fn conflict(rec: ConflictRec, names: &mut Names) -> (Conflict, bool) {
    let mut extra = rec.extra;
    let mut is_odd = false;
    let what = rec.what.map_or(What::Coding, |word| What::of(&word));
    let said = |text: String| (!text.is_empty()).then_some(text);
    let sentence = said(rec.s.clone()).and_then(|written| match SpanRec::of(&written) {
        SpanRec(Ok(span)) => Some(span),
        SpanRec(Err(written)) => {
            record::add(&mut extra, "s_as_written", &escape::string(&written));
            None
        }
    });
    let article = said(rec.article).map(|id| ArticleId::new(names.id(id)));
    let place = DecisionRec {
        id: String::new(),
        article: article.as_ref().map(ToString::to_string).unwrap_or_default(),
        s: SpanRec::of(&rec.s),
        labels: Texts::default(),
        reason: String::new(),
        by: String::new(),
        at: None,
        code: String::new(),
        answers: Texts::default(),
        extra: None,
    };
    let coder = said(rec.coder).map(|id| CoderId::new(names.id(id)));
    let mut side = |rec: Option<Box<SideRec>>| {
        let (value, odd) = side(*rec?, &what, place.clone(), names);
        is_odd |= odd;
        Some(value)
    };
    let (base, ours, theirs) = (side(rec.base), side(rec.ours), side(rec.theirs));
    let mut bad_time = None;
    let at = stamp(rec.at, "at", &mut extra, |written| bad_time = Some(written));
    let conflict = Conflict {
        what,
        field: rec.field,
        coder,
        article,
        sentence,
        id: rec.id,
        base,
        ours,
        theirs,
        who: rec.who,
        at,
        extra,
    };
    (conflict, is_odd || bad_time.is_some())
}

/// What a side says, and whether something in it could not be taken as it stands.
fn side(mut rec: SideRec, what: &What, place: DecisionRec, names: &mut Names) -> (Value, bool) {
    let text = rec.value.take().map(Plain::Text);
    let texts = || rec.values.take().map(|Texts(texts)| Plain::Texts(texts));
    let plain = text.or_else(texts).or_else(|| rec.source.take().map(Plain::Source));
    if let Some(plain) = plain {
        return (Value::Plain(plain, with_the_rest(rec)), false);
    }
    match what {
        What::Label => {
            let mut label = LabelRec {
                id: rec.id.take().unwrap_or_default(),
                name: rec.name.take().unwrap_or_default(),
                keys: take(&mut rec.keys),
                letter: rec.letter.take().unwrap_or_default(),
                colour: rec.colour.take().unwrap_or_default(),
                line: rec.line.take().unwrap_or_default(),
                says: rec.says.take().unwrap_or_default(),
                is: take(&mut rec.is),
                is_not: take(&mut rec.is_not),
                doubt: rec.doubt.take(),
                retired: take(&mut rec.retired),
                was: take(&mut rec.was),
                extra: None,
            };
            label.extra = with_the_rest(rec);
            (Value::Label(Arc::new(mend::label(label))), false)
        }
        What::Decision => {
            let mut decision = DecisionRec {
                id: rec.id.take().unwrap_or_default(),
                labels: rec.labels.take().unwrap_or_default(),
                reason: rec.reason.take().unwrap_or_default(),
                by: rec.by.take().unwrap_or_default(),
                at: rec.at.take(),
                code: rec.code.take().unwrap_or_default(),
                answers: take(&mut rec.answers),
                ..place
            };
            decision.extra = with_the_rest(rec);
            let (decision, bad_time) = mend::decision(decision, names);
            (Value::Decision(decision), bad_time.is_some())
        }
        _ => {
            let is_odd = |odd: &Odd| matches!(odd, Odd::Time(..) | Odd::NoLabels(_));
            let mut coding = CodingRec {
                s: None,
                labels: rec.labels.take(),
                answered: rec.answered.take(),
                unsure: take(&mut rec.unsure),
                note: rec.note.take(),
                at: rec.at.take(),
                check: take(&mut rec.check),
                by: rec.by.take(),
                scheme: rec.scheme.take(),
                extra: None,
            };
            coding.extra = with_the_rest(rec);
            let (_, coding, odd) = rows::coding(coding, names);
            (Value::Coding(coding), odd.iter().any(is_odd))
        }
    }
}

/// What travels with a side: unknown fields, and those that belong to a side of another kind.
fn with_the_rest(rec: SideRec) -> Kept {
    let text = |text: Option<String>| text.map(|text| escape::string(&text));
    let texts = |Texts(texts): Texts| {
        let list = texts.iter().map(|text| escape::string(text)).collect::<Vec<_>>().join(", ");
        (!texts.is_empty()).then(|| format!("[{list}]"))
    };
    let flag = |flag: bool| flag.then(|| flag.to_string());
    let at = rec.at.map(|StampRec(at)| escape::string(&at.map_or_else(|written| written, time::write)));
    let left = [
        text(rec.value),
        rec.values.and_then(texts),
        text(rec.source),
        text(rec.id),
        rec.labels.and_then(texts),
        rec.answered.map(|answered| answered.to_string()),
        flag(rec.unsure),
        text(rec.note),
        at,
        flag(rec.check),
        text(rec.by),
        text(rec.reason),
        text(rec.name),
        texts(rec.keys),
        text(rec.letter),
        text(rec.colour),
        text(rec.line),
        text(rec.says),
        texts(rec.is),
        texts(rec.is_not),
        text(rec.doubt),
        flag(rec.retired),
        text(rec.code),
        texts(rec.answers),
        texts(rec.was),
        rec.scheme.map(|version| version.to_string()),
    ];
    let mut extra = rec.extra;
    for (name, source) in OF_SIDES.into_iter().zip(left) {
        if let Some(source) = source {
            record::add(&mut extra, &as_written(name), &source);
        }
    }
    extra
}

/// The names of the fields of [`SideRec`], in its order.
const OF_SIDES: [&str; 26] = [
    "value", "values", "source", "id", "labels", "answered", "unsure", "note", "at", "check", "by", "reason",
    "name", "keys", "letter", "colour", "line", "says", "is", "is_not", "doubt", "retired", "code",
    "answers", "was", "scheme",
];

fn as_written(name: &str) -> String {
    format!("{name}_as_written")
}

/// Gives what travels with the sides of a conflict names that no side has a field of: a row of something else may have stood
/// where an answer stands.
pub(super) fn rename_what_travels(conflict: &mut Conflict) {
    for side in [&mut conflict.base, &mut conflict.ours, &mut conflict.theirs].into_iter().flatten() {
        let extra = match side {
            Value::Coding(coding) => &mut coding.extra,
            Value::Decision(decision) => &mut decision.extra,
            Value::Label(label) => &mut Arc::make_mut(label).extra,
            Value::Plain(_, extra) => extra,
        };
        let is_taken = |name: &str| OF_SIDES.contains(&name);
        let Some(fields) = extra.take_if(|extra| extra.fields().any(|(name, _)| is_taken(name))) else {
            continue;
        };
        for (name, source) in fields.fields() {
            let name = if is_taken(name) { as_written(name) } else { name.to_owned() };
            record::add(extra, &name, source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_sides_are_named_in_order() {
        assert_eq!(OF_SIDES, SideRec::FIELDS);
    }
}
