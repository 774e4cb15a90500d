//! Numbers and lists as a report writes them.

use crate::analysis::agreement::panel::Alpha;
use crate::analysis::agreement::undefined::Figure;
use crate::text::numbers::grouped;

/// A coefficient: `0.803`, `−0.120`.
pub fn value(value: f64) -> String {
    let text = format!("{value:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text.replacen('-', "\u{2212}", 1) }
}

/// A share: `86.7 %`.
pub fn share(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// `68.7 % to 86.9 %`
pub fn shares((low, high): (f64, f64)) -> String {
    format!("{} to {}", share(low), share(high))
}

/// `0.760 to 0.850`
pub fn interval((low, high): (f64, f64)) -> String {
    format!("{} to {}", value(low), value(high))
}

/// `1 article`, `1,428 articles`.
pub fn n_of(n: usize, noun: &str) -> String {
    counted(n, noun, &format!("{noun}s"))
}

/// `1 batch`, `4 batches`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n as u64), if n == 1 { one } else { many })
}

/// A number at the start of a sentence or in it: in letters up to twelve.
pub fn spelt(n: usize) -> String {
    let words = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    words.get(n).map_or_else(|| grouped(n as u64), |word| (*word).to_owned())
}

/// The same with a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// `0.803 (95 % interval 0.760 to 0.850)`, or `not defined (why)`.
pub fn alpha(alpha: &Alpha) -> String {
    match (alpha.value, alpha.interval) {
        (Ok(of), Ok(ends)) => format!("{} (95 % interval {})", value(of), interval((ends.low, ends.high))),
        (Ok(of), Err(why)) => format!("{} (no interval: {})", value(of), why.no_interval()),
        (Err(why), _) => format!("not defined ({})", why.words()),
    }
}

/// A figure without an interval, or why there is none.
pub fn figure(figure: Figure) -> String {
    figure.map_or_else(|why| format!("not defined ({})", why.words()), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_people_write_them() {
        assert_eq!([0.8034, -0.12, -0.0001, 1.0].map(value), ["0.803", "\u{2212}0.120", "0.000", "1.000"]);
        assert_eq!(
            (share(0.8666), interval((-0.5, 1.0))),
            ("86.7 %".into(), "\u{2212}0.500 to 1.000".into())
        );
        assert_eq!([0, 1, 2000].map(|n| n_of(n, "unit")), ["0 units", "1 unit", "2,000 units"]);
        assert_eq!(counted(4, "batch", "batches"), "4 batches");
        assert_eq!([2, 12, 13].map(spelt), ["two", "twelve", "13"]);
        assert_eq!([capital("two coders"), capital("")], ["Two coders", ""]);
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!([0, 1, 2, 3].map(|n| list(&items[..n])), ["", "a", "a and b", "a, b and c"]);
    }
}
