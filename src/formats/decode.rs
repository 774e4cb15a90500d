//! Bytes to text: which encoding, what could not be read, and what is no text at all.

use crate::formats::misread;
use crate::formats::reading::{MAX_ARTICLE_BYTES, ReadError, Warning};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without its byte order mark.
    pub text: String,
    /// Name of the encoding as in the WHATWG standard, for instance `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    pub warnings: Vec<Warning>,
}

/// Reads `bytes` as text: by byte order mark, else as UTF-8 if they are, else as UTF-16 if they look like it, else
/// by the frequency of letters. Bytes that mean nothing become U+FFFD and are counted in a warning.
pub fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    decode_as(bytes, None)
}

/// The same in the encoding of that name on the web, where somebody said one; a byte order mark goes before it.
pub fn decode_as(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded, ReadError> {
    // UTF-16 takes two bytes for one; more than that is too large in every encoding.
    if bytes.len() / 2 > MAX_ARTICLE_BYTES {
        return Err(ReadError::TooLarge { n_mib: bytes.len() >> 20 });
    }
    decode_table(bytes, encoding)
}

/// The same of a file of many articles, which may be as large as files are.
pub fn decode_table(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(ReadError::OldOffice);
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(ReadError::Binary { what });
    }
    let said = encoding.and_then(|name| Encoding::for_label(name.as_bytes()));
    let (text, encoding, n_bad) = match said.filter(|_| Encoding::for_bom(bytes).is_none()) {
        Some(said) => read_as(bytes, said),
        None => read(bytes)?,
    };
    // In Unicode's own encodings a C1 character is no byte of the file: it is what a program made of one.
    let is_unicode = encoding.starts_with("UTF-");
    if is_binary(&text, n_bad, is_unicode) {
        return Err(ReadError::Binary { what: "no text" });
    }
    let mut warnings = Vec::new();
    let text = without_nul(text, &mut warnings);
    let text = if is_unicode { misread::mend(text, &mut warnings) } else { text };
    if n_bad > 0 {
        let places = if n_bad == 1 { "1 place is" } else { &format!("{n_bad} places are") };
        warnings.push(Warning(format!("{places} not valid {encoding} and read as `\u{fffd}`")));
    }
    if !is_unicode && said.is_none() {
        warnings.push(Warning(format!("the encoding is not stated: read as `{encoding}`")));
    }
    Ok(Decoded { text, encoding, warnings })
}

/// Whether there is an encoding of that name on the web.
pub fn is_encoding(name: &str) -> bool {
    Encoding::for_label(name.as_bytes()).is_some()
}

const UTF_8: &str = "UTF-8";

/// How the files begin that are most often taken for text, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
];

/// The text, the name of its encoding, and how many places could not be read.
fn read(bytes: &[u8]) -> Result<(String, &'static str, usize), ReadError> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(ReadError::Utf32);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok(read_utf8(rest));
    }
    if let Some(read) = from_utf16(bytes) {
        return Ok(read);
    }
    if is_mostly_utf8(bytes) {
        return Ok(read_utf8(bytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(read_as(bytes, encoding))
}

fn read_as(bytes: &[u8], encoding: &'static Encoding) -> (String, &'static str, usize) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let n_bad = text.matches('\u{fffd}').count();
    (text.into_owned(), encoding.name(), n_bad)
}

/// UTF-16 by its byte order mark, or because every other byte is NUL: the text, the name, the places that are wrong.
pub fn from_utf16(bytes: &[u8]) -> Option<(String, &'static str, usize)> {
    let (n_even_nul, n_odd_nul) = count_nul(bytes);
    let n_pairs = bytes.len() / 2;
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        Some(read_utf16(rest, u16::from_le_bytes, "UTF-16LE"))
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        Some(read_utf16(rest, u16::from_be_bytes, "UTF-16BE"))
    } else if n_odd_nul > n_pairs / 4 && n_even_nul < n_odd_nul / 8 {
        Some(read_utf16(bytes, u16::from_le_bytes, "UTF-16LE"))
    } else if n_even_nul > n_pairs / 4 && n_odd_nul < n_even_nul / 8 {
        Some(read_utf16(bytes, u16::from_be_bytes, "UTF-16BE"))
    } else {
        None
    }
}

fn read_utf8(bytes: &[u8]) -> (String, &'static str, usize) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), UTF_8, 0);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut n_bad = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}');
            n_bad += 1;
        }
    }
    (text, UTF_8, n_bad)
}

fn read_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, name: &'static str) -> (String, &'static str, usize) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut n_bad = 0;
    let mut text: String = char::decode_utf16(pairs.iter().map(|&pair| unit(pair)))
        .map(|decoded| {
            decoded.unwrap_or_else(|_| {
                n_bad += 1;
                '\u{fffd}'
            })
        })
        .collect();
    if !rest.is_empty() {
        text.push('\u{fffd}');
        n_bad += 1;
    }
    (text, name, n_bad)
}

/// NUL bytes at even and at odd places.
fn count_nul(bytes: &[u8]) -> (usize, usize) {
    bytes.as_chunks::<2>().0.iter().fold((0, 0), |(n_even, n_odd), [even, odd]| {
        (n_even + usize::from(*even == 0), n_odd + usize::from(*odd == 0))
    })
}

