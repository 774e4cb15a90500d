//! One answer into the journal: how long until it is safe. A large project saved and opened: how much processor time, as
//! other programs on the machine do not change that, and people do not wait for a save.
#![expect(clippy::unwrap_used, reason = "a bench may fail")]

mod big;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use allegata::analysis::collect::{Boundaries, Came, collect};
use allegata::analysis::merge::merge;
use allegata::formats::project;
use allegata::formats::project::journal::Entry;
use allegata::model::action::Action;
use allegata::model::coder::Coder;
use allegata::model::coding::Coding;
use allegata::model::handing;
use allegata::model::ids::{ArticleId, CoderId, LabelId, Stamp};
use allegata::model::project::{Parts, Project};
use allegata::model::sheet::{Sheet, SheetKey};
use allegata::shell::folders::Folders;
use allegata::shell::store::{self, Mode, Store};
use criterion::{Criterion, criterion_group, criterion_main};

const N_ARTICLES: usize = 10_000;
const SENTENCES_EACH: usize = 30;

/// How many answers a crash left that `open` brings back.
const N_LEFT: u64 = 1_000;

/// How many coders send a file back.
const N_FILES: usize = 10;

/// A project in a folder of the drive that this package lies on; one in memory would wait for nothing.
struct Place {
    _dir: tempfile::TempDir,
    folders: Folders,
    file: PathBuf,
}

impl Place {
    fn with(project: &Project) -> (Self, Store) {
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let folders = Folders::at(dir.path()).unwrap();
        let file = dir.path().join("big.allegata.ron");
        let store = store::create(&file, project, &folders).unwrap();
        (Self { _dir: dir, folders, file }, store)
    }
}

/// Answer `n`, another one for each.
fn entry(project: &Project, n: u64) -> Entry {
    let sheet = project.sheets().nth(usize::try_from(n).unwrap() % 100).unwrap();
    let span = sheet.rows.first().unwrap().span;
    let at = Stamp(1_795_000_000 + i64::try_from(n).unwrap());
    let label = if n.is_multiple_of(2) { "allegation" } else { "denial" };
    let coding =
        Coding { answered: true, labels: [LabelId::new(label)].into(), at: Some(at), ..Coding::default() };
    let action = Action::Coding { key: sheet.key.clone(), span, to: Some(coding) };
    Entry { n, at, by: None, name: "Label: denial".into(), undoes: None, action }
}

