//! The texts of a project as words are looked for in them, article by article, kept from query to query.

use crate::analysis::filter::in_order;
use crate::analysis::query::answers::Answers;
use crate::model::article::Article;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::text::looking::{Needle, is_as_folded, looked};
use crate::text::query::Pattern;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An article as it is looked through.
#[derive(Debug)]
pub struct Part {
    pub article: Arc<Article>,
    title: Box<str>,
    /// The sentences, each with a line break after it.
    text: Box<str>,
    /// Where each sentence ends in `text`, its line break not counted. Bytes.
    ends: Box<[u32]>,
    /// Of each sentence whether its plain letters, digits and blanks are those of its folded form, one by one.
    as_folded: Box<[bool]>,
    /// Whether the title is one that the text does not begin with: where none is known, one is made of the text's first
    /// words, and a headline in the text is found as a sentence.
    has_own_title: bool,
}

/// All articles, in the order in which they came in.
#[derive(Debug, Default, Clone)]
pub struct Index {
    /// Whose articles they are.
    articles_of: Option<Arc<Project>>,
    parts: Arc<Vec<Arc<Part>>>,
    /// Places in `parts`.
    places: Arc<BTreeMap<ArticleId, usize>>,
    /// Whose sheets were looked at last.
    sheets_of: Option<Arc<Project>>,
    answers: Arc<BTreeMap<CoderId, Arc<Answers>>>,
}

/// An article whose part is still to be made, or the one that is there.
pub type Planned = Result<Arc<Part>, Arc<Article>>;

impl Index {
    /// What has to be made anew for a state of the project, if anything; [`Part::of`] does it, on as many cores as there are.
    pub fn plan(&self, project: &Project) -> Option<Vec<Planned>> {
        if self.articles_of.as_ref().is_some_and(|of| of.shares_articles(project)) {
            return None;
        }
        let articles = in_order(project);
        let is_same = |(part, article): (&Arc<Part>, &&Arc<Article>)| Arc::ptr_eq(&part.article, article);
        if articles.len() == self.parts.len() && self.parts.iter().zip(&articles).all(is_same) {
            return None;
        }
        let there: BTreeMap<_, _> = self.parts.iter().map(|part| (&part.article.id, part)).collect();
        let plan = |article: &Arc<Article>| match there.get(&article.id) {
            Some(part) if Arc::ptr_eq(&part.article, article) => Ok(Arc::clone(part)),
            _ => Err(Arc::clone(article)),
        };
        Some(articles.into_iter().map(plan).collect())
    }

    /// The same with the articles of a project.
    #[must_use]
    pub fn with(&self, project: &Project, parts: Vec<Arc<Part>>) -> Self {
        let places = parts.iter().enumerate().map(|(idx, part)| (part.article.id.clone(), idx));
        Self {
            articles_of: Some(Arc::new(project.clone())),
            places: Arc::new(places.collect()),
            parts: Arc::new(parts),
            // Sheets stand beside the articles as they were.
            sheets_of: None,
            ..self.clone()
        }
    }

    /// The same with the sheets of these coders as they are now.
    #[must_use]
    pub fn with_sheets(&self, project: &Project, coders: &[CoderId]) -> Self {
        let is_same = self
            .sheets_of
            .as_ref()
            .is_some_and(|of| of.shares_sheets(project) && of.scheme() == project.scheme());
        if is_same && coders.iter().all(|coder| self.answers.contains_key(coder)) {
            return self.clone();
        }
        let of = |coder: &CoderId| {
            let before = self.answers.get(coder).map(AsRef::as_ref);
            (coder.clone(), Arc::new(Answers::of(project, coder, before).beside(&self.places)))
        };
        let answers = Arc::new(coders.iter().map(of).collect());
        Self { sheets_of: Some(Arc::new(project.clone())), answers, ..self.clone() }
    }

    /// The answers of a coder, as they were when they were looked at last.
    pub fn answers(&self, coder: &CoderId) -> Option<&Arc<Answers>> {
        self.answers.get(coder)
    }

    /// Of all articles of a project, one after the other.
    pub fn whole(project: &Project) -> Self {
        let planned = Self::default().plan(project).unwrap_or_default();
        Self::default().with(project, planned.into_iter().map(Part::made).collect())
    }

