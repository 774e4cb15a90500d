//! The figure with its interval, judged by the lower end; what it is made of; the rule for missing answers; what is counted.

use super::words;
use super::{EDGE, Scene, ends, line, more, paragraph, push, shown, span, value};
use crate::analysis::agreement::marks::{self, MARKS};
use crate::analysis::agreement::of_project::{Missing, Rule};
use crate::analysis::agreement::panel::Alpha;
use crate::session::intent::Intent;
use crate::session::review::agreement::{AgreementLook, Lens};
use crate::ui::fonts;
use crate::ui::numbers::{decimal, grouped};
use crate::ui::parts::whisker::{self, Scale};
use crate::ui::parts::{checkbox, frame, menu, spoken, tabs};
use crate::ui::theme::STROKE;
use egui::{Align2, Pos2, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

/// Draws the column, as wide as it is; it is as high as it must be.
pub(super) fn headline_ui(ui: &mut Ui, scene: &Scene<'_>, width: f32, intents: &mut Vec<Intent>) {
    let corner = ui.cursor().min;
    let (left, right) = (corner.x + EDGE, corner.x + width - EDGE);
    let inside = Inside { left, right };
    let y = figure_ui(ui, scene, inside, corner.y, intents);
    let y = parts_ui(ui, scene, inside, y + 24.0);
    let y = percent_ui(ui, scene, inside, y + 12.0);
    let y = if scene.agreement.lens().more { more::more_ui(ui, scene, inside, y + 20.0, intents) } else { y };
    let y = rule_ui(ui, scene, inside, y + 16.0, intents);
    let y = counted_ui(ui, scene, inside, y + 16.0, intents);
    ui.allocate_rect(Rect::from_min_max(corner, pos2(corner.x + width, y + EDGE)), egui::Sense::hover());
}

/// The edges of what stands in the column.
#[derive(Clone, Copy)]
pub(super) struct Inside {
    pub left: f32,
    pub right: f32,
}

impl Inside {
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    /// A line over the whole column.
    fn rule(self, ui: &Ui, scene: &Scene<'_>, y: f32) {
        let stroke = Stroke::new(STROKE, scene.theme.tokens.border);
        ui.painter().hline(self.left - EDGE..=self.right + EDGE, y, stroke);
    }

    fn at(self, y: f32) -> Pos2 {
        pos2(self.left, y)
    }
}

fn figure_ui(ui: &mut Ui, scene: &Scene<'_>, inside: Inside, top: f32, intents: &mut Vec<Intent>) -> f32 {
    let t = scene.theme.tokens;
    let panel = &scene.figures.worked.panel;
    let alpha = panel.whole_alpha();
    let kind = fonts::INTERFACE_BOLD;
    let name = "Krippendorff\u{2019}s alpha";
    let head = frame::text(ui.painter(), inside.at(top + 23.0), Align2::LEFT_CENTER, name, kind, t.strong);
    let words = if scene.agreement.lens().more { "Fewer figures" } else { "More figures" };
    let wide = frame::text_width(ui.painter(), words, fonts::SMALL) + 13.0;
    let more = Rect::from_min_max(pos2(inside.right - wide, top + 11.0), pos2(inside.right, top + 35.0));
    let mut room = ui.new_child(UiBuilder::new().max_rect(more).id_salt("more"));
    if menu::quiet_choice(&mut room, "Other coefficients", words).clicked() {
        intents.push(Intent::Run("agreement-more"));
    }
    let at = head.right_center() + vec2(8.0, 0.0);
    if at.x + frame::text_width(ui.painter(), "nominal", fonts::INTERFACE) < more.left() - 8.0 {
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "nominal", fonts::INTERFACE, t.weak);
    }
    let figure = shown(alpha.value);
    let at = inside.at(top + 60.0);
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &figure, fonts::FIGURE, scene.ink());
    let beside = match (scene.agreement.is_counting(), ends(alpha.interval)) {
        (true, _) => "counting\u{2026}".to_owned(),
        (false, Some(interval)) => span(interval),
        (false, None) => String::new(),
    };
    let at = pos2(drawn.right() + 12.0, top + 64.0);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, &beside, fonts::INTERFACE, scene.ink());
    let said = match (alpha.value, ends(alpha.interval)) {
        (Ok(value), Some(interval)) => {
            format!("Krippendorff\u{2019}s alpha {}, 95 % interval {}", decimal(value, 2), span(interval))
        }
        (Ok(value), None) => format!("Krippendorff\u{2019}s alpha {}, no interval", decimal(value, 2)),
        (Err(why), _) => format!("Krippendorff\u{2019}s alpha is undefined: {}", why.words()),
    };
    let place = Rect::from_min_max(inside.at(top + 42.0), pos2(inside.right, top + 78.0));
    spoken::announce(ui, place, "alpha", &said);
    let mut y = paragraph(
        ui,
        inside.at(top + 77.0),
        inside.width(),
        &words::method(&alpha, panel),
        fonts::SMALL,
        t.weak,
    );
    let Ok(_) = alpha.value else { return y };
    let on = Rect::from_min_max(inside.at(y + 16.0), pos2(inside.right, y + 34.0));
    let lows = ends(alpha.interval).map(|(low, _)| low).into_iter().chain(alpha.value);
    let scale = Scale::of(lows);
    whisker::paint(ui.painter(), on, scale, &MARKS, value(alpha.value, ends(alpha.interval)), scene.inks());
    let ticks = [(scale.low, decimal(scale.low, 1)), (MARKS[0], "0.667".into()), (MARKS[1], "0.8".into())];
    y = on.bottom() + 10.0;
    // On a long scale the two marks are too near each other for both numbers.
    let is_near = scale.x(on, MARKS[1]) - scale.x(on, MARKS[0]) < 40.0;
    let ticks = ticks.iter().filter(|(_, words)| !is_near || words != "0.667");
    for (value, words) in ticks.chain(&[(1.0, "1".to_owned())]) {
        let anchor = match () {
            () if *value <= scale.low => Align2::LEFT_CENTER,
            () if *value >= 1.0 => Align2::RIGHT_CENTER,
            () => Align2::CENTER_CENTER,
        };
        frame::text(ui.painter(), pos2(scale.x(on, *value), y), anchor, words, fonts::SMALL, t.weak);
    }
    // No verdict without an interval.
    let Ok(interval) = alpha.interval else { return y + 8.0 };
    let judged = format!("{} ({}).", marks::judged(interval.low), marks::SOURCE);
    paragraph(ui, inside.at(y + 14.0), inside.width(), &judged, fonts::LIST_TITLE, t.normal)
}

