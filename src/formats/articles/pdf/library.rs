//! What the library makes of a PDF, as an article: blocks of text, page by page, what they are like, and why there may be none.
//!
//! The one file that knows the library. Heads, feet and page numbers among them
//! are found in `pages`. What could make it fall or hang is refused before it reads (`guard`).

use crate::formats::articles::found::{Asked, Doubt, Found, Left};
use crate::formats::articles::pages::{Pages, article_of};
use crate::formats::articles::pdf::pages::{Block, Kind, cleaned};
use crate::formats::articles::pdf::{WHAT, guard};
use crate::formats::reading::{ReadError, Warning};
use crate::model::article::Meta;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use unpdf::model::{ExtractionQuality, Page};
use unpdf::{Block as Piece, Error, PageStreamOptions, ParseEvent, ParseOptions, PdfParser};

pub(super) fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let book = book(&guard::checked(bytes).map_err(broken)?)?;
    let seen = Seen::of(&book.pages);
    if let Some(error) = seen.no_text(&book) {
        return Err(error);
    }
    let cleaned = cleaned(book.pages.iter().map(blocks_of).collect());
    let mut warnings = seen.warnings(&book);
    let n_omitted = book.pages.iter().filter(|page| page.omitted_page_number_chars > 0).count();
    warnings.extend(cleaned.left_out(n_omitted));
    let mut doubts = seen.doubts();
    if cleaned.n_long > 0 {
        let n = some(cleaned.n_long, "paragraph has", "paragraphs have");
        doubts.push(Doubt::Other(format!("paragraphs uncertain: {n} more than 250 words")));
    }
    let mut pages = Pages::default();
    for block in &cleaned.blocks {
        pages.begin();
        if block.kind == Kind::Heading {
            pages.heading();
        }
        for (n, line) in block.text.split('\n').enumerate() {
            if n > 0 {
                pages.line_break();
            }
            pages.push(line);
        }
        pages.end();
    }
    let mut found = article_of(pages, Meta::default(), asked, "UTF-8", warnings)?;
    if let [article] = found.articles.as_mut_slice() {
        let title = cleaned.title.or(article.meta.title.take());
        article.meta.title = title.or_else(|| book.title.filter(|title| is_title(title)));
    }
    if let Some(article) = found.articles.first_mut() {
        article.doubts.append(&mut doubts);
    }
    found.left.extend(seen.left());
    Ok(found)
}

/// What the library reads of a file.
#[derive(Default)]
struct Book {
    pages: Vec<Page>,
    /// As the program that made the file noted it.
    title: Option<String>,
    n_failed: usize,
    is_cut: bool,
    quality: ExtractionQuality,
}

/// More text than an article may have: what comes after is left.
const MAX_TEXT_BYTES: usize = crate::formats::reading::MAX_ARTICLE_BYTES + 1;

