//! Moments as the file writes them: `2026-11-23T10:11:12Z`.

use crate::model::ids::Stamp;
use jiff::Timestamp;
use std::fmt::Write as _;

const DAY: i64 = 86_400;

/// Writes moments; one day's name serves all moments of that day that follow each other.
#[derive(Debug, Default)]
pub(in crate::formats) struct Clockwork {
    day: Option<(i64, String)>,
}

impl Clockwork {
    /// Appends a moment. One that no calendar holds is written as `@` and its seconds.
    pub(in crate::formats) fn push(&mut self, out: &mut String, Stamp(secs): Stamp) {
        let (day, second) = (secs.div_euclid(DAY), secs.rem_euclid(DAY));
        if self.day.as_ref().is_none_or(|(known, _)| *known != day) {
            self.day = day_name(day).map(|name| (day, name));
        }
        match &self.day {
            Some((_, name)) => {
                out.push_str(name);
                for (n, after) in [(second / 3600, ':'), (second / 60 % 60, ':'), (second % 60, 'Z')] {
                    out.extend(two_digits(n));
                    out.push(after);
                }
            }
            None => write!(out, "@{secs}").unwrap_or_default(), // a String takes everything
        }
    }
}

/// The moment that a text names, if the text is just as this program writes it.
pub(in crate::formats) fn read(text: &str) -> Option<Stamp> {
    if let Some(stamp) = read_plain(text) {
        return Some(stamp);
    }
    if let Some(secs) = text.strip_prefix('@') {
        let stamp = Stamp(secs.parse().ok()?);
        return (write(stamp) == text).then_some(stamp);
    }
    let stamp = text.parse::<Timestamp>().ok().map(|at| Stamp(at.as_second()))?;
    (is_plain(text) || write(stamp) == text).then_some(stamp)
}

pub fn write(stamp: Stamp) -> String {
    let mut out = String::new();
    Clockwork::default().push(&mut out, stamp);
    out
}

fn day_name(day: i64) -> Option<String> {
    let midnight = Timestamp::from_second(day.checked_mul(DAY)?).ok()?.to_string();
    // The last day of the calendar has no end: its last seconds are out of reach, and so is the day.
    Timestamp::from_second(day.checked_mul(DAY)?.checked_add(DAY)?).ok()?;
    midnight.split_once('T').map(|(day, _)| format!("{day}T"))
}

/// Whether each byte is where `2026-11-23T10:11:12Z` has its like; a leap second is not.
fn is_plain(text: &str) -> bool {
    let like = b"0000-00-00T00:00:00Z";
    text.len() == like.len()
        && text.bytes().zip(like).all(|(b, like)| if *like == b'0' { b.is_ascii_digit() } else { b == *like })
        && text.as_bytes().get(17).is_some_and(|tens| *tens < b'6')
}

/// A moment as all files have it, of a year that every calendar holds; large files have hundreds of thousands of them.
fn read_plain(text: &str) -> Option<Stamp> {
    if !is_plain(text) {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = text.as_bytes().get(from..to)?.iter();
        Some(digits.fold(0_i64, |n, digit| n * 10 + i64::from(digit - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let n_days = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    if !(1..9999).contains(&year) || !(1..=n_days).contains(&day) || hour > 23 || minute > 59 {
        return None;
    }
    // Years begin in March here, so that the day that comes and goes is the last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    // 1970-01-01 is that many days after 0000-03-01.
    Some(Stamp((days - 719_468) * DAY + hour * 3600 + minute * 60 + second))
}

fn two_digits(n: i64) -> [char; 2] {
    let digit = |n: i64| u32::try_from(n % 10).ok().and_then(|n| char::from_digit(n, 10)).unwrap_or('0');
    [digit(n / 10), digit(n)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_back() {
        for (secs, want) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_795_428_672, "2026-11-23T10:11:12Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (i64::MAX, "@9223372036854775807"),
            (i64::MIN, "@-9223372036854775808"),
        ] {
            assert_eq!(write(Stamp(secs)), want);
            assert_eq!(read(want), Some(Stamp(secs)));
        }
    }

    #[test]
    fn every_day_is_read_as_the_calendar_has_it() {
        for day in (-719_162..2_932_532).step_by(13) {
            let stamp = Stamp(day * DAY + day.rem_euclid(DAY));
            assert_eq!(read_plain(&write(stamp)), Some(stamp), "{}", write(stamp));
        }
        for (no, day) in
            [("1900-02-29", false), ("2000-02-29", true), ("2023-02-29", false), ("2024-02-29", true)]
        {
            let text = format!("{no}T00:00:00Z");
            assert_eq!((read_plain(&text).is_some(), read(&text).is_some()), (day, day), "{text}");
        }
        for text in ["2024-00-10", "2024-04-31", "2024-12-00", "0000-01-01", "9999-01-01"] {
            assert_eq!(read_plain(&format!("{text}T00:00:00Z")), None, "{text}");
        }
    }

    #[test]
    fn other_ways_to_write_a_moment_are_not_taken() {
        for bad in [
            "",
            "yesterday",
            "2026-11-23",
            "2026-11-23T10:11Z",
            "2026-11-23T10:11:12.5Z",
            "2026-11-23T10:11:12+01:00",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(read("2026-13-23T10:11:12Z"), None);
        assert_eq!(read("2026-11-23T10:11:60Z"), None);
        assert_eq!(read("@5"), None);
    }
}
