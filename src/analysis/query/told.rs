//! What can be told of all sentences of an article at once, so that most are never asked one by one.

use crate::analysis::count::State;
use crate::analysis::query::answers::{Answered, Said};
use crate::analysis::query::articles::answer_is;
use crate::analysis::query::sentences::Here;
use crate::analysis::query::{Says, Test, Trait, known};
use crate::model::coding::Coding;
use crate::model::ids::Span;
use crate::text::looking::looked;
use crate::text::query::Pattern;

/// What one test says of the sentences, as far as that can be said of all at once.
pub(super) enum Told<'a> {
    /// The same of each.
    All(bool),
    /// Of each whether it holds, and where.
    Each(Vec<Place>),
    /// Of each what its answer says: it holds where one of the bits is there.
    Said(&'a [Said], u64),
    /// It has to be asked of each.
    Ask,
}

/// Where words stand that are looked for, if they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Nowhere,
    /// What holds is no matter of words.
    Answer,
    Text,
    Note,
    Comment(u32),
}

/// What clauses say of a sentence that are told of all at once.
pub(super) enum Known {
    Holds,
    Fails,
    Open,
}

impl<'a> Here<'a> {
    /// What one test says of the sentences.
    pub(super) fn told(&self, test: &Test) -> Told<'a> {
        let fields = self.asking.fields;
        match &test.says {
            Says::Words { text, .. } => self.places_of(text, fields.text),
            Says::Text(words) => {
                let mut places = Vec::new();
                self.in_text(words, &mut places);
                told(places)
            }
            Says::Regex(pattern) => self.places_of_regex(pattern),
            Says::Is(Trait::Aside | Trait::State(State::Aside)) => self.aside(),
            Says::Is(Trait::Decided) => self.decided(),
            Says::Named(_) | Says::Is(_) | Says::Coder(_) | Says::Note(_) => self.answered(&test.says),
            other => Told::All(known(other, &self.part.article).unwrap_or_default()),
        }
    }

    fn places_of(&self, words: &str, in_text: bool) -> Told<'a> {
        let needles = &self.asking.needles;
        let mut places = Vec::new();
        if in_text {
            self.in_text(words, &mut places);
        }
        for (idx, _, note) in &self.notes {
            if needles.is_in(words, note) {
                self.put(&mut places, *idx, Place::Note);
            }
        }
        for (n, comment) in (0..).zip(self.comments) {
            if let Some(idx) = comment.sentence.and_then(|span| self.part.article.idx_of(span))
                && needles.is_in(words, &looked(&comment.text))
            {
                self.put(&mut places, idx, Place::Comment(n));
            }
        }
        told(places)
    }

    fn in_text(&self, words: &str, places: &mut Vec<Place>) {
        if let Some(needle) = self.asking.needles.get(words) {
            for idx in self.part.holding(needle) {
                self.put(places, idx, Place::Text);
            }
        }
    }

    fn places_of_regex(&self, pattern: &Pattern) -> Told<'a> {
        let article = &self.part.article;
        let holds = |text: &str| pattern.holds(text, self.asking.whole);
        let mut places = Vec::new();
        if self.asking.fields.text {
            for idx in self.part.holding_regex(pattern, self.asking.whole) {
                self.put(&mut places, idx, Place::Text);
            }
        }
        for (idx, ..) in self.notes.iter().filter(|(_, note, _)| holds(note)) {
            self.put(&mut places, *idx, Place::Note);
        }
        for (n, comment) in (0..).zip(self.comments) {
            let idx = comment.sentence.and_then(|span| article.idx_of(span));
            if let Some(idx) = idx.filter(|_| holds(&comment.text)) {
                self.put(&mut places, idx, Place::Comment(n));
            }
        }
        told(places)
    }

    fn aside(&self) -> Told<'a> {
        let article = &self.part.article;
        let mut places = Vec::new();
        for (idx, sentence) in article.sentences().iter().enumerate() {
            if article.is_aside(sentence) {
                self.put(&mut places, idx, Place::Answer);
            }
        }
        told(places)
    }

    fn decided(&self) -> Told<'a> {
        let article = &self.part.article;
        let from = (&article.id, Span::new(0, 0));
        let here = self.asking.decided.range(from..).take_while(|(of, _)| **of == article.id);
        let mut places = Vec::new();
        for idx in here.filter_map(|(_, span)| article.idx_of(*span)) {
            self.put(&mut places, idx, Place::Answer);
        }
        told(places)
    }

    /// What is asked of answers: told at once where one coder is meant, since of several one must have said all of it.
    fn answered(&self, says: &Says) -> Told<'a> {
        let sheet = match self.sheets.as_slice() {
            [] => None,
            [sheet] => Some(*sheet),
            _ => return Told::Ask,
        };
        let place = match says {
            Says::Note(_) => Place::Note,
            Says::Coder(_) => Place::Answer,
            Says::Is(asked) if asked.is_of_answers() => Place::Answer,
            of_sheets => return Told::All(self.sheet_is(of_sheets, sheet)),
        };
        let Some(answered) = sheet else { return Told::All(false) };
        if let Some(asked) = Said::asked(says, &answered.sheet.key.coder) {
            let said = answered.said();
            let any = said.iter().any(|said| said.is(asked));
            return if any { Told::Said(said, asked) } else { Told::All(false) };
        }
        if matches!(says, Says::Note(_)) && !answered.has_notes {
            return Told::All(false);
        }
        let article = &self.part.article;
        let mut places = Vec::new();
        for row in answered.sheet.rows.iter().filter(|row| self.says_so(says, answered, &row.coding)) {
            let idx = article.idx_of(row.span);
            let sentence = idx.and_then(|idx| article.sentences().get(idx));
            if let Some(idx) = idx.filter(|_| sentence.is_some_and(|it| !article.is_aside(it))) {
                self.put(&mut places, idx, place);
            }
        }
        told(places)
    }

    /// Whether a row of a sheet is what is asked of one.
    pub(super) fn says_so(&self, says: &Says, of: &Answered, coding: &Coding) -> bool {
        match says {
            Says::Coder(coders) => coders.contains(&of.sheet.key.coder) && !coding.says_nothing(),
            of_answers => answer_is(of_answers, coding, self.asking.project),
        }
    }

    /// Where it holds first is what counts; a list is made for the first place in it.
    fn put(&self, places: &mut Vec<Place>, idx: usize, place: Place) {
        if places.is_empty() {
            places.resize(self.part.n_sentences(), Place::Nowhere);
        }
        if let Some(here) = places.get_mut(idx).filter(|here| **here == Place::Nowhere) {
            *here = place;
        }
    }
}

/// A list that was never begun says that it holds nowhere.
fn told(places: Vec<Place>) -> Told<'static> {
    if places.is_empty() { Told::All(false) } else { Told::Each(places) }
}

/// What a clause says of a sentence, as far as it is told; the first place that words stand at is kept.
pub(super) fn known_of(idx: usize, clause: &[Test], told: &[Told<'_>], place: &mut Place) -> Known {
    let mut holds = false;
    let mut asks = false;
    for (test, told) in clause.iter().zip(told) {
        match told {
            Told::All(is) => holds |= *is != test.not,
            Told::Each(places) => {
                let here = places.get(idx).copied().unwrap_or(Place::Nowhere);
                holds |= (here != Place::Nowhere) != test.not;
                if !test.not && here != Place::Nowhere && matches!(place, Place::Nowhere | Place::Answer) {
                    *place = here;
                }
            }
            Told::Said(said, asked) => holds |= said.get(idx).is_some_and(|said| said.is(*asked)) != test.not,
            Told::Ask => asks = true,
        }
    }
    match (holds, asks) {
        (true, _) => Known::Holds,
        (false, true) => Known::Open,
        (false, false) => Known::Fails,
    }
}
