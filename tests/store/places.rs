//! Versions and journals by place: copies, files that were moved, replaced or lost, journals that are damaged.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use allegata::formats::project;
use allegata::formats::project::journal::{self, Line};
use allegata::model::ids::ProjectId;
use allegata::session::version::VersionKind;
use allegata::shell::files;
use allegata::shell::store;

use crate::tools::{Desk, Place, answered, ending, last_mark, names, open, sample};

/// What can be brought back of a file: kind, content, note.
fn listed(place: &Place, file: &Path) -> Vec<String> {
    let versions = store::versions(file, &place.folders).unwrap();
    let said = versions.into_iter().map(|version| {
        let kind = if version.kind == VersionKind::Journal { "journal" } else { "version" };
        let note = version.note.replace(&place.root().display().to_string(), "ROOT");
        format!("{kind}: {}; {note}", version.says)
    });
    said.collect()
}

/// The number of the last answer in each of what can be brought back, by restoring all of it.
fn marks(place: &Place, file: &Path) -> Vec<u64> {
    let n = store::versions(file, &place.folders).unwrap().len();
    (1..=n)
        .map(|n| {
            let out = place.root().join("out.ron");
            store::restore(file, &place.folders, n, &out).unwrap();
            let mark = last_mark(&project::read(&fs::read(&out).unwrap()).unwrap().project);
            fs::remove_file(out).unwrap();
            mark
        })
        .collect()
}

fn save_marks(desk: &mut Desk, marks: std::ops::RangeInclusive<u64>) {
    for mark in marks {
        desk.answer(mark);
        desk.save();
    }
}

