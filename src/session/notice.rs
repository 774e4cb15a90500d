//! Notices that do not block: errors and warnings stay until closed, news goes after six seconds.

use crate::session::command::CommandId;
use crate::session::moment::Moment;

/// How long news stays, in seconds.
const NEWS_SECS: i64 = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Error,
    Warning,
    Success,
    News,
}

/// Something to be read, with what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: u64,
    pub tone: Tone,
    /// A word or two before the text, in bold.
    pub head: String,
    pub text: String,
    /// Every item behind it, for "List them".
    pub list: Vec<String>,
    /// Commands that it offers, with their own words.
    pub offers: Vec<(String, CommandId)>,
    until: Option<i64>,
}

impl Notice {
    pub fn new(tone: Tone, head: &str, text: impl Into<String>) -> Self {
        Self {
            id: 0,
            tone,
            head: head.to_owned(),
            text: text.into(),
            list: Vec::new(),
            offers: Vec::new(),
            until: None,
        }
    }

    #[must_use]
    pub fn listing(mut self, list: Vec<String>) -> Self {
        self.list = list;
        self
    }

    #[must_use]
    pub fn offering(mut self, words: &str, command: CommandId) -> Self {
        self.offers.push((words.to_owned(), command));
        self
    }
}

#[derive(Debug, Default)]
pub struct Notices {
    shown: Vec<Notice>,
    /// What just happened, in the status bar.
    status: String,
    /// Whether undo takes back what the status bar says.
    can_undo: bool,
    next_id: u64,
}

impl Notices {
    /// Oldest first.
    pub fn shown(&self) -> &[Notice] {
        &self.shown
    }

    pub fn status_line(&self) -> &str {
        &self.status
    }

    pub(in crate::session) fn tell(&mut self, mut notice: Notice, now: Moment) {
        self.shown.retain(|other| (&other.head, &other.text) != (&notice.head, &notice.text));
        self.next_id += 1;
        notice.id = self.next_id;
        notice.until = (notice.tone == Tone::News).then_some(now.at.0 + NEWS_SECS);
        self.shown.push(notice);
    }

    /// Whether undo takes back what the status line says.
    pub fn can_undo(&self) -> bool {
        self.can_undo
    }

    pub(in crate::session) fn status(&mut self, text: impl Into<String>) {
        self.status = text.into();
        self.can_undo = false;
    }

    /// Says what was changed; undo takes it back.
    pub(in crate::session) fn changed(&mut self, text: impl Into<String>) {
        self.status = text.into();
        self.can_undo = true;
    }

    pub(in crate::session) fn dismiss(&mut self, id: u64) {
        self.shown.retain(|notice| notice.id != id);
    }

    /// Takes away the notices with this head: what they said is no longer so.
    pub(in crate::session) fn withdraw(&mut self, head: &str) {
        self.shown.retain(|notice| notice.head != head);
    }

    pub(in crate::session) fn clear(&mut self) {
        self.shown.clear();
        self.status.clear();
    }

    pub(in crate::session) fn pass_time(&mut self, now: Moment) {
        self.shown.retain(|notice| notice.until.is_none_or(|until| now.at.0 < until));
    }

    /// When the next notice goes, in seconds since 1970.
    pub(in crate::session) fn next_end(&self) -> Option<i64> {
        self.shown.iter().filter_map(|notice| notice.until).min()
    }
}
