//! Menus and buttons that run commands: words, keys and reasons come from the command table.

use crate::session::Session;
use crate::session::command::{self, Command, CommandId, Menu};
use crate::session::intent::Intent;
use crate::session::view::{Look, Over};
use crate::ui::keys;
use crate::ui::parts::button::Button;
use crate::ui::parts::{empty, menu, scroll, tooltip};
use crate::ui::theme;

/// What is left free below a menu that is too long for the window.
const EDGE: f32 = 16.0;
/// What the scroll bar of such a menu takes beside the rows.
const SCROLL_BAR: i8 = 10;

/// What had the keyboard before a menu was opened: it gets it back.
#[derive(Default)]
pub struct MenusDraft {
    is_open: bool,
    before: Option<egui::Id>,
}

/// The menus in the top bar.
pub fn menus_ui(ui: &mut egui::Ui, session: &Session, draft: &mut MenusDraft, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.x = 0.0;
    let open = match session.view().over {
        Some(Over::Menu { menu, row }) => Some((menu, row)),
        _ => None,
    };
    draft.keep_focus(ui.ctx(), session, open.is_some());
    let width = |one: Menu| menu::head_width(ui.painter(), one.name(), menu::HEAD_PADDING);
    let is_tight = Menu::ALL.into_iter().map(width).sum::<f32>() > ui.available_width() - 16.0;
    let padding = if is_tight { menu::HEAD_PADDING_TIGHT } else { menu::HEAD_PADDING };
    for one in Menu::ALL {
        let is_open = open.is_some_and(|(menu, _)| menu == one);
        let head = menu::head(ui, one.name(), is_open, padding);
        let bare = Over::Menu { menu: one, row: None };
        if head.clicked() {
            intents.push(Intent::Look(if is_open { Look::Close } else { Look::Over(bare) }));
        } else if open.is_some() && !is_open && is_pointed_at(ui, &head) {
            intents.push(Intent::Look(Look::Over(bare)));
        }
        let Some((_, row)) = open.filter(|_| is_open) else { continue };
        let popup = egui::Popup::menu(&head)
            .id(ui.scope_id().with(("menu", one.name())))
            .open(true)
            .align_alternatives(&[])
            .frame(menu::menu_frame(&theme::of(ui)))
            .accessible_name(one.name())
            .show(|ui| menu_ui(ui, session, (one, row), head.rect.bottom(), intents));
        if popup.is_some_and(|popup| popup.response.should_close()) && !head.clicked() {
            intents.push(Intent::Look(Look::Close));
        }
    }
}

impl MenusDraft {
    fn keep_focus(&mut self, ctx: &egui::Context, session: &Session, is_open: bool) {
        if is_open && !self.is_open {
            self.before = ctx.memory(egui::Memory::focused);
            egui::Popup::close_all(ctx);
        } else if self.is_open && !is_open && session.view().over.is_none() {
            match (self.before.take(), ctx.memory(egui::Memory::focused)) {
                (Some(id), _) => ctx.memory_mut(|memory| memory.request_focus(id)),
                (None, Some(row)) => ctx.memory_mut(|memory| memory.surrender_focus(row)),
                (None, None) => {}
            }
        }
        self.is_open = is_open;
    }
}

/// Whether the pointer has just come there: one that only lies there takes nothing from the keyboard.
fn is_pointed_at(ui: &egui::Ui, response: &egui::Response) -> bool {
    response.hovered() && ui.input(|input| input.pointer.is_moving())
}

