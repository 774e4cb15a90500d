//! The reader of our own layout on all cores: runs of records are read ahead, many at once.
//!
//! Where a run begins is a guess. It does no harm when it is wrong: a run counts only where the reader that goes through
//! the text from its beginning comes to just that byte, in a list of just these records.

use crate::formats::cores::Cores;
use crate::formats::project::list::Make;
use crate::formats::project::read::own::{Own, Scan};
use crate::formats::project::read::runs::{Run, Runs};
use crate::formats::project::records::{ArticleRec, SheetRec};
use crate::formats::project::room;
use crate::formats::project::rows::Names;
use memchr::memchr_iter;

/// About how long a run is, in bytes; in tests so short that a small file has many.
const RUN: usize = if cfg!(test) { 64 } else { 256 * 1024 };

/// Room that a run has, however short it is.
const LEAST_ROOM: usize = 64 * 1024;

/// Reads records from a byte on, up to another one or to the end of their list.
type ReadRun = fn(&str, usize, usize) -> Option<Run>;

/// How a line begins that begins a record, and the reader of a run of them.
const BEGINNINGS: [(&[u8], ReadRun); 2] = [(b"(id: ", run::<ArticleRec>), (b"(coder: ", run::<SheetRec>)];

/// The whole of a text.
pub(super) fn read<T: Own>(text: &str, cores: Cores<'_>) -> Option<T> {
    Scan::of(text, runs(text, cores)).whole()
}

pub(super) fn runs(text: &str, cores: Cores<'_>) -> Runs {
    if !cores.are_several() || text.len() < 2 * RUN {
        return Runs::default();
    }
    let cuts = cuts(text.as_bytes());
    let runs = cores.map(cuts.len(), |idx| {
        let (start, read) = *cuts.get(idx)?;
        let stop = cuts.get(idx + 1).map_or(text.len(), |next| next.0);
        read(text, start, stop)
    });
    Runs::new(runs.into_iter().flatten().collect())
}

/// Lines that begin a record, about [`RUN`] bytes from each other.
fn cuts(text: &[u8]) -> Vec<(usize, ReadRun)> {
    let mut cuts = Vec::new();
    let mut from = 0;
    while let Some(tail) = text.get(from..) {
        let found = memchr_iter(b'\n', tail).find_map(|end| {
            let line = tail.get(end + 1..)?;
            let (_, read) = BEGINNINGS.iter().find(|(beginning, _)| line.starts_with(beginning))?;
            Some((from + end + 1, *read))
        });
        let Some(cut) = found else { break };
        from = cut.0 + RUN;
        cuts.push(cut);
    }
    cuts
}

fn run<T: Own + Make>(text: &str, start: usize, stop: usize) -> Option<Run> {
    room::lend(stop - start, LEAST_ROOM, || made::<T>(text, start, stop))
}

