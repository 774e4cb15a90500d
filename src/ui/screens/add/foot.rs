//! What was announced and found, what is left out and why, and the button; above it the lines that repeat.

use super::{EDGE, look, right_of};
use crate::formats::articles::batch::taking::Taking;
use crate::formats::articles::dated::Order;
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::screens::adding::{AddLook, Adding};
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::Button;
use crate::ui::parts::{checkbox, frame};
use crate::ui::screens::{fitted, part, words};
use crate::ui::theme::{self, STROKE};
use egui::{Align2, Id, Rect, Stroke, Ui, UiBuilder, pos2, vec2};
use std::collections::BTreeMap;
use std::path::Path;

/// Kinds of reasons that the foot lists.
const MOST_REASONS: usize = 3;

pub(super) fn repeats_ui(ui: &mut Ui, adding: &Adding, rect: Rect, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let inner = rect.shrink2(vec2(EDGE, 12.0));
    if adding.batch().asks_order {
        let says = "Dates such as 03/04/2025 begin with";
        words(ui, inner.left_center(), inner.right() - 200.0, says, fonts::INTERFACE, t.normal);
        let buttons = [("The day", Order::DayFirst), ("The month", Order::MonthFirst)];
        let mut right = inner.right();
        for (name, order) in buttons.into_iter().rev() {
            let button = Button::new(name);
            let at = right_of(inner, right, button.natural_width(ui.painter()));
            if button.show_at(ui, at, Id::unique(("date order", name))).clicked() {
                intents.push(look(AddLook::DateOrder(order)));
            }
            right = at.left() - 8.0;
        }
        return;
    }
    let repeated = &adding.batch().repeated;
    let mut box_ui = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("cut"));
    let cuts = adding.choices().cuts;
    if checkbox::show_in_bar(&mut box_ui, cuts, "Cut lines that repeat").clicked() {
        intents.push(look(AddLook::Cut(!cuts)));
    }
    let most = repeated.first().map_or(0, |repeated| repeated.n);
    let says = format!(
        "{} in up to {} of {}",
        counted(repeated.len(), "line", "lines"),
        grouped(most),
        counted(adding.batch().rows.len(), "article", "articles")
    );
    let width = frame::text_width(ui.painter(), &says, fonts::SMALL);
    let at = pos2((inner.right() - width).max(inner.left() + 180.0), inner.center().y);
    words(ui, at, inner.right(), &says, fonts::SMALL, t.weak);
}

pub(super) fn foot_ui(
    ui: &mut Ui,
    (session, adding): (&Session, &Adding),
    rect: Rect,
    side: f32,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let mut foot = part(ui, rect, t.chrome, "What will happen");
    let ui = &mut foot;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let split = rect.right() - side;
    let taking = adding.taking();
    let middle = rect.left() + ((split - rect.left()) * 0.37).max(190.0);
    account_ui(ui, adding, taking, rect.with_max_x(middle - 12.0));
    ui.painter().vline(middle, rect.shrink2(vec2(0.0, 14.0)).y_range(), Stroke::new(STROKE, t.border));
    left_ui(ui, taking, Rect::from_min_max(pos2(middle, rect.top()), pos2(split - 12.0, rect.bottom())));
    button_ui(ui, (session, adding), rect.with_min_x(split), intents);
}

