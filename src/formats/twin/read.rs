//! A twin read back: its lines become the text of the project file, and that is read as every project is.

use crate::formats::object::Object;
use crate::formats::project::records::{ArticleRec, FileRec};
use crate::formats::project::{self, FORMAT, ProjectError, escape};
use crate::formats::twin::ron_of::{EXTRA, push_field};
use crate::formats::twin::{MARK, N_ARTICLES};
use crate::model::ids::Span;
use crate::model::project::Project;
use crate::text::message;
use crate::text::offsets::CharIndex;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A project made of its twin.
#[derive(Debug, Clone)]
pub struct Twin {
    pub project: Project,
    /// What was wrong and is mended, each in words.
    pub mended: Vec<String>,
    /// Fields that this version does not know, and keeps.
    pub unknown: Vec<String>,
}

/// Why no project can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TwinError {
    #[error("the file is empty\0hint: export the project again with `--to jsonl --rows articles`")]
    Empty,
    #[error("line {line}: {why}\0hint: export the project again with `--to jsonl --rows articles`")]
    Line { line: usize, why: String },
    #[error(
        "this was written by a newer version, in its format {0}, and this one knows {FORMAT}\0hint: import it with a newer version of Allegata"
    )]
    Newer(u32),
    #[error(
        "the first line says {want} articles, and here are {n}: the rest was cut off\0hint: get the file again; if articles were taken out on purpose, take `{N_ARTICLES}` out of the first line"
    )]
    CutOff { want: u64, n: usize },
    #[error("there is no room for {0} records of it\0hint: make it two projects")]
    NoRoom(usize),
    #[error("{0}")]
    Project(ProjectError),
}

/// Whether JSON lines are the twin of a project: the first one says so.
pub fn is_twin(bytes: &[u8]) -> bool {
    let first = lines(bytes).next().and_then(|(_, line)| std::str::from_utf8(line).ok());
    let is_marked = |object: Object<'_>| {
        let mark = object.0.iter().find(|(name, _)| name == MARK.0);
        mark.is_some_and(|(_, value)| {
            serde_json::from_str(value.get()).is_ok_and(|said: &str| said == MARK.1)
        })
    };
    first.is_some_and(|line| line.contains(MARK.0) && serde_json::from_str(line).is_ok_and(is_marked))
}

/// Lines that hold something, with their numbers.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    (1..).zip(lines).filter(|(_, line)| !line.is_empty())
}

/// Makes the project of a twin, all of it or nothing.
pub fn read(bytes: &[u8]) -> Result<Twin, TwinError> {
    let (mut file, mut want, mut unknown) = (Ron::default(), None, BTreeMap::new());
    for (idx, (line, bytes)) in lines(bytes).enumerate() {
        let failed = |why: String| TwinError::Line { line, why };
        let text = std::str::from_utf8(bytes).map_err(|_| failed("not UTF-8".to_owned()))?;
        let Object(fields) = serde_json::from_str(text).map_err(|error| failed(why(&error)))?;
        let mut fields = once_each(fields).map_err(failed)?;
        // As a table library writes it, in which every line has every field.
        fields.retain(|(_, value)| value.get() != "null");
        let known = if idx == 0 { FileRec::FIELDS } else { ArticleRec::FIELDS };
        let is_known = |name: &str| known.contains(&name) || OURS.contains(&name);
        for (name, _) in fields.iter().filter(|(name, _)| !is_known(name)) {
            *unknown.entry(name.clone()).or_default() += 1;
        }
        if idx == 0 {
            want = file.head(&fields).map_err(failed)?;
        } else {
            file.article(line, &fields).map_err(failed)?;
        }
    }
    if file.before.is_empty() {
        return Err(TwinError::Empty);
    }
    let n = file.articles.at.len();
    if let Some(want) = want.filter(|want| usize::try_from(*want) != Ok(n)) {
        return Err(TwinError::CutOff { want, n });
    }
    let (text, places) = file.text();
    let loaded = project::read(text.as_bytes()).map_err(|error| placed(error, &places))?;
    match (loaded.read_only, loaded.n_left_out) {
        (Some(format), _) => Err(TwinError::Newer(format)),
        (_, n @ 1..) => Err(TwinError::NoRoom(n)),
        _ => Ok(Twin {
            project: loaded.project,
            mended: loaded.mends.iter().map(ToString::to_string).collect(),
            unknown: unknown.into_iter().map(|(name, n): (String, usize)| kept(&name, n)).collect(),
        }),
    }
}

