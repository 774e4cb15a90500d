//! The options of `allegata export`, and what they ask for.

use crate::formats::datasets::asked::{Asked, LayerAsked};
use crate::formats::datasets::what::{
    AnswersAs, Names, NoneAs, RowsOf, UNITS, Unanswered, UnsureAs, WordsOf, choice,
};
use clap::builder::PossibleValuesParser;

/// The words of a choice, for the parser.
fn words<T>(of: WordsOf<T>) -> PossibleValuesParser {
    PossibleValuesParser::new(of.iter().map(|(word, _)| *word))
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
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
    /// Coders by their ids, or by names that hide them and stay the same in every export of the project; in `xlsx` and `hf` they
    /// are hidden unless `real` is said
    #[arg(long, value_parser = words(Names::WORDS))]
    names: Option<String>,
    /// A label under another id; may be given several times
    #[arg(long, value_name = "OLD=NEW")]
    rename: Vec<String>,
    /// What a row of a table is of, `sentences` unless said; in `jsonl`, `articles` is the whole project
    #[arg(long, value_parser = words(RowsOf::WORDS))]
    rows: Option<String>,
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

impl Options {
    pub(in crate::cli) fn asked(&self) -> Asked {
        let layer = match (&self.coder, &self.layer) {
            (Some(coder), _) => LayerAsked::Coder(coder.clone()),
            (None, Some(said)) => LayerAsked::of(said),
            (None, None) => LayerAsked::Usual,
        };
        Asked {
            articles: self.articles.clone().unwrap_or_default(),
            layer,
            unanswered: chosen(Unanswered::WORDS, self.unanswered.as_ref()),
            none: chosen(NoneAs::WORDS, self.none.as_ref()),
            unsure: chosen(UnsureAs::WORDS, self.unsure.as_ref()),
            no_text: self.no_text,
            names: chosen(Names::WORDS, self.names.as_ref()),
            rename: self.rename.clone(),
            rows: chosen(RowsOf::WORDS, self.rows.as_ref()),
            for_excel: self.for_excel,
            zero_one: self.columns.is_some(),
            unit: chosen(UNITS, self.unit.as_ref()),
            answers: chosen(AnswersAs::WORDS, self.answers.as_ref()),
            // Said at once, where they are made for a dataset alone.
            splits: false,
        }
    }
}

fn chosen<T: Copy>(words: WordsOf<T>, said: Option<&String>) -> Option<T> {
    said.and_then(|said| choice(words, said))
}
