//! Why there is no window, or no longer: each case in its own words, with what to do about it.

use crate::shell::file_error::FileError;
use crate::shell::signals;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Packages that a bare Debian needs to show the window.
pub const PACKAGES: &str =
    "libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 libgl1-mesa-dri libegl1";

/// What is said last where the window cannot be had.
const COMMAND_LINE: &str = "the command line does without: `allegata --help`";

/// How the program says a message to whoever began it.
pub type Say = fn(&str);

/// As the command line has it: could not be done.
const NOT_DONE: i32 = 3;

/// Why the window did not open, or ended.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(
        "there is no display for the window\0hint: start it on a desktop, which needs the packages {PACKAGES}; {COMMAND_LINE}"
    )]
    NoDisplay,
    #[error(
        "the desktop at {0} does not let the window in\0hint: look whether that is your desktop, and whether you may use it; {COMMAND_LINE}"
    )]
    Refused(String),
    #[error("a library for the window is missing: `{name}`\0hint: {}{COMMAND_LINE}", install(*.package))]
    Library { name: String, package: Option<&'static str> },
    #[error(
        "the desktop offers no OpenGL to draw the window with\0hint: {}{COMMAND_LINE}",
        install(Some("libgl1 libgl1-mesa-dri libegl1"))
    )]
    NoDrawing,
    #[error("{0}")]
    Folder(FileError),
    #[error("{0}")]
    FrameLog(String),
    #[error("another program closed the window: answers are kept\0hint: start again to go on")]
    WindowGone,
    #[error("the desktop has ended: answers are kept\0hint: start again to go on")]
    DesktopGone,
    #[error(
        "a fault in the program ended the window, {0}: answers are kept\0hint: start again to go on, and report this"
    )]
    Own(String),
}

impl Fault {
    /// What a desktop's libraries say, which is full of places of the build, in words of ours.
    pub fn of_desktop(said: &str) -> Self {
        let desktop = ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().find_map(|name| {
            let value = std::env::var(name).ok().filter(|value| !value.is_empty())?;
            Some(format!("`{name}={value}`"))
        });
        Self::of_words(said, desktop.as_deref())
    }

    fn of_words(said: &str, desktop: Option<&str>) -> Self {
        if let Some(name) = library(said) {
            let package =
                LIBRARIES.iter().find(|(start, _)| name.starts_with(start)).map(|(_, package)| *package);
            return Self::Library { name, package };
        }
        match desktop {
            Some(desktop) => Self::Refused(desktop.to_owned()),
            None => Self::NoDisplay,
        }
    }

    /// What the program broke off with: winit does where it asks for a window that another program has taken away, or on a
    /// connection that is broken.
    pub fn of_break(said: String) -> Self {
        match said {
            said if said.contains("X11Error") => Self::WindowGone,
            said if said.contains("Connection(") || said.contains("ConnectionError(") => Self::DesktopGone,
            said => Self::Own(said),
        }
    }

    /// Whether another kind of desktop might do.
    fn is_of_desktop(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Library { .. } | Self::NoDrawing)
    }
}

/// Debian's packages of the libraries that are looked for at the start.
const LIBRARIES: [(&str, &str); 9] = [
    ("libX11-xcb", "libx11-xcb1"),
    ("libX11", "libx11-6"),
    ("libXcursor", "libxcursor1"),
    ("libXi", "libxi6"),
    ("libxkbcommon-x11", "libxkbcommon-x11-0"),
    ("libxkbcommon", "libxkbcommon0"),
    ("libwayland-client", "libwayland-client0"),
    ("libEGL", "libegl1"),
    ("libGL", "libgl1"),
];

/// The first library that is named as missing: `libX11.so.6`.
fn library(said: &str) -> Option<String> {
    let is_end = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '_' | '+');
    let mut words = said.split(is_end).map(|word| word.trim_end_matches('.'));
    let named = words.find(|word| word.starts_with("lib") && word.contains(".so")).map(str::to_owned);
    named.or_else(|| said.contains("wayland library").then(|| "libwayland-client.so.0".to_owned()))
}

