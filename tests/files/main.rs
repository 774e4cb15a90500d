//! Files survive: killed while saving, a full disk, two programs on one file, journals cut anywhere.
//!
//! What must happen in another process is a task of `child`: the test binary runs itself with `TASK` set.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail"
)]

mod replacing;
mod tasks;
mod tools;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use allegata::shell::file_error::FileError;
use allegata::shell::files;
use allegata::shell::folders::Folders;
use allegata::shell::journal_file::{JournalFile, ValidPrefix, read_valid};
use allegata::shell::lock::Lock;
use allegata::shell::settings::SettingsFile;

use crate::tasks::{CHANGES, COUNTS};
use crate::tools::{
    PLACE, TASK, command, is_root, is_summed, is_whole, kill_after, make_pipe, names, run_together, said,
    spawn, summed, text, under, with_task,
};

/// What the script exits with when it may not mount; none of the child's own codes.
const NOT_PERMITTED: i32 = 77;
const NOBODY: u32 = 65534;

/// Does nothing unless a test has started it as a process of its own.
#[test]
fn child() {
    let (Ok(task), Some(place)) = (std::env::var(TASK), std::env::var_os(PLACE)) else { return };
    tasks::perform(&task, Path::new(&place));
}

// Saving.

#[test]
fn two_hundred_kills_while_saving_tear_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.ron");
    let mut n_left_over = 0;
    for n in 0..200 {
        kill_after(spawn("save", &path), n);
        assert!(is_whole(&fs::read(&path).unwrap()), "torn by kill {n}");
        let names = names(dir.path());
        assert!(names.iter().all(|name| name == "a.ron" || name == ".a.ron.allegata-new"), "{names:?}");
        n_left_over += names.len() - 1;
    }
    // Else the kills came at idle moments and prove nothing.
    assert!(n_left_over > 20, "only {n_left_over} of 200 kills came during a save");
    files::save(&path, &text(7)).unwrap();
    assert_eq!(names(dir.path()), ["a.ron"]);
    assert_eq!(fs::read(&path).unwrap(), text(7));
}

/// The test above can fail: the same kills tear a file that is written plainly.
#[test]
fn the_kills_would_tear_a_plain_write() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.ron");
    let torn = (0..20).filter(|n| {
        kill_after(spawn("write plainly", &path), *n);
        !is_whole(&fs::read(&path).unwrap())
    });
    assert!(torn.count() > 0);
}

#[test]
fn a_full_disk_leaves_the_old_file_and_the_journal_whole() {
    // Every shell can limit the size of a file; a small drive of its own needs permission.
    let limited = under("trap '' XFSZ; ulimit -f 512; exec \"$@\"");
    assert!(limited.status.success(), "{}", said(&limited));
    assert!(said(&limited).contains("REFUSED TooLargeForDrive"), "{}", said(&limited));
    let small = under(&format!(
        "for how in --mount '--mount --map-root-user'; do
            unshare $how true 2>/dev/null || continue
            exec unshare $how sh -c '
                mount -t tmpfs -o size=1m,mode=777 none \"${PLACE}\" || exit {NOT_PERMITTED}
                exec \"$@\"
            ' sh \"$@\"
        done
        exit {NOT_PERMITTED}"
    ));
    if small.status.code() == Some(NOT_PERMITTED) {
        eprintln!("no permission to mount a small drive: only the limit of a file's size was tested");
        return;
    }
    assert!(small.status.success(), "{}", said(&small));
    assert!(said(&small).contains("REFUSED Full"), "{}", said(&small));
}

