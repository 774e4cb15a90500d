//! Articles from files and folders: what to read, what came of it. Nothing stops at a file that cannot be read.

use crate::formats::articles::arrivals::{self, Arrival, ArrivalError, Arrivals};
use crate::formats::articles::batch::{self, Batch, Choices, FileRead, Row, Standing, taking};
use crate::formats::articles::found::{Asked, Column, Layout, Pieces};
use crate::formats::hashes::sha256_hex;
use crate::formats::reading::MAX_ARTICLE_BYTES;
use crate::formats::{self, Format};
use crate::model::article::{Article, Meta};
use crate::model::ids::ArticleId;
use crate::model::plan;
use crate::model::project::Project;
use crate::session::arriving::{Arrived, Coming};
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::jobs;
use crate::text::message::Message;
use crate::text::rules::Settings;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// UTF-16 takes two bytes for one; a reader says more exactly what is too long.
const MAX_FILE_BYTES: u64 = 2 * MAX_ARTICLE_BYTES as u64 + 4;

/// Files that are read at once: enough for many cores, and few that lie in memory together.
const AT_ONCE: usize = 64;

/// Folders in folders that are looked into.
const MAX_DEPTH: usize = 32;

/// What is said of files beside what stands in them.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub meta: Meta,
    /// The encoding of texts, by its name on the web; left out, it is found out.
    pub encoding: Option<String>,
    /// Which columns of tables hold what.
    pub columns: Vec<(Column, String)>,
    pub layout: Option<Layout>,
    pub pieces: Pieces,
    /// Whether a sentence may begin in lower case.
    pub lower_case: bool,
    /// How the standard input is read; otherwise it is guessed.
    pub format: Option<&'static Format>,
}

/// What came of files, each with the name that it was given by.
#[derive(Debug, Default)]
pub struct Intake {
    /// In the order read; their places in the project are not given yet.
    pub articles: Vec<Came>,
    pub skipped: Vec<Twin>,
    /// Files that could not be read, each with the reason.
    pub refused: Vec<(String, String)>,
    pub warnings: Vec<(String, String)>,
    /// Projects among them: they are opened, not taken in.
    pub projects: Vec<PathBuf>,
    pub passed: Passed,
    /// Cuts in sentences longer than any may be.
    pub n_cut: usize,
    /// The place of the last article in the project, once it was looked for.
    last_added: Option<u32>,
}

/// An article that came in.
#[derive(Debug)]
pub struct Came {
    pub file: String,
    pub article: Article,
    /// The language whose rules divided it.
    pub lang: String,
}

/// What a file gives: its articles, or why it has none.
type Read = Result<Arrivals, ArrivalError>;

/// An article that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    pub file: String,
    pub title: String,
    pub id: ArticleId,
}

/// Files that were read.
#[derive(Debug, Default)]
pub struct ReadFiles {
    pub files: Vec<FileRead>,
    /// Projects among them: they are opened, not taken in.
    pub projects: Vec<PathBuf>,
    /// Whether the rest was not wanted any more.
    pub is_stopped: bool,
}

/// Files to be read, in order, and what could not be listed.
#[derive(Debug, Default)]
pub struct Gathered {
    pub files: Vec<PathBuf>,
    /// Folders that could not be read, each with the reason.
    pub refused: Vec<(String, String)>,
    pub passed: Passed,
}

/// What was passed by in folders.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// Files that are no articles by their names.
    pub n_left: usize,
    /// Links that lead out of the folder, or nowhere.
    pub n_links: usize,
    /// Folders in more folders than are looked into.
    pub n_deep: usize,
}

/// A folder that was asked for, while it is looked through.
struct Root {
    /// Its own path, without links in it.
    path: PathBuf,
    /// Folders in it that were looked into, without links in their paths.
    met: BTreeSet<PathBuf>,
    /// Links, looked at when all that has its own name is known.
    links: Vec<PathBuf>,
}