/// The fields that only a twin has.
const OURS: [&str; 8] = [MARK.0, N_ARTICLES, EXTRA, "sentences", "sheets", "links", "decisions", "comments"];

fn kept(name: &str, n: usize) -> String {
    let name: String = name.chars().filter(|c| !c.is_control() && *c != '`').take(40).collect();
    let lines = if n == 1 { "1 line".to_owned() } else { format!("{n} lines") };
    format!("`{name}` in {lines} is nothing that this version knows: it is kept as it is")
}

/// An error of the text in the line that it comes from.
fn placed(error: ProjectError, places: &[(usize, usize)]) -> TwinError {
    match error {
        ProjectError::Newer { format, .. } => TwinError::Newer(format),
        ProjectError::Syntax { line, message, .. } => {
            let at = places.partition_point(|(ron, _)| *ron <= line).checked_sub(1);
            let line = at.and_then(|at| places.get(at)).map_or(1, |(_, line)| *line);
            TwinError::Line { line, why: message }
        }
        other => TwinError::Project(other),
    }
}

fn why(error: &serde_json::Error) -> String {
    let says = error.to_string();
    let says = says.split(" at line ").next().unwrap_or_default();
    message::unmarked(&format!("{says} at column {}", error.column()))
}

/// How many there are, if that is said: also as `3.0`, as tables of other programs write it.
fn number(value: &RawValue) -> Option<Option<u64>> {
    const MOST: f64 = 4_294_967_296.0;
    let said: Option<f64> = serde_json::from_str(value.get()).ok()?;
    match said {
        None => Some(None),
        Some(n) if (0.0..MOST).contains(&n) && n.fract() == 0.0 => format!("{n:.0}").parse().ok().map(Some),
        Some(_) => None,
    }
}

fn once_each(fields: Vec<(String, &RawValue)>) -> Result<Vec<(String, &RawValue)>, String> {
    let mut names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|two| two.first() == two.last()).and_then(|two| two.first()) {
        Some(twice) => Err(format!("`{}` stands there twice", twice.replace('`', "'"))),
        None => Ok(fields),
    }
}

/// A list of the file, and in which line of its own text each record of which line begins.
#[derive(Default)]
struct List {
    text: String,
    n_lines: usize,
    at: Vec<(usize, usize)>,
}

impl List {
    fn push(&mut self, line: usize, record: &str) {
        self.at.push((self.n_lines, line));
        self.n_lines += memchr::memchr_iter(b'\n', record.as_bytes()).count() + 1;
        self.text.extend([record, ",\n"]);
    }
}

/// The text of a project file, section by section.
#[derive(Default)]
struct Ron {
    /// Fields of the head before the lists, and behind them.
    before: String,
    behind: String,
    articles: List,
    of_articles: [List; 4],
}

/// What is said of an article, as sections of the file.
const LISTS: [&str; 4] = ["sheets", "links", "decisions", "comments"];
/// What stands before them in the file.
const BEFORE: [&str; 6] = ["format", "writers_from", "id", "title", "scheme", "coders"];

impl Ron {
    /// Takes the first line, and gives how many articles there are to be.
    fn head(&mut self, fields: &[(String, &RawValue)]) -> Result<Option<u64>, String> {
        let mut n_articles = None;
        let is_marked = |name: &str, value: &RawValue| {
            name == MARK.0 && serde_json::from_str(value.get()).is_ok_and(|said: &str| said == MARK.1)
        };
        if !fields.iter().any(|(name, value)| is_marked(name, value)) {
            return Err(format!("the first line does not say `\"{}\": \"{}\"`", MARK.0, MARK.1));
        }
        for (name, value) in fields {
            match name.as_str() {
                name if name == MARK.0 => {}
                name if name == N_ARTICLES => {
                    n_articles =
                        number(value).ok_or_else(|| format!("`{N_ARTICLES}` is no number of articles"))?;
                }
                name if LISTS.contains(&name) || name == "articles" => {
                    return Err(format!("`{name}` stands in the first line, and belongs to the articles"));
                }
                name => {
                    let to = if BEFORE.contains(&name) { &mut self.before } else { &mut self.behind };
                    push_field(to, name, value).map_err(|error| why(&error))?;
                }
            }
        }
        Ok(n_articles)
    }

