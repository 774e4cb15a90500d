//! What a crash leaves comes back, once and in order; what does not fit is kept.

use std::fs;

use allegata::formats::project;
use allegata::formats::project::journal::{self, Line, Saved};
use allegata::model::action::Action;
use allegata::model::coding::Coding;
use allegata::model::ids::LabelId;
use allegata::session::version::VersionKind;
use allegata::shell::files;
use allegata::shell::store::{self, StoreError};

use crate::tools::{
    Desk, Place, answer, answered, copy_folder, ending, entry, last_mark, names, quick_dir, sample,
};

/// A place where answers 1 to `mark` are in a journal and not in the file.
fn crashed(mark: u64) -> Place {
    let place = Place::new();
    let mut desk = place.desk();
    (1..=mark).for_each(|mark| desk.answer(mark));
    desk.crash();
    place
}

/// Puts a line to the end of the only journal.
fn append_line(place: &Place, line: &Line) {
    let path = place.journals().remove(0);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, format!("{text}{}\n", journal::encode(line))).unwrap();
}

#[test]
fn a_journal_cut_at_every_byte_gives_its_whole_lines() {
    let place = Place::empty(quick_dir());
    store::create(&place.file, &sample(), &place.folders).unwrap().close();
    let mut desk = place.desk();
    (1..=3).for_each(|mark| desk.answer(mark));
    desk.crash();
    let path = place.journals().remove(0);
    let whole = fs::read(&path).unwrap();
    let aside = place.root().join("aside");
    copy_folder(&place.state(), &aside);
    for len in 0..=whole.len() {
        fs::remove_dir_all(place.state()).unwrap();
        copy_folder(&aside, &place.state());
        fs::write(&path, &whole[..len]).unwrap();
        let n_lines = memchr::memchr_iter(b'\n', &whole[..len]).count() as u64;
        let want = n_lines.saturating_sub(1);
        assert_eq!(last_mark(&place.look().project), want, "cut at {len}");
        let mut desk = place.desk();
        assert_eq!((last_mark(&desk.project), desk.n), (want, want), "cut at {len}");
        desk.answer(want + 1);
        desk.crash();
        assert_eq!(last_mark(&place.look().project), want + 1, "cut at {len}, then one more");
    }
}

#[test]
fn what_came_back_is_saved_and_then_gone_from_the_journal() {
    let place = crashed(4);
    let opened = place.open();
    let names_back: Vec<&str> = opened.recovered.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names_back, ["answer 1", "answer 2", "answer 3", "answer 4"]);
    assert_eq!((opened.last_n, opened.base, opened.warnings), (4, sample(), vec![]));
    let mut desk = Desk { project: opened.project, store: opened.store, n: 4 };
    desk.save();
    desk.store.close();
    let again = place.open();
    assert_eq!((again.project, again.recovered, again.last_n), (answered(4), vec![], 0));
    assert!(place.journals().is_empty());
}

#[test]
fn crashes_one_after_the_other() {
    let place = crashed(2);
    for mark in 3..=6 {
        let mut desk = place.desk();
        assert_eq!(last_mark(&desk.project), mark - 1);
        desk.answer(mark);
        desk.crash();
    }
    assert_eq!(place.journals().len(), 1);
    // Two journals on one file: once somebody removed the lock by hand. A crash while they are put together leaves both.
    let twin = place.state().join("zz.journal");
    let text = fs::read_to_string(&place.journals()[0]).unwrap();
    fs::write(&twin, text).unwrap();
    append_line(&place, &Line::Entry(entry(7, answer(&sample(), 7))));
    let opened = place.open();
    assert_eq!((last_mark(&opened.project), opened.recovered.len(), opened.last_n), (7, 7, 7));
    assert_eq!(place.journals().len(), 1);
    drop(opened);
    assert_eq!(last_mark(&place.look().project), 7);
    assert_eq!(ending(&place.state(), ".base").len(), 1);
}

