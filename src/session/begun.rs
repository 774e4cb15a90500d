//! Notes begun and not said: kept in the journal while they are typed, so that a crash loses no more than their last second.
//!
//! They are no part of the project: a note is said when the person leaves its field, and only then.

use crate::formats::project::journal::Draft;
use crate::model::article::Article;
use crate::model::ids::{ArticleId, CoderId, Span, Stamp};
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::{Answering, Noting, Say, Then};
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone};

/// How long letters may be in the window alone, in seconds.
const LONGEST_SECS: i64 = 1;

/// All of one project, also those of other coders on this computer.
#[derive(Debug, Default)]
pub struct Begun {
    notes: Vec<Note>,
    /// The field that the person is in.
    field: Option<(ArticleId, Span)>,
    /// When the first letter was typed that was not sent to the journal.
    waits_since: Option<Stamp>,
}

#[derive(Debug)]
struct Note {
    draft: Draft,
    /// Whether the journal was told of it, and whether of its last letters.
    is_told: bool,
    is_told_all: bool,
}

impl Note {
    /// Whether it stands in the field of a sentence while this coder is at the keyboard.
    fn stands_in(&self, article: &ArticleId, span: Span, coder: Option<&CoderId>) -> bool {
        let is_theirs = self.draft.by.is_none() || self.draft.by.as_ref() == coder;
        is_theirs && self.draft.article == *article && self.draft.span == span
    }
}

impl Desk {
    /// What stands in a note's field and was not said.
    pub fn draft(&self, article: &ArticleId, span: Span) -> Option<&str> {
        let coder = self.coder.as_ref();
        let note = self.begun.notes.iter().find(|note| note.stands_in(article, span, coder))?;
        note.draft.text.as_deref()
    }

    /// The field that a note is being written in.
    pub fn note_field(&self) -> Option<&(ArticleId, Span)> {
        self.begun.field.as_ref()
    }

    /// Takes what stands in a field away, and tells the journal if it knows of it.
    fn forget_draft(&mut self, article: &ArticleId, span: Span, effects: &mut Vec<Effect>) {
        let coder = self.coder.as_ref();
        let (gone, notes) = std::mem::take(&mut self.begun.notes)
            .into_iter()
            .partition(|note| note.stands_in(article, span, coder));
        self.begun.notes = notes;
        let gone: Vec<Note> = gone;
        for note in gone.into_iter().filter(|note| note.is_told) {
            self.put(Draft { text: None, ..note.draft }, effects);
        }
        self.count_drafts();
    }

    fn put(&mut self, draft: Draft, effects: &mut Vec<Effect>) {
        self.safety.draft_n += 1;
        effects.push(Effect::PutDraft(self.safety.draft_n, draft));
    }

    fn count_drafts(&mut self) {
        let waits = self.begun.notes.iter().any(|note| !note.is_told_all);
        self.begun.waits_since = self.begun.waits_since.filter(|_| waits);
        self.safety.draft_waits = waits;
        self.safety.has_draft = !self.begun.notes.is_empty();
    }

    /// When the journal is to be told of what was typed, in seconds since 1970.
    pub(in crate::session) fn drafts_due(&self) -> Option<i64> {
        self.begun.waits_since.map(|at| at.0 + LONGEST_SECS)
    }

    /// Tells the journal of everything that was typed.
    pub(in crate::session) fn put_drafts(&mut self, effects: &mut Vec<Effect>) {
        let waiting = self.begun.notes.iter_mut().filter(|note| !note.is_told_all);
        let drafts: Vec<Draft> = waiting
            .map(|note| {
                (note.is_told, note.is_told_all) = (true, true);
                note.draft.clone()
            })
            .collect();
        for draft in drafts {
            self.put(draft, effects);
        }
        self.count_drafts();
    }
}

impl Session {
    pub(in crate::session) fn note(&mut self, noting: Noting, effects: &mut Vec<Effect>) {
        match noting {
            Noting::Typed { article, span, text } => {
                if self
                    .desk()
                    .and_then(Desk::note_field)
                    .is_some_and(|field| *field != (article.clone(), span))
                {
                    self.say_note(effects);
                }
                self.type_note(&article, span, text, effects);
            }
            Noting::Left => self.say_note(effects),
            Noting::Reason { article, span, text } => {
                self.give_reason(&article, span, Some(text), None, effects);
                self.why_is_said(&article, span);
            }
            Noting::Code(nth) => self.say_code(nth, effects),
            Noting::KeepCode { article, span, code } => {
                self.give_reason(&article, span, Some(String::new()), Some(code), effects);
                self.why_is_said(&article, span);
            }
            Noting::Comment { article, span, text, re } => self.comment(&article, span, &text, re, effects),
            Noting::Settle(id, settled) => self.resolve(&id, settled, effects),
        }
    }

