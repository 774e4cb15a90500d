//! What is refused of a PDF before a library reads it: what would overflow its stack, fill the memory or never end. None of
//! these can be caught afterwards.

use flate2::read::ZlibDecoder;
use memchr::memmem;
use std::borrow::Cow;
use std::io::Read as _;

/// More pages are no article, and each page costs a walk over all of them.
pub(super) const MAX_PAGES: usize = 5000;

/// Lists and dictionaries may lie in one another so deep; programs write less than ten.
const MAX_DEPTH: usize = 300;
/// What is packed in a file, unpacked: each stream, and all together.
const MAX_STREAM_BYTES: u64 = 64 << 20;
const MAX_WHOLE_BYTES: u64 = 256 << 20;
/// Entries of a table of contents: the library goes from each to the next one deeper.
const MAX_NEXT: usize = 1000;
const CONTENTS: &[u8] = b"/Outlines";

/// The file as the library may read it, or why it may not.
pub(super) fn checked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if memmem::find(head, b"%PDF-").is_none() {
        return Err("it does not begin as one".to_owned());
    }
    let mut seen = Seen::default();
    seen.look(bytes)?;
    let has_contents = seen.has_contents;
    seen.has_contents = false;
    let mut left = MAX_WHOLE_BYTES;
    let mut unpacked = Vec::new();
    for packed in packed_streams(bytes) {
        let limit = left.min(MAX_STREAM_BYTES);
        unpacked.clear();
        // What is damaged ends where the damage is.
        let whole = ZlibDecoder::new(packed).take(limit + 1).read_to_end(&mut unpacked);
        drop(whole);
        let n = unpacked.len() as u64;
        if n > limit {
            return Err(format!("a part of it has more than {} MiB", limit >> 20));
        }
        left -= n;
        seen.look(&unpacked)?;
    }
    if seen.n_next <= MAX_NEXT {
        return Ok(bytes.into());
    }
    if seen.has_contents {
        return Err(format!("its table of contents has more than {MAX_NEXT} entries"));
    }
    let mut without = bytes.to_vec();
    if has_contents {
        for at in memmem::find_iter(bytes, CONTENTS) {
            // Another name of the same length, which nobody asks for.
            without.iter_mut().skip(at + 1).take(1).for_each(|letter| *letter = b'o');
        }
    }
    Ok(without.into())
}

/// What was seen so far.
#[derive(Default)]
struct Seen {
    n_next: usize,
    has_contents: bool,
}

impl Seen {
    fn look(&mut self, bytes: &[u8]) -> Result<(), String> {
        if is_deep(bytes) {
            return Err(format!("lists in it lie in one another more than {MAX_DEPTH} deep"));
        }
        self.n_next += memmem::find_iter(bytes, b"/Next").count();
        self.has_contents |= memmem::find(bytes, CONTENTS).is_some();
        Ok(())
    }
}

/// The streams that are packed as the library unpacks them, from their first byte to the end of the file: they know where they
/// end. Pictures are not unpacked.
fn packed_streams(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    /// Where a stream is said to be one.
    const LOOK_BYTES: usize = 2048;
    memmem::find_iter(bytes, b"stream").filter_map(|at| {
        let before = bytes.get(at.saturating_sub(LOOK_BYTES)..at)?;
        if before.ends_with(b"end") {
            return None;
        }
        let dict = memmem::rfind(before, b"obj").and_then(|start| before.get(start..)).unwrap_or(before);
        let has = |name: &[u8]| memmem::find(dict, name).is_some();
        let is_picture = has(b"/Image") && has(b"/Width");
        let is_packed = has(b"/FlateDecode") || has(b"/Fl");
        let data = bytes.get(at + b"stream".len()..)?;
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        (is_packed && !is_picture).then(|| data.strip_prefix(b"\n").unwrap_or(data))
    })
}

/// Whether lists, dictionaries or objects are begun in one another deeper than they may be.
fn is_deep(bytes: &[u8]) -> bool {
    let mut depth = 0_usize;
    // Brackets in a string are text: so deep in it, or in none.
    let mut in_text = 0_usize;
    let mut is_escaped = false;
    // Objects that begin with nothing but the numbers of the next one.
    let mut n_begun = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        if in_text > 0 {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'(' => in_text += 1,
                b')' => in_text -= 1,
                // Bytes of a picture that looked like text.
                b'e' if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"endstream")) => in_text = 0,
                _ => {}
            }
            continue;
        }
        match byte {
            b'(' => in_text = 1,
            b'[' => depth += 1,
            b'<' if bytes.get(at + 1) == Some(&b'<') => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if bytes.get(at + 1) == Some(&b'>') => depth = depth.saturating_sub(1),
            b'o' if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"obj")) => n_begun += 1,
            b'b' | b'j' | b'0'..=b'9' | b' ' | b'\t' | b'\r' | b'\n' => {}
            // Bytes of a picture.
            0x80.. | 0x01..=0x08 => depth = 0,
            _ => {}
        }
        if !matches!(byte, b'o' | b'b' | b'j' | b'0'..=b'9' | b' ' | b'\t' | b'\r' | b'\n') {
            n_begun = 0;
        }
        if depth > MAX_DEPTH || n_begun > MAX_DEPTH {
            return true;
        }
    }
    false
}
