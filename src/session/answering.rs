//! Changes of the project: answers of the person at the keyboard, who that is, undo and redo.

use crate::formats::project::journal::Entry;
use crate::model::action::{Action, Place, Record};
use crate::model::coder::{Coder, REVIEWER, slug};
use crate::model::decision::Decision;
use crate::model::history::Moved;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span, is_name};
use crate::model::plan::{self, Answer};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::session::Session;
use crate::session::command::Where;
use crate::session::desk::{Desk, Touched};
use crate::session::intent::{Answering, CoderChoice, Say};
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone};
use crate::session::prefs::Setting;
use crate::session::view::{Field, Over};

/// After how many answers of a sitting the lines about the first keys are known.
pub const COACHED_AFTER: u32 = 5;

impl Session {
    /// Changes the project, remembers the way back and has it written to the journal; false when nothing was changed.
    pub(in crate::session) fn act(&mut self, name: &str, action: Action, effects: &mut Vec<Effect>) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        if let Some(why) = desk.closed_for_writing() {
            let why = why.to_owned();
            self.notices.status(format!("Nothing was changed: {why}"));
            return false;
        }
        let touched = touched(&action, &desk.project);
        match desk.history.act(&mut desk.project, name, action.clone()) {
            Ok(_) => {
                log(desk, name, None, action, touched, self.now, effects);
                self.notices.outdate();
                self.notices.changed(sentence_case(name));
                true
            }
            Err(refusal) => {
                let notice = Notice::new(Tone::Error, "Not done", format!("{name}: {refusal}"));
                self.tell(notice);
                false
            }
        }
    }

    pub(in crate::session) fn undo(&mut self, effects: &mut Vec<Effect>) {
        self.shift("undone", effects);
    }

    pub(in crate::session) fn redo(&mut self, effects: &mut Vec<Effect>) {
        self.shift("done again", effects);
    }

    fn shift(&mut self, what: &str, effects: &mut Vec<Effect>) {
        let Some(desk) = &mut self.desk else { return };
        if desk.closed_for_writing().is_some() {
            return;
        }
        let before = desk.project.clone();
        let undoing = what == "undone";
        let undoes = undoing.then_some(desk.safety.done_n);
        let moved =
            if undoing { desk.history.undo(&mut desk.project) } else { desk.history.redo(&mut desk.project) };
        match moved {
            Ok(Some(Moved { name, action, place })) => {
                let touched = touched(&action, &before);
                let mut said = said_of(desk, &before, place.as_ref()).unwrap_or(name.clone());
                let article = place.as_ref().map(|place| &place.article);
                let is_done = |project: &Project| is_done(desk, project, article);
                if let Some(words) = done_words([is_done(&before), is_done(&desk.project)]) {
                    said = format!("{said}; {words}");
                }
                log(desk, &format!("{what}: {name}"), undoes, action, touched, self.now, effects);
                self.notices.outdate();
                if let Some(place) = place {
                    self.show_change(&place);
                }
                self.notices.status(format!("{what}: {said}"));
            }
            Ok(None) => self.notices.status(if undoing { "Nothing to undo" } else { "Nothing to redo" }),
            Err(refusal) => self.tell(Notice::new(Tone::Error, "Not done", refusal.to_string())),
        }
    }

    /// Records what is said of a sentence; asks who it is first, where nobody is known.
    pub(in crate::session) fn answer(&mut self, answering: Answering, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        if let Some(why) = desk.closed_for_writing() {
            let why = why.to_owned();
            self.notices.status(format!("Nothing was changed: {why}"));
            return;
        }
        if self.place() == Where::Compare {
            return self.map_label(&answering.say);
        }
        if self.place() == Where::Review {
            return self.answer_in_review(answering, effects);
        }
        if answering.sentence.is_none() && self.looks_back() || self.comes_too_late(&answering) {
            return;
        }
        let Some((article, span)) = answering.sentence.clone().or_else(|| self.current_span()) else {
            self.notices.status("No article is shown");
            return;
        };
        if self.answer_run(&answering, effects) {
            return;
        }
        let Some(desk) = &self.desk else { return };
        let Some(found) = desk.article(&article) else { return };
        if !found.intact {
            self.notices.status("This article is locked: its text does not match its hash".to_owned());
            return;
        }
        let idx = found.idx_of(span);
        if let Some(sentence) = idx.and_then(|idx| found.sentences().get(idx)).filter(|s| found.is_aside(s)) {
            let what = if sentence.is_aside() { "sentence" } else { "article" };
            self.notices.status(format!("This {what} is set aside: no answer is asked for"));
            return;
        }
        let Some(key) = desk.key(&article) else {
            if desk.project.n_coders() > 0 {
                let sentence = Some((article, span));
                self.view.held = Some(Answering { sentence, ..answering });
                self.view.over = Some(Over::Coder);
            } else {
                self.make_coder("", effects);
                self.answer(answering, effects);
            }
            return;
        };
        if let Some(why) = desk.is_reviewing() {
            return self.notices.status(why);
        }
        let is_note = matches!(answering.say, Say::Note(_));
        let Some((name, action)) = said(&desk.project, &key, span, &answering.say, self.now.at) else {
            if is_note {
                self.note_said(&article, span, effects);
            }
            self.after_answer(&article, span, answering.then);
            return;
        };
        let number = desk.article(&article).and_then(|found| found.idx_of(span)).map_or(0, |idx| idx + 1);
        // No copy of the project: while there is one, an answer has to copy the sheet that it is put in.
        let is_done = |desk: &Desk| is_done(desk, &desk.project, Some(&article));
        let was_done = is_done(desk);
        if !self.act(&name, action, effects) {
            return;
        }
        if is_note {
            self.note_said(&article, span, effects);
        }
        let mut what = match name.strip_prefix("label: ") {
            Some(label) => format!("Labelled sentence {number}: {label}"),
            None => format!("Sentence {number}: {name}"),
        };
        let done = self.desk.as_ref().and_then(|desk| done_words([was_done, is_done(desk)]));
        if let Some(words) = done {
            what = format!("{what}; {words}");
        }
        self.notices.changed(what);
        if matches!(answering.say, Say::Label(_) | Say::None) {
            self.view.n_answers = self.view.n_answers.saturating_add(1);
            if self.view.n_answers >= COACHED_AFTER && !self.settings.coached {
                self.set(Setting::Coached, effects);
            }
            self.view.last_answered = Some((article.clone(), span));
            self.view.last_said = Some(answering.say.clone());
        }
        self.after_answer(&article, span, answering.then);
    }

    pub(in crate::session) fn choose_coder(&mut self, choice: CoderChoice, effects: &mut Vec<Effect>) {
        let Some(desk) = &mut self.desk else { return };
        match choice {
            CoderChoice::Rename(id, name) => return self.rename_coder(&id, &name, effects),
            CoderChoice::Review(id, reviews) => return self.let_review(&id, reviews, effects),
            CoderChoice::Remove(id) => return self.remove_coder(&id, effects),
            CoderChoice::Known(id) if desk.project.coder(&id).is_some() => self.sit_down(&id, effects),
            CoderChoice::Known(_) => {}
            CoderChoice::New(name) => {
                self.make_coder(&name, effects);
                self.keep_name(&name, effects);
            }
            CoderChoice::Name(name) => {
                let Some(coder) = desk.coder.as_ref().and_then(|id| desk.project.coder(id)).cloned() else {
                    return;
                };
                let name = name.trim().to_owned();
                self.keep_name(&name, effects);
                if name != coder.name {
                    let id = coder.id.clone();
                    self.act(
                        "coder's name",
                        Action::Coder { id, to: Some(Coder { name, ..coder }) },
                        effects,
                    );
                }
            }
        }
        if self.desk.as_ref().is_some_and(|desk| desk.coder.is_some()) {
            if self.view.over == Some(Over::Coder) {
                self.view.over = None;
            }
            if let Some(held) = self.view.held.take() {
                self.answer(held, effects);
            }
            self.decide_held(effects);
        }
    }

    /// Remembers what this person is called, for the next project.
    fn keep_name(&mut self, name: &str, effects: &mut Vec<Effect>) {
        let name = name.trim();
        if !name.is_empty() && is_name(name) && self.settings.name.as_deref() != Some(name) {
            self.set(Setting::Name(name.to_owned()), effects);
        }
    }

    fn make_coder(&mut self, name: &str, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        let slug = slug(name);
        let mut purpose = 1;
        let id = loop {
            let id = CoderId::new(format!("{slug}-{}", self.now.letters(purpose, 4)));
            if desk.project.coder(&id).is_none() {
                break id;
            }
            purpose += 1;
        };
        let mut coder = Coder::new(id.clone(), name.trim().to_owned());
        if self.view.is_in_review() {
            // Who comes to decide does not label.
            coder.role = Some(REVIEWER.to_owned());
        }
        let n_before = desk.project.n_coders();
        self.act("new coder", Action::Coder { id: id.clone(), to: Some(coder) }, effects);
        if self.desk.as_ref().is_some_and(|desk| desk.project.n_coders() > n_before) {
            self.sit_down(&id, effects);
        }
    }

    fn sit_down(&mut self, id: &CoderId, effects: &mut Vec<Effect>) {
        let Some(desk) = &mut self.desk else { return };
        let project = desk.project.id().to_string();
        desk.coder = Some(id.clone());
        let setting = Setting::Coder { project, coder: id.to_string() };
        self.settings.take(setting.clone());
        effects.push(Effect::Keep(setting));
        if let Some(name) = desk.coder_name() {
            let status = format!("Coder: {name}");
            self.notices.status(status);
        }
    }

    /// Opens the note of the sentence answered last, to come back afterwards.
    pub(in crate::session) fn note_on_last(&mut self) {
        let Some((article, span)) = self.view.last_answered.clone() else { return };
        let back = self.view.article.clone().map(|article| (article, self.view.sentence));
        self.go(&article, Some(span));
        self.view.back_to = back;
        self.view.focus = Some(Field::Note);
    }
}

