//! The list of articles: filter, rows, totals. Only the rows in view are built.

mod heights;

use crate::analysis::count::State;
use crate::analysis::filter::{self, Entry, Sort};
use crate::model::scheme::Scheme;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::notice::in_window;
use crate::session::view::{Field as Keyboard, Look};
use crate::text::message::capital;
use crate::text::{dates, message};
use crate::ui::annotate::articles::heights::Heights;
use crate::ui::commands;
use crate::ui::drops;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::icons::Icon;
use crate::ui::parts::list_row::{self, ArticleState, ListRow};
use crate::ui::parts::{empty, frame, menu, scroll, spoken, tooltip};
use crate::ui::theme::{self, LIST_PADDING, PANEL_HEADER, PANEL_PADDING};
use egui::{Align2, Key, Modifiers, Rect, Sense, Ui, pos2, vec2};
use std::sync::{Arc, Mutex, PoisonError};

const FILTER: &str = "article filter";
const TOTALS: f32 = 36.0;
/// Between rows.
const GAP: f32 = 1.0;
/// From the panel's edge to a row.
const ROW_EDGE: f32 = 4.0;

pub fn articles_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    header_ui(ui, session, intents);
    filter_ui(ui, session, intents);
    faults_ui(ui, session);
    ui.add_space(8.0);
    let totals =
        Rect::from_min_max(pos2(ui.max_rect().left(), ui.max_rect().bottom() - TOTALS), ui.max_rect().max);
    let rows = Rect::from_min_max(ui.cursor().min, pos2(ui.max_rect().right(), totals.top()));
    let mut list = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("rows"));
    list.shrink_clip_rect(rows);
    if session.derived().n_listed() == 0 {
        empty_ui(&mut list, session, intents);
    } else {
        rows_ui(&mut list, session, intents);
    }
    totals_ui(ui, totals, session);
}

fn header_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), PANEL_HEADER), Sense::hover());
    let t = theme::of(ui).tokens;
    let at = pos2(bar.left() + PANEL_PADDING, bar.center().y);
    let title =
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Articles", fonts::INTERFACE_BOLD, t.strong);
    let of = session.derived().entries().len();
    let n = if session.view().filter.trim().is_empty() {
        grouped(of)
    } else {
        format!("{} of {}", grouped(session.derived().n_listed()), grouped(of))
    };
    spoken::heading(ui, Rect::from_min_max(at, title.max), &format!("Articles {n}"));
    let at = pos2(title.right() + 8.0, bar.center().y);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, &n, fonts::INTERFACE, t.weak);
    let right = Rect::from_min_max(
        pos2(
            title.right() + 8.0 + frame::text_width(ui.painter(), &n, fonts::INTERFACE) + 8.0,
            bar.top() + 10.0,
        ),
        pos2(bar.right() - LIST_PADDING, bar.bottom() - 10.0),
    );
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(right).layout(layout));
    let chosen = session.view().sort;
    let head = menu::quiet_choice(&mut place, "Order", &capital(chosen.name()));
    let popup = menu::menu_frame(&theme::of(ui));
    egui::Popup::menu(&head).frame(popup).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = Sort::ALL.map(|sort| menu::choice_row(ui, &capital(sort.name()), sort == chosen));
        let clicked = rows.iter().position(egui::Response::clicked);
        if let Some(sort) = menu::walk(ui, &rows).or(clicked).and_then(|idx| Sort::ALL.get(idx)) {
            intents.push(Intent::Look(Look::Sort(*sort)));
            ui.close();
        }
    });
}

fn filter_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let mut text = session.view().filter.clone();
    let width = ui.available_width() - 2.0 * LIST_PADDING;
    ui.horizontal(|ui| {
        ui.add_space(LIST_PADDING);
        let id = egui::Id::unique(FILTER);
        let field = Field::new(id, "Filter articles", &mut text)
            .icon(Icon::Magnifier)
            .hint("Filter by title, outlet, state")
            .width(width)
            .show(ui);
        let field = tooltip::worked_out(field, || filter_words(session));
        if session.view().focus == Some(Keyboard::Filter) {
            field.request_focus();
            intents.push(Intent::Look(Look::Focused));
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        // What it clears, Esc does not close as well: the drawer that the list is in.
        let cleared = field.lost_focus()
            && !text.is_empty()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if cleared {
            intents.push(Intent::Look(Look::Filter(String::new())));
        } else if field.changed() {
            intents.push(Intent::Look(Look::Filter(text)));
        } else if entered && let Some(first) = session.derived().listed(0) {
            intents.push(Intent::Look(Look::Article(first.article.id.clone())));
        }
    });
}

