//! The paragraph for a methods section: what was done, with its numbers, and nothing else.

use super::words::{self, capital, counted, figure, interval, list, n_of, share, spelt, value};
use super::{Block, Given, deciding};
use crate::analysis::agreement::charts;
use crate::analysis::agreement::drift::{Batch, Order};
use crate::analysis::agreement::marks;
use crate::analysis::agreement::of_project::{Missing, Rule};
use crate::analysis::agreement::panel::{LeftOut, Panel};
use crate::analysis::agreement::undefined::Undefined;
use crate::analysis::agreement::worked::{Means, NONE};
use crate::text::numbers::grouped;

/// A paragraph names no more labels than this one by one.
const MOST_LABELS: usize = 12;

pub(super) fn tell(given: &Given<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Section("Reliability".to_owned()));
    let sentences = sentences(given);
    blocks.push(Block::Paragraph(sentences.join(" ")));
}

/// The paragraph, sentence by sentence.
fn sentences(given: &Given<'_>) -> Vec<String> {
    let panel = &given.worked.panel;
    let mut said = vec![answered(panel)];
    said.push(task(given));
    match panel.counts.n_coders {
        0 => return said,
        1 => {
            said.push("One coder\u{2019}s answers cannot be compared with anybody\u{2019}s, so that agreement is not reported.".into());
            said.push(software(given));
            return said;
        }
        _ => {}
    }
    if panel.counts.n_pairable == 0 {
        said.push("No sentence was answered by two coders, so that agreement is not reported.".into());
        said.push(software(given));
        return said;
    }
    said.extend(drawn(given));
    said.push(missing(given));
    said.extend(left_out(given));
    said.extend(alpha(panel));
    said.extend(over_text(given));
    said.extend(parts(given));
    said.extend(labels(given));
    said.extend(pairs(panel));
    if let Ok(percent) = panel.percent {
        said.push(format!(
            "Percent agreement, the mean over sentences with two answers or more of the share of pairs of answers that are \
             the same, was {}.",
            share(percent)
        ));
    }
    said.extend(over_time(given));
    said.extend(decided(given));
    said.push(software(given));
    said
}

/// How much was answered, and how much of it twice.
fn answered(panel: &Panel) -> String {
    let counts = &panel.counts;
    let n = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    if counts.n_coders == 0 {
        return "No coder has answered anything yet, so that nothing can be said of reliability.".to_owned();
    }
    let coders = if counts.n_coders == 1 { "coder" } else { "coders" };
    let articles = counts.n_articles.map(|articles| format!(" in {}", n_of(n(articles), "article")));
    let twice = if counts.n_coders > 1 && counts.n_pairable > 0 {
        let all = counts.n_pairable == counts.n_rated;
        let all = if all { "all of them".into() } else { grouped(counts.n_pairable) };
        let answers = n_of(n(counts.n_answers), "answer");
        format!(", {all} by two coders or more ({answers}); agreement was worked out over these")
    } else {
        String::new()
    };
    let (who, what) = (capital(&spelt(counts.n_coders)), n_of(n(counts.n_rated), "sentence"));
    format!("{who} {coders} answered {what}{}{twice}.", articles.unwrap_or_default())
}

/// What was asked.
fn task(given: &Given<'_>) -> String {
    let scheme = given.project.scheme();
    let names: Vec<String> = scheme.current().map(|label| label.name.clone()).collect();
    let of = match names.len() {
        0 => return "The unit was the sentence.".to_owned(),
        1 => format!("the label {}", list(&names)),
        n if n <= MOST_LABELS => format!("one of {} labels ({})", spelt(n), list(&names)),
        n => format!("one of {} labels", grouped(n as u64)),
    };
    if scheme.takes_several() {
        let of = of.replacen("one of", "any of", 1);
        return format!("The unit was the sentence; an answer was {of}, or \u{201c}none of these\u{201d}.");
    }
    format!("The unit was the sentence; an answer was {of} or \u{201c}none of these\u{201d}.")
}

/// Which articles were drawn for agreement, where all that two coders answered in are of one draw.
fn drawn(given: &Given<'_>) -> Option<String> {
    let articles = &given.comparison.units.articles;
    let shared = articles.iter().enumerate().filter(|(place, article)| {
        let is_pairable = given.comparison.judged_in(*place).iter().any(|judged| judged.n_answered > 1);
        is_pairable && given.takes(&article.article)
    });
    let shared: Vec<_> = shared.map(|(_, article)| &article.article).collect();
    let draw = given.project.draws().find(|draw| shared.iter().all(|id| draw.has(id)))?;
    let even = if draw.strata.is_empty() {
        "by chance".to_owned()
    } else {
        let strata: Vec<String> = draw.strata.iter().map(ToString::to_string).collect();
        format!("by chance, evenly by {},", list(&strata))
    };
    Some(format!(
        "The articles that two coders or more answered in are of {} drawn {even} from {} (seed {}).",
        grouped(draw.size.into()),
        grouped(draw.of.into()),
        draw.seed
    ))
}

