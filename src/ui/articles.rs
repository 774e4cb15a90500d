//! The list of articles: filter, rows, totals. Only the rows in view are built.

use crate::analysis::count::State;
use crate::analysis::filter::{Entry, Sort};
use crate::model::ids::ArticleId;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::view::{Field as Keyboard, Look};
use crate::ui::commands;
use crate::ui::dates;
use crate::ui::drafts::Drafts;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::over::grouped;
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::icons::Icon;
use crate::ui::parts::list_row::{self, ArticleState, ListRow};
use crate::ui::parts::{empty, frame, menu, tooltip};
use crate::ui::theme::{self, LIST_PADDING, PANEL_HEADER, PANEL_PADDING};
use egui::{Align2, Key, Rect, Sense, Ui, pos2, vec2};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

const TOTALS: f32 = 36.0;
/// Between rows.
const GAP: f32 = 1.0;
/// How many titles are measured in one frame.
const MOST_MEASURED: usize = 500;
/// From the panel's edge to a row.
const ROW_EDGE: f32 = 4.0;

/// Heights of the rows, kept from frame to frame.
#[derive(Default)]
struct Heights {
    /// Of which list and width the rows of titles are; nothing = not all are measured yet.
    list: Option<(u64, u32)>,
    /// Of which state of the project the tops are.
    revision: u64,
    /// Top of each row, and after the last one the whole height.
    tops: Vec<f32>,
    /// Rows of each title, 1 or 2, in the order of the list.
    title_rows: Vec<u8>,
    /// Titles whose length alone did not tell.
    measured: BTreeMap<ArticleId, usize>,
    /// Whether all dates are of one year, which then need not be said.
    one_year: bool,
    width: u32,
    /// The article that the list followed last.
    followed: Option<ArticleId>,
}

pub fn articles_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    header_ui(ui, session, intents);
    filter_ui(ui, session, intents);
    ui.add_space(8.0);
    let totals =
        Rect::from_min_max(pos2(ui.max_rect().left(), ui.max_rect().bottom() - TOTALS), ui.max_rect().max);
    let rows = Rect::from_min_max(ui.cursor().min, pos2(ui.max_rect().right(), totals.top()));
    let mut list = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("rows"));
    list.shrink_clip_rect(rows);
    if session.derived().n_listed() == 0 {
        empty_ui(&mut list, session, drafts, intents);
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
    let n = grouped(session.derived().entries().len());
    let at = pos2(title.right() + 8.0, bar.center().y);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, &n, fonts::INTERFACE, t.weak);
    let right = Rect::from_min_max(
        pos2(title.right() + 40.0, bar.top() + 10.0),
        pos2(bar.right() - LIST_PADDING, bar.bottom() - 10.0),
    );
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(right).layout(layout));
    let chosen = session.view().sort;
    let head = menu::quiet_choice(&mut place, "Order", &capital(chosen.name()));
    let popup = menu::menu_frame(&theme::of(ui));
    egui::Popup::menu(&head).frame(popup).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for sort in Sort::ALL {
            let icon = if sort == chosen { Some(Icon::Tick) } else { None };
            if menu::row_with(ui, &capital(sort.name()), "", None, icon).clicked() {
                intents.push(Intent::Look(Look::Sort(sort)));
                ui.close();
            }
        }
    });
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn filter_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let mut text = session.view().filter.clone();
    let width = ui.available_width() - 2.0 * LIST_PADDING;
    ui.horizontal(|ui| {
        ui.add_space(LIST_PADDING);
        let id = egui::Id::unique("article filter");
        let field = Field::new(id, "Filter articles", &mut text)
            .icon(Icon::Magnifier)
            .hint("Filter by title, outlet, state")
            .width(width)
            .show(ui);
        if session.view().focus == Some(Keyboard::Filter) {
            field.request_focus();
            intents.push(Intent::Look(Look::Focused));
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if field.changed() {
            intents.push(Intent::Look(Look::Filter(text)));
        } else if entered && let Some(first) = session.derived().listed(0) {
            intents.push(Intent::Look(Look::Article(first.article.id.clone())));
        }
    });
}

fn empty_ui(ui: &mut Ui, session: &Session, _drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    ui.add_space(16.0);
    let inner = ui.max_rect().shrink2(vec2(LIST_PADDING, 0.0));
    let inner = Rect::from_min_max(pos2(inner.left(), ui.cursor().top()), inner.max);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(inner));
    let n = session.derived().entries().len();
    if n == 0 {
        empty::show(&mut place, "No articles in this project", "Drop files here, or", None);
        place.add_space(8.0);
        commands::command_button(&mut place, session, "add", true, intents);
        return;
    }
    let title = format!("No article matches \u{201c}{}\u{201d}", session.view().filter);
    let text = format!("{n} articles are hidden by the filter.");
    let clear = empty::show(&mut place, &title, &text, Some(Button::new("Clear the filter")));
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
    heights.refresh(ui, session, width);
    let mut area = egui::ScrollArea::vertical().auto_shrink([false; 2]).id_salt("articles");
    if let Some(offset) = heights.follow(
        session,
        ui.available_height(),
        ui.data(|d| d.get_temp(egui::Id::unique("list offset"))),
    ) {
        area = area.vertical_scroll_offset(offset);
    }
    let out = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(heights.tops.last().copied().unwrap_or(0.0));
        let marks = session.desk().map(|desk| Marks::of(desk.project().scheme(), &theme::of(ui)));
        let first = heights.tops.partition_point(|top| *top <= viewport.min.y).saturating_sub(1);
        let origin = ui.max_rect().min;
        for place in first..session.derived().n_listed() {
            let Some((top, bottom)) = heights.tops.get(place).zip(heights.tops.get(place + 1)) else { break };
            if *top > viewport.max.y {
                break;
            }
            let Some(entry) = session.derived().listed(place) else { break };
            let rect = Rect::from_min_max(
                pos2(origin.x + ROW_EDGE, origin.y + top),
                pos2(origin.x + ROW_EDGE + width, origin.y + bottom - GAP),
            );
            let mut row = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt(place));
            let title_rows = heights.title_rows.get(place).map_or(1, |n| usize::from(*n));
            if row_ui(&mut row, session, entry, (title_rows, heights.one_year), marks.as_ref()).clicked() {
                intents.push(Intent::Look(Look::Article(entry.article.id.clone())));
                intents.push(Intent::Look(Look::Drawer(false)));
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(egui::Id::unique("list offset"), out.state.unclamped_offset().y));
}

