//! What finished jobs bring: opened projects, articles, saved files, dialogs' answers.

use crate::analysis::count;
use crate::analysis::order::{GroupBy, Sort};
use crate::model::action::Action;
use crate::model::ids::ArticleId;
use crate::model::plan;
use crate::session::Session;
use crate::session::arriving::{Arrived, title_for};
use crate::session::desk::Desk;
use crate::session::job::{Effect, Job, JobKind, JobResult, Opened, Outside, SaveTrouble};
use crate::session::notice::{Notice, Tone, in_window};
use crate::session::prefs::Setting;
use crate::session::screens::Screen;
use crate::session::searching::FindLook;
use crate::session::view::{Over, View};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Head of the notice about a file that changed under us.
pub(in crate::session) const CHANGED: &str = "Changed outside";
/// Head of the notices about work that did not come back by itself.
const LEFT: &str = "Not in the file";
const NOT_SAVED: &str = "Not saved";
/// A copy that could not be written: the work is as safe as it was.
const NO_COPY: &str = "Not saved there";
const SHOW_KEPT: &str = "Show what was kept";

impl Session {
    pub(in crate::session) fn finished(&mut self, result: JobResult, effects: &mut Vec<Effect>) {
        if let Some(kind) = kind_of(&result)
            && let Some(idx) = self.running.iter().position(|running| running.kind == kind)
        {
            self.running.remove(idx);
        }
        match result {
            JobResult::Opened(Ok(opened)) => self.opened(*opened, effects),
            JobResult::Opened(Err(why)) => {
                self.screen_broke();
                self.derived.near.broke();
                self.tell(Notice::new(Tone::Error, "Not opened", why));
            }
            JobResult::NotOpened { why, versions } => {
                self.tell(Notice::new(Tone::Error, "Not opened", why));
                self.view.over = Some(Over::Versions(versions));
            }
            JobResult::Articles(arrived) => self.arrived(arrived, effects),
            JobResult::Saved { upto, to, result } => self.saved(upto, to, result, effects),
            JobResult::Exported { project, to, result } => self.exported(project, to, result, effects),
            JobResult::WhatItIs { paths, dataset } => self.what_it_is(paths, dataset, effects),
            JobResult::LookedAtImport { stamp, watch, result } => {
                self.looked_at_import((stamp, &watch), result.map(|looked| *looked), effects);
            }
            JobResult::LookedAtAdding { stamp, batch } => self.looked_at_adding(stamp, *batch, effects),
            JobResult::Shown(Ok(())) => {}
            JobResult::Shown(Err(why)) => self.tell(Notice::new(Tone::Error, "Not shown", why)),
            JobResult::NearFound { project, revision, near } => self.near_found(&project, revision, near),
            JobResult::LookedAtExport { stamp, result } => {
                self.looked_at_export(stamp, result.map(|preview| preview.map(|preview| *preview)), effects);
            }
            JobResult::Written { path, says, result } => self.written(&path, says, result),
            JobResult::ReportWritten { path, form, result } => self.report_written(&path, form, result),
            JobResult::Asked { dialog, question, paths, no_service } => {
                self.asked(dialog, question, (paths, no_service), effects);
            }
            JobResult::Given(paths) => self.given(paths, effects),
            JobResult::Outside(outside) => self.seen_outside(&outside),
            JobResult::Versions(Ok(versions)) => self.view.over = Some(Over::Versions(versions)),
            JobResult::Versions(Err(why)) => self.tell(Notice::new(Tone::Error, "No earlier versions", why)),
            JobResult::PutAway { away, result: Ok(()) } => self.put_away(away, effects),
            JobResult::PutAway { result: Err(why), .. } => {
                self.tell(Notice::new(Tone::Error, "Not done", why));
            }
            JobResult::Synced { n } => {
                if self.desk.as_mut().is_some_and(|desk| desk.safety.synced(n)) {
                    self.notices.withdraw("Not safe");
                }
            }
            JobResult::DraftsSynced { n } => {
                if self.desk.as_mut().is_some_and(|desk| desk.safety.drafts_synced(n)) {
                    self.notices.withdraw("Not safe");
                }
            }
            JobResult::JournalFailed(why) => self.not_safe(&why),
            JobResult::JournalGone(why) => {
                if let Some(desk) = &mut self.desk {
                    desk.safety.journal_gone();
                }
                self.not_safe(&why);
            }
            JobResult::SchemeRead { name, result } => self.scheme_read(name, result),
            JobResult::CodebookWritten { name, result } => self.codebook_written(&name, result),
            JobResult::HandedOut { shares, folder, result } => {
                self.handed_out(&shares, &folder, result, effects);
            }
            JobResult::Collected { files, collected } => self.collected(files, *collected, effects),
            JobResult::Compared { revision, comparison, over } => self.compared(revision, *comparison, over),
            JobResult::Agreed(figures) => self.agreed(figures),
            JobResult::Measured { revision, design } => self.measured(revision, design),
            JobResult::Merged(result) => self.merged(result.map(|planned| *planned), effects),
            JobResult::Searched(looked) => self.searched(*looked),
            JobResult::TogetherAgain { revision, result } => self.together_again(revision, result, effects),
            JobResult::SaveNow => self.save(effects),
            JobResult::Broke { kind, why } => self.broke(kind, &why),
        }
    }

