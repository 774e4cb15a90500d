//! What finished jobs bring: opened projects, articles, saved files, dialogs' answers.

use crate::model::ids::ArticleId;
use crate::model::plan;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::job::{Arrived, Effect, JobKind, JobResult, Opened, Outside, SaveTrouble};
use crate::session::notice::{Notice, Tone};
use crate::session::prefs::Setting;
use crate::session::view::{Over, View};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Head of the notice about a file that changed under us.
pub(in crate::session) const CHANGED: &str = "Changed outside";
const NOT_SAVED: &str = "Not saved";

impl Session {
    pub(in crate::session) fn finished(&mut self, result: JobResult, effects: &mut Vec<Effect>) {
        if let Some(kind) = kind_of(&result)
            && let Some(idx) = self.running.iter().position(|running| running.kind == kind)
        {
            self.running.remove(idx);
        }
        match result {
            JobResult::Opened(Ok(opened)) => self.opened(*opened, effects),
            JobResult::Opened(Err(why)) => self.tell(Notice::new(Tone::Error, "Not opened", why)),
            JobResult::Articles(arrived) => self.arrived(arrived, effects),
            JobResult::Saved { upto, to, result } => self.saved(upto, to, result, effects),
            JobResult::Exported(Ok(path)) => {
                let text = format!("Exported to {}", path.display());
                self.tell(Notice::new(Tone::News, "", text));
            }
            JobResult::Exported(Err(why)) => self.tell(Notice::new(Tone::Error, "Not exported", why)),
            JobResult::Asked { question, paths, no_service } => {
                if no_service {
                    self.view.over = Some(Over::Browser(question));
                } else if !paths.is_empty() {
                    self.chosen(question, paths, effects);
                }
            }
            JobResult::Outside(outside) => self.seen_outside(&outside),
            JobResult::Versions(Ok(versions)) => self.view.over = Some(Over::Versions(versions)),
            JobResult::Versions(Err(why)) => self.tell(Notice::new(Tone::Error, "No earlier versions", why)),
            JobResult::Synced { n } => {
                if self.desk.as_mut().is_some_and(|desk| desk.safety.synced(n)) {
                    self.notices.withdraw("Not safe");
                }
            }
            JobResult::JournalFailed(why) => self.not_safe(&why),
            JobResult::SaveNow => self.save(effects),
            JobResult::Broke { kind, why } => self.broke(kind, &why),
        }
    }

    fn broke(&mut self, kind: JobKind, why: &str) {
        if kind == JobKind::Save
            && let Some(desk) = &mut self.desk
        {
            desk.safety.saving = false;
        }
        self.tell(Notice::new(Tone::Error, "A job broke off", format!("{why}. Your work is as it was")));
    }

    /// Work cannot be kept where it belongs: said until it can.
    fn not_safe(&mut self, why: &str) {
        if let Some(desk) = &mut self.desk {
            desk.safety.journal_trouble = Some(why.to_owned());
        }
        let text =
            format!("{why}. Everything is still here in the window; it is tried again with the next answer");
        self.tell(Notice::new(Tone::Error, "Not safe", text).offering("Save as\u{2026}", "save-as"));
    }

