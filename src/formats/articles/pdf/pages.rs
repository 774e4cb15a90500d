//! Blocks of text on pages to the paragraphs of an article: running heads and feet and page numbers go and are counted, what a
//! page or a column parted is joined, the title is found. No library does this.

use crate::formats::articles::blocks;
use crate::formats::articles::pdf::numbers::{self, fold, numbers_in};
use crate::formats::reading::Warning;
use crate::text::wrapping::ends_sentence;
use std::collections::{BTreeMap, BTreeSet};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Prose,
    Heading,
    Item,
    /// A row of a table, or lines that stand as they are.
    Row,
}

/// Some text that stands together on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// A line feed is a line break that is meant.
    pub text: String,
    /// How large a heading is beside others of its page, of 6; 0 for what is none.
    pub rank: u8,
    pub kind: Kind,
}

impl Block {
    pub fn new(text: String, rank: u8, kind: Kind) -> Self {
        Self { text, rank, kind }
    }
}

/// The paragraphs of an article.
#[derive(Debug, Default)]
pub(super) struct Cleaned {
    pub blocks: Vec<Block>,
    /// The largest heading of the first page.
    pub title: Option<String>,
    /// Paragraphs that are so long that several may be in one.
    pub n_long: usize,
    /// Running heads and feet, and one of each.
    n_heads: usize,
    heads: BTreeMap<String, String>,
    n_numbers: usize,
}

impl Cleaned {
    fn without_head(&mut self, text: &str) {
        self.n_heads += 1;
        let key = fold(text);
        if self.heads.len() < N_SHOWN {
            self.heads.entry(key).or_insert_with(|| text.trim().to_owned());
        }
    }

    /// What was left out, in words; `n_omitted` page numbers went before.
    pub fn left_out(&self, n_omitted: usize) -> Option<Warning> {
        let some = |n: usize, what: &str| match n {
            0 => None,
            1 => Some(format!("1 {what}")),
            n => Some(format!("{n} {what}s")),
        };
        let heads = some(self.n_heads, "running head or foot")
            .map(|said| said.replace("head or foots", "heads or feet"));
        let numbers = some(self.n_numbers + n_omitted, "page number");
        let both: Vec<String> = heads.into_iter().chain(numbers).collect();
        let is = if self.n_heads + self.n_numbers + n_omitted == 1 { "is" } else { "are" };
        let shown: Vec<&str> = self.heads.values().map(String::as_str).collect();
        let shown = if shown.is_empty() { String::new() } else { format!(", as `{}`", shown.join("`, `")) };
        (!both.is_empty()).then(|| Warning(format!("{} {is} left out{shown}", both.join(" and "))))
    }
}

/// So many of the heads and feet are named.
const N_SHOWN: usize = 3;
/// Longer blocks are no heads.
const MAX_HEAD_CHARS: usize = 120;
/// A paragraph with more may be several.
const MAX_WORDS: usize = 250;
/// The same where words have no spaces between them.
const MAX_CHARS: usize = 2500;
/// A heading is no longer.
const MAX_HEADING_CHARS: usize = 300;
/// A title is parted in no more.
const MAX_TITLE_BLOCKS: usize = 3;
/// As many words at the end of a block may be a foot that came too near.
const MAX_GLUED_WORDS: usize = 10;
/// A foot glued to fewer words than this is a block of its own.
const MIN_GLUED_TO: usize = 4;

