//! Numbers as they are read.

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
}