    pub fn parts(&self) -> &[Arc<Part>] {
        &self.parts
    }

    /// The places of articles in `parts`.
    pub fn places(&self) -> &Arc<BTreeMap<ArticleId, usize>> {
        &self.places
    }
}

impl Part {
    pub fn of(article: &Arc<Article>) -> Self {
        let mut text = String::with_capacity(article.text().len() + article.n_sentences());
        let mut ends = Vec::with_capacity(article.n_sentences());
        let mut as_folded = Vec::with_capacity(article.n_sentences());
        for sentence in article.sentences() {
            let (words, start) = (article.words_of(sentence), text.len());
            text.push_str(&looked(words));
            as_folded.push(is_as_folded(words, text.get(start..).unwrap_or_default()));
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            text.push('\n');
        }
        let first = article.sentences().first().map(|sentence| article.words_of(sentence));
        Self {
            article: Arc::clone(article),
            has_own_title: article.meta.title.is_some() && first != Some(article.shown_title()),
            title: looked(article.shown_title()).into(),
            text: text.into(),
            ends: ends.into(),
            as_folded: as_folded.into(),
        }
    }

    /// The same for who does not look into its text.
    pub fn without_text(article: &Arc<Article>) -> Self {
        let (title, text, ends, as_folded) = (Box::default(), Box::default(), Box::default(), Box::default());
        Self { article: Arc::clone(article), title, text, ends, as_folded, has_own_title: false }
    }