/// The rule for missing answers, and what the other one comes to.
fn missing(given: &Given<'_>) -> String {
    let other = &given.worked.other;
    let (rule, otherwise) = match other.rule {
        Missing::NoneIfDone => (
            "A sentence without an answer was taken as missing",
            "taken as \u{201c}none of these\u{201d} where its coder had called the article done",
        ),
        Missing::Missing => (
            "A sentence without an answer was taken as \u{201c}none of these\u{201d} where its coder had called the article \
             done, else as missing",
            "always taken as missing",
        ),
    };
    if !other.differs {
        return format!("{rule}.");
    }
    format!("{rule}; {otherwise}, Krippendorff\u{2019}s alpha is {}.", words::alpha(&other.alpha))
}

/// Answers that somebody else would take otherwise: which were left out, and which count all the same.
fn left_out(given: &Given<'_>) -> Vec<String> {
    let (said, rule) = (&given.worked.said, given.worked.rule);
    let retired: Vec<String> = said
        .retired
        .iter()
        .map(|(label, _)| charts::sign(given.project.scheme(), label.as_str()).name)
        .collect();
    let n_retired = said.retired.iter().map(|(_, n)| n).sum();
    // Where nothing was called done, that tells nothing apart.
    let n_counted: u64 = given.worked.panel.given.iter().flatten().sum();
    let nobody_is_done = !rule.finished_only && said.n_in_unfinished as u64 == n_counted;
    let with_retired = format!("with {}, which was no longer given", list(&retired));
    let all = [
        (
            if nobody_is_done { 0 } else { said.n_in_unfinished },
            rule.finished_only,
            "in articles that their coder had not called done",
        ),
        (n_retired, rule.no_retired, with_retired.as_str()),
        (said.n_of_other_version, rule.this_version_only, "given under another version of the codebook"),
        (said.n_in_aside, !rule.with_aside, "to sentences that were set aside"),
    ];
    let of = |is_left_out: bool| {
        let these = all.iter().filter(|(n, is, _)| *n > 0 && *is == is_left_out);
        these.map(|(n, _, what)| format!("{} {what}", grouped(*n as u64))).collect::<Vec<_>>()
    };
    let left_out = of(true);
    let left_out =
        (!left_out.is_empty()).then(|| format!("Of the answers these were left out: {}.", list(&left_out)));
    let counted = of(false);
    let counted =
        (!counted.is_empty()).then(|| format!("Of the answers these count too: {}.", list(&counted)));
    left_out.into_iter().chain(counted).collect()
}

/// Agreement over the text, where boundaries differ.
fn over_text(given: &Given<'_>) -> Option<String> {
    let over = given.worked.over_text.as_ref().filter(|_| given.worked.has_kept)?;
    Some(format!(
        "Only sentences with the same boundaries were compared; over the text of {} that all coders answered in, \
         Krippendorff\u{2019}s alpha for unitizing was {}.",
        n_of(over.n_articles, "article"),
        figure(over.figures.alpha)
    ))
}

fn alpha(panel: &Panel) -> Vec<String> {
    let sets = if panel.alpha_jaccard.is_some() { ", each set of labels a category of its own" } else { "" };
    let value = match panel.alpha {
        Ok(alpha) => value(alpha),
        Err(why) => {
            let why = why.words();
            return vec![format!("Krippendorff\u{2019}s alpha (nominal{sets}) is not defined: {why}.")];
        }
    };
    match panel.alpha_interval {
        Ok(ends) => {
            let df = if ends.df == 1 { "1 degree".to_owned() } else { format!("{} degrees", ends.df) };
            let n = usize::try_from(ends.df + 1).unwrap_or(usize::MAX);
            let by = match panel.errors.by {
                LeftOut::Article => n_of(n, "article"),
                LeftOut::Unit => format!("{}, since only one article was answered", n_of(n, "sentence")),
            };
            vec![
                format!(
                    "Krippendorff\u{2019}s alpha (nominal{sets}) was {value}, with a 95 % interval of {} (jackknife over {by}; \
                     Student\u{2019}s t with {df} of freedom).",
                    interval((ends.low, ends.high))
                ),
                format!("{} ({}).", marks::judged(ends.low), marks::SOURCE),
            ]
        }
        Err(why) => vec![format!(
            "Krippendorff\u{2019}s alpha (nominal{sets}) was {value}; no interval can be given, since there are {}, and without \
             one it is not judged.",
            why_no_interval(why)
        )],
    }
}

fn why_no_interval(why: Undefined) -> String {
    match why {
        Undefined::FewerThanTwoGroups => why.words().to_owned(),
        why => format!("articles without which it is not defined ({})", why.words()),
    }
}

