//! Which sentences fit a query, and where it was found: in the text, a title, a note, a comment.

use crate::analysis::count::{self, State};
use crate::analysis::query::articles::answer_is;
use crate::analysis::query::index::{Index, Noted, Part};
use crate::analysis::query::told::{Known, Place, Told, known_of};
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
    /// Its place among all articles.
    pub place: usize,
    pub hits: Vec<Hit>,
}

/// A query about the sentences of a project, made ready to be asked of each article.
pub struct Asking<'a> {
    ask: &'a Ask,
    pub(super) project: &'a Project,
    pub(super) fields: Fields,
    /// Whether words are whole words.
    pub(super) whole: bool,
    sheets: Vec<Arc<Noted>>,
    pub(super) needles: Needles,
    pub(super) decided: BTreeSet<(&'a ArticleId, Span)>,
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

    /// What fits in one article, in the order of its sentences; `place` is its place in the index, if it has one.
    pub fn hits(&self, part: &Part, place: Option<usize>) -> Vec<Hit> {
        let found = self.sheets.iter().filter_map(|sheets| sheets.sheet(&part.article.id, place));
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
pub(super) struct Here<'a> {
    pub asking: &'a Asking<'a>,
    pub part: &'a Part,
    pub sheets: Vec<&'a Sheet>,
    pub comments: &'a [&'a Comment],
    /// By the place of the sentence: each as it stands, and as words are looked for in it.
    pub notes: Vec<(usize, &'a str, String)>,
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
                    Place::Comment(n) => match self.comments.get(n as usize) {
                        Some(comment) => At::Comment(comment.id.clone()),
                        None => At::Text,
                    },
                    Place::Text | Place::Answer | Place::Nowhere => At::Text,
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
        // Where no title is known, one is made of the text's first words, which are found there.
        if self.asking.fields.titles
            && self.part.article.meta.title.is_some()
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

    /// Whether a sentence fits, and where what is looked for stands.
    fn fits(&self, idx: usize, sentence: &Sentence, told: &[Vec<Told>]) -> Option<Place> {
        let mut place = Place::Nowhere;
        let clauses = || self.asking.ask.clauses.iter().zip(told);
        // What can be said at once comes first: most sentences end here.
        let mut is_open = false;
        for (clause, told) in clauses() {
            match known_of(idx, clause, told, &mut place) {
                Known::Holds => {}
                Known::Fails => return None,
                Known::Open => is_open = true,
            }
        }
        if !is_open {
            return Some(place);
        }
        let is_aside = self.part.article.is_aside(sentence);
        let of = |nth: Option<usize>, place: &mut Place| {
            let sheet = nth.and_then(|nth| self.sheets.get(nth)).copied();
            let answer = sheet.and_then(|sheet| sheet.coding(sentence.span)).filter(|_| !is_aside);
            let here = Asked { here: self, sentence, sheet, answer };
            clauses().all(|(clause, told)| {
                let is_known = matches!(known_of(idx, clause, told, place), Known::Holds);
                is_known || here.any_holds(clause, told, place)
            })
        };
        let fits = if self.sheets.is_empty() {
            of(None, &mut place)
        } else {
            (0..self.sheets.len()).any(|nth| of(Some(nth), &mut place))
        };
        fits.then_some(place)
    }

    /// What a query asks of the sheet of one coder.
    pub(super) fn sheet_is(&self, says: &Says, sheet: Option<&Sheet>) -> bool {
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
    sentence: &'a Sentence,
    sheet: Option<&'a Sheet>,
    answer: Option<&'a Coding>,
}

impl Asked<'_> {
    /// Whether one of the tests holds that were not told of all sentences at once.
    fn any_holds(&self, clause: &[Test], told: &[Told], place: &mut Place) -> bool {
        let mut open = clause.iter().zip(told).filter(|(_, told)| matches!(told, Told::Ask));
        open.any(|(test, _)| self.holds(test, place))
    }

    fn holds(&self, test: &Test, place: &mut Place) -> bool {
        let here = self.here;
        let is_so = |coding: &Coding| answer_is(&test.says, coding, here.asking.project);
        let is_of_answers = match &test.says {
            Says::Is(says) => says.is_of_answers(),
            Says::Note(_) => true,
            _ => false,
        };
        let is = match &test.says {
            // Not so is what nobody says.
            _ if is_of_answers && test.not => self.anybody(is_so),
            _ if is_of_answers => self.answer.is_some_and(is_so),
            Says::Coder(_) => self
                .sheet
                .zip(self.answer)
                .is_some_and(|(sheet, coding)| here.says_so(&test.says, sheet, coding)),
            other => here.sheet_is(other, self.sheet),
        };
        if is && !test.not && matches!(test.says, Says::Note(_)) && *place == Place::Nowhere {
            *place = Place::Note;
        }
        is != test.not
    }

    /// Whether any of the coders that are meant said so.
    fn anybody(&self, is_so: impl Fn(&Coding) -> bool) -> bool {
        let is_aside = self.here.part.article.is_aside(self.sentence);
        let mut sheets = self.here.sheets.iter().filter(|_| !is_aside);
        sheets.any(|sheet| sheet.coding(self.sentence.span).is_some_and(&is_so))
    }
}
