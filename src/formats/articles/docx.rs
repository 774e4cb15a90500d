//! Word documents (`.docx`): paragraphs with headings, tables, notes and text boxes in order, title, author and language.
//!
//! Read from the parts of the package (ECMA-376), as its relationships name them. What was deleted while changes were tracked,
//! field codes, headers, footers and comments are no text of the article.

use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::office;
use crate::formats::articles::packed::{Packed, beside};
use crate::formats::articles::pages::{Pages, article_of};
use crate::formats::articles::xml::{Node, Tag, walk};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "docx",
    name: "Word document",
    extensions: &["docx", "docm"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::MoreMetadata],
};

const WHAT: &str = "a Word document";

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let mut packed = Packed::open(WHAT, bytes)?;
    let main = main_part(&mut packed)?;
    let document = packed.needed(&main)?;
    let headings =
        packed.entry(&beside(&main, "styles.xml"))?.map_or_else(BTreeSet::new, |bytes| headings(&bytes));
    let mut notes = BTreeMap::new();
    for kind in ["footnote", "endnote"] {
        if let Some(bytes) = packed.entry(&beside(&main, &format!("{kind}s.xml")))? {
            notes.extend(notes_of(&bytes, kind));
        }
    }
    let meta = packed.entry("docProps/core.xml")?.map(|bytes| office::properties(&bytes)).unwrap_or_default();
    let mut body = Body {
        pages: Pages::default(),
        skipped: 0,
        headings: &headings,
        notes: &notes,
        asked: vec![],
        in_text: 0,
    };
    let fault = walk(&document, |node| body.take(node));
    let warnings =
        fault.map(|fault| Warning(format!("the document is {fault}: what comes after is missing")));
    article_of(body.pages, meta, asked, "UTF-8", warnings.into_iter().collect())
}

/// The path of the part with the text.
fn main_part(packed: &mut Packed<'_>) -> Result<String, ReadError> {
    let links = packed.entry("_rels/.rels")?.unwrap_or_default();
    let mut main = None;
    walk(&links, |node| {
        if let Node::Open(tag) = node
            && tag.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            && main.is_none()
        {
            main = tag.attr("Target");
        }
    });
    Ok(beside("", &main.unwrap_or_else(|| "word/document.xml".to_owned())))
}

/// The styles of headings and of a title, by their ids: their names are in the language of whoever wrote the document.
fn headings(styles: &[u8]) -> BTreeSet<String> {
    let mut all: BTreeMap<String, (bool, Option<String>)> = BTreeMap::new();
    let mut here: Option<String> = None;
    walk(styles, |node| match node {
        Node::Open(tag) if tag.name == "style" => here = tag.attr("styleId"),
        Node::Close("style") => here = None,
        Node::Open(tag) => {
            let Some(id) = &here else { return };
            let style = all.entry(id.clone()).or_default();
            let value = || tag.attr("val").unwrap_or_default();
            match tag.name {
                "outlineLvl" => style.0 |= value().parse::<u8>().is_ok_and(|level| level < 9),
                "name" => {
                    style.0 |= matches!(value().to_lowercase().as_str(), "title" | "heading 1" | "heading 2");
                }
                "basedOn" => style.1 = tag.attr("val"),
                _ => {}
            }
        }
        Node::Close(_) | Node::Text(_) => {}
    });
    let is_heading = |id: &String| {
        let mut at = Some(id);
        // A style may name itself, round many others.
        for _ in 0..16 {
            match at.and_then(|id| all.get(id)) {
                Some((true, _)) => return true,
                Some((false, base)) => at = base.as_ref(),
                None => return false,
            }
        }
        false
    };
    all.keys().filter(|id| is_heading(id)).cloned().collect()
}

/// The paragraphs of each note, by its kind and id.
fn notes_of(bytes: &[u8], kind: &'static str) -> BTreeMap<(&'static str, String), Vec<String>> {
    let mut notes: BTreeMap<(&'static str, String), Vec<String>> = BTreeMap::new();
    let (no_notes, mut id) = (BTreeMap::new(), None);
    let no_headings = BTreeSet::new();
    let mut body = Body {
        pages: Pages::default(),
        skipped: 0,
        headings: &no_headings,
        notes: &no_notes,
        asked: vec![],
        in_text: 0,
    };
    walk(bytes, |node| match node {
        // Lines between text and notes are notes too.
        Node::Open(tag) if tag.name == kind => {
            id = tag.attr("id").filter(|_| tag.attr("type").is_none_or(|is| is == "normal"));
        }
        Node::Close(name) if name == kind => {
            let lines = std::mem::take(&mut body.pages).into_lines();
            if let Some(id) = id.take() {
                notes.insert((kind, id), lines.into_iter().map(|line| line.text).collect());
            }
        }
        piece => body.take(piece),
    });
    notes
}

/// What is in no text although it stands in one: what was taken out, codes of fields, what a picture says of its place.
const SKIPPED: [&str; 10] = [
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "delInstrText",
    "Fallback",
    "rPr",
    "sectPr",
    "posOffset",
    "annotationRef",
];

/// The walk through a part.
struct Body<'a> {
    pages: Pages,
    /// Elements that are passed over, one in the other.
    skipped: usize,
    headings: &'a BTreeSet<String>,
    notes: &'a BTreeMap<(&'static str, String), Vec<String>>,
    /// Notes that the paragraph asks for.
    asked: Vec<(&'static str, String)>,
    /// Whether in an element that holds text.
    in_text: usize,
}

