//! The screen *Export*: the format, what goes out, how it begins, and where it goes.

use crate::formats::datasets::asked::{Asked, LayerAsked, shell_word};
use crate::formats::datasets::preview::Preview;
use crate::formats::datasets::what::RowsOf;
use crate::formats::{self, Format, FormatId};
use crate::session::Session;
use crate::session::exports::{Replaces, ToExport};
use crate::session::filing::{file_stem, shown_name};
use crate::session::job::{Effect, Job, Question};
use crate::session::screens::Screen;
use crate::session::screens::splitting::SplitForm;
use crate::session::watch::Watch;
use crate::text::message;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Of which state of the project, and after how many choices.
pub type Stamp = (u64, u64);

#[derive(Debug, Clone)]
pub struct Exporting {
    format: &'static Format,
    asked: Asked,
    /// Absent = it is asked for.
    to: Option<PathBuf>,
    /// Whether the person was asked about what is there.
    may_replace: bool,
    /// It is written as soon as it is known where.
    writes: bool,
    looked: Option<Result<Arc<Preview>, String>>,
    stamp: Option<Stamp>,
    waits_for: Option<(Stamp, Watch)>,
    /// Grows with every choice.
    choice: u64,
    splits: SplitForm,
    /// Whether texts are being compared, before anything can be worked out.
    is_comparing: bool,
    /// Done as soon as what is shown is of now.
    waits: Option<Waits>,
}

/// What was asked for before it could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    ToKeep,
    ToWrite,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportLook {
    Format(FormatId),
    Asked(Box<Asked>),
    Splits(Box<SplitForm>),
    /// It may take the place of what is there.
    Replace(Box<ToExport>),
}

impl Exporting {
    fn new(format: &'static Format, asked: Asked, (to, splits): (Option<PathBuf>, SplitForm)) -> Self {
        Self {
            format,
            asked: asked.fitted(format),
            to,
            may_replace: false,
            writes: false,
            looked: None,
            stamp: None,
            waits_for: None,
            choice: 0,
            splits,
            is_comparing: false,
            waits: None,
        }
    }

    pub fn format(&self) -> &'static Format {
        self.format
    }

    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    pub fn to(&self) -> Option<&Path> {
        self.to.as_deref()
    }

    /// What would go out as it was last worked out, or what is wrong with what is asked for.
    pub fn looked(&self) -> Option<&Result<Arc<Preview>, String>> {
        self.looked.as_ref()
    }

    pub fn preview(&self) -> Option<&Preview> {
        self.looked.as_ref()?.as_deref().ok()
    }

    /// Whether what is shown is not of what is chosen now.
    pub fn is_counting(&self) -> bool {
        self.waits_for.is_some() || self.is_comparing
    }

    /// Whether texts are being compared.
    pub fn is_comparing(&self) -> bool {
        self.is_comparing
    }

    pub fn splits(&self) -> &SplitForm {
        &self.splits
    }

    /// What is wrong with the shares or the seed, where they are asked for.
    pub fn split_fault(&self) -> Option<String> {
        self.splits.wishes().err().filter(|_| self.asked.splits)
    }

    /// Whether what is shown is of this state of the project, and of what is chosen.
    pub(in crate::session) fn is_of(&self, revision: u64) -> bool {
        !self.is_counting() && self.stamp == Some((revision, self.choice))
    }

    pub(in crate::session) fn wait_to_keep(&mut self) {
        self.waits = Some(Waits::ToKeep);
    }

    /// Why nothing can be written now.
    pub fn refusal(&self) -> Option<String> {
        if let Some(fault) = self.split_fault() {
            return Some(fault);
        }
        match self.looked.as_ref()? {
            Err(why) => Some(message::what(why).to_owned()),
            Ok(preview) => {
                let of_articles = preview.what.rows == RowsOf::Articles;
                let n = if of_articles { preview.counts.n_articles } else { preview.counts.n_rows };
                (n == 0 && !self.is_counting()).then(|| "nothing of it goes out".to_owned())
            }
        }
    }

    /// It was written there.
    pub(in crate::session) fn written(&mut self, path: &Path) {
        if self.to.as_deref() == Some(path) {
            self.may_replace = false;
        }
    }

    pub(in crate::session) fn give_up(&mut self) {
        self.stamp = self.waits_for.take().map(|(stamp, _)| stamp);
        self.is_comparing = false;
    }

    fn choose(&mut self, format: &'static Format) {
        let ending = format!(".{}", self.format.ending());
        self.to = self.to.take().map(|to| {
            let name = shown_name(&to);
            let stem = if self.format.is_folder() { Some(&*name) } else { name.strip_suffix(&ending) };
            stem.map_or(to.clone(), |stem| to.with_file_name(ended(stem, format)))
        });
        self.format = format;
        self.asked = std::mem::take(&mut self.asked).fitted(format);
        self.may_replace = false;
        self.choice += 1;
    }
}

