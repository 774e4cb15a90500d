//! The report on reliability: as what it is written, and what coders are called in it.

use egui::Ui;

use crate::formats::report::Form;
use crate::formats::report::making::Named;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::job::Question;
use crate::session::reporting::Chosen;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::tabs;
use crate::ui::theme;

const WIDTH: f32 = 560.0;

const TEXT: &str = "What a methods section says of reliability: a paragraph that is ready for it, every figure with its interval, \
                    the codebook, and how it is all made again.";

const HIDDEN: &str = "Names are hidden in Review, so the report has pseudonyms: untick Hide names there to choose real ones. The \
                      pseudonyms are the same in every report of this project; reasons in people\u{2019}s own words are left out.";

pub fn report_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let chosen = session.view().report;
    let where_to =
        if chosen.form == Form::Folder { "Choose the folder\u{2026}" } else { "Choose the file\u{2026}" };
    let answers = [Answer::new(where_to, AnswerKind::Primary), Answer::new("Cancel", AnswerKind::Cancel)];
    let mut now: Chosen = chosen;
    let given =
        modal::show_sized(ui.ctx(), "report", ("Report on reliability", TEXT), WIDTH, &answers, |ui| {
            ui.add_space(4.0);
            let forms = Form::ALL.map(Form::name);
            let place = Form::ALL.iter().position(|form| *form == chosen.form).unwrap_or_default();
            let clicked = tabs::choices(ui, &forms, place, ui.available_width());
            now.form = clicked.and_then(|idx| Form::ALL.get(idx)).copied().unwrap_or(chosen.form);
            said(ui, form_says(chosen.form));
            ui.add_space(8.0);
            let shows_names = session.review().chosen().shows_names;
            let is_real = session.report_named() == Named::Real;
            let clicked =
                tabs::choices(ui, &["Pseudonyms", "Real names"], usize::from(is_real), ui.available_width());
            now.named = match clicked {
                Some(0) => Named::Pseudonyms,
                Some(_) if shows_names => Named::Real,
                _ => chosen.named,
            };
            said(ui, if shows_names { names_say(chosen.named) } else { HIDDEN });
            if let Some(rules) = rules(session) {
                said(ui, &rules);
            }
        });
    if now != chosen {
        intents.push(Intent::Look(Look::Report(now)));
    }
    match given {
        Some(0) => intents.push(Intent::Look(Look::Ask(Question::Report(chosen.form)))),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn said(ui: &mut Ui, words: &str) {
    let t = theme::of(ui).tokens;
    ui.label(fonts::SMALL.rich(words, t.weak));
}

const fn form_says(form: Form) -> &'static str {
    match form {
        Form::Html => "One page with everything in it, pictures too. It runs nothing and prints on A4.",
        Form::Markdown => "Text and tables. Pictures are only in the page and in the folder.",
        Form::Latex => {
            "A document whose tables use booktabs. Pictures are only in the page and in the folder."
        }
        Form::Folder => {
            "All three, each table as CSV, each picture as SVG, and the raw matrix of sentences and coders."
        }
    }
}

const fn names_say(named: Named) -> &'static str {
    match named {
        Named::Pseudonyms => {
            "The same in every report of this project. Reasons in people\u{2019}s own words are left out."
        }
        Named::Real => {
            "Coders stand under their names, and reasons in people\u{2019}s own words are printed."
        }
    }
}

/// What was chosen for the figures, where that is not the usual.
fn rules(session: &Session) -> Option<String> {
    let lens = session.review().agreement().lens();
    let rule = (lens.rule != crate::analysis::agreement::of_project::Rule::default())
        .then(|| "the rules chosen in Agreement".to_owned());
    let words = lens.articles.trim();
    let words = (!words.is_empty()).then(|| format!("the articles that fit \u{201c}{words}\u{201d}"));
    let parts: Vec<String> = rule.into_iter().chain(words).collect();
    (!parts.is_empty()).then(|| format!("By {}.", parts.join(", over ")))
}
