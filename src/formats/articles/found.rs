//! What a reader of articles is asked, and what it gives: the articles, what the file announced, what was left out and why.

use crate::formats::articles::ArticleIn;
use crate::formats::reading::Warning;
use crate::text::rules::Settings;

/// What is asked of a reader beside the bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// How texts are divided into sentences.
    pub settings: Settings<'a>,
    /// The encoding that somebody said, by its name on the web (`windows-1252`); left out, it is found out.
    pub encoding: Option<&'a str>,
    /// Which columns of a table hold what, as somebody said; others are found by their names.
    pub columns: &'a [(Column, String)],
    /// The layout that somebody said; left out, it is found out.
    pub layout: Option<Layout>,
    pub pieces: Pieces,
}

impl<'a> From<Settings<'a>> for Asked<'a> {
    fn from(settings: Settings<'a>) -> Self {
        Self { settings, ..Self::default() }
    }
}

/// Whether a book is one article or as many as it has chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pieces {
    #[default]
    Whole,
    Chapters,
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Text,
    Title,
    Outlet,
    Date,
    Byline,
    Section,
    Url,
    Lang,
    DocId,
}

impl Column {
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Title,
        Self::Outlet,
        Self::Date,
        Self::Byline,
        Self::Section,
        Self::Url,
        Self::Lang,
        Self::DocId,
    ];

    /// As `--map` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::Section => "section",
            Self::Url => "url",
            Self::Lang => "language",
            Self::DocId => "id",
        }
    }
}

/// How a news database lays out its exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Nexis Uni and Lexis Advance.
    NexisUni,
    /// Nexis and `LexisNexis` as they were before 2019.
    Nexis,
    Factiva,
    Europresse,
    ProQuest,
    /// No layout of a database: the file is one article.
    Plain,
}

impl Layout {
    pub const ALL: [Self; 6] =
        [Self::NexisUni, Self::Nexis, Self::Factiva, Self::Europresse, Self::ProQuest, Self::Plain];

    /// As `--layout` names it.
    pub fn id(self) -> &'static str {
        match self {
            Self::NexisUni => "nexis-uni",
            Self::Nexis => "nexis",
            Self::Factiva => "factiva",
            Self::Europresse => "europresse",
            Self::ProQuest => "proquest",
            Self::Plain => "plain",
        }
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::NexisUni => "Nexis Uni",
            Self::Nexis => "LexisNexis",
            Self::Factiva => "Factiva",
            Self::Europresse => "Europresse",
            Self::ProQuest => "ProQuest",
            Self::Plain => "one article",
        }
    }
}

/// What a file gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    pub articles: Vec<ArticleIn>,
    /// The database whose export it is; `None` where it is none.
    pub layout: Option<Layout>,
    /// How many articles the file says that it has; `None` where it says nothing.
    pub announced: Option<usize>,
    /// What stands in the file and did not become an article.
    pub left: Vec<Left>,
    pub warnings: Vec<Warning>,
    /// Which columns of a table were taken for what.
    pub columns: Vec<(Column, String)>,
}

impl Found {
    /// A file that is one article.
    pub fn one(article: ArticleIn, warnings: Vec<Warning>) -> Self {
        Self { articles: vec![article], warnings, ..Self::default() }
    }
}

/// Something in a file that did not become an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where it stands, as [`ArticleIn::place`]: `row 7`, `14`, `images/a.png`.
    pub place: String,
    /// Its title, or what it begins with; empty if there is nothing.
    pub title: String,
    /// A clause in lower case: `no text in it`, `a message of the database`.
    pub why: String,
}

/// Why an article should be looked at before it comes in. A reader says what it alone can see; what follows from the text and the
/// metadata (no date, a length that does not fit, another language than the others) is found for all readers in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The date stands there, but is vague: the words.
    VagueDate(String),
    /// A second headline seems to begin at this byte of the text.
    TwoInOne { at: usize },
    /// The database tells of an error, or says that there is no text.
    Message,
    /// It says that it was corrected, or corrects another.
    Correction,
    /// Characters that could not be read, of how many.
    Unreadable { n: usize, n_chars: usize },
    /// Anything else: a clause in lower case.
    Other(String),
}