/// Processor time of this thread; where the system does not tell it, time that has passed.
fn cpu_time() -> Duration {
    static BEGINNING: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| BEGINNING.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn append(criterion: &mut Criterion) {
    let project = big::project(100, SENTENCES_EACH, &[1, 4]);
    let (_place, mut store) = Place::with(&project);
    let mut n = 0;
    criterion.bench_function("append an answer, synced", |bencher| {
        bencher.iter(|| {
            n += 1;
            store.append(&[entry(&project, n)]).unwrap();
        });
    });
}

fn save_and_open(criterion: &mut Criterion) {
    let mut project = big::project(N_ARTICLES, SENTENCES_EACH, &[1, 4]);
    let (place, mut store) = Place::with(&project);
    let mut group = criterion.benchmark_group("processor time, 10,000 articles of 30 sentences");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    let mut n = 0;
    group.bench_function("save", |bencher| {
        bencher.iter_custom(|rounds| {
            let mut spent = Duration::ZERO;
            for _ in 0..rounds {
                n += 1;
                let entry = entry(&project, n);
                project.apply(entry.action.clone()).unwrap();
                store.append(&[entry]).unwrap();
                let start = cpu_time();
                store.save(&project, n).unwrap();
                spent += cpu_time().saturating_sub(start);
            }
            spent
        });
    });
    store.close();
    let open = || store::open(&place.file, &place.folders, Mode::Write).unwrap();
    let opening = |rounds: u64| {
        let spent = |_| {
            let start = cpu_time();
            let opened = open();
            let spent = cpu_time().saturating_sub(start);
            drop(opened);
            spent
        };
        (0..rounds).map(spent).sum()
    };
    group.bench_function("open", |bencher| bencher.iter_custom(opening));
    let mut opened = open();
    let left: Vec<Entry> = (1..=N_LEFT).map(|n| entry(&project, n)).collect();
    opened.store.append(&left).unwrap();
    drop(opened);
    assert_eq!(open().last_n, N_LEFT);
    group.bench_function("open, 1,000 answers come back", |bencher| bencher.iter_custom(opening));
    group.finish();
}

/// Three versions of a large project, read from their bytes, merged and written: two people labelled different halves.
fn merge_three(criterion: &mut Criterion) {
    let base = big::project(N_ARTICLES, SENTENCES_EACH, &[1, 4]);
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    for n in 0..N_LEFT {
        let side = if n % 2 == 0 { &mut ours } else { &mut theirs };
        side.apply(entry(&base, n).action).unwrap();
    }
    let texts = [&base, &ours, &theirs].map(project::write);
    let mut group = criterion.benchmark_group("processor time, 10,000 articles of 30 sentences");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    group.bench_function("merge three versions", |bencher| {
        bencher.iter_custom(|rounds| {
            let start = cpu_time();
            for _ in 0..rounds {
                let read = |text: &String| project::read(text.as_bytes()).unwrap().project;
                let [base, ours, theirs] = [read(&texts[0]), read(&texts[1]), read(&texts[2])];
                let merged = merge(Some(&base), &ours, &theirs).unwrap();
                assert!(project::write(&merged.project).len() > texts[0].len() / 2);
            }
            cpu_time().saturating_sub(start)
        });
    });
    group.finish();
}

/// Ten coders, each with 1,000 articles of their own of a project of 10,000, send back what they answered.
fn collect_ten(criterion: &mut Criterion) {
    let big = big::project(N_ARTICLES, SENTENCES_EACH, &[1, 4]);
    let answered = big.sheets().next().unwrap().key.coder.clone();
    let bare = Parts { sheets: vec![], comments: vec![], ..Parts::of(&big) };
    let mut project = Project::assemble(bare).unwrap();
    let articles: Vec<ArticleId> = big.articles().map(|article| article.id.clone()).collect();
    let shares: Vec<_> = articles
        .chunks(N_ARTICLES / N_FILES)
        .enumerate()
        .map(|(n, own)| (Coder::new(CoderId::new(format!("coder-{n}")), format!("Coder {n}")), own.to_vec()))
        .collect();
    project.apply(handing::assign(&project, &shares).unwrap()).unwrap();
    let came = |(coder, own): &(Coder, Vec<ArticleId>)| {
        let mut file = handing::file_of(&project, coder, own).unwrap();
        for article in own {
            let key = SheetKey { coder: coder.id.clone(), article: article.clone() };
            let said = big.sheet(&SheetKey { coder: answered.clone(), article: article.clone() }).unwrap();
            let rows = said.rows.clone();
            let sheet = Sheet { rows, ..Sheet::clone(file.sheet(&key).unwrap()) };
            file.apply(Action::Sheet { key, to: Some(Arc::new(sheet)) }).unwrap();
        }
        Came { name: coder.id.to_string(), project: Ok(file), n_mends: 0 }
    };
    let files: Vec<Came> = shares.iter().map(came).collect();
    let mut group = criterion.benchmark_group("processor time, 10,000 articles of 30 sentences");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    group.bench_function("collect 10 files of 1,000 articles", |bencher| {
        bencher.iter_custom(|rounds| {
            let start = cpu_time();
            for _ in 0..rounds {
                let collected = collect(&project, &files, &[true; N_FILES], &Boundaries::Ours);
                assert_eq!(collected.news.n_new, N_ARTICLES * SENTENCES_EACH);
            }
            cpu_time().saturating_sub(start)
        });
    });
    group.finish();
}

criterion_group!(benches, append, save_and_open, merge_three, collect_ten);
criterion_main!(benches);
