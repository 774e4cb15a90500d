//! Numbers as they are read.

use crate::analysis::need::{Design, Need};

/// A number as it is read: `19,470`.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 article`, `24 articles`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// A figure in so many decimals, with a minus sign that is as wide as a digit: `0.80`, `−0.12`. What rounds to nothing has none.
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let is_nothing = text.trim_start_matches('-').bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if is_nothing { text.trim_start_matches('-').to_owned() } else { text.replace('-', "\u{2212}") }
}

/// What an interval needs: `For ±0.05 you need about 1,240 shared sentences in 41 articles; design effect 2 assumed.`
pub fn needs(half: f64, need: Option<Need>, design: &Design) -> String {
    let Some(Need { n_articles, n_sentences }) = need else {
        return format!("No number of sentences is enough for \u{b1}{half}.");
    };
    let sentences = counted(n_sentences, "shared sentence", "shared sentences");
    let articles = counted(n_articles, "article", "articles");
    format!("For \u{b1}{half} you need about {sentences} in {articles}; {}.", design.says())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let check = |n: usize, want: &str| assert_eq!(grouped(n), want);
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(19_470, "19,470");
        check(1_234_567, "1,234,567");
        assert_eq!(counted(1, "article", "articles"), "1 article");
    }

    #[test]
    fn figures_have_decimals() {
        let check = |value: f64, want: &str| assert_eq!(decimal(value, 2), want);
        check(0.8, "0.80");
        check(0.996, "1.00");
        check(-0.123, "\u{2212}0.12");
        check(-0.001, "0.00");
    }

    #[test]
    fn what_an_interval_needs_says_what_it_rests_on() {
        let design = Design::taken(4);
        assert_eq!(
            needs(0.05, design.need(0.05, 30.0), &design),
            "For ±0.05 you need about 780 shared sentences in 26 articles; design effect 2 assumed."
        );
        assert_eq!(
            needs(0.05, design.need(0.05, 0.0), &design),
            "No number of sentences is enough for ±0.05."
        );
    }
}
