//! Where the marks of a document stand in a text: by their offsets, judged by the words that come along.
//!
//! A dataset that counts otherwise than it should is noticed so: where the words do not stand at their places in the unit that was
//! said, the unit is taken in which most of them do. Where no words come along, it is the one in which most places begin and end
//! with words.

use crate::analysis::incoming::Mark;
use crate::model::article::Article;
use crate::text::fold::{fold, squeeze};
use crate::text::units::{Places, Unit};
use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;

/// Marks in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Bytes of the text for each mark, or why there are none.
    pub at: Vec<Result<Range<usize>, Unplaced>>,
    /// What the places are counted in, after all.
    pub counted: Unit,
    /// Marks whose words stand elsewhere than they say.
    pub n_moved: usize,
}

/// Why a mark stands nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unplaced {
    /// Its offsets are outside the text, inside a character, or end before they begin.
    Outside,
    /// Its words stand nowhere in the text.
    NoSuchWords,
    /// It has neither offsets nor words.
    NoPlace,
}

impl fmt::Display for Unplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outside => "no such place in the text",
            Self::NoSuchWords => "its words do not stand in the article",
            Self::NoPlace => "neither a place nor words",
        })
    }
}

/// Finds the marks of one document in a text.
pub fn places(text: &str, counted: Unit, marks: &[Mark]) -> Placed {
    let of = |counted: Unit| -> Vec<Option<Range<usize>>> {
        let places = Places::new(text, counted);
        marks.iter().map(|mark| range(&places, mark.span.as_ref()?)).collect()
    };
    let n_right = |ranges: &[Option<Range<usize>>]| -> usize {
        let right = marks.iter().zip(ranges).filter(|(mark, range)| match mark.quote {
            Some(_) => is_right(text, mark, range.as_ref()),
            None => range.as_ref().is_some_and(|range| is_of_words(text, range)),
        });
        right.count()
    };
    let mut best = (counted, of(counted));
    let n_told = marks.iter().filter(|mark| mark.span.is_some()).count();
    let mut n_best = n_right(&best.1);
    // In plain ASCII all count alike.
    let may_differ = !text.is_ascii() || text.contains('\r');
    if n_best < n_told && may_differ {
        for other in Unit::ALL.into_iter().filter(|other| *other != counted) {
            let ranges = of(other);
            let n = n_right(&ranges);
            if n > n_best {
                (best, n_best) = ((other, ranges), n);
            }
        }
    }
    let (counted, ranges) = best;
    let mut placed = Placed { at: Vec::with_capacity(marks.len()), counted, n_moved: 0 };
    let mut last = 0;
    for (mark, range) in marks.iter().zip(ranges) {
        let at = match (&mark.quote, range) {
            (None, Some(range)) => Ok(range),
            (Some(_), Some(range)) if is_right(text, mark, Some(&range)) => Ok(range),
            (Some(quote), range) => {
                let near = range.as_ref().map_or(last, |range| range.start);
                let found = nearest(text, quote, near);
                placed.n_moved += usize::from(found.is_some() && mark.span.is_some());
                found.ok_or(Unplaced::NoSuchWords)
            }
            (None, None) if mark.span.is_some() => Err(Unplaced::Outside),
            (None, None) => Err(Unplaced::NoPlace),
        };
        if let Ok(range) = &at {
            last = range.end;
        }
        placed.at.push(at);
    }
    placed
}

fn range(places: &Places<'_>, span: &Range<u64>) -> Option<Range<usize>> {
    let range = places.byte_of(span.start)?..places.byte_of(span.end)?;
    (range.start < range.end).then_some(range)
}

/// Whether a place begins and ends with words: no white space is in it at its ends, and no letter goes on beyond them.
fn is_of_words(text: &str, range: &Range<usize>) -> bool {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (before, within, after) = (part(0..range.start), part(range.clone()), part(range.end..text.len()));
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let cuts = |one: Option<char>, other: Option<char>| is_letter(one) && is_letter(other);
    !within.is_empty()
        && within.trim() == within
        && !cuts(before.chars().next_back(), within.chars().next())
        && !cuts(within.chars().next_back(), after.chars().next())
}

/// Whether the words of a mark stand at a place.
fn is_right(text: &str, mark: &Mark, range: Option<&Range<usize>>) -> bool {
    let there = range.and_then(|range| text.get(range.clone()));
    mark.quote.as_ref().zip(there).is_some_and(|(quote, there)| same_words(quote, there))
}

/// Whether two prints have the same words, whatever white space is between them. Some programs write a line break as `\n`.
pub fn same_words(quote: &str, there: &str) -> bool {
    quote.trim() == there.trim() || {
        let there = squeeze(there);
        squeeze(quote) == there || quote.contains("\\n") && squeeze(&quote.replace("\\n", "\n")) == there
    }
}

/// Where words stand next to a place.
fn nearest(text: &str, quote: &str, near: usize) -> Option<Range<usize>> {
    let quote = quote.trim();
    if quote.is_empty() {
        return None;
    }
    // A page of one letter has very many places: those behind the first hundred thousand do not count.
    let all = text.match_indices(quote).map(|(at, words)| at..at + words.len()).take(100_000);
    all.min_by_key(|range| range.start.abs_diff(near))
}

