//! Work on many things that do not ask each other. A pure room has no threads: who calls it lends them.

use std::sync::{Mutex, PoisonError};

/// Calls the function with each number below the first, in any order, and comes back when all are done.
pub type Each = dyn Fn(usize, &(dyn Fn(usize) + Sync)) + Sync;

/// The cores that whoever calls lends.
#[derive(Clone, Copy)]
pub struct Cores<'a> {
    n: usize,
    each: &'a Each,
}

impl Cores<'static> {
    /// The one core of the caller.
    pub const ONE: Self = Self { n: 1, each: &one_by_one };
}

impl<'a> Cores<'a> {
    pub fn new(n: usize, each: &'a Each) -> Self {
        Self { n, each }
    }

    /// Whether things done together are done sooner.
    pub fn are_several(self) -> bool {
        self.n > 1
    }

    /// What comes of each number below `n`, in their order.
    pub fn map<R: Send>(self, n: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
        let done: Vec<Mutex<Option<R>>> = (0..n).map(|_| Mutex::default()).collect();
        (self.each)(n, &|idx| {
            let result = work(idx);
            if let Some(place) = done.get(idx) {
                *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            }
        });
        done.into_iter()
            .filter_map(|place| place.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect()
    }
}

fn one_by_one(n: usize, work: &(dyn Fn(usize) + Sync)) {
    (0..n).for_each(work);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_asked_for() {
        let backwards = |n: usize, work: &(dyn Fn(usize) + Sync)| (0..n).rev().for_each(work);
        for cores in [Cores::ONE, Cores::new(4, &backwards)] {
            assert_eq!(cores.map(4, |idx| idx * idx), [0, 1, 4, 9]);
            assert!(cores.map(0, |idx| idx).is_empty());
        }
    }
}
