//! Articles are looked at before they come in: what is found, mended, ticked, parted, and taken in as one step.

use crate::window::{Place, Window};
use allegata::formats::articles::batch::Standing;
use allegata::model::mending::Field;
use allegata::session::intent::Intent;
use allegata::session::screens::adding::{AddLook, Adding, Shown};
use allegata::session::screens::{Screen, ScreenLook};
use allegata::session::view::Look;
use std::fmt::Write as _;

const START: &str = "# Night shift | Tide | 2025-05-03
Two guards slept. []";

fn with<R>(window: &Window, read: impl FnOnce(&Adding) -> R) -> R {
    window.with(|session| match &session.view().screen {
        Some(Screen::Add(adding)) => read(adding),
        other => panic!("no articles to add: {other:?}"),
    })
}

fn look(window: &mut Window, look: AddLook) {
    window.tell(Intent::Look(Look::Screen(ScreenLook::Add(look))));
}

fn body(n: usize) -> String {
    (0..6).fold(String::new(), |mut text, at| {
        let names = ["ferry", "crane", "harbour", "council", "lock", "depot", "quay"];
        let name = |k: usize| names[(n * 3 + at * 2 + k) % names.len()];
        write!(
            text,
            "The {} of {n}{at} cost the {} more than the {} had paid for it. ",
            name(0),
            name(1),
            name(3)
        )
        .unwrap();
        text
    })
}

/// Five rows: a good one, one without a date, a short one, one like the first, and one without text.
fn table() -> String {
    let rows = [
        format!("Who paid,Quay Courier,2025-03-01,\"{}\"", body(1)),
        format!("Clerk speaks,Quay Courier,,\"{}\"", body(2)),
        "In brief,Skerrow Post,2025-03-03,Too short.".to_owned(),
        format!("Who paid again,Wire,2025-03-04,\"{}\"", body(1)),
        "Nothing,Wire,2025-03-05,".to_owned(),
    ];
    format!("headline,outlet,date,fulltext\n{}\n", rows.join("\n"))
}

#[test]
fn a_table_is_looked_at_and_comes_in_as_one_step() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", START);
    let table = place.write("stories.csv", table());
    let mut window = Window::on(&place, &path);
    window.drop_files(&[&table]);
    assert!(window.shows("Add articles"), "{:?}", window.texts());
    assert_eq!(with(&window, |adding| adding.batch().rows.len()), 4);
    let n = |window: &Window, shown| with(window, |adding| adding.n_of(shown));
    assert_eq!([Shown::New, Shown::Doubtful, Shown::Near].map(|shown| n(&window, shown)), [1, 2, 1]);
    // What is doubtful stands first: the row without a date. It gets one.
    let key = with(&window, |adding| adding.selected().map(|row| row.key)).unwrap();
    let say = AddLook::Say { of: key, field: Field::Date, text: "2025-03-02".to_owned(), many: false };
    look(&mut window, say);
    assert_eq!(n(&window, Shown::Doubtful), 1, "{:?}", window.texts());
    // The short one stays out.
    look(&mut window, AddLook::Shown(Shown::Doubtful));
    window.press("Down");
    window.press("Space");
    assert_eq!(with(&window, Adding::n_ticked), (3, 0));
    assert_eq!(window.project().n_articles(), 1, "nothing came before the button");
    window.press("Ctrl+Enter");
    assert!(window.with(|session| session.view().screen.is_none()), "{}", window.status());
    let project = window.project();
    assert_eq!((project.n_articles(), project.imports().count()), (4, 1));
    let import = project.imports().next().unwrap();
    assert_eq!((import.files[0].found, import.files[0].taken, import.left.len()), (5, 3, 2));
    let of_it =
        project.articles().filter(|article| article.meta.import.as_deref() == Some(import.id.as_str()));
    assert_eq!(of_it.count(), 3);
    let dates: Vec<_> = project.articles().filter_map(|article| article.meta.published.clone()).collect();
    assert!(dates.contains(&"2025-03-02".to_owned()), "{dates:?}");
    window.tell(Intent::Run("imports"));
    assert!(window.shows("stories.csv"), "{:?}", window.texts());
    window.press("Escape");
    window.press("Ctrl+Z");
    assert_eq!((window.project().n_articles(), window.project().imports().count()), (1, 0));
}

#[test]
fn plain_articles_go_in_at_once_and_are_recorded_too() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", START);
    let article = place.write("depot.txt", "Depot burns\n\nThe depot burnt, police said.\n");
    let mut window = Window::on(&place, &path);
    window.drop_files(&[&article]);
    assert!(window.with(|session| session.view().screen.is_none()));
    let project = window.project();
    assert_eq!((project.n_articles(), project.imports().count()), (2, 1));
    // One that is nearly the same is shown first.
    let again = place.write("again.txt", format!("Depot\n\n{}\n", body(1)));
    window.drop_files(&[&again]);
    let near = place.write("near.txt", format!("Depot\n\n{} It was late.\n", body(1)));
    window.drop_files(&[&near]);
    let standing = with(&window, |adding| adding.batch().rows[0].standing.clone());
    assert!(matches!(standing, Standing::Near(_)), "{standing:?}");
    assert_eq!(with(&window, Adding::n_ticked).0, 0, "one like one of the project is not ticked");
    window.press("Space");
    window.press("Ctrl+Enter");
    assert_eq!((window.project().n_articles(), window.project().imports().count()), (4, 3));
}

#[test]
fn an_article_is_parted_into_two_and_put_together_again() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", START);
    let text = format!("{}\n\n{}", body(1), body(2));
    let table = place.write("stories.csv", format!("title,date,text\nWho paid,2025-03-01,\"{text}\"\n"));
    let mut window = Window::on(&place, &path);
    window.drop_files(&[&table]);
    let second = with(&window, |adding| adding.batch().rows[0].article.text().find(body(2).trim())).unwrap();
    look(&mut window, AddLook::Caret(second));
    window.press("P");
    assert_eq!(with(&window, |adding| adding.batch().rows.len()), 2);
    window.press("P");
    assert_eq!(with(&window, |adding| adding.batch().rows.len()), 1, "{}", window.status());
}
