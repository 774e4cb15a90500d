//! The lists of the file: each record becomes what the model holds while it is read, as far as there is room.

use crate::formats::project::read::own::{Own, Scan};
use crate::formats::project::room;
use crate::formats::project::rows::Names;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

/// A record that becomes something smaller, whatever else stands in the file.
pub(in crate::formats) trait Make: Sized {
    type Made: Any + Send;

    fn make(self, names: &mut Names) -> Self::Made;

    /// About how many bytes it takes, with all that comes of it later.
    fn n_bytes(made: &Self::Made) -> usize;
}

/// What became of the records of a list, of which no project has more than so many: beyond that they are only counted.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct List<T: Make, const MOST: usize = { usize::MAX }> {
    pub made: Vec<T::Made>,
    pub n: usize,
    /// Those for which there was no room.
    pub n_left_out: usize,
}

impl<T: Make, const MOST: usize> Default for List<T, MOST> {
    fn default() -> Self {
        Self { made: Vec::new(), n: 0, n_left_out: 0 }
    }
}

impl<T: Make, const MOST: usize> List<T, MOST> {
    fn push(&mut self, rec: T, names: &mut Names) {
        self.n += 1;
        if self.n > MOST {
            return;
        }
        // Once something is left out nothing may be written, and the rest would only take room.
        let made = (self.n_left_out == 0).then(|| rec.make(names));
        match made.filter(|made| room::take(T::n_bytes(made))) {
            Some(made) => self.made.push(made),
            None => self.n_left_out += 1,
        }
    }
}

/// Gives the things of a list one by one, and lets go of their room meanwhile.
pub(in crate::formats) fn each<T>(mut list: Vec<T>) -> impl Iterator<Item = T> {
    list.reverse();
    std::iter::from_fn(move || {
        let thing = list.pop();
        if list.len().is_multiple_of(256) {
            list.shrink_to_fit();
        }
        thing
    })
}

impl<T: Make + Own, const MOST: usize> Own for List<T, MOST> {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let (mut list, mut names) = (Self::default(), Names::default());
        scan.list(|scan| {
            if let Some(mut run) = scan.run::<T::Made>() {
                list.n += run.len();
                list.made.append(&mut run);
            } else {
                list.push(T::read(scan)?, &mut names);
                scan.next()?;
            }
            // A file of ours never comes so far.
            (list.n_left_out == 0).then_some(())
        })?;
        Some(list)
    }
}

impl<'de, T: Make + Deserialize<'de>, const MOST: usize> Deserialize<'de> for List<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: Make + Deserialize<'de>, const MOST: usize> Visitor<'de> for Read<T, MOST> {
            type Value = List<T, MOST>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let (mut list, mut names) = (List::default(), Names::default());
                while let Some(rec) = seq.next_element()? {
                    list.push(rec, &mut names);
                }
                Ok(list)
            }
        }
        from.deserialize_seq(Read(PhantomData))
    }
}
