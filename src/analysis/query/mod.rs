//! What a query asks of a project: its words read against the scheme and the coders.
//!
//! Words of an article choose articles, words of a sentence choose sentences. A list asks about articles: one fits when it holds
//! all the words somewhere, and one answer in it is all that is asked of an answer. Search asks about sentences.

mod answers;
pub mod articles;
pub mod index;
pub mod search;
pub mod sentences;
mod told;

use crate::analysis::count::State;
use crate::model::article::Article;
use crate::model::ids::CoderId;
use crate::model::project::Project;
use crate::model::scheme::Scheme;
use crate::text::looking::{Needle, looked};
use crate::text::query::{Key, Pattern, Query, Term, What};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a person can say about an article in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    State(State),
    Unsure,
    Notes,
    Check,
    /// Assigned to this coder.
    Mine,
    /// Set aside, or some sentence of it.
    Aside,
    /// The label at this place of the scheme was given.
    Label(usize),
    /// "None of these" was answered.
    NoneOfThese,
    /// A reviewer decided.
    Decided,
    /// There is an answer.
    Answered,
}

/// What one term asks.
#[derive(Debug, Clone)]
pub enum Says {
    /// Words, and what they name where a list asks.
    Words {
        text: String,
        named: Option<Trait>,
    },
    /// What they name alone.
    Named(Trait),
    Regex(Pattern),
    Is(Trait),
    Coder(Vec<CoderId>),
    Outlet(String),
    Lang(String),
    From(String),
    To(String),
    Tag(String),
    Title(String),
    Text(String),
    Note(String),
}

#[derive(Debug, Clone)]
pub struct Test {
    pub not: bool,
    pub says: Says,
}

/// A query read against a project.
#[derive(Debug, Default, Clone)]
pub struct Ask {
    /// All must hold; of each at least one test.
    pub clauses: Vec<Vec<Test>>,
    /// What was not understood, and left out: messages with their hints.
    pub faults: Vec<String>,
    /// The same as it was typed, to show where words stand.
    pub query: Query,
}

/// Whose answers are meant where a query names nobody.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    /// Those of who is at the keyboard.
    One(Option<&'a CoderId>),
    Everybody,
}

const NOT_BEGUN: Trait = Trait::State(State::New);

/// The words after `is:`, but for the names of labels.
pub const STATES: [(&str, Trait); 11] = [
    ("unsure", Trait::Unsure),
    ("note", Trait::Notes),
    ("done", Trait::State(State::Done)),
    ("begun", Trait::State(State::Begun)),
    ("new", NOT_BEGUN),
    ("aside", Trait::Aside),
    ("mine", Trait::Mine),
    ("decided", Trait::Decided),
    ("check", Trait::Check),
    ("notes", Trait::Notes),
    ("not begun", NOT_BEGUN),
];

/// The grammar as help and the README have it: an example, and what it asks for.
pub const GRAMMAR: [(&str, &str); 15] = [
    ("bribe", "the word, also as a part of another; case and accents do not count"),
    ("\"took money\"", "words in quotes, as they stand"),
    ("-denied", "without it; the minus goes before anything here"),
    ("bribe or fraud", "one of the two; what stands side by side must all hold"),
    ("label:denial", "sentences with this label; none is none of these"),
    (
        "is:unsure",
        "is:note, is:check, is:decided of sentences; is:done, is:begun, is:new, is:aside, is:mine of articles",
    ),
    (
        "coder:anna",
        "whose answers are meant; left out, one\u{2019}s own, on the command line anybody\u{2019}s",
    ),
    ("outlet:\"Post\"", "who printed it, also a part of the name"),
    ("lang:en", "the language"),
    ("from:2024-01 to:2024-06", "printed then: a year, a month, a day"),
    ("tag:court", "articles with this tag"),
    ("title:strike", "a word of the title"),
    ("text:bribe", "a word of the text"),
    ("note:unclear", "a word of a note"),
    ("/took \\w+ money/", "a regular expression; case does not count"),
];

