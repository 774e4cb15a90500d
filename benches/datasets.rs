//! A large project out as a dataset and back: processor time, and the most memory beside that of the project itself.
//!
//! `cargo bench --bench datasets`; fails where a format takes longer than it may. Formats of columns are there with the feature
//! `parquet`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench may"
)]

mod big;

use allegata::analysis::incoming::taking::{Wish, take};
use allegata::formats::datasets::rows::{Going, Layer};
use allegata::formats::datasets::what::{Names, What};
use allegata::formats::{self, Writes};
use allegata::model::ids::{CoderId, Stamp};
use allegata::shell::{datasets, export};
use std::path::Path;
use std::time::Duration;

const RUNS: usize = 5;
/// What writing one may take, its reading back counted in, and what taking one in again.
const OUT: Duration = Duration::from_millis(500);
const BACK: Duration = Duration::from_secs(1);

/// What the processor has done for this program so far, on all cores.
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}

/// The most memory since it was last asked for anew, and what is held now, in MiB; 0 where the system does not tell.
fn memory() -> [u64; 2] {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["VmHWM:", "VmRSS:"].map(|name| {
        let line = told.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        kib.unwrap_or(0) >> 10
    })
}

/// The middle of several runs, and the most memory that one of them took beside what was held before.
fn middle(mut run: impl FnMut() -> usize) -> (Duration, u64, usize) {
    let (mut works, mut most, mut n) = (vec![], 0, 0);
    for _ in 0..RUNS {
        // `5` has the system forget the most so far.
        let forgets = std::fs::write("/proc/self/clear_refs", "5").is_ok();
        let [_, held] = memory();
        let before = processor();
        n = run();
        works.push(processor().saturating_sub(before));
        let [peak, _] = memory();
        most = most.max(if forgets { peak.saturating_sub(held) } else { 0 });
    }
    works.sort_unstable();
    (works[RUNS / 2], most, n)
}

fn main() {
    let project = big::project(10_000, 30, &[1, 4]);
    let folder = tempfile::tempdir().unwrap();
    let mut too_long = vec![];
    for id in ["csv", "jsonl", "parquet", "xlsx"] {
        let Some(format) = formats::by_id(id) else { continue };
        let Writes::Dataset(outlet) = format.writes else { panic!("{id} is no dataset") };
        let what =
            What { names: Names::Real, ..What::usual(&outlet, Layer::Coder(CoderId::new("anna-7f3k"))) };
        let path = folder.path().join(format!("big.{id}"));
        let to = export::To { path: &path, source: Path::new("none.ron"), replaces: true };
        let (out, memory, n) = middle(|| {
            let going = Going::new(&project, &what);
            export::dataset(&going, &outlet, to).unwrap().n_verified.unwrap()
        });
        println!("{id:<8} out  {out:>9.1?}  {memory:>4} MiB beside the project  {n} verified");
        let (back, memory, n) = middle(|| {
            let (_, incoming) = datasets::parsed(&path, Some(id)).unwrap();
            let taken = take(&project, &incoming, &Wish::new(Stamp(1))).unwrap();
            assert!(taken.action.is_none(), "what is there already adds nothing");
            incoming.documents.iter().map(|document| document.marks.len()).sum()
        });
        println!("{id:<8} back {back:>9.1?}  {memory:>4} MiB beside the project  {n} sentences");
        // A workbook is for people, and no limit is set to it.
        if id != "xlsx" && (out > OUT || back > BACK) {
            too_long.push(id);
        }
    }
    assert!(too_long.is_empty(), "too long: {too_long:?}");
}
