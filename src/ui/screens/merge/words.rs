//! A conflict in words: what it is about, and what each side says.

use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::conflict::{Conflict, Plain, Value, What};
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use crate::ui::numbers::counted;

/// What one side says: labels or words, and what is said beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Labels of an answer; none of them and `is_answer` = none of these.
    pub labels: Vec<LabelId>,
    pub is_answer: bool,
    pub words: String,
    /// A caption and words below it.
    pub beside: Vec<(&'static str, String)>,
}

/// Number of the sentence in its article, from 1.
pub fn number(conflict: &Conflict, project: &Project) -> Option<usize> {
    let article = project.article(conflict.article.as_ref()?)?;
    article.idx_of(conflict.sentence?).map(|idx| idx + 1)
}

/// `Mira's answer to sentence 9`.
pub fn subject(conflict: &Conflict, project: &Project) -> String {
    let name = conflict.coder.as_ref().map(|id| name_of(id, project)).unwrap_or_default();
    let sentence = number(conflict, project).map_or("a sentence".to_owned(), |n| format!("sentence {n}"));
    let field = conflict.field.as_deref();
    match (&conflict.what, field) {
        (What::Coding, None) => format!("{name}\u{2019}s answer to {sentence}"),
        (What::Coding, Some(field)) => format!("{name}\u{2019}s answer to {sentence}, {field}"),
        (What::Note, _) => format!("{name}\u{2019}s note on {sentence}"),
        (What::Decision, _) => format!("decision on {sentence}"),
        (What::Sheet, field) => format!("{name}\u{2019}s sheet, {}", field.unwrap_or_default()),
        (What::Article, None) => "whether the article stays".to_owned(),
        (What::Article, Some(field)) => field_words(field).to_owned(),
        (What::Sentences, None) => "where its sentences begin".to_owned(),
        (What::Sentences, Some(field)) => format!("{} of {sentence}", field_words(field)),
        (What::Label, _) => format!("codebook: {}", label_of(conflict, project)),
        (What::Scheme, Some("choose")) => "codebook: how many labels a sentence takes".to_owned(),
        (What::Scheme, Some("labels")) => "codebook: the order of the labels".to_owned(),
        (What::Scheme, field) => format!("codebook: {}", field.unwrap_or_default()),
        (What::Coder, None) => format!("whether coder {name} stays"),
        (What::Coder, Some(field)) => format!("{} of coder {name}", field_words(field)),
        (What::Comment, _) => match conflict.sentence {
            Some(_) => format!("comment on {sentence}"),
            None => "comment".to_owned(),
        },
        (What::Project, field) => format!("{} of the project", field.map_or("", field_words)),
        (What::Other(word), _) => word.to_string(),
    }
}

/// The article that it is in, else nothing.
pub fn place<'a>(conflict: &Conflict, project: &'a Project) -> Option<&'a str> {
    let article = project.article(conflict.article.as_ref()?)?;
    Some(article.shown_title())
}

pub fn name_of(id: &CoderId, project: &Project) -> String {
    project.coder(id).map_or(id.as_str(), Coder::shown_name).to_owned()
}

pub fn label_name(id: &LabelId, project: &Project) -> String {
    project.scheme().label(id).map_or(id.as_str(), |label| label.name.as_str()).to_owned()
}

fn label_of(conflict: &Conflict, project: &Project) -> String {
    conflict.id.as_deref().map(|id| label_name(&LabelId::new(id), project)).unwrap_or_default()
}

fn field_words(field: &str) -> &str {
    match field {
        "published" => "date",
        "published_as" => "date as printed",
        "doc_id" => "number in its database",
        "lang" => "language",
        "source_sha256" => "checksum of its source",
        "aside" => "why it is set aside",
        other => other,
    }
}

