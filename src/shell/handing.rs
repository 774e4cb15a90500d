//! The files that are handed out: all of them or none, and never in the place of another.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

use crate::formats::project;
use crate::model::project::Project;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::replace::{self, Expected};

/// Whether none of these names is taken in the folder, which need not be there.
pub fn are_free<'a>(folder: &Path, names: impl IntoIterator<Item = &'a str>) -> Result<(), FileError> {
    if fs::metadata(folder).is_ok_and(|found| !found.is_dir()) {
        return Err(FileError::NoFolderHere(folder.into()));
    }
    for name in names {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(FileError::NameTaken(path));
        }
    }
    Ok(())
}

/// Writes the files into the folder, which is made if it is not there. After an error none of them is left.
pub fn write(folder: &Path, files: &[(String, Project)]) -> Result<Vec<PathBuf>, FileError> {
    are_free(folder, files.iter().map(|(name, _)| name.as_str()))?;
    if !folder.exists() {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        disk::make_folder(folder, &builder)
            .map_err(|error| FileError::writing(folder, "making a folder", error))?;
    }
    let mut written = Vec::with_capacity(files.len());
    for (name, file) in files {
        let path = folder.join(name);
        let bytes = project::write(file);
        match replace::save(&path, bytes.as_bytes(), Expected::Nothing, &mut |_| Ok(())) {
            Ok(_) => written.push(path),
            Err(error) => {
                take_back(&written);
                return Err(error);
            }
        }
    }
    Ok(written)
}

/// Removes files that were written a moment ago, since the project could not remember them.
pub fn take_back(written: &[PathBuf]) {
    for path in written {
        if let Err(error) = disk::remove(path) {
            tracing::warn!("a file handed out stays: {error}: `{}`", path.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::ProjectId;
    use crate::model::project::Parts;

    #[test]
    fn all_files_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("out/wave");
        let project = Project::assemble(Parts::new(ProjectId::new("p"), "P")).unwrap();
        let files: Vec<_> = ["a.ron", "b.ron"].map(|name| (name.to_owned(), project.clone())).into();
        assert_eq!(write(&to, &files).unwrap(), [to.join("a.ron"), to.join("b.ron")]);
        let names = || {
            let mut names: Vec<_> =
                fs::read_dir(&to).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(names(), ["a.ron", "b.ron"], "nothing else lies there");
        fs::remove_file(to.join("a.ron")).unwrap();
        fs::write(to.join("b.ron"), "mine").unwrap();
        assert!(matches!(write(&to, &files), Err(FileError::NameTaken(_))));
        assert_eq!((names().len(), fs::read(to.join("b.ron")).unwrap()), (1, b"mine".to_vec()));
        // The second cannot be written: the first goes again.
        let bad = [files[0].clone(), ("no/such/b.ron".to_owned(), project)];
        assert!(write(&to, &bad).is_err());
        assert_eq!(names(), ["b.ron"]);
    }
}
