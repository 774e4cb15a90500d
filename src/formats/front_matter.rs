//! The block of `key: value` lines between `---` at the top of a Markdown file.

use crate::model::article::Meta;

/// What the front matter of `text` says, and the text after it. None if there is no such block.
pub fn split(text: &str) -> Option<(Meta, &str)> {
    let after_open = text.strip_prefix("---")?;
    let (rest_of_line, mut rest) = after_open.split_once('\n')?;
    if !rest_of_line.trim().is_empty() {
        return None;
    }
    let mut meta = Meta::default();
    let mut key = String::new();
    for _ in 0..MAX_LINES {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if matches!(line.trim_end(), "---" | "...") {
            return Some((meta, after));
        }
        let is_more = line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
        match line.split_once(':') {
            Some((name, value)) if !is_more && !name.trim().contains(char::is_whitespace) => {
                key = name.trim().to_lowercase();
                set(&mut meta, &key, value);
            }
            _ if !is_more => return None,
            _ => set(&mut meta, &key, line.trim().trim_start_matches("- ")),
        }
        if after.is_empty() {
            return None;
        }
        rest = after;
    }
    None
}

/// A longer block is text between two rules.
const MAX_LINES: usize = 200;

/// The first value that a field gets stays; authors are collected.
fn set(meta: &mut Meta, key: &str, value: &str) {
    let value = unquote(value);
    if value.is_empty() || value.starts_with('#') {
        return;
    }
    let field = match key {
        "title" | "headline" => &mut meta.title,
        "subtitle" | "description" | "summary" => &mut meta.subtitle,
        "author" | "authors" | "byline" | "by" => {
            match &mut meta.byline {
                Some(byline) => *byline = format!("{byline}, {value}"),
                None => meta.byline = Some(value),
            }
            return;
        }
        "outlet" | "source" | "publication" | "publisher" | "site" | "sitename" => &mut meta.outlet,
        "section" | "category" => &mut meta.section,
        "url" | "link" | "canonical" => &mut meta.url,
        "lang" | "language" => &mut meta.lang,
        "id" | "doc_id" => &mut meta.doc_id,
        "date" | "published" | "pubdate" => {
            if meta.published_as.is_none() {
                meta.published = iso_date(&value);
                meta.published_as = Some(value);
            }
            return;
        }
        _ => return,
    };
    field.get_or_insert(value);
}

/// `"x"`, `'x'`, `[x, "y"]` without their marks.
fn unquote(value: &str) -> String {
    let value = value.trim();
    let bare = |part: &str| {
        let part = part.trim();
        let inside =
            ['"', '\''].iter().find_map(|&q| part.strip_prefix(q).and_then(|part| part.strip_suffix(q)));
        inside.unwrap_or(part).trim().to_owned()
    };
    match value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        Some(list) => list.split(',').map(bare).collect::<Vec<_>>().join(", "),
        None => bare(value),
    }
}

/// The ISO date at the start of `value`: a day, a year and month, or a year.
fn iso_date(value: &str) -> Option<String> {
    let date = value.split(['T', ' ']).next()?;
    let parts: Vec<&str> = date.split('-').collect();
    let number = |idx: usize, len: usize| {
        let part = parts.get(idx).filter(|part| part.len() == len)?;
        part.parse::<i16>().ok()
    };
    let year = number(0, 4)?;
    let month = i8::try_from(number(1, 2).unwrap_or(1)).ok()?;
    let day = i8::try_from(number(2, 2).unwrap_or(1)).ok()?;
    let is_whole = match parts.len() {
        1 => true,
        2 => number(1, 2).is_some(),
        3 => number(1, 2).is_some() && number(2, 2).is_some(),
        _ => false,
    };
    (is_whole && jiff::civil::Date::new(year, month, day).is_ok()).then(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let text = "---\ntitle: \"Mayor: no money\"\nauthor:\n  - Ines Varga\n  - Tom Hale\ndate: 2018-02-16T10:00\n\
                    # a remark\nsource: 'Lynd Echo'\nurl: https://echo.example/a\ntags: [a, b]\n---\nText.";
        let (meta, rest) = split(text).unwrap();
        assert_eq!(rest, "Text.");
        assert_eq!(meta.title.as_deref(), Some("Mayor: no money"));
        assert_eq!(meta.byline.as_deref(), Some("Ines Varga, Tom Hale"));
        assert_eq!(meta.published.as_deref(), Some("2018-02-16"));
        assert_eq!(meta.published_as.as_deref(), Some("2018-02-16T10:00"));
        assert_eq!(meta.outlet.as_deref(), Some("Lynd Echo"));
        assert_eq!(meta.url.as_deref(), Some("https://echo.example/a"));
    }

    #[test]
    fn what_is_none() {
        for text in [
            "",
            "---",
            "---\n",
            "---\nThe mayor left.\n---\n",
            "----\na: b\n---\n",
            "---\na: b\n",
            "Text\n---\n",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }

    #[test]
    fn dates() {
        let check = |value: &str, want: Option<&str>| assert_eq!(iso_date(value).as_deref(), want, "{value}");
        check("2018-02-16", Some("2018-02-16"));
        check("2018-02-16 10:00", Some("2018-02-16"));
        check("2018-02", Some("2018-02"));
        check("2018", Some("2018"));
        check("2018-02-31", None);
        check("2018-2-1", None);
        check("16 February 2018", None);
        check("", None);
    }
}
