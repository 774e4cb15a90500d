//! Light and dark: what the desktop says is followed, and after a change everything is drawn as after a fresh start.

use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::prefs::{Setting, Theme};
use egui::{Theme as System, vec2};
use egui_kittest::Harness;

use crate::cpu::CpuRenderer;
use crate::staying::long_article;
use crate::window::{Place, Window};

const SIZE: egui::Vec2 = vec2(1280.0, 700.0);

fn open(place: &Place, system: Option<System>) -> Window {
    let path = place.doc("gauge.ron");
    if !path.exists() {
        place.project("gauge.ron", &long_article(40));
    }
    let builder = Harness::builder().with_size(SIZE).renderer(CpuRenderer::default());
    let mut window = Window::build(place, builder);
    say(&mut window, system);
    window.answer(Question::OpenProject, &[&path]);
    window
}

/// The desktop says another theme.
fn say(window: &mut Window, system: Option<System>) {
    window.harness.input_mut().system_theme = system;
    window.harness.step();
    window.settle();
}

/// How many pixels of the reader differ, where the same article is shown twice.
fn n_different(a: &mut Window, b: &mut Window) -> usize {
    let (a, b) = (a.harness.render().unwrap(), b.harness.render().unwrap());
    let reader = |x: u32, y: u32| (264..980).contains(&x) && (44..660).contains(&y);
    let far = |a: &[u8; 4], b: &[u8; 4]| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 8);
    let pixels = a.enumerate_pixels().zip(b.pixels());
    pixels.filter(|((x, y, a), b)| reader(*x, *y) && far(&a.0, &b.0)).count()
}

fn is_dark(window: &Window) -> bool {
    window.harness.ctx.theme() == System::Dark
}

#[test]
fn a_desktop_that_names_no_theme_has_a_light_one() {
    let place = Place::new();
    let mut window = open(&place, None);
    assert!(!is_dark(&window));
    for (system, dark) in [(Some(System::Dark), true), (None, false), (Some(System::Light), false)] {
        say(&mut window, system);
        assert_eq!(is_dark(&window), dark, "{system:?}");
    }
    window.tell(Intent::Run("dark"));
    for system in [None, Some(System::Light), Some(System::Dark)] {
        say(&mut window, system);
        assert!(is_dark(&window), "what was chosen holds against {system:?}");
    }
}

#[test]
fn a_desktop_that_turns_dark_in_the_evening_garbles_nothing() {
    let place = Place::new();
    let mut window = open(&place, Some(System::Light));
    let mut light = open(&Place::new(), Some(System::Light));
    let mut dark = open(&Place::new(), Some(System::Dark));
    assert_eq!(n_different(&mut window, &mut light), 0);
    for _ in 0..2 {
        say(&mut window, Some(System::Dark));
        assert_eq!(n_different(&mut window, &mut dark), 0, "turned dark");
        say(&mut window, Some(System::Light));
        assert_eq!(n_different(&mut window, &mut light), 0, "turned light");
    }
    assert!(n_different(&mut light, &mut dark) > 10_000);
}

#[test]
fn a_theme_that_is_chosen_garbles_nothing() {
    let place = Place::new();
    let mut window = open(&place, None);
    let mut light = open(&Place::new(), None);
    let mut dark = open(&Place::new(), Some(System::Dark));
    for _ in 0..2 {
        window.tell(Intent::Set(Setting::Theme(Theme::Dark)));
        assert_eq!(n_different(&mut window, &mut dark), 0);
        window.tell(Intent::Set(Setting::Theme(Theme::System)));
        assert_eq!(n_different(&mut window, &mut light), 0);
    }
}
