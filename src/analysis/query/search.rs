//! A search through a project: what is wanted, and what was found, as the window shows it.

use crate::analysis::query::index::{Index, Part};
use crate::analysis::query::sentences::{Asking, At, Fields, Finds, Hit};
use crate::analysis::query::{Ask, Says, Test, Trait, Who};
use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId};
use crate::model::project::Project;
use crate::text::query::Query;
use std::cmp::Ordering;
use std::ops::Range;

/// In what words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    #[default]
    Everything,
    Text,
    Titles,
    /// Notes and comments.
    Notes,
}

/// Sentences with which answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Given {
    #[default]
    Anything,
    Label(LabelId),
    NoneOfThese,
    NoAnswer,
}

/// How it is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    pub scope: Scope,
    pub given: Given,
    /// Words are whole words.
    pub whole: bool,
    /// All of what was typed is one regular expression.
    pub regex: bool,
    /// In the article shown alone.
    pub here: bool,
}

/// What is looked for, in which state of the articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    pub typed: String,
    pub options: Options,
    /// Whose answers are meant.
    pub coder: Option<CoderId>,
    /// The only article that is looked through.
    pub only: Option<ArticleId>,
    pub articles_revision: u64,
}

/// What was found in one article; never nothing.
#[derive(Debug)]
pub struct FoundIn {
    /// Its place among all articles.
    place: usize,
    pub finds: Finds,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order in which the articles came in.
    pub articles: Vec<FoundIn>,
    /// The number of the first hit of each article, and after the last one how many there are.
    starts: Vec<usize>,
    /// All articles, in the same order, and their places.
    index: Index,
    /// To show where words stand.
    pub query: Query,
    pub whole: bool,
    /// What was not understood, and left out.
    pub faults: Vec<String>,
    /// Whether anything was looked for.
    pub is_asked: bool,
}

impl Scope {
    pub const ALL: [Self; 4] = [Self::Everything, Self::Text, Self::Titles, Self::Notes];

    pub fn name(self) -> &'static str {
        match self {
            Self::Everything => "Text, titles, notes",
            Self::Text => "Text",
            Self::Titles => "Titles",
            Self::Notes => "Notes, comments",
        }
    }

    fn fields(self) -> Fields {
        let all = Fields::ALL;
        match self {
            Self::Everything => all,
            Self::Text => Fields { titles: false, notes: false, comments: false, ..all },
            Self::Titles => Fields { text: false, notes: false, comments: false, ..all },
            Self::Notes => Fields { text: false, titles: false, ..all },
        }
    }
}

impl Wanted {
    /// The query with what was chosen beside it.
    fn ask(&self, project: &Project) -> Ask {
        let ask = if self.options.regex { Ask::regex(&self.typed) } else { Ask::read(&self.typed, project) };
        if ask.is_empty() {
            return ask;
        }
        let label = |id: &LabelId| project.scheme().idx_of(id).map(Trait::Label);
        let (not, given) = match &self.options.given {
            Given::Anything => return ask,
            Given::Label(id) => (false, label(id)),
            Given::NoneOfThese => (false, Some(Trait::NoneOfThese)),
            Given::NoAnswer => (true, Some(Trait::Answered)),
        };
        let mut ask = ask;
        ask.clauses.extend(given.map(|given| vec![Test { not, says: Says::Is(given) }]));
        ask
    }
}

/// So many articles are looked through at a time.
const PORTION: usize = 64;

/// A search made ready: portions can be done side by side.
pub struct Searching<'a> {
    ask: &'a Ask,
    asking: Asking<'a>,
    parts: Vec<(usize, &'a Part)>,
    index: &'a Index,
    whole: bool,
}

/// The query of a search, read.
pub fn ask_of(wanted: &Wanted, project: &Project) -> Ask {
    wanted.ask(project)
}

impl<'a> Searching<'a> {
    pub fn new(ask: &'a Ask, wanted: &Wanted, project: &'a Project, index: &'a Index) -> Self {
        let Options { scope, whole, .. } = wanted.options;
        let is_meant = |part: &Part| wanted.only.as_ref().is_none_or(|only| part.article.id == *only);
        let parts = index.parts().iter().map(AsRef::as_ref).enumerate();
        let who = Who::One(wanted.coder.as_ref());
        // Nobody answers a title.
        let fields = scope.fields();
        let fields = Fields { titles: fields.titles && wanted.options.given == Given::Anything, ..fields };
        Self {
            asking: Asking::new(ask, project, who, (fields, whole), Some(index)),
            parts: parts.filter(|(_, part)| is_meant(part)).collect(),
            index,
            ask,
            whole,
        }
    }

