//! What a person asks for of a dataset: the options of `allegata export`, the form of the window's screen, and what is kept of a
//! project's last export are this one type.

use crate::analysis::filter;
use crate::analysis::query::{Ask, Who};
use crate::analysis::splits;
use crate::formats::datasets::labels_plan;
use crate::formats::datasets::outlet::{Outlet, Takes};
use crate::formats::datasets::rows::Layer;
use crate::formats::datasets::what::{
    self, AnswersAs, Cells, Columns, Names, NoneAs, RowsOf, Shape, UNITS, Unanswered, UnsureAs, What,
    WordsOf, choice, word_of,
};
use crate::formats::{self, Format, Writes, twin};
use crate::model::ids::{ArticleId, LabelId, RESERVED_LABELS, is_id};
use crate::model::project::Project;
use crate::text::units::Unit;

/// Which answers are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LayerAsked {
    /// As the format has it.
    #[default]
    Usual,
    Coders,
    Gold,
    /// A coder's id or name.
    Coder(String),
}

/// What is asked for; what is left open is as the format has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words of the one grammar; empty = all articles.
    pub articles: String,
    pub layer: LayerAsked,
    pub unanswered: Option<Unanswered>,
    pub none: Option<NoneAs>,
    pub unsure: Option<UnsureAs>,
    pub no_text: bool,
    pub names: Option<Names>,
    /// Each as `old=new`.
    pub rename: Vec<String>,
    pub rows: Option<RowsOf>,
    pub for_excel: bool,
    pub zero_one: bool,
    pub unit: Option<Unit>,
    pub answers: Option<AnswersAs>,
    /// A column with the split of each article, in formats that have one.
    pub splits: bool,
}

impl Asked {
    /// What goes out of a project in this format, or why that cannot be: a message with its hint.
    pub fn what(&self, project: &Project, format: &Format) -> Result<What, String> {
        let outlet = outlet(format)?;
        self.fits(format)?;
        let usual = What::usual(&outlet, self.layer(project, format, &outlet)?);
        let what = What {
            unanswered: self.unanswered.unwrap_or(usual.unanswered),
            none: self.none.unwrap_or(usual.none),
            unsure: self.unsure.unwrap_or(usual.unsure),
            text: !self.no_text,
            names: self.names.unwrap_or(usual.names),
            renamed: self.rename.iter().map(|said| renamed(project, said)).collect::<Result<_, _>>()?,
            articles: self.chosen(project)?.map(|chosen| chosen.into_iter().collect()),
            rows: self.rows.unwrap_or(usual.rows),
            unit: self.unit.unwrap_or(usual.unit),
            cells: if self.for_excel { Cells::ForExcel } else { Cells::Plain },
            columns: if self.zero_one { Columns::ZeroOne } else { Columns::Ids },
            answers: self.answers.unwrap_or(usual.answers),
            splits: (self.splits && has_splits(format)).then(|| splits::placed(project).of),
            ..usual
        };
        let unfit = twin::unfit(&what, &What::usual(&outlet, Layer::Coders));
        match unfit.filter(|_| format.id == formats::JSONL.id) {
            Some(option) => Err(format!(
                "`--rows articles` in `jsonl` is the whole project, and `{option}` asks for another\0hint: leave it out, or `--to csv --rows articles`"
            )),
            None => Ok(what),
        }
    }

    /// Whether the format can do what is asked of it.
    pub fn fits(&self, format: &Format) -> Result<(), String> {
        let outlet = outlet(format)?;
        for (takes, option) in self.taken() {
            if !outlet.takes.contains(&takes) {
                let can = formats::datasets().filter(|other| other.takes(takes));
                let can: Vec<_> = can.map(|other| format!("`--to {}`", other.id)).collect();
                let hint = can.join(", ");
                return Err(format!("`{}` cannot be written with `{option}`\0hint: {hint}", format.id));
            }
        }
        match self.unit.filter(|unit| !outlet.units.contains(unit)) {
            Some(unit) => {
                let counted = outlet.units.iter().map(|unit| unit.name()).collect::<Vec<_>>().join(" or ");
                Err(format!("`{}` does not count {}\0hint: it counts {counted}", format.id, unit.name()))
            }
            None => Ok(()),
        }
    }

