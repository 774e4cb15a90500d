//! Where the browser is: a folder, what fits in it, the row in hand and the rows that are chosen.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::formats::datasets::incoming;
use crate::formats::report::Form;
use crate::formats::{self, Writes};
use crate::session::job::Question;
use crate::shell::places::{self, Entry};
use crate::text::fold::fold;

/// What is shown besides what fits.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Also {
    pub hidden: bool,
    pub all_files: bool,
}

/// A folder as it is shown. The disk is asked when the folder is entered, and never else.
#[derive(Debug, Default)]
pub struct Walk {
    pub folder: PathBuf,
    /// Why the folder cannot be shown.
    pub trouble: Option<String>,
    pub also: Also,
    /// Place of the row in hand.
    pub cursor: usize,
    /// Chosen files, by name.
    pub marked: BTreeSet<String>,
    /// Where a run of chosen rows began.
    anchor: usize,
    entries: Vec<Entry>,
    /// Places in `entries`.
    shown: Vec<usize>,
}

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row<'a> {
    /// The folder itself, where a folder is asked for.
    Here,
    Entry(&'a Entry),
}

/// What `Enter` would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Enter(PathBuf),
    Choose(Vec<PathBuf>),
    /// Take this name for the file to be written.
    Name(String),
    /// Nothing, for this reason.
    Nothing(&'static str),
}

impl Walk {
    /// Reads a folder and shows it; `from` is the name of the row to begin at.
    pub fn enter(&mut self, folder: &Path, question: Question, from: Option<&str>) {
        folder.clone_into(&mut self.folder);
        self.marked.clear();
        self.cursor = 0;
        self.anchor = 0;
        match places::list(folder) {
            Ok(entries) => {
                self.entries = entries;
                self.trouble = None;
            }
            Err(why) => {
                self.entries.clear();
                self.trouble = Some(why);
            }
        }
        self.pick(question);
        if let Some(name) = from {
            self.go_to_name(question, |entry| entry.name == name);
        }
    }

    /// Goes to the folder around this one, at the row of where one was.
    pub fn leave(&mut self, question: Question) -> bool {
        let Some(parent) = self.folder.parent().map(Path::to_owned) else { return false };
        let name = self.folder.file_name().map(|name| name.to_string_lossy().into_owned());
        self.enter(&parent, question, name.as_deref());
        true
    }

    pub fn show_also(&mut self, also: Also, question: Question) {
        let name = match self.row(question, self.cursor) {
            Some(Row::Entry(entry)) => Some(entry.name.clone()),
            _ => None,
        };
        self.also = also;
        self.pick(question);
        self.cursor = self.cursor.min(self.n_rows(question).saturating_sub(1));
        if let Some(name) = name {
            self.go_to_name(question, |entry| entry.name == name);
        }
    }

    /// Works out what is shown, in the order of the folder.
    fn pick(&mut self, question: Question) {
        let fits = |entry: &Entry| {
            let file = match question {
                Question::AddFolder | Question::HandOutFolder | Question::DatasetFolder => false,
                _ => self.also.all_files || fits(question, &entry.name),
            };
            (self.also.hidden || !entry.is_hidden()) && (entry.is_folder || file)
        };
        self.shown =
            self.entries.iter().enumerate().filter(|(_, entry)| fits(entry)).map(|(idx, _)| idx).collect();
        let kept: BTreeSet<String> = self
            .shown
            .iter()
            .filter_map(|idx| self.entries.get(*idx))
            .map(|entry| entry.name.clone())
            .collect();
        self.marked.retain(|name| kept.contains(name));
    }

    pub fn n_rows(&self, question: Question) -> usize {
        self.shown.len() + usize::from(has_here(question) && self.trouble.is_none())
    }

    /// How many files of the folder are not shown because they do not fit.
    pub fn n_left_out(&self) -> usize {
        let n = self.entries.iter().filter(|entry| self.also.hidden || !entry.is_hidden()).count();
        n.saturating_sub(self.shown.len())
    }

