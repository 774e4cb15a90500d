//! The page without a project: go on, begin, open, try.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::{Align2, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Shape, Stroke, Ui};
use egui::{UiBuilder, WidgetInfo, pos2, vec2};

use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::job::{Job, JobKind};
use crate::session::prefs::{RecentProject, Setting};
use crate::shell::{clock, places};
use crate::ui::drops;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::over::seen::Seen;
use crate::ui::parts::bar::{self, Segment};
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::keycap::{self, Ground};
use crate::ui::parts::{frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, RADIUS, STROKE, WELCOME_CONTROL_HEIGHT, label_colours, none_colours};

/// Width of the two columns with what is between them.
const WIDTH: f32 = 904.0;
const LEFT: f32 = 304.0;
const RIGHT: f32 = 512.0;
/// The least that a column of recent projects takes beside the buttons.
const LEAST_RIGHT: f32 = 300.0;
const LEAST_GAP: f32 = 40.0;
const EDGE: f32 = 24.0;
const ROW_HEIGHT: f32 = 79.0;
/// A row's fill reaches this far beyond its words.
const BESIDE: f32 = 12.0;
const FORGET: &str = "Forget";
/// Height of what stands over the first row.
const HEAD: f32 = 40.0;
/// Height of the left column.
const LEFT_HEIGHT: f32 = 390.0;
/// The least height in which nothing of the page is cut off.
pub const HEIGHT: f32 = LEFT_HEIGHT + 2.0 * EDGE;

/// What the page remembers from pass to pass.
#[derive(Default)]
pub struct WelcomeDraft {
    seen: Seen,
    /// The files that were looked for, when the page appeared.
    asked: Vec<PathBuf>,
    missing: BTreeSet<PathBuf>,
    /// What has the keyboard, or had it before something stood over the page.
    focused: Option<Id>,
}

/// Draws the page in the room that is there.
pub fn welcome_ui(ui: &mut Ui, session: &Session, draft: &mut WelcomeDraft, intents: &mut Vec<Intent>) {
    let takes_drops = drops::are_taken(ui.ctx());
    let recent = &session.settings().recent;
    draft.look(ui.ctx(), recent, intents);
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0, theme::of(ui).tokens.paper);

    let gap = (room.width() - 2.0 * EDGE - LEFT - RIGHT).clamp(LEAST_GAP, WIDTH - LEFT - RIGHT);
    let right = (room.width() - 2.0 * EDGE - LEFT - gap).min(RIGHT);
    let beside = right >= LEAST_RIGHT;
    let rows_height = HEAD + ROW_HEIGHT * recent.len().max(1) as f32;
    let height = if beside { LEFT_HEIGHT.max(rows_height) } else { LEFT_HEIGHT + 24.0 + rows_height };
    let above = ((room.height() - height) * 0.355).clamp(24.0, 104.0);
    let mut page = Page { session, intents, ids: Vec::new(), wants: None };
    scroll::down().auto_shrink(false).id_salt("welcome").show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let width = ui.available_width();
        let total = if beside { LEFT + gap + right } else { LEFT.max((width - 2.0 * EDGE).min(RIGHT)) };
        let (block, _) = ui.allocate_exact_size(vec2(width, above + height + 24.0), Sense::hover());
        let corner =
            pos2((block.left() + (width - total) / 2.0).max(block.left() + EDGE), block.top() + above);
        let left = Rect::from_min_size(corner.round(), vec2(LEFT, LEFT_HEIGHT));
        let list = if beside {
            Rect::from_min_size(pos2(left.right() + gap, left.top()), vec2(right, rows_height))
        } else {
            Rect::from_min_size(pos2(left.left(), left.bottom() + 24.0), vec2(total, rows_height))
        };
        Page::head_ui(ui, left, takes_drops);
        page.recent_ui(ui, list, draft);
        page.buttons_ui(ui, left, recent.is_empty());
    });
    let (ids, wants) = (page.ids, page.wants);
    draft.keep_focus(ui.ctx(), session, &ids, wants);
}

impl WelcomeDraft {
    /// Asks once, when the page appears, which of the recent files are there.
    fn look(&mut self, ctx: &egui::Context, recent: &[RecentProject], intents: &mut Vec<Intent>) {
        let is_new = self.seen.is_new(ctx);
        let same = recent.iter().map(|row| &row.path).eq(self.asked.iter());
        if !is_new && same {
            return;
        }
        if is_new {
            self.focused = None;
        }
        self.asked = recent.iter().map(|row| row.path.clone()).collect();
        self.missing = self.asked.iter().filter(|path| !places::exists(path)).cloned().collect();
        // A project that was found again elsewhere leaves a row behind that leads nowhere.
        for row in recent.iter().filter(|row| self.missing.contains(&row.path)) {
            let elsewhere =
                recent.iter().any(|other| other.id == row.id && !self.missing.contains(&other.path));
            if elsewhere && !row.id.is_empty() {
                intents.push(Intent::Set(Setting::Forget(row.path.clone())));
            }
        }
    }