/// Lists the files that paths name: a file as it is, of a folder all articles in it, in the order of their names.
///
/// Hidden files are left out. A link in a folder is followed to another place in it, where nothing else leads, and never out of it:
/// who packed the folder would choose what else of this computer comes in.
pub fn gather(paths: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for path in paths {
        if path.is_dir() {
            let n_said = |g: &Gathered| g.files.len() + g.refused.len() + g.passed.n_deep;
            let (before, n_files) = (n_said(&gathered), gathered.files.len());
            let mut root = Root {
                path: fs::canonicalize(path).unwrap_or_else(|_| path.clone()),
                met: BTreeSet::new(),
                links: Vec::new(),
            };
            gather_folder(path, MAX_DEPTH, &mut root, &mut gathered);
            gather_links(root, n_files, &mut gathered);
            if n_said(&gathered) == before {
                let folder = path.display();
                let why = format!(
                    "no articles in this folder: `{folder}`\0hint: names of articles end in {}",
                    formats::ARTICLES_END_IN
                );
                gathered.refused.push((folder.to_string(), why));
            }
        } else {
            gathered.files.push(path.clone());
        }
    }
    gathered
}

fn gather_folder(folder: &Path, depth: usize, root: &mut Root, gathered: &mut Gathered) {
    root.met.extend(fs::canonicalize(folder));
    let list = || -> std::io::Result<Vec<(PathBuf, fs::FileType)>> {
        let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        let mut paths = Vec::with_capacity(entries.len());
        for entry in entries {
            paths.push((entry.file_name(), entry.file_type()?));
        }
        paths.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(paths.into_iter().map(|(name, kind)| (folder.join(name), kind)).collect())
    };
    let paths = match list() {
        Ok(paths) => paths,
        Err(error) => {
            let why =
                format!("the folder cannot be read, {error}: `{}`\0hint: ask its owner", folder.display());
            gathered.refused.push((folder.display().to_string(), why));
            return;
        }
    };
    for (path, kind) in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if kind.is_symlink() {
            root.links.push(path);
        } else if kind.is_dir() {
            match depth.checked_sub(1) {
                Some(depth) => gather_folder(&path, depth, root, gathered),
                None => gathered.passed.n_deep += 1,
            }
        } else if formats::is_article(&name) {
            gathered.files.push(path);
        } else {
            gathered.passed.n_left += 1;
        }
    }
}

/// The links of a folder, whose files are those from a place on: what they lead to comes once.
fn gather_links(mut root: Root, from: usize, gathered: &mut Gathered) {
    if root.links.is_empty() {
        return;
    }
    let files = gathered.files.iter().skip(from);
    root.met.extend(files.filter_map(|file| fs::canonicalize(file).ok()));
    for link in std::mem::take(&mut root.links) {
        let target = fs::canonicalize(&link).ok().filter(|target| target.starts_with(&root.path));
        let name = link.file_name().unwrap_or_default().to_string_lossy();
        match target {
            Some(target) if root.met.contains(&target) => {}
            Some(target) if target.is_file() && formats::is_article(&name) => {
                root.met.insert(target);
                gathered.files.push(link);
            }
            Some(target) if target.is_file() => gathered.passed.n_left += 1,
            _ => gathered.passed.n_links += 1,
        }
    }
}

/// Reads files, on all cores, before anything is asked of a project. `step` is told how many are done before each; if it says
/// `false`, no more are read.
pub fn read_files(
    files: &[PathBuf],
    project: &Project,
    said: &Said,
    mut step: impl FnMut(usize, &Path) -> bool,
) -> ReadFiles {
    let settings = settings_for(project.never_end_after(), said);
    let mut read = ReadFiles::default();
    let mut n_done = 0;
    for some in files.chunks(AT_ONCE) {
        let reads = jobs::cores().map(some.len(), |idx| {
            let path = some.get(idx)?;
            let bytes = files::read(path, MAX_FILE_BYTES);
            Some(bytes.map(|bytes| (sha256_hex(&bytes), read_one(path, &bytes, said, settings))))
        });
        for (path, one) in some.iter().zip(reads.into_iter().flatten()) {
            if !step(n_done, path) {
                read.is_stopped = true;
                return read;
            }
            n_done += 1;
            match one {
                Ok((sha256, one)) => read.push(path, Some(sha256), one),
                Err(error) => read.refuse(path, None, error.to_string()),
            }
        }
    }
    read
}