/// Detection and type.
fn parts_ui(ui: &Ui, scene: &Scene<'_>, inside: Inside, top: f32) -> f32 {
    let t = scene.theme.tokens;
    let panel = &scene.figures.worked.panel;
    let parts =
        [("Detection", "label or none", panel.alpha_detection), ("Type", "which label", panel.alpha_type)];
    let parts: Vec<(&str, &str, Alpha)> =
        parts.into_iter().filter_map(|(name, of, alpha)| Some((name, of, alpha?))).collect();
    if parts.is_empty() {
        return top - 24.0;
    }
    line(ui, inside.at(top + 8.0), inside.right, "Where it comes from", fonts::SMALL, t.weak);
    let lows = parts.iter().filter_map(|(.., alpha)| ends(alpha.interval)).map(|(low, _)| low);
    let scale = Scale::of(lows.chain(parts.iter().filter_map(|(.., alpha)| alpha.value.ok())));
    let mut y = top + 24.0;
    for (name, of, alpha) in parts {
        part_ui(ui, scene, (name, of, &alpha), (inside, y), scale);
        y += 44.0;
    }
    y
}

fn part_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    (name, of, alpha): (&str, &str, &Alpha),
    (inside, top): (Inside, f32),
    scale: Scale,
) {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let interval = ends(alpha.interval);
    let n = grouped(usize::try_from(alpha.n).unwrap_or(usize::MAX));
    let said = match (alpha.value, interval) {
        (Ok(value), Some(interval)) => {
            format!("{name}, {of}: alpha {}, 95 % interval {}, n {n}", decimal(value, 2), span(interval))
        }
        (Ok(value), None) => format!("{name}, {of}: alpha {}, no interval, n {n}", decimal(value, 2)),
        (Err(why), _) => format!("{name}, {of}: undefined, {}; n {n}", why.words()),
    };
    spoken::text(ui, Rect::from_min_max(inside.at(top), pos2(inside.right, top + 38.0)), &said);
    let (first, second) = (top + 10.0, top + 28.0);
    frame::text(painter, inside.at(first), Align2::LEFT_CENTER, name, fonts::INTERFACE, t.strong);
    frame::text(painter, inside.at(second), Align2::LEFT_CENTER, of, fonts::SMALL, t.weak);
    let middle = inside.left + 116.0;
    let at = pos2(middle, second);
    frame::text(painter, at, Align2::LEFT_CENTER, &format!("n {n}"), fonts::SMALL, t.weak);
    let right = |y: f32, text: &str, kind: fonts::Type, colour| {
        frame::text(painter, pos2(inside.right, y), Align2::RIGHT_CENTER, text, kind, colour);
    };
    match alpha.value {
        Ok(_) => {
            let on = Rect::from_min_max(pos2(middle, first - 6.0), pos2(middle + 92.0, first + 6.0));
            whisker::paint(painter, on, scale, &MARKS[1..], value(alpha.value, interval), scene.inks());
            right(first, &shown(alpha.value), fonts::INTERFACE_BOLD, scene.ink());
            right(second, &interval.map_or_else(|| "no interval".to_owned(), span), fonts::SMALL, t.weak);
        }
        Err(why) => {
            right(first, "\u{2013}", fonts::INTERFACE_BOLD, t.weak);
            right(second, why.short(), fonts::SMALL, t.weak);
        }
    }
}

