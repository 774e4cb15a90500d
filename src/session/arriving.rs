//! Articles that come in: what came of reading them, and a text that was pasted, which comes in as a file of plain text does.

use crate::formats;
use crate::formats::articles::arrivals;
use crate::formats::articles::batch::taking::Taking;
use crate::formats::articles::batch::{Batch, FileRead};
use crate::model::article::Article;
use crate::model::ids::is_name;
use crate::model::mending::{self, Field};
use crate::model::project::Project;
use crate::session::desk::Desk;
use crate::session::filing::UNTITLED;
use crate::text::rules::Settings;
use std::path::PathBuf;
use std::sync::Arc;

/// Articles that were read, and what was wrong with others.
#[derive(Debug, Default)]
pub struct Arrived {
    pub articles: Vec<Article>,
    /// Articles already there: file and title.
    pub skipped: Vec<String>,
    /// Files that could not be read, each with the reason.
    pub refused: Vec<String>,
    pub warnings: Vec<String>,
    /// The folder that they are all from, if one was named: by it an untitled project is called.
    pub folder: Option<String>,
    /// Project files among the paths.
    pub projects: Vec<PathBuf>,
    /// Files and what of them came in, for the record, where they may come in unseen.
    pub account: Option<Taking>,
    /// The files to be looked at before they come in, which pasted text has not; without an `account` they have to be.
    pub coming: Option<(Arc<Coming>, Arc<Batch>)>,
}

/// Files that were read, to be looked at.
#[derive(Debug, Default)]
pub struct Coming {
    pub files: Vec<FileRead>,
    /// Files that could not be read, and what was passed by in folders.
    pub refused: Vec<String>,
    pub notes: Vec<String>,
    /// The folder that they are all from, if one was named.
    pub folder: Option<String>,
}

impl Arrived {
    /// Whether nothing comes in before somebody has looked at it.
    pub fn needs_look(&self) -> bool {
        self.coming.is_some() && self.account.is_none()
    }

    /// Whether nothing came but projects.
    pub fn is_empty(&self) -> bool {
        let Self { articles, skipped, refused, warnings, .. } = self;
        !self.needs_look()
            && articles.is_empty()
            && skipped.is_empty()
            && refused.is_empty()
            && warnings.is_empty()
    }
}

/// The longest title that a project takes from an article.
const MAX_TITLE_CHARS: usize = 80;

/// A text that was pasted, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    pub says: Vec<(Field, String)>,
    pub text: String,
}

/// What comes of a pasted text; run off the window's thread, for it may be very long.
pub fn pasted(project: &Project, Pasted { says, text }: &Pasted) -> Arrived {
    let settings = Settings { never_end_after: project.never_end_after(), ..Settings::default() };
    let meta = mending::meta_of(says);
    let read = arrivals::read("pasted.txt", formats::by_id("txt"), text.as_bytes(), &meta, settings.into());
    let mut arrived = Arrived::default();
    match read {
        Ok(came) => {
            arrived.warnings = came.warnings.into_iter().map(|warning| warning.0).collect();
            for mut article in came.articles.into_iter().map(|arrival| arrival.article) {
                // There is no file that it came from.
                article.source = None;
                article.source_sha256 = None;
                match arrivals::twin(project, &article) {
                    Some(there) => arrived.skipped.push(there.shown_title().to_owned()),
                    None => arrived.articles.push(arrivals::with_free_id(project, article)),
                }
            }
        }
        Err(error) => arrived.refused.push(format!("pasted text: {error}")),
    }
    arrived
}

