//! Chooses window or command line.

use allegata::cli::{self, Window};
use std::process::ExitCode;

/// As the command line has it: could not be done.
const NOT_DONE: u8 = 3;

fn main() -> ExitCode {
    let asked = match cli::parse(std::env::args_os()) {
        Ok(asked) => asked,
        Err(code) => return code,
    };
    let window = asked.window();
    let done = asked.run();
    match window {
        Some(window) if done == ExitCode::SUCCESS => match open(window) {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                cli::say(&format!("error: {why}"));
                ExitCode::from(NOT_DONE)
            }
        },
        _ => done,
    }
}

#[cfg(not(feature = "gui"))]
fn open(_: Window) -> Result<(), String> {
    Err("this program was built without its window\0hint: build it with `cargo build --release`, or give a verb: \
         `allegata --help`"
        .to_owned())
}

#[cfg(feature = "gui")]
fn open(window: Window) -> Result<(), String> {
    use tracing_subscriber::filter::{LevelFilter, Targets};
    use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
    use tracing_subscriber::util::SubscriberInitExt as _;

    // What libraries of the window say is rarely about Allegata; why they did not open one is said in our words.
    let own = Targets::new().with_default(LevelFilter::ERROR).with_target("allegata", LevelFilter::WARN);
    let own = own.with_target("eframe::native::run", LevelFilter::OFF);
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| cli::Log).with_filter(own);
    tracing_subscriber::registry().with(layer).init();
    allegata::ui::run(window.paths, window.frame_log, cli::say).map_err(|fault| fault.to_string())
}
