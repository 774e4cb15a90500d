//! Files with a few bytes changed, reader by reader: none falls, none hangs, and what comes of them is an article.
//!
//! `MUTATE_SECS=180 cargo test --release --test articles_in mutated -- --nocapture` takes so long for each reader.

use crate::documents::{KINDS, parts, read, whole};
use crate::mutate::{Dice, mutate};
use crate::{databases, tables};
use allegata::formats::articles::found::Found;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// The longest that a file of this size may take.
const LONGEST: Duration = Duration::from_secs(2);

/// A part of a file: its name and its bytes.
pub type Part = (String, Vec<u8>);

/// A file that a reader is given, changed.
pub struct Sample {
    pub id: &'static str,
    /// What is changed before the file is put together: a checksum, or how something is packed, would keep the rest from being
    /// looked at.
    pub parts: Vec<Part>,
    /// The file that the parts make; packed, or as they are.
    pub whole: fn(&[Part], bool) -> Vec<u8>,
}

impl Sample {
    /// A file of one piece.
    pub fn plain(id: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { id, parts: vec![(String::new(), bytes.into())], whole }
    }
}

/// One for each layout of each reader: a new reader has its row here.
fn samples() -> Vec<Sample> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let paragraphs = [
        lines("The d\u{e9}p\u{f4}t burnt, two people said.\nA second line \u{1f525}."),
        lines("\u{201c}No,\u{201d} the mayor replied."),
    ];
    let mut samples = vec![
        Sample::plain(
            "txt",
            "D\u{e9}p\u{f4}t burnt\r\n\r\nBy Ines Varga\r\n\r\nLYND (AP) \u{2014} It burnt.\r\n",
        ),
        Sample::plain(
            "md",
            "---\ntitle: \"D\u{e9}p\u{f4}t\"\ndate: 2024-05-06\n---\n\n# Burnt\n\n- It *burnt*.\n\n> No. <b>\n",
        ),
    ];
    samples.extend(KINDS.map(|id| {
        let parts = parts(id, "D\u{e9}p\u{f4}t burnt", &paragraphs);
        Sample { id, parts, whole }
    }));
    let page = crate::pages::page("D\u{e9}p\u{f4}t burnt", &paragraphs);
    let pages = [("html", page)].into_iter().chain(crate::exports::samples()).chain(crate::mails::samples());
    samples.extend(pages.map(|(id, bytes)| Sample::plain(id, bytes)));
    let table = [
        "Title|Date|Text",
        "D\u{e9}p\u{f4}t burnt|14 March 2006|It burnt.\nAll of it \u{1f525}.",
        "No|3/4/06|<p>No.</p>",
    ];
    let table: Vec<Vec<String>> =
        table.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
    samples.extend(tables::KINDS.map(|id| Sample { id, parts: tables::parts(id, &table), whole }));
    let export = |(id, layout)| Sample { id, parts: databases::parts(id, layout), whole };
    samples.extend(databases::KINDS.map(export));
    #[cfg(feature = "pdf")]
    samples.push(crate::pdf::sample());
    samples
}

#[test]
fn mutated_documents_are_read_or_refused() {
    let secs: f64 = std::env::var("MUTATE_SECS").ok().and_then(|secs| secs.parse().ok()).unwrap_or(0.1);
    for Sample { id, parts: seed, whole } in samples() {
        let (begun, mut n) = (Instant::now(), 0_u64);
        while n < 20 || begun.elapsed().as_secs_f64() < secs {
            n += 1;
            let mut dice = Dice::of(n);
            let mut parts = seed.clone();
            let is_whole = dice.roll(4) == 0;
            if !is_whole {
                let which = dice.roll(parts.len());
                mutate(&mut parts[which].1, &mut dice);
            }
            let mut bytes = whole(&parts, dice.roll(2) == 0);
            if is_whole {
                mutate(&mut bytes, &mut dice);
            }
            let started = Instant::now();
            let done = catch_unwind(AssertUnwindSafe(|| {
                let Ok(Found { articles, .. }) = read(id, &bytes) else { return };
                for article in articles {
                    article.into_article().unwrap();
                }
            }));
            let took = started.elapsed();
            if done.is_err() || took > LONGEST {
                println!("{id}, file {n}, {took:?}: {}", String::from_utf8_lossy(&bytes));
            }
            done.unwrap_or_else(|fall| resume_unwind(fall));
            assert!(took < LONGEST, "{id}, file {n}: {took:?}");
        }
        println!("{id}: {n} files in {:.1} s", begun.elapsed().as_secs_f64());
    }
}
