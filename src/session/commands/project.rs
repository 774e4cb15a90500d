//! Project: its title, who is at the keyboard, what came back, where everything lies.

use super::{ROW, can_change, is_open};
use crate::session::Session;
use crate::session::command::{Command, Menu};
use crate::session::view::{Field, Over};

const HERE: Command = Command { menu: Menu::Project, ready: is_open, ..ROW };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "coder",
        label: "Coder\u{2026}",
        help: "Say who is at the keyboard; everybody has their own answers.",
        ready: can_change,
        run: |session, _| session.view.over = Some(Over::Coder),
        ..HERE
    },
    Command {
        id: "name",
        label: "Coder's name\u{2026}",
        help: "Give the coder at the keyboard a name, or another one.",
        ready: |session| {
            can_change(session)?;
            let coder = session.desk().and_then(|desk| desk.coder());
            coder.map(|_| ()).ok_or_else(|| "nobody is at the keyboard yet".to_owned())
        },
        run: |session, _| {
            session.view.names_coder = true;
            session.view.focus = Some(Field::Name);
        },
        ..HERE
    },
    Command {
        id: "coders",
        label: "Coders\u{2026}",
        help: "Rename a coder, make one a reviewer who decides and does not label, or take one out with all answers.",
        ready: |session| {
            can_change(session)?;
            let any = session.desk().is_some_and(|desk| desk.project().n_coders() > 0);
            any.then_some(()).ok_or_else(|| "nobody has labelled here yet".to_owned())
        },
        run: |session, _| session.view.over = Some(Over::Coders),
        ..HERE
    },
    Command {
        id: "rename",
        label: "Rename project\u{2026}",
        help: "Give the project another title; its file keeps its name.",
        ready: can_change,
        run: |session, _| session.view.over = Some(Over::Rename),
        ..HERE
    },
    Command {
        id: "scheme",
        label: "Scheme\u{2026}",
        help: "The labels with their codebook: add, rename, recolour, define, merge and retire them.",
        run: |session, _| session.open_scheme(),
        ..HERE
    },
    Command {
        id: "imports",
        label: "Imports\u{2026}",
        help: "List the imports of articles: when, from which files, what came in and what did not.",
        ready: |session| {
            is_open(session)?;
            let has = session.desk().is_some_and(|desk| desk.project().imports().next().is_some());
            has.then_some(()).ok_or_else(|| "no import is recorded in this project".to_owned())
        },
        run: |session, _| session.view.over = Some(Over::Imports),
        ..HERE
    },
    Command {
        id: "safety",
        label: "Where everything lies",
        help: "Show the project file, the journal and the backups, each with its folder.",
        run: |session, _| session.view.over = Some(Over::Safety),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "recovered",
        label: "What was recovered",
        help: "List what came back from the journal when the project was opened.",
        ready: |session| {
            is_open(session)?;
            let recovered = session.desk().is_some_and(|desk| !desk.recovered().is_empty());
            recovered.then_some(()).ok_or_else(|| "nothing had to be recovered".to_owned())
        },
        run: |session, _| session.view.over = Some(Over::Recovered),
        ..HERE
    },
    Command {
        id: "mends",
        label: "What was mended",
        help: "List what was wrong in the file and how it was mended.",
        ready: has_mends,
        run: |session, _| session.view.over = Some(Over::Mends),
        ..HERE
    },
    Command {
        id: "accept-mends",
        label: "Accept what was mended",
        help: "Go on with the file as it was mended; the next save writes it.",
        ready: has_mends,
        run: |session, effects| {
            if let Some(desk) = &mut session.desk {
                desk.mends.clear();
            }
            session.view.over = None;
            session.notices.status("Mended");
            session.save(effects);
        },
        ..HERE
    },
];

fn has_mends(session: &Session) -> Result<(), String> {
    is_open(session)?;
    let mended = session.desk().is_some_and(|desk| !desk.mends().is_empty());
    mended.then_some(()).ok_or_else(|| "nothing waits to be accepted".to_owned())
}
