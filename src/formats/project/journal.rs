//! The journal's lines: what was done since the project was saved, one line each, with a checksum. The shell moves the bytes.
//!
//! A line is RON, a space, and the CRC-32 of the RON in eight hex digits. Line ends inside it are written as U+0001 and a letter.
//!
//! A draft stands in the field `draft` of a line about a save that no file can come from: versions of the program from before
//! there were drafts read that as a save long ago, and go on with what follows.

use crate::formats::project::actions::{self, ActionRec, Malformed};
use crate::formats::project::cells::{SpanRec, StampRec};
use crate::formats::project::out::{Layout, Out};
use crate::formats::project::record::record;
use crate::formats::project::ron_options;
use crate::model::action::Action;
use crate::model::ids::{ArticleId, CoderId, ProjectId, Span, Stamp};
use serde::Deserialize;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Header(Header),
    Entry(Entry),
    Saved(Saved),
    Draft(Draft),
}

/// What the actions after it are applied to, and who applies them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub project: ProjectId,
    /// SHA-256 of the file that the first action is applied to, in hex.
    pub base: String,
    pub path: String,
    pub host: String,
    pub pid: u32,
    pub at: Stamp,
    /// The version of the program.
    pub version: String,
}

/// One thing done.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Counts from 1 within the journal.
    pub n: u64,
    pub at: Stamp,
    pub by: Option<CoderId>,
    /// Its name for people: `Label: denial`.
    pub name: String,
    /// The entry that it takes back.
    pub undoes: Option<u64>,
    pub action: Action,
}

/// The project was saved: a file of this hash holds all entries up to this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    pub upto: u64,
}

/// A note begun and not said: no action, nothing to undo. It goes back into the field that it was typed in, never into the
/// project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub at: Stamp,
    /// Who typed it; nobody where no coder was known yet.
    pub by: Option<CoderId>,
    pub article: ArticleId,
    pub span: Span,
    /// Nothing = the note was said or given up.
    pub text: Option<String>,
}

impl Draft {
    /// Whether both are what stands in the same field.
    pub fn is_for_field_of(&self, other: &Self) -> bool {
        (&self.by, &self.article, self.span) == (&other.by, &other.article, other.span)
    }

    /// Takes the place of what was in its field before.
    pub fn put_into(self, drafts: &mut Vec<Self>) {
        drafts.retain(|other| !other.is_for_field_of(&self));
        if self.text.is_some() {
            drafts.push(self);
        }
    }
}

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    #[error("the line was not written to its end\0hint: cut the journal before it")]
    Torn,
    #[error("the line's checksum is `{found}`, its text gives `{wanted}`\0hint: cut the journal before it")]
    Checksum { found: String, wanted: String },
    #[error(
        "the line holds `{0}`, which this version does not know\0hint: recover with a newer version of Allegata"
    )]
    Newer(String),
    #[error("column {column}: {message}\0hint: cut the journal before it")]
    Syntax { column: usize, message: String },
    #[error("{0}\0hint: cut the journal before it")]
    Malformed(String),
}

#[derive(Deserialize)]
enum LineRec {
    Header(HeaderRec),
    Entry(Box<EntryRec>),
    Saved(SavedRec),
}

record!(HeaderRec {
    project: String = must,
    base: String = must,
    path: String = must,
    host: String = must,
    pid: u32 = must,
    at: StampRec = must,
    version: String = must,
});
record!(EntryRec {
    n: u64 = must,
    at: StampRec = must,
    by: String = may,
    name: String = must,
    undoes: u64 = may,
    action: ActionRec = must,
});
record!(SavedRec { sha256: String = must, upto: u64 = must, draft: DraftRec = may });
record!(DraftRec {
    at: StampRec = must,
    by: String = may,
    article: String = must,
    s: SpanRec = must,
    text: String = may,
});

/// Stands where a save has its file's hash.
const NO_FILE: &str = "draft";

