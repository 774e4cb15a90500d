//! The list of articles: in which order it stands, and in which groups. Its own menu has the same.

use super::{ROW, is_open};
use crate::analysis::order::{Column, GroupBy, Sort};
use crate::session::Session;
use crate::session::command::{Command, Menu, Where};

const HERE: Command = Command { menu: Menu::List, holds: Where::Annotate, ready: is_open, ..ROW };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "sort-added",
        label: "Sort the list as added",
        help: "List the articles in the order in which they came in; again, the last first.",
        run: |session, _| session.sort_by(Column::Added),
        chosen: Some(|session| session.view().sort.by == Column::Added),
        ..HERE
    },
    Command {
        id: "sort-title",
        label: "Sort the list by title",
        help: "List the articles by their titles; again, from Z to A.",
        run: |session, _| session.sort_by(Column::Title),
        chosen: Some(|session| session.view().sort.by == Column::Title),
        ..HERE
    },
    Command {
        id: "sort-outlet",
        label: "Sort the list by outlet",
        help: "List the articles by who printed them; again, from Z to A.",
        run: |session, _| session.sort_by(Column::Outlet),
        chosen: Some(|session| session.view().sort.by == Column::Outlet),
        ..HERE
    },
    Command {
        id: "sort-date",
        label: "Sort the list by date",
        help: "List the oldest articles first; again, the newest.",
        run: |session, _| session.sort_by(Column::Date),
        chosen: Some(|session| session.view().sort.by == Column::Date),
        ..HERE
    },
    Command {
        id: "sort-progress",
        label: "Sort the list by progress",
        help: "List the articles first of which least is done; again, those of which most is.",
        run: |session, _| session.sort_by(Column::Progress),
        chosen: Some(|session| session.view().sort.by == Column::Progress),
        ..HERE
    },
    Command {
        id: "sort-length",
        label: "Sort the list by length",
        help: "List the shortest articles first; again, the longest.",
        run: |session, _| session.sort_by(Column::Length),
        chosen: Some(|session| session.view().sort.by == Column::Length),
        ..HERE
    },
    Command {
        id: "sort-language",
        label: "Sort the list by language",
        help: "List the articles by their languages; again, from Z to A.",
        run: |session, _| session.sort_by(Column::Language),
        chosen: Some(|session| session.view().sort.by == Column::Language),
        ..HERE
    },
    Command {
        id: "sort-tags",
        label: "Sort the list by tags",
        help: "List the articles by their tags; again, from Z to A.",
        run: |session, _| session.sort_by(Column::Tags),
        chosen: Some(|session| session.view().sort.by == Column::Tags),
        ..HERE
    },
    Command {
        id: "sort-backwards",
        label: "Turn the order of the list round",
        help: "List the articles the other way round; what is not known stays last.",
        run: |session, _| {
            let Sort { by, backwards } = session.view.sort;
            session.view.sort = Sort { by, backwards: !backwards };
            session.say_order();
        },
        says: Some(|session| {
            let Sort { by, backwards } = session.view().sort;
            let [forwards, back] = by.directions();
            let words = if backwards { forwards } else { back };
            Some(format!("Turn the order of the list round: {words}"))
        }),
        ..HERE
    },
    Command {
        id: "group-nothing",
        label: "No groups in the list",
        help: "List the articles one after the other.",
        run: |session, _| session.group_by(GroupBy::Nothing),
        chosen: Some(|session| session.view().group == GroupBy::Nothing),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "group-outlet",
        label: "Group the list by outlet",
        help: "Put the articles of one outlet under one head, which counts them.",
        run: |session, _| session.group_by(GroupBy::Outlet),
        chosen: Some(|session| session.view().group == GroupBy::Outlet),
        ..HERE
    },
    Command {
        id: "group-state",
        label: "Group the list by state",
        help: "Put the articles together that are begun, not begun, done and set aside.",
        run: |session, _| session.group_by(GroupBy::State),
        chosen: Some(|session| session.view().group == GroupBy::State),
        ..HERE
    },
];

impl Session {
    fn sort_by(&mut self, column: Column) {
        self.view.sort = self.view.sort.choosing(column);
        self.say_order();
    }

    fn say_order(&mut self) {
        let order = self.view.sort.name();
        self.notices.status(format!("Order of the list: {order}"));
    }

    /// Puts the list in groups, all of them open.
    pub(in crate::session) fn group_by(&mut self, by: GroupBy) {
        self.view.group = by;
        self.view.folded.clear();
        self.notices.status(match by {
            GroupBy::Nothing => "The list has no groups".to_owned(),
            by => format!("The list is grouped by {}", by.name().to_lowercase()),
        });
    }
}
