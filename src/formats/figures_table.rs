//! Figures of agreement as a CSV table: a row a figure, named as `allegata agreement --json` names it, with its interval.

use crate::analysis::agreement::jackknife::Interval;
use crate::analysis::agreement::panel::{Alpha, Pair, Panel};
use crate::analysis::agreement::undefined::{Figure, Undefined};
use crate::analysis::agreement::worked::Worked;
use crate::formats::datasets::csv;

const HEAD: [&str; 9] =
    ["figure", "label", "coder", "second_coder", "value", "low", "high", "n", "undefined"];

/// All figures, unrounded; where there is no value, `undefined` says why. `called`: what a coder is called.
pub fn csv(worked: &Worked, called: impl Fn(&str) -> String) -> String {
    let mut table = Table { rows: vec![HEAD.map(str::to_owned).to_vec()] };
    of_all(&mut table, &worked.panel);
    beside(&mut table, worked);
    for label in &worked.each {
        let about = Of { label: &label.name, ..Of::default() };
        table.push("krippendorff_alpha_label", &about, label.alpha, Some(label.alpha_interval), label.n);
        table.push("specific_agreement_label", &about, label.specific, None, label.n);
    }
    for label in worked.order().filter_map(|place| worked.panel.labels.get(usize::from(place))) {
        let about = Of { label: &label.name, ..Of::default() };
        let interval = Some(label.alpha_interval);
        table.push("krippendorff_alpha_category", &about, label.alpha, interval, label.n);
        table.push("specific_agreement", &about, label.specific, None, label.n);
        table.push("fleiss_kappa_category", &about, label.fleiss, None, label.n);
    }
    // By what they are called: another order would say of hidden names who is who.
    let mut pairs: Vec<_> = worked.panel.pairs.iter().map(|pair| (named(pair, &called), pair)).collect();
    pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (names, pair) in &pairs {
        of_pair(&mut table, names, pair);
    }
    if let Some(drift) = &worked.drift {
        for batch in &drift.batches {
            let articles = format!("{} to {}", batch.first, batch.last);
            let name = format!("krippendorff_alpha_nominal of articles {articles}");
            table.push(&name, &Of::default(), batch.alpha, Some(batch.interval), batch.n_pairable);
        }
    }
    csv::table(&table.rows)
}

/// What a figure is of, where it is not of everything.
#[derive(Default)]
struct Of<'a> {
    label: &'a str,
    coders: [&'a str; 2],
}

struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn push(
        &mut self,
        name: &str,
        of: &Of<'_>,
        value: Figure,
        interval: Option<Result<Interval, Undefined>>,
        n: u64,
    ) {
        let ends = interval.map(|interval| interval.map(|ends| (ends.low, ends.high)));
        self.push_ends(name, of, value, ends, n);
    }

    fn push_ends(
        &mut self,
        name: &str,
        of: &Of<'_>,
        value: Figure,
        ends: Option<Result<(f64, f64), Undefined>>,
        n: u64,
    ) {
        let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (low, high) = ends.and_then(Result::ok).unzip();
        let why = match (value, ends) {
            (Err(why), _) => why.words().to_owned(),
            (_, Some(Err(why))) => format!("the interval: {}", why.words()),
            _ => String::new(),
        };
        let [a, b] = of.coders;
        let about = [name, of.label, a, b].map(str::to_owned);
        let numbers = [number(value.ok()), number(low), number(high), n.to_string(), why];
        self.rows.push(about.into_iter().chain(numbers).collect());
    }
}

fn of_all(table: &mut Table, panel: &Panel) {
    let (all, n) = (Of::default(), panel.counts.n_pairable);
    let mut alpha = |name: &str, alpha: Alpha| {
        table.push(name, &all, alpha.value, Some(alpha.interval), alpha.n);
    };
    alpha("krippendorff_alpha_nominal", panel.whole_alpha());
    for (name, part) in [("alpha_detection", panel.alpha_detection), ("alpha_type", panel.alpha_type)] {
        if let Some(part) = part {
            alpha(name, part);
        }
    }
    for (name, figure) in
        [("krippendorff_alpha_jaccard", panel.alpha_jaccard), ("krippendorff_alpha_masi", panel.alpha_masi)]
    {
        if let Some(figure) = figure {
            table.push(name, &all, figure, None, n);
        }
    }
    let errors = &panel.errors;
    for (name, figure, error) in [
        ("percent", panel.percent, errors.percent),
        ("fleiss_kappa", panel.fleiss, errors.fleiss),
        ("gwet_ac1", panel.ac1, errors.ac1),
    ] {
        table.push(name, &all, figure, Some(panel.interval(figure, error)), n);
    }
    for (name, figure, n) in [
        ("percent_pooled", panel.percent_pooled, n),
        ("percent_krippendorff", panel.percent_krippendorff, n),
        ("percent_all_agree", panel.percent_all_agree, n),
        ("percent_pairs_mean", panel.percent_pairs_mean, n),
        ("fleiss_kappa_listwise", panel.fleiss_listwise, panel.counts.n_complete),
        ("brennan_prediger", panel.brennan_prediger, n),
        ("conger_kappa", panel.conger, n),
        ("light_kappa", panel.light, n),
    ] {
        table.push(name, &all, figure, None, n);
    }
}

