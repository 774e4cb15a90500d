//! The form of one label: its signs, its entry in the codebook, how it looks, and what happens to what uses it.

use super::list::name_of;
use super::{Shown, look};
use crate::model::scheme::{LINES, Label, Scheme};
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::screens::scheming::{
    Incoming, SchemeChange, SchemeLook, Text, covered, objection, text_of,
};
use crate::session::view::{Listing, Look};
use crate::ui::fonts;
use crate::ui::layout::Form as Width;
use crate::ui::marks::Marks;
use crate::ui::numbers::counted;
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::field::Field;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::prose::{self, Answer, Line, Mark, Paragraph, Sentence};
use crate::ui::parts::{empty, frame, menu, scroll, spoken, tabs, tooltip};
use crate::ui::screens::paragraph;
use crate::ui::theme::{self, DARK, LIGHT, RADIUS, STROKE, SWATCHES, Swatch, Theme, contrast, vision};
use egui::{Align2, Id, Key, Margin, Modifiers, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

const PADDING: f32 = 32.0;
const FOOT: f32 = 56.0;
const SWATCH: f32 = 32.0;
/// Contrast that text needs.
const TEXT: f32 = 4.5;
/// The most lines that are said of a scheme which was read.
const MOST_LINES: usize = 12;

pub(super) fn form_ui(ui: &mut Ui, shown: Shown<'_>, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let Some(desk) = shown.session.desk() else { return };
    let scheme = desk.project().scheme();
    let padding = if place.width() < 520.0 { 16.0 } else { PADDING };
    let foot = if shown.label.is_some() { FOOT } else { 0.0 };
    let room = place.with_max_y(place.bottom() - foot);
    let inner = room.shrink2(vec2(padding, 0.0));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("form"));
    column.shrink_clip_rect(room);
    let salt = shown.label.map_or("", |label| label.id.as_str());
    scroll::down().id_salt(("label form", salt)).auto_shrink(false).show(&mut column, |ui| {
        ui.set_max_width(inner.width() - 10.0);
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        ui.add_space(14.0);
        if let Some(incoming) = &shown.scheming.incoming {
            incoming_ui(ui, incoming, shown.closed, intents);
        }
        if let Some(label) = shown.label {
            older_ui(ui, shown, label, intents);
        }
        match shown.label {
            Some(label) => label_ui(ui, shown, (scheme, label), intents),
            None => empty_ui(ui, intents),
        }
        ui.add_space(16.0);
    });
    if let Some(label) = shown.label {
        foot_ui(ui, place.with_min_y(room.bottom()), shown, (scheme, label), intents);
    }
}

fn empty_ui(ui: &mut Ui, intents: &mut Vec<Intent>) {
    let text = "Add the first one with A, or take over the labels of another project with Import.";
    let add = Button::new("Add label").primary().key("A");
    if empty::show(ui, "No labels yet", text, Some(add)).is_some_and(|add| add.clicked()) {
        intents.push(Intent::Run("scheme-add"));
    }
}

/// Where there is no room for the preview: answers of an earlier version.
fn older_ui(ui: &mut Ui, shown: Shown<'_>, label: &Label, intents: &mut Vec<Intent>) {
    let n = shown.scheming.n_older(&label.id);
    if n == 0 || Width::of(ui.ctx().content_rect().width()).has_list() {
        return;
    }
    let t = theme::of(ui).tokens;
    let was = if n == 1 { "was" } else { "were" };
    let text = format!("{} {was} given under an earlier version.", counted(n, "coding", "codings"));
    ui.horizontal(|ui| {
        ui.label(fonts::INTERFACE.rich(text, t.warning));
        if button::link(ui, "List them", None).clicked() {
            intents.push(Intent::Look(Look::List(Some(Listing::Older(label.id.clone())))));
        }
    });
    ui.add_space(4.0);
}

