//! The list of sentences that are looked at: why, of which article, and what was said of each.

use super::{Shown, letter};
use crate::analysis::compare::{At, Decided, Kind};
use crate::model::coder::Coder;
use crate::session::intent::Intent;
use crate::session::review::{Chosen, ReviewLook};
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::numbers::grouped;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{frame, keycap, menu, scroll, spoken, tabs, tooltip};
use crate::ui::theme::{self, LIST_PADDING, RADIUS, STROKE};
use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

const ROW: f32 = 74.0;
const FOOT: f32 = 36.0;
/// The kinds that stand side by side; the others are behind the drop-down.
const KINDS: [Kind; 3] = [Kind::Disagree, Kind::Unsure, Kind::All];
const OTHERS: [Kind; 4] = [Kind::Noted, Kind::Conflict, Kind::Stale, Kind::Undecided];
/// The most pairs of labels that are offered.
const MOST_PAIRS: u32 = 8;

/// Up to which move the list has followed.
#[derive(Default)]
pub(super) struct QueueDraft {
    followed: Option<(u64, usize)>,
}

pub(super) fn queue_ui(ui: &mut Ui, shown: &Shown<'_>, draft: &mut QueueDraft, intents: &mut Vec<Intent>) {
    let rect = ui.max_rect();
    let chosen = shown.session.review().chosen();
    let sums = sums(shown, chosen);
    ui.add_space(12.0);
    let names = KINDS.map(|kind| format!("{} {}", kind.name(), grouped(sums.n(kind))));
    let current = KINDS.iter().position(|kind| *kind == chosen.kind).unwrap_or(usize::MAX);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(LIST_PADDING);
        let names = names.each_ref().map(String::as_str);
        let clicked = tabs::choices(ui, &names, current, rect.width() - 2.0 * LIST_PADDING);
        if let Some(kind) = clicked.and_then(|idx| KINDS.get(idx)) {
            push(intents, Chosen { kind: *kind, ..chosen.clone() });
        }
    });
    ui.horizontal(|ui| {
        ui.add_space(LIST_PADDING);
        more_ui(ui, shown, chosen, &sums, intents);
    });
    let foot = rect.with_min_y(rect.bottom() - FOOT);
    let rows = Rect::from_min_max(pos2(rect.left(), ui.cursor().top() + 2.0), foot.right_top());
    let mut list = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("rows"));
    list.shrink_clip_rect(rows);
    rows_ui(&mut list, shown, draft, intents);
    foot_ui(ui, shown, foot, intents);
}

fn sums(shown: &Shown<'_>, chosen: &Chosen) -> crate::analysis::compare::Sums {
    if chosen.everywhere { shown.comparison.sums } else { shown.comparison.sums_of(shown.place) }
}

fn push(intents: &mut Vec<Intent>, chosen: Chosen) {
    intents.push(Intent::Look(Look::Review(ReviewLook::Chosen(chosen))));
}

/// The drop-down: of which article, the other kinds, a coder, a pair of labels.
fn more_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    chosen: &Chosen,
    sums: &crate::analysis::compare::Sums,
    intents: &mut Vec<Intent>,
) {
    let words = words(shown, chosen);
    let head = menu::quiet_choice(ui, "What is listed", &words);
    egui::Popup::menu(&head).frame(menu::menu_frame(&shown.theme)).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut rows: Vec<Response> = Vec::new();
        let mut choices: Vec<Chosen> = Vec::new();
        let mut row = |ui: &mut Ui, words: &str, to: Chosen| {
            rows.push(menu::choice_row(ui, words, to == *chosen));
            choices.push(to);
        };
        row(ui, "This article", Chosen { everywhere: false, ..chosen.clone() });
        row(ui, "All articles, most apart first", Chosen { everywhere: true, ..chosen.clone() });
        menu::gap(ui);
        for kind in OTHERS {
            let words = format!("{} {}", kind.name(), grouped(sums.n(kind)));
            row(ui, &words, Chosen { kind, ..chosen.clone() });
        }
        menu::gap(ui);
        row(ui, "Everybody", Chosen { coder: None, ..chosen.clone() });
        for column in shown.columns {
            let coder = Some(column.coder.clone());
            row(ui, &format!("{} against others", column.name), Chosen { coder, ..chosen.clone() });
        }
        menu::gap(ui);
        row(ui, "Any labels", Chosen { pair: None, ..chosen.clone() });
        for (a, b) in pairs(shown) {
            let pair = Some((a, b));
            row(ui, &pair_words(shown, (a, b)), Chosen { pair, ..chosen.clone() });
        }
        let clicked = rows.iter().position(Response::clicked);
        if let Some(to) = menu::walk(ui, &rows).or(clicked).and_then(|idx| choices.get(idx)) {
            push(intents, to.clone());
            ui.close();
        }
    });
}

