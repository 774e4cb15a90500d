//! The files of a dataset that comes in.

use crate::analysis::incoming::looking;
use crate::analysis::incoming::taking::{self, Wish};
use crate::analysis::incoming::{Incoming, Left};
use crate::formats::datasets::incoming::{self, File, READERS, Source, Told, Unreadable};
use crate::formats::{self, Format};
use crate::formats::{JSONL, making, twin};
use crate::model::action::Action;
use crate::model::ids::{ProjectId, is_name};
use crate::model::project::Project;
use crate::session::filing::{UNTITLED, shown_name};
use crate::session::screens::importing::{Looked, Read};
use crate::session::watch::Watch;
use crate::shell::clock;
use crate::shell::file_error::FileError;
use crate::shell::files::{self, MAX_FILE_BYTES};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a folder of a dataset has: texts and annotations beside each other, Parquet below `data`.
const ENDINGS: [&str; 3] = ["txt", "ann", "parquet"];
const BELOW: &str = "data";

/// A file, or the `.txt`, `.ann` and `.parquet` files of a folder and of `data` in it, in the order of their names; and whether
/// it is a folder.
///
/// What is too large, one file or all together, is refused before it is read.
pub fn read(path: &Path) -> Result<(Vec<File>, bool), FileError> {
    if !path.is_dir() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok((vec![File { name, bytes: files::read(path, MAX_FILE_BYTES)? }], false));
    }
    let listed = |folder: &Path| -> std::io::Result<Vec<_>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths = listed(path).map_err(|error| FileError::reading(path, "listing", error))?;
    let below = path.join(BELOW);
    if below.is_dir() {
        paths.extend(listed(&below).map_err(|error| FileError::reading(&below, "listing", error))?);
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)));
    paths.sort();
    let (mut found, mut left) = (Vec::with_capacity(paths.len()), MAX_FILE_BYTES);
    for path in paths {
        let bytes = files::read(&path, left)?;
        left = left.saturating_sub(bytes.len() as u64);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(File { name, bytes });
    }
    Ok((found, true))
}

/// Reads a dataset by the reader `from`, or by the one that fits; and says which. An error is a message with its hint.
pub fn parsed(path: &Path, from: Option<&str>) -> Result<(&'static str, Incoming), String> {
    parsed_or_whole(path, from, Told::default()).map(|(from, incoming, _)| (from, incoming))
}

/// The same, and the whole project where the dataset is the twin of one.
fn parsed_or_whole(
    path: &Path,
    from: Option<&str>,
    told: Told<'_>,
) -> Result<(&'static str, Incoming, Option<Project>), String> {
    let (files, is_folder) = read(path).map_err(|error| error.to_string())?;
    let is_twin = |file: &&File| from.is_none_or(|from| from == JSONL.id) && twin::is_twin(&file.bytes);
    if let Some(file) = files.first().filter(is_twin) {
        let twin = twin::read(&file.bytes).map_err(|why| why.to_string())?;
        let mut incoming = twin::incoming(&twin.project);
        incoming.notes.extend(twin.unknown);
        incoming.left.extend(twin.mended.into_iter().map(|why| Left::new(0, why)));
        return Ok((JSONL.id, incoming, Some(twin.project)));
    }
    let source = Source { files: &files, is_folder, told };
    let shown = path.display();
    let reader = match from {
        Some(id) => incoming::by_id(id),
        None => incoming::guess(&shown_name(path), &source),
    };
    let reader = reader.ok_or_else(|| {
        let known = READERS.iter().map(|reader| format!("`{}`", reader.id)).collect::<Vec<_>>().join(", ");
        format!("what kind of dataset this is cannot be told: `{shown}`\0hint: `--from` names it: {known}")
    })?;
    fits(path, reader.id)?;
    let incoming = (reader.read)(&source).map_err(|why| why.to_string())?;
    Ok((reader.id, incoming, None))
}

/// Whether a folder is named where a folder is read, and a file where a file is.
pub fn fits(path: &Path, from: &str) -> Result<(), String> {
    let is_folder = path.is_dir();
    if is_folder == formats::by_id(from).is_some_and(Format::is_folder) || !path.exists() {
        return Ok(());
    }
    let hint =
        if is_folder { "a folder is `brat` or `hf`; else name the file in it" } else { "name its folder" };
    Err(format!("this is not read as `{from}`: `{}`\0hint: {hint}", path.display()))
}

