//! What is said of articles that were added: a line each, what was announced, what is doubtful; or all of it as JSON.

use crate::analysis::count;
use crate::cli::add::{Account, Args};
use crate::cli::console::Console;
use crate::cli::opening::n_of;
use crate::formats::articles::batch::{NearTo, Row, Standing};
use crate::model::scheme::Scheme;
use crate::shell::intake;
use crate::text::message::plain;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Report<'a> {
    added: Vec<Added<'a>>,
    skipped: Vec<Skipped<'a>>,
    refused: Vec<Refused<'a>>,
    warnings: Vec<Warned<'a>>,
    announced: Vec<FileOut<'a>>,
    doubts: Vec<DoubtOut<'a>>,
    near: Vec<Near<'a>>,
    /// Id of the record; null where nothing came in.
    import: Option<&'a str>,
}

#[derive(Serialize)]
struct Added<'a> {
    source: &'a str,
    id: &'a str,
    title: &'a str,
    sentences: usize,
    place: &'a str,
    outlet: Option<&'a str>,
    date: Option<&'a str>,
    language: &'a str,
    words: usize,
}

/// It is there already, as this article.
#[derive(Serialize)]
struct Skipped<'a> {
    source: &'a str,
    id: &'a str,
    title: &'a str,
    place: &'a str,
}

/// A file that could not be read, or what of one did not become an article.
#[derive(Serialize)]
struct Refused<'a> {
    source: String,
    why: String,
    place: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Warned<'a> {
    source: &'a str,
    warning: &'a str,
}

#[derive(Serialize)]
struct FileOut<'a> {
    source: &'a str,
    /// As `--layout` names it; null = no database's.
    layout: Option<&'a str>,
    /// Null where the file says nothing.
    announced: Option<usize>,
    found: usize,
    taken: usize,
    /// Of a table, which column was taken for what.
    columns: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct DoubtOut<'a> {
    source: &'a str,
    place: &'a str,
    id: &'a str,
    title: &'a str,
    doubt: &'a str,
    says: &'a str,
}

#[derive(Serialize)]
struct Near<'a> {
    source: &'a str,
    place: &'a str,
    id: &'a str,
    title: &'a str,
    /// The other article's id, and whether the project has it.
    to: &'a str,
    in_project: bool,
    to_title: &'a str,
    share: f64,
    added: bool,
}

pub(super) fn report(
    account: &Account<'_>,
    scheme: &Scheme,
    args: &Args,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    if args.json {
        console.json(&report_of(account, scheme))?;
    } else {
        say(account, scheme, args.dry_run, console)?;
    }
    for what in intake::left_out(account.gathered.passed) {
        console.warn(&what);
    }
    Ok(())
}

/// A file, and the place in it if it holds several.
fn at(source: &str, place: &str) -> String {
    if place.is_empty() { source.to_owned() } else { format!("{source}, {place}") }
}

impl Account<'_> {
    fn source(&self, row: &Row) -> &str {
        self.read.files.get(row.key.file).map_or("", |file| file.name.as_str())
    }

    fn warnings(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.taking.files.iter();
        files.flat_map(|file| file.warnings.iter().map(|warning| (file.name.as_str(), warning.as_str())))
    }

    fn near_to<'a>(&'a self, to: &'a NearTo) -> (&'a str, bool) {
        match to {
            NearTo::There(id) => (id.as_str(), true),
            NearTo::Row(idx) => (self.batch.rows.get(*idx).map_or("", |row| row.article.id.as_str()), false),
        }
    }
}

