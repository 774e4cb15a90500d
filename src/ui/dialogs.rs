//! The desktop's own dialogs for files. They block: a job's thread asks, never the window's.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::formats::datasets::incoming;
use crate::formats::report::Form;
use crate::formats::{self, FORMATS, Reads};
use crate::session::Session;
use crate::session::filing::file_stem;
use crate::session::job::Question;
use crate::shell::places;

/// An answer of nothing that comes sooner than a person can press *Cancel*: nobody was there to ask.
const NO_SERVICE: Duration = Duration::from_millis(300);

/// What a dialog says and takes.
pub struct Kind {
    pub title: String,
    /// Name and endings of the files that fit; none where a folder is asked for.
    pub filter: Option<(&'static str, Vec<&'static str>)>,
}

/// What is asked for by a question.
pub fn kind(question: Question) -> Kind {
    let kind = |title: &str, filter| Kind { title: title.to_owned(), filter };
    let projects = Some(("Allegata projects", vec!["ron"]));
    match question {
        Question::OpenProject => kind("Open project", projects),
        Question::AddArticles => {
            let readers = FORMATS.iter().filter(|format| matches!(format.reads, Reads::Articles(_)));
            let endings = readers.flat_map(|format| format.extensions).copied().collect();
            kind("Add articles", Some(("Articles", endings)))
        }
        Question::AddFolder => kind("Add a folder of articles", None),
        Question::TeamFiles => kind("Add the files that coders sent", projects),
        Question::CompareFiles => kind("Choose the files to compare", projects),
        Question::OverMine => kind("Choose the colleague's file", projects),
        Question::Copy => kind("Copy to merge", projects),
        Question::HandOutFolder => kind("Folder for the files", None),
        Question::Scheme => kind("Scheme to take over", projects),
        Question::Codebook => kind("Export the codebook", Some(("Codebooks", vec!["md", "ron"]))),
        Question::SaveAs => kind("Save project as", projects),
        Question::Summary => kind("Save a summary", Some(("Markdown", vec!["md"]))),
        Question::Report(Form::Folder) => kind("Folder for the report", None),
        Question::Report(form) => {
            kind("Save the report", form.ending().map(|ending| (form.name(), vec![ending])))
        }
        Question::Dataset => {
            let readers = FORMATS.iter().filter(|format| incoming::by_id(format.id).is_some());
            let mut endings: Vec<_> =
                readers.filter(|format| !format.is_folder()).flat_map(|f| f.extensions).copied().collect();
            endings.sort_unstable();
            endings.dedup();
            kind("Import a dataset", Some(("Datasets", endings)))
        }
        Question::DatasetFolder => kind("Import a folder as a dataset", None),
        Question::Figures => kind("Save the figures", Some(("CSV", vec!["csv"]))),
        Question::Chart(..) => kind("Save the chart", Some(("SVG", vec!["svg"]))),
        Question::Export(id) => match formats::by_id(id) {
            Some(format) => {
                let title = format!("Export labels as {}", format.name);
                let filter = (!format.is_folder()).then(|| (format.name, format.extensions.to_vec()));
                Kind { title, filter }
            }
            None => kind("Export labels", None),
        },
    }
}

/// A dialog that is ready to be shown, above this window.
pub fn dialog(
    question: Question,
    folder: Option<&Path>,
    name: &str,
    above: Option<&winit::window::Window>,
) -> rfd::FileDialog {
    let Kind { title, filter } = kind(question);
    let mut dialog = rfd::FileDialog::new().set_title(&title);
    if let Some(window) = above {
        dialog = dialog.set_parent(window);
    }
    if let Some((words, endings)) = filter {
        dialog = dialog.add_filter(words, &endings);
    }
    if matches!(
        question,
        Question::OpenProject
            | Question::AddArticles
            | Question::TeamFiles
            | Question::CompareFiles
            | Question::Copy
            | Question::Dataset
            | Question::Scheme
    ) {
        dialog = dialog.add_filter("All files", &["*"]);
    }
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    if !name.is_empty() {
        dialog = dialog.set_file_name(name);
    }
    dialog
}

/// Asks the person for files; gives the paths, and whether there was nobody to ask. No path and somebody to ask means
/// that the person changed their mind. Blocks until the dialog is answered.
pub fn ask(question: Question, dialog: rfd::FileDialog) -> (Vec<PathBuf>, bool) {
    if !is_served() {
        return (Vec::new(), true);
    }
    let asked = Instant::now();
    let paths = match question {
        Question::OpenProject
        | Question::OverMine
        | Question::Copy
        | Question::Scheme
        | Question::Dataset => dialog.pick_file().map(|path| vec![path]),
        Question::AddArticles | Question::TeamFiles | Question::CompareFiles => dialog.pick_files(),
        Question::AddFolder
        | Question::HandOutFolder
        | Question::DatasetFolder
        | Question::Report(Form::Folder) => dialog.pick_folder().map(|path| vec![path]),
        Question::SaveAs
        | Question::Summary
        | Question::Report(_)
        | Question::Figures
        | Question::Chart(..)
        | Question::Codebook
        | Question::Export(_) => dialog.save_file().map(|path| vec![path]),
    };
    let no_service = paths.is_none() && asked.elapsed() < NO_SERVICE;
    (paths.unwrap_or_default(), no_service)
}

/// Whether anybody can ask: a portal may be there with nothing behind it, and answers nothing after a while.
#[cfg(target_os = "linux")]
fn is_served() -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let has_zenity = std::env::split_paths(&folders).any(|folder| folder.join("zenity").is_file());
    has_zenity || crate::ui::desktop::has_file_dialogs()
}

#[cfg(not(target_os = "linux"))]
fn is_served() -> bool {
    true
}

/// The folder in which a question begins, which is where the person was last, and the name that is offered for a new file.
pub fn start(session: &Session, question: Question) -> (Option<PathBuf>, String) {
    let here = session.desk().filter(|desk| !desk.is_untitled()).and_then(|desk| desk.path().parent());
    let mut placed = session.settings().recent.iter().filter(|row| !row.untitled);
    let before = placed.find_map(|row| row.path.parent());
    let last = session.settings().folder.as_deref().filter(|folder| places::is_folder(folder));
    let folder = last.or(here).or(before).map(Path::to_owned);
    (folder, name(session, question))
}

/// A name for a new file, after the project: `cold-chain-2025.allegata.ron`.
fn name(session: &Session, question: Question) -> String {
    let Some(desk) = session.desk() else { return String::new() };
    let title = file_stem(desk.project().title());
    match question {
        Question::SaveAs if !desk.is_untitled() => desk.file_name(),
        Question::SaveAs => format!("{title}.allegata.ron"),
        Question::Codebook => format!("{title}-codebook.md"),
        Question::Summary => format!("{title}-review.md"),
        Question::Report(form) => match form.ending() {
            Some(ending) => format!("{title}-reliability.{ending}"),
            None => String::new(),
        },
        Question::Figures => format!("{title}-agreement.csv"),
        Question::Chart(picture, width) => format!("{title}-{}-{}mm.svg", picture.file(), width.mm()),
        Question::Export(id) => match formats::by_id(id) {
            Some(format) if !format.is_folder() => format!("{title}.{}", format.ending()),
            _ => title,
        },
        _ => String::new(),
    }
}