/// The paragraphs of these pages.
pub(super) fn cleaned(mut pages: Vec<Vec<Block>>) -> Cleaned {
    let mut cleaned = Cleaned::default();
    for block in pages.iter_mut().flatten() {
        let is_long = block.text.chars().count() > MAX_HEADING_CHARS;
        if block.kind == Kind::Heading && (is_long || is_prose(&block.text)) {
            block.kind = Kind::Prose;
        }
    }
    drop_numbers(&mut pages, &mut cleaned);
    drop_heads(&mut pages, &mut cleaned);
    // A page number may have stood beyond a head.
    drop_numbers(&mut pages, &mut cleaned);
    cut_feet(&mut pages, &mut cleaned);
    cleaned.title = title(&mut pages);
    for block in pages.into_iter().flatten() {
        match cleaned.blocks.last_mut() {
            Some(before) if goes_on(before, &block) => join(&mut before.text, &block.text),
            _ => cleaned.blocks.push(block),
        }
    }
    let is_long = |block: &&Block| {
        block.kind == Kind::Prose
            && (block.text.split_whitespace().count() > MAX_WORDS || block.text.chars().count() > MAX_CHARS)
    };
    cleaned.n_long = cleaned.blocks.iter().filter(is_long).count();
    cleaned
}

/// A sentence of prose, which the library took for a heading for its bold letters.
fn is_prose(text: &str) -> bool {
    text.ends_with('.') && text.split_whitespace().count() > 12
}

/// Drops page numbers that stand alone at the ends of a page.
fn drop_numbers(pages: &mut [Vec<Block>], cleaned: &mut Cleaned) {
    let bare = bare_numbers(pages);
    for (page_idx, page) in pages.iter_mut().enumerate() {
        for at_end in [false, true] {
            while let Some(block) = if at_end { page.last() } else { page.first() } {
                let text = block.text.trim();
                let is_number = numbers::is_page_number(text)
                    || numbers::bare(text).is_some_and(|n| bare.contains(&(page_idx, n)));
                if !is_number {
                    break;
                }
                cleaned.n_numbers += 1;
                if at_end {
                    page.pop();
                } else {
                    page.remove(0);
                }
            }
        }
    }
}

/// Numbers alone at the ends of pages that grow with the pages, or are the page's own: its place and the number.
fn bare_numbers(pages: &[Vec<Block>]) -> BTreeSet<(usize, usize)> {
    let mut all = BTreeSet::new();
    for (page_idx, page) in pages.iter().enumerate() {
        let ends = [page.first(), page.last()].into_iter().flatten();
        all.extend(ends.filter_map(|block| numbers::bare(&block.text)).map(|n| (page_idx, n)));
    }
    let offsets = |(page_idx, n): &(usize, usize)| n.wrapping_sub(*page_idx);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for number in &all {
        *counts.entry(offsets(number)).or_default() += 1;
    }
    all.retain(|number| offsets(number) == 1 || counts.get(&offsets(number)).is_some_and(|n| *n > 1));
    all
}

/// Where a text of which others differ in nothing but numbers stands.
#[derive(Default)]
struct Repeated {
    /// Page, and the numbers in it.
    at: Vec<(usize, Vec<usize>)>,
    /// Whether always among the first or last two of its page.
    is_inside: bool,
}

impl Repeated {
    fn n_pages(&self) -> usize {
        self.at.iter().map(|(page, _)| page).collect::<BTreeSet<_>>().len()
    }

    /// Whether its numbers are the same everywhere, or one grows with the pages.
    fn counts_pages(&self) -> bool {
        let Some((first_page, first)) = self.at.first() else { return false };
        let is_same = self.at.iter().all(|(_, numbers)| numbers == first);
        let grows = |place: usize| {
            self.at.iter().all(|(page, numbers)| match (numbers.get(place), first.get(place)) {
                (Some(n), Some(n_first)) => n.wrapping_sub(*page) == n_first.wrapping_sub(*first_page),
                _ => false,
            })
        };
        is_same || (0..first.len()).any(grows)
    }
}

/// Whether it stands on so many of the pages that it is no text of an article.
fn is_often(n: usize, n_pages: usize) -> bool {
    // Left and right pages may differ.
    n >= 3 || n >= 2 && n * 2 + 1 >= n_pages
}

fn may_be_head(block: &Block) -> bool {
    block.kind != Kind::Row
        && block.text.chars().count() <= MAX_HEAD_CHARS
        && block.text.contains(char::is_alphabetic)
}

