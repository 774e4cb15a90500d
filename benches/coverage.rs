//! How often the interval of alpha holds the alpha of all articles that there might be: 1,000 draws of 24 articles, in which
//! coders err more in some articles than in others.
//!
//! By hand: `cargo bench --no-default-features --bench coverage`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a bench may"
)]

use allegata::analysis::agreement::matrix::{LabelIdx, Matrix};
use allegata::analysis::agreement::sums::{self, Sums};
use allegata::analysis::agreement::{figures, jackknife, panel};
use allegata::analysis::chance::Chance;

const N_DRAWS: usize = 1000;
const N_ARTICLES: u32 = 24;
/// Articles from which the alpha of all is worked out.
const N_ALL: u32 = 200_000;
const N_LABELS: usize = 4;

/// How articles differ: how often a coder errs in the easiest and in the hardest, and how many coders there are.
struct World {
    name: &'static str,
    errs: (f64, f64),
    n_coders: usize,
    /// The share of answers that are missing.
    missing: f64,
}

fn share(chance: &mut Chance) -> f64 {
    (chance.number() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Articles of 10 to 50 sentences; each errs and is about something by its own shares.
fn drawn(world: &World, n_articles: u32, chance: &mut Chance) -> Matrix {
    let names = |what: &str, n: usize| (0..n).map(|at| format!("{what} {at}")).collect::<Vec<_>>();
    let mut matrix = Matrix::new(names("coder", world.n_coders), names("label", N_LABELS));
    for article in 0..n_articles {
        let errs = world.errs.0 + share(chance) * (world.errs.1 - world.errs.0);
        // One label is more common than others in an article.
        let (theme, common) = (chance.below(N_LABELS), 0.6 * share(chance));
        for _ in 0..10 + chance.below(41) {
            let truth = if share(chance) < common { theme } else { chance.below(N_LABELS) };
            let row: Vec<_> = (0..world.n_coders)
                .map(|_| {
                    let is_wrong = share(chance) < errs;
                    let wrong = (truth + 1 + chance.below(N_LABELS - 1)) % N_LABELS;
                    let is_missing = share(chance) < world.missing;
                    (!is_missing).then_some(if is_wrong { wrong } else { truth } as LabelIdx)
                })
                .collect();
            matrix.push(row, Some(article));
        }
    }
    matrix
}

fn main() {
    let worlds = [
        World { name: "articles alike", errs: (0.1, 0.1), n_coders: 2, missing: 0.0 },
        World { name: "articles differ", errs: (0.0, 0.3), n_coders: 2, missing: 0.0 },
        World { name: "articles differ much", errs: (0.0, 0.6), n_coders: 2, missing: 0.0 },
        World {
            name: "articles differ, three coders, a fifth missing",
            errs: (0.0, 0.3),
            n_coders: 3,
            missing: 0.2,
        },
    ];
    for world in worlds {
        let mut chance = Chance::new(7);
        let all = figures::alpha(&Sums::of(drawn(&world, N_ALL, &mut chance).rows())).unwrap();
        let (mut by_article, mut by_unit) = (0, 0);
        for _ in 0..N_DRAWS {
            let matrix = drawn(&world, N_ARTICLES, &mut chance);
            let interval = panel::of(&matrix, None).alpha_interval.unwrap();
            by_article += usize::from(interval.low <= all && all <= interval.high);
            let (whole, units) = (Sums::of(matrix.rows()), sums::by_unit(&matrix));
            let error = jackknife::standard_error(&whole, &units, figures::alpha).unwrap();
            let interval = jackknife::interval(figures::alpha(&whole).unwrap(), error, &units).unwrap();
            by_unit += usize::from(interval.low <= all && all <= interval.high);
        }
        let percent = |n: usize| 100.0 * n as f64 / N_DRAWS as f64;
        println!(
            "{}: alpha of all {all:.4}; held by the interval by article {:.1} %, by unit {:.1} %",
            world.name,
            percent(by_article),
            percent(by_unit)
        );
    }
}