#[test]
fn a_crash_around_the_rename_of_a_save() {
    let saved = |project| {
        let text = project::write(&project);
        (Saved { sha256: files::hash_of(text.as_bytes()), upto: 3 }, text)
    };
    // Before the rename: all come back.
    let place = crashed(4);
    let (line, text) = saved(answered(3));
    append_line(&place, &Line::Saved(line.clone()));
    assert_eq!(place.look().recovered.len(), 4);
    // After it: what the file has does not come twice.
    fs::write(&place.file, &text).unwrap();
    let opened = place.open();
    assert_eq!((opened.recovered.len(), opened.last_n, &opened.project), (1, 4, &answered(4)));
    assert!(opened.warnings.is_empty());
    let mut desk = Desk::new(opened);
    desk.answer(5);
    desk.crash();
    assert_eq!(place.look().project, answered(5));
    // After it, with nothing beyond: the journal has done its work.
    let place = crashed(3);
    append_line(&place, &Line::Saved(line));
    fs::write(&place.file, &text).unwrap();
    let opened = place.open();
    assert_eq!((opened.recovered, opened.last_n, opened.project), (vec![], 0, answered(3)));
    assert_eq!((place.journals().len(), ending(&place.state(), ".base").len()), (0, 0));
}

#[test]
fn a_save_leaves_later_actions_in_the_journal() {
    let place = Place::new();
    let mut desk = place.desk();
    (1..=3).for_each(|mark| desk.answer(mark));
    desk.store.save(&answered(2), 2).unwrap();
    assert_eq!(place.read().project, answered(2));
    desk.answer(4);
    desk.crash();
    let opened = place.open();
    assert_eq!((opened.recovered.len(), opened.last_n, opened.project), (2, 4, answered(4)));
    // Closing keeps it as well.
    opened.store.close();
    assert_eq!(last_mark(&place.look().project), 4);
}

#[test]
fn never_onto_another_version_of_the_file() {
    let place = crashed(3);
    let old = fs::read(&place.file).unwrap();
    let mut pulled = sample();
    pulled.apply(Action::Project { title: "pulled".into(), never_end_after: vec![] }).unwrap();
    let pulled = project::write(&pulled);
    fs::write(&place.file, &pulled).unwrap();
    for _ in 0..2 {
        let opened = place.open();
        assert_eq!((opened.recovered.len(), opened.project.title(), opened.last_n), (0, "pulled", 0));
        let said = opened.left.concat();
        assert!(said.contains("unsaved work of ") && said.contains("3 answers"), "{said}");
        assert!(said.contains("another version") && said.contains("\0hint: "), "{said}");
        let command = format!("`allegata recover {} --list`", place.file.display());
        assert!(said.contains(&command) && opened.warnings.is_empty(), "{said}");
        assert_eq!(fs::read_to_string(&place.file).unwrap(), pulled);
        opened.store.close();
    }
    // Work goes on; what was done before can be had as a file of its own.
    let mut desk = place.desk();
    desk.answer(5);
    desk.save();
    desk.store.close();
    let left = store::journals(&place.file, &place.folders).unwrap();
    assert_eq!((left.len(), left[0].n, left[0].n_changes), (1, 1, 3));
    assert_eq!((left[0].holds.as_str(), left[0].is_elsewhere), ("3 answers", false));
    assert_eq!(left[0].says, "of project `Sketch`, made on another version of the file");
    let out = place.root().join("out.ron");
    let restored = store::restore(&place.file, &place.folders, 1, &out).unwrap();
    assert_eq!((restored.n_changes, restored.n_refused), (3, 0));
    assert_eq!(project::read(&fs::read(&out).unwrap()).unwrap().project, answered(3));
    // The version that it was made on comes back, and so does the work.
    fs::write(&place.file, old).unwrap();
    assert_eq!(last_mark(&place.open().project), 3);
}

