//! Laws of comparing and deciding.

use allegata::analysis::compare::{At, Comparison, Kind};
use allegata::analysis::taking::{self, Take};
use allegata::analysis::together::{Choice, over, together};
use allegata::formats::project as file;
use allegata::model::action::Action;
use allegata::model::audit::audit;
use allegata::model::deciding::{self, By, Deciding};
use allegata::model::history::History;
use allegata::model::ids::{ArticleId, CoderId, LabelId, ProjectId, RecordId, Span, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::Project;
use allegata::model::sheet::SheetKey;
use allegata::model::sketch;
use allegata::session::review::names;
use proptest::prelude::*;
use std::fmt::Write as _;

use crate::teams::mutated;

const WORDS: [&str; 5] = ["", "none", "allegation", "denial", "fact"];
const CODERS: [&str; 3] = ["anna", "ben", "cleo"];

/// Articles of sentences, each with what three coders say of it.
fn answered() -> impl Strategy<Value = Project> {
    let sentence = prop::array::uniform3(0..WORDS.len());
    prop::collection::vec(prop::collection::vec(sentence, 1..7), 1..4).prop_map(|articles| {
        let mut drawing = String::new();
        for (nth, sentences) in articles.iter().enumerate() {
            writeln!(drawing, "# Article {nth}").unwrap();
            for (idx, said) in sentences.iter().enumerate() {
                let said = CODERS.iter().zip(said).filter(|(_, word)| **word > 0);
                let said: Vec<String> =
                    said.map(|(coder, word)| format!("{coder}: {}", WORDS[*word])).collect();
                write!(drawing, "It is {nth} and {idx}. [{}] ", said.join("; ")).unwrap();
            }
            drawing.push('\n');
        }
        sketch::project(&drawing, |text| format!("a{}", text.chars().nth(6).unwrap()), |_| String::new())
            .unwrap()
    })
}

fn by(at: i64) -> By {
    By { coder: CoderId::new("anna"), at: Stamp(at) }
}

fn ids() -> impl FnMut() -> RecordId {
    let mut n = 0;
    move || {
        n += 1;
        RecordId::new(format!("d{n}"))
    }
}

fn take(which: u8) -> Take {
    match which % 4 {
        0 => Take::Unanimous,
        1 => Take::Majority(0.5),
        2 => Take::Majority(0.9),
        _ => Take::Coder(CoderId::new("ben")),
    }
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn deciding_changes_no_coding_and_undo_is_to_the_byte(project in answered(), which in any::<u8>()) {
        if project.n_coders() == 0 { return Ok(()); }
        let before = file::write(&project);
        let mut after = project.clone();
        let mut history = History::default();
        let comparison = Comparison::of(&project);
        let who = By { coder: project.coders().next().unwrap().id.clone(), at: Stamp(9) };
        let decidings = taking::decidings(&comparison, &take(which), "so", "slip");
        if let Some(action) = taking::action(&project, &comparison, &decidings, &who, ids()) {
            history.act(&mut after, "take all", action).unwrap();
            prop_assert!(after.sheets().eq(project.sheets()));
            prop_assert_eq!(audit(&after), []);
            history.undo(&mut after).unwrap();
        }
        prop_assert_eq!(file::write(&after), before);
    }

    #[test]
    fn taking_all_is_deciding_one_by_one(project in answered(), which in any::<u8>()) {
        if project.n_coders() == 0 { return Ok(()); }
        let who = By { coder: project.coders().next().unwrap().id.clone(), at: Stamp(9) };
        let comparison = Comparison::of(&project);
        let decidings = taking::decidings(&comparison, &take(which), "", "");
        let mut at_once = project.clone();
        if let Some(action) = taking::action(&project, &comparison, &decidings, &who, ids()) {
            at_once.apply(action).unwrap();
        }
        let (mut one_by_one, mut new_id) = (project, ids());
        for (_, deciding) in &decidings {
            let action = deciding::decide(&one_by_one, None, deciding, &who, &mut new_id).unwrap();
            one_by_one.apply(action).unwrap();
        }
        prop_assert_eq!(&at_once, &one_by_one);
        // Nothing is left of that kind, and nothing is stale.
        let after = Comparison::of(&at_once);
        prop_assert!(taking::decidings(&after, &take(which), "", "").is_empty());
        prop_assert_eq!(after.sums.n(Kind::Stale), 0);
    }

    /// What is looked at again after each change is what comparing all of it anew gives.
    #[test]
    fn looking_again_is_comparing_anew(
        project in answered(),
        script in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 1..12),
    ) {
        let mut project = project;
        let mut comparison = Comparison::of(&project);
        if comparison.units.coders.is_empty() { return Ok(()); }
        let mut new_id = ids();
        for (where_to, what, who) in script {
            let places: Vec<(ArticleId, Span)> = comparison.units.articles.iter().flat_map(|article| {
                article.units.iter().map(|unit| (article.article.clone(), unit.span))
            }).collect();
            let (article, span) = places[usize::from(where_to) % places.len()].clone();
            let here = comparison.units.articles[comparison.units.place_of(&article).unwrap()].clone();
            let coder = here.coders[usize::from(who) % here.coders.len()];
            let coder = comparison.units.coders[usize::from(coder)].clone();
            let label = WORDS[2 + usize::from(what) % 3];
            match what % 4 {
                0 | 1 => {
                    let key = SheetKey { coder, article: article.clone() };
                    let to = if what % 8 == 0 { Answer::Unanswered } else { Answer::Labels(vec![LabelId::new(label)]) };
                    if let Some(action) = plan::answer(&project, &key, span, &to, Stamp(99)) {
                        project.apply(action).unwrap();
                        comparison.look_again(&project, &article);
                    }
                }
                2 => {
                    let standing = comparison.decision(&project, &article, span).cloned();
                    let labels = vec![LabelId::new(label)];
                    let deciding = Deciding { article: article.clone(), sentence: span, labels, reason: String::new(), code: String::new() };
                    let who = By { coder, at: Stamp(50) };
                    if let Some(action) = deciding::decide(&project, standing.as_ref(), &deciding, &who, &mut new_id) {
                        project.apply(action).unwrap();
                        let id = project.decisions().find(|d| d.article == article && d.sentence == span).unwrap().id.clone();
                        comparison.decided_again(&project, &article, span, &id);
                    }
                }
                _ => {
                    let standing = comparison.decision(&project, &article, span).map(|d| d.id.clone());
                    if let Some(action) = deciding::reopen(&project, &article, span) {
                        project.apply(action).unwrap();
                        comparison.decided_again(&project, &article, span, &standing.unwrap());
                    }
                }
            }
            // Emptied indexes may stay: what is shown is the same.
            let anew = Comparison::of(&project);
            prop_assert_eq!(comparison.sums, anew.sums);
            for (place, article) in anew.units.articles.iter().enumerate() {
                for unit in 0..article.units.len() {
                    let at = At { article: place, unit };
                    prop_assert_eq!(comparison.judged(at), anew.judged(at));
                }
            }
            prop_assert_eq!(comparison.queue(Kind::Disagree, None), anew.queue(Kind::Disagree, None));
        }
    }

    /// A file a coder, put together, says what the project of all of them says.
    #[test]
    fn what_was_taken_apart_goes_together(project in answered()) {
        let coders: Vec<CoderId> = project.coders().map(|coder| coder.id.clone()).collect();
        if coders.is_empty() { return Ok(()); }
        let files: Vec<Project> = coders.iter().map(|coder| {
            let mut own = project.clone();
            for other in coders.iter().filter(|other| *other != coder) {
                let keys: Vec<SheetKey> = own.sheets_of(other).map(|sheet| sheet.key.clone()).collect();
                for key in keys {
                    own.apply(Action::Sheet { key, to: None }).unwrap();
                }
                own.apply(Action::Coder { id: other.clone(), to: None }).unwrap();
            }
            own
        }).collect();
        let all: Vec<&Project> = files.iter().collect();
        let made = together(&all, ProjectId::new("new"), &Choice::default()).unwrap();
        prop_assert!(made.project.sheets().eq(project.sheets()));
        prop_assert!(made.project.articles().eq(project.articles()));
        prop_assert_eq!((made.elsewhere.len(), made.doubtful.len(), made.n_records_left), (0, 0, 0));
        prop_assert_eq!(made.project.id().as_str(), "new");
        prop_assert_eq!(Comparison::of(&made.project).sums, Comparison::of(&project).sums);
    }

    #[test]
    fn a_text_with_names_hidden_has_none(project in answered(), words in prop::collection::vec(0..6_usize, 0..12), seed in any::<u64>()) {
        let comparison = Comparison::of(&project);
        let Some(article) = comparison.units.articles.first() else { return Ok(()); };
        let columns = names::columns(&[&project], &comparison.units.coders, article, seed, false);
        let said = ["Anna", "ben", "CLEO", "and", "said,", "no"];
        let text: Vec<&str> = words.iter().map(|word| said[*word]).collect();
        let hidden = names::masked(&[&project], &columns, &text.join(" ")).to_lowercase();
        for coder in project.coders() {
            prop_assert!(!hidden.split(|c: char| !c.is_alphanumeric()).any(|word| word == coder.id.as_str()), "{hidden}");
        }
        prop_assert_eq!(by(1).at, Stamp(1));
    }
}

