//! The system's wish that the program ends: SIGTERM, SIGHUP, SIGINT.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Calls back from a thread of its own at each such wish; from then on they no longer end the program by themselves.
pub fn listen(asked: impl Fn() + Send + 'static) {
    let mut signals = match Signals::new([SIGTERM, SIGHUP, SIGINT]) {
        Ok(signals) => signals,
        Err(error) => return tracing::warn!("signals are not listened to: {error}"),
    };
    let wait = move || signals.forever().for_each(|_| asked());
    if let Err(error) = std::thread::Builder::new().name("allegata-signals".to_owned()).spawn(wait) {
        tracing::warn!("signals are not listened to: {error}");
    }
}