    fn opened(&mut self, opened: Opened, effects: &mut Vec<Effect>) {
        self.leave(effects);
        let id = opened.project.id().to_string();
        let stop = self.settings.stops.get(&id).cloned();
        let mut opened = opened;
        let (warnings, arrived) = (std::mem::take(&mut opened.warnings), opened.arrived.take());
        let entries = std::mem::take(&mut opened.entries);
        let desk = Desk::new(opened);
        self.derived.begin(entries, &desk);
        self.view = View::default();
        self.notices.clear();
        if !desk.untitled {
            self.notices.status(format!("Opened {}", desk.file_name()));
        }
        if let Some(why) = &desk.read_only {
            let notice = Notice::new(Tone::Warning, "Read only", why.clone());
            self.notices.tell(notice.offering("Save as\u{2026}", "save-as"), self.now);
        }
        if !desk.mends.is_empty() {
            self.view.over = Some(Over::Mends);
        }
        for warning in warnings {
            self.notices.tell(Notice::new(Tone::Warning, "Look", warning), self.now);
        }
        let recovered = desk.recovered.last().cloned();
        let n_recovered = desk.recovered.len();
        self.desk = Some(desk);
        self.derived.refresh(self.desk.as_ref(), &self.view);
        if let Some(stop) = stop {
            self.view.filter = stop.filter;
            self.view.sort = crate::analysis::filter::Sort::of_id(&stop.sort);
            self.derived.refresh(self.desk.as_ref(), &self.view);
            self.return_to(&ArticleId::new(stop.article.as_str()), stop.sentence, stop.scroll);
        }
        if let Some(last) = recovered {
            let words = if n_recovered == 1 { "change" } else { "changes" };
            let text = format!("{n_recovered} {words}, from before the program ended. Everything is here");
            let notice = Notice::new(Tone::Success, "Recovered", text);
            self.tell(notice.offering("List them", "recovered"));
            if let Some(article) = last.article {
                let sentence = last.sentence;
                self.show_change(&crate::model::action::Place { article, sentence });
            }
        }
        if self.view.article.is_none() {
            self.first_article();
        }
        if let Some(arrived) = arrived {
            self.arrived(arrived, effects);
        }
        self.remember(effects);
    }

    /// Goes back to where this person stopped.
    fn return_to(&mut self, article: &ArticleId, start: u32, scroll: f32) {
        let Some(found) = self.desk.as_ref().and_then(|desk| desk.article(article)) else { return };
        let span = found.sentences().iter().find(|s| s.span.start >= start).map(|s| s.span);
        self.go(article, span);
        self.view.scroll_to = Some(scroll);
    }

    /// Shows the first article with something to do, else the first.
    fn first_article(&mut self) {
        let open = (0..self.derived.n_listed())
            .filter_map(|place| self.derived.listed(place))
            .find(|entry| entry.counts.progress.n_unanswered() > 0)
            .or_else(|| self.derived.listed(0));
        if let Some(id) = open.map(|entry| entry.article.id.clone()) {
            self.go(&id, None);
        }
    }

    /// Takes in articles that were read; says what was not taken in, with the reasons.
    fn arrived(&mut self, arrived: Arrived, effects: &mut Vec<Effect>) {
        if let Some(project) = arrived.projects.first() {
            if arrived.articles.is_empty() {
                return self.open(project.clone(), effects);
            }
            let text = format!("{} is a project: open it by itself", project.display());
            self.tell(Notice::new(Tone::Warning, "Not added", text));
        }
        let Some(desk) = &self.desk else { return };
        if let Some(why) = desk.closed_for_writing() {
            let notice = Notice::new(Tone::Warning, "Not added", why.to_owned());
            return self.tell(notice);
        }
        let mut seen = BTreeSet::new();
        let (mut new, mut skipped, mut n_sentences) = (Vec::new(), arrived.skipped, 0);
        for article in arrived.articles {
            if desk.project.article(&article.id).is_some() || !seen.insert(article.id.clone()) {
                skipped.push(article.shown_title().to_owned());
                continue;
            }
            n_sentences += article.n_sentences();
            new.push(article);
        }
        let n = new.len();
        if let Some(first) = new.first().map(|article| article.id.clone()) {
            let many = if n == 1 { "article" } else { "articles" };
            let action = plan::add_articles(&desk.project, new);
            self.act(&format!("add {n} {many}"), action, effects);
            if self.desk.as_ref().is_none_or(|desk| desk.project.article(&first).is_none()) {
                return;
            }
            self.derived.refresh(self.desk.as_ref(), &self.view);
            self.tell(
                Notice::new(Tone::News, "", format!("Added {n} {many}, {n_sentences} sentences"))
                    .offering("Undo", "undo"),
            );
            self.view.filter.clear();
            self.go(&first, None);
        }
        self.say_left_out(skipped, arrived.refused, arrived.warnings);
        self.remember(effects);
    }

