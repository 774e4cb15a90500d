//! RIS, as `ProQuest` and others export lists (`TY  - NEWS` to `ER  -`): what it has of a text is mostly an abstract.

use crate::formats::articles::blocks;
use crate::formats::articles::databases::export::{Export, Piece};
use crate::formats::articles::found::{Asked, Found};
use crate::formats::decode::decode_table;
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "ris",
    name: "RIS",
    extensions: &["ris"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let decoded = decode_table(bytes, asked.encoding)?;
    let mut export = Export::new(asked, decoded.encoding, false);
    let mut record: Option<Vec<(&str, String)>> = None;
    let mut n = 0;
    for line in decoded.text.lines() {
        match (tag(line), &mut record) {
            (Some(("TY", _)), record) => {
                end(record.replace(Vec::new()), &mut n, &mut export);
            }
            (Some(("ER", _)), record) => end(record.take(), &mut n, &mut export),
            (Some((tag, value)), Some(fields)) => fields.push((tag, value.to_owned())),
            (None, Some(fields)) => {
                if let Some((_, value)) = fields.last_mut() {
                    value.extend(["\n", line]);
                }
            }
            (Some(_) | None, None) => {}
        }
    }
    end(record, &mut n, &mut export);
    if n == 0 {
        return Err(ReadError::Broken { what: "RIS", why: "it has no record".to_owned() });
    }
    let mut found = export.found;
    found.warnings.splice(0..0, decoded.warnings);
    if !found.articles.is_empty() {
        let why =
            "RIS holds abstracts as a rule, and not whole articles: look at how long they are".to_owned();
        found.warnings.push(Warning(why));
    }
    Ok(found)
}

/// `TI  - Depot burnt down`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.trim_start().strip_prefix('-').filter(|_| is_tag && rest.starts_with(' '))?;
    Some((tag, value.trim()))
}

fn end(record: Option<Vec<(&str, String)>>, n: &mut usize, export: &mut Export<'_>) {
    let Some(fields) = record else { return };
    *n += 1;
    let first = |tags: &[&str]| {
        let found = tags
            .iter()
            .find_map(|tag| fields.iter().find(|(other, value)| other == tag && !value.trim().is_empty()));
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let all = |tags: &[&str], between: &str| {
        let values =
            fields.iter().filter(|(tag, _)| tags.contains(tag)).map(|(_, value)| value.trim().to_owned());
        values.collect::<Vec<_>>().join(between)
    };
    // `2006/03/14/`, `2006///`.
    let date = first(&["DA", "Y1", "PY"]);
    let numbers: Vec<&str> = date
        .split('/')
        .map(str::trim)
        .take(3)
        .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
        .filter(|part| !part.is_empty())
        .collect();
    let date = if numbers.len() > 1 || !date.contains('/') && numbers.len() == 1 {
        numbers.join("-")
    } else {
        date.trim_end_matches('/').to_owned()
    };
    let body = blocks::lines(&first(&["AB", "N2"]));
    export.add(Piece {
        place: format!("{n}"),
        title: first(&["TI", "T1"]),
        outlet: first(&["T2", "JF", "JO", "JA"]),
        date,
        section: first(&["SE"]),
        byline: all(&["AU", "A1"], "; "),
        lang: first(&["LA"]),
        doc_id: first(&["AN", "ID"]),
        url: first(&["UR", "L2"]),
        subjects: all(&["KW"], ";"),
        body,
        ..Piece::default()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_articles() {
        let text = "TY  - NEWS\r\nT1  - Depot burnt down\r\nAU  - Varga, Ines\r\nJF  - Lynd Echo\r\nDA  - 2006/03/14/\r\nAB  - A depot burnt.\r\n\
            KW  - Fires\r\nKW  - Depots\r\nLA  - English\r\nAN  - 2446\r\nUR  - https://example.org/1\r\nER  - \r\n\r\nTY  - NEWS\r\nTI  - No text\r\nPY  - 2006\r\nER  - \r\n";
        let found = read(text.as_bytes(), Asked::default()).unwrap();
        let [article] = found.articles.as_slice() else { panic!("{found:?}") };
        let meta = &article.meta;
        assert_eq!(article.text, "Depot burnt down\n\nA depot burnt.");
        let known = [&meta.outlet, &meta.published, &meta.byline, &meta.lang, &meta.doc_id];
        assert_eq!(
            known.map(|known| known.as_deref().unwrap()),
            ["Lynd Echo", "2006-03-14", "Varga, Ines", "en", "2446"]
        );
        assert_eq!(meta.tags, ["Fires", "Depots"]);
        assert_eq!((found.left[0].place.as_str(), found.left[0].title.as_str()), ("2", "No text"));
        assert!(found.warnings[0].0.contains("abstracts"));
        assert!(read(b"no record", Asked::default()).is_err());
    }
}