/// The action for what is said, with its name for undo; nothing when it is said already.
pub(in crate::session) fn said(
    project: &Project,
    key: &SheetKey,
    span: Span,
    say: &Say,
    at: crate::model::ids::Stamp,
) -> Option<(String, Action)> {
    let name_of =
        |id: &LabelId| project.scheme().label(id).map_or(id.to_string(), |label| label.name.to_lowercase());
    match say {
        Say::Label(id) if project.scheme().takes_several() => {
            let has = project.coding(key, span).is_some_and(|coding| coding.has(id));
            let action = plan::toggle(project, key, span, id, at)?;
            let sign = if has { "not " } else { "" };
            Some((format!("label: {sign}{}", name_of(id)), action))
        }
        Say::Label(id) => {
            let action = plan::answer(project, key, span, &Answer::Labels(vec![id.clone()]), at)?;
            Some((format!("label: {}", name_of(id)), action))
        }
        Say::None => {
            let action = plan::answer(project, key, span, &Answer::Labels(vec![]), at)?;
            Some(("label: none of these".to_owned(), action))
        }
        Say::Unanswered => {
            let action = plan::answer(project, key, span, &Answer::Unanswered, at)?;
            Some(("take label away".to_owned(), action))
        }
        Say::Unsure(on) => {
            let name = if *on { "unsure" } else { "sure again" };
            Some((name.to_owned(), plan::unsure(project, key, span, *on)?))
        }
        Say::Note(text) => Some(("note".to_owned(), plan::note(project, key, span, text)?)),
    }
}

