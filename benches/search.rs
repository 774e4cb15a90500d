//! Search and filters at full size: 10,000 articles of 30 sentences. Every figure is the middle of several runs, on all cores.
//!
//! `cargo bench --no-default-features --bench search`; fails where a key would take longer than it may. Where `rg` is installed
//! it looks for the same words in the same texts, written to a folder.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench may"
)]

use allegata::analysis::filter;
use allegata::analysis::order::{self, Column, GroupBy, Sort};
use allegata::analysis::query::Ask;
use allegata::analysis::query::index::Index;
use allegata::analysis::query::search::{Options, Wanted};
use allegata::model::article::{Article, tile};
use allegata::model::coder::Coder;
use allegata::model::coding::{Coding, Row};
use allegata::model::ids::{ArticleId, CoderId, LabelId, ProjectId};
use allegata::model::project::{Parts, Project};
use allegata::model::sheet::{Sheet, SheetKey};
use allegata::session::fitting::DeepWanted;
use allegata::shell::searching::search;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const N_ARTICLES: u32 = 10_000;
const N_SENTENCES: usize = 30;
const RUNS: usize = 15;
/// What a key of a search may take, and one of a filter.
const SEARCH: Duration = Duration::from_millis(30);
const FILTER: Duration = Duration::from_millis(50);
/// And a list in another order.
const ARRANGED: Duration = Duration::from_millis(10);

fn coder() -> CoderId {
    CoderId::new("anna-7f3k")
}

/// A text with few repetitions: words drawn by a generator of numbers.
fn sentence(seed: &mut u64) -> String {
    const WORDS: [&str; 24] = [
        "mayor",
        "harbour",
        "company",
        "denied",
        "council",
        "said",
        "money",
        "report",
        "ferry",
        "the",
        "of",
        "that",
        "had",
        "a",
        "yesterday",
        "witness",
        "court",
        "inspector",
        "warehouse",
        "nobody",
        "paid",
        "for",
        "caf\u{e9}",
        "election",
    ];
    let mut next = || {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*seed >> 40).unwrap()
    };
    let n = 12 + next() % 14;
    let mut words: Vec<&str> = (0..n).map(|_| WORDS[next() % WORDS.len()]).collect();
    if next() % 500 == 0 {
        words.push("depot");
    }
    format!("The {}. ", words.join(" "))
}

fn project() -> Project {
    let mut parts = Parts::new(ProjectId::new("bench"), "Bench");
    parts.coders.push(Coder::new(coder(), "Anna".to_owned()));
    let labels = ["allegation", "denial", "fact"].map(LabelId::new);
    let mut seed = 7;
    for n in 0..N_ARTICLES {
        let id = ArticleId::new(format!("{:08x}", n.wrapping_mul(2_654_435_761)));
        let (mut text, mut rows, mut start) = (String::new(), vec![], 0);
        for _ in 0..N_SENTENCES {
            text.push_str(&sentence(&mut seed));
            rows.push((start..text.len(), None));
            start = text.len();
        }
        let sentences = tile(&text, &rows).unwrap();
        let mut sheet = Sheet::new(SheetKey { coder: coder(), article: id.clone() }, 1);
        sheet.rows = sentences
            .iter()
            .zip(labels.iter().cycle())
            .map(|(sentence, label)| Row {
                span: sentence.span,
                coding: Coding { answered: true, labels: vec![label.clone()].into(), ..Coding::default() },
            })
            .collect();
        parts.sheets.push(Arc::new(sheet));
        let mut article = Article::new(id, text.into(), sentences, String::new());
        article.added = n;
        article.meta.title = Some(format!("The case of {n}: harbour and council"));
        article.meta.published = Some(format!("2024-{:02}", 1 + n % 12));
        article.meta.outlet = Some(format!("The {} Post", n * 7 % 23));
        article.meta.lang = Some(["en-GB", "en", "de"][(n * 5 % 3) as usize].to_owned());
        if n % 4 > 0 {
            article.meta.tags = vec!["court".to_owned(), format!("wave {}", n * 11 % 40)];
        }
        parts.articles.push(Arc::new(article));
    }
    Project::assemble(parts).unwrap()
}

/// What the processor has done for this program so far, on all cores.
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}

/// The middle of several runs: by the clock, and what the processor did.
fn middle(mut run: impl FnMut() -> usize) -> ([Duration; 2], usize) {
    let mut n = 0;
    let (mut times, mut works) = (vec![], vec![]);
    for _ in 0..RUNS {
        let (began, work) = (Instant::now(), processor());
        n = run();
        times.push(began.elapsed());
        works.push(processor().saturating_sub(work));
    }
    times.sort_unstable();
    works.sort_unstable();
    ([times[RUNS / 2], works[RUNS / 2]], n)
}