impl Ask {
    /// Reads what was typed; what is not understood is left out and said in `faults`.
    pub fn read(typed: &str, project: &Project) -> Self {
        let names = names(project.scheme());
        let of_several: Vec<Vec<String>> = names
            .iter()
            .map(|(name, _)| name.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .filter(|words| words.len() > 1)
            .collect();
        Self::of(Query::parse(typed, &of_several), project, &names)
    }

    /// All of what was typed as one regular expression.
    pub fn regex(typed: &str) -> Self {
        let query = Query::regex(typed);
        let patterns = query.terms().filter_map(|term| match &term.what {
            What::Regex(pattern) => Some(vec![Test { not: false, says: Says::Regex(pattern.clone()) }]),
            _ => None,
        });
        Self { clauses: patterns.collect(), faults: query.faults.clone(), query }
    }

    fn of(mut query: Query, project: &Project, names: &[(String, Trait)]) -> Self {
        let mut faults = std::mem::take(&mut query.faults);
        let mut clauses = Vec::new();
        for clause in &query.clauses {
            let mut tests = Vec::new();
            for Term { not, what } in clause {
                match says(what, project, names) {
                    Ok(says) => tests.push(Test { not: *not, says }),
                    Err(fault) => faults.push(fault),
                }
            }
            if !tests.is_empty() {
                clauses.push(tests);
            }
        }
        Self { clauses, faults, query }
    }

    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    pub fn tests(&self) -> impl Iterator<Item = &Test> {
        self.clauses.iter().flatten()
    }

    /// Whether it has to be looked for in the text of an article, and not only in what is known of it.
    pub fn looks_into_texts(&self) -> bool {
        self.tests().any(|test| matches!(test.says, Says::Text(_) | Says::Regex(_)))
    }

    /// Whether a list has to look into texts and answers: what it has counted does not say it.
    pub fn is_deep(&self) -> bool {
        let looks_inside = |test: &Test| {
            matches!(
                test.says,
                Says::Regex(_) | Says::Coder(_) | Says::Text(_) | Says::Note(_) | Says::Is(Trait::Decided)
            )
        };
        let of_answers =
            self.clauses.iter().filter(|clause| clause.iter().any(Test::asks_one_answer)).count();
        of_answers > 1 || self.tests().any(looks_inside)
    }

    /// Whose answers are meant.
    pub fn coders(&self, project: &Project, who: Who<'_>) -> Vec<CoderId> {
        let named: Vec<&CoderId> = self
            .tests()
            .filter(|test| !test.not)
            .filter_map(|test| match &test.says {
                Says::Coder(coders) => Some(coders),
                _ => None,
            })
            .flatten()
            .collect();
        match who {
            _ if !named.is_empty() => {
                let named = project.coders().filter(|coder| named.contains(&&coder.id));
                named.map(|coder| coder.id.clone()).collect()
            }
            Who::One(coder) => coder.into_iter().cloned().collect(),
            Who::Everybody => project.coders().map(|coder| coder.id.clone()).collect(),
        }
    }
}

/// The words of a query, made ready to be looked for.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Needles(BTreeMap<String, Needle>);

impl Needles {
    pub(in crate::analysis) fn of(ask: &Ask, whole: bool) -> Self {
        let words = ask.tests().filter_map(|test| match &test.says {
            Says::Words { text, .. } | Says::Text(text) => Some(text),
            _ => None,
        });
        Self(words.map(|word| (word.clone(), Needle::new(word, whole))).collect())
    }

    pub(in crate::analysis) fn get(&self, word: &str) -> Option<&Needle> {
        self.0.get(word)
    }

