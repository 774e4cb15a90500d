//! The screen *Import a dataset*: what would come in, whose it is, what its labels mean here, and then one action.

use crate::analysis::incoming::Incoming;
use crate::analysis::incoming::looking::Has;
use crate::analysis::incoming::taking::{Taken, Wish};
use crate::formats::datasets::incoming::Unreadable;
use crate::model::coder::{Coder, slug};
use crate::model::ids::{CoderId, LabelId, is_name};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::job::{Effect, Job, Question};
use crate::session::notice::{Notice, Tone};
use crate::session::screens::Screen;
use crate::session::view::Over;
use crate::session::watch::Watch;
use crate::text::message;
use crate::text::numbers;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Of which state of the project, and after how many choices.
pub type Stamp = (u64, u64);

/// A dataset as it was read; without an open project the one that is made of it, with nothing said in it yet.
#[derive(Debug)]
pub struct Read {
    /// The reader, as `--from` names it.
    pub from: &'static str,
    pub incoming: Incoming,
    pub made: Option<Project>,
}

/// What would come of it.
#[derive(Debug)]
pub struct Looked {
    pub read: Arc<Read>,
    pub has: Has,
    pub taken: Result<Taken, String>,
}

/// Whose answers they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Whose {
    /// As the dataset names them.
    #[default]
    Named,
    Known(CoderId),
    /// Somebody new, by name.
    New(String),
}

/// What a label is here that the scheme does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    /// It comes into the scheme.
    Added,
    /// Its answers are left out.
    Skipped,
    Label(LabelId),
}