    /// Something on the page always has the keyboard: what had it, else what `Enter` is to do.
    fn keep_focus(&mut self, ctx: &egui::Context, session: &Session, ids: &[Id], wants: Option<Id>) {
        if session.view().over.is_some() || egui::Popup::is_any_open(ctx) {
            return;
        }
        match ctx.memory(egui::Memory::focused) {
            Some(id) if ids.contains(&id) => self.focused = Some(id),
            Some(_) => {}
            None => {
                let back = self.focused.filter(|id| ids.contains(id)).or(wants);
                if let Some(id) = back {
                    ctx.memory_mut(|memory| memory.request_focus(id));
                }
            }
        }
    }
}

/// What the drawing functions share.
struct Page<'a> {
    session: &'a Session,
    intents: &'a mut Vec<Intent>,
    /// Everything that can have the keyboard.
    ids: Vec<Id>,
    /// What has the keyboard first.
    wants: Option<Id>,
}

impl Page<'_> {
    fn head_ui(ui: &Ui, column: Rect, takes_drops: bool) {
        let theme = theme::of(ui);
        let (t, painter) = (theme.tokens, ui.painter());
        let name = "Allegata";
        let response = ui.interact(
            Rect::from_min_size(column.min, vec2(column.width(), 48.0)),
            ui.scope_id().with("wordmark"),
            Sense::hover(),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, name));
        let middle = pos2(column.left(), column.top() + 24.0);
        frame::text(painter, middle, Align2::LEFT_CENTER, name, fonts::WORDMARK, t.strong);
        underlines(ui, column);
        let lead = "Read the news closely. Record, sentence by sentence, what is alleged, what is denied and \
                    what is stated as fact.";
        let galley = fonts::LEAD.wrapped(painter, lead, t.normal, column.width() + 6.0);
        let at = column.min + vec2(0.0, 78.0);
        spoken::text(ui, Rect::from_min_size(at, galley.size()), lead);
        painter.galley(at, galley, t.normal);
        let hint = if takes_drops {
            "You can also drop a project or articles (text, Markdown, Word) anywhere on this window."
        } else {
            "Ctrl+I begins a project with your articles (text, Markdown, Word)."
        };
        let kind = fonts::Type { line: 18.0, ..fonts::SMALL };
        let galley = kind.wrapped(painter, hint, t.weak, column.width());
        let at = column.min + vec2(0.0, 353.0);
        spoken::text(ui, Rect::from_min_size(at, galley.size()), hint);
        painter.galley(at, galley, t.weak);
    }

    fn buttons_ui(&mut self, ui: &Ui, column: Rect, nothing_recent: bool) {
        let place = |nth: f32| {
            let top = (WELCOME_CONTROL_HEIGHT + 12.0).mul_add(nth, column.top() + 182.0);
            Rect::from_min_size(pos2(column.left(), top), vec2(column.width(), WELCOME_CONTROL_HEIGHT))
        };
        let new = Button::new("New project").key("Ctrl N").spread().height(WELCOME_CONTROL_HEIGHT);
        let open = Button::new("Open project\u{2026}").key("Ctrl O").spread().height(WELCOME_CONTROL_HEIGHT);
        let sample = Button::new("Try the sample").spread().height(WELCOME_CONTROL_HEIGHT);
        let (new, sample) = if nothing_recent {
            (new, sample.primary().key("Enter"))
        } else {
            (new.primary(), sample.note("a copy to practise on"))
        };
        let buttons = [("new", new), ("open", open), ("sample", sample)];
        for ((command, button), nth) in buttons.into_iter().zip([0.0, 1.0, 2.0]) {
            let id = ui.scope_id().with(("welcome", command));
            let response = button.show_at(ui, place(nth), id);
            self.ids.push(id);
            if command == "sample" {
                self.wants = self.wants.or(Some(id));
            }
            if response.clicked() && !self.is_opening() {
                self.intents.push(Intent::Run(command));
            }
        }
    }

    fn recent_ui(&mut self, ui: &mut Ui, column: Rect, draft: &WelcomeDraft) {
        let t = theme::of(ui).tokens;
        let painter = ui.painter();
        let head = column.top() + 24.0;
        let recent = &self.session.settings().recent;
        let kind = fonts::INTERFACE_BOLD;
        frame::text(
            painter,
            pos2(column.left(), head),
            Align2::LEFT_CENTER,
            "Recent projects",
            kind,
            t.strong,
        );
        painter.hline(column.x_range(), column.top() + HEAD - 0.5, Stroke::new(STROKE, t.border));
        spoken::heading(ui, Rect::from_min_size(column.min, vec2(column.width(), HEAD)), "Recent projects");
        if recent.is_empty() {
            let words = "Projects that you open are listed here, with how far they are.";
            let galley = fonts::INTERFACE.wrapped(painter, words, t.weak, column.width());
            let at = column.min + vec2(0.0, HEAD + 14.0);
            spoken::text(ui, Rect::from_min_size(at, galley.size()), words);
            painter.galley(at, galley, t.weak);
            return;
        }
        let right = pos2(column.right(), head);
        frame::text(painter, right, Align2::RIGHT_CENTER, "Opened", fonts::SMALL, t.weak);
        let goes_on = recent.iter().position(|row| !draft.missing.contains(&row.path));
        let rows: Vec<Id> = recent.iter().map(|row| ui.scope_id().with(("recent", &row.path))).collect();
        for ((row, id), nth) in recent.iter().zip(&rows).zip(0_usize..) {
            let top = ROW_HEIGHT.mul_add(nth as f32, column.top() + HEAD);
            let rect = Rect::from_x_y_ranges(column.x_range(), top..=top + ROW_HEIGHT);
            let response = ui.interact(rect.expand2(vec2(BESIDE, 0.0)), *id, Sense::click());
            self.ids.push(*id);
            let beside = [nth.checked_sub(1), Some(nth + 1)].map(|idx| rows.get(idx?).copied());
            arrows(ui, &response, beside);
            if draft.missing.contains(&row.path) {
                self.missing_row(ui, rect, &response, row);
                continue;
            }
            if goes_on == Some(nth) {
                self.wants = Some(*id);
            }
            let cut = row_ui(ui, rect, &response, row, goes_on == Some(nth), self.session.now().at.0);
            if self.forget_ui(ui, rect, &response, row) {
                continue;
            }
            let response = if cut { tooltip::text(response, &row.title) } else { response };
            if response.clicked() && !self.is_opening() {
                self.intents.push(Intent::Start(Job::Open { path: row.path.clone(), with: Vec::new() }));
            }
        }
    }

    /// A link, where the pointer is, that takes a row out of the list; the file stays. `Delete` does the same.
    fn forget_ui(&mut self, ui: &mut Ui, rect: Rect, response: &Response, row: &RecentProject) -> bool {
        let id = response.id.with("forget");
        let width = button::link_width(ui.painter(), FORGET, None);
        let place = Rect::from_min_size(
            pos2(rect.center().x - width / 2.0, rect.top() + 33.5),
            vec2(width, theme::LEAST_TARGET),
        );
        self.ids.push(id);
        let mut forgets =
            response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete));
        if ui.rect_contains_pointer(rect) || ui.memory(|memory| memory.has_focus(id)) {
            let link = button::link_at(ui, place, id, FORGET, None);
            forgets |= tooltip::text(link, "Take it out of this list; the file stays where it is").clicked();
        }
        if forgets {
            self.intents.push(Intent::Set(Setting::Forget(row.path.clone())));
        }
        forgets
    }

    /// A project whose file is not where it was.
    fn missing_row(&mut self, ui: &mut Ui, rect: Rect, response: &Response, row: &RecentProject) {
        let theme = theme::of(ui);
        let t = theme.tokens;
        let words = "The file has moved or its drive is not connected";
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}. {words}", row.title)));
        ground(ui, rect, response);
        let at = pos2(rect.right(), rect.top() + 25.0);
        let when = clock::day(row.opened_at, self.session.now().at.0);
        let day = frame::text(ui.painter(), at, Align2::RIGHT_CENTER, &when, fonts::SMALL, t.weak);
        let kind = fonts::Type { weight: fonts::Weight::Regular, ..fonts::SCREEN_TITLE };
        let title = pos2(rect.left(), rect.top() + 25.0);
        frame::text_between(ui.painter(), title, day.left() - 12.0, &row.title, kind, t.weak);
        let middle = rect.top() + 45.5;
        let mut right = rect.right();
        for name in ["Forget", "Find it\u{2026}"] {
            let width = button::link_width(ui.painter(), name, None);
            let place =
                Rect::from_center_size(pos2(right - width / 2.0, middle), vec2(width, theme::LEAST_TARGET));
            let id = response.id.with(name);
            let mut inside = ui.new_child(UiBuilder::new().max_rect(place).id_salt((name, &row.path)));
            let link = button::link_at(&inside, place, id, name, None);
            inside.allocate_rect(place, Sense::hover());
            self.ids.push(id);
            if link.clicked() {
                self.intents.push(if name == "Forget" {
                    Intent::Set(Setting::Forget(row.path.clone()))
                } else {
                    Intent::Run("open")
                });
            }
            right -= width + 16.0;
        }
        let at = pos2(rect.left(), middle);
        let path = row.path.display().to_string();
        frame::text_between(ui.painter(), at, right - 4.0, words, fonts::SMALL, t.warning);
        if response.clicked() {
            self.intents.push(Intent::Run("open"));
        }
        tooltip::text(response.clone(), &path);
    }

    /// Whether a project is on its way: a second one is not asked for.
    fn is_opening(&self) -> bool {
        self.session.running().iter().any(|running| running.kind == JobKind::Open)
    }
}

