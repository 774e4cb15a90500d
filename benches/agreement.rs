//! Agreement of a million units of three coders in ten thousand articles, beside `tests/peers/agreement.py`.
//!
//! `cargo bench --no-default-features --bench agreement`

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a bench may"
)]

use allegata::analysis::agreement::matrix::{LabelIdx, Matrix};
use allegata::analysis::agreement::{bootstrap, panel};
use criterion::Criterion;

const N_UNITS: u64 = 1_000_000;
const N_CODERS: u64 = 3;
const N_LABELS: u64 = 4;
const PER_ARTICLE: u64 = 100;

/// `SplitMix64`, as the peers have it.
const fn number(of: u64) -> u64 {
    let mut z = of.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn answers() -> Matrix {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut matrix =
        Matrix::new(names(&["anna", "ben", "cleo"]), names(&["none", "allegation", "denial", "fact"]));
    for unit in 0..N_UNITS {
        let truth = number(unit * 4 + 3) % N_LABELS;
        let slips = 5 + unit / PER_ARTICLE % 20;
        let row = (0..N_CODERS).map(|coder| {
            let chance = number(unit * 4 + coder);
            let is_wrong = (chance >> 32) % 100 < slips;
            let wrong = (truth + 1 + chance % (N_LABELS - 1)) % N_LABELS;
            let given = if is_wrong { wrong } else { truth };
            (!(chance >> 48).is_multiple_of(10)).then_some(given as LabelIdx)
        });
        matrix.push(row, Some((unit / PER_ARTICLE) as u32));
    }
    matrix
}

fn main() {
    let matrix = answers();
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let whole = panel::of(&matrix, Some(0));
    println!("alpha {:?}, {:?}", whole.alpha, whole.alpha_interval);
    criterion.bench_function("the whole panel", |b| b.iter(|| panel::of(&matrix, Some(0))));
    let (_, parts) = panel::left_out(&matrix);
    println!("{:?}", bootstrap::of_alpha(&parts, 1000, 1));
    criterion.bench_function("1,000 draws of articles", |b| b.iter(|| bootstrap::of_alpha(&parts, 1000, 1)));
    criterion.bench_function("sums of articles, and 1,000 draws", |b| {
        b.iter(|| bootstrap::of_alpha(&panel::left_out(&matrix).1, 1000, 1));
    });
    criterion.final_summary();
}
