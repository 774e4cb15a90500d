//! The block of what is known at the top of a file: `key: value` lines between `---`, `key = value` between `+++`, or a JSON
//! object.

use crate::formats::reading::Warning;
use crate::model::article::Meta;
use crate::text::invisible::is_blank;
use serde_json::Value;

/// What the front matter of `text` says, and the text after it. None if there is no such block.
///
/// Lines in it that say nothing are warned of, and so is a block that nobody closed: it goes to its first blank line.
pub fn split<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> Option<(Meta, &'a str)> {
    let Some((form, block)) = opened(text) else { return of_json(text) };
    let closed = closed(form, block);
    let (lines, rest) = closed.unwrap_or_else(|| as_far_as_it_goes(form, block));
    let Block { meta, n_known, n_odd } = read(form, lines);
    // Text between two rules.
    if n_known == 0 && (n_odd > 0 || closed.is_none()) {
        return None;
    }
    if closed.is_none() {
        let sign = form.sign;
        warnings.push(Warning(format!(
            "nothing closes the front matter that `{sign}` opens: it was read as far as its first other line"
        )));
    }
    if n_odd > 0 {
        warnings.push(Warning(match n_odd {
            1 => "1 line says nothing in the front matter, and is left out".to_owned(),
            n => format!("{n} lines say nothing in the front matter, and are left out"),
        }));
    }
    Some((meta, rest))
}

/// Whether a text begins with front matter.
pub fn begins(text: &str) -> bool {
    split(text, &mut Vec::new()).is_some()
}

/// What is said of a date that could not be read.
pub fn odd_date(meta: &Meta) -> Option<Warning> {
    let date = meta.published_as.as_ref().filter(|_| meta.published.is_none())?;
    Some(Warning(format!("the date `{date}` is not of the form 2018-02-16 and is kept as written")))
}

/// What a JSON object at the top of a text says, and the text after it.
fn of_json(text: &str) -> Option<(Meta, &str)> {
    let start = text.find(|c: char| !c.is_whitespace() && c != '\u{feff}')?;
    let mut objects =
        serde_json::Deserializer::from_str(text.get(start..).filter(|rest| rest.starts_with('{'))?)
            .into_iter::<serde_json::Map<String, Value>>();
    let object = objects.next()?.ok()?;
    let mut meta = Meta::default();
    let is_known = |(key, value): (&String, &Value)| set(&mut meta, &key.to_lowercase(), &texts(value));
    let n_known = object.iter().map(is_known).filter(|known| *known).count();
    (n_known > 0).then_some((meta, text.get(start + objects.byte_offset()..)?))
}

/// The texts in a value: itself, those of its list, the name that it has.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(object) => object.get("name").map(texts).unwrap_or_default(),
        Value::Null | Value::Bool(_) => vec![],
    }
}

/// How a block is written.
#[derive(Clone, Copy)]
struct Form {
    sign: &'static str,
    /// Closes it too.
    other: &'static str,
    /// What stands after a key.
    equals: char,
}

const FORMS: [Form; 2] =
    [Form { sign: "---", other: "...", equals: ':' }, Form { sign: "+++", other: "+++", equals: '=' }];

/// The form of the block that opens a text, and what follows its first line. Blank lines may stand before it.
fn opened(text: &str) -> Option<(Form, &str)> {
    let mut rest = text;
    loop {
        let (line, after) = rest.split_once('\n')?;
        if !is_blank(line) {
            let form = FORMS.into_iter().find(|form| line.trim_end() == form.sign)?;
            return Some((form, after));
        }
        rest = after;
    }
}

/// The lines of a block that is closed, and the text after it.
fn closed(form: Form, block: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in block.split_inclusive('\n').take(MAX_LINES) {
        let end = at + line.len();
        if line.trim_end() == form.sign || line.trim_end() == form.other {
            return Some((block.get(..at)?, block.get(end..)?));
        }
        at = end;
    }
    None
}

/// A longer block is text between two rules.
const MAX_LINES: usize = 200;

/// The lines of a block that nobody closed, and the text after it.
fn as_far_as_it_goes(form: Form, block: &str) -> (&str, &str) {
    let lines = block.split_inclusive('\n').take(MAX_LINES);
    let of_block =
        lines.take_while(|line| !is_blank(line) && (is_more(line) || key_of(form, line).is_some()));
    block.split_at_checked(of_block.map(str::len).sum()).unwrap_or((block, ""))
}

/// What a block says.
#[derive(Default)]
struct Block {
    meta: Meta,
    /// Lines with a key that means something to us.
    n_known: usize,
    /// Lines that are neither `key: value` nor go on from one.
    n_odd: usize,
}

