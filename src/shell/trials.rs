//! Every call to the disk fails in turn, or is the last one before a crash or a power cut. After each of them the law holds: a file is the old
//! or the new one, nothing acknowledged is lost, and the trouble is named.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::formats::datasets::rows::{Going, Layer};
use crate::formats::datasets::what::What;
use crate::formats::project;
use crate::formats::project::journal::{Draft, Entry};
use crate::formats::{self, Writes};
use crate::model::action::Action;
use crate::model::ids::{ArticleId, CoderId, ProjectId, Span, Stamp};
use crate::model::project::{Parts, Project};
use crate::model::sketch;
use crate::session::desk::HowSafe;
use crate::session::intent::Intent;
use crate::session::job::Job;
use crate::session::prefs::RecentProject;
use crate::shell::Shell;
use crate::shell::disk::faults::{Fault, Plan};
use crate::shell::export::{self, To};
use crate::shell::file_error::FileError;
use crate::shell::folders::Folders;
use crate::shell::replace::{self, Expected};
use crate::shell::settings::SettingsFile;
use crate::shell::store::{self, Mode};

const FAULTS: [Fault; 4] = [Fault::Once, Fault::FromThen, Fault::Crash, Fault::PowerCut];

/// A computer with one saved project.
struct Place {
    dir: tempfile::TempDir,
    folders: Folders,
    file: PathBuf,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let folders = Folders::at(dir.path()).unwrap();
        fs::create_dir(dir.path().join("docs")).unwrap();
        let file =
            dir.path().join("docs/a.ron").canonicalize().unwrap_or_else(|_| dir.path().join("docs/a.ron"));
        store::create(&file, &titled(0), &folders).unwrap().close();
        Self { dir, folders, file }
    }

    /// With titles 1 to 3 in a journal and not in the file, as a crash leaves it.
    fn crashed() -> Self {
        let place = Self::new();
        let mut opened = place.open();
        opened.store.append(&[entry(1), entry(2), entry(3)]).unwrap();
        place
    }

    fn open(&self) -> store::Opened {
        store::open(&self.file, &self.folders, Mode::Write).unwrap()
    }

    fn plan(&self, fault: Fault, at: usize) -> Plan {
        Plan::new(&[self.dir.path().join("docs"), self.folders.state.clone()], fault, at)
    }

    /// The number that the file has for its title.
    fn in_file(&self) -> u64 {
        number(&project::read(&fs::read(&self.file).unwrap()).unwrap().project)
    }
}

/// A project whose title is a number.
fn titled(n: u64) -> Project {
    Project::assemble(Parts::new(ProjectId::new("p"), &n.to_string())).unwrap()
}

fn number(project: &Project) -> u64 {
    project.title().parse().unwrap()
}

fn action(n: u64) -> Action {
    Action::Project { title: n.to_string(), never_end_after: vec![] }
}

fn entry(n: u64) -> Entry {
    Entry {
        n,
        at: Stamp(1_795_000_000),
        by: None,
        name: format!("title {n}"),
        undoes: None,
        action: action(n),
    }
}

/// Whether an error is one: there was a fault, and it says what happened and what to do.
fn is_named(trouble: &str, plan: &Plan) -> bool {
    plan.hit().is_some() && trouble.contains("\0hint: ")
}

/// Tries every point of something that is done in a fresh place each time; on drives that let files change places, and on others.
fn try_all<P>(
    what: &str,
    fresh: impl Fn() -> P,
    plan: impl Fn(&P, Fault, usize) -> Plan,
    act: impl Fn(&P, &Plan),
) {
    let mut n_tried = 0;
    for has_exchange in [true, false] {
        let made = |place: &P, fault, at| {
            let plan = plan(place, fault, at);
            if has_exchange { plan } else { plan.without_exchange() }
        };
        let place = fresh();
        let counted = made(&place, Fault::None, 0);
        act(&place, &counted);
        let n_calls = counted.n_calls();
        drop(counted);
        assert!(n_calls > 3, "{what}: {n_calls} calls only");
        for fault in FAULTS {
            for at in 1..=n_calls {
                let place = fresh();
                let plan = made(&place, fault, at);
                act(&place, &plan);
                assert!(plan.hit().is_some(), "{what}: call {at} of {n_calls} was not reached");
                n_tried += 1;
            }
        }
    }
    println!("{what}: {n_tried} points");
}

