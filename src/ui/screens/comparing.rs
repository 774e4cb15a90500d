//! *Compare files*: what the files say differently. Another codebook side by side with this one, label by label; answers of one
//! person that differ, one by one; and the one button.

use super::{Rooms, at_right, header_ui, paragraph, part, words};
use crate::analysis::together::{Differing, Mapping, Twice};
use crate::model::ids::LabelId;
use crate::model::scheme::{Label, Scheme};
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::comparing::{Comparing, ComparingLook, Thing};
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::parts::button::Button;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{chip, frame, menu, scroll, spoken, tabs, tooltip};
use crate::ui::theme::{self, RADIUS, STROKE, label_colours, none_colours};
use egui::{
    Align2, Color32, Id, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

const LEFT: f32 = 320.0;
const LEFT_NARROW: f32 = 240.0;
const THING: f32 = 60.0;
const LABEL_ROW: f32 = 64.0;
const DIFFERENCE_ROW: f32 = 48.0;
const EDGE: f32 = 16.0;
/// Widest table: letters are not far from what they belong to.
const MOST_WIDTH: f32 = 920.0;
const ANSWER: f32 = 132.0;

pub(super) fn comparing_ui(
    ui: &mut Ui,
    (session, comparing): (&Session, &Comparing),
    rooms: Rooms,
    intents: &mut Vec<Intent>,
) {
    let n = comparing.came().names.len();
    let about = format!("{}: what they say differently", counted(n, "file", "files"));
    header_ui(ui, rooms.header, ("Compare files", &about), intents);
    let t = theme::of(ui).tokens;
    let Some(desk) = session.desk() else { return };
    let width = if rooms.middle.width() < theme::COMPACT_BELOW { LEFT_NARROW } else { LEFT };
    let (left, side) = rooms.middle.split_left_right_at_x(rooms.middle.left() + width);
    let mut list = part(ui, left, t.chrome, "What differs");
    things_ui(&mut list, (session, comparing), intents);
    let mut paper = part(ui, side, t.paper, "What is taken");
    match comparing.in_hand() {
        Some(Thing::Codebook(mapping)) => codebook_ui(&mut paper, (desk, comparing), mapping, intents),
        Some(Thing::Coder(twice)) => coder_ui(&mut paper, (session, desk, comparing), twice, intents),
        None => {}
    }
    ui.painter().vline(left.right(), rooms.middle.y_range(), Stroke::new(STROKE, t.border));
    foot_ui(ui, (session, comparing), rooms.foot, intents);
}

fn look(look: ComparingLook) -> Intent {
    Intent::Look(Look::Screen(ScreenLook::Compare(look)))
}

fn file(comparing: &Comparing, file: usize) -> &str {
    comparing.came().names.get(file).map_or("", String::as_str)
}

/// Whose answers they are, where names are not hidden.
fn who(session: &Session, twice: &Twice) -> String {
    session.shown_person(&[], &twice.coder)
}

/// Files with another codebook, then coders whose answers stand in two.
fn things_ui(ui: &mut Ui, (session, comparing): (&Session, &Comparing), intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let things: Vec<Thing<'_>> = comparing.things().collect();
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    ui.add_space(8.0);
    spoken::list(ui, "What differs", things.len());
    scroll::down().id_salt("things").auto_shrink(false).show(ui, |ui| {
        for (idx, thing) in things.into_iter().enumerate() {
            let (title, below) = match thing {
                Thing::Codebook(mapping) => {
                    let n =
                        mapping.labels.iter().filter(|one| comparing.here(mapping, one).is_some()).count();
                    let of = mapping.labels.len();
                    let title = format!("Another codebook: {}", file(comparing, mapping.file));
                    (title, format!("{n} of {} have a label here", counted(of, "label", "labels")))
                }
                Thing::Coder(twice) => {
                    let n = twice.differ.len();
                    let differ = if n == 1 { "differs" } else { "differ" };
                    let title = format!("{} in two files", who(session, twice));
                    let from = file(comparing, comparing.from(twice));
                    (title, format!("{} {differ}; taken from {from}", counted(n, "answer", "answers")))
                }
            };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), THING), Sense::click());
            let is_here = idx == comparing.thing;
            response
                .widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, format!("{title}. {below}")));
            spoken::option(&response, is_here, idx);
            ground(ui, rect, &response, is_here);
            let kind = if is_here { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
            let (x, right) = (rect.left() + EDGE, rect.right() - EDGE);
            let at = pos2(x, rect.top() + 20.0);
            let cut = frame::text_between(ui.painter(), at, right, &title, kind, t.strong);
            let at = pos2(x, rect.top() + 40.0);
            let cut = frame::text_between(ui.painter(), at, right, &below, fonts::SMALL, t.weak) || cut;
            if response.clicked() {
                intents.push(look(ComparingLook::Thing(idx)));
            }
            if cut {
                tooltip::text(response, &format!("{title}\n{below}"));
            }
        }
    });
}

