//! Rules of one file: its size, its words, its form.

use crate::source::{From, Path, bare, is_word, shipped};

/// The most lines of a file before its tests.
const MAX_LINES: usize = 500;

/// What only a few types may be: how many variants or fields they have at most.
const MAX_PARTS: [(&str, usize); 4] =
    [("enum Action", 12), ("enum Intent", 12), ("struct Session", 12), ("struct App", 4)];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] =
    ["util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"];

pub fn module_docs(text: &str) -> Vec<(usize, String)> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.starts_with("//! ") {
        return vec![];
    }
    vec![(1, "begins with `//!` and what the file is".to_owned())]
}

pub fn length(text: &str) -> Vec<(usize, String)> {
    let n_lines = shipped(&bare(text)).trim_end().lines().count();
    if n_lines <= MAX_LINES {
        return vec![];
    }
    vec![(MAX_LINES, format!("{n_lines} lines before the tests, {MAX_LINES} are enough: cut a noun out"))]
}

/// Imports at the root and round about ways.
pub fn ways(bare: &str, paths: &[Path]) -> Vec<(usize, String)> {
    let mut faults = vec![];
    for (idx, line) in bare.lines().enumerate() {
        let dense: String = line.split_whitespace().collect();
        for (way, why) in [
            ("crate::{", "write `use crate::room::…` for each, so that the floors can be seen"),
            ("crate::*", "name what you use"),
            ("usecrateas", "the root has one name"),
            ("super::super", "write the path from `crate`"),
            ("self::super", "write the path from `crate`"),
        ] {
            if dense.contains(way) {
                faults.push((idx + 1, format!("`{way}`: {why}")));
            }
        }
    }
    let split =
        |path: &&Path| path.from != From::Expression && path.part(0) == "super" && path.part(1) == "super";
    faults.extend(
        paths
            .iter()
            .filter(split)
            .map(|path| (path.line, "`super::super`: write the path from `crate`".to_owned())),
    );
    faults.dedup();
    faults
}

/// Things put off, and tests put aside.
pub fn put_off(text: &str) -> Vec<(usize, String)> {
    let code = bare(text);
    let mut faults = vec![];
    for (idx, (line, code)) in text.lines().zip(code.lines()).enumerate() {
        let dense: String = code.split_whitespace().collect();
        for (word, why) in [
            ("#[ignore", "a test that does not run is not a test"),
            ("todo!", "say so in the log, not in the code"),
            ("unimplemented!", "say so in the log, not in the code"),
            ("dbg!", "left over"),
        ] {
            if dense.contains(word) {
                faults.push((idx + 1, format!("`{word}`: {why}")));
            }
        }
        for word in [concat!("FIX", "ME"), concat!("XX", "X")] {
            let found = line.split(|c| !is_word(c)).any(|other| other == word);
            if found {
                faults.push((idx + 1, format!("`{word}`: mend it, or write an issue")));
            }
        }
    }
    faults
}

/// A file or module whose name says nothing.
pub fn names(file: &str, bare: &str) -> Vec<(usize, String)> {
    let said = |name: &str| format!("`{name}` says nothing: name the module for what it holds");
    let parts = file.trim_end_matches(".rs").split('/');
    let mut faults: Vec<_> =
        parts.filter(|part| EMPTY_NAMES.contains(part)).map(|part| (1, said(part))).collect();
    for (idx, line) in bare.lines().enumerate() {
        let mut words = line.split(|c| !is_word(c)).filter(|word| !word.is_empty());
        let name = words.find(|word| *word == "mod").and_then(|_| words.next());
        faults.extend(name.filter(|name| EMPTY_NAMES.contains(name)).map(|name| (idx + 1, said(name))));
    }
    faults
}