fn made<T: Own + Make>(text: &str, start: usize, stop: usize) -> Option<Run> {
    let mut scan = Scan::from(text, start)?;
    let mut names = Names::default();
    let mut records: Vec<T::Made> = Vec::new();
    while scan.goes_on()? && scan.at() < stop {
        let made = T::read(&mut scan)?.make(&mut names);
        room::take(T::n_bytes(&made)).then_some(())?;
        records.push(made);
        scan.next()?;
    }
    Some(Run { start, end: scan.at(), records: Box::new(records) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::project::cells::{CodingRec, TextRowRec};
    use crate::formats::project::records::{
        ArticleRec, CoderRec, CommentRec, ConflictRec, DecisionRec, DrawRec, FileRec, ImportFileRec,
        ImportRec, LabelRec, LeftOutRec, LinkRec, SchemeRec, SheetRec, SideRec,
    };
    use crate::formats::project::ron_options;
    use proptest::prelude::*;

    const GOLDEN: &str = include_str!("../../../../tests/cases/project/format-1.ron");
    const NEWER: &str = include_str!("../../../../tests/cases/project/newer-format.ron");

    /// The golden file, and what came since.
    fn full() -> String {
        let last = "\n],\nnever_end_after: [\n\"z. B.\",\n\"Abg\",\n],\nhanded_to: \"ben-q2ma\",\ndraws: [\n\
                    (id: \"r1\", by: \"anna-7f3k\", at: \"2026-11-23T10:11:15Z\", seed: 18446744073709551615, size: 1, \
                    of: 2, strata: [\"outlet\"], articles: [\n\"0a1b2c3d4e-0001\",\n]),\n],\nimports: [\n\
                    (id: \"i1\", by: \"anna-7f3k\", at: \"2026-11-23T10:11:15Z\", program: \"0.2.0\", files: [\n\
                    (name: \"a.docx\", sha256: \"ab\", layout: \"nexis-uni\", announced: 3, found: 3, taken: 1, \
                    warnings: [\"2 lines cut\"]),\n(name: \"b.txt\", found: 0, taken: 0),\n], left: [\n\
                    (file: \"a.docx\", place: \"2\", title: \"Fire\", why: \"no text\"),\n\
                    (file: \"b.txt\", why: \"empty\"),\n]),\n],\n)\n";
        let since = [
            ("\n],\n)\n", last),
            ("name: \"Old label\", retired: true", "name: \"Old label\", retired: true, was: [\"older\"]"),
            ("name: \"\")", "name: \"\", role: \"reviewer\")"),
            ("11:15Z\")", "11:15Z\", code: \"slip\", answers: [\"anna-7f3k denial\"])"),
            ("changed by hand.\"", "changed by hand.\", resolved: true"),
        ];
        since.into_iter().fold(GOLDEN.to_owned(), |text, (was, is)| {
            assert!(text.contains(was), "{was}");
            text.replace(was, is)
        })
    }

    /// Cores that begin with the last thing.
    fn backwards() -> Cores<'static> {
        Cores::new(2, &|n, work| (0..n).rev().for_each(work))
    }

    /// Reads a text both ways, and both ways on several cores; gives whether our own reader took it.
    fn agree(text: &str) -> bool {
        let one: Option<FileRec> = read(text, Cores::ONE);
        let many: Option<FileRec> = read(text, backwards());
        assert!(one == many, "on several cores it is another file:\n{text}");
        assert!(one.is_none() || one == ron_options().from_str(text).ok(), "the two readers differ:\n{text}");
        one.is_some()
    }

    #[test]
    fn what_we_write_is_read() {
        for text in [GOLDEN, &full()] {
            assert!(agree(text), "{text}");
            let first = text.find("(id: \"9f8e").unwrap();
            assert!(runs(text, backwards()).take::<<ArticleRec as Make>::Made>(first).is_some());
        }
    }

    #[test]
    fn what_we_do_not_write_is_left_to_the_other() {
        assert!(!agree(NEWER));
        for (ours, other) in [
            ("added: 2", "added:2"),
            ("added: 2", "added: 02"),
            ("added: 2, title", "title"),
            ("\"Anna K.\"", "r#\"Anna K.\"#"),
            ("id: \"anna-7f3k\", name: \"Anna K.\"", "name: \"Anna K.\", id: \"anna-7f3k\""),
            ("(id: \"anna-7f3k\"", "(id: \"anna-7f3k\", zz: 1"),
            ("coders: [\n", "coders: [\n/* two */"),
            ("Anna K.", "Anna\\x20K."),
            ("Anna K.", "Anna\\u{20}K."),
        ] {
            let text = GOLDEN.replacen(ours, other, 1);
            assert!(text != GOLDEN, "{ours}");
            let is_taken = agree(&text);
            assert_eq!(
                is_taken,
                ["added: 2, title", "Anna K."].contains(&ours) && !other.contains('x'),
                "{other}"
            );
        }
    }

    /// A field that a record gets has to be in the golden file, where both readers meet it.
    #[test]
    fn every_field_stands_in_the_golden_file() {
        for fields in [
            FileRec::FIELDS,
            SchemeRec::FIELDS,
            LabelRec::FIELDS,
            CoderRec::FIELDS,
            ArticleRec::FIELDS,
            TextRowRec::FIELDS,
            SheetRec::FIELDS,
            CodingRec::FIELDS,
            LinkRec::FIELDS,
            DecisionRec::FIELDS,
            CommentRec::FIELDS,
            DrawRec::FIELDS,
            ImportRec::FIELDS,
            ImportFileRec::FIELDS,
            LeftOutRec::FIELDS,
            ConflictRec::FIELDS,
            SideRec::FIELDS,
        ] {
            for field in fields {
                assert!(
                    full().contains(&format!("{field}: ")),
                    "no record of the golden file has its `{field}`"
                );
            }
        }
    }

    /// Pieces of RON that may stand where they should not.
    fn piece() -> impl Strategy<Value = String> {
        let known = [
            "(",
            ")",
            "[",
            "]",
            ",",
            ", ",
            ",\n",
            "\n",
            " ",
            "\"",
            "\\",
            "\\\"",
            "\\n",
            "\\u{41}",
            "\\u{0041}",
            "\\u{d800}",
            "\\u{1F44D}",
            "\\0",
            "//",
            "// x\n",
            "/*",
            "*/",
            "id: ",
            "t: ",
            "s: \"0-3\"",
            "at: \"@5\"",
            "true",
            "false",
            "0",
            "1",
            "4294967296",
            "007",
            "_",
            "\r",
            "\u{feff}",
            "\u{200e}",
            "é",
            "()",
            "[]",
            "zz: 1, ",
            "Some(",
            "r#",
            "-",
            ":",
            "answered: false",
            "labels: []",
        ];
        prop_oneof![
            4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
            1 => ".{0,3}".prop_map(String::from),
        ]
    }

    fn mutated(text: &str, changes: &[(prop::sample::Index, usize, String)]) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, n, piece) in changes {
            let from = at.index(chars.len());
            let to = (from + n).min(chars.len());
            chars.splice(from..to, piece.chars());
        }
        chars.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_changed_file_is_the_same_both_ways(
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, piece()), 1..4),
        ) {
            agree(&mutated(&full(), &changes));
        }

        #[test]
        fn any_text_is_the_same_both_ways(name in ".*", source in "[\\PC\"\\\\u{}0-9a-f]{0,12}") {
            let written = crate::formats::project::escape::string(&name);
            prop_assert!(agree(&GOLDEN.replace("\"Anna K.\"", &written)));
            agree(&GOLDEN.replace("Anna K.", &source));
        }
    }
}
