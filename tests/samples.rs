//! Every sample project opens and comes back byte for byte, and its articles are those of `assets/articles/`.
//!
//! Both were made with Allegata itself, all names and events invented:
//!
//! ```text
//! allegata new projects/harbour-story.allegata.ron --title "The rafts of the Marigold" --coder "Mira Okafor"
//! cd assets/articles/harbour
//! allegata add P beacon-2025-06-03.txt --outlet "Harbourton Beacon" --date 2025-06-03 --lang en
//! allegata add P coastwire-2025-06-04.txt --outlet Coastwire --date 2025-06-04 --lang en
//! allegata add P radio-skerrow-2025-06-09.md
//! allegata add P elmsey-courier-2025-06-20.md
//! allegata add P coastwire-2025-07-15.txt --outlet Coastwire --date 2025-07-15 --lang en
//! in the window: Project > Coder, somebody new: Jonas Weil
//! allegata label P --from mira.csv --coder mira-ougq
//! allegata label P --from jonas.csv --coder jonas-jjvj
//! in the window: Ctrl+Enter for the articles that are done
//!
//! allegata new projects/practice.allegata.ron --title Practice
//! allegata add P bakery.txt --outlet "Millgate Echo" --date 2025-02-11 --lang en
//! allegata add P library-roof.md
//! ```
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use allegata::formats;
use allegata::formats::articles::arrivals;
use allegata::formats::articles::found::Asked;
use allegata::model::article::{Article, Meta};
use allegata::model::audit::audit;
use allegata::model::project::Project;
use allegata::model::sheet::Sheet;
use allegata::shell::sample;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

const STORY: &str = "harbour-story.allegata.ron";
const PRACTICE: &str = "practice.allegata.ron";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder of the repository by their names.
fn files(folder: &str) -> BTreeMap<String, Vec<u8>> {
    let (mut folders, mut files) = (vec![root().join(folder)], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if !name.starts_with('.') {
                let twice = files.insert(name, fs::read(&path).unwrap());
                assert!(twice.is_none(), "{}: two files of this name", path.display());
            }
        }
    }
    files
}

fn project(name: &str) -> Project {
    let bytes = fs::read(root().join("projects").join(name)).unwrap();
    formats::project::read(&bytes).unwrap().project
}

/// What the reader makes of an article's file; plain text is told what only the project knows.
fn read_again(article: &Article, bytes: &[u8]) -> Vec<Article> {
    let source = article.source.as_deref().unwrap();
    let Meta { outlet, published, lang, .. } = (*article.meta).clone();
    let said = match formats::by_name(source).unwrap().id {
        "txt" => Meta { outlet, published, lang, ..Meta::default() },
        _ => Meta::default(),
    };
    let came = arrivals::read(source, None, bytes, &said, Asked::default()).unwrap();
    assert_eq!(came.warnings, [], "{source}");
    came.articles.into_iter().map(|arrival| arrival.article).collect()
}

#[test]
fn every_project_opens_whole_and_comes_back_byte_for_byte() {
    let files = files("projects");
    assert_eq!(files.keys().collect::<Vec<_>>(), [STORY, PRACTICE]);
    for (name, bytes) in files {
        let loaded = formats::project::read(&bytes).unwrap();
        assert!(loaded.mends.is_empty(), "{name}: {:?}", loaded.mends);
        assert_eq!(audit(&loaded.project), [], "{name}");
        assert_eq!(formats::project::write(&loaded.project).as_bytes(), bytes, "{name}");
    }
}

#[test]
fn the_projects_hold_what_the_reader_makes_of_the_files() {
    let files = files("assets/articles");
    let mut used = BTreeSet::new();
    for name in [STORY, PRACTICE] {
        for article in project(name).articles() {
            let source = article.source.clone().unwrap();
            let read = read_again(article, &files[&source]);
            let [read] = read.as_slice() else { panic!("{source}: {} articles", read.len()) };
            assert_eq!((&read.id, read.text()), (&article.id, article.text()));
            assert_eq!(
                (&read.meta, &read.source_sha256),
                (&article.meta, &article.source_sha256),
                "{source}"
            );
            assert!(used.insert(source.clone()), "{source} is in two projects");
        }
    }
    assert_eq!(used, files.into_keys().collect(), "every file is in a project");
}

#[test]
fn the_articles_are_of_all_forms() {
    let (story, practice) = (project(STORY), project(PRACTICE));
    assert_eq!((story.n_articles(), practice.n_articles()), (5, 2));
    let articles: Vec<_> = story.articles().chain(practice.articles()).collect();
    for article in &articles {
        assert!((12..=30).contains(&article.n_sentences()), "{}", article.shown_title());
    }
    let sentences = || articles.iter().flat_map(|article| article.sentences());
    let kinds: BTreeSet<_> =
        sentences().map(|sentence| sentence.kind.as_deref().unwrap_or("prose")).collect();
    assert_eq!(kinds, ["byline", "caption", "dateline", "headline", "item", "prose"].into());
    // A character that is two units in UTF-16: offsets count it once.
    assert!(articles.iter().any(|article| article.text().contains(|c| u32::from(c) > 0xffff)));
}

#[test]
fn the_story_has_what_teams_meet() {
    let story = project(STORY);
    let names: Vec<_> = story.coders().map(|coder| coder.name.as_str()).collect();
    assert_eq!(names, ["Jonas Weil", "Mira Okafor"]);
    let (mut n_same, mut n_other, mut n_done_by_both) = (0, 0, 0);
    for article in story.articles() {
        let sheets: Vec<_> = story.sheets_for(&article.id).collect();
        let [one, other] = sheets.as_slice() else { continue };
        n_done_by_both += usize::from(one.done && other.done);
        for row in one.rows.iter().filter(|row| row.coding.answered) {
            match other.coding(row.span).filter(|theirs| theirs.answered) {
                Some(theirs) if theirs.labels == row.coding.labels => n_same += 1,
                Some(_) => n_other += 1,
                None => {}
            }
        }
    }
    assert_eq!(n_done_by_both, 1);
    assert!(n_other >= 3 && n_same > 4 * n_other, "{n_same} alike, {n_other} not");
    let codings = || story.sheets().flat_map(|sheet| sheet.rows.iter().map(|row| &row.coding));
    assert!(codings().any(|coding| coding.unsure) && codings().any(|coding| coding.note.is_some()));
    assert!(codings().any(|coding| !coding.answered), "a note on a sentence that waits");
    let is_begun = |sheet: &Sheet| !sheet.done && sheet.rows.len() > 5;
    assert!(story.sheets().any(|sheet| is_begun(sheet)), "an article half done");
}

/// Who tries the sample gives the first label with the first key: a project with coders would ask for a name before.
#[test]
fn the_sample_is_a_fresh_copy_of_the_practice() {
    let (sample, practice) = (sample::project().unwrap(), project(PRACTICE));
    assert_eq!((sample.n_coders(), sample.sheets().count()), (0, 0));
    assert_ne!(sample.id(), practice.id());
    assert_ne!(sample.id(), sample::project().unwrap().id());
    assert_eq!(
        formats::project::write(&sample.copy_as(practice.id().clone())),
        formats::project::write(&practice)
    );
}
