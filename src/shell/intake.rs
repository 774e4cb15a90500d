//! Articles from files and folders: what to read, what came of it. Nothing stops at a file that cannot be read.

use crate::formats;
use crate::formats::arrivals::{self, Arrival, ArrivalError};
use crate::formats::articles::MAX_ARTICLE_BYTES;
use crate::model::article::{Article, Meta};
use crate::model::ids::ArticleId;
use crate::model::plan;
use crate::model::project::Project;
use crate::session::job::Arrived;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::text::rules::Settings;
use std::fs;
use std::path::{Path, PathBuf};

/// UTF-16 takes two bytes for one; a reader says more exactly what is too long.
const MAX_FILE_BYTES: u64 = 2 * MAX_ARTICLE_BYTES as u64 + 4;

/// Folders in folders that are looked into.
const MAX_DEPTH: usize = 32;

/// What is said of files beside what stands in them.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub meta: Meta,
    /// Whether a sentence may begin in lower case.
    pub lower_case: bool,
}

/// What came of files, each with the name that it was given by.
#[derive(Debug, Default)]
pub struct Intake {
    /// In the order read; their places in the project are not given yet.
    pub articles: Vec<(String, Article)>,
    pub skipped: Vec<Twin>,
    /// Files that could not be read, each with the reason.
    pub refused: Vec<(String, String)>,
    pub warnings: Vec<(String, String)>,
    /// Projects among them: they are opened, not taken in.
    pub projects: Vec<PathBuf>,
    /// Files in folders that are no articles by their names.
    pub n_left: usize,
    /// Cuts in sentences longer than any may be.
    pub n_cut: usize,
}

/// An article that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    pub file: String,
    pub title: String,
    pub id: ArticleId,
}

/// Files to be read, in order, and what could not be listed.
#[derive(Debug, Default)]
pub struct Gathered {
    pub files: Vec<PathBuf>,
    /// Folders that could not be read, each with the reason.
    pub refused: Vec<(String, String)>,
    pub n_left: usize,
}

/// Lists the files that paths name: a file as it is, of a folder all articles in it, in the order of their names.
///
/// Hidden files are left out, links to folders not followed.
pub fn gather(paths: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for path in paths {
        if path.is_dir() {
            let before = gathered.files.len() + gathered.refused.len();
            gather_folder(path, MAX_DEPTH, &mut gathered);
            if gathered.files.len() + gathered.refused.len() == before {
                let folder = path.display();
                let why = format!(
                    "no articles in this folder: `{folder}` hint: articles are `.txt` and `.md` files"
                );
                gathered.refused.push((folder.to_string(), why));
            }
        } else {
            gathered.files.push(path.clone());
        }
    }
    gathered
}

fn gather_folder(folder: &Path, depth: usize, gathered: &mut Gathered) {
    let list = || -> std::io::Result<Vec<(PathBuf, bool)>> {
        let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        let mut paths = Vec::with_capacity(entries.len());
        for entry in entries {
            paths.push((entry.path(), entry.file_type()?.is_dir()));
        }
        paths.sort();
        Ok(paths)
    };
    let paths = match list() {
        Ok(paths) => paths,
        Err(error) => {
            let why =
                format!("the folder cannot be read, {error}: `{}` hint: ask its owner", folder.display());
            gathered.refused.push((folder.display().to_string(), why));
            return;
        }
    };
    for (path, is_folder) in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if is_folder {
            match depth.checked_sub(1) {
                Some(depth) => gather_folder(&path, depth, gathered),
                None => gathered.n_left += 1,
            }
        } else if formats::is_article(&name) {
            gathered.files.push(path);
        } else {
            gathered.n_left += 1;
        }
    }
}

/// Reads files into a project and sorts out what it has already. `step` is told how many are done before each.
pub fn read(
    gathered: Gathered,
    project: &mut Project,
    said: &Said,
    mut step: impl FnMut(usize, &Path),
) -> Intake {
    let mut intake = Intake { refused: gathered.refused, n_left: gathered.n_left, ..Intake::default() };
    for (n_done, path) in gathered.files.iter().enumerate() {
        step(n_done, path);
        match files::read(path, MAX_FILE_BYTES) {
            Ok(bytes) => take_in(&mut intake, project, path, &bytes, said),
            Err(error) => intake.refused.push((path.display().to_string(), error.to_string())),
        }
    }
    intake
}

/// Takes the articles of one file's bytes into a project. What has no file, the standard input, is named `-`.
pub fn take_in(intake: &mut Intake, grown: &mut Project, path: &Path, bytes: &[u8], said: &Said) {
    let shown = path.display().to_string();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = if path == Path::new("-") { "".into() } else { name };
    let settings = settings_for(grown, said);
    let (arrivals, warnings) = match arrivals::read(&name, bytes, &said.meta, settings) {
        Ok(read) => read,
        Err(ArrivalError::Project) => {
            intake.projects.push(path.to_owned());
            return;
        }
        Err(error) => {
            intake.refused.push((shown, located(&error.to_string(), path)));
            return;
        }
    };
    intake.warnings.extend(warnings.into_iter().map(|warning| (shown.clone(), warning.0)));
    for Arrival { article, n_cut } in arrivals {
        if let Some(there) = arrivals::twin(grown, &article) {
            let title = there.shown_title().to_owned();
            intake.skipped.push(Twin { file: shown.clone(), title, id: there.id.clone() });
            continue;
        }
        let article = arrivals::with_free_id(grown, article);
        match grown.apply(plan::add_article(grown, article.clone())) {
            Ok(_) => {
                intake.articles.push((shown.clone(), article));
                intake.n_cut += n_cut;
            }
            Err(refusal) => intake.refused.push((shown.clone(), refusal.to_string())),
        }
    }
}

