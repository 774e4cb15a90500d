//! A thread for what waits by itself and brings nothing back but a sign: what the desktop says.

/// Runs this beside the window, for as long as it stays; where there is no thread for it, not at all.
pub fn aside(name: &str, run: impl FnOnce() + Send + 'static) {
    if let Err(error) = std::thread::Builder::new().name(name.to_owned()).spawn(run) {
        tracing::warn!("no thread for `{name}`: {error}");
    }
}
