//! Mending what was read: what is known about articles, what a paragraph is, what is set aside. Each is one action.

use crate::model::action::Action;
use crate::model::article::{ASIDE, Article, Meta, PROSE, Sentence};
use crate::model::boundaries::{self, Resplit};
use crate::model::ids::{ArticleId, Span};
use crate::model::project::{Project, Refusal};
use std::sync::Arc;

/// What a paragraph can be said to be, in the order of the menu.
pub const KINDS: [&str; 6] = [PROSE, "headline", "byline", "dateline", "caption", "item"];

/// What a person may say about an article, in the order of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    Subtitle,
    Byline,
    Outlet,
    Date,
    Url,
    Lang,
}

impl Field {
    pub const ALL: [Self; 7] =
        [Self::Title, Self::Subtitle, Self::Byline, Self::Outlet, Self::Date, Self::Url, Self::Lang];

    /// The name in the window.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Byline => "Byline",
            Self::Outlet => "Outlet",
            Self::Date => "Date",
            Self::Url => "Address",
            Self::Lang => "Language",
        }
    }

    /// What is known; the date as the source wrote it does for none.
    pub fn of(self, meta: &Meta) -> Option<&str> {
        let field = match self {
            Self::Title => &meta.title,
            Self::Subtitle => &meta.subtitle,
            Self::Byline => &meta.byline,
            Self::Outlet => &meta.outlet,
            Self::Date => &meta.published,
            Self::Url => &meta.url,
            Self::Lang => &meta.lang,
        };
        field.as_deref()
    }

    /// Sets it; an empty text takes it away. A date that somebody says is not how the source wrote another one.
    pub fn put(self, meta: &mut Meta, to: &str) {
        let to = to.split_whitespace().collect::<Vec<_>>().join(" ");
        let to = (!to.is_empty()).then_some(to);
        if self.of(meta) == to.as_deref() {
            return;
        }
        let field = match self {
            Self::Title => &mut meta.title,
            Self::Subtitle => &mut meta.subtitle,
            Self::Byline => &mut meta.byline,
            Self::Outlet => &mut meta.outlet,
            Self::Date => &mut meta.published,
            Self::Url => &mut meta.url,
            Self::Lang => &mut meta.lang,
        };
        *field = to;
        if self == Self::Date {
            meta.published_as = None;
        }
    }
}

/// What is said about articles.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Details {
    /// An empty text takes one away.
    pub fields: Vec<(Field, String)>,
    /// Tags that are put to them; one that is there already is not put twice.
    pub add: Vec<String>,
    /// Tags that are taken away.
    pub take: Vec<String>,
}

/// Says something about articles, as one action; ids that are not there are passed over. `None` = nothing would change.
pub fn details(project: &Project, ids: &[ArticleId], says: &Details) -> Option<Action> {
    let plain = |tags: &[String]| -> Vec<String> {
        let words = tags.iter().map(|tag| tag.split_whitespace().collect::<Vec<_>>().join(" "));
        words.filter(|tag| !tag.is_empty()).collect()
    };
    let (add, take) = (plain(&says.add), plain(&says.take));
    change(project, ids, |article| {
        says.fields.iter().for_each(|(field, to)| field.put(&mut article.meta, to));
        let tags = &article.meta.tags;
        let mut now: Vec<String> = tags.iter().filter(|tag| !take.contains(tag)).cloned().collect();
        for tag in &add {
            if !now.contains(tag) {
                now.push(tag.clone());
            }
        }
        if now != *tags {
            article.meta.tags = now;
        }
    })
}

/// The same of their fields alone.
pub fn meta(project: &Project, ids: &[ArticleId], says: &[(Field, String)]) -> Option<Action> {
    details(project, ids, &Details { fields: says.to_vec(), ..Details::default() })
}

/// What is said of an article that is new.
pub fn meta_of(says: &[(Field, String)]) -> Meta {
    let mut meta = Meta::default();
    for (field, to) in says {
        field.put(&mut meta, to);
    }
    meta
}

/// The same of their tags alone.
pub fn tags(project: &Project, ids: &[ArticleId], add: &[String], take: &[String]) -> Option<Action> {
    details(project, ids, &Details { add: add.to_vec(), take: take.to_vec(), ..Details::default() })
}

/// Sets articles aside with a reason, or takes them back. `None` = nothing would change.
pub fn aside(project: &Project, ids: &[ArticleId], reason: Option<&str>) -> Option<Action> {
    change(project, ids, |article| article.aside = reason.map(str::to_owned))
}

