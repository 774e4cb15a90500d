//! Agreement where coders cut the text themselves: Krippendorff's alpha for unitizing, over the text instead of units.
//!
//! A *continuum* is a text of some length, in any unit (here: code points). Each coder divides it into labelled sections and the
//! gaps between them. Two sections side by side with the same label are two.

use super::undefined::{Figure, Undefined};
use std::collections::BTreeMap;

/// A labelled stretch of a continuum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Section<L> {
    pub start: u64,
    pub end: u64,
    pub label: L,
}

/// One text, and what each coder marked in it. Sections of a coder do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continuum<L> {
    pub len: u64,
    /// The same coders in every continuum, in the same order.
    pub coders: Vec<Vec<Section<L>>>,
}

/// The figures over some texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Unitized<L> {
    /// Krippendorff (1995; 2004, p. 254): how far the sections lie apart, summed over labels.
    pub alpha: Figure,
    /// The same of each label that occurs.
    pub of_label: Vec<(L, Figure)>,
    /// Krippendorff, Mathet, Bouvry and Widlöcher (2016): by the length on which coders agree; gaps count position by position.
    pub nominal: Figure,
    /// The same where all labels are one.
    pub binary: Figure,
}

/// A section, or a gap.
#[derive(Debug, Clone, Copy)]
struct Part<L> {
    start: u64,
    end: u64,
    label: Option<L>,
}

impl<L: Copy> Part<L> {
    const fn len(&self) -> f64 {
        (self.end - self.start) as f64
    }
}

/// All figures over these texts; their parts do not cross from one into the next.
pub fn of<L: Copy + Ord>(continua: &[Continuum<L>]) -> Unitized<L> {
    let n_coders = continua.first().map_or(0, |first| first.coders.len());
    let whole: u64 = continua.iter().map(|continuum| continuum.len).sum();
    let mut labels: Vec<L> =
        continua.iter().flat_map(|c| c.coders.iter().flatten()).map(|section| section.label).collect();
    labels.sort_unstable();
    labels.dedup();
    let trouble = match (n_coders, whole, labels.len()) {
        (..2, _, _) => Some(Undefined::FewerThanTwoRaters),
        (_, 0, _) => Some(Undefined::NoPairableUnits),
        (_, _, 0) => Some(Undefined::NoVariation),
        _ => None,
    };
    if let Some(why) = trouble {
        let of_label = labels.into_iter().map(|label| (label, Err(why))).collect();
        return Unitized { alpha: Err(why), of_label, nominal: Err(why), binary: Err(why) };
    }
    let apart: Vec<(L, (f64, f64))> =
        labels.iter().map(|label| (*label, of_label(continua, *label, (n_coders, whole)))).collect();
    let (observed, expected) =
        apart.iter().fold((0.0, 0.0), |(o, e), (_, (observed, expected))| (o + observed, e + expected));
    Unitized {
        alpha: ratio(observed, expected),
        of_label: apart.into_iter().map(|(label, (o, e))| (label, ratio(o, e))).collect(),
        nominal: by_length(continua, |section| section.label),
        binary: by_length(continua, |_| ()),
    }
}

fn ratio(observed: f64, expected: f64) -> Figure {
    if expected > 0.0 { Ok(1.0 - observed / expected) } else { Err(Undefined::NoVariation) }
}