/// What a project that nobody named is called by what comes in: the folder, else the first article.
pub(in crate::session) fn title_for(desk: &Desk, folder: Option<&str>, new: &[Article]) -> Option<String> {
    if !desk.untitled || desk.project.title() != UNTITLED || desk.project.n_articles() > 0 {
        return None;
    }
    let title = folder.or_else(|| new.first().map(Article::shown_title))?;
    let cut: String = title.trim().chars().take(MAX_TITLE_CHARS).collect();
    let title = if cut.len() < title.trim().len() { format!("{}\u{2026}", cut.trim_end()) } else { cut };
    (!title.is_empty() && is_name(&title)).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::audit;
    use crate::model::ids::ProjectId;
    use crate::model::plan;
    use crate::model::project::Parts;

    /// Pastes a text; its articles are taken in, and the project is sound.
    fn check(text: &str) -> (Arrived, Project) {
        let mut project = Project::assemble(Parts::new(ProjectId::new("p"), "P")).unwrap();
        let says = vec![(Field::Title, "A title".to_owned()), (Field::Date, "2025-05".to_owned())];
        let text = Pasted { says, text: text.to_owned() };
        let arrived = pasted(&project, &text);
        project.apply(plan::add_articles(&project, arrived.articles.clone())).unwrap();
        assert_eq!(audit::audit(&project), []);
        let again = pasted(&project, &text);
        assert_eq!((again.articles.len(), again.skipped.len()), (0, arrived.articles.len()), "twice is once");
        (arrived, project)
    }

    fn sentences(project: &Project) -> Vec<String> {
        let articles = project.articles();
        let all =
            articles.flat_map(|a| a.sentences().iter().map(|s| a.words_of(s).to_owned()).collect::<Vec<_>>());
        all.collect()
    }

    #[test]
    fn lines_of_other_systems_are_lines() {
        let (_, project) = check("He ran.\r\nShe stayed.\r\n\r\nIt rained.\r\n");
        assert_eq!(sentences(&project), ["He ran.", "She stayed.", "It rained."]);
        let article = project.articles().next().unwrap();
        assert!(!article.text().contains('\r'), "{:?}", article.text());
        assert_eq!((article.source.as_ref(), article.meta.title.as_deref()), (None, Some("A title")));
        let (_, project) = check("He ran.\rShe stayed.\r\rIt rained.\r");
        assert_eq!(sentences(&project).len(), 3);
    }

    #[test]
    fn signs_that_no_text_has_are_said_or_refused() {
        let (arrived, project) = check("He \0ran. She stayed at home, as many did in those days.");
        assert_eq!(sentences(&project), ["He ran.", "She stayed at home, as many did in those days."]);
        assert_eq!(arrived.warnings.len(), 1, "{:?}", arrived.warnings);
        let (arrived, project) = check(&"\u{1}\u{2}\u{3}x".repeat(50));
        assert_eq!((project.n_articles(), arrived.refused.len()), (0, 1));
        // Marks of writing that runs to the left, a mark of the byte order, letters that combine, signs beyond the first plane.
        let text = "\u{FEFF}\u{202E}He ran.\u{202C} \u{2067}\u{5D0}\u{5D1}\u{2069}. e\u{301} \u{1F525}\u{200D}\u{1F6B2}.";
        let (_, project) = check(text);
        let words = sentences(&project).concat();
        assert!(words.contains("He ran.") && words.contains('\u{1F525}'), "{words:?}");
    }

    #[test]
    fn what_holds_no_word_is_refused() {
        for text in ["", " \t ", "\r\n\r\n", "\u{A0}\u{3000}\u{2003}", "\u{200B}\u{FEFF}"] {
            let (arrived, project) = check(text);
            assert_eq!(project.n_articles(), 0, "{text:?}");
            let [said] = &arrived.refused[..] else { panic!("{text:?}: {arrived:?}") };
            assert!(said.starts_with("pasted text: "), "{said}");
        }
    }

    #[test]
    fn very_much_is_taken_or_refused_and_never_cut() {
        let project = Project::assemble(Parts::new(ProjectId::new("p"), "P")).unwrap();
        let paste = |text: String| pasted(&project, &Pasted { says: Vec::new(), text });
        let n_words = |arrived: &Arrived| {
            let articles = arrived.articles.iter();
            let words =
                articles.flat_map(|a| a.sentences().iter().map(|s| a.words_of(s).split_whitespace().count()));
            words.sum::<usize>()
        };
        let lines = paste("It rained.\n".repeat(100_000));
        assert_eq!((lines.articles.len(), n_words(&lines)), (1, 200_000), "{:?}", lines.refused);
        let one = paste("word ".repeat(10_000));
        assert_eq!(n_words(&one), 10_000, "{:?}", one.refused);
        let too_much = paste("It rained.\n".repeat(4_000_000));
        assert_eq!((too_much.articles.len(), too_much.refused.len()), (0, 1), "{:?}", too_much.warnings);
    }
}
