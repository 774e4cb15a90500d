//! What is said of the figures in words.

use crate::analysis::agreement::drift::FEWEST;
use crate::analysis::agreement::of_project::{Missing, Said};
use crate::analysis::agreement::panel::{Alpha, Counts, LeftOut, Panel};
use crate::analysis::agreement::undefined::Undefined;
use crate::analysis::agreement::worked::{Other, Passed, Worked};
use crate::model::scheme::Scheme;
use crate::session::review::names::Column;
use crate::ui::numbers::{counted, decimal, grouped};

fn whole(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// How the interval was come by, or why there is none.
pub(super) fn method(alpha: &Alpha, panel: &Panel) -> String {
    if let Err(why) = alpha.value {
        return format!("Undefined: {}.", why.words());
    }
    let n = counted(whole(alpha.n), "sentence", "sentences");
    match (alpha.interval, alpha.by) {
        (Ok(interval), LeftOut::Article) => {
            let articles = counted(whole(panel.counts.n_articles.unwrap_or_default()), "article", "articles");
            format!(
                "95 % interval: jackknife over {articles}, t with {}; {n} with two answers or more.",
                counted(whole(interval.df), "degree of freedom", "degrees of freedom")
            )
        }
        (Ok(interval), LeftOut::Unit) => format!(
            "95 % interval: one article only, so by sentence: jackknife, t with {}. {n} with two answers or more. It says \
             nothing about other articles.",
            counted(whole(interval.df), "degree of freedom", "degrees of freedom")
        ),
        (Err(why), _) => format!("No interval: {}. {n} with two answers or more.", no_interval(why)),
    }
}

/// Why a figure that is defined has no interval.
pub(super) fn no_interval(why: Undefined) -> &'static str {
    match why {
        Undefined::NoVariation | Undefined::NoPairableUnits | Undefined::CategoryNotInPairableRatings => {
            "without one of the articles nothing is left to compare"
        }
        other => other.words(),
    }
}

/// Which definition of percent agreement.
pub(super) fn percent(panel: &Panel) -> String {
    let n = counted(whole(panel.counts.n_pairable), "sentence", "sentences");
    match (panel.percent, panel.interval(panel.percent, panel.errors.percent)) {
        (Err(why), _) => why.words().to_owned(),
        (Ok(_), Ok(interval)) => {
            // No share is less than nothing.
            let [low, high] = [interval.low.max(0.0), interval.high].map(|share| decimal(share * 100.0, 1));
            format!("mean over {n} with two answers or more; 95\u{a0}% interval {low} to {high}\u{a0}%")
        }
        (Ok(_), Err(_)) => format!("mean over {n} with two answers or more"),
    }
}

/// The other rule's figure, or that it is the same.
pub(super) fn other_rule(other: &Other) -> String {
    if !other.differs {
        return match other.rule {
            Missing::NoneIfDone => {
                "The other rule gives the same: nobody passed over a sentence in a done article."
            }
            Missing::Missing => "The other rule gives the same: no answer stands by this rule alone.",
        }
        .to_owned();
    }
    match (other.alpha.value, other.alpha.interval) {
        (Ok(value), Ok(interval)) => format!(
            "The other rule gives {} ({} to {}).",
            decimal(value, 2),
            decimal(interval.low, 2),
            decimal(interval.high, 2)
        ),
        (Ok(value), Err(_)) => format!("The other rule gives {}, without an interval.", decimal(value, 2)),
        (Err(why), _) => format!("By the other rule it is undefined: {}.", why.words()),
    }
}

