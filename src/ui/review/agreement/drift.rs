//! Over time: alpha by batch of articles in the order of coding, or how large a share of a coder's answers each label has.

use super::{Scene, paragraph, push, shown, span};
use crate::analysis::chart::{Chart, Estimate, Lines, Part, Plot, Sign};
use crate::session::intent::Intent;
use crate::session::review::agreement::AgreementLook;
use crate::ui::fonts;
use crate::ui::numbers::{decimal, grouped};
use crate::ui::parts::{chart, frame, menu, spoken, tooltip};
use crate::ui::theme;
use egui::{Align2, Rect, Sense, Ui, UiBuilder, pos2, vec2};

const HEAD: f32 = 43.0;
const EDGE: f32 = 16.0;
/// Three lines below the plot: value, articles, sentences.
const BELOW: f32 = 58.0;
/// A chart is not higher than this.
const HIGH: f32 = 300.0;

/// Whether there is something to draw.
pub(super) fn is_there(scene: &Scene<'_>) -> bool {
    scene.agreement.alpha_over_time().and_then(lines).is_some_and(|lines| !lines.places.is_empty())
}

fn lines(chart: &Chart) -> Option<&Lines> {
    match &chart.plot {
        Plot::Lines(lines) => Some(lines),
        Plot::Whiskers(_) => None,
    }
}

pub(super) fn drift_ui(ui: &mut Ui, scene: &Scene<'_>, intents: &mut Vec<Intent>) {
    let (rect, t) = (ui.max_rect(), scene.theme.tokens);
    let of = scene.agreement.labels_over_time();
    let chart = of.map_or_else(|| scene.agreement.alpha_over_time(), |(chart, _)| Some(chart));
    let Some((chart, all)) = chart.and_then(|chart| Some((chart, lines(chart)?))) else { return };
    let part = of.and_then(|(_, place)| scene.column(place)).map_or(0, |column| column.place);
    let Some(part) = all.parts.get(part) else { return };
    spoken::heading(ui, Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + HEAD)), &chart.title);
    let at = pos2(rect.left() + EDGE, rect.top() + 23.0);
    let title =
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Over time", fonts::INTERFACE_BOLD, t.strong);
    choice_ui(ui, scene, of.map(|(_, place)| place), title.right() + 12.0, intents);
    let left = rect.left() + EDGE;
    let words = chart.says.as_str();
    let says = fonts::SMALL.wrapped(ui.painter(), words, t.weak, rect.width() - 2.0 * EDGE);
    let room = rect.height() - HEAD - BELOW - says.size().y - 20.0;
    let plot = Rect::from_min_size(
        pos2(left, rect.top() + HEAD),
        vec2(rect.width() - 2.0 * EDGE, room.clamp(60.0, HIGH)),
    );
    let ink = |sign: &Sign| {
        if sign.colour.is_empty() {
            scene.ink()
        } else {
            theme::label_colours(&sign.colour, scene.theme.dark).mark
        }
    };
    let plotted = chart::paint(ui.painter(), plot, (all, part), &t, ink);
    below_ui(ui, scene, (all, part), &plotted, plot.bottom());
    paragraph(
        ui,
        pos2(left, plot.bottom() + BELOW + 4.0),
        rect.width() - 2.0 * EDGE,
        words,
        fonts::SMALL,
        t.weak,
    );
}

/// What is drawn: alpha, or the labels of a coder.
fn choice_ui(ui: &mut Ui, scene: &Scene<'_>, of: Option<usize>, left: f32, intents: &mut Vec<Intent>) {
    let rect = ui.max_rect();
    let words = of.map_or_else(|| "alpha".to_owned(), |place| format!("labels of {}", scene.called(place)));
    let at = Rect::from_min_max(pos2(left, rect.top() + 11.0), pos2(rect.right() - EDGE, rect.top() + 35.0));
    let mut room = ui.new_child(UiBuilder::new().max_rect(at).id_salt("over time"));
    room.shrink_clip_rect(at);
    let head = menu::quiet_choice(&mut room, "What is drawn over time", &words);
    egui::Popup::menu(&head).frame(menu::menu_frame(&scene.theme)).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut drawn = vec![menu::choice_row(ui, "alpha", of.is_none())];
        menu::gap(ui);
        let coders = scene.agreement.columns().iter().enumerate().take(MOST_CODERS);
        drawn.extend(coders.map(|(place, column)| {
            menu::choice_row(ui, &format!("labels of {}", column.name), of == Some(place))
        }));
        let clicked = drawn.iter().position(egui::Response::clicked);
        if let Some(idx) = menu::walk(ui, &drawn).or(clicked) {
            push(intents, AgreementLook::OverTime(idx.checked_sub(1)));
            ui.close();
        }
    });
}

/// The most coders that are offered.
const MOST_CODERS: usize = 24;

/// Below each place: its value, its articles, its sentences; those of every second place, where there is too little room.
fn below_ui(ui: &Ui, scene: &Scene<'_>, (all, part): (&Lines, &Part), plotted: &chart::Plotted, top: f32) {
    let t = scene.theme.tokens;
    let painter = ui.painter();
    let is_alone = part.lines.len() == 1;
    let widest = all.places.iter().map(|place| frame::text_width(painter, place, fonts::SMALL) + 8.0);
    let widest = widest.fold(40.0, f32::max);
    let each = plotted.place(0).width().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few places")]
    let every = (widest / each).ceil().max(1.0) as usize;
    for (idx, name) in all.places.iter().enumerate() {
        let place = plotted.place(idx);
        let points = || part.lines.iter().filter_map(|line| Some((&line.sign, line.points.get(idx)?)));
        let n = points().map(|(_, point)| point.n).max().unwrap_or_default();
        let n = grouped(usize::try_from(n).unwrap_or(usize::MAX));
        let said = points().map(|(sign, point)| said(sign, point, all.scale.as_percent)).collect::<Vec<_>>();
        let words = format!("Articles {name}: {}; n {n}", said.join(", "));
        let at = Rect::from_min_max(place.min, pos2(place.right(), top + BELOW));
        let response = ui.interact(at, ui.scope_id().with(("place", idx)), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
        tooltip::text(response, &words);
        if idx % every != 0 {
            continue;
        }
        let x = place.center().x;
        let (left, right) = (ui.max_rect().left() + 4.0, ui.max_rect().right() - 4.0);
        let line = |y: f32, text: &str, colour| {
            // The outermost would stand over the edge.
            let half = frame::text_width(painter, text, fonts::SMALL) / 2.0;
            let x = x.min(right - half).max(left + half);
            frame::text(painter, pos2(x, top + y), Align2::CENTER_CENTER, text, fonts::SMALL, colour);
        };
        if is_alone {
            let value = points().next().map_or_else(
                || "\u{2013}".to_owned(),
                |(_, point)| match point.value {
                    Ok(value) => decimal(value, 2),
                    Err(_) => "\u{2013}".to_owned(),
                },
            );
            line(8.0, &value, scene.ink());
        }
        line(26.0, name, t.weak);
        line(42.0, &format!("n {n}"), t.weak);
    }
}

fn said(sign: &Sign, point: &Estimate, as_percent: bool) -> String {
    let value = match point.value {
        Ok(value) if as_percent => format!("{} %", decimal(value * 100.0, 0)),
        Ok(value) => shown(Ok(value)),
        Err(why) => why.to_owned(),
    };
    match point.interval {
        Some(interval) => format!("{} {value}, 95 % interval {}", sign.name, span(interval)),
        None => format!("{} {value}", sign.name),
    }
}
