//! The screen *Scheme*: the labels with their codebook, changed one step at a time. What touches answers says how many before.

mod texts;

pub use texts::{Text, covered, objection, text_of};

use crate::model::codebook::{self, Adopted, Several};
use crate::model::ids::LabelId;
use crate::model::project::Project;
use crate::model::scheme::{Label, Scheme};
use crate::model::unite::{self, Touches};
use crate::session::Session;
use crate::session::command;
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone};
use crate::session::screens::Screen;
use std::collections::{BTreeMap, BTreeSet};
use texts::{let_go_of_signs, name_of, set};

/// The screen's state.
#[derive(Debug, Clone, Default)]
pub struct Scheming {
    /// The label in hand.
    pub label: Option<LabelId>,
    /// What is being typed, and not said yet.
    typed: Option<(Option<LabelId>, Text, String)>,
    /// A field that is to get the keyboard.
    pub focus: Option<Text>,
    /// A scheme that was read, and what it would do.
    pub incoming: Option<Incoming>,
    counted: Option<Counted>,
}

/// A scheme of another file.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    pub name: String,
    pub scheme: Scheme,
    /// What it changes, line by line; `Err` = why it cannot be taken over.
    pub says: Result<Vec<String>, String>,
    /// Sentences that stand in its way.
    pub list: Vec<String>,
}

