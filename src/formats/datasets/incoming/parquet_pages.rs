//! What a Parquet file says of its own pages, looked at before the library that reads it makes room for as much.
//!
//! A page's head is a struct of Thrift's compact protocol. It says how large the page is, and how many values a dictionary has.

use parquet::file::metadata::ParquetMetaData;

/// As much is read of one dataset.
pub(in crate::formats) const MAX_ROWS: u64 = 2_000_000;
/// What describes the file.
const MAX_FOOTER_BYTES: usize = 16 << 20;
/// A page when it is unpacked, and all pages that are read.
const MAX_PAGE_BYTES: i64 = 64 << 20;
const MAX_WHOLE_BYTES: i64 = 1 << 30;

/// Whether a file begins and ends as Parquet does, and its end is no longer than it may be.
pub(in crate::formats) fn footer(bytes: &[u8]) -> Result<(), String> {
    let end = bytes.len().checked_sub(8).and_then(|at| bytes.get(at..));
    let Some((n_bytes, b"PAR1")) = end.and_then(<[u8]>::split_first_chunk::<4>) else {
        return Err("it does not end as Parquet does\0hint: get it again, it may be cut off".to_owned());
    };
    if !bytes.starts_with(b"PAR1") {
        return Err("it does not begin as Parquet does".to_owned());
    }
    let n = u32::from_le_bytes(*n_bytes) as usize;
    if n > MAX_FOOTER_BYTES || n + 12 > bytes.len() {
        return Err(format!("it says that {n} bytes describe it"));
    }
    Ok(())
}

/// Looks at the heads of all pages of these columns.
pub(in crate::formats) fn measure(
    bytes: &[u8],
    metadata: &ParquetMetaData,
    leaves: &[usize],
) -> Result<(), String> {
    let (mut whole, mut n_rows) = (0, 0);
    for group in metadata.row_groups() {
        n_rows += u64::try_from(group.num_rows()).map_err(|_| "it has less than no rows".to_owned())?;
        if n_rows > MAX_ROWS {
            return Err(format!("it has more than {MAX_ROWS} rows"));
        }
        for column in leaves.iter().filter_map(|leaf| group.columns().get(*leaf)) {
            let from = column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset());
            let from = from.min(column.data_page_offset());
            let (start, n) = (usize::try_from(from), usize::try_from(column.compressed_size()));
            let pages = start.ok().zip(n.ok()).and_then(|(start, n)| bytes.get(start..start.checked_add(n)?));
            whole += of_chunk(pages.ok_or("a column lies outside of the file")?)?;
            if whole > MAX_WHOLE_BYTES {
                return Err(format!("it has more than {} MiB when it is unpacked", MAX_WHOLE_BYTES >> 20));
            }
        }
    }
    Ok(())
}

/// How many bytes the pages of a column have when they are unpacked.
fn of_chunk(mut pages: &[u8]) -> Result<i64, String> {
    let mut whole = 0;
    while !pages.is_empty() {
        let mut thrift = Thrift { rest: pages };
        let head = thrift.head().ok_or("the head of a page cannot be read")?;
        let (unpacked, packed) = (head.unpacked, usize::try_from(head.packed));
        if !(0..=MAX_PAGE_BYTES).contains(&unpacked) {
            return Err(format!("one of its pages has {unpacked} bytes: the limit is {MAX_PAGE_BYTES}"));
        }
        // A value of a dictionary takes four bytes, but for those that no column of ours has.
        if head.n_in_dictionary < 0 || head.n_in_dictionary > unpacked / 4 {
            return Err(format!(
                "a dictionary of {unpacked} bytes says that it has {} values",
                head.n_in_dictionary
            ));
        }
        whole += unpacked;
        pages = packed.ok().and_then(|n| thrift.rest.get(n..)).ok_or("a page is cut off")?;
    }
    Ok(whole)
}

/// What is looked at of a page's head.
#[derive(Default)]
struct Head {
    unpacked: i64,
    packed: i64,
    n_in_dictionary: i64,
}

struct Thrift<'a> {
    rest: &'a [u8],
}

/// Structs in structs.
const MAX_DEPTH: usize = 8;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const STRUCT: u8 = 12;

impl Thrift<'_> {
    fn head(&mut self) -> Option<Head> {
        let mut head = Head::default();
        self.fields(&mut |thrift, field, kind| match (field, kind) {
            (2, 4..=6) => thrift.whole().map(|n| head.unpacked = n),
            (3, 4..=6) => thrift.whole().map(|n| head.packed = n),
            (7, STRUCT) => thrift.fields(&mut |thrift, field, kind| match (field, kind) {
                (1, 4..=6) => thrift.whole().map(|n| head.n_in_dictionary = n),
                _ => thrift.skip(kind, 2),
            }),
            _ => thrift.skip(kind, 1),
        })?;
        Some(head)
    }

    /// Calls `take` with the number and the kind of each field of a struct.
    fn fields(&mut self, take: &mut dyn FnMut(&mut Self, i64, u8) -> Option<()>) -> Option<()> {
        let mut field = 0_i64;
        loop {
            let byte = self.byte()?;
            if byte == 0 {
                return Some(());
            }
            field = match byte >> 4 {
                0 => self.whole()?,
                more => field.checked_add(i64::from(more))?,
            };
            take(self, field, byte & 0x0F)?;
        }
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            // True and false are in the kind.
            1 | 2 => Some(()),
            3 => self.pass(1),
            4..=6 => self.whole().map(drop),
            7 => self.pass(8),
            BINARY => {
                let n = self.number()?;
                self.pass(usize::try_from(n).ok()?)
            }
            LIST | SET if depth < MAX_DEPTH => {
                let byte = self.byte()?;
                let n = if byte >> 4 == 15 { self.number()? } else { u64::from(byte >> 4) };
                // Each takes a byte at least.
                let n = usize::try_from(n).ok().filter(|n| *n <= self.rest.len())?;
                (0..n).try_for_each(|_| match byte & 0x0F {
                    1 | 2 => self.pass(1),
                    kind => self.skip(kind, depth + 1),
                })
            }
            STRUCT if depth < MAX_DEPTH => self.fields(&mut |thrift, _, kind| thrift.skip(kind, depth + 1)),
            _ => None,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn pass(&mut self, n: usize) -> Option<()> {
        self.rest = self.rest.get(n..)?;
        Some(())
    }

    /// A number in groups of seven bits.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// The same with its sign in the last bit.
    fn whole(&mut self) -> Option<i64> {
        let number = self.number()?;
        let half = i64::try_from(number >> 1).ok()?;
        Some(if number & 1 == 0 { half } else { -half - 1 })
    }
}