    /// What is asked for that not every format can do.
    fn taken(&self) -> impl Iterator<Item = (Takes, &'static str)> {
        [
            (self.no_text, Takes::NoText, "--no-text"),
            (self.rows == Some(RowsOf::Articles), Takes::Articles, "--rows articles"),
            (self.for_excel, Takes::ForExcel, "--for-excel"),
            (self.zero_one, Takes::ZeroOne, "--columns"),
            (self.answers.is_some(), Takes::Predictions, "--as"),
        ]
        .into_iter()
        .filter_map(|(is_asked, takes, option)| is_asked.then_some((takes, option)))
    }

    /// The same without what the format cannot do.
    #[must_use]
    pub fn fitted(mut self, format: &Format) -> Self {
        self.no_text &= format.takes(Takes::NoText);
        self.splits &= has_splits(format);
        self.for_excel &= format.takes(Takes::ForExcel);
        self.zero_one &= format.takes(Takes::ZeroOne);
        self.rows = self.rows.filter(|_| format.takes(Takes::Articles));
        self.answers = self.answers.filter(|_| format.takes(Takes::Predictions));
        let outlet = outlet(format).ok();
        self.unit = self.unit.filter(|unit| outlet.is_some_and(|outlet| outlet.units.contains(unit)));
        if self.layer == LayerAsked::Coders && outlet.is_some_and(|outlet| outlet.is_one_answer) {
            self.layer = LayerAsked::Usual;
        }
        self
    }

    /// The articles asked for; `None` = all.
    fn chosen(&self, project: &Project) -> Result<Option<Vec<ArticleId>>, String> {
        if self.articles.trim().is_empty() {
            return Ok(None);
        }
        let ask = Ask::read(&self.articles, project);
        match ask.faults.first() {
            Some(fault) => Err(fault.clone()),
            None => Ok(Some(filter::all_fitting(&ask, project, Who::Everybody))),
        }
    }

    /// What is wrong with the words that choose articles.
    pub fn fault_of_words(&self, project: &Project) -> Option<String> {
        Ask::read(&self.articles, project).faults.first().cloned()
    }

    fn layer(&self, project: &Project, format: &Format, outlet: &Outlet) -> Result<Layer, String> {
        match &self.layer {
            LayerAsked::Usual | LayerAsked::Coders if outlet.is_one_answer => what::one_answer(project)
                .ok_or_else(|| {
                    let why =
                        format!("`{}` has one answer a sentence, and several people answered", format.id);
                    let choice = labels_plan::choice_of_coders(project, "--layer");
                    format!("{why}\0hint: `--layer gold`, or {choice}")
                }),
            LayerAsked::Usual | LayerAsked::Coders => Ok(Layer::Coders),
            LayerAsked::Gold => Ok(Layer::Gold),
            LayerAsked::Coder(said) => {
                labels_plan::coder_of(project, said).map(Layer::Coder).ok_or_else(|| {
                    let choice = labels_plan::choice_of_coders(project, "--coder");
                    format!("no coder `{said}` in this project\0hint: {choice}")
                })
            }
        }
    }

