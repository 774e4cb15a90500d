//! Other coefficients, on request: each with what it takes chance and missing answers to be.

use super::headline::Inside;
use super::{Scene, ends, line, push, shown, span};
use crate::analysis::agreement::jackknife::Interval;
use crate::analysis::agreement::panel::{LeftOut, Panel};
use crate::analysis::agreement::undefined::{Figure, Undefined};
use crate::session::intent::Intent;
use crate::session::review::agreement::{AgreementLook, Lens};
use crate::ui::fonts;
use crate::ui::numbers::{counted, decimal, grouped};
use crate::ui::parts::button;
use crate::ui::parts::{frame, spoken};
use egui::{Align2, Rect, Ui, pos2};

/// A coefficient as it is shown.
struct Row {
    name: String,
    /// What it does with chance and with missing answers.
    says: String,
    figure: Figure,
    interval: Option<(f64, f64)>,
    percent: bool,
}

pub(super) fn more_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    inside: Inside,
    top: f32,
    intents: &mut Vec<Intent>,
) -> f32 {
    let t = scene.theme.tokens;
    line(ui, pos2(inside.left, top + 8.0), inside.right, "Other coefficients", fonts::SMALL, t.weak);
    let mut y = top + 22.0;
    y = draws_ui(ui, scene, inside, y, intents);
    for row in rows(scene) {
        y = row_ui(ui, scene, inside, y, &row);
    }
    y
}

fn row_ui(ui: &Ui, scene: &Scene<'_>, inside: Inside, top: f32, row: &Row) -> f32 {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let figure = match row.figure {
        Ok(value) if row.percent => format!("{} %", decimal(value * 100.0, 1)),
        figure => shown(figure),
    };
    let between = row.interval.map(|(low, high)| {
        if row.percent {
            format!("{} to {} %", decimal(low * 100.0, 1), decimal(high * 100.0, 1))
        } else {
            span((low, high))
        }
    });
    let says = match row.figure {
        Ok(_) => row.says.clone(),
        Err(why) => format!("{}. Undefined: {}", row.says, why.words()),
    };
    let at = pos2(inside.right, top + 10.0);
    let drawn = frame::text(painter, at, Align2::RIGHT_CENTER, &figure, fonts::INTERFACE_BOLD, scene.ink());
    let left = pos2(inside.left, top + 10.0);
    frame::text_between(painter, left, drawn.left() - 8.0, &row.name, fonts::INTERFACE, t.strong);
    let mut below = inside.width();
    if let Some(between) = &between {
        let at = pos2(inside.right, top + 28.0);
        below -= frame::text(painter, at, Align2::RIGHT_CENTER, between, fonts::SMALL, t.weak).width() + 12.0;
    }
    let words = fonts::SMALL.wrapped(painter, &says, t.weak, below);
    let bottom = top + 20.0 + words.size().y;
    painter.galley(pos2(inside.left, top + 20.0), words, t.weak);
    let between = between.map(|between| format!(", 95 % interval {between}")).unwrap_or_default();
    let said = format!("{}: {figure}{between}. {says}", row.name);
    let place = Rect::from_min_max(pos2(inside.left, top), pos2(inside.right, bottom));
    spoken::text(ui, place, &said);
    bottom + 10.0
}

/// The interval by draws, and the way to other draws.
fn draws_ui(ui: &Ui, scene: &Scene<'_>, inside: Inside, top: f32, intents: &mut Vec<Intent>) -> f32 {
    let lens = scene.agreement.lens();
    let Some(drawn) = &scene.figures.worked.draws else { return top };
    let row = match drawn {
        Ok((of, drawn)) => {
            let of = if *of == LeftOut::Article { "articles" } else { "sentences" };
            let undefined = match drawn.n_undefined {
                0 => String::new(),
                n => format!(", {} of them undefined", grouped(n)),
            };
            Row {
                name: "Alpha, interval by draws".to_owned(),
                says: format!(
                    "Percentile bootstrap: {} draws of {of}, seed {}{undefined}",
                    grouped(drawn.n),
                    drawn.seed
                ),
                figure: scene.figures.worked.panel.alpha,
                interval: Some((drawn.low, drawn.high)),
                percent: false,
            }
        }
        Err(why) => Row {
            name: "Alpha, interval by draws".to_owned(),
            says: "Percentile bootstrap".to_owned(),
            figure: Err(*why),
            interval: None,
            percent: false,
        },
    };
    let bottom = row_ui(ui, scene, inside, top, &row) - 6.0;
    let words = "Draw with another seed";
    let width = button::link_width(ui.painter(), words, None);
    let at = Rect::from_min_max(pos2(inside.left, bottom), pos2(inside.left + width, bottom + 24.0));
    if button::link_at(ui, at, ui.scope_id().with("seed"), words, None).clicked() {
        let seed = lens.seed.wrapping_add(1);
        push(intents, AgreementLook::Lens(Lens { seed, ..lens.clone() }));
    }
    bottom + 34.0
}