/// Who passed over how many sentences, and who has not come to how many, in the order in which coders are shown.
pub(super) fn passed(other: &Other, columns: &[Column]) -> String {
    let each = |passed: &[Passed]| {
        let of = |column: &Column| {
            let of = passed.iter().find(|passed| passed.coder == column.coder)?;
            let articles = counted(of.n_articles, "article", "articles");
            Some(format!("{} {} in {articles}", column.name, grouped(of.n)))
        };
        let all: Vec<String> = columns.iter().filter_map(of).collect();
        let rest = match all.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            n => format!(" and {}", counted(n, "more coder", "more coders")),
        };
        format!("{}{rest}", all.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", "))
    };
    let sum = |passed: &[Passed]| passed.iter().map(|passed| passed.n).sum::<usize>();
    let mut said = vec![];
    if !other.passed.is_empty() {
        let does = match other.rule {
            Missing::NoneIfDone => "It would add",
            Missing::Missing => "It would leave out",
        };
        let answers = counted(sum(&other.passed), "answer", "answers");
        said.push(format!(
            "{does} {answers} to sentences passed over in done articles: {}.",
            each(&other.passed)
        ));
    }
    if !other.unreached.is_empty() {
        let sentences = counted(sum(&other.unreached), "sentence", "sentences");
        said.push(format!(
            "Missing under both rules, in articles not done: {sentences}, {}.",
            each(&other.unreached)
        ));
    }
    said.join(" ")
}

/// The most coders that are named one by one.
const MOST_NAMED: usize = 3;

/// How many sentences were answered by how many.
pub(super) fn sums(counts: &Counts) -> Vec<(String, String)> {
    let of = |n: u64| format!("{} of {}", grouped(whole(n)), grouped(counts.n_units));
    let mut sums = vec![];
    match counts.n_coders {
        0 | 1 => {}
        2 => sums.push(("Answered by both".to_owned(), of(counts.n_complete))),
        n => {
            let all = if n == 3 { "three".to_owned() } else { n.to_string() };
            sums.push((format!("Answered by all {all}"), of(counts.n_complete)));
            sums.push(("Answered by two or more".to_owned(), of(counts.n_pairable)));
        }
    }
    sums.push(("Answers compared".to_owned(), grouped(whole(counts.n_answers))));
    sums
}

pub(super) fn unfinished(said: &Said) -> Option<String> {
    let articles = match said.n_unfinished {
        1 => "1 sheet not called done".to_owned(),
        n => format!("{} sheets not called done", grouped(n)),
    };
    let answers = counted(said.n_in_unfinished, "answer", "answers");
    (said.n_unfinished > 0).then(|| format!("{answers} in {articles}"))
}

pub(super) fn retired(said: &Said, scheme: &Scheme) -> Option<String> {
    let n: usize = said.retired.iter().map(|(_, n)| n).sum();
    let names = said.retired.iter().filter_map(|(id, _)| scheme.label(id)).map(|label| label.name.clone());
    let names = names.collect::<Vec<_>>().join(", ");
    (n > 0).then(|| format!("{} with a retired label: {names}", counted(n, "answer", "answers")))
}

pub(super) fn older(said: &Said) -> Option<String> {
    let answers = counted(said.n_of_other_version, "answer", "answers");
    (said.n_of_other_version > 0).then(|| format!("{answers} of another codebook version"))
}

pub(super) fn aside(said: &Said) -> Option<String> {
    let answers = counted(said.n_in_aside, "answer", "answers");
    let sentences = counted(said.n_aside, "sentence", "sentences");
    (said.n_in_aside > 0).then(|| format!("{answers} in {sentences} set aside"))
}

/// What else has to be known.
pub(super) fn besides(worked: &Worked) -> Vec<String> {
    let said = &worked.said;
    let mut besides = vec![];
    if said.n_to_check > 0 {
        let answers = counted(said.n_to_check, "answer", "answers");
        besides.push(format!("{answers} to look at again, since the sentence became another one: counted."));
    }
    if said.n_aside > 0 && said.n_in_aside == 0 {
        let sentences = counted(said.n_aside, "sentence", "sentences");
        besides.push(format!("{sentences} set aside, to which nobody had answered: left out."));
    }
    if worked.drift.as_ref().is_some_and(|drift| drift.batches.is_empty())
        && worked.panel.counts.n_pairable > 0
    {
        besides.push(format!(
            "Over time nothing is drawn: fewer than {FEWEST} articles were answered by two coders."
        ));
    }
    if !worked.silent.is_empty() {
        let coders = counted(worked.silent.len(), "coder", "coders");
        besides.push(format!("{coders} without an answer that counts: left out."));
    }
    besides
}