/// What has to be counted again after an action on what was there.
fn touched(action: &Action, was: &Project) -> Touched {
    match action {
        Action::Coding { key, span, .. } => {
            Touched::Answer { key: key.clone(), span: *span, was: was.coding(key, *span).cloned() }
        }
        Action::Sheet { key, .. } => Touched::Answers(key.article.clone()),
        Action::Many(actions) => {
            let article = |action: &Action| match action {
                Action::Coding { key, .. } | Action::Sheet { key, .. } => Some(key.article.clone()),
                Action::Many(_) => match touched(action, was) {
                    Touched::Answers(article) => Some(article),
                    _ => None,
                },
                _ => None,
            };
            let first = actions.first().and_then(article);
            let is_same = first.is_some() && actions.iter().all(|action| article(action) == first);
            first.filter(|_| is_same).map_or(Touched::Anything, Touched::Answers)
        }
        Action::Record(record) => touched_by(record, was),
        Action::Project { .. } | Action::Coder { .. } => Touched::Nothing,
        _ => Touched::Anything,
    }
}

/// The same of a record. What stands beside the sheets changes no count of answers.
fn touched_by(record: &Record, was: &Project) -> Touched {
    match record {
        Record::Decision { id, to } => {
            // In the place of one at another sentence both would have to be looked at.
            let place = |decision: &Decision| (decision.article.clone(), decision.sentence);
            let (was, is) = (was.decision(id).map(place), to.as_ref().map(place));
            match (was, is) {
                (Some(was), Some(is)) if was != is => Touched::Anything,
                (was, is) => is.or(was).map_or(Touched::Nothing, |(article, span)| Touched::Decision {
                    article,
                    span,
                    id: id.clone(),
                }),
            }
        }
        Record::Comment { id, to } => {
            let article = to.as_ref().or_else(|| was.comment(id)).map(|comment| comment.article.clone());
            article.map_or(Touched::Nothing, Touched::Comment)
        }
        Record::Conflict { to, .. } => {
            let article = to.as_ref().and_then(|conflict| conflict.article.clone());
            article.map_or(Touched::Anything, Touched::Comment)
        }
        Record::Link { .. } | Record::Draw { .. } | Record::Import { .. } | Record::Head { .. } => {
            Touched::Nothing
        }
    }
}