/// The line of text, without a line end.
pub fn encode(line: &Line) -> String {
    let mut out = Out::new(Layout::One, 256);
    match line {
        Line::Header(header) => {
            let mut fields = out.record("Header(");
            fields.text("project", header.project.as_str()).text("base", &header.base);
            fields.text("path", &header.path).text("host", &header.host).number("pid", header.pid);
            fields.at("at", Some(header.at)).text("version", &header.version).end(&None);
        }
        Line::Entry(entry) => {
            let mut fields = out.record("Entry(");
            fields.name("n").push(&entry.n.to_string());
            fields.at("at", Some(entry.at)).opt("by", entry.by.as_ref().map(CoderId::as_str));
            fields.text("name", &entry.name);
            if let Some(undoes) = entry.undoes {
                fields.name("undoes").push(&undoes.to_string());
            }
            actions::write_action(fields.name("action"), &entry.action);
            fields.end(&None);
        }
        Line::Saved(saved) => {
            let mut fields = out.record("Saved(");
            fields.text("sha256", &saved.sha256).name("upto").push(&saved.upto.to_string());
            fields.end(&None);
        }
        Line::Draft(draft) => {
            let mut fields = out.record("Saved(");
            fields.text("sha256", NO_FILE).name("upto").push("0");
            let mut inner = fields.name("draft").record("");
            inner.at("at", Some(draft.at)).opt("by", draft.by.as_ref().map(CoderId::as_str));
            inner.text("article", draft.article.as_str()).text("s", &draft.span.to_string());
            inner.opt("text", draft.text.as_deref()).end(&None);
            fields.end(&None);
        }
    }
    out.push(")");
    let mut text = one_line(out.text);
    let sum = checksum(&text);
    text.push(' ');
    text.push_str(&sum);
    text
}

/// Reads a line, with or without its line end.
pub fn decode(line: &str) -> Result<Line, JournalError> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let (text, found) = line.rsplit_once(' ').ok_or(JournalError::Torn)?;
    if found.len() != 8 || !found.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(JournalError::Torn);
    }
    let wanted = checksum(text);
    if found != wanted {
        return Err(JournalError::Checksum { found: found.to_owned(), wanted });
    }
    let text = many_lines(text);
    let rec: LineRec = ron_options().from_str(&text).map_err(|error| match error.code {
        ron::Error::NoSuchEnumVariant { found, .. } => JournalError::Newer(found),
        code => JournalError::Syntax { column: error.span.start.col, message: code.to_string() },
    })?;
    Ok(match rec {
        LineRec::Header(rec) => Line::Header(Header {
            project: ProjectId::new(rec.project),
            base: rec.base,
            path: rec.path,
            host: rec.host,
            pid: rec.pid,
            at: stamp(rec.at)?,
            version: rec.version,
        }),
        LineRec::Entry(rec) => Line::Entry(Entry {
            n: rec.n,
            at: stamp(rec.at)?,
            by: rec.by.map(CoderId::new),
            name: rec.name,
            undoes: rec.undoes,
            action: actions::action(rec.action).map_err(|Malformed(says)| JournalError::Malformed(says))?,
        }),
        LineRec::Saved(SavedRec { draft: Some(rec), .. }) => Line::Draft(Draft {
            at: stamp(rec.at)?,
            by: rec.by.map(CoderId::new),
            article: ArticleId::new(rec.article),
            span: rec.s.0.map_err(|written| JournalError::Malformed(format!("`{written}` is no span")))?,
            text: rec.text,
        }),
        LineRec::Saved(rec) => Line::Saved(Saved { sha256: rec.sha256, upto: rec.upto }),
    })
}

fn stamp(StampRec(rec): StampRec) -> Result<Stamp, JournalError> {
    rec.map_err(|written| JournalError::Malformed(format!("`{written}` is no time")))
}

