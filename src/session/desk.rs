//! The open project: what it holds, who is at the keyboard, how safe the work is.

use crate::model::article::Article;
use crate::model::coding::Coding;
use crate::model::history::History;
use crate::model::ids::{ArticleId, CoderId, RecordId, Span, Stamp};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::session::begun::Begun;
use crate::session::job::{Opened, Recovered};
use crate::text::message;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How long the keyboard is quiet before the project is saved by itself, in seconds.
const QUIET_SECS: i64 = 60;
/// The longest time that work is in the journal only, in seconds.
const LONGEST_SECS: i64 = 120;

#[derive(Debug)]
pub struct Desk {
    pub(in crate::session) project: Project,
    pub(in crate::session) history: History,
    /// Grows with every change.
    pub(in crate::session) revision: u64,
    pub(in crate::session) touched: Touched,
    pub(in crate::session) coder: Option<CoderId>,
    pub(in crate::session) path: PathBuf,
    pub(in crate::session) untitled: bool,
    pub(in crate::session) read_only: Option<String>,
    pub(in crate::session) mends: Vec<String>,
    pub(in crate::session) recovered: Vec<Recovered>,
    pub(in crate::session) places: Vec<(String, PathBuf)>,
    pub(in crate::session) safety: Safety,
    pub(in crate::session) begun: Begun,
}

/// What has to be counted again after the last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    Nothing,
    /// One answer: what it was before.
    Answer {
        key: SheetKey,
        span: Span,
        was: Option<Coding>,
    },
    /// The answers in one article.
    Answers(ArticleId),
    /// One decision: where it stands or stood.
    Decision {
        article: ArticleId,
        span: Span,
        id: RecordId,
    },
    /// Comments in one article.
    Comment(ArticleId),
    Anything,
}

/// How safe the work is: actions are numbered, and this knows up to where each place has them.
#[derive(Debug, Clone, Default)]
pub struct Safety {
    /// The last action done.
    pub(in crate::session) done_n: u64,
    /// The last action in the journal, synced.
    pub(in crate::session) synced_n: u64,
    /// The last action in the file.
    pub(in crate::session) saved_n: u64,
    pub(in crate::session) saved_at: Option<Stamp>,
    pub(in crate::session) saving: bool,
    /// Asked to save again after the save under way, and where to.
    pub(in crate::session) save_again: Option<Option<PathBuf>>,
    /// Why the file could not be written.
    pub(in crate::session) trouble: Option<String>,
    /// Why the journal could not be written.
    pub(in crate::session) journal_trouble: Option<String>,
    pub(in crate::session) changed_outside: bool,
    /// Why the file cannot be seen where it was saved: it is gone, or cannot be read.
    pub(in crate::session) unseen: Option<String>,
    /// Whether there is a note begun and not said.
    pub(in crate::session) has_draft: bool,
    /// Whether one was typed and not yet sent to the journal.
    pub(in crate::session) draft_waits: bool,
    /// The last change of one that was sent to the journal, and the last one that is there, synced.
    pub(in crate::session) draft_n: u64,
    pub(in crate::session) draft_synced_n: u64,
    /// When the first action came that the file does not have.
    first_unsaved: Option<Stamp>,
    last_action: Option<Stamp>,
}

/// What the status bar says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HowSafe {
    /// In the journal, not yet in the file.
    Safe,
    Saved(Stamp),
    Saving,
    /// On its way to the disk.
    Writing,
    NotSafe(String),
}

impl Safety {
    pub fn how_safe(&self) -> HowSafe {
        if let Some(why) = self.journal_trouble.as_ref().or(self.trouble.as_ref()) {
            return HowSafe::NotSafe(why.clone());
        }
        if let Some(why) = self.unseen.as_ref().filter(|_| !self.saving) {
            return HowSafe::NotSafe(why.clone());
        }
        match self.saved_at {
            _ if self.saving => HowSafe::Saving,
            _ if self.draft_is_on_no_disk() => HowSafe::Writing,
            Some(_) if self.is_saved() && self.changed_outside => {
                HowSafe::NotSafe("another program wrote the file".to_owned())
            }
            Some(at) if self.is_saved() && !self.has_draft => HowSafe::Saved(at),
            _ if self.synced_n.max(self.saved_n) >= self.done_n => HowSafe::Safe,
            _ => HowSafe::Writing,
        }
    }