/// The first of these files that is a dataset: sentences with labels.
pub fn among(paths: &[PathBuf]) -> Option<PathBuf> {
    let is_one = |path: &&PathBuf| {
        incoming::may_be(&shown_name(path))
            && parsed(path, None).is_ok_and(|(_, incoming)| incoming::is_labelled(&incoming))
    };
    paths.iter().find(is_one).cloned()
}

/// What would come of a dataset in a project; without one in that which is made of it.
pub fn look(
    project: Option<&Project>,
    (path, from): (&Path, Option<&'static str>),
    read: Option<Arc<Read>>,
    wish: &Wish,
    watch: &Watch,
) -> Result<Looked, String> {
    let go_on = || if watch.stops() { Err(Unreadable::Stopped.to_string()) } else { Ok(()) };
    let read = if let Some(read) = read {
        read
    } else {
        let parsed = parsed_or_whole(path, from, Told::of(&|| watch.row()));
        go_on()?;
        let (from, mut incoming, whole) = parsed?;
        let made = match (project, whole) {
            (Some(_), _) => None,
            (None, Some(whole)) => Some(whole),
            (None, None) => {
                let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                let title = title.filter(|title| is_name(title)).unwrap_or_else(|| UNTITLED.to_owned());
                Some(making::project(&mut incoming, ProjectId::new(clock::project_id()), &title)?)
            }
        };
        Arc::new(Read { from, incoming, made })
    };
    let Some(before) = project.or(read.made.as_ref()) else { return Err("no project is open".to_owned()) };
    go_on()?;
    let has = looking::has(before, &read.incoming);
    go_on()?;
    let taken = taking::take(before, &read.incoming, wish).map_err(|why| why.to_string());
    Ok(Looked { read, has, taken })
}

/// The project that is made of a dataset, with its answers.
pub fn made(read: &Read, action: Option<Action>) -> Result<Project, String> {
    let mut project = read.made.clone().ok_or_else(|| "no project was made of it".to_owned())?;
    if let Some(action) = action {
        project.apply(action).map_err(|refusal| refusal.to_string())?;
    }
    Ok(project)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::datasets::incoming::READERS;
    use crate::formats::datasets::outlet::Form;
    use crate::formats::datasets::rows::{Going, Layer};
    use crate::formats::datasets::what::What;
    use crate::model::ids::Stamp;
    use crate::model::sketch;

    #[test]
    fn every_reader_tells_of_its_rows_and_stops() {
        let drawn = "# A | Post\nHe lit it. [allegation] Rain, he says. [none] So be it. [fact]\n# B\nNothing. [fact]";
        let project = sketch::project(drawn, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let wish = Wish { adds_labels: true, ..Wish::new(Stamp(0)) };
        let home = tempfile::tempdir().unwrap();
        for reader in &READERS {
            let format = formats::by_id(reader.id).unwrap();
            let outlet = crate::formats::datasets::asked::outlet(format).unwrap();
            let what = What::usual(&outlet, Layer::Gold);
            let (path, going) = (
                home.path().join(format!("d-{}.{}", reader.id, format.ending())),
                Going::new(&project, &what),
            );
            match outlet.form {
                Form::File { write, .. } => {
                    drop(write(&going, &mut fs::File::create(&path).unwrap()).unwrap());
                }
                Form::Folder { write, .. } => {
                    let mut put = |name: &str, bytes: &[u8]| {
                        let to = path.join(name);
                        fs::create_dir_all(to.parent().unwrap())?;
                        fs::write(to, bytes)
                    };
                    drop(write(&going, &mut put).unwrap());
                }
            }
            let watch = Watch::default();
            let looked = look(Some(&project), (&path, Some(reader.id)), None, &wish, &watch);
            assert!(looked.is_ok(), "{}: {looked:?}", reader.id);
            assert_ne!(watch.says_rows(), "", "{} tells nobody", reader.id);
            let watch = Watch::default();
            watch.stop();
            let stopped = look(Some(&project), (&path, Some(reader.id)), None, &wish, &watch);
            assert_eq!(stopped.unwrap_err(), Unreadable::Stopped.to_string(), "{}", reader.id);
            assert_eq!(watch.says_rows(), "1 row read", "{} goes on", reader.id);
        }
    }
}
