//! Charts of agreement: what the figures of a project look like.

use super::drift::{Drift, FEWEST, Order};
use super::marks::MARKS;
use super::panel::{LeftOut, Panel};
use super::undefined::{Figure, Undefined};
use super::worked::{Means, Worked};
use crate::analysis::chart::{
    Change, Chart, Estimate, Line, Lines, Part, Plot, Scale, Sign, Whisker, Whiskers,
};
use crate::model::ids::LabelId;
use crate::model::scheme::Scheme;

/// A share of fewer answers than this says nothing and is not shown.
pub const FEWEST_ANSWERS: u64 = 20;
/// What stands for *none of these*, and for several labels together: no label has this colour.
const NO_LABEL: &str = "#635E55";

/// Alpha by batch, with marks where the codebook changed.
pub fn over_time(drift: &Drift) -> Chart {
    let points = drift.batches.iter().map(|batch| Estimate {
        value: batch.alpha.map_err(Undefined::words),
        interval: batch.interval.ok().map(|interval| (interval.low, interval.high)),
        n: batch.n_pairable,
    });
    let points: Vec<_> = points.collect();
    let scale = Scale::of_coefficients(&points);
    let sign = Sign {
        name: "alpha".to_owned(),
        letter: String::new(),
        colour: String::new(),
        stroke: "solid".into(),
    };
    let lines = vec![Line { sign, points }];
    Chart {
        title: "Krippendorff\u{2019}s alpha over time".to_owned(),
        says: format!(
            "Krippendorff\u{2019}s alpha (nominal) {}. Bars: 95\u{a0}% intervals by leaving out one article of the batch at a \
             time, Student\u{2019}s t. Dotted lines: 0.667 and 0.8.",
            batches(drift)
        ),
        plot: Plot::Lines(Lines {
            places: places(drift),
            parts: vec![Part { title: String::new(), lines }],
            scale,
            marks: MARKS.to_vec(),
            changes: changes(drift),
        }),
    }
}

/// How often each coder gave each label in each batch, a part a coder.
pub fn label_shares(drift: &Drift, scheme: &Scheme, coder: impl Fn(&str) -> String) -> Chart {
    let is_given = |label: usize| {
        let mut rows = drift.batches.iter().flat_map(|batch| &batch.given);
        rows.any(|given| given.get(label).is_some_and(|n| *n > 0))
    };
    let labels: Vec<_> = drift.labels.iter().enumerate().filter(|(label, _)| is_given(*label)).collect();
    let parts = drift.coders.iter().enumerate().map(|(column, id)| {
        let points = |label: usize| {
            let points = drift.batches.iter().map(move |batch| {
                let given = batch.given.get(column).map(Vec::as_slice).unwrap_or_default();
                let n: u64 = given.iter().sum();
                let share = given.get(label).copied().unwrap_or_default() as f64 / n.max(1) as f64;
                let value = if n < FEWEST_ANSWERS { Err("fewer than 20 answers") } else { Ok(share) };
                Estimate { value, interval: None, n }
            });
            points.collect()
        };
        let lines =
            labels.iter().map(|(label, name)| Line { sign: sign(scheme, name), points: points(*label) });
        Part { title: coder(id), lines: lines.collect() }
    });
    Chart {
        title: "Labels over time".to_owned(),
        says: format!(
            "How large a share of a coder\u{2019}s answers each label has, {}. A share of fewer than {FEWEST_ANSWERS} \
             answers is left out.",
            batches(drift)
        ),
        plot: Plot::Lines(Lines {
            places: places(drift),
            parts: parts.collect(),
            scale: Scale::SHARES,
            marks: vec![],
            changes: changes(drift),
        }),
    }
}

/// A figure with its interval, as a row of [`whiskers`].
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub name: String,
    pub figure: Figure,
    pub interval: Option<(f64, f64)>,
    pub n: u64,
}

