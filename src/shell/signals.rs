//! Signals that ask the program to end: without this they end it at once.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Ends the program here and now. What libraries do at a usual end is left out: with their desktop gone they would end it once
/// more, with a code of their own.
pub fn end_at_once(code: i32) -> ! {
    signal_hook::low_level::exit(code)
}

/// Calls `close` from a thread of its own for each of SIGTERM, SIGHUP and SIGINT.
pub fn listen(close: impl Fn() + Send + 'static) {
    let mut signals = match Signals::new([SIGTERM, SIGHUP, SIGINT]) {
        Ok(signals) => signals,
        Err(error) => return tracing::warn!("signals are not listened to: {error}"),
    };
    let listen = move || signals.forever().for_each(|_| close());
    if let Err(error) = std::thread::Builder::new().name("allegata-signals".to_owned()).spawn(listen) {
        tracing::warn!("signals are not listened to: {error}");
    }
}
