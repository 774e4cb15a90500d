//! How much goes out and what does not, where it goes, and the button.

use super::PAPER_EDGE;
use crate::formats;
use crate::formats::datasets::preview::Preview;
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::screens::exporting::Exporting;
use crate::shell::clock;
use crate::text::message::capital;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::{frame, spoken, tooltip};
use crate::ui::screens::{at_right, fitted, part, words};
use crate::ui::theme::{self, CONTROL_HEIGHT, RADIUS, STROKE, none_colours};
use egui::{Align2, Id, Rect, Sense, Stroke, Ui, pos2, vec2};
use std::time::Duration;

/// Width of the box with the name of the file.
const BOX: f32 = 190.0;
const BOX_NARROW: f32 = 132.0;
/// How often the window looks how far an export is.
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub(super) fn foot_ui(
    ui: &mut Ui,
    (session, exporting): (&Session, &Exporting),
    rect: Rect,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let mut foot = part(ui, rect, t.chrome, "What will happen");
    let ui = &mut foot;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let inner = rect.shrink2(vec2(PAPER_EDGE, 0.0));
    let left = where_ui(ui, (session, exporting), inner, intents);
    let counts = inner.with_max_x(left - 16.0);
    match exporting.looked() {
        None => row(ui, counts, 0, "Counting\u{2026}"),
        Some(Err(_)) => row(ui, counts, 0, "Nothing can be counted"),
        Some(Ok(preview)) => counts_ui(ui, session, (exporting, preview), counts),
    }
}

/// The middle of a row of words.
fn middle(rect: Rect, idx: usize) -> f32 {
    rect.top() + [22.0, 43.0, 67.0].get(idx).copied().unwrap_or(67.0)
}

fn row(ui: &Ui, rect: Rect, idx: usize, text: &str) {
    let t = theme::of(ui).tokens;
    let kind = if idx == 0 { fonts::INTERFACE_BOLD } else { fonts::SMALL };
    words(
        ui,
        pos2(rect.left(), middle(rect, idx)),
        rect.right(),
        text,
        kind,
        if idx == 0 { t.strong } else { t.weak },
    );
}

fn counts_ui(ui: &Ui, session: &Session, (exporting, preview): (&Exporting, &Preview), rect: Rect) {
    let Some(desk) = session.desk() else { return };
    let theme = theme::of(ui);
    let t = theme.tokens;
    let counts = &preview.counts;
    let goes = format!("{} {}", counts.said(desk.project(), &preview.what), goes(counts.n_rows));
    let articles = counted(counts.n_articles, "article", "articles");
    let of = if preview.n_all > counts.n_rows {
        format!("of {} in {articles}", grouped(preview.n_all))
    } else {
        format!("of {articles}")
    };
    let of = if exporting.is_counting() { "counting\u{2026}".to_owned() } else { of };
    let at = pos2(rect.left(), middle(rect, 0));
    let line = Rect::from_min_max(pos2(at.x, at.y - 10.0), pos2(rect.right(), at.y + 10.0));
    spoken::text(ui, line, &format!("{goes} {of}"));
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &goes, fonts::INTERFACE_BOLD, t.strong);
    fitted(ui, drawn.right_center() + vec2(5.0, 0.0), rect.right(), &of, fonts::INTERFACE, t.normal);
    let marks = Marks::of(desk.project().scheme(), &theme);
    let labels = desk.project().scheme().labels.iter().zip(&counts.labels).enumerate();
    let mut parts: Vec<(String, egui::Color32, String, String)> = labels
        .filter(|(_, (label, n))| **n > 0 || !label.retired)
        .map(|(idx, (label, n))| {
            let colour = marks.at(idx).map_or(t.strong, |mark| mark.colours.ink);
            (label.letter.clone(), colour, grouped(*n), label.name.clone())
        })
        .collect();
    let none = none_colours(theme.dark).ink;
    parts.push(("\u{2013}".to_owned(), none, grouped(counts.none), "none of these".to_owned()));
    if counts.open > 0 {
        parts.push((
            String::new(),
            none,
            format!("{} unanswered", grouped(counts.open)),
            "without an answer".to_owned(),
        ));
    }
    let said: Vec<_> = parts.iter().map(|(.., n, name)| format!("{name} {n}")).collect();
    let said = said.join(", ");
    let line = Rect::from_min_max(
        pos2(rect.left(), middle(rect, 1) - 9.0),
        pos2(rect.right(), middle(rect, 1) + 9.0),
    );
    let response = spoken::text(ui, line, &said);
    tooltip::text(response, &said);
    let mut x = rect.left();
    for (letter, colour, n, _) in &parts {
        let room = frame::text_width(ui.painter(), letter, fonts::SMALL_BOLD)
            + frame::text_width(ui.painter(), n, fonts::SMALL)
            + 4.0;
        if x + room > rect.right() - 12.0 {
            frame::text(
                ui.painter(),
                pos2(x, line.center().y),
                Align2::LEFT_CENTER,
                "\u{2026}",
                fonts::SMALL,
                t.weak,
            );
            break;
        }
        let letter = frame::text(
            ui.painter(),
            pos2(x, line.center().y),
            Align2::LEFT_CENTER,
            letter,
            fonts::SMALL_BOLD,
            *colour,
        );
        let at = pos2(letter.right() + 3.0, line.center().y);
        x = frame::text(ui.painter(), at, Align2::LEFT_CENTER, n, fonts::SMALL, t.normal).right() + 14.0;
    }
    let left = counts.left_out();
    let not_held = counts.not_held(exporting.format());
    let mut said = vec![];
    for (head, these) in [("Left out", left), ("No place for", not_held)] {
        if !these.is_empty() {
            said.push(format!("{head}: {}", these.join(", ")));
        }
    }
    if counts.left.gone > 0 {
        said.push(format!(
            "{} whose sentence is no longer there",
            counted(counts.left.gone, "answer", "answers")
        ));
    }
    let said =
        if said.is_empty() { "Nothing is left out.".to_owned() } else { format!("{}.", said.join(". ")) };
    words(ui, pos2(rect.left(), middle(rect, 2)), rect.right(), &said, fonts::SMALL, t.weak);
}