impl ReadFiles {
    /// What the bytes of a file gave. What has no file, the standard input, is named `-`.
    pub fn push_bytes(&mut self, path: &Path, bytes: &[u8], project: &Project, said: &Said) {
        let read = read_one(path, bytes, said, settings_for(project.never_end_after(), said));
        self.push(path, Some(sha256_hex(bytes)), read);
    }

    fn push(&mut self, path: &Path, sha256: Option<String>, read: Read) {
        let name = path.display().to_string();
        match read {
            Err(ArrivalError::Project) => self.projects.push(path.to_owned()),
            Err(error) => self.refuse(path, sha256, located(&error.to_string(), path)),
            Ok(read) => self.files.push(FileRead { name, sha256, read: Ok(read) }),
        }
    }

    fn refuse(&mut self, path: &Path, sha256: Option<String>, why: String) {
        self.files.push(FileRead { name: path.display().to_string(), sha256, read: Err(why) });
    }
}

/// Reads files into a project, on all cores, and sorts out in their order what it has already. `step` is told how many are
/// done before each.
pub fn read(
    gathered: Gathered,
    project: &mut Project,
    said: &Said,
    mut step: impl FnMut(usize, &Path),
) -> Intake {
    let Gathered { files, refused, passed } = gathered;
    let mut intake = Intake { refused, passed, ..Intake::default() };
    let never_end_after = project.never_end_after().to_vec();
    let settings = settings_for(&never_end_after, said);
    let mut n_done = 0;
    for some in files.chunks(AT_ONCE) {
        let reads = jobs::cores().map(some.len(), |idx| {
            let path = some.get(idx)?;
            let bytes = files::read(path, MAX_FILE_BYTES);
            Some(bytes.map(|bytes| read_one(path, &bytes, said, settings)))
        });
        for (path, read) in some.iter().zip(reads.into_iter().flatten()) {
            step(n_done, path);
            n_done += 1;
            match read {
                Ok(read) => take(&mut intake, project, path, read),
                Err(error) => intake.refused.push((path.display().to_string(), error.to_string())),
            }
        }
    }
    intake
}

/// Takes the articles of one file's bytes into a project. What has no file, the standard input, is named `-`.
pub fn take_in(intake: &mut Intake, grown: &mut Project, path: &Path, bytes: &[u8], said: &Said) {
    let read = read_one(path, bytes, said, settings_for(grown.never_end_after(), said));
    take(intake, grown, path, read);
}

fn read_one(path: &Path, bytes: &[u8], said: &Said, settings: Settings<'_>) -> Read {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = if path == Path::new("-") { "".into() } else { name };
    let format = said.format.filter(|_| path == Path::new("-"));
    let Said { encoding, columns, layout, pieces, .. } = said;
    let (encoding, layout, pieces) = (encoding.as_deref(), *layout, *pieces);
    let asked = Asked { settings, encoding, columns, layout, pieces };
    arrivals::read(&name, format, bytes, &said.meta, asked)
}

