//! In what a file differs from the project beside its answers.

use crate::model::article::Article;
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use crate::model::scheme::{Label, Scheme};
use std::collections::BTreeSet;

/// Something that is otherwise in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub kind: Kind,
    /// How often.
    pub n: usize,
    /// The label, or the article's title.
    pub what: String,
    /// The article, by its id in the file.
    pub article: Option<ArticleId>,
    /// The fields that differ: name, and what the project and the file say.
    pub fields: Vec<(&'static str, String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Other sentences, not taken.
    Boundaries,
    BoundariesTaken,
    Codebook,
    Details,
    NewArticle,
    OtherText,
    Outside,
    OtherLabels,
    SameTime,
    Refused,
    Mended,
    NotDone,
}

impl Kind {
    /// The word for it in tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Boundaries => "boundaries",
            Self::BoundariesTaken => "boundaries_taken",
            Self::Codebook => "codebook",
            Self::Details => "details",
            Self::NewArticle => "new_article",
            Self::OtherText => "other_text",
            Self::Outside => "outside",
            Self::OtherLabels => "other_labels",
            Self::SameTime => "same_time",
            Self::Refused => "refused",
            Self::Mended => "mended",
            Self::NotDone => "not_done",
        }
    }

    /// Whether it is something that was not taken as it is.
    pub fn differs(self) -> bool {
        !matches!(self, Self::BoundariesTaken | Self::NewArticle | Self::NotDone)
    }
}

impl Difference {
    pub(super) fn new(kind: Kind, n: usize) -> Self {
        Self { kind, n, what: String::new(), article: None, fields: vec![] }
    }

    /// `outlet: Ledger → Post`, for each field.
    pub fn field_lines(&self) -> impl Iterator<Item = String> {
        let shown = |text: &str| if text.is_empty() { "\u{2013}".to_owned() } else { text.to_owned() };
        self.fields.iter().map(move |(name, a, b)| format!("{name}: {} \u{2192} {}", shown(a), shown(b)))
    }

    /// As a line of a list.
    pub fn says(&self) -> String {
        let Self { n, what, .. } = self;
        let of = |one: &str, many: &str| if *n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        match self.kind {
            Kind::Boundaries => {
                format!("boundaries: {} in \u{201c}{what}\u{201d}", of("sentence", "sentences"))
            }
            Kind::BoundariesTaken => {
                format!("boundaries taken: {} in \u{201c}{what}\u{201d}", of("sentence", "sentences"))
            }
            Kind::Codebook => format!("codebook: {what}"),
            Kind::Details => format!("details of \u{201c}{what}\u{201d}"),
            Kind::NewArticle => format!("new article \u{201c}{what}\u{201d}"),
            Kind::OtherText => {
                format!("{} to an article whose text is another one", of("answer", "answers"))
            }
            Kind::Outside => {
                format!("{} at sentences that the project does not have", of("answer", "answers"))
            }
            Kind::OtherLabels => format!("{} with labels that the project does not take", of("row", "rows")),
            Kind::SameTime => format!("{} of the same time as another one", of("answer", "answers")),
            Kind::Refused => format!("{} in articles that are locked", of("answer", "answers")),
            Kind::Mended => format!("{} in the file had to be mended", of("thing", "things")),
            Kind::NotDone => format!("{} not done", of("article", "articles")),
        }
    }
}