/// Figures of the same kind below each other.
pub fn whiskers(title: &str, says: &str, rows: Vec<Row>) -> Chart {
    let rows = rows.into_iter().map(|row| Whisker {
        name: row.name,
        at: Estimate { value: row.figure.map_err(Undefined::words), interval: row.interval, n: row.n },
    });
    let rows: Vec<_> = rows.collect();
    let scale = Scale::of_coefficients(rows.iter().map(|row| &row.at));
    Chart {
        title: title.to_owned(),
        says: says.to_owned(),
        plot: Plot::Whiskers(Whiskers { rows, scale, marks: MARKS.to_vec() }),
    }
}

/// Alpha of each label against the rest; *none of these* is last.
pub fn by_label(worked: &Worked, scheme: &Scheme) -> Chart {
    let rows = worked.by_label().map(|(means, label)| {
        let interval = label.alpha_interval.ok().map(|ends| (ends.low, ends.high));
        Row { name: named(scheme, means, &label.name), figure: label.alpha, interval, n: label.n }
    });
    let says = "Krippendorff\u{2019}s alpha of each label against the rest, with 95\u{a0}% intervals; n: answers with this label in \
                sentences that two coders or more answered. Dotted lines: 0.667 and 0.8.";
    whiskers("Agreement by label", says, rows.collect())
}

/// What an interval comes from, in words: `95 % interval: jackknife over 24 articles, t with 23 degrees of freedom`.
pub fn method(panel: &Panel) -> Result<String, Undefined> {
    let df = panel.alpha_interval?.df;
    let of = match panel.errors.by {
        LeftOut::Article => "articles",
        LeftOut::Unit => "sentences",
    };
    let degrees = if df == 1 { "degree" } else { "degrees" };
    Ok(format!("95 % interval: jackknife over {} {of}, t with {df} {degrees} of freedom", df + 1))
}

/// What an answer is called and drawn like: *none of these*, one label, several together.
pub fn sign(scheme: &Scheme, answer: &str) -> Sign {
    let labels = answer.split('|').filter_map(|id| scheme.label(&LabelId::new(id)));
    let labels: Vec<_> = labels.collect();
    let joined = |parts: Vec<&str>| parts.join(" + ");
    let sign = |name: String, letter: String, colour: &str, stroke: &str| Sign {
        name,
        letter,
        colour: colour.to_owned(),
        stroke: stroke.to_owned(),
    };
    match labels.as_slice() {
        [] if answer == "none" => sign("None of these".into(), "\u{2013}".into(), NO_LABEL, "solid"),
        [] => sign(answer.into(), "?".into(), NO_LABEL, "solid"),
        [label] => sign(label.name.clone(), label.letter.clone(), &label.colour, &label.line),
        several => sign(
            joined(several.iter().map(|label| label.name.as_str()).collect()),
            several.iter().map(|label| label.letter.as_str()).collect(),
            NO_LABEL,
            "dotted",
        ),
    }
}

/// What the figures by label are of: `Allegation`, `Allegation alone` where other labels can stand with it.
pub fn named(scheme: &Scheme, means: Means, answer: &str) -> String {
    let name = sign(scheme, answer).name;
    if means == Means::Alone { format!("{name} alone") } else { name }
}

fn places(drift: &Drift) -> Vec<String> {
    drift.batches.iter().map(|batch| format!("{} to {}", batch.first, batch.last)).collect()
}

fn changes(drift: &Drift) -> Vec<Change> {
    let changes = drift.changes.iter().filter_map(|change| {
        let (place, batch) = (0_u32..).zip(&drift.batches).find(|(_, batch)| batch.last > change.after)?;
        let before = change.after + 1 - batch.first;
        let at = f64::from(place) + before as f64 / batch.n_articles() as f64;
        Some(Change { at, name: format!("codebook version {}", change.version) })
    });
    changes.collect()
}

