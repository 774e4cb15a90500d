//! Sentence: answers beside the scheme's own labels, notes, moving about.

use super::{ROW, always, can_answer, can_change, has_article, is_open, short};
use crate::model::article::{ASIDE, Sentence};
use crate::session::Session;
use crate::session::command::{Command, Menu, Where};
use crate::session::intent::{Answering, Say, Then};
use crate::session::job::Effect;
use crate::session::mending::Mending;
use crate::session::prefs::{AfterLabel, Setting};
use crate::session::view::{Field, Listing, Look, Over};

const HERE: Command = Command { menu: Menu::Sentence, holds: Where::Annotate, ready: has_article, ..ROW };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "none",
        label: "None of these",
        help: "Record that no label fits, and go to the next sentence.",
        keys: &["0"],
        ready: can_answer,
        run: |session, effects| say(session, Say::None, Then::Next, effects),
        ..HERE
    },
    Command {
        id: "take-back",
        label: "Back and take the label away",
        help: "Go back one sentence and make it unanswered.",
        keys: &["Backspace"],
        ready: can_answer,
        run: |session, effects| {
            // After the last answer one stands behind the last sentence.
            if !session.looks_back() && (session.is_past_the_end() || session.step(-1)) {
                say(session, Say::Unanswered, Then::Stay, effects);
                session.view.flash = session.current_span();
            }
        },
        ..HERE
    },
    Command {
        id: "unanswer",
        label: "Take the label away",
        help: "Make the current sentence unanswered.",
        keys: &["Delete"],
        ready: can_answer,
        run: |session, effects| say(session, Say::Unanswered, Then::Stay, effects),
        ..HERE
    },
    Command {
        id: "unsure",
        label: "Unsure",
        help: "Mark the current sentence as unsure, or as sure again.",
        keys: &["U"],
        ready: can_answer,
        run: |session, effects| {
            let coding = session
                .article()
                .zip(session.desk())
                .and_then(|(article, desk)| desk.coding(article, session.view.sentence));
            let unsure = coding.is_some_and(|coding| coding.unsure);
            say(session, Say::Unsure(!unsure), Then::Stay, effects);
        },
        begins_group: true,
        ..HERE
    },
    Command {
        id: "note",
        label: "Note",
        help: "Write a note on the current sentence; Esc goes back to the text.",
        keys: &["C"],
        ready: can_answer,
        run: |session, _| session.view.focus = Some(Field::Note),
        ..HERE
    },
    Command {
        id: "note-last",
        label: "Note on the sentence just answered",
        help: "Write a note on the sentence answered last, then come back.",
        keys: &["."],
        ready: |session| {
            can_answer(session)?;
            let last = session.view.last_answered.as_ref();
            last.map(|_| ()).ok_or_else(|| "nothing was answered yet".to_owned())
        },
        run: |session, _| session.note_on_last(),
        ..HERE
    },
    Command {
        id: "repeat",
        label: "The last label again",
        help: "Give the current sentence the label that was given last, and go to the next sentence.",
        keys: &["R"],
        ready: |session| {
            can_answer(session)?;
            let last = session.view.last_said.as_ref();
            last.map(|_| ()).ok_or_else(|| "no label was given yet".to_owned())
        },
        run: |session, effects| session.repeat_label(effects),
        yields: true,
        ..HERE
    },
    Command {
        id: "choose-next",
        label: "Choose the next sentence too",
        help: "Choose several sentences in a row: a label key answers all of them, and one undo takes it back.",
        keys: &["Shift+Down"],
        ready: can_answer,
        run: |session, _| session.stretch_run(1),
        begins_group: true,
        repeats: true,
        ..HERE
    },
    Command {
        id: "choose-previous",
        label: "Choose the previous sentence too",
        help: "Choose several sentences in a row, upwards.",
        keys: &["Shift+Up"],
        ready: can_answer,
        run: |session, _| session.stretch_run(-1),
        repeats: true,
        ..HERE
    },
    Command {
        id: "comment-here",
        label: "Comment\u{2026}",
        help: "Read and write what is said for everybody about the sentence, or about the whole article.",
        keys: &["Shift+C"],
        ready: can_answer,
        run: |session, _| {
            session.view.over = Some(Over::Comments);
            session.view.focus = Some(Field::Comment);
        },
        ..HERE
    },
    Command {
        id: "kind",
        label: "What this paragraph is\u{2026}",
        help: "Say that the paragraph is a headline, a byline, a caption or prose, which decides whether answers are asked for.",
        ready: can_answer,
        run: |session, _| session.view.over = Some(Over::Kind),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "aside-sentence",
        label: "Set this sentence aside",
        help: "Ask for no answer to the current sentence, or bring it back with its answer.",
        ready: can_answer,
        run: |session, effects| {
            let kind = if is_aside(session) { "" } else { ASIDE };
            session.mend(Mending::Kind(kind), effects);
        },
        says: Some(|session| is_aside(session).then(|| "Bring this sentence back".to_owned())),
        ..HERE
    },
    Command {
        id: "join",
        label: "Join with the next sentence",
        help: "Make one sentence of this one and the next of its paragraph; everybody's answers follow, the text never changes.",
        keys: &["M"],
        ready: can_repair,
        run: Session::join_sentence,
        begins_group: true,
        yields: true,
        ..HERE
    },
    Command {
        id: "split",
        label: "Split this sentence",
        help: "Split the current sentence at the caret, or before the word under the pointer; everybody's answers follow.",
        keys: &["Shift+M"],
        ready: can_repair,
        run: Session::split_sentence,
        ..HERE
    },
    Command {
        id: "caret-next",
        label: "Caret to the next word",
        help: "Put a caret between two words of the current sentence, where it can be split; Esc puts it away.",
        keys: &["Ctrl+Right"],
        run: |session, _| session.walk_caret(true),
        repeats: true,
        ..HERE
    },
    Command {
        id: "caret-back",
        label: "Caret back one word",
        help: "Put the caret one word back in the current sentence.",
        keys: &["Ctrl+Left"],
        run: |session, _| session.walk_caret(false),
        repeats: true,
        ..HERE
    },
    Command {
        id: "to-check",
        label: "To check",
        help: "List your answers whose sentence changed, in the place of the articles; Enter says that one is right as it is.",
        ready: |session| {
            is_open(session)?;
            let any = session.n_to_check() > 0;
            any.then_some(()).ok_or_else(|| "no answer of yours is to be looked at again".to_owned())
        },
        run: |session, effects| session.look(Look::List(Some(Listing::ToCheck)), effects),
        says: Some(|session| {
            Some(format!("To check: {}", session.n_to_check())).filter(|_| session.n_to_check() > 0)
        }),
        ..HERE
    },
    Command {
        id: "check-right",
        label: "Right as it is",
        help: "Answers to look at again: this one stays as it is, and needs no further look; Enter does it while the list is shown.",
        ready: is_checking,
        run: Session::is_right,
        ..HERE
    },
    Command {
        id: "check-all-right",
        label: "All are right as they are",
        help: "Answers to look at again: all of the list stay as they are.",
        ready: is_checking,
        run: Session::all_right,
        ..HERE
    },
    Command {
        id: "next",
        label: "Next sentence",
        help: "Go to the next sentence.",
        keys: &["Down", "J", "Enter", "Space"],
        run: |session, _| {
            session.step(1);
        },
        begins_group: true,
        repeats: true,
        ..HERE
    },
    Command {
        id: "previous",
        label: "Previous sentence",
        help: "Go to the previous sentence.",
        keys: &["Up", "K"],
        run: |session, _| {
            session.step(-1);
        },
        repeats: true,
        ..HERE
    },
    Command {
        id: "next-page",
        label: "Ten sentences on",
        help: "Go ten sentences on, or to the last one.",
        keys: &["PageDown"],
        run: |session, _| {
            session.step_page(1);
        },
        repeats: true,
        ..HERE
    },
    Command {
        id: "previous-page",
        label: "Ten sentences back",
        help: "Go ten sentences back, or to the first one.",
        keys: &["PageUp"],
        run: |session, _| {
            session.step_page(-1);
        },
        repeats: true,
        ..HERE
    },
    Command {
        id: "next-open",
        label: "Next sentence without an answer",
        help: "Go to the next sentence without an answer, on into the next articles; in a search, to the next hit.",
        keys: &["N"],
        run: |session, _| open(session, true),
        repeats: true,
        ..HERE
    },
    Command {
        id: "previous-open",
        label: "Previous sentence without an answer",
        help: "Go to the previous sentence without an answer, back into the articles before; in a search, to the hit before.",
        keys: &["Shift+N"],
        run: |session, _| open(session, false),
        repeats: true,
        ..HERE
    },
    Command {
        id: "first",
        label: "First sentence",
        help: "Go to the first sentence of the article.",
        keys: &["Home"],
        run: |session, _| session.go_to_end(false),
        ..HERE
    },
    Command {
        id: "last",
        label: "Last sentence",
        help: "Go to the last sentence of the article.",
        keys: &["End"],
        run: |session, _| session.go_to_end(true),
        ..HERE
    },
    Command {
        id: "next-article",
        label: "Next article",
        help: "Show the next article of the list.",
        keys: &["Right", "]"],
        run: |session, effects| article(session, 1, effects),
        begins_group: true,
        repeats: true,
        ..HERE
    },
    Command {
        id: "previous-article",
        label: "Previous article",
        help: "Show the previous article of the list.",
        keys: &["Left", "["],
        run: |session, effects| article(session, -1, effects),
        repeats: true,
        ..HERE
    },
    Command {
        id: "next-gap",
        label: "Next article with gaps",
        help: "Show the next article with a sentence without an answer; after the last article it begins again.",
        ready: is_open,
        run: |session, effects| {
            if !session.step_gap() {
                session.notices.status("No other article of the list has a sentence without an answer");
            }
            session.keep_stop(effects, true);
        },
        ..HERE
    },
    Command {
        id: "done",
        label: "Mark article done",
        help: "Say that this article is done, and go to the next one.",
        keys: &["Ctrl+Enter"],
        ready: can_be_done,
        run: |session, effects| {
            session.article_done(true, effects);
            session.save_quietly(effects);
            if !session.step_article(1) {
                session.tell_end_of_list();
            }
        },
        ..HERE
    },
    Command {
        id: "not-done",
        label: "Article not done after all",
        help: "Take back that this article is done.",
        ready: |session| {
            can_answer(session)?;
            if session.is_done() { Ok(()) } else { Err("this article is not marked as done".to_owned()) }
        },
        run: |session, effects| session.article_done(false, effects),
        ..HERE
    },
    Command {
        id: "after-label-next",
        label: "After a label go to the next sentence",
        help: "A label key goes on to the next sentence, whether it has an answer or not.",
        ready: always,
        run: |session, effects| after_label(session, AfterLabel::Next, effects),
        chosen: Some(|session| session.settings().after_label == AfterLabel::Next),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "after-label-next-unanswered",
        label: "After a label go to the next unanswered sentence",
        help: "A label key goes on to the next sentence of the article without an answer: for filling gaps at speed.",
        ready: always,
        run: |session, effects| after_label(session, AfterLabel::NextUnanswered, effects),
        chosen: Some(|session| session.settings().after_label == AfterLabel::NextUnanswered),
        ..HERE
    },
];

