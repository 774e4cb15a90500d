//! The report on reliability as a value: what is said, block by block. HTML, Markdown and LaTeX write the same value, so that they
//! cannot say different things; and the figures in it are those that the window shows.

mod coders;
mod corpus;
mod deciding;
mod figures;
mod imports;
mod made;
mod reliability;
pub mod words;

use crate::analysis::agreement::drift::Drift;
use crate::analysis::agreement::matrix::Matrix;
use crate::analysis::agreement::worked::Worked;
use crate::analysis::chart::Chart;
use crate::analysis::compare::Comparison;
use crate::analysis::pseudonyms::Pseudonyms;
use crate::model::coder::Coder;
use crate::model::ids::{ArticleId, CoderId, Span};
use crate::model::project::Project;
use std::collections::{BTreeMap, BTreeSet};

/// What is said, and the answers that all of it was worked out of.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<'a> {
    pub title: String,
    pub blocks: Vec<Block>,
    /// Tables that are too long to be read, and only written as files.
    pub files: Vec<Table>,
    pub raw: Raw<'a>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Section(String),
    Part(String),
    Paragraph(String),
    Items(Vec<String>),
    Table(Table),
    Picture {
        /// The name of its files, without an ending.
        file: &'static str,
        chart: Chart,
    },
    /// What is typed.
    Command(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The name of its file, without the ending; empty = it has none.
    pub file: &'static str,
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub is_number: bool,
}

/// What stands in a table. Numbers are whole here, and rounded where they are shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Count(u64),
    /// A coefficient, or why there is none.
    Value(Result<f64, &'static str>),
    /// A share, or why there is none.
    Share(Result<f64, &'static str>),
    /// Lower and upper end, or why there are none.
    Interval(Result<(f64, f64), &'static str>),
    /// The same of a share.
    Shares(Result<(f64, f64), &'static str>),
}

/// What coders answered, unit by unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Raw<'a> {
    /// What the columns are called.
    pub coders: Vec<String>,
    /// The article and the sentence of each row.
    pub units: Vec<(&'a ArticleId, Span)>,
    pub matrix: &'a Matrix,
}

/// Everything that a report is about.
#[derive(Debug)]
pub struct Given<'a> {
    pub project: &'a Project,
    pub comparison: &'a Comparison,
    pub worked: &'a Worked,
    pub drift: &'a Drift,
    /// The articles that it is about; none = all of them.
    pub taken: Option<&'a BTreeSet<ArticleId>>,
    pub names: Names,
    pub made: &'a Made,
}

/// What coders are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    Real,
    Pseudonyms(Pseudonyms),
}

/// Where it comes from, and with what it was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Of this program.
    pub version: String,
    /// Name and SHA-256 of each file that was read.
    pub files: Vec<(String, String)>,
    /// SHA-256 of the project that all of it was worked out of, as it would be written now.
    pub sha256: String,
    /// Rules that were chosen, as the command line takes them.
    pub options: Vec<String>,
    /// What of the articles was filtered by; empty = all of them.
    pub filter: String,
    pub segmentation: Segmentation,
}

/// What the splitter makes of the articles today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmentation {
    /// Articles that have exactly these sentences.
    pub n_same: usize,
    /// How many articles stand under the rules of each language; its code, and whether the article says so itself.
    pub languages: BTreeMap<(String, bool), usize>,
}

/// The report.
pub fn of<'a>(given: &Given<'a>) -> Report<'a> {
    let title = given.project.title().trim();
    let title = if title.is_empty() { "a project without a name" } else { title };
    let mut blocks = vec![];
    reliability::tell(given, &mut blocks);
    corpus::tell(given, &mut blocks);
    imports::tell(given, &mut blocks);
    coders::tell(given, &mut blocks);
    figures::tell(given, &mut blocks);
    deciding::tell(given, &mut blocks);
    made::tell(given, &mut blocks);
    Report {
        title: format!("Reliability: {title}"),
        blocks,
        files: vec![figures::confusions(given)],
        raw: raw(given),
    }
}

fn raw<'a>(given: &Given<'a>) -> Raw<'a> {
    let numbers = given.worked.matrix.articles().unwrap_or_default();
    let units_of = given.worked.with_aside.as_ref().unwrap_or(&given.comparison.units);
    let mut last: Option<(u32, usize)> = None;
    let units = numbers.iter().filter_map(|number| {
        let unit = last.filter(|(other, _)| other == number).map_or(0, |(_, unit)| unit + 1);
        last = Some((*number, unit));
        let article = units_of.articles.get(*number as usize)?;
        Some((&article.article, article.units.get(unit)?.span))
    });
    Raw {
        units: units.collect(),
        coders: given.worked.matrix.coders().iter().map(|id| given.coder(id)).collect(),
        matrix: &given.worked.matrix,
    }
}

impl Given<'_> {
    /// What a coder is called.
    fn coder(&self, id: &str) -> String {
        let id = CoderId::new(id);
        match &self.names {
            Names::Real => {
                let name = self.project.coder(&id).map_or(id.as_str(), Coder::shown_name);
                let same = self.project.coders().filter(|other| other.shown_name() == name).count();
                if same > 1 { format!("{name} ({id})") } else { name.to_owned() }
            }
            Names::Pseudonyms(names) => names.name(&id),
        }
    }

    fn takes(&self, article: &ArticleId) -> bool {
        self.taken.is_none_or(|taken| taken.contains(article))
    }

    fn is_real(&self) -> bool {
        self.names == Names::Real
    }
}