#[test]
fn a_journal_of_another_file_is_left_alone() {
    let place = crashed(3);
    let journal = fs::read(&place.journals()[0]).unwrap();
    let copy = place.file.with_file_name("copy.ron");
    fs::copy(&place.file, &copy).unwrap();
    let opened = crate::tools::open(&copy, &place.folders);
    assert_eq!((opened.recovered.len(), opened.warnings.len()), (0, 0));
    opened.store.close();
    assert_eq!(fs::read(&place.journals()[0]).unwrap(), journal);
    // One of another project that came into the folder.
    let foreign = place.state().join("00.journal");
    let text = String::from_utf8(journal).unwrap();
    let (header, rest) = text.split_once('\n').unwrap();
    let Ok(Line::Header(mut header)) = journal::decode(header) else { panic!("{header}") };
    header.project = allegata::model::ids::ProjectId::new("other");
    let text = format!("{}\n{rest}", journal::encode(&Line::Header(header)));
    fs::write(&foreign, &text).unwrap();
    // And one that is none at all.
    fs::write(place.state().join("01.journal"), b"\xff\0no journal\n").unwrap();
    let opened = place.open();
    assert_eq!((opened.recovered.len(), opened.last_n), (3, 3));
    assert_eq!(fs::read_to_string(foreign).unwrap(), text);
    assert!(place.state().join("01.journal").exists());
}

#[test]
fn a_file_that_was_moved_takes_its_work_along() {
    let place = crashed(3);
    let moved = place.file.with_file_name("moved.ron");
    fs::rename(&place.file, &moved).unwrap();
    let mut desk = Desk::new(crate::tools::open(&moved, &place.folders));
    assert_eq!((last_mark(&desk.project), desk.n), (3, 3));
    desk.answer(4);
    desk.crash();
    fs::write(&place.file, "another file in the old place").unwrap();
    assert_eq!(last_mark(&crate::tools::open(&moved, &place.folders).project), 4);
    assert_eq!(place.journals().len(), 1);
}

#[test]
fn what_is_refused_is_counted_and_kept() {
    let place = crashed(2);
    let Action::Coding { key, span, .. } = answer(&sample(), 3) else { panic!("no coding") };
    let unknown = Coding { answered: true, labels: [LabelId::new("rumour")].into(), ..Coding::default() };
    append_line(&place, &Line::Entry(entry(3, Action::Coding { key, span, to: Some(unknown) })));
    append_line(&place, &Line::Entry(entry(4, answer(&sample(), 3))));
    for opened in [place.look(), place.open()] {
        assert_eq!(last_mark(&opened.project), 3);
        assert_eq!((opened.recovered.len(), opened.last_n), (3, 3));
        let warning = opened.left.concat();
        assert!(
            warning.contains("1 change could not be brought back") && warning.contains("rumour"),
            "{warning}"
        );
    }
    assert_eq!(ending(&place.state(), ".left").len(), 1);
    let mut desk = place.desk();
    desk.save();
    desk.store.close();
    assert_eq!((last_mark(&place.read().project), place.journals().len()), (3, 0));
    let left = store::journals(&place.file, &place.folders).unwrap();
    let says = "of project `Sketch`, came back in part";
    assert_eq!((left.len(), left[0].n_changes, left[0].says.as_str()), (1, 4, says));
    let restored = store::restore(&place.file, &place.folders, 1, &place.root().join("out.ron")).unwrap();
    assert_eq!((restored.n_changes, restored.n_refused), (3, 1));
    // It is put away as any other, and comes back as what it was.
    let version = || store::versions(&place.file, &place.folders).unwrap().remove(0);
    store::put_away(&version(), true).unwrap();
    assert_eq!((version().kind, version().note), (VersionKind::Away, format!("{says}, put away")));
    drop(place.open());
    let out = place.root().join("again.ron");
    let restored = store::restore(&place.file, &place.folders, 1, &out).unwrap();
    assert_eq!((restored.n_changes, restored.n_refused), (3, 1), "what it began with is still there");
    store::put_away(&version(), false).unwrap();
    assert_eq!((version().kind, version().note.as_str()), (VersionKind::Journal, says));
}

