//! Mending the scheme and the list of coders.

use super::{Mender, Mends, Numbers, Unplaced};
use crate::formats::project::escape;
use crate::formats::project::list::{List, Make, each};
use crate::formats::project::record;
use crate::formats::project::records::{CoderRec, LabelRec, SchemeRec};
use crate::formats::project::room::{self, ALLOCATION};
use crate::formats::project::rows::Names;
use crate::formats::project::write_records as write;
use crate::model::coder::Coder;
use crate::model::ids::{self, CoderId, LabelId, RESERVED_LABELS};
use crate::model::scheme::{Label, Scheme};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The colour of a label that the scheme did not have.
const GREY: &str = "#6E6E6E";

/// The keys and letters that labels in use have.
#[derive(Default)]
struct Signs {
    keys: BTreeMap<String, LabelId>,
    letters: BTreeMap<String, LabelId>,
}

impl Mender {
    pub(super) fn new(rec: SchemeRec, unplaced: Unplaced) -> Self {
        let scheme = Scheme {
            version: rec.version,
            choose: rec.choose,
            skip: rec.skip.0,
            labels: Vec::with_capacity(rec.labels.made.len()),
            extra: rec.extra,
        };
        let mut mender = Self {
            mends: Mends::default(),
            unplaced,
            scheme,
            label_ids: BTreeMap::new(),
            coder_ids: BTreeMap::new(),
            labels_taken: RESERVED_LABELS.map(str::to_owned).into(),
            label_numbers: Numbers::default(),
            coder_numbers: Numbers::default(),
            articles: BTreeMap::new(),
            coders: vec![],
            conflicts: vec![],
        };
        let good = rec.labels.made.iter().filter(|rec| is_label_id(&rec.id)).map(|rec| rec.id.clone());
        mender.labels_taken.extend(good);
        let mut signs = Signs::default();
        for rec in each(rec.labels.made) {
            mender.take_label(rec, &mut signs);
        }
        mender
    }

    fn take_label(&mut self, rec: LabelRec, signs: &mut Signs) {
        let written = rec.id.clone();
        let mut label = label(rec);
        if let Some(id) = self.label_ids.get(&written) {
            let first = self.scheme.label(id);
            label.id = id.clone();
            if first.is_none_or(|first| **first != label) {
                self.unplaced.push(&write::one_line(|out| write::label(out, "label", &label)));
                self.say(format!("the scheme has two labels `{written}`: the second stays under `unplaced`"));
            } else {
                self.say(format!("label `{written}` stands twice in the scheme: once is enough"));
            }
            return;
        }
        if !is_label_id(&written) {
            label.id = LabelId::new(self.free_label_id(&written));
            self.say(format!("`{written}` is no id for a label: it is `{}` now", label.id));
        }
        label.name = self.name(&format!("label `{}`", label.id), label.name, "name", &mut label.extra);
        if !label.retired {
            self.own_signs(&mut label, signs);
        }
        self.label_ids.insert(written, label.id.clone());
        self.scheme.labels.push(Arc::new(label));
    }

    /// Takes away keys and the letter that a label before it has; as they are written they travel along.
    fn own_signs(&mut self, label: &mut Label, signs: &mut Signs) {
        let share = |signs: &BTreeMap<String, LabelId>, sign: &str| signs.get(sign).map(ToString::to_string);
        let shared = label.keys.iter().find_map(|key| Some((share(&signs.keys, key)?, key.clone())));
        if let Some((other, key)) = shared {
            self.say(format!("labels `{other}` and `{}` share the key `{key}`: `{other}` has it", label.id));
            let written = label.keys.iter().map(|key| escape::string(key)).collect::<Vec<_>>().join(", ");
            record::add(&mut label.extra, "keys_as_written", &format!("[{written}]"));
            label.keys.retain(|key| !signs.keys.contains_key(key));
        }
        if let Some(other) = share(&signs.letters, &label.letter) {
            record::add(&mut label.extra, "letter_as_written", &escape::string(&label.letter));
            let letter = free_letter(&self.scheme, &label.id);
            let has = if letter.is_empty() { "none".to_owned() } else { format!("`{letter}`") };
            self.say(format!(
                "labels `{other}` and `{}` share the letter `{}`: the second has {has} now",
                label.id, label.letter
            ));
            label.letter = letter;
        }
        signs.keys.extend(label.keys.iter().map(|key| (key.clone(), label.id.clone())));
        if !label.letter.is_empty() {
            signs.letters.insert(label.letter.clone(), label.id.clone());
        }
    }

    fn free_label_id(&mut self, written: &str) -> String {
        let id = self.label_numbers.free_id(written, |id| self.labels_taken.contains(id));
        self.labels_taken.insert(id.clone());
        id
    }

