//! Mending what was read: metadata, kinds of paragraphs, what is set aside; each said in words, with undo.

use crate::analysis::aside::Aside;
use crate::model::article::ASIDE;
use crate::model::handing;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::mending::{self, Details};
use crate::session::Session;
use crate::session::arriving::Pasted;
use crate::session::drawing::Sampling;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
use crate::session::resplitting::Wish;
use crate::session::screens::scheming::SchemeChange;

/// What is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mending {
    /// What is known about articles, and their tags.
    Details(Vec<ArticleId>, Details),
    /// What the paragraph of the current sentence is, as [`mending::kind`] takes it.
    Kind(&'static str),
    /// Articles are set aside, with a reason, or come back.
    Aside(Vec<ArticleId>, Option<String>),
    /// Articles go, with every answer to them.
    Remove(Vec<ArticleId>),
    /// Articles are this coder's to do, or no longer.
    Assign(Vec<ArticleId>, CoderId, Assigned),
    /// An article that was pasted.
    Paste(Pasted),
    /// An article is split again.
    Resplit(ArticleId, Wish),
    /// A change of the scheme, in its screen.
    Scheme(SchemeChange),
    /// A reliability sample is drawn, or taken back.
    Sample(Sampling),
}

/// Whether articles are somebody's to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned {
    Given,
    TakenBack,
}

impl Session {
    pub(in crate::session) fn mend(&mut self, mending: Mending, effects: &mut Vec<Effect>) {
        match mending {
            Mending::Resplit(id, wish) => self.resplit(&id, &wish, effects),
            Mending::Scheme(change) => self.change_scheme(change, effects),
            Mending::Sample(sampling) => self.sample(&sampling, effects),
            Mending::Details(ids, says) => self.mend_details(&ids, &says, effects),
            Mending::Remove(ids) => self.remove_articles(&ids, effects),
            Mending::Assign(ids, coder, assigned) => self.assign(&ids, &coder, assigned, effects),
            Mending::Paste(pasted) => {
                let Some(project) = self.desk().map(|desk| desk.project().clone()) else { return };
                self.start(Job::Paste { project, pasted }, effects);
            }
            Mending::Kind(kind) => self.mend_kind(kind, effects),
            Mending::Aside(ids, reason) => self.set_aside(&ids, reason.as_deref(), effects),
        }
    }

    fn mend_details(&mut self, ids: &[ArticleId], says: &Details, effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let Some(action) = mending::details(desk.project(), ids, says) else {
            return self.notices.status("Nothing was changed");
        };
        let (what, done) =
            if says.fields.is_empty() { ("tags", "Tags changed") } else { ("details", "Changed") };
        let of = self.named(ids);
        if self.act(&format!("{what}: {of}"), action, effects) {
            // It may have another title now.
            self.notices.changed(format!("{done}: {}", self.named(ids)));
        }
    }

    fn assign(&mut self, ids: &[ArticleId], coder: &CoderId, assigned: Assigned, effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let project = desk.project();
        let Some(coder) = project.coder(coder).cloned() else { return };
        let is_open = |id: &&ArticleId| project.article(id).is_some_and(|article| article.intact);
        let open: Vec<ArticleId> = ids.iter().filter(is_open).cloned().collect();
        let n_locked = ids.len() - open.len();
        let action = match assigned {
            Assigned::Given => handing::assign(project, &[(coder.clone(), open.clone())]),
            Assigned::TakenBack => handing::unassign(project, &coder.id, &open),
        };
        let Some(action) = action else { return self.notices.status("Nothing was changed") };
        let (of, who) = (self.named(&open), coder.shown_name());
        let (name, mut said) = match assigned {
            Assigned::Given => (format!("assign: {of}"), format!("Assigned to {who}: {of}")),
            Assigned::TakenBack => {
                (format!("no longer assigned: {of}"), format!("No longer assigned to {who}: {of}"))
            }
        };
        if n_locked > 0 {
            said = format!("{said}. Left out because their text is locked: {n_locked}");
        }
        if self.act(&name, action, effects) {
            self.notices.changed(said);
        }
    }

    fn mend_kind(&mut self, kind: &'static str, effects: &mut Vec<Effect>) {
        let Some(((id, span), desk)) = self.current_span().zip(self.desk()) else { return };
        let plan = match mending::kind(desk.project(), &id, span, kind) {
            Ok(Some(plan)) => plan,
            Ok(None) => return self.notices.status("Nothing was changed"),
            Err(refusal) => {
                return self.tell(Notice::new(Tone::Error, "Not done", refusal.to_string()));
            }
        };
        let is_here = |coder| desk.coder() == Some(coder);
        let reopened: Vec<_> = plan.followed.iter().filter(|followed| followed.reopened).collect();
        let here = reopened.iter().find(|followed| is_here(&followed.coder)).map(|one| one.unanswered.len());
        let n_others = reopened.len() - usize::from(here.is_some());
        let mut said = match kind {
            ASIDE => "Set this sentence aside".to_owned(),
            "" => "Brought this sentence back".to_owned(),
            kind => format!("This paragraph is: {kind}"),
        };
        match here {
            None => {}
            Some(1) => said.push_str(". The article is no longer done: 1 sentence has no answer"),
            Some(n) => said = format!("{said}. The article is no longer done: {n} sentences have no answer"),
        }
        if n_others > 0 {
            said = format!("{said}. No longer done by others: {n_others}");
        }
        let name = match kind {
            ASIDE => "set a sentence aside".to_owned(),
            "" => "bring a sentence back".to_owned(),
            kind => format!("kind: {kind}"),
        };
        if self.act(&name, plan.action, effects) {
            self.notices.changed(said.clone());
            if here.is_some() || n_others > 0 {
                self.tell(Notice::new(Tone::News, "", said).offering("Undo", "undo").until_changed());
            }
        }
    }

    fn set_aside(&mut self, ids: &[ArticleId], reason: Option<&str>, effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let Some(action) = mending::aside(desk.project(), ids, reason) else {
            return self.notices.status("Nothing was changed");
        };
        // Answers that are aside already change nothing by this.
        let n_before = Aside::of(desk.project()).n_answers;
        let of = self.named(ids);
        let (name, said) = match reason {
            Some(_) => (format!("set aside: {of}"), format!("Set aside: {of}")),
            None => (format!("bring back: {of}"), format!("Brought back: {of}")),
        };
        if self.act(&name, action, effects) {
            let n_now = self.desk().map_or(0, |desk| Aside::of(desk.project()).n_answers);
            let kept = match (reason, n_now.saturating_sub(n_before)) {
                (None, _) | (_, 0) => String::new(),
                (_, 1) => ". 1 answer stays and counts nowhere".to_owned(),
                (_, n) => format!(". {n} answers stay and count nowhere"),
            };
            let said = format!("{said}{kept}");
            self.notices.changed(said.clone());
            self.tell(Notice::new(Tone::News, "", said).offering("Undo", "undo").until_changed());
        }
    }
}
