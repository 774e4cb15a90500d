//! The list of sentences that are looked at: why, of which article, and what was said of each.

use super::{Shown, letter};
use crate::analysis::compare::{At, Decided, Kind, Sums};
use crate::analysis::units::AnswerIdx;
use crate::session::intent::Intent;
use crate::session::review::{Chosen, ReviewLook};
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{button, frame, keycap, menu, scroll, spoken, tabs, tooltip};
use crate::ui::theme::{self, LIST_PADDING, RADIUS, STROKE};
use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::collections::BTreeMap;

const ROW: f32 = 74.0;
const FOOT: f32 = 36.0;
/// With what is decided in this article and in all of them.
const FOOT_OF_TWO: f32 = 52.0;
/// The kinds that stand side by side always, and below them those of which there are any.
const KINDS: [Kind; 3] = [Kind::Disagree, Kind::Unsure, Kind::All];
const OTHERS: [Kind; 4] = [Kind::Undecided, Kind::Noted, Kind::Conflict, Kind::Stale];
/// The most pairs of answers that are offered.
const MOST_PAIRS: usize = 12;

/// Up to which move the list has followed, and the pairs of answers that are offered.
#[derive(Default)]
pub(super) struct QueueDraft {
    followed: Option<(u64, usize)>,
    pairs: Vec<((AnswerIdx, AnswerIdx), usize)>,
    pairs_of: Option<(u64, usize)>,
}

pub(super) fn queue_ui(ui: &mut Ui, shown: &Shown<'_>, draft: &mut QueueDraft, intents: &mut Vec<Intent>) {
    let rect = ui.max_rect();
    let chosen = shown.session.review().chosen();
    let top = if chosen.cell { cell_ui(ui, shown, intents) } else { choices_ui(ui, shown, draft, intents) };
    let foot = rect.with_min_y(rect.bottom() - if has_two(shown) { FOOT_OF_TWO } else { FOOT });
    let rows = Rect::from_min_max(pos2(rect.left(), top + 4.0), foot.right_top());
    let mut list = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("rows"));
    list.shrink_clip_rect(rows);
    rows_ui(&mut list, shown, draft, intents);
    foot_ui(ui, shown, foot, intents);
}

/// What is listed where the list is a cell of agreement, and the ways out of it; gives the bottom.
fn cell_ui(ui: &Ui, shown: &Shown<'_>, intents: &mut Vec<Intent>) -> f32 {
    let (rect, t) = (ui.max_rect(), shown.theme.tokens);
    let agreement = shown.session.review().agreement();
    let said = agreement
        .chosen_cell()
        .map(|(a, b)| [a, b].map(|label| shown.names(agreement.answer(label).unwrap_or_default())));
    let said = said.map(|[a, b]| {
        if a == b {
            format!("Both said {}", a.to_lowercase())
        } else {
            format!("{a} against {}", b.to_lowercase())
        }
    });
    let said = said.unwrap_or_default();
    let n = counted(agreement.sentences().len(), "sentence", "sentences");
    let left = rect.left() + LIST_PADDING + 4.0;
    let right = rect.right() - LIST_PADDING;
    let head = Rect::from_min_max(pos2(left, rect.top() + 12.0), pos2(right, rect.top() + 48.0));
    let words = format!("{n} of agreement: {said}");
    let response = spoken::text(ui, head, &words);
    let at = pos2(left, rect.top() + 22.0);
    let cut = frame::text_between(ui.painter(), at, right, &said, fonts::INTERFACE_BOLD, t.strong);
    let at = pos2(left, rect.top() + 40.0);
    frame::text_between(ui.painter(), at, right, &format!("{n}, all articles"), fonts::SMALL, t.weak);
    if cut {
        tooltip::text(response, &words);
    }
    let (mut x, mut top) = (left, rect.top() + 52.0);
    for (words, key, command) in
        [("Agreement", Some("Esc"), "agreement"), ("All disagreements", None, "leave-cell")]
    {
        let width = button::link_width(ui.painter(), words, key);
        if x > left && x + width > right {
            (x, top) = (left, top + theme::LEAST_TARGET);
        }
        let at = Rect::from_min_max(pos2(x, top), pos2(x + width, top + theme::LEAST_TARGET));
        if button::link_at(ui, at, ui.scope_id().with(command), words, key).clicked() {
            intents.push(Intent::Run(command));
        }
        x += width + 16.0;
    }
    let is_alone = shown.session.view().over.is_none() && !egui::Popup::is_any_open(ui.ctx());
    let escaped = ui.input(|input| input.key_pressed(egui::Key::Escape));
    if escaped && is_alone && !ui.ctx().text_edit_focused() {
        intents.push(Intent::Run("agreement"));
    }
    top + theme::LEAST_TARGET + 4.0
}

