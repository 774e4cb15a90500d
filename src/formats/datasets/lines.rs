//! What the writers of tables share: the words of a row that no text of the project holds, and how much is written at once.

use crate::formats::datasets::rows::{Given, Going, Row};
use crate::formats::hashes::sha256_hex;
use crate::formats::time::Clockwork;

/// How many bytes are put together before they are written: so a table of any length takes little memory.
pub(in crate::formats) const BLOCK: usize = 64 * 1024;

/// Words of one row, in texts that serve for all rows.
#[derive(Debug, Default)]
pub(in crate::formats) struct Words {
    /// The sentence's place, `3-17`.
    pub span: String,
    /// The place of the hyphen in it.
    hyphen: usize,
    /// The labels in one cell.
    pub labels: String,
    /// The time of the answer; empty where there is none.
    pub at: String,
    /// Why it was decided so, and when.
    pub reason: String,
    pub decided_at: String,
    /// The hash of the sentence's words, where it stands for them.
    pub hash: String,
    clockwork: Clockwork,
}

impl Words {
    /// Takes the words of a row, those of the row before go.
    pub fn take(&mut self, row: &Row<'_>, going: &Going<'_>) {
        let Self { span, hyphen, labels, at, reason, decided_at, hash, clockwork } = self;
        span.clear();
        digits(span, row.sentence.span.start);
        *hyphen = span.len();
        span.push('-');
        digits(span, row.sentence.span.end);
        labels.clear();
        for (idx, label) in going.labels(row).into_iter().flat_map(Given::or_none).enumerate() {
            if idx > 0 {
                labels.push('|');
            }
            labels.push_str(label);
        }
        at.clear();
        reason.clear();
        row.push_reason(reason);
        decided_at.clear();
        if let Some(moment) = row.decided_at() {
            clockwork.push(decided_at, moment);
        }
        if let Some(moment) = row.coding.and_then(|coding| coding.at) {
            clockwork.push(at, moment);
        }
        if !going.what.text {
            *hash = sha256_hex(row.text().as_bytes());
        }
    }

    pub fn start(&self) -> &str {
        self.span.get(..self.hyphen).unwrap_or_default()
    }

    pub fn end(&self) -> &str {
        self.span.get(self.hyphen + 1..).unwrap_or_default()
    }
}

/// A number as it is written.
fn digits(to: &mut String, n: u32) {
    if n >= 10 {
        digits(to, n / 10);
    }
    to.push(char::from(b'0' + u8::try_from(n % 10).unwrap_or_default()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::datasets::outlet::Form;
    use crate::formats::datasets::rows::Layer;
    use crate::formats::datasets::what::What;
    use crate::formats::{CSV, JSONL, TSV, Writes};
    use crate::model::sketch;
    use std::io;

    #[test]
    fn numbers_are_written_as_they_are() {
        for n in [0, 9, 10, 99, 100, 65_536, u32::MAX] {
            let mut to = String::new();
            digits(&mut to, n);
            assert_eq!(to, n.to_string());
        }
    }

    /// Takes down how much is written at once.
    struct Pieces(Vec<usize>);

    impl io::Write for Pieces {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.len());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_long_table_is_written_piece_by_piece() {
        let drawing =
            "The mayor took the money, says a report that nobody has read. [allegation]\n\n".repeat(4000);
        let project = sketch::project(&drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        for format in [&CSV, &TSV, &JSONL] {
            let Writes::Dataset(outlet) = format.writes else { panic!("{} is written", format.id) };
            let Form::File { write, .. } = outlet.form else { panic!("{} is one file", format.id) };
            let what = What::usual(&outlet, Layer::Coders);
            let mut pieces = Pieces(Vec::new());
            write(&Going::new(&project, &what), &mut pieces).unwrap();
            assert!(pieces.0.len() > 4 && pieces.0.iter().all(|len| *len < 2 * BLOCK), "{:?}", pieces.0);
        }
    }
}
