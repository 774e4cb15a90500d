//! The journal goes while the program runs: removed, moved away, its folder closed. What was acknowledged is on the disk under
//! a name all the same, or it is said that it is not.

use std::fs;

use allegata::shell::store::StoreError;

use crate::tools::{Desk, Place, answer, ending, entry, last_mark, names};

/// Three answers in the journal, and then something happens to it.
fn after(happens: &dyn Fn(&Place)) -> (Place, Desk) {
    let place = Place::new();
    let mut desk = place.desk();
    (1..=3).for_each(|mark| desk.answer(mark));
    happens(&place);
    (place, desk)
}

fn remove_journal(place: &Place) {
    fs::remove_file(place.journals().remove(0)).unwrap();
}

const WAYS: [fn(&Place); 7] = [
    remove_journal,
    |place| fs::remove_file(ending(&place.state(), ".base").remove(0)).unwrap(),
    |place| fs::rename(place.journals().remove(0), place.root().join("moved")).unwrap(),
    // Another file has its name by now.
    |place| {
        let path = place.journals().remove(0);
        let text = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(path, text).unwrap();
    },
    |place| fs::remove_dir_all(place.state()).unwrap(),
    |place| fs::rename(place.state(), place.root().join("moved")).unwrap(),
    |place| fs::remove_dir_all(&place.folders.state).unwrap(),
];

#[test]
fn a_journal_that_is_gone_is_begun_anew_with_all_since_the_last_save() {
    for (n, way) in WAYS.iter().enumerate() {
        // With the next answer.
        let (place, mut desk) = after(way);
        desk.answer(4);
        assert_eq!(last_mark(&place.look().project), 4, "way {n}");
        desk.answer(5);
        desk.crash();
        let mut desk = place.desk();
        assert_eq!((last_mark(&desk.project), desk.n), (5, 5), "way {n}");
        desk.save();
        desk.store.close();
        assert_eq!(last_mark(&place.read().project), 5);
        // When nobody types.
        let (place, mut desk) = after(way);
        desk.store.keep_journal().unwrap();
        assert_eq!(last_mark(&place.look().project), 3, "way {n}");
        // What the file has by then is not journalled again.
        let (place, mut desk) = after(&|_| {});
        desk.save();
        (4..=5).for_each(|mark| desk.answer(mark));
        way(&place);
        desk.answer(6);
        desk.crash();
        let found = place.look();
        assert_eq!((last_mark(&found.project), found.recovered.len()), (6, 3), "way {n}");
        let n_bases = ending(&place.state(), ".base").len();
        assert_eq!(n_bases, if n == 3 { 2 } else { 1 }, "way {n}");
    }
}

#[test]
fn where_no_new_one_can_be_begun_it_is_said_until_it_can() {
    let in_the_way = |place: &Place| {
        fs::remove_dir_all(place.state()).unwrap();
        fs::write(place.state(), "a file in the way").unwrap();
    };
    let (place, mut desk) = after(&in_the_way);
    let next = [entry(4, answer(&desk.project, 4))];
    for _ in 0..2 {
        for entries in [&next[..], &[]] {
            let error = desk.store.append(entries).unwrap_err();
            assert!(matches!(error, StoreError::JournalGone(_)), "{error:?}");
            let said = error.to_string();
            assert!(said.starts_with("the journal is gone") && said.contains("\0hint: "), "{said}");
        }
    }
    fs::remove_file(place.state()).unwrap();
    desk.store.append(&next).unwrap();
    assert_eq!(last_mark(&place.look().project), 4);
    // A save needs no journal.
    let (place, mut desk) = after(&in_the_way);
    desk.save();
    assert_eq!(last_mark(&place.read().project), 3);
    assert!(desk.store.append(&[entry(4, answer(&desk.project, 4))]).is_err());
    fs::remove_file(place.state()).unwrap();
    desk.answer(4);
    assert_eq!(last_mark(&place.look().project), 4);
}

/// A drive that was away comes back with the journal that lay on it.
#[test]
fn a_journal_that_comes_back_brings_nothing_twice() {
    let place = Place::new();
    let mut desk = place.desk();
    (1..=3).for_each(|mark| desk.answer(mark));
    let away = place.root().join("away");
    fs::rename(place.state(), &away).unwrap();
    desk.answer(4);
    for name in names(&away).into_iter().filter(|name| name.contains(".journal") || name.contains(".base")) {
        fs::rename(away.join(&name), place.state().join(&name)).unwrap();
    }
    desk.answer(5);
    desk.crash();
    assert_eq!(place.journals().len(), 2);
    let opened = place.open();
    assert_eq!((last_mark(&opened.project), opened.recovered.len(), opened.left.len()), (5, 5, 0));
    assert_eq!(place.journals().len(), 1);
}
