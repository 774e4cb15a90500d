//! The one grammar in which articles and sentences are asked for, as it is typed: words, "phrases", -not, or, key:value, /regex/.
//!
//! What stands side by side must all hold; `or` joins what stands beside it. What a key asks for is not known here.

use crate::text::looking::{self, Looked, Needle, looked};
use crate::text::needed::{any_of, is_short, needed, needs_no_more};
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// The most that is read of what was typed, in characters.
pub const MOST_CHARS: usize = 1000;
/// How large a regular expression may become in memory, and how deep it may go.
const REGEX_BYTES: usize = 1 << 20;
const REGEX_DEPTH: u32 = 60;

/// What a query can ask by name: `label:denial`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Label,
    Is,
    Coder,
    Outlet,
    Lang,
    From,
    To,
    Tag,
    Title,
    Text,
    Note,
}

impl Key {
    pub const ALL: [Self; 11] = [
        Self::Label,
        Self::Is,
        Self::Coder,
        Self::Outlet,
        Self::Lang,
        Self::From,
        Self::To,
        Self::Tag,
        Self::Title,
        Self::Text,
        Self::Note,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Is => "is",
            Self::Coder => "coder",
            Self::Outlet => "outlet",
            Self::Lang => "lang",
            Self::From => "from",
            Self::To => "to",
            Self::Tag => "tag",
            Self::Title => "title",
            Self::Text => "text",
            Self::Note => "note",
        }
    }
}

/// One thing asked for.
#[derive(Debug, Clone)]
pub enum What {
    /// In the form of [`looked`]; in quotes it means the words alone and is no name of anything.
    Words {
        text: String,
        quoted: bool,
    },
    Regex(Pattern),
    /// The value in the form of [`looked`].
    Key(Key, String),
}

#[derive(Debug, Clone)]
pub struct Term {
    pub not: bool,
    pub what: What,
}

/// A regular expression; capital letters do not count.
#[derive(Debug, Clone)]
pub struct Pattern {
    pub regex: Regex,
    /// Whether what it finds may depend on where a text begins or ends.
    pub has_edges: bool,
    /// Whether what it finds is short, and found wherever the same letters stand.
    pub is_short: bool,
    /// Words that all texts hold in which it finds something, in their folded form and in this order.
    pub needed: Vec<Needle>,
    /// Finds the words of which one stands in the folded form of each such text, where there are a few.
    pub any_of: Option<Regex>,
    /// Whether it finds something wherever those words stand, in a text of which `is_as_folded` holds.
    pub needs_no_more: bool,
}

/// A query as it was typed.
#[derive(Debug, Default, Clone)]
pub struct Query {
    /// All must hold; of each at least one term.
    pub clauses: Vec<Vec<Term>>,
    /// What was not understood, and left out: messages with their hints.
    pub faults: Vec<String>,
}

/// A piece between blanks.
#[derive(Debug, PartialEq, Eq)]
struct Token<'a> {
    not: bool,
    key: Option<&'a str>,
    value: Value<'a>,
}

