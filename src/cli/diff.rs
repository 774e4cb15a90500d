//! `allegata diff`: where two versions of a project differ.

use crate::analysis::difference::{self, ArticleChange, Both, CodingChange, Difference};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::versions;
use crate::formats::time;
use crate::model::article::Article;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, Kept, Span};
use crate::model::project::Project;
use crate::model::scheme::Label;
use crate::model::sheet::Sheet;
use crate::shell::reading;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

const AFTER_HELP: &str = "\
Examples:
  allegata diff yesterday.allegata.ron inquiry.allegata.ron
  allegata diff mine.ron theirs.ron --base before.ron --json | jq '.counts'

Exit status: 0 the same, 1 different.";

/// Show where two versions of a project differ
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The first version
    #[arg(value_name = "A.ron")]
    a: PathBuf,
    /// The second version
    #[arg(value_name = "B.ron")]
    b: PathBuf,
    /// The version that both came from: answers show what was before
    #[arg(long, value_name = "O.ron")]
    base: Option<PathBuf>,
    /// One JSON object: articles, scheme, boundaries, codings, comments, decisions, others, counts
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let (a, b) = (reading::as_it_is(&args.a)?, reading::as_it_is(&args.b)?);
    let base = args.base.as_deref().map(reading::version).transpose()?.flatten();
    for (path, version) in [(&args.a, &a), (&args.b, &b)] {
        for mend in &version.mends {
            console.warn(&format!("`{}`: {mend}", path.display()));
        }
    }
    let difference = Difference::of(base.as_ref().map(|base| &base.project), &a.project, &b.project);
    if args.json {
        console.json(&as_json(&difference))?;
    } else {
        say(&difference, &a.project, &b.project, console)?;
    }
    Ok(if difference.is_nothing() { Outcome::Fine } else { Outcome::Look })
}

/// Lines by article; what belongs to none stands first.
fn say(d: &Difference, a: &Project, b: &Project, console: &mut Console<'_>) -> anyhow::Result<()> {
    let mut lines: BTreeMap<Option<ArticleId>, Vec<String>> = BTreeMap::new();
    let mut line = |article: Option<&ArticleId>, line: String| {
        lines.entry(article.cloned()).or_default().push(line);
    };
    for (name, (a, b)) in &d.others {
        line(None, format!("{name}: {}", change(a.as_deref(), b.as_deref())));
    }
    for (name, a, b) in &d.scheme {
        line(None, format!("scheme, {name}: {}", change(Some(a), Some(b))));
    }
    for (a, b) in &d.labels {
        let id = a.as_ref().or(b.as_ref()).map(|label| label.id.to_string()).unwrap_or_default();
        let words = |label: &Arc<Label>| format!("{} \u{201c}{}\u{201d}", label.name, label.says);
        if let (Some(a), Some(b)) = (a, b) {
            line(
                None,
                format!("label {id}: {}", named(label_fields(a), label_fields(b), "the label").join("; ")),
            );
        } else {
            let (a, b) = (a.as_ref().map(words), b.as_ref().map(words));
            line(None, format!("label {id}: {}", change(a.as_deref(), b.as_deref())));
        }
    }
    for article in &d.articles {
        let (id, words) = match (&article.a, &article.b) {
            (Some(a), Some(b)) => (&a.id, fields(a, b).join("; ")),
            (Some(a), None) => (&a.id, "article removed".to_owned()),
            (None, Some(b)) => (&b.id, "article added".to_owned()),
            (None, None) => continue,
        };
        line(Some(id), words);
    }
    for (a, b) in &d.boundaries {
        line(Some(&a.id), format!("sentences: {} \u{2192} {}", a.n_sentences(), b.n_sentences()));
    }
    let number = |article: &ArticleId, span: Span| {
        let of = |project: &Project| project.article(article).and_then(|article| article.idx_of(span));
        of(b).or_else(|| of(a)).map_or_else(|| span.to_string(), |idx| (idx + 1).to_string())
    };
    for change in &d.codings {
        let (a, b) = (versions::coding_words(change.a.as_ref()), versions::coding_words(change.b.as_ref()));
        let sentence = number(&change.article, change.sentence);
        let more = match (&change.a, &change.b) {
            (Some(one), Some(other)) if a == b => {
                named(row_details(one), row_details(other), "the row").join("; ")
            }
            _ => String::new(),
        };
        let more = if more.is_empty() { more } else { format!(", {more}") };
        line(Some(&change.article), format!("sentence {sentence}, {}: {a} \u{2192} {b}{more}", change.coder));
    }
    for (key, (a, b)) in &d.sheets {
        let words = |sheet: &Arc<Sheet>| {
            let mut words = vec![if sheet.done { "done" } else { "not done" }];
            words.extend(sheet.assigned.then_some("assigned"));
            words.join(", ")
        };
        let said = if let (Some(a), Some(b)) = (a, b) {
            named(sheet_fields(a), sheet_fields(b), "the sheet").join("; ")
        } else {
            change(a.as_ref().map(words).as_deref(), b.as_ref().map(words).as_deref())
        };
        line(Some(&key.article), format!("sheet of {}: {said}", key.coder));
    }
    for (a, b) in &d.decisions {
        let Some(any) = a.as_ref().or(b.as_ref()) else { continue };
        let (was, is) = (a.as_ref().map(versions::decision_words), b.as_ref().map(versions::decision_words));
        let sentence = number(&any.article, any.sentence);
        line(
            Some(&any.article),
            format!("decision on sentence {sentence}: {}", change(was.as_deref(), is.as_deref())),
        );
    }
    for (a, b) in &d.comments {
        let Some(any) = a.as_ref().or(b.as_ref()) else { continue };
        let (was, is) = (a.as_ref().map(|c| c.text.as_str()), b.as_ref().map(|c| c.text.as_str()));
        line(Some(&any.article), format!("comment of {}: {}", any.by, change(was, is)));
    }
    for (article, lines) in lines {
        if let Some(id) = &article {
            let found = b.article(id).or_else(|| a.article(id));
            let title = found.map_or_else(String::new, |article| article.shown_title().to_owned());
            console.line(&format!("{title} ({id})"))?;
        }
        let indent = if article.is_some() { "  " } else { "" };
        lines.iter().try_for_each(|line| console.line(&format!("{indent}{}", line.replace('\n', " "))))?;
    }
    Ok(())
}

