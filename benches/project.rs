//! Reading and writing a project of 10,000 articles and 300,000 sentences, and one journal line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a bench may fall"
)]

mod big;

use allegata::formats::datasets::incoming::{self, File, Source};
use allegata::formats::datasets::outlet::Form;
use allegata::formats::datasets::rows::{Going, Layer};
use allegata::formats::datasets::what::What;
use allegata::formats::project;
use allegata::formats::project::journal::{self, Entry, Line};
use allegata::formats::{self, Writes};
use allegata::model::action::Action;
use allegata::model::ids::Stamp;
use allegata::model::project::Project;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

fn files(c: &mut Criterion) {
    let big = big::project(10_000, 30, &[1, 4]);
    let text = project::write(&big);
    let mut group = c.benchmark_group("project");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    group.bench_function("write 300,000 sentences", |b| b.iter(|| project::write(black_box(&big))));
    group.bench_function("read 300,000 sentences", |b| b.iter(|| project::read(black_box(text.as_bytes()))));
    group.finish();
    datasets(c, &big);
    let sheet = big.sheets().next().expect("a sheet");
    let row = &sheet.rows[0];
    let action = Action::Coding { key: sheet.key.clone(), span: row.span, to: Some(row.coding.clone()) };
    let (n, at, name) = (7, Stamp(1_795_428_672), "Label: denial".to_owned());
    let line = Line::Entry(Entry { n, at, by: None, name, undoes: None, action });
    let text = journal::encode(&line);
    c.bench_function("journal line encode", |b| b.iter(|| journal::encode(black_box(&line))));
    c.bench_function("journal line decode", |b| b.iter(|| journal::decode(black_box(&text))));
}

/// A dataset of every sentence, what it takes to read it back and look each one up, and what to read it as one that comes in.
fn datasets(c: &mut Criterion, big: &Project) {
    let mut group = c.benchmark_group("export 300,000 sentences");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    for format in ["csv", "jsonl", "parquet", "xlsx"].into_iter().filter_map(formats::by_id) {
        let Writes::Dataset(outlet) = format.writes else { continue };
        let Form::File { write, check, .. } = outlet.form else { continue };
        let what = What::usual(&outlet, Layer::Coders);
        let going = Going::new(big, &what);
        let mut out = Vec::new();
        let counts = write(&going, &mut out).expect("memory takes everything");
        group.bench_function(format!("{}, written", format.id), |b| {
            b.iter(|| write(black_box(&going), &mut std::io::sink()));
        });
        group.bench_function(format!("{}, read back", format.id), |b| {
            b.iter(|| assert_eq!(check(black_box(&going), &mut &*out), Ok(counts.n_rows)));
        });
        let files = [File { name: format!("x.{}", format.id), bytes: out.clone() }];
        let source = Source::of(&files, false);
        let reader = incoming::by_id(format.id).expect("a reader");
        group.bench_function(format!("{}, in", format.id), |b| {
            b.iter(|| (reader.read)(black_box(&source)).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, files);
criterion_main!(benches);