/// Pairs of single answers.
fn pairs(shown: &Shown<'_>) -> Vec<(u32, u32)> {
    let n = u32::try_from(shown.desk.project().scheme().labels.len() + 1).unwrap_or(0);
    let all = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    all.take(MOST_PAIRS as usize).collect()
}

fn pair_words(shown: &Shown<'_>, (a, b): (u32, u32)) -> String {
    format!("{} against {}", shown.names(shown.labels(b)), shown.names(shown.labels(a)).to_lowercase())
}

/// What is listed, in words.
fn words(shown: &Shown<'_>, chosen: &Chosen) -> String {
    let mut words = vec![if chosen.everywhere { "All articles" } else { "This article" }.to_owned()];
    if OTHERS.contains(&chosen.kind) {
        words.push(chosen.kind.name().to_lowercase());
    }
    if let Some(coder) = &chosen.coder {
        let column = shown.columns.iter().find(|column| column.coder == *coder);
        let known = || shown.desk.project().coder(coder).map(Coder::shown_name);
        let name = match column {
            Some(column) => column.name.as_str(),
            None if chosen.shows_names => known().unwrap_or_default(),
            None => "a coder",
        };
        words.push(format!("{name} against others"));
    }
    if let Some(pair) = chosen.pair {
        words.push(pair_words(shown, pair).to_lowercase());
    }
    words.join(", ")
}