    pub fn n_portions(&self) -> usize {
        if self.ask.is_empty() { 0 } else { self.parts.len().div_ceil(PORTION) }
    }

    pub fn portion(&self, idx: usize) -> Vec<FoundIn> {
        let (from, ask) = (idx * PORTION, self.ask.clone());
        let parts = self.parts.iter().skip(from).take(PORTION);
        let found = parts
            .map(|(place, part)| FoundIn {
                place: *place,
                finds: self.asking.finds(&ask, part, Some(*place)),
            })
            .filter(|found| !found.finds.hits.is_empty());
        found.collect()
    }

    pub fn found(&self, portions: Vec<Vec<FoundIn>>) -> Found {
        let mut articles = Vec::with_capacity(portions.iter().map(Vec::len).sum());
        articles.extend(portions.into_iter().flatten());
        let (query, faults, is_asked) =
            (self.ask.query.clone(), self.ask.faults.clone(), !self.ask.is_empty());
        let index = self.index.clone();
        Found { starts: starts(&articles), articles, index, query, whole: self.whole, faults, is_asked }
    }
}

impl FoundIn {
    /// The comment that something was found in.
    pub fn comment(&self, at: At) -> Option<&RecordId> {
        match at {
            At::Comment(n) => self.finds.comments.get(n as usize),
            At::Title | At::Text | At::Note => None,
        }
    }
}

impl Found {
    /// Whose finds they are.
    pub fn id_of(&self, found: &FoundIn) -> Option<&ArticleId> {
        self.index.parts().get(found.place).map(|part| &part.article.id)
    }

    pub fn n_hits(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// A hit by its number, with its article.
    pub fn hit(&self, number: usize) -> Option<(&ArticleId, Hit)> {
        let idx = self.starts.partition_point(|start| *start <= number).checked_sub(1)?;
        let found = self.articles.get(idx)?;
        let hit = found.finds.hits.get(number - self.starts.get(idx)?)?;
        Some((self.id_of(found)?, *hit))
    }

    /// The numbers of the hits in one article.
    pub fn numbers_in(&self, article: &ArticleId) -> Range<usize> {
        let idx = self.idx_of(article);
        let range = idx.and_then(|idx| Some(*self.starts.get(idx)?..*self.starts.get(idx + 1)?));
        range.unwrap_or(0..0)
    }

    /// The hits in one article.
    pub fn hits_in(&self, article: &ArticleId) -> &[Hit] {
        let found = self.idx_of(article).and_then(|idx| self.articles.get(idx));
        found.map_or(&[], |found| &found.finds.hits)
    }

    fn idx_of(&self, article: &ArticleId) -> Option<usize> {
        let place = self.index.places().get(article)?;
        self.articles.binary_search_by_key(place, |found| found.place).ok()
    }

    /// The hit at a sentence.
    pub fn hit_at(&self, article: &ArticleId, sentence: usize) -> Option<Hit> {
        let hits = self.hits_in(article);
        hits.get(place_of(hits, sentence)?).copied()
    }

    /// The number of a hit at a sentence.
    pub fn number_at(&self, article: &ArticleId, sentence: usize) -> Option<usize> {
        Some(self.numbers_in(article).start + place_of(self.hits_in(article), sentence)?)
    }

    /// How many hits there are up to a sentence of an article, that one counted; `added` is the place of an article in the
    /// order in which they came in.
    pub fn n_hits_until<T: Ord>(&self, here: &T, sentence: usize, added: impl Fn(&ArticleId) -> T) -> usize {
        let order = |found: &FoundIn| self.id_of(found).map(|id| added(id).cmp(here));
        let idx = self.articles.partition_point(|found| order(found).is_some_and(Ordering::is_lt));
        let before = self.starts.get(idx).copied().unwrap_or(0);
        let found = self.articles.get(idx).filter(|found| order(found).is_some_and(Ordering::is_eq));
        let until =
            |found: &FoundIn| found.finds.hits.partition_point(|hit| hit.sentence() <= Some(sentence));
        before + found.map_or(0, until)
    }

    /// A row of the list of all hits: an article's head, or a hit of it.
    pub fn row(&self, row: usize) -> Option<Row<'_>> {
        // Before the first hit of an article stand as many heads as there are articles up to it.
        let idx = self.head_of(row)?;
        let found = self.articles.get(idx)?;
        let at = row - (self.starts.get(idx)? + idx);
        Some(match at.checked_sub(1) {
            None => Row::Head(found),
            Some(nth) => {
                Row::Hit { number: self.starts.get(idx)? + nth, found, hit: *found.finds.hits.get(nth)? }
            }
        })
    }