/// What lies under a row.
fn ground(ui: &Ui, rect: Rect, response: &Response, is_here: bool) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let inner = rect.shrink2(vec2(4.0, 1.0));
    if is_here || response.hovered() {
        ui.painter().rect_filled(inner, RADIUS, if is_here { t.selected } else { t.hover });
    }
    if response.has_focus() {
        frame::focus_ring(ui.painter(), inner.shrink(2.0), RADIUS, &theme);
    }
}

/// The head of what is in hand; gives what is left below it.
fn head_ui(ui: &Ui, head: &str, more: &str) -> Rect {
    let t = theme::of(ui).tokens;
    let place = ui.max_rect();
    let width = place.width().min(MOST_WIDTH);
    let at = place.min + vec2(24.0, 18.0);
    let below = paragraph(ui, at, width - 48.0, head, fonts::SCREEN_TITLE, t.strong);
    let below = paragraph(ui, pos2(at.x, below + 2.0), width - 48.0, more, fonts::INTERFACE, t.normal);
    Rect::from_min_max(
        pos2(place.left() + 8.0, below + 10.0),
        pos2(place.left() + width - 8.0, place.bottom()),
    )
}

fn caption(ui: &Ui, at: Pos2, right: f32, text: &str) {
    words(ui, at, right, text, fonts::SMALL, theme::of(ui).tokens.weak);
}

fn codebook_ui(
    ui: &mut Ui,
    (desk, comparing): (&Desk, &Comparing),
    mapping: &Mapping,
    intents: &mut Vec<Intent>,
) {
    let theirs = file(comparing, mapping.file);
    let head = format!("The codebook of {theirs}");
    let more = "Which label here is each of its labels? A label\u{2019}s key chooses for the row in hand, 0 leaves its \
                answers out.";
    let place = head_ui(ui, &head, more);
    let middle = place.left() + place.width() * 0.5;
    let y = place.top() + 10.0;
    caption(ui, pos2(place.left() + EDGE, y), middle - 24.0, &format!("In {theirs}"));
    caption(ui, pos2(middle + 12.0, y), place.right(), &format!("Here, as in {}", file(comparing, 0)));
    let list = place.with_min_y(place.top() + 24.0);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list).id_salt("labels"));
    inner.shrink_clip_rect(list);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    spoken::list(&inner, "Labels", mapping.labels.len());
    scroll::down().id_salt(("labels", mapping.file)).auto_shrink(false).show(&mut inner, |ui| {
        for row in 0..mapping.labels.len() {
            label_row_ui(ui, (desk.project().scheme(), comparing), (mapping, row), middle, intents);
        }
    });
}