/// Observed and expected disagreement of one label: squared distances of ends where sections meet, squared lengths where one
/// lies in a gap.
fn of_label<L: Copy + Ord>(
    continua: &[Continuum<L>],
    label: L,
    (n_coders, whole): (usize, u64),
) -> (f64, f64) {
    let (m, whole) = (n_coders as f64, whole as f64);
    let mut observed = 0.0;
    let (mut n_sections, mut own) = (0_u64, 0.0);
    // Lengths of sections, and of gaps, over all coders.
    let (mut sections, mut gaps): (Vec<f64>, Vec<f64>) = (vec![], vec![]);
    for continuum in continua {
        let parts: Vec<Vec<Part<L>>> = continuum
            .coders
            .iter()
            .map(|sections| {
                let these = sections.iter().filter(|section| section.label == label);
                with_gaps(these.copied(), continuum.len, |section| section.label)
            })
            .collect();
        for (idx, of_coder) in parts.iter().enumerate() {
            for part in of_coder {
                match part.label {
                    Some(_) => {
                        sections.push(part.len());
                        n_sections += 1;
                        own += part.len() * (part.len() - 1.0);
                    }
                    None => gaps.push(part.len()),
                }
            }
            for other in parts.iter().skip(idx + 1) {
                // Each pair of coders both ways.
                observed += 2.0 * apart(of_coder, other);
            }
        }
    }
    gaps.sort_unstable_by(f64::total_cmp);
    // Of the gaps that are as long as a section or longer: how many, and how long together.
    let mut tails = vec![(0.0, 0.0); gaps.len() + 1];
    for (at, len) in gaps.iter().enumerate().rev() {
        let (n, sum) = tails.get(at + 1).copied().unwrap_or_default();
        if let Some(tail) = tails.get_mut(at) {
            *tail = (n + 1.0, sum + len);
        }
    }
    let mut chance = 0.0;
    for len in &sections {
        let (n, sum) = tails.get(gaps.partition_point(|gap| gap < len)).copied().unwrap_or_default();
        chance += (n_sections as f64 - 1.0) / 3.0 * (2.0 * len.powi(3) - 3.0 * len.powi(2) + len);
        chance += len.powi(2) * (sum - n * (len - 1.0));
    }
    let pairs = m * whole * (m * whole - 1.0) - own;
    (observed / (m * (m - 1.0) * whole * whole), 2.0 / whole * chance / pairs)
}

/// The squared distances between the parts of two coders.
fn apart<L: Copy>(a: &[Part<L>], b: &[Part<L>]) -> f64 {
    let distance = |from: u64, to: u64| from.abs_diff(to) as f64;
    meeting(a, b)
        .map(|(a, b)| match (a.label, b.label) {
            (Some(_), Some(_)) => distance(a.start, b.start).powi(2) + distance(a.end, b.end).powi(2),
            (Some(_), None) if b.start <= a.start && a.end <= b.end => a.len().powi(2),
            (None, Some(_)) if a.start <= b.start && b.end <= a.end => b.len().powi(2),
            _ => 0.0,
        })
        .sum()
}

/// The pairs of parts that have a position in common. Both lists cover the continuum.
fn meeting<'a, L: Copy>(
    a: &'a [Part<L>],
    b: &'a [Part<L>],
) -> impl Iterator<Item = (&'a Part<L>, &'a Part<L>)> {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    std::iter::from_fn(move || {
        let (a, b) = (*left.peek()?, *right.peek()?);
        if a.end <= b.end {
            left.next();
        }
        if b.end <= a.end {
            right.next();
        }
        Some((a, b))
    })
}

fn with_gaps<S, L: Copy>(
    sections: impl IntoIterator<Item = Section<S>>,
    len: u64,
    label: impl Fn(&Section<S>) -> L,
) -> Vec<Part<L>> {
    let mut parts = Vec::new();
    let mut at = 0;
    for section in sections {
        let (start, end) = (section.start.max(at), section.end.min(len));
        if end <= start {
            continue;
        }
        if start > at {
            parts.push(Part { start: at, end: start, label: None });
        }
        parts.push(Part { start, end, label: Some(label(&section)) });
        at = end;
    }
    if at < len {
        parts.push(Part { start: at, end: len, label: None });
    }
    parts
}