/// The whole program without its window: answers, saves, the end.
#[test]
fn answering_and_saving() {
    try_all("answering and saving", Place::new, Place::plan, |place, plan| {
        let mut shell = plan.apart(|| {
            let mut shell = Shell::new(place.folders.clone(), Arc::new(|| {}));
            shell.tick(vec![Intent::Start(Job::Open { path: place.file.clone(), with: vec![] })]);
            shell.settle();
            assert!(shell.session().desk().is_some());
            shell
        });
        let (mut n_done, mut n_acknowledged) = (0, 0);
        for save in [false, false, true, false, true, false] {
            if save {
                shell.tick(vec![Intent::Run("save")]);
            } else {
                n_done += 1;
                shell.tick(vec![Intent::Do { name: "title".into(), action: action(n_done) }]);
            }
            shell.settle();
            let desk = shell.session().desk().unwrap();
            assert_eq!(number(desk.project()), n_done);
            let hit = plan.hit().unwrap_or_default();
            plan.apart(|| match desk.safety().how_safe() {
                HowSafe::Safe | HowSafe::Saved(_) => {
                    let on_disk = store::open(&place.file, &place.folders, Mode::Read).unwrap();
                    assert_eq!(number(&on_disk.project), n_done, "{hit}: not safe, as it is called");
                    if desk.safety().is_saved() {
                        assert_eq!(place.in_file(), n_done, "{hit}: not saved, as it is called");
                    }
                    n_acknowledged = n_done;
                }
                HowSafe::NotSafe(why) => assert!(is_named(&why, plan), "{hit}: {why}"),
                other => panic!("{hit}: {other:?}"),
            });
            assert!(plan.apart(|| place.in_file()) <= n_done);
        }
        let hit = plan.hit().unwrap_or_default();
        // Asked first, where something would be lost by it.
        shell.tick(vec![Intent::Run("quit")]);
        if !shell.quits() {
            assert!(n_acknowledged < n_done, "{hit}: asked although all is safe");
            shell.tick(vec![Intent::Run("quit")]);
        }
        shell.settle();
        assert!(shell.quits());
        drop(shell);
        let found = plan.apart(|| place.open());
        assert!(number(&found.project) >= n_acknowledged, "{hit}: lost {n_acknowledged}, {:?}", found.left);
        assert_eq!(found.read_only, None, "{hit}");
    });
}

/// A note is typed, the project saved and opened again meanwhile: what the journal acknowledged of it is there.
#[test]
fn writing_a_note() {
    let draft = |text: &str| {
        let (article, span) = (ArticleId::new("a"), Span::new(0, 5));
        Draft { at: Stamp(1_795_000_000), by: None, article, span, text: Some(text.to_owned()) }
    };
    try_all("writing a note", Place::crashed, Place::plan, |place, plan| {
        let mut acknowledged = None;
        if let Ok(mut opened) = store::open(&place.file, &place.folders, Mode::Write) {
            for (n, text) in (4..).zip(["w", "who", "who says so"]) {
                match opened.store.put_draft(&draft(text)) {
                    Ok(()) => acknowledged = Some(text.to_owned()),
                    Err(error) => {
                        assert!(is_named(&error.to_string(), plan) || opened.read_only.is_some(), "{error}");
                    }
                }
                if opened.store.append(&[entry(n)]).is_ok() {
                    opened.store.save(&titled(n), n).map_or_else(|error| drop(error.to_string()), drop);
                }
            }
            opened.store.close();
        }
        let hit = plan.hit().unwrap_or_default();
        let found = plan.apart(|| place.open());
        let text = found.drafts.first().and_then(|draft| draft.text.clone());
        assert!(text >= acknowledged, "{hit}: {text:?} instead of {acknowledged:?}, {:?}", found.left);
        assert!(number(&found.project) >= 3, "{hit}");
    });
}

#[test]
fn recovering() {
    try_all("recovering", Place::crashed, Place::plan, |place, plan| {
        let opened = store::open(&place.file, &place.folders, Mode::Write);
        let mut n_acknowledged = 3;
        match opened {
            Ok(mut opened) => {
                let said =
                    [opened.warnings.concat(), opened.left.concat(), opened.read_only.unwrap_or_default()];
                let hit = plan.hit().unwrap_or_default();
                if number(&opened.project) < 3 {
                    assert!(is_named(&said.concat(), plan), "{hit}: nothing said of what did not come back");
                } else if opened.store.append(&[entry(opened.last_n + 1)]).is_ok() {
                    n_acknowledged = opened.last_n + 1;
                    let project = titled(n_acknowledged);
                    let saved = opened.store.save(&project, n_acknowledged);
                    if let Err(error) = saved {
                        assert!(is_named(&error.to_string(), plan), "{hit}: {error}");
                    } else {
                        assert_eq!(plan.apart(|| place.in_file()), n_acknowledged, "{hit}");
                    }
                }
                drop(opened.store);
            }
            Err(error) => assert!(is_named(&error.to_string(), plan), "{error}"),
        }
        let found = plan.apart(|| place.open());
        let hit = plan.hit().unwrap_or_default();
        assert_eq!(found.read_only, None, "{hit}");
        assert!(
            number(&found.project) >= n_acknowledged,
            "{hit}: {} {:?}",
            found.project.title(),
            found.left
        );
        assert!([0, 3, 4].contains(&place.in_file()), "{hit}");
    });
}