    pub fn is_saved(&self) -> bool {
        self.saved_n >= self.done_n
    }

    /// Whether everything is at least in the journal.
    pub fn is_safe(&self) -> bool {
        self.synced_n.max(self.saved_n) >= self.done_n
    }

    /// Whether closing now would lose work: no disk has it all, and trying again came to nothing.
    pub(in crate::session) fn is_stranded(&self) -> bool {
        let in_trouble = self.journal_trouble.is_some() || self.trouble.is_some() || self.changed_outside;
        in_trouble && !self.is_safe()
    }

    /// Whether a note is being written of which no disk has the last letters.
    fn draft_is_on_no_disk(&self) -> bool {
        self.draft_waits || self.draft_synced_n < self.draft_n
    }

    /// Returns whether a trouble with the journal is over.
    pub(in crate::session) fn synced(&mut self, n: u64) -> bool {
        self.synced_n = self.synced_n.max(n);
        self.is_over()
    }

    /// The same, for notes begun.
    pub(in crate::session) fn drafts_synced(&mut self, n: u64) -> bool {
        self.draft_synced_n = self.draft_synced_n.max(n);
        self.is_over()
    }

    fn is_over(&mut self) -> bool {
        self.is_safe() && self.draft_synced_n >= self.draft_n && self.journal_trouble.take().is_some()
    }

    /// What only the journal had is on no disk any more.
    pub(in crate::session) fn journal_gone(&mut self) {
        self.synced_n = self.saved_n;
    }

    pub(in crate::session) fn acted(&mut self, at: Stamp) -> u64 {
        self.done_n += 1;
        self.last_action = Some(at);
        self.first_unsaved.get_or_insert(at);
        self.done_n
    }

    pub(in crate::session) fn saved(&mut self, upto: u64, at: Stamp) {
        self.saved_n = self.saved_n.max(upto);
        self.saved_at = Some(at);
        self.trouble = None;
        self.unseen = None;
        if self.is_safe() {
            self.journal_trouble = None;
        }
        self.first_unsaved = if self.is_saved() { None } else { self.last_action };
    }

    /// When the project is to be saved by itself, in seconds since 1970.
    pub(in crate::session) fn save_due(&self) -> Option<i64> {
        if self.is_saved() || self.saving || self.changed_outside {
            return None;
        }
        let quiet = self.last_action?.0 + QUIET_SECS;
        Some(quiet.min(self.first_unsaved?.0 + LONGEST_SECS))
    }
}

impl Desk {
    pub(in crate::session) fn new(opened: Opened) -> Self {
        let safety = Safety {
            done_n: opened.last_n,
            synced_n: opened.last_n,
            saved_n: opened.last_n.saturating_sub(opened.recovered.len() as u64),
            saved_at: Some(opened.saved_at),
            ..Safety::default()
        };
        Self {
            project: opened.project,
            history: opened.history,
            revision: 1,
            touched: Touched::Anything,
            coder: opened.coder,
            path: opened.path,
            untitled: opened.untitled,
            read_only: opened.read_only,
            mends: opened.mends,
            recovered: opened.recovered,
            places: opened.places,
            safety,
            begun: Begun::default(),
        }
    }

