//! The answers of one coder as they are asked for, kept from query to query: a sentence's in one number, for to see it in the
//! sheets every row of ten thousand is read, and every label's name.

use crate::analysis::query::{Says, Trait};
use crate::model::article::Article;
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, CoderId, LabelId};
use crate::model::project::Project;
use crate::model::sheet::Sheet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sheet of an article, and what it says of each sentence.
#[derive(Debug)]
pub(super) struct Answered {
    pub sheet: Arc<Sheet>,
    pub has_notes: bool,
    article: Arc<Article>,
    /// By the place of the sentence; nothing of one that is set aside.
    said: Box<[Said]>,
}

/// All of one coder, article by article.
#[derive(Debug, Default)]
pub struct Answers {
    all: Vec<Arc<Answered>>,
    /// The labels that bits stand for, in the order of the scheme.
    labels: Vec<LabelId>,
    /// For each article, by its place, the place of its sheet; empty where nobody needed it.
    by_article: Vec<Option<usize>>,
}

/// What was said of one sentence: bits.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Said(u64);

impl Said {
    const ANSWERED: u64 = 1;
    const NONE_OF_THESE: u64 = 1 << 1;
    const UNSURE: u64 = 1 << 2;
    const NOTED: u64 = 1 << 3;
    const CHECK: u64 = 1 << 4;
    /// From here on a bit a label, as many as there is room for.
    const FIRST_LABEL: usize = 8;

    fn of(coding: &Coding, labels: &[LabelId]) -> Self {
        let flags = [
            (coding.answered, Self::ANSWERED),
            (coding.is_none(), Self::NONE_OF_THESE),
            (coding.unsure, Self::UNSURE),
            (coding.note.is_some(), Self::NOTED),
            (coding.check, Self::CHECK),
        ];
        let mut bits = flags.iter().filter(|(is_so, _)| *is_so).map(|(_, bit)| bit).sum();
        for label in &coding.labels {
            let idx = labels.iter().position(|known| known == label);
            bits |= idx.and_then(Self::label).unwrap_or_default();
        }
        Self(bits)
    }

    fn label(idx: usize) -> Option<u64> {
        1_u64.checked_shl(u32::try_from(Self::FIRST_LABEL + idx).ok()?)
    }

    /// The bits of which one says what is asked of an answer of this coder; nothing where bits do not tell.
    pub(super) fn asked(says: &Says, coder: &CoderId) -> Option<u64> {
        Some(match says {
            Says::Is(Trait::Answered) => Self::ANSWERED,
            Says::Is(Trait::NoneOfThese) => Self::NONE_OF_THESE,
            Says::Is(Trait::Unsure) => Self::UNSURE,
            Says::Is(Trait::Notes) => Self::NOTED,
            Says::Is(Trait::Check) => Self::CHECK,
            Says::Is(Trait::Label(idx)) => Self::label(*idx)?,
            Says::Coder(coders) if coders.contains(coder) => Self::ANSWERED | Self::UNSURE | Self::NOTED,
            Says::Coder(_) => 0,
            _ => return None,
        })
    }

    pub(super) fn is(self, asked: u64) -> bool {
        self.0 & asked != 0
    }
}

impl Answered {
    fn of(sheet: &Arc<Sheet>, article: &Arc<Article>, labels: &[LabelId]) -> Self {
        let sentences = article.sentences();
        let mut said = vec![Said::default(); sentences.len()];
        let mut at = 0;
        for row in &sheet.rows {
            // Both are in order.
            while sentences.get(at).is_some_and(|sentence| sentence.span < row.span) {
                at += 1;
            }
            let here = sentences.get(at).filter(|sentence| sentence.span == row.span);
            if let Some((said, sentence)) = said.get_mut(at).zip(here)
                && !article.is_aside(sentence)
            {
                *said = Said::of(&row.coding, labels);
            }
        }
        let has_notes = sheet.rows.iter().any(|row| row.coding.note.is_some());
        Self { sheet: Arc::clone(sheet), article: Arc::clone(article), has_notes, said: said.into() }
    }

    /// What is said of the sentences, by their places.
    pub(super) fn said(&self) -> &[Said] {
        &self.said
    }

    fn is_of(&self, sheet: &Arc<Sheet>, article: &Arc<Article>) -> bool {
        Arc::ptr_eq(&self.sheet, sheet) && Arc::ptr_eq(&self.article, article)
    }
}

impl Answers {
    /// Those of a coder in this state of the project; what did not change since `before` is not read again.
    pub fn of(project: &Project, coder: &CoderId, before: Option<&Self>) -> Self {
        let labels: Vec<LabelId> = project.scheme().labels.iter().map(|label| label.id.clone()).collect();
        let before = before.filter(|before| before.labels == labels);
        let mut known = before.map_or(&[][..], |before| &before.all).iter().peekable();
        // All three are in the order of the articles' ids.
        let mut articles = project.articles().peekable();
        let answered = project.sheets_of(coder).filter_map(|sheet| {
            let id = &sheet.key.article;
            while articles.next_if(|article| article.id < *id).is_some() {}
            let article = articles.next_if(|article| article.id == *id)?;
            while known.next_if(|old| old.sheet.key.article < *id).is_some() {}
            Some(match known.next_if(|old| old.is_of(sheet, article)) {
                Some(same) => Arc::clone(same),
                None => Arc::new(Answered::of(sheet, article, &labels)),
            })
        });
        Self { all: answered.collect(), labels, by_article: Vec::new() }
    }

    /// The same with a way from each article to its sheet, for the ids of ten thousand take long to compare.
    pub(super) fn beside(self, places: &BTreeMap<ArticleId, usize>) -> Self {
        let mut by_article = vec![None; places.len()];
        let mut all = self.all.iter().enumerate().peekable();
        for (article, place) in places {
            while all.next_if(|(_, one)| one.sheet.key.article < *article).is_some() {}
            let here = all.next_if(|(_, one)| one.sheet.key.article == *article);
            if let Some(by_article) = by_article.get_mut(*place) {
                *by_article = here.map(|(idx, _)| idx);
            }
        }
        Self { by_article, ..self }
    }

    /// Those in an article; `place` is its place in the index, if it has one.
    pub(super) fn sheet(&self, article: &ArticleId, place: Option<usize>) -> Option<&Answered> {
        let find = || self.all.binary_search_by(|one| one.sheet.key.article.cmp(article)).ok();
        let idx = match place.and_then(|place| self.by_article.get(place)) {
            Some(known) => *known,
            None => find(),
        };
        self.all.get(idx?).map(AsRef::as_ref)
    }
}
