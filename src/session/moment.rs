//! The time and the chance of one tick, so that the session asks the system for neither.

use crate::model::ids::Stamp;

/// Made once a tick by `shell/clock`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub at: Stamp,
    /// Random bits, for ids.
    pub chance: u64,
}

impl Default for Moment {
    fn default() -> Self {
        Self { at: Stamp(0), chance: 0 }
    }
}

impl Moment {
    /// `n` letters of `a-z2-7`, the same for the same moment and purpose.
    pub fn letters(&self, purpose: u64, n: usize) -> String {
        let mut bits = self.chance ^ purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut text = String::with_capacity(n);
        for _ in 0..n {
            // Steele et al., SplitMix64.
            bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let letter = u32::try_from((z ^ (z >> 31)) & 31).unwrap_or(0);
            text.push(if letter < 26 {
                char::from_u32('a' as u32 + letter).unwrap_or('a')
            } else {
                char::from_digit(letter - 24, 10).unwrap_or('2')
            });
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_differ_by_moment_and_purpose() {
        let moment = |chance| Moment { at: Stamp(0), chance };
        assert_eq!(moment(1).letters(0, 8), moment(1).letters(0, 8));
        assert_ne!(moment(1).letters(0, 8), moment(2).letters(0, 8));
        assert_ne!(moment(1).letters(0, 8), moment(1).letters(1, 8));
        assert!(moment(3).letters(0, 400).bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7')));
    }
}
