//! What a save may take the place of, and what it finds beside the file.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use allegata::shell::export;
use allegata::shell::file_error::FileError;
use allegata::shell::files;
use allegata::shell::lock::Lock;
use allegata::shell::replace::{self, Expected};

use crate::tools::{is_root, make_pipe, names};

const NOBODY: u32 = 65534;
const PROJECT: &str = "// Allegata project: any RON reader reads this file\n(\nformat: 1, writers_from: 1,\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn names(&self) -> Vec<String> {
        names(self.0.path())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// Saves `a.ron`; what was kept.
    fn save(&self, text: &str) -> Vec<String> {
        let mut kept = Vec::new();
        let mut keep = |found: &Path| {
            kept.push(fs::read_to_string(found).unwrap());
            Ok(())
        };
        replace::save(&self.at("a.ron"), text.as_bytes(), Expected::Whatever, &mut keep).unwrap();
        assert_eq!(self.read("a.ron"), text);
        kept
    }
}

#[test]
fn what_a_crash_left_beside_the_file_is_kept_before_it_goes() {
    let place = Place::new();
    let aside = place.at(".a.ron.allegata-new");
    fs::write(&aside, "somebody's").unwrap();
    assert_eq!(place.save("1"), ["somebody's"]);
    // A save that was cut off while it wrote has marked its file: nothing is lost with it.
    for (text, mode) in [("half of", 0o200), ("", 0o644)] {
        fs::write(&aside, text).unwrap();
        fs::set_permissions(&aside, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(place.save(text), [] as [String; 0]);
    }
    assert_eq!(place.names(), ["a.ron"]);
    // Where it cannot be kept it stays, and the save goes its own way.
    fs::write(&aside, "somebody's").unwrap();
    let mut refuse = |path: &Path| Err(FileError::Full(path.into()));
    replace::save(&place.at("a.ron"), b"2", Expected::Whatever, &mut refuse).unwrap();
    assert_eq!((place.read("a.ron"), place.read(".a.ron.allegata-new")), ("2".into(), "somebody's".into()));
    assert_eq!(place.names().len(), 2);
}

#[test]
fn a_name_that_is_somebody_elses_is_left_to_them() {
    let check = |lay: &dyn Fn(&Path)| {
        let place = Place::new();
        let aside = place.at(".a.ron.allegata-new");
        fs::write(place.at("a.ron"), "old").unwrap();
        lay(&aside);
        // A save of ours that was cut off under a name of its own.
        fs::write(place.at(".a.ron.allegata-new-abcdefgh"), "ours, once").unwrap();
        assert_eq!(place.save("new"), ["ours, once"]);
        place.save("newer");
        let names = place.names();
        assert!(names.contains(&".a.ron.allegata-new".to_owned()), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("-new-")), "{names:?}");
        assert!(aside.is_dir() || fs::symlink_metadata(&aside).unwrap().len() > 0 || !aside.is_file());
    };
    check(&|aside| fs::create_dir(aside).unwrap());
    check(&|aside| make_pipe(&aside.to_path_buf()));
    check(&|aside| {
        let diary = aside.with_file_name("diary");
        fs::write(&diary, "private").unwrap();
        fs::hard_link(diary, aside).unwrap();
    });
    if is_root() {
        check(&|aside| {
            fs::write(aside, "theirs").unwrap();
            std::os::unix::fs::chown(aside, Some(NOBODY), None).unwrap();
        });
    }
    // A link goes; what it leads to stays as it is.
    let place = Place::new();
    fs::write(place.at("victim"), "not ours").unwrap();
    symlink(place.at("victim"), place.at(".a.ron.allegata-new")).unwrap();
    assert_eq!(place.save("new"), [] as [String; 0]);
    assert_eq!((place.read("victim").as_str(), place.names().len()), ("not ours", 2));
    assert!(!place.at("a.ron").is_symlink());
}

#[test]
fn only_what_is_expected_is_replaced() {
    let check = |there: Option<&str>, expected: Expected<'_>, want: &str| {
        let place = Place::new();
        if let Some(there) = there {
            fs::write(place.at("a.ron"), there).unwrap();
        }
        let said = match replace::save(&place.at("a.ron"), b"new", expected, &mut |_| Ok(())) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        };
        assert!(said.starts_with(want) && said.is_empty() == want.is_empty(), "{said}");
        let is_left = if want.is_empty() { Some("new") } else { there };
        assert_eq!(fs::read_to_string(place.at("a.ron")).ok().as_deref(), is_left);
        assert!(place.names().len() <= 1, "{:?}", place.names());
    };
    let old = files::hash_of(b"old");
    check(None, Expected::Nothing, "");
    check(Some("old"), Expected::Nothing, "a file of this name is there already: `");
    check(Some("old"), Expected::Hash(&old), "");
    check(Some("other"), Expected::Hash(&old), "another program wrote this file just now: `");
    check(None, Expected::Hash(&old), "");
    check(Some("old"), Expected::Whatever, "");
    check(Some("id,label"), Expected::NoProject, "");
    check(Some(PROJECT), Expected::NoProject, "this is a project, and nothing else takes its place: `");
    check(Some("// mine\n\n(format: 1,"), Expected::NoProject, "this is a project");
}

