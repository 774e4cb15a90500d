//! Which sentences fit a query, and where it was found: in the text, a title, a note, a comment.

use crate::analysis::count::{self, State};
use crate::analysis::query::answers::{Answered, Answers, Said};
use crate::analysis::query::index::{Index, Part};
use crate::analysis::query::told::{Known, Place, Told, known_of};
use crate::analysis::query::{Ask, Needles, Says, Test, Trait, Who, known};
use crate::model::comment::Comment;
use crate::model::ids::{ArticleId, CoderId, RecordId, Span};
use crate::model::project::Project;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Title,
    Text,
    Note,
    /// By its place among the comments of what was found in the article.
    Comment(u32),
}

/// A sentence that fits, or a title, or a comment on an article: small, for there may be hundreds of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the article's list, or [`Self::BESIDE`].
    sentence: u32,
    pub at: At,
}

/// What was found in one article, in the order of its sentences; what is at none of them comes first.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Finds {
    pub hits: Box<[Hit]>,
    /// Those that something was found in.
    pub comments: Box<[RecordId]>,
}

impl Hit {
    /// At no sentence.
    const BESIDE: u32 = u32::MAX;

    fn at_sentence(idx: usize, at: At) -> Self {
        Self { sentence: u32::try_from(idx).unwrap_or(Self::BESIDE), at }
    }

    /// The place of its sentence in the article's list; none = the title, or the article as a whole.
    pub fn sentence(self) -> Option<usize> {
        (self.sentence != Self::BESIDE).then_some(self.sentence as usize)
    }
}

/// A query about the sentences of a project, made ready to be asked of each article.
pub struct Asking<'a> {
    pub(super) project: &'a Project,
    pub(super) fields: Fields,
    /// Whether words are whole words.
    pub(super) whole: bool,
    sheets: Vec<Arc<Answers>>,
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
            project,
            fields,
            whole,
            comments,
        }
    }

    /// What fits in one article; `place` is its place in the index, if it has one. `ask` is what this was made of, or a copy:
    /// threads that share a regular expression wait for each other.
    pub fn finds(&self, ask: &Ask, part: &Part, place: Option<usize>) -> Finds {
        let sheets: Vec<&Answered> =
            self.sheets.iter().filter_map(|sheets| sheets.sheet(&part.article.id, place)).collect();
        // Where there are none at all, no id is looked at.
        let comments = if self.comments.is_empty() { None } else { self.comments.get(&part.article.id) };
        let comments = comments.map_or(&[][..], Vec::as_slice);
        let notes = if self.fields.notes { notes(&sheets, part) } else { Vec::new() };
        Here { asking: self, ask, part, sheets, comments, notes }.finds()
    }
}

fn sheets(project: &Project, coders: &[CoderId], index: Option<&Index>) -> Vec<Arc<Answers>> {
    let of = |coder: &CoderId| match index.and_then(|index| index.answers(coder)) {
        Some(known) => Arc::clone(known),
        None => Arc::new(Answers::of(project, coder, None)),
    };
    coders.iter().map(of).collect()
}

/// The notes in an article: the place of the sentence, and the note as words are looked for in it.
fn notes<'a>(sheets: &[&'a Answered], part: &Part) -> Vec<(usize, &'a str, String)> {
    let rows = sheets.iter().filter(|one| one.has_notes).flat_map(|one| &one.sheet.rows);
    let noted = rows.filter_map(|row| Some((row.span, row.coding.note.as_deref()?)));
    noted.filter_map(|(span, note)| Some((part.article.idx_of(span)?, note, looked(note)))).collect()
}

/// One article with all that was said in it.
pub(super) struct Here<'a> {
    pub asking: &'a Asking<'a>,
    pub ask: &'a Ask,
    pub part: &'a Part,
    pub sheets: Vec<&'a Answered>,
    pub comments: &'a [&'a Comment],
    /// By the place of the sentence: each as it stands, and as words are looked for in it.
    pub notes: Vec<(usize, &'a str, String)>,
}

