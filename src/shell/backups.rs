//! Earlier generations of a saved file, in the project's state folder: each place that a project lies at has its own.
//!
//! They are numbered as they are made: a clock may be wrong, or set back.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::shell::clock;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders;

/// How many generations are kept of one place.
pub const MAX_BACKUPS: usize = 10;

/// The folder's name in the project's state folder.
const FOLDER: &str = "backups";

/// In a place's folder: the path of the project file, as bytes. Earlier versions had one for the whole project.
const NAMED: &str = "file";

/// Places by age, newest first: how many, and the seconds of which each is the last generation. What is left of
/// `MAX_BACKUPS` goes to the newest of the others.
const TIERS: [(usize, i64); 4] = [(3, 0), (3, 3600), (2, 24 * 3600), (2, 7 * 24 * 3600)];

/// One generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it comes in the order in which they were made.
    number: Number,
    /// When it was made, seconds since 1970, by the clock of then.
    pub time: i64,
    /// Length in bytes.
    pub len: u64,
    pub path: PathBuf,
}

/// The count of a generation; of those that earlier versions made, which had none, the second and the number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number(u64, i64, u32);

/// What a generation is made of.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    File(&'a Path),
    Bytes(&'a [u8]),
}

/// Where the generations of the project file at `place` lie.
pub fn folder_in(project_folder: &Path, place: &Path) -> PathBuf {
    let hash = files::hex(&Sha256::digest(place.as_os_str().as_encoded_bytes()));
    project_folder.join(FOLDER).join(hash.get(..16).unwrap_or(&hash))
}

/// The generations of the project file at `place`, newest first. `project_folder` is that of `Folders::project`.
pub fn list(project_folder: &Path, place: &Path) -> Result<Vec<Backup>, FileError> {
    let mut backups = numbered(&folder_in(project_folder, place))?;
    if is_named(project_folder, place) {
        backups.extend(numbered(&project_folder.join(FOLDER))?);
    }
    backups.sort_by_key(|backup| Reverse(backup.number));
    Ok(backups)
}

/// Whether a project folder has generations of `place`, or knows that the project lay there.
pub fn knows(project_folder: &Path, place: &Path) -> bool {
    folder_in(project_folder, place).is_dir() || is_named(project_folder, place)
}

/// The places that a project folder knows.
pub fn places(project_folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(project_folder.join(FOLDER)).into_iter().flatten();
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let all = folders.chain([project_folder.to_path_buf()]);
    let mut places: Vec<PathBuf> = all.filter_map(|folder| named_in(&folder)).collect();
    places.sort();
    places.dedup();
    places
}

/// The generations that an earlier version made without knowing of which place, newest first.
pub fn without_place(project_folder: &Path) -> Result<Vec<Backup>, FileError> {
    if named_in(project_folder).is_some() {
        return Ok(Vec::new());
    }
    let mut backups = numbered(&project_folder.join(FOLDER))?;
    backups.sort_by_key(|backup| Reverse(backup.number));
    Ok(backups)
}

/// Keeps in mind that the project lies at `place`: it leads here where nothing is left of the file.
pub fn name_place(project_folder: &Path, place: &Path) -> Result<(), FileError> {
    let folder = folder_in(project_folder, place);
    if named_in(&folder).is_some_and(|named| named == place) {
        return Ok(());
    }
    folders::make_private(&folder)?;
    files::write_private(&folder.join(NAMED), place.as_os_str().as_encoded_bytes())
}

/// Keeps `source` as the newest generation of `place`, made at `time` (seconds since 1970), and thins the older ones.
///
/// `None` if the newest one has the same content already.
pub fn add(
    project_folder: &Path,
    place: &Path,
    source: Source<'_>,
    time: i64,
) -> Result<Option<Backup>, FileError> {
    add_at(project_folder, place, source, time, clock::now_secs())
}

/// As [`add`], with the clock at `now`.
fn add_at(
    project_folder: &Path,
    place: &Path,
    source: Source<'_>,
    time: i64,
    now: i64,
) -> Result<Option<Backup>, FileError> {
    name_place(project_folder, place)?;
    let before = list(project_folder, place)?;
    let newest = before.first();
    if newest.is_some_and(|newest| newest.has_content_of(source)) {
        return Ok(None);
    }
    let count = newest.map_or(0, |newest| newest.number.0) + 1;
    let path = folder_in(project_folder, place).join(name(count, time));
    match source {
        Source::File(from) => files::copy_base(from, &path)?,
        Source::Bytes(bytes) => files::write_private(&path, bytes)?,
    }
    let len = files::stamp(&path)?.len;
    let made = Backup { number: Number(count, 0, 0), time, len, path };
    thin(&made, &before, now);
    Ok(Some(made))
}

