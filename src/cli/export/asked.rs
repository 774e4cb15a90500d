//! What the options of `allegata export` ask for, as the value that writers read.

use crate::analysis::filter;
use crate::analysis::query::Who;
use crate::cli::failure::Usage;
use crate::cli::{people, query};
use crate::formats::Format;
use crate::formats::datasets::outlet::{Outlet, Takes};
use crate::formats::datasets::rows::{self, Layer};
use crate::formats::datasets::what::{
    self, AnswersAs, Cells, Columns, Names, NoneAs, RowsOf, UNITS, Unanswered, UnsureAs, What, WordsOf,
    choice,
};
use crate::model::ids::{LabelId, RESERVED_LABELS, is_id};
use crate::model::project::Project;
use clap::builder::PossibleValuesParser;

/// The words of a choice, for the parser.
fn words<T>(of: WordsOf<T>) -> PossibleValuesParser {
    PossibleValuesParser::new(of.iter().map(|(word, _)| *word))
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Asked {
    /// Only articles that fit these words, as `show` and the list understand them
    #[arg(long, value_name = "WORDS")]
    articles: Option<String>,
    /// `coders`, one coder's id or name, or `gold`: what was decided, else what all said, else what the only one said
    #[arg(long, value_name = "gold|coders|CODER")]
    layer: Option<String>,
    /// The same as `--layer CODER`
    #[arg(long, value_name = "CODER", conflicts_with = "layer")]
    coder: Option<String>,
    /// Sentences without an answer
    #[arg(long, value_parser = words(Unanswered::WORDS))]
    unanswered: Option<String>,
    /// Sentences answered with none of these: as the label `none`, or left out
    #[arg(long, value_parser = words(NoneAs::WORDS))]
    none: Option<String>,
    /// Answers somebody was unsure about: marked, left out, or as the label `unsure`
    #[arg(long, value_parser = words(UnsureAs::WORDS))]
    unsure: Option<String>,
    /// No words of the articles: ids, places and hashes
    #[arg(long)]
    no_text: bool,
    /// Coders by their ids, or by names that hide them and stay the same in every export of the project
    #[arg(long, value_parser = words(Names::WORDS), default_value = "real")]
    names: String,
    /// A label under another id; may be given several times
    #[arg(long, value_name = "OLD=NEW")]
    rename: Vec<String>,
    /// What a row of a table is of; in `jsonl`, `articles` is the whole project
    #[arg(long, value_parser = words(RowsOf::WORDS), default_value = "sentences")]
    rows: String,
    /// A table for spreadsheets: with a BOM, and `'` before what would be a formula
    #[arg(long)]
    for_excel: bool,
    /// `0/1`: a column a label beside the others
    #[arg(long, value_name = "0/1", value_parser = ["0/1"])]
    columns: Option<String>,
    /// What places count, in formats that have a choice
    #[arg(long, value_parser = words(UNITS))]
    unit: Option<String>,
    /// For Label Studio: what answers are there
    #[arg(long = "as", value_parser = words(AnswersAs::WORDS))]
    answers: Option<String>,
}

impl Asked {
    /// Whether it is said whose answers go out.
    pub(in crate::cli) fn names_layer(&self) -> bool {
        self.layer.is_some() || self.coder.is_some()
    }

    /// Whether the format can do what is asked of it.
    pub(in crate::cli) fn fits(&self, format: &Format, outlet: &Outlet) -> Result<(), Usage> {
        for (is_asked, takes, option) in [
            (self.no_text, Takes::NoText, "--no-text"),
            (self.rows == "articles", Takes::Articles, "--rows articles"),
            (self.for_excel, Takes::ForExcel, "--for-excel"),
            (self.columns.is_some(), Takes::ZeroOne, "--columns"),
            (self.answers.is_some(), Takes::Predictions, "--as"),
        ] {
            if is_asked && !outlet.takes.contains(&takes) {
                let can = crate::formats::datasets().filter(|other| other.takes(takes));
                let can: Vec<_> = can.map(|other| format!("`--to {}`", other.id)).collect();
                let hint = can.join(", ");
                return Err(Usage(format!(
                    "`{}` cannot be written with `{option}`\0hint: {hint}",
                    format.id
                )));
            }
        }
        let unit = self.unit.as_deref().and_then(|said| choice(UNITS, said));
        match unit.filter(|unit| !outlet.units.contains(unit)) {
            Some(unit) => {
                let counted = outlet.units.iter().map(|unit| unit.name()).collect::<Vec<_>>().join(" or ");
                let why = format!("`{}` does not count {}", format.id, unit.name());
                Err(Usage(format!("{why}\0hint: it counts {counted}")))
            }
            None => Ok(()),
        }
    }

    /// What goes out of a project.
    pub(in crate::cli) fn what(
        &self,
        project: &Project,
        format: &Format,
        outlet: &Outlet,
    ) -> Result<What, Usage> {
        let usual = What::usual(outlet, self.layer(project, format, outlet)?);
        let articles = match &self.articles {
            Some(words) => {
                let ask = query::read(project, words)?;
                Some(filter::all_fitting(&ask, project, Who::Everybody).into_iter().collect())
            }
            None => None,
        };
        Ok(What {
            unanswered: chosen(Unanswered::WORDS, self.unanswered.as_ref()).unwrap_or(usual.unanswered),
            none: chosen(NoneAs::WORDS, self.none.as_ref()).unwrap_or(usual.none),
            unsure: chosen(UnsureAs::WORDS, self.unsure.as_ref()).unwrap_or(usual.unsure),
            text: !self.no_text,
            names: choice(Names::WORDS, &self.names).unwrap_or(usual.names),
            renamed: self.rename.iter().map(|said| renamed(project, said)).collect::<Result<_, _>>()?,
            articles,
            rows: choice(RowsOf::WORDS, &self.rows).unwrap_or(usual.rows),
            unit: chosen(UNITS, self.unit.as_ref()).unwrap_or(usual.unit),
            cells: if self.for_excel { Cells::ForExcel } else { Cells::Plain },
            columns: if self.columns.is_some() { Columns::ZeroOne } else { Columns::Ids },
            answers: chosen(AnswersAs::WORDS, self.answers.as_ref()).unwrap_or(usual.answers),
            ..usual
        })
    }

    fn layer(&self, project: &Project, format: &Format, outlet: &Outlet) -> Result<Layer, Usage> {
        let said = self.coder.as_deref().or(self.layer.as_deref());
        let layer = match (said, self.coder.is_some()) {
            (None, _) if !outlet.is_one_answer => Layer::Coders,
            (None | Some("coders"), false) if outlet.is_one_answer => {
                let several = || {
                    let why =
                        format!("`{}` has one answer a sentence, and several people answered", format.id);
                    Usage(format!("{why}\0hint: `--layer gold`, or {}", people::choice(project, "--layer")))
                };
                what::one_answer(project).ok_or_else(several)?
            }
            (None | Some("coders"), _) => Layer::Coders,
            (Some(rows::GOLD), false) => Layer::Gold,
            (Some(said), _) => Layer::Coder(people::named(project, said)?),
        };
        Ok(layer)
    }
}

fn chosen<T: Copy>(words: WordsOf<T>, said: Option<&String>) -> Option<T> {
    said.and_then(|said| choice(words, said))
}

/// Reads `old=new`.
fn renamed(project: &Project, said: &str) -> Result<(LabelId, LabelId), Usage> {
    let Some((old, new)) = said.split_once('=') else {
        return Err(Usage(format!("`{said}` renames nothing\0hint: `--rename old=new`")));
    };
    let old = LabelId::new(old);
    if project.scheme().label(&old).is_none() {
        let ids: Vec<_> = project.scheme().labels.iter().map(|label| format!("`{}`", label.id)).collect();
        return Err(Usage(format!("no label `{old}` in this scheme\0hint: it has {}", ids.join(", "))));
    }
    if !is_id(new) || RESERVED_LABELS.contains(&new) {
        let why = format!("`{new}` is no id of a label");
        return Err(Usage(format!(
            "{why}\0hint: letters, digits, `.`, `_` and `-`, and not `none` or `unsure`"
        )));
    }
    Ok((old, LabelId::new(new)))
}
