//! By label: whiskers on one scale, alpha of the label against the rest with its interval, specific agreement, how many answers.

use super::{Scene, ends, paragraph, shown, span, value};
use crate::analysis::agreement::marks::MARKS;
use crate::analysis::agreement::panel::OfLabel;
use crate::analysis::agreement::worked::Means;
use crate::model::ids::LabelId;
use crate::ui::fonts;
use crate::ui::numbers::{decimal, grouped};
use crate::ui::parts::whisker::{self, Scale};
use crate::ui::parts::{frame, scroll, spoken, tooltip};
use egui::{Align2, Color32, Rect, Ui, pos2};

const HEAD: f32 = 57.0;
const ROW: f32 = 36.0;
const FOOT: f32 = 47.0;
/// From the left edge to letter and name; from the right edge to the columns of numbers.
const LETTER: f32 = 24.0;
const NAME: f32 = 46.0;
const ANSWERS: f32 = 16.0;
const SPECIFIC: f32 = 78.0;
const INTERVAL: f32 = 208.0;
const ALPHA: f32 = 254.0;
/// The least and the most room for a name; the narrowest whisker that says something.
const NAMES: (f32, f32) = (106.0, 220.0);
const MOST_WIDE: f32 = 800.0;
const LEAST_WHISKER: f32 = 56.0;

pub(super) fn height(scene: &Scene<'_>) -> f32 {
    ROW.mul_add(n_rows(scene) as f32, HEAD + FOOT)
}

/// How much more room than usual the longest name wants.
pub(super) fn more(ui: &Ui, scene: &Scene<'_>) -> f32 {
    name_width(ui, scene).min(NAMES.1) - NAMES.0
}

/// How wide the longest of the first names is.
fn name_width(ui: &Ui, scene: &Scene<'_>) -> f32 {
    let names = (0..n_rows(scene).min(64)).filter_map(|place| row_of(scene, place));
    let widths = names.map(|(_, _, name, _)| frame::text_width(ui.painter(), &name, fonts::INTERFACE) + 16.0);
    widths.fold(NAMES.0, f32::max)
}

/// Where an answer can be several, first each label as it stands among others.
fn n_rows(scene: &Scene<'_>) -> usize {
    scene.figures.worked.each.len() + scene.agreement.labels().len()
}

/// A row: its letter, its name, its figures.
fn row_of<'a>(scene: &Scene<'a>, place: usize) -> Option<(String, Color32, String, &'a OfLabel)> {
    let worked = &scene.figures.worked;
    if let Some(of) = worked.each.get(place) {
        let id = LabelId::new(of.name.as_str());
        let (letter, ink) = scene.letter_of(std::slice::from_ref(&id));
        return Some((letter, ink, scene.name_of(std::slice::from_ref(&id)), of));
    }
    let label = *scene.agreement.labels().get(place - worked.each.len())?;
    let (letter, ink) = scene.letter(label);
    let name = scene.name(label);
    let name = if worked.means(label) == Means::Alone { format!("{name} alone") } else { name };
    Some((letter, ink, name, worked.panel.labels.get(usize::from(label))?))
}

pub(super) fn labels_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (rect, t) = (ui.max_rect(), scene.theme.tokens);
    // In a wide window numbers are not far from their names.
    let rect = rect.with_max_x(rect.right().min(rect.left() + MOST_WIDE));
    let labels = || scene.figures.worked.by_label().map(|(_, of)| of);
    let title = pos2(rect.left() + LETTER, rect.top() + 23.0);
    spoken::heading(ui, Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + 36.0)), "By label");
    frame::text(ui.painter(), title, Align2::LEFT_CENTER, "By label", fonts::INTERFACE_BOLD, t.strong);
    let left = rect.left() + NAME;
    let most = rect.width() - NAME - ALPHA - 16.0 - LEAST_WHISKER - 4.0;
    let name = name_width(ui, scene).min(NAMES.1).min(most.max(NAMES.0 - 16.0));
    let whiskers =
        Rect::from_min_max(pos2(left + name, rect.top()), pos2(rect.right() - ALPHA - 16.0, rect.bottom()));
    let lows = labels().filter_map(|label| Some(ends(label.alpha_interval)?.0.min(label.alpha.ok()?)));
    let scale = Scale::of(lows.chain(labels().filter_map(|label| label.alpha.ok())));
    let y = rect.top() + 46.0;
    let head = |right: f32, words: &str| {
        frame::text(
            ui.painter(),
            pos2(rect.right() - right, y),
            Align2::RIGHT_CENTER,
            words,
            fonts::SMALL,
            t.weak,
        )
    };
    head(ANSWERS, "answers");
    head(SPECIFIC, "specific");
    let at = pos2(rect.right() - ALPHA, y);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, "alpha", fonts::SMALL, t.weak);
    if whiskers.width() >= LEAST_WHISKER {
        let at = pos2(scale.x(whiskers, MARKS[1]), y);
        frame::text(ui.painter(), at, Align2::CENTER_CENTER, "0.8", fonts::SMALL, t.weak);
        if scale.low < 0.5 {
            let at = pos2(whiskers.left(), y);
            frame::text(ui.painter(), at, Align2::LEFT_CENTER, &decimal(scale.low, 1), fonts::SMALL, t.weak);
        }
    }
    let rows =
        Rect::from_min_max(pos2(rect.left(), rect.top() + HEAD), pos2(rect.right(), rect.bottom() - FOOT));
    let mut room = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("labels"));
    room.shrink_clip_rect(rows);
    room.spacing_mut().item_spacing.y = 0.0;
    let n = n_rows(scene);
    scroll::down().id_salt("labels").auto_shrink([false; 2]).show_rows(&mut room, ROW, n, |ui, places| {
        let top = ui.cursor().top();
        ui.set_height(ROW * places.len() as f32);
        for (row, place) in places.enumerate() {
            let top = ROW.mul_add(row as f32, top);
            let at = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + ROW));
            row_ui(ui, scene, place, at, (whiskers, scale));
        }
    });
    let words = if scene.figures.worked.each.is_empty() {
        "Alpha: this label against the rest. Specific: how often a second coder gives it too."
    } else {
        "Alpha: this label, alone or with others, or just this answer, against the rest. Specific: how often a second coder gives it too."
    };
    // In a narrow part it takes two lines.
    let width = rect.right() - 12.0 - title.x;
    let high = fonts::SMALL.wrapped(ui.painter(), words, t.weak, width).size().y;
    let y = (rows.top() + ROW * n as f32 + 10.0).min(rect.bottom() - 6.0 - high);
    paragraph(ui, pos2(title.x, y), width, words, fonts::SMALL, t.weak);
}