/// Somebody else's file lies where ours is to go: it stays there, or is kept, or lies beside it.
#[test]
fn meeting_a_strangers_file() {
    let fresh = || {
        let place = Place::new();
        fs::write(&place.file, "a stranger's").unwrap();
        place
    };
    try_all("meeting a stranger's file", fresh, Place::plan, |place, plan| {
        let mut kept = Vec::new();
        let mut keep = |found: &Path| {
            kept.push(fs::read_to_string(found).unwrap());
            Ok(())
        };
        let saved = replace::save(&place.file, b"ours", Expected::Hash("another's"), &mut keep);
        let hit = plan.hit().unwrap_or_default();
        let error = saved.unwrap_err();
        assert!(error.to_string().contains("\0hint: "), "{hit}: {error}");
        assert!(plan.hit().is_some() || matches!(error, FileError::Changed(_)), "{error}");
        for entry in fs::read_dir(place.file.parent().unwrap()).unwrap() {
            kept.extend(fs::read_to_string(entry.unwrap().path()).ok());
        }
        assert!(kept.iter().any(|text| text == "a stranger's"), "{hit}: lost, {kept:?}");
    });
}

#[test]
fn going_on_elsewhere() {
    try_all("going on elsewhere", Place::crashed, Place::plan, |place, plan| {
        let mut opened = plan.apart(|| place.open());
        let other = place.file.with_file_name("b.ron");
        plan.apart(|| fs::write(&other, project::write(&titled(77))).unwrap());
        let saved = opened.store.save_as(&other, &titled(2), 2);
        drop(opened);
        let hit = plan.hit().unwrap_or_default();
        plan.apart(|| {
            let at = |file: &Path| number(&store::open(file, &place.folders, Mode::Write).unwrap().project);
            let in_other = number(&project::read(&fs::read(&other).unwrap()).unwrap().project);
            match saved {
                // The third was not in what was saved: it is in the journal that goes along.
                Ok(_) => assert_eq!((in_other, at(&other)), (2, 3), "{hit}"),
                Err(error) => {
                    assert!(is_named(&error.to_string(), plan), "{hit}: {error}");
                    assert_eq!(at(&place.file), 3, "{hit}");
                    assert!([2, 77].contains(&in_other), "{hit}: {in_other}");
                }
            }
            let versions = store::backups(&other, &place.folders).unwrap();
            let kept =
                versions.iter().any(|version| fs::read_to_string(&version.path).unwrap().contains("\"77\""));
            assert!(in_other == 77 || kept, "{hit}: what was replaced is lost");
        });
    });
}

#[test]
fn making_and_bringing_back() {
    try_all("making", Place::new, Place::plan, |place, plan| {
        let new = place.file.with_file_name("new.ron");
        let made = store::create(&new, &titled(5), &place.folders).map(store::Store::close);
        let is_there = fs::read(&new).is_ok_and(|bytes| project::read(&bytes).is_ok());
        let hit = plan.hit().unwrap_or_default();
        assert!(is_there || !new.exists(), "{hit}: half of it");
        match made {
            Ok(()) => assert!(is_there, "{hit}: not there, as it is called"),
            Err(error) => assert!(is_named(&error.to_string(), plan), "{hit}: {error}"),
        }
    });
    try_all("bringing back", Place::crashed, Place::plan, |place, plan| {
        let out = place.file.with_file_name("out.ron");
        let restored = store::restore(&place.file, &place.folders, 1, &out);
        let hit = plan.hit().unwrap_or_default();
        let number = fs::read(&out).ok().map(|bytes| number(&project::read(&bytes).unwrap().project));
        match restored {
            Ok(_) => assert_eq!(number, Some(3), "{hit}"),
            Err(error) => {
                assert!(is_named(&error.to_string(), plan), "{hit}: {error}");
                assert!([None, Some(3)].contains(&number), "{hit}: {number:?}");
            }
        }
        assert_eq!(plan.apart(|| crate::shell::trials::number(&place.open().project)), 3, "{hit}");
    });
}