#[derive(Debug, PartialEq, Eq)]
enum Value<'a> {
    Bare(&'a str),
    Quoted(&'a str),
    Regex(&'a str),
}

impl Query {
    /// Reads what was typed. `names` are words that belong together where they follow each other: `not begun`; folded.
    pub fn parse(typed: &str, names: &[Vec<String>]) -> Self {
        let mut query = Self::default();
        let typed = match typed.char_indices().nth(MOST_CHARS) {
            Some((end, _)) => {
                query.faults.push(format!("more than {MOST_CHARS} characters\0hint: ask for less at a time"));
                typed.get(..end).unwrap_or_default()
            }
            None => typed,
        };
        let tokens = tokens(typed);
        let mut rest = tokens.as_slice();
        let mut joins = false;
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            if is_or(first) {
                joins = !query.clauses.is_empty();
                continue;
            }
            let n_more = n_of_name(first, after, names);
            let (more, after) = after.split_at_checked(n_more).unwrap_or_default();
            rest = after;
            match term(first, more) {
                Ok(Some(term)) => match query.clauses.last_mut() {
                    Some(clause) if joins => clause.push(term),
                    _ => query.clauses.push(vec![term]),
                },
                Ok(None) => {}
                Err(fault) => query.faults.push(fault),
            }
            joins = false;
        }
        query
    }

    /// All of what was typed as one regular expression.
    pub fn regex(typed: &str) -> Self {
        let mut query = Self::default();
        if typed.trim().is_empty() {
            return query;
        }
        match Pattern::new(typed) {
            Ok(pattern) => query.clauses.push(vec![Term { not: false, what: What::Regex(pattern) }]),
            Err(fault) => query.faults.push(fault),
        }
        query
    }

    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Every term.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.clauses.iter().flatten()
    }

    /// Where what is looked for stands in a text that it was found in. Bytes; in order, none over another.
    pub fn places(&self, text: &str, whole: bool) -> Vec<Range<usize>> {
        let folded = Looked::of(text);
        let mut places = Vec::new();
        for term in self.terms().filter(|term| !term.not) {
            match &term.what {
                What::Words { text: word, .. } | What::Key(Key::Text | Key::Title | Key::Note, word) => {
                    places.extend(folded.places_of(word, whole));
                }
                What::Regex(pattern) => places.extend(pattern.places(text, whole)),
                What::Key(..) => {}
            }
        }
        places.sort_by_key(|place| (place.start, place.end));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
        for place in places {
            match apart.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        apart
    }
}

impl Pattern {
    pub fn new(source: &str) -> Result<Self, String> {
        let built = RegexBuilder::new(source)
            .case_insensitive(true)
            .size_limit(REGEX_BYTES)
            .dfa_size_limit(REGEX_BYTES)
            .nest_limit(REGEX_DEPTH)
            .build();
        let hint = "in quotes, as in \u{201c}(a\u{201d}, signs mean themselves";
        let regex = built.map_err(|error| {
            let why = match &error {
                regex::Error::CompiledTooBig(_) => "it asks for too much".to_owned(),
                // The last of several lines says it; those before it draw where.
                other => {
                    let said = other.to_string();
                    let last = said.lines().last().unwrap_or_default();
                    last.trim().trim_start_matches("error: ").to_owned()
                }
            };
            format!("`{source}` is no regular expression: {why}\0hint: {hint}")
        })?;
        let edges = ["^", "$", "\\b", "\\B", "\\A", "\\z", "\\<", "\\>"];
        let has_edges = edges.iter().any(|edge| source.contains(edge));
        let needed = needed(source, REGEX_DEPTH).iter().map(|word| Needle::new(word, false)).collect();
        let (any_of, needs_no_more) = match any_of(source, REGEX_DEPTH) {
            Some((words, is_all)) => (Regex::new(&words.join("|")).ok(), is_all),
            None => (None, needs_no_more(source, REGEX_DEPTH)),
        };
        Ok(Self { regex, has_edges, is_short: is_short(source, REGEX_DEPTH), needed, any_of, needs_no_more })
    }

    /// Whether it may find something in a text of that folded form: the words stand there that it needs.
    pub fn may_hold(&self, folded: &str) -> bool {
        self.needed.iter().all(|needle| needle.is_in(folded))
            && self.any_of.as_ref().is_none_or(|any_of| any_of.is_match(folded))
    }

    pub fn holds(&self, text: &str, whole: bool) -> bool {
        if whole { self.places(text, true).next().is_some() } else { self.regex.is_match(text) }
    }

    /// What it finds, but for nothing at all. Bytes.
    fn places<'a>(&'a self, text: &'a str, whole: bool) -> impl Iterator<Item = Range<usize>> + 'a {
        let found = self.regex.find_iter(text).map(|found| found.range());
        found.filter(move |place| !place.is_empty() && (!whole || looking::is_whole(text, place.clone())))
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
}

/// The pieces of what was typed. A quote or a regular expression that does not end goes to the end of all, or is plain text.
fn tokens(typed: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (not, body) = match rest.strip_prefix('-') {
            Some(body) if body.starts_with(|c: char| !c.is_whitespace() && c != '-') => (true, body),
            _ => (false, rest),
        };
        let (key, body) = key_of(body).map_or((None, body), |(key, body)| (Some(key), body));
        let (value, after) = value_of(body, key.is_none());
        tokens.push(Token { not, key, value });
        rest = after.trim_start();
    }
    tokens
}

/// The key that a piece begins with: letters, a colon, and something after it.
fn key_of(piece: &str) -> Option<(&str, &str)> {
    let (key, body) = piece.split_once(':')?;
    let is_name = key.chars().count() > 1 && key.chars().all(char::is_alphabetic);
    let is_ours = Key::ALL.iter().any(|ours| ours.name() == key.to_lowercase());
    let says = !body.is_empty() && !body.starts_with(char::is_whitespace);
    (is_name && (says || is_ours)).then_some((key, body))
}

fn value_of(body: &str, may_be_regex: bool) -> (Value<'_>, &str) {
    if let Some(inside) = body.strip_prefix(is_quote) {
        let end = inside.find(is_quote).unwrap_or(inside.len());
        let (inside, after) = inside.split_at_checked(end).unwrap_or_default();
        let mut after = after.chars();
        after.next();
        return (Value::Quoted(inside), after.as_str());
    }
    if may_be_regex
        && let Some(inside) = body.strip_prefix('/')
        && let Some(end) = regex_end(inside)
        && let Some((source, after)) = inside.split_at_checked(end)
    {
        return (Value::Regex(source), after.get(1..).unwrap_or_default());
    }
    // A quote inside a word opens none: `O"Hara`; but after a word it begins the next piece.
    let end = body.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(body.len());
    let (bare, after) = body.split_at_checked(end).unwrap_or_default();
    (Value::Bare(bare), after)
}

/// Where the stroke stands that ends a regular expression: with a blank after it, or nothing.
fn regex_end(inside: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        let ends = c == '/' && !escaped && at > 0;
        let after = inside.get(at + c.len_utf8()..).unwrap_or_default();
        if ends && (after.is_empty() || after.starts_with(char::is_whitespace)) {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn is_or(token: &Token<'_>) -> bool {
    !token.not
        && token.key.is_none()
        && matches!(token.value, Value::Bare(word) if word.eq_ignore_ascii_case("or"))
}

/// How many of the tokens after one belong to a name that it begins; the longest name wins.
fn n_of_name(first: &Token<'_>, after: &[Token<'_>], names: &[Vec<String>]) -> usize {
    let may_be_name = match first.key.map(str::to_lowercase).as_deref() {
        None | Some("is" | "label") => true,
        Some(_) => false,
    };
    let Value::Bare(word) = first.value else { return 0 };
    let word = looked(word);
    let more = |name: &Vec<String>| {
        let (begins, more) = name.split_first()?;
        let follow = |(want, token): (&String, &Token<'_>)| {
            let is_plain = !token.not && token.key.is_none();
            is_plain && matches!(token.value, Value::Bare(word) if looked(word) == *want)
        };
        let fits = *begins == word && after.len() >= more.len() && more.iter().zip(after).all(follow);
        fits.then_some(more.len())
    };
    if may_be_name { names.iter().filter_map(more).max().unwrap_or(0) } else { 0 }
}

fn term(first: &Token<'_>, more: &[Token<'_>]) -> Result<Option<Term>, String> {
    let not = first.not;
    let (said, quoted) = match first.value {
        Value::Regex(source) => {
            // The stroke itself is written with a backslash before it.
            let pattern = Pattern::new(&source.replace("\\/", "/"))?;
            return Ok(Some(Term { not, what: What::Regex(pattern) }));
        }
        Value::Quoted(words) => (looked(words), true),
        Value::Bare(word) => {
            let words = std::iter::once(word).chain(more.iter().map(|token| match token.value {
                Value::Bare(word) | Value::Quoted(word) | Value::Regex(word) => word,
            }));
            (looked(&words.collect::<Vec<_>>().join(" ")), false)
        }
    };
    let Some(name) = first.key else {
        return Ok((!said.is_empty()).then_some(Term { not, what: What::Words { text: said, quoted } }));
    };
    let key = Key::ALL.into_iter().find(|key| key.name() == name.to_lowercase());
    let Some(key) = key else {
        let keys = Key::ALL.map(|key| format!("`{}:`", key.name())).join(" ");
        return Err(format!(
            "there is no `{name}:` to ask for\0hint: there are {keys}; words with a colon go in quotes"
        ));
    };
    if said.is_empty() {
        return Err(format!(
            "`{}:` with nothing after it\0hint: write what it is to be, as {}",
            key.name(),
            key.example()
        ));
    }
    Ok(Some(Term { not, what: What::Key(key, said) }))
}

impl Key {
    /// How it is used, for messages and help.
    pub fn example(self) -> &'static str {
        match self {
            Self::Label => "`label:denial`",
            Self::Is => "`is:unsure`",
            Self::Coder => "`coder:anna`",
            Self::Outlet => "`outlet:\"Post\"`",
            Self::Lang => "`lang:en`",
            Self::From => "`from:2024-01`",
            Self::To => "`to:2024-06`",
            Self::Tag => "`tag:court`",
            Self::Title => "`title:strike`",
            Self::Text => "`text:bribe`",
            Self::Note => "`note:unclear`",
        }
    }
}