/// Drops running heads and feet.
fn drop_heads(pages: &mut [Vec<Block>], cleaned: &mut Cleaned) {
    let title = title_idx(pages);
    let is_title = |page_idx: usize, idx: usize| page_idx == 0 && Some(idx) == title;
    let mut all: BTreeMap<String, Repeated> = BTreeMap::new();
    // What is all that a page has is its text.
    for (page_idx, page) in pages.iter().enumerate().filter(|(_, page)| page.len() > 1) {
        for (idx, block) in page.iter().enumerate().filter(|(_, block)| may_be_head(block)) {
            if is_title(page_idx, idx) {
                continue;
            }
            let repeated = all.entry(fold(&block.text)).or_default();
            repeated.at.push((page_idx, numbers_in(&block.text)));
            repeated.is_inside |= idx >= 2 && idx + 2 < page.len();
        }
    }
    let n_pages = pages.len();
    all.retain(|text, repeated| {
        let n = repeated.n_pages();
        let is_sentence = ends_sentence(text) && (repeated.is_inside || text.split(' ').count() < 4);
        // `Yes.` may be said on many pages, and `3 May`, `4 May` may be headings: they stand in the midst of a page.
        let is_head = if repeated.is_inside {
            // A right head may land between two columns.
            n >= 2 && n * 2 + 1 >= n_pages && repeated.counts_pages()
        } else {
            is_often(n, n_pages)
        };
        is_head && repeated.at.len() <= n * 2 && !is_sentence
    });
    for (page_idx, page) in pages.iter_mut().enumerate() {
        let mut idx = 0;
        page.retain(|block| {
            let is_title = is_title(page_idx, idx);
            idx += 1;
            let is_head = may_be_head(block) && !is_title && all.contains_key(&fold(&block.text));
            if is_head {
                cleaned.without_head(&block.text);
            }
            !is_head
        });
    }
}