/// What a scheme that was read would do, before it does.
fn incoming_ui(ui: &mut Ui, incoming: &Incoming, closed: Option<&str>, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let card = egui::Frame::new()
        .fill(t.warning_tint)
        .stroke(Stroke::new(STROKE, t.border))
        .corner_radius(RADIUS)
        .inner_margin(Margin::symmetric(12, 10));
    card.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
        ui.label(fonts::INTERFACE_BOLD.rich(format!("The scheme of {}", incoming.name), t.warning));
        let (lines, refusal) = match &incoming.says {
            Ok(says) => (says.as_slice(), None),
            Err(why) => (incoming.list.as_slice(), Some(why.as_str())),
        };
        if let Some(why) = refusal {
            ui.label(fonts::INTERFACE.rich(why, t.strong));
        }
        for line in lines.iter().take(MOST_LINES) {
            ui.label(fonts::INTERFACE.rich(line, t.strong));
        }
        if lines.len() > MOST_LINES {
            ui.label(fonts::INTERFACE.rich(format!("and {} more", lines.len() - MOST_LINES), t.strong));
        }
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let take = Button::new("Take it over").disabled(refusal.or(closed));
            if take.show(ui).clicked() {
                intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Adopt)));
            }
            if Button::new("Leave it").show(ui).clicked() {
                intents.push(look(SchemeLook::NotTaken));
            }
        });
    });
    ui.add_space(12.0);
}

fn label_ui(ui: &mut Ui, shown: Shown<'_>, (scheme, label): (&Scheme, &Label), intents: &mut Vec<Intent>) {
    let width = ui.available_width();
    let narrow = width < 480.0;
    let (letter, keys) = if narrow { (56.0, 80.0) } else { (72.0, 96.0) };
    let mut form = Form { shown, scheme, label, intents };
    ui.horizontal_top(|ui| {
        form.field(ui, ("Name", Text::Name), width - letter - keys - 32.0, 1);
        form.field(ui, ("Letter", Text::Letter), letter, 1);
        form.field(ui, ("Keys", Text::Keys), keys, 1);
    });
    if let Some((key, command)) = covered(&label.keys) {
        let t = theme::of(ui).tokens;
        let text = format!(
            "{key} gives this label where sentences are labelled; \u{201c}{command}\u{201d} is in its menu then."
        );
        ui.label(fonts::SMALL.rich(text, t.weak));
    }
    ui.add_space(8.0);
    if narrow {
        form.colours(ui);
        form.lines(ui, width.min(280.0));
    } else {
        ui.horizontal_top(|ui| {
            form.colours(ui);
            let left = ui.available_width();
            form.lines(ui, left.min(280.0));
        });
    }
    ui.add_space(8.0);
    form.field(ui, ("Definition, shown on hover and in the inspector", Text::Says), width, 2);
    ui.add_space(8.0);
    form.field(ui, ("When in doubt", Text::Doubt), width, 2);
    ui.add_space(8.0);
    if narrow {
        form.examples(ui, true, width);
        form.examples(ui, false, width);
    } else {
        ui.horizontal_top(|ui| {
            form.examples(ui, true, (width - 16.0) / 2.0);
            form.examples(ui, false, (width - 16.0) / 2.0);
        });
    }
    ui.add_space(8.0);
    looks_ui(ui, scheme, label, width);
}

struct Form<'a, 'b> {
    shown: Shown<'a>,
    scheme: &'a Scheme,
    label: &'a Label,
    intents: &'b mut Vec<Intent>,
}

