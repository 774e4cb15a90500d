//! A sorted list that is cheap to copy: chunks of up to 64 `Arc`s behind an `Arc`.
//!
//! A copy is one reference count; the next edit after it copies the list of chunks and one chunk.

use std::sync::Arc;

/// A record that knows where it belongs.
pub trait Keyed {
    type Key: Ord;
    fn key(&self) -> &Self::Key;
}

const CHUNK: usize = 64;

type Chunk<T> = Arc<Vec<Arc<T>>>;

#[derive(Debug)]
pub struct Chunks<T> {
    chunks: Arc<Vec<Chunk<T>>>,
    len: usize,
}

impl<T> Clone for Chunks<T> {
    fn clone(&self) -> Self {
        Self { chunks: Arc::clone(&self.chunks), len: self.len }
    }
}

/// Where the chunks begin and end is history, not content: a chunk that was split stays split.
impl<T: PartialEq> PartialEq for Chunks<T> {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<T>, &Arc<T>)| Arc::ptr_eq(a, b) || a == b;
        let theirs = other.chunks.iter().flat_map(|chunk| chunk.iter());
        self.len == other.len && self.chunks.iter().flat_map(|chunk| chunk.iter()).zip(theirs).all(same)
    }
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { chunks: Arc::default(), len: 0 }
    }
}

impl<T: Keyed> Chunks<T> {
    /// Takes records in any order; of two with one key the later one stays.
    pub fn collect(mut records: Vec<Arc<T>>) -> Self {
        records.sort_by(|a, b| a.key().cmp(b.key()));
        records.reverse();
        records.dedup_by(|a, b| a.key() == b.key());
        records.reverse();
        let len = records.len();
        let mut chunks = Vec::with_capacity(len / CHUNK + 1);
        let mut records = records.into_iter().peekable();
        while records.peek().is_some() {
            chunks.push(Arc::new(records.by_ref().take(CHUNK).collect::<Vec<_>>()));
        }
        Self { chunks: Arc::new(chunks), len }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether both are one list still: quick, and it may say no of equal ones.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.chunks, &other.chunks)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    pub fn get(&self, key: &T::Key) -> Option<&Arc<T>> {
        let chunk = self.chunks.get(self.chunk_of(key))?;
        let idx = chunk.binary_search_by(|record| record.key().cmp(key)).ok()?;
        chunk.get(idx)
    }

    /// The records from a key on, in order.
    pub fn from<'a>(&'a self, key: &T::Key) -> impl Iterator<Item = &'a Arc<T>> + use<'a, T> {
        let first = self.chunk_of(key);
        let skip = self.chunks.get(first).map_or(0, |chunk| chunk.partition_point(|r| r.key() < key));
        self.chunks.get(first..).unwrap_or_default().iter().flat_map(|chunk| chunk.iter()).skip(skip)
    }

    /// The record to be changed in place; its key must stay.
    pub fn get_mut(&mut self, key: &T::Key) -> Option<&mut T>
    where
        T: Clone,
    {
        let chunk_idx = self.chunk_of(key);
        let chunk = self.chunks.get(chunk_idx)?;
        let idx = chunk.binary_search_by(|record| record.key().cmp(key)).ok()?;
        let chunk = Arc::make_mut(Arc::make_mut(&mut self.chunks).get_mut(chunk_idx)?);
        chunk.get_mut(idx).map(Arc::make_mut)
    }

    /// Puts a record where it belongs; gives back the one that was there.
    pub fn insert(&mut self, record: Arc<T>) -> Option<Arc<T>> {
        let chunk_idx = self.chunk_of(record.key());
        let chunks = Arc::make_mut(&mut self.chunks);
        let Some(chunk) = chunks.get_mut(chunk_idx) else {
            chunks.push(Arc::new(vec![record]));
            self.len += 1;
            return None;
        };
        let chunk = Arc::make_mut(chunk);
        match chunk.binary_search_by(|other| other.key().cmp(record.key())) {
            Ok(idx) => chunk.get_mut(idx).map(|place| std::mem::replace(place, record)),
            Err(idx) => {
                chunk.insert(idx, record);
                self.len += 1;
                if chunk.len() > CHUNK {
                    let upper = chunk.split_off(CHUNK / 2);
                    chunks.insert(chunk_idx + 1, Arc::new(upper));
                }
                None
            }
        }
    }

    pub fn remove(&mut self, key: &T::Key) -> Option<Arc<T>> {
        let chunk_idx = self.chunk_of(key);
        let idx = self.chunks.get(chunk_idx)?.binary_search_by(|record| record.key().cmp(key)).ok()?;
        let chunks = Arc::make_mut(&mut self.chunks);
        let chunk = Arc::make_mut(chunks.get_mut(chunk_idx)?);
        let record = chunk.remove(idx);
        if chunk.is_empty() {
            chunks.remove(chunk_idx);
        }
        self.len -= 1;
        Some(record)
    }

    /// The last chunk that begins at or before the key, else the first.
    fn chunk_of(&self, key: &T::Key) -> usize {
        self.chunks
            .partition_point(|chunk| chunk.first().is_some_and(|first| first.key() <= key))
            .saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Debug, Clone, PartialEq)]
    struct Pair(u32, u32);

    impl Keyed for Pair {
        type Key = u32;
        fn key(&self) -> &u32 {
            &self.0
        }
    }

    #[test]
    fn behaves_like_a_map() {
        let (mut chunks, mut map) = (Chunks::<Pair>::default(), BTreeMap::new());
        let mut x = 7_u32;
        for step in 0..20_000 {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let key = (x >> 16) % 700;
            if x.is_multiple_of(3) {
                assert_eq!(chunks.remove(&key).map(|p| p.1), map.remove(&key));
            } else {
                assert_eq!(chunks.insert(Arc::new(Pair(key, step))).map(|p| p.1), map.insert(key, step));
            }
            assert_eq!(chunks.len(), map.len());
        }
        assert!(chunks.iter().map(|p| (p.0, p.1)).eq(map.iter().map(|(k, v)| (*k, *v))));
        assert!(chunks.from(&350).map(|p| p.0).eq(map.range(350..).map(|(k, _)| *k)));
        for key in 0..700 {
            assert_eq!(chunks.get(&key).map(|p| p.1), map.get(&key).copied());
        }
        assert_eq!(Chunks::collect(chunks.iter().rev().cloned().collect()).len(), map.len());
    }

    #[test]
    fn equal_is_who_holds_the_same_however_it_came_in() {
        let at_once = Chunks::collect((0..200).map(|n| Arc::new(Pair(n, 0))).collect());
        let mut one_by_one = Chunks::default();
        for n in (0..200).rev() {
            one_by_one.insert(Arc::new(Pair(n, 0)));
        }
        assert_eq!(at_once, one_by_one);
        one_by_one.get_mut(&199).unwrap().1 = 1;
        assert_ne!(at_once, one_by_one);
        one_by_one.remove(&199);
        assert_ne!(at_once, one_by_one);
    }

    #[test]
    fn a_copy_keeps_what_it_saw() {
        let mut chunks = Chunks::collect((0..200).map(|n| Arc::new(Pair(n, 0))).collect());
        let copy = chunks.clone();
        chunks.get_mut(&77).unwrap().1 = 5;
        assert_eq!(copy.get(&77).unwrap().1, 0);
        assert_eq!(chunks.get(&77).unwrap().1, 5);
    }
}
