//! Earlier generations of a saved file, in the project's state folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::clock;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders;

/// How many generations are kept.
pub const MAX_BACKUPS: usize = 10;

/// The folder's name in the project's state folder.
const FOLDER: &str = "backups";

/// How many of one second can be told apart.
const MAX_IN_A_SECOND: u32 = 1000;

/// Places by age, newest first: how many, and the seconds of which each is the last generation. What is left of
/// `MAX_BACKUPS` goes to the newest of the others.
const TIERS: [(usize, i64); 4] = [(3, 0), (3, 3600), (2, 24 * 3600), (2, 7 * 24 * 3600)];

/// One generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// When it was made, seconds since 1970.
    pub time: i64,
    /// Length in bytes.
    pub len: u64,
    pub path: PathBuf,
}

/// Where the generations lie.
pub fn folder_in(project_folder: &Path) -> PathBuf {
    project_folder.join(FOLDER)
}

/// The generations in `project_folder` (of `Folders::project`), newest first.
pub fn list(project_folder: &Path) -> Result<Vec<Backup>, FileError> {
    Ok(numbered(&project_folder.join(FOLDER))?.into_iter().map(|(_, backup)| backup).collect())
}

/// Copies `source` as the newest generation, made at `now` (seconds since 1970), and thins the older ones.
///
/// `None` if the newest one has the same content already.
pub fn add(project_folder: &Path, source: &Path, now: i64) -> Result<Option<Backup>, FileError> {
    let folder = project_folder.join(FOLDER);
    folders::make_private(&folder)?;
    let before = numbered(&folder)?;
    if let Some((_, newest)) = before.first()
        && newest.len == files::stamp(source)?.len
        && files::hash_of_file(&newest.path)? == files::hash_of_file(source)?
    {
        return Ok(None);
    }
    let taken: BTreeSet<(i64, u32)> = before.iter().map(|(number, backup)| (backup.time, *number)).collect();
    // The last of this second, not the first free one: order is age.
    let number = taken.range((now, 0)..=(now, MAX_IN_A_SECOND)).next_back().map_or(1, |(_, last)| last + 1);
    let path = folder.join(name(now, number));
    files::copy_base(source, &path)?;
    let len = files::stamp(&path)?.len;
    thin(&folder)?;
    Ok(Some(Backup { time: now, len, path }))
}

fn thin(folder: &Path) -> Result<(), FileError> {
    let backups = numbered(folder)?;
    let times: Vec<i64> = backups.iter().map(|(_, backup)| backup.time).collect();
    let kept = kept(&times);
    for (_, (_, backup)) in backups.iter().enumerate().filter(|(idx, _)| !kept.contains(idx)) {
        // One too many is no harm, and it is tried again at the next save.
        if let Err(error) = fs::remove_file(&backup.path) {
            tracing::warn!("cannot remove the old backup `{}`: {error}", backup.path.display());
        }
    }
    Ok(())
}

/// Which of `times` (newest first) are kept, by index.
///
/// Hours, days and weeks are those of the calendar, not of age: else a generation would move from slot to slot with
/// every save and none would ever grow old.
fn kept(times: &[i64]) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    for (places, slot_secs) in TIERS {
        let end = kept.len() + places;
        for (idx, time) in times.iter().enumerate() {
            let same_slot = |other: &usize| {
                let other = times.get(*other).copied().unwrap_or(i64::MIN);
                slot_secs > 0 && other.div_euclid(slot_secs) == time.div_euclid(slot_secs)
            };
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

fn name(time: i64, number: u32) -> String {
    // No colon: some file systems do not take it.
    let time = clock::utc(time).replace(':', "-");
    if number == 1 { format!("{time}.ron") } else { format!("{time}_{number}.ron") }
}

/// Time and number of a generation, by the name that `name` gave it.
fn parsed(name: &str) -> Option<(i64, u32)> {
    let stem = name.strip_suffix(".ron")?;
    let (time, number) = match stem.split_once('_') {
        Some((time, number)) => (time, number.parse().ok()?),
        None => (stem, 1),
    };
    let (day, of_day) = time.split_once('T')?;
    Some((clock::secs_of_utc(&format!("{day}T{}", of_day.replace('-', ":")))?, number))
}

fn numbered(folder: &Path) -> Result<Vec<(u32, Backup)>, FileError> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|e| FileError::reading(folder, "listing backups", e))?,
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| FileError::reading(folder, "listing backups", e))?;
        let Some((time, number)) = entry.file_name().to_str().and_then(parsed) else { continue };
        let Ok(found) = entry.metadata() else { continue }; // thinned by another window just now
        if found.is_file() {
            backups.push((number, Backup { time, len: found.len(), path: entry.path() }));
        }
    }
    backups.sort_by_key(|(number, backup)| std::cmp::Reverse((backup.time, *number)));
    Ok(backups)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;
    const DAY: i64 = 24 * HOUR;

    #[test]
    fn names_are_read_back() {
        let check = |time: i64, number: u32, want: &str| {
            assert_eq!(name(time, number), want);
            assert_eq!(parsed(want), Some((time, number)));
        };
        check(0, 1, "1970-01-01T00-00-00Z.ron");
        check(1_795_428_672, 1, "2026-11-23T10-11-12Z.ron");
        check(1_795_428_672, 12, "2026-11-23T10-11-12Z_12.ron");
        for other in ["", ".ron", "notes.txt", ".2026-11-23T10-11-12Z.ron.allegata-new", "2026-11-23.ron"] {
            assert_eq!(parsed(other), None, "{other}");
        }
    }

    #[test]
    fn thinning() {
        let now = 1_000 * 7 * DAY + 3 * DAY + 12 * HOUR + 1800;
        let check = |ages: &[i64], want: &[usize]| {
            let times: Vec<i64> = ages.iter().map(|age| now - age).collect();
            assert_eq!(kept(&times).into_iter().collect::<Vec<_>>(), want, "{ages:?}");
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
    }

    #[test]
    fn months_of_saving_keep_old_generations() {
        let start = 1_700_000_000;
        let mut times: Vec<i64> = Vec::new();
        for minute in (0..60 * 24 * 60).step_by(2).filter(|minute| minute % (24 * 60) < 8 * 60) {
            times.insert(0, start + minute * 60);
            let kept = kept(&times);
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

    #[test]
    fn the_same_content_is_one_generation() {
        let dir = tempfile::tempdir().unwrap();
        let source = dir.path().join("a.ron");
        let save = |text: &str, now: i64| {
            fs::write(&source, text).unwrap();
            add(dir.path(), &source, now).unwrap().is_some()
        };
        assert_eq!(list(dir.path()).unwrap(), []);
        assert!(save("one", 100));
        assert!(!save("one", 101));
        assert!(save("two", 101));
        assert!(save("one", 101));
        let texts = list(dir.path())
            .unwrap()
            .iter()
            .map(|b| fs::read_to_string(&b.path).unwrap())
            .collect::<Vec<_>>();
        assert_eq!(texts, ["one", "two", "one"]);
        for second in 0..30 {
            save(&format!("text {second}"), 200 + second);
        }
        assert_eq!(list(dir.path()).unwrap().len(), MAX_BACKUPS);
        assert_eq!(fs::read_dir(dir.path().join(FOLDER)).unwrap().count(), MAX_BACKUPS);
        assert_eq!(list(dir.path()).unwrap()[0].time, 229);
    }
}
