//! Shows a file where it lies, in the window that the desktop has for that.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A program that is still there after so long shows the folder itself, and goes when the person closes it.
const PATIENCE: Duration = Duration::from_secs(2);
const BREATH: Duration = Duration::from_millis(20);

/// Has the desktop show a file in its folder, or a folder.
pub fn show(path: &Path) -> Result<(), String> {
    let (program, arguments) = program(path);
    let hint = format!("it is in `{}`", folder(path).display());
    let failed = |error| format!("the folder cannot be shown, `{program}`: {error}\0hint: {hint}");
    let mut child = Command::new(program).args(arguments).stdin(Stdio::null()).spawn().map_err(failed)?;
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        match child.try_wait().map_err(failed)? {
            None => thread::sleep(BREATH),
            // The one of Windows never says that it went well.
            Some(status) if status.success() || cfg!(windows) => return Ok(()),
            Some(_) => return Err(format!("`{program}` cannot show the folder\0hint: {hint}")),
        }
    }
    Ok(())
}

/// What shows it: macOS and Windows mark the file in its folder, others have a program for folders alone.
fn program(path: &Path) -> (&'static str, Vec<OsString>) {
    if cfg!(target_os = "macos") {
        return ("open", vec!["-R".into(), path.into()]);
    }
    if cfg!(windows) {
        let mut argument = OsString::from("/select,");
        argument.push(path);
        return ("explorer", vec![argument]);
    }
    ("xdg-open", vec![folder(path).into()])
}

/// The folder itself, or the one that a file is in.
fn folder(path: &Path) -> &Path {
    if path.is_dir() { path } else { path.parent().unwrap_or(path) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_shown_in_its_folder_and_a_folder_is_shown() {
        let home = tempfile::tempdir().unwrap();
        let (inner, file) = (home.path().join("gold"), home.path().join("gold.csv"));
        fs::create_dir(&inner).unwrap();
        fs::write(&file, "").unwrap();
        assert_eq!((folder(&file), folder(&inner)), (home.path(), inner.as_path()));
        assert_eq!(folder(&home.path().join("gone.csv")), home.path());
    }
}
