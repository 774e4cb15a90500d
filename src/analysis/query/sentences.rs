//! Which sentences fit a query, and where it was found: in the text, a title, a note, a comment.

use crate::analysis::count::{self, State};
use crate::analysis::query::articles::answer_is;
use crate::analysis::query::index::{Index, Noted, Part};
use crate::analysis::query::{Ask, Needles, Says, Test, Trait, Who, known};
use crate::model::article::Sentence;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::ids::{ArticleId, CoderId, RecordId, Span};
use crate::model::project::Project;
use crate::model::sheet::Sheet;
use crate::text::looking::looked;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// In what words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields {
    pub text: bool,
    pub titles: bool,
    pub notes: bool,
    pub comments: bool,
}

impl Fields {
    pub const ALL: Self = Self { text: true, titles: true, notes: true, comments: true };
}

/// Where a query was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    Title,
    Text,
    Note,
    Comment(RecordId),
}

/// A sentence that fits, or a title, or a comment on an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the article's list; none = the title, or the article as a whole.
    pub sentence: Option<usize>,
    pub at: At,
}

/// What was found in one article; never nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIn {
    pub article: ArticleId,
    pub hits: Vec<Hit>,
}

/// A query about the sentences of a project, made ready to be asked of each article.
pub struct Asking<'a> {
    ask: &'a Ask,
    project: &'a Project,
    fields: Fields,
    /// Whether words are whole words.
    whole: bool,
    sheets: Vec<Arc<Noted>>,
    needles: Needles,
    decided: BTreeSet<(&'a ArticleId, Span)>,
    comments: BTreeMap<&'a ArticleId, Vec<&'a Comment>>,
}

impl<'a> Asking<'a> {
    /// `index` has what is known of the sheets already.
    pub fn new(
        ask: &'a Ask,
        project: &'a Project,
        who: Who<'_>,
        (fields, whole): (Fields, bool),
        index: Option<&Index>,
    ) -> Self {
        let asks_decided = ask.tests().any(|test| matches!(test.says, Says::Is(Trait::Decided)));
        let decided = project.decisions().filter(|_| asks_decided);
        let mut comments: BTreeMap<&ArticleId, Vec<&Comment>> = BTreeMap::new();
        for comment in project.comments().filter(|_| fields.comments) {
            comments.entry(&comment.article).or_default().push(comment);
        }
        Self {
            sheets: sheets(project, &ask.coders(project, who), index),
            needles: Needles::of(ask, whole),
            decided: decided.map(|decision| (&decision.article, decision.sentence)).collect(),
            ask,
            project,
            fields,
            whole,
            comments,
        }
    }

    /// What fits in one article, in the order of its sentences.
    pub fn hits(&self, part: &Part) -> Vec<Hit> {
        let found = self.sheets.iter().filter_map(|sheets| sheets.sheet(&part.article.id));
        let found: Vec<(&Sheet, bool)> = found.collect();
        let comments = self.comments.get(&part.article.id).map_or(&[][..], Vec::as_slice);
        let notes = if self.fields.notes { notes(&found, part) } else { Vec::new() };
        let sheets = found.into_iter().map(|(sheet, _)| sheet).collect();
        let here = Here { asking: self, part, sheets, comments, notes };
        here.hits()
    }
}

fn sheets(project: &Project, coders: &[CoderId], index: Option<&Index>) -> Vec<Arc<Noted>> {
    let of = |coder: &CoderId| match index.and_then(|index| index.noted(coder)) {
        Some(known) => Arc::clone(known),
        None => Arc::new(Noted::of(project, coder, None)),
    };
    coders.iter().map(of).collect()
}

/// The notes in an article: the place of the sentence, and the note as words are looked for in it.
fn notes<'a>(sheets: &[(&'a Sheet, bool)], part: &Part) -> Vec<(usize, &'a str, String)> {
    let rows = sheets.iter().filter(|(_, has_notes)| *has_notes).flat_map(|(sheet, _)| &sheet.rows);
    let noted = rows.filter_map(|row| Some((row.span, row.coding.note.as_deref()?)));
    noted.filter_map(|(span, note)| Some((part.article.idx_of(span)?, note, looked(note)))).collect()
}

/// One article with all that was said in it.
struct Here<'a> {
    asking: &'a Asking<'a>,
    part: &'a Part,
    sheets: Vec<&'a Sheet>,
    comments: &'a [&'a Comment],
    notes: Vec<(usize, &'a str, String)>,
}

/// What one test says of the sentences, as far as that can be said of all at once.
enum Told {
    /// The same of each.
    All(bool),
    Each(Vec<Place>),
    /// It has to be asked of each.
    Ask,
}

/// Where words stand that are looked for, if they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Nowhere,
    Text,
    Note,
    Comment(usize),
}

