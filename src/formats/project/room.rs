//! How much room a file's records may take in memory: so many times the file, whatever somebody wrote into it.
//!
//! Files of ours take three times their bytes. Past the limit records are counted and left out, and then the file is only
//! looked at, never written. It goes by the thread that reads, since serde hands nothing down to the records.

use crate::model::ids::Kept;
use std::cell::Cell;

/// How many bytes a byte of the file may become.
const TIMES: usize = 5;
/// What an allocation takes beside its bytes, about.
pub(in crate::formats) const ALLOCATION: usize = 24;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    static N_LEFT_OUT: Cell<usize> = const { Cell::new(0) };
}

/// Puts back what was left before, also when reading ends early.
struct Before(usize, usize);

impl Drop for Before {
    fn drop(&mut self) {
        LEFT.set(self.0);
        N_LEFT_OUT.set(self.1);
    }
}

/// Reads a text of so many bytes, with room for its records, but never less than `least`.
pub(in crate::formats) fn lend<T>(n_bytes: usize, least: usize, read: impl FnOnce() -> T) -> T {
    let _before = Before(LEFT.replace(n_bytes.saturating_mul(TIMES).max(least)), N_LEFT_OUT.replace(0));
    read()
}

/// Takes room for something inside a record; without room it is counted as left out.
pub(in crate::formats) fn take_or_leave(n_bytes: usize) -> bool {
    let is_taken = take(n_bytes);
    N_LEFT_OUT.set(N_LEFT_OUT.get() + usize::from(!is_taken));
    is_taken
}

/// How many things inside of records were left out since room was lent.
pub(in crate::formats) fn n_left_out() -> usize {
    N_LEFT_OUT.get()
}

/// Takes room for something, if there is as much.
pub(in crate::formats) fn take(n_bytes: usize) -> bool {
    let left = LEFT.get().checked_sub(n_bytes);
    LEFT.set(left.unwrap_or(0));
    left.is_some()
}

/// Passes over so many bytes of the file, whose room has been taken elsewhere.
pub(in crate::formats) fn pass(n_bytes: usize) {
    LEFT.set(LEFT.get().saturating_sub(n_bytes.saturating_mul(TIMES)));
}

/// What a text of its own takes.
pub(in crate::formats) fn of_text(text: &str) -> usize {
    if text.is_empty() { 0 } else { text.len() + ALLOCATION }
}

/// What a list of texts takes.
pub(in crate::formats) fn of_texts(texts: &[Box<str>]) -> usize {
    texts.iter().map(|text| size_of::<Box<str>>() + of_text(text)).sum()
}

/// What unknown fields take: their text may have twice the room that it needs.
pub(in crate::formats) fn of_extra(extra: &Kept) -> usize {
    extra.as_ref().map_or(0, |extra| 2 * ALLOCATION + 2 * extra.n_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_lent_for_a_while() {
        assert!(take(1 << 40));
        lend(10, 0, || {
            assert!(take(49));
            lend(1, 100, || assert!(take(100) && !take(1)));
            pass(0);
            assert!(take(1) && !take(1) && !take(1));
        });
        lend(10, 0, || {
            pass(9);
            assert!(take(5) && !take(1));
        });
        assert!(take(1 << 40));
        lend(10, 0, || {
            assert!(take_or_leave(50) && !take_or_leave(1) && !take_or_leave(1));
            lend(1, 0, || assert_eq!(n_left_out(), 0));
            assert_eq!(n_left_out(), 2);
        });
        assert_eq!(n_left_out(), 0);
    }
}