impl Form<'_, '_> {
    fn caption(ui: &mut Ui, words: &str, width: f32) {
        let t = theme::of(ui).tokens;
        let (rect, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
        frame::text_between(ui.painter(), rect.left_center(), rect.right(), words, fonts::SMALL, t.weak);
    }

    fn field(&mut self, ui: &mut Ui, (caption, text): (&str, Text), width: f32, rows: usize) {
        ui.vertical(|ui| {
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = 2.0;
            Self::caption(ui, caption, width);
            self.edit(ui, (caption, text), width, rows);
        });
    }

    fn edit(&mut self, ui: &mut Ui, (name, text): (&str, Text), width: f32, rows: usize) {
        let Shown { scheming, closed, .. } = self.shown;
        let typed = scheming.typed(text);
        let mut words = typed.map_or_else(|| text_of(self.label, text), str::to_owned);
        let error = typed.and_then(|typed| objection(self.scheme, Some(&self.label.id), text, typed));
        let id = Id::unique(("scheme", text, &self.label.id));
        let mut field = Field::new(id, name, &mut words).width(width).error(error.as_deref());
        if rows > 1 {
            field = field.rows(rows);
        }
        if closed.is_some() {
            field = field.read_only();
        }
        let field = field.show(ui);
        if scheming.focus == Some(text) {
            field.request_focus();
            field.scroll_to_me(None);
            self.intents.push(look(SchemeLook::Focused));
        }
        if field.changed() {
            self.intents.push(look(SchemeLook::Typed(text, words.clone())));
        }
        if field.lost_focus() {
            // Esc leaves the field, and the screen only when it is pressed again.
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            self.intents.push(look(SchemeLook::Left));
        }
        if rows == 1 && frame::text_width(ui.painter(), &words, fonts::INTERFACE) > width - 18.0 {
            tooltip::text(field, &words);
        }
    }

    fn colours(&mut self, ui: &mut Ui) {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
            let width = SWATCH.mul_add(8.0, 56.0);
            Self::caption(ui, "Colour", width);
            ui.horizontal(|ui| {
                for swatch in &SWATCHES {
                    self.swatch(ui, swatch);
                }
            });
        });
    }

    fn swatch(&mut self, ui: &mut Ui, swatch: &'static Swatch) {
        let theme = theme::of(ui);
        let t = theme.tokens;
        let colours = if theme.dark { swatch.dark } else { swatch.light };
        let is_its = |label: &Label| theme::swatch(&label.colour).is_some_and(|own| own.hex == swatch.hex);
        let is_chosen = is_its(self.label);
        let sense = if self.shown.closed.is_none() { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(SWATCH), sense);
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, self.shown.closed.is_none(), is_chosen, swatch.name)
        });
        let painter = ui.painter();
        painter.rect_filled(rect, RADIUS, colours.mark);
        let user = self.scheme.current().find(|label| label.id != self.label.id && is_its(label));
        // What stands on it is paper or ink, whichever can be read.
        let on = if contrast(t.paper, colours.mark) >= contrast(t.strong, colours.mark) {
            t.paper
        } else {
            t.strong
        };
        if is_chosen {
            icons::paint(painter, Icon::Tick, rect.center(), on);
            frame::focus_ring(painter, rect, RADIUS, &theme);
        } else if let Some(user) = user {
            frame::text(painter, rect.center(), Align2::CENTER_CENTER, &user.letter, fonts::LETTER, on);
        }
        if response.has_focus() || response.hovered() && !is_chosen {
            let edge = Stroke::new(if response.has_focus() { 2.0 } else { STROKE }, t.strong);
            painter.rect_stroke(rect.expand(2.0), RADIUS + 2, edge, egui::StrokeKind::Outside);
        }
        let says = user.map(|label| format!(", as {}", label.name)).unwrap_or_default();
        let clicked = response.clicked();
        tooltip::text(response, &format!("{}{says}", capital(swatch.name)));
        if clicked && !is_chosen {
            self.intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Colour(swatch.hex))));
        }
    }

    fn lines(&mut self, ui: &mut Ui, width: f32) {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            Self::caption(ui, "Underline", width);
            let names = ["Solid", "Dashed", "Dotted"];
            let at = LINES.iter().position(|line| *line == self.label.line).unwrap_or(0);
            let top = ui.cursor().min;
            let chosen = tabs::choices(ui, &names, at, width);
            let t = theme::of(ui).tokens;
            let part = width / 3.0;
            for (idx, line) in [Line::Solid, Line::Dashed, Line::Dotted].into_iter().enumerate() {
                let middle = part.mul_add(idx as f32 + 0.5, top.x);
                let y = top.y + theme::CONTROL_HEIGHT - 5.0;
                prose::underline(ui.painter(), line, pos2(middle - 24.0, y), middle + 24.0, t.strong);
            }
            if let Some(line) = chosen.and_then(|idx| LINES.get(idx)).filter(|_| self.shown.closed.is_none())
            {
                self.intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Line(line))));
            }
        });
    }

    fn examples(&mut self, ui: &mut Ui, belongs: bool, width: f32) {
        let list = if belongs { &self.label.is } else { &self.label.is_not };
        let of = |nth: usize| if belongs { Text::Is(nth) } else { Text::IsNot(nth) };
        let (head, icon) =
            if belongs { ("Belongs here", Icon::Tick) } else { ("Does not belong here", Icon::Cross) };
        let scheming = self.shown.scheming;
        let is_new = scheming.focus == Some(of(list.len())) || scheming.typed(of(list.len())).is_some();
        ui.vertical(|ui| {
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            Self::caption(ui, head, width);
            for nth in 0..list.len() + usize::from(is_new) {
                ui.horizontal_top(|ui| {
                    let (sign, _) = ui.allocate_exact_size(vec2(16.0, theme::CONTROL_HEIGHT), Sense::hover());
                    icons::paint(ui.painter(), icon, sign.center(), theme::of(ui).tokens.strong);
                    let name = format!("{head}, example {}", nth + 1);
                    self.edit(ui, (&name, of(nth)), width - 22.0, 1);
                });
            }
            if self.shown.closed.is_none() && !is_new {
                ui.horizontal(|ui| {
                    ui.add_space(22.0);
                    let add = button::link(ui, "Add example", None);
                    ui.ctx().accesskit_node_builder(add.id, |node| node.set_description(head));
                    if add.clicked() {
                        self.intents.push(look(SchemeLook::Typed(of(list.len()), String::new())));
                        self.intents.push(look(SchemeLook::Type(of(list.len()))));
                    }
                });
            }
        });
    }
}

