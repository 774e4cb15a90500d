//! A dataset before it is written: how much goes and what does not, and its first rows as its own writer writes them.

use crate::formats::Format;
use crate::formats::datasets::asked::outlet;
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::csv;
use crate::formats::datasets::outlet::{Form, Outlet};
use crate::formats::datasets::parting::Parting;
use crate::formats::datasets::rows::{self, Going, Walk};
use crate::formats::datasets::what::{Shape, What};
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The most rows that are shown.
pub const MAX_ROWS: usize = 12;
/// How much of a dataset its first rows are looked for in, in bytes.
const HEAD_BYTES: usize = 256 * 1024;
/// A cell is cut there, in code points: an article may stand in one.
const MAX_CELL_CHARS: usize = 400;
/// How files of a folder end that stand beside what is said: the texts, and what describes them.
const BESIDE: [&str; 4] = ["conf", "txt", "md", "json"];

/// What would go out.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    pub what: What,
    pub counts: Counts,
    /// Sentences, or answers, of the chosen articles, with those that are left out.
    pub n_all: usize,
    /// Articles that fit.
    pub n_chosen: usize,
    pub first: First,
    /// Its splits, where it has some.
    pub parting: Option<Arc<Parting>>,
}

impl Preview {
    /// Whether articles are placed that the project has in no split.
    pub fn is_to_be_split(&self) -> bool {
        self.parting.as_ref().is_some_and(|parting| parting.plan.action.is_some())
    }
}

/// How a dataset begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct First {
    /// The file that it is, in a folder.
    pub file: String,
    /// Empty where it is no table: then every row has one cell, a line.
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Whether it is the same rows as a table of text, since nobody can read the format itself.
    pub is_as_table: bool,
}

/// Works out a preview; `None` where `stops` says that nobody waits for it any more.
pub fn preview(
    project: &Project,
    what: What,
    format: &Format,
    stops: &dyn Fn() -> bool,
) -> Result<Option<Preview>, String> {
    let outlet = outlet(format)?;
    let going = Going::new(project, &what);
    let first = first(&going, &outlet);
    let counted = if outlet.shape == Shape::Spans {
        count_written(&going, &outlet, stops)
    } else {
        Some(rows::count(&going))
    };
    let Some(counts) = counted.filter(|_| !stops()) else { return Ok(None) };
    let left = &counts.left;
    let n_all = counts.n_rows + left.unanswered + left.none + left.unsure;
    let n_chosen = going.articles().len();
    Ok(Some(Preview { what, counts, n_all, n_chosen, first, parting: None }))
}

/// What a writer alone can count: places that its unit cannot name, and links.
fn count_written(going: &Going<'_>, outlet: &Outlet, stops: &dyn Fn() -> bool) -> Option<Counts> {
    let check = || if stops() { Err(io::Error::other("nobody waits for it")) } else { Ok(()) };
    match outlet.form {
        Form::File { write, .. } => write(going, &mut Sink(&check)).ok(),
        Form::Folder { write, .. } => write(going, &mut |_, _| check()).ok(),
    }
}

/// Takes everything and keeps nothing.
struct Sink<'a>(&'a dyn Fn() -> io::Result<()>);

impl io::Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.0)().map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes so much and breaks the writer off.
struct Head(Vec<u8>);

