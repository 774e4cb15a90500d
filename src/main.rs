//! Chooses window or command line.

use allegata::cli::{self, Window};
use std::io::{self, Write as _};
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
                // Where not even this can be written, the exit code says it.
                writeln!(io::stderr(), "error: {why}").unwrap_or_default();
                ExitCode::from(NOT_DONE)
            }
        },
        _ => done,
    }
}

#[cfg(not(feature = "gui"))]
fn open(_: Window) -> Result<(), String> {
    Err("this program was built without its window\nhint: build it with `cargo build --release`, or give a verb: \
         `allegata --help`"
        .to_owned())
}

#[cfg(feature = "gui")]
fn open(window: Window) -> Result<(), String> {
    use tracing_subscriber::filter::{LevelFilter, Targets};
    use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
    use tracing_subscriber::util::SubscriberInitExt as _;

    let packages = allegata::ui::run::PACKAGES;
    let command_line = "the command line does without: `allegata --help`";
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(is_set)
    {
        return Err(format!(
            "there is no display for the window\nhint: start it on a desktop, which needs the packages {packages}; \
             {command_line}"
        ));
    }
    // What libraries of the window say is rarely about Allegata.
    let own = Targets::new().with_default(LevelFilter::ERROR).with_target("allegata", LevelFilter::WARN);
    let layer = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_filter(own);
    tracing_subscriber::registry().with(layer).init();
    allegata::ui::run(window.paths, window.frame_log).map_err(|error| {
        let libraries = if cfg!(target_os = "linux") {
            format!("install the packages {packages}; ")
        } else {
            String::new()
        };
        format!("the window cannot be opened: {error:#}\nhint: {libraries}{command_line}")
    })
}