/// How it looks in light and in dark, and whether it can be read and told apart.
fn looks_ui(ui: &mut Ui, scheme: &Scheme, label: &Label, width: f32) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    Form::caption(ui, "How it looks", width);
    let half = if width < 480.0 { width } else { (width - 12.0) / 2.0 };
    let cards = |ui: &mut Ui| {
        for theme in [LIGHT, DARK] {
            let (rect, _) = ui.allocate_exact_size(vec2(half, 44.0), Sense::hover());
            sample(ui, rect, &theme, scheme, label);
        }
    };
    ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
    if width < 480.0 {
        cards(ui);
    } else {
        ui.horizontal(cards);
    }
    let read = |theme: &Theme| {
        let colours = theme::label_colours(&label.colour, theme.dark);
        let on = |ground| contrast(theme.tokens.read, ground);
        on(colours.rest).min(on(colours.current))
    };
    let (light, dark) = (read(&LIGHT), read(&DARK));
    let others = scheme.current().filter(|other| other.id != label.id && !label.retired);
    let near = others.filter_map(|other| {
        let marks = |dark: bool| [label, other].map(|one| theme::label_colours(&one.colour, dark).mark);
        let sight = [false, true].into_iter().find_map(|dark| vision::confuses(marks(dark)))?;
        Some((other, sight))
    });
    let near: Vec<_> = near.collect();
    let mut said = vec![];
    let mut is_warning = false;
    if light.min(dark) < TEXT {
        said.push(format!("Text contrast is only {:.1}: it is hard to read.", light.min(dark)));
        is_warning = true;
    } else {
        said.push(format!("Text contrast {light:.1} in light, {dark:.1} in dark."));
    }
    match near.as_slice() {
        [] => said.push("Told apart from the other labels without colour.".to_owned()),
        [(other, sight), rest @ ..] => {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            let by = if other.line == label.line {
                "only the letter tells them apart"
            } else {
                "letter and underline tell them apart"
            };
            said.push(format!("Too close to {}{more} for {}: {by}.", other.name, sight.name()));
            is_warning = true;
        }
    }
    let text = said.join(" ");
    let (icon, colour) = if is_warning { (Icon::Warning, t.warning) } else { (Icon::Tick, t.weak) };
    let at = ui.cursor().min;
    icons::paint(ui.painter(), icon, at + vec2(7.0, 8.0), colour);
    let below = paragraph(ui, at + vec2(20.0, 0.0), width - 20.0, &text, fonts::SMALL, colour);
    ui.add_space(below - at.y);
}

