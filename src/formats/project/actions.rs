//! Actions as RON, made of the records of the project file.

use crate::formats::project::cells::{CodingRec, SpanRec, Texts};
use crate::formats::project::mend::{self, Listing};
use crate::formats::project::out::{Fields, Out};
use crate::formats::project::record::record;
use crate::formats::project::records::{
    ArticleRec, CoderRec, CommentRec, ConflictRec, DecisionRec, DrawRec, ImportRec, LabelRec, LinkRec,
    SheetRec,
};
use crate::formats::project::rows::{self, Names, Odd};
use crate::formats::project::write_records as write;
use crate::model::action::{Action, Record, SchemeHead};
use crate::model::article::{Article, Sentence};
use crate::model::coder::Coder;
use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId, Span};
use crate::model::sheet::SheetKey;
use serde::Deserialize;
use std::sync::Arc;

/// An action as it stands in a line.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in crate::formats) enum ActionRec {
    Project(ProjectRec),
    Scheme(SchemeHeadRec),
    Label(Box<LabelToRec>),
    Coder(Box<CoderToRec>),
    Article(Box<ArticleToRec>),
    Sentences(Box<SentencesRec>),
    Sheet(Box<SheetToRec>),
    Coding(Box<CodingToRec>),
    Comment(Box<CommentToRec>),
    Link(Box<LinkToRec>),
    Decision(Box<DecisionToRec>),
    Draw(Box<DrawToRec>),
    Import(Box<ImportToRec>),
    Conflict(Box<ConflictToRec>),
    Head(HeadRec),
    Many(Vec<Self>),
}

record!(ProjectRec { title: String = must, never_end_after: Texts = (Texts::default()) });
record!(SchemeHeadRec { version: u32 = must, choose: String = must, skip: Texts = (Texts::default()) });
record!(LabelToRec { id: String = must, place: u32 = (0), to: LabelRec = may });
record!(CoderToRec { id: String = must, to: CoderRec = may });
record!(ArticleToRec { id: String = must, to: ArticleRec = may });
record!(SentencesRec { article: String = must, to: Vec<SentenceRec> = must });
record!(SentenceRec { s: SpanRec = must, from: u32 = must, to: u32 = must, kind: String = may });
record!(SheetToRec { coder: String = must, article: String = must, to: SheetRec = may });
record!(CodingToRec { coder: String = must, article: String = must, s: SpanRec = must, to: CodingRec = may });
record!(CommentToRec { id: String = must, to: CommentRec = may });
record!(LinkToRec { id: String = must, to: LinkRec = may });
record!(DecisionToRec { id: String = must, to: DecisionRec = may });
record!(DrawToRec { id: String = must, to: DrawRec = may });
record!(ImportToRec { id: String = must, to: ImportRec = may });
record!(ConflictToRec { place: u32 = must, to: ConflictRec = may });
record!(HeadRec {});

/// What no action of this program has, in one that it should have written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) struct Malformed(pub String);

/// Appends an action: `Coding((coder: "anna", article: "a1", s: "0-7", to: (labels: ["fact"])))`.
pub(in crate::formats) fn write_action(out: &mut Out, action: &Action) {
    match action {
        Action::Project { title, never_end_after } => {
            let mut fields = begin(out, "Project");
            fields.text("title", title);
            // Left out when empty, as in a line of a program that knew no such list.
            fields.texts("never_end_after", never_end_after.iter().map(String::as_str)).end(&None);
        }
        Action::Scheme { to } => {
            let mut fields = begin(out, "Scheme");
            write::scheme_fields(&mut fields, to.version, &to.choose, &to.skip);
            fields.end(&to.extra);
        }
        Action::Label { id, to } => {
            let mut fields = begin(out, "Label");
            fields.text("id", id.as_str());
            if let Some((place, label)) = to {
                fields.number("place", u32::try_from(*place).unwrap_or(u32::MAX));
                write::label(fields.name("to"), "", label);
            }
            fields.end(&None);
        }
        Action::Coder { id, to } => {
            to_field(begin(out, "Coder").text("id", id.as_str()), to.as_ref(), |out, to| {
                write::coder(out, "", to);
            });
        }
        Action::Article { id, to } => {
            to_field(begin(out, "Article").text("id", id.as_str()), to.as_ref(), |out, to| {
                write::article(out, to, (!to.intact).then_some("locked"));
            });
        }
        Action::Sentences { article, to } => {
            let mut fields = begin(out, "Sentences");
            fields.text("article", article.as_str());
            fields.name("to").list(to, write::sentence);
            fields.end(&None);
        }
        Action::Sheet { key, to } => {
            let mut fields = begin(out, "Sheet");
            to_field(key_fields(&mut fields, key), to.as_ref(), |out, to| write::sheet(out, "", &[], to));
        }
        Action::Coding { key, span, to } => {
            let mut fields = begin(out, "Coding");
            key_fields(&mut fields, key).span("s", Some(*span));
            to_field(&mut fields, to.as_ref(), |out, to| write::coding(out, None::<Span>, to));
        }
        Action::Record(record) => write_record(out, record),
        Action::Many(actions) => {
            out.push("Many(");
            out.list(actions, write_action);
        }
    }
    out.push(")");
}