/// Alpha by the length on which coders agree: sections are whole, each position of a gap is by itself.
fn by_length<S: Copy, L: Copy + Ord>(
    continua: &[Continuum<S>],
    label: impl Fn(&Section<S>) -> L + Copy,
) -> Figure {
    let mut lens: BTreeMap<Option<L>, f64> = BTreeMap::new();
    let (mut own, mut differing) = (0.0, 0.0);
    for continuum in continua {
        let parts: Vec<_> = continuum
            .coders
            .iter()
            .map(|sections| with_gaps(sections.iter().copied(), continuum.len, label))
            .collect();
        for (idx, of_coder) in parts.iter().enumerate() {
            for part in of_coder {
                *lens.entry(part.label).or_default() += part.len();
                own += if part.label.is_some() { part.len().powi(2) } else { part.len() };
            }
            for other in parts.iter().skip(idx + 1) {
                let apart = meeting(of_coder, other).filter(|(a, b)| a.label != b.label);
                let both = |(a, b): (&Part<L>, &Part<L>)| (a.end.min(b.end) - a.start.max(b.start)) as f64;
                differing += 2.0 * apart.map(both).sum::<f64>() / (parts.len() - 1) as f64;
            }
        }
    }
    let all: f64 = lens.values().sum();
    let squares: f64 = lens.values().map(|len| len * len).sum();
    if all * all - own <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    ratio(differing, (all * all - squares) * all / (all * all - own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(start: u64, end: u64, label: char) -> Section<char> {
        Section { start, end, label }
    }

    fn is_near(got: Figure, want: f64) -> bool {
        got.is_ok_and(|got| (got - want).abs() < 1e-12)
    }

    /// Two coders, one of whom draws a boundary three characters further on.
    fn shifted() -> Continuum<char> {
        let of = |end| vec![section(0, end, 'f'), section(95, 160, 'a'), section(300, 345, 'd')];
        Continuum { len: 400, coders: vec![of(40), of(43)] }
    }

    #[test]
    fn a_boundary_that_is_moved_costs_little() {
        let got = of(&[shifted()]);
        assert!(is_near(got.alpha, 0.999_153_847_846_018_2), "{got:?}");
        assert!(is_near(got.nominal, 0.987_048_936_311_623_8), "{got:?}");
        assert!(is_near(got.binary, 0.984_472_329_023_646_8), "{got:?}");
        assert_eq!(got.of_label.len(), 3);
        assert!(is_near(got.of_label[2].1, 0.996_869_618_046_210_4), "{got:?}");
    }

    #[test]
    fn the_order_of_coders_changes_nothing() {
        let mut turned = shifted();
        turned.coders.reverse();
        assert_eq!(of(&[turned]), of(&[shifted()]));
    }

    #[test]
    fn perfect_agreement_is_1() {
        let same = vec![section(3, 9, 'f'), section(9, 12, 'f'), section(20, 30, 'a')];
        let got = of(&[Continuum { len: 50, coders: vec![same.clone(), same.clone(), same] }]);
        assert!(is_near(got.alpha, 1.0) && is_near(got.nominal, 1.0) && is_near(got.binary, 1.0), "{got:?}");
    }

    #[test]
    fn what_is_undefined_says_why() {
        let none = of::<char>(&[]);
        assert_eq!(none.alpha, Err(Undefined::FewerThanTwoRaters));
        let bare = of::<char>(&[Continuum { len: 9, coders: vec![vec![], vec![]] }]);
        assert_eq!((bare.alpha, bare.nominal), (Err(Undefined::NoVariation), Err(Undefined::NoVariation)));
        let all = vec![section(0, 9, 'f')];
        let whole = of(&[Continuum { len: 9, coders: vec![all.clone(), all] }]);
        assert_eq!(whole.binary, Err(Undefined::NoVariation), "{whole:?}");
    }

    #[test]
    fn sections_that_are_nonsense_are_cut_to_the_text() {
        let odd = vec![section(0, 5, 'f'), section(3, 8, 'a'), section(8, 99, 'd'), section(200, 300, 'd')];
        let got = of(&[Continuum { len: 10, coders: vec![odd, vec![section(0, 10, 'd')]] }]);
        assert!(got.alpha.is_ok() && got.nominal.is_ok(), "{got:?}");
    }
}
