//! Books (`.epub`): the chapters in the order of the book, title, author, date, publisher and language.
//!
//! Read from the package document and its spine (EPUB 3.3). The cover, the navigation and what is not in the order of reading
//! are left out, and counted.

use crate::formats::articles::ArticleIn;
use crate::formats::articles::found::{Asked, Found, Left, Pieces};
use crate::formats::articles::packed::{Packed, beside};
use crate::formats::articles::pages::{Pages, article_of};
use crate::formats::articles::xml::{Node, Tag, walk};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};
use crate::model::article::Meta;
use crate::text::message;
use std::collections::BTreeMap;

pub(in crate::formats) const FORMAT: Format = Format {
    id: "epub",
    name: "EPUB",
    extensions: &["epub"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

const WHAT: &str = "an EPUB book";

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let mut packed = Packed::open(WHAT, bytes)?;
    let mut path = None;
    walk(&packed.needed("META-INF/container.xml")?, |node| {
        if let Node::Open(tag) = node
            && tag.name == "rootfile"
            && path.is_none()
        {
            path = tag.attr("full-path");
        }
    });
    let path = path.unwrap_or_default();
    let package = Package::of(&packed.needed(&path)?);
    let mut chapters = vec![];
    let (mut warnings, mut n_left) = (Vec::new(), 0);
    for item in &package.spine {
        let known = package.items.get(item);
        let Some((link, _)) = known.filter(|(_, is_text)| *is_text) else {
            n_left += 1;
            continue;
        };
        let Some(chapter) = packed.entry(&beside(&path, link))? else {
            warnings.push(Warning(format!("the chapter `{link}` is missing")));
            continue;
        };
        if asked.pieces == Pieces::Chapters || chapters.is_empty() {
            chapters.push((link, Pages::default()));
        }
        let fault = chapters.last_mut().and_then(|(_, pages)| chapter_into(&chapter, pages));
        if let Some(fault) = fault {
            warnings.push(Warning(format!("the chapter `{link}` is {fault}: its rest is missing")));
        }
    }
    if n_left > 0 {
        let n = if n_left == 1 { "1 page is".to_owned() } else { format!("{n_left} pages are") };
        warnings
            .push(Warning(format!("{n} left out: cover, contents or what is not in the order of reading")));
    }
    match asked.pieces {
        Pieces::Whole => {
            let pages = chapters.pop().map(|(_, pages)| pages).unwrap_or_default();
            whole(pages, package.meta, asked, warnings)
        }
        Pieces::Chapters => apart(chapters, &package.meta, asked, warnings),
    }
}

/// A book that is one article.
fn whole(pages: Pages, meta: Meta, asked: Asked<'_>, warnings: Vec<Warning>) -> Result<Found, ReadError> {
    // The first heading of a book is that of a chapter.
    let title = meta.title.clone();
    let mut found = article_of(pages, meta, asked, "UTF-8", warnings)?;
    for article in &mut found.articles {
        article.meta.title = title.clone().or(article.meta.title.take());
    }
    Ok(found)
}

/// A book of which each chapter is an article, with the book's title as its section.
fn apart(
    chapters: Vec<(&String, Pages)>,
    of_book: &Meta,
    asked: Asked<'_>,
    warnings: Vec<Warning>,
) -> Result<Found, ReadError> {
    let mut all = Found { warnings, ..Found::default() };
    for ((link, pages), n) in chapters.into_iter().zip(1..) {
        let place = format!("chapter {n}");
        let meta = Meta { title: None, section: of_book.title.clone(), ..of_book.clone() };
        match article_of(pages, meta, asked, "UTF-8", vec![]) {
            Ok(found) => {
                let articles = found.articles.into_iter();
                all.articles.extend(articles.map(|article| ArticleIn { place: place.clone(), ..article }));
                let said = found.warnings.into_iter();
                all.warnings.extend(said.map(|Warning(said)| Warning(format!("{place}: {said}"))));
            }
            // A page with a picture.
            Err(ReadError::NoWords) => {
                let why = "no text in it".to_owned();
                all.left.push(Left { place, title: link.clone(), why });
            }
            Err(error) => {
                let why = message::what(&error.to_string()).to_owned();
                all.left.push(Left { place, title: link.clone(), why });
            }
        }
    }
    if all.articles.is_empty() { Err(ReadError::NoWords) } else { Ok(all) }
}

/// What the package document says.
#[derive(Default)]
struct Package {
    meta: Meta,
    /// By its id: where it lies, and whether it is text to be read.
    items: BTreeMap<String, (String, bool)>,
    spine: Vec<String>,
}

impl Package {
    fn of(bytes: &[u8]) -> Self {
        let mut package = Self::default();
        let mut text = String::new();
        walk(bytes, |node| match node {
            Node::Open(tag) => {
                text.clear();
                package.open(&tag);
            }
            Node::Text(more) => text.push_str(more),
            Node::Close(name) => {
                let words = Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
                    .filter(|words| !words.is_empty());
                let meta = &mut package.meta;
                let field = match name {
                    "title" => &mut meta.title,
                    "creator" => &mut meta.byline,
                    "publisher" => &mut meta.outlet,
                    "language" => &mut meta.lang,
                    "date" => {
                        let day: Option<String> =
                            words.as_ref().map(|words| words.chars().take(10).collect());
                        let day = day.filter(|day| crate::formats::articles::arrivals::is_date(day));
                        meta.published_as =
                            meta.published_as.take().or_else(|| words.clone().filter(|_| day.is_none()));
                        meta.published = meta.published.take().or(day);
                        return text.clear();
                    }
                    _ => return text.clear(),
                };
                *field = field.take().or(words);
                text.clear();
            }
        });
        package
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "item" => {
                let (Some(id), Some(link)) = (tag.attr("id"), tag.attr("href")) else { return };
                let kind = tag.attr("media-type").unwrap_or_default();
                let properties = tag.attr("properties").unwrap_or_default();
                let is_aid = properties.split_whitespace().any(|word| matches!(word, "nav" | "cover-image"));
                let is_cover = matches!(
                    id.to_lowercase().as_str(),
                    "cover" | "coverpage" | "cover-page" | "toc" | "nav"
                );
                let is_text = matches!(kind.as_str(), "application/xhtml+xml" | "text/html" | "");
                self.items.insert(id, (percent_decoded(&link), is_text && !is_aid && !is_cover));
            }
            "itemref" => {
                let is_in_order = tag.attr("linear").is_none_or(|linear| linear != "no");
                // What is not in the order of reading is left out under a name that nothing has.
                self.spine.push(tag.attr("idref").filter(|_| is_in_order).unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// `a%20b` as `a b`, without what stands behind `#`.
fn percent_decoded(link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = after.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What is in no text although it stands in a page.
const SKIPPED: [&str; 9] = ["head", "script", "style", "nav", "svg", "rt", "rp", "iframe", "audio"];
/// What begins and ends a paragraph.
const BLOCKS: [&str; 28] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "tr",
    "td",
    "th",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "main",
    "figcaption",
    "hr",
];

/// Adds the paragraphs of a page.
fn chapter_into(bytes: &[u8], pages: &mut Pages) -> Option<String> {
    let mut skipped = 0;
    let mut is_open = false;
    let end = |pages: &mut Pages, is_open: &mut bool| {
        if std::mem::take(is_open) {
            pages.end();
        }
    };
    let fault = walk(bytes, |node| match node {
        Node::Open(tag) if skipped > 0 || SKIPPED.contains(&tag.name) => skipped += 1,
        Node::Close(_) if skipped > 0 => skipped -= 1,
        Node::Text(_) if skipped > 0 => {}
        Node::Open(tag) if BLOCKS.contains(&tag.name) => {
            end(pages, &mut is_open);
            if matches!(tag.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
                pages.begin();
                pages.heading();
                is_open = true;
            }
        }
        Node::Close(name) if BLOCKS.contains(&name) => end(pages, &mut is_open),
        Node::Open(tag) if tag.name == "br" && is_open => pages.line_break(),
        Node::Open(_) | Node::Close(_) => {}
        Node::Text(text) => {
            if !is_open && text.trim().is_empty() {
                return;
            }
            if !std::mem::replace(&mut is_open, true) {
                pages.begin();
            }
            pages.push(text);
        }
    });
    end(pages, &mut is_open);
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::articles::office::testing::{packed, shown};

    const CONTAINER: &str =
        "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";

    #[test]
    fn chapters_come_in_the_order_of_the_book() {
        let package = "<package><metadata><dc:title>Reports</dc:title><dc:creator>Ines</dc:creator><dc:publisher>Post</dc:publisher><dc:date>2024-05-06T00:00:00Z</dc:date>\
            <dc:language>en</dc:language></metadata><manifest><item id='b' href='b%20b.xhtml' media-type='application/xhtml+xml'/>\
            <item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='b'/><itemref idref='a'/></spine></package>";
        let b = "<html><head><title>no</title></head><body><h1>First</h1><p>It <b>burnt</b>.<br/>At night.</p><div>Loose &amp; free.<p>In it.</p>After.</div></body></html>";
        let a = "<html><body><h2>Second</h2><blockquote><p>He denied&nbsp;it.</p></blockquote><script>x()</script></body></html>";
        let parts = [
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", package),
            ("OEBPS/b b.xhtml", b),
            ("OEBPS/a.xhtml", a),
        ];
        assert_eq!(
            shown(read(&packed(&parts), Asked::default())),
            "title: Reports\nbyline: Ines\noutlet: Post\ndate: 2024-05-06\nlang: en\n\n[headline] First\n\nIt burnt.\nAt night.\n\nLoose & free.\n\nIn it.\n\nAfter.\n\n\
             [headline] Second\n\nHe denied\u{a0}it."
        );
    }

    #[test]
    fn cover_and_contents_are_left_out_and_counted() {
        let package = "<package><manifest><item id='cover' href='c.xhtml' media-type='application/xhtml+xml'/><item id='n' properties='nav' href='n.xhtml' \
            media-type='application/xhtml+xml'/><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='x' href='x.xhtml' media-type='application/xhtml+xml'/>\
            </manifest><spine><itemref idref='cover'/><itemref idref='n'/><itemref idref='a'/><itemref idref='x'/><itemref idref='a' linear='no'/></spine></package>";
        let page = "<html><body><p>Words here.</p></body></html>";
        let parts = [
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", package),
            ("OEBPS/a.xhtml", page),
            ("OEBPS/c.xhtml", page),
            ("OEBPS/n.xhtml", page),
        ];
        let Found { articles, warnings, .. } = read(&packed(&parts), Asked::default()).unwrap();
        assert_eq!(articles[0].text, "Words here.");
        let said: Vec<&str> = warnings.iter().map(|warning| warning.0.as_str()).collect();
        assert_eq!(
            said,
            [
                "the chapter `x.xhtml` is missing",
                "3 pages are left out: cover, contents or what is not in the order of reading"
            ]
        );
    }

    #[test]
    fn each_chapter_is_an_article_where_that_is_asked() {
        let package = "<package><metadata><dc:title>Reports</dc:title><dc:creator>Ines</dc:creator><dc:language>en</dc:language></metadata><manifest>\
            <item id='n' properties='nav' href='n.xhtml' media-type='application/xhtml+xml'/><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
            <item id='p' href='p.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest>\
            <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='p'/><itemref idref='b'/></spine></package>";
        let parts = [
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", package),
            ("OEBPS/a.xhtml", "<html><body><h1>First</h1><p>It burnt.</p></body></html>"),
            ("OEBPS/p.xhtml", "<html><body><img src='p.png'/></body></html>"),
            ("OEBPS/b.xhtml", "<html><body><p>He denied it.</p><h2>Later</h2><p>He left.</p></body></html>"),
        ];
        let asked = Asked { pieces: Pieces::Chapters, ..Asked::default() };
        let Found { articles, left, warnings, .. } = read(&packed(&parts), asked).unwrap();
        let shown = |article: &ArticleIn| {
            let meta = &article.meta;
            let known = [&meta.title, &meta.section, &meta.byline, &meta.lang].map(Option::as_deref);
            (article.place.clone(), known.map(Option::unwrap_or_default).join("|"), article.text.clone())
        };
        let shown: Vec<_> = articles.iter().map(shown).collect();
        let want = |place: &str, meta: &str, text: &str| (place.to_owned(), meta.to_owned(), text.to_owned());
        assert_eq!(
            shown,
            [
                want("chapter 1", "First|Reports|Ines|en", "First\n\nIt burnt."),
                want("chapter 3", "Later|Reports|Ines|en", "He denied it.\n\nLater\n\nHe left."),
            ]
        );
        let why = "no text in it".to_owned();
        assert_eq!(left, [Left { place: "chapter 2".to_owned(), title: "p.xhtml".to_owned(), why }]);
        assert_eq!(warnings.len(), 1);
        // As one they are one, with the title of the book.
        let Found { articles, left, .. } = read(&packed(&parts), Asked::default()).unwrap();
        assert_eq!((articles.len(), left.len()), (1, 0));
        assert_eq!(articles[0].meta.title.as_deref(), Some("Reports"));
    }
}
