//! Which article of a project a document is: by its id, by its hash, then by its folded text. Sentences of no document are found
//! by their words.

use crate::analysis::chance::number_of;
use crate::analysis::filter::in_order;
use crate::analysis::incoming::Document;
use crate::analysis::incoming::placing::folded;
use crate::model::article::Article;
use crate::model::project::Project;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The articles of a project, ready to be looked for.
pub struct Finder<'a> {
    articles: Vec<&'a Arc<Article>>,
    places: BTreeMap<&'a str, usize>,
    /// Hashes of folded texts, sorted, with places in `articles`; made when first asked for.
    texts: Option<Vec<(u64, usize)>>,
    /// The same of sentences, with their places in the article.
    sentences: Option<Vec<(u64, usize, usize)>>,
}

/// Where a sentence stands: places in the list of articles and in the article's list.
pub type At = (usize, usize);

/// By what the article of a document is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Id,
    Hash,
    Text,
}

/// Why a sentence is not found by its words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    Nowhere,
    InSeveralPlaces,
}

impl<'a> Finder<'a> {
    pub fn new(project: &'a Project) -> Self {
        let articles = in_order(project);
        let places = articles.iter().zip(0..).map(|(article, place)| (article.id.as_str(), place)).collect();
        Self { articles, places, texts: None, sentences: None }
    }

    pub fn article(&self, place: usize) -> Option<&'a Arc<Article>> {
        self.articles.get(place).copied()
    }

    /// The place of the article that a document is.
    pub fn place_of(&mut self, document: &Document) -> Option<usize> {
        self.found(document).map(|(place, _)| place)
    }

    /// The same, and by what it was found.
    pub fn found(&mut self, document: &Document) -> Option<(usize, By)> {
        if let Some(place) = document.id.as_deref().and_then(|id| self.places.get(id)) {
            return Some((*place, By::Id));
        }
        if let Some(hash) = &document.sha256
            && let Some(place) =
                self.articles.iter().position(|a| a.intact && a.sha256.eq_ignore_ascii_case(hash))
        {
            return Some((place, By::Hash));
        }
        let text = folded(document.text.as_deref()?);
        let articles = &self.articles;
        let texts = self.texts.get_or_insert_with(|| {
            let texts =
                articles.iter().zip(0..).map(|(article, place)| (hash(&folded(article.text())), place));
            let mut texts: Vec<_> = texts.collect();
            texts.sort_unstable();
            texts
        });
        let key = hash(&text);
        let first = texts.partition_point(|(other, _)| *other < key);
        let alike = texts.get(first..).unwrap_or_default().iter().take_while(|(other, _)| *other == key);
        let is_same =
            |place: &usize| articles.get(*place).is_some_and(|article| folded(article.text()) == text);
        alike.map(|(_, place)| *place).find(is_same).map(|place| (place, By::Text))
    }

    /// Where a sentence stands by its words: in one place, or in the next one after the last in the same article.
    pub fn sentence(&mut self, words: &str, last: Option<At>) -> Result<At, NotFound> {
        let articles = &self.articles;
        let sentences = self.sentences.get_or_insert_with(|| {
            let of = |(place, article): (usize, &&'a Arc<Article>)| {
                let article = Arc::clone(article);
                let all =
                    article.sentences().iter().map(|sentence| hash(&folded(article.words_of(sentence))));
                all.zip(0..).map(|(hash, idx)| (hash, place, idx)).collect::<Vec<_>>()
            };
            let mut sentences: Vec<_> = articles.iter().enumerate().flat_map(of).collect();
            sentences.sort_unstable();
            sentences
        });
        let words = folded(words);
        if words.is_empty() {
            return Err(NotFound::Nowhere);
        }
        let key = hash(&words);
        let first = sentences.partition_point(|(other, ..)| *other < key);
        let alike = sentences.get(first..).unwrap_or_default().iter().take_while(|(other, ..)| *other == key);
        let is_same = |place: usize, idx: usize| {
            let article = articles.get(place);
            article.is_some_and(|a| a.sentences().get(idx).is_some_and(|s| folded(a.words_of(s)) == words))
        };
        let found: Vec<At> = alike
            .map(|(_, place, idx)| (*place, *idx))
            .filter(|(place, idx)| is_same(*place, *idx))
            .collect();
        match found.as_slice() {
            [] => Err(NotFound::Nowhere),
            [one] => Ok(*one),
            several => {
                let next = last.and_then(|last| several.iter().find(|at| at.0 == last.0 && at.1 > last.1));
                next.copied().ok_or(NotFound::InSeveralPlaces)
            }
        }
    }
}

fn hash(text: &str) -> u64 {
    number_of(0, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    fn drawn() -> Project {
        let drawing = "# Fire\nHe “lit” it. [] No. []\n# Rain\nIt fell. [] No. [] No. []";
        sketch::project(drawing, |text| format!("a{}", text.len()), |text| format!("F{}", text.len()))
            .unwrap()
    }

    #[test]
    fn articles_are_found_by_id_hash_and_words() {
        let project = drawn();
        let ids: Vec<_> = project.articles().map(|article| article.id.to_string()).collect();
        let texts: Vec<_> = project.articles().map(|article| article.text().to_owned()).collect();
        let check = |document: Document, want: Option<&str>| {
            let mut finder = Finder::new(&project);
            let place = finder.place_of(&document);
            assert_eq!(
                place.and_then(|place| finder.article(place)).map(|a| a.id.as_str()),
                want,
                "{document:?}"
            );
        };
        let some = |text: &str| Some(text.to_owned());
        for (id, text) in ids.iter().zip(&texts) {
            check(Document { id: some(id), ..Document::default() }, Some(id));
            check(Document { sha256: Some(format!("f{}", text.len())), ..Document::default() }, Some(id));
            check(Document { id: some("7"), text: some(text), ..Document::default() }, Some(id));
            let printed = text.to_uppercase().replace(['“', '”'], "\"").replace(' ', "\r\n");
            check(Document { text: Some(printed), ..Document::default() }, Some(id));
        }
        check(Document { id: some("7"), text: some("Another."), ..Document::default() }, None);
        check(Document::default(), None);
    }

    #[test]
    fn sentences_are_found_by_words_where_there_is_no_doubt() {
        let project = drawn();
        let mut finder = Finder::new(&project);
        assert_eq!(finder.sentence("it  FELL.", None), Ok((1, 0)));
        assert_eq!(finder.sentence("He \"lit\" it.", None), Ok((0, 0)));
        assert_eq!(finder.sentence("No.", None), Err(NotFound::InSeveralPlaces));
        assert_eq!(finder.sentence("No.", Some((1, 0))), Ok((1, 1)));
        assert_eq!(finder.sentence("No.", Some((1, 1))), Ok((1, 2)));
        assert_eq!(finder.sentence("No.", Some((1, 2))), Err(NotFound::InSeveralPlaces));
        assert_eq!(finder.sentence("Yes.", None), Err(NotFound::Nowhere));
        assert_eq!(finder.sentence(" ", None), Err(NotFound::Nowhere));
    }
}