fn main() {
    let project = project();
    let n_bytes: usize = project.articles().map(|article| article.text().len()).sum();
    println!(
        "{N_ARTICLES} articles, {} sentences, {} MB",
        N_ARTICLES as usize * N_SENTENCES,
        n_bytes / 1_000_000
    );
    let began = Instant::now();
    let mut index = search(&project, &Index::default(), Some(Wanted::default()), None, None).index;
    println!("texts made ready, once: {:.1?}", began.elapsed());
    let (began, anna) = (Instant::now(), coder());
    let first = Wanted { typed: "took".to_owned(), coder: Some(anna.clone()), ..Wanted::default() };
    index = search(&project, &index, Some(first), None, Some(&anna)).index;
    println!("answers made ready, once: {:.1?}", began.elapsed());

    let mut too_long = vec![];
    // Where others use the machine, the clock says more about them: then the work, shared by the cores, is what counts.
    let n_cores = u32::try_from(std::thread::available_parallelism().map_or(1, usize::from)).unwrap();
    let mut say = |what: &str, ([time, work], n): ([Duration; 2], usize), limit: Duration| {
        println!("{what:<44} {time:>9.1?}  work {work:>9.1?}  {n} found");
        if time.min(work / n_cores) > limit {
            too_long.push(what.to_owned());
        }
    };
    let all = [
        "d",
        "de",
        "depot",
        "harbour",
        "took",
        "harbour council",
        "\"the mayor\" -court",
        "label:denial depot",
        "label:denial",
        "/dep[ao]t/",
        "/mayor.*money/",
        "/(mayor|court) (said|denied)/",
        "/caf./",
    ];
    for typed in all {
        let wanted = Wanted {
            typed: typed.to_owned(),
            options: Options::default(),
            coder: Some(anna.clone()),
            ..Wanted::default()
        };
        let found = middle(|| {
            // What was made ready is kept from key to key.
            let looked = search(&project, &index, Some(wanted.clone()), None, Some(&anna));
            index = looked.index;
            looked.sentences.unwrap().1.n_hits()
        });
        say(&format!("search {typed}"), found, SEARCH);
    }
    let entries = filter::entries(&project, Some(&anna));
    let shelf = filter::shelf(&entries);
    for typed in ["harbour", "label:denial from:2024-03 to:2024-06", "is:begun case"] {
        let found = middle(|| {
            let ask = Ask::read(typed, &project);
            let fits = filter::fitting(&ask, &entries, &shelf);
            order::arrange(&entries, &fits, Sort::by(Column::Title), GroupBy::Nothing).list.len()
        });
        say(&format!("filter {typed}"), found, FILTER);
    }
    let known: std::collections::BTreeMap<_, _> = entries.iter().map(|one| (&one.article.id, one)).collect();
    let again = middle(|| {
        let entries = filter::entries_after(&project, Some(&anna), |id| known.get(id).copied());
        filter::shelf(&entries);
        entries.len()
    });
    say("counted again after articles changed", again, FILTER);
    let many: Vec<_> = entries.iter().cycle().take(5 * entries.len()).cloned().collect();
    // Five times as many as a list is made for are measured too, and held to nothing.
    for (entries, limit) in [(&entries, ARRANGED), (&many, Duration::MAX)] {
        let fits = vec![true; entries.len()];
        for (by, group) in Column::ALL.into_iter().flat_map(|by| GroupBy::ALL.map(|group| (by, group))) {
            let sort = Sort { by, backwards: true };
            let arranged = middle(|| order::arrange(entries, &fits, sort, group).list.len());
            let (n, by, group) = (entries.len(), by.name(), group.name());
            say(&format!("{n} articles by {by}, groups: {group}"), arranged, limit);
        }
    }
    for typed in
        ["text:depot", "label:denial is:unsure", "coder:anna label:denial", "/mayor.*money/", "/depo.s/"]
    {
        let wanted = DeepWanted { typed: typed.to_owned(), articles_revision: 1, coder: Some(anna.clone()) };
        let found = middle(|| {
            search(&project, &index, None, Some(wanted.clone()), Some(&anna)).articles.unwrap().1.len()
        });
        say(&format!("filter {typed}"), found, FILTER);
    }
    ripgrep(&project);
    assert!(too_long.is_empty(), "too long: {too_long:?}");
}

/// The same words in the same texts, where it is installed.
fn ripgrep(project: &Project) {
    if Command::new("rg").arg("--version").output().is_err() {
        println!("`rg` is not installed: nothing to compare with");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for article in project.articles() {
        std::fs::write(
            folder.path().join(format!("{}.txt", article.id)),
            article.text().replace(". ", ".\n"),
        )
        .unwrap();
    }
    for word in ["d", "depot", "harbour", "dep[ao]t", "mayor.*money"] {
        let ([time, _], n) = middle(|| {
            let out = Command::new("rg").args(["-i", "-c", word]).arg(folder.path()).output().unwrap();
            out.stdout.split(|byte| *byte == b'\n').count()
        });
        println!("rg -i {word:<38} {time:>9.1?}  {n} files");
    }
}
