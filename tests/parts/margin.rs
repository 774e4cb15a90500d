//! Rows in which many short sentences begin: their letters beside the text, and the current one always among them.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use allegata::ui::fonts;
use allegata::ui::parts::prose::{self, Answer, Line, Mark, Paragraph, Sentence};
use allegata::ui::theme::{self, ThemeChoice, label_colours};
use egui::epaint::Shape;
use egui::{Color32, Pos2, Rect, pos2, vec2};
use egui_kittest::Harness;
use std::sync::{Arc, Mutex};

use crate::article::ranges;
use crate::{cpu, labels};

/// Sentences of so many letters each; the row they begin in may hold a dozen.
fn questions(n: usize) -> String {
    let words = ["Why?", "No.", "Who knew it?", "Yes.", "Since when?", "May.", "He left without a word."];
    (0..n).map(|n| words[n % words.len()]).collect::<Vec<_>>().join(" ")
}

/// Forty labels in all colours and lines, no two with one letter.
fn forty() -> Vec<Mark<'static>> {
    let letters: &'static [u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn";
    let colours = ["#D55E00", "#0072B2", "#009E73", "#B8568C", "#B57A00", "#2B8CC4", "#7A67C0"];
    let lines = [Line::Solid, Line::Dashed, Line::Dotted];
    let mark = |n: usize| Mark {
        letter: std::str::from_utf8(&letters[n..=n]).unwrap(),
        colours: label_colours(colours[n % 7], false),
        line: lines[n % 3],
    };
    (0..40).map(mark).collect()
}

/// Paints questions at the right of an `indent`, with so many labels each, and looks at every shape.
fn paint(ui: &egui::Ui, (indent, width, size): (f32, f32, f32), labels: &[Mark<'_>], current: usize) {
    let theme = theme::of(ui);
    let text = questions(60);
    let galley = prose::layout(ui.painter(), &text, fonts::Type::reading(size), width);
    let answer = |n: usize| match n % 5 {
        _ if labels.len() > 3 && n.is_multiple_of(3) => Answer::Labels(labels),
        0 => Answer::Unanswered,
        1 => Answer::None,
        2 => Answer::Suggested(&labels[..1]),
        _ => Answer::Labels(&labels[..labels.len().min(n % 4 + 1)]),
    };
    let sentence = |(n, range)| Sentence {
        current: n == current,
        unsure: n % 4 == 3,
        ..Sentence::new(range, answer(n))
    };
    let sentences: Vec<Sentence<'_>> = ranges(&text).into_iter().enumerate().map(sentence).collect();
    let paragraph = Paragraph {
        galley: &galley,
        pos: pos2(indent, 10.0),
        width,
        sentences: &sentences,
        spans: &[],
        margin: true,
        headline: false,
    };
    prose::paint(ui.painter(), &theme, &paragraph);
}

/// The rectangles and texts that are drawn, with the colour of a filled or framed one.
fn drawn(shape: &Shape, found: &mut Vec<(Rect, Option<Color32>)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| drawn(shape, found)),
        Shape::Rect(rect) => {
            let colour = if rect.stroke.width > 0.0 { rect.stroke.color } else { rect.fill };
            found.push((rect.rect, Some(colour)));
        }
        Shape::Text(text) => found.push((text.galley.rect.translate(text.pos.to_vec2()), None)),
        _ => {}
    }
}

#[test]
fn the_current_answer_is_in_the_margin_and_nothing_is_cut_off() {
    let now = Arc::new(Mutex::new(((52.0, 400.0, 17.0), 1, 0)));
    let asked = Arc::clone(&now);
    let marks = forty();
    let inks: Vec<Color32> = marks.iter().map(|mark| mark.colours.ink).collect();
    let mut harness = Harness::builder()
        .with_size(vec2(900.0, 900.0))
        .with_theme(egui::Theme::Light)
        .with_context_setup(|ctx| theme::apply(ctx, ThemeChoice::Light))
        .build_ui(move |ui| {
            ui.set_clip_rect(Rect::from_min_size(Pos2::ZERO, vec2(900.0, 900.0)));
            let (place, n_labels, current) = *asked.lock().unwrap();
            paint(ui, place, &marks[..n_labels], current);
        });
    let boxes = |t: &theme::Tokens| [&inks[..], &[t.strong]].concat();
    let boxes = boxes(&theme::LIGHT.tokens);
    for place in [(52.0, 300.0, 17.0), (52.0, 568.0, 14.0), (72.0, 568.0, 17.0), (202.0, 600.0, 18.0)] {
        for n_labels in [1, 3, 40] {
            for current in 0..60 {
                *now.lock().unwrap() = (place, n_labels, current);
                harness.step();
                let mut found = Vec::new();
                harness.output().shapes.iter().for_each(|clipped| drawn(&clipped.shape, &mut found));
                let beside = found.iter().filter(|(rect, _)| rect.right() <= place.0 - 1.0);
                let beside: Vec<_> = beside.collect();
                let cut = beside.iter().find(|(rect, _)| rect.left() < 0.0);
                assert_eq!(cut, None, "{place:?}, {n_labels} labels, sentence {current}: cut off");
                let is_suggested = current % 5 == 2 && (n_labels < 40 || !current.is_multiple_of(3));
                let is_box = |(rect, colour): &&&(Rect, Option<Color32>)| {
                    colour.is_some_and(|colour| boxes.contains(&colour)) && rect.height() > 9.0
                };
                let n = beside.iter().filter(is_box).count();
                let want = usize::from(!is_suggested);
                assert_eq!(n, want, "{place:?}, {n_labels} labels, sentence {current}: boxes in the margin");
            }
        }
    }
}

#[test]
fn a_crowd_in_the_margin() {
    let mut harness = Harness::builder()
        .with_size(vec2(700.0, 330.0))
        .with_theme(egui::Theme::Light)
        .renderer(cpu::CpuRenderer::default())
        .with_context_setup(|ctx| theme::apply(ctx, ThemeChoice::Light))
        .with_options(egui_kittest::SnapshotOptions::new().threshold(0.0))
        .build_ui(|ui| {
            let whole = Rect::from_min_size(Pos2::ZERO, vec2(700.0, 330.0));
            ui.painter().rect_filled(whole, 0, theme::of(ui).tokens.paper);
            let l = labels(false);
            let three = [l.allegation, l.denial, l.fact];
            let parts = [(0.0, 340.0, &three[..1], 9), (350.0, 700.0, &three[..], 13)];
            for (left, right, labels, current) in parts {
                let rect = Rect::from_min_max(pos2(left, 0.0), pos2(right, 330.0));
                let mut part = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt(current));
                part.set_clip_rect(rect);
                paint(&part, (left + 52.0, 270.0, 17.0), labels, current);
            }
        });
    harness.run();
    harness.snapshot("margin-light");
}
