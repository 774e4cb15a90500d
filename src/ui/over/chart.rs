//! A chart of agreement as a picture: which one, and how wide it is printed.

use egui::Ui;

use crate::formats::svg::Width;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::job::Question;
use crate::session::review::agreement::Picture;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::tabs;
use crate::ui::theme;

const WIDTH: f32 = 560.0;

const TEXT: &str = "The chart as it is shown, on white paper. Its text stays text, so that it can be searched and set in another \
                    face; it says in words what it shows.";

pub fn chart_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let (picture, width) = session.view().chart;
    let agreement = session.review().agreement();
    // A chart that is not there is not offered.
    let is_there = |picture: &Picture| agreement.has_chart(*picture);
    let pictures: Vec<Picture> = Picture::ALL.into_iter().filter(is_there).collect();
    if pictures.is_empty() {
        return intents.push(Intent::Look(Look::Close));
    }
    let place = pictures.iter().position(|one| *one == picture).unwrap_or_default();
    let picture = pictures.get(place).copied().unwrap_or_default();
    let answers = [
        Answer::new("Choose the file\u{2026}", AnswerKind::Primary),
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let mut now = (picture, width);
    let given = modal::show_sized(ui.ctx(), "chart", ("Chart as SVG", TEXT), WIDTH, &answers, |ui| {
        ui.add_space(4.0);
        let names: Vec<&str> = pictures.iter().map(|picture| picture.name()).collect();
        let clicked = tabs::choices(ui, &names, place, ui.available_width());
        now.0 = clicked.and_then(|idx| pictures.get(idx)).copied().unwrap_or(picture);
        said(ui, says(picture));
        ui.add_space(8.0);
        let place = Width::ALL.iter().position(|one| *one == width).unwrap_or_default();
        let clicked = tabs::choices(ui, &["90 mm wide", "190 mm wide"], place, ui.available_width());
        now.1 = clicked.and_then(|idx| Width::ALL.get(idx)).copied().unwrap_or(width);
        said(ui, fits(width));
        if pictures.len() < Picture::ALL.len() {
            said(ui, "Over time there is no chart: too few articles were answered by two coders.");
        }
    });
    if now != session.view().chart {
        intents.push(Intent::Look(Look::Chart(now)));
    }
    match given {
        Some(0) => intents.push(Intent::Look(Look::Ask(Question::Chart(now.0, now.1)))),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn said(ui: &mut Ui, words: &str) {
    let t = theme::of(ui).tokens;
    ui.label(fonts::SMALL.rich(words, t.weak));
}

const fn says(picture: Picture) -> &'static str {
    match picture {
        Picture::ByLabel => "Alpha of each label against the rest, with its interval.",
        Picture::OverTime => {
            "Alpha by batch of articles, with intervals and marks where the codebook changed."
        }
        Picture::LabelsOverTime => {
            "How large a share of each coder\u{2019}s answers each label has, by batch of articles."
        }
    }
}

const fn fits(width: Width) -> &'static str {
    match width {
        Width::Column => "A column of a journal.",
        Width::Page => "The width of a page.",
    }
}
