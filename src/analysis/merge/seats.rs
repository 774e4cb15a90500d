//! The last look: what stands at a sentence that is not there after all goes to the one over it.

use crate::analysis::merge::account::Account;
use crate::model::article::Article;
use crate::model::comment::Comment;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, RecordId, Span};
use crate::model::link::Link;
use crate::model::sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The merged articles by their ids.
pub(super) type ByArticle<'a> = BTreeMap<&'a str, Arc<Article>>;

/// The sentence itself, or the one that is over its beginning.
fn over(articles: &ByArticle<'_>, id: &ArticleId, span: Span) -> Option<Span> {
    let article = articles.get(id.as_str())?;
    if article.idx_of(span).is_some() {
        return Some(span);
    }
    let after = article.sentences().partition_point(|sentence| sentence.span.start <= span.start);
    article.sentences().get(after.saturating_sub(1)).map(|sentence| sentence.span)
}

pub(super) fn links(links: Vec<Link>, articles: &ByArticle<'_>, account: &mut Account) -> Vec<Link> {
    let seated = links.into_iter().filter_map(|link| {
        let sentence = over(articles, &link.article, link.sentence)?;
        let to_sentence = over(articles, &link.to_article, link.to_sentence)?;
        if link.article == link.to_article && sentence == to_sentence && link.sentence != link.to_sentence {
            account.said.push(format!("link `{}` goes, since both its ends are one sentence now", link.id));
            return None;
        }
        Some(Link { sentence, to_sentence, ..link })
    });
    seated.collect()
}

pub(super) fn decisions(decisions: Vec<Decision>, articles: &ByArticle<'_>) -> Vec<Decision> {
    let seated = decisions.into_iter().filter_map(|decision| {
        let sentence = over(articles, &decision.article, decision.sentence)?;
        Some(Decision { sentence, ..decision })
    });
    seated.collect()
}

/// A comment whose sentence went stands on the article; one that answered a comment of an article that went answers nothing.
pub(super) fn comments(
    comments: Vec<Comment>,
    articles: &ByArticle<'_>,
    account: &mut Account,
) -> Vec<Comment> {
    let there: BTreeSet<RecordId> = comments.iter().map(|comment| comment.id.clone()).collect();
    let seated = comments.into_iter().map(|comment| {
        let sentence = comment.sentence.and_then(|span| over(articles, &comment.article, span));
        let re = comment.re.clone().filter(|above| there.contains(above));
        if re != comment.re {
            account
                .said
                .push(format!("comment `{}` answers nothing now, the article of the other went", comment.id));
        }
        Comment { sentence, re, ..comment }
    });
    seated.collect()
}

/// Rows without their sentence are kept to be looked at.
pub(super) fn sheet(sheet: Arc<Sheet>, articles: &ByArticle<'_>) -> Arc<Sheet> {
    let Some(article) = articles.get(sheet.key.article.as_str()) else { return sheet };
    // Both are in the order of the text.
    let mut spans = article.sentences().iter().map(|sentence| sentence.span);
    if sheet.rows.iter().all(|row| spans.any(|span| span == row.span)) {
        return sheet;
    }
    let mut seated = Sheet::clone(&sheet);
    let (rows, lost): (Vec<_>, Vec<_>) =
        seated.rows.into_iter().partition(|row| article.idx_of(row.span).is_some());
    seated.rows = rows;
    seated.kept.extend(lost);
    Arc::new(seated)
}