impl Heights {
    fn refresh(&mut self, ui: &Ui, session: &Session, width: f32) {
        let list = (session.derived().list_revision(), width.to_bits());
        let revision = session.desk().map_or(0, Desk::revision);
        if self.list != Some(list) {
            self.measure(ui, session, width);
        } else if self.revision == revision {
            return;
        }
        self.revision = revision;
        self.tops.clear();
        let mut top = 0.0;
        for (place, n_rows) in self.title_rows.iter().enumerate() {
            self.tops.push(top);
            let has_bar = session.derived().listed(place).is_some_and(has_bar);
            top += list_row::row_height(usize::from(*n_rows), has_bar) + GAP;
        }
        self.tops.push(top);
    }

    /// Asks how many rows each title takes. What is long to measure is done in the next frames, so that none takes long.
    fn measure(&mut self, ui: &Ui, session: &Session, width: f32) {
        if self.width != width.to_bits() {
            self.measured.clear();
            self.width = width.to_bits();
        }
        let derived = session.derived();
        let mut n_new = 0;
        self.title_rows.clear();
        for entry in (0..derived.n_listed()).filter_map(|place| derived.listed(place)) {
            let title = entry.article.shown_title();
            let known = list_row::plain_title_rows(title, width);
            let known = known.or_else(|| self.measured.get(&entry.article.id).copied());
            let n_rows = known.unwrap_or_else(|| {
                n_new += 1;
                if n_new > MOST_MEASURED {
                    return 2;
                }
                let n_rows = list_row::title_rows(ui, title, width);
                self.measured.insert(entry.article.id.clone(), n_rows);
                n_rows
            });
            self.title_rows.push(if n_rows > 1 { 2 } else { 1 });
        }
        let dates = derived.entries().iter().filter_map(|entry| entry.article.meta.published.as_deref());
        let mut years = dates.filter_map(dates::year);
        let first = years.next();
        self.one_year = years.all(|year| Some(year) == first);
        let is_whole = n_new <= MOST_MEASURED;
        self.list = is_whole.then_some((derived.list_revision(), width.to_bits()));
        if !is_whole {
            ui.ctx().request_repaint();
        }
    }

    /// The offset that brings the article shown into view, when it is another one than before.
    fn follow(&mut self, session: &Session, height: f32, offset: Option<f32>) -> Option<f32> {
        let article = session.view().article.as_ref()?;
        if self.followed.as_ref() == Some(article) {
            return None;
        }
        let place = session.derived().place(article)?;
        self.followed = Some(article.clone());
        let (top, bottom) = (*self.tops.get(place)?, *self.tops.get(place + 1)?);
        let offset = offset.unwrap_or(0.0);
        if top >= offset && bottom <= offset + height {
            return None;
        }
        let most = (self.tops.last().copied().unwrap_or(0.0) - height).max(0.0);
        Some((top - height * 0.3).clamp(0.0, most))
    }
}

fn has_bar(entry: &Entry) -> bool {
    entry.counts.progress.state != State::New
}

fn row_ui(
    ui: &mut Ui,
    session: &Session,
    entry: &Entry,
    (title_rows, one_year): (usize, bool),
    marks: Option<&Marks<'_>>,
) -> egui::Response {
    let (article, progress) = (&entry.article, &entry.counts.progress);
    let date = article.meta.published.as_deref().map(if one_year { dates::day } else { dates::short });
    let meta = [article.meta.outlet.clone(), date].into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ");
    let (n, answered) = (progress.n_sentences, progress.n_answered);
    let count = match progress.state {
        _ if !article.intact => "locked".to_owned(),
        State::Done | State::Begun if progress.n_check > 0 => format!("{} to check", progress.n_check),
        State::Done if progress.n_unsure > 0 => format!("{} unsure", progress.n_unsure),
        State::Begun => format!("{answered} of {n}"),
        State::New | State::Done => n.to_string(),
    };
    let segments = match marks.filter(|_| has_bar(entry)) {
        Some(marks) => marks.segments(&entry.counts.labels, progress.n_none, &theme::of(ui)),
        None => Vec::new(),
    };
    let row = ListRow {
        title: article.shown_title(),
        meta: &meta,
        count: &count,
        state: match progress.state {
            State::New => ArticleState::NotBegun,
            State::Begun => ArticleState::Begun,
            State::Done => ArticleState::Done,
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
