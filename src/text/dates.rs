//! Dates of articles as people read them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `14 March 2025`; a year, or a month and year, where no more is known; what is no ISO date stays as it is.
pub fn long(published: &str) -> String {
    match parts(published) {
        Some((year, Some(month), Some(day))) => format!("{day} {month} {year}"),
        Some((year, Some(month), None)) => format!("{month} {year}"),
        _ => published.to_owned(),
    }
}

/// `14 Mar 2025`, for lists.
pub fn short(published: &str) -> String {
    let cut = |month: &str| month.get(..3).unwrap_or(month).to_owned();
    match parts(published) {
        Some((year, Some(month), Some(day))) => format!("{day} {} {year}", cut(month)),
        Some((year, Some(month), None)) => format!("{} {year}", cut(month)),
        _ => published.to_owned(),
    }
}

/// `Mar` of `2025-03`, for axes.
pub fn month(published: &str) -> String {
    match parts(published) {
        Some((_, Some(month), _)) => month.get(..3).unwrap_or(month).to_owned(),
        _ => published.to_owned(),
    }
}

fn parts(published: &str) -> Option<(&str, Option<&'static str>, Option<u8>)> {
    let date = published.split(['T', ' ']).next()?;
    let mut fields = date.split('-');
    let year = fields.next().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
    let month = match fields.next() {
        Some(month) => Some(*MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?),
        None => None,
    };
    let day = match fields.next() {
        Some(day) => Some(day.parse().ok().filter(|day| (1..=31).contains(day))?),
        None => None,
    };
    fields.next().is_none().then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_iso_allows() {
        for (iso, want_long, want_short) in [
            ("2025-03-14", "14 March 2025", "14 Mar 2025"),
            ("2025-03-04T10:00:00Z", "4 March 2025", "4 Mar 2025"),
            ("2025-03", "March 2025", "Mar 2025"),
            ("2025", "2025", "2025"),
            ("2025-13-01", "2025-13-01", "2025-13-01"),
            ("spring", "spring", "spring"),
            ("", "", ""),
        ] {
            assert_eq!((long(iso).as_str(), short(iso).as_str()), (want_long, want_short), "{iso}");
        }
    }
}