impl Here<'_> {
    fn hits(&self) -> Vec<Hit> {
        let mut hits = self.beside_sentences();
        let told: Vec<Vec<Told>> = self
            .asking
            .ask
            .clauses
            .iter()
            .map(|clause| clause.iter().map(|test| self.told(test)).collect())
            .collect();
        let is_never = |(clause, told): (&Vec<Test>, &Vec<Told>)| {
            clause.iter().zip(told).all(|(test, told)| matches!(told, Told::All(holds) if *holds == test.not))
        };
        if self.asking.ask.clauses.iter().zip(&told).any(is_never) {
            return hits;
        }
        for (idx, sentence) in self.part.article.sentences().iter().enumerate() {
            if let Some(place) = self.fits(idx, sentence, &told) {
                let at = match place {
                    Place::Note => At::Note,
                    Place::Comment(n) => match self.comments.get(n) {
                        Some(comment) => At::Comment(comment.id.clone()),
                        None => At::Text,
                    },
                    Place::Text | Place::Nowhere => At::Text,
                };
                hits.push(Hit { sentence: Some(idx), at });
            }
        }
        hits
    }

    /// What is found in the title, and in comments on the whole article.
    fn beside_sentences(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        // A headline in the text is found as a sentence.
        let words = |sentence: &Sentence| self.part.article.words_of(sentence);
        let first = self.part.article.sentences().first().map(words);
        if self.asking.fields.titles
            && first != Some(self.part.article.shown_title())
            && self.fits_alone(self.part.article.shown_title(), self.part.title())
        {
            hits.push(Hit { sentence: None, at: At::Title });
        }
        for comment in self.comments.iter().filter(|comment| comment.sentence.is_none()) {
            if self.fits_alone(&comment.text, &looked(&comment.text)) {
                hits.push(Hit { sentence: None, at: At::Comment(comment.id.clone()) });
            }
        }
        hits
    }

    /// Whether a text that is no sentence fits: it must hold something that is looked for, and nobody answers it.
    fn fits_alone(&self, text: &str, folded: &str) -> bool {
        let mut is_found = false;
        let whole = self.asking.whole;
        let all = self.asking.ask.clauses.iter().all(|clause| {
            let mut any = false;
            for test in clause {
                let holds = match &test.says {
                    Says::Words { text: words, .. } => self.asking.needles.is_in(words, folded),
                    Says::Regex(pattern) => pattern.holds(text, whole),
                    Says::Is(Trait::State(_) | Trait::Mine) => {
                        self.sheet_is(&test.says, self.sheets.first().copied())
                    }
                    other => known(other, &self.part.article).unwrap_or_default(),
                };
                let looks = matches!(test.says, Says::Words { .. } | Says::Regex(_));
                is_found |= looks && holds && !test.not;
                any |= holds != test.not;
            }
            any
        });
        all && is_found
    }

    fn told(&self, test: &Test) -> Told {
        let fields = self.asking.fields;
        match &test.says {
            Says::Words { text, .. } => self.places_of(text, fields.text),
            Says::Text(words) => match self.asking.needles.get(words).and_then(|n| self.part.holding(n)) {
                Some(holding) => {
                    let place = |holds: bool| if holds { Place::Text } else { Place::Nowhere };
                    Told::Each(holding.into_iter().map(place).collect())
                }
                None => Told::All(false),
            },
            Says::Regex(pattern) => {
                let article = &self.part.article;
                let may_be = pattern.has_edges
                    || !self.notes.is_empty()
                    || !self.comments.is_empty()
                    || pattern.regex.is_match(article.text());
                if may_be { Told::Ask } else { Told::All(false) }
            }
            Says::Named(_) | Says::Is(_) | Says::Coder(_) | Says::Note(_) => Told::Ask,
            other => Told::All(known(other, &self.part.article).unwrap_or_default()),
        }
    }

    fn places_of(&self, words: &str, in_text: bool) -> Told {
        let needles = &self.asking.needles;
        let in_text = needles.get(words).filter(|_| in_text).and_then(|needle| self.part.holding(needle));
        let n = self.part.article.n_sentences();
        let mut places = in_text.map(|holding| {
            let place = |holds: bool| if holds { Place::Text } else { Place::Nowhere };
            holding.into_iter().map(place).collect::<Vec<_>>()
        });
        let mut put = |idx: usize, place: Place| {
            let all = places.get_or_insert_with(|| vec![Place::Nowhere; n]);
            if let Some(here) = all.get_mut(idx).filter(|here| **here == Place::Nowhere) {
                *here = place;
            }
        };
        for (idx, _, note) in &self.notes {
            if needles.is_in(words, note) {
                put(*idx, Place::Note);
            }
        }
        for (n, comment) in self.comments.iter().enumerate() {
            if let Some(idx) = comment.sentence.and_then(|span| self.part.article.idx_of(span))
                && needles.is_in(words, &looked(&comment.text))
            {
                put(idx, Place::Comment(n));
            }
        }
        places.map_or(Told::All(false), Told::Each)
    }

    /// Whether a sentence fits, and where what is looked for stands.
    fn fits(&self, idx: usize, sentence: &Sentence, told: &[Vec<Told>]) -> Option<Place> {
        let mut place = Place::Nowhere;
        // What can be said at once comes first: most sentences end here.
        let mut open = Vec::new();
        for (clause, told) in self.asking.ask.clauses.iter().zip(told) {
            let mut holds = false;
            let mut asks = false;
            for (test, told) in clause.iter().zip(told) {
                match told {
                    Told::All(is) => holds |= *is != test.not,
                    Told::Each(places) => {
                        let here = places.get(idx).copied().unwrap_or(Place::Nowhere);
                        holds |= (here != Place::Nowhere) != test.not;
                        if !test.not && matches!(place, Place::Nowhere) {
                            place = here;
                        }
                    }
                    Told::Ask => asks = true,
                }
            }
            if !holds && !asks {
                return None;
            }
            if !holds {
                open.push(clause);
            }
        }
        let is_aside = self.part.article.is_aside(sentence);
        if open.is_empty() {
            return Some(place);
        }
        let of = |nth: Option<usize>, place: &mut Place| {
            let sheet = nth.and_then(|nth| self.sheets.get(nth)).copied();
            let answer = sheet.and_then(|sheet| sheet.coding(sentence.span)).filter(|_| !is_aside);
            let here = Asked { here: self, idx, sentence, sheet, answer };
            open.iter().all(|clause| clause.iter().any(|test| here.holds(test, place)))
        };
        let fits = if self.sheets.is_empty() {
            of(None, &mut place)
        } else {
            (0..self.sheets.len()).any(|nth| of(Some(nth), &mut place))
        };
        fits.then_some(place)
    }

    /// What a query asks of the sheet of one coder.
    fn sheet_is(&self, says: &Says, sheet: Option<&Sheet>) -> bool {
        let article = &self.part.article;
        match says {
            Says::Is(Trait::State(state)) | Says::Named(Trait::State(state)) if *state != State::Aside => {
                article.aside.is_none() && sheet.map_or(State::New, count::state) == *state
            }
            Says::Is(Trait::Mine) => sheet.is_some_and(|sheet| sheet.assigned),
            _ => false,
        }
    }
}

