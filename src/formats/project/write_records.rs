//! Each record as the file writes it: known fields in their order, defaults left out, then what is not known.

use crate::formats::project::out::{Fields, Layout, Out};
use crate::model::article::{Article, Meta, Sentence};
use crate::model::coder::Coder;
use crate::model::coding::{Coding, Row};
use crate::model::comment::Comment;
use crate::model::conflict::{Conflict, Plain, Value, What};
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, RecordId, Span};
use crate::model::import::{Import, ImportFile, LeftOut};
use crate::model::link::Link;
use crate::model::scheme::Label;
use crate::model::sheet::{Sheet, SheetKey};

/// A record on one line, for a place where the file's layout does not reach.
pub(in crate::formats) fn one_line(write: impl FnOnce(&mut Out)) -> String {
    let mut out = Out::new(Layout::One, 64);
    write(&mut out);
    out.text
}

/// The fields of a scheme, up to its labels.
pub(in crate::formats) fn scheme_fields(
    fields: &mut Fields<'_>,
    version: u32,
    choose: &str,
    skip: &[String],
) {
    fields.number("version", version).text("choose", choose).texts("skip", skip.iter().map(String::as_str));
}

pub(in crate::formats) fn label(out: &mut Out, name: &str, label: &Label) {
    let mut fields = out.record(name);
    fields.text("id", label.id.as_str()).text("name", &label.name);
    fields.texts("keys", label.keys.iter().map(String::as_str));
    fields.opt("letter", said(&label.letter));
    fields.opt("colour", said(&label.colour));
    fields.opt("line", said(&label.line));
    fields.opt("says", said(&label.says));
    fields.texts("is", label.is.iter().map(String::as_str));
    fields.texts("is_not", label.is_not.iter().map(String::as_str));
    fields.opt("doubt", label.doubt.as_deref()).flag("retired", label.retired);
    fields.texts("was", label.was.iter().map(LabelId::as_str));
    fields.end(&label.extra);
}

pub(in crate::formats) fn coder(out: &mut Out, name: &str, coder: &Coder) {
    let mut fields = out.record(name);
    fields.text("id", coder.id.as_str()).text("name", &coder.name).opt("role", coder.role.as_deref());
    fields.end(&coder.extra);
}

/// `locked` is the hash of a text that is known not to be the one imported.
pub(in crate::formats) fn article(out: &mut Out, article: &Article, locked: Option<&str>) {
    let mut fields = out.record("");
    article_fields(&mut fields, article);
    fields.opt("locked", locked);
    fields.name("text").list(article.sentences().iter().enumerate(), |out, (idx, sentence)| {
        text_row(out, sentence.span, article.row_of(idx), sentence.kind.as_deref(), &sentence.extra);
    });
    fields.opt("aside", article.aside.as_deref()).opt("split", article.split.as_deref());
    fields.end(&article.extra);
}

/// An article without sentences, with the rows that it has instead.
pub(in crate::formats) fn bare_article<'a>(
    out: &mut Out,
    article: &Article,
    rows: impl Iterator<Item = &'a str>,
) {
    let mut fields = out.record("article");
    article_fields(&mut fields, article);
    fields.name("text").list(rows, Out::push);
    fields.opt("aside", article.aside.as_deref()).opt("split", article.split.as_deref());
    fields.end(&article.extra);
}

/// The fields of an article before its text.
pub(in crate::formats) fn article_fields(fields: &mut Fields<'_>, article: &Article) {
    fields.text("id", article.id.as_str()).number("added", article.added);
    meta(fields, &article.meta);
    fields.opt("source", article.source.as_deref());
    fields.opt("source_sha256", article.source_sha256.as_deref());
    fields.text("sha256", &article.sha256);
}

/// A row that names no sentence, with the sheet it stood in.
pub(in crate::formats) fn lost_row(out: &mut Out, key: &SheetKey, row: &str) {
    let mut fields = out.record("row");
    fields.text("coder", key.coder.as_str()).text("article", key.article.as_str());
    fields.name("row").push(row);
    fields.end(&None);
}

/// The first field of a row: a span, or a text that is none.
#[derive(Debug, Clone, Copy)]
pub(in crate::formats) enum SpanText<'a> {
    Span(Span),
    Text(&'a str),
}

impl From<Span> for SpanText<'_> {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl<'a> From<&'a String> for SpanText<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