fn label_row_ui(
    ui: &mut Ui,
    (scheme, comparing): (&Scheme, &Comparing),
    (mapping, row): (&Mapping, usize),
    middle: f32,
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let Some(theirs) = mapping.labels.get(row) else { return };
    let here = comparing.here(mapping, theirs);
    let here = here.as_ref().and_then(|id| scheme.label(id));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LABEL_ROW), Sense::click());
    let is_here = comparing.row == row;
    let n = counted(theirs.n, "answer", "answers");
    let name = here.map_or("no label here", |label| label.name.as_str());
    let said = format!("{}, {n}: {name}. {}", theirs.label.name, theirs.label.says);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &said));
    spoken::option(&response, is_here, row);
    ground(ui, rect, &response, is_here);
    if is_here {
        response.scroll_to_me(None);
    }
    let (top, below) = (rect.top() + 21.0, rect.top() + 45.0);
    let x = rect.left() + EDGE;
    label_ui(ui, pos2(x + 10.0, top), &theirs.label);
    let count = pos2(middle - 28.0, top);
    let edge = frame::text(ui.painter(), count, Align2::RIGHT_CENTER, &n, fonts::SMALL, t.weak).left();
    let at = pos2(x + 28.0, top);
    frame::text_between(ui.painter(), at, edge - 8.0, &theirs.label.name, fonts::INTERFACE_BOLD, t.strong);
    let at = pos2(x, below);
    frame::text_between(ui.painter(), at, middle - 28.0, &theirs.label.says, fonts::SMALL, t.normal);
    let says = here.map_or("Its answers stay out.", |label| label.says.as_str());
    let colour = if here.is_some() { t.normal } else { t.warning };
    frame::text_between(
        ui.painter(),
        pos2(middle + 12.0, below),
        rect.right() - 12.0,
        says,
        fonts::SMALL,
        colour,
    );
    let arrow = pos2(middle - 8.0, top);
    frame::text(ui.painter(), arrow, Align2::CENTER_CENTER, "\u{2192}", fonts::INTERFACE, t.weak);
    let width = (rect.right() - 12.0 - middle - 12.0).min(260.0);
    let choice =
        Rect::from_min_size(pos2(middle + 12.0, rect.top() + 6.0), vec2(width, theme::CONTROL_HEIGHT));
    choice_ui(ui, (scheme, here.map(AsRef::as_ref)), (row, &theirs.label.name), choice, intents);
    if response.clicked() {
        intents.push(look(ComparingLook::Row(row)));
    }
    let theirs = &theirs.label;
    tooltip::worked_out(response, || format!("{}: {}\n\n{name}: {says}", theirs.name, theirs.says));
}

/// A label's letter in its box.
fn label_ui(ui: &Ui, at: Pos2, label: &Label) {
    let theme = theme::of(ui);
    let ink = label_colours(&label.colour, theme.dark).ink;
    chip::letter_box(ui.painter(), &theme, at, 20.0, &label.letter, ink);
}

fn choice_ui(
    ui: &mut Ui,
    (scheme, here): (&Scheme, Option<&Label>),
    (row, of): (usize, &str),
    rect: Rect,
    intents: &mut Vec<Intent>,
) {
    let mut room = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt(("choice", row)));
    let name = here.map_or("No label here", |label| label.name.as_str());
    let head = menu::choice(&mut room, &format!("{of} is"), name, rect.width());
    egui::Popup::menu(&head).frame(menu::menu_frame(&theme::of(ui))).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut rows: Vec<Response> = Vec::new();
        let mut choices: Vec<Option<LabelId>> = Vec::new();
        for label in scheme.current() {
            let chosen = here.is_some_and(|here| here.id == label.id);
            rows.push(menu::choice_row(ui, &label.name, chosen));
            choices.push(Some(label.id.clone()));
        }
        menu::gap(ui);
        rows.push(menu::choice_row(ui, "No label here", here.is_none()));
        choices.push(None);
        let clicked = rows.iter().position(Response::clicked);
        if let Some(to) = menu::walk(ui, &rows).or(clicked).and_then(|idx| choices.get(idx)) {
            intents.push(look(ComparingLook::Label(row, to.clone())));
            ui.close();
        }
    });
}

