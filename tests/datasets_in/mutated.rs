//! Files with a few bytes changed, reader by reader: none falls, none hangs, and what comes of them can be placed.
//!
//! `MUTATE_SECS=180 cargo test --release --test datasets_in mutated -- --nocapture` takes so long for each reader.

use crate::mutate::{Dice, mutate};
use crate::{drawn, foreign, of, packed, unpacked, written, zip_of};
use allegata::analysis::incoming::taking::take;
use allegata::formats::attach::{self, Copies, Kind};
use allegata::formats::datasets::incoming::{File, READERS, Reader, Source};
use allegata::formats::{self, making, twin};
use allegata::model::audit::audit;
use allegata::model::ids::ProjectId;
use allegata::model::project::Project;
use allegata::text::units::Unit;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// The longest that anything may take of one file of this size.
const LONGEST: Duration = Duration::from_secs(10);

/// Everything that the program does with a dataset that comes in.
fn read(reader: &Reader, files: &[File], is_folder: bool, project: &Project) {
    let Ok(mut incoming) = (reader.read)(&Source::of(files, is_folder)) else { return };
    if let Ok(taken) = take(project, &incoming, &of("dora")) {
        let mut after = project.clone();
        taken.action.map(|action| after.apply(action).unwrap());
    }
    if let Ok(made) = making::project(&mut incoming, ProjectId::new("p"), "p")
        && let Ok(taken) = take(&made, &incoming, &of("dora"))
    {
        let mut after = made.clone();
        taken.action.map(|action| after.apply(action).unwrap());
    }
}

/// Changes files and gives them to something, for as long as is asked for.
#[expect(clippy::print_stdout, reason = "who runs it for minutes sees what it did")]
fn for_a_while(name: &str, seeds: &[Vec<File>], act: impl Fn(&[File])) {
    let secs: f64 = std::env::var("MUTATE_SECS").ok().and_then(|secs| secs.parse().ok()).unwrap_or(0.1);
    let (begun, mut n) = (Instant::now(), 0_u64);
    while n < 20 || begun.elapsed().as_secs_f64() < secs {
        n += 1;
        let mut dice = Dice::of(n);
        let mut files = seeds[dice.roll(seeds.len())].clone();
        let which = dice.roll(files.len());
        mutate(&mut files[which].bytes, &mut dice);
        let started = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| act(&files)));
        let took = started.elapsed();
        if done.is_err() || took > LONGEST {
            let shown = String::from_utf8_lossy(&files[which].bytes[..files[which].bytes.len().min(4000)]);
            println!("{name}, file {n}, {took:?}: {shown}");
        }
        done.unwrap_or_else(|fall| resume_unwind(fall));
        assert!(took < LONGEST, "{name}, file {n}: {took:?}");
    }
    println!("{name}: {n} files in {:.1} s", begun.elapsed().as_secs_f64());
}

#[test]
fn mutated_files_are_read_or_refused() {
    let project = drawn();
    for reader in &READERS {
        let mut seeds = vec![];
        if formats::by_id(reader.id).is_some() {
            seeds.push(written(&project, reader.id, |_| {}));
        }
        if crate::FOREIGN.contains(&reader.id) {
            seeds.extend(Unit::ALL.map(|counted| foreign(&project, reader.id, counted).1));
        }
        if reader.id == "doccano" {
            let lines = seeds[0][0].bytes.clone();
            let members = [("all.jsonl", &lines[..]), ("ben.jsonl", &lines[..])];
            seeds.push(vec![File { name: "x.zip".to_owned(), bytes: zip_of(&members, true) }]);
            // Stored as it is, so that what is changed is a line.
            seeds.push(vec![File { name: "x.zip".to_owned(), bytes: zip_of(&members, false) }]);
        }
        let is_folder = seeds[0].len() > 1;
        for_a_while(reader.id, &seeds, |files| read(reader, files, is_folder, &project));
    }
}

/// What is packed is changed before it is packed: otherwise its checksum keeps everything else from being looked at.
#[test]
fn mutated_parts_of_a_workbook_are_read_or_refused() {
    let project = drawn();
    let reader = READERS.iter().find(|reader| reader.id == "xlsx").unwrap();
    let parts = unpacked(&written(&project, "xlsx", |_| {})[0].bytes);
    let parts = parts.into_iter().map(|(name, bytes)| File { name, bytes }).collect();
    for_a_while("parts of xlsx", &[parts], |files| {
        let parts: Vec<_> = files.iter().map(|file| (file.name.as_str(), &*file.bytes)).collect();
        let whole = File { name: "x.xlsx".to_owned(), bytes: packed(&parts) };
        read(reader, &[whole], false, &project);
    });
}

#[test]
fn mutated_twins_are_the_whole_of_something_or_refused() {
    let mut twin_of = Vec::new();
    let golden = include_str!("../cases/project/format-1.ron");
    twin::write(&formats::project::read(golden.as_bytes()).unwrap().project, &mut twin_of).unwrap();
    let seeds = [vec![File { name: "x.jsonl".to_owned(), bytes: twin_of }]];
    for_a_while("twin", &seeds, |files| {
        let Ok(twin) = twin::read(&files[0].bytes) else { return };
        assert_eq!(audit(&twin.project), []);
        let mut out = Vec::new();
        twin::write(&twin.project, &mut out).unwrap();
        assert!(twin::read(&out).unwrap().project == twin.project);
    });
}

#[test]
fn mutated_tables_without_texts_are_joined_or_refused() {
    let project = drawn();
    let mut copies = Copies::default();
    project.articles().for_each(|article| copies.take_article(article));
    for (id, kind) in [("csv", Kind::Commas), ("tsv", Kind::Tabs), ("jsonl", Kind::JsonLines)] {
        let seeds = [written(&project, id, |what| what.text = false)];
        for_a_while(&format!("attach {id}"), &seeds, |files| {
            let mut out = Vec::new();
            if let Ok(attached) = attach::attach(kind, &files[0].bytes, &copies, &mut out).unwrap() {
                assert_eq!(attach::check(kind, &out, &attached), Ok(attached.n_joined));
            }
        });
    }
}