fn write_record(out: &mut Out, record: &Record) {
    match record {
        Record::Comment { id, to } => {
            to_field(begin(out, "Comment").text("id", id.as_str()), to.as_ref(), |out, to| {
                write::comment(out, "", to);
            });
        }
        Record::Link { id, to } => {
            to_field(begin(out, "Link").text("id", id.as_str()), to.as_ref(), |out, to| {
                write::link(out, "", to);
            });
        }
        Record::Decision { id, to } => {
            to_field(begin(out, "Decision").text("id", id.as_str()), to.as_ref(), |out, to| {
                write::decision(out, "", to);
            });
        }
        Record::Draw { id, to } => {
            to_field(begin(out, "Draw").text("id", id.as_str()), to.as_ref(), |out, to| {
                write::draw(out, "", to);
            });
        }
        Record::Import { id, to } => {
            to_field(begin(out, "Import").text("id", id.as_str()), to.as_ref(), |out, to| {
                write::import(out, "", to);
            });
        }
        Record::Conflict { place, to } => {
            let mut fields = begin(out, "Conflict");
            fields.number("place", u32::try_from(*place).unwrap_or(u32::MAX));
            to_field(&mut fields, to.as_ref(), |out, to| write::conflict(out, "", to));
        }
        Record::Head { extra } => begin(out, "Head").end(extra),
    }
}

fn begin<'a>(out: &'a mut Out, name: &str) -> Fields<'a> {
    out.push(name);
    out.record("(")
}

fn key_fields<'a, 'b>(fields: &'b mut Fields<'a>, key: &SheetKey) -> &'b mut Fields<'a> {
    fields.text("coder", key.coder.as_str()).text("article", key.article.as_str())
}

/// What the thing becomes, left out when it goes; and the end of the record.
fn to_field<T>(fields: &mut Fields<'_>, to: Option<T>, write: impl FnOnce(&mut Out, T)) {
    if let Some(to) = to {
        write(fields.name("to"), to);
    }
    fields.end(&None);
}