    fn broke(&mut self, kind: JobKind, why: &str) {
        if kind == JobKind::Other {
            self.forget_dialog();
        }
        if matches!(kind, JobKind::Team | JobKind::Preview) {
            self.screen_broke();
        }
        if let (JobKind::Open, Some(Screen::Import(importing))) = (kind, &mut self.view.screen) {
            importing.give_up();
        }
        if kind == JobKind::Search {
            self.search.broke();
        }
        if kind == JobKind::Compare {
            self.review.broke();
        }
        if kind == JobKind::Agree {
            self.agreement_broke();
        }
        if kind == JobKind::Save
            && let Some(desk) = &mut self.desk
        {
            desk.safety.saving = false;
        }
        self.tell(Notice::new(
            Tone::Error,
            "A job broke off",
            format!("{}. Your work is as it was", in_window(why)),
        ));
    }

    /// The list shows it in its new place; what said that it waits is done with.
    fn put_away(&mut self, away: bool, effects: &mut Vec<Effect>) {
        if away {
            self.notices.withdraw(LEFT);
            self.notices.status("Put away; it stays last among the earlier versions");
        } else {
            self.notices.status("Taken back: it is named again when the project is opened");
        }
        // Not where it was merged, and nobody looks at the list.
        if matches!(self.view.over, Some(Over::Versions(_) | Over::PutAway(_))) {
            self.start(Job::Versions, effects);
        }
    }

    /// Work cannot be kept where it belongs: said until it can.
    fn not_safe(&mut self, why: &str) {
        if let Some(desk) = &mut self.desk {
            desk.safety.journal_trouble = Some(why.to_owned());
        }
        let text = format!(
            "{}. Everything is still here in the window; it is tried again with the next answer",
            in_window(why)
        );
        self.tell(Notice::new(Tone::Error, "Not safe", text).offering("Save as\u{2026}", "save-as"));
    }