/// Two `bool`s in one list of arguments: at the call nobody knows which is which.
pub fn two_bools(bare: &str) -> Vec<(usize, String)> {
    let mut faults = vec![];
    for (start, _) in bare.match_indices("fn ") {
        if bare[..start].ends_with(is_word) {
            continue;
        }
        let Some(open) = bare[start..].find(['(', '{', ';']).map(|n| start + n) else { continue };
        let mut depth = 0_i32;
        let close = bare[open..].find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        let arguments: String = bare[open..open + close.unwrap_or(0)].split_whitespace().collect();
        if arguments.matches(":bool").count() > 1 {
            let line = bare[..start].matches('\n').count() + 1;
            faults.push((line, "two `bool` arguments: give one of them a name with an enum".to_owned()));
        }
    }
    faults
}

/// A message that is no clause in lower case, or that ends with a full stop.
pub fn messages(text: &str) -> Vec<(usize, String)> {
    let mut faults = vec![];
    for (idx, line) in text.lines().enumerate() {
        let Some(message) = line.trim_start().strip_prefix("#[error(\"") else { continue };
        let message = message.trim_end().trim_end_matches("\")]").trim_end_matches("\",");
        let mut first = message.chars();
        let shouted =
            first.next().is_some_and(char::is_uppercase) && first.next().is_some_and(char::is_lowercase);
        if shouted || message.ends_with('.') && !message.ends_with('…') {
            faults.push((idx + 1, "a message begins in lower case and has no final full stop".to_owned()));
        }
    }
    faults
}

/// Hints that a name could pose as: the mark before one is that of `text/message.rs`.
pub fn hints(file: &str, text: &str) -> Vec<(usize, String)> {
    let code = bare(text);
    let is_plain = |(line, code): (&str, &str)| {
        !line.trim_start().starts_with("//") && line.contains(" hint: ") && !code.contains("hint:")
    };
    let lines = text.lines().zip(code.lines()).take(shipped(&code).lines().count());
    let plain = lines.enumerate().filter(|(_, both)| file != "src/text/message.rs" && is_plain(*both));
    plain
        .map(|(idx, _)| (idx + 1, "a hint comes after `\\0hint: `, see `text/message.rs`".to_owned()))
        .collect()
}

/// A type that wants to be two.
pub fn too_many_parts(bare: &str) -> Vec<(usize, String)> {
    let mut faults = vec![];
    for (head, most) in MAX_PARTS {
        let ends = |n: usize| !bare[n + head.len()..].starts_with(is_word);
        let Some(start) = bare.match_indices(head).map(|(n, _)| n).find(|n| ends(*n)) else { continue };
        let Some(open) = bare[start..].find(['{', ';']).map(|n| start + n) else { continue };
        let n_parts = n_parts(&bare[open..]);
        if n_parts > most {
            let line = bare[..start].matches('\n').count() + 1;
            faults.push((line, format!("`{head}` has {n_parts} parts, {most} are enough")));
        }
    }
    faults
}

/// Calls that change the disk, open or lock past the one door, where planned faults would not meet them. `code` is what ships.
pub fn past_the_door(file: &str, code: &str) -> Vec<(usize, String)> {
    const CALLS: [&str; 17] = [
        "fs::rename(",
        "fs::remove_",
        "fs::write(",
        "fs::copy(",
        "fs::hard_link(",
        "fs::set_permissions(",
        "fs::create_dir",
        "File::create",
        "File::open(",
        "reflink_copy::",
        ".sync_all(",
        ".sync_data(",
        ".set_len(",
        ".set_permissions(",
        ".try_lock(",
        ".write_all(",
        ".create_new(true).open(",
    ];
    if !file.starts_with("src/shell/") || file.starts_with("src/shell/disk") {
        return vec![];
    }
    let mut faults = vec![];
    for (idx, line) in code.lines().enumerate() {
        let calls = |call: &&&str| line.match_indices(**call).any(|(at, _)| !line[..at].ends_with("Journal"));
        if let Some(call) = CALLS.iter().find(calls) {
            faults.push((idx + 1, format!("`{call}`: go through `shell/disk.rs`")));
        }
    }
    faults
}