/// A name with the ending of a format.
fn ended(stem: &str, format: &Format) -> String {
    if format.is_folder() { stem.to_owned() } else { format!("{stem}.{}", format.ending()) }
}

impl Session {
    /// Opens the screen as this project was exported last, or with the gold layer.
    pub(in crate::session) fn open_exporting(&mut self, layer: LayerAsked) {
        let last = self.last_export().and_then(crate::session::exports::LastExport::again);
        let usual = self.settings.export.as_deref().and_then(formats::by_id).map(|format| format.id);
        let format = last.as_ref().map(|last| last.format).or(usual);
        let is_dataset = |id: &FormatId| formats::datasets().any(|format| format.id == *id);
        let chosen = format.filter(is_dataset).and_then(formats::by_id);
        let Some(format) = chosen.or_else(|| formats::datasets().next()) else { return };
        let to = last.as_ref().map(|last| last.path.clone()).or_else(|| self.usual_place(format));
        let mut asked = last.map(|last| last.asked).unwrap_or_default();
        if layer != LayerAsked::Usual {
            asked.layer = layer;
        }
        let splits = self.desk.as_ref().map(|desk| SplitForm::of(desk.project())).unwrap_or_default();
        self.view.screen = Some(Screen::Export(Box::new(Exporting::new(format, asked, (to, splits)))));
    }

    /// Beside the project; nowhere while that has no place.
    fn usual_place(&self, format: &Format) -> Option<PathBuf> {
        let desk = self.desk.as_ref().filter(|desk| !desk.is_untitled())?;
        Some(desk.path().with_file_name(ended(&file_stem(desk.project().title()), format)))
    }

    pub(in crate::session) fn look_at_export(&mut self, look: ExportLook, effects: &mut Vec<Effect>) {
        if let ExportLook::Replace(to) = look {
            self.view.over = None;
            return self.export(*to, Replaces::Asked, effects);
        }
        let Some(Screen::Export(exporting)) = &mut self.view.screen else { return };
        match look {
            ExportLook::Format(id) => {
                if let Some(format) = formats::datasets().find(|format| format.id == id) {
                    exporting.choose(format);
                }
            }
            ExportLook::Asked(asked) if exporting.asked != *asked => {
                exporting.asked = *asked;
                exporting.choice += 1;
            }
            ExportLook::Splits(splits) if exporting.splits != *splits => {
                exporting.splits = *splits;
                exporting.choice += 1;
            }
            ExportLook::Asked(_) | ExportLook::Splits(_) | ExportLook::Replace(_) => {}
        }
    }

    /// To the format so many rows further.
    pub(in crate::session) fn step_format(&mut self, by: isize) {
        let Some(Screen::Export(exporting)) = &mut self.view.screen else { return };
        let all: Vec<_> = formats::datasets().collect();
        let at = all.iter().position(|format| format.id == exporting.format.id).unwrap_or_default();
        let to = at.saturating_add_signed(by).min(all.len().saturating_sub(1));
        if let Some(format) = all.get(to).filter(|_| to != at) {
            exporting.choose(format);
        }
    }

    /// Asks where it goes.
    pub(in crate::session) fn ask_where(&mut self, effects: &mut Vec<Effect>) {
        let Some(Screen::Export(exporting)) = &mut self.view.screen else { return };
        exporting.writes = false;
        let question = Question::Export(exporting.format.id);
        self.ask(question, effects);
    }

    /// The place was chosen. Where the name gets its ending here, nobody was asked about what has the whole name.
    pub(in crate::session) fn chosen_where(&mut self, named: &Path, effects: &mut Vec<Effect>) {
        let Some(Screen::Export(exporting)) = &mut self.view.screen else { return };
        let path = exporting.format.named(named);
        exporting.may_replace = path == named && !exporting.format.is_folder();
        exporting.to = Some(path);
        if std::mem::take(&mut exporting.writes) {
            self.write_export(effects);
        }
    }