fn coder_ui(
    ui: &mut Ui,
    (session, desk, comparing): (&Session, &Desk, &Comparing),
    twice: &Twice,
    intents: &mut Vec<Intent>,
) {
    let head = format!("{} whose answers stand in two files", who(session, twice));
    let more = "From which file are they taken? M leaves it as it is, T takes the other one. Below is each sentence that \
                is answered otherwise there.";
    let place = head_ui(ui, &head, more);
    let files = [twice.taken, twice.other];
    let chosen = files.iter().position(|file| *file == comparing.from(twice)).unwrap_or(0);
    let later = if twice.other_is_later { " (later)" } else { "" };
    let earlier = if twice.other_is_later { " (earlier)" } else { "" };
    let names = [
        format!("{}{earlier}", file(comparing, twice.taken)),
        format!("{}{later}", file(comparing, twice.other)),
    ];
    let width = (place.width() - 2.0 * EDGE).min(560.0);
    let bar = Rect::from_min_size(place.min + vec2(EDGE, 0.0), vec2(width, theme::CONTROL_HEIGHT));
    let mut room = ui.new_child(egui::UiBuilder::new().max_rect(bar).id_salt("files"));
    let clicked = tabs::choices(&mut room, &names.each_ref().map(String::as_str), chosen, width);
    if let Some(file) = clicked.and_then(|idx| files.get(idx)) {
        intents.push(look(ComparingLook::From(*file)));
    }
    let y = bar.bottom() + 18.0;
    let right = place.right() - EDGE;
    let columns = [right - 2.0 * ANSWER, right - ANSWER];
    caption(
        ui,
        pos2(bar.left(), y),
        columns[0] - 12.0,
        &counted(twice.differ.len(), "sentence", "sentences"),
    );
    for (x, file_at) in columns.into_iter().zip(files) {
        caption(ui, pos2(x, y), x + ANSWER - 8.0, file(comparing, file_at));
    }
    let list = place.with_min_y(y + 12.0);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list).id_salt("differences"));
    inner.shrink_clip_rect(list);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    let mut area = scroll::down().id_salt(("differences", twice.coder.as_str())).auto_shrink(false);
    // The row in hand is in view.
    let id = Id::unique("row of differences");
    let shown = inner.data(|data| data.get_temp::<usize>(id));
    if shown != Some(comparing.row) {
        inner.data_mut(|data| data.insert_temp(id, comparing.row));
        area = area
            .vertical_scroll_offset((comparing.row as f32 * DIFFERENCE_ROW - list.height() * 0.4).max(0.0));
    }
    area.show_rows(&mut inner, DIFFERENCE_ROW, twice.differ.len(), |ui, rows| {
        spoken::list(ui, "Answers that differ", twice.differ.len());
        for row in rows {
            let Some(one) = twice.differ.get(row) else { break };
            difference_ui(ui, desk, (one, row, comparing.row == row), (columns, chosen), intents);
        }
    });
}

fn difference_ui(
    ui: &mut Ui,
    desk: &Desk,
    (one, row, is_here): (&Differing, usize, bool),
    (columns, chosen): ([f32; 2], usize),
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), DIFFERENCE_ROW), Sense::click());
    let article = desk.article(&one.article);
    let idx = article.and_then(|article| article.idx_of(one.span));
    let sentence = article.zip(idx).and_then(|(article, idx)| article.sentences().get(idx));
    let text = article.zip(sentence).map_or("", |(article, sentence)| article.words_of(sentence));
    let title = article.map_or("", |article| article.shown_title());
    let number = idx.map_or(0, |idx| idx + 1);
    let scheme = desk.project().scheme();
    let answers = [&one.taken, &one.other].map(|labels| said(scheme, labels.as_deref()));
    let spoken_words = format!("{title}, sentence {number}: {text} {} or {}", answers[0], answers[1]);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &spoken_words));
    spoken::option(&response, is_here, row);
    ground(ui, rect, &response, is_here);
    let (x, right) = (rect.left() + EDGE, columns[0] - 12.0);
    let at = pos2(x, rect.top() + 16.0);
    frame::text_between(ui.painter(), at, right, text, fonts::INTERFACE, t.strong);
    let at = pos2(x, rect.top() + 34.0);
    frame::text_between(ui.painter(), at, right, &format!("{number} \u{b7} {title}"), fonts::SMALL, t.weak);
    for (idx, ((x, labels), words)) in
        columns.into_iter().zip([&one.taken, &one.other]).zip(&answers).enumerate()
    {
        let at = pos2(x, rect.center().y);
        let colour = if idx == chosen { t.strong } else { t.weak };
        if idx == chosen {
            icons::paint(ui.painter(), Icon::Tick, at + vec2(6.0, 0.0), t.strong);
        }
        let (letter, ink) = letter(ui, scheme, labels.as_deref());
        frame::text(ui.painter(), at + vec2(24.0, 0.0), Align2::CENTER_CENTER, &letter, fonts::LETTER, ink);
        frame::text_between(
            ui.painter(),
            at + vec2(36.0, 0.0),
            x + ANSWER - 8.0,
            words,
            fonts::SMALL,
            colour,
        );
    }
    if response.clicked() {
        intents.push(look(ComparingLook::Row(row)));
    }
    tooltip::worked_out(response, || format!("{title}\n{text}"));
}

