//! Folders as a person walks through them: what is in one, where home is, how a name goes on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::shell::disk;
use crate::text::fold::fold;

/// One thing in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub is_folder: bool,
    /// In bytes; 0 for a folder.
    pub len: u64,
    /// Seconds since 1970, where the system knows.
    pub modified: Option<i64>,
}

impl Entry {
    pub fn is_hidden(&self) -> bool {
        self.name.starts_with('.')
    }
}

/// What is in a folder: folders first, then files, each by name. Links count as what they lead to; a link that leads
/// nowhere and a thing that is neither file nor folder are left out. `Err` is a sentence for the person.
pub fn list(folder: &Path) -> Result<Vec<Entry>, String> {
    let read = fs::read_dir(folder).map_err(|error| said(folder, &error))?;
    let mut entries: Vec<(bool, String, Entry)> = Vec::new();
    for found in read {
        let found = found.map_err(|error| said(folder, &error))?;
        let Ok(meta) = fs::metadata(found.path()) else { continue };
        if !meta.is_dir() && !meta.is_file() {
            continue;
        }
        let name = found.file_name().to_string_lossy().into_owned();
        let modified = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let entry = Entry {
            is_folder: meta.is_dir(),
            len: if meta.is_dir() { 0 } else { meta.len() },
            modified: modified.and_then(|at| i64::try_from(at.as_secs()).ok()),
            name,
        };
        entries.push((!entry.is_folder, fold(&entry.name), entry));
    }
    entries.sort_by(|a, b| (a.0, &a.1, &a.2.name).cmp(&(b.0, &b.1, &b.2.name)));
    Ok(entries.into_iter().map(|(_, _, entry)| entry).collect())
}

/// The person's own folder.
pub fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_dir())
}

/// The first of these folders that is there, else home, else the folder the program runs in.
pub fn start_folder<'a>(wanted: impl IntoIterator<Item = &'a Path>) -> PathBuf {
    wanted
        .into_iter()
        .find(|folder| folder.is_dir())
        .map(Path::to_owned)
        .or_else(home)
        .or_else(|| std::env::current_dir().ok())
        .unwrap_or_else(|| PathBuf::from("/"))
}

pub fn exists(path: &Path) -> bool {
    path.exists()
}

pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Makes a folder; `Err` is a sentence for the person.
pub fn make_folder(path: &Path) -> Result<(), String> {
    disk::make_folder(path, &fs::DirBuilder::new()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => "something of this name is there already".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not make a folder here".to_owned(),
        _ => format!("the folder cannot be made: {error}"),
    })
}

/// What a person typed as a path: `~` is home, and what is no whole path begins in `folder`.
pub fn typed(text: &str, folder: &Path) -> PathBuf {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('~')
        && (rest.is_empty() || rest.starts_with(std::path::is_separator))
        && let Some(home) = home()
    {
        return home.join(rest.trim_start_matches(std::path::is_separator));
    }
    folder.join(text)
}

/// A path typed so far with as much more of it as is certain: the letters that all fitting names share, and a
/// separator after the only folder that fits. Nothing when no name fits or the folder cannot be read.
pub fn completed(text: &str, folder: &Path) -> Option<String> {
    let (before, begun) = match text.rfind(std::path::is_separator) {
        Some(at) => text.split_at_checked(at + 1)?,
        None if text == "~" => return home().map(|_| format!("~{}", std::path::MAIN_SEPARATOR)),
        None => ("", text),
    };
    let looked = if before.is_empty() { folder.to_owned() } else { typed(before, folder) };
    let fits =
        |entry: &Entry| entry.name.starts_with(begun) && (!entry.is_hidden() || begun.starts_with('.'));
    let names: Vec<Entry> = list(&looked).ok()?.into_iter().filter(fits).collect();
    let (first, others) = names.split_first()?;
    let mut shared = first.name.clone();
    for other in others {
        let n = shared.chars().zip(other.name.chars()).take_while(|(a, b)| a == b).count();
        shared = shared.chars().take(n).collect();
    }
    let end = if others.is_empty() && first.is_folder { std::path::MAIN_SEPARATOR_STR } else { "" };
    let whole = format!("{before}{shared}{end}");
    (whole != text).then_some(whole)
}

fn said(folder: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::PermissionDenied => "this folder is closed to you".to_owned(),
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::NotADirectory => "this is a file, not a folder".to_owned(),
        _ => format!("this folder cannot be read: {error}"),
    };
    format!("{why} `{}`", folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["articles", "Archive", ".secret"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        for file in ["zebra.txt", "Ärger.md", "apple.txt", ".hidden.txt", "apple-pie.txt"] {
            fs::write(dir.path().join(file), "abc").unwrap();
        }
        dir
    }

    #[test]
    fn folders_first_then_names() {
        let dir = folder();
        let names: Vec<String> = list(dir.path()).unwrap().into_iter().map(|entry| entry.name).collect();
        assert_eq!(
            names,
            [
                ".secret",
                "Archive",
                "articles",
                ".hidden.txt",
                "apple-pie.txt",
                "apple.txt",
                "Ärger.md",
                "zebra.txt"
            ]
        );
        let file = list(dir.path()).unwrap().into_iter().find(|entry| entry.name == "zebra.txt").unwrap();
        assert_eq!((file.is_folder, file.len), (false, 3));
        assert!(file.modified.is_some_and(|at| at > 1_600_000_000));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let dir = folder();
        let check = |name: &str, want: &str| {
            let why = list(&dir.path().join(name)).unwrap_err();
            assert!(why.starts_with(want) && why.contains(name), "{why}");
        };
        check("nowhere", "there is no such folder");
        check("zebra.txt", "this is a file, not a folder");
    }

    #[cfg(unix)]
    #[test]
    fn a_closed_folder_is_said() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = folder();
        let closed = dir.path().join("articles");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let result = list(&closed);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        // The one who may do everything may read it all the same.
        if let Err(why) = result {
            assert!(why.starts_with("this folder is closed to you"), "{why}");
        }
    }

    #[test]
    fn names_are_completed() {
        let dir = folder();
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(completed(text, dir.path()).as_deref(), want, "{text}");
        };
        check("z", Some("zebra.txt"));
        check("art", Some("articles/"));
        check("app", Some("apple"));
        check("apple", None);
        check("apple.", Some("apple.txt"));
        check("q", None);
        check(".s", Some(".secret/"));
        check("a", None);
        let whole = format!("{}/ze", dir.path().display());
        assert_eq!(completed(&whole, Path::new("/")), Some(format!("{}/zebra.txt", dir.path().display())));
        assert_eq!(completed("nowhere/a", dir.path()), None);
    }

    #[test]
    fn typed_paths_begin_somewhere() {
        let check =
            |text: &str, want: &str| assert_eq!(typed(text, Path::new("/here")), Path::new(want), "{text}");
        check("a.txt", "/here/a.txt");
        check(" /b/c ", "/b/c");
        check("~x", "/here/~x");
        if let Some(home) = home() {
            assert_eq!(typed("~", Path::new("/here")), home);
            assert_eq!(typed("~/x", Path::new("/here")), home.join("x"));
        }
    }
}
