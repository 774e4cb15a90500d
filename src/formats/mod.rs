//! Bytes in and out: one file a format.

pub mod articles;
pub mod blocks;
pub mod csv;
pub mod dataset;
pub mod decode;
pub mod front_matter;
pub mod journal;
pub mod json;
pub mod jsonl;
pub mod kinds;
pub mod labels_plan;
pub mod labels_table;
pub mod markdown;
pub mod plain;
pub mod project;
pub mod show;
pub mod stamp;

use std::path::Path;

/// Stand-in.
pub fn export(_: &crate::model::project::Project, _: &Path, _: Option<&crate::model::ids::CoderId>) -> Result<Vec<u8>, String> {
    Err(String::new())
}
/// Stand-in.
pub fn is_article(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "txt" || e == "md")
}
/// Stand-in.
pub fn read_articles(
    bytes: &[u8],
    path: &Path,
) -> Result<(Vec<articles::ArticleIn>, Vec<articles::Warning>), articles::ReadError> {
    if path.extension().is_some_and(|e| e == "md") { markdown::read_markdown(bytes) } else { plain::read_plain(bytes) }
}
