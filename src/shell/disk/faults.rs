//! Planned faults, for tests: the n-th call to the disk below some folders fails, or is the last one before a crash.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What becomes of the n-th call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: calls are only counted.
    None,
    /// It fails, and the next ones are done again.
    Once,
    /// It fails, and so do all after it.
    FromThen,
    /// Of a write half is done, of anything else nothing; no call after it does anything.
    Crash,
    /// The same, and what was written and not waited for is not on the disk.
    PowerCut,
}

/// A plan for all calls to the disk below its folders, whichever thread makes them; it ends with this value.
#[derive(Debug)]
pub struct Plan(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    roots: Vec<PathBuf>,
    fault: Fault,
    /// Which call it is, from 1.
    at: usize,
    n_calls: usize,
    /// What the call was that the fault has hit.
    hit: Option<String>,
    /// What lies on the disk for certain of the files that were written since: their lengths.
    unsynced: BTreeMap<PathBuf, u64>,
    is_paused: bool,
    has_exchange: bool,
}

static PLANS: Mutex<Vec<Arc<Mutex<State>>>> = Mutex::new(Vec::new());

impl Plan {
    pub fn new(roots: &[PathBuf], fault: Fault, at: usize) -> Self {
        let roots = roots.iter().map(|root| root.canonicalize().unwrap()).collect();
        let (n_calls, hit, unsynced, is_paused, has_exchange) = (0, None, BTreeMap::new(), false, true);
        let state = State { roots, fault, at, n_calls, hit, unsynced, is_paused, has_exchange };
        let state = Arc::new(Mutex::new(state));
        lock(&PLANS).push(Arc::clone(&state));
        Self(state)
    }

    /// The drive cannot let two files change places.
    pub fn without_exchange(self) -> Self {
        lock(&self.0).has_exchange = false;
        self
    }

    /// How many calls there were.
    pub fn n_calls(&self) -> usize {
        lock(&self.0).n_calls
    }

    /// The call that the fault has hit, if it was reached.
    pub fn hit(&self) -> Option<String> {
        lock(&self.0).hit.clone()
    }

    /// Does something to which the plan does not apply.
    pub fn apart<T>(&self, act: impl FnOnce() -> T) -> T {
        lock(&self.0).is_paused = true;
        let done = act();
        lock(&self.0).is_paused = false;
        done
    }
}

impl Drop for Plan {
    fn drop(&mut self) {
        lock(&PLANS).retain(|plan| !Arc::ptr_eq(plan, &self.0));
    }
}

impl State {
    fn next(&mut self, call: &str, path: &Path) -> io::Result<()> {
        self.n_calls += 1;
        let is_hit = self.fault != Fault::None && self.n_calls == self.at;
        if is_hit {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            self.hit = Some(format!("{:?}, call {}, {call} `{name}`", self.fault, self.at));
            if self.fault == Fault::PowerCut {
                self.cut_unsynced();
            }
        }
        let goes_on = matches!(self.fault, Fault::None | Fault::Once);
        let fails = is_hit || self.n_calls > self.at && !goes_on;
        if fails { Err(io::Error::other("a planned fault")) } else { Ok(()) }
    }

    fn cut_unsynced(&mut self) {
        for (path, len) in std::mem::take(&mut self.unsynced) {
            let Ok(file) = File::options().write(true).open(path) else { continue }; // removed since
            file.set_len(len.min(file.metadata().unwrap().len())).unwrap();
        }
    }
}

/// Told of each call before it is made; what it says is what the call comes to.
pub(in crate::shell) fn before(call: &str, path: &Path) -> io::Result<()> {
    with(path, |state| state.next(call, path)).unwrap_or(Ok(()))
}

/// Before a write: does half of it, where it is the one that a fault hits.
pub(in crate::shell) fn tear(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let len = file.metadata()?.len();
    let is_next = |state: &mut State| {
        let is_alive = state.hit.is_none() || matches!(state.fault, Fault::None | Fault::Once);
        if is_alive {
            state.unsynced.entry(path.into()).or_insert(len);
        }
        state.fault != Fault::None && state.n_calls + 1 == state.at
    };
    if with(path, is_next) == Some(true) { file.write_all(&bytes[..bytes.len() / 2]) } else { Ok(()) }
}

pub(in crate::shell) fn copied(path: &Path) {
    with(path, |state| state.unsynced.insert(path.into(), 0));
}

pub(in crate::shell) fn synced(path: &Path) {
    with(path, |state| state.unsynced.remove(path));
}

/// What was not waited for under the one name is not under the other either.
pub(in crate::shell) fn renamed(from: &Path, to: &Path) {
    with(to, |state| {
        let (here, there) = (state.unsynced.remove(from), state.unsynced.remove(to));
        state.unsynced.extend(here.map(|len| (to.to_path_buf(), len)));
        state
            .unsynced
            .extend(there.filter(|_| from.exists() && to.exists()).map(|len| (from.to_path_buf(), len)));
    });
}

pub(in crate::shell) fn without_exchange(path: &Path) -> bool {
    with(path, |state| !state.has_exchange).unwrap_or(false)
}

fn with<T>(path: &Path, ask: impl FnOnce(&mut State) -> T) -> Option<T> {
    let plans = lock(&PLANS).clone();
    let plan = plans.iter().find(|plan| lock(plan).roots.iter().any(|root| path.starts_with(root)))?;
    let mut state = lock(plan);
    (!state.is_paused).then(|| ask(&mut state))
}

/// A test that failed while it held a plan is no reason for others to fail.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
