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

/// The day of a moment in seconds since 1970, in UTC: `2026-11-23`. Nothing for a year that has no four digits.
pub fn day_of(secs: i64) -> Option<String> {
    // Howard Hinnant, <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>: years begin in March, so that the
    // day that comes and goes is the last one; 400 of them have 146,097 days.
    let days = secs.div_euclid(86_400) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (400 * era + year, month + 3);
    let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
    (1..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
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
    fn a_moment_has_a_day() {
        let day = 86_400;
        for (secs, want) in [
            (0, Some("1970-01-01")),
            (-1, Some("1969-12-31")),
            (951_782_400 - 1, Some("2000-02-28")),
            (951_782_400, Some("2000-02-29")),
            (951_782_400 + day, Some("2000-03-01")),
            (1_795_428_672, Some("2026-11-23")),
            (-719_162 * day, Some("0001-01-01")),
            (-719_162 * day - 1, None),
            (2_932_897 * day - 1, Some("9999-12-31")),
            (2_932_897 * day, None),
            (i64::MAX, None),
            (i64::MIN, None),
        ] {
            assert_eq!(day_of(secs).as_deref(), want, "{secs}");
        }
    }

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
