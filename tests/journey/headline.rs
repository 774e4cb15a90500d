//! What stands about the text: who wrote it, its headline once that is scrolled away, the strip, the notes.

use allegata::model::ids::CoderId;
use allegata::session::intent::{CoderChoice, Intent};
use egui::accesskit::Role;
use egui::epaint::Shape;
use egui::{Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::staying::long_article;
use crate::window::{Place, Window};

/// Every text of this frame and where it is.
fn texts(window: &Window) -> Vec<(String, Rect)> {
    fn of(shape: &Shape, found: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, found)),
            Shape::Text(text) => {
                found.push((text.galley.text().to_owned(), text.galley.rect.translate(text.pos.to_vec2())));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in &window.harness.output().shapes {
        of(&clipped.shape, &mut found);
    }
    found
}

fn place_of(window: &Window, text: &str) -> Rect {
    let all = texts(window);
    all.iter().find(|(words, _)| words == text).unwrap_or_else(|| panic!("no {text} in {all:#?}")).1
}

#[test]
fn the_author_is_named_once() {
    let head = "---\ntitle: The gauge\nauthor: Ines Varga\noutlet: Quay Courier\n---\n";
    for (byline, want) in
        [("By Ines Varga\n\n", 1), ("BY INES VARGA\n\n", 1), ("", 1), ("By Tom Hale\n\n", 2)]
    {
        let place = Place::new();
        let path = place.write("gauge.md", format!("{head}{byline}The gauge was read twice that night.\n"));
        let mut window = Window::new(&place);
        window.drop_files(&[&path]);
        let reader = |rect: &Rect| (264.0..980.0).contains(&rect.left());
        let names = texts(&window).into_iter().filter(|(words, rect)| {
            let words = words.to_lowercase();
            reader(rect) && (words.contains("ines varga") || words.contains("tom hale"))
        });
        assert_eq!(names.count(), want, "{byline:?}");
    }
}

#[test]
fn the_headline_stays_in_a_bar_with_outlet_and_date() {
    let place = Place::new();
    let path = place.project("gauge.ron", &long_article(120));
    let mut window = Window::on(&place, &path);
    let strip = |window: &Window| {
        window.harness.get_by_role_and_label(Role::ScrollBar, "Overview of the article").rect()
    };
    assert!((strip(&window).top() - 56.0).abs() < 1.0);
    window.press("End");
    let title = place_of(&window, "What the tide gauge wrote down");
    assert!((title.left() - 336.0).abs() < 1.0, "over the text column: {title:?}");
    let all = texts(&window);
    let bold: Vec<_> = all.iter().filter(|(_, rect)| (rect.center().y - 66.0).abs() < 3.0).collect();
    let source = bold.iter().find(|(words, _)| words == "Quay Courier \u{b7} 2 June 2025");
    assert!(source.is_some_and(|(_, rect)| rect.left() > 336.0), "{bold:?}");
    assert!((strip(&window).top() - 100.0).abs() < 1.0, "the strip begins below the bar");
}

#[test]
fn a_long_headline_leaves_room_for_outlet_and_date() {
    let place = Place::new();
    let words = "What the tide gauge wrote down";
    let title = [words; 8].join(" and ");
    let drawing = long_article(120).replacen(words, &title, 1);
    let path = place.project("gauge.ron", &drawing);
    for (width, right) in [(1280.0, 980.0), (900.0, 720.0)] {
        let mut window = Window::build(&place, Harness::builder().with_size(vec2(width, 800.0)));
        window.drop_files(&[&path]);
        window.press("End");
        let all = texts(&window);
        let in_bar = |words: &str| {
            let found = all.iter().find(|(text, rect)| text == words && (rect.center().y - 66.0).abs() < 3.0);
            found.unwrap_or_else(|| panic!("no {words} in {all:#?}")).1
        };
        let (title, source) = (in_bar(&title), in_bar("Quay Courier \u{b7} 2 June 2025"));
        assert!(title.right() < source.left() && source.width() > 48.0, "{title:?} {source:?}");
        assert!(source.right() < right, "{source:?} in a window {width} wide");
    }
}

#[test]
fn a_wide_window_has_room_for_the_notes() {
    let place = Place::new();
    let drawing = "# The gauge | Quay Courier | 2025-06-02\n\
        The gauge lied, a pilot says. [allegation ? \"Which pilot?\"] The office denies it. [denial] It was read \
        twice. [fact ?] Nobody came. []";
    let path = place.project("gauge.ron", drawing);
    for (width, shown) in [(1920.0, true), (1280.0, false), (900.0, false)] {
        let mut window = Window::build(&place, Harness::builder().with_size(vec2(width, 900.0)));
        window.drop_files(&[&path]);
        window.tell(Intent::Coder(CoderChoice::Known(CoderId::new("anna"))));
        let is_beside = |(words, rect): &(String, Rect)| {
            (1160.0..1400.0).contains(&rect.left())
                && ["Sentence 1, unsure", "Which pilot?", "Sentence 3, unsure"].contains(&words.as_str())
        };
        let n = texts(&window).iter().filter(|text| is_beside(text)).count();
        assert_eq!(n, if shown { 3 } else { 0 }, "{width} wide");
    }
}