/// `by batch of 6 articles, in the order of coding`, or why there is none.
pub fn batches(drift: &Drift) -> String {
    let sizes = || drift.batches.iter().map(crate::analysis::agreement::drift::Batch::n_articles);
    let size = match (sizes().min(), sizes().max()) {
        (Some(least), Some(most)) if least == most => format!("{least} articles"),
        (Some(least), Some(most)) => format!("{least} or {most} articles"),
        _ => {
            return format!(
                "by batch: not worked out, since fewer than {FEWEST} articles were answered by two coders"
            );
        }
    };
    let order = match (drift.order, drift.n_undated) {
        (Order::Coding, 0) => "in the order of coding".to_owned(),
        (Order::Coding, 1) => "in the order of coding (1 article without times comes last)".to_owned(),
        (Order::Coding, n) => format!("in the order of coding ({n} articles without times come last)"),
        (Order::Project, _) => "in the order of the project, since no answer has a time".to_owned(),
    };
    format!("by batch of {size}, {order}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::drift::{self, Batch};
    use crate::analysis::agreement::jackknife::Interval;

    fn drawn() -> Drift {
        let batch = |first: usize, last: usize, alpha: Figure, given: [[u64; 2]; 2]| Batch {
            first,
            last,
            n_pairable: 40,
            alpha,
            interval: alpha.map(|alpha| Interval { low: alpha - 0.1, high: alpha + 0.1, df: 5 }),
            given: given.map(|row| row.to_vec()).to_vec(),
        };
        Drift {
            order: Order::Coding,
            n_articles: 13,
            n_undated: 1,
            coders: ["ana", "ben"].map(str::to_owned).to_vec(),
            labels: ["none", "fact"].map(str::to_owned).to_vec(),
            batches: vec![
                batch(1, 6, Ok(0.75), [[0, 40], [10, 30]]),
                batch(7, 13, Err(Undefined::NoVariation), [[0, 40], [0, 3]]),
            ],
            changes: vec![drift::Change { version: 2, after: 6 }, drift::Change { version: 3, after: 10 }],
        }
    }

    fn lines(chart: Chart) -> Lines {
        match chart.plot {
            Plot::Lines(lines) => lines,
            Plot::Whiskers(_) => panic!("{chart:?}"),
        }
    }

    #[test]
    fn alpha_by_batch_has_its_marks() {
        let chart = over_time(&drawn());
        assert!(chart.says.contains(
            "by batch of 6 or 7 articles, in the order of coding (1 article without times comes last). Bars"
        ));
        let lines = lines(chart);
        assert_eq!(lines.places, ["1 to 6", "7 to 13"]);
        let points = &lines.parts[0].lines[0].points;
        assert_eq!((points[0].value, points[0].n), (Ok(0.75), 40));
        assert_eq!(points[1].value, Err("all answers are the same, so nothing can be said about chance"));
        let at: Vec<_> = lines.changes.iter().map(|change| (change.at, change.name.as_str())).collect();
        assert_eq!(at, [(1.0, "codebook version 2"), (1.0 + 4.0 / 7.0, "codebook version 3")]);
    }

    #[test]
    fn shares_are_of_a_coders_answers_and_none_of_a_few() {
        let lines = lines(label_shares(&drawn(), &Scheme::allegata(), |id| format!("<{id}>")));
        let ben = &lines.parts[1];
        assert_eq!(ben.title, "<ben>");
        let shown = |line: &Line| {
            let values = line.points.iter().map(|point| format!("{:?} n {}", point.value, point.n));
            format!("{} {}: {}", line.sign.letter, line.sign.name, values.collect::<Vec<_>>().join(", "))
        };
        assert_eq!(
            ben.lines.iter().map(shown).collect::<Vec<_>>(),
            [
                "\u{2013} None of these: Ok(0.25) n 40, Err(\"fewer than 20 answers\") n 3",
                "F Fact: Ok(0.75) n 40, Err(\"fewer than 20 answers\") n 3"
            ]
        );
    }

    #[test]
    fn nothing_is_drawn_of_a_few_articles() {
        let drift = Drift { batches: vec![], ..drawn() };
        assert!(over_time(&drift).says.contains("fewer than 6 articles"));
    }
}