fn read(form: Form, lines: &str) -> Block {
    let mut block = Block::default();
    // Whether the keys are those of a table inside: `[extra]`.
    let mut is_inner = false;
    let mut lines = lines.lines().peekable();
    while let Some(line) = lines.next() {
        if form.equals == '=' && line.trim_start().starts_with('[') && line.trim_end().ends_with(']') {
            is_inner = true;
        } else if is_more(line) {
            // What goes on from nothing that is known.
        } else if let Some((name, first)) = key_of(form, line) {
            let long = LONG.into_iter().find(|quote| opens_long(first.trim(), quote));
            let mut closed = long.is_none();
            let more: Vec<&str> = std::iter::from_fn(|| {
                let line = lines.next_if(|line| !closed || (long.is_none() && is_more(line)))?;
                closed |= long.is_some_and(|quote| line.contains(quote));
                Some(line)
            })
            .collect();
            let values = values(first.trim(), &more, long);
            let key = name.to_lowercase();
            block.n_known += usize::from(!is_inner && set(&mut block.meta, &key, &values));
        } else {
            block.n_odd += 1;
        }
    }
    block
}

/// What a text of several lines stands between in TOML.
const LONG: [&str; 2] = ["\"\"\"", "'''"];

fn opens_long(value: &str, quote: &str) -> bool {
    value.strip_prefix(quote).is_some_and(|rest| !rest.contains(quote))
}

/// The values of a key: `first` behind it, and the lines below that go on from it.
fn values(first: &str, more: &[&str], long: Option<&str>) -> Vec<String> {
    let more = more.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let is_folded =
        first.starts_with(['>', '|']) && first.bytes().skip(1).all(|b| b"+-123456789".contains(&b));
    if let Some(quote) = long {
        let text = [first].into_iter().chain(more).collect::<Vec<_>>().join(" ");
        return vec![text.split(quote).nth(1).unwrap_or_default().trim().to_owned()];
    }
    if is_folded {
        return vec![more.collect::<Vec<_>>().join(" ")];
    }
    let mut more = more.filter(|line| !line.starts_with('#'));
    if first.is_empty() || first.starts_with('#') || first == "[" {
        let item = |line: &str| {
            let item = line.trim_start_matches("- ");
            unquote(item.strip_suffix(',').unwrap_or(item))
        };
        return more.filter(|line| !matches!(*line, "[" | "]" | "],")).map(item).collect();
    }
    // A text in several lines; a list under a value is none.
    let text = [first].into_iter().chain(more.by_ref().take_while(|line| !line.starts_with("- ")));
    vec![unquote(&text.collect::<Vec<_>>().join(" "))]
}

/// Whether a line goes on from the one before, or says nothing on purpose.
fn is_more(line: &str) -> bool {
    line.starts_with([' ', '\t', '-', '#', ']']) || is_blank(line)
}

fn key_of(form: Form, line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(form.equals)?;
    let name = name.trim().trim_matches('"');
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some((name, value))
}

/// The first value that a field gets stays; authors are collected. Whether the key means something.
fn set(meta: &mut Meta, key: &str, values: &[String]) -> bool {
    let value = || values.iter().find(|value| !value.is_empty()).cloned();
    let field = match key {
        "title" | "headline" => &mut meta.title,
        "subtitle" | "description" | "summary" => &mut meta.subtitle,
        "author" | "authors" | "byline" | "by" => {
            let names = values.iter().filter_map(|value| name_in(value)).map(str::to_owned);
            let names: Vec<String> = meta.byline.take().into_iter().chain(names).collect();
            meta.byline = (!names.is_empty()).then(|| names.join(", "));
            return true;
        }
        "outlet" | "source" | "publication" | "publisher" | "site" | "sitename" => &mut meta.outlet,
        "section" | "category" => &mut meta.section,
        "url" | "link" | "canonical" => &mut meta.url,
        "lang" | "language" => &mut meta.lang,
        "id" | "doc_id" => &mut meta.doc_id,
        "date" | "published" | "pubdate" => {
            if meta.published_as.is_none()
                && let Some(value) = value()
            {
                meta.published = iso_date(&value);
                meta.published_as = Some(value);
            }
            return true;
        }
        _ => return false,
    };
    if field.is_none() {
        *field = value();
    }
    true
}

