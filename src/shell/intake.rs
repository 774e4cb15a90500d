//! Articles from files and folders: every file is taken in, or named with the reason.

use crate::formats;
use crate::formats::articles::sha256_hex;
use crate::model::article::Article;
use crate::model::project::Project;
use crate::session::finished::is_project;
use crate::session::job::Arrived;
use crate::shell::files;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The largest file that is read for articles, in bytes.
const MAX_BYTES: u64 = 256 << 20;
/// How deep folders in folders are looked into.
const MAX_DEPTH: usize = 32;

/// Reads articles for a project; those already there, by text, outlet, date and url, are named and skipped.
pub fn read_paths(paths: &[PathBuf], project: &Project) -> Arrived {
    let mut arrived = Arrived::default();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            walk(path, 0, &mut files, &mut arrived);
            if files.len() == before && arrived.refused.is_empty() {
                arrived.refused.push(format!(
                    "no articles in this folder `{}` hint: articles are .txt and .md files",
                    path.display()
                ));
            }
        } else if is_project(path) {
            arrived.projects.push(path.clone());
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = BTreeSet::new();
    for path in files {
        read_one(&path, project, &mut seen, &mut arrived);
    }
    arrived
}

/// Reads the articles of one file's bytes, as `source` is named.
pub fn read_bytes(bytes: &[u8], source: &str) -> Result<(Vec<Article>, Vec<String>), String> {
    let (read, warnings) =
        formats::read_articles(bytes, Path::new(source)).map_err(|error| error.to_string())?;
    let hash = sha256_hex(bytes);
    let mut articles = Vec::new();
    for one in read {
        let mut article = one.into_article().map_err(|error| format!("{error}"))?;
        article.source = Some(source.to_owned());
        article.source_sha256 = Some(hash.clone());
        articles.push(article);
    }
    Ok((articles, warnings.into_iter().map(|warning| warning.0).collect()))
}

fn read_one(path: &Path, project: &Project, seen: &mut BTreeSet<String>, arrived: &mut Arrived) {
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let bytes = match files::read(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return arrived.refused.push(error.to_string()),
    };
    match read_bytes(&bytes, &name) {
        Ok((articles, warnings)) => {
            arrived.warnings.extend(warnings.into_iter().map(|warning| format!("{name}: {warning}")));
            for article in articles {
                if project.article(&article.id).is_some() || !seen.insert(article.id.to_string()) {
                    arrived.skipped.push(format!("{name}: {}", article.shown_title()));
                } else {
                    arrived.articles.push(article);
                }
            }
        }
        Err(why) => arrived.refused.push(format!("{why} `{}`", path.display())),
    }
}

/// Files of a folder that may be articles, in the order of their names; hidden ones are passed over.
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>, arrived: &mut Arrived) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            return arrived
                .refused
                .push(format!("this folder cannot be read: {error} `{}`", folder.display()));
        }
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if !entry.file_name().to_string_lossy().starts_with('.') => paths.push(entry.path()),
            Ok(_) => {}
            Err(error) => arrived.refused.push(format!("{error} `{}`", folder.display())),
        }
    }
    paths.sort();
    for path in paths {
        // A link to a folder may lead back here.
        let is_link = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
        if path.is_dir() {
            if !is_link && depth < MAX_DEPTH {
                walk(&path, depth + 1, files, arrived);
            }
        } else if formats::is_article(&path) {
            files.push(path);
        }
    }
}
