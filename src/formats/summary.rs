//! What differs and what was decided, in Markdown, to be sent back.

use crate::analysis::compare::{Comparison, Decided, Kind};
use crate::model::coder::Coder;
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use std::fmt::Write as _;

/// The most sentences that are listed.
const MOST: usize = 500;

/// The summary of a comparison.
pub fn markdown(project: &Project, comparison: &Comparison) -> String {
    let units = &comparison.units;
    let name = |id: &CoderId| escaped(project.coder(id).map_or(id.as_str(), Coder::shown_name));
    let labels = |labels: &[LabelId]| {
        let name =
            |id: &LabelId| project.scheme().label(id).map_or(id.to_string(), |label| label.name.clone());
        let names: Vec<String> = labels.iter().map(|id| escaped(&name(id))).collect();
        if names.is_empty() { "none of these".to_owned() } else { names.join(" + ") }
    };
    let coders: Vec<String> = units.coders.iter().map(name).collect();
    let (n, n_decided) = (comparison.sums.n(Kind::Disagree), comparison.sums.n_decided);
    let mut text = format!("# {}\n\nCoders: {}\n\n", escaped(project.title()), coders.join(", "));
    say(&mut text, format_args!("{n_decided} of {n} disagreements decided"));
    let n_stale = comparison.sums.n(Kind::Stale);
    if n_stale > 0 {
        say(&mut text, format_args!(", {n_stale} of them answered otherwise since"));
    }
    text.push_str(".\n");
    for pair in units.pairs() {
        let (a, b) = (name(&pair.a), name(&pair.b));
        say(&mut text, format_args!("- {a}, {b}: {} of {} the same\n", pair.n_same, pair.n));
    }
    let mut last = None;
    let mut queue = comparison.queue(Kind::Disagree, None);
    queue.sort_unstable();
    for at in queue.iter().take(MOST) {
        let Some(units_here) = units.articles.get(at.article) else { continue };
        let found = project.article(&units_here.article);
        let unit = units_here.units.get(at.unit);
        let Some((article, unit)) = found.zip(unit) else { continue };
        if last != Some(at.article) {
            say(&mut text, format_args!("\n## {}\n\n", escaped(article.shown_title())));
            last = Some(at.article);
        }
        let words = article.sentences().get(unit.idx as usize).map_or("", |s| article.words_of(s));
        say(&mut text, format_args!("{}. {}\n", unit.idx + 1, escaped(words)));
        let answers = units_here.coders.iter().zip(units_here.cells(at.unit)).filter_map(|(coder, cell)| {
            let said = labels(units.answers.labels(cell.answer?));
            Some(format!("{} {said}", name(units.coder(*coder)?)))
        });
        let answers: Vec<String> = answers.collect();
        say(&mut text, format_args!("   - {}\n", answers.join("; ")));
        let decision = comparison.decision(project, &units_here.article, unit.span);
        let Some(decision) = decision else {
            text.push_str("   - open\n");
            continue;
        };
        let why = [decision.code.as_str(), decision.reason.as_str()];
        let why: Vec<String> = why.into_iter().filter(|why| !why.is_empty()).map(escaped).collect();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(": ")) };
        let is_stale = comparison.judged(*at).is_some_and(|judged| judged.decided == Decided::Stale);
        let stale = if is_stale { ", answered otherwise since" } else { "" };
        say(&mut text, format_args!("   - decided: {}{why}{stale}\n", labels(&decision.labels)));
    }
    if queue.len() > MOST {
        say(&mut text, format_args!("\n{} more are not listed.\n", queue.len() - MOST));
    }
    text
}

/// Adds words; a `String` takes everything.
fn say(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).unwrap_or_default();
}

/// A text on one line, in which nothing is a sign of Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => escaped.extend(['\\', c]),
            '\n' | '\r' | '\t' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    #[test]
    fn what_differs_is_listed_article_by_article() {
        let drawing = "# A *fire*\nHe lit it. [allegation; ben: none] He denies it. [denial; ben: denial]";
        let project = sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        let want = "# Sketch\n\nCoders: anna, ben\n\n0 of 1 disagreements decided.\n- anna, ben: 1 of 2 the same\n\n\
                    ## A \\*fire\\*\n\n1. He lit it.\n   - anna Allegation; ben none of these\n   - open\n";
        assert_eq!(markdown(&project, &Comparison::of(&project)), want);
    }
}
