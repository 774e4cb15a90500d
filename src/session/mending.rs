//! Mending what was read: metadata, kinds of paragraphs, what is set aside; each said in words, with undo.

use crate::analysis::aside::Aside;
use crate::formats;
use crate::formats::articles::arrivals;
use crate::model::article::ASIDE;
use crate::model::ids::ArticleId;
use crate::model::mending::{self, Field};
use crate::session::Session;
use crate::session::commands::short;
use crate::session::drawing::Sampling;
use crate::session::job::{Arrived, Effect};
use crate::session::notice::{Notice, Tone};
use crate::session::resplitting::Wish;
use crate::session::screens::scheming::SchemeChange;
use crate::text::rules::Settings;

/// What is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mending {
    /// What is known about articles; an empty text takes it away.
    Meta(Vec<ArticleId>, Vec<(Field, String)>),
    /// What the paragraph of the current sentence is, as [`mending::kind`] takes it.
    Kind(&'static str),
    /// Articles are set aside, with a reason, or come back.
    Aside(Vec<ArticleId>, Option<String>),
    /// These tags are put to articles, and those are taken away.
    Tags(Vec<ArticleId>, Vec<String>, Vec<String>),
    /// An article that was pasted: what is known about it, and its text.
    Paste { says: Vec<(Field, String)>, text: String },
    /// An article is split again.
    Resplit(ArticleId, Wish),
    /// A change of the scheme, in its screen.
    Scheme(SchemeChange),
    /// A reliability sample is drawn, or taken back.
    Sample(Sampling),
}

impl Session {
    pub(in crate::session) fn mend(&mut self, mending: Mending, effects: &mut Vec<Effect>) {
        match mending {
            Mending::Resplit(id, wish) => self.resplit(&id, &wish, effects),
            Mending::Scheme(change) => self.change_scheme(change, effects),
            Mending::Sample(sampling) => self.sample(&sampling, effects),
            Mending::Meta(ids, says) => self.mend_meta(&ids, &says, effects),
            Mending::Tags(ids, add, take) => self.tag(&ids, &add, &take, effects),
            Mending::Paste { says, text } => self.paste(&says, &text, effects),
            Mending::Kind(kind) => self.mend_kind(kind, effects),
            Mending::Aside(ids, reason) => self.set_aside(&ids, reason.as_deref(), effects),
        }
    }

    fn mend_meta(&mut self, ids: &[ArticleId], says: &[(Field, String)], effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        match mending::meta(desk.project(), ids, says) {
            Some(action) => {
                let of = self.named(ids);
                if self.act(&format!("details: {of}"), action, effects) {
                    // It may have another title now.
                    self.notices.changed(format!("Changed: {}", self.named(ids)));
                }
            }
            None => self.notices.status("Nothing was changed"),
        }
    }

    fn tag(&mut self, ids: &[ArticleId], add: &[String], take: &[String], effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let of = self.named(ids);
        match mending::tags(desk.project(), ids, add, take) {
            Some(action) => {
                if self.act(&format!("tags: {of}"), action, effects) {
                    self.notices.changed(format!("Tags changed: {of}"));
                }
            }
            None => self.notices.status("Nothing was changed"),
        }
    }

    /// Takes in a text as a file of plain text is.
    fn paste(&mut self, says: &[(Field, String)], text: &str, effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let meta = mending::meta_of(says);
        let project = desk.project();
        let settings = Settings { never_end_after: project.never_end_after(), ..Settings::default() };
        let read = arrivals::read("pasted.txt", formats::by_id("txt"), text.as_bytes(), &meta, settings);
        let mut arrived = Arrived::default();
        match read {
            Ok((came, warnings)) => {
                arrived.warnings = warnings.into_iter().map(|warning| warning.0).collect();
                for mut article in came.into_iter().map(|arrival| arrival.article) {
                    // There is no file that it came from.
                    article.source = None;
                    article.source_sha256 = None;
                    match arrivals::twin(project, &article) {
                        Some(there) => arrived.skipped.push(there.shown_title().to_owned()),
                        None => arrived.articles.push(arrivals::with_free_id(project, article)),
                    }
                }
            }
            Err(error) => arrived.refused.push(error.to_string()),
        }
        self.arrived(arrived, effects);
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

    /// `“Ferry fire”`, or `3 articles`.
    fn named(&self, ids: &[ArticleId]) -> String {
        let article = match ids {
            [id] => self.desk().and_then(|desk| desk.article(id)),
            _ => None,
        };
        match article {
            Some(article) => format!("\u{201c}{}\u{201d}", short(article.shown_title())),
            None => format!("{} articles", ids.len()),
        }
    }
}