fn percent_ui(ui: &Ui, scene: &Scene<'_>, inside: Inside, top: f32) -> f32 {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let panel = &scene.figures.worked.panel;
    let percent = panel.percent.map(|share| format!("{} %", decimal(share * 100.0, 1)));
    let figure = percent.unwrap_or_else(|_| "\u{2013}".to_owned());
    let mean = words::percent(panel);
    let said = format!("Percent agreement {figure}: {mean}");
    spoken::text(ui, Rect::from_min_max(inside.at(top), pos2(inside.right, top + 36.0)), &said);
    let at = inside.at(top + 10.0);
    frame::text(painter, at, Align2::LEFT_CENTER, "Percent agreement", fonts::INTERFACE, t.strong);
    let at = pos2(inside.right, top + 10.0);
    frame::text(painter, at, Align2::RIGHT_CENTER, &figure, fonts::INTERFACE_BOLD, scene.ink());
    let rows = fonts::SMALL.wrapped(painter, &mean, t.weak, inside.width());
    let height = rows.size().y;
    painter.galley(inside.at(top + 20.0), rows, t.weak);
    top + 20.0 + height
}

/// What a sentence without an answer is, and what the other rule comes to.
fn rule_ui(ui: &mut Ui, scene: &Scene<'_>, inside: Inside, top: f32, intents: &mut Vec<Intent>) -> f32 {
    let t = scene.theme.tokens;
    inside.rule(ui, scene, top);
    let name = "A sentence without an answer is";
    line(ui, inside.at(top + 21.0), inside.right, name, fonts::SMALL, t.weak);
    let lens = scene.agreement.lens();
    let segments = Rect::from_min_max(inside.at(top + 38.0), pos2(inside.right, top + 68.0));
    let mut room = ui.new_child(UiBuilder::new().max_rect(segments).id_salt("rule"));
    room.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let current = usize::from(lens.rule.missing == Missing::NoneIfDone);
    let names = ["missing", "none, if article done"];
    let clicked = tabs::choices(&mut room, &names, current, inside.width());
    if clicked.is_some_and(|clicked| clicked != current) {
        intents.push(Intent::Run("agreement-rule"));
    }
    let other = &scene.figures.worked.other;
    let y = paragraph(
        ui,
        inside.at(top + 76.0),
        inside.width(),
        &words::other_rule(other),
        fonts::LIST_TITLE,
        t.normal,
    );
    let why = words::passed(other, scene.agreement.columns());
    if why.is_empty() {
        return y;
    }
    paragraph(ui, inside.at(y + 2.0), inside.width(), &why, fonts::SMALL, t.weak)
}

/// How many sentences by how many coders, and what is in the answers that one has to know, each with a switch.
fn counted_ui(ui: &mut Ui, scene: &Scene<'_>, inside: Inside, top: f32, intents: &mut Vec<Intent>) -> f32 {
    let t = scene.theme.tokens;
    let worked = &scene.figures.worked;
    inside.rule(ui, scene, top);
    let mut y = top + 10.0;
    for (name, number) in words::sums(&worked.panel.counts) {
        let place = Rect::from_min_max(inside.at(y), pos2(inside.right, y + 24.0));
        spoken::text(ui, place, &format!("{name}: {number}"));
        let middle = y + 12.0;
        frame::text(ui.painter(), inside.at(middle), Align2::LEFT_CENTER, &name, fonts::INTERFACE, t.strong);
        let at = pos2(inside.right, middle);
        frame::text(ui.painter(), at, Align2::RIGHT_CENTER, &number, fonts::INTERFACE, t.strong);
        y += 24.0;
    }
    let lens = scene.agreement.lens();
    let rule = lens.rule;
    let scheme = scene.desk.project().scheme();
    let said = &worked.said;
    let switches = [
        (words::unfinished(said), rule.finished_only, Rule { finished_only: !rule.finished_only, ..rule }),
        (words::retired(said, scheme), rule.no_retired, Rule { no_retired: !rule.no_retired, ..rule }),
        (
            words::older(said),
            rule.this_version_only,
            Rule { this_version_only: !rule.this_version_only, ..rule },
        ),
        (words::aside(said), !rule.with_aside, Rule { with_aside: !rule.with_aside, ..rule }),
    ];
    let switches: Vec<_> =
        switches.into_iter().filter_map(|(words, left_out, to)| Some((words?, left_out, to))).collect();
    if !switches.is_empty() {
        line(ui, inside.at(y + 16.0), inside.right, "Counted too", fonts::SMALL, t.weak);
        y += 26.0;
    }
    for (nth, (words, left_out, rule)) in switches.into_iter().enumerate() {
        let at = Rect::from_min_max(inside.at(y), pos2(inside.right, y + 28.0));
        let mut room = ui.new_child(UiBuilder::new().max_rect(at).id_salt(("counted", nth)));
        room.shrink_clip_rect(at.expand(4.0));
        let response = checkbox::show_in_bar(&mut room, !left_out, &words);
        if response.clicked() {
            push(intents, AgreementLook::Lens(Lens { rule, ..lens.clone() }));
        }
        crate::ui::parts::tooltip::text(response, &words);
        y += 28.0;
    }
    for words in words::besides(worked) {
        y = paragraph(ui, inside.at(y + 6.0), inside.width(), &words, fonts::SMALL, t.weak);
    }
    y
}
