//! Zip archives (`.zip`): each article in one by its own reader. Nothing is unpacked anywhere, and what is left out is named.

use crate::formats::articles::found::{Asked, Found, Left};
use crate::formats::articles::packed::{Listed, Packed};
use crate::formats::articles::{docx, epub, ods, odt};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{self, Format, ReadArticles, Reads, Thing, Writes};
use crate::text::message;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "zip",
    name: "zip archive",
    extensions: &["zip"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

/// Archives in an archive: they are not opened.
const ARCHIVES: [&str; 9] = ["zip", "gz", "tgz", "tar", "7z", "rar", "bz2", "xz", "zst"];
/// What systems put into archives of their own accord.
const OF_SYSTEMS: [&str; 3] = [".ds_store", "thumbs.db", "desktop.ini"];

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let mut packed = Packed::open("a zip archive", bytes)?;
    let listed = packed.list();
    if let Some(reader) = document(&listed) {
        return reader(bytes, asked);
    }
    let mut all = Found::default();
    // Of files that announce nothing what was found counts, as soon as one announces something.
    let mut n_announced = 0;
    for one in &listed {
        let name = one.path.rsplit('/').next().unwrap_or_default().to_lowercase();
        if one.is_folder || OF_SYSTEMS.contains(&name.as_str()) || one.path.starts_with("__MACOSX/") {
            continue;
        }
        match articles(&mut packed, one, &name, asked) {
            Ok(found) => {
                let n_found = found.articles.len();
                n_announced += found.announced.unwrap_or(n_found);
                all.announced = all.announced.or(found.announced);
                add(&mut all, found, &one.path);
            }
            Err(why) => all.left.push(Left { place: one.path.clone(), title: String::new(), why }),
        }
    }
    all.announced = all.announced.map(|_| n_announced);
    if all.articles.is_empty() && all.left.is_empty() { Err(ReadError::NoWords) } else { Ok(all) }
}

/// The reader of a document that only goes by the name of an archive, by the parts that it has.
fn document(listed: &[Listed]) -> Option<ReadArticles> {
    let has = |path: &str| listed.iter().any(|one| one.path == path);
    let reads = |format: &Format| match format.reads {
        Reads::Articles(read) => Some(read),
        Reads::Project | Reads::Nothing => None,
    };
    if has("word/document.xml") && has("[Content_Types].xml") {
        reads(&docx::FORMAT)
    } else if has("xl/workbook.xml") && has("[Content_Types].xml") {
        reads(formats::by_id("xlsx")?)
    } else if has("META-INF/container.xml") && has("mimetype") {
        reads(&epub::FORMAT)
    } else if has("content.xml") && has("mimetype") && has("META-INF/manifest.xml") {
        Some(|bytes, asked| {
            let (Reads::Articles(odt), Reads::Articles(ods)) = (odt::FORMAT.reads, ods::FORMAT.reads) else {
                return Err(ReadError::NoWords);
            };
            let kind = Packed::open("a zip archive", bytes)?.entry("mimetype")?.unwrap_or_default();
            let is_sheet = memchr::memmem::find(&kind, b"spreadsheet").is_some();
            if is_sheet { ods(bytes, asked) } else { odt(bytes, asked) }
        })
    } else {
        None
    }
}

/// The articles of a file in an archive; `Err` says why there are none.
fn articles(packed: &mut Packed<'_>, one: &Listed, name: &str, asked: Asked<'_>) -> Result<Found, String> {
    let is_of = |ending: &&str| name.strip_suffix(*ending).is_some_and(|rest| rest.ends_with('.'));
    if !one.is_inside {
        return Err("its path leads out of the archive".to_owned());
    } else if one.is_link {
        return Err("a link".to_owned());
    } else if one.has_password {
        return Err("it has a password".to_owned());
    } else if name.starts_with('.') {
        return Err("a hidden file".to_owned());
    } else if ARCHIVES.iter().any(is_of) {
        return Err("an archive in an archive".to_owned());
    }
    let other = || "no kind of file that articles are read from".to_owned();
    // What its name rules out is not unpacked.
    let by_name = formats::by_name(name);
    let is_other = |format: &Format| !matches!(format.reads, Reads::Articles(_));
    if by_name.is_some_and(is_other) {
        return Err(other());
    }
    let bytes = packed.entry_at(one.idx, &one.path).map_err(|why| match why {
        ReadError::Broken { why, .. } => why,
        why => message::what(&why.to_string()).to_owned(),
    })?;
    let format = by_name.or_else(|| formats::guess(name, &bytes)).ok_or_else(other)?;
    let Reads::Articles(read) = format.reads else { return Err(other()) };
    if format.id == FORMAT.id {
        return Err("an archive in an archive".to_owned());
    }
    // A library may fall over what it did not expect; other files come in all the same.
    let read = catch_unwind(AssertUnwindSafe(|| read(&bytes, asked)));
    let read = read.map_err(|_| format!("something in it is not as it should be in {}", format.name))?;
    read.map_err(|why| message::what(&why.to_string()).to_owned())
}

/// Adds what a file gave: its places begin with its path.
fn add(all: &mut Found, found: Found, path: &str) {
    let place = |inner: &str| if inner.is_empty() { path.to_owned() } else { format!("{path}, {inner}") };
    for mut article in found.articles {
        article.place = place(&article.place);
        all.articles.push(article);
    }
    all.left.extend(found.left.into_iter().map(|left| Left { place: place(&left.place), ..left }));
    all.warnings.extend(found.warnings.into_iter().map(|Warning(why)| Warning(format!("{path}: {why}"))));
    if all.columns.is_empty() {
        all.columns = found.columns;
    }
}