    fn type_note(&mut self, article: &ArticleId, span: Span, text: String, effects: &mut Vec<Effect>) {
        let at = self.now.at;
        let Some(desk) = self.desk.as_mut().filter(|desk| desk.closed_for_writing().is_none()) else {
            return;
        };
        desk.begun.field = Some((article.clone(), span));
        let said = desk.key(article).and_then(|key| desk.project.coding(&key, span));
        if said.and_then(|coding| coding.note.as_deref()).unwrap_or_default() == text {
            return desk.forget_draft(article, span, effects);
        }
        let coder = desk.coder.clone();
        match desk.begun.notes.iter_mut().find(|note| note.stands_in(article, span, coder.as_ref())) {
            Some(note) if note.draft.text.as_ref() == Some(&text) => return,
            Some(note) => {
                (note.draft.at, note.draft.text, note.is_told_all) = (at, Some(text), false);
            }
            None => {
                let draft = Draft { at, by: coder, article: article.clone(), span, text: Some(text) };
                desk.begun.notes.push(Note { draft, is_told: false, is_told_all: false });
            }
        }
        desk.begun.waits_since.get_or_insert(at);
        desk.count_drafts();
    }

    /// The person leaves the field: what stands in it is said.
    fn say_note(&mut self, effects: &mut Vec<Effect>) {
        let Some(desk) = &mut self.desk else { return };
        let Some((article, span)) = desk.begun.field.take() else { return };
        let Some(text) = desk.draft(&article, span).map(str::to_owned) else { return };
        let sentence = Some((article, span));
        self.answer(Answering { sentence, say: Say::Note(text), then: Then::Stay }, effects);
    }

    /// A note was said: it is no draft any more.
    pub(in crate::session) fn note_said(
        &mut self,
        article: &ArticleId,
        span: Span,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(desk) = &mut self.desk {
            desk.forget_draft(article, span, effects);
        }
    }

    /// Puts what recovery brought back into its fields; the sentence of the one typed last, if it is of who is here.
    pub(in crate::session) fn take_drafts(
        &mut self,
        drafts: Vec<Draft>,
        effects: &mut Vec<Effect>,
    ) -> Option<(ArticleId, Span)> {
        let desk = self.desk.as_mut()?;
        let mut homeless = Vec::new();
        for mut draft in drafts {
            let found = desk.article(&draft.article).and_then(|article| field_near(article, draft.span));
            let has_moved = found.is_some_and(|span| span != draft.span);
            if has_moved {
                desk.put(Draft { text: None, ..draft.clone() }, effects);
            }
            match found {
                Some(span) => draft.span = span,
                None => homeless.extend(draft.text.clone()),
            }
            let is_told = !has_moved;
            desk.begun.notes.push(Note { draft, is_told, is_told_all: is_told });
        }
        desk.put_drafts(effects);
        let coder = desk.coder.as_ref();
        let notes = desk.begun.notes.iter().map(|note| &note.draft);
        let ours = notes.filter(|draft| {
            desk.article(&draft.article).is_some() && (draft.by.is_none() || draft.by.as_ref() == coder)
        });
        let last = ours.max_by_key(|draft| draft.at).map(|draft| (draft.article.clone(), draft.span));
        if !homeless.is_empty() {
            let text = match homeless.as_slice() {
                [one] => format!("The article of a note half typed is not in the project: {one}"),
                all => format!("The articles of {} notes half typed are not in the project", all.len()),
            };
            self.tell(Notice::new(Tone::Warning, "Look", text).listing(&homeless));
        }
        last
    }
}

/// The sentence that a note is on, also where sentences were divided anew since.
fn field_near(article: &Article, span: Span) -> Option<Span> {
    let sentences = article.sentences();
    let covers = |at: Span| at.end > span.start;
    let found =
        sentences.iter().find(|s| s.span == span).or_else(|| sentences.iter().find(|s| covers(s.span)));
    found.or(sentences.last()).map(|sentence| sentence.span)
}