fn install(package: Option<&'static str>) -> String {
    match package {
        Some(package) if cfg!(target_os = "linux") => format!("install the packages {package}; "),
        _ => String::new(),
    }
}

/// Says it and ends the program, where there is no way back to who began it.
pub fn end_with(fault: &Fault, say: Say) -> ! {
    say(&format!("error: {fault}"));
    signals::end_at_once(NOT_DONE)
}

/// Runs this, and gives back what it broke off with: libraries of the window break off where they find no library.
pub fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    if std::env::var_os("RUST_BACKTRACE").is_none_or(|wanted| wanted != "full") {
        // What would be said is for who builds the program, with places on the builder's disk.
        std::panic::set_hook(Box::new(|_| {}));
    }
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| {
        let words = payload.downcast_ref::<String>().map(String::as_str);
        words.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("which says nothing").to_owned()
    })
}

/// Where Wayland was asked for and does not do, the program begins anew on X11, if there is one. Comes back where it cannot.
#[cfg(target_os = "linux")]
pub fn turn_to_x11(fault: &Fault) {
    use std::os::unix::process::CommandExt as _;
    const WAYLAND: [&str; 2] = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !fault.is_of_desktop() || !WAYLAND.into_iter().any(is_set) || !is_set("DISPLAY") {
        return;
    }
    tracing::warn!("the window does not open on Wayland and goes to X11");
    let Ok(program) = std::env::current_exe() else { return };
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1));
    for name in WAYLAND {
        again.env_remove(name);
    }
    let error = again.exec();
    tracing::warn!("it cannot begin anew: {error}");
}

#[cfg(not(target_os = "linux"))]
pub fn turn_to_x11(_: &Fault) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libraries_say_gets_words_of_ours() {
        let check = |said: &str, desktop: Option<&str>, want: &str| {
            let words = Fault::of_words(said, desktop).to_string();
            assert!(words.starts_with(want), "{words}");
            assert!(words.contains("\0hint: ") && words.contains("`allegata --help`"), "{words}");
            assert!(!words.contains("/registry/") && !words.contains(".rs"), "{words}");
        };
        let x11 = Some("`DISPLAY=:9`");
        check(
            "os error at /h/registry/x/mod.rs:1: neither WAYLAND_DISPLAY nor DISPLAY is set.",
            None,
            "there is no display",
        );
        check(
            "os error at /h/registry/x/mod.rs:765: XNotSupported(XOpenDisplayFailed)",
            x11,
            "the desktop at `DISPLAY=:9` does not let the window in",
        );
        check(
            "LibraryOpenError(OpenError { kind: Library, detail: \"opening library failed (libX11.so.6: cannot open shared \
             object file: No such file or directory); opening library failed (libX11.so: cannot\" })",
            x11,
            "a library for the window is missing: `libX11.so.6`\0hint: install the packages libx11-6;",
        );
        check(
            "Library libxkbcommon-x11.so could not be loaded.",
            x11,
            "a library for the window is missing: `libxkbcommon-x11.so`\0hint: install the packages libxkbcommon-x11-0;",
        );
        check(
            "Library libodd.so.3 could not be loaded.",
            x11,
            "a library for the window is missing: `libodd.so.3`\0hint: the",
        );
        let wayland = Some("`WAYLAND_DISPLAY=w`");
        check(
            "os error at /h/registry/y.rs:3: Could not find wayland compositor",
            wayland,
            "the desktop at `WAYLAND_DISPLAY=w`",
        );
        check(
            "os error at /h/registry/y.rs:3: The wayland library could not be loaded",
            wayland,
            "a library for the window is missing: `libwayland-client.so.0`\0hint: install the packages libwayland-client0;",
        );
    }
}
