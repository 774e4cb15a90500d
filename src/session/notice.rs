//! Notices that do not block: errors and warnings stay until closed, news goes after six seconds.

use crate::session::command::CommandId;
use crate::session::moment::Moment;
use crate::text::message::{self, Message};

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
    /// Whether the next change of the project makes it untrue, as an undo that it offers.
    until_changed: bool,
}

impl Notice {
    pub fn new(tone: Tone, head: &str, text: impl Into<String>) -> Self {
        Self {
            id: 0,
            tone,
            head: head.to_owned(),
            text: in_window(&text.into()),
            list: Vec::new(),
            offers: Vec::new(),
            until: None,
            until_changed: false,
        }
    }

    /// Goes with the next change of the project, which would make it untrue.
    #[must_use]
    pub fn until_changed(mut self) -> Self {
        self.until_changed = true;
        self
    }

    #[must_use]
    pub fn listing(mut self, list: &[String]) -> Self {
        self.list = list.iter().map(|line| in_window(line)).collect();
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

    /// The one that is read now: an error before anything else, then the newest.
    pub fn front(&self) -> Option<&Notice> {
        self.shown.iter().max_by_key(|notice| (notice.tone == Tone::Error, notice.id))
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
        message::what(&text.into()).clone_into(&mut self.status);
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

    /// The project was changed: what is no longer true then goes.
    pub(in crate::session) fn outdate(&mut self) {
        self.shown.retain(|notice| !notice.until_changed);
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

/// A message in the words of the window: what is in backticks stands in quotation marks, what to do is a sentence of its own,
/// and what only a command line can do is left out.
pub fn in_window(message: &str) -> String {
    let Message { what, hint } = Message::of(message);
    let hint = pieces(&hint.unwrap_or_default())
        .into_iter()
        .filter(|piece| !is_for_command_line(piece))
        .collect::<String>();
    let hint = hint.trim_start_matches([';', ',', ' ']);
    let hint = ["and ", "or "].iter().fold(hint, |hint, word| hint.strip_prefix(word).unwrap_or(hint));
    let mut chars = hint.chars();
    let text = match chars.next() {
        Some(first) => format!("{what}. {}{}", first.to_uppercase(), chars.as_str()),
        None => what,
    };
    let mut is_open = false;
    let quoted = text.chars().map(|c| match c {
        '`' => {
            is_open = !is_open;
            if is_open { '\u{201c}' } else { '\u{201d}' }
        }
        c => c,
    });
    quoted.collect()
}

/// The clauses of a hint, each with what joins it to the one before; a joint inside backticks is none.
fn pieces(hint: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut is_quoted = false;
    for (at, c) in hint.char_indices() {
        is_quoted ^= c == '`';
        let rest = hint.get(at..).unwrap_or_default();
        if !is_quoted && ["; ", ", and ", ", or "].iter().any(|joint| rest.starts_with(joint)) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

fn is_for_command_line(clause: &str) -> bool {
    ["`allegata ", "`git ", "`--", "`ALLEGATA_"].iter().any(|begun| clause.contains(begun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_in_the_words_of_the_window() {
        for (message, want) in [
            (
                "disk is full: `/mnt/a`\0hint: free some space, or save on another drive",
                "disk is full: \u{201c}/mnt/a\u{201d}. Free some space, or save on another drive",
            ),
            (
                "there is unsaved work\0hint: it is listed under Earlier versions, and by `allegata recover p.ron --list`",
                "there is unsaved work. It is listed under Earlier versions",
            ),
            (
                "this is a project\0hint: open it with `allegata FILE`; projects are not yet added to one another",
                "this is a project. Projects are not yet added to one another",
            ),
            (
                "this file has conflicts\0hint: `git checkout --merge FILE` and choose, or take one side with `git checkout --ours FILE`",
                "this file has conflicts",
            ),
            ("it is gone\0hint: `allegata recover 'a, or b.ron' --list` numbers them", "it is gone"),
            (
                "no articles here: `a; b`\0hint: articles are `.txt` and `.md` files",
                "no articles here: \u{201c}a; b\u{201d}. Articles are \u{201c}.txt\u{201d} and \u{201c}.md\u{201d} files",
            ),
            ("nothing to say", "nothing to say"),
            ("", ""),
        ] {
            assert_eq!(in_window(message), want);
        }
    }

    #[test]
    fn an_error_is_in_front_of_what_comes_later() {
        let now = Moment::default();
        let mut notices = Notices::default();
        let front = |notices: &Notices| notices.front().map(|notice| notice.head.clone()).unwrap_or_default();
        for (tone, head, want) in [
            (Tone::Warning, "one", "one"),
            (Tone::News, "two", "two"),
            (Tone::Error, "three", "three"),
            (Tone::Warning, "four", "three"),
            (Tone::Error, "five", "five"),
        ] {
            notices.tell(Notice::new(tone, head, "text"), now);
            assert_eq!(front(&notices), want);
        }
        notices.withdraw("five");
        notices.withdraw("three");
        assert_eq!(front(&notices), "four");
    }
}
