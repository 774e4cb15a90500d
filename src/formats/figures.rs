//! Figures of agreement as programs read them: one JSON object. What is undefined is `null`, with its reason in `undefined`.

use crate::analysis::agreement::drift::{Batch, Drift, Order};
use crate::analysis::agreement::jackknife::Interval;
use crate::analysis::agreement::of_project::{OverText, Said};
use crate::analysis::agreement::panel::{Alpha, LeftOut, OfLabel, Pair, Panel};
use crate::analysis::agreement::undefined::{Figure, Undefined};
use crate::analysis::agreement::worked::Drawn;
use serde_json::{Map, Value, json};

/// All figures of a panel, by the names that `allegata agreement --json` promises.
pub fn of(panel: &Panel) -> Value {
    let mut out = Figures::default();
    let all: [(&str, Figure); 14] = [
        ("percent", panel.percent),
        ("percent_pooled", panel.percent_pooled),
        ("percent_krippendorff", panel.percent_krippendorff),
        ("percent_all_agree", panel.percent_all_agree),
        ("percent_pairs_mean", panel.percent_pairs_mean),
        ("krippendorff_alpha_nominal", panel.alpha),
        ("fleiss_kappa", panel.fleiss),
        ("fleiss_kappa_listwise", panel.fleiss_listwise),
        ("gwet_ac1", panel.ac1),
        ("brennan_prediger", panel.brennan_prediger),
        ("gwet_ac1_observed_q", panel.ac1_observed),
        ("brennan_prediger_observed_q", panel.brennan_prediger_observed),
        ("conger_kappa", panel.conger),
        ("light_kappa", panel.light),
    ];
    for (key, figure) in all {
        out.put(key, figure);
    }
    let names = || panel.labels.iter().map(|label| label.name.as_str());
    let of_labels = [
        ("krippendorff_alpha_category", panel.labels.iter().map(|label| label.alpha).collect()),
        ("specific_agreement", panel.labels.iter().map(|label| label.specific).collect()),
        ("fleiss_kappa_category", panel.labels.iter().map(|label| label.fleiss).collect::<Vec<_>>()),
    ];
    for (key, figures) in of_labels {
        out.put_all(key, names().zip(figures));
    }
    out.put_only_pair(panel, names());
    let by = by(panel);
    for (of, figure) in [
        ("percent", panel.errors.percent),
        ("krippendorff_alpha_nominal", panel.errors.alpha),
        ("fleiss_kappa", panel.errors.fleiss),
        ("gwet_ac1", panel.errors.ac1),
    ] {
        out.put(&format!("{of}_se_jackknife_{by}"), figure);
    }
    for (key, alpha) in [("alpha_detection", panel.alpha_detection), ("alpha_type", panel.alpha_type)] {
        if let Some(alpha) = alpha {
            out.put(key, alpha.value);
            out.put_value(
                &format!("{key}_interval"),
                alpha.interval.map(|interval| interval_json(interval, name_of(alpha.by))),
            );
        }
    }
    for (key, figure) in
        [("krippendorff_alpha_jaccard", panel.alpha_jaccard), ("krippendorff_alpha_masi", panel.alpha_masi)]
    {
        if let Some(figure) = figure {
            out.put(key, figure);
        }
    }
    out.values.insert("light_kappa_pairs_defined".into(), panel.n_light_pairs.into());
    out.put_value("alpha_interval", interval_of(panel));
    out.put_intervals(
        "krippendorff_alpha_category_interval",
        panel.labels.iter().map(|label| (label.name.as_str(), label.alpha_interval)),
        by,
    );
    let pairs = panel.pairs.iter().map(|pair| pair_of(pair, names())).collect();
    out.values.insert("pairs".into(), Value::Array(pairs));
    out.values.insert("counts".into(), counts(panel));
    out.end()
}

/// Adds the figures of each label, given alone or with others, where an answer can be several.
pub fn add_each(all: &mut Value, each: &[OfLabel], by: LeftOut) {
    if each.is_empty() {
        return;
    }
    let mut out = Figures::default();
    let names = || each.iter().map(|of| of.name.as_str());
    out.put_all("krippendorff_alpha_label", names().zip(each.iter().map(|of| of.alpha)));
    out.put_all("specific_agreement_label", names().zip(each.iter().map(|of| of.specific)));
    let intervals = names().zip(each.iter().map(|of| of.alpha_interval));
    out.put_intervals("krippendorff_alpha_label_interval", intervals, name_of(by));
    out.add_to(all);
}