    fn say_left_out(&mut self, skipped: Vec<String>, refused: Vec<String>, warnings: Vec<String>) {
        if !skipped.is_empty() {
            let n = skipped.len();
            let text = match n {
                1 => format!("{} is already in the project", skipped.concat()),
                _ => format!("{n} articles are already in the project"),
            };
            self.tell(Notice::new(Tone::Warning, "Skipped", text).listing(skipped));
        }
        if !refused.is_empty() {
            let text = match refused.len() {
                1 => refused.concat(),
                n => format!("{n} files could not be read; the others came in"),
            };
            self.tell(Notice::new(Tone::Error, "Not read", text).listing(refused));
        }
        if !warnings.is_empty() {
            let text = match warnings.len() {
                1 => warnings.concat(),
                n => format!("{n} things to look at in what was read"),
            };
            self.tell(Notice::new(Tone::Warning, "Look", text).listing(warnings));
        }
    }

    fn saved(
        &mut self,
        upto: u64,
        to: Option<PathBuf>,
        result: Result<crate::model::ids::Stamp, SaveTrouble>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(desk) = &mut self.desk else { return };
        desk.safety.saving = false;
        let again = desk.safety.save_again.take();
        match result {
            Ok(at) => {
                desk.safety.saved(upto, at);
                desk.safety.changed_outside = false;
                if let Some(path) = to {
                    let left = std::mem::replace(&mut desk.path, path);
                    if let Some((_, file)) = desk.places.first_mut() {
                        file.clone_from(&desk.path);
                    }
                    if std::mem::take(&mut desk.untitled) {
                        let setting = Setting::Forget(left);
                        self.settings.take(setting.clone());
                        effects.push(Effect::Keep(setting));
                    }
                    desk.read_only = None;
                    let status = format!("Saved as {}", desk.file_name());
                    self.notices.status(status);
                    self.notices.withdraw("Read only");
                }
                self.notices.withdraw(NOT_SAVED);
                self.notices.withdraw("Not safe");
                self.notices.withdraw(CHANGED);
                if again == Some(None) {
                    self.save(effects);
                }
                self.remember(effects);
            }
            Err(SaveTrouble::ChangedOutside) => self.seen_outside(&Outside::Changed),
            Err(SaveTrouble::Failed(why)) => {
                desk.safety.trouble = Some(why.clone());
                let kept = if desk.safety.is_safe() {
                    "Every answer is kept in the journal"
                } else {
                    "What you did last is in this window only"
                };
                let text = format!("{why}. {kept}");
                self.tell(Notice::new(Tone::Error, NOT_SAVED, text).offering("Save as\u{2026}", "save-as"));
            }
        }
        // Asked for meanwhile: to another place also where this one failed.
        if let Some(Some(to)) = again {
            self.save_to(Some(to), effects);
        }
    }

    fn seen_outside(&mut self, outside: &Outside) {
        let Some(desk) = &mut self.desk else { return };
        let text = match outside {
            Outside::Same => {
                desk.safety.changed_outside = false;
                desk.safety.gone = false;
                self.notices.withdraw(CHANGED);
                return;
            }
            Outside::Changed => format!(
                "{} was written by another program while you had it open. Nothing was overwritten; your work is kept",
                desk.file_name()
            ),
            Outside::Gone => {
                format!(
                    "{} is no longer there. Your work is kept; save it again to bring it back",
                    desk.file_name()
                )
            }
        };
        desk.safety.changed_outside = *outside == Outside::Changed;
        desk.safety.gone = *outside == Outside::Gone;
        let notice = Notice::new(Tone::Warning, CHANGED, text).offering("Save as\u{2026}", "save-as");
        self.tell(if *outside == Outside::Changed {
            notice.offering("Read it again", "reload")
        } else {
            notice
        });
    }
}

fn kind_of(result: &JobResult) -> Option<JobKind> {
    match result {
        JobResult::Opened(_) => Some(JobKind::Open),
        JobResult::Articles(_) => Some(JobKind::Articles),
        JobResult::Saved { .. } => Some(JobKind::Save),
        JobResult::Exported(_) => Some(JobKind::Export),
        JobResult::Broke { kind, .. } => Some(*kind),
        _ => None,
    }
}