#[test]
fn a_dataset_never_takes_the_place_of_a_project() {
    let place = Place::new();
    let source = place.at("p.allegata.ron");
    fs::write(&source, PROJECT).unwrap();
    fs::write(place.at("no-ending"), PROJECT).unwrap();
    fs::write(place.at("open"), "").unwrap();
    let _lock = Lock::take(&place.at("open"), place.0.path()).unwrap();
    symlink("p.allegata.ron", place.at("link.csv")).unwrap();
    symlink("not-yet.ron", place.at("link-to-nothing.csv")).unwrap();
    fs::hard_link(&source, place.at("second-name.csv")).unwrap();
    for name in ["p.allegata.ron", "link.csv", "link-to-nothing.csv", "second-name.csv", "no-ending", "open"]
    {
        let said = export::write(&place.at(name), b"id,label\n", &source).unwrap_err().to_string();
        assert!(said.starts_with("this is a project") && said.contains(name), "{said}");
    }
    assert_eq!((place.read("p.allegata.ron"), place.read("no-ending")), (PROJECT.into(), PROJECT.into()));
    assert!(!place.at("not-yet.ron").exists());
    fs::write(place.at("old.csv"), "old").unwrap();
    symlink("old.csv", place.at("to-old.csv")).unwrap();
    export::write(&place.at("to-old.csv"), b"new", &source).unwrap();
    export::write(&place.at("fresh.csv"), b"new", &source).unwrap();
    assert_eq!((place.read("old.csv"), place.read("fresh.csv")), ("new".into(), "new".into()));
    assert!(place.at("to-old.csv").is_symlink());
}

#[test]
fn a_pipe_or_a_device_is_written_into() {
    let place = Place::new();
    let pipe = place.at("pipe");
    make_pipe(&pipe);
    let from = pipe.clone();
    let reader = std::thread::Builder::new().spawn(move || fs::read_to_string(from).unwrap()).unwrap();
    export::write(&pipe, b"id,label\n", &place.at("p.ron")).unwrap();
    assert_eq!(reader.join().unwrap(), "id,label\n");
    export::write(Path::new("/dev/null"), b"id,label\n", &place.at("p.ron")).unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    assert_eq!(place.names(), ["pipe"]);
}

// The lock.

/// Somebody laid something under the name of the side-car: nothing of it is opened, emptied or waited for.
#[test]
fn a_lock_follows_nothing_and_waits_for_nothing() {
    let check = |lay: &dyn Fn(&Place, &Path), what: &str| {
        let (place, state) = (Place::new(), Place::new());
        let (file, side_car) = (place.at("a.ron"), place.at(".a.ron.allegata-lock"));
        fs::write(&file, "x").unwrap();
        fs::write(place.at("diary"), "private").unwrap();
        lay(&place, &side_car);
        let lock = Lock::take(&file, state.0.path()).unwrap();
        assert!(lock.guards_this_computer_only(), "{what}");
        assert!(Lock::take(&file, state.0.path()).is_err(), "{what}");
        drop(lock);
        assert_eq!(place.read("diary"), "private", "{what}");
        assert_eq!(place.names(), [".a.ron.allegata-lock", "a.ron", "diary"], "{what}");
        assert!(!Lock::is_held(&file));
    };
    check(&|place, side_car| fs::hard_link(place.at("diary"), side_car).unwrap(), "hard link");
    check(&|_, side_car| symlink("diary", side_car).unwrap(), "link");
    check(&|_, side_car| symlink("made-elsewhere", side_car).unwrap(), "link to nothing");
    check(&|_, side_car| make_pipe(&side_car.to_path_buf()), "pipe");
    check(&|_, side_car| fs::create_dir(side_car).unwrap(), "folder");
}

#[test]
fn another_users_side_car_is_asked_and_not_written() {
    if !is_root() {
        return; // nobody else can give a file away
    }
    let place = Place::new();
    let (file, side_car) = (place.at("a.ron"), place.at(".a.ron.allegata-lock"));
    fs::write(&file, "x").unwrap();
    fs::write(&side_car, "user=anna\nhost=desk\n").unwrap();
    std::os::unix::fs::chown(&side_car, Some(NOBODY), None).unwrap();
    let held = fs::File::open(&side_car).unwrap();
    held.lock().unwrap();
    let Err(FileError::Held { held: holder, .. }) = Lock::take(&file, place.0.path()) else {
        panic!("two holders")
    };
    assert_eq!(holder.user, "anna");
    assert_eq!(place.read(".a.ron.allegata-lock"), "user=anna\nhost=desk\n");
    drop(held);
    // Left by a crash, in a folder that is ours: the next one is our own.
    let lock = Lock::take(&file, place.0.path()).unwrap();
    assert!(!lock.guards_this_computer_only() && place.read(".a.ron.allegata-lock").contains("pid="));
}