fn meta(fields: &mut Fields<'_>, meta: &Meta) {
    fields.opt("title", meta.title.as_deref()).opt("subtitle", meta.subtitle.as_deref());
    fields.opt("byline", meta.byline.as_deref()).opt("outlet", meta.outlet.as_deref());
    fields.opt("section", meta.section.as_deref()).opt("published", meta.published.as_deref());
    fields.opt("published_as", meta.published_as.as_deref()).opt("url", meta.url.as_deref());
    fields.opt("doc_id", meta.doc_id.as_deref());
    if let Some(words) = meta.words {
        fields.number("words", words);
    }
    fields.opt("lang", meta.lang.as_deref());
    fields.texts("tags", meta.tags.iter().map(String::as_str)).opt("import", meta.import.as_deref());
}

pub(in crate::formats) fn text_row<'a>(
    out: &mut Out,
    span: impl Into<SpanText<'a>>,
    text: &str,
    kind: Option<&str>,
    extra: &Kept,
) {
    let mut fields = out.record("");
    span_field(&mut fields, span.into());
    fields.text("t", text).opt("kind", kind);
    fields.end(extra);
}

fn span_field(fields: &mut Fields<'_>, span: SpanText<'_>) {
    match span {
        SpanText::Span(span) => fields.span("s", Some(span)),
        SpanText::Text(text) => fields.text("s", text),
    };
}

/// A sentence without its text: its place in code points and in bytes.
pub(in crate::formats) fn sentence(out: &mut Out, sentence: &Sentence) {
    let mut fields = out.record("");
    fields.span("s", Some(sentence.span));
    fields.number("from", sentence.bytes.start).number("to", sentence.bytes.end);
    fields.opt("kind", sentence.kind.as_deref());
    fields.end(&sentence.extra);
}

/// A sheet with a slot for each of these sentences, which hold all its rows.
pub(in crate::formats) fn sheet(out: &mut Out, name: &str, slots: &[Sentence], sheet: &Sheet) {
    let mut fields = out.record(name);
    fields.text("coder", sheet.key.coder.as_str()).text("article", sheet.key.article.as_str());
    fields.flag("assigned", sheet.assigned).flag("done", sheet.done);
    fields.at("done_at", sheet.done_at).number("scheme", sheet.scheme);
    let out = fields.name("rows");
    if slots.is_empty() {
        rows(out, &sheet.rows);
    } else {
        out.push("[");
        out.end_line();
        let mut left = sheet.rows.iter().peekable();
        for slot in slots {
            out.slot(|out| out.span(slot.span));
            if let Some(row) = left.next_if(|row| row.span == slot.span) {
                coding(out, Some(row.span), &row.coding);
                out.push(",");
                out.end_line();
            }
        }
        out.push("]");
    }
    if !sheet.kept.is_empty() {
        rows(fields.name("kept"), &sheet.kept);
    }
    fields.end(&sheet.extra);
}

fn rows(out: &mut Out, rows: &[Row]) {
    out.list(rows, |out, row| coding(out, Some(row.span), &row.coding));
}

/// A coding, as a row when it stands at a span.
pub(in crate::formats) fn coding<'a>(out: &mut Out, span: Option<impl Into<SpanText<'a>>>, coding: &Coding) {
    let mut fields = out.record("");
    if let Some(span) = span {
        span_field(&mut fields, span.into());
    }
    if coding.answered || !coding.labels.is_empty() {
        fields.all_texts("labels", coding.labels.iter().map(LabelId::as_str));
    }
    if !coding.answered {
        fields.name("answered").push("false");
    }
    fields.flag("unsure", coding.unsure).opt("note", coding.note.as_deref());
    fields.at("at", coding.at).flag("check", coding.check).opt("by", coding.by.as_deref());
    if let Some(version) = coding.scheme {
        fields.number("scheme", version);
    }
    fields.end(&coding.extra);
}

pub(in crate::formats) fn link(out: &mut Out, name: &str, link: &Link) {
    let mut fields = out.record(name);
    fields.text("id", link.id.as_str()).text("article", link.article.as_str());
    fields.span("s", Some(link.sentence)).text("to_article", link.to_article.as_str());
    fields.span("to_s", Some(link.to_sentence)).text("by", link.by.as_str()).at("at", link.at);
    fields.end(&link.extra);
}

pub(in crate::formats) fn decision(out: &mut Out, name: &str, decision: &Decision) {
    let mut fields = out.record(name);
    fields.text("id", decision.id.as_str()).text("article", decision.article.as_str());
    fields.span("s", Some(decision.sentence));
    fields.all_texts("labels", decision.labels.iter().map(LabelId::as_str));
    fields.opt("reason", said(&decision.reason));
    fields.text("by", decision.by.as_str()).at("at", decision.at);
    later_of_decision(&mut fields, decision);
    fields.end(&decision.extra);
}

