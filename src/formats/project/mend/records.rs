//! Mending links, decisions, comments and conflicts.

use super::{Mender, Placed, free_id};
use crate::formats::project::records::{
    CodingRec, CommentRec, ConflictRec, DecisionRec, LinkRec, SpanRec, StampRec, Texts,
};
use crate::formats::project::rows::{self, Odd, stamp};
use crate::formats::project::write_records as write;
use crate::formats::project::{escape, record};
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::decision::{Conflict, Decision};
use crate::model::ids::{self, ArticleId, CoderId, Kept, LabelId, RecordId, Span, Stamp};
use crate::model::link::Link;
use std::collections::BTreeMap;

/// Stands for a span that could not be read, in a record that is kept as it is written.
const NOWHERE: Span = Span { start: 0, end: 0 };

/// Records with ids of their own.
trait Record: PartialEq + Clone {
    const WHAT: &'static str;
    fn id(&mut self) -> &mut RecordId;
}

macro_rules! records {
    ($($name:ident $what:literal),*) => {
        $(impl Record for $name {
            const WHAT: &'static str = $what;
            fn id(&mut self) -> &mut RecordId {
                &mut self.id
            }
        })*
    };
}
records!(Link "link", Decision "decision", Comment "comment");

/// Records by their ids as written, and those that had to get another.
struct ById<T> {
    by_id: BTreeMap<String, T>,
    n_renamed: usize,
}

impl<T: Record> ById<T> {
    fn take(&mut self, mender: &mut Mender, mut record: T) {
        let written = record.id().to_string();
        if ids::is_id(&written) {
            match self.by_id.get(&written) {
                None => {
                    self.by_id.insert(written, record);
                    return;
                }
                Some(first) if *first == record => {
                    mender.say(format!("{} `{written}` stands twice: once is enough", T::WHAT));
                    return;
                }
                Some(_) => {}
            }
        }
        let id = free_id(&written, self.n_renamed, |id| self.by_id.contains_key(id));
        self.n_renamed += 1;
        mender.say(format!("id `{written}` of a {} is taken or no id: it is `{id}` now", T::WHAT));
        *record.id() = RecordId::new(id.as_str());
        self.by_id.insert(id, record);
    }
}

impl Mender {
    pub(super) fn take_links(&mut self, recs: Vec<LinkRec>) -> Vec<Link> {
        let mut links = ById { by_id: BTreeMap::new(), n_renamed: 0 };
        for rec in recs {
            let (mut link, bad_time) = link(rec);
            self.say_bad_time(Link::WHAT, &link.id, bad_time);
            let from = self.place(link.article.as_str(), link.sentence);
            let to = self.place(link.to_article.as_str(), link.to_sentence);
            let (Some(from), Some(to)) = (from, to) else {
                self.unplaced.push(write::one_line(|out| write::link(out, "link", &link)));
                self.say(format!("link `{}` leads to what is not there: it stays under `unplaced`", link.id));
                continue;
            };
            (link.article, link.sentence) = from;
            (link.to_article, link.to_sentence) = to;
            link.by = self.coder(link.by.as_str());
            links.take(self, link);
        }
        links.by_id.into_values().collect()
    }

    pub(super) fn take_decisions(&mut self, recs: Vec<DecisionRec>) -> Vec<Decision> {
        let mut decisions = ById { by_id: BTreeMap::new(), n_renamed: 0 };
        for rec in recs {
            let (mut decision, bad_time) = decision(rec);
            self.say_bad_time(Decision::WHAT, &decision.id, bad_time);
            let Some(place) = self.place(decision.article.as_str(), decision.sentence) else {
                self.unplaced.push(write::one_line(|out| write::decision(out, "decision", &decision)));
                let id = &decision.id;
                self.say(format!("decision `{id}` is about what is not there: it stays under `unplaced`"));
                continue;
            };
            (decision.article, decision.sentence) = place;
            decision.by = self.coder(decision.by.as_str());
            let mut coding = Coding { labels: std::mem::take(&mut decision.labels), ..Coding::default() };
            if self.own_labels(&mut coding) {
                self.say(format!("decision `{}` has a label twice: once is enough", decision.id));
            }
            decision.labels = coding.labels;
            if decision.labels.len() > 1 && !self.scheme.takes_several() {
                let written = decision.labels.iter().map(|id| escape::string(id.as_str()));
                let written = written.collect::<Vec<_>>().join(", ");
                record::add(&mut decision.extra, "labels_as_written", format!("[{written}]"));
                decision.labels = decision.labels.iter().take(1).cloned().collect();
                let id = &decision.id;
                self.say(format!(
                    "decision `{id}` has several labels in a scheme that takes one: the first stays"
                ));
            }
            decisions.take(self, decision);
        }
        decisions.by_id.into_values().collect()
    }