fn sample(ui: &Ui, rect: Rect, theme: &Theme, scheme: &Scheme, label: &Label) {
    let t = theme.tokens;
    frame::card(ui.painter(), rect, RADIUS, t.paper, Stroke::new(STROKE, t.border));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let marks = Marks::of(scheme, theme);
    let Some(mark) = marks.get(&label.id).copied() else { return };
    let own: [Mark<'_>; 1] = [mark];
    let galley = prose::layout(&painter, "She denied it. He did too.", fonts::READING_REVIEW, f32::INFINITY);
    let pos = pos2(rect.left() + 34.0, rect.center().y - galley.size().y / 2.0);
    let sentences = [
        Sentence::new(0..14, Answer::Labels(&own)),
        Sentence { current: true, ..Sentence::new(15..26, Answer::Labels(&own)) },
    ];
    let paragraph = Paragraph {
        galley: &galley,
        pos,
        width: rect.width() - 40.0,
        sentences: &sentences,
        spans: &[],
        margin: false,
        headline: false,
    };
    prose::paint(&painter, theme, &paragraph);
    let at = pos2(rect.left() + 17.0, rect.center().y);
    frame::text(&painter, at, Align2::CENTER_CENTER, &label.letter, fonts::LETTER, mark.colours.ink);
}

fn foot_ui(
    ui: &mut Ui,
    foot: Rect,
    shown: Shown<'_>,
    (scheme, label): (&Scheme, &Label),
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    ui.painter().rect_filled(foot, 0, t.paper);
    ui.painter().hline(foot.x_range(), foot.top() + 0.5, Stroke::new(STROKE, t.border));
    let touches = shown.scheming.touches(&label.id);
    let said = touches.says();
    let bar = foot.shrink2(vec2(if foot.width() < 520.0 { 16.0 } else { PADDING }, 0.0));
    let retire = if label.retired { "Bring back" } else { "Retire" };
    let button = Button::new(retire).disabled(shown.closed);
    let place = crate::ui::screens::at_right(bar, bar.right(), button.natural_width(ui.painter()));
    let clicked = button.show_at(ui, place, Id::unique("retire label"));
    let tip = if label.retired { "It is offered again" } else { "Kept in old codings, offered no more" };
    if tooltip::text(clicked, tip).clicked() {
        intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Retire(label.id.clone(), !label.retired))));
    }
    let others: Vec<_> = scheme.current().filter(|other| other.id != label.id).collect();
    let none = others.is_empty().then_some("there is no other label");
    let button = Button::new("Merge into\u{2026}").disabled(shown.closed.or(none));
    let place = crate::ui::screens::at_right(bar, place.left() - 8.0, button.natural_width(ui.painter()));
    let head = button.show_at(ui, place, Id::unique("merge label"));
    let n = counted(touches.n_codings, "coding", "codings");
    if shown.closed.is_none() && !others.is_empty() {
        egui::Popup::menu(&head).frame(menu::menu_frame(&theme::of(ui))).show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let text = format!("{} become another label\u{2019}s", touches.says());
            ui.label(fonts::SMALL.rich(text, t.weak));
            ui.add_space(4.0);
            let most = (ui.ctx().content_rect().height() - 160.0).max(theme::MENU_ROW_HEIGHT);
            let mut rows = vec![];
            scroll::down().max_height(most).show(ui, |ui| {
                for other in &others {
                    let row = menu::row(ui, &other.name, "", None);
                    if row.gained_focus() {
                        row.scroll_to_me(None);
                    }
                    rows.push(row);
                }
            });
            let clicked = rows.iter().position(egui::Response::clicked);
            if let Some(into) = menu::walk(ui, &rows).or(clicked).and_then(|idx| others.get(idx)) {
                intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Merge(
                    label.id.clone(),
                    into.id.clone(),
                ))));
                ui.close();
            }
        });
    }
    let at = pos2(bar.left(), foot.center().y);
    let right = place.left() - 12.0;
    let rest = said.strip_prefix(&n).unwrap_or(&said);
    let use_it = if touches.n_codings == 1 { "uses" } else { "use" };
    let number = n.split(' ').next().unwrap_or_default();
    let words = n.split_once(' ').map_or("", |(_, words)| words);
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, number, fonts::INTERFACE_BOLD, t.strong);
    let text = format!("{words}{rest} {use_it} this label");
    let beside = pos2(drawn.right() + 4.0, at.y);
    let cut = frame::text_between(ui.painter(), beside, right, &text, fonts::INTERFACE, t.weak);
    let whole = format!("{said} {use_it} {}", name_of(scheme, &label.id));
    let response = spoken::text(ui, Rect::from_min_max(foot.min, pos2(right, foot.bottom())), &whole);
    if cut {
        tooltip::text(response, &whole);
    }
}

fn capital(words: &str) -> String {
    crate::ui::screens::capital(words)
}