fn goes(n: usize) -> &'static str {
    if n == 1 { "goes out" } else { "go out" }
}

/// The name, *Change…* and the button; gives the left edge.
fn where_ui(
    ui: &Ui,
    (session, exporting): (&Session, &Exporting),
    rect: Rect,
    intents: &mut Vec<Intent>,
) -> f32 {
    let t = theme::of(ui).tokens;
    let bar = Rect::from_min_max(pos2(rect.left(), rect.top() + 15.0), pos2(rect.right(), rect.top() + 51.0));
    let last = session.last_export();
    let is_again = last.is_some_and(|last| {
        Some(last.to.as_path()) == exporting.to() && last.format == exporting.format().id
    });
    let under_way = session.export_under_way();
    let refusal = exporting.refusal();
    let button = match under_way {
        Some(_) => Button::new("Stop").key("X"),
        None if is_again => Button::new("Export again").primary().key("Ctrl E").disabled(refusal.as_deref()),
        None => Button::new("Export").primary().key("Ctrl E").disabled(refusal.as_deref()),
    };
    let width = button.natural_width(ui.painter());
    let at = at_right(bar, rect.right(), width);
    let command = if under_way.is_some() { "export-stop" } else { "export" };
    if button.show_at(ui, at, Id::unique(("export button", command))).clicked() {
        intents.push(Intent::Run(command));
    }
    let room = if rect.width() < 640.0 { BOX_NARROW } else { BOX };
    let place = Rect::from_min_size(pos2(at.left() - 12.0 - room, at.top()), vec2(room, CONTROL_HEIGHT));
    frame::card(ui.painter(), place, RADIUS, t.surface, Stroke::new(STROKE, t.control));
    let change = "Change\u{2026}";
    let link = button::link_width(ui.painter(), change, None);
    let link = Rect::from_min_max(
        pos2(place.right() - 10.0 - link, place.top()),
        place.right_bottom() - vec2(10.0, 0.0),
    );
    if button::link_at(ui, link, Id::unique("export where"), change, None).clicked() {
        intents.push(Intent::Run("export-where"));
    }
    let (name, whole) = exporting.to().map_or_else(
        || ("not chosen".to_owned(), "Where it goes is asked for when it is exported".to_owned()),
        |to| (shown_name(to), to.display().to_string()),
    );
    let folder = if exporting.format().is_folder() && exporting.to().is_some() { "/" } else { "" };
    let at = pos2(place.left() + 10.0, place.center().y);
    frame::text_between(
        ui.painter(),
        at,
        link.left() - 8.0,
        &format!("{name}{folder}"),
        fonts::INTERFACE,
        t.strong,
    );
    let name_at = place.with_max_x(link.left() - 4.0);
    let response = ui.interact(name_at, Id::unique("export name"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("To {whole}")));
    tooltip::text(response, &whole);
    let says = match under_way {
        Some(watch) => {
            ui.ctx().request_repaint_after(LOOK_EVERY);
            let says = watch.says();
            if says.is_empty() { "Writing\u{2026}".to_owned() } else { says }
        }
        None => below(session, exporting, refusal),
    };
    let left = place.left();
    let width = frame::text_width(ui.painter(), &says, fonts::SMALL).min(rect.right() - left);
    let at = pos2(rect.right() - width, middle(rect, 2));
    words(ui, at, rect.right() + 1.0, &says, fonts::SMALL, t.weak);
    left
}

/// What there is to know before the button is pressed.
fn below(session: &Session, exporting: &Exporting, refusal: Option<String>) -> String {
    if let Some(why) = refusal {
        return format!("{}.", capital(&why));
    }
    if let Some(other) = other_ending(exporting) {
        return other;
    }
    match session.last_export() {
        Some(last) => {
            let day = clock::day(last.at, session.now().at.0);
            format!("Last time {day}, {}.", last.said)
        }
        None => String::new(),
    }
}

/// The name ends as those of another format do.
fn other_ending(exporting: &Exporting) -> Option<String> {
    let (name, format) = (shown_name(exporting.to()?), exporting.format());
    if format.is_folder()
        || format.extensions.iter().any(|own| name.to_lowercase().ends_with(&format!(".{own}")))
    {
        return None;
    }
    let other = formats::written_by_name(&name)?;
    Some(format!("The name is one of {}; what is in it will be {}.", other.name, format.name))
}
