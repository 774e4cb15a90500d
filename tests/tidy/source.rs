//! Rust source as the guard reads it: without comments and literals, without test modules, as paths.

/// The text with comments and what stands in literals made blank; lines stay where they are.
pub fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut bare, mut at) = (String::with_capacity(text.len()), 0);
    while at < chars.len() {
        let end = end_of_blank(&chars, at);
        if end == at {
            bare.push(if chars[at].is_ascii() { chars[at] } else { '_' });
            at += 1;
        } else {
            bare.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    bare
}

/// Where a comment or literal that begins here ends; the same place if none begins.
fn end_of_blank(chars: &[char], at: usize) -> usize {
    let next = |n: usize| chars.get(at + n).copied().unwrap_or_default();
    let in_word = at > 0 && is_word(chars[at - 1]);
    match chars[at] {
        '/' if next(1) == '/' => find(chars, at, &['\n']),
        '/' if next(1) == '*' => end_of_block(chars, at),
        '"' => end_of_string(chars, at + 1),
        '\'' if next(1) == '\\' => (find(chars, at + 3, &['\'']) + 1).min(chars.len()),
        '\'' if next(2) == '\'' => at + 3,
        'r' | 'b' | 'c' if !in_word => end_of_raw(chars, at).unwrap_or(at),
        _ => at,
    }
}

fn end_of_block(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0_u32, start);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => depth += 1,
            ('*', Some('/')) => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            break;
        }
    }
    at.min(chars.len())
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut at = start;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// `r"…"`, `r#"…"#`, `br"…"`: ends at a quote with as many hashes as it began with.
fn end_of_raw(chars: &[char], start: usize) -> Option<usize> {
    let mut at = start + chars[start..].iter().position(|c| *c == 'r').filter(|n| *n < 2)? + 1;
    let n_hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    at += n_hashes;
    if chars.get(at) != Some(&'"') {
        return None;
    }
    let closes = |from: usize| chars[from..].iter().take_while(|c| **c == '#').count() >= n_hashes;
    let quote = (at + 1..chars.len()).find(|from| chars[*from] == '"' && closes(from + 1));
    Some(quote.map_or(chars.len(), |quote| quote + 1 + n_hashes))
}

fn find(chars: &[char], from: usize, of: &[char]) -> usize {
    chars.iter().skip(from).position(|c| of.contains(c)).map_or(chars.len(), |n| from + n)
}

pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Bare code without the bodies of `#[cfg(test)] mod … { }`, and of a file that is all tests nothing; lines stay where they are.
pub fn shipped(bare: &str) -> String {
    if bare.contains("#![cfg(test)]") {
        return bare.replace(|c| c != '\n', " "); // a whole file of tests
    }
    let mut code = bare.to_owned();
    let mut from = 0;
    while let Some(start) = code[from..].find("#[cfg(test)]").map(|n| from + n) {
        from = start + 1;
        let rest = code[start..].trim_start_matches("#[cfg(test)]").trim_start();
        if !rest.starts_with("mod ") {
            continue;
        }
        let Some(open) = code[start..].find(['{', ';']).map(|n| start + n) else { break };
        let mut depth = 0_i32;
        let close = code[open..].char_indices().find(|(_, c)| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0
        });
        let end = open + close.map_or(code.len() - open, |(n, c)| n + c.len_utf8());
        let blank = code[start..end].replace(|c| c != '\n', " ");
        code.replace_range(start..end, &blank);
    }
    code
}

/// A path that code names: `std::fs::write`, with its line, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub line: usize,
    pub parts: Vec<String>,
    /// Begins with `::`, so that no local name is meant.
    pub absolute: bool,
    pub from: From,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Expression,
    Use,
    PubUse,
}

impl Path {
    pub fn shown(&self) -> String {
        self.parts.join("::")
    }

    pub fn part(&self, n: usize) -> &str {
        self.parts.get(n).map_or("", String::as_str)
    }
}

/// Every path in bare code, with the groups of `use` written out; a name alone is a path only in `use`.
pub fn paths(bare: &str) -> Vec<Path> {
    let tokens = tokens(bare);
    let (mut paths, mut at) = (vec![], 0);
    while let Some((line, token)) = tokens.get(at) {
        // `impl Trait + use<'a>` says what is captured, and names no path.
        let captures = tokens.get(at + 1).is_some_and(|(_, token)| *token == "<");
        if *token == "use" && !captures {
            let public = at > 0 && matches!(tokens[at - 1].1, "pub" | ")");
            let from = if public { From::PubUse } else { From::Use };
            at = tree(&tokens, at + 1, &[], from, &mut paths);
        } else if *token == "::" || token.starts_with(is_word) {
            let absolute = *token == "::";
            let inside =
                absolute && at > 0 && (tokens[at - 1].1 == ">" || tokens[at - 1].1.starts_with(is_word));
            at += usize::from(absolute);
            let mut parts = vec![];
            while tokens.get(at).is_some_and(|(_, token)| token.starts_with(is_word)) {
                parts.push(tokens[at].1.to_owned());
                let more = tokens.get(at + 1).is_some_and(|(_, token)| *token == "::")
                    && tokens.get(at + 2).is_some_and(|(_, token)| token.starts_with(is_word));
                at += if more { 2 } else { 1 };
                if !more {
                    break;
                }
            }
            if parts.len() > 1 && !inside {
                paths.push(Path { line: *line, parts, absolute, from: From::Expression });
            }
        } else {
            at += 1;
        }
    }
    paths
}