/// The name of an author: `Ines Varga`, `name: Ines Varga`; none in `email: ines@echo.example`.
fn name_in(value: &str) -> Option<&str> {
    let name = match value.split_once(": ") {
        Some(("name", name)) => name.trim_matches(['"', '\'']),
        Some((key, _)) if !key.contains(' ') && !key.starts_with(char::is_uppercase) => return None,
        _ => value,
    };
    (!name.is_empty()).then_some(name)
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

    fn read(text: &str) -> Option<(Meta, &str, Vec<String>)> {
        let mut warnings = Vec::new();
        let (meta, rest) = split(text, &mut warnings)?;
        Some((meta, rest, warnings.into_iter().map(|warning| warning.0).collect()))
    }

    #[test]
    fn fields() {
        let text = "---\ntitle: \"Mayor: no money\"\nauthor:\n  - Ines Varga\n  - Tom Hale\ndate: 2018-02-16T10:00\n\
                    # a remark\nsource: 'Lynd Echo'\nurl: https://echo.example/a\ntags: [a, b]\n---\nText.";
        let (meta, rest, warnings) = read(text).unwrap();
        assert_eq!((rest, warnings.len()), ("Text.", 0));
        assert_eq!(meta.title.as_deref(), Some("Mayor: no money"));
        assert_eq!(meta.byline.as_deref(), Some("Ines Varga, Tom Hale"));
        assert_eq!(meta.published.as_deref(), Some("2018-02-16"));
        assert_eq!(meta.published_as.as_deref(), Some("2018-02-16T10:00"));
        assert_eq!(meta.outlet.as_deref(), Some("Lynd Echo"));
        assert_eq!(meta.url.as_deref(), Some("https://echo.example/a"));
    }

    #[test]
    fn values_of_several_lines() {
        let check = |text: &str, title: &str, byline: &str| {
            let (meta, rest, warnings) = read(text).unwrap();
            assert_eq!((rest, warnings.len()), ("Text.", 0), "{text:?}");
            assert_eq!(meta.title.as_deref().unwrap_or_default(), title, "{text:?}");
            assert_eq!(meta.byline.as_deref().unwrap_or_default(), byline, "{text:?}");
        };
        check(
            "---\ntitle: >\n  Mayor took\n  money\nauthor: Tom Hale\n---\nText.",
            "Mayor took money",
            "Tom Hale",
        );
        check("---\ntitle: |-\n  Mayor took\n\n  money\n---\nText.", "Mayor took money", "");
        check("---\ntitle: Mayor took\n  money\n---\nText.", "Mayor took money", "");
        check("---\ntitle: \"Mayor took\n  money\"\ntags:\n- a\n---\nText.", "Mayor took money", "");
        check("---\ntitle:\n  Mayor: no money\n---\nText.", "Mayor: no money", "");
        check("---\nauthor: [Ines Varga,\n  Tom Hale]\n---\nText.", "", "Ines Varga, Tom Hale");
        check(
            "---\nauthor:\n- name: \"Ines Varga\"\n  email: a@b.example\n- Tom Hale\n---\nText.",
            "",
            "Ines Varga, Tom Hale",
        );
        check(
            "+++\ntitle = \"\"\"\nMayor took\nmoney\"\"\"\nauthor = 'Tom Hale'\n+++\nText.",
            "Mayor took money",
            "Tom Hale",
        );
        check(
            "{\"title\": \"Mayor took money\", \"authors\": [{\"name\": \"Ines Varga\"}, \"Tom Hale\"]}Text.",
            "Mayor took money",
            "Ines Varga, Tom Hale",
        );
    }

    #[test]
    fn fields_of_toml() {
        let text = "\n+++\ntitle = \"Mayor: no money\"\nauthors = [\n  \"Ines Varga\",\n  'Tom Hale',\n]\ndate = 2018-02-16\n\
                    \n[extra]\noutlet = \"Lynd Echo\"\n+++\nText.";
        let (meta, rest, warnings) = read(text).unwrap();
        assert_eq!((rest, warnings.len()), ("Text.", 0));
        assert_eq!(meta.title.as_deref(), Some("Mayor: no money"));
        assert_eq!(meta.byline.as_deref(), Some("Ines Varga, Tom Hale"));
        assert_eq!((meta.published.as_deref(), meta.outlet), (Some("2018-02-16"), None));
    }

    #[test]
    fn what_is_odd_is_read_as_far_as_it_goes_and_said() {
        let check = |text: &str, rest: &str, warning: &str| {
            let (meta, got, warnings) = read(text).unwrap();
            assert_eq!((meta.title.as_deref(), got), (Some("Fire"), rest), "{text:?}");
            assert_eq!(warnings, if warning.is_empty() { vec![] } else { vec![warning.to_owned()] });
        };
        check("\n \u{feff}\n---\ntitle: Fire\n---\nText.", "Text.", "");
        let open =
            "nothing closes the front matter that `---` opens: it was read as far as its first other line";
        check("---\ntitle: Fire\n\nText.", "\nText.", open);
        check("---\ntitle: Fire\nThe mayor left.", "The mayor left.", open);
        check("---\ntitle: Fire\n", "", open);
        let odd = "1 line says nothing in the front matter, and is left out";
        check("---\ntitle: Fire\nThe mayor left.\n---\nText.", "Text.", odd);
    }

    #[test]
    fn what_is_none() {
        for text in [
            "",
            "---",
            "---\n",
            "---\nThe mayor left.\n---\n",
            "---\nNote: the mayor left.\n\nHe is back.",
            "----\na: b\n---\n",
            "---\na: b\n",
            "Text\n---\n",
            "+++\nThe mayor left.\n+++\n",
            "{The mayor left.}",
            "{\"mood\": 1} The mayor left.",
        ] {
            assert_eq!(read(text), None, "{text:?}");
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
