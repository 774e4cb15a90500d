//! Mending links, decisions and comments.

use super::{Mender, Numbers, Placed};
use crate::formats::project::cells::{SpanRec, StampRec, Texts};
use crate::formats::project::list::{List, Make, each};
use crate::formats::project::records::{CommentRec, DecisionRec, LinkRec};
use crate::formats::project::room::{self, ALLOCATION};
use crate::formats::project::rows::{Names, stamp};
use crate::formats::project::write_records as write;
use crate::formats::project::{escape, record};
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{self, ArticleId, CoderId, Kept, LabelId, RecordId, Span, Stamp};
use crate::model::import::Import;
use crate::model::link::Link;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Stands for a span that could not be read, in a record that is kept as it is written.
const NOWHERE: Span = Span { start: 0, end: 0 };

/// Records with ids of their own.
pub(super) trait Record: PartialEq + Clone {
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
records!(Link "link", Decision "decision", Comment "comment", Draw "draw", Import "import");

/// A record with lists of its own as it stands in the file, a time that cannot be read, and for how much in the lists there
/// was no room.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct Listing<T> {
    pub record: T,
    pub bad_time: Option<String>,
    pub n_left_out: usize,
}

impl<T> Listing<T> {
    /// Whether this program may have written it.
    pub fn is_sound(&self) -> bool {
        self.bad_time.is_none() && self.n_left_out == 0
    }
}

/// Records by their ids as written, and those that had to get another.
pub(super) struct ById<T> {
    pub by_id: BTreeMap<RecordId, Arc<T>>,
    numbers: Numbers,
}

impl<T: Record> ById<T> {
    pub(super) fn new() -> Self {
        Self { by_id: BTreeMap::new(), numbers: Numbers::default() }
    }

    pub(super) fn take(&mut self, mender: &mut Mender, mut record: T) {
        let written = record.id().clone();
        if ids::is_id(written.as_str()) {
            match self.by_id.get(&written) {
                None => {
                    self.by_id.insert(written, Arc::new(record));
                    return;
                }
                Some(first) if **first == record => {
                    mender.say(format!("{} `{written}` stands twice: once is enough", T::WHAT));
                    return;
                }
                Some(_) => {}
            }
        }
        let id = self.numbers.free_id(written.as_str(), |id| self.by_id.contains_key(id));
        let a = if T::WHAT == Import::WHAT { "an" } else { "a" };
        mender.say(format!("id `{written}` of {a} {} is taken or no id: it is `{id}` now", T::WHAT));
        let id = RecordId::new(id);
        *record.id() = id.clone();
        self.by_id.insert(id, Arc::new(record));
    }
}

