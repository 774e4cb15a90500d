//! View: light and dark, sizes, the articles' drawer.

use super::{ROW, always, is_open};
use crate::session::Session;
use crate::session::command::{Command, Menu, Where};
use crate::session::job::Effect;
use crate::session::prefs::{Setting, Theme};
use crate::session::view::Place;

const HERE: Command = Command { menu: Menu::View, ready: always, ..ROW };
const ZOOM_STEP: f32 = 0.1;
/// Size of the article's text as long as nobody chose one, in points.
const USUAL_SIZE: f32 = 17.0;

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "to-annotate",
        label: "Annotate",
        help: "Show the place where sentences are labelled.",
        keys: &["Ctrl+1"],
        ready: is_open,
        run: |session, effects| super::review::to(session, Place::Annotate, effects),
        chosen: Some(|session| session.view().place == Place::Annotate),
        ..HERE
    },
    Command {
        id: "to-review",
        label: "Review",
        help: "Show the place where coders are compared and disagreements decided.",
        keys: &["Ctrl+3"],
        ready: is_open,
        run: |session, effects| super::review::to(session, Place::Review, effects),
        chosen: Some(|session| session.view().place == Place::Review),
        ..HERE
    },
    Command {
        id: "articles",
        begins_group: true,
        holds: Where::Annotate,
        label: "Articles",
        help: "Show or hide the list of articles.",
        keys: &["Ctrl+B"],
        ready: is_open,
        run: |session, _| session.view.drawer = !session.view.drawer,
        ..HERE
    },
    Command {
        id: "alone",
        holds: Where::Annotate,
        label: "Only the article",
        help: "Show nothing but the article; the same key or Esc brings everything back.",
        keys: &["F11"],
        ready: super::has_article,
        run: |session, _| session.view.alone = !session.view.alone,
        ..HERE
    },
    Command {
        id: "light",
        label: "Light",
        help: "Dark ink on light paper.",
        run: |session, effects| session.set(Setting::Theme(Theme::Light), effects),
        chosen: Some(|session| session.settings().theme == Theme::Light),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "dark",
        label: "Dark",
        help: "Light ink on dark paper.",
        run: |session, effects| session.set(Setting::Theme(Theme::Dark), effects),
        chosen: Some(|session| session.settings().theme == Theme::Dark),
        ..HERE
    },
    Command {
        id: "system",
        label: "As the system",
        help: "Light or dark as the desktop has it.",
        run: |session, effects| session.set(Setting::Theme(Theme::System), effects),
        chosen: Some(|session| session.settings().theme == Theme::System),
        ..HERE
    },
    Command {
        id: "zoom-in",
        label: "Zoom in",
        help: "Make everything larger.",
        keys: &["Ctrl++", "Ctrl+="],
        run: |session, effects| zoom(session, ZOOM_STEP, effects),
        repeats: true,
        begins_group: true,
        ..HERE
    },
    Command {
        id: "zoom-out",
        label: "Zoom out",
        help: "Make everything smaller.",
        keys: &["Ctrl+-"],
        run: |session, effects| zoom(session, -ZOOM_STEP, effects),
        repeats: true,
        ..HERE
    },
    Command {
        id: "zoom-reset",
        label: "Usual size",
        help: "Back to 100 %.",
        keys: &["Ctrl+0"],
        run: |session, effects| session.set(Setting::Zoom(1.0), effects),
        ..HERE
    },
    Command {
        id: "text-larger",
        label: "Larger article text",
        help: "Make the text of the article larger, and nothing else.",
        keys: &["Ctrl+Shift+Up"],
        run: |session, effects| {
            read_at(session, 1.0, effects);
        },
        repeats: true,
        begins_group: true,
        ..HERE
    },
    Command {
        id: "text-smaller",
        label: "Smaller article text",
        help: "Make the text of the article smaller, and nothing else.",
        keys: &["Ctrl+Shift+Down"],
        run: |session, effects| {
            read_at(session, -1.0, effects);
        },
        repeats: true,
        ..HERE
    },
    Command {
        id: "autosave",
        label: "Save by itself",
        help: "Save after a minute of quiet, when the window loses the focus and when an article is done; or only when asked.",
        run: |session, effects| {
            let on = !session.settings().autosave;
            session.set(Setting::Autosave(on), effects);
            session.notices.status(if on {
                "Saves by itself"
            } else {
                "Saves only when asked; the journal still keeps every answer"
            });
        },
        says: Some(|session| {
            let on = if session.settings().autosave { "on" } else { "off" };
            Some(format!("Save by itself: {on}"))
        }),
        begins_group: true,
        ..HERE
    },
];

fn zoom(session: &mut Session, by: f32, effects: &mut Vec<Effect>) {
    let zoom = ((session.settings().zoom + by) * 10.0).round() / 10.0;
    session.set(Setting::Zoom(zoom), effects);
}

fn read_at(session: &mut Session, by: f32, effects: &mut Vec<Effect>) {
    let size = session.settings().reading_size.unwrap_or(USUAL_SIZE) + by;
    session.set(Setting::ReadingSize(size), effects);
}

impl Session {
    pub(in crate::session) fn set(&mut self, setting: Setting, effects: &mut Vec<Effect>) {
        self.settings.take(setting.clone());
        effects.push(Effect::Keep(setting));
    }
}
