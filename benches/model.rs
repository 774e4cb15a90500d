//! A copy of a project and the next edit are cheap at full size: 10,000 articles of 30 sentences, all answered.
//!
//! `cargo bench --no-default-features --bench model`; fails where one takes longer than a key press may pay for it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench may"
)]

use allegata::model::action::Action;
use allegata::model::article::{Article, tile};
use allegata::model::coder::Coder;
use allegata::model::coding::{Coding, Row};
use allegata::model::history::History;
use allegata::model::ids::{ArticleId, CoderId, LabelId, ProjectId, Span, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::{Parts, Project};
use allegata::model::sheet::{Sheet, SheetKey};
use criterion::{BatchSize, Criterion};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

const N_ARTICLES: u32 = 10_000;
const N_SENTENCES: usize = 30;
const LIMIT: Duration = Duration::from_micros(100);

fn id(n: u32) -> ArticleId {
    // Scattered, as the real ones are, which begin with a hash.
    ArticleId::new(format!("{:08x}", n.wrapping_mul(2_654_435_761)))
}

fn project() -> Project {
    let sentence =
        |n: usize| format!("In year {n} the mayor said that nobody had taken any money from the harbour. ");
    let coder = CoderId::new("anna-7f3k");
    let labels = ["allegation", "denial", "fact"].map(LabelId::new);
    let mut parts = Parts::new(ProjectId::new("bench"), "Bench");
    parts.coders.push(Coder::new(coder.clone(), "Anna".to_owned()));
    for n in 0..N_ARTICLES {
        let (mut text, mut rows) = (format!("{n}: "), vec![]);
        let mut start = 0;
        for idx in 0..N_SENTENCES {
            text.push_str(&sentence(idx));
            rows.push((start..text.len(), None));
            start = text.len();
        }
        let sentences = tile(&text, &rows).unwrap();
        let mut sheet = Sheet::new(SheetKey { coder: coder.clone(), article: id(n) }, 1);
        sheet.rows =
            sentences.iter().map(|s| Row { span: s.span, coding: coding(labels[0].clone()) }).collect();
        parts.sheets.push(Arc::new(sheet));
        let mut article = Article::new(id(n), text.into(), sentences, String::new());
        article.added = n;
        parts.articles.push(Arc::new(article));
    }
    Project::assemble(parts).unwrap()
}

fn coding(label: LabelId) -> Coding {
    Coding { answered: true, labels: [label].into(), at: Some(Stamp(1)), ..Coding::default() }
}

/// Each time another place, so that what is measured is not always in the cache.
struct Places(u32);

impl Places {
    fn next(&mut self, project: &Project) -> (SheetKey, Span) {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let article = id((self.0 >> 8) % N_ARTICLES);
        let sentences = project.article(&article).unwrap().sentences();
        let span = sentences.iter().cycle().nth(self.0 as usize % N_SENTENCES).unwrap().span;
        (SheetKey { coder: CoderId::new("anna-7f3k"), article }, span)
    }
}

fn edit((key, span): (SheetKey, Span)) -> Action {
    Action::Coding { key, span, to: Some(coding(LabelId::new("denial"))) }
}

/// The middle of many times, each made ready first; fails over the limit.
fn hold<T, R>(name: &str, mut ready: impl FnMut() -> T, mut run: impl FnMut(T) -> R) {
    let mut times: Vec<_> = (0..501)
        .map(|_| {
            let input = ready();
            let begin = Instant::now();
            let output = black_box(run(input));
            let took = begin.elapsed();
            drop(output);
            took
        })
        .collect();
    times.sort();
    let (median, slow) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{name}: {median:?}, one in a hundred {slow:?}");
    assert!(median < LIMIT, "{name} takes {median:?}, more than {LIMIT:?}");
}

fn main() {
    let project = project();
    let mut places = Places(7);
    hold("copy", || (), |()| project.clone());
    hold(
        "copy and the next edit",
        || edit(places.next(&project)),
        |action| {
            let mut live = project.clone();
            live.apply(action).unwrap();
            live
        },
    );
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("copy", |b| b.iter(|| project.clone()));
    let mut places = Places(7);
    criterion.bench_function("copy and the next edit", |b| {
        b.iter_batched(
            || edit(places.next(&project)),
            |action| {
                let mut live = project.clone();
                live.apply(action).unwrap();
                live
            },
            BatchSize::SmallInput,
        );
    });
    let mut live = project.clone();
    let mut places = Places(7);
    criterion.bench_function("one coding", |b| {
        b.iter_batched(
            || edit(places.next(&project)),
            |action| live.apply(action).unwrap(),
            BatchSize::SmallInput,
        );
    });
    let mut places = Places(7);
    let answer = Answer::Labels(vec![LabelId::new("fact")]);
    criterion.bench_function("plan an answer", |b| {
        b.iter_batched(
            || places.next(&project),
            |(key, span)| plan::answer(&project, &key, span, &answer, Stamp(2)).unwrap(),
            BatchSize::SmallInput,
        );
    });
    let mut history = History::default();
    let mut live = project.clone();
    let mut places = Places(7);
    criterion.bench_function("answer, by plan and history, and undo", |b| {
        b.iter_batched(
            || places.next(&project),
            |(key, span)| {
                let action = plan::answer(&live, &key, span, &answer, Stamp(2)).unwrap();
                history.act(&mut live, "label", action).unwrap();
                history.undo(&mut live).unwrap()
            },
            BatchSize::SmallInput,
        );
    });
    criterion.final_summary();
}