fn row_ui(ui: &Ui, scene: &Scene<'_>, place: usize, rect: Rect, (whiskers, scale): (Rect, Scale)) {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let Some((letter, letter_ink, name, of)) = row_of(scene, place) else { return };
    let y = rect.center().y - 7.0;
    let interval = ends(of.alpha_interval);
    let between = interval.map(span);
    let answers = grouped(usize::try_from(of.n).unwrap_or(usize::MAX));
    let is_absent = of.n == 0 && scene.figures.worked.panel.counts.n_pairable > 0;
    let said = match (of.alpha, &between) {
        (Ok(alpha), Some(between)) => format!(
            "{name}: alpha {}, 95 % interval {between}; specific agreement {}; {answers} answers",
            decimal(alpha, 2),
            shown(of.specific)
        ),
        (Ok(alpha), None) => format!(
            "{name}: alpha {}, no interval: {}; specific agreement {}; {answers} answers",
            decimal(alpha, 2),
            of.alpha_interval.err().map_or("", super::words::no_interval),
            shown(of.specific)
        ),
        (Err(_), _) if is_absent => {
            format!("{name}: alpha undefined, since nobody gave it where two answered")
        }
        (Err(why), _) => format!("{name}: alpha undefined, {}; {answers} answers", why.words()),
    };
    let response = spoken::text(ui, rect, &said);
    let at = pos2(rect.left() + LETTER, y);
    frame::text(painter, at, Align2::LEFT_CENTER, &letter, fonts::LETTER, letter_ink);
    let letters = frame::text_width(painter, &letter, fonts::LETTER);
    let left = rect.left() + NAME.max(LETTER + letters + 10.0);
    let cut =
        frame::text_between(painter, pos2(left, y), whiskers.left() - 8.0, &name, fonts::INTERFACE, t.strong);
    if cut || of.alpha.is_err() || interval.is_none() {
        tooltip::text(response, &said);
    }
    if whiskers.width() >= LEAST_WHISKER {
        let on = Rect::from_x_y_ranges(whiskers.x_range(), y - 7.0..=y + 7.0);
        whisker::paint(painter, on, scale, &MARKS[1..], value(of.alpha, interval), scene.inks());
    }
    let right = |x: f32, text: &str| {
        frame::text(
            painter,
            pos2(rect.right() - x, y),
            Align2::RIGHT_CENTER,
            text,
            fonts::INTERFACE,
            scene.ink(),
        );
    };
    right(ANSWERS, &answers);
    let at = pos2(rect.right() - ALPHA, y);
    match of.alpha {
        Ok(alpha) => {
            let text = decimal(alpha, 2);
            frame::text(painter, at, Align2::LEFT_CENTER, &text, fonts::INTERFACE_BOLD, scene.ink());
            let words = between.unwrap_or_else(|| "no interval".to_owned());
            let at = pos2(rect.right() - INTERVAL, y);
            frame::text(painter, at, Align2::LEFT_CENTER, &words, fonts::SMALL, t.weak);
            right(SPECIFIC, &shown(of.specific));
        }
        Err(why) => {
            frame::text(painter, at, Align2::LEFT_CENTER, "\u{2013}", fonts::INTERFACE_BOLD, t.weak);
            let at = pos2(at.x + 14.0, y);
            frame::text_between(
                painter,
                at,
                rect.right() - ANSWERS - 36.0,
                if is_absent { "never given" } else { why.short() },
                fonts::SMALL,
                t.weak,
            );
        }
    }
}
