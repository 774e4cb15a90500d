//! How the store says times, changes and the commands that bring work back.

use std::collections::BTreeMap;
use std::path::Path;

use crate::formats::project::journal::Entry;
use crate::model::action::Action;
use crate::model::ids::{Span, Stamp};
use crate::model::sheet::SheetKey;
use crate::shell::clock;

/// `14:03`, or `12 November` if that was not today.
pub(super) fn when(at: Stamp) -> String {
    let now = clock::now_secs();
    let day = clock::day(at.0, now);
    if day.starts_with("today") { clock::clock_time(at.0) } else { day }
}

/// `1 change`, `2 changes`.
pub(super) fn changes(n: usize) -> String {
    counted(n, "change")
}

/// What actions come to: `5 answers`, `7 changes with 5 answers`.
pub(super) fn holding(entries: &[&Entry]) -> String {
    let mut answered = BTreeMap::new();
    let n_others = entries.iter().filter(|entry| !take_answers(&entry.action, &mut answered)).count();
    let n_answers = answered.values().filter(|is_answered| **is_answered).count();
    match n_answers {
        0 => changes(entries.len()),
        n if n_others == 0 => counted(n, "answer"),
        n => format!("{} with {}", changes(entries.len()), counted(n, "answer")),
    }
}

/// Takes down which sentences an action answers, and says whether it is about answers at all.
fn take_answers<'a>(action: &'a Action, answered: &mut BTreeMap<(&'a SheetKey, Span), bool>) -> bool {
    match action {
        Action::Coding { key, span, to } => {
            answered.insert((key, *span), to.as_ref().is_some_and(|coding| coding.answered));
            true
        }
        Action::Sheet { key, to } => {
            answered.retain(|(of, _), _| *of != key);
            let rows = to.iter().flat_map(|sheet| &sheet.rows);
            answered.extend(rows.map(|row| ((key, row.span), row.coding.answered)));
            true
        }
        Action::Many(all) => all.iter().filter(|one| take_answers(one, answered)).count() > 0,
        _ => false,
    }
}

/// `1 answer`, `2 answers`.
pub(super) fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The command that numbers all that can be brought back of a project file.
pub fn list_command(path: &Path) -> String {
    format!("allegata recover {} --list", quoted(path))
}

/// The command that writes version `n` of a project file to a new file.
pub fn restore_command(path: &Path, n: usize) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".ron").unwrap_or(&name);
    let stem = stem.strip_suffix(".allegata").unwrap_or(stem);
    let free = (1..100).map(|n| {
        let end = if n == 1 { String::new() } else { format!("-{n}") };
        path.with_file_name(format!("{stem}-recovered{end}.allegata.ron"))
    });
    let out =
        free.into_iter().find(|out| !out.exists()).unwrap_or_else(|| path.with_extension("recovered.ron"));
    format!("allegata recover {} --restore {n} -o {}", quoted(path), quoted(&out))
}

/// A path as a shell takes it for one word.
fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if text.starts_with('-') { format!("./{text}") } else { text.into_owned() };
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@%=".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coding::Coding;
    use crate::model::coding::Row;
    use crate::model::ids::{ArticleId, CoderId};
    use crate::model::sheet::Sheet;
    use std::sync::Arc;

    #[test]
    fn a_command_is_whole() {
        let check = |path: &str, want: &str| assert_eq!(list_command(Path::new(path)), want);
        check("p.allegata.ron", "allegata recover p.allegata.ron --list");
        check("/data/Ana's files/p.ron", r"allegata recover '/data/Ana'\''s files/p.ron' --list");
        check("-p.ron", "allegata recover ./-p.ron --list");
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("p.allegata.ron");
        let check = |want: &str| {
            let out = dir.path().join(want);
            let want = format!("allegata recover {} --restore 2 -o {}", path.display(), out.display());
            assert_eq!(restore_command(&path, 2), want);
        };
        check("p-recovered.allegata.ron");
        std::fs::write(dir.path().join("p-recovered.allegata.ron"), "").unwrap();
        check("p-recovered-2.allegata.ron");
    }

    #[test]
    fn what_actions_come_to() {
        let entry = |action: Action| Entry {
            n: 1,
            at: Stamp(0),
            by: None,
            name: String::new(),
            undoes: None,
            action,
        };
        let answer = |start: u32, answered: bool| {
            let key = SheetKey { coder: CoderId::new("c"), article: ArticleId::new("a") };
            let to = Some(Coding { answered, unsure: !answered, ..Coding::default() });
            entry(Action::Coding { key, span: Span::new(start, start + 1), to })
        };
        let begun = |n_rows: u32| {
            let key = SheetKey { coder: CoderId::new("c"), article: ArticleId::new("a") };
            let coding = || Coding { answered: true, ..Coding::default() };
            let rows = (0..n_rows).map(|n| Row { span: Span::new(n, n + 1), coding: coding() }).collect();
            let to = Sheet { rows, ..Sheet::new(key.clone(), 1) };
            entry(Action::Sheet { key, to: Some(Arc::new(to)) })
        };
        let other = || entry(Action::Project { title: String::new(), never_end_after: vec![] });
        let check =
            |entries: &[Entry], want: &str| assert_eq!(holding(&entries.iter().collect::<Vec<_>>()), want);
        check(&[other()], "1 change");
        check(&[answer(1, true)], "1 answer");
        check(&[answer(1, true), answer(3, true), answer(1, true)], "2 answers");
        check(&[answer(1, true), answer(1, false)], "2 changes");
        check(&[other(), answer(1, true)], "2 changes with 1 answer");
        check(&[begun(1), answer(3, true)], "2 answers");
        check(&[answer(5, true), begun(2)], "2 answers");
        let many = entry(Action::Many(vec![other().action, answer(1, true).action]));
        check(&[many], "1 answer");
    }
}