/// How articles are split that come into a project.
fn settings_for<'a>(project: &'a Project, said: &'a Said) -> Settings<'a> {
    Settings {
        lang: said.meta.lang.as_deref(),
        lower_case: said.lower_case,
        never_end_after: project.never_end_after(),
    }
}

/// Reads what paths name, as the window wants it.
pub fn read_paths(paths: &[PathBuf], project: &Project) -> Arrived {
    // Two files can hold the same article: each is looked for among those before it too.
    let mut grown = project.clone();
    let intake = read(gather(paths), &mut grown, &Said::default(), |_, _| {});
    let mut warnings: Vec<String> =
        intake.warnings.into_iter().map(|(file, warning)| format!("{warning}: `{file}`")).collect();
    if intake.n_left > 0 {
        warnings.push(left_out(intake.n_left));
    }
    Arrived {
        articles: intake.articles.into_iter().map(|(_, article)| article).collect(),
        skipped: intake.skipped.into_iter().map(|twin| format!("{} ({})", twin.file, twin.title)).collect(),
        refused: intake.refused.into_iter().map(|(_, why)| why).collect(),
        warnings,
        projects: intake.projects,
    }
}

/// How the files that a folder holds beside its articles are said.
pub fn left_out(n: usize) -> String {
    let files =
        if n == 1 { "1 file in the folder is".to_owned() } else { format!("{n} files in the folder are") };
    format!("{files} left out: articles are `.txt` and `.md` files")
}

/// Puts a path into a message: last, before the hint.
fn located(message: &str, path: &Path) -> String {
    match message.split_once(" hint: ") {
        Some((what, hint)) => format!("{what}: `{}` hint: {hint}", path.display()),
        None => format!("{message}: `{}`", path.display()),
    }
}

/// Reads a whole stream as if it were a file of that name.
pub fn read_stream(stream: impl std::io::Read, name: &Path) -> Result<Vec<u8>, FileError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let read = stream.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    match read {
        Err(source) => Err(FileError::Other { doing: "reading", path: name.to_owned(), source }),
        Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => {
            Err(FileError::TooLarge { path: name.to_owned(), len: bytes.len() as u64, max: MAX_FILE_BYTES })
        }
        Ok(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::ProjectId;
    use crate::model::project::Parts;

    fn empty() -> Project {
        Project::assemble(Parts::new(ProjectId::new("p"), "P")).unwrap()
    }

    #[test]
    fn files_and_folders_come_in_and_the_rest_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("in/deep")).unwrap();
        fs::write(at("in/b.txt"), "The firm denies it.").unwrap();
        fs::write(at("in/a.md"), "# Fire\n\nIt burnt.").unwrap();
        fs::write(at("in/deep/again.TXT"), "The  firm\ndenies it.\n").unwrap();
        fs::write(at("in/deep/page.html"), "<p>").unwrap();
        fs::write(at("in/.hidden.txt"), "Hidden.").unwrap();
        fs::write(at("in/empty.txt"), "").unwrap();
        fs::write(at("p.ron"), "(").unwrap();
        fs::create_dir(at("nothing")).unwrap();
        let paths = [at("in"), at("missing.txt"), at("p.ron"), at("nothing")];
        let arrived = read_paths(&paths, &empty());
        let titles: Vec<_> = arrived.articles.iter().map(Article::shown_title).collect();
        assert_eq!(titles, ["Fire", "The firm denies it."]);
        assert_eq!(arrived.skipped, [format!("{} (The firm denies it.)", at("in/deep/again.TXT").display())]);
        assert_eq!(arrived.projects, [at("p.ron")]);
        let [nothing, empty, missing] = &arrived.refused[..] else { panic!("{:?}", arrived.refused) };
        assert!(nothing.starts_with("no articles in this folder: `"), "{nothing}");
        assert!(empty.starts_with("the file is empty: `") && empty.contains("empty.txt` hint: "), "{empty}");
        assert!(missing.starts_with("no such file: `"), "{missing}");
        assert_eq!(
            arrived.warnings,
            ["1 file in the folder is left out: articles are `.txt` and `.md` files"]
        );
    }

    #[test]
    fn articles_are_split_with_the_abbreviations_of_their_project() {
        let mut parts = Parts::new(ProjectId::new("p"), "P");
        parts.never_end_after = vec!["Xyz".to_owned(), "z. B.".to_owned()];
        let project = Project::assemble(parts).unwrap();
        let meta = Meta { lang: Some("de".to_owned()), ..Meta::default() };
        let said = Said { meta, lower_case: true };
        let settings = settings_for(&project, &said);
        assert_eq!(settings.never_end_after, ["Xyz", "z. B."]);
        assert_eq!((settings.lang, settings.lower_case), (Some("de"), true));
    }

    #[test]
    fn what_a_project_has_is_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "It burnt.").unwrap();
        let mut project = empty();
        let first = read_paths(std::slice::from_ref(&path), &project);
        project.apply(plan::add_article(&project, first.articles[0].clone())).unwrap();
        let again = read_paths(&[path], &project);
        assert_eq!((again.articles.len(), again.skipped.len()), (0, 1));
    }
}