/// What is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// Absent = it is told by the file.
    pub from: Option<&'static str>,
    pub whose: Whose,
    /// What is not named here is added.
    pub means: BTreeMap<String, Means>,
    /// Whether answers that are here give way.
    pub overwrites: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Importing {
    path: Option<PathBuf>,
    form: Form,
    looked: Option<Result<Arc<Looked>, String>>,
    stamp: Option<Stamp>,
    asked: Option<(Stamp, Watch)>,
    /// Whether the file itself is being read, which may take long.
    is_file_read: bool,
    choice: u64,
    /// It is taken in as soon as what is shown is of now.
    takes: bool,
    /// A project is being made of it.
    makes: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportLook {
    Form(Box<Form>),
    /// This file or folder, whatever is open.
    Open(PathBuf),
    /// The files are articles after all.
    Articles(Vec<PathBuf>),
}

impl Importing {
    fn of(path: Option<PathBuf>) -> Self {
        Self { path, ..Self::default() }
    }

    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    pub fn form(&self) -> &Form {
        &self.form
    }

    /// What would come of it as it was last worked out, or why it cannot be read.
    pub fn looked(&self) -> Option<&Result<Arc<Looked>, String>> {
        self.looked.as_ref()
    }

    pub fn found(&self) -> Option<&Looked> {
        self.looked.as_ref()?.as_deref().ok()
    }

    pub fn taken(&self) -> Option<&Taken> {
        self.found()?.taken.as_ref().ok()
    }

    pub fn is_reading(&self) -> bool {
        self.asked.is_some()
    }

    /// How far the reading of the file is.
    pub fn reading(&self) -> Option<&Watch> {
        self.asked.as_ref().filter(|_| self.is_file_read).map(|(_, watch)| watch)
    }

    /// Nobody waits for it any more.
    pub(in crate::session) fn stop(&mut self) {
        if let Some((stamp, watch)) = self.asked.take() {
            watch.stop();
            self.stamp = Some(stamp);
        }
        self.takes = false;
    }

    /// Why nothing can be taken in now.
    pub fn refusal(&self) -> Option<String> {
        let why = |why: &str| Some(message::what(why).to_owned());
        match &self.looked {
            _ if self.makes => why("a project is being made of it"),
            _ if self.path.is_none() => why("no dataset was chosen yet"),
            None => why("it is being read"),
            Some(Err(fault)) => why(fault),
            Some(Ok(looked)) => match &looked.taken {
                Err(fault) => why(fault),
                Ok(taken) if taken.action.is_none() && looked.read.made.is_none() => {
                    why(if taken.n_same > 0 {
                        "nothing is new: all of it is here already"
                    } else {
                        "nothing of it comes in"
                    })
                }
                Ok(_) => None,
            },
        }
    }

    pub(in crate::session) fn give_up(&mut self) {
        self.stamp = self.asked.take().map(|(stamp, _)| stamp);
        self.takes = false;
        self.makes = false;
    }

    /// The wish that the form says.
    fn wish(&self, new: Option<Coder>, project: Option<&Project>, at: crate::model::ids::Stamp) -> Wish {
        let coder = match &self.form.whose {
            Whose::Named => None,
            Whose::Known(id) => project.and_then(|project| project.coder(id)).cloned(),
            Whose::New(_) => new,
        };
        let map = self.form.means.iter().filter_map(|(word, means)| match means {
            Means::Added => None,
            Means::Skipped => Some((word.clone(), None)),
            Means::Label(id) => Some((word.clone(), Some(id.to_string()))),
        });
        Wish { coder, map: map.collect(), adds_labels: true, overwrites: self.form.overwrites, at }
    }
}

impl Session {
    /// Opens the screen with a dataset, or asks for one.
    pub(in crate::session) fn open_importing(&mut self, path: Option<PathBuf>, effects: &mut Vec<Effect>) {
        let asks = path.is_none();
        if let Some(Screen::Import(before)) = &mut self.view.screen {
            before.stop();
        }
        self.view.over = None;
        self.view.screen = Some(Screen::Import(Box::new(Importing::of(path))));
        if asks {
            self.ask(Question::Dataset, effects);
        }
    }

    pub(in crate::session) fn look_at_import(&mut self, look: ImportLook, effects: &mut Vec<Effect>) {
        match look {
            ImportLook::Open(path) => self.open_importing(Some(path), effects),
            ImportLook::Articles(paths) => {
                self.view.over = None;
                self.add(paths, effects);
            }
            ImportLook::Form(form) => {
                let Some(Screen::Import(importing)) = &mut self.view.screen else { return };
                if importing.form != *form {
                    importing.form = *form;
                    importing.choice += 1;
                }
            }
        }
    }

    /// Files were looked into: a dataset may be articles too, which is asked.
    pub(in crate::session) fn what_it_is(
        &mut self,
        paths: Vec<PathBuf>,
        dataset: Option<PathBuf>,
        effects: &mut Vec<Effect>,
    ) {
        match dataset {
            Some(path) => self.view.over = Some(Over::Dataset { path, paths }),
            None => self.add(paths, effects),
        }
    }

    /// Has it worked out what would come in, where the project or a choice is another one.
    pub(in crate::session) fn look_again_at_import(&mut self, effects: &mut Vec<Effect>) {
        let Some(Screen::Import(importing)) = &mut self.view.screen else { return };
        let now = (self.desk.as_ref().map_or(0, crate::session::desk::Desk::revision), importing.choice);
        let Some(path) = importing.path.clone().filter(|_| !importing.makes) else { return };
        if importing.asked.is_some() || importing.stamp == Some(now) {
            return;
        }
        let watch = Watch::default();
        importing.asked = Some((now, watch.clone()));
        let project = self.desk.as_ref().map(|desk| desk.project().clone());
        let read = importing.found().map(|looked| Arc::clone(&looked.read));
        // Of another format it is another dataset.
        let read = read.filter(|read| importing.form.from.is_none_or(|from| from == read.from));
        importing.is_file_read = read.is_none();
        let made = read.as_ref().and_then(|read| read.made.as_ref());
        let new = match &importing.form.whose {
            Whose::New(name) if !name.trim().is_empty() && is_name(name.trim()) => {
                let id = format!("{}-{}", slug(name), self.now.letters(1, 4));
                Some(Coder::new(CoderId::new(id), name.trim()))
            }
            _ => None,
        };
        let wish = importing.wish(new, project.as_ref().or(made), self.now.at);
        let from = importing.form.from;
        self.start(
            Job::LookAtImport { project, path, from, read, wish: Box::new(wish), stamp: now, watch },
            effects,
        );
    }

    /// It is worked out.
    pub(in crate::session) fn looked_at_import(
        &mut self,
        (stamp, watch): (Stamp, &Watch),
        result: Result<Looked, String>,
        effects: &mut Vec<Effect>,
    ) {
        let person = self.desk.as_ref().and_then(|desk| desk.coder.clone());
        let Some(Screen::Import(importing)) = &mut self.view.screen else { return };
        // That of a file that was chosen before may come later.
        if importing.asked.as_ref().is_none_or(|(asked, of)| *asked != stamp || of != watch) {
            return;
        }
        let takes = importing.takes;
        importing.give_up();
        let nobody = importing.looked.is_none()
            && result.as_ref().is_ok_and(|looked| looked.has.coders.is_empty() && looked.has.n_unnamed > 0);
        importing.looked = Some(result.map(Arc::new));
        if let Some(person) = person.filter(|_| nobody && importing.form.whose == Whose::Named) {
            // Nobody is named: it is likely who brings it.
            importing.form.whose = Whose::Known(person);
            importing.choice += 1;
        } else if takes {
            self.take_import(effects);
        }
    }

    /// Stops the reading; what was read before stays.
    pub(in crate::session) fn stop_import(&mut self) {
        let Some(Screen::Import(importing)) = &mut self.view.screen else { return };
        importing.stop();
        if importing.looked.is_none() {
            importing.looked = Some(Err(Unreadable::Stopped.to_string()));
        }
        self.notices.status("The reading was stopped; nothing came in");
    }

    /// Takes it in, as one action; first again where what is shown is not of now.
    pub(in crate::session) fn take_import(&mut self, effects: &mut Vec<Effect>) {
        let revision = self.desk.as_ref().map_or(0, crate::session::desk::Desk::revision);
        let Some(Screen::Import(importing)) = &mut self.view.screen else { return };
        if importing.stamp != Some((revision, importing.choice))
            && importing.path.is_some()
            && !importing.makes
        {
            importing.takes = true;
            return;
        }
        if let Some(why) = importing.refusal() {
            return self.notices.status(format!("Nothing came in: {why}"));
        }
        let Some(Ok(looked)) = importing.looked.clone() else { return };
        let Ok(taken) = &looked.taken else { return };
        let name = importing.path.as_deref().map(shown_name).unwrap_or_default();
        if looked.read.made.is_some() {
            importing.makes = true;
            let action = taken.action.clone();
            return self.start(Job::MakeOfDataset { read: Arc::clone(&looked.read), action }, effects);
        }
        let Some(action) = taken.action.clone() else { return };
        let n = usize_words(taken.n_new, "answer", "answers");
        if self.act(&format!("import: {n} from {name}"), action, effects) {
            self.view.screen = None;
            let mut text = format!("{n} came in from {name}");
            if taken.n_same > 0 {
                text.extend([", ", &numbers::grouped(taken.n_same as u64), " were here already"]);
            }
            if !taken.left.is_empty() {
                text.extend([", ", &numbers::grouped(taken.left.len() as u64), " left out"]);
            }
            self.notices.changed(text.clone());
            let lines: Vec<String> = taken.left.iter().map(ToString::to_string).collect();
            let notice = Notice::new(Tone::Success, "", text).listing(&lines);
            self.tell(notice.offering("Undo", "undo").until_changed());
        }
    }
}

fn usize_words(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", numbers::grouped(n as u64), if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::intent::Intent;
    use crate::session::job::JobResult;
    use crate::session::moment::Moment;
    use crate::session::screens::ScreenLook;
    use crate::session::view::Look;

    fn tell(session: &mut Session, intent: Intent) -> Vec<Effect> {
        session.handle(intent, &Moment::default())
    }

    fn open(session: &mut Session, path: &str) -> (Stamp, Watch) {
        let look = ImportLook::Open(PathBuf::from(path));
        let effects = tell(session, Intent::Look(Look::Screen(ScreenLook::Import(look))));
        let job = effects.into_iter().find_map(|effect| match effect {
            Effect::Start(Job::LookAtImport { stamp, watch, .. }) => Some((stamp, watch)),
            _ => None,
        });
        job.unwrap()
    }

    fn end(session: &mut Session, (stamp, watch): (Stamp, Watch), why: &str) {
        let result = JobResult::LookedAtImport { stamp, watch, result: Err(why.to_owned()) };
        tell(session, Intent::Finished(Box::new(result)));
    }

    fn with<R>(session: &Session, read: impl FnOnce(&Importing) -> R) -> R {
        match &session.view.screen {
            Some(Screen::Import(importing)) => read(importing),
            other => panic!("no import: {other:?}"),
        }
    }

    fn fault(session: &Session) -> Option<String> {
        with(session, |importing| importing.looked()?.as_ref().err().cloned())
    }

    #[test]
    fn what_is_stopped_is_waited_for_no_more() {
        let mut session = Session::default();
        let job = open(&mut session, "large.csv");
        assert!(with(&session, |importing| importing.reading().is_some()));
        assert!(tell(&mut session, Intent::Run("import-stop")).is_empty(), "it is not begun again");
        assert!(job.1.stops() && with(&session, |importing| !importing.is_reading()));
        assert!(fault(&session).unwrap().starts_with("the reading was stopped"));
        end(&mut session, job, "too late");
        assert!(fault(&session).unwrap().starts_with("the reading was stopped"));
        // Chosen again it is read again.
        let job = open(&mut session, "large.csv");
        end(&mut session, job, "it is no dataset");
        assert_eq!(fault(&session).as_deref(), Some("it is no dataset"));
    }

    #[test]
    fn the_file_chosen_before_and_a_screen_that_is_closed_bring_nothing() {
        let mut session = Session::default();
        let (first, second) = (open(&mut session, "first.csv"), open(&mut session, "second.csv"));
        assert!(first.1.stops() && !second.1.stops());
        end(&mut session, first, "of the first");
        assert_eq!(fault(&session), None);
        let watch = second.1.clone();
        tell(&mut session, Intent::Look(Look::Screen(ScreenLook::Close)));
        assert!(watch.stops());
        end(&mut session, second, "of the second");
        assert!(session.view.screen.is_none());
    }
}