fn can_repair(session: &Session) -> Result<(), String> {
    has_article(session)?;
    can_change(session)?;
    match session.article() {
        Some(article) if !article.intact => {
            Err("this article\u{2019}s text does not match its hash".to_owned())
        }
        _ => Ok(()),
    }
}

fn is_checking(session: &Session) -> Result<(), String> {
    can_change(session)?;
    let is_open = session.view().listing.is_some();
    is_open.then_some(()).ok_or_else(|| "only while answers to look at again are listed".to_owned())
}

/// Whether the current sentence is set aside alone.
fn is_aside(session: &Session) -> bool {
    let sentence = session.article().and_then(|article| article.sentences().get(session.view.sentence));
    sentence.is_some_and(Sentence::is_aside)
}

fn after_label(session: &mut Session, to: AfterLabel, effects: &mut Vec<Effect>) {
    session.set(Setting::AfterLabel(to), effects);
    session.notices.status(match to {
        AfterLabel::Next => "A label key goes on to the next sentence",
        AfterLabel::NextUnanswered => "A label key goes on to the next sentence without an answer",
    });
}

/// Says something of the current sentence; what cannot be seen is brought back first.
fn say(session: &mut Session, say: Say, then: Then, effects: &mut Vec<Effect>) {
    if !session.looks_back() {
        session.answer(Answering { sentence: session.current_span(), say, then }, effects);
    }
}

