//! Exports of news databases, which hold many articles in a file: they are not yet taken apart, and said to be what they are.

use crate::formats::articles::blocks::Line;
use crate::formats::reading::Warning;

/// A warning where lines look like such an export: each of its articles ends or begins with a line that no article has.
pub(super) fn looks_like_one(lines: &[Line]) -> Option<Warning> {
    let n = |is: fn(&str) -> bool| lines.iter().filter(|line| is(line.text.trim())).count();
    let n = n(is_end).max(n(is_counter));
    let how_many = match n {
        0 => return None,
        1 => "one article".to_owned(),
        n => format!("{n} articles"),
    };
    let apart = if n > 1 { "taken as one, with" } else { "taken with" };
    Some(Warning(format!(
        "it looks like an export of a news database with {how_many}: {apart} all that the database writes round them"
    )))
}

/// `End of Document`, as Nexis Uni ends an article.
fn is_end(line: &str) -> bool {
    matches!(line, "End of Document" | "Ende des Dokuments" | "Fin du document")
}

/// `3 of 10 DOCUMENTS`, as `LexisNexis` began one: `Dokument 3 von 10`, `Document 3 de 10`.
fn is_counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [k, "of", n, "DOCUMENTS" | "DOCUMENT"] => is_number(k) && is_number(n),
        ["Dokument", k, "von", n] | ["Document", k, "de", n] => is_number(k) && is_number(n),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_known_by_the_lines_between_their_articles() {
        let said = |text: &str| {
            let lines: Vec<Line> = text
                .lines()
                .map(|text| Line { text: text.to_owned(), kind: None, starts_paragraph: true })
                .collect();
            looks_like_one(&lines).map(|warning| warning.0)
        };
        assert_eq!(said("The end of document two.\nDocument 3 of 4"), None);
        assert!(
            said("a\nEnd of Document\nb\n End of Document ")
                .unwrap()
                .contains("with 2 articles: taken as one")
        );
        assert!(said("1 of 1 DOCUMENT\na").unwrap().contains("with one article: taken with"));
        assert!(said("Dokument 1 von 2\na\nDokument 2 von 2").unwrap().contains("2 articles"));
    }
}