/// Adds what was asked for besides: the interval by draws, and the figures over the text.
pub fn add_beside(all: &mut Value, draws: Option<&Drawn>, over_text: Option<&OverText>) {
    let mut out = Figures::default();
    if let Some(draws) = draws {
        let value = draws.as_ref().map_err(|why| *why).map(|(_, draws)| {
            json!({
                "low": draws.low, "high": draws.high, "mean": draws.mean, "sd": draws.sd,
                "draws": draws.n, "undefined_draws": draws.n_undefined, "seed": draws.seed,
            })
        });
        out.put_value("alpha_bootstrap", value);
    }
    if let Some(over) = over_text {
        out.put("alpha_u", over.figures.alpha);
        out.put("u_alpha_nominal_2016", over.figures.nominal);
        out.put("u_alpha_binary_2016", over.figures.binary);
        let named = over
            .figures
            .of_label
            .iter()
            .map(|(label, figure)| (over.names.get(*label).map_or("", String::as_str), *figure));
        out.put_all("alpha_u_category", named);
        out.values.insert("alpha_u_articles".into(), over.n_articles.into());
    }
    out.add_to(all);
}

/// Adds what has to be known of the answers, and alpha by the other rule for what has no answer.
pub fn add_said(all: &mut Value, said: &Said, (rule, other): (&str, &Alpha)) {
    let retired: Map<String, Value> =
        said.retired.iter().map(|(label, n)| (label.to_string(), (*n).into())).collect();
    let mut of_other = Figures::default();
    of_other.put("krippendorff_alpha_nominal", other.value);
    of_other.put_value(
        "alpha_interval",
        other.interval.map(|interval| interval_json(interval, name_of(other.by))),
    );
    if let Value::Object(all) = all {
        all.insert(
            "said".into(),
            json!({
                "unfinished_sheets": said.n_unfinished, "answers_in_unfinished_sheets": said.n_in_unfinished,
                "answers_with_retired_labels": retired, "answers_of_other_versions": said.n_of_other_version,
                "answers_to_check": said.n_to_check, "sentences_set_aside": said.n_aside,
                "answers_in_sentences_set_aside": said.n_in_aside,
            }),
        );
        all.insert("other_rule".into(), json!({ "missing": rule, "figures": of_other.end() }));
    }
}

/// Adds alpha and everybody's labels by batch of articles.
pub fn add_over_time(all: &mut Value, drift: &Drift) {
    let batches: Vec<Value> = drift.batches.iter().map(|batch| batch_of(drift, batch)).collect();
    let changes =
        drift.changes.iter().map(|change| json!({ "version": change.version, "after": change.after }));
    if let Value::Object(all) = all {
        all.insert(
            "over_time".into(),
            json!({
                "order": match drift.order { Order::Coding => "coding", Order::Project => "project" },
                "articles": drift.n_articles, "without_times": drift.n_undated,
                "batches": batches, "codebook": changes.collect::<Vec<_>>(),
            }),
        );
    }
}

fn batch_of(drift: &Drift, batch: &Batch) -> Value {
    let mut out = Figures::default();
    for (key, n) in [("first", batch.first), ("last", batch.last)] {
        out.values.insert(key.into(), n.into());
    }
    out.values.insert("pairable".into(), batch.n_pairable.into());
    out.put("krippendorff_alpha_nominal", batch.alpha);
    out.put_value("alpha_interval", batch.interval.map(|interval| interval_json(interval, "cluster")));
    let given = drift.coders.iter().zip(&batch.given).map(|(coder, given)| {
        let given: Map<String, Value> =
            drift.labels.iter().zip(given).map(|(label, n)| (label.clone(), (*n).into())).collect();
        (coder.clone(), Value::Object(given))
    });
    out.values.insert("answers".into(), Value::Object(given.collect()));
    out.end()
}

fn interval_json(interval: Interval, by: &str) -> Value {
    let method = format!("jackknife_{by}");
    json!({ "low": interval.low, "high": interval.high, "method": method, "df": interval.df })
}

fn interval_of(panel: &Panel) -> Result<Value, Undefined> {
    panel.alpha_interval.map(|interval| interval_json(interval, by(panel)))
}

/// What the jackknife leaves out at a time.
fn by(panel: &Panel) -> &'static str {
    name_of(panel.errors.by)
}