/// Whether and which: the two things that alpha is made of.
fn parts(given: &Given<'_>) -> Option<String> {
    let panel = &given.worked.panel;
    let (detection, which) = panel.alpha_detection.as_ref().zip(panel.alpha_type.as_ref())?;
    if detection.value.is_err() && which.value.is_err() {
        return None;
    }
    Some(format!(
        "For whether a sentence has a label at all, alpha was {}; for which label, over the {} to which two coders or more gave \
         one, {}.",
        words::alpha(detection),
        n_of(usize::try_from(which.n).unwrap_or(usize::MAX), "sentence"),
        words::alpha(which),
    ))
}

fn labels(given: &Given<'_>) -> Option<String> {
    let scheme = given.project.scheme();
    // Of sets each label as it stands among others, and none of these.
    let worked = given.worked;
    let is_said = |means: Means, name: &str| means == Means::Among || worked.each.is_empty() || name == NONE;
    let labels = worked.by_label().filter(|(means, of)| of.alpha.is_ok() && is_said(*means, &of.name));
    let said = labels.map(|(means, label)| {
        let name = charts::named(scheme, means, &label.name);
        let ends = label
            .alpha_interval
            .map_or_else(|_| "no interval".to_owned(), |ends| interval((ends.low, ends.high)));
        format!("{} for {name} ({ends})", figure(label.alpha))
    });
    let said: Vec<String> = said.collect();
    // Of two labels each is the rest of the other.
    if said.len() < 3 || said.len() > MOST_LABELS {
        return None;
    }
    let alone = if worked.each.is_empty() { "" } else { ", given alone or with others," };
    Some(format!("Alpha of one label{alone} against the rest was {}.", list(&said)))
}

fn pairs(panel: &Panel) -> Option<String> {
    if let [pair] = panel.pairs.as_slice() {
        let ends = match (pair.cohen, pair.cohen_interval()) {
            (Ok(_), Ok(ends)) => format!(" (95 % interval {})", interval(ends)),
            (Ok(_), Err(why)) => format!(" (no interval: {})", why.no_interval()),
            (Err(_), _) => String::new(),
        };
        return Some(format!("Cohen\u{2019}s kappa was {}{ends}.", figure(pair.cohen)));
    }
    let kappas = || panel.pairs.iter().filter_map(|pair| pair.cohen.ok());
    let (low, high) = (kappas().reduce(f64::min)?, kappas().reduce(f64::max)?);
    let n_pairs = kappas().count();
    let undefined = match panel.pairs.len() - n_pairs {
        0 => String::new(),
        n => format!("; of {} it is not defined", n_of(n, "pair")),
    };
    Some(format!(
        "Cohen\u{2019}s kappa of {} of coders ran from {} to {}{undefined}.",
        n_of(n_pairs, "pair"),
        value(low),
        value(high)
    ))
}

fn over_time(given: &Given<'_>) -> Option<String> {
    let drift = given.drift;
    let alphas = || drift.batches.iter().filter_map(|batch| Some((batch.alpha.ok()?, batch)));
    let lowest = alphas().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let highest = alphas().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let order = match drift.order {
        Order::Coding => "in the order of coding",
        Order::Project => "in the order in which they came into the project",
    };
    let changes: Vec<String> = drift
        .changes
        .iter()
        .map(|change| format!("version {} from article {}", change.version, change.after + 1))
        .collect();
    let changes = if changes.is_empty() {
        String::new()
    } else {
        format!(" The codebook changed meanwhile ({} in this order).", list(&changes))
    };
    Some(format!(
        "In {} of articles {order}, alpha was lowest in {} and highest in {}.{changes}",
        counted(drift.batches.len(), "batch", "batches"),
        batch(lowest.1),
        batch(highest.1),
    ))
}

/// `articles 1 to 6, 0.712 (95 % interval 0.590 to 0.834)`
fn batch(batch: &Batch) -> String {
    let ends = match batch.interval {
        Ok(ends) => format!("95 % interval {}", interval((ends.low, ends.high))),
        Err(why) => format!("no interval: {}", why.no_interval()),
    };
    format!("articles {} to {}, {} ({ends})", batch.first, batch.last, figure(batch.alpha))
}

fn decided(given: &Given<'_>) -> Option<String> {
    let sums = deciding::sums(given);
    let sentences = n_of(usize::try_from(sums.n_differ).unwrap_or(usize::MAX), "sentence");
    // Decisions are of all answers, whichever the figures are of.
    let rule = given.worked.rule;
    let is_part = Rule { missing: rule.missing, ..Rule::default() } != rule;
    let sentences = if is_part { format!("{sentences} in the whole project") } else { sentences };
    match (sums.n_differ, sums.n_differing) {
        (0, _) => None,
        (1, 0) => Some(format!("{sentences} had different answers; it was not decided.")),
        (_, 0) => Some(format!("{sentences} had different answers; none of them was decided.")),
        (_, n) => Some(format!(
            "Of {sentences} with different answers {} {} decided afterwards; decisions have no part in the figures.",
            grouped(n),
            if n == 1 { "was" } else { "were" }
        )),
    }
}

fn software(given: &Given<'_>) -> String {
    format!("Figures were worked out with Allegata {}.", given.made.version)
}
