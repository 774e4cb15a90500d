//! Plain text (`.txt`): one file, one article.

use crate::formats::articles::blocks::{self, Line};
use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::{article, databases, front_matter, kinds};
use crate::formats::decode::decode_as;
use crate::formats::reading::{ReadError, Warning};
use crate::model::article::Meta;
use crate::text::invisible::is_blank;
use crate::text::rules::{Rules, Settings};

/// Reads a text file in any usual encoding. Paragraphs, meant line breaks, headline and the like are found by shape.
pub fn read_plain(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let settings = asked.settings;
    let decoded = decode_as(bytes, asked.encoding)?;
    let mut warnings = decoded.warnings;
    if let Some(found) = databases::of_text(&decoded.text, asked, decoded.encoding, &warnings) {
        return Ok(found);
    }
    let mut lines = blocks::lines(&decoded.text);
    if front_matter::begins(&decoded.text) {
        warnings.push(Warning(
            "it begins with front matter, which is read in Markdown alone and is text here".to_owned(),
        ));
    }
    warnings.extend(databases::looks_like_one(&lines));
    // Asked once, for the headline and for the text.
    let lang = settings.lang.map_or_else(|| guessed(&lines, settings), str::to_owned);
    let settings = Settings { lang: Some(&lang), ..settings };
    kinds::mark(&mut lines, kinds::Headline::Find, settings);
    let article = article(&lines, Meta::default(), settings, decoded.encoding, &mut warnings)?;
    Ok(Found::one(article, warnings))
}

/// The language of lines by what they begin with.
pub(super) fn guessed(lines: &[Line], settings: Settings<'_>) -> String {
    let mut text = String::with_capacity(LOOK_BYTES);
    for line in lines.iter().filter(|line| !is_blank(&line.text)) {
        if text.len() > LOOK_BYTES {
            break;
        }
        text.push_str(line.text.trim());
        text.push_str("\n\n");
    }
    Rules::of(&text, settings).lang().to_owned()
}

/// More than the guess looks at.
const LOOK_BYTES: usize = 8192;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::invisible::is_invisible;
    use proptest::prelude::*;

    /// The rows tile the text, which has the words of what was decoded and nothing else.
    fn check(text: &str) {
        let Ok(Found { articles, .. }) = read_plain(text.as_bytes(), Asked::default()) else { return };
        let article = articles.first().unwrap();
        let mut at = 0;
        for sentence in &article.sentences {
            assert_eq!(sentence.bytes.start, at);
            assert!(!article.text.get(sentence.bytes.clone()).unwrap().trim().is_empty());
            at = sentence.bytes.end;
        }
        assert_eq!(at, article.text.len());
        let is_seen = |c: &char| !c.is_whitespace() && !is_invisible(*c);
        let words = |text: &str| text.chars().filter(is_seen).collect::<String>();
        assert_eq!(words(&article.text), words(&decode_as(text.as_bytes(), None).unwrap().text));
        assert_eq!(article.text, article.text.trim());
        assert!(!article.text.contains("\n\n\n") && !article.text.contains('\r'));
    }

    #[test]
    fn long_texts_are_no_trouble() {
        let n_bytes = 1 << 18;
        for unit in [
            "a",
            "a ",
            "a\n",
            "\n",
            "a.\n\n",
            "- a\n",
            "-",
            "By A\n\n",
            "A (B) — ",
            "1. ",
            "Photo: a\n",
            "é",
            "“",
        ] {
            check(&unit.repeat(n_bytes / unit.len()));
        }
        check(&"The mayor of Lynd took money from a builder, says a report that he\n".repeat(4000));
    }

    #[test]
    fn too_long_is_said() {
        let said = read_plain(&vec![b'a'; 33 << 20], Asked::default()).unwrap_err().to_string();
        assert!(said.contains("33 MiB") && said.contains("hint:"), "{said}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            drop(read_plain(&bytes, Asked::default()));
            drop(crate::formats::articles::markdown::read_markdown(&bytes, Asked::default()));
        }

        #[test]
        fn any_text_keeps_its_words(text in "(?s).{0,200}") {
            check(&text);
        }

        #[test]
        fn any_layout_keeps_its_words(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "\n", "\n\n", "\r\n", " ", "   ", "The mayor of Lynd took money from a builder, says", "By Ines Varga",
                    "LYND (AP) — ", "- ", "1. ", "Photo: x", "He left.", "US-", "“No,” he said.", "市长", "\u{c}", "\u{feff}",
                ]),
                1..40,
            ),
        ) {
            check(&parts.concat());
        }
    }
}