#[test]
fn a_journal_damaged_in_its_middle_is_kept() {
    let place = crashed(4);
    let path = place.journals().remove(0);
    let mut bytes = fs::read(&path).unwrap();
    let lines: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    bytes[lines[1] + 10] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let mut desk = place.desk();
    assert_eq!((last_mark(&desk.project), desk.n), (1, 1));
    desk.answer(2);
    desk.crash();
    let opened = place.open();
    assert_eq!(last_mark(&opened.project), 2);
    let left = ending(&place.state(), ".left");
    assert_eq!(left.len(), 1);
    assert_eq!(fs::read(&left[0]).unwrap(), bytes);
}

#[test]
fn numbers_go_on_without_a_gap() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    let all: Vec<_> = (1..=3).map(|n| entry(n, answer(&sample(), n))).collect();
    desk.store.append(&all).unwrap(); // those that are there are passed over
    let later = [entry(5, answer(&sample(), 5))];
    assert!(matches!(desk.store.append(&later), Err(StoreError::Gap { n: 5 })));
    assert_eq!(place.look().recovered.len(), 3);
    // An action that is too large ends it: nothing after it may be said to be safe before a save.
    let Action::Coding { key, span, to } = answer(&sample(), 4) else { panic!("no coding") };
    let note = Some("x".repeat(5 << 20).into());
    let large = Action::Coding { key, span, to: to.map(|to| Coding { note, ..to }) };
    let entries = [entry(4, large), entry(5, answer(&sample(), 5))];
    assert!(matches!(desk.store.append(&entries), Err(StoreError::TooLarge { n: 4, .. })));
    assert!(matches!(desk.store.append(&entries[1..]), Err(StoreError::Gap { n: 5 })));
    desk.store.save(&answered(5), 5).unwrap();
    desk.store.append(&entries).unwrap();
    desk.store.append(&[entry(6, answer(&sample(), 6))]).unwrap();
    desk.crash();
    assert_eq!(last_mark(&place.look().project), 6);
}

#[test]
fn a_base_lies_beside_the_journal_whatever_happens_to_the_file() {
    let check = |change: &dyn Fn(&Place)| {
        let place = Place::new();
        let mut desk = place.desk();
        change(&place);
        desk.answer(1);
        desk.crash();
        let base = ending(&place.state(), ".base").remove(0);
        assert_eq!(project::read(&fs::read(base).unwrap()).unwrap().project, sample());
        let out = place.root().join("out.ron");
        store::restore(&place.file, &place.folders, 1, &out).unwrap();
        assert_eq!(project::read(&fs::read(out).unwrap()).unwrap().project, answered(1));
    };
    check(&|_| {});
    check(&|place| fs::write(&place.file, "half of something else").unwrap());
    check(&|place| fs::remove_file(&place.file).unwrap());
}

#[test]
fn what_a_newer_version_wrote_is_kept_word_for_word() {
    let place = Place::new();
    let text = fs::read_to_string(&place.file).unwrap();
    let text = text.replacen("title: \"Sketch\"", "title: \"Sketch\", mood: (calm: [1, Some(2)])", 1);
    let text = text.replacen("labels: [\"allegation\"]", "labels: [\"allegation\"], weight: 0.50", 1);
    let text = text.replacen("outlet: \"Harbour Post\"", "outlet: \"Harbour Post\", page: \"A 1\"", 1);
    fs::write(&place.file, &text).unwrap();
    let mut desk = place.desk();
    desk.answer(1);
    desk.crash();
    let mut desk = place.desk();
    desk.save();
    let saved = fs::read_to_string(&place.file).unwrap();
    for kept in ["mood: (calm: [1, Some(2)])", "weight: 0.50", "page: \"A 1\""] {
        assert!(text.contains(kept) && saved.contains(kept), "{kept}\n{saved}");
    }
    assert_ne!(saved, text);
    // The format of tomorrow is for reading only.
    fs::write(&place.file, saved.replacen("writers_from: 1", "writers_from: 999", 1)).unwrap();
    drop(desk);
    let newer = store::open(&place.file, &place.folders, store::Mode::Write).unwrap();
    assert!(newer.read_only.is_some_and(|why| why.contains("newer version") && why.contains("999")));
    assert_eq!(names(place.file.parent().unwrap()), ["a.ron"]);
}