    /// Has it written.
    pub(in crate::session) fn write_export(&mut self, effects: &mut Vec<Effect>) {
        let Some(Screen::Export(exporting)) = &mut self.view.screen else { return };
        if let Some(why) = exporting.refusal() {
            return self.notices.status(format!("Nothing was written: {why}"));
        }
        let (format, asked) = (exporting.format.id, exporting.asked.clone());
        let Some(path) = exporting.to.clone() else {
            exporting.writes = true;
            return self.ask(Question::Export(format), effects);
        };
        if asked.splits {
            // The dataset is to have the splits that are shown, and the next one the same.
            let revision = self.desk.as_ref().map_or(0, crate::session::desk::Desk::revision);
            if !exporting.is_of(revision) {
                exporting.waits = Some(Waits::ToWrite);
                return;
            }
        }
        let may_replace = exporting.may_replace;
        let own = self.last_export().filter(|last| last.to == path).map(|last| last.mark);
        let replaces = match own {
            _ if may_replace => Replaces::Asked,
            Some(mark) => Replaces::Own(mark),
            None => Replaces::Nothing,
        };
        let is_open = self.desk.as_ref().is_some_and(|desk| desk.closed_for_writing().is_none());
        if asked.splits && is_open && self.export_under_way().is_none() {
            self.keep_splits(effects);
        }
        self.export(ToExport { path, format, asked }, replaces, effects);
    }

    /// The command line that does the same goes to the clipboard.
    pub(in crate::session) fn copy_export(&mut self, effects: &mut Vec<Effect>) {
        let (Some(desk), Some(Screen::Export(exporting))) = (&self.desk, &self.view.screen) else { return };
        let out = exporting.to.clone().unwrap_or_else(|| PathBuf::from(ended("out", exporting.format)));
        let to = ToExport { path: out, format: exporting.format.id, asked: exporting.asked.clone() };
        let mut line = to.command_line(desk.path());
        if to.asked.splits && exporting.preview().is_some_and(Preview::is_to_be_split) {
            let SplitForm { seed, .. } = &exporting.splits;
            let of = shell_word(&desk.path().to_string_lossy());
            let shares = exporting.splits.words();
            line = format!("allegata splits {of} {shares} --seed {} && {line}", shell_word(seed.trim()));
        }
        effects.push(Effect::Copy(line));
        self.notices.status("The command line that does the same is on the clipboard");
    }

    /// Has it worked out what would go out, where the project or a choice is another one. What nobody waits for any more stops.
    pub(in crate::session) fn look_again_at_export(&mut self, effects: &mut Vec<Effect>) {
        let (Some(desk), Some(Screen::Export(exporting))) = (&self.desk, &mut self.view.screen) else {
            return;
        };
        let now = (desk.revision(), exporting.choice);
        let is_asked = exporting.waits_for.as_ref().is_some_and(|(stamp, _)| *stamp == now);
        if is_asked || exporting.waits_for.is_none() && exporting.stamp == Some(now) {
            return;
        }
        let wishes = match exporting.asked.splits.then(|| exporting.splits.wishes()) {
            // What was right last stays in view.
            Some(Err(_)) => return exporting.give_up(),
            Some(Ok(wishes)) => Some(wishes),
            None => None,
        };
        let splits = wishes.map(|wishes| self.splits_wanted(wishes, effects));
        let (Some(desk), Some(Screen::Export(exporting))) = (&self.desk, &mut self.view.screen) else {
            return;
        };
        exporting.is_comparing = matches!(splits, Some(None));
        if exporting.is_comparing {
            return;
        }
        let watch = Watch::default();
        if let Some((_, before)) = exporting.waits_for.replace((now, watch.clone())) {
            before.stop();
        }
        let job = Job::LookAtExport {
            project: desk.project().clone(),
            format: exporting.format,
            asked: exporting.asked.clone(),
            splits: splits.flatten(),
            stamp: now,
            watch,
        };
        self.start(job, effects);
    }

    /// It is worked out.
    pub(in crate::session) fn looked_at_export(
        &mut self,
        stamp: Stamp,
        result: Result<Option<Preview>, String>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Screen::Export(exporting)) = &mut self.view.screen else { return };
        if exporting.waits_for.as_ref().is_none_or(|(asked, _)| *asked != stamp) {
            return;
        }
        exporting.give_up();
        match result {
            Ok(Some(preview)) => exporting.looked = Some(Ok(Arc::new(preview))),
            Ok(None) => {}
            Err(why) => exporting.looked = Some(Err(why)),
        }
        match exporting.waits.take() {
            Some(Waits::ToKeep) if exporting.preview().is_some() => self.keep_splits(effects),
            Some(Waits::ToWrite) => self.write_export(effects),
            _ => {}
        }
    }
}