/// What is listed: why, and of which article, coder and labels; gives the bottom.
fn choices_ui(ui: &mut Ui, shown: &Shown<'_>, draft: &mut QueueDraft, intents: &mut Vec<Intent>) -> f32 {
    let rect = ui.max_rect();
    let chosen = shown.session.review().chosen();
    let sums = sums(shown, chosen);
    ui.add_space(12.0);
    let others: Vec<Kind> =
        OTHERS.into_iter().filter(|kind| sums.n(*kind) > 0 || *kind == chosen.kind).collect();
    for kinds in [&KINDS[..], &others].into_iter().filter(|kinds| !kinds.is_empty()) {
        let names: Vec<String> =
            kinds.iter().map(|kind| format!("{} {}", short(*kind), grouped(sums.n(*kind)))).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let current = kinds.iter().position(|kind| *kind == chosen.kind).unwrap_or(usize::MAX);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(LIST_PADDING);
            // One or two stand in the columns of the row above.
            let share = (names.len() as f32 / KINDS.len() as f32).min(1.0);
            let width = (rect.width() - 2.0 * LIST_PADDING) * share;
            let clicked = tabs::choices(ui, &names, current, width);
            if let Some(kind) = clicked.and_then(|idx| kinds.get(idx)) {
                push(intents, Chosen { kind: *kind, ..chosen.clone() });
            }
        });
        ui.add_space(4.0);
    }
    let line = Rect::from_min_max(
        pos2(rect.left() + LIST_PADDING + 2.0, ui.cursor().top()),
        pos2(rect.right() - LIST_PADDING, rect.bottom()),
    );
    let layout = egui::Layout::left_to_right(egui::Align::Min).with_main_wrap(true);
    let filters = ui.scope_builder(UiBuilder::new().max_rect(line).layout(layout), |ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 0.0);
        filters_ui(ui, shown, draft, chosen, intents);
    });
    filters.response.rect.bottom()
}

/// A kind in so few letters that four stand in a row.
fn short(kind: Kind) -> &'static str {
    match kind {
        Kind::Undecided => "Open",
        Kind::Noted => "Noted",
        Kind::Conflict => "Conflict",
        other => other.name(),
    }
}

/// Whether what is decided here and in all articles are two things.
fn has_two(shown: &Shown<'_>) -> bool {
    shown.comparison.units.articles.len() > 1
}

fn sums(shown: &Shown<'_>, chosen: &Chosen) -> Sums {
    if chosen.everywhere { shown.comparison.sums } else { shown.comparison.sums_of(shown.place) }
}

fn push(intents: &mut Vec<Intent>, chosen: Chosen) {
    intents.push(Intent::Look(Look::Review(ReviewLook::Chosen(chosen))));
}

/// Drop-downs: of which article, of which coder, of which pair of answers.
fn filters_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    draft: &mut QueueDraft,
    chosen: &Chosen,
    intents: &mut Vec<Intent>,
) {
    let everywhere = if chosen.everywhere { "All articles" } else { "This article" };
    let articles = [
        ("This article".to_owned(), Chosen { everywhere: false, ..chosen.clone() }),
        ("All articles, most apart first".to_owned(), Chosen { everywhere: true, ..chosen.clone() }),
    ];
    let more = (shown.comparison.units.articles.len() > 1).then_some("Choose an article\u{2026}");
    if choice_ui(ui, ("Articles", everywhere), chosen, || articles.to_vec(), more, intents) {
        intents.push(Intent::Run("review-articles"));
    }
    let name = match &chosen.coder {
        None => "Everybody".to_owned(),
        Some(coder) => {
            let column = shown.columns.iter().find(|column| column.coder == *coder);
            column.map_or_else(|| shown.session.shown_person(&[], coder), |column| column.name.clone())
        }
    };
    let coders = || {
        let mut rows = vec![("Everybody".to_owned(), Chosen { coder: None, ..chosen.clone() })];
        for column in shown.columns {
            let coder = Some(column.coder.clone());
            rows.push((format!("{} against others", column.name), Chosen { coder, ..chosen.clone() }));
        }
        rows
    };
    choice_ui(ui, ("Coders", &name), chosen, coders, None, intents);
    let pair = chosen.pair.map_or_else(|| "Any labels".to_owned(), |pair| pair_words(shown, pair));
    let pairs = || {
        let mut rows = vec![("Any labels".to_owned(), Chosen { pair: None, ..chosen.clone() })];
        for ((a, b), n) in draft.pairs(shown) {
            let words = format!("{}  {}", pair_words(shown, (*a, *b)), grouped(*n));
            rows.push((words, Chosen { pair: Some((*a, *b)), ..chosen.clone() }));
        }
        rows
    };
    choice_ui(ui, ("Labels", &pair), chosen, pairs, None, intents);
}