#[test]
fn a_symlink_stays_and_its_target_is_saved() {
    let check = |links: &[(&str, &str)], open: &str, saved: &str| {
        let dir = tempfile::tempdir().unwrap();
        let sub = dir.path().join("sub");
        fs::create_dir(&sub).unwrap();
        fs::write(sub.join("real.ron"), "old").unwrap();
        for (name, to) in links {
            symlink(to.replace("DIR", dir.path().to_str().unwrap()), dir.path().join(name)).unwrap();
        }
        files::save(&dir.path().join(open), b"new").unwrap();
        for (name, _) in links {
            assert!(dir.path().join(name).is_symlink(), "{name}");
        }
        assert!(!dir.path().join(saved).is_symlink());
        assert_eq!(fs::read_to_string(dir.path().join(saved)).unwrap(), "new", "{links:?}");
        assert!(names(dir.path()).iter().chain(&names(&sub)).all(|name| !name.ends_with("-new")));
    };
    check(&[("a", "sub/real.ron")], "a", "sub/real.ron");
    check(&[("a", "DIR/sub/real.ron")], "a", "sub/real.ron");
    check(&[("a", "b"), ("b", "sub/real.ron")], "a", "sub/real.ron");
    check(&[("folder", "sub")], "folder/real.ron", "sub/real.ron");
    check(&[("a", "sub/not-yet.ron")], "a", "sub/not-yet.ron");
    check(&[("a", "b"), ("b", "DIR/sub/not-yet.ron")], "a", "sub/not-yet.ron");
    let dir = tempfile::tempdir().unwrap();
    symlink("a", dir.path().join("a")).unwrap();
    assert!(files::save(&dir.path().join("a"), b"new").is_err());
}

#[test]
fn mode_and_owner_stay() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.ron");
    for mode in [0o600, 0o640, 0o644, 0o664, 0o755, 0o200] {
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        if is_root() {
            std::os::unix::fs::chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let was = fs::metadata(&path).unwrap();
        let saved = files::save(&path, b"new").unwrap();
        let is = fs::metadata(&path).unwrap();
        assert_eq!((is.mode(), is.uid(), is.gid()), (was.mode(), was.uid(), was.gid()), "{mode:o}");
        assert_eq!(saved.stamp.len, 3);
        assert!(saved.folder_synced && files::unchanged_since(&path, &saved.stamp).unwrap());
        fs::remove_file(&path).unwrap();
    }
    // A new file has the mode that any other program would give it.
    files::save(&path, b"new").unwrap();
    fs::write(dir.path().join("b"), "").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode(), fs::metadata(dir.path().join("b")).unwrap().mode());
}

#[test]
fn what_must_not_be_replaced_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let check = |name: &str, want: &str| {
        let said = files::save(&at(name), b"new").unwrap_err().to_string();
        assert!(said.starts_with(want), "{said}");
    };
    fs::write(at("locked.ron"), "old").unwrap();
    fs::set_permissions(at("locked.ron"), fs::Permissions::from_mode(0o444)).unwrap();
    check("locked.ron", "file is read-only: `");
    assert_eq!(fs::read_to_string(at("locked.ron")).unwrap(), "old");
    fs::create_dir(at("folder")).unwrap();
    check("folder", "this is a folder, not a file: `");
    check("gone/a.ron", "folder is gone: `");
    check("locked.ron/a.ron", "folder is gone: `");
    make_pipe(&at("pipe"));
    check("pipe", "this is not an ordinary file: `");
    assert_eq!(names(dir.path()), ["folder", "locked.ron", "pipe"]);
}

#[test]
fn names_of_any_length_and_kind_are_saved() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["x".repeat(255), "कथा".repeat(28), "a b'\"\n.ron".into(), "-rf".into(), ".ron".into()]
    {
        let path = dir.path().join(&name);
        files::save(&path, b"1").unwrap();
        files::save(&path, b"2").unwrap();
        let lock = Lock::take(&path, dir.path()).unwrap();
        assert!(!lock.guards_this_computer_only() && Lock::take(&path, dir.path()).is_err(), "{name}");
    }
    assert_eq!(names(dir.path()).len(), 5);
}

#[test]
fn reading_says_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("a"), "12345").unwrap();
    make_pipe(&at("pipe"));
    assert_eq!(files::read(&at("a"), 5).unwrap(), b"12345");
    let check = |name: &str, max: u64, want: &str| {
        let said = files::read(&at(name), max).unwrap_err().to_string();
        assert!(said.starts_with(want) && said.contains(name) && said.contains("\0hint: "), "{said}");
    };
    check("a", 4, "file is too large, at least 5 bytes, and the limit is 4 bytes: `");
    check("b", 5, "no such file: `");
    check("a/b", 5, "no such file: `");
    check("", 5, "this is a folder, not a file: `");
    check("pipe", 5, "this is not an ordinary file: `");
}