fn change(a: Option<&str>, b: Option<&str>) -> String {
    let more = if a == b { ", with other details" } else { "" };
    format!("{} \u{2192} {}{more}", a.unwrap_or("\u{2013}"), b.unwrap_or("\u{2013}"))
}

/// The fields of a thing, by name.
type Fields = Vec<(&'static str, Option<String>)>;

/// `outlet: Ledger → Post`, for each field that differs; without one, `rest` does.
fn named(a: Fields, b: Fields, rest: &str) -> Vec<String> {
    let differ = a.into_iter().zip(b).filter(|((_, a), (_, b))| a != b);
    let named: Vec<_> =
        differ.map(|((name, a), (_, b))| format!("{name}: {}", change(a.as_deref(), b.as_deref()))).collect();
    if named.is_empty() { vec![format!("{rest} differs")] } else { named }
}

fn extra_of(extra: &Kept) -> Option<String> {
    extra.as_ref().map(|_| difference::of_newer(extra))
}

fn label_fields(label: &Arc<Label>) -> Fields {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let list = |list: &[String]| text(&list.join(", "));
    vec![
        ("name", text(&label.name)),
        ("keys", list(&label.keys)),
        ("letter", text(&label.letter)),
        ("colour", text(&label.colour)),
        ("line", text(&label.line)),
        ("says", text(&label.says)),
        ("is", list(&label.is)),
        ("is_not", list(&label.is_not)),
        ("doubt", label.doubt.clone()),
        ("retired", label.retired.then(|| "yes".to_owned())),
        ("fields of a newer version", extra_of(&label.extra)),
    ]
}

/// What stands beside an answer.
fn row_details(coding: &Coding) -> Fields {
    vec![
        ("given", coding.at.map(time::write)),
        ("scheme", coding.scheme.map(|version| format!("version {version}"))),
        ("to check", coding.check.then(|| "yes".to_owned())),
        ("by", coding.by.as_ref().map(ToString::to_string)),
        ("fields of a newer version", extra_of(&coding.extra)),
    ]
}

fn sheet_fields(sheet: &Arc<Sheet>) -> Fields {
    let yes = |is_so: bool| Some(if is_so { "yes" } else { "no" }.to_owned());
    let kept =
        sheet.kept.iter().map(|row| format!("{} {}", row.span, versions::coding_words(Some(&row.coding))));
    let kept = kept.collect::<Vec<_>>().join(", ");
    vec![
        ("done", yes(sheet.done)),
        ("assigned", yes(sheet.assigned)),
        ("done at", sheet.done_at.map(time::write)),
        ("scheme", Some(format!("version {}", sheet.scheme))),
        ("to check", (!kept.is_empty()).then_some(kept)),
        ("fields of a newer version", extra_of(&sheet.extra)),
    ]
}

/// What is known about an article, and its text.
fn fields(a: &Article, b: &Article) -> Vec<String> {
    let of = |article: &Article| -> Fields {
        let meta = (*article.meta).clone();
        let words = meta.words.map(|words| words.to_string());
        let tags = (!meta.tags.is_empty()).then(|| meta.tags.join(", "));
        let intact = Some(if article.intact { "as imported" } else { "changed" }.to_owned());
        let text = Some(format!("{} characters", article.text().chars().count()));
        vec![
            ("title", meta.title),
            ("subtitle", meta.subtitle),
            ("byline", meta.byline),
            ("outlet", meta.outlet),
            ("section", meta.section),
            ("published", meta.published),
            ("published_as", meta.published_as),
            ("url", meta.url),
            ("doc_id", meta.doc_id),
            ("words", words),
            ("lang", meta.lang),
            ("tags", tags),
            ("import", meta.import),
            ("source", article.source.clone()),
            ("aside", article.aside.clone()),
            ("added", Some(article.added.to_string())),
            ("text", text),
            ("text is", intact),
            ("fields of a newer version", extra_of(&article.extra)),
        ]
    };
    named(of(a), of(b), "the text")
}

fn as_json(d: &Difference) -> Value {
    let articles: Vec<Value> = d.articles.iter().map(article_json).collect();
    let scheme = scheme_json(d);
    let spans = |article: &Article| -> Vec<String> {
        article.sentences().iter().map(|sentence| sentence.span.to_string()).collect()
    };
    let boundaries = d.boundaries.iter();
    let boundaries: Vec<Value> =
        boundaries.map(|(a, b)| json!({"article": a.id.as_str(), "a": spans(a), "b": spans(b)})).collect();
    let codings: Vec<Value> = d.codings.iter().map(coding_json).collect();
    let comments: Vec<Value> = d.comments.iter().filter_map(comment_json).collect();
    let decisions: Vec<Value> = d.decisions.iter().filter_map(decision_json).collect();
    let others = others_json(d);
    let counts = json!({
        "articles": articles.len(), "scheme": scheme.len(), "boundaries": boundaries.len(), "codings": codings.len(),
        "comments": comments.len(), "decisions": decisions.len(), "others": others.len(),
    });
    json!({
        "articles": articles, "scheme": scheme, "boundaries": boundaries, "codings": codings, "comments": comments,
        "decisions": decisions, "others": others, "counts": counts,
    })
}

fn article_json(change: &ArticleChange) -> Value {
    let any = change.a.as_ref().or(change.b.as_ref());
    let what = match (&change.a, &change.b) {
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "removed",
        _ => "added",
    };
    let fields = change.a.as_ref().zip(change.b.as_ref()).map(|(a, b)| fields(a, b)).unwrap_or_default();
    json!({
        "article": any.map(|article| article.id.to_string()),
        "title": any.map(|article| article.shown_title().to_owned()),
        "change": what,
        "fields": fields,
    })
}

fn scheme_json(d: &Difference) -> Vec<Value> {
    let labels = d.labels.iter().map(|(a, b)| {
        let id = a.as_ref().or(b.as_ref()).map(|label| label.id.to_string());
        let label = |label: &Option<Arc<Label>>| label.as_deref().map(versions::label_json);
        json!({"label": id, "a": label(a), "b": label(b)})
    });
    let heads = d.scheme.iter().map(|(name, a, b)| json!({"field": name, "a": a, "b": b}));
    heads.chain(labels).collect()
}

fn coding_json(change: &CodingChange) -> Value {
    json!({
        "article": change.article.as_str(),
        "sentence": change.sentence.to_string(),
        "coder": change.coder.as_str(),
        "base": versions::coding_json(change.base.as_ref()),
        "a": versions::coding_json(change.a.as_ref()),
        "b": versions::coding_json(change.b.as_ref()),
    })
}

fn comment_json((a, b): &Both<Comment>) -> Option<Value> {
    let any = a.as_ref().or(b.as_ref())?;
    let text = |comment: &Option<Comment>| comment.as_ref().map(|comment| comment.text.clone());
    Some(json!({
        "comment": any.id.as_str(), "article": any.article.as_str(),
        "sentence": any.sentence.map(|span| span.to_string()), "by": any.by.as_str(), "a": text(a), "b": text(b),
    }))
}

fn decision_json((a, b): &Both<Decision>) -> Option<Value> {
    let any = a.as_ref().or(b.as_ref())?;
    let (a, b) = (versions::decision_json(a.as_ref()), versions::decision_json(b.as_ref()));
    let (article, sentence) = (any.article.as_str(), any.sentence.to_string());
    Some(json!({"decision": any.id.as_str(), "article": article, "sentence": sentence, "a": a, "b": b}))
}

/// Links, coders, what is the project's own, and sheets that are done or given.
fn others_json(d: &Difference) -> Vec<Value> {
    let others = d.others.iter().map(|(what, (a, b))| json!({"what": what, "a": a, "b": b}));
    let sheets = d.sheets.iter().map(|(key, (a, b))| {
        let head = |sheet: &Option<Arc<Sheet>>| {
            sheet.as_ref().map(
                |sheet| json!({"done": sheet.done, "assigned": sheet.assigned, "kept": sheet.kept.len()}),
            )
        };
        let (article, coder) = (key.article.as_str(), key.coder.as_str());
        json!({"what": "sheet", "article": article, "coder": coder, "a": head(a), "b": head(b)})
    });
    others.chain(sheets).collect()
}