/// Keeps a file that came between, unless one of the generations has its content.
pub fn add_found(project_folder: &Path, place: &Path, found: &Path) -> Result<Option<Backup>, FileError> {
    let known = list(project_folder, place)?;
    if known.iter().any(|backup| backup.has_content_of(Source::File(found))) {
        return Ok(None);
    }
    add(project_folder, place, Source::File(found), clock::now_secs())
}

impl Backup {
    fn has_content_of(&self, source: Source<'_>) -> bool {
        let ours = || files::hash_of_file(&self.path).ok();
        match source {
            Source::Bytes(bytes) => self.len == bytes.len() as u64 && ours() == Some(files::hash_of(bytes)),
            Source::File(file) => {
                files::stamp(file).is_ok_and(|stamp| stamp.len == self.len)
                    && ours().is_some_and(|hash| files::hash_of_file(file).is_ok_and(|other| other == hash))
            }
        }
    }
}

fn thin(made: &Backup, before: &[Backup], now: i64) {
    let all: Vec<&Backup> = std::iter::once(made).chain(before).collect();
    let times: Vec<i64> = all.iter().map(|backup| backup.time).collect();
    let kept = kept(&times, now);
    for (_, backup) in all.iter().enumerate().filter(|(idx, _)| !kept.contains(idx)) {
        // One too many is no harm, and it is tried again at the next save.
        if let Err(error) = disk::remove(&backup.path) {
            tracing::warn!("cannot remove the old backup `{}`: {error}", backup.path.display());
        }
    }
}

/// Which of `times` (the newest generation first) are kept, by index: always the newest. Times to come count as `now`.
///
/// Hours, days and weeks are those of the calendar, not of age: else a generation would move from slot to slot with
/// every save and none would ever grow old.
fn kept(times: &[i64], now: i64) -> BTreeSet<usize> {
    let slot = |idx: usize, slot_secs: i64| times.get(idx).map(|time| (*time).min(now).div_euclid(slot_secs));
    let mut kept = BTreeSet::new();
    for (places, slot_secs) in TIERS {
        let end = kept.len() + places;
        for idx in 0..times.len() {
            let same_slot = |other: &usize| slot_secs > 0 && slot(*other, slot_secs) == slot(idx, slot_secs);
            if kept.len() < end && !kept.contains(&idx) && !kept.iter().any(same_slot) {
                kept.insert(idx);
            }
        }
    }
    let others: Vec<usize> = (0..times.len()).filter(|idx| !kept.contains(idx)).collect();
    let free = MAX_BACKUPS.saturating_sub(kept.len());
    kept.extend(others.into_iter().take(free));
    kept
}

fn name(count: u64, time: i64) -> String {
    // No colon: some file systems do not take it.
    format!("{count:06}_{}.ron", clock::utc(time).replace(':', "-"))
}

/// Number and time of a generation, by its name: `000012_2026-11-23T10-11-12Z.ron`, of earlier versions
/// `2026-11-23T10-11-12Z.ron` and `2026-11-23T10-11-12Z_2.ron`.
fn parsed(name: &str) -> Option<(Number, i64)> {
    let secs = |text: &str| {
        let (day, of_day) = text.split_once('T')?;
        clock::secs_of_utc(&format!("{day}T{}", of_day.replace('-', ":")))
    };
    let stem = name.strip_suffix(".ron")?;
    let Some((first, last)) = stem.split_once('_') else {
        return secs(stem).map(|time| (Number(0, time, 1), time));
    };
    if let Some(time) = secs(first) {
        return Some((Number(0, time, last.parse().ok()?), time));
    }
    Some((Number(first.parse().ok()?, 0, 0), secs(last)?))
}

fn numbered(folder: &Path) -> Result<Vec<Backup>, FileError> {
    let failed = |e| FileError::reading(folder, "listing backups", e);
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let Some((number, time)) = entry.file_name().to_str().and_then(parsed) else { continue };
        let Ok(found) = entry.metadata() else { continue }; // thinned by another window just now
        if found.is_file() {
            backups.push(Backup { number, time, len: found.len(), path: entry.path() });
        }
    }
    Ok(backups)
}