/// Reads one tree of a `use` and gives the place after it.
fn tree(
    tokens: &[(usize, &str)],
    start: usize,
    above: &[String],
    from: From,
    paths: &mut Vec<Path>,
) -> usize {
    let (mut at, mut parts) = (start, above.to_vec());
    let absolute = tokens.get(at).is_some_and(|(_, token)| *token == "::");
    while let Some((line, token)) = tokens.get(at) {
        match *token {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|(_, token)| *token != "}") {
                    let next = tree(tokens, at, &parts, from, paths);
                    // What ends a `use` ends its groups too: this is no source, but nobody waits for ever.
                    let stands = tokens.get(next).is_some_and(|(_, token)| *token == ";");
                    at = next
                        + usize::from(stands || tokens.get(next).is_some_and(|(_, token)| *token == ","));
                }
                return at + 1;
            }
            "," | "}" | ";" => {
                if parts.len() > above.len() {
                    paths.push(Path { line: *line, parts, absolute, from });
                }
                return at;
            }
            // The other name does not matter here: the path is what is watched.
            "as" => at += 2,
            word => {
                parts.push(word.to_owned());
                at += 1;
            }
        }
    }
    at
}

/// Words, `::` and single signs, each with its line.
fn tokens(bare: &str) -> Vec<(usize, &str)> {
    let mut tokens = vec![];
    for (idx, line) in bare.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let len = match first {
                c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            let (token, after) = rest.split_at(len);
            if !first.is_whitespace() {
                tokens.push((idx + 1, token));
            }
            rest = after;
        }
    }
    tokens
}

#[test]
fn comments_and_literals_are_blank() {
    let check = |text: &str, want: &str| assert_eq!(bare(text).trim_end(), want, "{text}");
    check("a // crate::ui", "a");
    check("a /* b /* c */ d */ e", &format!("a {}e", " ".repeat(18)));
    check("let x = \"std::fs \\\" //\"; y", &format!("let x = {}; y", " ".repeat(15)));
    check("r#\"a \" b\"# c", "           c");
    check("br\"\\\" c", "      c");
    check("'\\'' 'x' '\\u{1F}' 'a: &'static str", &format!("{}'a: &'static str", " ".repeat(18)));
    check("for x in r#type {}", "for x in r#type {}");
    check("a\n/* b\n */ c", "a\n    \n    c");
    check("é \"é\" x", "_     x");
}

#[test]
fn test_modules_are_not_shipped() {
    let check = |text: &str, want: &str| assert_eq!(shipped(text), want, "{text}");
    check("a\n#[cfg(test)]\nmod tests {\n  { b }\n}\nc", "a\n            \n           \n       \n \nc");
    check("#[cfg(test)]\nuse a::b;\nc", "#[cfg(test)]\nuse a::b;\nc");
    check("#[cfg(test)]\nmod tests;\nc", "            \n          \nc");
    check("#![cfg(test)]\nuse a;", "             \n      ");
}

#[test]
fn groups_are_written_out() {
    let check = |code: &str, want: &[&str]| {
        let found: Vec<_> = paths(code).iter().map(|p| format!("{} {}", p.line, p.shown())).collect();
        assert_eq!(found, want, "{code}");
    };
    check("use std::{fs, io::{self, Read as R}};", &["1 std::fs", "1 std::io::self", "1 std::io::Read"]);
    check("pub(crate) use a::b as c;\nd", &["1 a::b"]);
    check("use clap;", &["1 clap"]);
    check("use a::*;\nlet x = std :: fs\n::write(y.z);", &["1 a::*", "2 std::fs::write"]);
    check("Vec::<u8>::new(); x(a::b::<c::d>())", &["1 a::b", "1 c::d"]);
    check("<T as a::B>::c(::ron::x)", &["1 a::B", "1 ron::x"]);
    assert!(paths("::ron::x").iter().all(|path| path.absolute));
    assert!(paths("fn f<'a>() -> impl A + use<'a> { g(); }").is_empty());
    assert!(paths("use a::{b; c").iter().all(|path| path.line == 1));
    assert!(paths("pub use a::b;").iter().all(|path| path.from == From::PubUse));
}