/// The interval by draws, and the figures over the text, where they were asked for.
fn beside(table: &mut Table, worked: &Worked) {
    let all = Of::default();
    match &worked.draws {
        Some(Ok((_, draws))) => {
            let ends = Some(Ok((draws.low, draws.high)));
            table.push_ends("alpha_bootstrap", &all, worked.panel.alpha, ends, draws.n as u64);
        }
        Some(Err(why)) => table.push("alpha_bootstrap", &all, Err(*why), None, 0),
        None => {}
    }
    if let Some(over) = &worked.over_text {
        for (name, figure) in [
            ("alpha_u", over.figures.alpha),
            ("u_alpha_nominal_2016", over.figures.nominal),
            ("u_alpha_binary_2016", over.figures.binary),
        ] {
            table.push(name, &all, figure, None, over.n_articles as u64);
        }
    }
}

fn named(pair: &Pair, called: impl Fn(&str) -> String) -> [String; 2] {
    let mut names = [called(&pair.a), called(&pair.b)];
    names.sort();
    names
}

/// The figures of a pair, which are the same whoever stands first.
fn of_pair(table: &mut Table, [a, b]: &[String; 2], pair: &Pair) {
    let of = Of { label: "", coders: [a, b] };
    let n = pair.confusion.n();
    table.push_ends("cohen_kappa", &of, pair.cohen, Some(pair.cohen_interval()), n);
    table.push("scott_pi", &of, pair.scott, None, n);
    table.push("percent", &of, pair.percent, None, n);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::worked::{self, Asked};
    use crate::analysis::units::Units;
    use crate::model::sketch;

    fn written(drawing: &str) -> String {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let worked = worked::of(&project, &Units::of(&project), Asked::default(), |_| true);
        csv(&worked, |id| format!("<{id}>"))
    }

    #[test]
    fn each_figure_has_a_row_with_all_its_digits() {
        let written = written(
            "# Fire\nOne. [denial; ben: fact] Two. [none; ben: none] Three. [fact; ben: fact]\n\
             # Rain\nIt fell. [fact; ben: fact] It rained. [fact; ben: denial] Done. [denial; ben: denial]",
        );
        let mut rows = written.lines();
        assert_eq!(rows.next(), Some("figure,label,coder,second_coder,value,low,high,n,undefined"));
        let rows: Vec<Vec<&str>> = rows.map(|row| row.split(',').collect()).collect();
        let of = |name: &str| rows.iter().find(|row| row[0] == name).unwrap();
        // Four of six pairs agree; 1 − 11 · 4 / (144 − 6² − 4² − 2²).
        assert_eq!(of("percent")[4], "0.6666666666666666");
        let alpha: f64 = of("krippendorff_alpha_nominal")[4].parse().unwrap();
        assert!((alpha - 0.5).abs() < 1e-12, "{alpha}");
        assert_eq!(of("cohen_kappa")[2..4], ["<anna>", "<ben>"]);
        let labels = rows.iter().filter(|row| row[0] == "krippendorff_alpha_category").map(|row| row[1]);
        assert_eq!(labels.collect::<Vec<_>>(), ["allegation", "denial", "fact", "none"], "none is last");
        let allegation = of("krippendorff_alpha_category");
        assert!(allegation[4].is_empty() && allegation[8].contains("same"), "{allegation:?}");
        let is_quoted = |row: &&Vec<&str>| row.iter().any(|cell| cell.starts_with('"'));
        let plain: Vec<_> = rows.iter().filter(|row| !is_quoted(row)).collect();
        assert!(plain.len() > 12 && plain.iter().all(|row| row.len() == HEAD.len()), "{written}");
    }
}
