//! Shows a file where it lies, in the window that the desktop has for that.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// Has the desktop show a file in its folder, or a folder; waits for the program that does it.
pub fn show(path: &Path) -> Result<(), String> {
    let (program, arguments) = program(path);
    let hint = format!("it is in `{}`", folder(path).display());
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        // The one of Windows never says that it went well.
        Ok(status) if status.success() || cfg!(windows) => Ok(()),
        Ok(_) => Err(format!("`{program}` cannot show the folder\0hint: {hint}")),
        Err(error) => Err(format!("the folder cannot be shown, `{program}`: {error}\0hint: {hint}")),
    }
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