    pub fn project(&self) -> &Project {
        &self.project
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The sentence whose answer is all that the last change changed, and whose answer it is.
    pub fn answered_alone(&self) -> Option<(&SheetKey, Span)> {
        match &self.touched {
            Touched::Answer { key, span, .. } => Some((key, *span)),
            _ => None,
        }
    }

    /// Who is at the keyboard, once known.
    pub fn coder(&self) -> Option<&CoderId> {
        self.coder.as_ref()
    }

    /// The name of who is at the keyboard, once one was given.
    pub fn coder_name(&self) -> Option<&str> {
        let coder = self.coder.as_ref().and_then(|id| self.project.coder(id))?;
        (!coder.name.trim().is_empty()).then_some(coder.name.as_str())
    }

    /// Whether a coder was made for an answer and still has no name.
    pub fn coder_is_nameless(&self) -> bool {
        let coder = self.coder.as_ref().and_then(|id| self.project.coder(id));
        coder.is_some_and(|coder| coder.name.trim().is_empty())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file's name, for lists and the status bar.
    pub fn file_name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    pub fn is_untitled(&self) -> bool {
        self.untitled
    }

    pub fn safety(&self) -> &Safety {
        &self.safety
    }

    pub fn mends(&self) -> &[String] {
        &self.mends
    }

    pub fn recovered(&self) -> &[Recovered] {
        &self.recovered
    }

    pub fn places(&self) -> &[(String, PathBuf)] {
        &self.places
    }

    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Why nothing can be changed now, if so.
    pub fn closed_for_writing(&self) -> Option<&str> {
        if !self.mends.is_empty() {
            return Some("the file was damaged: look at what was mended and accept it first");
        }
        self.read_only.as_deref().map(message::what)
    }

    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.project.article(id)
    }

    /// The sheet of who is at the keyboard; none while undo has taken that coder away.
    pub fn key(&self, article: &ArticleId) -> Option<SheetKey> {
        self.project.coder(self.coder.as_ref()?)?;
        Some(SheetKey { coder: self.coder.clone()?, article: article.clone() })
    }

    /// Why who is at the keyboard labels nothing: a reviewer decides.
    pub fn is_reviewing(&self) -> Option<String> {
        let coder = self.project.coder(self.coder.as_ref()?).filter(|coder| coder.is_reviewer())?;
        Some(format!("{} is a reviewer, who decides and does not label", coder.shown_name()))
    }

    /// What who is at the keyboard said of a sentence; nothing while it is set aside.
    pub fn coding(&self, article: &Article, idx: usize) -> Option<&Coding> {
        let sentence = article.sentences().get(idx).filter(|sentence| !article.is_aside(sentence))?;
        self.project.coding(&self.key(&article.id)?, sentence.span)
    }

    /// Whether a sentence is one that the scheme asks about.
    pub fn asks(&self, article: &Article, idx: usize) -> bool {
        article.sentences().get(idx).is_some_and(|sentence| self.project.scheme().asks(article, sentence))
    }

    /// Whether a sentence is asked about and has no answer.
    pub fn is_open(&self, article: &Article, idx: usize) -> bool {
        self.asks(article, idx) && !self.coding(article, idx).is_some_and(|coding| coding.answered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_asks_only_where_work_would_be_lost() {
        let check = |synced_n, trouble: Option<&str>, journal: Option<&str>, changed_outside, want| {
            let safety = Safety {
                done_n: 2,
                synced_n,
                trouble: trouble.map(str::to_owned),
                journal_trouble: journal.map(str::to_owned),
                changed_outside,
                ..Safety::default()
            };
            assert_eq!(safety.is_stranded(), want, "{safety:?}");
        };
        check(2, None, None, false, false);
        check(1, None, None, false, false); // on its way
        check(2, Some("full"), Some("full"), true, false);
        check(1, Some("full"), None, false, true);
        check(1, None, Some("full"), false, true);
        check(1, None, None, true, true); // too large for the journal, and the file is another's
    }

    #[test]
    fn a_note_half_typed_is_called_safe_once_the_journal_has_it() {
        let mut safety = Safety { saved_at: Some(Stamp(7)), ..Safety::default() };
        (safety.has_draft, safety.draft_waits) = (true, true);
        assert_eq!(safety.how_safe(), HowSafe::Writing);
        (safety.draft_waits, safety.draft_n) = (false, 1);
        assert_eq!(safety.how_safe(), HowSafe::Writing);
        safety.drafts_synced(1);
        assert_eq!(safety.how_safe(), HowSafe::Safe, "the file does not have it");
        safety.has_draft = false;
        assert_eq!(safety.how_safe(), HowSafe::Saved(Stamp(7)));
    }

    #[test]
    fn a_file_that_is_gone_is_not_called_saved() {
        let mut safety = Safety { saved_at: Some(Stamp(7)), ..Safety::default() };
        assert_eq!(safety.how_safe(), HowSafe::Saved(Stamp(7)));
        safety.unseen = Some("the file is no longer there".to_owned());
        assert!(matches!(safety.how_safe(), HowSafe::NotSafe(_)));
        safety.saved(0, Stamp(8));
        assert_eq!(safety.how_safe(), HowSafe::Saved(Stamp(8)));
    }
}