    /// The options of `allegata export` that ask for the same, word by word.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = vec![];
        let mut pair = |option: &str, value: Option<&str>| match value {
            // Else it would be taken for another option.
            Some(value) if value.starts_with('-') => words.push(format!("{option}={value}")),
            Some(value) => words.extend([option.to_owned(), value.to_owned()]),
            None => {}
        };
        pair("--articles", Some(self.articles.trim()).filter(|said| !said.is_empty()));
        match &self.layer {
            LayerAsked::Usual => {}
            LayerAsked::Coders => pair("--layer", Some("coders")),
            LayerAsked::Gold => pair("--layer", Some("gold")),
            LayerAsked::Coder(coder) => pair("--coder", Some(coder)),
        }
        pair("--unanswered", self.unanswered.and_then(|of| word_of(Unanswered::WORDS, of)));
        pair("--none", self.none.and_then(|of| word_of(NoneAs::WORDS, of)));
        pair("--unsure", self.unsure.and_then(|of| word_of(UnsureAs::WORDS, of)));
        pair("--names", self.names.and_then(|of| word_of(Names::WORDS, of)));
        for rename in &self.rename {
            pair("--rename", Some(rename));
        }
        pair("--rows", self.rows.and_then(|of| word_of(RowsOf::WORDS, of)));
        pair("--columns", self.zero_one.then_some("0/1"));
        pair("--unit", self.unit.and_then(|of| word_of(UNITS, of)));
        pair("--as", self.answers.and_then(|of| word_of(AnswersAs::WORDS, of)));
        let flags = [(self.no_text, "--no-text"), (self.for_excel, "--for-excel"), (self.splits, "--splits")];
        words.extend(flags.into_iter().filter(|(is, _)| *is).map(|(_, flag)| flag.to_owned()));
        words
    }

    /// Reads such words; one that is not known, as from a newer version, is passed over.
    pub fn read(words: &[String]) -> Self {
        let mut asked = Self::default();
        let mut words = words.iter();
        while let Some(option) = words.next() {
            match option.as_str() {
                "--no-text" => asked.no_text = true,
                "--for-excel" => asked.for_excel = true,
                "--splits" => asked.splits = true,
                option => match option.split_once('=') {
                    Some((option, value)) => asked.take(option, value),
                    None => words.next().into_iter().for_each(|value| asked.take(option, value)),
                },
            }
        }
        asked
    }

    fn take(&mut self, option: &str, value: &str) {
        match option {
            "--articles" => value.clone_into(&mut self.articles),
            "--layer" => self.layer = LayerAsked::of(value),
            "--coder" => self.layer = LayerAsked::Coder(value.to_owned()),
            "--unanswered" => self.unanswered = choice(Unanswered::WORDS, value),
            "--none" => self.none = choice(NoneAs::WORDS, value),
            "--unsure" => self.unsure = choice(UnsureAs::WORDS, value),
            "--names" => self.names = choice(Names::WORDS, value),
            "--rename" => self.rename.push(value.to_owned()),
            "--rows" => self.rows = choice(RowsOf::WORDS, value),
            "--columns" => self.zero_one = value == "0/1",
            "--unit" => self.unit = choice(UNITS, value),
            "--as" => self.answers = choice(AnswersAs::WORDS, value),
            _ => {}
        }
    }
}

impl LayerAsked {
    /// As `--layer` says it.
    pub fn of(said: &str) -> Self {
        match said {
            "coders" => Self::Coders,
            "gold" => Self::Gold,
            coder => Self::Coder(coder.to_owned()),
        }
    }
}

/// Whether a dataset in this format has a place for the splits; others are a file for each.
pub fn has_splits(format: &Format) -> bool {
    outlet(format).is_ok_and(|outlet| !matches!(outlet.shape, Shape::Lines | Shape::Spans))
}

/// How the format is written.
pub fn outlet(format: &Format) -> Result<Outlet, String> {
    match format.writes {
        Writes::Dataset(outlet) => Ok(outlet),
        _ => Err(format!("no dataset is written as `{}`\0hint: `csv` or `jsonl`", format.id)),
    }
}

/// The choice that words of a command line name, by its place in them.
pub fn place_of<T: Copy + PartialEq>(words: WordsOf<T>, of: T) -> usize {
    words.iter().position(|(_, choice)| *choice == of).unwrap_or_default()
}

