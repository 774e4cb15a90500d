//! The coders of a project: their names, who reviews, who goes.

use crate::model::action::Action;
use crate::model::coder::{Coder, REVIEWER};
use crate::model::ids::{CoderId, is_name};
use crate::model::plan;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone};

/// What a coder did, to be counted before it goes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    pub n_answers: usize,
    pub n_articles: usize,
    pub n_comments: usize,
    pub n_decisions: usize,
    pub n_links: usize,
}

impl Work {
    pub fn of(project: &Project, id: &CoderId) -> Self {
        Self {
            n_answers: project.sheets_of(id).map(|sheet| sheet.n_answered()).sum(),
            n_articles: project.sheets_of(id).count(),
            n_comments: project.comments().filter(|comment| comment.by == *id).count(),
            n_decisions: project.decisions().filter(|decision| decision.by == *id).count(),
            n_links: project.links().filter(|link| link.by == *id).count(),
        }
    }

    /// `188 answers in 12 articles, 2 comments`.
    pub fn says(self) -> String {
        let of = |n: usize, one: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {one}s")),
        };
        let answers = of(self.n_answers, "answer").unwrap_or_else(|| "no answer".to_owned());
        let articles =
            of(self.n_articles, "article").map(|articles| format!(" in {articles}")).unwrap_or_default();
        let others = [(self.n_comments, "comment"), (self.n_decisions, "decision"), (self.n_links, "link")];
        let others = others.into_iter().filter_map(|(n, one)| of(n, one));
        std::iter::once(format!("{answers}{articles}")).chain(others).collect::<Vec<_>>().join(", ")
    }
}

impl Session {
    pub(in crate::session) fn rename_coder(&mut self, id: &CoderId, name: &str, effects: &mut Vec<Effect>) {
        let Some(coder) = self.desk.as_ref().and_then(|desk| desk.project().coder(id)).cloned() else {
            return;
        };
        let name = name.trim();
        if name != coder.name && !name.is_empty() && is_name(name) {
            let to = Coder { name: name.to_owned(), ..coder };
            self.act("coder\u{2019}s name", Action::Coder { id: id.clone(), to: Some(to) }, effects);
        }
    }

    /// Takes or gives the role of who decides and does not label; the answers stay as they are.
    pub(in crate::session) fn let_review(&mut self, id: &CoderId, reviews: bool, effects: &mut Vec<Effect>) {
        let Some(coder) = self.desk.as_ref().and_then(|desk| desk.project().coder(id)).cloned() else {
            return;
        };
        if coder.is_reviewer() == reviews {
            return;
        }
        let name = coder.shown_name().to_owned();
        let to = Coder { role: reviews.then(|| REVIEWER.to_owned()), ..coder };
        let what = if reviews { "reviewer" } else { "coder again" };
        if self.act(&format!("{what}: {name}"), Action::Coder { id: id.clone(), to: Some(to) }, effects) {
            let says = if reviews { "reviews, and labels no more" } else { "labels again" };
            self.notices.changed(format!("{name} {says}"));
        }
    }

    pub(in crate::session) fn remove_coder(&mut self, id: &CoderId, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        let project = desk.project();
        let Some(name) = project.coder(id).map(|coder| coder.shown_name().to_owned()) else { return };
        if let Some(why) = self.stays(id) {
            return self.notices.status(format!("{name} stays: {why}"));
        }
        let work = Work::of(project, id).says();
        let Some(action) = plan::remove_coder(project, id) else { return };
        if self.act(&format!("remove coder: {name}"), action, effects) {
            let text = format!("Removed {name}, {work}");
            self.notices.changed(text.clone());
            self.tell(Notice::new(Tone::News, "", text).offering("Undo", "undo").until_changed());
        }
    }

    /// Why a coder cannot be taken out now.
    pub fn stays(&self, id: &CoderId) -> Option<&'static str> {
        let desk = self.desk.as_ref()?;
        if desk.coder() == Some(id) {
            Some("this is who is at the keyboard; choose another one first, under Coder\u{2026}")
        } else if desk.project().handed_to() == Some(id) {
            Some("this file was handed out to this coder")
        } else {
            None
        }
    }
}