    fn opened(&mut self, opened: Opened, effects: &mut Vec<Effect>) {
        self.leave(effects);
        let id = opened.project.id().to_string();
        let stop = self.settings.stops.get(&id).cloned();
        let mut opened = opened;
        let (warnings, arrived) = (std::mem::take(&mut opened.warnings), opened.arrived.take());
        let left = std::mem::take(&mut opened.left);
        let counted = std::mem::take(&mut opened.counted);
        let drafts = std::mem::take(&mut opened.drafts);
        let together = opened.together.take();
        let desk = Desk::new(opened);
        self.derived.begin(counted, &desk);
        self.view = View::default();
        self.review = self.review.anew();
        self.find(FindLook::Close);
        // Whose file it is comes first in the question, which is asked once.
        if desk.coder.is_none() && desk.project.handed_to().is_some() && desk.closed_for_writing().is_none() {
            self.view.over = Some(Over::Coder);
        }
        self.notices.clear();
        let opened_as =
            if desk.untitled { "Opened".to_owned() } else { format!("Opened {}", desk.file_name()) };
        if !desk.untitled {
            self.notices.status(opened_as.clone());
        }
        if let Some(why) = &desk.read_only {
            let notice = Notice::new(Tone::Warning, "Read only", why.clone());
            self.notices.tell(notice.offering("Save as\u{2026}", "save-as"), self.now);
        }
        if !desk.mends.is_empty() {
            self.view.over = Some(Over::Mends);
        }
        for warning in warnings {
            let is_kept = warning.contains("`allegata recover ");
            let notice = Notice::new(Tone::Warning, "Look", warning);
            let notice = if is_kept { notice.offering(SHOW_KEPT, "versions") } else { notice };
            self.notices.tell(notice, self.now);
        }
        for work in left {
            let notice = Notice::new(Tone::Warning, LEFT, work);
            self.notices.tell(notice.offering(SHOW_KEPT, "versions"), self.now);
        }
        let recovered = desk.recovered.last().cloned();
        let n_recovered = desk.recovered.len();
        self.desk = Some(desk);
        self.derived.refresh(self.desk.as_ref(), &self.view);
        if let Some(stop) = stop {
            self.view.sort = Sort::of_id(&stop.sort);
            self.view.group = GroupBy::of_id(&stop.group);
            self.view.folded = stop.folded.into_iter().collect();
            self.filter_again(stop.filter, &opened_as);
            self.return_to(&ArticleId::new(stop.article.as_str()), stop.sentence, stop.scroll);
        }
        if let Some(together) = together {
            self.came_together(together);
        }
        let begun = self.take_drafts(drafts, effects);
        if let Some(last) = recovered {
            let words = if n_recovered == 1 { "change" } else { "changes" };
            let note = if begun.is_some() { ", and a note half typed, which is in its field" } else { "" };
            let text =
                format!("{n_recovered} {words}, from before the program ended{note}. Everything is here");
            let notice = Notice::new(Tone::Success, "Recovered", text);
            self.tell(notice.offering("List them", "recovered"));
            if let Some(article) = last.article {
                let sentence = last.sentence;
                self.show_change(&crate::model::action::Place { article, sentence });
                self.go_on();
            }
        } else if begun.is_some() {
            let text = "a note half typed, from before the program ended: it is in its field";
            self.tell(Notice::new(Tone::Success, "Recovered", text));
        }
        if let Some((article, span)) = begun {
            self.go(&article, Some(span));
        }
        if self.view.article.is_none() {
            self.first_article();
        }
        if let Some(mut arrived) = arrived {
            self.say_not_opened(&std::mem::take(&mut arrived.projects));
            self.arrived(arrived, effects);
        }
        self.remember(effects);
    }