/// Reads `old=new`.
fn renamed(project: &Project, said: &str) -> Result<(LabelId, LabelId), String> {
    let Some((old, new)) = said.split_once('=') else {
        return Err(format!("`{said}` renames nothing\0hint: `--rename old=new`"));
    };
    let old = LabelId::new(old);
    if project.scheme().label(&old).is_none() {
        let ids: Vec<_> = project.scheme().labels.iter().map(|label| format!("`{}`", label.id)).collect();
        return Err(format!("no label `{old}` in this scheme\0hint: it has {}", ids.join(", ")));
    }
    if !is_id(new) || RESERVED_LABELS.contains(&new) {
        let why = format!("`{new}` is no id of a label");
        return Err(format!("{why}\0hint: letters, digits, `.`, `_` and `-`, and not `none` or `unsure`"));
    }
    Ok((old, LabelId::new(new)))
}

/// A word as a shell takes it for one.
pub fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{CSV, JSONL, by_id};
    use crate::model::sketch;

    fn full() -> Asked {
        Asked {
            articles: "outlet:\"Post\" -court".to_owned(),
            layer: LayerAsked::Coder("Ines Várga".to_owned()),
            unanswered: Some(Unanswered::Drop),
            none: Some(NoneAs::Label),
            unsure: Some(UnsureAs::Label),
            no_text: true,
            names: Some(Names::Pseudonyms),
            rename: vec!["fact=F".to_owned(), "denial=D".to_owned()],
            rows: Some(RowsOf::Articles),
            for_excel: true,
            zero_one: true,
            unit: Some(Unit::Graphemes),
            answers: Some(AnswersAs::Predictions),
            splits: true,
        }
    }

    #[test]
    fn words_are_read_as_they_were_meant() {
        assert_eq!(Asked::read(&full().words()), full());
        assert_eq!(Asked::default().words(), Vec::<String>::new());
        let without = Asked { articles: "-court".to_owned(), ..Asked::default() };
        assert_eq!(
            (without.words(), Asked::read(&without.words())),
            (vec!["--articles=-court".to_owned()], without)
        );
        for layer in [LayerAsked::Usual, LayerAsked::Coders, LayerAsked::Gold] {
            let asked = Asked { layer, ..Asked::default() };
            assert_eq!(Asked::read(&asked.words()), asked);
        }
        let newer = ["--sky", "blue", "--none", "purple", "--unsure", "drop", "--rows"].map(str::to_owned);
        assert_eq!(Asked::read(&newer), Asked { unsure: Some(UnsureAs::Drop), ..Asked::default() });
    }

    #[test]
    fn another_format_drops_what_it_cannot_do_and_is_then_never_refused() {
        let project = sketch::project("One. [fact]", |_| "a".to_owned(), |_| String::new()).unwrap();
        let asked = Asked { layer: LayerAsked::Usual, articles: String::new(), ..full() };
        for format in formats::datasets() {
            let mut fitted = asked.clone().fitted(format);
            // The whole project is not asked for in part.
            fitted.rows = fitted.rows.filter(|_| format.id != JSONL.id);
            assert!(fitted.what(&project, format).is_ok(), "{}", format.id);
        }
        let csv = by_id(CSV.id).unwrap();
        let asked = asked.fitted(csv);
        assert!(asked.for_excel && asked.zero_one && asked.unit.is_none());
        let jsonl = by_id(JSONL.id).unwrap();
        let why = asked.what(&project, jsonl).unwrap_err();
        assert!(why.starts_with("`jsonl` cannot be written with `--"), "{why}");
    }

    #[test]
    fn words_stand_in_quotes_where_a_shell_would_read_them() {
        for (word, want) in
            [("a.csv", "a.csv"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("$X", "'$X'")]
        {
            assert_eq!(shell_word(word), want);
        }
    }
}