/// Codebook, details, new articles, and damage of a file.
pub(super) fn of_file(project: &Project, theirs: &Project, n_mends: usize) -> Vec<Difference> {
    let mut found: Vec<_> = codebook(project.scheme(), theirs.scheme());
    for article in theirs.articles() {
        let what = article.shown_title().to_owned();
        let kind = match project.article(&article.id) {
            None => Kind::NewArticle,
            Some(own) if own.text() != article.text() => Kind::OtherText,
            Some(own) if own.meta != article.meta || own.aside != article.aside => Kind::Details,
            Some(_) => continue,
        };
        let fields = match project.article(&article.id).filter(|_| kind == Kind::Details) {
            Some(own) => differing(details(own), details(article)),
            None => vec![],
        };
        found.push(Difference { kind, n: 1, what, article: Some(article.id.clone()), fields });
    }
    // An article of another id is no new one where its text is there.
    if found.iter().any(|one| one.kind == Kind::NewArticle) {
        let texts: BTreeSet<&str> = project.articles().map(|article| article.text()).collect();
        let is_there =
            |id: &ArticleId| theirs.article(id).is_some_and(|article| texts.contains(article.text()));
        found.retain(|one| one.kind != Kind::NewArticle || !one.article.as_ref().is_some_and(is_there));
    }
    // Answers to it are counted where they are missed.
    found.retain(|one| one.kind != Kind::OtherText);
    if n_mends > 0 {
        found.push(Difference::new(Kind::Mended, n_mends));
    }
    found
}

fn codebook(ours: &Scheme, theirs: &Scheme) -> Vec<Difference> {
    let say = |what: String, fields| Difference { kind: Kind::Codebook, n: 1, what, article: None, fields };
    let mut found = vec![];
    for label in &theirs.labels {
        match ours.label(&label.id) {
            None => found.push(say(format!("{} is new", label.name), vec![])),
            Some(own) if own != label => found
                .push(say(format!("{} {}", own.name, how(own, label)), differing(words(own), words(label)))),
            Some(_) => {}
        }
    }
    let gone = ours.labels.iter().filter(|label| theirs.label(&label.id).is_none());
    found.extend(gone.map(|label| say(format!("{} is not there", label.name), vec![])));
    if (&ours.choose, &ours.skip) != (&theirs.choose, &theirs.skip) {
        let fields =
            |scheme: &Scheme| vec![("choose", scheme.choose.clone()), ("skip", scheme.skip.join(", "))];
        let what = "what is labelled, and with how many labels".to_owned();
        found.push(say(what, differing(fields(ours), fields(theirs))));
    }
    found
}

/// The fields of a thing, by name.
type Fields = Vec<(&'static str, String)>;

/// Those that differ.
fn differing(ours: Fields, theirs: Fields) -> Vec<(&'static str, String, String)> {
    let both = ours.into_iter().zip(theirs).filter(|((_, a), (_, b))| a != b);
    both.map(|((name, a), (_, b))| (name, a, b)).collect()
}

/// How a label is worded.
fn words(label: &Label) -> Fields {
    vec![
        ("name", label.name.clone()),
        ("says", label.says.clone()),
        ("is", label.is.join(", ")),
        ("is not", label.is_not.join(", ")),
        ("doubt", label.doubt.clone().unwrap_or_default()),
    ]
}

fn how(own: &Label, other: &Label) -> String {
    if own.name != other.name {
        format!("is called {}", other.name)
    } else if words(own) != words(other) {
        "is worded otherwise".to_owned()
    } else {
        "has other keys, colours or signs".to_owned()
    }
}

/// What is known about an article.
fn details(article: &Article) -> Fields {
    let meta = &article.meta;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        ("title", text(&meta.title)),
        ("subtitle", text(&meta.subtitle)),
        ("byline", text(&meta.byline)),
        ("outlet", text(&meta.outlet)),
        ("section", text(&meta.section)),
        ("date", text(&meta.published)),
        ("address", text(&meta.url)),
        ("language", text(&meta.lang)),
        ("tags", meta.tags.join(", ")),
        ("set aside", text(&article.aside)),
    ]
}

/// How many sentences of a file's article are not the project's.
pub(super) fn n_boundaries(own: &Article, other: &Article) -> usize {
    if own.sentences().len() == other.sentences().len()
        && own.sentences().iter().zip(other.sentences()).all(|(a, b)| a.span == b.span)
    {
        return 0;
    }
    let n = other.sentences().iter().filter(|sentence| own.idx_of(sentence.span).is_none()).count();
    n.max(1)
}
