//! The rows of the command table, one file a menu.

mod article;
mod datasets;
mod edit;
mod file;
mod help;
mod list;
mod project;
mod review;
mod screens;
mod sentence;
mod view;

pub(in crate::session) use help::FIRST;

use crate::session::Session;
use crate::session::command::{Command, Menu, Where};
use crate::session::desk::Desk;

pub(in crate::session) fn of(menu: Menu) -> &'static [Command] {
    match menu {
        Menu::File => file::ROWS,
        Menu::Edit => edit::ROWS,
        Menu::Sentence => sentence::ROWS,
        Menu::Article => article::ROWS,
        Menu::Project => project::ROWS,
        Menu::Review => review::ROWS,
        Menu::View => view::ROWS,
        Menu::Help => help::ROWS,
        Menu::List => list::ROWS,
        Menu::Screen => screens::ROWS,
        Menu::Datasets => datasets::ROWS,
    }
}

/// What most rows have; a row says what is its own.
const ROW: Command = Command {
    id: "",
    menu: Menu::File,
    label: "",
    help: "",
    keys: &[],
    holds: Where::Everywhere,
    ready: always,
    run: |_, _| {},
    says: None,
    begins_group: false,
    repeats: false,
    yields: false,
    chosen: None,
};

#[expect(clippy::unnecessary_wraps, reason = "it is a row's `ready` like any other")]
fn always(_: &Session) -> Result<(), String> {
    Ok(())
}

fn is_open(session: &Session) -> Result<(), String> {
    session.desk().map(|_| ()).ok_or_else(|| "no project is open".to_owned())
}

fn can_change(session: &Session) -> Result<(), String> {
    is_open(session)?;
    session.desk().and_then(|desk| desk.closed_for_writing()).map_or(Ok(()), |why| Err(why.to_owned()))
}

fn has_article(session: &Session) -> Result<(), String> {
    is_open(session)?;
    session.article().map(|_| ()).ok_or_else(|| "no article is shown".to_owned())
}

fn can_answer(session: &Session) -> Result<(), String> {
    has_article(session)?;
    can_change(session)?;
    if let Some(why) = session.desk().and_then(Desk::is_reviewing) {
        return Err(why);
    }
    match session.article() {
        Some(article) if !article.intact => Err("this article's text does not match its hash".to_owned()),
        _ => Ok(()),
    }
}

/// `1 article`, `12 articles`.
pub(in crate::session) fn n_articles(n: usize) -> String {
    format!("{n} article{}", if n == 1 { "" } else { "s" })
}

/// The first words of a title, where a line has no room for all of it.
pub(in crate::session) fn short(title: &str) -> String {
    const MOST_CHARS: usize = 40;
    if title.chars().count() <= MOST_CHARS {
        return title.to_owned();
    }
    let start: String = title.chars().take(MOST_CHARS).collect();
    let words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{}\u{2026}", words.trim_end_matches([',', ':', ';', '.']))
}
