//! A conflict: what two versions of a project changed differently, with both sides, until somebody decides.

use crate::model::coding::Coding;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, Span, Stamp};
use crate::model::scheme::Label;
use std::sync::Arc;

/// The kind of thing that both changed. A word of the file, where a newer version may write others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A coder's answer to a sentence; left out in the file.
    Coding,
    Note,
    Decision,
    Sheet,
    Article,
    /// Where the sentences of an article begin, or what kind one of them is.
    Sentences,
    Label,
    Scheme,
    Coder,
    Comment,
    Project,
    Other(Box<str>),
}

/// What one side says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of an answer or a note: the whole row.
    Coding(Coding),
    Decision(Decision),
    Label(Arc<Label>),
    /// One field, or the words for something that is there; beside it what a newer version wrote.
    Plain(Plain, Kept),
}

/// The value of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plain {
    Text(String),
    Texts(Vec<String>),
    /// A field that this version does not know, as it is written.
    Source(String),
}

/// What both sides changed, each in its own way. Meanwhile the project says what `ours` says.
///
/// Of a thing that one side took away and the other changed, the project keeps what is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub what: What,
    /// The field of it; absent = all of it.
    pub field: Option<String>,
    /// Whose row, sheet or name it is.
    pub coder: Option<CoderId>,
    pub article: Option<ArticleId>,
    pub sentence: Option<Span>,
    /// The id of the label or the comment.
    pub id: Option<String>,
    /// Absent = it was not there, as with the other two.
    pub base: Option<Value>,
    pub ours: Option<Value>,
    pub theirs: Option<Value>,
    /// Whose the other version was.
    pub who: Option<String>,
    pub at: Option<Stamp>,
    pub extra: Kept,
}

impl What {
    const WORDS: [(Self, &'static str); 11] = [
        (Self::Coding, "coding"),
        (Self::Note, "note"),
        (Self::Decision, "decision"),
        (Self::Sheet, "sheet"),
        (Self::Article, "article"),
        (Self::Sentences, "sentences"),
        (Self::Label, "label"),
        (Self::Scheme, "scheme"),
        (Self::Coder, "coder"),
        (Self::Comment, "comment"),
        (Self::Project, "project"),
    ];

    /// The word of the file.
    pub fn word(&self) -> &str {
        match self {
            Self::Other(word) => word,
            known => Self::WORDS.iter().find(|(what, _)| what == known).map_or("", |(_, word)| word),
        }
    }

    pub fn of(word: &str) -> Self {
        let known = Self::WORDS.into_iter().find(|(_, known)| *known == word);
        known.map_or_else(|| Self::Other(word.into()), |(what, _)| what)
    }
}

impl Value {
    /// The labels that it gives to a sentence.
    pub fn labels(&self) -> &[LabelId] {
        match self {
            Self::Coding(coding) => &coding.labels,
            Self::Decision(decision) => &decision.labels,
            _ => &[],
        }
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::Plain(Plain::Text(text.into()), None)
    }

    pub fn texts(texts: Vec<String>) -> Self {
        Self::Plain(Plain::Texts(texts), None)
    }

    pub fn source(source: impl Into<String>) -> Self {
        Self::Plain(Plain::Source(source.into()), None)
    }

    pub fn plain(&self) -> Option<&Plain> {
        if let Self::Plain(plain, _) = self { Some(plain) } else { None }
    }

    pub fn coding(&self) -> Option<&Coding> {
        if let Self::Coding(coding) = self { Some(coding) } else { None }
    }

    pub fn decision(&self) -> Option<&Decision> {
        if let Self::Decision(decision) = self { Some(decision) } else { None }
    }

    /// When it was said, as far as it is known.
    pub fn at(&self) -> Option<Stamp> {
        match self {
            Self::Coding(coding) => coding.at,
            Self::Decision(decision) => decision.at,
            _ => None,
        }
    }
}

impl Conflict {
    /// A conflict of which nothing is known yet but its kind.
    pub fn new(what: What) -> Self {
        Self {
            what,
            field: None,
            coder: None,
            article: None,
            sentence: None,
            id: None,
            base: None,
            ours: None,
            theirs: None,
            who: None,
            at: None,
            extra: None,
        }
    }

    pub fn sides(&self) -> impl Iterator<Item = &Value> {
        [&self.base, &self.ours, &self.theirs].into_iter().flatten()
    }

    /// Everybody whom it names: whose row it is, and who decided.
    pub fn coders(&self) -> impl Iterator<Item = &CoderId> {
        let decided = self.sides().filter_map(Value::decision).map(|decision| &decision.by);
        self.coder.iter().chain(decided)
    }

    /// Whether both are about the same, and both sides say the same of it; who merged and when does not count.
    pub fn is_same(&self, other: &Self) -> bool {
        let blank = Coding::default();
        let row = |side: &'_ Option<Value>| side.as_ref().and_then(Value::coding).unwrap_or(&blank).clone();
        let says = |a: &Option<Value>, b: &Option<Value>| match (&self.what, &self.field) {
            (What::Note, None) => row(a).note == row(b).note,
            (What::Coding, None) => {
                let answer = |row: Coding| (row.answered, row.labels, row.at);
                answer(row(a)) == answer(row(b))
            }
            _ => a == b,
        };
        let sides = [(&self.base, &other.base), (&self.ours, &other.ours), (&self.theirs, &other.theirs)];
        self.is_about(other) && sides.into_iter().all(|(a, b)| says(a, b))
    }

    /// Whether both are about the same thing.
    pub fn is_about(&self, other: &Self) -> bool {
        let what = |c: &Self| (c.what.clone(), c.field.clone(), c.coder.clone());
        let place = |c: &Self| (c.article.clone(), c.sentence, c.id.clone());
        what(self) == what(other) && place(self) == place(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_file() {
        for (what, word) in What::WORDS {
            assert_eq!(What::of(word), what);
            assert_eq!(what.word(), word);
        }
        assert_eq!(What::of("draw").word(), "draw");
    }
}