    pub(in crate::analysis) fn is_in(&self, word: &str, folded: &str) -> bool {
        self.get(word).is_some_and(|needle| needle.is_in(folded))
    }
}

impl Test {
    /// Whether it asks something of an answer, which it must be together with all else that is asked of answers.
    pub(in crate::analysis) fn asks_one_answer(&self) -> bool {
        !self.not
            && match &self.says {
                Says::Is(says) => says.is_of_answers(),
                Says::Note(_) => true,
                _ => false,
            }
    }
}

impl Trait {
    pub(in crate::analysis) fn is_of_answers(self) -> bool {
        matches!(
            self,
            Self::Unsure | Self::Notes | Self::Check | Self::Label(_) | Self::NoneOfThese | Self::Answered
        )
    }
}

/// What a query can name: states, labels, and the answer that no label fits.
fn names(scheme: &Scheme) -> Vec<(String, Trait)> {
    let labels = scheme.labels.iter().enumerate();
    let ids = labels.clone().map(|(idx, label)| (looked(label.id.as_str()), Trait::Label(idx)));
    let labels = labels.map(|(idx, label)| (looked(&label.name), Trait::Label(idx)));
    let none = [("none", Trait::NoneOfThese), ("none of these", Trait::NoneOfThese)];
    let own = STATES.map(|(name, says)| (name.to_owned(), says));
    own.into_iter().chain(labels).chain(none.map(|(name, says)| (name.to_owned(), says))).chain(ids).collect()
}

fn says(what: &What, project: &Project, known: &[(String, Trait)]) -> Result<Says, String> {
    let named = |text: &str| known.iter().find(|(name, _)| name == text).map(|(_, says)| *says);
    let (key, value) = match what {
        What::Regex(pattern) => return Ok(Says::Regex(pattern.clone())),
        What::Words { text, quoted } => {
            // `decided` is a word of `is:` alone.
            let named = named(text).filter(|says| !*quoted && *says != Trait::Decided);
            return Ok(match named {
                // Two words of ours that are no title's.
                Some(NOT_BEGUN) if text.contains(' ') => Says::Named(NOT_BEGUN),
                named => Says::Words { text: text.clone(), named },
            });
        }
        What::Key(key, value) => (*key, value.clone()),
    };
    Ok(match key {
        Key::Is => Says::Is(named(&value).ok_or_else(|| {
            let words = STATES.iter().take(9).map(|(name, _)| format!("`is:{name}`")).collect::<Vec<_>>();
            format!("there is no `is:{value}`\0hint: there are {}", words.join(" "))
        })?),
        Key::Label => {
            let is_label = |says: &Trait| matches!(says, Trait::Label(_) | Trait::NoneOfThese);
            let mut labels = known.iter().filter(|(name, says)| *name == value && is_label(says));
            let Some((_, says)) = labels.next() else {
                let labels = project.scheme().current().map(|label| format!("`{}`", looked(&label.name)));
                let labels = labels.chain(["`none`".to_owned()]).collect::<Vec<_>>().join(", ");
                return Err(format!("no label is called `{value}`\0hint: the labels are {labels}"));
            };
            Says::Is(*says)
        }
        Key::Coder => Says::Coder(coders(project, &value)?),
        Key::From | Key::To if !is_date(&value) => {
            return Err(format!(
                "`{}:{value}` is no date\0hint: a year, a year and month, or a day, as {}",
                key.name(),
                key.example()
            ));
        }
        Key::From => Says::From(value),
        Key::To => Says::To(value),
        Key::Outlet => Says::Outlet(value),
        Key::Lang => Says::Lang(value),
        Key::Tag => Says::Tag(value),
        Key::Title => Says::Title(value),
        Key::Text => Says::Text(value),
        Key::Note => Says::Note(value),
    })
}

/// Who is called so: by the id or the whole name, else by a part of the name.
fn coders(project: &Project, value: &str) -> Result<Vec<CoderId>, String> {
    let is_one = |coder: &&crate::model::coder::Coder| {
        looked(coder.id.as_str()) == *value || looked(&coder.name) == *value
    };
    let mut found: Vec<CoderId> = project.coders().filter(is_one).map(|coder| coder.id.clone()).collect();
    if found.is_empty() {
        let has = project.coders().filter(|coder| looked(&coder.name).contains(value));
        found = has.map(|coder| coder.id.clone()).collect();
    }
    if found.is_empty() {
        let names = project.coders().map(|coder| format!("`{}`", coder.shown_name())).collect::<Vec<_>>();
        let hint = if names.is_empty() {
            "nobody has labelled anything yet".to_owned()
        } else {
            format!("the coders are {}", names.join(", "))
        };
        return Err(format!("no coder is called `{value}`\0hint: {hint}"));
    }
    Ok(found)
}

/// A year, a year and month, or a day.
fn is_date(value: &str) -> bool {
    let mut parts = value.split('-');
    let is_number = |part: &str, n: usize| part.len() == n && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = parts.next().is_some_and(|part| is_number(part, 4));
    let mut n_more = 0;
    year && parts.all(|part| {
        n_more += 1;
        n_more <= 2 && is_number(part, 2)
    })
}

/// Whether an article is what is asked, as far as what is known about it says.
pub(in crate::analysis) fn known(says: &Says, article: &Article) -> Option<bool> {
    let meta = &article.meta;
    let is_in = |value: Option<&str>, words: &str| value.is_some_and(|value| looked(value).contains(words));
    // Of dates that are not equally exact, what both know is compared.
    let dates = |asked: &str| {
        let known = meta.published.as_deref().filter(|known| is_date(known))?;
        let n = known.len().min(asked.len());
        Some(known.get(..n)?.cmp(asked.get(..n)?))
    };
    Some(match says {
        Says::Outlet(words) => is_in(meta.outlet.as_deref(), words),
        Says::Title(words) => looked(article.shown_title()).contains(words.as_str()),
        Says::Lang(lang) => meta.lang.as_deref().is_some_and(|known| {
            let known = looked(known);
            known.strip_prefix(lang.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        }),
        Says::Tag(tag) => meta.tags.iter().any(|known| looked(known) == *tag),
        Says::From(asked) => dates(asked).is_some_and(Ordering::is_ge),
        Says::To(asked) => dates(asked).is_some_and(Ordering::is_le),
        _ => return None,
    })
}
