//! Folded forms of a text: for ids (white space only) and for looking things up (case, accents, quotes).

/// `text` with each run of white space as one space, trimmed. Two prints of one article that differ in
/// line breaks give the same.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let mut rest = text.trim();
    // Nearly all white space is one blank already, and is copied with the words around it.
    while let Some(len) = odd_white(rest) {
        let (words, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        squeezed.push_str(words.trim_end());
        squeezed.push(' ');
        rest = tail.trim_start();
    }
    squeezed.push_str(rest);
    squeezed
}

/// The place of white space other than one blank, or of what may be some. Bytes.
fn odd_white(text: &str) -> Option<usize> {
    let mut was_blank = false;
    let mut from = 0;
    loop {
        // No other white space is a byte below the blank, or begins with another one than these.
        let is_odd = |byte: &u8| {
            let is_blank = *byte == b' ';
            let is_odd = *byte < b' ' || is_blank && was_blank || matches!(byte, 0xC2 | 0xE1..=0xE3);
            was_blank = is_blank;
            is_odd
        };
        let at = from + text.as_bytes().get(from..)?.iter().position(is_odd)?;
        if text.get(at..)?.starts_with(char::is_whitespace) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// `text` in lower case, without the accents of Latin letters, with plain quotes and dashes. For matching only:
/// offsets into it are not offsets into `text`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut folded);
    }
    folded
}

/// One letter of it, behind what is there.
pub fn fold_char(c: char, folded: &mut String) {
    match c {
        // The accent of a letter written as two characters, and what nobody sees.
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        '‘' | '’' | '‚' | '′' => folded.push('\''),
        '“' | '”' | '„' | '«' | '»' => folded.push('"'),
        '‐' | '‑' | '–' | '—' => folded.push('-'),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'đ' | 'Đ' => folded.push('d'),
        'ł' | 'Ł' => folded.push('l'),
        'ø' | 'Ø' => folded.push('o'),
        '\u{a0}' | '\u{202f}' => folded.push(' '),
        _ => folded.extend(nucleo_matcher::chars::normalize(c).to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn squeezing() {
        let check = |input, want| assert_eq!(squeeze(input), want);
        check("", "");
        check(" \n\t ", "");
        check("a", "a");
        check("  two\n\nparagraphs \u{a0} here\n", "two paragraphs here");
        check("line\r\nline", "line line");
        check("a \nb\u{2003} \u{2003}c \u{a0}d  e\u{b}f", "a b c d e f");
        check("caf\u{e9} \u{200b} \u{3042}\u{2014}\u{a9}", "caf\u{e9} \u{200b} \u{3042}\u{2014}\u{a9}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn squeezing_is_words_with_a_blank_between(
            parts in proptest::collection::vec(
                prop_oneof![Just(" "), Just("  "), Just("\n"), Just("\u{a0}"), Just("\u{2028}"), Just("\u{3000}"), Just("\u{1680}"),
                    Just("\u{85}"), Just("a"), Just("\u{e9}"), Just("\u{201c}"), Just("\u{1681}"), Just("\u{c0}")],
                0..12,
            ),
        ) {
            let text = parts.concat();
            prop_assert_eq!(squeeze(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn folding() {
        let check = |input, want| assert_eq!(fold(input), want, "{input}");
        check("ZTE", "zte");
        check("Élysée Über Señor Đoković Łódź", "elysee uber senor dokovic lodz");
        check("e\u{301}te\u{301}", "ete");
        check("Straße STRASSE", "strasse strasse");
        check("“Don’t”", "\"don't\"");
        check("МОСКВА", "москва");
        check("東京", "東京");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Élysée “x” ß Æ İstanbul Ǆ ﬁ", "plain", "ΑΣ", "Ⅻ"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
