//! What a view, key, command or finished job asks of the session.

use crate::model::action::Action;
use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId, Span};
use crate::session::command::CommandId;
use crate::session::job::{Job, JobResult};
use crate::session::mending::Mending;
use crate::session::prefs::Setting;
use crate::session::view::Look;

#[derive(Debug)]
pub enum Intent {
    /// Change the project; the name is what undo will say.
    Do {
        name: String,
        action: Action,
    },
    /// Say something about a sentence, as the person at the keyboard.
    Answer(Answering),
    /// Mend what was read, change the scheme, or draw a sample.
    Mend(Mending),
    /// Write a note, which is said when its field is left.
    Note(Noting),
    /// Say who is at the keyboard.
    Coder(CoderChoice),
    /// Look at something else; never changes the project.
    Look(Look),
    Run(CommandId),
    /// Choose something for this computer.
    Set(Setting),
    Start(Job),
    Finished(Box<JobResult>),
    /// Time went by.
    Time,
    /// The window lost the keyboard, or the person went away.
    Pause,
}

/// What is said of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    /// This label: the only one, or added or taken away in a scheme that takes several.
    Label(LabelId),
    /// None of these.
    None,
    Unanswered,
    Unsure(bool),
    Note(String),
}

/// What happens in the field of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noting {
    /// All of the text, as it is now.
    Typed {
        article: ArticleId,
        span: Span,
        text: String,
    },
    Left,
    /// Why it was, or is to be, decided so; as a whole.
    Reason {
        article: ArticleId,
        span: Span,
        text: String,
    },
    /// The same by the number of a reason that is used again and again.
    Code(usize),
    /// Keep what was written as such a reason.
    KeepCode {
        article: ArticleId,
        span: Span,
        code: String,
    },
    /// Something for everybody, about a sentence or the article; in answer to another comment.
    Comment {
        article: ArticleId,
        span: Option<Span>,
        text: String,
        re: Option<RecordId>,
    },
    /// A thread is settled, or taken up again.
    Settle(RecordId, bool),
}

/// Whether the next sentence comes after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Next,
    Stay,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// Absent = whichever is current, as a key means it: once the last sentence is answered it says no more.
    pub sentence: Option<(ArticleId, Span)>,
    pub say: Say,
    pub then: Then,
}

/// Who is at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoderChoice {
    Known(CoderId),
    /// Somebody new, by name.
    New(String),
    /// The coder at the keyboard gets a name.
    Name(String),
    /// Any coder gets another name.
    Rename(CoderId, String),
    /// A coder decides from now on and does not label, or labels again.
    Review(CoderId, bool),
    /// A coder goes, with everything that this person did.
    Remove(CoderId),
}
