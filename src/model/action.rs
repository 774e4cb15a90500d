//! What one thing of a project becomes: the only way it changes.

use crate::model::article::{Article, Sentence};
use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::conflict::Conflict;
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, RecordId, Span};
use crate::model::import::Import;
use crate::model::link::Link;
use crate::model::scheme::Label;
use crate::model::sheet::{Sheet, SheetKey};
use std::sync::Arc;

/// The settings of a scheme beside its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeHead {
    pub version: u32,
    pub choose: String,
    pub skip: Vec<String>,
    pub extra: Kept,
}

/// What one thing becomes. `None` = it goes; the inverse is the same variant with what was there.
///
/// Ids and times come inside the action: applying it reads no clock and makes no ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// What is the project's own beside its records.
    Project {
        title: String,
        /// Abbreviations that no sentence ends after.
        never_end_after: Vec<String>,
    },
    Scheme {
        to: SchemeHead,
    },
    /// A label and its place in the scheme's order.
    Label {
        id: LabelId,
        to: Option<(usize, Arc<Label>)>,
    },
    Coder {
        id: CoderId,
        to: Option<Coder>,
    },
    /// An article comes, goes, or changes what is known about it; never its text or sentences.
    Article {
        id: ArticleId,
        to: Option<Arc<Article>>,
    },
    /// Other sentences over the same text.
    Sentences {
        article: ArticleId,
        to: Vec<Sentence>,
    },
    Sheet {
        key: SheetKey,
        to: Option<Arc<Sheet>>,
    },
    /// One answer in a sheet that is there.
    Coding {
        key: SheetKey,
        span: Span,
        to: Option<Coding>,
    },
    Record(Record),
    /// All or nothing, in this order.
    Many(Vec<Self>),
}

/// What a record becomes that stands beside the sheets.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    Comment {
        id: RecordId,
        to: Option<Comment>,
    },
    Link {
        id: RecordId,
        to: Option<Link>,
    },
    Decision {
        id: RecordId,
        to: Option<Decision>,
    },
    Draw {
        id: RecordId,
        to: Option<Draw>,
    },
    Import {
        id: RecordId,
        to: Option<Import>,
    },
    /// A conflict comes to a place in their list, or the one that is there goes: they have no ids.
    Conflict {
        place: usize,
        to: Option<Box<Conflict>>,
    },
    /// What a newer version wrote beside all records.
    Head {
        extra: Kept,
    },
}

/// Where in the project something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub article: ArticleId,
    pub sentence: Option<Span>,
}

impl Action {
    /// The first place that the action touches, to be shown when it is undone.
    pub fn place(&self) -> Option<Place> {
        let place = |article: &ArticleId, sentence| Some(Place { article: article.clone(), sentence });
        match self {
            Self::Project { .. } | Self::Scheme { .. } | Self::Label { .. } | Self::Coder { .. } => None,
            Self::Article { id, .. } => place(id, None),
            Self::Sentences { article, .. } => place(article, None),
            Self::Sheet { key, to } => {
                // A sheet that begins with one answer is that answer.
                let first = to.as_ref().filter(|sheet| sheet.rows.len() == 1);
                place(&key.article, first.and_then(|sheet| sheet.rows.first()).map(|row| row.span))
            }
            Self::Coding { key, span, .. } => place(&key.article, Some(*span)),
            Self::Record(record) => record.place(),
            Self::Many(actions) => {
                let places: Vec<_> = actions.iter().filter_map(Self::place).collect();
                places.iter().find(|place| place.sentence.is_some()).or(places.first()).cloned()
            }
        }
    }
}

impl Record {
    fn place(&self) -> Option<Place> {
        let place = |article: &ArticleId, sentence| Some(Place { article: article.clone(), sentence });
        match self {
            Self::Comment { to, .. } => to.as_ref().and_then(|c| place(&c.article, c.sentence)),
            Self::Link { to, .. } => to.as_ref().and_then(|l| place(&l.article, Some(l.sentence))),
            Self::Decision { to, .. } => to.as_ref().and_then(|d| place(&d.article, Some(d.sentence))),
            Self::Conflict { to, .. } => to.as_ref().and_then(|c| place(c.article.as_ref()?, c.sentence)),
            Self::Draw { .. } | Self::Import { .. } | Self::Head { .. } => None,
        }
    }
}