/// Counts a change and has it written to the journal.
fn log(
    desk: &mut Desk,
    name: &str,
    undoes: Option<u64>,
    action: Action,
    touched: Touched,
    now: crate::session::moment::Moment,
    effects: &mut Vec<Effect>,
) {
    desk.revision += 1;
    desk.touched = touched;
    let n = desk.safety.acted(now.at);
    let entry = Entry { n, at: now.at, by: desk.coder.clone(), name: name.to_owned(), undoes, action };
    effects.push(Effect::Append(entry));
}

/// Whether who is at the keyboard marked an article done, in this state of the project.
fn is_done(desk: &Desk, project: &Project, article: Option<&ArticleId>) -> bool {
    let key = article.and_then(|article| desk.key(article));
    key.and_then(|key| project.sheet(&key)).is_some_and(|sheet| sheet.done)
}

/// Whether the mark of an article that is done came or went with a change, in words.
fn done_words(was_and_is: [bool; 2]) -> Option<&'static str> {
    match was_and_is {
        [true, false] => Some("the article is no longer marked done"),
        [false, true] => Some("the article is marked done"),
        _ => None,
    }
}

/// A name of a change as a line of its own: `Add 2 articles`.
fn sentence_case(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `denial → unanswered (sentence 7, Guardian)`: how one sentence changed, for the status line.
fn said_of(desk: &Desk, before: &Project, place: Option<&Place>) -> Option<String> {
    let Place { article, sentence: Some(span) } = place? else { return None };
    let key = desk.key(article)?;
    let words = |project: &Project| match project.coding(&key, *span) {
        Some(coding) if coding.is_none() => "none of these".to_owned(),
        Some(coding) if coding.answered => {
            let names = coding.labels.iter().map(|id| {
                project.scheme().label(id).map_or(id.to_string(), |label| label.name.to_lowercase())
            });
            names.collect::<Vec<_>>().join(" + ")
        }
        _ => "unanswered".to_owned(),
    };
    let (was, is) = (words(before), words(&desk.project));
    let found = desk.article(article)?;
    let number = found.idx_of(*span)? + 1;
    let outlet = found.meta.outlet.as_deref().unwrap_or_else(|| found.shown_title());
    let what = if was == is { "note or doubt".to_owned() } else { format!("{was} \u{2192} {is}") };
    Some(format!("{what} (sentence {number}, {outlet})"))
}
