//! Folded forms of a text: for ids (white space only) and for looking things up (case, accents, quotes).

/// `text` with each run of white space as one space, trimmed. Two prints of one article that differ in
/// line breaks give the same.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// `text` in lower case, without the accents of Latin letters, with plain quotes and dashes. For matching only:
/// offsets into it are not offsets into `text`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
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
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squeezing() {
        let check = |input, want| assert_eq!(squeeze(input), want);
        check("", "");
        check(" \n\t ", "");
        check("a", "a");
        check("  two\n\nparagraphs \u{a0} here\n", "two paragraphs here");
        check("line\r\nline", "line line");
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
