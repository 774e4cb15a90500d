//! What a verb says of two versions of a project: values in words, and conflicts.

use crate::formats::time;
use crate::model::coding::Coding;
use crate::model::conflict::{Conflict, Plain, Value};
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, LabelId};
use crate::model::project::Project;
use crate::model::scheme::Label;
use serde_json::json;

/// `denial ? “see page 2”`; unanswered is a dash.
pub(in crate::cli) fn coding_words(coding: Option<&Coding>) -> String {
    let Some(coding) = coding else { return "\u{2013}".to_owned() };
    let mut words = if coding.answered { coding.labels_cell() } else { "unanswered".to_owned() };
    if coding.unsure {
        words.push_str(" ?");
    }
    if let Some(note) = &coding.note {
        words = format!("{words} \u{201c}{note}\u{201d}");
    }
    words
}

pub(in crate::cli) fn coding_json(coding: Option<&Coding>) -> serde_json::Value {
    coding.map_or(serde_json::Value::Null, |coding| {
        json!({
            "labels": if coding.answered { json!(ids(&coding.labels)) } else { serde_json::Value::Null },
            "unsure": coding.unsure,
            "note": coding.note,
        })
    })
}

pub(in crate::cli) fn decision_words(decision: &Decision) -> String {
    let labels = if decision.labels.is_empty() { "none".to_owned() } else { ids(&decision.labels).join("|") };
    let reason = &decision.reason;
    let reason = if reason.is_empty() { String::new() } else { format!(" \u{201c}{reason}\u{201d}") };
    format!("{labels}{reason} (by {})", decision.by)
}

pub(in crate::cli) fn decision_json(decision: Option<&Decision>) -> serde_json::Value {
    decision.map_or(serde_json::Value::Null, |decision| {
        json!({"labels": ids(&decision.labels), "reason": decision.reason, "by": decision.by.as_str()})
    })
}

fn ids(labels: &[LabelId]) -> Vec<&str> {
    labels.iter().map(LabelId::as_str).collect()
}

fn value_words(value: Option<&Value>) -> String {
    match value {
        None => "\u{2013}".to_owned(),
        Some(Value::Coding(coding)) => coding_words(Some(coding)),
        Some(Value::Decision(decision)) => decision_words(decision),
        Some(Value::Label(label)) => format!("{} \u{201c}{}\u{201d}", label.name, label.says),
        Some(Value::Plain(Plain::Text(text) | Plain::Source(text), _)) => text.clone(),
        Some(Value::Plain(Plain::Texts(texts), _)) => texts.join(", "),
    }
}

pub(in crate::cli) fn label_json(label: &Label) -> serde_json::Value {
    json!({
        "name": label.name, "keys": label.keys, "letter": label.letter, "colour": label.colour, "line": label.line,
        "says": label.says, "is": label.is, "is_not": label.is_not, "doubt": label.doubt, "retired": label.retired,
    })
}

fn value_json(value: Option<&Value>) -> serde_json::Value {
    match value {
        None => serde_json::Value::Null,
        Some(Value::Coding(coding)) => coding_json(Some(coding)),
        Some(Value::Decision(decision)) => decision_json(Some(decision)),
        Some(Value::Label(label)) => label_json(label),
        Some(Value::Plain(Plain::Text(text) | Plain::Source(text), _)) => json!(text),
        Some(Value::Plain(Plain::Texts(texts), _)) => json!(texts),
    }
}

/// What a conflict is about: `coding of anna at 0-121 of Mayor denies bribe (5d1f…)`.
pub(in crate::cli) fn about(conflict: &Conflict, project: &Project) -> String {
    let mut words = vec![conflict.what.word().to_owned()];
    if let Some(field) = &conflict.field {
        words.push(format!(", {field}"));
    }
    if let Some(id) = &conflict.id {
        words.push(format!(" `{id}`"));
    }
    if let Some(coder) = &conflict.coder {
        words.push(format!(" of `{coder}`"));
    }
    if let Some(article) = &conflict.article {
        let found = project.article(article);
        let number = found.zip(conflict.sentence).and_then(|(article, span)| article.idx_of(span));
        let sentence = match (number, conflict.sentence) {
            (Some(idx), _) => format!("sentence {} of ", idx + 1),
            (None, Some(span)) => format!("`{span}` of "),
            (None, None) => String::new(),
        };
        let title = found.map_or(article.as_str(), |article| article.shown_title());
        words.push(format!(", {sentence}{title} (`{article}`)"));
    }
    words.concat()
}

pub(in crate::cli) fn conflict_line(conflict: &Conflict, project: &Project) -> String {
    let (ours, theirs) = (value_words(conflict.ours.as_ref()), value_words(conflict.theirs.as_ref()));
    format!("conflict: {}: {ours} | {theirs}", about(conflict, project))
}

pub(in crate::cli) fn conflict_json(conflict: &Conflict) -> serde_json::Value {
    json!({
        "what": conflict.what.word(),
        "field": conflict.field,
        "article": conflict.article.as_ref().map(ArticleId::as_str),
        "sentence": conflict.sentence.map(|span| span.to_string()),
        "coder": conflict.coder.as_ref().map(CoderId::as_str),
        "id": conflict.id,
        "base": value_json(conflict.base.as_ref()),
        "ours": value_json(conflict.ours.as_ref()),
        "theirs": value_json(conflict.theirs.as_ref()),
        "who": conflict.who,
        "at": conflict.at.map(time::write),
    })
}