    pub fn row(&self, question: Question, at: usize) -> Option<Row<'_>> {
        if has_here(question) && self.trouble.is_none() {
            match at.checked_sub(1) {
                None => return Some(Row::Here),
                Some(at) => return self.entry(at).map(Row::Entry),
            }
        }
        self.entry(at).map(Row::Entry)
    }

    fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(*self.shown.get(at)?)
    }

    /// Moves the row in hand; with `extend` the files between are chosen.
    pub fn go(&mut self, question: Question, to: usize, extend: bool) {
        self.cursor = to.min(self.n_rows(question).saturating_sub(1));
        if extend && takes_several(question) {
            let (from, upto) = (self.anchor.min(self.cursor), self.anchor.max(self.cursor));
            self.marked.clear();
            for at in from..=upto {
                if let Some(Row::Entry(entry)) = self.row(question, at)
                    && !entry.is_folder
                {
                    let name = entry.name.clone();
                    self.marked.insert(name);
                }
            }
        } else {
            self.anchor = self.cursor;
        }
    }

    /// Chooses the file in hand, or takes it out again.
    pub fn mark(&mut self, question: Question) {
        self.anchor = self.cursor;
        let Some(Row::Entry(entry)) = self.row(question, self.cursor) else { return };
        if entry.is_folder || !takes_several(question) {
            return;
        }
        let name = entry.name.clone();
        if !self.marked.remove(&name) {
            self.marked.insert(name);
        }
    }

    /// Chooses every file that is shown.
    pub fn mark_all(&mut self, question: Question) {
        self.marked = (0..self.n_rows(question))
            .filter_map(|at| match self.row(question, at)? {
                Row::Entry(entry) if !entry.is_folder => Some(entry.name.clone()),
                _ => None,
            })
            .collect();
    }

    /// Goes to the next row that begins with this letter, round the end.
    pub fn go_to_letter(&mut self, question: Question, letter: char) {
        let wanted = fold(&letter.to_string());
        let n = self.n_rows(question);
        let found = (1..=n).map(|step| (self.cursor + step) % n.max(1)).find(|at| {
            matches!(self.row(question, *at), Some(Row::Entry(entry)) if fold(&entry.name).starts_with(&wanted))
        });
        if let Some(at) = found {
            self.go(question, at, false);
        }
    }

    /// Goes to the first row that begins with what is typed; false if there is none.
    pub fn go_to_begun(&mut self, question: Question, begun: &str) -> bool {
        let wanted = fold(begun);
        self.go_to_name(question, |entry| fold(&entry.name).starts_with(&wanted))
    }

    fn go_to_name(&mut self, question: Question, is: impl Fn(&Entry) -> bool) -> bool {
        let found = (0..self.n_rows(question))
            .find(|at| matches!(self.row(question, *at), Some(Row::Entry(entry)) if is(entry)));
        if let Some(at) = found {
            self.go(question, at, false);
        }
        found.is_some()
    }

    /// What `Enter` does on the row in hand, or with the chosen ones.
    pub fn act(&self, question: Question) -> Act {
        if !self.marked.is_empty() {
            return Act::Choose(self.marked.iter().map(|name| self.folder.join(name)).collect());
        }
        match self.row(question, self.cursor) {
            Some(Row::Here) => Act::Choose(vec![self.folder.clone()]),
            Some(Row::Entry(entry)) if entry.is_folder => Act::Enter(self.folder.join(&entry.name)),
            Some(Row::Entry(entry)) if is_written(question) => Act::Name(entry.name.clone()),
            Some(Row::Entry(entry)) => Act::Choose(vec![self.folder.join(&entry.name)]),
            None => Act::Nothing("nothing here can be chosen"),
        }
    }
}

/// Whether several files may be chosen at once.
pub fn takes_several(question: Question) -> bool {
    matches!(question, Question::AddArticles | Question::TeamFiles | Question::CompareFiles)
}

/// Whether a file is to be written, so that it needs a name.
pub fn is_written(question: Question) -> bool {
    matches!(question, Question::SaveAs | Question::Summary | Question::Codebook | Question::Export(_))
        || matches!(question, Question::Report(form) if form != Form::Folder)
        || matches!(question, Question::Figures | Question::Chart(..))
}

pub fn has_here(question: Question) -> bool {
    matches!(
        question,
        Question::AddFolder
            | Question::HandOutFolder
            | Question::DatasetFolder
            | Question::Report(Form::Folder)
    )
}

/// Whether a file is of the kind that is asked for.
fn fits(question: Question, name: &str) -> bool {
    let ending = |endings: &[&str]| {
        let found = Path::new(name).extension();
        found.is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
    };
    match question {
        Question::OpenProject
        | Question::SaveAs
        | Question::TeamFiles
        | Question::CompareFiles
        | Question::Copy
        | Question::Scheme
        | Question::OverMine => ending(&["ron"]),
        Question::Codebook => ending(&["md", "ron"]),
        Question::AddArticles => formats::is_article(name),
        Question::Summary => ending(&["md"]),
        Question::Report(form) => form.ending().is_some_and(|own| ending(&[own])),
        Question::AddFolder | Question::HandOutFolder | Question::DatasetFolder => false,
        Question::Dataset => incoming::may_be(name),
        Question::Figures => ending(&["csv"]),
        Question::Chart(..) => ending(&["svg"]),
        Question::Export(_) => {
            formats::written_by_name(name).is_some_and(|f| matches!(f.writes, Writes::Dataset(_)))
        }
    }
}

