//! Times as files write them: `2026-11-23T10:11:12Z`, in UTC, to the second.
//!
//! The calendar is Howard Hinnant's `days_from_civil` and `civil_from_days`: eras of 400 years, years that begin in March.

use crate::model::ids::Stamp;

const DAY_SECS: i64 = 86_400;

/// The time as a text.
pub fn text(stamp: Stamp) -> String {
    let days = stamp.0.div_euclid(DAY_SECS);
    let secs = stamp.0.rem_euclid(DAY_SECS);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", secs / 3600, secs / 60 % 60, secs % 60)
}

/// Reads what [`text`] writes, and nothing else.
pub fn read(text: &str) -> Option<Stamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days(year, month, day);
    // A day that no month has comes back as another one.
    (civil(days) == (year, month, day)).then_some(Stamp(days * DAY_SECS + hour * 3600 + minute * 60 + second))
}

/// Three numbers of so many digits, with a sign between.
fn numbers(text: &str, between: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let mut numbers = [0; 3];
    let mut parts = text.split(between);
    for (number, n_digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != n_digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Days since 1970-01-01.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_what_they_write() {
        let check = |secs, want: &str| {
            assert_eq!(text(Stamp(secs)), want);
            assert_eq!(read(want), Some(Stamp(secs)), "{want}");
        };
        check(0, "1970-01-01T00:00:00Z");
        check(-1, "1969-12-31T23:59:59Z");
        check(951_782_400, "2000-02-29T00:00:00Z");
        check(1_095_379_199, "2004-09-16T23:59:59Z");
        check(4_107_542_400, "2100-03-01T00:00:00Z");
        check(1_767_225_600, "2026-01-01T00:00:00Z");
        for day in -60_000..60_000 {
            let stamp = Stamp(day * DAY_SECS + 7);
            assert_eq!(read(&text(stamp)), Some(stamp));
        }
    }

    #[test]
    fn other_texts_are_no_times() {
        for bad in [
            "",
            "2026-11-23",
            "2026-11-23T10:11:12",
            "2026-11-23T10:11:12+00:00",
            "2026-11-23 10:11:12Z",
            "2026-11-31T10:11:12Z",
            "2025-02-29T10:11:12Z",
            "2026-13-01T10:11:12Z",
            "2026-00-01T10:11:12Z",
            "2026-01-00T10:11:12Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T10:60:00Z",
            "2026-11-23T10:11:60Z",
            "+026-11-23T10:11:12Z",
            "2026-1-23T10:11:12Z",
            "2026-11-23T10:11:12.5Z",
            "2026-11-23T10:11:12:13Z",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
