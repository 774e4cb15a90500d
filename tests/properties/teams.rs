//! Laws of handing out and collecting.

use crate::dice::{self, Dice};
use crate::{base, config, told};
use allegata::analysis::collect::{self, Boundaries, Came, Collected};
use allegata::analysis::deal::{Deal, EvenBy, Shared, Wish};
use allegata::formats::hashes::sha256_hex;
use allegata::formats::project as file;
use allegata::model::article::Article;
use allegata::model::audit::audit;
use allegata::model::coder::Coder;
use allegata::model::handing;
use allegata::model::ids::{ArticleId, CoderId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::{Parts, Project};
use allegata::model::sheet::SheetKey;
use proptest::prelude::*;
use std::sync::Arc;

/// The same with the hashes that the texts have.
fn intact(which: usize) -> Project {
    let mut parts = Parts::of(&base(which));
    for article in &mut parts.articles {
        let mut named = Article::clone(article);
        named.sha256 = sha256_hex(named.text().as_bytes());
        named.intact = true;
        *article = Arc::new(named);
    }
    Project::assemble(parts).unwrap()
}

/// A project that was handed out to three, and their files.
fn handed_out(which: usize, seed: u64, overlap: f64) -> (Project, Project, Vec<(Coder, Project)>) {
    let before = intact(which);
    let coders: Vec<_> = ["anna", "cleo", "dora"].map(|id| Coder::new(CoderId::new(id), id)).into();
    let wish = Wish {
        coders: coders.iter().map(|coder| coder.id.clone()).collect(),
        articles: before
            .articles()
            .filter(|article| article.intact)
            .map(|article| article.id.clone())
            .collect(),
        shared: Shared::Share(overlap),
        by: 3,
        even_by: EvenBy::default(),
        seed,
        moves: vec![],
    };
    let deal = Deal::draw(&before, &wish).unwrap();
    let ids = |idx: usize| deal.articles_of(idx).map(|article| article.id.clone()).collect::<Vec<_>>();
    let shares: Vec<(Coder, Vec<ArticleId>)> =
        coders.into_iter().enumerate().map(|(idx, coder)| (coder, ids(idx))).collect();
    let mut after = before.clone();
    if let Some(action) = handing::assign(&before, &shares) {
        after.apply(action).unwrap();
    }
    let made = shares.into_iter().filter(|(_, articles)| !articles.is_empty()).map(|(coder, articles)| {
        let made = handing::file_of(&before, &coder, &articles).unwrap();
        (coder, made)
    });
    let made = made.collect();
    (before, after, made)
}

fn came(name: &str, project: &Project) -> Came {
    // As it comes back: written and read.
    let loaded = file::read(file::write(project).as_bytes()).unwrap();
    assert_eq!(loaded.mends, []);
    Came { name: name.to_owned(), project: Ok(loaded.project), n_mends: 0 }
}

fn collected(project: &Project, files: &[Came]) -> Collected {
    collect::collect(project, files, &vec![true; files.len()], &Boundaries::Ours)
}

/// Some answers by chance, each later than those before.
fn work(project: &mut Project, coder: &CoderId, throws: &[Vec<u8>], from: i64) -> usize {
    let mut n = 0;
    for (throw, at) in throws.iter().zip(from..) {
        let dice = &mut Dice::new(throw);
        let article = dice::sheet_key(project, dice).article;
        let Some(span) = dice::place(project, &article, dice) else { continue };
        let key = SheetKey { coder: coder.clone(), article };
        let said = if throw.first().is_some_and(|byte| byte % 5 == 4) {
            Answer::Unanswered
        } else {
            dice::answer(project, dice)
        };
        let action = plan::answer(project, &key, span, &said, Stamp(at));
        n += usize::from(action.is_some_and(|action| project.apply(action).is_ok()));
    }
    n
}

fn answers(project: &Project, coder: &CoderId) -> Vec<String> {
    let rows = project.sheets_of(coder).flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row)));
    let answered = rows.filter(|(_, row)| row.coding.answered);
    answered.map(|(sheet, row)| format!("{} {} {:?}", sheet.key, row.span, row.coding)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..config() })]

    #[test]
    fn without_work_nothing_changes_but_who_has_what(which in 0..3_usize, seed: u64, overlap in 0.0..1.0) {
        let (before, after, files) = handed_out(which, seed, overlap);
        let files: Vec<_> = files.iter().map(|(coder, file)| came(coder.id.as_str(), file)).collect();
        let back = collected(&after, &files);
        prop_assert!(back.action.is_none(), "{:?}", back.action);
        prop_assert_eq!(told(&back.after), told(&after));
        // Beside `assigned` and the new coders the project is as it was.
        for sheet in after.sheets() {
            match before.sheet(&sheet.key) {
                Some(was) => prop_assert_eq!((&was.rows, was.done), (&sheet.rows, sheet.done)),
                None => prop_assert!(sheet.rows.is_empty() && sheet.assigned),
            }
        }
        prop_assert_eq!(audit(&after), []);
    }

    #[test]
    fn what_was_done_comes_in_once_and_goes_with_one_undo(
        which in 0..3_usize,
        throws in prop::collection::vec(prop::collection::vec(any::<u8>(), 4..12), 1..12),
    ) {
        let (_, mut project, mut files) = handed_out(which, 7, 0.5);
        let bytes = file::write(&project);
        for (coder, file) in &mut files {
            work(file, &coder.id.clone(), &throws, 2_000_000_000);
        }
        let came_in: Vec<_> = files.iter().map(|(coder, file)| came(coder.id.as_str(), file)).collect();
        let back = collected(&project, &came_in);
        prop_assert_eq!(audit(&back.after), []);
        // Every answer of the files is there; none of anybody else's went.
        for (coder, file) in &files {
            for answer in answers(file, &coder.id) {
                prop_assert!(answers(&back.after, &coder.id).contains(&answer), "{} is missing", answer);
            }
        }
        prop_assert_eq!(answers(&back.after, &CoderId::new("ben")), answers(&project, &CoderId::new("ben")));
        let again = collected(&back.after, &came_in);
        prop_assert!(again.action.is_none(), "twice adds nothing: {:?}", again.action);
        if let Some(action) = back.action {
            let undo = project.apply(action).unwrap();
            prop_assert_eq!(told(&project), told(&back.after));
            project.apply(undo).unwrap();
        }
        prop_assert_eq!(file::write(&project), bytes);
    }

    #[test]
    fn the_later_of_two_files_wins_in_any_order(
        throws in prop::collection::vec(prop::collection::vec(any::<u8>(), 4..12), 2..12),
    ) {
        let (_, project, files) = handed_out(0, 7, 1.0);
        let (coder, first) = &files[0];
        let (mut early, mut late) = (first.clone(), first.clone());
        work(&mut early, &coder.id, &throws[..throws.len() / 2], 2_000_000_000);
        work(&mut late, &coder.id, &throws[throws.len() / 2..], 2_000_001_000);
        let (early, late) = (came("early", &early), came("late", &late));
        let one = collected(&project, &[early.clone(), late.clone()]).after;
        let other = collected(&project, &[late.clone(), early.clone()]).after;
        prop_assert_eq!(answers(&one, &coder.id), answers(&other, &coder.id));
        let by_and_by = collected(&collected(&project, &[late]).after, &[early]).after;
        prop_assert_eq!(answers(&one, &coder.id), answers(&by_and_by, &coder.id));
    }
}