    pub(super) fn take_comments(&mut self, recs: Vec<CommentRec>) -> Vec<Comment> {
        let mut comments = ById { by_id: BTreeMap::new(), n_renamed: 0 };
        for rec in recs {
            let (mut comment, bad_span, bad_time) = comment(rec);
            self.say_bad_time(Comment::WHAT, &comment.id, bad_time);
            let Some(placed) = self.articles.get(comment.article.as_str()).cloned() else {
                self.unplaced.push(write::one_line(|out| write::comment(out, "comment", &comment)));
                let id = &comment.id;
                self.say(format!(
                    "comment `{id}` is about an article that is not there: it stays under `unplaced`"
                ));
                continue;
            };
            comment.article = placed.article.id.clone();
            let meant = comment.sentence.map(|span| (span, placed.span(span)));
            if bad_span || meant.is_some_and(|(_, found)| found.is_none()) {
                if let Some((written, _)) = meant {
                    record::add(&mut comment.extra, "s_as_written", escape::string(&written.to_string()));
                }
                let says = format!(
                    "comment `{}` is about a sentence that {} does not have: it is about the article now",
                    comment.id,
                    placed.title()
                );
                self.say_at(&comment.article, None, says);
            }
            comment.sentence = meant.and_then(|(_, found)| found);
            comment.by = self.coder(comment.by.as_str());
            comments.take(self, comment);
        }
        let ids: Vec<String> = comments.by_id.keys().cloned().collect();
        for comment in comments.by_id.values_mut() {
            let is_there = |re: &RecordId| ids.binary_search_by(|id| id.as_str().cmp(re.as_str())).is_ok();
            if let Some(re) = comment.re.take_if(|re| !is_there(re)) {
                record::add(&mut comment.extra, "re_as_written", escape::string(re.as_str()));
                self.say(format!("comment `{}` answers `{re}`, which is not there", comment.id));
            }
        }
        for id in closing_circles(&comments.by_id) {
            let Some(comment) = comments.by_id.get_mut(&id) else { continue };
            if let Some(re) = comment.re.take() {
                record::add(&mut comment.extra, "re_as_written", escape::string(re.as_str()));
                self.say(format!("comment `{id}` answers itself by way of `{re}`: it answers nothing now"));
            }
        }
        comments.by_id.into_values().collect()
    }

    pub(super) fn take_conflicts(&mut self, recs: Vec<ConflictRec>) {
        for rec in recs {
            let (mut conflict, is_odd) = conflict(rec);
            let Some(placed) = self.articles.get(conflict.article.as_str()).cloned() else {
                self.unplaced.push(write::one_line(|out| write::conflict(out, "conflict", &conflict)));
                let article = &conflict.article;
                self.say(format!(
                    "a conflict is about article `{article}`, which is not there: it stays under `unplaced`"
                ));
                continue;
            };
            conflict.article = placed.article.id.clone();
            let mut is_odd = is_odd;
            if conflict.sentence == NOWHERE {
                self.unplaced.push(write::one_line(|out| write::conflict(out, "conflict", &conflict)));
                self.say(format!(
                    "a conflict in {} names no sentence: it stays under `unplaced`",
                    placed.title()
                ));
                continue;
            }
            conflict.sentence = placed.span(conflict.sentence).unwrap_or(conflict.sentence);
            conflict.coder = self.coder(conflict.coder.as_str());
            for side in [&mut conflict.base, &mut conflict.ours, &mut conflict.theirs].into_iter().flatten() {
                is_odd |= self.own_labels(side);
            }
            if is_odd {
                let says = format!(
                    "a conflict at sentence `{}` of {} has a time that cannot be read, or a label twice or none",
                    conflict.sentence,
                    placed.title()
                );
                self.say_at(&conflict.article, Some(conflict.sentence), says);
            }
            self.conflicts.push(conflict);
        }
    }

    /// The article and sentence that a record means, if they are there.
    fn place(&self, article: &str, sentence: Span) -> Option<(ArticleId, Span)> {
        let placed: &Placed = self.articles.get(article)?;
        Some((placed.article.id.clone(), placed.span(sentence)?))
    }

