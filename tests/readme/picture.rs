//! The picture of the README: the real window on a sample project, drawn on the CPU and compared.
//!
//! What could differ from one run to the next is given: the project is a copy with a set time of change, who is at the
//! keyboard and where she stopped are in the settings, nothing is answered, and since times of day are shown as the
//! computer has them, the test runs itself once more with `TZ=UTC`.

use crate::cpu::CpuRenderer;
use crate::window::{Place, SIZE, Window};
use allegata::session::job::Question;
use allegata::session::prefs::{Setting, Stop, Theme};
use allegata::shell::settings::SettingsFile;
use egui_kittest::Harness;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbImage};
use std::fs::{self, File};
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

/// Set in the run that draws.
const DRAWS: &str = "ALLEGATA_TEST_DRAWS";
const STORY: &str = "harbour-story.allegata.ron";
/// 24 November 2026, 14:52 in UTC.
const SAVED_AT_SECS: u64 = 1_795_531_920;
/// The most that a page on the web should have to load.
const MOST_BYTES: usize = 300_000;
const PICTURE: &str = "assets/readme.png";

#[test]
fn the_picture_is_of_the_window_as_it_is() {
    if std::env::var_os(DRAWS).is_none() {
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.args(["--exact", "picture::the_picture_is_of_the_window_as_it_is", "--nocapture"]);
        again.env(DRAWS, "1").env("TZ", "UTC");
        let out = again.output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        return;
    }
    let place = Place::new();
    let path = place.write(STORY, crate::file(&format!("projects/{STORY}")));
    let saved_at = UNIX_EPOCH + Duration::from_secs(SAVED_AT_SECS);
    File::options().write(true).open(&path).unwrap().set_modified(saved_at).unwrap();
    sit_down(&place);

    let builder = Harness::builder().with_size(SIZE).renderer(CpuRenderer::default());
    let mut window = Window::build(&place, builder);
    window.answer(Question::OpenProject, &[&path]);
    assert_eq!((window.coder().unwrap().as_str(), window.at()), ("mira-ougq", 11));
    assert_eq!(window.notices(), Vec::<String>::new());
    compare(&DynamicImage::ImageRgba8(window.harness.render().unwrap()).into_rgb8());
}

/// Pixel by pixel with the file. What was drawn lies beside it when it differs, as `readme.new.png`.
fn compare(drawn: &RgbImage) {
    let picture = crate::path(PICTURE);
    let kept = image::open(&picture).map(DynamicImage::into_rgb8).ok();
    if kept.as_ref() == Some(drawn) {
        return;
    }
    let to = if crate::updates() { picture } else { picture.with_extension("new.png") };
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::NoFilter);
    drawn.write_with_encoder(encoder).unwrap();
    assert!(png.len() < MOST_BYTES, "the picture has {} bytes", png.len());
    fs::write(&to, png).unwrap();
    let hint = "look at it; if it is right: `UPDATE=1 cargo test --test readme`";
    assert!(crate::updates(), "{} is not what {PICTURE} shows: {hint}", to.display());
}

/// Mira Okafor was here before, and stopped in the middle of the fourth article.
fn sit_down(place: &Place) {
    let loaded =
        allegata::formats::project::read(crate::file(&format!("projects/{STORY}")).as_bytes()).unwrap();
    let project = loaded.project.id().to_string();
    let articles = loaded.project.articles();
    let article =
        articles.into_iter().find(|a| a.meta.outlet.as_deref() == Some("The Elmsey Courier")).unwrap();
    let sentence = article.sentences().get(10).unwrap().span.start;
    let stop = Stop { article: article.id.to_string(), sentence, ..Stop::default() };
    let settings = SettingsFile::of(&place.folders);
    settings
        .update(|settings| {
            settings.take(Setting::Theme(Theme::Light));
            settings.take(Setting::Coder { project: project.clone(), coder: "mira-ougq".to_owned() });
            settings.take(Setting::Stop { project, stop });
        })
        .unwrap();
}