    fn article(&mut self, line: usize, fields: &[(String, &RawValue)]) -> Result<(), String> {
        let of = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.get());
        let text = of("text").ok_or("an article without a `text`")?;
        let text: String = serde_json::from_str(text).map_err(|_| "its `text` is no text")?;
        let sentences = of("sentences").ok_or("an article without its `sentences`")?;
        let sentences: Vec<Object<'_>> =
            serde_json::from_str(sentences).map_err(|_| "its `sentences` are no list of objects")?;
        let mut record = String::from("(");
        let mut own = String::new();
        for (name, value) in fields {
            let list = LISTS.iter().position(|list| list == name);
            if let Some(list) = list.and_then(|list| self.of_articles.get_mut(list)) {
                let all: Vec<&RawValue> =
                    serde_json::from_str(value.get()).map_err(|_| format!("its `{name}` are no list"))?;
                for one in all {
                    let mut fields = String::new();
                    let Object(of_one) = serde_json::from_str(one.get())
                        .map_err(|_| format!("among its `{name}` is something that is no object"))?;
                    for (name, value) in once_each(of_one)? {
                        push_field(&mut fields, &name, value).map_err(|error| why(&error))?;
                    }
                    list.push(line, &format!("({fields})"));
                }
            } else if name == "sentences" {
                own.push_str(if own.is_empty() { "text: " } else { ", text: " });
                rows(&text, &sentences, &mut own)?;
            } else if name != "text" {
                push_field(&mut own, name, value).map_err(|error| why(&error))?;
            }
        }
        record.extend([own.as_str(), ")"]);
        self.articles.push(line, &record);
        Ok(())
    }

    /// All of it, and in which line of it which line of the twin begins.
    fn text(self) -> (String, Vec<(usize, usize)>) {
        let mut text = String::from("(\n");
        let mut places = vec![(1, 1)];
        text.push_str(&self.before);
        text.push_str(",\n");
        let mut line = 2 + memchr::memchr_iter(b'\n', self.before.as_bytes()).count() + 1;
        let [sheets, links, decisions, comments] = self.of_articles;
        let lists = [self.articles, sheets, links, decisions, comments];
        for (name, list) in ["articles"].into_iter().chain(LISTS).zip(lists) {
            text.extend([name, ": [\n", &list.text, "],\n"]);
            places.extend(list.at.iter().map(|(at, of)| (line + 1 + at, *of)));
            line += list.n_lines + 2;
        }
        places.push((line, 1));
        text.push_str(&self.behind);
        text.push_str(if self.behind.is_empty() { ")\n" } else { ",\n)\n" });
        (text, places)
    }
}

/// The rows of a text: each goes from the beginning of a sentence to that of the next.
fn rows(text: &str, sentences: &[Object<'_>], out: &mut String) -> Result<(), String> {
    let index = CharIndex::new(text);
    let n_chars = index.char_of(text.len());
    let mut starts = Vec::with_capacity(sentences.len() + 1);
    for Object(fields) in sentences {
        let said = fields.iter().find(|(name, _)| name == "s").map(|(_, value)| value.get());
        let said: String =
            said.and_then(|said| serde_json::from_str(said).ok()).ok_or("a sentence without `s`")?;
        let span = Span::parse(&said).filter(|span| {
            let start = span.start as usize;
            span.end as usize <= n_chars && starts.last().is_none_or(|last| *last < start)
        });
        let span = span.filter(|span| span.start == 0 || !starts.is_empty()).ok_or_else(|| {
            let said: String = said.chars().filter(|c| *c != '`').take(40).collect();
            format!("sentence `{said}` has no place in its text, which has {n_chars} code points")
        })?;
        starts.push(span.start as usize);
    }
    starts.push(n_chars);
    out.push_str("[\n");
    for (Object(fields), bounds) in sentences.iter().zip(starts.windows(2)) {
        let (Some(start), Some(end)) = (bounds.first(), bounds.last()) else { continue };
        let mut row = String::new();
        for (name, value) in fields {
            push_field(&mut row, name, value).map_err(|error| why(&error))?;
            if name == "s" {
                row.push_str(", t: ");
                let words = text.get(index.byte_of(*start)..index.byte_of(*end)).unwrap_or_default();
                escape::push_string(&mut row, words);
            }
        }
        out.extend(["(", &row, "),\n"]);
    }
    out.push(']');
    Ok(())
}