/// One drop-down; its rows are worked out while it is open. True if what stands last in it was chosen.
fn choice_ui(
    ui: &mut Ui,
    (name, words): (&str, &str),
    chosen: &Chosen,
    rows: impl FnOnce() -> Vec<(String, Chosen)>,
    last: Option<&str>,
    intents: &mut Vec<Intent>,
) -> bool {
    let head = menu::quiet_choice(ui, name, words);
    let mut is_last = false;
    egui::Popup::menu(&head).frame(menu::menu_frame(&theme::of(ui))).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let choices = rows();
        let mut drawn: Vec<Response> =
            choices.iter().map(|(words, to)| menu::choice_row(ui, words, to == chosen)).collect();
        if let Some(last) = last {
            menu::gap(ui);
            drawn.push(menu::choice_row(ui, last, false));
        }
        let clicked = drawn.iter().position(Response::clicked);
        let Some(idx) = menu::walk(ui, &drawn).or(clicked) else { return };
        match choices.get(idx) {
            Some((_, to)) => push(intents, to.clone()),
            None => is_last = true,
        }
        ui.close();
    });
    is_last
}

impl QueueDraft {
    /// Pairs of answers that stand against each other in what is listed, the most frequent first.
    fn pairs(&mut self, shown: &Shown<'_>) -> &[((AnswerIdx, AnswerIdx), usize)] {
        let everywhere = shown.session.review().chosen().everywhere;
        let of = (shown.desk.revision(), if everywhere { usize::MAX } else { shown.place });
        if self.pairs_of != Some(of) {
            self.pairs_of = Some(of);
            let article = (!everywhere).then_some(shown.place);
            let mut pairs: BTreeMap<(AnswerIdx, AnswerIdx), usize> = BTreeMap::new();
            for at in shown.comparison.queue(Kind::Disagree, article) {
                let Some(units) = shown.comparison.units.articles.get(at.article) else { continue };
                let mut said: Vec<AnswerIdx> =
                    units.cells(at.unit).iter().filter_map(|cell| cell.answer).collect();
                said.sort_unstable();
                said.dedup();
                for (idx, a) in said.iter().enumerate() {
                    for b in said.iter().skip(idx + 1) {
                        *pairs.entry((*a, *b)).or_default() += 1;
                    }
                }
            }
            self.pairs = pairs.into_iter().collect();
            self.pairs.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            self.pairs.truncate(MOST_PAIRS);
        }
        &self.pairs
    }
}

/// Two answers in words: `Denial, none of these`.
fn pair_words(shown: &Shown<'_>, (a, b): (AnswerIdx, AnswerIdx)) -> String {
    // None of these is the first of all answers, and reads last.
    let (first, last) = if shown.labels(a).is_empty() { (b, a) } else { (a, b) };
    format!("{}, {}", shown.names(shown.labels(first)), shown.names(shown.labels(last)).to_lowercase())
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
    let of =
        |sums: Sums| format!("{} of {} decided", grouped(sums.n_decided), grouped(sums.n(Kind::Disagree)));
    let all = of(shown.comparison.sums);
    let lines = if has_two(shown) {
        vec![format!("{} here", of(shown.comparison.sums_of(shown.place))), format!("{all} in all")]
    } else {
        vec![all]
    };
    // In a narrow list the key says it alone.
    let has_word = rect.width() >= 260.0;
    let width = keycap::width(painter, "Shift D") + if has_word { 49.0 } else { 16.0 };
    let next = Rect::from_center_size(
        pos2(rect.right() - 8.0 - width / 2.0, rect.center().y),
        vec2(width, theme::BAR_CONTROL_HEIGHT),
    );
    let left = rect.left() + EDGE_LEFT;
    let label = Rect::from_min_max(pos2(left, rect.top()), pos2(next.left(), rect.bottom()));
    let said = lines.join(", ");
    let response = spoken::text(ui, label, &said);
    let mut cut = false;
    let first = rect.center().y - 8.0 * (lines.len() - 1) as f32;
    for (line, y) in lines.iter().zip([first, first + 16.0]) {
        cut |= frame::text_between(painter, pos2(left, y), next.left() - 4.0, line, fonts::SMALL, t.weak);
    }
    if cut {
        tooltip::text(response, &said);
    }
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
    if has_word {
        frame::text(painter, pos2(left - 8.0, right.y), Align2::RIGHT_CENTER, "Next", fonts::SMALL, t.weak);
    }
    if response.clicked() {
        intents.push(Intent::Run("next-disagreement"));
    }
}

const EDGE_LEFT: f32 = theme::PANEL_PADDING;