    /// Filters the list as it was when this person stopped, and says so: the list may be behind a drawer. What would hide
    /// every article is let go.
    fn filter_again(&mut self, filter: String, opened_as: &str) {
        self.view.filter = filter;
        self.derived.refresh(self.desk.as_ref(), &self.view);
        let (n, of) = (self.derived.n_listed(), self.derived.entries().len());
        if n == 0 {
            self.view.filter.clear();
            self.derived.refresh(self.desk.as_ref(), &self.view);
        } else if n < of {
            let filter = self.view.filter.trim();
            self.notices.status(format!(
                "{opened_as}: the filter \u{201c}{filter}\u{201d} lists {n} of {of} articles"
            ));
        }
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
    pub(in crate::session) fn arrived(&mut self, mut arrived: Arrived, effects: &mut Vec<Effect>) {
        let mut projects = std::mem::take(&mut arrived.projects);
        if !projects.is_empty() && arrived.is_empty() {
            return self.open(projects.remove(0), projects, effects);
        }
        self.say_not_opened(&projects);
        let Some(desk) = &self.desk else { return self.say_left_out(&arrived, 0) };
        let looks = arrived.needs_look() || std::mem::take(&mut self.looks_first);
        let comes = !arrived.articles.is_empty() || looks;
        if let Some(why) = desk.closed_for_writing().filter(|_| comes) {
            let titles: Vec<_> =
                arrived.articles.iter().map(|article| article.shown_title().to_owned()).collect();
            self.tell(Notice::new(Tone::Warning, "Not added", why.to_owned()).listing(&titles));
            return self.say_left_out(&arrived, 0);
        }
        if let Some((coming, batch)) = arrived.coming.take().filter(|_| looks) {
            return self.open_adding(coming, batch);
        }
        let mut seen = BTreeSet::new();
        let (mut new, mut n_sentences) = (Vec::new(), 0);
        for article in std::mem::take(&mut arrived.articles) {
            if desk.project.article(&article.id).is_some() || !seen.insert(article.id.clone()) {
                arrived.skipped.push(article.shown_title().to_owned());
                continue;
            }
            n_sentences += count::n_asked(desk.project.scheme(), &article);
            new.push(article);
        }
        let n = new.len();
        if let Some(first) = new.first().map(|article| article.id.clone()) {
            let many = if n == 1 { "article" } else { "articles" };
            let sentences = if n_sentences == 1 { "sentence" } else { "sentences" };
            let title = title_for(desk, arrived.folder.as_deref(), &new);
            let record = arrived
                .account
                .as_ref()
                .map(|account| account.record(&self.now.letters(7, 10), desk.coder.clone(), self.now.at));
            let mut action = plan::take_in_all(&desk.project, new, record);
            if let Some(title) = title {
                let never_end_after = desk.project.never_end_after().to_vec();
                action = Action::Many(vec![Action::Project { title, never_end_after }, action]);
            }
            self.act(&format!("add {n} {many}"), action, effects);
            if self.desk.as_ref().is_none_or(|desk| desk.project.article(&first).is_none()) {
                return self.say_left_out(&arrived, 0);
            }
            self.derived.refresh(self.desk.as_ref(), &self.view);
            self.tell(
                Notice::new(Tone::News, "", format!("Added {n} {many}, {n_sentences} {sentences}"))
                    .offering("Undo", "undo")
                    .until_changed(),
            );
            self.view.filter.clear();
            self.go(&first, None);
        }
        self.say_left_out(&arrived, n);
        self.remember(effects);
    }

    /// Says what did not come in beside `n_added` articles: what is wrong last, where it is seen first.
    fn say_left_out(&mut self, arrived: &Arrived, n_added: usize) {
        let Arrived { skipped, refused, warnings, .. } = arrived;
        if !warnings.is_empty() {
            let text = match warnings.len() {
                1 => warnings.concat(),
                n => format!("{n} things to look at in what was read"),
            };
            self.tell(Notice::new(Tone::Warning, "Look", text).listing(warnings));
        }
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
                n if n_added == 0 => format!("{n} files could not be read"),
                n => format!("{n} files could not be read; the others came in"),
            };
            self.tell(Notice::new(Tone::Error, "Not read", text).listing(refused));
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
                self.notices.withdraw(NO_COPY);
                self.notices.withdraw("Not safe");
                self.notices.withdraw(CHANGED);
                if again == Some(None) {
                    self.save(effects);
                }
                self.remember(effects);
            }
            Err(SaveTrouble::ChangedOutside) => self.seen_outside(&Outside::Changed),
            Err(SaveTrouble::Failed(why)) if to.is_some() => {
                let text = format!("{}. Your work is where it was", in_window(&why));
                self.tell(Notice::new(Tone::Error, NO_COPY, text).offering("Save as\u{2026}", "save-as"));
            }
            Err(SaveTrouble::Failed(why)) => {
                desk.safety.trouble = Some(why.clone());
                let kept = if desk.safety.is_safe() {
                    "Every answer is kept in the journal"
                } else {
                    "What you did last is in this window only"
                };
                let text = format!("{}. {kept}", in_window(&why));
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
                desk.safety.unseen = None;
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
            Outside::Unseen(why) => format!("{}. Your work is kept", in_window(why)),
        };
        desk.safety.changed_outside = *outside == Outside::Changed;
        desk.safety.unseen = match outside {
            Outside::Gone => Some("the file is no longer there".to_owned()),
            Outside::Unseen(why) => Some(why.clone()),
            Outside::Same | Outside::Changed => None,
        };
        let notice = Notice::new(Tone::Warning, CHANGED, text).offering("Save as\u{2026}", "save-as");
        self.tell(if *outside == Outside::Changed {
            notice.offering("Merge with it", "merge-outside").offering("Read it again", "reload")
        } else {
            notice
        });
    }
}

fn kind_of(result: &JobResult) -> Option<JobKind> {
    match result {
        JobResult::Opened(_) | JobResult::NotOpened { .. } => Some(JobKind::Open),
        JobResult::Articles(_) => Some(JobKind::Articles),
        JobResult::Saved { .. } => Some(JobKind::Save),
        JobResult::Exported { .. } | JobResult::Written { .. } => Some(JobKind::Export),
        JobResult::ReportWritten { .. } => Some(JobKind::Report),
        JobResult::LookedAtImport { .. }
        | JobResult::LookedAtAdding { .. }
        | JobResult::HandedOut { .. }
        | JobResult::Collected { .. }
        | JobResult::Merged(_)
        | JobResult::TogetherAgain { .. } => Some(JobKind::Team),
        JobResult::Compared { .. } => Some(JobKind::Compare),
        JobResult::Broke { kind, .. } => Some(*kind),
        _ => None,
    }
}