    fn say_bad_time(&mut self, what: &str, id: &RecordId, bad_time: Option<String>) {
        if let Some(written) = bad_time {
            self.bad_time(&format!("{what} `{id}`"), &written);
        }
    }
}

/// One comment of each circle in which comments answer each other.
fn closing_circles(comments: &BTreeMap<String, Comment>) -> Vec<String> {
    // The walk in which a comment was met first.
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    let mut closing = Vec::new();
    for (walk, start) in comments.values().enumerate() {
        let mut here = Some(start);
        while let Some(comment) = here {
            if let Some(earlier) = met.insert(comment.id.as_str(), walk) {
                if earlier == walk {
                    closing.push(comment.id.to_string());
                }
                break;
            }
            here = comment.re.as_ref().and_then(|re| comments.get(re.as_str()));
        }
    }
    closing
}

/// A moment, or what stands in its place.
fn at(rec: Option<StampRec>, extra: &mut Kept) -> (Option<Stamp>, Option<String>) {
    let mut bad_time = None;
    let at = stamp(rec, "at", extra, |written| bad_time = Some(written));
    (at, bad_time)
}

/// A span, or nowhere with what is written beside it.
fn span(SpanRec(rec): SpanRec, name: &str, extra: &mut Kept) -> Span {
    rec.unwrap_or_else(|written| {
        record::add(extra, &format!("{name}_as_written"), escape::string(&written));
        NOWHERE
    })
}

/// A link as it stands in the file, and a time that cannot be read.
pub(in crate::formats) fn link(rec: LinkRec) -> (Link, Option<String>) {
    let mut extra = rec.extra;
    let (at, bad_time) = at(rec.at, &mut extra);
    let link = Link {
        id: RecordId::new(rec.id),
        article: ArticleId::new(rec.article),
        sentence: span(rec.s, "s", &mut extra),
        to_article: ArticleId::new(rec.to_article),
        to_sentence: span(rec.to_s, "to_s", &mut extra),
        by: CoderId::new(rec.by),
        at,
        extra,
    };
    (link, bad_time)
}

/// A decision as it stands in the file, and a time that cannot be read.
pub(in crate::formats) fn decision(rec: DecisionRec) -> (Decision, Option<String>) {
    let mut extra = rec.extra;
    let (at, bad_time) = at(rec.at, &mut extra);
    let Texts(labels) = rec.labels;
    let decision = Decision {
        id: RecordId::new(rec.id),
        article: ArticleId::new(rec.article),
        sentence: span(rec.s, "s", &mut extra),
        labels: labels.into_iter().map(LabelId::new).collect(),
        reason: rec.reason,
        by: CoderId::new(rec.by),
        at,
        extra,
    };
    (decision, bad_time)
}

/// A comment as it stands in the file, whether its span cannot be read, and a time that cannot.
pub(in crate::formats) fn comment(rec: CommentRec) -> (Comment, bool, Option<String>) {
    let mut extra = rec.extra;
    let (at, bad_time) = at(rec.at, &mut extra);
    let is_bad = rec.s.as_ref().is_some_and(|SpanRec(s)| s.is_err());
    let sentence = rec.s.map(|s| span(s, "s", &mut extra)).filter(|span| *span != NOWHERE);
    let comment = Comment {
        id: RecordId::new(rec.id),
        article: ArticleId::new(rec.article),
        sentence,
        by: CoderId::new(rec.by),
        at,
        text: rec.text,
        re: rec.re.map(RecordId::new),
        extra,
    };
    (comment, is_bad, bad_time)
}

/// A conflict as it stands in the file, and whether something in it could not be taken as it stands.
pub(in crate::formats) fn conflict(rec: ConflictRec) -> (Conflict, bool) {
    let mut extra = rec.extra;
    let mut names = rows::Names::default();
    let mut is_odd = false;
    let mut side = |rec: Option<CodingRec>| {
        let (_, coding, odd) = rows::coding(rec?, &mut names);
        is_odd |= odd.iter().any(|odd| matches!(odd, Odd::Time(..) | Odd::NoLabels(_)));
        Some(coding)
    };
    let (base, ours, theirs) = (side(rec.base), side(rec.ours), side(rec.theirs));
    let (at, bad_time) = at(rec.at, &mut extra);
    let conflict = Conflict {
        coder: CoderId::new(rec.coder),
        article: ArticleId::new(rec.article),
        sentence: span(rec.s, "s", &mut extra),
        base,
        ours,
        theirs,
        who: rec.who,
        at,
        extra,
    };
    (conflict, is_odd || bad_time.is_some())
}
