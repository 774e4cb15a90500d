//! Characters that can end a sentence, and the bytes by which a scan finds them.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Kind {
    Line,
    Stop,
    Ellipsis,
    /// `?`, `!` and the like.
    Call,
    /// A colon, after which nothing ends; a sentence may begin with the word before it: `Photo: …`.
    Colon,
    /// A terminator of a script that needs no space after it.
    Wide,
}

/// Terminators of all languages. A language's file may add some, which count as `Call`.
const TERMINATORS: &[(char, Kind)] = &[
    ('\n', Kind::Line),
    ('.', Kind::Stop),
    (':', Kind::Colon),
    ('…', Kind::Ellipsis),
    ('!', Kind::Call),
    ('?', Kind::Call),
    ('‼', Kind::Call),
    ('⁇', Kind::Call),
    ('⁈', Kind::Call),
    ('⁉', Kind::Call),
    ('؟', Kind::Call),
    ('。', Kind::Wide),
    ('！', Kind::Wide),
    ('？', Kind::Wide),
    ('｡', Kind::Wide),
    ('।', Kind::Wide),
    ('॥', Kind::Wide),
    // A full stop like ours: it also stands after initials.
    ('۔', Kind::Stop),
    ('։', Kind::Wide),
    ('።', Kind::Wide),
    ('፧', Kind::Wide),
    // Two of these, as older prints have it; one divides words.
    ('፡', Kind::Wide),
    ('။', Kind::Wide),
    ('។', Kind::Wide),
];

/// The bytes that the scan stops at: of each terminator the one that the language's own words have least.
#[derive(Debug)]
pub(in crate::text) struct StopBytes([bool; 256]);

impl StopBytes {
    /// Of the common terminators and `more`, for a text that looks like `sample`.
    pub fn of(more: &[char], sample: &str) -> Self {
        let mut n_by_byte = [0_u32; 256];
        for byte in sample.bytes() {
            if let Some(n) = n_by_byte.get_mut(usize::from(byte)) {
                *n += 1;
            }
        }
        let mut stops = [false; 256];
        for c in TERMINATORS.iter().map(|(c, _)| c).chain(more) {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).bytes().map(usize::from);
            let rarest = bytes.min_by_key(|byte| n_by_byte.get(*byte).copied().unwrap_or(0));
            if let Some(is_stop) = stops.get_mut(rarest.unwrap_or(0)) {
                *is_stop = true;
            }
        }
        Self(stops)
    }

    #[inline]
    pub fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or(false)
    }
}

/// The kind of a common terminator.
#[inline]
pub(in crate::text) fn kind(c: char) -> Option<Kind> {
    match c {
        '.' => Some(Kind::Stop),
        '\n' => Some(Kind::Line),
        _ => TERMINATORS.iter().find(|(other, _)| *other == c).map(|(_, kind)| *kind),
    }
}
