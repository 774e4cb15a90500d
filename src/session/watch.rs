//! What a long job and who waits for it tell each other: how far it is, and that it is to stop.

use crate::text::numbers::grouped;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// One job's; its copies are the same.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<Told>);

#[derive(Debug, Default)]
struct Told {
    stops: AtomicBool,
    /// Bytes that were written, and that were read back.
    written: AtomicU64,
    read: AtomicU64,
    /// Rows of a dataset that comes in.
    rows: AtomicU64,
    /// Of a job without bytes, how far it is.
    percent: AtomicU64,
}

impl PartialEq for Watch {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Watch {}

impl Watch {
    pub fn stop(&self) {
        self.0.stops.store(true, Ordering::Relaxed);
    }

    pub fn stops(&self) -> bool {
        self.0.stops.load(Ordering::Relaxed)
    }

    pub fn wrote(&self, n_bytes: usize) {
        self.0.written.fetch_add(n_bytes as u64, Ordering::Relaxed);
    }

    pub fn read(&self, n_bytes: usize) {
        self.0.read.fetch_add(n_bytes as u64, Ordering::Relaxed);
    }

    /// A row of a dataset was read; whether the reader is to go on.
    pub fn row(&self) -> bool {
        self.0.rows.fetch_add(1, Ordering::Relaxed);
        !self.stops()
    }

    /// `12,480 rows read`; nothing before the first.
    pub fn says_rows(&self) -> String {
        match self.0.rows.load(Ordering::Relaxed) {
            0 => String::new(),
            1 => "1 row read".to_owned(),
            n => format!("{} rows read", grouped(n)),
        }
    }

    /// How far it is in a hundred; whether to go on.
    pub fn is_at(&self, percent: u64) -> bool {
        self.0.percent.store(percent.min(100), Ordering::Relaxed);
        !self.stops()
    }

    /// `4.2 MB written`, then `63 % read back`, or `40 %`; nothing before anything is there.
    pub fn says(&self) -> String {
        let (written, read) = (self.0.written.load(Ordering::Relaxed), self.0.read.load(Ordering::Relaxed));
        match (written, read) {
            (0, _) => match self.0.percent.load(Ordering::Relaxed) {
                0 => String::new(),
                percent => format!("{percent} %"),
            },
            (_, 0) => format!("{} written", bytes(written)),
            _ => format!("{} % read back", (100 * read / written).min(100)),
        }
    }
}

/// `812 bytes`, `4.2 kB`, `2.9 MB`.
pub fn bytes(n: u64) -> String {
    let in_units = |unit: u64, name: &str| {
        let tenths = n.saturating_mul(10) / unit;
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    };
    match n {
        1 => "1 byte".to_owned(),
        0 | 2..1_000 => format!("{n} bytes"),
        1_000..1_000_000 => in_units(1_000, "kB"),
        1_000_000..1_000_000_000 => in_units(1_000_000, "MB"),
        _ => in_units(1_000_000_000, "GB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_one_decimal() {
        let check = |n: u64, want: &str| assert_eq!(bytes(n), want);
        check(0, "0 bytes");
        check(1, "1 byte");
        check(999, "999 bytes");
        check(4_260, "4.2 kB");
        check(2_900_000, "2.9 MB");
        check(u64::MAX, "1844674407.3 GB");
    }

    #[test]
    fn rows_are_counted_until_it_is_to_stop() {
        let watch = Watch::default();
        assert_eq!(
            (watch.says_rows().as_str(), watch.row(), watch.says_rows().as_str()),
            ("", true, "1 row read")
        );
        assert!((0..1_233).all(|_| watch.row()));
        watch.stop();
        assert_eq!((watch.says_rows().as_str(), watch.row()), ("1,234 rows read", false));
    }

    #[test]
    fn all_copies_are_told() {
        let watch = Watch::default();
        let other = watch.clone();
        assert_eq!((other.says().as_str(), other.stops()), ("", false));
        assert!(watch.is_at(40));
        assert_eq!(other.says(), "40 %");
        watch.wrote(2_000);
        assert_eq!(other.says(), "2.0 kB written");
        watch.read(500);
        watch.stop();
        assert_eq!((other.says().as_str(), other.stops()), ("25 % read back", true));
        assert!(!watch.is_at(50));
    }
}
