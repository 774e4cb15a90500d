//! Where what is looked for stands in the article in view: worked out once, for an article may have very many hits.

use crate::analysis::query::search::Found;
use crate::analysis::query::sentences::At;
use crate::model::article::Article;
use crate::session::Session;
use crate::ui::parts::prose::{Span, SpanKind};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Marked places, kept from frame to frame.
#[derive(Default)]
pub struct Hits {
    /// Of which result, and of which article.
    of: Option<(u64, Arc<Article>)>,
    /// By sentence, in code points of it: those that were in view.
    words: BTreeMap<usize, Vec<Range<usize>>>,
    /// In code points of the title.
    title: Vec<Range<usize>>,
}

impl Hits {
    /// Forgets what is of another result or another article.
    pub fn refresh(&mut self, session: &Session, article: &Arc<Article>) {
        let n_results = session.search().n_results();
        let is_same = |(of, kept): &(u64, Arc<Article>)| *of == n_results && Arc::ptr_eq(kept, article);
        if self.of.as_ref().is_some_and(is_same) {
            return;
        }
        let found = session.search().found();
        let is_in_title = found.hits_in(&article.id).first().is_some_and(|hit| hit.at == At::Title);
        let title = article.shown_title();
        self.title = if is_in_title { places(found, title) } else { Vec::new() };
        self.words.clear();
        self.of = Some((n_results, Arc::clone(article)));
    }

    /// The marks in sentences, each given with its code points of the text that is painted.
    pub fn spans<'a>(
        &mut self,
        session: &Session,
        article: &Article,
        shown: impl Iterator<Item = &'a (usize, Range<usize>)>,
    ) -> Vec<Span> {
        let found = session.search().found();
        if found.hits_in(&article.id).is_empty() {
            return Vec::new();
        }
        let in_hand = session.hit_in_hand().is_some();
        let mut spans = Vec::new();
        for (idx, range) in shown {
            let words = self.words.entry(*idx).or_insert_with(|| {
                let hit = found.hit_at(&article.id, *idx).filter(|hit| hit.at == At::Text);
                let sentence = hit.and_then(|_| article.sentences().get(*idx));
                sentence.map_or_else(Vec::new, |sentence| places(found, article.words_of(sentence)))
            });
            let is_current = in_hand && *idx == session.view().sentence;
            let kind = if is_current { SpanKind::HitCurrent } else { SpanKind::Hit };
            let from = range.start;
            spans.extend(words.iter().map(|word| Span { range: from + word.start..from + word.end, kind }));
        }
        spans
    }

    /// The marks in the title that stands over the text.
    pub fn in_title(&self, session: &Session) -> Vec<Span> {
        let hit = session.hit_in_hand().and_then(|number| session.search().found().hit(number));
        let is_current = hit.is_some_and(|(_, hit)| hit.at == At::Title);
        let kind = if is_current { SpanKind::HitCurrent } else { SpanKind::Hit };
        self.title.iter().map(|word| Span { range: word.clone(), kind }).collect()
    }
}

/// Where what is looked for stands in a text, in code points.
fn places(found: &Found, text: &str) -> Vec<Range<usize>> {
    let (mut at, mut chars) = (0, 0);
    let mut char = |to: usize| {
        chars += text.get(at..to).map_or(0, |between| between.chars().count());
        at = to;
        chars
    };
    let places = found.query.places(text, found.whole);
    places.into_iter().map(|place| char(place.start)..char(place.end)).collect()
}
