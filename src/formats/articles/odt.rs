//! Documents of `LibreOffice` (`.odt`): paragraphs with headings, tables and notes in order, title, author and language.
//!
//! Read from `content.xml` (`OpenDocument` 1.3). Annotations, tracked changes and what is only shown are no text of the article.

use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::office;
use crate::formats::articles::packed::Packed;
use crate::formats::articles::pages::{Pages, article_of};
use crate::formats::articles::xml::{Node, Tag, walk};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};
use std::collections::BTreeSet;

pub(in crate::formats) const FORMAT: Format = Format {
    id: "odt",
    name: "OpenDocument text",
    extensions: &["odt", "ott", "fodt"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::MoreMetadata],
};

const WHAT: &str = "an OpenDocument text";

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    // The same in one file, without an archive.
    let is_flat = !bytes.starts_with(b"PK") && memchr::memmem::find(bytes, b"office:document").is_some();
    let (content, about) = if is_flat {
        (bytes.to_vec(), Some(bytes.to_vec()))
    } else {
        let mut packed = Packed::open(WHAT, bytes)?;
        (packed.needed("content.xml")?, packed.entry("meta.xml")?)
    };
    let meta = about.map(|bytes| office::properties(&bytes)).unwrap_or_default();
    let mut body = Body::default();
    let fault = walk(&content, |node| body.take(node));
    let warnings =
        fault.map(|fault| Warning(format!("the document is {fault}: what comes after is missing")));
    article_of(body.pages, meta, asked, "UTF-8", warnings.into_iter().collect())
}

/// What is in no text although it stands in one.
const SKIPPED: [&str; 10] = [
    "annotation",
    "tracked-changes",
    "note-citation",
    "forms",
    "ruby-text",
    "title",
    "desc",
    "binary-data",
    "sequence-decls",
    "meta",
];
/// More blanks in one place are no text.
const MOST_BLANKS: usize = 64;

/// The walk through the content.
#[derive(Default)]
struct Body {
    pages: Pages,
    /// Elements that are passed over, one in the other.
    skipped: usize,
    /// Styles that are a title's, by their names.
    titles: BTreeSet<String>,
    is_text: bool,
}

impl Body {
    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(tag) if self.skipped > 0 || SKIPPED.contains(&tag.name) => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Text(_) if self.skipped > 0 => {}
            Node::Open(tag) => self.open(&tag),
            Node::Close("p" | "h") if self.is_text => self.pages.end(),
            Node::Close(_) => {}
            // Runs of white space are one blank; more are written as elements.
            Node::Text(text) => self.pages.push(text),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let style = || tag.attr("style-name").unwrap_or_default();
        match tag.name {
            "style" if tag.attr("parent-style-name").as_deref() == Some("Title") => {
                self.titles.extend(tag.attr("name"));
            }
            "text" => self.is_text = true,
            "p" | "h" if self.is_text => {
                self.pages.begin();
                if tag.name == "h" || style() == "Title" || self.titles.contains(&style()) {
                    self.pages.heading();
                }
            }
            "s" => {
                let n = tag.attr("c").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                self.pages.push(&" ".repeat(n.min(MOST_BLANKS)));
            }
            "tab" => self.pages.push("\t"),
            "line-break" => self.pages.line_break(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::articles::office::testing::{packed, shown};

    #[test]
    fn paragraphs_headings_notes_and_properties() {
        let content = "<office:document-content><office:automatic-styles><style:style style:name='P1' style:parent-style-name='Title'/>\
            </office:automatic-styles><office:body><office:text><text:tracked-changes><text:p>old</text:p></text:tracked-changes>\
            <text:p text:style-name='P1'>Depot burnt</text:p><text:p>It<text:s text:c='2'/>burnt\n  at night.<text:note><text:note-citation>1\
            </text:note-citation><text:note-body><text:p>So a witness.</text:p></text:note-body></text:note> She<text:line-break/>denied it.\
            <office:annotation><text:p>mine</text:p></office:annotation></text:p>\
            <text:h>Later</text:h><table:table><table:table-row><table:table-cell><text:p>One cell.</text:p></table:table-cell></table:table-row>\
            </table:table></office:text></office:body></office:document-content>";
        let meta = "<office:document-meta><office:meta><dc:title>Name</dc:title><meta:initial-creator>Ines</meta:initial-creator><dc:creator>Ben</dc:creator>\
            <dc:language>de</dc:language></office:meta></office:document-meta>";
        let got = shown(read(&packed(&[("content.xml", content), ("meta.xml", meta)]), Asked::default()));
        assert_eq!(
            got,
            "title: Depot burnt\nbyline: Ines\nlang: de\n\n[headline] Depot burnt\n\nIt  burnt   at night. She\ndenied it.\n\nSo a witness.\n\n\
             [headline] Later\n\nOne cell."
        );
        let flat = content.replace("document-content", "document");
        assert!(shown(read(flat.as_bytes(), Asked::default())).contains("[headline] Depot burnt"));
    }
}
