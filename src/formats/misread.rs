//! Characters that a program made of bytes which it misread, before the file was written as Unicode.

use crate::formats::reading::Warning;
use encoding_rs::WINDOWS_1252;
use memchr::memchr_iter;

/// Puts right what was Windows-1252 or UTF-8 and was read as Latin-1: then curly quotes and dashes are the invisible
/// characters U+0080 to U+009F, which no text holds.
pub fn mend(text: String, warnings: &mut Vec<Warning>) -> String {
    let n_c1 = n_c1_in(&text);
    if n_c1 == 0 || (text.matches(NEXT_LINE).count() == n_c1 && !text.contains('\n')) {
        return text;
    }
    if let Some(mended) = from_utf8(&text) {
        warnings.push(Warning("the text was UTF-8 that was read as Latin-1, and is put right".to_owned()));
        return mended;
    }
    let mended: String = text.chars().map(|c| if is_c1(c) { windows_1252(c) } else { c }).collect();
    let n_mended = n_c1 - n_c1_in(&mended);
    if n_mended > 0 {
        let first =
            mended.chars().zip(text.chars()).find(|(new, old)| new != old).map_or('?', |(new, _)| new);
        let characters = if n_mended == 1 { "1 character" } else { &format!("{n_mended} characters") };
        warnings.push(Warning(format!(
            "{characters} of Windows-1252, as `{first}`, had been read as Latin-1 and put right"
        )));
    }
    mended
}

/// A line break of mainframes, or an ellipsis of Windows: the latter where lines end otherwise.
const NEXT_LINE: char = '\u{85}';

fn is_c1(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// How many of them a text has, by their bytes: nearly every text has none.
fn n_c1_in(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_second = |at: usize| bytes.get(at + 1).is_some_and(|byte| (0x80..=0x9f).contains(byte));
    memchr_iter(0xC2, bytes).filter(|at| is_second(*at)).count()
}

/// The text whose bytes in UTF-8 were taken for characters, one each.
fn from_utf8(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    String::from_utf8(bytes?).ok()
}

/// What a byte that was taken for `c` stands for; five stand for nothing.
fn windows_1252(c: char) -> char {
    let bytes = [u8::try_from(u32::from(c)).unwrap_or(b'?')];
    let (decoded, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    decoded.chars().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str, n_warnings: usize) {
        let mut warnings = Vec::new();
        assert_eq!(mend(text.to_owned(), &mut warnings), want);
        assert_eq!(warnings.len(), n_warnings, "{warnings:?}");
    }

    #[test]
    fn windows_1252_that_was_read_as_latin_1() {
        check("Caf\u{e9} \u{97} it\u{92}s \u{93}shut\u{94}\u{85}", "Caf\u{e9} — it’s “shut”…", 1);
        check("He said\u{85}\nShe left.", "He said…\nShe left.", 1);
        // Line breaks, and what stands for nothing.
        check("He said.\u{85}She left.", "He said.\u{85}She left.", 0);
        check("a\u{81}b", "a\u{81}b", 0);
        check("plain, caf\u{e9}", "plain, caf\u{e9}", 0);
    }

    #[test]
    fn utf8_that_was_read_as_latin_1() {
        check("\u{e2}\u{80}\u{9c}Caf\u{c3}\u{a9}\u{e2}\u{80}\u{9d}", "“Café”", 1);
    }

    #[test]
    fn the_warning_counts() {
        let mut warnings = Vec::new();
        mend("\u{93}No\u{94}".to_owned(), &mut warnings);
        let want = "2 characters of Windows-1252, as `“`, had been read as Latin-1 and put right";
        assert_eq!(warnings, [Warning(want.to_owned())]);
    }
}