/// The sentences that a place is about, by their places in the list; and whether it is one sentence to the letter.
///
/// One that it covers at least half of is meant; where there is none, the one that most of it stands in.
pub fn sentences(article: &Article, range: &Range<usize>) -> (Vec<usize>, bool) {
    let words = article.text().get(range.clone()).unwrap_or_default();
    let start = range.start + (words.len() - words.trim_start().len());
    let range = start..start + words.trim().len();
    let all = article.sentences();
    let bytes = |idx: usize| all.get(idx).map_or(0..0, |s| s.bytes.start as usize..s.bytes.end as usize);
    let first = all.partition_point(|sentence| sentence.bytes.end as usize <= range.start);
    let overlaps = (first..all.len()).take_while(|idx| bytes(*idx).start < range.end).map(|idx| {
        let sentence = bytes(idx);
        (idx, sentence.end.min(range.end).saturating_sub(sentence.start.max(range.start)))
    });
    let overlaps: Vec<(usize, usize)> = overlaps.filter(|(_, n)| *n > 0).collect();
    // White space at the beginning of a text belongs to its first sentence.
    let is_whole = |idx: usize| {
        let sentence = bytes(idx);
        let lead =
            article.text().get(sentence.clone()).map_or(0, |words| words.len() - words.trim_start().len());
        sentence.start + lead == range.start && sentence.end == range.end
    };
    let halves: Vec<usize> =
        overlaps.iter().filter(|(idx, n)| 2 * n >= bytes(*idx).len()).map(|(idx, _)| *idx).collect();
    if halves.is_empty() {
        let most = overlaps.iter().max_by_key(|(idx, n)| (*n, Reverse(*idx)));
        return (most.map(|(idx, _)| *idx).into_iter().collect(), false);
    }
    let is_exact = matches!(halves.as_slice(), [one] if is_whole(*one));
    (halves, is_exact)
}

/// A text in which prints of one article that differ in case, quotes and white space are the same.
pub fn folded(text: &str) -> String {
    fold(&squeeze(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    const TEXT: &str = "👍🏽 E\u{301}l niega.\r\nTodo. 東京で雨。 Fin.";

    fn mark(span: Option<(u64, u64)>, quote: Option<&str>) -> Mark {
        Mark { span: span.map(|(a, b)| a..b), quote: quote.map(str::to_owned), ..Mark::default() }
    }

    fn told(counted: Unit, marks: &[Mark]) -> (Vec<String>, Unit, usize) {
        let placed = places(TEXT, counted, marks);
        let words = placed.at.iter().map(|at| match at {
            Ok(range) => TEXT.get(range.clone()).unwrap_or_default().to_owned(),
            Err(why) => format!("! {why}"),
        });
        (words.collect(), placed.counted, placed.n_moved)
    }

    #[test]
    fn the_unit_is_the_one_in_which_the_words_stand_where_they_should() {
        let words = ["E\u{301}l niega.", "東京で雨。", "Fin."];
        let n = |counted: Unit, byte: usize| -> u64 {
            (0..99).find(|place| Places::new(TEXT, counted).byte_of(*place) == Some(byte)).unwrap()
        };
        for is in Unit::ALL {
            let marks = words.map(|word| {
                let at = TEXT.find(word).unwrap();
                mark(Some((n(is, at), n(is, at + word.len()))), Some(word))
            });
            for said in Unit::ALL {
                assert_eq!(
                    told(said, &marks),
                    (words.map(str::to_owned).to_vec(), is, 0),
                    "{is:?} said {said:?}"
                );
            }
        }
    }

    #[test]
    fn without_words_it_is_the_unit_in_which_places_begin_and_end_with_words() {
        let text = "👍🏽 He denies it. 👍🏽 She ran home. Rain fell.";
        let n = |counted: Unit, byte: usize| -> u64 {
            (0..99).find(|place| Places::new(text, counted).byte_of(*place) == Some(byte)).unwrap()
        };
        for is in Unit::ALL {
            let marks = ["He denies it.", "She ran home.", "Rain fell."].map(|word| {
                let at = text.find(word).unwrap();
                mark(Some((n(is, at), n(is, at + word.len()))), None)
            });
            assert_eq!(places(text, Unit::Utf16, &marks).counted, is);
        }
    }

    #[test]
    fn words_win_over_places_and_places_are_looked_at() {
        let check = |span, quote, want: &str, n_moved| {
            assert_eq!(
                told(Unit::CodePoints, &[mark(span, quote)]),
                (vec![want.to_owned()], Unit::CodePoints, n_moved)
            );
        };
        check(Some((0, 3)), Some("Fin."), "Fin.", 1);
        check(None, Some(" Todo. "), "Todo.", 0);
        check(None, Some("Nada."), "! its words do not stand in the article", 0);
        check(Some((0, 2)), None, "👍🏽", 0);
        check(Some((0, 999)), None, "! no such place in the text", 0);
        check(Some((u64::MAX - 1, u64::MAX)), None, "! no such place in the text", 0);
        check(Some((5, 5)), None, "! no such place in the text", 0);
        check(Some((9, 5)), None, "! no such place in the text", 0);
        check(None, None, "! neither a place nor words", 0);
        check(Some((0, 1)), Some(""), "! its words do not stand in the article", 0);
        // A line break as white space, or as two letters.
        assert!(
            same_words("niega. Todo.", "niega.\r\nTodo.") && same_words("niega.\\nTodo.", "niega.\nTodo.")
        );
    }

    #[test]
    fn a_place_means_the_sentences_that_it_covers() {
        let project =
            sketch::project("One two three. [] Four five. [] Six. []", |_| "a".to_owned(), |_| String::new())
                .unwrap();
        let article = project.articles().next().unwrap();
        let check = |range: Range<usize>, want: &[usize], is_whole: bool| {
            assert_eq!(sentences(article, &range), (want.to_vec(), is_whole), "{range:?}");
        };
        check(0..14, &[0], true);
        check(0..15, &[0], true);
        check(4..7, &[0], false);
        check(0..25, &[0, 1], false);
        check(12..25, &[1], false);
        check(13..17, &[1], false);
        check(0..30, &[0, 1, 2], false);
        check(14..15, &[], false);
    }
}