    /// The label that an id means; one that the scheme does not have is added to it.
    pub(super) fn label(&mut self, written: &str) -> LabelId {
        if let Some(id) = self.label_ids.get(written) {
            return id.clone();
        }
        if let Some(now) = self.scheme.merged(&LabelId::new(written)).map(|label| label.id.clone()) {
            self.say(format!("label `{written}` was given and was merged into `{now}`: it is `{now}`"));
            self.label_ids.insert(written.to_owned(), now.clone());
            return now;
        }
        if self.scheme.labels.len() > ids::MAX_LABELS {
            // The file is refused: only how many there are still matters.
            self.label_ids.insert(written.to_owned(), LabelId::new(written));
            return LabelId::new(written);
        }
        let id = LabelId::new(self.free_label_id(written));
        let mut extra = None;
        if id.as_str() != written {
            record::add(&mut extra, "id_as_written", &escape::string(written));
        }
        let says = if id.as_str() == written { String::new() } else { format!(" as `{id}`") };
        self.say(format!("label `{written}` was given and is not in the scheme: it was added{says}"));
        self.scheme.labels.push(Arc::new(Label {
            id: id.clone(),
            name: id.to_string(),
            keys: vec![],
            letter: free_letter(&self.scheme, &id),
            colour: GREY.to_owned(),
            line: "solid".to_owned(),
            says: String::new(),
            is: vec![],
            is_not: vec![],
            doubt: None,
            retired: false,
            was: vec![],
            extra,
        }));
        self.label_ids.insert(written.to_owned(), id.clone());
        id
    }

    pub(super) fn take_coders(&mut self, list: List<CoderRec, { ids::MAX_CODERS }>) {
        self.unplaced.n_left_out += list.n_left_out;
        let recs = list.made;
        let good: Vec<String> =
            recs.iter().filter(|rec| ids::is_id(&rec.id)).map(|rec| rec.id.clone()).collect();
        for CoderRec { id: written, name, role, mut extra } in recs {
            if let Some(id) = self.coder_ids.get(&written).cloned() {
                let coder = Coder { id, name, role, extra };
                if self.coders.contains(&coder) {
                    self.say(format!("coder `{written}` stands twice: once is enough"));
                } else {
                    self.unplaced.push(&write::one_line(|out| write::coder(out, "coder", &coder)));
                    self.say(format!("there are two coders `{written}`: the second stays under `unplaced`"));
                }
                continue;
            }
            let mut id = written.clone();
            if !ids::is_id(&written) {
                let taken = |id: &str| {
                    good.iter().any(|good| good == id) || self.coders.iter().any(|c| c.id.as_str() == id)
                };
                id = self.coder_numbers.free_id(&written, taken);
                self.say(format!("`{written}` is no id for a coder: it is `{id}` now"));
            }
            let name = self.name(&format!("coder `{id}`"), name, "name", &mut extra);
            let id = CoderId::new(id);
            self.coder_ids.insert(written, id.clone());
            self.coders.push(Coder { id, name, role, extra });
        }
    }

    /// The coder that an id means; one who is not in the list is added to it, without a name.
    pub(super) fn coder(&mut self, written: &str) -> CoderId {
        if let Some(id) = self.coder_ids.get(written) {
            return id.clone();
        }
        if self.coders.len() > ids::MAX_CODERS {
            self.coder_ids.insert(written.to_owned(), CoderId::new(written));
            return CoderId::new(written);
        }
        let taken = |id: &str| self.coders.iter().any(|coder| coder.id.as_str() == id);
        let id = CoderId::new(self.coder_numbers.free_id(written, taken));
        self.say(format!("coder `{written}` is named and not in the list: added as `{id}`, without a name"));
        self.coders.push(Coder::new(id.clone(), String::new()));
        self.coder_ids.insert(written.to_owned(), id.clone());
        id
    }
}

impl Make for LabelRec {
    type Made = Self;

    fn make(self, _: &mut Names) -> Self {
        self
    }

    fn n_bytes(made: &Self) -> usize {
        let texts = [&made.keys.0, &made.is.0, &made.is_not.0].into_iter().flatten();
        let texts: usize = texts.map(|text| size_of::<String>() + room::of_text(text)).sum();
        size_of::<Self>() + 10 * ALLOCATION + made.says.len() + texts + room::of_extra(&made.extra)
    }
}

impl Make for CoderRec {
    type Made = Self;

    fn make(self, _: &mut Names) -> Self {
        self
    }

    fn n_bytes(made: &Self) -> usize {
        size_of::<Self>() + 6 * ALLOCATION + made.name.len() + room::of_extra(&made.extra)
    }
}

fn is_label_id(id: &str) -> bool {
    ids::is_id(id) && !RESERVED_LABELS.contains(&id)
}

/// A label as it stands in the file.
pub(in crate::formats) fn label(rec: LabelRec) -> Label {
    Label {
        id: LabelId::new(rec.id),
        name: rec.name,
        keys: rec.keys.0,
        letter: rec.letter,
        colour: rec.colour,
        line: rec.line,
        says: rec.says,
        is: rec.is.0,
        is_not: rec.is_not.0,
        doubt: rec.doubt,
        retired: rec.retired,
        was: rec.was.0.into_iter().map(LabelId::new).collect(),
        extra: rec.extra,
    }
}

/// A letter that no label has: one of its id if there is one, else the first of the alphabet.
fn free_letter(scheme: &Scheme, id: &LabelId) -> String {
    let taken = |letter: &String| {
        let has = |sign: &String| sign.eq_ignore_ascii_case(letter);
        scheme.labels.iter().any(|label| has(&label.letter) || label.keys.iter().any(has))
    };
    let own = id.as_str().chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
    own.chain('A'..='Z').map(String::from).find(|letter| !taken(letter)).unwrap_or_default()
}
