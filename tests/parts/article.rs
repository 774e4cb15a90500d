//! A paragraph whose sentences begin and end within rows.

use allegata::ui::fonts;
use allegata::ui::parts::prose::{self, Answer, Paragraph, Sentence};
use allegata::ui::theme::{self, ThemeChoice};
use egui::{Rect, pos2, vec2};
use egui_kittest::Harness;

use crate::{cpu, labels};

pub const NEWS: [&str; 4] = [
    "The harbour board paid for a crane that was never built, two former clerks have told the Courier. \
     The board runs nine quays. ",
    "“Every coin went where it should”, its chair, Lena Orme, said on Monday. The quay is quiet in November. Is it? \
     Orme says that the papers were lost in a flood and that whoever claims otherwise has not read the report of \
     the auditors, which she calls a clean bill of health in every respect. ",
    "The auditors found three gaps.",
    " A hearing is set for May.",
];

#[test]
fn prose_light() {
    article(ThemeChoice::Light, egui::Theme::Light).snapshot("prose-light");
}

#[test]
fn prose_dark() {
    article(ThemeChoice::Dark, egui::Theme::Dark).snapshot("prose-dark");
}

/// A paragraph whose sentences begin and end within rows.
fn article(choice: ThemeChoice, system: egui::Theme) -> Harness<'static> {
    let size = vec2(560.0, 330.0);
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(system)
        .renderer(cpu::CpuRenderer::default())
        .with_context_setup(move |ctx| theme::apply(ctx, choice))
        .with_options(egui_kittest::SnapshotOptions::new().threshold(0.0))
        .build_ui(move |ui| {
            let theme = theme::of(ui);
            ui.painter().rect_filled(Rect::from_min_size(egui::Pos2::ZERO, size), 0, theme.tokens.paper);
            let l = labels(theme.dark);
            let text = NEWS.concat();
            let galley = prose::layout(ui.painter(), &text, fonts::READING, 430.0);
            let (a, d, f) = ([l.allegation], [l.denial], [l.fact]);
            let answers = [
                Answer::Labels(&a),
                Answer::Labels(&f),
                Answer::Labels(&d),
                Answer::None,
                Answer::Unanswered,
                Answer::Labels(&d),
                Answer::Labels(&f),
                Answer::None,
            ];
            let mut sentences: Vec<Sentence<'_>> =
                ranges(&text).into_iter().zip(answers).map(|(r, a)| Sentence::new(r, a)).collect();
            for (idx, sentence) in sentences.iter_mut().enumerate() {
                sentence.current = idx == 5;
                sentence.unsure = idx == 5;
                sentence.note = idx == 2;
            }
            let pos = pos2(72.0, 10.0);
            let paragraph = Paragraph {
                galley: &galley,
                pos,
                width: 430.0,
                sentences: &sentences,
                spans: &[],
                margin: true,
                headline: false,
            };
            prose::paint(ui.painter(), &theme, &paragraph);
        });
    harness.run();
    harness
}

/// Sentences end where a stop and a blank meet, which is enough for this text; code points.
pub fn ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (idx, char) in text.chars().chain([' ']).enumerate() {
        if char == ' ' && matches!(before, '.' | '?') {
            ranges.push(start..idx);
            start = idx + 1;
        }
        before = char;
    }
    ranges
}