/// An answer in words.
fn said(scheme: &Scheme, labels: Option<&[LabelId]>) -> String {
    let name = |id: &LabelId| scheme.label(id).map_or(id.to_string(), |label| label.name.clone());
    match labels {
        None => "no answer".to_owned(),
        Some([]) => "None".to_owned(),
        Some(labels) => labels.iter().map(name).collect::<Vec<_>>().join(" + "),
    }
}

fn letter(ui: &Ui, scheme: &Scheme, labels: Option<&[LabelId]>) -> (String, Color32) {
    let theme = theme::of(ui);
    let Some(labels) = labels else { return ("\u{b7}".to_owned(), theme.tokens.weak) };
    let known: Vec<_> = labels.iter().filter_map(|id| scheme.label(id)).collect();
    match known.first() {
        Some(first) => {
            let letters = known.iter().map(|label| label.letter.as_str()).collect();
            (letters, label_colours(&first.colour, theme.dark).ink)
        }
        None => ("\u{2013}".to_owned(), none_colours(theme.dark).ink),
    }
}

fn foot_ui(ui: &mut Ui, (session, comparing): (&Session, &Comparing), rect: Rect, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let mut foot = part(ui, rect, t.chrome, "What will happen");
    let ui = &mut foot;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let (n_out, n_other) = comparing.n_out_and_other();
    let refusal = session.desk().and_then(|desk| desk.closed_for_writing());
    let refusal = refusal.or(comparing.is_working().then_some("the files are being put together"));
    let button = Button::new("Compare so").primary().key("Ctrl Enter").height(36.0).disabled(refusal);
    let width = button.natural_width(ui.painter()).max(180.0);
    let button = button.width(width);
    let place = at_right(rect, rect.right() - EDGE, width);
    let right = place.left() - 24.0;
    let at = rect.min + vec2(EDGE, 26.0);
    let out = match n_out {
        0 => "Every answer has a label here.".to_owned(),
        n => format!("{} out: the label has none here.", stays(n)),
    };
    let other = match n_other {
        0 => String::new(),
        1 => " 1 answer is taken from the other file.".to_owned(),
        n => format!(" {n} answers are taken from the other file."),
    };
    words(ui, at, right, &format!("{out}{other}"), fonts::INTERFACE_BOLD, t.strong);
    let safe = "The files stay as they are; this project alone changes, and one undo takes it back.";
    words(ui, at + vec2(0.0, 22.0), right, safe, fonts::SMALL, t.weak);
    let why = refusal.map(super::capital).unwrap_or_default();
    words(ui, at + vec2(0.0, 40.0), right, &why, fonts::SMALL, t.weak);
    if button.show_at(ui, place.expand2(vec2(0.0, 3.0)), Id::unique("compare so")).clicked() {
        intents.push(Intent::Run("files-take"));
    }
}

fn stays(n: usize) -> String {
    if n == 1 { "1 answer stays".to_owned() } else { format!("{n} answers stay") }
}