/// Places articles in a split, or takes them out of theirs. `None` = nothing would change.
pub fn split(project: &Project, ids: &[ArticleId], to: Option<&str>) -> Option<Action> {
    change(project, ids, |article| article.split = to.map(str::to_owned))
}

/// Says what the paragraph is in which a sentence stands: one of [`KINDS`], or another word. [`ASIDE`] sets that sentence aside
/// alone, and other sentences of the paragraph that are set aside stay so. An empty word takes it away: a sentence that is set
/// aside comes back as what its paragraph is, any other paragraph is prose.
///
/// A headline gives the title where there is none. Refuses a locked article and a sentence that is not there; `None` = nothing
/// would change.
pub fn kind(project: &Project, id: &ArticleId, span: Span, kind: &str) -> Result<Option<Resplit>, Refusal> {
    let article = project.article(id).ok_or_else(|| Refusal::NoArticle(id.clone()))?;
    let idx = article.idx_of(span).ok_or_else(|| Refusal::NoSentence(span, id.clone()))?;
    let paragraph = article.paragraph(idx);
    let mut to = article.sentences().to_vec();
    let is_aside = to.get(idx).is_some_and(Sentence::is_aside);
    let of_others = |to: &[Sentence]| {
        let others = to.get(paragraph.clone()).unwrap_or_default();
        others.iter().find(|sentence| !sentence.is_aside()).and_then(|sentence| sentence.kind.clone())
    };
    let (kind, is_alone) = match kind {
        "" if is_aside => (of_others(&to), true),
        "" | PROSE => (None, false),
        other => (Some(Arc::from(other)), other == ASIDE),
    };
    for (place, sentence) in to.iter_mut().enumerate() {
        if place == idx || !is_alone && paragraph.contains(&place) && !sentence.is_aside() {
            sentence.kind.clone_from(&kind);
        }
    }
    let mended = article.with_sentences(to.clone());
    let Some(mut plan) = boundaries::resplit(project, id, to)? else { return Ok(None) };
    let has_title = article.meta.title.as_deref().is_some_and(|title| !title.trim().is_empty());
    if kind.as_deref() == Some("headline") && !has_title {
        let mut titled = mended;
        let rows: String = paragraph.map(|place| article.row_of(place)).collect();
        Field::Title.put(&mut titled.meta, &rows);
        let title = Action::Article { id: id.clone(), to: Some(Arc::new(titled)) };
        plan.action = Action::Many(vec![plan.action, title]);
    }
    Ok(Some(plan))
}