impl Mender {
    pub(super) fn take_links(&mut self, list: List<LinkRec>) -> Vec<Arc<Link>> {
        self.unplaced.n_left_out += list.n_left_out;
        let mut links = ById::new();
        for (mut link, bad_time) in each(list.made) {
            self.say_bad_time(Link::WHAT, &link.id, bad_time);
            let from = self.place(link.article.as_str(), link.sentence);
            let to = self.place(link.to_article.as_str(), link.to_sentence);
            let (Some(from), Some(to)) = (from, to) else {
                self.unplaced.push(&write::one_line(|out| write::link(out, "link", &link)));
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

    pub(super) fn take_decisions(&mut self, list: List<DecisionRec>) -> Vec<Arc<Decision>> {
        self.unplaced.n_left_out += list.n_left_out;
        let mut decisions = ById::new();
        for (mut decision, bad_time) in each(list.made) {
            self.say_bad_time(Decision::WHAT, &decision.id, bad_time);
            let Some(place) = self.place(decision.article.as_str(), decision.sentence) else {
                self.unplaced.push(&write::one_line(|out| write::decision(out, "decision", &decision)));
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
                record::add(&mut decision.extra, "labels_as_written", &format!("[{written}]"));
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

    pub(super) fn take_comments(&mut self, list: List<CommentRec>) -> Vec<Arc<Comment>> {
        self.unplaced.n_left_out += list.n_left_out;
        let mut comments = ById::new();
        for (mut comment, bad_span, bad_time) in each(list.made) {
            self.say_bad_time(Comment::WHAT, &comment.id, bad_time);
            let Some(placed) = self.articles.get(&comment.article).cloned() else {
                self.unplaced.push(&write::one_line(|out| write::comment(out, "comment", &comment)));
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
                    record::add(&mut comment.extra, "s_as_written", &escape::string(&written.to_string()));
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
        // One byte a comment: a file may be nothing but comments.
        let is_missing =
            |comment: &Arc<Comment>| comment.re.as_ref().is_some_and(|re| !comments.by_id.contains_key(re));
        let missing: Vec<bool> = comments.by_id.values().map(is_missing).collect();
        let answering = comments.by_id.values_mut().zip(missing).filter(|(_, is_missing)| *is_missing);
        for comment in answering.map(|(comment, _)| Arc::make_mut(comment)) {
            if let Some(re) = comment.re.take() {
                record::add(&mut comment.extra, "re_as_written", &escape::string(re.as_str()));
                self.say(format!("comment `{}` answers `{re}`, which is not there", comment.id));
            }
        }
        for id in closing_circles(&comments.by_id) {
            let Some(comment) = comments.by_id.get_mut(&id).map(Arc::make_mut) else { continue };
            if let Some(re) = comment.re.take() {
                record::add(&mut comment.extra, "re_as_written", &escape::string(re.as_str()));
                self.say(format!("comment `{id}` answers itself by way of `{re}`: it answers nothing now"));
            }
        }
        comments.by_id.into_values().collect()
    }

    /// The article and sentence that a record means, if they are there.
    fn place(&self, article: &str, sentence: Span) -> Option<(ArticleId, Span)> {
        let placed: &Placed = self.articles.get(article)?;
        Some((placed.article.id.clone(), placed.span(sentence)?))
    }

    #[track_caller]
    pub(super) fn say_bad_time(&mut self, what: &str, id: &RecordId, bad_time: Option<String>) {
        if let Some(written) = bad_time {
            self.bad_time(&format!("{what} `{id}`"), &written);
        }
    }
}

/// One comment of each circle in which comments answer each other.
fn closing_circles(comments: &BTreeMap<RecordId, Arc<Comment>>) -> Vec<RecordId> {
    if comments.values().all(|comment| comment.re.is_none()) {
        return vec![];
    }
    let all: Vec<&Comment> = comments.values().map(AsRef::as_ref).collect();
    let place = |id: &RecordId| all.binary_search_by(|comment| comment.id.cmp(id)).ok();
    // The walk in which each comment was met first, from 1.
    let mut met = vec![0_u32; all.len()];
    let mut closing = Vec::new();
    for (start, walk) in (0..all.len()).zip(1..) {
        let mut here = Some(start);
        while let Some((comment, first)) = here.and_then(|at| all.get(at).zip(met.get_mut(at))) {
            if *first > 0 {
                if *first == walk {
                    closing.push(comment.id.clone());
                }
                break;
            }
            *first = walk;
            here = comment.re.as_ref().and_then(place);
        }
    }
    closing
}

/// A moment, or what stands in its place.
pub(super) fn at(rec: Option<StampRec>, extra: &mut Kept) -> (Option<Stamp>, Option<String>) {
    let mut bad_time = None;
    let at = stamp(rec, "at", extra, |written| bad_time = Some(written));
    (at, bad_time)
}

/// A span, or nowhere with what is written beside it.
fn span(SpanRec(rec): SpanRec, name: &str, extra: &mut Kept) -> Span {
    rec.unwrap_or_else(|written| {
        record::add(extra, &format!("{name}_as_written"), &escape::string(&written));
        NOWHERE
    })
}

/// What a record takes in a map of them, with an id of its own and texts.
pub(super) fn in_a_map<T>(texts: [&str; 2], extra: &Kept) -> usize {
    // Leaves of a map are half empty.
    size_of::<T>()
        + 2 * (size_of::<Arc<T>>() + size_of::<RecordId>())
        + 4 * ALLOCATION
        + texts.map(room::of_text).iter().sum::<usize>()
        + room::of_extra(extra)
}

impl Make for LinkRec {
    type Made = (Link, Option<String>);

    fn make(self, names: &mut Names) -> Self::Made {
        link(self, names)
    }

    fn n_bytes((made, bad_time): &Self::Made) -> usize {
        in_a_map::<Link>(["", bad_time.as_deref().unwrap_or_default()], &made.extra)
    }
}

impl Make for DecisionRec {
    type Made = (Decision, Option<String>);

    fn make(self, names: &mut Names) -> Self::Made {
        decision(self, names)
    }

    fn n_bytes((made, bad_time): &Self::Made) -> usize {
        let labels = ALLOCATION + made.labels.len() * (size_of::<LabelId>() + 3 * ALLOCATION);
        let words = room::of_text(&made.code) + room::of_texts(&made.answers);
        labels
            + words
            + in_a_map::<Decision>([&made.reason, bad_time.as_deref().unwrap_or_default()], &made.extra)
    }
}

impl Make for CommentRec {
    type Made = (Comment, bool, Option<String>);

    fn make(self, names: &mut Names) -> Self::Made {
        comment(self, names)
    }

    fn n_bytes((made, _, bad_time): &Self::Made) -> usize {
        // One that is not there stays beside it as it is written.
        let re = made.re.as_ref().map_or(0, |_| 7 * ALLOCATION);
        re + in_a_map::<Comment>([&made.text, bad_time.as_deref().unwrap_or_default()], &made.extra)
    }
}

/// A link as it stands in the file, and a time that cannot be read.
pub(in crate::formats) fn link(rec: LinkRec, names: &mut Names) -> (Link, Option<String>) {
    let mut extra = rec.extra;
    let (at, bad_time) = at(rec.at, &mut extra);
    let link = Link {
        id: RecordId::new(rec.id),
        article: ArticleId::new(names.id(rec.article)),
        sentence: span(rec.s, "s", &mut extra),
        to_article: ArticleId::new(names.id(rec.to_article)),
        to_sentence: span(rec.to_s, "to_s", &mut extra),
        by: CoderId::new(names.id(rec.by)),
        at,
        extra,
    };
    (link, bad_time)
}

/// A decision as it stands in the file, and a time that cannot be read.
pub(in crate::formats) fn decision(rec: DecisionRec, names: &mut Names) -> (Decision, Option<String>) {
    let mut extra = rec.extra;
    let (at, bad_time) = at(rec.at, &mut extra);
    let Texts(labels) = rec.labels;
    let decision = Decision {
        id: RecordId::new(rec.id),
        article: ArticleId::new(names.id(rec.article)),
        sentence: span(rec.s, "s", &mut extra),
        labels: labels.iter().map(|id| names.label(id)).collect(),
        reason: rec.reason,
        code: rec.code,
        by: CoderId::new(names.id(rec.by)),
        at,
        answers: rec.answers.0.into_iter().map(String::into_boxed_str).collect(),
        extra,
    };
    (decision, bad_time)
}

/// A comment as it stands in the file, whether its span cannot be read, and a time that cannot.
pub(in crate::formats) fn comment(rec: CommentRec, names: &mut Names) -> (Comment, bool, Option<String>) {
    let mut extra = rec.extra;
    let (at, bad_time) = at(rec.at, &mut extra);
    let is_bad = rec.s.as_ref().is_some_and(|SpanRec(s)| s.is_err());
    let sentence = rec.s.map(|s| span(s, "s", &mut extra)).filter(|span| *span != NOWHERE);
    let comment = Comment {
        id: RecordId::new(rec.id),
        article: ArticleId::new(names.id(rec.article)),
        sentence,
        by: CoderId::new(names.id(rec.by)),
        at,
        text: rec.text,
        re: rec.re.map(RecordId::new),
        resolved: rec.resolved,
        extra,
    };
    (comment, is_bad, bad_time)
}
