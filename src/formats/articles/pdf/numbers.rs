//! Page numbers as they are printed: `Page 1 of 3`, `Seite 2 von 7`, `- 4 -`, `第3页`, and texts that differ in numbers alone.

/// Whether a short text is a page number that says so: by a word for it, by how many pages there are, by dashes round it. An
/// address may stand before it, as browsers print it.
pub(super) fn is_page_number(text: &str) -> bool {
    if text.chars().count() > MAX_CHARS {
        return false;
    }
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    let lower = words.collect::<Vec<_>>().join(" ").to_lowercase();
    let has_dashes = lower.starts_with(DASHES) && lower.ends_with(DASHES) && lower.len() > 2;
    let (mut numbers, mut has_page, mut has_of) = (vec![], false, false);
    for token in tokens(&lower) {
        if let Ok(number) = token.parse::<usize>() {
            // A year is none.
            if token.len() > 4 {
                return false;
            }
            numbers.push(number);
        } else if PAGE.contains(&token) {
            has_page = true;
        } else if OF.contains(&token) {
            has_of = true;
        } else if !token.chars().all(|c| MARKS.contains(&c)) {
            return false;
        }
    }
    match numbers.as_slice() {
        [_] => has_page || has_dashes,
        [n, of] => (has_page || has_of) && n <= of && *n > 0,
        _ => false,
    }
}

/// The number that a text is, if it is no year.
pub(super) fn bare(text: &str) -> Option<usize> {
    let text = text.trim();
    let number = text.parse().ok()?;
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// A text with a `#` for each number, in lower case, with single spaces.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for c in word.chars() {
            if !c.is_numeric() {
                folded.extend(c.to_lowercase());
            } else if !folded.ends_with('#') {
                folded.push('#');
            }
        }
    }
    folded
}

/// The numbers in a text.
pub(super) fn numbers_in(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

const MAX_CHARS: usize = 150;

const DASHES: [char; 6] = ['-', '\u{2013}', '\u{2014}', '\u{b7}', '\u{2022}', '~'];

/// What may stand between the words of a page number.
const MARKS: [char; 20] = [
    ' ', '-', '\u{2013}', '\u{2014}', '\u{b7}', '\u{2022}', '~', '/', '|', '.', ',', ':', '(', ')', '[', ']',
    '\u{2019}', '\'', '\u{a0}', '\u{ff0f}',
];

/// Words for a page, in lower case.
const PAGE: &[&str] = &[
    "page",
    "pages",
    "pg",
    "p",
    "pp",
    "seite",
    "s",
    "página",
    "pagina",
    "págs",
    "pág",
    "pag",
    "pàgina",
    "strona",
    "str",
    "sida",
    "sidan",
    "side",
    "sivu",
    "oldal",
    "strana",
    "stránka",
    "stran",
    "stranica",
    "страница",
    "стр",
    "сторінка",
    "стор",
    "с",
    "sayfa",
    "σελίδα",
    "σελ",
    "lehekülg",
    "lk",
    "puslapis",
    "lappuse",
    "lpp",
    "trang",
    "halaman",
    "orrialdea",
    "páxina",
    "صفحة",
    "עמוד",
    "पृष्ठ",
    "第",
    "页",
    "頁",
    "共",
    "ページ",
    "페이지",
    "쪽",
];

/// Words between a page and how many there are.
const OF: &[&str] = &[
    "of", "von", "sur", "de", "di", "van", "af", "av", "z", "ze", "iz", "из", "з", "od", "din", "από",
    "dari", "trên", "من", "/", "|", "\u{ff0f}",
];

/// Numbers, words, and what stands between them.
fn tokens(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        c if c.is_ascii_digit() => 0,
        // Signs that are words by themselves.
        '第' | '页' | '頁' | '共' => 4,
        c if c.is_alphabetic() => 1,
        '/' | '|' | '\u{ff0f}' => 2,
        _ => 3,
    };
    let mut tokens = vec![];
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| before != class(c) || before == 4) {
            tokens.extend(text.get(start..at));
            start = at;
        }
        before = Some(class(c));
    }
    tokens.extend(text.get(start..).filter(|last| !last.is_empty()));
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_say_so() {
        for yes in [
            "Page 3",
            "page 1 of 3",
            "PAGE 1 / 3",
            "Seite 3 von 7",
            "page 3 sur 7",
            "Página 2 de 4",
            "Pagina 2 di 4",
            "S. 12",
            "p. 4",
            "- 4 -",
            "\u{2013} 12 \u{2013}",
            "3/7",
            "1 of 10",
            "3. oldal",
            "Страница 2 из 5",
            "第3页",
            "第 3 页 共 7 页",
            "3 / 7 ページ",
            "3 페이지",
            "https://post.example/news/123 1/4",
            "Seite 3 | 7",
            "[Page 2 of 2]",
        ] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in [
            "",
            "3",
            "2024",
            "Page",
            "Page one",
            "He turned to page 3 of 7",
            "7 of 3",
            "in 2020 of 2021",
            "3 May",
            "p. 4 and p. 5 and p. 6",
            "\u{2013} No \u{2013}",
            "20,000 of 30,000",
            "12/1/24",
            "S. Hale",
        ] {
            assert!(!is_page_number(no), "{no}");
        }
        assert_eq!(bare(" 12 "), Some(12));
        assert_eq!([bare("12345"), bare("+3"), bare("x")], [None; 3]);
    }

    #[test]
    fn texts_that_differ_in_numbers_are_one() {
        assert_eq!(fold("Harbour Post\u{a0} 12 May 2024,  p.7"), "harbour post # may #, p.#");
        assert_eq!(numbers_in("1/12 a3"), [1, 12, 3]);
    }
}