    /// The part that is there, or one made now.
    pub fn made(planned: Planned) -> Arc<Self> {
        planned.unwrap_or_else(|article| Arc::new(Self::of(&article)))
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn has_own_title(&self) -> bool {
        self.has_own_title
    }

    pub fn n_sentences(&self) -> usize {
        self.ends.len()
    }

    /// A sentence, as words are looked for in it.
    pub fn sentence(&self, idx: usize) -> &str {
        let before = idx.checked_sub(1).and_then(|before| self.ends.get(before));
        let from = before.map_or(0, |end| *end as usize + 1);
        self.ends.get(idx).and_then(|end| self.text.get(from..*end as usize)).unwrap_or_default()
    }

    pub fn has(&self, needle: &Needle) -> bool {
        needle.is_in(&self.text)
    }

    /// The places of the sentences that hold a word, in order.
    pub fn holding<'s>(&'s self, needle: &'s Needle) -> impl Iterator<Item = usize> + 's {
        self.holding_by(|text, from| needle.next(text, from)).map(|(idx, _)| idx)
    }

    /// The places of the sentences in which something is found, and where in the folded text. `next` finds it from a byte on.
    fn holding_by(
        &self,
        mut next: impl FnMut(&str, usize) -> Option<usize>,
    ) -> impl Iterator<Item = (usize, usize)> {
        let (mut idx, mut from) = (0, 0);
        std::iter::from_fn(move || {
            let at = next(&self.text, from)?;
            let ends = self.ends.iter().enumerate().skip(idx);
            let (here, end) = ends.map(|(here, end)| (here, *end as usize)).find(|(_, end)| at < *end)?;
            // Once is enough.
            (idx, from) = (here + 1, end);
            Some((here, at))
        })
    }

    /// The places of the sentences in which a regular expression finds something, in order. It is asked only of those that
    /// hold the letters which all that it finds must have, where it has such.
    pub fn holding_regex<'s>(
        &'s self,
        pattern: &'s Pattern,
        whole: bool,
    ) -> Box<dyn Iterator<Item = usize> + 's> {
        let alone = move |idx: &usize| self.is_in_sentence(pattern, *idx, whole);
        let said = move |idx: &usize| {
            !whole && pattern.needs_no_more && self.as_folded.get(*idx).is_some_and(|is| *is) || alone(idx)
        };
        if let Some(any_of) = &pattern.any_of {
            let found = self.holding_by(|text, from| Some(any_of.find_at(text, from)?.start()));
            return Box::new(found.map(|(idx, _)| idx).filter(said));
        }
        if let Some((longest, needle)) =
            pattern.needed.iter().enumerate().max_by_key(|(_, needle)| needle.n_bytes())
        {
            let found = self.holding_by(|text, from| needle.next(text, from));
            let found = found.filter(move |(idx, at)| self.has_others(pattern, longest, (*idx, *at)));
            return Box::new(found.map(|(idx, _)| idx).filter(said));
        }
        if pattern.is_short && !whole {
            return Box::new(self.holding_short(pattern));
        }
        let may_be_in_any = pattern.has_edges || pattern.regex.is_match(self.article.text());
        Box::new((0..if may_be_in_any { self.n_sentences() } else { 0 }).filter(alone))
    }

    /// Whether a sentence that holds one of the words that an expression needs, first at a byte of the folded text, has all of
    /// them, one behind the other.
    fn has_others(&self, pattern: &Pattern, one: usize, (idx, at): (usize, usize)) -> bool {
        let end = self.ends.get(idx).map_or(0, |end| *end as usize);
        let text = self.text.get(..end).unwrap_or_default();
        let before = idx.checked_sub(1).and_then(|before| self.ends.get(before));
        // With none before it, what was found is where they begin.
        let mut from = if one == 0 { at } else { before.map_or(0, |end| *end as usize + 1) };
        pattern.needed.iter().all(|needle| {
            let found = needle.next(text, from);
            from = found.map_or(end, |at| at + needle.n_bytes());
            found.is_some()
        })
    }

    fn is_in_sentence(&self, pattern: &Pattern, idx: usize, whole: bool) -> bool {
        let sentence = self.article.sentences().get(idx);
        sentence.is_some_and(|sentence| pattern.holds(self.article.words_of(sentence), whole))
    }

    /// The same for an expression that finds little at a time: the text is looked through as one. What is found in it over the
    /// end of a sentence says only that this sentence has to be asked alone.
    fn holding_short<'s>(&'s self, pattern: &'s Pattern) -> impl Iterator<Item = usize> + 's {
        let (text, sentences) = (self.article.text(), self.article.sentences());
        let (mut idx, mut from) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let found = pattern.regex.find_at(text, from)?;
                let rest = sentences.iter().skip(idx);
                idx += rest.take_while(|sentence| sentence.bytes.end as usize <= found.start()).count();
                let (here, sentence) = (idx, sentences.get(idx)?);
                let (start, end) = (sentence.bytes.start as usize, sentence.bytes.end as usize);
                (idx, from) = (here + 1, end);
                let is_inside = start <= found.start() && found.end() <= end;
                if is_inside || self.is_in_sentence(pattern, here, false) {
                    return Some(here);
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::tile;
    use proptest::prelude::*;

    fn part(text: &str) -> Part {
        let (mut rows, mut start) = (Vec::new(), 0);
        for (at, mark) in text.match_indices(". ") {
            rows.push((start..at + mark.len(), None));
            start = at + mark.len();
        }
        rows.push((start..text.len(), None));
        rows.retain(|(bytes, _)| !bytes.is_empty());
        let sentences = tile(text, &rows).unwrap();
        Part::of(&Arc::new(Article::new(ArticleId::new("a"), text.into(), sentences, String::new())))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// An expression finds the same sentences however the text is looked through: over their ends, at white space, with
        /// letters of several bytes.
        #[test]
        fn expressions_find_what_each_sentence_alone_holds(
            source in "(a|b|\\.|\\.\\*|[ab]|a?b| |\\(a\\|b\\)|\u{e9}|\\[ab \\]\\{1,4\\}|\\\\b|a\\+){1,5}",
            sentences in proptest::collection::vec("[ab\u{e9}\u{201d}][ab\u{e9}\u{201d} \n\u{301}]{0,8}[ab\u{e9}\u{201d}]", 1..7),
            whole in any::<bool>(),
        ) {
            let part = part(&(sentences.join(". ") + "."));
            let Ok(pattern) = Pattern::new(&source) else { return Ok(()) };
            let found: Vec<usize> = part.holding_regex(&pattern, whole).collect();
            let words = |idx: &usize| part.article.words_of(&part.article.sentences()[*idx]);
            let want: Vec<usize> =
                (0..part.n_sentences()).filter(|idx| pattern.holds(words(idx), whole)).collect();
            prop_assert_eq!(found, want, "{}", source);
        }
    }
}
