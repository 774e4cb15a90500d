//! Cells of tables that other programs wrote: one that is cut off, one that became a date.

use memchr::{memchr, memchr3};

/// Where the quoted cell begins that the table breaks off in, in bytes. A quote counts only where it opens a cell.
pub fn open_at_end(table: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = table.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(b"\"") {
            let mut inside = at + 1;
            loop {
                let Some(quote) = memchr(b'"', table.get(inside..)?) else { return Some(at) };
                inside += quote + 1;
                // Two stand for one.
                if table.get(inside) != Some(&b'"') {
                    break;
                }
                inside += 1;
            }
            at = inside;
        }
        let rest = table.get(at..)?;
        at += memchr3(delimiter, b'\n', b'\r', rest)? + 1;
    }
    None
}

/// The sign between the cells of a table, by its first line; none where it has no line.
pub fn delimiter(table: &[u8]) -> Option<u8> {
    let first_line = table.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty())?;
    Some([b',', b';', b'\t'].into_iter().find(|sign| first_line.contains(sign)).unwrap_or(b','))
}

/// Counts lines as an editor does; the reader's own count is one short after `\r\n`.
pub struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line of the first row that begins at or after a byte.
    pub fn line_of(&mut self, byte: usize) -> u64 {
        let mut end = byte;
        while self.bytes.get(end).is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            end += 1;
        }
        let passed = self.bytes.get(self.at..end).unwrap_or_default();
        let n_feeds = memchr::memchr_iter(b'\n', passed).count();
        self.line += u64::try_from(n_feeds).unwrap_or(u64::MAX);
        self.at = end;
        self.line
    }
}

/// Whether a cell looks as spreadsheets write days: `18-May`, `May-18`, `05.06.2026`, `5/18/26`, `2026-05-18 00:00`,
/// `46160`.
pub fn is_date(cell: &str) -> bool {
    let cell = cell.trim();
    let is_between = |c: char| "-./ ,:".contains(c);
    let parts: Vec<&str> = cell.split(is_between).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.bytes().all(|b| b.is_ascii_digit()) && part.len() <= 4;
    let n_words = parts
        .iter()
        .filter(|part| part.chars().all(char::is_alphabetic) && part.chars().nth(1).is_some())
        .count();
    let n_numbers = parts.iter().filter(|part| is_number(part)).count();
    // Days since 1900, for the years 1982 to 2064.
    let is_serial = cell.len() == 5 && cell.parse().is_ok_and(|n: u32| (30_000..60_000).contains(&n));
    let is_whole = cell.starts_with(char::is_alphanumeric) && !cell.ends_with(['-', '/', ':']);
    is_serial
        || (is_whole
            && (2..=6).contains(&parts.len())
            && n_numbers > 0
            && n_words <= 1
            && n_words + n_numbers == parts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_breaks_off() {
        let check = |table: &str, want: Option<usize>| {
            assert_eq!(open_at_end(table.as_bytes(), b','), want, "{table}");
        };
        check("", None);
        check("a,b\n1,2\n", None);
        check("a,\"b\"\n1,\"2\n3\"", None);
        check("a,\"b \"\"so\"\"\"\n", None);
        check("a,b \"so\n", None);
        check("a,\"b\" more \"\n", None);
        check("a,\"b\n1,2\n", Some(2));
        check("a,b\n\"1\"\",2\n", Some(4));
        check("\"", Some(0));
    }

    #[test]
    fn dates_of_spreadsheets() {
        for date in [
            "18-May",
            "May-18",
            "18. Mai",
            "05.06.2026",
            "5/18/26",
            "2026-05-18 00:00:00",
            "18 mai 2026",
            "46160",
            "02. Jän",
        ] {
            assert!(is_date(date), "{date}");
        }
        for other in ["", "seven", "#7", "0-121-", "article 7 of May", "x-5", "12345678", "5", "-"] {
            assert!(!is_date(other), "{other}");
        }
    }
}