impl io::Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() >= HEAD_BYTES {
            return Err(io::Error::other("that is enough"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn first(going: &Going<'_>, outlet: &Outlet) -> First {
    // A writer of a form that is no text may have to have it all before it writes anything: it is asked for a few articles.
    let few = What { articles: Some(few(going)), ..going.what.clone() };
    let (_, bytes) = begun(&Going::new(going.project, &few), outlet);
    if whole_text(&bytes).is_some() {
        let (file, bytes) = begun(going, outlet);
        return First { file, ..read(whole_text(&bytes).unwrap_or_default(), outlet.shape) };
    }
    let bytes = head_of(|head| csv::write(going, head));
    First { is_as_table: true, ..read(whole_text(&bytes).unwrap_or_default(), Shape::Table) }
}

/// The first articles that have rows enough.
fn few(going: &Going<'_>) -> BTreeSet<ArticleId> {
    let (mut few, mut walk) = (BTreeSet::new(), Walk::new(going));
    for article in going.articles() {
        let Ok(_) = walk.article(article, |_| Ok::<(), Infallible>(()));
        few.insert(article.id.clone());
        if walk.counts.n_rows >= MAX_ROWS {
            break;
        }
    }
    few
}

/// How what is written begins, and the file that it is in a folder.
fn begun(going: &Going<'_>, outlet: &Outlet) -> (String, Vec<u8>) {
    let write = match outlet.form {
        Form::File { write, .. } => return (String::new(), head_of(|head| write(going, head))),
        Form::Folder { write, .. } => write,
    };
    let (mut file, mut bytes) = (String::new(), Vec::new());
    let mut put = |name: &str, content: &[u8]| {
        let ending = Path::new(name).extension().unwrap_or_default();
        if BESIDE.iter().any(|beside| ending == *beside) {
            return Ok(());
        }
        name.clone_into(&mut file);
        bytes = content.get(..HEAD_BYTES.min(content.len())).unwrap_or_default().to_vec();
        Err(io::Error::other("that is enough"))
    };
    // An error says that it was enough.
    drop(write(going, &mut put));
    (file, bytes)
}

fn head_of(write: impl FnOnce(&mut dyn io::Write) -> io::Result<Counts>) -> Vec<u8> {
    let mut head = Head(Vec::new());
    // An error says that it was enough.
    drop(write(&mut head));
    head.0
}

/// The text up to where it was broken off; none where it is no text.
fn whole_text(bytes: &[u8]) -> Option<&str> {
    if bytes.contains(&0) {
        return None;
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // Only where it was broken off inside a character.
        Err(error) if error.error_len().is_none() => {
            bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
        }
        Err(_) => return None,
    };
    Some(valid.trim_start_matches('\u{feff}'))
}

fn read(text: &str, shape: Shape) -> First {
    let lines = || text.lines().take(MAX_ROWS);
    if text.starts_with('{') {
        let objects: Option<Vec<Object>> = lines().map(|line| serde_json::from_str(line).ok()).collect();
        if let Some(objects) = objects {
            return of_objects(&objects);
        }
    } else if shape == Shape::Table && !text.starts_with('[') {
        return of_table(text);
    }
    First { rows: lines().map(|line| vec![cut(line)]).collect(), ..First::default() }
}

fn of_objects(objects: &[Object]) -> First {
    let mut columns: Vec<String> = vec![];
    for (name, _) in objects.iter().flat_map(|object| &object.0) {
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => cut(text),
        Some(value) => cut(&value.to_string()),
    };
    let of = |object: &Object, name: &String| {
        cell(object.0.iter().find(|(own, _)| own == name).map(|(_, value)| value))
    };
    let rows = objects.iter().map(|object| columns.iter().map(|name| of(object, name)).collect()).collect();
    First { columns, rows, ..First::default() }
}

fn of_table(text: &str) -> First {
    let has_tabs = text.lines().next().is_some_and(|head| head.contains('\t'));
    let separator = if has_tabs { b'\t' } else { b',' };
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let columns: Vec<String> =
        reader.headers().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default();
    let records = reader.records().map_while(Result::ok).take(MAX_ROWS);
    let rows = records.map(|record| record.iter().map(cut).collect()).collect();
    First { columns, rows, ..First::default() }
}

fn cut(cell: &str) -> String {
    match cell.char_indices().nth(MAX_CELL_CHARS) {
        Some((at, _)) => format!("{}\u{2026}", cell.get(..at).unwrap_or_default()),
        None => cell.to_owned(),
    }
}

/// A JSON object with its keys in their order.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = vec![];
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        from.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::datasets::asked::Asked;
    use crate::formats::{by_id, datasets};
    use crate::model::sketch;

    const DRAWN: &str = "# Fire \u{1f525} | Post
He lit it. [allegation] He denies it. [denial ?] Rain, he says. [none] So. []
# Quiet
Nothing. [fact \"a \"note\" of it\"]";

    fn looked(format: &str, asked: &Asked) -> Preview {
        let project = sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let format = by_id(format).unwrap();
        let what = asked.what(&project, format).unwrap();
        preview(&project, what, format, &|| false).unwrap().unwrap()
    }

    #[test]
    fn rows_are_those_of_the_file() {
        let csv = looked("csv", &Asked::default());
        assert_eq!(csv.first.columns.first().map(String::as_str), Some("article_id"));
        assert_eq!((csv.first.rows.len(), csv.n_all, csv.counts.n_rows, csv.n_chosen), (5, 5, 5, 2));
        assert_eq!(csv.first.rows[1][1..5], ["11-24", "anna", "denial", "denial"]);
        let lines = looked("jsonl", &Asked::default());
        assert_eq!(lines.first.columns[..3], ["article_id", "sentence_id", "coder"]);
        assert_eq!(lines.first.rows[4].iter().filter(|cell| cell.contains("a \"note\"")).count(), 1);
        let brat = looked("brat", &Asked::default());
        assert!(brat.first.file.contains(".ann") && brat.first.columns.is_empty());
        assert!(brat.first.rows[0][0].starts_with("T1\tallegation 0 10"), "{:?}", brat.first);
    }

    #[test]
    fn what_is_left_out_is_counted_as_it_is_written() {
        let project = sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        for format in datasets() {
            let what = Asked::default().what(&project, format).unwrap();
            let outlet = outlet(format).unwrap();
            let going = Going::new(&project, &what);
            let want = match outlet.form {
                Form::File { write, .. } => write(&going, &mut io::sink()).unwrap(),
                Form::Folder { write, .. } => write(&going, &mut |_, _| Ok(())).unwrap(),
            };
            let preview = preview(&project, what.clone(), format, &|| false).unwrap().unwrap();
            assert_eq!(preview.counts, want, "{}", format.id);
            assert_eq!(preview.n_all, 5, "{}", format.id);
            assert!(!preview.first.rows.is_empty(), "{}", format.id);
        }
    }

    #[test]
    fn nothing_is_worked_out_for_nobody() {
        let project = sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        for id in ["csv", "doccano", "brat"] {
            let format = by_id(id).unwrap();
            let what = Asked::default().what(&project, format).unwrap();
            assert_eq!(preview(&project, what, format, &|| true).unwrap(), None);
        }
    }
}