/// What can be typed into the filter.
fn filter_words(session: &Session) -> String {
    let scheme = session.desk().map(|desk| desk.project().scheme());
    let labels = scheme.into_iter().flat_map(Scheme::current).map(|label| label.name.to_lowercase());
    let labels = labels.collect::<Vec<_>>().join(", ");
    format!(
        "Words of title, outlet or date\ndone, begun, new, unsure, note: how far an article is\n{labels}, none: where you gave this \
         label\n\u{201c}in quotes\u{201d}: the text alone; is:done: the state alone\nlabel:, coder:, from:, text: and more: F1 has all"
    )
}

/// What of the filter was not understood, below its field.
fn faults_ui(ui: &mut Ui, session: &Session) {
    let Some(fault) = session.derived().faults().first() else { return };
    let t = theme::of(ui).tokens;
    let width = ui.available_width() - 2.0 * LIST_PADDING;
    let what = message::what(fault);
    let words = fonts::SMALL.wrapped(ui.painter(), &capital(what), t.warning, width);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), words.size().y + 4.0), Sense::hover());
    spoken::text(ui, rect, what);
    ui.painter().galley(pos2(rect.left() + LIST_PADDING, rect.top() + 4.0), words, t.warning);
    tooltip::text(response, &in_window(fault));
}

fn empty_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    ui.add_space(16.0);
    let inner = ui.max_rect().shrink2(vec2(LIST_PADDING, 0.0));
    let inner = Rect::from_min_max(pos2(inner.left(), ui.cursor().top()), inner.max);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(inner));
    let n = session.derived().entries().len();
    if n == 0 {
        let words = ("No articles in this project", drops::how_to_add(ui.ctx()));
        commands::empty_ui(&mut place, session, words, "add", intents);
        return;
    }
    let title = format!("No article matches \u{201c}{}\u{201d}", session.view().filter);
    let text = format!("{} hidden by the filter.", counted(n, "article is", "articles are"));
    // Esc does it where the filter has the keyboard.
    let in_filter = ui.memory(|memory| memory.has_focus(egui::Id::unique(FILTER)));
    let button = Button::new("Clear the filter").key(in_filter.then_some("Esc"));
    let clear = empty::show(&mut place, &title, &text, Some(button));
    if clear.is_some_and(|button| button.clicked()) {
        intents.push(Intent::Look(Look::Filter(String::new())));
    }
}