/// The three underlines of the labels under the wordmark.
fn underlines(ui: &Ui, column: Rect) {
    let dark = theme::of(ui).dark;
    let painter = ui.painter();
    let y = column.top() + 58.0;
    let ends = |from: f32, to: f32| [pos2(column.left() + from, y), pos2(column.left() + to, y)];
    let mark = |hex: &str| label_colours(hex, dark).mark;
    painter.line_segment(ends(1.0, 52.0), Stroke::new(3.0, mark("#D55E00")));
    painter.extend(Shape::dashed_line(&ends(60.0, 111.0), Stroke::new(3.0, mark("#0072B2")), 9.0, 5.0));
    painter.extend(Shape::dotted_line(&ends(119.0, 170.0), mark("#009E73"), 6.5, 1.6));
}

/// Up and Down go from row to row; the row keeps them from moving the focus elsewhere.
fn arrows(ui: &Ui, response: &Response, [above, below]: [Option<Id>; 2]) {
    if !response.has_focus() {
        return;
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = if pressed(Key::ArrowDown) {
        below
    } else if pressed(Key::ArrowUp) {
        above
    } else {
        None
    };
    if let Some(to) = to {
        ui.memory_mut(|memory| memory.request_focus(to));
    }
}

fn ground(ui: &Ui, rect: Rect, response: &Response) {
    let theme = theme::of(ui);
    let whole = rect.expand2(vec2(BESIDE, 0.0));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(whole, RADIUS, theme.tokens.hover);
    }
    if response.has_focus() {
        frame::focus_ring(ui.painter(), whole.shrink(4.0), RADIUS, &theme);
    }
}

