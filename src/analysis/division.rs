//! How articles are divided into sentences: how many of each kind, and how long.

use crate::model::article::Article;
use std::collections::BTreeMap;

/// The figures of some articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division<'a> {
    pub n_articles: usize,
    pub n_sentences: usize,
    /// Sentences by kind; prose, which has none, first.
    pub kinds: BTreeMap<Option<&'a str>, usize>,
    /// Absent without sentences.
    pub lengths: Option<Lengths>,
}

/// Lengths of sentences in code points, without the white space after them.
///
/// A share is the length that at least so many of the sentences do not go beyond (nearest rank), so it is that of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths {
    pub median: u32,
    pub ninety_percent: u32,
    pub longest: u32,
    /// Where the first of the longest stands: places in the list of articles and of its sentences, from 0.
    pub longest_at: (usize, usize),
}

/// Counts the sentences of these articles.
pub fn of_articles<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Division<'a> {
    let mut division = Division { n_articles: 0, n_sentences: 0, kinds: BTreeMap::new(), lengths: None };
    let mut n_chars = Vec::new();
    let mut longest = (0, (0, 0));
    for (article_idx, article) in articles.into_iter().enumerate() {
        division.n_articles += 1;
        for (idx, sentence) in article.sentences().iter().enumerate() {
            *division.kinds.entry(sentence.kind.as_deref()).or_default() += 1;
            let len = sentence.span.end.saturating_sub(sentence.span.start);
            n_chars.push(len);
            if len > longest.0 {
                longest = (len, (article_idx, idx));
            }
        }
    }
    division.n_sentences = n_chars.len();
    n_chars.sort_unstable();
    let share = |percent: usize| n_chars.get((n_chars.len() * percent).div_ceil(100).saturating_sub(1));
    if let (Some(&median), Some(&ninety_percent)) = (share(50), share(90)) {
        let (longest, longest_at) = longest;
        division.lengths = Some(Lengths { median, ninety_percent, longest, longest_at });
    }
    division
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    fn check(drawing: &str, want: [u32; 3], want_at: (usize, usize)) {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let division = of_articles(project.articles().map(AsRef::as_ref));
        let lengths =
            division.lengths.map(|lengths| [lengths.median, lengths.ninety_percent, lengths.longest]);
        assert_eq!(lengths, Some(want), "{drawing}");
        assert_eq!(
            division.lengths.map(|lengths| lengths.longest_at).unwrap_or_default(),
            want_at,
            "{drawing}"
        );
        assert_eq!(division.n_sentences, division.kinds.values().sum::<usize>());
        assert_eq!(division.n_articles, project.n_articles());
    }

    #[test]
    fn lengths_are_those_of_sentences() {
        assert_eq!(of_articles([]).lengths, None);
        check("A\u{1F525}c. []", [4, 4, 4], (0, 0));
        check("Abc. [] Abcde. []", [4, 6, 6], (0, 1));
        check("A. [] Ab. [] Abc. []", [3, 4, 4], (0, 2));
        check(
            "# Two\nAbcd. []\n# One\nA. [] B. [] C. [] D. [] E. [] F. [] G. [] H. [] I. []",
            [2, 2, 5],
            (1, 0),
        );
    }
}
