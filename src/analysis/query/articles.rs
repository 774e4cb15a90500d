//! Which articles fit a query, where that takes a look into texts and answers.

use crate::analysis::count::{self, State};
use crate::analysis::query::index::Part;
use crate::analysis::query::{Ask, Needles, Says, Test, Trait, Who, known};
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::model::sheet::{Sheet, SheetKey};
use crate::text::looking::looked;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A query about the articles of a project, made ready to be asked of each.
pub struct Asking<'a> {
    project: &'a Project,
    coders: Vec<CoderId>,
    needles: Needles,
    /// Articles in which something was decided.
    decided: BTreeSet<&'a ArticleId>,
}

impl<'a> Asking<'a> {
    pub fn new(ask: &'a Ask, project: &'a Project, who: Who<'_>) -> Self {
        let decided = project.decisions().map(|decision| &decision.article).collect();
        Self { project, coders: ask.coders(project, who), needles: Needles::of(ask, false), decided }
    }

    /// Whether an article fits. `head` is its line of title, outlet, date and file, folded; `ask` is what this was made of, or
    /// a copy: threads that share a regular expression wait for each other.
    pub fn fits(&self, ask: &Ask, part: &Part, head: &str) -> bool {
        let key = |coder: &CoderId| SheetKey { coder: coder.clone(), article: part.article.id.clone() };
        let sheets: Vec<&Sheet> =
            self.coders.iter().filter_map(|coder| self.project.sheet(&key(coder))).map(Arc::as_ref).collect();
        let of =
            |sheet: Option<&Sheet>| OfOne { asking: self, ask, part, head, sheet, sheets: &sheets }.fits();
        if sheets.is_empty() { of(None) } else { sheets.iter().any(|sheet| of(Some(sheet))) }
    }
}

/// One article with the sheet of one coder.
struct OfOne<'a> {
    asking: &'a Asking<'a>,
    ask: &'a Ask,
    part: &'a Part,
    head: &'a str,
    sheet: Option<&'a Sheet>,
    /// Those of all coders that are meant.
    sheets: &'a [&'a Sheet],
}

impl OfOne<'_> {
    fn fits(&self) -> bool {
        let (of_answers, others): (Vec<_>, Vec<_>) =
            self.ask.clauses.iter().partition(|clause| clause.iter().any(Test::asks_one_answer));
        let holds = |test: &Test| !test.asks_one_answer() && self.holds(test);
        if !others.iter().all(|clause| clause.iter().any(holds)) {
            return false;
        }
        let open: Vec<_> = of_answers.into_iter().filter(|clause| !clause.iter().any(holds)).collect();
        let is_all = |coding: &Coding| {
            let is = |test: &Test| test.asks_one_answer() && self.answer_is(&test.says, coding);
            open.iter().all(|clause| clause.iter().any(is))
        };
        open.is_empty() || self.sheet.is_some_and(|sheet| self.codings(sheet).any(is_all))
    }

    /// What was said in the article, but of what is set aside.
    fn codings<'s>(&'s self, sheet: &'s Sheet) -> impl Iterator<Item = &'s Coding> + 's {
        let article = &self.part.article;
        let has_aside = article.aside.is_some() || article.n_aside() > 0;
        let is_aside = move |span| {
            let sentence = article.idx_of(span).and_then(|idx| article.sentences().get(idx));
            sentence.is_some_and(|sentence| article.is_aside(sentence))
        };
        let rows = sheet.rows.iter().filter(move |row| !has_aside || !is_aside(row.span));
        rows.map(|row| &row.coding)
    }

    fn holds(&self, test: &Test) -> bool {
        let of_all = |says: &Says| {
            self.sheets.iter().any(|sheet| self.codings(sheet).any(|coding| self.answer_is(says, coding)))
        };
        let is = match &test.says {
            Says::Is(says) if says.is_of_answers() => of_all(&test.says),
            Says::Note(_) => of_all(&test.says),
            Says::Is(says) | Says::Named(says) => self.is(*says),
            Says::Words { text, named } => {
                self.head.contains(text.as_str()) || named.is_some_and(|n| self.is(n))
            }
            Says::Text(words) => {
                let needle = self.asking.needles.get(words);
                needle.is_some_and(|needle| self.part.has(needle))
            }
            Says::Regex(pattern) => {
                pattern.holds(self.part.article.shown_title(), false)
                    || self.part.holding_regex(pattern, false).next().is_some()
            }
            Says::Coder(coders) => self.sheet.is_some_and(|sheet| {
                coders.contains(&sheet.key.coder) && (sheet.assigned || !sheet.rows.is_empty() || sheet.done)
            }),
            known_of => known(known_of, &self.part.article).unwrap_or_default(),
        };
        is != test.not
    }

    fn is(&self, says: Trait) -> bool {
        let article = &self.part.article;
        match says {
            Trait::State(State::Aside) | Trait::Aside => article.aside.is_some() || article.n_aside() > 0,
            Trait::State(state) => {
                article.aside.is_none() && self.sheet.map_or(State::New, count::state) == state
            }
            Trait::Mine => self.sheet.is_some_and(|sheet| sheet.assigned),
            Trait::Decided => self.asking.decided.contains(&article.id),
            Trait::Check => self
                .sheets
                .iter()
                .any(|sheet| !sheet.kept.is_empty() || self.codings(sheet).any(|coding| coding.check)),
            of_answers => {
                let says = Says::Is(of_answers);
                self.sheets
                    .iter()
                    .any(|sheet| self.codings(sheet).any(|coding| self.answer_is(&says, coding)))
            }
        }
    }

    fn answer_is(&self, says: &Says, coding: &Coding) -> bool {
        answer_is(says, coding, self.asking.project)
    }
}

/// Whether an answer is what is asked of answers.
pub(in crate::analysis) fn answer_is(says: &Says, coding: &Coding, project: &Project) -> bool {
    match says {
        Says::Note(words) => coding.note.as_deref().is_some_and(|note| looked(note).contains(words.as_str())),
        Says::Is(Trait::Unsure) => coding.unsure,
        Says::Is(Trait::Notes) => coding.note.is_some(),
        Says::Is(Trait::Check) => coding.check,
        Says::Is(Trait::NoneOfThese) => coding.is_none(),
        Says::Is(Trait::Answered) => coding.answered,
        Says::Is(Trait::Label(idx)) => {
            project.scheme().labels.get(*idx).is_some_and(|label| coding.has(&label.id))
        }
        _ => false,
    }
}