impl Body<'_> {
    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(tag) if self.skipped > 0 || SKIPPED.contains(&tag.name) => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Text(_) if self.skipped > 0 => {}
            Node::Open(tag) => self.open(&tag),
            Node::Close("t") => self.in_text = self.in_text.saturating_sub(1),
            Node::Close("p") => self.end_paragraph(),
            Node::Close(_) => {}
            Node::Text(text) if self.in_text > 0 => self.pages.push(text),
            Node::Text(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "p" => self.pages.begin(),
            "t" => self.in_text += 1,
            "tab" => self.pages.push("\t"),
            "br" | "cr" => self.pages.line_break(),
            "noBreakHyphen" => self.pages.push("\u{2011}"),
            "pStyle" if tag.attr("val").is_some_and(|id| self.headings.contains(&id)) => self.pages.heading(),
            "outlineLvl"
                if tag.attr("val").is_some_and(|level| level.parse::<u8>().is_ok_and(|level| level < 9)) =>
            {
                self.pages.heading();
            }
            "footnoteReference" => self.asked.extend(tag.attr("id").map(|id| ("footnote", id))),
            "endnoteReference" => self.asked.extend(tag.attr("id").map(|id| ("endnote", id))),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.pages.end();
        if self.pages.is_in_paragraph() {
            return;
        }
        for asked in std::mem::take(&mut self.asked) {
            for text in self.notes.get(&asked).into_iter().flatten() {
                self.pages.begin();
                self.pages.push(text);
                self.pages.end();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::articles::office::testing::{self, packed};

    const STYLES: &str = "<w:styles><w:style w:styleId='a1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr>\
        </w:style><w:style w:styleId='mine'><w:basedOn w:val='a1'/></w:style><w:style w:styleId='r'><w:basedOn w:val='r'/></w:style></w:styles>";

    fn document(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        let mut parts = vec![("word/document.xml", document.as_str()), ("word/styles.xml", STYLES)];
        parts.extend(more);
        packed(&parts)
    }

    fn lines(body: &str, more: &[(&str, &str)]) -> String {
        testing::shown(read(&document(body, more), Asked::default()))
    }

    #[test]
    fn paragraphs_headings_and_what_is_no_text() {
        let got = lines(
            "<w:p><w:pPr><w:pStyle w:val='mine'/><w:rPr><w:t>no</w:t></w:rPr></w:pPr><w:r><w:t>Depot </w:t></w:r><w:r><w:t>burnt</w:t></w:r></w:p>\
             <w:p/><w:p><w:r><w:t xml:space='preserve'>It burnt</w:t><w:br/><w:t>at night, a caf&#xE9; said.</w:t></w:r>\
             <w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t> New.</w:t></w:r></w:ins>\
             <w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell one</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cell two</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            &[],
        );
        assert_eq!(
            got,
            "title: Depot burnt\n\n[headline] Depot burnt\n\nIt burnt\nat night, a caf\u{e9} said. New.\n\nCell one\n\nCell two"
        );
    }

    #[test]
    fn notes_and_boxes_come_after_their_paragraph_and_properties_are_kept() {
        let got = lines(
            "<w:p><w:r><w:t>He took it.</w:t><w:footnoteReference w:id='2'/></w:r></w:p>\
             <w:p><w:r><w:t>She</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>\
             </w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r>\
             <w:r><w:t> denied it.</w:t></w:r></w:p>",
            &[
                (
                    "word/footnotes.xml",
                    "<w:footnotes><w:footnote w:id='0' w:type='separator'><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>\
                  <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>So a witness.</w:t></w:r></w:p></w:footnote></w:footnotes>",
                ),
                (
                    "docProps/core.xml",
                    "<cp:coreProperties><dc:title>A name</dc:title><dc:creator>Ines</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>",
                ),
            ],
        );
        assert_eq!(
            got,
            "title: A name\nbyline: Ines\nlang: en-GB\n\nHe took it.\n\nSo a witness.\n\nShe denied it.\n\nIn a box."
        );
    }

    #[test]
    fn the_part_is_found_by_its_link_and_what_is_missing_is_said() {
        let links = "<Relationships><Relationship Type='x/styles' Target='no'/><Relationship Type='http://x/officeDocument' Target='/w/d.xml'/></Relationships>";
        let bytes =
            packed(&[("_rels/.rels", links), ("w/d.xml", "<w:p><w:r><w:t>Words here.</w:t></w:r></w:p>")]);
        assert_eq!(testing::shown(read(&bytes, Asked::default())), "\nWords here.");
        let none = read(&packed(&[("a.txt", "x")]), Asked::default());
        assert!(matches!(none, Err(ReadError::Broken { why, .. }) if why.contains("word/document.xml")));
        let cut = packed(&[(
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p><w:p",
        )]);
        let Found { articles, warnings, .. } = read(&cut, Asked::default()).unwrap();
        assert_eq!((articles[0].text.as_str(), warnings.len()), ("Words.", 1));
        assert_eq!(read(&document("", &[]), Asked::default()), Err(ReadError::NoWords));
        let bad = document("<w:p><w:r><w:t>Two \u{fffd}\u{fffd} here.</w:t></w:r></w:p>", &[]);
        let Found { warnings, .. } = read(&bad, Asked::default()).unwrap();
        assert_eq!(warnings, [Warning("2 places are no letter, and read as `\u{fffd}`".to_owned())]);
    }
}