/// A number by chance that is the same every time.
pub fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap()
}

/// Bytes of a colleague's file cut, doubled, changed.
pub fn mutated(bytes: &[u8], seed: &mut u64) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=next(seed) % 2 {
        let at = next(seed) % bytes.len();
        let end = (at + next(seed) % 200).min(bytes.len());
        match next(seed) % 12 {
            0 => bytes.truncate(at.max(1)),
            1 => {
                let some = bytes[at..end].to_vec();
                bytes.splice(at..at, some);
            }
            2 => drop(bytes.drain(at..end)),
            3..=6 => bytes[at] = b'0' + u8::try_from(next(seed) % 10).unwrap(),
            7 => bytes[at] = u8::try_from(next(seed) % 256).unwrap(),
            _ => {
                // Whole lines change places.
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let mut lines: Vec<&str> = text.lines().collect();
                let (one, other) = (next(seed) % lines.len(), next(seed) % lines.len());
                lines.swap(one, other);
                bytes = lines.join("\n").into_bytes();
            }
        }
        if bytes.is_empty() {
            bytes.push(b'(');
        }
    }
    bytes
}

#[test]
fn a_colleagues_damaged_file_harms_nothing() {
    let (mut seed, mut n_read) = (7, 0);
    for round in 0..200 {
        let (_, project, mut files) = handed_out(round % 3, 7, 0.5);
        let throws: Vec<Vec<u8>> =
            (0..8).map(|_| (0..8).map(|_| u8::try_from(next(&mut seed) % 256).unwrap()).collect()).collect();
        let at = next(&mut seed) % files.len();
        let (coder, file) = &mut files[at];
        work(file, &coder.id, &throws, 2_000_000_000);
        let bytes = mutated(file::write(file).as_bytes(), &mut seed);
        let read = file::read(&bytes);
        n_read += usize::from(read.is_ok());
        let came = Came {
            name: "theirs".to_owned(),
            n_mends: read.as_ref().map_or(0, |loaded| loaded.mends.len()),
            project: read.map(|loaded| loaded.project).map_err(|why| why.to_string()),
        };
        for boundaries in [Boundaries::Ours, Boundaries::Theirs] {
            let back = collect::collect(&project, std::slice::from_ref(&came), &[true], &boundaries);
            assert_eq!(audit(&back.after), []);
            let mut again = project.clone();
            if let Some(action) = back.action {
                let undo = again.apply(action).unwrap();
                assert_eq!(file::write(&again), file::write(&back.after));
                again.apply(undo).unwrap();
            }
            assert_eq!(file::write(&again), file::write(&project));
        }
    }
    assert!(n_read > 50, "only {n_read} of 200 damaged files can be read at all");
}