fn say(
    account: &Account<'_>,
    scheme: &Scheme,
    is_trial: bool,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let added = if is_trial { "would add" } else { "added" };
    for row in account.coming() {
        let n = n_of(count::n_asked(scheme, &row.article), "sentence");
        let at = at(account.source(row), &row.place);
        console.line(&format!("{added} {}  {n}  {at}: {}", row.article.id, row.article.shown_title()))?;
    }
    for file in &account.taking.files {
        let is_many = file.found > 1 || file.layout.is_some() || file.announced.is_some();
        if is_many {
            let announced = file.announced.map(|n| format!("{n} announced, ")).unwrap_or_default();
            let missing = match file.announced.and_then(|n| n.checked_sub(file.found)) {
                Some(n @ 1..) => format!(", {n} missing"),
                _ => String::new(),
            };
            let (found, taken, name) = (file.found, file.taken, &file.name);
            console.say(&format!("{announced}{found} found{missing}, {taken} taken: `{name}`"));
        }
    }
    for file in account.taking.files.iter().filter(|file| !file.columns.is_empty()) {
        console.say(&format!("columns: {}: `{}`", file.columns_said(), file.name));
    }
    for (row, id, _) in account.there() {
        console
            .say(&format!("skipped, it is there already as {id}: `{}`", at(account.source(row), &row.place)));
    }
    for left in account.taking.left.iter().filter(|left| left.why != "already in the project") {
        let title = if left.title.is_empty() { String::new() } else { format!(" ({})", left.title) };
        console.say(&format!("left out, {}: `{}`{title}", left.why, at(&left.file, &left.place)));
    }
    for row in account.coming() {
        let at = at(account.source(row), &row.place);
        for doubt in &row.doubts {
            console.say(&format!("doubtful, {}: `{at}` ({})", doubt.says, row.article.shown_title()));
        }
        if let Standing::Near(near) = &row.standing {
            let (id, _) = account.near_to(&near.to);
            let share = (near.share * 100.0).round();
            console.say(&format!("near-identical to {id} ({}), {share} % of its words: `{at}`", near.title));
        }
    }
    if account.batch.asks_order {
        console.warn("dates are written in numbers, and may have the day or the month first\0hint: `--date-order dmy` or `--date-order mdy`");
    }
    for (_, why) in account.refused() {
        console.say(&format!("error: {why}"));
    }
    for (file, warning) in account.warnings() {
        console.warn(&format!("{warning}: `{file}`"));
    }
    Ok(())
}

fn report_of<'a>(account: &'a Account<'_>, scheme: &Scheme) -> Report<'a> {
    let added = account.coming().map(|row| Added {
        source: account.source(row),
        id: row.article.id.as_str(),
        title: row.article.shown_title(),
        sentences: count::n_asked(scheme, &row.article),
        place: &row.place,
        outlet: row.article.meta.outlet.as_deref(),
        date: row.article.meta.published.as_deref(),
        language: &row.lang,
        words: row.n_words,
    });
    let skipped = account.there().map(|(row, id, title)| Skipped {
        source: account.source(row),
        id: id.as_str(),
        title,
        place: &row.place,
    });
    let refused =
        account.refused().map(|(source, why)| Refused { source, why: plain(&why), place: "", title: "" });
    let left = account.taking.left.iter().filter(|left| left.why != "already in the project");
    let left = left.map(|left| Refused {
        source: left.file.clone(),
        why: left.why.clone(),
        place: &left.place,
        title: &left.title,
    });
    let announced = account.taking.files.iter().map(|file| FileOut {
        source: &file.name,
        layout: file.layout,
        announced: file.announced,
        found: file.found,
        taken: file.taken,
        columns: file.columns.iter().map(|(column, name)| (column.name(), name.as_str())).collect(),
    });
    let doubts = account.coming().flat_map(|row| row.doubts.iter().map(move |doubt| (row, doubt)));
    let doubts = doubts.map(|(row, doubt)| DoubtOut {
        source: account.source(row),
        place: &row.place,
        id: row.article.id.as_str(),
        title: row.article.shown_title(),
        doubt: doubt.id,
        says: &doubt.says,
    });
    let near = account.batch.rows.iter().filter_map(|row| match &row.standing {
        Standing::Near(near) => Some((row, near)),
        _ => None,
    });
    let near = near.map(|(row, near)| {
        let (to, in_project) = account.near_to(&near.to);
        Near {
            source: account.source(row),
            place: &row.place,
            id: row.article.id.as_str(),
            title: row.article.shown_title(),
            to,
            in_project,
            to_title: &near.title,
            share: (near.share * 1000.0).round() / 1000.0,
            added: account.taking.taken.contains(&row.key),
        }
    });
    Report {
        added: added.collect(),
        skipped: skipped.collect(),
        refused: refused.chain(left).collect(),
        warnings: account.warnings().map(|(source, warning)| Warned { source, warning }).collect(),
        announced: announced.collect(),
        doubts: doubts.collect(),
        near: near.collect(),
        import: account.id,
    }
}