/// What a side says.
pub fn side(conflict: &Conflict, value: Option<&Value>, project: &Project) -> Side {
    let plain = |words: &str| Side { words: words.to_owned(), ..Side::default() };
    match (&conflict.what, value) {
        (What::Note, value) => match value.and_then(Value::coding).and_then(|coding| coding.note.as_ref()) {
            Some(note) => plain(note),
            None => plain("No note"),
        },
        (_, Some(Value::Coding(coding))) => answer(coding),
        (What::Coding, None) => plain("Unanswered"),
        (_, Some(Value::Decision(decision))) => Side {
            labels: decision.labels.to_vec(),
            is_answer: true,
            words: String::new(),
            beside: said([("Reason", decision.reason.clone())]),
        },
        (What::Decision, None) => plain("No decision"),
        (_, Some(Value::Label(label))) => Side {
            words: if label.name.is_empty() { label.id.to_string() } else { label.name.clone() },
            beside: said([
                ("Definition", label.says.clone()),
                ("Belongs to it", label.is.join("; ")),
                ("Does not", label.is_not.join("; ")),
                ("In doubt", label.doubt.clone().unwrap_or_default()),
                ("Keys and letter", format!("{} \u{b7} {}", label.keys.join(" "), label.letter)),
                ("Line and colour", format!("{} {}", label.line, label.colour)),
            ]),
            ..Side::default()
        },
        (What::Article | What::Coder, Some(_)) if conflict.field.is_none() => plain("It stays"),
        (What::Article | What::Coder, None) if conflict.field.is_none() => plain("It was taken away"),
        (What::Label, None) => plain("The label is not there"),
        (What::Sentences, Some(Value::Plain(Plain::Texts(spans), _))) => {
            plain(&counted(spans.len(), "sentence", "sentences"))
        }
        (What::Scheme, Some(Value::Plain(Plain::Texts(ids), _))) => {
            let names: Vec<_> =
                ids.iter().map(|id| label_name(&LabelId::new(id.as_str()), project)).collect();
            plain(&names.join(", "))
        }
        (_, Some(Value::Plain(Plain::Text(text) | Plain::Source(text), _))) => plain(text),
        (_, Some(Value::Plain(Plain::Texts(texts), _))) => plain(&texts.join(", ")),
        (_, None) => plain("Nothing"),
    }
}

fn answer(coding: &Coding) -> Side {
    let unsure = if coding.unsure { "unsure" } else { "" };
    Side {
        labels: coding.labels.to_vec(),
        is_answer: coding.answered,
        words: if coding.answered { String::new() } else { "Unanswered".to_owned() },
        beside: said([
            ("Beside it", unsure.to_owned()),
            ("Note", coding.note.as_deref().unwrap_or_default().to_owned()),
        ]),
    }
}

fn said<const N: usize>(beside: [(&'static str, String); N]) -> Vec<(&'static str, String)> {
    beside.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect()
}

/// Both sides without what they say alike beside their words: of a label the rest is long.
pub fn apart(mut mine: Side, mut theirs: Side) -> [Side; 2] {
    if mine.words == theirs.words && mine.labels == theirs.labels {
        let same = |one: &Side, other: &Side| -> Vec<(&'static str, String)> {
            one.beside.iter().filter(|said| !other.beside.contains(said)).cloned().collect()
        };
        (mine.beside, theirs.beside) = (same(&mine, &theirs), same(&theirs, &mine));
    }
    [mine, theirs]
}

/// Both sides in one or two words each, so that they can be told from each other.
pub fn shorts([mine, theirs]: &[Side; 2], project: &Project) -> [String; 2] {
    let of = |side: &Side| short(side, project);
    if of(mine) != of(theirs) {
        return [of(mine), of(theirs)];
    }
    [mine, theirs].map(|side| match side.beside.first() {
        Some((_, words)) => format!("\u{201c}{words}\u{201d}"),
        None => of(side),
    })
}

/// An answer by the names of its labels, else its words, in the middle of a sentence.
pub fn named(side: &Side, project: &Project) -> String {
    let names: Vec<_> = side.labels.iter().map(|id| label_name(id, project)).collect();
    let words = match (side.is_answer, names.is_empty()) {
        (true, true) => "none of these".to_owned(),
        (true, false) => names.join(", "),
        (false, _) => side.words.clone(),
    };
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A side in one or two words, for lists: letters of labels, else its words.
pub fn short(side: &Side, project: &Project) -> String {
    if !side.is_answer {
        return side.words.clone();
    }
    if side.labels.is_empty() {
        return "\u{2013}".to_owned();
    }
    let letter = |id: &LabelId| {
        let label = project.scheme().label(id);
        label
            .map(|label| label.letter.clone())
            .filter(|letter| !letter.is_empty())
            .unwrap_or_else(|| id.to_string())
    };
    side.labels.iter().map(letter).collect::<Vec<_>>().join(" ")
}
