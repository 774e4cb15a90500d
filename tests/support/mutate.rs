//! Files with a few bytes changed.

/// Numbers that look like chance and are the same in every run.
pub struct Dice(u64);

impl Dice {
    /// The throws of a game by its number.
    pub fn of(n: u64) -> Self {
        Self(n.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides.max(1)
    }
}

/// Words that stand for others in what a program writes.
const WORDS: [&[u8]; 26] = [
    b"-1",
    b"0",
    b"4294967295",
    b"4294967296",
    b"18446744073709551615",
    b"1e999",
    b"-0.0",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"\"\"",
    b"\"\\ud800\"",
    b"\"\\u0000\"",
    b"[[",
    b"}}",
    b"\"",
    b",",
    b"\t",
    b"\n",
    b"\r\n",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xF0\x9F",
    b"\xE2\x80\xA8",
    b";",
];

/// Changes a few bytes of a file.
pub fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + 1 + dice.roll(12)).min(bytes.len());
        match dice.roll(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            1 if at < bytes.len() => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            2 => bytes.insert(at, u8::try_from(dice.roll(256)).unwrap()),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..(at + dice.roll(400)).min(bytes.len())].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            5 => bytes.truncate(at),
            6 => drop(bytes.splice(at..at, WORDS[dice.roll(WORDS.len())].iter().copied())),
            _ => {
                // A number or a word in the place of another.
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.';
                let from = bytes[..at].iter().rposition(|byte| !is_part(byte)).map_or(0, |at| at + 1);
                let to = bytes[at..].iter().position(|byte| !is_part(byte)).map_or(bytes.len(), |n| at + n);
                bytes.splice(from..to, WORDS[dice.roll(WORDS.len())].iter().copied());
            }
        }
    }
}