const fn name_of(by: LeftOut) -> &'static str {
    match by {
        LeftOut::Article => "cluster",
        LeftOut::Unit => "unit",
    }
}

/// A JSON object whose figures may be undefined.
#[derive(Default)]
struct Figures {
    values: Map<String, Value>,
    undefined: Map<String, Value>,
}

impl Figures {
    fn put(&mut self, key: &str, figure: Figure) {
        self.put_value(key, figure.map(Value::from));
    }

    fn put_value(&mut self, key: &str, value: Result<Value, Undefined>) {
        if let Err(why) = value {
            self.undefined.insert(key.to_owned(), why.key().into());
        }
        self.values.insert(key.to_owned(), value.unwrap_or(Value::Null));
    }

    /// Figures of labels, by name.
    fn put_all<'a>(&mut self, key: &str, figures: impl Iterator<Item = (&'a str, Figure)>) {
        let mut values = Map::new();
        for (label, figure) in figures {
            if let Err(why) = figure {
                self.undefined.insert(format!("{key}.{label}"), why.key().into());
            }
            values.insert(label.to_owned(), figure.map_or(Value::Null, Value::from));
        }
        self.values.insert(key.to_owned(), Value::Object(values));
    }

    /// Intervals of labels, by name.
    fn put_intervals<'a>(
        &mut self,
        key: &str,
        intervals: impl Iterator<Item = (&'a str, Result<Interval, Undefined>)>,
        by: &str,
    ) {
        let mut values = Map::new();
        for (label, interval) in intervals {
            if let Err(why) = interval {
                self.undefined.insert(format!("{key}.{label}"), why.key().into());
            }
            let value = interval.map_or(Value::Null, |interval| interval_json(interval, by));
            values.insert(label.to_owned(), value);
        }
        self.values.insert(key.to_owned(), Value::Object(values));
    }

    /// The figures of the one pair where there are two coders.
    fn put_only_pair<'a>(&mut self, panel: &Panel, names: impl Iterator<Item = &'a str>) {
        let needs = Err(Undefined::NeedsExactlyTwoRaters);
        match panel.pairs.as_slice() {
            [pair] => self.put_pair(pair, names),
            _ => {
                for key in ["cohen_kappa", "scott_pi", "cohen_kappa_se", "cohen_kappa_category"] {
                    self.put(key, needs);
                }
            }
        }
    }

    fn put_pair<'a>(&mut self, pair: &Pair, names: impl Iterator<Item = &'a str>) {
        self.put("cohen_kappa", pair.cohen);
        self.put("scott_pi", pair.scott);
        self.put("cohen_kappa_se", pair.cohen_se);
        self.put_all("cohen_kappa_category", names.zip(pair.cohen_of.iter().copied()));
    }

    /// Adds these to an object that has figures already.
    fn add_to(self, all: &mut Value) {
        let Value::Object(all) = all else { return };
        all.extend(self.values);
        if let Some(Value::Object(undefined)) = all.get_mut("undefined") {
            undefined.extend(self.undefined);
        }
    }

    fn end(mut self) -> Value {
        self.values.insert("undefined".to_owned(), Value::Object(self.undefined));
        Value::Object(self.values)
    }
}

fn pair_of<'a>(pair: &Pair, names: impl Iterator<Item = &'a str>) -> Value {
    let mut out = Figures::default();
    out.values.insert("a".into(), pair.a.as_str().into());
    out.values.insert("b".into(), pair.b.as_str().into());
    out.values.insert("n".into(), pair.confusion.n().into());
    out.put("percent", pair.percent);
    out.put_pair(pair, names);
    let interval = pair.cohen_interval();
    let interval = interval.map(|(low, high)| json!({ "low": low, "high": high, "method": "large_sample" }));
    out.put_value("cohen_kappa_interval", interval);
    out.end()
}

fn counts(panel: &Panel) -> Value {
    let counts = &panel.counts;
    json!({
        "units": counts.n_units,
        "rated": counts.n_rated,
        "pairable": counts.n_pairable,
        "complete": counts.n_complete,
        "answers": counts.n_answers,
        "coders": counts.n_coders,
        "articles": counts.n_articles,
        "labels": panel.labels.iter().map(|label| (label.name.as_str(), label.n)).collect::<std::collections::BTreeMap<_, _>>(),
    })
}