/// What was announced, and what was found.
fn account_ui(ui: &Ui, adding: &Adding, taking: &Taking, rect: Rect) {
    let t = theme::of(ui).tokens;
    let announced: Vec<_> = taking.files.iter().filter(|file| file.announced.is_some()).collect();
    let n_announced: usize = announced.iter().filter_map(|file| file.announced).sum();
    let n_found: usize = taking.files.iter().map(|file| file.found).sum();
    let differs = announced.iter().any(|file| file.announced != Some(file.found));
    let head = if announced.is_empty() {
        format!("{} found", grouped(n_found))
    } else {
        let found: usize = announced.iter().map(|file| file.found).sum();
        format!("Announced {}, found {}", grouped(n_announced), grouped(found))
    };
    let at = |line: f32| pos2(rect.left() + EDGE, rect.top() + 22.0 + line);
    let ink = if differs { t.error } else { t.strong };
    words(ui, at(0.0), rect.right(), &head, fonts::INTERFACE_BOLD, ink);
    let files: Vec<String> = taking
        .files
        .iter()
        .map(|file| {
            let name = shown_name(Path::new(&file.name));
            match file.announced {
                Some(n) => format!("{name} {} of {}", grouped(file.found), grouped(n)),
                None => format!("{name} {}", grouped(file.found)),
            }
        })
        .collect();
    fitted(ui, at(22.0), rect.right(), &files.join(", "), fonts::SMALL, t.weak);
    let refused = adding.coming().refused.len();
    if refused > 0 {
        let why = adding.coming().refused.iter().map(|why| crate::session::notice::in_window(why));
        let says = format!(
            "{} not be read: {}",
            counted(refused, "file could", "files could"),
            why.collect::<Vec<_>>().join("; ")
        );
        fitted(ui, at(40.0), rect.right(), &says, fonts::SMALL, t.error);
    }
    let tables = taking.files.iter().filter(|file| !file.columns.is_empty());
    let columns: Vec<String> = tables.map(|file| format!("Columns: {}", file.columns_said())).collect();
    if refused == 0 && !columns.is_empty() {
        fitted(ui, at(58.0), rect.right(), &columns.join("; "), fonts::SMALL, t.weak);
    }
    let n_warnings: usize = taking.files.iter().map(|file| file.warnings.len()).sum();
    let notes = adding.coming().notes.iter().cloned();
    let all: Vec<String> =
        taking.files.iter().flat_map(|file| file.warnings.iter().cloned()).chain(notes).collect();
    if n_warnings > 0 || !all.is_empty() {
        fitted(
            ui,
            at(if refused > 0 { 58.0 } else { 40.0 }),
            rect.right(),
            &all.join("; "),
            fonts::SMALL,
            t.warning,
        );
    }
}

/// What stays out, by its reason.
fn left_ui(ui: &Ui, taking: &Taking, rect: Rect) {
    let t = theme::of(ui).tokens;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for left in &taking.left {
        // Whom a text is near to is said in its row.
        let why =
            if left.why.starts_with("near-identical") { "near-identical to another" } else { &left.why };
        *reasons.entry(why).or_default() += 1;
    }
    let at = |line: f32| pos2(rect.left() + EDGE, rect.top() + 22.0 + line);
    let n = taking.left.len();
    let head = match n {
        0 => "Nothing is left out".to_owned(),
        1 => "1 is left out".to_owned(),
        n => format!("{} are left out", grouped(n)),
    };
    words(ui, at(0.0), rect.right(), &head, fonts::INTERFACE_BOLD, t.strong);
    let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    for (line, (why, n)) in reasons.iter().take(MOST_REASONS).enumerate() {
        let at = at(20.0 + 18.0 * line as f32);
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, &grouped(*n), fonts::SMALL, t.strong);
        let more = reasons.len() - MOST_REASONS.min(reasons.len());
        let last = line + 1 == MOST_REASONS && more > 0;
        let says = if last { format!("{why}, and {more} more reasons") } else { (*why).to_owned() };
        words(ui, at + vec2(24.0, 0.0), rect.right(), &says, fonts::SMALL, t.weak);
    }
}

fn button_ui(ui: &Ui, (session, adding): (&Session, &Adding), rect: Rect, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let (n, n_doubtful) = adding.n_ticked();
    let label = format!("Import {}", counted(n, "article", "articles"));
    let closed = session.desk().and_then(|desk| desk.closed_for_writing()).map(str::to_owned);
    let refusal = closed.or_else(|| adding.refusal());
    let n_sentences: usize = adding
        .batch()
        .rows
        .iter()
        .filter(|row| adding.ticked(row) == Some(true))
        .map(|row| row.article.n_sentences())
        .sum();
    let left = rect.left() + EDGE;
    let says = if adding.is_counting() {
        "Counting\u{2026}".to_owned()
    } else {
        format!(
            "{}, {} come in, one undo",
            counted(n, "article", "articles"),
            counted(n_sentences, "sentence", "sentences")
        )
    };
    words(ui, pos2(left, rect.top() + 18.0), rect.right() - EDGE, &says, fonts::SMALL, t.weak);
    let bar = Rect::from_min_max(pos2(left, rect.top() + 32.0), pos2(rect.right() - EDGE, rect.top() + 66.0));
    let button = Button::new(&label).primary().key("Ctrl Enter").disabled(refusal.as_deref());
    if button.show_at(ui, bar, Id::unique("import articles")).clicked() {
        intents.push(Intent::Run("add-take"));
    }
    let below = match (&refusal, n_doubtful) {
        (Some(why), _) => format!("{}.", crate::ui::screens::capital(why)),
        (None, 0) => String::new(),
        (None, 1) => "1 of them is doubtful.".to_owned(),
        (None, n) => format!("{} of them are doubtful.", grouped(n)),
    };
    words(ui, pos2(left, rect.top() + 82.0), rect.right() - EDGE, &below, fonts::SMALL, t.weak);
}