#[test]
fn without_permission_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let set = |name: &str, mode: u32| {
        fs::set_permissions(dir.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    set("", 0o755);
    for (folder, file, mode) in [
        ("closed", "a.ron", 0o666),
        ("free", "a.ron", 0o444),
        ("free", "secret", 0o000),
        ("free", "theirs.ron", 0o464),
    ] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join(file), "old").unwrap();
        set(&format!("{folder}/{file}"), mode);
    }
    set("closed", 0o555);
    set("free", 0o777);
    let mut command = command("refused", dir.path());
    if is_root() {
        // Permissions do not bind the superuser: be somebody else, who must be able to reach the program.
        let exe = dir.path().join("exe");
        fs::copy(std::env::current_exe().unwrap(), &exe).unwrap();
        command = with_task(Command::new(&exe), "refused", dir.path());
        command.uid(NOBODY).gid(NOBODY);
    }
    // Another test that starts a program while the copy is written holds it open for a moment.
    let output = loop {
        match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            output => break output.unwrap(),
        }
    };
    set("closed", 0o755);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(fs::read_to_string(dir.path().join("closed/a.ron")).unwrap(), "old");
    assert_eq!(fs::read_to_string(dir.path().join("free/a.ron")).unwrap(), "old");
    assert_eq!(fs::read_to_string(dir.path().join("free/theirs.ron")).unwrap(), "old");
}

#[test]
fn a_base_is_a_copy_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (from, to) = (dir.path().join("a.ron"), dir.path().join("base"));
    fs::write(&from, text(3)).unwrap();
    fs::set_permissions(&from, fs::Permissions::from_mode(0o444)).unwrap();
    fs::write(&to, "an older base").unwrap();
    files::copy_base(&from, &to).unwrap();
    fs::set_permissions(&from, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(files::hash_of_file(&from).unwrap(), files::hash_of_file(&to).unwrap());
    fs::write(&from, "written in place by another program").unwrap();
    assert_eq!(fs::read(&to).unwrap(), text(3));
    assert_eq!(fs::metadata(&to).unwrap().mode() & 0o777, 0o600);
    assert_eq!(names(dir.path()), ["a.ron", "base"]);
    assert!(files::copy_base(&dir.path().join("gone"), &to).is_err());
    assert!(files::copy_base(&from, &dir.path().join("gone/base")).is_err());
    assert_eq!(fs::read(&to).unwrap(), text(3));
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180, of "abc"
    fs::write(&from, "abc").unwrap();
    assert_eq!(files::hash_of_file(&from).unwrap(), hash);
}

#[test]
fn a_change_under_us_shows() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.ron");
    let saved = files::save(&path, b"one").unwrap();
    assert_eq!(files::stamp(&path).unwrap(), saved.stamp);
    let other = fs::File::options().write(true).open(&path).unwrap();
    other.set_modified(std::time::UNIX_EPOCH + Duration::from_nanos(1_700_000_000_000_000_001)).unwrap();
    assert!(!files::unchanged_since(&path, &saved.stamp).unwrap());
    assert_eq!(files::stamp(&path).unwrap().mtime_ns, 1_700_000_000_000_000_001);
    fs::write(&path, "longer").unwrap();
    assert!(!files::unchanged_since(&path, &saved.stamp).unwrap());
    fs::remove_file(&path).unwrap();
    assert!(matches!(files::unchanged_since(&path, &saved.stamp), Err(FileError::Missing(_))));
}

// Two programs.

#[test]
fn a_lock_holds_against_another_program_also_after_a_replace() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.ron");
    fs::write(&path, "old").unwrap();
    let mut other = spawn("lock", &path);
    assert_eq!(fs::read_to_string(&path).unwrap(), "replaced by the holder");
    let refused = |path: &Path| match Lock::take(path, dir.path()) {
        Err(FileError::Held { held, .. }) => assert_eq!(held.pid, other.id()),
        taken => panic!("{taken:?}"),
    };
    refused(&path);
    files::save(&path, b"replaced by us").unwrap();
    refused(&path);
    symlink(&path, dir.path().join("by-another-way.ron")).unwrap();
    refused(&dir.path().join("by-another-way.ron"));
    assert_eq!(names(dir.path()), [".a.ron.allegata-lock", "a.ron", "by-another-way.ron"]);
    other.kill().unwrap();
    other.wait().unwrap();
    let lock = Lock::take(&path, dir.path()).unwrap();
    let side_car = fs::read_to_string(dir.path().join(".a.ron.allegata-lock")).unwrap();
    assert!(side_car.contains(&format!("\npid={}\n", std::process::id())), "{side_car}");
    drop(lock);
    assert_eq!(names(dir.path()), ["a.ron", "by-another-way.ron"]);
}