/// The last words of a text, and what stands before them.
fn parted(text: &str, n_words: usize) -> Option<(&str, &str)> {
    let mut starts = text.split_whitespace().rev();
    let word = starts.nth(n_words.checked_sub(1)?)?;
    // A word is a piece of the text.
    let at = (word.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    (before.split_whitespace().count() >= MIN_GLUED_TO).then_some((before.trim_end(), after.trim_end()))
}

/// Cuts feet with a page number that came so near to a block that they are its end.
fn cut_feet(pages: &mut [Vec<Block>], cleaned: &mut Cleaned) {
    let mut all: BTreeMap<String, Repeated> = BTreeMap::new();
    for (page_idx, page) in pages.iter().enumerate() {
        for block in page.iter().filter(|block| block.kind == Kind::Prose) {
            for n_words in 1..=MAX_GLUED_WORDS {
                let Some((_, foot)) = parted(&block.text, n_words) else { break };
                let numbers = numbers_in(foot);
                if !numbers.is_empty() {
                    all.entry(fold(foot)).or_default().at.push((page_idx, numbers));
                }
            }
        }
    }
    let n_pages = pages.len();
    all.retain(|foot, repeated| {
        let n = repeated.n_pages();
        let first = repeated.at.first().map(|(_, numbers)| numbers);
        let differs = repeated.at.iter().any(|(_, numbers)| Some(numbers) != first);
        // Two sentences may end in `2 of them`: a number alone tells nothing.
        is_often(n, n_pages) && repeated.at.len() == n && differs && repeated.counts_pages() && foot.len() > 3
    });
    for block in pages.iter_mut().flatten().filter(|block| block.kind == Kind::Prose) {
        let feet = (1..=MAX_GLUED_WORDS).rev().filter_map(|n_words| parted(&block.text, n_words));
        let cut = feet.into_iter().find(|(_, foot)| all.contains_key(&fold(foot)));
        if let Some((before, foot)) = cut.map(|(before, foot)| (before.to_owned(), foot.to_owned())) {
            block.text = before;
            cleaned.without_head(&foot);
        }
    }
}

/// The largest heading of the first page, unless other pages have it as large: then it heads them all.
fn title_idx(pages: &[Vec<Block>]) -> Option<usize> {
    let (first, others) = pages.split_first()?;
    let is_other = |block: &Block| {
        let is_same = |other: &Block| other.rank == block.rank && fold(&other.text) == fold(&block.text);
        !others.iter().flatten().any(is_same)
    };
    let headings =
        first.iter().enumerate().filter(|(_, block)| block.kind == Kind::Heading && is_other(block));
    // The first of those that are as large.
    headings.rev().max_by_key(|(_, block)| block.rank).map(|(idx, _)| idx)
}

/// The title, which becomes one block if it is several.
fn title(pages: &mut [Vec<Block>]) -> Option<String> {
    let idx = title_idx(pages)?;
    let page = pages.first_mut()?;
    let rank = page.get(idx)?.rank;
    let goes_on = |next: &Block| next.kind == Kind::Heading && next.rank == rank;
    for _ in 1..MAX_TITLE_BLOCKS {
        if page.get(idx + 1).is_some_and(goes_on) {
            let more = page.remove(idx + 1).text;
            join(&mut page.get_mut(idx)?.text, &more);
        }
    }
    let block = page.get_mut(idx)?;
    block.text = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(block.text.clone())
}

/// Whether a paragraph goes on in the next block, over the end of a column or a page.
fn goes_on(before: &Block, next: &Block) -> bool {
    let is_body = |block: &Block| matches!(block.kind, Kind::Prose);
    let begins_small = next.text.trim_start().starts_with(char::is_lowercase);
    let is_begun = matches!(before.kind, Kind::Prose | Kind::Item) && !ends_sentence(&before.text);
    is_begun && is_body(next) && begins_small && !before.text.ends_with(':')
}

/// Puts more behind a text; a word that was parted at its end becomes whole.
fn join(text: &mut String, more: &str) {
    let more = more.trim_start();
    text.truncate(text.trim_end().len());
    let is_parted = text.ends_with(['-', '\u{2010}', '\u{ad}']) && more.starts_with(char::is_lowercase);
    let first = more.split_whitespace().next().unwrap_or_default();
    // `mid- and long-term` has its hyphen.
    if is_parted && !matches!(first, "and" | "or" | "und" | "oder" | "bzw." | "et" | "ou" | "y" | "o" | "e") {
        text.pop();
        text.push_str(more);
    } else {
        blocks::join(text, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(text: &str) -> Block {
        Block::new(text.to_owned(), 0, Kind::Prose)
    }

    fn heading(text: &str, rank: u8) -> Block {
        Block::new(text.to_owned(), rank, Kind::Heading)
    }

    /// What stays, and what is said of the rest.
    fn check(pages: Vec<Vec<Block>>, want: &[&str], said: Option<&str>) -> Cleaned {
        let cleaned = cleaned(pages);
        let texts: Vec<&str> = cleaned.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, want);
        assert_eq!(cleaned.left_out(0).map(|warning| warning.0).as_deref(), said);
        cleaned
    }

    #[test]
    fn heads_feet_and_page_numbers_go() {
        let page = |n: usize| {
            vec![
                prose("Harbour Post"),
                prose(["The mayor said so.", "A man ran.", "It rained."][n - 1]),
                prose(&format!("{n} May 2024, Lynd")),
                prose("He left."),
                prose(&format!("Page {n} of 3")),
            ]
        };
        check(
            vec![page(1), page(2), page(3)],
            &["The mayor said so.", "He left.", "A man ran.", "He left.", "It rained.", "He left."],
            Some(
                "6 running heads or feet and 3 page numbers are left out, as `1 May 2024, Lynd`, `Harbour Post`",
            ),
        );
        // On one page only what says that it is a page number.
        check(
            vec![vec![prose("Harbour Post"), prose("He left."), prose("Seite 1 von 1")]],
            &["Harbour Post", "He left."],
            Some("1 page number is left out"),
        );
        check(vec![vec![prose("He left in"), prose("2024")]], &["He left in", "2024"], None);
        let bare = |n: &str| vec![prose("It was so."), prose(n)];
        check(
            vec![bare("17"), bare("18")],
            &["It was so.", "It was so."],
            Some("2 page numbers are left out"),
        );
        check(vec![bare("17"), bare("42")], &["It was so.", "17", "It was so.", "42"], None);
    }

    #[test]
    fn what_repeats_in_the_text_stays() {
        let answers =
            || vec![prose("Did he?"), prose("Yes."), prose("Did she?"), prose("Yes."), prose("It was so.")];
        let all = ["Did he?", "Yes.", "Did she?", "Yes.", "It was so."].repeat(2);
        check(vec![answers(), answers()], &all, None);
        // Days in a chronicle do not grow with the pages.
        let day =
            |n: usize| vec![prose("A."), prose("B."), prose(&format!("{n} May")), prose("C."), prose("D.")];
        let cleaned = cleaned(vec![day(3), day(9), day(10)]);
        assert_eq!(cleaned.blocks.iter().filter(|block| block.text.ends_with("May")).count(), 3);
        // The title is no head that says the same in small letters.
        let pages = vec![
            vec![heading("Depot burnt", 6), prose("It burnt.")],
            vec![prose("Depot burnt"), prose("At night.")],
            vec![prose("Depot burnt"), prose("They fled.")],
        ];
        let cleaned = check(
            pages,
            &["Depot burnt", "It burnt.", "At night.", "They fled."],
            Some("2 running heads or feet are left out, as `Depot burnt`"),
        );
        assert_eq!(cleaned.title.as_deref(), Some("Depot burnt"));
    }

    #[test]
    fn feet_are_cut_off_the_text_that_they_were_glued_to() {
        let page = |n: usize| {
            let text =
                if n == 1 { "He said it seven times to her." } else { "It rained on the day of his trial." };
            vec![prose(&format!("{text} Lynd Echo, page {n} of 2"))]
        };
        check(
            vec![page(1), page(2)],
            &["He said it seven times to her.", "It rained on the day of his trial."],
            Some("2 running heads or feet are left out, as `Lynd Echo, page 1 of 2`"),
        );
        // Once it is a sentence, and so are ends that do not grow.
        check(vec![page(1)], &["He said it seven times to her. Lynd Echo, page 1 of 2"], None);
        let year = |n: usize| vec![prose(&format!("He came to Lynd again in May {n}"))];
        check(
            vec![year(1990), year(2004)],
            &["He came to Lynd again in May 1990", "He came to Lynd again in May 2004"],
            None,
        );
    }

    #[test]
    fn paragraphs_go_on_over_columns_and_pages() {
        let pages = vec![
            vec![
                prose("He left the har-"),
                prose("bour at night and"),
                prose("Nobody knew"),
                prose("Photo: Hale"),
            ],
            vec![prose("of mid-"), prose("and long-term plans."), prose("he said so.")],
        ];
        check(
            pages,
            &[
                "He left the harbour at night and",
                "Nobody knew",
                "Photo: Hale of mid- and long-term plans.",
                "he said so.",
            ],
            None,
        );
    }

    #[test]
    fn the_title_is_the_largest_heading_of_page_one() {
        let pages = vec![
            vec![
                heading("Politics", 3),
                heading("Depot burnt", 5),
                heading("to the ground", 5),
                prose("It burnt."),
            ],
            vec![heading("Another", 6), prose("It did.")],
        ];
        let cleaned =
            check(pages, &["Politics", "Depot burnt to the ground", "It burnt.", "Another", "It did."], None);
        assert_eq!(cleaned.title.as_deref(), Some("Depot burnt to the ground"));
        assert_eq!(cleaned.blocks[1].kind, Kind::Heading);
        let long = "word ".repeat(251);
        assert_eq!(super::cleaned(vec![vec![prose(&long)]]).n_long, 1);
    }
}
