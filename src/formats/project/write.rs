//! The whole file: sections in their order, slots, one record a line.

use crate::formats::hashes::sha256_hex;
use crate::formats::project::out::{Layout, Out};
use crate::formats::project::write_records as records;
use crate::formats::project::{FORMAT, WRITERS_FROM};
use crate::model::article::Article;
use crate::model::ids::{ArticleId, Kept};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use std::sync::Arc;

const HEADER: &str = "// Allegata project: any RON reader reads this file\n";

/// Fields of the head that a newer version wrote: they stay what they are, at their place.
pub(in crate::formats) const HEAD: [&str; 2] = ["format", "writers_from"];

/// The file of a project: the same project gives the same bytes.
pub fn write(project: &Project) -> String {
    let mut out = Out::new(Layout::Lines, guess_bytes(project));
    out.push(HEADER);
    out.push("(\n");
    let (head, extra) = split_head(project.extra());
    for ((name, known), newer) in HEAD.iter().zip([FORMAT, WRITERS_FROM]).zip(head) {
        out.push(name);
        out.push(": ");
        match newer {
            Some(newer) => out.push(newer),
            None => out.number(known),
        }
        out.push(if *name == "format" { ", " } else { ",\n" });
    }
    out.push("id: ");
    out.string(project.id().as_str());
    out.push(", title: ");
    out.string(project.title());
    out.push(",\n");
    scheme(&mut out, project);
    section(&mut out, "coders", project.coders(), |out, coder| records::coder(out, "", coder));
    section(&mut out, "articles", project.articles(), write_article);
    sheets(&mut out, project);
    slotted(&mut out, project, "links", project.links(), |link| &link.article, records::link);
    slotted(&mut out, project, "decisions", project.decisions(), |d| &d.article, records::decision);
    slotted(&mut out, project, "comments", project.comments(), |c| &c.article, records::comment);
    section(&mut out, "conflicts", project.conflicts(), |out, conflict| records::conflict(out, "", conflict));
    if !project.never_end_after().is_empty() {
        section(&mut out, "never_end_after", project.never_end_after(), |out, text| out.string(text));
    }
    if let Some(coder) = project.handed_to() {
        out.push("handed_to: ");
        out.string(coder.as_str());
        out.push(",\n");
    }
    if project.draws().next().is_some() {
        section(&mut out, "draws", project.draws(), |out, draw| records::draw(out, "", draw));
    }
    if project.imports().next().is_some() {
        section(&mut out, "imports", project.imports(), |out, import| records::import(out, "", import));
    }
    for (name, source) in extra {
        crate::formats::project::escape::push_name(&mut out.text, name);
        out.push(": ");
        out.push(source);
        out.push(",\n");
    }
    out.push(")\n");
    out.text
}

/// An article; one whose text is not what was imported says which text it is now.
pub(in crate::formats) fn write_article(out: &mut Out, article: &Arc<Article>) {
    let locked = (!article.intact).then(|| sha256_hex(article.text().as_bytes()));
    records::article(out, article, locked.as_deref());
}

/// The head's own fields, and the rest.
pub(in crate::formats) fn split_head(
    extra: &Kept,
) -> ([Option<&str>; 2], impl Iterator<Item = (&str, &str)>) {
    let head = HEAD.map(|name| extra.as_ref()?.get(name));
    let fields = extra.iter().flat_map(|extra| extra.fields());
    (head, fields.filter(|(name, _)| !HEAD.contains(name)))
}

fn scheme(out: &mut Out, project: &Project) {
    let scheme = project.scheme();
    out.push("scheme: ");
    let mut fields = out.record("");
    records::scheme_fields(&mut fields, scheme.version, &scheme.choose, &scheme.skip);
    fields.name("labels").list(&scheme.labels, |out, label| records::label(out, "", label));
    fields.end(&scheme.extra);
    out.push(",\n");
}

fn section<T>(
    out: &mut Out,
    name: &str,
    things: impl IntoIterator<Item = T>,
    write: impl FnMut(&mut Out, T),
) {
    out.push(name);
    out.push(": ");
    out.list(things, write);
    out.push(",\n");
}

/// Coder by coder, and within a coder article by article: a slot, then the sheet if there is one.
fn sheets(out: &mut Out, project: &Project) {
    out.push("sheets: [\n");
    let mut left = project.sheets().peekable();
    for coder in project.coders() {
        for article in project.articles() {
            out.slot(|out| {
                out.push(coder.id.as_str());
                out.push(" ");
                out.push(article.id.as_str());
            });
            let is_here = |key: &SheetKey| key.coder == coder.id && key.article == article.id;
            if let Some(sheet) = left.next_if(|sheet| is_here(&sheet.key)) {
                records::sheet(out, "", article.sentences(), sheet);
                out.push(",\n");
            }
        }
    }
    out.push("],\n");
}

/// Records sorted by article, then id, under a line for each article.
fn slotted<'a, T: 'a>(
    out: &mut Out,
    project: &Project,
    name: &str,
    things: impl Iterator<Item = &'a T>,
    article_of: impl Fn(&T) -> &ArticleId,
    write: impl Fn(&mut Out, &str, &T),
) {
    let mut things: Vec<&T> = things.collect();
    // The sort is stable, and they come sorted by id.
    things.sort_by(|a, b| article_of(a).cmp(article_of(b)));
    let mut things = things.into_iter().peekable();
    out.push(name);
    out.push(": [\n");
    for article in project.articles() {
        out.slot(|out| out.push(article.id.as_str()));
        while let Some(thing) = things.next_if(|thing| *article_of(thing) == article.id) {
            write(out, "", thing);
            out.push(",\n");
        }
    }
    out.push("],\n");
}

/// About how long the file becomes, so that it grows in one piece.
fn guess_bytes(project: &Project) -> usize {
    let articles: usize = project.articles().map(|a| a.text().len() + 40 * a.n_sentences() + 400).sum();
    let sheets: usize = project.sheets().map(|s| 90 * (s.rows.len() + s.kept.len()) + 200).sum();
    let slots: usize = project.articles().map(|a| 20 * a.n_sentences() + 100).sum();
    articles + sheets + slots * project.n_coders().min(4) + 4096
}