/// Damages the first line of the only journal.
fn damage_header(place: &Place) {
    let path = place.journals().remove(0);
    let mut bytes = fs::read(&path).unwrap();
    bytes[10] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_copy_pushes_none_of_the_originals_versions_out() {
    let place = Place::new();
    let mut desk = place.desk();
    save_marks(&mut desk, 1..=3);
    desk.store.close();
    let copy = place.file.with_file_name("copy.ron");
    fs::copy(&place.file, &copy).unwrap();
    // A place without any is offered those of the same project, named as such.
    let theirs = listed(&place, &copy);
    assert_eq!(theirs.len(), 4);
    assert!(theirs[0].ends_with("; made at `ROOT/docs/a.ron`"), "{theirs:?}");
    let mut desk = Desk::new(open(&copy, &place.folders));
    save_marks(&mut desk, 4..=30);
    desk.store.close();
    assert_eq!(marks(&place, &place.file), [3, 2, 1, 0]);
    assert!(listed(&place, &place.file).iter().all(|said| said.ends_with("; ")), "its own, and nothing else");
    assert_eq!(marks(&place, &copy).len(), 10);
    // The original is lost: what was kept is found by its place, whatever the copy does.
    let lose: [fn(&Path); 2] = [|file| fs::write(file, "").unwrap(), |file| fs::remove_file(file).unwrap()];
    for lose in lose {
        lose(&place.file);
        assert_eq!(marks(&place, &place.file), [3, 2, 1, 0]);
    }
    // A place that is gone is none that a copy stands in the way of.
    let said = listed(&place, &copy);
    assert_eq!(said.len(), 14);
    assert!(said[10].ends_with("; made at `ROOT/docs/a.ron`, where no file is now"), "{said:?}");
}

#[test]
fn a_file_that_was_moved_is_offered_what_it_had() {
    let place = Place::new();
    let mut desk = place.desk();
    save_marks(&mut desk, 1..=2);
    desk.store.close();
    let moved = place.root().join("moved.ron");
    fs::rename(&place.file, &moved).unwrap();
    assert_eq!(marks(&place, &moved), [2, 1, 0]);
    let mut desk = Desk::new(open(&moved, &place.folders));
    save_marks(&mut desk, 3..=3);
    desk.store.close();
    assert_eq!(marks(&place, &moved), [3, 2, 2, 1, 0]);
    assert_eq!(marks(&place, &place.file), [2, 1, 0]);
}

#[test]
fn a_journal_is_found_by_its_place_and_by_its_project() {
    let place = Place::new();
    let mut desk = place.desk();
    (1..=5).for_each(|mark| desk.answer(mark));
    desk.crash();
    // Another project lies there now.
    let moved = place.root().join("moved.ron");
    fs::rename(&place.file, &moved).unwrap();
    let other = sample().copy_as(ProjectId::new("other"));
    fs::write(&place.file, project::write(&other)).unwrap();
    let said = listed(&place, &place.file);
    assert_eq!(said, ["journal: 5 answers; of project `Sketch`, made on another project that lay here"]);
    let opened = store::open(&place.file, &place.folders, store::Mode::Read).unwrap();
    assert!(
        opened.left.concat().contains("5 answers, made on another project that lay here"),
        "{:?}",
        opened.left
    );
    let out = place.root().join("out.ron");
    store::restore(&place.file, &place.folders, 1, &out).unwrap();
    assert_eq!(last_mark(&project::read(&fs::read(&out).unwrap()).unwrap().project), 5);
    fs::remove_file(out).unwrap();
    // By the file that it was made for, wherever that is.
    let said = listed(&place, &moved);
    assert!(
        said[0].starts_with("journal: 5 answers; of project `Sketch`, made at `ROOT/docs/a.ron`, "),
        "{said:?}"
    );
    // And when there is nothing, or half of something.
    for bytes in ["", "(\nformat: 1, wri"] {
        fs::write(&place.file, bytes).unwrap();
        assert_eq!(marks(&place, &place.file), [5], "{bytes:?}");
    }
    fs::remove_file(&place.file).unwrap();
    assert_eq!(marks(&place, &place.file), [5]);
    // A copy's work is the copy's: it is named, and not counted as missing here.
    let copy = place.root().join("copy.ron");
    fs::copy(&moved, &copy).unwrap();
    let mut desk = Desk::new(open(&copy, &place.folders));
    desk.answer(1);
    desk.crash();
    let of_copy = store::journals(&moved, &place.folders).unwrap().pop().unwrap();
    assert!(of_copy.is_elsewhere && of_copy.says.contains("copy.ron"), "{of_copy:?}");
}

#[test]
fn a_journal_whose_beginning_is_damaged_is_said_kept_and_offered() {
    let place = Place::new();
    let mut desk = place.desk();
    (1..=4).for_each(|mark| desk.answer(mark));
    desk.crash();
    damage_header(&place);
    let damaged = fs::read(&place.journals()[0]).unwrap();
    for opened in [place.look(), place.open()] {
        assert_eq!((opened.recovered.len(), opened.left.len()), (0, 1));
        let said = &opened.left[0];
        assert!(said.contains("4 answers") && said.contains("on an unknown version"), "{said}");
        assert!(said.contains(&format!("`allegata recover {} --list`", place.file.display())), "{said}");
    }
    let said =
        "journal: 4 answers; of project `Sketch`, its beginning is damaged, so it is on an unknown version";
    assert_eq!(listed(&place, &place.file), [said]);
    assert_eq!(marks(&place, &place.file), [4]);
    // Work goes on beside it.
    let mut desk = place.desk();
    save_marks(&mut desk, 1..=1);
    desk.store.close();
    assert_eq!(fs::read(&place.journals()[0]).unwrap(), damaged);
    assert_eq!(marks(&place, &place.file)[0], 4);
    // The file may be gone, or the one that the journal began with: then it goes onto what there is.
    fs::remove_file(ending(&place.state(), ".base").remove(0)).unwrap();
    assert_eq!(marks(&place, &place.file)[0], 4);
    fs::remove_file(&place.file).unwrap();
    assert_eq!(listed(&place, &place.file).len(), 3);
    // Of rubbish it is said that it is rubbish.
    let place = Place::new();
    place.desk().crash();
    fs::create_dir_all(place.state()).unwrap();
    fs::write(place.state().join("x.journal"), "no journal\n").unwrap();
    assert!(place.open().left.concat().contains("nothing can be read"), "{:?}", place.open().left);
    assert!(listed(&place, &place.file)[0].starts_with("journal: nothing readable; "));
    let error = store::restore(&place.file, &place.folders, 1, &place.root().join("out.ron")).unwrap_err();
    assert!(error.to_string().starts_with("nothing in this journal can be read"), "{error}");
}

#[test]
fn whole_actions_after_a_damage_can_be_had() {
    let place = Place::new();
    let mut desk = place.desk();
    (1..=6).for_each(|mark| desk.answer(mark));
    desk.crash();
    let path = place.journals().remove(0);
    let mut bytes = fs::read(&path).unwrap();
    let lines: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    bytes[lines[3] + 10] ^= 1; // the fourth answer
    fs::write(&path, &bytes).unwrap();
    let opened = place.open();
    assert_eq!((last_mark(&opened.project), opened.recovered.len()), (3, 3));
    assert!(opened.left.concat().contains("what follows (2 answers)"), "{:?}", opened.left);
    let left = store::journals(&place.file, &place.folders).unwrap();
    let found = left.iter().position(|journal| journal.says.ends_with("came back in part")).unwrap();
    assert_eq!((left[found].n_changes, left[found].holds.as_str()), (5, "5 answers"));
    let out = place.root().join("out.ron");
    let restored = store::restore(&place.file, &place.folders, found + 1, &out).unwrap();
    assert_eq!((restored.n_changes, restored.n_refused), (5, 0));
}

#[test]
fn what_a_save_that_was_cut_off_displaced_becomes_a_version() {
    let aside = |place: &Place| place.file.with_file_name(".a.ron.allegata-new");
    let kept = |place: &Place| -> Vec<u64> {
        let versions = store::backups(&place.file, &place.folders).unwrap();
        versions
            .iter()
            .map(|version| last_mark(&project::read(&fs::read(&version.path).unwrap()).unwrap().project))
            .collect()
    };
    // A colleague's, which had changed places with ours.
    let place = Place::new();
    fs::write(aside(&place), project::write(&answered(7))).unwrap();
    let opened = place.open();
    assert!(opened.left.concat().contains("is kept as an earlier version"), "{:?}", opened.left);
    assert_eq!((kept(&place), names(&place.root().join("docs")).len()), (vec![7], 2));
    drop(opened);
    assert!(place.open().left.is_empty(), "said once");
    // Ours, as the journal knows; and half of ours, as its mode says.
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    let text = project::write(&desk.project);
    desk.crash();
    let journal = place.journals().remove(0);
    let saved = journal::Saved { sha256: files::hash_of(text.as_bytes()), upto: 1 };
    let lines = fs::read_to_string(&journal).unwrap();
    fs::write(journal, format!("{lines}{}\n", journal::encode(&Line::Saved(saved)))).unwrap();
    fs::write(aside(&place), &text).unwrap();
    assert!(place.open().left.is_empty() && !aside(&place).exists());
    fs::write(aside(&place), &text[..text.len() / 2]).unwrap();
    fs::set_permissions(aside(&place), fs::Permissions::from_mode(0o200)).unwrap();
    assert!(place.open().left.is_empty() && !aside(&place).exists());
    assert_eq!(kept(&place), [] as [u64; 0]);
    // Who only reads leaves it where it is.
    fs::write(aside(&place), project::write(&answered(7))).unwrap();
    assert!(place.look().left.is_empty() && aside(&place).exists());
}

/// As the versions before this one laid it down: times for names, one place for all.
#[test]
fn what_earlier_versions_of_the_program_kept_is_found() {
    let place = Place::new();
    let folder = place.state().join("backups");
    fs::remove_dir_all(place.state()).unwrap();
    fs::create_dir_all(&folder).unwrap();
    for (name, mark) in
        [("2026-01-01T10-00-00Z", 1), ("2026-01-01T10-00-00Z_2", 2), ("2026-01-02T10-00-00Z", 3)]
    {
        fs::write(folder.join(format!("{name}.ron")), project::write(&answered(mark))).unwrap();
    }
    assert_eq!(marks(&place, &place.file), [3, 2, 1]);
    assert!(listed(&place, &place.file)[0].ends_with("; made by an earlier version of Allegata"));
    fs::write(place.state().join("file"), place.file.as_os_str().as_encoded_bytes()).unwrap();
    assert!(listed(&place, &place.file)[0].ends_with("; "));
    let copy = place.file.with_file_name("copy.ron");
    fs::copy(&place.file, &copy).unwrap();
    assert!(listed(&place, &copy)[0].ends_with("; made at `ROOT/docs/a.ron`"));
    let mut desk = place.desk();
    save_marks(&mut desk, 1..=1);
    desk.store.close();
    assert_eq!(marks(&place, &place.file), [1, 0, 3, 2, 1]);
    fs::remove_file(&place.file).unwrap();
    assert_eq!(marks(&place, &place.file), [1, 0, 3, 2, 1]);
}