/// Ways to the terminal past the console of the command line and its door, in any room. `code` is what ships.
pub fn past_the_console(file: &str, code: &str) -> Vec<(usize, String)> {
    const WAYS: [&str; 6] = ["print!(", "println!(", "stdout(", "stderr(", "io::stdout", "io::stderr"];
    const WAYS_OF_VERBS: [&str; 5] = ["indicatif", "to_writer(", ".print()", "&mut dyn Write", "/dev/"];
    if ["src/cli/console.rs", "src/cli/door.rs"].contains(&file) {
        return vec![];
    }
    let of_verbs = if file.starts_with("src/cli/") { WAYS_OF_VERBS.as_slice() } else { &[] };
    let mut faults = vec![];
    for (idx, line) in code.lines().enumerate() {
        if let Some(way) = WAYS.iter().chain(of_verbs).find(|way| line.contains(**way)) {
            faults.push((idx + 1, format!("`{way}`: go through `cli/console.rs`")));
        }
    }
    faults
}

/// How many parts, separated by commas, stand right inside the braces that the text begins with.
fn n_parts(body: &str) -> usize {
    let (mut depth, mut n_parts, mut is_open) = (0_i32, 0, false);
    for c in body.chars() {
        match c {
            '{' | '(' | '[' | '<' => depth += 1,
            '}' | ')' | ']' | '>' => depth -= 1,
            ',' if depth == 1 => is_open = false,
            c if depth == 1 && is_word(c) && !is_open => {
                is_open = true;
                n_parts += 1;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    n_parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::paths;

    fn lines(faults: Vec<(usize, String)>) -> Vec<usize> {
        faults.into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn a_file_says_what_it_is() {
        assert_eq!(lines(module_docs("//! What it is.\n")), []);
        assert_eq!(lines(module_docs("use std::fmt;\n//! Late.")), [1]);
        assert_eq!(lines(module_docs("// Not a doc.")), [1]);
        assert_eq!(lines(module_docs("")), [1]);
    }

    #[test]
    fn a_file_has_an_end() {
        let code = "let a;\n";
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", code.repeat(600));
        assert_eq!(lines(length(&code.repeat(500))), []);
        assert_eq!(lines(length(&code.repeat(501))), [500]);
        assert_eq!(lines(length(&(code.repeat(500) + &tests))), []);
        assert_eq!(lines(length(&(tests + code))), [500]);
    }

    #[test]
    fn no_round_about_ways() {
        let check = |code: &str, want: &[usize]| assert_eq!(lines(ways(code, &paths(code))), want, "{code}");
        check("use crate::model::{a, b};\nuse super::c;", &[]);
        check("use crate::{model, text};", &[1]);
        check("\nuse crate :: { model };", &[2]);
        check("use crate::*;", &[1]);
        check("use crate as house;", &[1]);
        check("use super::super::a;", &[1]);
        check("use super::{b, super::a};", &[1]);
        check("let a = self::super::b();", &[1]);
    }

    #[test]
    fn nothing_is_put_off() {
        let check = |text: &str, want: &[usize]| assert_eq!(lines(put_off(text)), want, "{text}");
        check("a();\n// a todo! in words, \"#[ignore]\"", &[]);
        check("#[ignore = \"slow\"]\nfn a() { todo!() }", &[1, 2]);
        check("unimplemented!(\"a\");\ndbg!(a);", &[1, 2]);
        check(concat!("// FIX", "ME later\n// XX", "X"), &[1, 2]);
        check(concat!("// XX", "XL"), &[]);
    }

    #[test]
    fn the_disk_has_one_door() {
        let check = |file: &str, code: &str, want: &[usize]| {
            assert_eq!(lines(past_the_door(file, code)), want, "{file} {code}");
        };
        check("src/shell/a.rs", "fs::read(path);\ndisk::rename(a, b);\nJournalFile::create(a);", &[]);
        check("src/shell/a.rs", "std::fs::rename(a, b);\nfile.sync_all()?;\nFile::open(a);", &[1, 2, 3]);
        check("src/shell/disk.rs", "fs::rename(a, b);", &[]);
        check("src/ui/a.rs", "self.try_lock();", &[]);
    }

    #[test]
    fn the_terminal_has_one_door() {
        let check = |file: &str, code: &str, want: &[usize]| {
            assert_eq!(lines(past_the_console(file, code)), want, "{file} {code}");
        };
        check("src/cli/a.rs", "console.line(&said)?;\nwriteln!(console.text())?;", &[]);
        check(
            "src/cli/b/a.rs",
            "eprintln!(a);\nio::stdout().lock();\nfn a(out: &mut dyn Write) {}",
            &[1, 2, 3],
        );
        check("src/cli/a.rs", "error.print();\nserde_json::to_writer(out, &a);", &[1, 2]);
        check("src/cli/console.rs", "io::stdout()", &[]);
        check("src/main.rs", "fmt::layer().with_writer(io::stderr)", &[1]);
        check("src/ui/a.rs", "std::io::stderr();\nfn a(out: &mut dyn Write) {}", &[1]);
    }

    #[test]
    fn hints_have_their_mark() {
        let check = |file: &str, code: &str, want: &[usize]| {
            assert_eq!(lines(hints(file, code)), want, "{file} {code}");
        };
        check("src/a.rs", "let a = \"gone hint: look\";\n// gone hint: look\nhint: 1;", &[1]);
        check("src/a.rs", "let a = \"gone\\0hint: look\";\nstruct A { hint: u8 }", &[]);
        check("src/text/message.rs", "let a = \" hint: \";", &[]);
    }

    #[test]
    fn names_say_something() {
        let check = |file: &str, code: &str, want: &[usize]| {
            assert_eq!(lines(names(file, code)), want, "{file} {code}");
        };
        check("src/text/fold.rs", "mod tests {", &[]);
        check("src/text/util.rs", "", &[1]);
        check("src/common/fold.rs", "", &[1]);
        check("src/text/fold.rs", "\npub(crate) mod helpers;", &[2]);
        check("src/text/utility.rs", "let manager = 1;", &[]);
    }

    #[test]
    fn one_bool_at_most() {
        let check = |code: &str, want: &[usize]| assert_eq!(lines(two_bools(code)), want, "{code}");
        check("fn a(b: bool, c: u8) -> bool { d }", &[]);
        check("\npub fn a(\n    b: bool,\n    c: bool,\n) {}", &[2]);
        check("fn a(b: impl Fn(u8) -> bool, c: bool) {}", &[]);
        check("struct A { b: bool, c: bool }", &[]);
    }

    #[test]
    fn messages_are_clauses() {
        let check = |text: &str, want: &[usize]| assert_eq!(lines(messages(text)), want, "{text}");
        check(
            "#[error(\"no article `{0}`\")]\n#[error(\"RON, line {0}\")]\n#[error(\"`{0}` stands twice\")]",
            &[],
        );
        check("#[error(\"No article\")]\n  #[error(\"no article.\")]", &[1, 2]);
    }

    #[test]
    fn a_type_is_one_thing() {
        let twelve = "A { b: u8, c: u8 }, #[doc] B(u8, Vec<u8, u8>), ".repeat(6);
        let check = |code: &str, want: &[usize]| assert_eq!(lines(too_many_parts(code)), want, "{code}");
        check(&format!("pub enum Action {{ {twelve} }}"), &[]);
        check(&format!("\npub enum Action {{ {twelve} C }} enum B {{}}"), &[2]);
        check("struct App { a: u8, b: u8, c: u8, d: u8, }\nstruct Appendix { a: u8 }", &[]);
        check("struct App { a: u8, b: u8, c: u8, d: u8, e: u8 }", &[1]);
    }
}
