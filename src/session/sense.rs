//! What stands in a project file, does no harm and makes no sense: whoever wrote it by hand meant something else.
//!
//! Nothing here is mended: what it means is known (a colour that is none is grey), and nobody's file is changed for it.

use crate::formats::articles::arrivals::{is_date, is_lang_tag};
use crate::model::article::Article;
use crate::model::ids::is_bidi_control;
use crate::model::project::Project;
use crate::model::scheme::Label;
use crate::model::sheet::Sheet;
use crate::session::command;

/// The lines that can be drawn under a sentence.
const LINES: [&str; 3] = ["solid", "dashed", "dotted"];

/// The most characters of a text that a message shows.
const MAX_SHOWN: usize = 40;

/// Each in a clause for people.
pub fn nonsense(project: &Project) -> Vec<String> {
    let scheme = project.scheme();
    let mut said = Vec::new();
    if !["one", "several"].contains(&scheme.choose.as_str()) {
        let choose = shown(&scheme.choose);
        said.push(format!("`choose` is {choose}, neither `one` nor `several`: a sentence takes one label"));
    }
    scheme.labels.iter().for_each(|label| said.extend(of_label(label)));
    let is_later = |sheet: &Sheet| {
        let said = sheet.rows.iter().filter_map(|row| row.coding.scheme).max();
        said.max(Some(sheet.scheme)) > Some(scheme.version)
    };
    let n_later = project.sheets().filter(|sheet| is_later(sheet)).count();
    if n_later > 0 {
        let version = scheme.version;
        said.push(format!(
            "{} made under a later version of the scheme than it has, {version}: this one counts",
            of(n_later, "sheet is", "sheets are")
        ));
    }
    let articles = |is_odd: fn(&Article) -> bool| project.articles().filter(move |article| is_odd(article));
    for (what, is_odd) in [
        ("a `published` that is no date", has_no_date as fn(&Article) -> bool),
        ("a `lang` that is no tag of a language", has_no_tag),
        ("a sentence whose `kind` is empty or holds control characters", has_odd_kind),
    ] {
        let Some(first) = articles(is_odd).next() else { continue };
        let n = of(articles(is_odd).count(), "article has", "articles have");
        said.push(format!("{n} {what}, `{}` first: it stands for itself", first.id));
    }
    said
}

fn of_label(label: &Label) -> Vec<String> {
    let id = &label.id;
    let mut said = Vec::new();
    let digits = label.colour.trim().trim_start_matches('#');
    let is_colour = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !label.colour.is_empty() && !is_colour {
        let colour = shown(&label.colour);
        said.push(format!("the colour of label `{id}`, {colour}, is none as `#D55E00`: it is drawn in grey"));
    }
    if !label.line.is_empty() && !LINES.contains(&label.line.as_str()) {
        let line = shown(&label.line);
        said.push(format!("the line of label `{id}`, {line}, is not known: it is drawn solid"));
    }
    if label.letter.chars().count() > 2 || label.letter.contains(is_unseen) {
        let letter = shown(&label.letter);
        said.push(format!("the letter of label `{id}`, {letter}, is no letter for the margin"));
    }
    for key in &label.keys {
        let key_of = format!("the key {} of label `{id}`", shown(key));
        if command::is_built_in(key) {
            said.push(format!("{key_of} is the program's own, which wins: it does not give the label"));
        } else if !command::is_key(key) {
            said.push(format!("{key_of} is on no keyboard: it does nothing"));
        }
    }
    said
}

fn has_no_date(article: &Article) -> bool {
    article.meta.published.as_deref().is_some_and(|date| !is_date(date))
}

fn has_no_tag(article: &Article) -> bool {
    article.meta.lang.as_deref().is_some_and(|tag| !is_lang_tag(tag))
}

fn has_odd_kind(article: &Article) -> bool {
    let kinds = article.sentences().iter().filter_map(|sentence| sentence.kind.as_deref());
    kinds.into_iter().any(|kind| kind.trim().is_empty() || kind.contains(is_unseen))
}

fn is_unseen(c: char) -> bool {
    c.is_control() || is_bidi_control(c)
}

/// A text of the file in backticks: what cannot be seen in it as RON escapes it, and not too long.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars().take(MAX_SHOWN) {
        if is_unseen(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    let more = if text.chars().nth(MAX_SHOWN).is_some() { "…" } else { "" };
    format!("`{shown}{more}`")
}

fn of(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::ProjectId;
    use crate::model::project::Parts;
    use std::sync::Arc;

    /// What is said of the first label after a change.
    fn check(change: impl Fn(&mut Label), want: &[&str]) {
        let mut parts = Parts::new(ProjectId::new("p"), "P");
        change(Arc::make_mut(&mut parts.scheme.labels[0]));
        assert_eq!(nonsense(&Project::assemble(parts).unwrap()), want);
    }

    #[test]
    fn a_scheme_as_it_should_be_makes_sense() {
        check(|_| {}, &[]);
        check(|label| (label.colour, label.line, label.letter) = <(String, String, String)>::default(), &[]);
        check(|label| label.colour = "d55e00".to_owned(), &[]);
    }

    #[test]
    fn what_can_be_drawn_only_by_guessing_is_said() {
        check(
            |label| label.colour = "red".to_owned(),
            &["the colour of label `allegation`, `red`, is none as `#D55E00`: it is drawn in grey"],
        );
        check(
            |label| label.colour = format!("#{}", "f".repeat(60)),
            &[&format!(
                "the colour of label `allegation`, `#{}…`, is none as `#D55E00`: it is drawn in grey",
                "f".repeat(39)
            )],
        );
        check(
            |label| label.line = "wavy\u{202e}".to_owned(),
            &["the line of label `allegation`, `wavy\\u{202e}`, is not known: it is drawn solid"],
        );
        check(
            |label| label.letter = "\n".to_owned(),
            &["the letter of label `allegation`, `\\u{a}`, is no letter for the margin"],
        );
    }

    #[test]
    fn keys_that_give_no_label_are_said() {
        let with = |key: &str, want: &str| {
            let why = format!("the key `{want} of label `allegation` ");
            let own = "is the program's own, which wins: it does not give the label";
            let none = "is on no keyboard: it does nothing";
            let is_own = command::is_built_in(key);
            let why = format!("{why}{}", if is_own { own } else { none });
            check(|label| label.keys = vec!["1".to_owned(), key.to_owned()], &[&why]);
            is_own
        };
        for key in [
            "0",
            "Numpad0",
            "Backspace",
            "U",
            "u",
            "C",
            "Down",
            "ArrowDown",
            " ",
            "Space",
            "Tab",
            "Escape",
            ".",
        ] {
            assert!(with(key, &format!("{key}`")), "{key}");
        }
        for (key, want) in [("\u{8}", "\\u{8}`"), ("", "`"), ("Ctrl+X", "Ctrl+X`"), ("ä", "ä`")] {
            assert!(!with(key, want), "{key}");
        }
        check(|label| label.keys = ["9", "X", "y", "F7", ";"].map(str::to_owned).to_vec(), &[]);
    }

    #[test]
    fn what_chooses_otherwise_and_articles_are_said_once_each() {
        let mut parts = Parts::new(ProjectId::new("p"), "P");
        parts.scheme.choose = "maybe".to_owned();
        let want = "`choose` is `maybe`, neither `one` nor `several`: a sentence takes one label";
        assert_eq!(nonsense(&Project::assemble(parts).unwrap()), [want]);
    }
}
