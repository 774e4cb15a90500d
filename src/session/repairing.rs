//! Repairing sentences in the reader: joined with the next, split at a caret or at the pointer. What follows is said in words.

use crate::model::boundaries::Resplit;
use crate::model::follow::Followed;
use crate::model::ids::{ArticleId, Span};
use crate::model::project::Project;
use crate::model::repair::{self, Unrepaired};
use crate::session::Session;
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone, in_window};
use crate::text::message::Message;
use crate::text::words;

/// A place between two words of the current sentence, and what a split there does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caret {
    /// Where the second part begins, in code points of the article's text.
    pub at: u32,
    /// Line by line, each with its number; `Err` = why it cannot be.
    pub follows: Result<Vec<(usize, String)>, String>,
}

/// Where the person means a sentence to be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// The word under the pointer, by where it begins; none where there is none.
    Pointer(Option<u32>),
    /// No caret any more.
    Nowhere,
}

impl Session {
    pub(in crate::session) fn mean(&mut self, meant: Meant) {
        match meant {
            Meant::Pointer(at) => self.view.pointed = at,
            Meant::Nowhere => self.view.caret = None,
        }
    }

    /// Where the current sentence can be split, in code points of the article's text.
    fn splits(&self) -> Vec<u32> {
        let Some(article) = self.article() else { return vec![] };
        let Some(sentence) = article.sentences().get(self.view.sentence) else { return vec![] };
        words::starts(article.words_of(sentence)).into_iter().map(|at| sentence.span.start + at).collect()
    }

    /// The caret goes to the next word, or the one before; the first time it comes to the first place, or the last.
    pub(in crate::session) fn walk_caret(&mut self, forward: bool) {
        let splits = self.splits();
        let here = self.view.caret.as_ref().map(|caret| caret.at);
        let to = match (here, forward) {
            (None, true) => splits.first(),
            (None, false) => splits.last(),
            (Some(at), true) => splits.iter().find(|to| **to > at).or(splits.last()),
            (Some(at), false) => splits.iter().rev().find(|to| **to < at).or(splits.first()),
        };
        let Some(at) = to.copied() else {
            return self.notices.status("There is no second word to split before");
        };
        let Some(((article, span), desk)) = self.current_span().zip(self.desk()) else { return };
        let plan = repair::split(desk.project(), &article, span, at);
        let me = desk.coder().cloned();
        let follows = match plan {
            Ok(Some(plan)) => Ok(follows(desk.project(), &plan, me.as_ref())),
            Ok(None) => Ok(vec![]),
            Err(why) => Err(in_window(&why.to_string())),
        };
        self.view.caret = Some(Caret { at, follows });
    }

    /// Joins the current sentence with the next of its paragraph.
    pub(in crate::session) fn join_sentence(&mut self, effects: &mut Vec<Effect>) {
        let number = self.view.sentence + 1;
        let what = format!("join sentences {number} and {}", number + 1);
        self.repair(&what, &format!("Joined sentences {number} and {}", number + 1), effects, repair::join);
    }

    /// Splits the current sentence at the caret, else before the word under the pointer.
    pub(in crate::session) fn split_sentence(&mut self, effects: &mut Vec<Effect>) {
        let at = self.view.caret.as_ref().map(|caret| caret.at);
        let pointed = self.view.pointed.filter(|at| self.splits().contains(at));
        let Some(at) = at.or(pointed) else {
            let text = "Point at the word that the second part begins with, or put the caret before it with Ctrl \u{2192}";
            return self.notices.status(text);
        };
        let number = self.view.sentence + 1;
        let said = format!("Split sentence {number}");
        self.repair(&format!("split sentence {number}"), &said, effects, |project, id, span| {
            repair::split(project, id, span, at)
        });
    }

    fn repair(
        &mut self,
        name: &str,
        said: &str,
        effects: &mut Vec<Effect>,
        plan: impl FnOnce(&Project, &ArticleId, Span) -> Result<Option<Resplit>, Unrepaired>,
    ) {
        let Some(((article, span), desk)) = self.current_span().zip(self.desk()) else { return };
        let idx = self.view.sentence;
        let plan = match plan(desk.project(), &article, span) {
            Ok(Some(plan)) => plan,
            Ok(None) => return,
            Err(Unrepaired::Refused(why)) => {
                return self.tell(Notice::new(Tone::Error, "Not done", why.to_string()));
            }
            Err(why) => {
                let Message { what, hint } = Message::of(&why.to_string());
                let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
                return self.notices.status(format!("Nothing was changed: {what}{hint}"));
            }
        };
        let me = desk.coder().cloned();
        let mine = plan.followed.iter().find(|followed| Some(&followed.coder) == me.as_ref());
        let mut words = vec![said.to_owned()];
        words.extend(mine.and_then(of_mine));
        words.extend(
            follows(desk.project(), &plan, me.as_ref()).into_iter().map(|(n, what)| format!("{n} {what}")),
        );
        let said = match words.split_first() {
            Some((head, rest)) if !rest.is_empty() => format!("{head}: {}", rest.join("; ")),
            _ => said.to_owned(),
        };
        if self.act(name, plan.action, effects) {
            self.notices.changed(said);
            self.go_to(idx);
        }
    }
}

/// What becomes of the own answers.
fn of_mine(followed: &Followed) -> Option<String> {
    let said = if !followed.kept.is_empty() {
        let n = followed.kept.len();
        let answers = if n == 1 { "your answer is".to_owned() } else { format!("your {n} answers are") };
        format!("{answers} kept aside, to check")
    } else if !followed.split.is_empty() {
        "both parts keep your answer, to check".to_owned()
    } else if !followed.restored.is_empty() {
        "your earlier answer is back".to_owned()
    } else if !followed.joined.is_empty() {
        "your answer stays".to_owned()
    } else {
        return None;
    };
    Some(if followed.reopened { format!("{said}; the article is no longer done") } else { said })
}

/// What goes along beside the own answers: how many of what, never which.
fn follows(
    project: &Project,
    plan: &Resplit,
    me: Option<&crate::model::ids::CoderId>,
) -> Vec<(usize, String)> {
    let has = |followed: &&Followed| {
        let Followed { joined, split, kept, restored, .. } = followed;
        Some(&followed.coder) != me && [joined, split, kept, restored].iter().any(|spans| !spans.is_empty())
    };
    let n_others = plan.followed.iter().filter(has).count();
    let is_split = plan.changes.iter().any(|change| change.new.len() > change.old.len());
    let coder = if project.n_coders() > 1 && n_others == 1 { "other coder" } else { "other coders" };
    let how = if is_split {
        "both parts keep it, in their To check lists"
    } else {
        "it follows, or is kept aside to check"
    };
    let lines = [
        (n_others, format!("{coder} answered it: {how}")),
        (
            plan.n_decisions,
            if plan.n_decisions == 1 { "decision goes along" } else { "decisions go along" }.to_owned(),
        ),
        (plan.n_links, if plan.n_links == 1 { "link goes along" } else { "links go along" }.to_owned()),
        (
            plan.n_comments,
            if plan.n_comments == 1 { "comment goes along" } else { "comments go along" }.to_owned(),
        ),
    ];
    lines.into_iter().filter(|(n, _)| *n > 0).collect()
}
