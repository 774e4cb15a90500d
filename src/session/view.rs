//! What a person sees but would not want back: selection, filter, what is open over the window.

use crate::analysis::filter::Sort;
use crate::model::ids::{ArticleId, Span};
use crate::session::command::CommandId;
use crate::session::intent::Answering;
use crate::session::job::{Question, Version};

#[derive(Debug, Clone, Default)]
pub struct View {
    pub article: Option<ArticleId>,
    /// Place of the current sentence in the article's list.
    pub sentence: usize,
    pub filter: String,
    pub sort: Sort,
    /// The articles' drawer, in a narrow window.
    pub drawer: bool,
    pub over: Option<Over>,
    /// A field that is to get the keyboard.
    pub focus: Option<Field>,
    /// The coder's name is being asked for.
    pub names_coder: bool,
    /// The person wants no name now.
    pub stays_nameless: bool,
    /// What undo or recovery changed, to be flashed once.
    pub flash: Option<(ArticleId, Span)>,
    /// Grows with every move, so that the reader knows when to follow.
    pub n_moves: u64,
    /// Where the person goes back to after a note on the sentence just answered.
    pub back_to: Option<(ArticleId, usize)>,
    pub last_answered: Option<(ArticleId, Span)>,
    /// Answers of this sitting; the coach lines go after five.
    pub n_answers: u32,
    /// An answer given before anybody said who they are.
    pub held: Option<Answering>,
    /// How far the article was scrolled when it was last drawn, in points; `scroll_to` asks for it.
    pub scroll: f32,
    pub scroll_to: Option<f32>,
}

/// What stands over the window; one at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    Palette,
    Help,
    About,
    /// Who is at the keyboard?
    Coder,
    /// The in-app browser for files.
    Browser(Question),
    /// Where everything lies.
    Safety,
    /// What a crash left and recovery brought back.
    Recovered,
    /// What was mended in the file, to be accepted.
    Mends,
    /// Earlier versions of the file.
    Versions(Vec<Version>),
    /// The lines behind a notice.
    Lines {
        head: String,
        lines: Vec<String>,
    },
    Confirm(Confirm),
}

/// A question before something that undo cannot take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    /// Read the file again and lose what is only here.
    Reload,
    /// Close although the work is not safe; the command that goes on then.
    CloseUnsafe(CommandId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Note,
    Filter,
    Name,
}

/// What to look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    Article(ArticleId),
    /// A sentence of the article shown, by its place in the list.
    Sentence(usize),
    Place {
        article: ArticleId,
        sentence: Option<Span>,
    },
    Filter(String),
    Sort(Sort),
    Drawer(bool),
    Over(Over),
    /// Close what stands over the window.
    Close,
    /// The field has the keyboard now.
    Focused,
    Field(Field),
    /// A note was written: back to where the person was.
    NoteLeft,
    /// The coder's name was given, or not after all.
    Named,
    Scrolled(f32),
    /// The flash was shown.
    Flashed,
}
