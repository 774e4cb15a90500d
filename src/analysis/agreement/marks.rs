//! The marks that reliability is judged against, and the judgement in words: by the lower end of the interval, never without one.

/// Krippendorff's marks: below the first, no conclusions; from the second on, conclusions may be relied on.
pub const MARKS: [f64; 2] = [0.667, 0.8];
/// Where the marks are from.
pub const SOURCE: &str = "Krippendorff 2019";

/// What the lower end of an interval says: `The lower end, 0.76, lies under 0.8: enough for tentative conclusions`.
pub fn judged(low: f64) -> String {
    let [tentative, reliable] = MARKS;
    let (place, says) = if low < tentative {
        ("lies under 0.667", "not enough for conclusions, not even tentative ones")
    } else if low < reliable {
        ("lies under 0.8", "enough for tentative conclusions")
    } else {
        ("is 0.8 or more", "enough for conclusions to rest on")
    };
    format!("The lower end, {}, {place}: {says}", on_its_side(low))
}

/// A number in as few decimals, from two on, as leave it on its side of the marks.
fn on_its_side(value: f64) -> String {
    let is_above = |value: f64| MARKS.map(|mark| value >= mark);
    let shown = (2..=6).map(|decimals| format!("{value:.decimals$}"));
    let mut shown = shown.filter(|text| text.parse().is_ok_and(|read| is_above(read) == is_above(value)));
    shown.next().unwrap_or_else(|| value.to_string()).replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_end_is_judged_and_shown_on_its_side_of_the_marks() {
        let check = |low: f64, want: &str| assert_eq!(judged(low), want);
        check(0.76, "The lower end, 0.76, lies under 0.8: enough for tentative conclusions");
        check(0.7996, "The lower end, 0.7996, lies under 0.8: enough for tentative conclusions");
        check(0.8, "The lower end, 0.80, is 0.8 or more: enough for conclusions to rest on");
        check(0.668, "The lower end, 0.67, lies under 0.8: enough for tentative conclusions");
        check(
            0.66699,
            "The lower end, 0.66699, lies under 0.667: not enough for conclusions, not even tentative ones",
        );
        check(
            -0.25,
            "The lower end, \u{2212}0.25, lies under 0.667: not enough for conclusions, not even tentative ones",
        );
    }
}
