//! `sentences --stats`: figures of the division as a table.

use crate::analysis::division;
use crate::cli::console::Console;
use crate::model::article::PROSE;
use crate::shell::intake::Intake;
use std::collections::BTreeMap;

/// Writes the table; nothing where no article was read.
pub(super) fn write(intake: &Intake, console: &mut Console<'_>) -> anyhow::Result<()> {
    let division = division::of_articles(intake.articles.iter().map(|came| &came.article));
    let Some(lengths) = division.lengths else { return Ok(()) };
    let mut rows = vec![
        ("articles".to_owned(), division.n_articles.to_string()),
        ("sentences".to_owned(), division.n_sentences.to_string()),
    ];
    for (kind, n) in &division.kinds {
        rows.push((format!("  {}", kind.unwrap_or(PROSE)), n.to_string()));
    }
    let (article_idx, idx) = lengths.longest_at;
    let file = intake.articles.get(article_idx).map(|came| came.file.as_str()).unwrap_or_default();
    rows.push(("code points, median".to_owned(), lengths.median.to_string()));
    rows.push(("code points, 90 %".to_owned(), lengths.ninety_percent.to_string()));
    rows.push(("code points, longest".to_owned(), format!("{}: #{} of `{file}`", lengths.longest, idx + 1)));
    rows.push(("sentences cut".to_owned(), intake.n_cut.to_string()));
    rows.push(("languages".to_owned(), langs(intake)));
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in rows {
        console.line(&format!("{name:width$}  {value}"))?;
    }
    Ok(())
}

/// How many articles were divided by the rules of which language, the most frequent first: `en 12, de 1`.
fn langs(intake: &Intake) -> String {
    let mut langs: BTreeMap<&str, usize> = BTreeMap::new();
    for came in &intake.articles {
        *langs.entry(&came.lang).or_default() += 1;
    }
    let mut langs: Vec<_> = langs.into_iter().collect();
    langs.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    langs.iter().map(|(lang, n)| format!("{lang} {n}")).collect::<Vec<_>>().join(", ")
}