/// One sentence, and what one coder said of it.
struct Asked<'a> {
    here: &'a Here<'a>,
    idx: usize,
    sentence: &'a Sentence,
    sheet: Option<&'a Sheet>,
    answer: Option<&'a Coding>,
}

impl Asked<'_> {
    fn holds(&self, test: &Test, place: &mut Place) -> bool {
        let here = self.here;
        let project = here.asking.project;
        let is_so = |coding: &Coding| answer_is(&test.says, coding, project);
        let is = match &test.says {
            // Not so is what nobody says.
            Says::Is(says) if says.is_of_answers() && test.not => self.anybody(is_so),
            Says::Note(_) if test.not => self.anybody(is_so),
            Says::Is(says) if says.is_of_answers() => self.answer.is_some_and(is_so),
            Says::Note(_) => {
                let holds = self.answer.is_some_and(is_so);
                if holds && *place == Place::Nowhere {
                    *place = Place::Note;
                }
                holds
            }
            Says::Is(Trait::Aside | Trait::State(State::Aside)) => here.part.article.is_aside(self.sentence),
            Says::Is(Trait::Decided) => {
                here.asking.decided.contains(&(&here.part.article.id, self.sentence.span))
            }
            Says::Coder(coders) => {
                let is_theirs = self.sheet.is_some_and(|sheet| coders.contains(&sheet.key.coder));
                is_theirs && self.answer.is_some_and(|coding| !coding.says_nothing())
            }
            Says::Regex(pattern) => {
                let found = self.place_of(|text| pattern.holds(text, here.asking.whole));
                if *place == Place::Nowhere && !test.not {
                    *place = found;
                }
                found != Place::Nowhere
            }
            other => here.sheet_is(other, self.sheet),
        };
        is != test.not
    }

    /// Whether any of the coders that are meant said so.
    fn anybody(&self, is_so: impl Fn(&Coding) -> bool) -> bool {
        let is_aside = self.here.part.article.is_aside(self.sentence);
        let mut sheets = self.here.sheets.iter().filter(|_| !is_aside);
        sheets.any(|sheet| sheet.coding(self.sentence.span).is_some_and(&is_so))
    }

    fn place_of(&self, holds: impl Fn(&str) -> bool) -> Place {
        let here = self.here;
        if here.asking.fields.text && holds(here.part.article.words_of(self.sentence)) {
            return Place::Text;
        }
        if here.notes.iter().any(|(idx, note, _)| *idx == self.idx && holds(note)) {
            return Place::Note;
        }
        let mut comments = here.comments.iter();
        let n =
            comments.position(|comment| comment.sentence == Some(self.sentence.span) && holds(&comment.text));
        n.map_or(Place::Nowhere, Place::Comment)
    }
}