/// What decisions got since they were first written.
fn later_of_decision(fields: &mut Fields<'_>, decision: &Decision) {
    fields.opt("code", said(&decision.code));
    fields.texts("answers", decision.answers.iter().map(|answer| &**answer));
}

pub(in crate::formats) fn comment(out: &mut Out, name: &str, comment: &Comment) {
    let mut fields = out.record(name);
    fields.text("id", comment.id.as_str()).text("article", comment.article.as_str());
    fields.span("s", comment.sentence).text("by", comment.by.as_str()).at("at", comment.at);
    fields.text("text", &comment.text).opt("re", comment.re.as_ref().map(RecordId::as_str));
    fields.flag("resolved", comment.resolved);
    fields.end(&comment.extra);
}

pub(in crate::formats) fn draw(out: &mut Out, name: &str, draw: &Draw) {
    let mut fields = out.record(name);
    fields.text("id", draw.id.as_str()).opt("by", draw.by.as_ref().map(CoderId::as_str));
    fields.at("at", draw.at).name("seed").push(&draw.seed.to_string());
    fields.number("size", draw.size).number("of", draw.of);
    fields.texts("strata", draw.strata.iter().map(|stratum| &**stratum));
    let articles = draw.articles.iter().map(ArticleId::as_str);
    fields.name("articles").list(articles, Out::string);
    fields.end(&draw.extra);
}

pub(in crate::formats) fn import(out: &mut Out, name: &str, import: &Import) {
    let mut fields = out.record(name);
    fields.text("id", import.id.as_str()).opt("by", import.by.as_ref().map(CoderId::as_str));
    fields.at("at", import.at).opt("program", said(&import.program));
    if !import.files.is_empty() {
        fields.name("files").list(&import.files, import_file);
    }
    if !import.left.is_empty() {
        fields.name("left").list(&import.left, left_out);
    }
    fields.end(&import.extra);
}

fn import_file(out: &mut Out, file: &ImportFile) {
    let mut fields = out.record("");
    fields.text("name", &file.name).opt("sha256", file.sha256.as_deref());
    fields.opt("layout", file.layout.as_deref());
    if let Some(announced) = file.announced {
        fields.number("announced", announced);
    }
    fields.number("found", file.found).number("taken", file.taken);
    fields.texts("warnings", file.warnings.iter().map(String::as_str));
    fields.end(&file.extra);
}

fn left_out(out: &mut Out, left: &LeftOut) {
    let mut fields = out.record("");
    fields.text("file", &left.file).opt("place", said(&left.place));
    fields.opt("title", said(&left.title)).text("why", &left.why);
    fields.end(&left.extra);
}

/// A text that is left out when it says nothing.
fn said(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

pub(in crate::formats) fn conflict(out: &mut Out, name: &str, conflict: &Conflict) {
    let mut fields = out.record(name);
    let article = conflict.article.as_ref().map_or("", |article| article.as_str());
    fields.text("coder", conflict.coder.as_ref().map_or("", |coder| coder.as_str())).text("article", article);
    match conflict.sentence {
        Some(span) => fields.span("s", Some(span)),
        None => fields.text("s", ""),
    };
    for (name, side) in [("base", &conflict.base), ("ours", &conflict.ours), ("theirs", &conflict.theirs)] {
        if let Some(side) = side {
            conflict_side(fields.name(name), side);
        }
    }
    fields.opt("who", conflict.who.as_deref()).at("at", conflict.at);
    // Left out for what was the only kind once.
    fields.opt("what", Some(conflict.what.word()).filter(|_| conflict.what != What::Coding));
    fields.opt("field", conflict.field.as_deref()).opt("id", conflict.id.as_deref());
    fields.end(&conflict.extra);
}

/// The fields of whatever stands there, without the place that the conflict names.
fn conflict_side(out: &mut Out, side: &Value) {
    match side {
        Value::Coding(side) => coding(out, None::<Span>, side),
        Value::Label(side) => label(out, "", side),
        Value::Decision(side) => {
            let mut fields = out.record("");
            fields.text("id", side.id.as_str());
            fields.all_texts("labels", side.labels.iter().map(LabelId::as_str));
            fields.at("at", side.at).text("by", side.by.as_str());
            fields.opt("reason", said(&side.reason));
            later_of_decision(&mut fields, side);
            fields.end(&side.extra);
        }
        Value::Plain(plain, extra) => {
            let mut fields = out.record("");
            match plain {
                Plain::Text(text) => fields.text("value", text),
                Plain::Texts(texts) => fields.all_texts("values", texts.iter().map(String::as_str)),
                Plain::Source(source) => fields.text("source", source),
            };
            fields.end(extra);
        }
    }
}
