//! What is read out to those who do not see the window: words that are only painted, lists, dialogs, and where the
//! reading is.

use egui::accesskit::{Live, Node, Role};
use egui::{Context, Id, Rect, Response, Sense, Ui, UiKind, WidgetInfo};

/// Names the whole window.
pub fn window(ctx: &Context, title: &str) {
    ctx.accesskit_node_builder(egui::accesskit_root_id(), |root| root.set_label(title));
}

/// Gives painted words to the tree, at their place.
pub fn text(ui: &Ui, rect: Rect, words: &str) -> Response {
    as_role(ui, rect, Role::Label, words)
}

/// The same for what heads the things below it.
pub fn heading(ui: &Ui, rect: Rect, words: &str) -> Response {
    as_role(ui, rect, Role::Heading, words)
}

fn as_role(ui: &Ui, rect: Rect, role: Role, words: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("spoken", words)), Sense::hover());
    if !words.is_empty() {
        response.widget_info(|| WidgetInfo::labeled(role, true, words));
    }
    response
}

/// Says something that is nowhere painted as such, each time that it is something else; `salt` tells it from others.
pub fn announce(ui: &Ui, rect: Rect, salt: &str, words: &str) {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, words));
    live(&response);
}

/// Words that are read out as soon as they are others, wherever the reading is.
pub fn live(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

/// Makes the part of the window that this is a list of so many options.
pub fn list(ui: &Ui, name: &str, n: usize) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::ListBox);
        node.set_label(name);
        node.set_size_of_set(n);
    });
}

/// Makes a widget an option of the list around it; `place` counts from 0.
pub fn option(response: &Response, selected: bool, place: usize) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        // egui calls a selected option a pressed one.
        node.clear_toggled();
        node.set_selected(selected);
        node.set_position_in_set(place);
    });
}

/// Inside a dialog without a title: names it, says that nothing beside it can be reached, and has the reading begin there.
pub fn dialog(ui: &Ui, name: &str) {
    of_dialog(ui, |node| node.set_label(name));
}

/// The same where a title names it; more words may stand below that.
pub fn dialog_under(ui: &Ui, title: &Response, words: &str) {
    of_dialog(ui, |node| {
        node.push_labelled_by(title.id.accesskit_id());
        if !words.is_empty() {
            node.set_description(words);
        }
    });
}

fn of_dialog(ui: &Ui, name: impl FnOnce(&mut Node)) {
    let Some(frame) = ui.stack().iter().find(|one| one.kind() == Some(UiKind::Modal)) else { return };
    ui.ctx().accesskit_node_builder(frame.unique_id, |node| {
        node.set_role(Role::Dialog);
        node.set_modal();
        name(node);
    });
    here(ui.ctx(), frame.unique_id);
}

/// Says where the reading is while no widget has the keyboard. Whoever says it last is right.
pub fn here(ctx: &Context, id: Id) {
    ctx.accesskit_node_builder(egui::accesskit_root_id(), |root| {
        root.set_active_descendant(id.accesskit_id());
    });
}