    /// How many heads stand in the rows before one.
    pub fn n_heads_before(&self, row: usize) -> usize {
        row.checked_sub(1).and_then(|before| self.head_of(before)).map_or(0, |idx| idx + 1)
    }

    /// The place of the article that a row belongs to.
    fn head_of(&self, row: usize) -> Option<usize> {
        let (mut low, mut high) = (0, self.articles.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.starts.get(middle)? + middle <= row {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.checked_sub(1)
    }

    pub fn n_rows(&self) -> usize {
        self.n_hits() + self.articles.len()
    }

    /// The row in which a hit stands.
    pub fn row_of(&self, number: usize) -> usize {
        number + self.starts.partition_point(|start| *start <= number).min(self.articles.len())
    }
}

/// The number of the first hit of each article, and after the last one how many there are.
fn starts(articles: &[FoundIn]) -> Vec<usize> {
    let mut starts = Vec::with_capacity(articles.len() + 1);
    let mut n = 0;
    starts.push(n);
    for found in articles {
        n += found.finds.hits.len();
        starts.push(n);
    }
    starts
}

/// The place of the hit at a sentence: those that are at none come first, the others in order, one a sentence.
fn place_of(hits: &[Hit], sentence: usize) -> Option<usize> {
    hits.binary_search_by_key(&Some(sentence), |hit| hit.sentence()).ok()
}

/// A row of the list of hits.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    Head(&'a FoundIn),
    Hit { number: usize, found: &'a FoundIn, hit: Hit },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    const DRAWN: &str = "# Milk at the depot
The depot burnt. [fact] Nobody slept. [] A depot, said two. []
# Bread
None. []
# Depots
One depot. [denial]";

    fn found(typed: &str, options: Options) -> Found {
        let project = sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let index = Index::whole(&project);
        let coder = Some(CoderId::new("anna"));
        let wanted = Wanted { typed: typed.to_owned(), options, coder, ..Wanted::default() };
        let ask = ask_of(&wanted, &project);
        let searching = Searching::new(&ask, &wanted, &project, &index);
        searching.found((0..searching.n_portions()).map(|idx| searching.portion(idx)).collect())
    }

    #[test]
    fn every_row_is_a_head_or_a_hit() {
        let found = found("depot", Options::default());
        assert_eq!((found.n_hits(), found.articles.len(), found.n_rows()), (5, 2, 7));
        let rows: Vec<String> = (0..=found.n_rows())
            .map_while(|row| found.row(row))
            .map(|row| match row {
                Row::Head(found) => format!("{}:", found.finds.hits.len()),
                Row::Hit { number, .. } => number.to_string(),
            })
            .collect();
        assert_eq!(rows, ["3:", "0", "1", "2", "2:", "3", "4"]);
        for number in 0..found.n_hits() {
            let Some(Row::Hit { number: there, .. }) = found.row(found.row_of(number)) else { panic!() };
            assert_eq!(there, number);
        }
        assert!(found.hit(5).is_none());
        let (article, hit) = found.hit(2).unwrap();
        assert_eq!(found.number_at(article, hit.sentence().unwrap()), Some(2));
    }

    #[test]
    fn what_is_chosen_beside_it_narrows() {
        let n = |typed: &str, options: Options| found(typed, options).n_hits();
        assert_eq!(n("depot", Options { whole: true, ..Options::default() }), 4);
        assert_eq!(n("depot", Options { scope: Scope::Titles, ..Options::default() }), 2);
        assert_eq!(n("depot", Options { given: Given::NoAnswer, ..Options::default() }), 1);
        let denial = Given::Label(LabelId::new("denial"));
        assert_eq!(n("depot", Options { given: denial, ..Options::default() }), 1);
        assert_eq!(n("d.pot|slept", Options { regex: true, ..Options::default() }), 6);
        assert_eq!(n("(", Options { regex: true, ..Options::default() }), 0);
        assert_eq!(n("", Options::default()), 0);
    }
}