#[test]
fn three_programs_count_under_one_lock() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("count");
    fs::write(&path, "0").unwrap();
    run_together("count", &path, 3);
    assert_eq!(fs::read_to_string(&path).unwrap(), (3 * COUNTS).to_string());
    assert_eq!(names(dir.path()), ["count"]);
}

#[test]
fn two_programs_keep_each_others_settings() {
    let dir = tempfile::tempdir().unwrap();
    run_together("settings", dir.path(), 2);
    let found = SettingsFile::of(&Folders::at(dir.path()).unwrap()).read();
    assert_eq!((found.settings.coders.len(), found.warning), (2 * CHANGES, None));
}

#[test]
fn folders_are_found_by_their_variables() {
    let dir = tempfile::tempdir().unwrap();
    let check = |variables: &[(&str, &str)], state: &str, config: &str| {
        let mut command = command("folders", dir.path());
        for name in ["ALLEGATA_STATE_DIR", "ALLEGATA_CONFIG_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        command.env("HOME", dir.path().join("home"));
        command.envs(variables.iter().map(|(name, value)| (name, dir.path().join(value))));
        let output = command.output().unwrap();
        let want = Folders { state: dir.path().join(state), config: dir.path().join(config) };
        assert!(said(&output).contains(&format!("FOUND Ok({want:?})")), "{}", said(&output));
        assert!(want.state.is_dir() && want.config.is_dir());
    };
    check(&[], "home/.local/state/allegata", "home/.config/allegata");
    check(&[("XDG_STATE_HOME", "s"), ("XDG_CONFIG_HOME", "c")], "s/allegata", "c/allegata");
    check(&[("ALLEGATA_STATE_DIR", "S"), ("XDG_STATE_HOME", "s")], "S", "home/.config/allegata");
    check(&[("ALLEGATA_STATE_DIR", "S"), ("ALLEGATA_CONFIG_DIR", "C")], "S", "C");
}

// The journal.

#[test]
fn a_journal_cut_anywhere_keeps_its_whole_lines() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("j");
    let lines = ["header", "1 naïve", "2 \u{1f999}", "3", "4 long long line"].map(summed);
    let mut journal = JournalFile::create(&path, &lines[0]).unwrap();
    journal.append(&lines[1..2]).unwrap();
    journal.append(&lines[2..]).unwrap();
    let whole = fs::read(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    for cut in 0..=whole.len() {
        let ends: Vec<usize> = (1..=cut).filter(|end| whole[end - 1] == b'\n').collect();
        for tail in [&b""[..], b"\0\0\0", b"\xff\n", b"\n"] {
            fs::write(&path, [&whole[..cut], tail].concat()).unwrap();
            // A line that has lost only its end gets it back from the last tail.
            let is_given_back = tail == b"\n" && whole.get(cut) == Some(&b'\n');
            let n_lines = ends.len() + usize::from(is_given_back);
            let len = if is_given_back { cut + 1 } else { ends.last().copied().unwrap_or(0) };
            let want = ValidPrefix { n_lines, len: len as u64, rest: (cut + tail.len() - len) as u64 };
            assert_eq!(read_valid(&path, is_summed).unwrap(), want, "cut at {cut}, then {tail:?}");
        }
        fs::write(&path, &whole[..cut]).unwrap();
        let valid = read_valid(&path, is_summed).unwrap();
        let mut journal = JournalFile::open(&path, &valid).unwrap();
        journal.append(&[summed("after")]).unwrap();
        let after = read_valid(&path, is_summed).unwrap();
        assert_eq!((after.n_lines, after.rest), (ends.len() + 1, 0), "cut at {cut}");
        assert_eq!(after.len, journal.len());
    }
}

#[test]
fn kills_while_journalling_lose_nothing_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let mut n_acknowledged = 0;
    for n in 0..100 {
        let path = dir.path().join(format!("{n}.journal"));
        let said = kill_after(spawn("append", &path), n);
        let last = said.lines().filter_map(|line| line.strip_prefix("SAFE ")?.parse::<usize>().ok()).max();
        let valid = read_valid(&path, is_summed).unwrap();
        assert!(valid.n_lines > last.unwrap_or(0), "kill {n}: {last:?} were acknowledged, {valid:?}");
        n_acknowledged += last.unwrap_or(0);
    }
    assert!(n_acknowledged > 20, "only {n_acknowledged}");
}