/// Sorts out what came of one file.
fn take(intake: &mut Intake, grown: &mut Project, path: &Path, read: Read) {
    let shown = path.display().to_string();
    let Arrivals { articles: arrivals, warnings, .. } = match read {
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
    for Arrival { article, lang, n_cut, .. } in arrivals {
        if let Some(there) = arrivals::twin(grown, &article) {
            let title = there.shown_title().to_owned();
            intake.skipped.push(Twin { file: shown.clone(), title, id: there.id.clone() });
            continue;
        }
        let article = arrivals::with_free_id(grown, article);
        // Counted on: looking for the last place among all, article by article, takes the square of their number.
        let added = intake.last_added.unwrap_or_else(|| plan::n_added(grown)).saturating_add(1);
        match grown.apply(plan::take_in(article.clone(), added)) {
            Ok(_) => {
                intake.last_added = Some(added);
                intake.articles.push(Came { file: shown.clone(), article, lang });
                intake.n_cut += n_cut;
            }
            Err(refusal) => intake.refused.push((shown.clone(), refusal.to_string())),
        }
    }
}

/// How articles are split that come into a project.
fn settings_for<'a>(never_end_after: &'a [String], said: &'a Said) -> Settings<'a> {
    Settings { lang: said.meta.lang.as_deref(), lower_case: said.lower_case, never_end_after }
}

/// Reads what paths name, as the window wants it: plain articles at once, all else to be looked at.
pub fn read_paths(paths: &[PathBuf], project: &Project, today: &str) -> Arrived {
    let gathered = gather(paths);
    let read = read_files(&gathered.files, project, &Said::default(), |_, _| true);
    let batch = batch::batch(&read.files, project, &Choices::default(), today);
    let notes: Vec<String> = left_out(gathered.passed).collect();
    let folder = match paths {
        [one] if one.is_dir() => std::path::absolute(one).ok(),
        _ => None,
    };
    let folder = folder.and_then(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()));
    let refused = gathered.refused.iter().map(|(_, why)| why.clone());
    let refused = refused.chain(read.files.iter().filter_map(|file| file.read.as_ref().err().cloned()));
    let refused: Vec<String> = refused.collect();
    let plain = batch.is_plain(&read.files).then(|| plain(&batch, &read.files));
    let coming =
        Coming { files: read.files, refused: refused.clone(), notes: notes.clone(), folder: folder.clone() };
    let coming = Some((Arc::new(coming), Arc::new(batch)));
    match plain {
        Some(mut plain) => {
            plain.warnings.extend(notes);
            Arrived { refused, folder, projects: read.projects, coming, ..plain }
        }
        None => Arrived { projects: read.projects, coming, ..Arrived::default() },
    }
}

/// What of files that are plain comes in, and what is said of the others.
fn plain(batch: &Batch, files: &[FileRead]) -> Arrived {
    let source = |row: &Row| files.get(row.key.file).map_or("", |file| file.name.as_str());
    let skipped = batch.rows.iter().filter_map(|row| match &row.standing {
        Standing::There { title, .. } => Some(format!("{} ({title})", source(row))),
        _ => None,
    });
    let warnings = files.iter().filter_map(|file| Some((&file.name, file.read.as_ref().ok()?)));
    let warnings = warnings
        .flat_map(|(name, read)| read.warnings.iter().map(move |warning| format!("{}: `{name}`", warning.0)));
    Arrived {
        articles: batch.coming().map(|row| row.article.clone()).collect(),
        skipped: skipped.collect(),
        warnings: warnings.collect(),
        account: Some(taking::taking(batch, files, |_| true)),
        ..Arrived::default()
    }
}

/// How it is said what folders hold beside the articles that came in.
pub fn left_out(passed: Passed) -> impl Iterator<Item = String> {
    let of = |n: usize, what: &str| match n {
        1 => format!("1 {what} in the folder is left out"),
        n => format!("{n} {what}s in the folder are left out"),
    };
    let (n, n_links) = (passed.n_left, passed.n_links);
    let files =
        (n > 0).then(|| format!("{}: names of articles end in {}", of(n, "file"), formats::ARTICLES_END_IN));
    let they = if n_links == 1 { "it leads" } else { "they lead" };
    let links = (n_links > 0).then(|| format!("{}: {they} out of it, or nowhere", of(n_links, "link")));
    let deep = match passed.n_deep {
        0 => None,
        1 => Some("1 folder is left out".to_owned()),
        n => Some(format!("{n} folders are left out")),
    };
    let deep = deep.map(|deep| {
        format!(
            "{deep}, more than {MAX_DEPTH} folders deep\0hint: name a folder that is nearer to the articles"
        )
    });
    files.into_iter().chain(links).chain(deep)
}