/// The next sentence without an answer; while something is looked for, the next hit.
fn open(session: &mut Session, forward: bool) {
    if session.search().is_open() && session.step_hit(forward) {
        return;
    }
    if !session.step_open(forward) {
        session.notices.status("No sentence without an answer");
        session.tell_end_of_list();
    }
}

fn article(session: &mut Session, by: isize, effects: &mut Vec<Effect>) {
    if !session.step_article(by) {
        session.notices.status(if by > 0 { "This is the last article" } else { "This is the first article" });
    }
    session.keep_stop(effects, true);
}

/// Whether the article can be said to be done: every sentence has an answer.
fn can_be_done(session: &Session) -> Result<(), String> {
    can_answer(session)?;
    if session.is_done() {
        return Err("already done".to_owned());
    }
    let counts = session.article().and_then(|article| session.derived().counts(&article.id));
    match counts.map_or(0, |counts| counts.progress.n_unanswered()) {
        0 => Ok(()),
        1 => Err("1 sentence left".to_owned()),
        n => Err(format!("{n} sentences left")),
    }
}

impl Session {
    /// Whether who is at the keyboard said that the article shown is done.
    pub fn is_done(&self) -> bool {
        let sheet = self
            .desk()
            .zip(self.article())
            .and_then(|(desk, article)| desk.project().sheet(&desk.key(&article.id)?));
        sheet.is_some_and(|sheet| sheet.done)
    }

    fn article_done(&mut self, done: bool, effects: &mut Vec<Effect>) {
        let Some((desk, article)) = self.desk().zip(self.article()) else { return };
        let Some(key) = desk.key(&article.id) else { return };
        let name = if done { "article done" } else { "article not done" };
        let title = short(article.shown_title());
        let action = crate::model::plan::done(desk.project(), &key, done, self.now.at);
        if action.is_some_and(|action| self.act(name, action, effects)) {
            let what = if done { "Marked done" } else { "No longer marked done" };
            self.notices.changed(format!("{what}: \u{201c}{title}\u{201d}"));
        }
    }
}