/// Valid UTF-8, or UTF-8 with little damage: a file cut inside a character is not Windows-1252 because of that.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let mut n_good = 0;
    let mut n_bad = 0;
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    n_bad == 0 || n_good >= 2 * n_bad
}

/// More than one character in a hundred that no text holds. NUL and nothing else is damage: one, one in ten, or any number at the
/// end, where a file was made longer than what was written.
fn is_binary(text: &str, n_bad: usize, is_unicode: bool) -> bool {
    let n_ascii = text.bytes().filter(|b| b.is_ascii_control() && !matches!(b, b'\t'..=b'\r')).count();
    let is_c1 = |c: &char| matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}');
    let n_c1 = if is_unicode { 0 } else { text.chars().filter(is_c1).count() };
    let n_controls = n_ascii + n_c1;
    let n_chars = text.chars().count();
    let words = text.trim_end_matches('\0');
    let n_nuls = words.matches('\0').count();
    let n_padding = text.len() - words.len();
    let is_damaged_by_nul = n_controls == n_nuls + n_padding
        && n_bad == 0
        && !words.is_empty()
        && (n_nuls < 2 || n_nuls * 10 <= words.len());
    (n_controls + n_bad / 4) * 100 > n_chars && !is_damaged_by_nul
}

/// Takes NUL characters out, and says where they stood.
fn without_nul(text: String, warnings: &mut Vec<Warning>) -> String {
    let Some((before, _)) = text.split_once('\0') else { return text };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let place = format!("line {line}, column {column}");
    warnings.push(Warning(match text.matches('\0').count() {
        1 => format!("a NUL character in {place} is left out"),
        n => format!("{n} NUL characters are left out, the first in {place}"),
    }));
    text.replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], want: &str, encoding: &str, n_warnings: usize) {
        let got = decode(bytes).unwrap();
        assert_eq!((got.text.as_str(), got.encoding), (want, encoding));
        assert_eq!(got.warnings.len(), n_warnings, "{:?}", got.warnings);
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn encodings() {
        check("Zoë said “no”.".as_bytes(), "Zoë said “no”.", "UTF-8", 0);
        check(b"\xef\xbb\xbfplain", "plain", "UTF-8", 0);
        check(b"He said \x93no\x94. That\x92s it.", "He said “no”. That’s it.", "windows-1252", 1);
        check(
            b"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0. \xdd\xf2\xee \xf2\xe5\xf1\xf2.",
            "Привет, мир. Это тест.",
            "windows-1251",
            1,
        );
        for (unit, name) in
            [(u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"), (u16::to_be_bytes, "UTF-16BE")]
        {
            check(&utf16("\u{feff}Zoë 🗞 left.", unit), "Zoë 🗞 left.", name, 0);
            check(&utf16("Zoë left the room.", unit), "Zoë left the room.", name, 0);
        }
    }

    #[test]
    fn damage_is_counted() {
        let cut = "“Zoë” was cut he“".as_bytes();
        check(&cut[..cut.len() - 1], "“Zoë” was cut he\u{fffd}", "UTF-8", 1);
        let mut lone = utf16("\u{feff}A long enough text with one lone surrogate: ", u16::to_le_bytes);
        lone.extend(0xd800_u16.to_le_bytes());
        check(&lone, "A long enough text with one lone surrogate: \u{fffd}", "UTF-16LE", 1);
    }

    #[test]
    fn a_nul_is_left_out_and_said() {
        check(b"ab\0cd", "abcd", "UTF-8", 1);
        let said = decode(b"First.\nHe\0 left.").unwrap().warnings.remove(0).0;
        assert_eq!(said, "a NUL character in line 2, column 3 is left out");
        let long = format!("{}\0{}\0", "words ".repeat(50), "words ".repeat(50));
        let said = decode(long.as_bytes()).unwrap().warnings.remove(0).0;
        assert_eq!(said, "2 NUL characters are left out, the first in line 1, column 301");
        check(b"He left. She st\0ayed. It ra\0ined.", "He left. She stayed. It rained.", "UTF-8", 1);
        check(&[&b"He left."[..], &[0; 100]].concat(), "He left.", "UTF-8", 1);
    }

    #[test]
    fn characters_that_were_misread_do_not_make_a_file_binary() {
        check("\u{93}No,\u{94} he said. \u{93}Ask.\u{94}".as_bytes(), "“No,” he said. “Ask.”", "UTF-8", 1);
        check(&utf16("It\u{92}s \u{80}5.", u16::to_le_bytes), "It’s €5.", "UTF-16LE", 1);
    }

    #[test]
    fn what_is_no_text() {
        let check = |bytes: &[u8], want: &str| {
            let said = decode(bytes).unwrap_err().to_string();
            assert!(said.contains(want) && said.contains("\0hint: "), "{said}");
        };
        check(b"", "empty");
        check(b"%PDF-1.7 ...", "a PDF");
        check(b"PK\x03\x04\x14\0\0\0", "zip");
        check(b"\xff\xfe\0\0a\0\0\0", "UTF-32");
        check(b"\0\0\0\0\0\0", "no text");
        check(b"\0", "no text");
        check(b"ab\0\x01cd", "no text");
        check(b"\0\0PNG", "no text");
        check(b"a\0\0\0\0b\0\0\0c", "no text");
        check(&(0..=255).collect::<Vec<u8>>(), "no text");
    }
}