/// Changes articles as one action; those that stay as they are, are left out.
fn change(project: &Project, ids: &[ArticleId], to: impl Fn(&mut Article)) -> Option<Action> {
    let changed = ids.iter().filter_map(|id| {
        let was = project.article(id)?;
        let mut now = Article::clone(was);
        to(&mut now);
        (now != **was).then(|| Action::Article { id: id.clone(), to: Some(Arc::new(now)) })
    });
    let mut changed: Vec<_> = changed.collect();
    match changed.len() {
        0 | 1 => changed.pop(),
        _ => Some(Action::Many(changed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::tile;
    use crate::model::ids::{CoderId, LabelId, Stamp};
    use crate::model::plan::{self, Answer};
    use crate::model::sheet::SheetKey;
    use crate::model::sketch;

    const DRAWN: &str = "# | Post\nFlood at Lynd. [] Two drowned. []\n\nHe denies it. [denial] Share this. [none]\n\nIt rained. [fact]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |_| "a".to_owned(), |_| String::new()).unwrap()
    }

    fn a() -> ArticleId {
        ArticleId::new("a")
    }

    fn span(project: &Project, idx: usize) -> Span {
        project.article(&a()).unwrap().sentences()[idx].span
    }

    /// The kinds of the sentences, and the title.
    fn shown(project: &Project) -> String {
        let article = project.article(&a()).unwrap();
        let kinds = article.sentences().iter().map(|s| s.kind.as_deref().unwrap_or("-"));
        format!("{} | {:?}", kinds.collect::<Vec<_>>().join(" "), article.meta.title)
    }

    #[test]
    fn a_kind_is_that_of_the_paragraph_and_aside_of_the_sentence() {
        let check = |says: &[(usize, &str)], want: &str| {
            let mut project = drawn();
            let before = project.clone();
            let mut inverses = vec![];
            for (idx, word) in says {
                if let Some(plan) = kind(&project, &a(), span(&project, *idx), word).unwrap() {
                    inverses.push(project.apply(plan.action).unwrap());
                }
            }
            assert_eq!(shown(&project), want, "{says:?}");
            while let Some(inverse) = inverses.pop() {
                project.apply(inverse).unwrap();
            }
            assert_eq!(project, before);
        };
        check(&[], "- - - - - | None");
        check(&[(3, "caption")], "- - caption caption - | None");
        check(&[(0, "headline")], "headline headline - - - | Some(\"Flood at Lynd. Two drowned.\")");
        check(&[(1, "headline"), (1, "prose")], "- - - - - | Some(\"Flood at Lynd. Two drowned.\")");
        check(&[(3, "aside")], "- - - aside - | None");
        check(&[(3, "aside"), (3, "")], "- - - - - | None");
        check(&[(3, "aside"), (2, "caption")], "- - caption aside - | None");
        check(&[(3, "aside"), (2, "caption"), (3, "")], "- - caption caption - | None");
        check(&[(3, "aside"), (2, "caption"), (3, "item")], "- - item item - | None");
        check(&[(2, "item"), (3, "")], "- - - - - | None");
        check(&[(2, "box"), (4, "")], "- - box box - | None");
    }

    #[test]
    fn a_title_that_is_there_stays() {
        let mut project = drawn();
        let says = [(Field::Title, " A  flood ".to_owned()), (Field::Outlet, String::new())];
        project.apply(meta(&project, &[a()], &says).unwrap()).unwrap();
        assert_eq!(meta(&project, &[a()], &says), None);
        let plan = kind(&project, &a(), span(&project, 0), "headline").unwrap().unwrap();
        project.apply(plan.action).unwrap();
        assert_eq!(shown(&project), "headline headline - - - | Some(\"A flood\")");
        assert_eq!(project.article(&a()).unwrap().meta.outlet, None);
    }

    #[test]
    fn a_kind_that_asks_anew_takes_the_mark() {
        let mut project = drawn();
        let key = SheetKey { coder: CoderId::new("anna"), article: a() };
        let says = |project: &mut Project, idx: usize, word: &str| {
            let plan = kind(project, &a(), span(project, idx), word).unwrap().unwrap();
            let reopened = plan.followed.iter().any(|followed| followed.reopened);
            project.apply(plan.action).unwrap();
            reopened
        };
        assert!(!says(&mut project, 0, "byline"));
        project.apply(plan::done(&project, &key, true, Stamp(1)).unwrap()).unwrap();
        assert!(!says(&mut project, 3, "aside"));
        assert!(!says(&mut project, 3, ""));
        assert!(says(&mut project, 0, "prose"));
        assert!(!project.sheet(&key).unwrap().done);
    }

    #[test]
    fn answers_of_what_is_aside_stay() {
        let mut project = drawn();
        let key = SheetKey { coder: CoderId::new("anna"), article: a() };
        let before = project.clone();
        let plan = kind(&project, &a(), span(&project, 2), "aside").unwrap().unwrap();
        project.apply(plan.action).unwrap();
        let there = span(&project, 2);
        assert!(project.coding(&key, there).unwrap().has(&LabelId::new("denial")));
        // An answer given all the same is kept too.
        let fact = Answer::Labels(vec![LabelId::new("fact")]);
        assert!(plan::answer(&project, &key, there, &fact, Stamp(2)).is_some());
        let inverse = project.apply(aside(&project, &[a()], Some("paid content")).unwrap()).unwrap();
        assert_eq!(aside(&project, &[a()], Some("paid content")), None);
        project.apply(inverse).unwrap();
        let plan = kind(&project, &a(), there, "").unwrap().unwrap();
        project.apply(plan.action).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn a_date_that_is_said_is_not_how_the_source_wrote_it() {
        let mut meta = Meta { published_as: Some("Spring".to_owned()), ..Meta::default() };
        Field::Date.put(&mut meta, "");
        assert_eq!(meta.published_as.as_deref(), Some("Spring"));
        Field::Date.put(&mut meta, "2025-03");
        assert_eq!((meta.published.as_deref(), meta.published_as.as_deref()), (Some("2025-03"), None));
        for field in Field::ALL {
            field.put(&mut meta, field.name());
            assert_eq!(field.of(&meta), Some(field.name()));
        }
    }

    #[test]
    fn paragraphs_end_where_lines_are_left_empty() {
        let text = "One. Two.\nThree.\n \nFour.\n\nFive";
        let ends = [5, 10, 19, 26, 30];
        let mut start = 0;
        let rows = ends.map(|end| (std::mem::replace(&mut start, end)..end, None));
        let article = Article::new(a(), text.into(), tile(text, &rows).unwrap(), String::new());
        let paragraphs: Vec<_> = (0..5).map(|idx| article.paragraph(idx)).collect();
        assert_eq!(paragraphs, [0..3, 0..3, 0..3, 3..4, 4..5]);
    }
}