/// Puts a path into a message: last, before the hint.
fn located(message: &str, path: &Path) -> String {
    Message::of(message).and(&format!(": `{}`", path.display()))
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

    const TODAY: &str = "2026-06-01";

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
        fs::write(at("in/deep/page.dat"), "<p>").unwrap();
        fs::write(at("in/.hidden.txt"), "Hidden.").unwrap();
        fs::write(at("in/empty.txt"), "").unwrap();
        fs::write(at("p.ron"), "(").unwrap();
        fs::create_dir(at("nothing")).unwrap();
        let paths = [at("in"), at("missing.txt"), at("p.ron"), at("nothing")];
        let arrived = read_paths(&paths, &empty(), TODAY);
        let titles: Vec<_> = arrived.articles.iter().map(Article::shown_title).collect();
        assert_eq!(titles, ["Fire", "The firm denies it."]);
        assert_eq!(arrived.skipped, [format!("{} (The firm denies it.)", at("in/deep/again.TXT").display())]);
        assert_eq!(arrived.projects, [at("p.ron")]);
        let [nothing, empty, missing] = &arrived.refused[..] else { panic!("{:?}", arrived.refused) };
        assert!(nothing.starts_with("no articles in this folder: `"), "{nothing}");
        assert!(empty.starts_with("the file is empty: `") && empty.contains("empty.txt`\0hint: "), "{empty}");
        assert!(missing.starts_with("no such file: `"), "{missing}");
        assert_eq!(
            arrived.warnings,
            [format!(
                "1 file in the folder is left out: names of articles end in {}",
                formats::ARTICLES_END_IN
            )]
        );
    }

    #[test]
    #[cfg(unix)]
    fn links_lead_nowhere_out_of_a_folder() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let at = |name: &str| outer.path().join(name);
        fs::create_dir_all(at("in/deep/er")).unwrap();
        fs::create_dir_all(at("in-side")).unwrap();
        fs::create_dir_all(at("in/.hidden/in")).unwrap();
        for (name, text) in [
            ("diary.txt", "Dear diary."),
            ("in-side/note.txt", "A note."),
            ("in/z.txt", "It burnt."),
            ("in/deep/er/b.md", "It rained."),
            ("in/.draft.txt", "It snowed."),
            ("in/.hidden/in/c.txt", "It froze."),
            ("in/data.dat", "It thawed."),
        ] {
            fs::write(at(name), text).unwrap();
        }
        let outside = at("diary.txt");
        for (target, link) in [
            // Out of the folder, by each way there is.
            ("../diary.txt", "in/up.txt"),
            (outside.to_str().unwrap(), "in/absolute.txt"),
            ("deep/../../diary.txt", "in/round.txt"),
            ("../../../diary.txt", "in/deep/er/nested.txt"),
            ("..", "in/folder"),
            ("../in-side", "in/neighbour"),
            ("up.txt", "in/chain.txt"),
            ("folder/diary.txt", "in/through.txt"),
            // Nowhere.
            ("nothing.txt", "in/broken.txt"),
            ("self.txt", "in/self.txt"),
            // Hidden, and no other way there.
            (".hidden", "in/shown"),
            // To what has a name of its own in the folder.
            ("z.txt", "in/a.txt"),
            ("deep", "in/again"),
            (".", "in/deep/loop"),
            ("../..", "in/deep/er/all"),
            // To what has none.
            (".draft.txt", "in/draft.txt"),
            (".draft.txt", "in/draft-2.txt"),
            ("data.dat", "in/data.txt"),
            ("data.dat", "in/more.dat"),
        ] {
            symlink(target, at(link)).unwrap();
        }
        let check = |folder: &Path| {
            let gathered = gather(&[folder.to_owned()]);
            let names: Vec<_> = gathered
                .files
                .iter()
                .map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap())
                .collect();
            assert_eq!(names, ["deep/er/b.md", "z.txt", "data.txt", "draft-2.txt"]);
            assert_eq!((gathered.passed.n_links, gathered.passed.n_left, gathered.refused), (11, 1, vec![]));
        };
        check(&at("in"));
        // The folder may be named by a link, or round about.
        symlink("in", at("link")).unwrap();
        check(&at("link"));
        check(&at("in/deep/.."));
        let arrived = read_paths(&[at("in")], &empty(), TODAY);
        assert!(
            arrived
                .warnings
                .contains(&"11 links in the folder are left out: they lead out of it, or nowhere".to_owned()),
            "{:?}",
            arrived.warnings
        );
    }

    #[test]
    fn what_lies_too_deep_is_said_to() {
        let folder = tempfile::tempdir().unwrap();
        let at = |n_folders: usize| {
            (0..n_folders).fold(folder.path().to_owned(), |path, n| path.join(n.to_string()))
        };
        fs::create_dir_all(at(40)).unwrap();
        fs::write(at(40).join("a.txt"), "He left.").unwrap();
        let arrived = read_paths(&[folder.path().to_owned()], &empty(), TODAY);
        let want = "1 folder is left out, more than 32 folders deep\0hint: name a folder that is nearer to the articles";
        assert_eq!((arrived.warnings, arrived.refused), (vec![want.to_owned()], vec![]));
        assert_eq!(read_paths(&[at(20)], &empty(), TODAY).articles.len(), 1);
    }

    #[test]
    fn articles_are_split_with_the_abbreviations_of_their_project() {
        let mut parts = Parts::new(ProjectId::new("p"), "P");
        parts.never_end_after = vec!["Xyz".to_owned(), "z. B.".to_owned()];
        let project = Project::assemble(parts).unwrap();
        let meta = Meta { lang: Some("de".to_owned()), ..Meta::default() };
        let said = Said { meta, lower_case: true, ..Said::default() };
        let settings = settings_for(project.never_end_after(), &said);
        assert_eq!(settings.never_end_after, ["Xyz", "z. B."]);
        assert_eq!((settings.lang, settings.lower_case), (Some("de"), true));
    }

    #[test]
    fn many_files_come_in_one_after_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let n_files = 3 * AT_ONCE + 5;
        for n in 0..n_files {
            let words = if n % 50 == 7 { String::new() } else { format!("Part {}.", n - n % 50 / 49) };
            fs::write(folder.path().join(format!("{n:04}.txt")), words).unwrap();
        }
        let mut project = empty();
        let mut steps = Vec::new();
        let gathered = gather(&[folder.path().to_owned()]);
        let intake = read(gathered, &mut project, &Said::default(), |n_done, path| {
            steps.push((n_done, path.file_stem().unwrap().to_string_lossy().into_owned()));
        });
        assert!(steps.into_iter().eq((0..n_files).map(|n| (n, format!("{n:04}")))));
        assert!(intake.articles.iter().map(|came| &came.file).is_sorted());
        assert_eq!((intake.articles.len(), intake.skipped.len(), intake.refused.len()), (190, 3, 4));
        let titles = intake.articles.iter().map(|came| came.article.shown_title());
        let mut added: Vec<_> = project.articles().collect();
        added.sort_by_key(|article| article.added);
        assert!(added.iter().map(|article| article.shown_title()).eq(titles));
        assert!(added.iter().map(|article| article.added).eq(1..=190));
    }

    #[test]
    fn what_a_project_has_is_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "It burnt.").unwrap();
        let mut project = empty();
        let first = read_paths(std::slice::from_ref(&path), &project, TODAY);
        project.apply(plan::add_article(&project, first.articles[0].clone())).unwrap();
        let again = read_paths(&[path], &project, TODAY);
        assert_eq!((again.articles.len(), again.skipped.len()), (0, 1));
    }
}
