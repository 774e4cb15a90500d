//! Where three coders differ in 10,000 articles of 30 sentences, and one decision among them.
//!
//! `cargo bench --no-default-features --bench review`

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench may"
)]

mod big;

use allegata::analysis::compare::{At, Comparison, Kind};
use allegata::model::action::Action;
use allegata::model::deciding::{self, By, Deciding};
use allegata::model::ids::{ArticleId, CoderId, RecordId, Span, Stamp};
use allegata::model::project::Project;
use criterion::{BatchSize, Criterion};

/// The action that decides a sentence.
fn decided(project: &Project, (article, sentence): (ArticleId, Span), n: u64) -> Option<Action> {
    let (labels, reason, code) = (vec![], String::new(), String::new());
    let deciding = Deciding { article, sentence, labels, reason, code };
    let by = By { coder: CoderId::new("anna-7f3k"), at: Stamp(1) };
    deciding::decide(project, None, &deciding, &by, || RecordId::new(format!("d{n}")))
}

fn main() {
    let mut project = big::project(10_000, 30, &[1, 1, 1]);
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    criterion.bench_function("compare all", |b| b.iter(|| Comparison::of(&project)));
    let mut comparison = Comparison::of(&project);
    println!("{} of {} differ", comparison.sums.n(Kind::Disagree), comparison.sums.n(Kind::All));
    criterion.bench_function("list all", |b| b.iter(|| comparison.queue(Kind::Disagree, None)));
    let place = |at: &At| {
        let article = &comparison.units.articles[at.article];
        (article.article.clone(), article.units[at.unit].span)
    };
    let places: Vec<_> = comparison.queue(Kind::Undecided, None).iter().map(place).collect();
    let mut n = 0;
    criterion.bench_function("decide, and look again", |b| {
        b.iter_batched(
            || {
                n += 1;
                let (article, span) = places[n % places.len()].clone();
                (article, span, n as u64)
            },
            |(article, span, n)| {
                let action = decided(&project, (article.clone(), span), n).unwrap();
                project.apply(action).unwrap();
                comparison.decided_again(&project, &article, span, &RecordId::new(format!("d{n}")));
            },
            BatchSize::PerIteration,
        );
    });
    criterion.final_summary();
}
