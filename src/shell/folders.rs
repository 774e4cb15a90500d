//! Where this user's journals, backups and settings lie.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use sha2::{Digest as _, Sha256};

use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;

/// The name of our folder in the user's own ones.
const OURS: &str = "allegata";

/// The longest project id that is taken as a folder's name, in bytes.
const MAX_ID_BYTES: usize = 64;

/// The two folders of this user, closed to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Journals, bases, backups, untitled projects: a folder for each project.
    pub state: PathBuf,
    /// The settings.
    pub config: PathBuf,
}

impl Folders {
    /// The folders of this user, made if need be; `ALLEGATA_STATE_DIR` and `ALLEGATA_CONFIG_DIR` go first.
    pub fn find() -> Result<Self, FileError> {
        Self::named()?.made()
    }

    /// The folders of this user as `find` has them, for who only reads: nothing is made, so they may not be there.
    pub fn named() -> Result<Self, FileError> {
        let usual = etcetera::choose_base_strategy().ok();
        let named = |variable: &str| std::env::var_os(variable).filter(|v| !v.is_empty()).map(PathBuf::from);
        let state = named("ALLEGATA_STATE_DIR").or_else(|| {
            let usual = usual.as_ref()?;
            Some(usual.state_dir().unwrap_or_else(|| usual.data_dir()).join(OURS))
        });
        let config = named("ALLEGATA_CONFIG_DIR").or_else(|| Some(usual.as_ref()?.config_dir().join(OURS)));
        let (Some(state), Some(config)) = (state, config) else { return Err(FileError::NoHome) };
        Ok(Self { state, config })
    }

    /// Both folders inside `path`.
    pub fn at(path: &Path) -> Result<Self, FileError> {
        Self { state: path.join("state"), config: path.join("config") }.made()
    }

    /// The folder of one project in the state folder, made if need be.
    ///
    /// The id comes out of a file that anybody may have written: one that is no plain name is replaced by its hash.
    pub fn project(&self, id: &str) -> Result<PathBuf, FileError> {
        let folder = self.place_of(id);
        make_private(&folder)?;
        Ok(folder)
    }

    /// Where `project` has the folder of this project; nothing is made.
    pub fn place_of(&self, id: &str) -> PathBuf {
        self.state.join(folder_name(id))
    }

    fn made(self) -> Result<Self, FileError> {
        let made = |folder: &Path, what, variable| {
            make_private(folder).map_err(|error| {
                let why = match error {
                    FileError::FolderReadOnly(_) => "its place takes none".to_owned(),
                    FileError::FolderGone(_) => "its place is no folder".to_owned(),
                    FileError::Full(_) => "the disk is full".to_owned(),
                    FileError::Other { source, .. } => source.to_string(),
                    error => return error,
                };
                FileError::NoFolder { path: folder.into(), what, why, variable }
            })
        };
        made(&self.state, "journals and backups", "ALLEGATA_STATE_DIR")?;
        made(&self.config, "settings", "ALLEGATA_CONFIG_DIR")?;
        Ok(self)
    }
}

/// Makes a folder and those above it, new ones closed to other users.
pub(in crate::shell) fn make_private(folder: &Path) -> Result<(), FileError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    match disk::make_folder(folder, &builder) {
        Err(e)
            if e.kind() == io::ErrorKind::AlreadyExists
                && fs::metadata(folder).is_ok_and(|m| m.is_file()) =>
        {
            let source = io::Error::other("a file has this name");
            Err(FileError::Other { doing: "making a folder", path: folder.into(), source })
        }
        made => made.map_err(|e| FileError::writing(folder, "making a folder", e)),
    }
}

fn folder_name(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let is_name =
        !id.is_empty() && id.len() <= MAX_ID_BYTES && !id.starts_with('.') && id.chars().all(is_plain);
    if is_name { id.into() } else { format!("id-{}", files::hex(&Sha256::digest(id.as_bytes()))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_leads_out_of_the_state_folder() {
        let check = |id: &str, plain: bool| {
            let name = folder_name(id);
            assert_eq!(name == id, plain, "{id:?}");
            assert_eq!(Path::new(&name).components().count(), 1, "{id:?}");
            assert!(!name.starts_with('.'), "{id:?}");
        };
        check("0192f3c4-5a6b-7c8d-9e0f-112233445566", true);
        check("a_b.c", true);
        check("", false);
        check("..", false);
        check(".hidden", false);
        check("../../etc", false);
        check("a/b", false);
        check("a\\b", false);
        check("ä", false);
        check(&"x".repeat(64), true);
        check(&"x".repeat(65), false);
        assert_ne!(folder_name("a/b"), folder_name("a/c"));
    }

    #[test]
    fn a_folder_that_cannot_be_used_says_what_it_is_for() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        for state in [file.clone(), file.join("below")] {
            let folders = Folders { state: state.clone(), config: dir.path().join("config") };
            let said = folders.made().unwrap_err().to_string();
            assert!(
                said.starts_with("no folder for journals and backups, ")
                    && said.ends_with("to another folder"),
                "{said}"
            );
            assert!(
                said.contains(&format!("`{}`\0hint: set `ALLEGATA_STATE_DIR`", state.display())),
                "{said}"
            );
        }
        let said = Folders { state: dir.path().join("state"), config: file }.made().unwrap_err().to_string();
        assert!(
            said.starts_with("no folder for settings, ") && said.contains("`ALLEGATA_CONFIG_DIR`"),
            "{said}"
        );
    }

    #[test]
    fn folders_are_closed_to_others() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::at(dir.path()).unwrap();
        let project = folders.project("p1").unwrap();
        assert_eq!(project, dir.path().join("state/p1"));
        assert_eq!(folders.project("p1").unwrap(), project);
        #[cfg(unix)]
        for folder in [&folders.state, &folders.config, &project] {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700, "{folder:?}");
        }
        fs::write(dir.path().join("state/p2"), "a file in the way").unwrap();
        assert!(folders.project("p2").is_err());
    }
}