/// Whether the generations that lie in the project folder without a place are those of `place`.
fn is_named(project_folder: &Path, place: &Path) -> bool {
    named_in(project_folder).is_some_and(|named| named == place)
}

/// The place that a folder names.
fn named_in(folder: &Path) -> Option<PathBuf> {
    let bytes = fs::read(folder.join(NAMED)).ok()?;
    #[cfg(unix)]
    let named = {
        use std::os::unix::ffi::OsStringExt as _;
        OsString::from_vec(bytes)
    };
    #[cfg(not(unix))]
    let named = OsString::from(String::from_utf8_lossy(&bytes).into_owned());
    Some(PathBuf::from(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;
    const DAY: i64 = 24 * HOUR;

    #[test]
    fn names_are_read_back() {
        let check = |count: u64, time: i64, want: &str| {
            assert_eq!(name(count, time), want);
            assert_eq!(parsed(want), Some((Number(count, 0, 0), time)));
        };
        check(1, 0, "000001_1970-01-01T00-00-00Z.ron");
        check(12, 1_795_428_672, "000012_2026-11-23T10-11-12Z.ron");
        check(12_345_678, 1_795_428_672, "12345678_2026-11-23T10-11-12Z.ron");
        let earlier = |number: u32| Some((Number(0, 1_795_428_672, number), 1_795_428_672));
        assert_eq!(parsed("2026-11-23T10-11-12Z.ron"), earlier(1));
        assert_eq!(parsed("2026-11-23T10-11-12Z_12.ron"), earlier(12));
        for other in ["", ".ron", "notes.txt", ".2026-11-23T10-11-12Z.ron.allegata-new", "2026-11-23.ron"] {
            assert_eq!(parsed(other), None, "{other}");
        }
    }

    #[test]
    fn thinning() {
        let now = 1_000 * 7 * DAY + 3 * DAY + 12 * HOUR + 1800;
        let check = |ages: &[i64], want: &[usize]| {
            let times: Vec<i64> = ages.iter().map(|age| now - age).collect();
            assert_eq!(kept(&times, now).into_iter().collect::<Vec<_>>(), want, "{ages:?}");
        };
        check(&[], &[]);
        check(&[1], &[0]);
        check(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        check(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        // The last of an earlier hour, day and week outlive many of this hour.
        check(
            &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, HOUR, HOUR + 1, DAY, DAY + 1, 7 * DAY, 7 * DAY + 1],
            &[0, 1, 2, 3, 4, 5, 6, 11, 13, 15],
        );
        // Made while the clock was ahead, or set back: the newest are kept all the same, and the others go in their turn.
        check(&[1, 2, 3, 4, 5, 6, 7, 8, 9, -HOUR, -DAY, -9000 * DAY], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        check(
            &[9000 * DAY, 9001 * DAY, 9001 * DAY, 9001 * DAY, 2, 3, 4, 5, 6, 7, 8, 9],
            &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        );
    }

    #[test]
    fn months_of_saving_keep_old_generations() {
        let start = 1_700_000_000;
        let mut times: Vec<i64> = Vec::new();
        for minute in (0..60 * 24 * 60).step_by(2).filter(|minute| minute % (24 * 60) < 8 * 60) {
            times.insert(0, start + minute * 60);
            let kept = kept(&times, times[0]);
            times = times.iter().enumerate().filter(|(i, _)| kept.contains(i)).map(|(_, t)| *t).collect();
            assert!(times.len() <= MAX_BACKUPS);
        }
        let newest = times[0];
        let ages: Vec<i64> = times.iter().map(|time| newest - time).collect();
        assert_eq!(ages[..3], [0, 120, 240]);
        let n_between = |from, to| ages.iter().filter(|age| (from..to).contains(*age)).count();
        assert!(n_between(HOUR / 2, DAY) >= 3, "{ages:?}");
        assert!(n_between(DAY / 2, 7 * DAY) >= 2, "{ages:?}");
        assert!(n_between(7 * DAY, 30 * DAY) >= 1, "{ages:?}");
    }

    fn texts(backups: &[Backup]) -> Vec<String> {
        backups.iter().map(|backup| fs::read_to_string(&backup.path).unwrap()).collect()
    }

    fn save(folder: &Path, place: &Path, text: &str, time: i64) -> bool {
        add(folder, place, Source::Bytes(text.as_bytes()), time).unwrap().is_some()
    }

    #[test]
    fn the_same_content_is_one_generation() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("a.ron");
        let save = |text: &str, time: i64| save(dir.path(), &place, text, time);
        assert_eq!(list(dir.path(), &place).unwrap(), []);
        assert!(save("one", 100));
        assert!(!save("one", 101));
        assert!(save("two", 101));
        assert!(save("one", 101));
        assert_eq!(texts(&list(dir.path(), &place).unwrap()), ["one", "two", "one"]);
        let found = dir.path().join("found");
        for (text, is_new) in [("two", false), ("ten", true)] {
            fs::write(&found, text).unwrap();
            assert_eq!(add_found(dir.path(), &place, &found).unwrap().is_some(), is_new, "{text}");
        }
        for second in 0..30 {
            save(&format!("text {second}"), 200 + second);
        }
        let backups = list(dir.path(), &place).unwrap();
        assert_eq!((backups.len(), backups[0].time), (MAX_BACKUPS, 229));
        assert_eq!(fs::read_dir(folder_in(dir.path(), &place)).unwrap().count(), MAX_BACKUPS + 1);
    }

    #[test]
    fn each_place_has_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a.ron"), dir.path().join("b.ron"));
        save(dir.path(), &a, "of a", 100);
        for second in 0..30 {
            save(dir.path(), &b, &format!("of b, {second}"), 200 + second);
        }
        assert_eq!(texts(&list(dir.path(), &a).unwrap()), ["of a"]);
        assert_eq!(list(dir.path(), &b).unwrap().len(), MAX_BACKUPS);
        assert_eq!(places(dir.path()), [a, b]);
    }

    #[test]
    fn a_wrong_clock_costs_no_generation() {
        let now = 1_800_000_000 + HOUR / 2;
        let check = |times: &[i64], want: &str| {
            let dir = tempfile::tempdir().unwrap();
            let place = dir.path().join("a.ron");
            for (n, time) in times.iter().enumerate() {
                add_at(dir.path(), &place, Source::Bytes(n.to_string().as_bytes()), *time, now).unwrap();
                let newest = list(dir.path(), &place).unwrap().remove(0);
                assert_eq!(texts(&[newest]), [n.to_string()], "{times:?}");
            }
            assert_eq!(texts(&list(dir.path(), &place).unwrap()).join(" "), want);
        };
        // Years ahead, then right; then set back to 1970.
        let ahead = now + 9000 * DAY;
        let mut times = vec![ahead; 12];
        times.extend([now - 60; 11]);
        check(&times, "22 21 20 19 18 17 16 15 14 13");
        let mut times = vec![now - 60; 12];
        times.extend([7, 6, 5]);
        check(&times, "14 13 12 11 10 9 8 7 6 5");
    }

    #[test]
    fn generations_of_earlier_versions_are_those_of_the_place_they_name() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a.ron"), dir.path().join("b.ron"));
        fs::create_dir(dir.path().join(FOLDER)).unwrap();
        for (name, text) in
            [("2026-11-23T10-11-12Z", "1"), ("2026-11-23T10-11-12Z_10", "3"), ("2026-11-23T10-11-12Z_9", "2")]
        {
            fs::write(dir.path().join(FOLDER).join(format!("{name}.ron")), text).unwrap();
        }
        assert_eq!(texts(&without_place(dir.path()).unwrap()), ["3", "2", "1"]);
        assert_eq!(places(dir.path()), [] as [PathBuf; 0]);
        fs::write(dir.path().join(NAMED), a.as_os_str().as_encoded_bytes()).unwrap();
        assert_eq!(
            (texts(&list(dir.path(), &a).unwrap()).join(" "), places(dir.path())),
            ("3 2 1".into(), vec![a.clone()])
        );
        assert_eq!((list(dir.path(), &b).unwrap(), without_place(dir.path()).unwrap()), (vec![], vec![]));
        assert!(!save(dir.path(), &a, "3", 50));
        assert!(save(dir.path(), &a, "4", 50));
        assert_eq!(texts(&list(dir.path(), &a).unwrap()), ["4", "3", "2", "1"]);
        for n in 5..30 {
            save(dir.path(), &a, &n.to_string(), 1_800_000_000 + n);
        }
        let left = list(dir.path(), &a).unwrap();
        // The last of another day outlives many of this one.
        assert_eq!((left.len(), texts(&left)[9].as_str()), (MAX_BACKUPS, "3"));
    }
}