/// The rows of a menu that opens at `top`; one may be chosen by the keyboard. What is too long for the window scrolls.
fn menu_ui(
    ui: &mut egui::Ui,
    session: &Session,
    (of, at): (Menu, Option<CommandId>),
    top: f32,
    intents: &mut Vec<Intent>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let commands: Vec<&Command> =
        command::of(of).iter().filter(|command| command.is_in_menu(session)).collect();
    let indent = commands.iter().any(|command| command.chosen.is_some());
    let words = commands.iter().map(|command| {
        let reason = command.refusal(session);
        (command.shown_label(session), keys::first_cap(session, command), reason)
    });
    let words: Vec<_> = words.collect();
    let rows: Vec<menu::Row<'_>> = commands
        .iter()
        .zip(&words)
        .map(|(command, (text, keys, reason))| menu::Row {
            text,
            keys,
            disabled: reason.as_deref(),
            chosen: command.chosen.map(|is_chosen| is_chosen(session)),
            indent,
            lit: at.map(|at| at == command.id),
        })
        .collect();
    let needed = rows.iter().map(|row| row.natural_width(ui.painter()));
    let width = needed.fold(menu::WIDTH, f32::max);
    let room = ui.ctx().content_rect().bottom() - top - EDGE;
    let gaps = commands.iter().filter(|command| command.begins_group).count();
    let height = theme::MENU_ROW_HEIGHT * commands.len() as f32 + menu::GAP * gaps as f32;
    let bar = if height > room { SCROLL_BAR } else { 0 };
    let area = scroll::down().max_height(room).min_scrolled_height(room);
    area.content_margin(egui::Margin { right: bar, ..egui::Margin::ZERO }).show(ui, |ui| {
        ui.set_min_width(width);
        for (command, row) in commands.iter().copied().zip(&rows) {
            row_ui(ui, of, command, row, intents);
        }
    });
}

fn row_ui(ui: &mut egui::Ui, of: Menu, command: &Command, row: &menu::Row<'_>, intents: &mut Vec<Intent>) {
    if command.begins_group {
        menu::gap(ui);
    }
    let shown = row.show(ui);
    if row.lit == Some(true) {
        if !shown.has_focus() {
            shown.scroll_to_me(None);
        }
        ui.memory_mut(|memory| memory.request_focus(shown.id));
    } else if is_pointed_at(ui, &shown) {
        intents.push(Intent::Look(Look::Over(Over::Menu { menu: of, row: Some(command.id) })));
    }
    let shown = if row.disabled.is_none() { tooltip::text(shown, command.help) } else { shown };
    if shown.clicked() {
        intents.push(Intent::Run(command.id));
    }
}

/// The menu of the other button: some commands, each with what it would do now.
pub fn context_menu_ui(of: &egui::Response, session: &Session, ids: &[CommandId], intents: &mut Vec<Intent>) {
    let frame = menu::menu_frame(&theme::of_ctx(&of.ctx));
    egui::Popup::context_menu(of).frame(frame).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let commands: Vec<&Command> = ids.iter().filter_map(|id| command::find(id)).collect();
        let rows: Vec<_> = commands
            .iter()
            .map(|command| {
                if command.begins_group {
                    menu::gap(ui);
                }
                let (text, keys) = (command.shown_label(session), keys::first_cap(session, command));
                menu::row(ui, &text, &keys, command.refusal(session).as_deref())
            })
            .collect();
        let clicked = rows.iter().position(egui::Response::clicked);
        let at = menu::walk(ui, &rows).or(clicked);
        if let Some(command) = at.and_then(|at| commands.get(at)) {
            intents.push(Intent::Run(command.id));
            ui.close();
        }
    });
}

/// A place with nothing in it, and the button of the command that changes that.
pub fn empty_ui(
    ui: &mut egui::Ui,
    session: &Session,
    (title, text): (&str, &str),
    id: command::CommandId,
    intents: &mut Vec<Intent>,
) {
    let Some(command) = command::find(id) else { return };
    let reason = command.refusal(session);
    let cap = keys::first_cap(session, command);
    let button = Button::new(command.label).primary().key((!cap.is_empty()).then_some(cap.as_str()));
    let shown = empty::show(ui, title, text, Some(button.disabled(reason.as_deref())));
    if shown.is_some_and(|button| button.clicked()) {
        intents.push(Intent::Run(command.id));
    }
}
