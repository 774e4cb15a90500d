//! Two hundred copies that were damaged on their way: merging never panics, and writes nothing of what it cannot read whole.

use crate::base;
use allegata::analysis::merge::merge;
use allegata::formats::project;
use std::fs;
use std::process::Command;

/// A copy with some of its bytes changed, doubled, cut out, or cut off.
fn mutated(text: &str, n: usize) -> Vec<u8> {
    let mut dice = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(n as u64 + 1);
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        usize::try_from(dice % sides as u64).unwrap()
    };
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=roll(3) {
        let at = roll(bytes.len().max(1));
        let end = (at + 1 + roll(400)).min(bytes.len());
        match roll(5) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => bytes[at] = b"()[]\",:0az\xff"[roll(11)],
            _ => bytes[at..end].reverse(),
        }
    }
    bytes
}

#[test]
fn two_hundred_damaged_copies_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let text = project::write(&base());
    let (mut n_read, mut n_refused) = (0, 0);
    for n in 0..200 {
        let copy = mutated(&text, n);
        // What parses is merged all the same in memory, however little sense it makes.
        if let Ok(loaded) = project::read(&copy) {
            n_read += 1;
            let as_ours = loaded.project.copy_as(base().id().clone());
            for (ours, theirs) in [(&base(), &as_ours), (&as_ours, &base())] {
                let merged = merge(Some(&base()), ours, theirs).unwrap();
                assert!(project::read(project::write(&merged.project).as_bytes()).is_ok());
                assert!(merge(None, ours, theirs).is_ok());
            }
        }
        if n % 10 != 0 {
            continue;
        }
        for name in ["o.ron", "a.ron"] {
            fs::write(at(name), &text).unwrap();
        }
        fs::write(at("b.ron"), &copy).unwrap();
        let verb = Command::new(env!("CARGO_BIN_EXE_allegata"))
            .args(["merge", "o.ron", "a.ron", "b.ron"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let is_whole = project::read(&copy).is_ok_and(|loaded| loaded.mends.is_empty());
        let code = verb.status.code().unwrap();
        assert!(if is_whole { code < 2 || code == 3 } else { code == 3 }, "{n}: {verb:?}");
        if code == 3 {
            n_refused += 1;
            assert_eq!(fs::read_to_string(at("a.ron")).unwrap(), text, "{n}");
        }
        assert_eq!(fs::read(at("b.ron")).unwrap(), copy, "{n}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "{n}");
    }
    assert!(n_read > 20 && n_refused > 5, "{n_read} were read, {n_refused} refused");
}
