//! One conflict: its sentence between its neighbours, what each side says, and all conflicts in a list.

use super::DECIDED_WIDTH;
use super::words::{self, Side};
use crate::analysis::merge::deciding;
use crate::model::coder::Coder;
use crate::model::conflict::{Conflict, Value, What};
use crate::model::ids::{CoderId, LabelId, Stamp};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::screens::merging::{MergeLook, Merging};
use crate::shell::clock;
use crate::ui::marks::Marks;
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{chip, frame, scroll, spoken};
use crate::ui::theme::{self, RADIUS, STROKE, STROKE_CURRENT};
use crate::ui::{fonts, screens};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

const INNER: f32 = 24.0;
const CARD_GAP: f32 = 12.0;
const LEAST_CARD: f32 = 206.0;
const LEAST_CARD_LOW: f32 = 150.0;
const ROW: f32 = 38.0;
/// Below this height there is no room for a sentence's neighbours.
const LOW: f32 = 560.0;
const LOWEST: f32 = 460.0;

/// The conflict in hand, above the list of all.
pub fn middle_ui(ui: &mut Ui, (session, merging): (&Session, &Merging), intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let place = ui.max_rect();
    let (Some(planned), Some(conflict)) = (merging.planned(), merging.conflict()) else { return };
    // In a low window the two cards come first: fewer rows, and the sentence alone.
    let low = place.height() < LOW;
    let (least, most) = if place.height() < LOWEST { (1, 1) } else { (2, if low { 2 } else { 5 }) };
    let n_rows = merging.conflicts().len().clamp(least, most) as f32;
    let list_height = ROW.mul_add(n_rows, 44.0).min(place.height() * 0.42);
    let split = place.bottom() - list_height;
    let above = place.with_max_y(split);
    // The bar stands beside the cards, not on them.
    let room = above.shrink2(vec2(INNER, 14.0)).with_max_x(above.right() - 2.0);
    let mut part = ui.new_child(egui::UiBuilder::new().max_rect(room).id_salt("one"));
    part.shrink_clip_rect(above);
    scroll::down().id_salt(("conflict", merging.at)).auto_shrink(false).show(&mut part, |ui| {
        ui.set_max_width(above.width() - 2.0 * INNER);
        head_ui(ui, merging, conflict, &planned.merged.project);
        sentence_ui(ui, conflict, &planned.merged.project, low);
        cards_ui(ui, (session, merging), conflict, if low { LEAST_CARD_LOW } else { LEAST_CARD }, intents);
        under_ui(ui, conflict, &planned.merged.project, intents);
    });
    ui.painter().hline(place.x_range(), split, Stroke::new(STROKE, t.border));
    list_ui(ui, merging, place.with_min_y(split), intents);
}

fn head_ui(ui: &mut Ui, merging: &Merging, conflict: &Conflict, project: &Project) {
    let t = theme::of(ui).tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let before = match &conflict.base {
        None if merging.copy().is_some_and(|copy| copy.base.is_none()) => "Before: not known".to_owned(),
        base => {
            let side = words::side(conflict, base.as_ref(), project);
            // What a person wrote stands as it was written.
            let is_written = base.is_some() && !side.is_answer;
            let said = if is_written { side.words } else { words::named(&side, project) };
            format!("Before: {said}")
        }
    };
    let width = frame::text_width(ui.painter(), &before, fonts::SMALL).min(rect.width() * 0.4);
    let number = format!("Conflict {}", merging.at + 1);
    spoken::heading(ui, rect, &number);
    let drawn = frame::text(
        ui.painter(),
        rect.left_center(),
        Align2::LEFT_CENTER,
        &number,
        fonts::INTERFACE_BOLD,
        t.strong,
    );
    let place = words::place(conflict, project).map(|title| format!(", {title}")).unwrap_or_default();
    let about = format!("{}{place}", words::subject(conflict, project));
    let at = drawn.right_center() + vec2(9.0, 0.0);
    screens::words(ui, at, rect.right() - width - 16.0, &about, fonts::INTERFACE, t.weak);
    let at = pos2(rect.right() - width, rect.center().y);
    screens::words(ui, at, rect.right() + 1.0, &before, fonts::SMALL, t.weak);
    ui.add_space(10.0);
}