fn rows_ui(ui: &mut Ui, shown: &Shown<'_>, draft: &mut QueueDraft, intents: &mut Vec<Intent>) {
    let queue = shown.session.review().queue();
    if queue.is_empty() {
        let chosen = shown.session.review().chosen();
        let words = match chosen.kind {
            Kind::Disagree => "Nobody differs here",
            Kind::Undecided => "Everything here is decided",
            _ => "Nothing of this kind here",
        };
        let at = pos2(ui.max_rect().left() + LIST_PADDING + 4.0, ui.max_rect().top() + 24.0);
        let rect = Rect::from_min_size(at - vec2(0.0, 10.0), vec2(ui.available_width(), 20.0));
        spoken::text(ui, rect, words);
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, words, fonts::INTERFACE, shown.theme.tokens.weak);
        return;
    }
    let width = ui.available_width();
    let height = ui.available_height();
    let at = shown.session.review_at();
    let place = at.and_then(|at| queue.iter().position(|other| *other == at));
    let mut area = scroll::down().auto_shrink([false; 2]).id_salt("queue");
    let follow = place.map(|place| (shown.session.view().n_moves, place));
    if let Some((_, place)) = follow.filter(|follow| draft.followed != Some(*follow)) {
        draft.followed = follow;
        let top = place as f32 * ROW;
        let offset = ui.data(|data| data.get_temp(egui::Id::unique("queue offset"))).unwrap_or(0.0_f32);
        if top < offset || top + ROW > offset + height {
            area = area.vertical_scroll_offset((top - height * 0.3).max(0.0));
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let out = area.show_rows(ui, ROW, queue.len(), |ui, places| {
        spoken::list(ui, "Sentences", queue.len());
        let origin = ui.cursor().min;
        ui.set_height(places.len() as f32 * ROW);
        for (row, place) in places.enumerate() {
            let Some(at) = queue.get(place) else { break };
            let top = origin + vec2(4.0, row as f32 * ROW);
            let rect = Rect::from_min_size(top, vec2(width - 8.0, ROW - 2.0));
            row_ui(ui, shown, (*at, place), rect, intents);
        }
    });
    ui.data_mut(|data| {
        data.insert_temp(egui::Id::unique("queue offset"), out.state.unclamped_offset().y);
    });
}

fn row_ui(ui: &Ui, shown: &Shown<'_>, (at, place): (At, usize), rect: Rect, intents: &mut Vec<Intent>) {
    let t = shown.theme.tokens;
    let Some(units) = shown.comparison.units.articles.get(at.article) else { return };
    let Some(article) = shown.desk.article(&units.article) else { return };
    let Some(unit) = units.units.get(at.unit) else { return };
    let Some(judged) = shown.comparison.judged(at) else { return };
    let words = article.sentences().get(unit.idx as usize).map_or("", |s| article.words_of(s));
    // Columns of other articles have an order of their own.
    let columns;
    let other;
    let here = if at.article == shown.place {
        shown
    } else {
        columns = shown.session.columns(at.article);
        other = Shown { article, place: at.article, units, columns: &columns, ..*shown };
        &other
    };
    let number = unit.idx + 1;
    let is_current = shown.session.review_at() == Some(at);
    let response = ui.interact(rect, ui.scope_id().with(("row", at.article, at.unit)), Sense::click());
    response.widget_info(|| {
        let words = format!("{number}. {words} {}", here.spoken(at.unit));
        WidgetInfo::selected(Role::ListBoxOption, true, is_current, &words)
    });
    spoken::option(&response, is_current, place);
    let painter = ui.painter();
    if is_current || response.hovered() {
        painter.rect_filled(rect, RADIUS, if is_current { t.selected } else { t.hover });
    }
    if response.has_focus() {
        frame::focus_ring(painter, rect.shrink(2.0), RADIUS, &shown.theme);
    }
    let is_done = judged.is_decided();
    let colour = if is_done { t.weak } else { t.strong };
    let kind = if is_current { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
    let text_left = rect.left() + 40.0;
    let at_number = pos2(rect.left() + 30.0, rect.top() + 17.0);
    frame::text(painter, at_number, Align2::RIGHT_CENTER, &number.to_string(), kind, colour);
    let galley = fonts::LIST_TITLE.rows(
        painter,
        words,
        colour,
        egui::epaint::text::TextWrapping {
            max_width: rect.right() - 8.0 - text_left,
            max_rows: 2,
            ..Default::default()
        },
    );
    painter.galley(pos2(text_left, rect.top() + 8.0), galley, colour);
    let y = rect.bottom() - 13.0;
    let mut x = text_left + 7.0;
    for (_, answer) in here.answers(at.unit) {
        let (text, ink) = match answer {
            Some(answer) => letter(here, here.labels(answer)),
            None => ("\u{b7}".to_owned(), t.weak),
        };
        let drawn = frame::text(painter, pos2(x, y), Align2::CENTER_CENTER, &text, fonts::LETTER, ink);
        x += 20.0_f32.max(drawn.width() + 8.0);
    }
    let right = pos2(rect.right() - 8.0, y);
    let gold = here.gold(at.unit).filter(|_| is_done);
    let state = match (&gold, judged.decided) {
        (Some(_), Decided::Stale) => "answered otherwise since".to_owned(),
        (Some(gold), _) => here.names(gold.labels),
        (None, _) if judged.differs() => "open".to_owned(),
        (None, _) => String::new(),
    };
    let colour = if judged.decided == Decided::Stale { t.warning } else { t.strong };
    let colour = if gold.is_some() { colour } else { t.weak };
    let drawn = frame::text(painter, right, Align2::RIGHT_CENTER, &state, fonts::SMALL, colour);
    if gold.is_some() && judged.decided == Decided::Yes {
        icons::paint(painter, Icon::Tick, pos2(drawn.left() - 11.0, y), t.strong);
    }
    if response.clicked() {
        intents.push(Intent::Look(Look::Review(ReviewLook::Go(at))));
    }
    let everywhere = shown.session.review().chosen().everywhere;
    tooltip::worked_out(response, || {
        if everywhere { format!("{}\n{words}", article.shown_title()) } else { words.to_owned() }
    });
}

/// How many are decided, and the way to the next.
fn foot_ui(ui: &Ui, shown: &Shown<'_>, rect: Rect, intents: &mut Vec<Intent>) {
    let t = shown.theme.tokens;
    let painter = ui.painter();
    painter.rect_filled(rect, 0, t.chrome);
    painter.hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let everywhere = shown.session.review().chosen().everywhere;
    let of = |sums: crate::analysis::compare::Sums| {
        format!("{} of {} decided", grouped(sums.n_decided), grouped(sums.n(Kind::Disagree)))
    };
    let all = of(shown.comparison.sums);
    let here = of(shown.comparison.sums_of(shown.place));
    let is_one = shown.comparison.units.articles.len() < 2;
    let words = if everywhere || is_one { all.clone() } else { here };
    let at = pos2(rect.left() + EDGE_LEFT, rect.center().y);
    let next = Rect::from_min_max(pos2(rect.right() - 110.0, rect.top() + 4.0), rect.max - vec2(8.0, 4.0));
    let label = Rect::from_min_max(pos2(at.x, rect.top()), pos2(next.left(), rect.bottom()));
    let said = if everywhere || is_one { words.clone() } else { format!("{words}, {all} in all articles") };
    let response = spoken::text(ui, label, &said);
    tooltip::text(response, &said);
    frame::text(painter, at, Align2::LEFT_CENTER, &words, fonts::SMALL, t.weak);
    let response = ui.interact(next, ui.scope_id().with("next"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Next disagreement"));
    if response.hovered() {
        painter.rect_filled(next, RADIUS, t.hover);
    }
    if response.has_focus() {
        frame::focus_ring(painter, next, RADIUS, &shown.theme);
    }
    let right = pos2(next.right() - 8.0, rect.center().y);
    let left = keycap::paint(painter, &shown.theme, right, "Shift D", keycap::Ground::Plain);
    frame::text(painter, pos2(left - 8.0, right.y), Align2::RIGHT_CENTER, "Next", fonts::SMALL, t.weak);
    if response.clicked() {
        intents.push(Intent::Run("next-disagreement"));
    }
}

const EDGE_LEFT: f32 = theme::PANEL_PADDING;
