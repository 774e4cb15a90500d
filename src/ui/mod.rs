//! The window over the shell.

pub mod browser;
pub mod drafts;
pub mod fonts;
pub mod palette;
pub mod parts;
pub mod theme;

/// Stand-in until the window is here.
pub fn run(_: Vec<std::path::PathBuf>, _: Option<std::path::PathBuf>) -> anyhow::Result<()> {
    Err(anyhow::anyhow!("it is not built yet"))
}