/// The sentence with the one before and the one after it; of the whole article its beginning.
fn sentence_ui(ui: &mut Ui, conflict: &Conflict, project: &Project, alone: bool) {
    let t = theme::of(ui).tokens;
    let Some(article) = conflict.article.as_ref().and_then(|id| project.article(id)) else { return };
    let here = conflict.sentence.and_then(|span| article.idx_of(span));
    let shown = match here {
        Some(idx) if alone => idx..idx + 1,
        Some(idx) => idx.saturating_sub(1)..(idx + 2).min(article.n_sentences()),
        None => 0..article.n_sentences().min(2),
    };
    for idx in shown {
        let Some(sentence) = article.sentences().get(idx) else { continue };
        let text = article.words_of(sentence);
        let is_here = here == Some(idx);
        let colour = if is_here { t.read } else { t.weak };
        let galley = fonts::READING_REVIEW.wrapped(ui.painter(), text, colour, ui.available_width() - 8.0);
        let size = vec2(ui.available_width(), galley.size().y + 4.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        if is_here {
            let wide = Rect::from_min_size(rect.min + vec2(-5.0, 1.0), galley.size() + vec2(10.0, 2.0));
            ui.painter().rect_filled(wide, RADIUS, t.current_unlabelled);
            ui.painter().rect_stroke(wide, RADIUS, Stroke::new(STROKE_CURRENT, t.strong), StrokeKind::Inside);
        }
        ui.painter().galley(rect.min + vec2(0.0, 2.0), galley, colour);
    }
    ui.add_space(12.0);
}

/// Two cards alike: neither is the default.
fn cards_ui(
    ui: &mut Ui,
    (session, merging): (&Session, &Merging),
    conflict: &Conflict,
    least: f32,
    intents: &mut Vec<Intent>,
) {
    let Some(planned) = merging.planned() else { return };
    let project = &planned.merged.project;
    let now = session.now().at.0;
    let decided = merging.side(conflict);
    let mine = deciding::mine(project, conflict);
    let sides = [
        ("Mine", mine.as_ref(), "Keep mine", "M", "merge-mine", deciding::Side::Ours),
        ("Theirs", conflict.theirs.as_ref(), "Take theirs", "T", "merge-theirs", deciding::Side::Theirs),
    ];
    let width = (ui.available_width() - CARD_GAP) / 2.0;
    let shown = words::apart(
        words::side(conflict, mine.as_ref(), project),
        words::side(conflict, conflict.theirs.as_ref(), project),
    );
    let height = shown.iter().map(|side| card_height(ui, side, width - 34.0)).fold(least, f32::max);
    let (all, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    for (idx, ((name, value, words, key, command, side), shown)) in sides.into_iter().zip(&shown).enumerate()
    {
        let left = (width + CARD_GAP).mul_add(idx as f32, all.left());
        let rect = Rect::from_min_size(pos2(left, all.top()), vec2(width, height));
        let who = who(conflict, value, project, merging, side);
        let at = value.and_then(Value::at).or_else(|| conflict.at.filter(|_| side == deciding::Side::Theirs));
        let when = at.map(|at: Stamp| clock::day(at.0, now));
        let said = [Some(who), when].into_iter().flatten().filter(|words| !words.is_empty());
        let said = said.collect::<Vec<_>>().join(", ");
        card_ui(ui, rect, (name, &said), shown, (project, decided == Some(side)));
        let button = Rect::from_min_max(
            pos2(rect.left() + 17.0, rect.bottom() - 17.0 - 36.0),
            pos2(rect.right() - 17.0, rect.bottom() - 17.0),
        );
        let pressed = Button::new(words).key(key).spread().height(36.0).width(button.width()).show_at(
            ui,
            button,
            Id::unique(("merge side", idx)),
        );
        if pressed.clicked() {
            intents.push(Intent::Run(command));
        }
    }
    ui.add_space(8.0);
}

fn who(
    conflict: &Conflict,
    value: Option<&Value>,
    project: &Project,
    merging: &Merging,
    side: deciding::Side,
) -> String {
    if let Some(decision) = value.and_then(Value::decision) {
        return words::name_of(&decision.by, project);
    }
    match (&conflict.what, &conflict.coder) {
        (What::Coding | What::Note, Some(coder)) => words::name_of(coder, project),
        _ if side == deciding::Side::Ours => "this project".to_owned(),
        _ => match (&conflict.who, merging.copy()) {
            (Some(who), _) => words::name_of(&CoderId::new(who.as_str()), project),
            (None, Some(copy)) => copy.source.name(),
            (None, None) => String::new(),
        },
    }
}

fn card_height(ui: &Ui, side: &Side, width: f32) -> f32 {
    let words = fonts::SCREEN_TITLE.wrapped(ui.painter(), &side.words, egui::Color32::PLACEHOLDER, width);
    let words_height = if side.words.is_empty() { 0.0 } else { words.size().y };
    let said = 26.0_f32.mul_add(side.labels.len().max(1) as f32, words_height);
    let beside = side.beside.iter().map(|(_, words)| {
        20.0 + fonts::INTERFACE.wrapped(ui.painter(), words, egui::Color32::PLACEHOLDER, width).size().y
    });
    54.0 + said + beside.sum::<f32>() + 60.0
}

fn card_ui(
    ui: &Ui,
    rect: Rect,
    (name, who): (&str, &str),
    side: &Side,
    (project, is_chosen): (&Project, bool),
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let edge =
        if is_chosen { Stroke::new(theme::STROKE_FOCUS, t.accent) } else { Stroke::new(STROKE, t.border) };
    frame::card(ui.painter(), rect, RADIUS, t.surface, edge);
    let (left, right) = (rect.left() + 17.0, rect.right() - 17.0);
    let top = rect.top() + 25.0;
    let title = frame::text(
        ui.painter(),
        pos2(left, top),
        Align2::LEFT_CENTER,
        name,
        fonts::INTERFACE_BOLD,
        t.strong,
    );
    let width = frame::text_width(ui.painter(), who, fonts::SMALL).min(right - title.right() - 12.0);
    screens::words(ui, pos2(right - width, top), right + 1.0, who, fonts::SMALL, t.weak);
    let mut y = rect.top() + 46.0;
    let marks = Marks::of(project.scheme(), &theme);
    for label in &side.labels {
        y = label_ui(ui, (left, right, y), (project, &marks), label);
    }
    if side.is_answer && side.labels.is_empty() {
        let none = theme::none_colours(theme.dark).ink;
        chip::letter_box(ui.painter(), &theme, pos2(left + 10.0, y + 12.0), 20.0, "\u{2013}", none);
        let at = pos2(left + 30.0, y + 12.0);
        screens::words(ui, at, right, "None of these", fonts::SCREEN_TITLE, t.strong);
        y += 26.0;
    }
    if !side.words.is_empty() {
        y = screens::paragraph(ui, pos2(left, y), right - left, &side.words, fonts::SCREEN_TITLE, t.strong)
            + 4.0;
    }
    for (caption, words) in &side.beside {
        screens::words(ui, pos2(left, y + 10.0), right, caption, fonts::SMALL, t.weak);
        y = screens::paragraph(ui, pos2(left, y + 18.0), right - left, words, fonts::INTERFACE, t.normal)
            + 2.0;
    }
}

/// A letter in its box with the label's name; gives the bottom.
fn label_ui(
    ui: &Ui,
    (left, right, y): (f32, f32, f32),
    (project, marks): (&Project, &Marks<'_>),
    label: &LabelId,
) -> f32 {
    let theme = theme::of(ui);
    if let Some(mark) = marks.get(label) {
        chip::letter_box(
            ui.painter(),
            &theme,
            pos2(left + 10.0, y + 12.0),
            20.0,
            mark.letter,
            mark.colours.ink,
        );
    }
    let name = screens::capital(&words::label_name(label, project));
    screens::words(ui, pos2(left + 30.0, y + 12.0), right, &name, fonts::SCREEN_TITLE, theme.tokens.strong);
    y + 26.0
}

/// What the coders said, where it is a decision; and the way to leave it open.
fn under_ui(ui: &mut Ui, conflict: &Conflict, project: &Project, intents: &mut Vec<Intent>) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let later = "Leave it for later";
    let width = button::link_width(ui.painter(), later, Some("N"));
    let at = Rect::from_center_size(pos2(rect.right() - width / 2.0, rect.center().y), vec2(width, 24.0));
    if button::link_at(ui, at, Id::unique("leave open"), later, Some("N")).clicked() {
        intents.push(Intent::Run("merge-open"));
    }
    let (What::Decision, Some(article), Some(span)) = (&conflict.what, &conflict.article, conflict.sentence)
    else {
        return;
    };
    let said = project.sheets_for(article).filter_map(|sheet| {
        let coding = sheet.coding(span).filter(|coding| coding.answered)?;
        let name = project.coder(&sheet.key.coder).map(Coder::shown_name)?;
        let side = Side { labels: coding.labels.to_vec(), is_answer: true, ..Side::default() };
        Some(format!("{name} {}", words::short(&side, project)))
    });
    let said: Vec<_> = said.collect();
    if !said.is_empty() {
        let text = format!("The coders said  {}", said.join("   "));
        screens::words(ui, rect.left_center(), at.left() - 12.0, &text, fonts::SMALL, t.weak);
    }
}

/// All conflicts, the one in hand marked.
fn list_ui(ui: &mut Ui, merging: &Merging, place: Rect, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let Some(planned) = merging.planned() else { return };
    let project = &planned.merged.project;
    let (left, right) = (place.left() + INNER, place.right() - INNER);
    let columns =
        [left + 22.0, left + (right - left) * 0.52, left + (right - left) * 0.685, right - DECIDED_WIDTH];
    let head = place.top() + 20.0;
    screens::words(ui, pos2(left, head), columns[1], "All conflicts", fonts::SMALL, t.weak);
    for (x, name) in columns.iter().skip(1).zip(["mine", "theirs"]) {
        frame::text(ui.painter(), pos2(*x, head), Align2::LEFT_CENTER, name, fonts::SMALL, t.weak);
    }
    frame::text(ui.painter(), pos2(right, head), Align2::RIGHT_CENTER, "decided", fonts::SMALL, t.weak);
    let list = Rect::from_min_max(pos2(place.left(), place.top() + 36.0), place.max);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list).id_salt("all conflicts"));
    inner.shrink_clip_rect(list);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    spoken::list(&inner, "All conflicts", merging.conflicts().len());
    let n = merging.conflicts().len();
    scroll::down().id_salt("conflicts").auto_shrink(false).show_rows(&mut inner, ROW, n, |ui, rows| {
        for idx in rows {
            let Some(conflict) = merging.conflicts().get(idx) else { continue };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
            let is_here = idx == merging.at;
            let ground = if is_here { Some(t.selected) } else { response.hovered().then_some(t.hover) };
            if let Some(ground) = ground {
                ui.painter().rect_filled(rect.shrink2(vec2(INNER - 12.0, 1.0)), RADIUS, ground);
            }
            if is_here {
                response.scroll_to_me(None);
            }
            let mine = deciding::mine(project, conflict);
            let sides = words::apart(
                words::side(conflict, mine.as_ref(), project),
                words::side(conflict, conflict.theirs.as_ref(), project),
            );
            let [mine, theirs] = words::shorts(&sides, project);
            let place = words::place(conflict, project).map(|title| format!(", {title}")).unwrap_or_default();
            let subject = format!("{}{place}", screens::capital(&words::subject(conflict, project)));
            let decided = match merging.side(conflict) {
                None => "open",
                Some(deciding::Side::Ours) => "mine",
                Some(deciding::Side::Theirs) => "theirs",
            };
            let said = format!("{} {subject}: mine {mine}, theirs {theirs}, {decided}", idx + 1);
            response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &said));
            spoken::option(&response, is_here, idx);
            if response.clicked() {
                intents.push(super::look(MergeLook::Conflict(idx)));
            }
            let y = rect.center().y;
            let painter = ui.painter();
            let kind = if is_here { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
            let colour = if is_here { t.strong } else { t.normal };
            frame::text(
                painter,
                pos2(left, y),
                Align2::LEFT_CENTER,
                &(idx + 1).to_string(),
                fonts::INTERFACE,
                t.weak,
            );
            screens::fitted(ui, pos2(columns[0], y), columns[1] - 10.0, &subject, kind, colour);
            screens::fitted(ui, pos2(columns[1], y), columns[2] - 10.0, &mine, fonts::INTERFACE, colour);
            screens::fitted(ui, pos2(columns[2], y), columns[3] - 8.0, &theirs, fonts::INTERFACE, colour);
            let is_open = merging.side(conflict).is_none();
            let drawn = frame::text(
                painter,
                pos2(right, y),
                Align2::RIGHT_CENTER,
                decided,
                fonts::SMALL,
                if is_open { t.weak } else { t.strong },
            );
            if !is_open {
                icons::paint(painter, Icon::Tick, pos2(drawn.left() - 11.0, y), t.strong);
            }
        }
    });
}