fn rows_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let kept = ui.data_mut(|data| {
        Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<Heights>>>(egui::Id::unique("article heights")))
    });
    let mut heights = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let width = ui.available_width() - 2.0 * ROW_EDGE;
    let offset = ui.data(|data| data.get_temp(egui::Id::unique("list offset"))).unwrap_or(0.0);
    let mut area = scroll::down().auto_shrink([false; 2]).id_salt("articles");
    if let Some(offset) = heights.arrange(ui, session, (width, ui.available_height()), offset) {
        area = area.vertical_scroll_offset(offset);
    }
    let out = area.show_viewport(ui, |ui, viewport| {
        spoken::list(ui, "Articles", session.derived().n_listed());
        ui.set_height(heights.height());
        let marks = session.desk().map(|desk| Marks::of(desk.project().scheme(), &theme::of(ui)));
        let origin = ui.max_rect().min;
        for place in heights.in_view(viewport.min.y, viewport.max.y) {
            let Some(entry) = session.derived().listed(place) else { break };
            let (top, bottom) = heights.span(place);
            let rect = Rect::from_min_max(
                pos2(origin.x + ROW_EDGE, origin.y + top),
                pos2(origin.x + ROW_EDGE + width, origin.y + bottom - GAP),
            );
            let mut row = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt(place));
            let row = row_ui(&mut row, session, entry, heights.title_rows(place), marks.as_ref());
            spoken::option(&row, session.view().article.as_ref() == Some(&entry.article.id), place);
            if row.clicked() {
                intents.push(Intent::Look(Look::Article(entry.article.id.clone())));
                intents.push(Intent::Look(Look::Drawer(false)));
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(egui::Id::unique("list offset"), out.state.unclamped_offset().y));
}

fn has_bar(entry: &Entry) -> bool {
    matches!(entry.counts.progress.state, State::Begun | State::Done)
}

fn row_ui(
    ui: &mut Ui,
    session: &Session,
    entry: &Entry,
    title_rows: usize,
    marks: Option<&Marks<'_>>,
) -> egui::Response {
    let (article, progress) = (&entry.article, &entry.counts.progress);
    let date = article.meta.published.as_deref().map(dates::short);
    let file = filter::file_shown(article).map(str::to_owned);
    let meta = [article.meta.outlet.clone(), date, file];
    let meta = meta.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ");
    let (n, answered) = (progress.n_sentences, progress.n_answered);
    let count = match progress.state {
        _ if !article.intact => "locked".to_owned(),
        State::Done | State::Begun if progress.n_check > 0 => format!("{} to check", progress.n_check),
        State::Done if progress.n_unsure > 0 => format!("{} unsure", progress.n_unsure),
        State::Begun => format!("{answered} of {n}"),
        State::New | State::Done => n.to_string(),
        State::Aside => progress.state.name().to_owned(),
    };
    let segments = match marks.filter(|_| has_bar(entry)) {
        Some(marks) => marks.segments(&entry.counts.labels, progress.n_none, &theme::of(ui)),
        None => Vec::new(),
    };
    let state = progress.state.name();
    let mut progress_words = match progress.state {
        State::Aside => state.to_owned(),
        _ => format!("{state}, {answered} of {n} answered"),
    };
    if progress.n_unsure > 0 {
        progress_words = format!("{progress_words}, {} unsure", progress.n_unsure);
    }
    let row = ListRow {
        title: article.shown_title(),
        meta: &meta,
        count: &count,
        progress: &progress_words,
        state: match progress.state {
            State::New => ArticleState::NotBegun,
            State::Begun => ArticleState::Begun,
            State::Done => ArticleState::Done,
            State::Aside => ArticleState::Aside,
        },
        segments: &segments,
        total: n as usize,
        selected: session.view().article.as_ref() == Some(&article.id),
        title_rows,
    };
    let response = list_row::show(ui, &row);
    if article.intact {
        response
    } else {
        tooltip::text(response, "The text does not match its hash, so it cannot be labelled")
    }
}

fn totals_ui(ui: &Ui, rect: Rect, session: &Session) {
    let t = theme::of(ui).tokens;
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, t.border));
    let totals = session.derived().totals();
    let progress = &totals.progress;
    let of =
        |n: u32, all: u32, what: &str| format!("{} of {} {what}", grouped(n as usize), grouped(all as usize));
    let done = of(totals.n_done, totals.n_articles, "done");
    let answered = of(progress.n_answered, progress.n_sentences, "sentences");
    spoken::text(ui, rect, &format!("{done}, {answered}"));
    let (left, right) = (rect.left() + PANEL_PADDING, rect.right() - PANEL_PADDING);
    let y = rect.center().y;
    let needed = [&done, &answered].map(|words| frame::text_width(painter, words, fonts::SMALL));
    if needed[0] + needed[1] + 12.0 <= right - left {
        frame::text(painter, pos2(left, y), Align2::LEFT_CENTER, &done, fonts::SMALL, t.weak);
        frame::text(painter, pos2(right, y), Align2::RIGHT_CENTER, &answered, fonts::SMALL, t.weak);
    } else {
        frame::text(painter, pos2(left, y - 8.0), Align2::LEFT_CENTER, &done, fonts::SMALL, t.weak);
        frame::text(painter, pos2(left, y + 8.0), Align2::LEFT_CENTER, &answered, fonts::SMALL, t.weak);
    }
}
