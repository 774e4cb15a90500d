//! The desktop's own dialogs for files. They block: a job's thread asks, never the window's.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::session::Session;
use crate::session::job::Question;

/// An answer of nothing that comes sooner than a person can press *Cancel*: nobody was there to ask.
const NO_SERVICE: Duration = Duration::from_millis(300);
/// The longest name that is made up for a file, in characters.
const MAX_NAME: usize = 60;

/// What a dialog says and takes.
pub struct Kind {
    pub title: &'static str,
    /// Name and endings of the files that fit; empty where a folder is asked for.
    pub filters: &'static [(&'static str, &'static [&'static str])],
}

/// What is asked for by a question.
pub fn kind(question: Question) -> Kind {
    match question {
        Question::OpenProject => Kind { title: "Open project", filters: &[("Allegata projects", &["ron"])] },
        Question::AddArticles => Kind {
            title: "Add articles",
            filters: &[("Articles: text, Markdown", &["txt", "md", "markdown"])],
        },
        Question::AddFolder => Kind { title: "Add a folder of articles", filters: &[] },
        Question::SaveAs => Kind { title: "Save project as", filters: &[("Allegata projects", &["ron"])] },
        Question::Export => {
            Kind { title: "Export labels", filters: &[("CSV table", &["csv"]), ("JSON lines", &["jsonl"])] }
        }
    }
}

/// Asks the person for files; gives the paths, and whether there was nobody to ask. No path and somebody to ask means
/// that the person changed their mind. Blocks until the dialog is answered.
pub fn ask(question: Question, folder: Option<&Path>, name: &str) -> (Vec<PathBuf>, bool) {
    let Kind { title, filters } = kind(question);
    let mut dialog = rfd::FileDialog::new().set_title(title);
    for (words, endings) in filters {
        dialog = dialog.add_filter(*words, endings);
    }
    if matches!(question, Question::OpenProject | Question::AddArticles) {
        dialog = dialog.add_filter("All files", &["*"]);
    }
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    if !name.is_empty() {
        dialog = dialog.set_file_name(name);
    }
    let asked = Instant::now();
    let paths = match question {
        Question::OpenProject => dialog.pick_file().map(|path| vec![path]),
        Question::AddArticles => dialog.pick_files(),
        Question::AddFolder => dialog.pick_folder().map(|path| vec![path]),
        Question::SaveAs | Question::Export => dialog.save_file().map(|path| vec![path]),
    };
    let no_service = paths.is_none() && asked.elapsed() < NO_SERVICE;
    (paths.unwrap_or_default(), no_service)
}

/// The folder in which a question begins, where the project says one, and the name that is offered for a new file.
pub fn start(session: &Session, question: Question) -> (Option<PathBuf>, String) {
    let here = session.desk().filter(|desk| !desk.is_untitled()).and_then(|desk| desk.path().parent());
    let mut placed = session.settings().recent.iter().filter(|row| !row.untitled);
    let before = placed.find_map(|row| row.path.parent());
    let folder = here.or(before).map(Path::to_owned);
    (folder, name(session, question))
}

/// A name for a new file, after the project: `cold-chain-2025.allegata.ron`.
fn name(session: &Session, question: Question) -> String {
    let Some(desk) = session.desk() else { return String::new() };
    let title = file_stem(desk.project().title());
    match question {
        Question::SaveAs if !desk.is_untitled() => desk.file_name(),
        Question::SaveAs => format!("{title}.allegata.ron"),
        Question::Export => format!("{title}.csv"),
        _ => String::new(),
    }
}

/// A title as the name of a file that every system takes: letters and digits, lower case, joined by `-`.
fn file_stem(title: &str) -> String {
    let mut stem = String::new();
    for c in title.chars().flat_map(char::to_lowercase).take(MAX_NAME) {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.ends_with('-') && !stem.is_empty() {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "project".to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_titles() {
        let check = |title: &str, want: &str| assert_eq!(file_stem(title), want, "{title}");
        check("Cold chain 2025", "cold-chain-2025");
        check("  What / now? ", "what-now");
        check("Żurek: pół na pół", "żurek-pół-na-pół");
        check("../../etc", "etc");
        check("…", "project");
        check("", "project");
    }
}