/// The name with the ending that it is written under: what is asked about is what is written.
pub fn with_ending(question: Question, name: &str) -> String {
    let name = name.trim();
    match question {
        Question::Codebook if !fits(question, name) => format!("{name}.md"),
        Question::SaveAs if !fits(question, name) => format!("{name}.allegata.ron"),
        Question::Summary if !fits(question, name) => format!("{name}.md"),
        Question::Figures if !fits(question, name) => format!("{name}.csv"),
        Question::Chart(..) if !fits(question, name) => format!("{name}.svg"),
        Question::Report(form) if !fits(question, name) => {
            let ending = form.ending().map(|ending| format!(".{ending}"));
            format!("{name}{}", ending.unwrap_or_default())
        }
        Question::Export(id) => formats::by_id(id).map_or_else(
            || name.to_owned(),
            |format| format.named(Path::new(name)).to_string_lossy().into_owned(),
        ),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::svg::Width;
    use crate::session::review::agreement::Picture;
    use std::fs;

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["news", "old"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        for file in ["a.txt", "b.md", "c.txt", "p.ron", "x.csv", ".h.txt", "z.pdf"] {
            fs::write(dir.path().join(file), "").unwrap();
        }
        dir
    }

    fn walk(question: Question, also: Also) -> (tempfile::TempDir, Walk) {
        let dir = folder();
        let mut walk = Walk { also, ..Walk::default() };
        walk.enter(dir.path(), question, None);
        (dir, walk)
    }

    fn names(walk: &Walk, question: Question) -> String {
        let name = |at| match walk.row(question, at) {
            Some(Row::Entry(entry)) => entry.name.clone(),
            Some(Row::Here) => "here".to_owned(),
            None => "nothing".to_owned(),
        };
        (0..walk.n_rows(question)).map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_fits_is_shown() {
        let check = |question, hidden, all_files, want: &str| {
            let (_dir, walk) = walk(question, Also { hidden, all_files });
            assert_eq!(names(&walk, question), want);
        };
        check(Question::OpenProject, false, false, "news old p.ron");
        check(Question::AddArticles, false, false, "news old a.txt b.md c.txt x.csv z.pdf");
        check(Question::AddArticles, true, false, "news old .h.txt a.txt b.md c.txt x.csv z.pdf");
        check(Question::AddArticles, false, true, "news old a.txt b.md c.txt p.ron x.csv z.pdf");
        check(Question::AddFolder, false, true, "here news old");
        check(Question::SaveAs, false, false, "news old p.ron");
        check(Question::Export("jsonl"), false, false, "news old x.csv");
    }

    #[test]
    fn rows_are_chosen() {
        let question = Question::AddArticles;
        let (dir, mut walk) = walk(question, Also::default());
        let chosen = |walk: &Walk| walk.marked.iter().cloned().collect::<Vec<_>>().join(" ");
        walk.mark(question);
        assert_eq!(chosen(&walk), "", "a folder is not chosen");
        assert_eq!(walk.act(question), Act::Enter(dir.path().join("news")));
        walk.go_to_letter(question, 'B');
        walk.mark(question);
        assert_eq!(chosen(&walk), "b.md");
        walk.go(question, 4, true);
        assert_eq!(chosen(&walk), "b.md c.txt");
        walk.go(question, 0, true);
        assert_eq!(chosen(&walk), "a.txt b.md");
        walk.go(question, 4, false);
        walk.mark(question);
        walk.mark(question);
        assert_eq!(walk.act(question), Act::Choose(vec![dir.path().join("a.txt"), dir.path().join("b.md")]));
    }

    #[test]
    fn one_comes_back_to_where_one_was() {
        let question = Question::OpenProject;
        let (dir, mut walk) = walk(question, Also::default());
        walk.enter(&dir.path().join("old"), question, None);
        assert_eq!(walk.act(question), Act::Nothing("nothing here can be chosen"));
        assert!(walk.leave(question));
        assert_eq!(walk.act(question), Act::Enter(dir.path().join("old")));
        walk.enter(&dir.path().join("nowhere"), question, None);
        assert!(walk.trouble.is_some());
        assert_eq!(walk.n_rows(question), 0);
    }

    #[test]
    fn names_get_their_ending() {
        let check = |question, name, want| assert_eq!(with_ending(question, name), want);
        check(Question::SaveAs, "work", "work.allegata.ron");
        check(Question::Figures, "v1.2", "v1.2.csv");
        check(Question::Figures, "figures.CSV", "figures.CSV");
        check(Question::Chart(Picture::OverTime, Width::Page), "drift", "drift.svg");
        check(Question::SaveAs, " work.RON ", "work.RON");
        check(Question::Export("csv"), " labels ", "labels.csv");
        check(Question::Export("jsonl"), "labels", "labels.jsonl");
        check(Question::Export("csv"), "labels.jsonl", "labels.jsonl");
        check(Question::Export("jsonl"), "v1.2", "v1.2");
        check(Question::Export("csv"), "out.xlsx", "out.xlsx");
    }
}