impl Column {
    fn text(name: &str) -> Self {
        Self { name: name.to_owned(), is_number: false }
    }

    fn number(name: &str) -> Self {
        Self { name: name.to_owned(), is_number: true }
    }
}

impl Table {
    fn new(file: &'static str, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { file, caption: caption.into(), columns, rows: vec![] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::drift;
    use crate::analysis::agreement::worked::{self, Asked};
    use crate::model::sketch;

    /// What is said of a project, worked out as it is for a file.
    pub fn told<R>(drawing: &str, read: impl FnOnce(&Report<'_>) -> R) -> R {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        told_of(&project, read)
    }

    /// The same of a project that is there.
    pub fn told_of<R>(project: &Project, read: impl FnOnce(&Report<'_>) -> R) -> R {
        let comparison = Comparison::of(project);
        let asked = Asked { over_text: true, ..Asked::default() };
        let worked = worked::of(project, &comparison.units, asked, |_| true);
        let drift = drift::of(project, &comparison.units, &worked.matrix);
        let made = Made { version: "9.9".to_owned(), ..Made::default() };
        let given = Given {
            project,
            comparison: &comparison,
            worked: &worked,
            drift: &drift,
            taken: None,
            names: Names::Real,
            made: &made,
        };
        read(&of(&given))
    }

    fn paragraph(drawing: &str) -> String {
        told(drawing, |report| match report.blocks.get(1) {
            Some(Block::Paragraph(text)) => text.clone(),
            other => panic!("{other:?}"),
        })
    }

    const TASK: &str = "The unit was the sentence; an answer was one of three labels (Allegation, Denial and Fact) or \
                        \u{201c}none of these\u{201d}.";
    const MISSING: &str = "A sentence without an answer was taken as missing.";
    const END: &str = "Figures were worked out with Allegata 9.9.";

    #[test]
    fn nothing_is_claimed_that_was_not_done() {
        let check =
            |drawing: &str, want: &[&str]| assert_eq!(paragraph(drawing), want.join(" "), "{drawing}");
        check(
            "One. [] Two. []",
            &["No coder has answered anything yet, so that nothing can be said of reliability.", TASK],
        );
        check(
            "One. [fact] Two. [denial]",
            &[
                "One coder answered 2 sentences in 1 article.",
                TASK,
                "One coder\u{2019}s answers cannot be compared with anybody\u{2019}s, so that agreement is not reported.",
                END,
            ],
        );
        check(
            "# A\nOne. [fact]\n# B\nTwo two. [ben: denial]",
            &[
                "Two coders answered 2 sentences in 2 articles.",
                TASK,
                "No sentence was answered by two coders, so that agreement is not reported.",
                END,
            ],
        );
        check(
            "One. [fact; ben: fact] Two. [fact; ben: fact]",
            &[
                "Two coders answered 2 sentences in 1 article, all of them by two coders or more (4 answers); agreement was \
                 worked out over these.",
                TASK,
                MISSING,
                "Krippendorff\u{2019}s alpha (nominal) is not defined: all answers are the same, so nothing can be said about \
                 chance.",
                "Cohen\u{2019}s kappa was not defined (all answers are the same, so nothing can be said about chance).",
                "Percent agreement, the mean over sentences with two answers or more of the share of pairs of answers that are \
                 the same, was 100.0 %.",
                END,
            ],
        );
    }

    #[test]
    fn one_article_is_said_to_be_one() {
        let text = paragraph(
            "One. [fact; ben: fact] Two. [denial; ben: denial] Three. [fact; ben: denial] Four. [none; ben: none] Five. [fact]",
        );
        assert!(
            text.starts_with(
                "Two coders answered 5 sentences in 1 article, 4 by two coders or more (8 answers); "
            ),
            "{text}"
        );
        assert!(
            text.contains(
                "(jackknife over 5 sentences, since only one article was answered; Student\u{2019}s t with 4"
            ),
            "{text}"
        );
        assert!(text.contains(" The lower end, ") && text.contains("(Krippendorff 2019)."), "{text}");
        assert!(text.contains(" 1 sentence had different answers; it was not decided. "), "{text}");
        assert!(!text.contains("NaN"), "{text}");
    }

    #[test]
    fn sections_stand_in_their_order_and_the_matrix_is_whole() {
        let drawing = "# A\nOne. [fact; ben: fact] Two. [denial]\n# B\nThree three. [ben: none] Four. []";
        told(drawing, |report| {
            let sections = report.blocks.iter().filter_map(|block| match block {
                Block::Section(name) => Some(name.as_str()),
                _ => None,
            });
            assert_eq!(
                sections.collect::<Vec<_>>().join(", "),
                "Reliability, Corpus, Unit and segmentation, Codebook, Coders, Subsample, Missing answers, Agreement, Over \
                 time, Adjudication, Data and software"
            );
            let units: Vec<_> = report.raw.units.iter().map(|(id, span)| format!("{id} {span}")).collect();
            assert_eq!(units.len(), report.raw.matrix.n_units());
            assert_eq!(units, ["a9 0-4", "a9 5-9", "a18 0-12", "a18 13-18"]);
            assert_eq!(report.raw.coders, ["anna", "ben"]);
        });
    }
}