/// Who uses which label, in this state of the project.
#[derive(Debug, Clone, Default)]
struct Counted {
    revision: u64,
    of: BTreeMap<LabelId, Touches>,
    n_none: usize,
    /// Answers that were given under an earlier version.
    older: BTreeMap<LabelId, usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SchemeLook {
    Label(LabelId),
    /// All of a text, as it is now.
    Typed(Text, String),
    /// Its field is to get the keyboard.
    Type(Text),
    /// Its field was left: it is said.
    Left,
    /// The field has the keyboard.
    Focused,
    /// A scheme that was read is not taken over.
    NotTaken,
}

/// A change of the label in hand, or of the scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeChange {
    Colour(&'static str),
    Line(&'static str),
    /// To another place in the order of the labels that are given.
    Place(LabelId, usize),
    Retire(LabelId, bool),
    Merge(LabelId, LabelId),
    Several(bool),
    /// Example number so many of those that belong, or do not, goes.
    NoExample(bool, usize),
    /// Take over the scheme that was read.
    Adopt,
}

impl Scheming {
    pub fn typed(&self, text: Text) -> Option<&str> {
        let (label, of, typed) = self.typed.as_ref()?;
        (*of == text && (text == Text::New || *label == self.label)).then_some(typed.as_str())
    }

    pub fn touches(&self, label: &LabelId) -> Touches {
        self.counted.as_ref().and_then(|counted| counted.of.get(label)).copied().unwrap_or_default()
    }

    pub fn n_none(&self) -> usize {
        self.counted.as_ref().map_or(0, |counted| counted.n_none)
    }

    /// Answers with this label that were given under an earlier version of the scheme.
    pub fn n_older(&self, label: &LabelId) -> usize {
        self.counted.as_ref().and_then(|counted| counted.older.get(label)).copied().unwrap_or(0)
    }
}

impl Counted {
    fn of(project: &Project, revision: u64) -> Self {
        let mut counted = Self { revision, ..Self::default() };
        let mut articles = BTreeSet::new();
        let version = project.scheme().version;
        for sheet in project.sheets() {
            for row in sheet.rows.iter().filter(|row| row.coding.answered) {
                counted.n_none += usize::from(row.coding.labels.is_empty());
                for label in &row.coding.labels {
                    let touches = counted.of.entry(label.clone()).or_default();
                    touches.n_codings += 1;
                    touches.n_articles +=
                        usize::from(articles.insert((label.clone(), sheet.key.article.clone())));
                    if sheet.is_older(&row.coding, version) {
                        *counted.older.entry(label.clone()).or_default() += 1;
                    }
                }
            }
            for label in sheet.kept.iter().flat_map(|row| &row.coding.labels) {
                counted.of.entry(label.clone()).or_default().n_kept += 1;
            }
        }
        for label in project.decisions().flat_map(|decision| &decision.labels) {
            counted.of.entry(label.clone()).or_default().n_decisions += 1;
        }
        counted
    }
}

impl Session {
    /// The screen Scheme, where it is open.
    pub fn scheming(&self) -> Option<&Scheming> {
        match &self.view.screen {
            Some(Screen::Scheme(scheming)) => Some(scheming),
            _ => None,
        }
    }

    fn scheming_mut(&mut self) -> Option<&mut Scheming> {
        match &mut self.view.screen {
            Some(Screen::Scheme(scheming)) => Some(scheming),
            _ => None,
        }
    }

    pub(in crate::session) fn open_scheme(&mut self) {
        let label = self.desk().and_then(|desk| desk.project().scheme().labels.first());
        let label = label.map(|label| label.id.clone());
        self.view.screen = Some(Screen::Scheme(Box::new(Scheming { label, ..Scheming::default() })));
    }

    pub(in crate::session) fn look_at_scheme(&mut self, look: SchemeLook, effects: &mut Vec<Effect>) {
        match look {
            SchemeLook::Label(label) => {
                self.say_typed(effects);
                if let Some(scheming) = self.scheming_mut() {
                    scheming.label = Some(label);
                }
            }
            SchemeLook::Typed(text, typed) => {
                let is_other = self.scheming().and_then(|scheming| scheming.typed.as_ref());
                if is_other.is_some_and(|(_, of, _)| *of != text) {
                    self.say_typed(effects);
                }
                if let Some(scheming) = self.scheming_mut() {
                    scheming.typed = Some((scheming.label.clone(), text, typed));
                }
            }
            SchemeLook::Type(text) => self.type_in_scheme(text),
            SchemeLook::Left => self.say_typed(effects),
            SchemeLook::Focused => {
                if let Some(scheming) = self.scheming_mut() {
                    scheming.focus = None;
                }
            }
            SchemeLook::NotTaken => {
                if let Some(scheming) = self.scheming_mut() {
                    scheming.incoming = None;
                }
            }
        }
    }

    /// What is typed is said: one change, one undo. Text that cannot be so is let go, which is said.
    pub(in crate::session) fn say_typed(&mut self, effects: &mut Vec<Effect>) {
        let Some((label, text, typed)) = self.scheming_mut().and_then(|scheming| scheming.typed.take())
        else {
            return;
        };
        let Some(desk) = self.desk() else { return };
        let scheme = desk.project().scheme().clone();
        if text == Text::New && typed.trim().is_empty() {
            return;
        }
        if let Some(why) = objection(&scheme, label.as_ref(), text, &typed) {
            return self.notices.status(format!("The {} stays: {why}", name_of(text)));
        }
        if text == Text::New {
            return self.add_label(typed.trim(), effects);
        }
        let Some(label) = label.and_then(|id| scheme.label(&id).cloned()) else { return };
        let what = name_of(text);
        self.change_label(&label.id, what, |label| set(label, text, &typed), effects);
    }

    fn add_label(&mut self, name: &str, effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let mut to = desk.project().scheme().clone();
        let label = codebook::new_label(&to, name, command::is_built_in);
        let id = label.id.clone();
        let place = to.labels.iter().rposition(|label| !label.retired).map_or(0, |idx| idx + 1);
        to.labels.insert(place, label.into());
        let said = format!("Added label: {}", name.to_lowercase());
        if self.adopt(&to, &format!("add label: {}", name.to_lowercase()), said, effects)
            && let Some(scheming) = self.scheming_mut()
        {
            scheming.label = Some(id);
            scheming.focus = Some(Text::Says);
        }
    }

    /// One change of one label.
    fn change_label(
        &mut self,
        id: &LabelId,
        what: &str,
        change: impl FnOnce(&mut Label),
        effects: &mut Vec<Effect>,
    ) {
        let Some(desk) = self.desk() else { return };
        let mut to = desk.project().scheme().clone();
        let Some(label) = to.labels.iter_mut().find(|label| label.id == *id) else { return };
        change(std::sync::Arc::make_mut(label));
        let name = label.name.to_lowercase();
        self.adopt(&to, &format!("{what}: {name}"), format!("Changed {what}: {name}"), effects);
    }

    /// Makes the scheme another one; true if it was.
    fn adopt(&mut self, to: &Scheme, name: &str, said: String, effects: &mut Vec<Effect>) -> bool {
        let Some(desk) = self.desk() else { return false };
        match codebook::adopt(desk.project(), to) {
            Ok(Some(adopted)) => {
                let done = self.act(name, adopted.action, effects);
                if done {
                    self.notices.changed(said);
                }
                done
            }
            Ok(None) => false,
            Err(several) => {
                let (text, list) = in_the_way(desk.project(), &several);
                self.tell(Notice::new(Tone::Warning, "Not changed", text).listing(&list));
                false
            }
        }
    }

    pub(in crate::session) fn change_scheme(&mut self, change: SchemeChange, effects: &mut Vec<Effect>) {
        self.say_typed(effects);
        let Some((scheming, desk)) = self.scheming().zip(self.desk()) else { return };
        let project = desk.project();
        let here = scheming.label.clone();
        let name = |id: &LabelId| {
            project.scheme().label(id).map_or(String::new(), |label| label.name.to_lowercase())
        };
        match change {
            SchemeChange::Colour(colour) => {
                let Some(here) = here else { return };
                self.change_label(&here, "colour", |label| colour.clone_into(&mut label.colour), effects);
            }
            SchemeChange::Line(line) => {
                let Some(here) = here else { return };
                self.change_label(&here, "underline", |label| line.clone_into(&mut label.line), effects);
            }
            SchemeChange::NoExample(belongs, nth) => {
                let Some(here) = here else { return };
                let text = if belongs { Text::Is(nth) } else { Text::IsNot(nth) };
                self.change_label(&here, "examples", |label| set(label, text, ""), effects);
            }
            SchemeChange::Place(id, place) => self.place_label(&id, place, effects),
            SchemeChange::Retire(id, retired) => {
                let (name, touches) = (name(&id), scheming.touches(&id));
                self.retire(&id, &name, retired, touches, effects);
            }
            SchemeChange::Merge(from, into) => {
                let names = (name(&from), name(&into));
                let Some(united) = unite::unite(project, &from, &into) else { return };
                let said = format!("Merged {} into {}: {}", names.0, names.1, united.touches.says());
                if self.act(&format!("merge labels: {} into {}", names.0, names.1), united.action, effects) {
                    self.notices.changed(said.clone());
                    self.tell(Notice::new(Tone::News, "", said).offering("Undo", "undo").until_changed());
                    if let Some(scheming) = self.scheming_mut() {
                        scheming.label = Some(into);
                    }
                }
            }
            SchemeChange::Several(several) => {
                let choose = if several { "several" } else { "one" };
                let to = Scheme { choose: choose.to_owned(), ..project.scheme().clone() };
                let words = if several { "several labels a sentence" } else { "one label a sentence" };
                self.adopt(&to, words, format!("The scheme takes {words}"), effects);
            }
            SchemeChange::Adopt => {
                let Some(incoming) = scheming.incoming.clone() else { return };
                let name = format!("scheme of {}", incoming.name);
                if self.adopt(
                    &incoming.scheme,
                    &name,
                    format!("Took over the scheme of {}", incoming.name),
                    effects,
                ) && let Some(scheming) = self.scheming_mut()
                {
                    scheming.incoming = None;
                }
            }
        }
    }

    fn place_label(&mut self, id: &LabelId, place: usize, effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let mut to = desk.project().scheme().clone();
        let Some(from) = to.idx_of(id) else { return };
        let label = to.labels.remove(from);
        let current: Vec<usize> = (0..to.labels.len())
            .filter(|idx| to.labels.get(*idx).is_some_and(|label| !label.retired))
            .collect();
        let at = current.get(place).copied().unwrap_or_else(|| current.last().map_or(0, |last| last + 1));
        let name = label.name.to_lowercase();
        to.labels.insert(at.min(to.labels.len()), label);
        self.adopt(&to, &format!("order: {name}"), format!("Changed the order: {name}"), effects);
    }

    fn retire(
        &mut self,
        id: &LabelId,
        name: &str,
        retired: bool,
        touches: Touches,
        effects: &mut Vec<Effect>,
    ) {
        let Some(desk) = self.desk() else { return };
        let mut to = desk.project().scheme().clone();
        let Some(idx) = to.idx_of(id) else { return };
        let mut label = Label::clone(&to.labels.remove(idx));
        label.retired = retired;
        let mut lost = String::new();
        if !retired {
            lost = let_go_of_signs(&to, &mut label);
        }
        to.labels.insert(idx.min(to.labels.len()), label.into());
        let (what, said) = if retired {
            let kept =
                if touches.n_codings == 0 { String::new() } else { format!(": {} keep it", touches.says()) };
            (format!("retire label: {name}"), format!("Retired {name}{kept}"))
        } else {
            (format!("bring back label: {name}"), format!("Brought back {name}{lost}"))
        };
        self.adopt(&to, &what, said, effects);
    }

    /// A scheme was read from a file: what it would do is shown before it does it.
    pub(in crate::session) fn scheme_read(&mut self, name: String, read: Result<Scheme, String>) {
        let Some(desk) = self.desk() else { return };
        let scheme = match read {
            Ok(scheme) => scheme,
            Err(why) => return self.tell(Notice::new(Tone::Error, "Not read", why)),
        };
        let project = desk.project();
        let (says, list) = match codebook::adopt(project, &scheme) {
            Ok(None) => {
                return self.tell(Notice::new(
                    Tone::News,
                    "",
                    format!("{name} has the same scheme: nothing changes"),
                ));
            }
            Ok(Some(adopted)) => (Ok(adopted_says(project, &scheme, &adopted)), vec![]),
            Err(several) => {
                let (text, list) = in_the_way(project, &several);
                (Err(text), list)
            }
        };
        if let Some(scheming) = self.scheming_mut() {
            scheming.incoming = Some(Incoming { name, scheme, says, list });
        }
    }

    pub(in crate::session) fn codebook_written(&mut self, name: &str, result: Result<(), String>) {
        let notice = match result {
            Ok(()) => Notice::new(Tone::News, "", format!("The codebook is in {name}")),
            Err(why) => Notice::new(Tone::Error, "Not written", why),
        };
        self.tell(notice);
    }

    pub(in crate::session) fn type_in_scheme(&mut self, text: Text) {
        if let Some(scheming) = self.scheming_mut() {
            scheming.focus = Some(text);
        }
    }

    /// The label in hand is the one so many further down the list, retired ones last.
    pub(in crate::session) fn go_in_scheme(&mut self, by: isize, effects: &mut Vec<Effect>) {
        let Some((scheming, desk)) = self.scheming().zip(self.desk()) else { return };
        let scheme = desk.project().scheme();
        let order = scheme.current().chain(scheme.labels.iter().filter(|label| label.retired));
        let order: Vec<&LabelId> = order.map(|label| &label.id).collect();
        let at = order.iter().position(|id| Some(*id) == scheming.label.as_ref());
        let to = at.map_or(0, |at| at.saturating_add_signed(by)).min(order.len().saturating_sub(1));
        if let Some(id) = order.get(to).map(|id| (*id).clone()) {
            self.look_at_scheme(SchemeLook::Label(id), effects);
        }
    }

    /// The label in hand goes so many places further down.
    pub(in crate::session) fn move_label(&mut self, by: isize, effects: &mut Vec<Effect>) {
        let Some((scheming, desk)) = self.scheming().zip(self.desk()) else { return };
        let Some(id) = scheming.label.clone() else { return };
        let at = desk.project().scheme().current().position(|label| label.id == id);
        if let Some(to) = at.and_then(|at| at.checked_add_signed(by)) {
            self.change_scheme(SchemeChange::Place(id, to), effects);
        }
    }

    /// Counts again where the project is another one, and keeps a label in hand that is there.
    pub(in crate::session) fn scheme_again(&mut self) {
        let (Some(desk), Some(Screen::Scheme(scheming))) = (&self.desk, &mut self.view.screen) else {
            return;
        };
        let scheme = desk.project().scheme();
        if scheming.label.as_ref().is_none_or(|id| scheme.label(id).is_none()) {
            scheming.label = scheme.labels.first().map(|label| label.id.clone());
        }
        if scheming.counted.as_ref().is_none_or(|counted| counted.revision != desk.revision()) {
            scheming.counted = Some(Counted::of(desk.project(), desk.revision()));
        }
    }
}

/// Why a scheme cannot take one label, and the sentences that have several.
fn in_the_way(project: &Project, Several(several): &Several) -> (String, Vec<String>) {
    let lines = several.iter().map(|(id, span)| {
        let article = project.article(id);
        let number = article.and_then(|article| article.idx_of(*span)).map_or(0, |idx| idx + 1);
        let title = article.map_or("", |article| article.shown_title());
        format!("Sentence {number}, \u{201c}{title}\u{201d}")
    });
    let n = several.len();
    let have = if n == 1 { "1 sentence has".to_owned() } else { format!("{n} sentences have") };
    (format!("{have} several labels: answer with one label first"), lines.collect())
}

/// What taking a scheme over changes, line by line.
fn adopted_says(project: &Project, to: &Scheme, adopted: &Adopted) -> Vec<String> {
    let name = |id: &LabelId| {
        let label = project.scheme().label(id).or_else(|| to.label(id));
        label.map_or_else(|| id.to_string(), |label| label.name.clone())
    };
    let n = |n: usize| if n == 1 { "1 coding".to_owned() } else { format!("{n} codings") };
    let mut says = vec![];
    for (what, ids) in [("New", &adopted.added), ("Changed", &adopted.changed), ("Gone", &adopted.removed)] {
        if !ids.is_empty() {
            says.push(format!("{what}: {}", ids.iter().map(name).collect::<Vec<_>>().join(", ")));
        }
    }
    says.extend(
        adopted.retired.iter().map(|(id, count)| format!("Retired: {}, {} keep it", name(id), n(*count))),
    );
    let merged = adopted.merged.iter();
    says.extend(
        merged.map(|(from, into, count)| format!("{} becomes {}: {}", name(from), name(into), n(*count))),
    );
    says.push(format!("Version {}", adopted.version));
    says
}