/// Files of three coders, one of them damaged by chance: whatever can be read of it goes together with the others, is compared,
/// laid over one of them and decided, and what comes out is sound.
#[test]
fn damaged_files_of_coders_harm_nothing() {
    let drawing = "# One\nIt is said. [anna: fact; ben: denial] It is so. [anna: none ?; ben: none \"so?\"]\n\nIt rains. [ben: fact]
# Two\nAll of it. [anna: allegation] Nothing. [anna: fact; ben: fact]";
    let id = |text: &str| format!("a{}", text.len());
    let hash = |text: &str| allegata::formats::hashes::sha256_hex(text.as_bytes());
    let whole = sketch::project(drawing, id, hash).unwrap();
    let ours = file::write(&whole);
    let (mut seed, mut n_read) = (11, 0);
    for _ in 0..400 {
        let bytes = mutated(ours.as_bytes(), &mut seed);
        let Ok(loaded) = file::read(&bytes) else { continue };
        n_read += 1;
        let theirs = loaded.project;
        for all in [[&whole, &theirs], [&theirs, &whole]] {
            let made = together(&all, ProjectId::new("new"), &Choice::default()).unwrap();
            assert_eq!(audit(&made.project), []);
            made.says(&["a".to_owned(), "b".to_owned()]);
            let mut project = made.project;
            let comparison = Comparison::of(&project);
            comparison.queue(Kind::All, None);
            let decidings = taking::decidings(&comparison, &Take::Majority(0.5), "", "");
            let who = project.coders().next().map(|coder| coder.id.clone());
            let who = who.map(|coder| By { coder, at: Stamp(9) });
            let action = who.and_then(|who| taking::action(&project, &comparison, &decidings, &who, ids()));
            if let Some(action) = action {
                let before = file::write(&project);
                let undo = project.apply(action).unwrap();
                assert_eq!(audit(&project), []);
                project.apply(undo).unwrap();
                assert_eq!(file::write(&project), before);
            }
            if let Some(over) = over::over(all[0], all[1]).unwrap() {
                assert_eq!(audit(&over.project), []);
                let comparison = Comparison::beside(&over.project, Some(over.coder.clone()));
                allegata::formats::summary::markdown(&over.project, &comparison);
            }
        }
    }
    assert_eq!(file::write(&whole), ours);
    assert!(n_read > 50, "only {n_read} of 400 damaged files can be read at all");
}