fn rows(scene: &Scene<'_>) -> Vec<Row> {
    let worked = &scene.figures.worked;
    let panel = &worked.panel;
    let with = |name: &str, says: String, figure: Figure, interval: Option<Result<Interval, Undefined>>| {
        Row { name: name.to_owned(), says, figure, interval: interval.and_then(ends), percent: false }
    };
    let row = |name: &str, says: &str, figure: Figure| with(name, says.to_owned(), figure, None);
    let q = counted(panel.labels.len(), "label", "labels");
    let mut rows = vec![
        with(
            "Fleiss\u{2019} kappa",
            "Missing answers as Gwet takes them: chance from all answered sentences".to_owned(),
            panel.fleiss,
            Some(panel.interval(panel.fleiss, panel.errors.fleiss)),
        ),
        with(
            "Fleiss\u{2019} kappa, complete",
            format!(
                "Only the {} that all answered",
                counted(whole(panel.counts.n_complete), "sentence", "sentences")
            ),
            panel.fleiss_listwise,
            None,
        ),
        with(
            "Gwet\u{2019}s AC1",
            format!("q = {q}, with none of these"),
            panel.ac1,
            Some(panel.interval(panel.ac1, panel.errors.ac1)),
        ),
        with(
            "Brennan\u{2013}Prediger",
            format!("q = {q}, with none of these: all equally likely by chance"),
            panel.brennan_prediger,
            None,
        ),
        row("Conger\u{2019}s kappa", "Chance from how often each coder gives each label", panel.conger),
        with(
            "Light\u{2019}s kappa",
            format!(
                "Mean of Cohen\u{2019}s kappa over {}",
                counted(whole(panel.n_light_pairs), "pair that has one", "pairs that have one")
            ),
            panel.light,
            None,
        ),
    ];
    if let Some((row, column)) = scene.agreement.chosen_pair()
        && let Some((pair, _)) = scene.agreement.pair(row, column)
    {
        rows.push(with(
            "Scott\u{2019}s pi",
            format!(
                "{} and {}, n {}",
                scene.called(row),
                scene.called(column),
                grouped(whole(pair.confusion.n()))
            ),
            pair.scott,
            None,
        ));
    }
    for (name, says, figure) in [
        (
            "Alpha, Jaccard distance",
            "Sets of labels: near where they have labels in common",
            panel.alpha_jaccard,
        ),
        ("Alpha, MASI distance", "The same, nearer where one holds the other", panel.alpha_masi),
    ] {
        rows.extend(figure.map(|figure| row(name, says, figure)));
    }
    if let Some(over) = worked.over_text.as_ref().filter(|_| worked.has_kept) {
        let articles = counted(over.n_articles, "article", "articles");
        rows.push(with(
            "Alpha for unitizing",
            format!("Boundaries differ: over the text of {articles} that all answered in"),
            over.figures.alpha,
            None,
        ));
    }
    rows.extend(percents(panel));
    rows
}

/// The other definitions of percent agreement.
fn percents(panel: &Panel) -> impl Iterator<Item = Row> {
    let of = [
        ("Percent, pooled", "Agreeing pairs among all pairs of answers", panel.percent_pooled),
        (
            "Percent, by Krippendorff",
            "One minus the observed disagreement of alpha",
            panel.percent_krippendorff,
        ),
        ("Percent, all agree", "Sentences to which all said the same", panel.percent_all_agree),
        ("Percent, mean of pairs", "Mean of the percent agreement of each pair", panel.percent_pairs_mean),
    ];
    of.into_iter().map(|(name, says, figure)| Row {
        name: name.to_owned(),
        says: says.to_owned(),
        figure,
        interval: None,
        percent: true,
    })
}

fn whole(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
