//! The scheme: the labels of a project with their codebook.

use crate::model::article::{ASIDE, Article, Sentence};
use crate::model::ids::{Kept, LabelId};
use std::sync::Arc;

/// The colours and lines that labels are offered, as the file keeps them.
pub const COLOURS: [&str; 7] = ["#D55E00", "#0072B2", "#009E73", "#B8568C", "#B57A00", "#2B8CC4", "#7A67C0"];
pub const LINES: [&str; 3] = ["solid", "dashed", "dotted"];

/// A label and its entry in the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub id: LabelId,
    pub name: String,
    /// Keys that give it, as the window names them: `1`, `A`.
    pub keys: Vec<String>,
    /// The margin letter; two labels never share one.
    pub letter: String,
    /// The label's `mark` on light paper, `#RRGGBB`.
    pub colour: String,
    /// `solid`, `dashed`, `dotted` or a newer version's word.
    pub line: String,
    /// The definition.
    pub says: String,
    /// Examples that belong to it.
    pub is: Vec<String>,
    /// Examples that do not.
    pub is_not: Vec<String>,
    /// What to do when in doubt.
    pub doubt: Option<String>,
    /// No longer given; codings that have it keep it.
    pub retired: bool,
    /// Labels that were merged into it: files that still give them are understood.
    pub was: Vec<LabelId>,
    pub extra: Kept,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    pub version: u32,
    /// `one` label a sentence, or `several`.
    pub choose: String,
    /// Kinds of sentence that are not labelled: `byline`.
    pub skip: Vec<String>,
    pub labels: Vec<Arc<Label>>,
    pub extra: Kept,
}

impl Scheme {
    pub fn label(&self, id: &LabelId) -> Option<&Arc<Label>> {
        self.labels.iter().find(|label| label.id == *id)
    }

    pub fn idx_of(&self, id: &LabelId) -> Option<usize> {
        self.labels.iter().position(|label| label.id == *id)
    }

    /// The label that another one was merged into, if it was.
    pub fn merged(&self, id: &LabelId) -> Option<&Arc<Label>> {
        self.labels.iter().find(|label| label.was.contains(id)).filter(|_| self.label(id).is_none())
    }

    /// Labels that can be given.
    pub fn current(&self) -> impl Iterator<Item = &Arc<Label>> {
        self.labels.iter().filter(|label| !label.retired)
    }

    pub fn takes_several(&self) -> bool {
        self.choose == "several"
    }

    /// Whether a sentence of this kind is labelled.
    pub fn asks_for(&self, kind: Option<&str>) -> bool {
        kind.is_none_or(|kind| kind != ASIDE && !self.skip.iter().any(|skipped| skipped == kind))
    }

    /// Whether an answer to a sentence is asked for: its kind is labelled, and nobody set it aside. Here alone is
    /// said what is passed over.
    pub fn asks(&self, article: &Article, sentence: &Sentence) -> bool {
        article.aside.is_none() && self.asks_for(sentence.kind.as_deref())
    }

    /// The scheme that a new project starts with: allegation, denial, fact.
    pub fn allegata() -> Self {
        let label =
            |id: &str, name: &str, keys: [&str; 2], colour: &str, line: &str, says: &str, doubt: &str| {
                Arc::new(Label {
                    id: LabelId::new(id),
                    name: name.to_owned(),
                    keys: keys.map(str::to_owned).to_vec(),
                    letter: keys[1].to_owned(),
                    colour: colour.to_owned(),
                    line: line.to_owned(),
                    says: says.to_owned(),
                    is: Vec::new(),
                    is_not: Vec::new(),
                    doubt: Some(doubt.to_owned()),
                    retired: false,
                    was: Vec::new(),
                    extra: None,
                })
            };
        Self {
            version: 1,
            choose: "one".to_owned(),
            skip: ["byline", "dateline"].map(str::to_owned).to_vec(),
            labels: vec![
                label(
                    "allegation",
                    "Allegation",
                    ["1", "A"],
                    "#D55E00",
                    "solid",
                    "Somebody is said to have done wrong, or a charge is reported, and its truth is not \
                     established in the sentence.",
                    "A worry or a suspicion is an allegation when it says who did what. A question is not.",
                ),
                label(
                    "denial",
                    "Denial",
                    ["2", "D"],
                    "#0072B2",
                    "dashed",
                    "Somebody rejects, disputes or refuses an allegation, for themselves or for another.",
                    "Includes explaining a charge away. \u{201c}No comment\u{201d} is not a denial.",
                ),
                label(
                    "fact",
                    "Fact",
                    ["3", "F"],
                    "#009E73",
                    "dotted",
                    "The article itself asserts it as established: an event, a record, a quotation's existence, \
                     a number.",
                    "That somebody said something is a fact only when nothing is alleged or denied in it.",
                ),
            ],
            extra: None,
        }
    }
}