/// The action of a record.
pub(in crate::formats) fn action(rec: ActionRec) -> Result<Action, Malformed> {
    let record_id = |id: String| RecordId::new(id);
    Ok(match rec {
        ActionRec::Project(rec) => {
            Action::Project { title: rec.title, never_end_after: rec.never_end_after.0 }
        }
        ActionRec::Scheme(rec) => Action::Scheme {
            to: SchemeHead { version: rec.version, choose: rec.choose, skip: rec.skip.0, extra: rec.extra },
        },
        ActionRec::Label(rec) => {
            let place = rec.place as usize;
            let to = rec.to.map(|to| (place, Arc::new(mend::label(to))));
            Action::Label { id: LabelId::new(rec.id), to }
        }
        ActionRec::Coder(rec) => {
            let coder = |rec: CoderRec| Coder {
                id: CoderId::new(rec.id),
                name: rec.name,
                role: rec.role,
                extra: rec.extra,
            };
            Action::Coder { id: CoderId::new(rec.id), to: rec.to.map(coder) }
        }
        ActionRec::Article(rec) => {
            Action::Article { id: ArticleId::new(rec.id), to: rec.to.map(article).transpose()?.map(Arc::new) }
        }
        ActionRec::Sentences(rec) => {
            let to = rec.to.into_iter().map(sentence).collect::<Result<_, _>>()?;
            Action::Sentences { article: ArticleId::new(rec.article), to }
        }
        ActionRec::Sheet(rec) => {
            let to = match rec.to {
                Some(to) => {
                    let (sheet, odd, bad_time) = mend::sheet_as_written(to, &mut Names::default());
                    sound(odd.is_none() && bad_time.is_none(), "a sheet")?;
                    Some(Arc::new(sheet))
                }
                None => None,
            };
            Action::Sheet { key: key(rec.coder, rec.article), to }
        }
        ActionRec::Coding(rec) => {
            let to = match rec.to {
                Some(to) => {
                    let (span, coding, odd) = rows::coding(to, &mut Names::default());
                    sound(span.is_none() && !odd.iter().any(|odd| matches!(odd, Odd::Time(..))), "a coding")?;
                    Some(coding)
                }
                None => None,
            };
            Action::Coding { key: key(rec.coder, rec.article), span: span(rec.s)?, to }
        }
        ActionRec::Comment(rec) => {
            let to = rec.to.map(|to| mend::comment(to, &mut Names::default()));
            sound(to.as_ref().is_none_or(|(_, is_bad, bad)| !is_bad && bad.is_none()), "a comment")?;
            Action::Record(Record::Comment { id: record_id(rec.id), to: to.map(|(comment, ..)| comment) })
        }
        ActionRec::Link(rec) => {
            let to = rec.to.map(|to| mend::link(to, &mut Names::default()));
            sound(to.as_ref().is_none_or(|(_, bad)| bad.is_none()), "a link")?;
            Action::Record(Record::Link { id: record_id(rec.id), to: to.map(|(link, _)| link) })
        }
        ActionRec::Decision(rec) => {
            let to = rec.to.map(|to| mend::decision(to, &mut Names::default()));
            sound(to.as_ref().is_none_or(|(_, bad)| bad.is_none()), "a decision")?;
            Action::Record(Record::Decision { id: record_id(rec.id), to: to.map(|(decision, _)| decision) })
        }
        ActionRec::Draw(rec) => {
            let to = rec.to.map(|to| mend::draw(to, &mut Names::default()));
            sound(to.as_ref().is_none_or(Listing::is_sound), "a draw")?;
            Action::Record(Record::Draw { id: record_id(rec.id), to: to.map(|draw| draw.record) })
        }
        ActionRec::Import(rec) => {
            let to = rec.to.map(|to| mend::import(to, &mut Names::default()));
            sound(to.as_ref().is_none_or(Listing::is_sound), "an import")?;
            Action::Record(Record::Import { id: record_id(rec.id), to: to.map(|import| import.record) })
        }
        ActionRec::Conflict(rec) => {
            let to = rec.to.map(|to| mend::conflict(to, &mut Names::default()));
            sound(to.as_ref().is_none_or(|(_, is_odd)| !is_odd), "a conflict")?;
            let to = to.map(|(conflict, _)| Box::new(conflict));
            Action::Record(Record::Conflict { place: rec.place as usize, to })
        }
        ActionRec::Head(rec) => Action::Record(Record::Head { extra: rec.extra }),
        ActionRec::Many(recs) => Action::Many(recs.into_iter().map(action).collect::<Result<_, _>>()?),
    })
}

fn sound(is_sound: bool, what: &str) -> Result<(), Malformed> {
    if is_sound { Ok(()) } else { Err(Malformed(format!("{what} holds a time or a sentence that is none"))) }
}

fn key(coder: String, article: String) -> SheetKey {
    SheetKey { coder: CoderId::new(coder), article: ArticleId::new(article) }
}

fn span(SpanRec(rec): SpanRec) -> Result<Span, Malformed> {
    rec.map_err(|written| Malformed(format!("`{written}` is no sentence")))
}

/// The text has its line's checksum: it is not hashed again.
fn article(rec: ArticleRec) -> Result<Article, Malformed> {
    let is_plain = rec.text.moved.is_empty() && rec.text.blank.is_empty();
    let intact = rec.locked.is_none();
    let mut article = mend::article_as_written(rec).0;
    article.intact = intact;
    if is_plain { Ok(article) } else { Err(Malformed("the sentences do not tile the text".to_owned())) }
}

fn sentence(rec: SentenceRec) -> Result<Sentence, Malformed> {
    let kind = rec.kind.map(Arc::from);
    Ok(Sentence { span: span(rec.s)?, bytes: rec.from..rec.to, kind, extra: rec.extra })
}
