//! The sentence splitter: every language with rules on 20 MB of news, the usual crates on the same texts, and one long
//! string without a paragraph.
//!
//! `cargo bench --no-default-features --bench segment [-- ours|others|one]`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs, reason = "a bench may")]

use allegata::text::language::languages;
use allegata::text::rules::{Rules, Settings};
use allegata::text::segment::segment;
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use icu_segmenter::SentenceSegmenter;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation as _;

const N_BYTES: usize = 20_000_000;

/// The news story of a language, again and again, `gap` between.
fn news(lang: &str, n_bytes: usize, gap: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/news/{lang}.txt"));
    let story = std::fs::read_to_string(path).unwrap();
    let story = if gap == " " { story.split_whitespace().collect::<Vec<_>>().join(" ") } else { story };
    let n_stories = n_bytes / (story.len() + gap.len()) + 1;
    vec![story.trim_end(); n_stories].join(gap)
}

fn rules(lang: &str) -> Rules<'static> {
    Rules::of(
        "",
        Settings {
            lang: languages().iter().map(|l| l.code).find(|code| *code == lang),
            ..Settings::default()
        },
    )
}

/// Our splitter on each language.
fn ours(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ours");
    group.sampling_mode(SamplingMode::Flat);
    for language in languages() {
        let text = news(language.code, N_BYTES, "\n\n");
        let rules = rules(language.code);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(language.code, |bencher| bencher.iter(|| segment(black_box(&text), &rules)));
    }
}

/// The usual crates and ours, on a tenth of the text: some are slow.
fn others(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("others");
    group.sampling_mode(SamplingMode::Flat);
    for lang in ["en", "de", "ru", "hi", "zh"] {
        let text = news(lang, N_BYTES / 10, "\n\n");
        let rules = rules(lang);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let mut bench = |name: &str, run: &dyn Fn(&str) -> usize| {
            group.bench_function(BenchmarkId::new(name, lang), |bencher| {
                bencher.iter(|| run(black_box(&text)));
            });
        };
        bench("allegata", &|text| segment(text, &rules).len());
        let icu = SentenceSegmenter::new(icu_segmenter::options::SentenceBreakInvariantOptions::default());
        bench("icu_segmenter", &|text| icu.segment_str(text).count());
        bench("sentencex", &|text| sentencex::segment(lang, text).len());
        bench("unicode-segmentation", &|text| text.split_sentence_bounds().count());
    }
}

/// The cost of a byte does not grow with the string: 1 MB without a line feed beside the same as paragraphs.
fn one(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one");
    for (name, gap) in [("paragraphs", "\n\n"), ("one string", " ")] {
        let text = news("en", 1_000_000, gap);
        let rules = rules("en");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| segment(black_box(&text), &rules)));
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    ours(&mut criterion);
    others(&mut criterion);
    one(&mut criterion);
    criterion.final_summary();
}
