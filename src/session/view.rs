//! What a person sees but would not want back: selection, filter, what is open over the window.

use crate::analysis::order::{GroupBy, Sort};
use crate::formats::svg::Width;
use crate::model::ids::{ArticleId, LabelId, Span};
use crate::session::choosing::{Choice, Choosing};
use crate::session::command::{self, CommandId, Menu};
use crate::session::exports::ToExport;
use crate::session::intent::{Answering, Say};
use crate::session::job::Question;
use crate::session::repairing::{Caret, Meant};
use crate::session::reporting::Chosen;
use crate::session::review::ReviewLook;
use crate::session::review::agreement::Picture;
use crate::session::screens::{Screen, ScreenLook};
use crate::session::searching::FindLook;
use crate::session::version::Version;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A place of the window; a screen may lie over it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Annotate,
    Review,
}

impl Place {
    /// In the order of the tabs.
    pub const ALL: [Self; 2] = [Self::Annotate, Self::Review];

    pub fn name(self) -> &'static str {
        match self {
            Self::Annotate => "Annotate",
            Self::Review => "Review",
        }
    }

    /// The command that shows it.
    pub fn command(self) -> CommandId {
        match self {
            Self::Annotate => "to-annotate",
            Self::Review => "to-review",
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct View {
    pub place: Place,
    pub article: Option<ArticleId>,
    /// Place of the current sentence in the article's list.
    pub sentence: usize,
    pub filter: String,
    /// What is typed in the palette.
    pub sought: String,
    pub sort: Sort,
    pub group: GroupBy,
    /// Groups of the list of which only the heads are shown.
    pub folded: BTreeSet<String>,
    /// Articles chosen together.
    pub choice: Choice,
    /// The articles' drawer, in a narrow window.
    pub drawer: bool,
    pub over: Option<Over>,
    /// Which report is written.
    pub report: Chosen,
    /// Which chart is written, and how wide.
    pub chart: (Picture, Width),
    /// What lies over the place.
    pub screen: Option<Screen>,
    /// What takes the place of the list of articles.
    pub listing: Option<Listing>,
    /// Where the current sentence would be split: a caret, and the word under the pointer.
    pub caret: Option<Caret>,
    pub pointed: Option<u32>,
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
    /// The last sentence, from its answer until the person goes somewhere: a further label key is not meant for it.
    pub answered_at_end: Option<(ArticleId, Span)>,
    /// The other end of a run of sentences that are chosen together, until the person goes somewhere.
    pub run_from: Option<usize>,
    /// The label that was given last in this sitting.
    pub last_said: Option<Say>,
    /// Only the article is shown.
    pub alone: bool,
    /// Answers of this sitting; the coach lines go after five.
    pub n_answers: u32,
    /// An answer given before anybody said who they are.
    pub held: Option<Answering>,
    /// How far the article was scrolled when it was last drawn, in points; `scroll_to` asks for it.
    pub scroll: f32,
    pub scroll_to: Option<f32>,
    /// The move since which the current sentence cannot be seen: the person scrolled away from it.
    pub unseen: Option<u64>,
}

/// Answers to be looked at again, in the place of the list of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// Those whose sentence changed.
    ToCheck,
    /// Those with this label that were given under an earlier version of the scheme.
    Older(LabelId),
}

/// What stands over the window; one at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// A menu of the top bar, and its row that `Enter` takes.
    Menu {
        menu: Menu,
        row: Option<CommandId>,
    },
    Palette,
    Help,
    About,
    /// How is this article split again?
    Resplit,
    /// Which articles is agreement measured on?
    Draw,
    /// With which labels does a new project begin?
    New,
    /// Who is at the keyboard?
    Coder,
    /// The coders: their names, who reviews, who goes.
    Coders,
    /// Another title for the project.
    Rename,
    /// An article to be pasted, with the text that was on the clipboard.
    Paste(String),
    /// What is known about the article, to be mended.
    Details,
    /// The tags of the articles chosen.
    Tags,
    /// Who is to read the articles chosen?
    Assign,
    /// Are these articles to go, with all answers?
    Remove,
    /// What the paragraph of the current sentence is.
    Kind,
    /// The imports of articles that are recorded.
    Imports,
    /// Why the article is set aside.
    AsideReason,
    /// What is set aside.
    Aside,
    /// As what is the report written?
    Report,
    /// Which chart is written?
    Chart,
    /// What is to be decided all at once?
    TakeAll,
    /// What was said about the sentence for everybody.
    Comments,
    /// The articles that are compared, and how far each is decided.
    Compared,
    /// There is a dataset among files that were given: is it taken in as one, or are all of them articles?
    Dataset {
        path: PathBuf,
        paths: Vec<PathBuf>,
    },
    /// May the export take the place of this file?
    Replace(Box<ToExport>),
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
    /// Is this journal to be put away?
    PutAway(Version),
    /// The lines behind a notice.
    Lines {
        head: String,
        lines: Vec<String>,
    },
    Confirm(Confirm),
    /// Projects and other files that were given together: what is to be done?
    Given {
        projects: Vec<PathBuf>,
        articles: Vec<PathBuf>,
    },
}

impl View {
    /// Whether the place Review is shown, or would be without a screen over it.
    pub fn is_in_review(&self) -> bool {
        self.place == Place::Review
    }
}

impl Over {
    /// A menu opened by the keyboard: its first row is chosen.
    pub fn menu(menu: Menu) -> Self {
        Self::Menu { menu, row: command::of(menu).first().map(|command| command.id) }
    }
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
    Search,
    Name,
    Reason,
    Comment,
    /// The title of an article that is to come in.
    AddTitle,
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
    /// What is typed in the palette.
    Seek(String),
    Sort(Sort),
    Group(GroupBy),
    /// Only the head of a group of the list is shown, or its articles again.
    Fold(String),
    /// Which articles are chosen together.
    Choose(Choosing),
    /// Which report is to be written.
    Report(Chosen),
    /// Which chart is to be written.
    Chart((Picture, Width)),
    Drawer(bool),
    Over(Over),
    /// Choose a file.
    Ask(Question),
    /// Close what stands over the window.
    Close,
    /// Close a notice.
    Dismiss(u64),
    /// The field has the keyboard now.
    Focused,
    Field(Field),
    /// A note was written: back to where the person was.
    NoteLeft,
    /// The coder's name was given, or not after all.
    Named,
    Scrolled(f32),
    /// The current sentence cannot be seen since this move, or it can.
    Unseen(Option<u64>),
    /// The flash was shown.
    Flashed,
    /// Only the article, or everything again.
    Alone(bool),
    /// Something in the find bar.
    Find(FindLook),
    /// Where the current sentence is meant to be split.
    Split(Meant),
    /// Answers to look at again take the list's place, or give it back.
    List(Option<Listing>),
    /// Something in a screen.
    Screen(ScreenLook),
    /// Something in the place Review.
    Review(ReviewLook),
}