#[test]
fn exporting() {
    let with_old = || {
        let place = Place::new();
        fs::write(place.file.with_file_name("out.csv"), "old").unwrap();
        place
    };
    let check = |place: &Place, plan: &Plan, old: Option<&str>| {
        let out = place.file.with_file_name("out.csv");
        let written = export::write(&out, b"new", &place.file);
        let there = fs::read_to_string(&out).ok();
        let hit = plan.hit().unwrap_or_default();
        match written {
            Ok(()) => assert_eq!(there.as_deref(), Some("new"), "{hit}"),
            Err(error) => {
                assert!(is_named(&error.to_string(), plan), "{hit}: {error}");
                assert!(there.as_deref() == old || there.as_deref() == Some("new"), "{hit}: {there:?}");
            }
        }
        assert_eq!(place.in_file(), 0);
    };
    try_all("exporting over a dataset", with_old, Place::plan, |place, plan| check(place, plan, Some("old")));
    try_all("exporting anew", Place::new, Place::plan, |place, plan| check(place, plan, None));
}

/// What stands in the folders beside the project, by their names, and the one of the dataset under its own.
fn folders_beside(place: &Place) -> Vec<(String, Vec<String>)> {
    let home = place.file.parent().unwrap();
    let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let entries = |folder: &Path| {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let folders = entries(home).into_iter().filter(|path| path.is_dir());
    folders.map(|folder| (name(folder.clone()), entries(&folder).into_iter().map(name).collect())).collect()
}

#[test]
fn exporting_a_folder() {
    let folder = ["old.ann", "old.txt"].map(str::to_owned);
    let with_old = || {
        let place = Place::new();
        let out = place.file.with_file_name("out");
        fs::create_dir(&out).unwrap();
        for name in &folder {
            fs::write(out.join(name), "old").unwrap();
        }
        fs::write(out.join("annotation.conf"), "").unwrap();
        place
    };
    let project = sketch::project("He lit it. [allegation]", |_| "new".into(), |_| String::new()).unwrap();
    let Some(Writes::Dataset(outlet)) = formats::by_id("brat").map(|format| format.writes) else {
        panic!("brat is no dataset")
    };
    let what = What::usual(&outlet, Layer::Coder(CoderId::new("anna")));
    try_all("exporting over a folder", with_old, Place::plan, |place, plan| {
        let to = To { path: &place.file.with_file_name("out"), source: &place.file, replaces: true };
        let written = export::dataset(&Going::new(&project, &what), &outlet, to);
        let hit = plan.hit().unwrap_or_default();
        let there = plan.apart(|| folders_beside(place));
        let is_old = |names: &[String]| folder.iter().all(|name| names.contains(name));
        let is_new = |names: &[String]| names.iter().any(|name| name == "new.ann");
        let out = there.iter().find(|(name, _)| name == "out").map(|(_, names)| names);
        match written {
            Ok(_) => assert!(out.is_some_and(|names| is_new(names) && !is_old(names)), "{hit}: {there:?}"),
            Err(error) => {
                let said = error.to_string();
                assert!(is_named(&said, plan), "{hit}: {said}");
                // Under its name, or under the one that is said.
                let is_kept = |(name, names): &(String, Vec<String>)| {
                    is_old(names) && (name == "out" || said.contains(name.as_str()))
                };
                let is_there = out.is_some_and(|names| is_new(names));
                assert!(is_there || there.iter().any(is_kept), "{hit}: {said}, {there:?}");
            }
        }
    });
}

fn recent() -> RecentProject {
    RecentProject { path: "/a.ron".into(), title: "An old one".to_owned(), ..RecentProject::default() }
}

#[test]
fn keeping_settings() {
    let plan = |place: &Place, fault, at| Plan::new(std::slice::from_ref(&place.folders.config), fault, at);
    let with_old = || {
        let place = Place::new();
        SettingsFile::of(&place.folders).update(|settings| settings.recent = vec![recent()]).unwrap();
        place
    };
    try_all("keeping settings", with_old, plan, |place, plan| {
        let file = SettingsFile::of(&place.folders);
        let kept = file.update(|settings| settings.autosave = false);
        let found = plan.apart(|| file.read());
        let hit = plan.hit().unwrap_or_default();
        match kept {
            Ok(_) => assert!(!found.settings.autosave, "{hit}: not kept, as it is called"),
            Err(error) => assert!(is_named(&error.to_string(), plan), "{hit}: {error}"),
        }
        // What could not be read once is put aside, not thrown away.
        let aside = fs::read_to_string(file.path().with_extension("ron.broken")).unwrap_or_default();
        assert!(found.settings.recent == [recent()] || aside.contains("An old one"), "{hit}: {found:?}");
    });
}