fn book(bytes: &[u8]) -> Result<Book, ReadError> {
    let said = |error| match error {
        Error::Encrypted | Error::InvalidPassword => broken("it has a password".to_owned()),
        Error::UnsupportedVersion(_) => broken("it is locked in a way that is not known".to_owned()),
        Error::UnknownFormat => broken("it does not begin as one".to_owned()),
        other => broken(other.to_string().to_lowercase()),
    };
    let options = ParseOptions::new().lenient().sequential();
    let parser = PdfParser::from_bytes_with_options(bytes, options.clone()).map_err(said)?;
    let n_pages = parser.page_count() as usize;
    if n_pages > guard::MAX_PAGES {
        return Err(broken(format!("it has {n_pages} pages, the limit is {}", guard::MAX_PAGES)));
    }
    let mut book = Book::default();
    let mut n_bytes = 0;
    let quality = parser.for_each_page(PageStreamOptions::from(&options), |event| {
        match event {
            ParseEvent::DocumentStart { metadata, .. } => book.title = metadata.title,
            ParseEvent::PageParsed(page) => {
                n_bytes += page.plain_text().len();
                book.pages.push(page);
            }
            ParseEvent::PageFailed { .. } => book.n_failed += 1,
            ParseEvent::Progress { .. } | ParseEvent::DocumentEnd { .. } => {}
        }
        book.is_cut = n_bytes > MAX_TEXT_BYTES;
        if book.is_cut { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    book.quality = quality.map_err(said)?;
    Ok(book)
}

/// Blocks of text on a page, in the order in which they are read.
fn blocks_of(page: &Page) -> Vec<Block> {
    let mut blocks = Vec::new();
    for piece in &page.elements {
        match piece {
            Piece::Paragraph(paragraph) => {
                let kind = match (paragraph.is_heading(), paragraph.is_list_item()) {
                    (true, _) => Kind::Heading,
                    (false, true) => Kind::Item,
                    (false, false) => Kind::Prose,
                };
                // The first level is the largest.
                let rank = paragraph.heading_level().map_or(0, |level| 7_u8.saturating_sub(level));
                blocks.push(Block::new(paragraph.plain_text(), rank, kind));
            }
            Piece::Table(table) => {
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| cell.plain_text().replace('\n', " "));
                    let cells: Vec<String> = cells.filter(|cell| !cell.trim().is_empty()).collect();
                    blocks.push(Block::new(cells.join("\t"), 0, Kind::Row));
                }
            }
            // Letters of one width among others, line by line.
            Piece::Code { content } => blocks.push(Block::new(content.clone(), 0, Kind::Row)),
            _ => {}
        }
    }
    blocks.retain(|block| !block.text.trim().is_empty());
    blocks
}

/// What the pages of a file are like.
struct Seen {
    n_pages: usize,
    /// Pages, counted from 1, that are pictures without text.
    pictures: Vec<u32>,
    n_words: usize,
    /// Letters that nobody sees, below a picture of them, and those that show.
    n_unseen: u64,
    n_shown: u64,
    n_senseless: usize,
    fonts: BTreeSet<String>,
    n_unreadable: usize,
    n_guessed: usize,
}

impl Seen {
    fn of(pages: &[Page]) -> Self {
        let n = |is: fn(&Page) -> bool| pages.iter().filter(|page| is(page)).count();
        let is_picture =
            |page: &&Page| page.elements.is_empty() && (page.image_coverage > 0.5 || page.image_op_count > 0);
        let fonts = pages.iter().flat_map(|page| &page.unreadable_fonts);
        Self {
            n_pages: pages.len(),
            pictures: pages.iter().filter(is_picture).map(|page| page.number).collect(),
            n_words: pages.iter().map(|page| page.plain_text().split_whitespace().count()).sum(),
            n_unseen: pages.iter().map(|page| u64::from(page.invisible_text_chars)).sum(),
            n_shown: pages.iter().map(|page| u64::from(page.painted_text_chars)).sum(),
            n_senseless: n(|page| page.ocr_text_suppressed),
            fonts: fonts.map(|font| font.name.clone()).collect(),
            n_unreadable: n(|page| page.suppressed_text_runs > 0 || page.undecoded_text_codes > 0),
            n_guessed: n(|page| page.ambiguous_layout_regions > 0),
        }
    }

    /// Why there is no article: a scan, fonts that nothing can be read of.
    fn no_text(&self, book: &Book) -> Option<ReadError> {
        let n_pictures = self.pictures.len();
        // A cover that says where the scan comes from is not its text.
        if n_pictures > 0 && n_pictures * 5 >= self.n_pages * 4 && self.n_words < 50 {
            return Some(ReadError::Scan { n_pages: self.n_pages });
        }
        if self.n_words > 0 {
            return None;
        }
        if self.n_unreadable > 0 {
            return Some(broken("no letter of its fonts says which one it is".to_owned()));
        }
        if book.n_failed > 0 || book.pages.is_empty() {
            return Some(broken("none of its pages can be read".to_owned()));
        }
        Some(ReadError::NoWords)
    }

    fn warnings(&self, book: &Book) -> Vec<Warning> {
        let mut said = Vec::new();
        if self.n_unseen > self.n_shown {
            said.push(
                "its letters were recognised by a program in pictures of its pages (OCR): some may be wrong"
                    .to_owned(),
            );
        }
        if self.n_senseless > 0 {
            let n = some(self.n_senseless, "page was", "pages were");
            said.push(format!("what was recognised in pictures of {n} makes no sense and is left out"));
        }
        if self.n_unreadable > 0 {
            let n = some(self.n_unreadable, "page", "pages");
            let fonts: Vec<&str> = self.fonts.iter().take(3).map(String::as_str).collect();
            let fonts =
                if fonts.is_empty() { String::new() } else { format!(", as of `{}`", fonts.join("`, `")) };
            said.push(format!("letters on {n} are in fonts that cannot be read{fonts}: text is missing"));
        }
        if book.n_failed > 0 {
            said.push(format!("{} could not be read", some(book.n_failed, "page", "pages")));
        }
        if book.quality.pages_incomplete && !book.is_cut {
            said.push("the file is damaged: pages are missing".to_owned());
        } else if book.quality.xref_reconstructed {
            said.push("the file is damaged, and was put together again: text may be missing".to_owned());
        }
        if book.quality.undecodable_content_streams > 0 {
            said.push("the file is damaged: text of some pages is missing".to_owned());
        }
        said.into_iter().map(Warning).collect()
    }

    fn doubts(&self) -> Vec<Doubt> {
        let mut said = Vec::new();
        if self.n_unseen > self.n_shown {
            said.push("its letters were recognised in pictures (OCR)".to_owned());
        }
        if self.n_unreadable > 0 {
            said.push("text in fonts that cannot be read is missing".to_owned());
        }
        if self.n_guessed > 0 {
            let n = some(self.n_guessed, "page", "pages");
            said.push(format!("which column comes first is a guess on {n}"));
        }
        said.into_iter().map(Doubt::Other).collect()
    }

    fn left(&self) -> impl Iterator<Item = Left> {
        self.pictures.iter().map(|number| Left {
            place: format!("page {number}"),
            title: String::new(),
            why: "a picture without text".to_owned(),
        })
    }
}

/// `1 page`, `3 pages`.
fn some(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn broken(why: String) -> ReadError {
    ReadError::Broken { what: WHAT, why }
}

/// Whether what a program noted as a title can be one: most note the name of a file.
fn is_title(title: &str) -> bool {
    const MADE_BY: [&str; 7] =
        ["microsoft", "powerpoint", "untitled", "unbenannt", "sans titre", "layout 1", "print"];
    const ENDINGS: [&str; 9] = [".doc", ".docx", ".indd", ".qxp", ".qxd", ".pdf", ".txt", ".rtf", ".html"];
    let title = title.trim().to_lowercase();
    title.contains(' ')
        && !MADE_BY.iter().any(|made_by| title.starts_with(made_by))
        && !ENDINGS.iter().any(|ending| title.ends_with(ending))
        && !title.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_noted_is_a_title_or_not() {
        let check = |title: &str, want: bool| assert_eq!(is_title(title), want, "{title}");
        check("Depot burnt down in Lynd", true);
        check("Microsoft Word - depot final.doc", false);
        check("Depot final.indd", false);
        check("Untitled document", false);
        check("depot", false);
        check("", false);
    }
}
