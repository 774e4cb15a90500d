//! Time and chance: the only place that asks the system for either.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

/// The letters of random ids: no digit that reads as a letter.
const LETTERS: [char; 32] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
    'v', 'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7',
];

/// Seconds since 1970.
pub fn now_secs() -> i64 {
    i64::try_from(since_1970().as_secs()).unwrap_or(i64::MAX)
}

/// The time in UTC, as it stands in files: `2026-11-23T10:11:12Z`.
pub fn utc(secs: i64) -> String {
    moment(secs).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The seconds of a time that `utc` wrote.
pub fn secs_of_utc(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// The time of day on this computer: `14:03`.
pub fn clock_time(secs: i64) -> String {
    clock_time_in(secs, &TimeZone::system())
}

/// The day as one would say it now: `today, 10:42`, `yesterday`, `12 November`, `3 October 2025`.
pub fn day(secs: i64, now: i64) -> String {
    day_in(secs, now, &TimeZone::system())
}

/// The day on this computer, as ISO has it: `2025-03-01`.
pub fn today() -> String {
    moment(now_secs()).to_zoned_datetime(TimeZone::system()).date().to_string()
}

/// `n` random letters of `a-z2-7`.
pub fn random_id(n: usize) -> String {
    let mut bytes = vec![0; n];
    fill(&mut bytes);
    bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte & 31))).collect()
}

/// Random bits for the ids of one tick.
pub fn chance() -> u64 {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// A new project's id: a UUID of version 7, so that later ones sort after earlier ones.
pub fn project_id() -> String {
    let mut chance = [0; 10];
    fill(&mut chance);
    let millis = u64::try_from(since_1970().as_millis()).unwrap_or(u64::MAX);
    uuid_v7(millis, chance)
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Random bytes of the system; without them, bytes that at least no other call on this computer gives.
fn fill(bytes: &mut [u8]) {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let Err(error) = getrandom::fill(bytes) else { return };
    tracing::warn!("no random bytes from the system: {error}");
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    for (part, chunk) in bytes.chunks_mut(32).enumerate() {
        let seed = format!("{} {} {call} {part}", since_1970().as_nanos(), std::process::id());
        for (byte, random) in chunk.iter_mut().zip(Sha256::digest(seed.as_bytes())) {
            *byte = random;
        }
    }
}

/// RFC 9562, 5.7: 48 bits of milliseconds, version and variant in their places, the rest chance.
fn uuid_v7(millis: u64, chance: [u8; 10]) -> String {
    let low = chance.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let high = u128::from(millis & 0xffff_ffff_ffff) << 80;
    let bits = (high | low) & !(0xf << 76 | 0b11 << 62) | 7 << 76 | 0b10 << 62;
    let hex = format!("{bits:032x}");
    let part = |from, to| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// A time out of all range is shown as 1970 rather than not at all.
fn moment(secs: i64) -> Timestamp {
    Timestamp::from_second(secs).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn clock_time_in(secs: i64, zone: &TimeZone) -> String {
    moment(secs).to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string()
}

fn day_in(secs: i64, now: i64, zone: &TimeZone) -> String {
    let then = moment(secs).to_zoned_datetime(zone.clone());
    let today = moment(now).to_zoned_datetime(zone.clone()).date();
    let date = then.date();
    let form = if date == today {
        "today, %H:%M"
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == date) {
        "yesterday"
    } else if date.year() == today.year() {
        "%-d %B"
    } else {
        "%-d %B %Y"
    };
    then.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_one_says_them() {
        let now = secs_of_utc("2026-11-23T10:42:30Z").unwrap();
        let check = |utc: &str, hours_east: i8, want: &str| {
            let zone = TimeZone::fixed(jiff::tz::offset(hours_east));
            assert_eq!(day_in(secs_of_utc(utc).unwrap(), now, &zone), want, "{utc} +{hours_east}");
        };
        check("2026-11-23T10:42:00Z", 0, "today, 10:42");
        check("2026-11-23T10:42:00Z", 1, "today, 11:42");
        check("2026-11-23T00:00:00Z", 0, "today, 00:00");
        check("2026-11-22T23:59:59Z", 0, "yesterday");
        check("2026-11-22T23:59:59Z", 1, "today, 00:59");
        check("2026-11-21T23:59:59Z", 0, "21 November");
        check("2026-01-02T12:00:00Z", 0, "2 January");
        check("2025-10-03T12:00:00Z", 0, "3 October 2025");
        check("2026-11-24T12:00:00Z", 0, "24 November");
        check("2027-01-01T00:00:00Z", 0, "1 January 2027");
    }

    #[test]
    fn yesterday_reaches_over_the_new_year() {
        let at = |utc: &str| secs_of_utc(utc).unwrap();
        assert_eq!(
            day_in(at("2025-12-31T20:00:00Z"), at("2026-01-01T08:00:00Z"), &TimeZone::UTC),
            "yesterday"
        );
    }

    #[test]
    fn times_of_day() {
        let check = |utc: &str, want: &str| {
            assert_eq!(clock_time_in(secs_of_utc(utc).unwrap(), &TimeZone::UTC), want);
        };
        check("2026-11-23T14:03:59Z", "14:03");
        check("2026-11-23T00:00:00Z", "00:00");
        assert_eq!(utc(i64::MAX), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn utc_is_read_back() {
        let check = |text: &str| assert_eq!(utc(secs_of_utc(text).unwrap()), text);
        check("2026-11-23T10:11:12Z");
        check("1969-12-31T23:59:59Z");
        assert_eq!(secs_of_utc("2026-11-23"), None);
        assert_eq!(secs_of_utc(""), None);
    }

    #[test]
    fn ids() {
        for n in [0, 1, 4, 40] {
            let id = random_id(n);
            assert_eq!(id.len(), n);
            assert!(id.chars().all(|c| LETTERS.contains(&c)), "{id}");
        }
        assert_ne!(random_id(20), random_id(20));
        assert_ne!(project_id(), project_id());
        assert_eq!(uuid_v7(0x0192_f3c4_5a6b, [0; 10]), "0192f3c4-5a6b-7000-8000-000000000000");
        assert_eq!(uuid_v7(u64::MAX, [255; 10]), "ffffffff-ffff-7fff-bfff-ffffffffffff");
    }
}