/// A project that can be opened; true if its title had to be cut.
fn row_ui(ui: &Ui, rect: Rect, response: &Response, row: &RecentProject, goes_on: bool, now: i64) -> bool {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let answered = format!("{} of {}", grouped(row.n_answered), grouped(row.n_sentences));
    let more = format!(" \u{b7} {answered} answered \u{b7} go on");
    let spoken = if goes_on {
        format!("{}{more}", row.title)
    } else {
        format!("{} \u{b7} {answered} answered", row.title)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    ground(ui, rect, response);
    let painter = ui.painter();
    let title = pos2(rect.left(), rect.top() + 25.0);
    let at = pos2(rect.right(), title.y);
    let when = clock::day(row.opened_at, now);
    let day = frame::text(painter, at, Align2::RIGHT_CENTER, &when, fonts::SMALL, t.weak);
    let more_width = if goes_on { frame::text_width(painter, &more, fonts::INTERFACE) } else { 0.0 };
    let room = day.left() - 12.0 - more_width;
    let cut = frame::text_between(painter, title, room, &row.title, fonts::SCREEN_TITLE, t.strong);
    if goes_on {
        let width = frame::text_width(painter, &row.title, fonts::SCREEN_TITLE).min(room - title.x);
        let at = pos2(title.x + width, title.y + 1.0);
        frame::text(painter, at, Align2::LEFT_CENTER, &more, fonts::INTERFACE, t.normal);
    }
    let meta = pos2(rect.left(), rect.top() + 45.5);
    let words = format!("{}, {} done", counted(row.n_articles, "article", "articles"), grouped(row.n_done));
    frame::text(painter, meta, Align2::LEFT_CENTER, &words, fonts::SMALL, t.weak);
    let at = pos2(rect.right(), meta.y);
    if !goes_on {
        let words = format!("{answered} sentences");
        frame::text(painter, at, Align2::RIGHT_CENTER, &words, fonts::SMALL, t.weak);
    } else if response.has_focus() {
        keycap::paint(painter, &theme, at, "Enter", Ground::Plain);
    }
    let line = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 62.0..=rect.top() + 62.0 + bar::THIN);
    bar::paint(painter, line, &segments(row, theme.dark), row.n_sentences, t.track);
    cut
}

/// The pieces of the bar: the labels, then what was answered with none of them.
fn segments(row: &RecentProject, dark: bool) -> Vec<Segment> {
    let mut segments: Vec<Segment> = row
        .labels
        .iter()
        .map(|label| Segment { colour: label_colours(&label.colour, dark).mark, count: label.n })
        .collect();
    let labelled: usize = segments.iter().map(|segment| segment.count).sum();
    let none = row.n_answered.saturating_sub(labelled);
    segments.push(Segment { colour: none_colours(dark).mark, count: none });
    segments
}