fn checksum(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

/// What a newer version wrote may hold line ends; all else has them escaped.
fn one_line(text: String) -> String {
    if text.contains(['\n', '\r', '\u{1}']) {
        text.replace('\u{1}', "\u{1}1").replace('\n', "\u{1}n").replace('\r', "\u{1}r")
    } else {
        text
    }
}

/// The text with its line ends.
fn many_lines(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\u{1}') {
        text.replace("\u{1}n", "\n").replace("\u{1}r", "\r").replace("\u{1}1", "\u{1}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::action::{Record, SchemeHead};
    use crate::model::article::{Article, Sentence, tile};
    use crate::model::coder::Coder;
    use crate::model::coding::{Coding, Row};
    use crate::model::comment::Comment;
    use crate::model::conflict::{Conflict, Plain, Value, What};
    use crate::model::decision::Decision;
    use crate::model::draw::Draw;
    use crate::model::ids::{ArticleId, Extra, Kept, LabelId, RecordId, Span};
    use crate::model::import::{Import, ImportFile, LeftOut};
    use crate::model::link::Link;
    use crate::model::scheme::Label;
    use crate::model::sheet::{Sheet, SheetKey};
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use std::sync::Arc;

    /// Any text, with the characters that files stumble over.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{0,8}",
            "(\\PC|[\u{0}\u{1}\n\r\t\"\\\\\u{85}\u{202E}\u{200B}\u{FEFF}\u{200D}]){0,12}"
        ]
    }

    fn id() -> impl Strategy<Value = String> {
        "[a-zA-Z0-9._-]{1,8}"
    }

    fn kept() -> impl Strategy<Value = Kept> {
        let source = prop::sample::select(vec![
            "7",
            "[1,\n // slot\n 2]",
            "5 // why\n",
            "(a: \"x\ry\u{1}n\")",
            "Some(New(1, r#\"a\"b\"#))",
        ]);
        let field = ("[a-z]{4}_[0-9]|with-[a-z]{3}", source.prop_map(str::to_owned));
        option::weighted(0.3, vec(field, 1..3)).prop_map(|fields| {
            let mut fields = fields?;
            fields.sort();
            fields.dedup_by(|a, b| a.0 == b.0);
            Some(Box::new(
                fields.iter().map(|(name, source)| (name.as_str(), source.as_str())).collect::<Extra>(),
            ))
        })
    }

    fn span() -> impl Strategy<Value = Span> {
        (0..u32::MAX - 1)
            .prop_flat_map(|start| (Just(start), start + 1..u32::MAX))
            .prop_map(|(s, e)| Span::new(s, e))
    }

    fn at() -> impl Strategy<Value = Option<Stamp>> {
        option::of((-10_000_000_000..200_000_000_000_i64).prop_map(Stamp))
    }

    prop_compose! {
        fn coding()(
            answered: bool, labels in vec(id(), 0..3), unsure: bool, note in option::of(text()), at in at(),
            check: bool, by in option::of(text()), scheme: Option<u32>, extra in kept(),
        ) -> Coding {
            let labels = if answered { labels } else { vec![] };
            let labels = labels.into_iter().map(LabelId::new).collect();
            let unsure = unsure || !answered;
            let (note, by) = (note.map(String::into), by.map(Arc::from));
            Coding { answered, labels, unsure, note, at, check, by, scheme, extra }
        }
    }

    prop_compose! {
        fn sheet()(
            key in key(), assigned: bool, done: bool, done_at in at(), scheme: u32,
            rows in vec((span(), coding()), 0..3), kept_rows in vec((span(), coding()), 0..2), extra in kept(),
        ) -> Arc<Sheet> {
            let row = |(span, coding)| Row { span, coding };
            let rows = rows.into_iter().map(row).collect();
            let kept = kept_rows.into_iter().map(row).collect();
            Arc::new(Sheet { key, assigned, done, done_at, scheme, rows, kept, extra })
        }
    }

    prop_compose! {
        fn key()(coder in id(), article in id()) -> SheetKey {
            SheetKey { coder: CoderId::new(coder), article: ArticleId::new(article) }
        }
    }

    prop_compose! {
        fn label()(
            words in vec(text(), 6), id in id(), keys in vec(text(), 0..3), doubt in option::of(text()),
            retired: bool, was in vec(id(), 0..2), extra in kept(),
        ) -> Arc<Label> {
            let word = |idx: usize| words[idx].clone();
            Arc::new(Label {
                id: LabelId::new(id), name: word(0), is: keys.clone(), keys, letter: word(1), colour: word(2),
                line: word(3), says: word(4), is_not: vec![word(5)], doubt, retired,
                was: was.into_iter().map(LabelId::new).collect(), extra,
            })
        }
    }

    prop_compose! {
        fn article()(
            id in id(), words in vec(("[a-z]\\PC{0,5}[^\\s]", option::of(text()), kept()), 1..5), added: u32,
            meta in vec(option::of(text()), 4), n_words in option::of(any::<u32>()), intact: bool, extra in kept(),
        ) -> Arc<Article> {
            let (mut text, mut rows) = (String::new(), vec![]);
            for (row, kind, _) in &words {
                let start = text.len();
                text.push_str(row);
                text.push_str("\n\n");
                rows.push((start..text.len(), kind.as_deref().map(Arc::from)));
            }
            let mut sentences = tile(&text, &rows).unwrap();
            for (sentence, (_, _, extra)) in sentences.iter_mut().zip(words) {
                sentence.extra = extra;
            }
            let mut article = Article::new(ArticleId::new(id), text.into(), sentences, "ab".to_owned());
            article.added = added;
            article.meta.title = meta[0].clone();
            article.meta.doc_id = meta[1].clone();
            article.meta.tags = meta[2].clone().into_iter().collect();
            article.meta.words = n_words;
            article.source = meta[3].clone();
            article.intact = intact;
            article.extra = extra;
            Arc::new(article)
        }
    }

    prop_compose! {
        fn comment()(id in id(), key in key(), sentence in option::of(span()), at in at(), text in text(),
            re in option::of(id()), resolved in any::<bool>(), extra in kept()) -> Comment {
            let re = re.map(RecordId::new);
            Comment { id: RecordId::new(id), article: key.article, sentence, by: key.coder, at, text, re, resolved, extra }
        }
    }

    prop_compose! {
        fn link()(id in id(), key in key(), sentence in span(), to in key(), to_sentence in span(), at in at(),
            extra in kept()) -> Link {
            let (article, by, to_article) = (key.article, key.coder, to.article);
            Link { id: RecordId::new(id), article, sentence, to_article, to_sentence, by, at, extra }
        }
    }

    prop_compose! {
        fn decision()(id in id(), key in key(), sentence in span(), labels in vec(id(), 0..3), reason in text(),
            at in at(), code in text(), answers in vec(text(), 0..3), extra in kept()) -> Decision {
            let labels = labels.into_iter().map(LabelId::new).collect();
            let answers = answers.into_iter().map(String::into_boxed_str).collect();
            let (id, article, by) = (RecordId::new(id), key.article, key.coder);
            Decision { id, article, sentence, labels, reason, code, by, at, answers, extra }
        }
    }

    prop_compose! {
        fn conflict()(key in key(), sentence in span(), base in option::of(coding()), ours in option::of(coding()),
            theirs in option::of(coding()), who in option::of(text()), at in at(), extra in kept()) -> Box<Conflict> {
            let side = |coding: Option<Coding>| coding.map(Value::Coding);
            let (coder, article, sentence) = (Some(key.coder), Some(key.article), Some(sentence));
            let (base, ours, theirs) = (side(base), side(ours), side(theirs));
            let row = Conflict { coder, article, sentence, ..Conflict::new(What::Coding) };
            Box::new(Conflict { base, ours, theirs, who, at, extra, ..row })
        }
    }

    prop_compose! {
        /// A conflict about something else than an answer.
        fn other_conflict()(what in 0..4_usize, field in option::of(text()), id in option::of(id()), text in text(),
            texts in vec(text(), 0..3), label in label(), decision in decision(), extra in kept()) -> Box<Conflict> {
            let (article, sentence) = (Some(decision.article.clone()), Some(decision.sentence));
            let coder = Some(decision.by.clone());
            let (what, ours) = match what {
                0 => (What::Label, Value::Label(label)),
                1 => (What::Decision, Value::Decision(decision)),
                2 => (What::Article, Value::Plain(Plain::Texts(texts), extra)),
                _ => (What::Project, Value::source(text.clone())),
            };
            let place = Conflict { field, coder, article, sentence, id, ..Conflict::new(what) };
            Box::new(Conflict { ours: Some(ours), theirs: Some(Value::text(text)), ..place })
        }
    }

    prop_compose! {
        fn draw()(id in id(), by in option::of(id()), at in at(), seed: u64, size: u32, of: u32,
            strata in vec(text(), 0..3), articles in vec(id(), 0..4), extra in kept()) -> Draw {
            let (id, by) = (RecordId::new(id), by.map(CoderId::new));
            let strata = strata.into_iter().map(String::into_boxed_str).collect();
            let articles = articles.into_iter().map(ArticleId::new).collect();
            Draw { id, by, at, seed, size, of, strata, articles, extra }
        }
    }

    prop_compose! {
        fn import_file()(name in text(), sha256 in option::of(text()), layout in option::of(text()), announced: Option<u32>,
            found: u32, taken: u32, warnings in vec(text(), 0..3), extra in kept()) -> ImportFile {
            ImportFile { name, sha256, layout, announced, found, taken, warnings, extra }
        }
    }

    prop_compose! {
        fn left_out()(file in text(), place in text(), title in text(), why in text(), extra in kept()) -> LeftOut {
            LeftOut { file, place, title, why, extra }
        }
    }

    prop_compose! {
        fn import()(id in id(), by in option::of(id()), at in at(), program in text(), files in vec(import_file(), 0..3),
            left in vec(left_out(), 0..3), extra in kept()) -> Import {
            Import { id: RecordId::new(id), by: by.map(CoderId::new), at, program, files, left, extra }
        }
    }

    fn action() -> impl Strategy<Value = Action> {
        let record_id = || id().prop_map(RecordId::new);
        let article_id = || id().prop_map(ArticleId::new);
        let head = (any::<u32>(), text(), vec(text(), 0..2), kept())
            .prop_map(|(version, choose, skip, extra)| SchemeHead { version, choose, skip, extra });
        let sentence = (span(), any::<u32>(), any::<u32>(), option::of(text()), kept()).prop_map(
            |(span, from, to, kind, extra)| Sentence {
                span,
                bytes: from..to,
                kind: kind.map(Arc::from),
                extra,
            },
        );
        let coder = (id(), text(), option::of(text()), kept()).prop_map(|(id, name, role, extra)| Coder {
            id: CoderId::new(id),
            name,
            role,
            extra,
        });
        let one = prop_oneof![
            (text(), vec(text(), 0..3))
                .prop_map(|(title, never_end_after)| Action::Project { title, never_end_after }),
            head.prop_map(|to| Action::Scheme { to }),
            (id(), option::of((0..9_usize, label())))
                .prop_map(|(id, to)| Action::Label { id: LabelId::new(id), to }),
            (id(), option::of(coder)).prop_map(|(id, to)| Action::Coder { id: CoderId::new(id), to }),
            (article_id(), option::of(article())).prop_map(|(id, to)| Action::Article { id, to }),
            (article_id(), vec(sentence, 0..3)).prop_map(|(article, to)| Action::Sentences { article, to }),
            (key(), option::of(sheet())).prop_map(|(key, to)| Action::Sheet { key, to }),
            (key(), span(), option::of(coding())).prop_map(|(key, span, to)| Action::Coding {
                key,
                span,
                to
            }),
            (record_id(), option::of(comment()))
                .prop_map(|(id, to)| Action::Record(Record::Comment { id, to })),
            (record_id(), option::of(link())).prop_map(|(id, to)| Action::Record(Record::Link { id, to })),
            (record_id(), option::of(decision()))
                .prop_map(|(id, to)| Action::Record(Record::Decision { id, to })),
            (record_id(), option::of(draw())).prop_map(|(id, to)| Action::Record(Record::Draw { id, to })),
            (record_id(), option::of(import()))
                .prop_map(|(id, to)| Action::Record(Record::Import { id, to })),
            (0..9_usize, option::of(prop_oneof![conflict(), other_conflict()]))
                .prop_map(|(place, to)| Action::Record(Record::Conflict { place, to })),
            kept().prop_map(|extra| Action::Record(Record::Head { extra })),
        ];
        one.prop_recursive(2, 8, 4, |inner| vec(inner, 0..4).prop_map(Action::Many))
    }

    /// Rows as they were written when a comment, a link and a decision were actions of their own.
    #[test]
    fn rows_of_older_journals_replay() {
        let said_at = Stamp(1_795_428_672);
        let at = Some(said_at);
        let (anna, article) = (CoderId::new("anna"), ArticleId::new("a1"));
        let (first, second) = (Span::new(0, 7), Span::new(8, 12));
        let comment = Comment {
            id: RecordId::new("c1"),
            article: article.clone(),
            sentence: Some(first),
            by: anna.clone(),
            at,
            text: "Is that so?".to_owned(),
            re: None,
            resolved: false,
            extra: None,
        };
        let link = Link {
            id: RecordId::new("l1"),
            article: article.clone(),
            sentence: second,
            to_article: article.clone(),
            to_sentence: first,
            by: anna.clone(),
            at,
            extra: None,
        };
        let labels = vec![LabelId::new("denial")].into();
        let (id, reason) = (RecordId::new("d1"), "it answers".to_owned());
        let (code, answers) = (String::new(), Box::default());
        let decision = Decision {
            id,
            article,
            sentence: second,
            labels,
            reason,
            code,
            by: anna,
            at,
            answers,
            extra: None,
        };
        let rows = include_str!("../../../tests/cases/journal/older.txt");
        let wanted = [
            Record::Comment { id: RecordId::new("c1"), to: Some(comment) },
            Record::Link { id: RecordId::new("l1"), to: Some(link) },
            Record::Decision { id: RecordId::new("d1"), to: Some(decision) },
            Record::Comment { id: RecordId::new("c1"), to: None },
        ];
        assert_eq!(rows.lines().count(), wanted.len());
        for (row, record) in rows.lines().zip(wanted) {
            let action = Action::Record(record);
            let entry =
                Line::Entry(Entry { n: 3, at: said_at, by: None, name: "said".into(), undoes: None, action });
            assert_eq!(decode(row), Ok(entry.clone()), "{row}");
            assert_eq!(encode(&entry).trim_end(), row, "an older program reads it too");
        }
    }

    fn entry(action: Action) -> Line {
        let (n, at, name) = (7, Stamp(1_795_428_672), "Label: denial".to_owned());
        Line::Entry(Entry { n, at, by: Some(CoderId::new("anna")), name, undoes: None, action })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_action_comes_back_from_one_line(action in action(), n: u64, undoes: Option<u64>, name in text()) {
            let line = Line::Entry(Entry { n, at: Stamp(5), by: None, name, undoes, action });
            let text = encode(&line);
            prop_assert!(!text.contains(['\n', '\r']));
            prop_assert_eq!(decode(&text), Ok(line.clone()));
            prop_assert_eq!(decode(&format!("{text}\n")), Ok(line));
        }

        #[test]
        fn no_bytes_make_it_fall(line in "\\PC{0,40}") {
            prop_assert!(decode(&line).is_err());
            prop_assert!(decode(&with_sum(&line)).is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_draft_comes_back_from_one_line(by in option::of(id()), article in id(), span in span(), text in option::of(text())) {
            let by = by.map(CoderId::new);
            let draft = Line::Draft(Draft { at: Stamp(5), by, article: ArticleId::new(article), span, text });
            let line = encode(&draft);
            prop_assert!(!line.contains(['\n', '\r']));
            prop_assert_eq!(decode(&line), Ok(draft));
        }
    }

    /// What a version of the program from before there were drafts makes of it: a save of which no file is the outcome.
    #[test]
    fn a_draft_is_passed_over_by_who_knows_none() {
        let line = encode(&Line::Draft(Draft {
            at: Stamp(0),
            by: Some(CoderId::new("anna")),
            article: ArticleId::new("a1"),
            span: Span::new(0, 7),
            text: Some("who says\nso?".to_owned()),
        }));
        let text = line.rsplit_once(' ').unwrap().0;
        assert_eq!(
            text,
            r#"Saved((sha256: "draft", upto: 0, draft: (at: "1970-01-01T00:00:00Z", by: "anna", article: "a1", s: "0-7", text: "who says\nso?")))"#
        );
        let save = Saved { sha256: "draft".to_owned(), upto: 0 };
        assert_eq!(decode(&with_sum(&text.replace("draft: (", "later: ("))), Ok(Line::Saved(save)));
    }

    fn coding_line() -> String {
        encode(&entry(Action::Coding {
            key: SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a1") },
            span: Span::new(0, 7),
            to: Some(Coding { answered: true, at: Some(Stamp(0)), ..Coding::default() }),
        }))
    }

    fn with_sum(text: &str) -> String {
        format!("{text} {}", checksum(text))
    }

    #[test]
    fn a_line_reads_like_this() {
        let line = coding_line();
        assert_eq!(
            line.rsplit_once(' ').unwrap().0,
            r#"Entry((n: 7, at: "2026-11-23T10:11:12Z", by: "anna", name: "Label: denial", action: Coding((coder: "anna", article: "a1", s: "0-7", to: (labels: [], at: "1970-01-01T00:00:00Z")))))"#
        );
        let header = Line::Header(Header {
            project: ProjectId::new("p"),
            base: "ab".to_owned(),
            path: "/tmp/\u{202E}x\n.ron".to_owned(),
            host: "desk".to_owned(),
            pid: 12,
            at: Stamp(0),
            version: "0.1.0".to_owned(),
        });
        let saved = Line::Saved(Saved { sha256: "ab".to_owned(), upto: 9 });
        for line in [header, saved] {
            assert_eq!(decode(&encode(&line)), Ok(line));
        }
    }

    #[test]
    fn an_earlier_line_about_the_project_knows_no_abbreviations() {
        let line = r#"Entry((n: 7, at: "2026-11-23T10:11:12Z", by: "anna", name: "Label: denial", action: Project((title: "T"))))"#;
        let title = |never_end_after| entry(Action::Project { title: "T".to_owned(), never_end_after });
        assert_eq!(decode(&with_sum(line)), Ok(title(vec![])));
        assert_eq!(encode(&title(vec![])), with_sum(line));
        let said = encode(&title(vec!["Abg".to_owned(), "Az".to_owned()]));
        assert!(said.contains(r#"Project((title: "T", never_end_after: ["Abg", "Az"]))"#), "{said}");
    }

    #[test]
    fn every_changed_or_lost_byte_is_seen() {
        let line = coding_line();
        for at in 0..line.len() {
            assert!(decode(line.get(..at).unwrap()).is_err(), "cut at {at}");
            let mut bytes = line.clone().into_bytes();
            bytes[at] ^= 1;
            assert!(decode(std::str::from_utf8(&bytes).unwrap()).is_err(), "changed at {at}");
        }
        assert_eq!(decode(""), Err(JournalError::Torn));
        assert!(matches!(decode(&line.replace("anna", "anne")), Err(JournalError::Checksum { .. })));
    }

    #[test]
    fn a_newer_version_is_named() {
        for (name, text) in [
            ("Merged", "Merged((x: 1))".to_owned()),
            ("Tag", coding_line().rsplit_once(' ').unwrap().0.replace("Coding(", "Tag(")),
            (
                "Tag",
                coding_line()
                    .rsplit_once(' ')
                    .unwrap()
                    .0
                    .replace("Coding(", "Many([Tag(")
                    .replace("))))", ")])))"),
            ),
        ] {
            assert_eq!(decode(&with_sum(&text)), Err(JournalError::Newer(name.to_owned())), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let bomb = |open: &str, close: &str| {
            let nest = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
            let text = coding_line()
                .rsplit_once(' ')
                .unwrap()
                .0
                .replace("labels: []", &format!("labels: [], new: {nest}"));
            decode(&with_sum(&text))
        };
        for (open, close) in [("(", ")"), ("[", "]"), ("Some(", ")"), ("{1: ", "}")] {
            assert!(matches!(bomb(open, close), Err(JournalError::Syntax { .. })), "{open}");
        }
        let many = format!("{}{}", "Many([".repeat(50_000), "])".repeat(50_000));
        let text = format!("Entry((n: 1, at: \"1970-01-01T00:00:00Z\", name: \"\", action: {many}))");
        assert!(matches!(decode(&with_sum(&text)), Err(JournalError::Syntax { .. })));
    }
}