impl Here<'_> {
    fn finds(&self) -> Finds {
        let mut comments = Vec::new();
        let mut comment = |id: &RecordId| {
            let n = comments.iter().position(|known| known == id).unwrap_or_else(|| {
                comments.push(id.clone());
                comments.len() - 1
            });
            At::Comment(u32::try_from(n).unwrap_or(u32::MAX))
        };
        let mut hits: Vec<Hit> = self.beside_sentences(&mut comment);
        let clauses = || self.ask.clauses.iter();
        let told: Vec<Vec<Told>> =
            clauses().map(|clause| clause.iter().map(|test| self.told(test)).collect()).collect();
        let is_never = |(clause, told): (&Vec<Test>, &Vec<Told>)| {
            clause.iter().zip(told).all(|(test, told)| matches!(told, Told::All(holds) if *holds == test.not))
        };
        if !clauses().zip(&told).any(is_never) {
            hits.reserve(self.part.n_sentences());
            for idx in 0..self.part.n_sentences() {
                if let Some(place) = self.fits(idx, &told) {
                    let at = match place {
                        Place::Note => At::Note,
                        Place::Comment(n) => match self.comments.get(n as usize) {
                            Some(found) => comment(&found.id),
                            None => At::Text,
                        },
                        Place::Text | Place::Answer | Place::Nowhere => At::Text,
                    };
                    hits.push(Hit::at_sentence(idx, at));
                }
            }
        }
        Finds { hits: hits.into(), comments: comments.into() }
    }

    /// What is found in the title, and in comments on the whole article.
    fn beside_sentences(&self, comment: &mut impl FnMut(&RecordId) -> At) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut beside = |at| hits.push(Hit { sentence: Hit::BESIDE, at });
        if self.asking.fields.titles
            && self.part.has_own_title()
            && self.fits_alone(|| self.part.article.shown_title(), self.part.title())
        {
            beside(At::Title);
        }
        for found in self.comments.iter().filter(|comment| comment.sentence.is_none()) {
            if self.fits_alone(|| &found.text, &looked(&found.text)) {
                beside(comment(&found.id));
            }
        }
        hits
    }

    /// Whether a text that is no sentence fits: it must hold something that is looked for, and nobody answers it.
    fn fits_alone<'t>(&self, text: impl Fn() -> &'t str, folded: &str) -> bool {
        let mut is_found = false;
        let whole = self.asking.whole;
        let all = self.ask.clauses.iter().all(|clause| {
            let mut any = false;
            for test in clause {
                let holds = match &test.says {
                    Says::Words { text: words, .. } => self.asking.needles.is_in(words, folded),
                    // What it needs is looked for first: to get at the text itself takes longer.
                    Says::Regex(pattern) => pattern.may_hold(folded) && pattern.holds(text(), whole),
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
    fn fits(&self, idx: usize, told: &[Vec<Told<'_>>]) -> Option<Place> {
        let mut place = Place::Nowhere;
        let clauses = || self.ask.clauses.iter().zip(told);
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
        let of = |nth: Option<usize>, place: &mut Place| {
            let here = Asked { here: self, idx, sheet: nth.and_then(|nth| self.sheets.get(nth)).copied() };
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
    pub(super) fn sheet_is(&self, says: &Says, of: Option<&Answered>) -> bool {
        let sheet = of.map(|of| &*of.sheet);
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

/// One sentence, and who may have said something of it.
struct Asked<'a> {
    here: &'a Here<'a>,
    idx: usize,
    sheet: Option<&'a Answered>,
}

impl Asked<'_> {
    /// Whether one of the tests holds that were not told of all sentences at once.
    fn any_holds(&self, clause: &[Test], told: &[Told<'_>], place: &mut Place) -> bool {
        let mut open = clause.iter().zip(told).filter(|(_, told)| matches!(told, Told::Ask));
        open.any(|(test, _)| self.holds(test, place))
    }

    fn holds(&self, test: &Test, place: &mut Place) -> bool {
        let here = self.here;
        let is_of_answers = match &test.says {
            Says::Is(says) => says.is_of_answers(),
            Says::Note(_) => true,
            _ => false,
        };
        let is = match &test.says {
            // Not so is what nobody says.
            _ if is_of_answers && test.not => here.sheets.iter().any(|of| self.says_so(&test.says, of)),
            Says::Coder(_) => self.sheet.is_some_and(|of| self.says_so(&test.says, of)),
            _ if is_of_answers => self.sheet.is_some_and(|of| self.says_so(&test.says, of)),
            other => here.sheet_is(other, self.sheet),
        };
        if is && !test.not && matches!(test.says, Says::Note(_)) && *place == Place::Nowhere {
            *place = Place::Note;
        }
        is != test.not
    }

    /// Whether one coder said so of the sentence; of one that is set aside nobody says anything.
    fn says_so(&self, says: &Says, of: &Answered) -> bool {
        if let Some(asked) = Said::asked(says, &of.sheet.key.coder) {
            return of.said().get(self.idx).is_some_and(|said| said.is(asked));
        }
        let article = &self.here.part.article;
        let sentence = article.sentences().get(self.idx).filter(|sentence| !article.is_aside(sentence));
        let coding = sentence.and_then(|sentence| of.sheet.coding(sentence.span));
        coding.is_some_and(|coding| self.here.says_so(says, of, coding))
    }
}
