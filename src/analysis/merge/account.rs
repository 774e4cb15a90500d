//! What a merge brings together, counted: by kind of thing, and by article.

use crate::model::ids::ArticleId;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// What is counted, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Answers, doubts and notes: a row once.
    Answers,
    /// Articles said to be done, or given to somebody.
    Sheets,
    Decisions,
    Comments,
    Links,
    /// Articles added or removed.
    Articles,
    ArticleData,
    Boundaries,
    Codebook,
    Coders,
    /// Reliability samples.
    Draws,
    /// Records of what was read.
    Imports,
    /// Title, abbreviations, and what a newer version wrote.
    Project,
}

/// How many things each side changed. What both changed counts on both sides.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    pub theirs: usize,
    pub ours: usize,
    /// Changed by both to the same.
    pub alike: usize,
    /// Changed by both, and not to the same.
    pub conflicts: usize,
}

/// The sums of a merge, and what is said beside them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Account {
    sums: BTreeMap<(Kind, Option<ArticleId>), Sums>,
    /// What was settled without asking, in words.
    pub said: Vec<String>,
    /// No common version is known: what is alike was changed by nobody.
    without_base: bool,
}

/// Which sides changed a thing, and whether they can be brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) enum Fate {
    Unchanged,
    Ours,
    Theirs,
    Alike,
    /// Both changed it, in parts that do not meet.
    Both,
    Conflict,
}

impl Kind {
    pub const ALL: [Self; 13] = [
        Self::Answers,
        Self::Sheets,
        Self::Decisions,
        Self::Comments,
        Self::Links,
        Self::Articles,
        Self::ArticleData,
        Self::Boundaries,
        Self::Codebook,
        Self::Coders,
        Self::Draws,
        Self::Imports,
        Self::Project,
    ];

    /// The name in the window and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answers => "Answers",
            Self::Sheets => "Articles done or given",
            Self::Decisions => "Decisions",
            Self::Comments => "Comments",
            Self::Links => "Links",
            Self::Articles => "Articles added or removed",
            Self::ArticleData => "Article data",
            Self::Boundaries => "Sentence boundaries",
            Self::Codebook => "Codebook",
            Self::Coders => "Coders",
            Self::Draws => "Reliability samples",
            Self::Imports => "Records of imports",
            Self::Project => "Project data",
        }
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.theirs += other.theirs;
        self.ours += other.ours;
        self.alike += other.alike;
        self.conflicts += other.conflicts;
    }
}

impl Sums {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

impl Account {
    pub(super) fn new(without_base: bool) -> Self {
        Self { without_base, ..Self::default() }
    }

    pub(in crate::analysis) fn count(&mut self, kind: Kind, article: Option<&ArticleId>, fate: Fate) {
        let sums = match fate {
            Fate::Unchanged => return,
            Fate::Alike if self.without_base => return,
            Fate::Ours => Sums { ours: 1, ..Sums::default() },
            Fate::Theirs => Sums { theirs: 1, ..Sums::default() },
            Fate::Alike => Sums { theirs: 1, ours: 1, alike: 1, conflicts: 0 },
            Fate::Both => Sums { theirs: 1, ours: 1, ..Sums::default() },
            Fate::Conflict => Sums { theirs: 1, ours: 1, alike: 0, conflicts: 1 },
        };
        *self.sums.entry((kind, article.cloned())).or_default() += sums;
    }

    pub fn of_kind(&self, kind: Kind) -> Sums {
        self.total(|of, _| of == kind)
    }

    pub fn of_article(&self, article: &ArticleId) -> Sums {
        self.total(|_, of| of == Some(article))
    }

    /// What belongs to no article.
    pub fn of_project(&self) -> Sums {
        self.total(|_, of| of.is_none())
    }

    pub fn all(&self) -> Sums {
        self.total(|_, _| true)
    }

    /// The articles in which something changed, by id.
    pub fn articles(&self) -> Vec<&ArticleId> {
        let mut ids: Vec<_> = self.sums.keys().filter_map(|(_, article)| article.as_ref()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn total(&self, is_one: impl Fn(Kind, Option<&ArticleId>) -> bool) -> Sums {
        let mut total = Sums::default();
        let sums = self.sums.iter().filter(|((kind, article), _)| is_one(*kind, article.as_ref()));
        sums.for_each(|(_, sums)| total += *sums);
        total
    }
}
