//! Menus and buttons that run commands: words, keys and reasons come from the command table.

use crate::session::Session;
use crate::session::command::{self, Menu};
use crate::session::intent::Intent;
use crate::ui::drafts::Drafts;
use crate::ui::keys;
use crate::ui::parts::button::Button;
use crate::ui::parts::{menu, tooltip};
use crate::ui::theme;

/// The menus in the top bar.
pub fn menus_ui(ui: &mut egui::Ui, session: &Session, _drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.x = 0.0;
    for one in Menu::ALL {
        let id = ui.scope_id().with(("menu", one.name()));
        let open = egui::Popup::is_id_open(ui.ctx(), id);
        let head = menu::head(ui, one.name(), open);
        let frame = menu::menu_frame(&theme::of(ui));
        egui::Popup::menu(&head).id(id).frame(frame).show(|ui| menu_ui(ui, session, one, intents));
    }
}

fn menu_ui(ui: &mut egui::Ui, session: &Session, of: Menu, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let needed = command::of(of).iter().map(|command| {
        menu::natural_width(ui.painter(), &command.shown_label(session), &keys::first_cap(command))
    });
    ui.set_min_width(needed.fold(menu::WIDTH, f32::max));
    for command in command::of(of) {
        if command.begins_group {
            menu::gap(ui);
        }
        let reason = (command.ready)(session).err();
        let caps = keys::first_cap(command);
        let row = menu::row(ui, &command.shown_label(session), &caps, reason.as_deref());
        let row = if reason.is_none() { tooltip::text(row, command.help) } else { row };
        if row.clicked() {
            intents.push(Intent::Run(command.id));
            ui.close();
        }
    }
}

/// A button that runs a command, disabled with the reason where it cannot.
pub fn command_button(
    ui: &mut egui::Ui,
    session: &Session,
    id: command::CommandId,
    is_primary: bool,
    intents: &mut Vec<Intent>,
) {
    let Some(command) = command::find(id) else { return };
    let reason = (command.ready)(session).err();
    let cap = keys::first_cap(command);
    let plain = Button::new(command.label).key((!cap.is_empty()).then_some(cap.as_str()));
    let button = if is_primary { plain.primary() } else { plain };
    if button.disabled(reason.as_deref()).show(ui).clicked() {
        intents.push(Intent::Run(command.id));
    }
}
