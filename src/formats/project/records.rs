//! The records of the file as they stand there, before anything is checked.

use crate::formats::project::cells::{SpanRec, StampRec, Texts};
use crate::formats::project::list::List;
use crate::formats::project::read::own::{Own, Scan};
use crate::formats::project::record::file_record;
use crate::formats::project::rows::{RowsRec, TextRec};
use crate::model::ids::{MAX_CODERS, MAX_LABELS};

file_record!(
    /// The whole file.
    FileRec {
        format: u32 = must,
        writers_from: u32 = (1),
        id: String = must,
        title: String = (String::new()),
        scheme: SchemeRec = must,
        coders: List<CoderRec, MAX_CODERS> = (List::default()),
        articles: List<ArticleRec> = (List::default()),
        sheets: List<SheetRec> = (List::default()),
        links: List<LinkRec> = (List::default()),
        decisions: List<DecisionRec> = (List::default()),
        comments: List<CommentRec> = (List::default()),
        conflicts: List<ConflictRec> = (List::default()),
        never_end_after: Texts = (Texts::default()),
        handed_to: String = may,
        draws: List<DrawRec> = (List::default()),
        imports: List<ImportRec> = (List::default()),
    }
);

file_record!(
    SchemeRec {
        version: u32 = must,
        choose: String = must,
        skip: Texts = (Texts::default()),
        labels: List<LabelRec, MAX_LABELS> = must,
    }
);

file_record!(LabelRec {
    id: String = must,
    name: String = (String::new()),
    keys: Texts = (Texts::default()),
    letter: String = (String::new()),
    colour: String = (String::new()),
    line: String = (String::new()),
    says: String = (String::new()),
    is: Texts = (Texts::default()),
    is_not: Texts = (Texts::default()),
    doubt: String = may,
    retired: bool = (false),
    // Labels that were merged into it.
    was: Texts = (Texts::default()),
});

file_record!(CoderRec { id: String = must, name: String = (String::new()), role: String = may });

file_record!(ArticleRec {
    id: String = must,
    added: u32 = (0),
    title: String = may,
    subtitle: String = may,
    byline: String = may,
    outlet: String = may,
    section: String = may,
    published: String = may,
    published_as: String = may,
    url: String = may,
    doc_id: String = may,
    words: u32 = may,
    lang: String = may,
    tags: Texts = (Texts::default()),
    import: String = may,
    source: String = may,
    source_sha256: String = may,
    sha256: String = must,
    // SHA-256 of a text that is known not to be the one imported.
    locked: String = may,
    text: TextRec = must,
    aside: String = may,
    split: String = may,
});

file_record!(SheetRec {
    coder: String = must,
    article: String = must,
    assigned: bool = (false),
    done: bool = (false),
    done_at: StampRec = may,
    scheme: u32 = (1),
    rows: RowsRec = must,
    kept: RowsRec = (RowsRec::default()),
});

file_record!(LinkRec {
    id: String = must,
    article: String = must,
    s: SpanRec = must,
    to_article: String = must,
    to_s: SpanRec = must,
    by: String = must,
    at: StampRec = may,
});

file_record!(DecisionRec {
    id: String = must,
    article: String = must,
    s: SpanRec = must,
    labels: Texts = must,
    reason: String = (String::new()),
    by: String = must,
    at: StampRec = may,
    code: String = (String::new()),
    answers: Texts = (Texts::default()),
});

file_record!(CommentRec {
    id: String = must,
    article: String = must,
    s: SpanRec = may,
    by: String = must,
    at: StampRec = may,
    text: String = must,
    re: String = may,
    resolved: bool = (false),
});

file_record!(DrawRec {
    id: String = must,
    by: String = may,
    at: StampRec = may,
    seed: u64 = must,
    size: u32 = must,
    of: u32 = must,
    strata: Texts = (Texts::default()),
    articles: List<DrawnRec> = must,
});

/// An article of a draw, of which there may be as many as articles.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub(in crate::formats) struct DrawnRec(pub String);

impl Own for DrawnRec {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        String::read(scan).map(Self)
    }
}

file_record!(ImportRec {
    id: String = must,
    by: String = may,
    at: StampRec = may,
    program: String = (String::new()),
    files: List<ImportFileRec> = (List::default()),
    left: List<LeftOutRec> = (List::default()),
});

file_record!(ImportFileRec {
    name: String = must,
    sha256: String = may,
    layout: String = may,
    announced: u32 = may,
    found: u32 = must,
    taken: u32 = must,
    warnings: Texts = (Texts::default()),
});

file_record!(LeftOutRec {
    file: String = must,
    place: String = (String::new()),
    title: String = (String::new()),
    why: String = must,
});

file_record!(
    /// The first three are empty where they say nothing: a program that knows only answers in conflict reads it too.
    ConflictRec {
        coder: String = must,
        article: String = must,
        s: String = must,
        base: Box<SideRec> = may,
        ours: Box<SideRec> = may,
        theirs: Box<SideRec> = may,
        who: String = may,
        at: StampRec = may,
        what: String = may,
        field: String = may,
        id: String = may,
    }
);

file_record!(
    /// One side of a conflict: a field's value, or what a coding, a decision or a label has.
    SideRec {
        value: String = may,
        values: Texts = may,
        source: String = may,
        id: String = may,
        labels: Texts = may,
        answered: bool = may,
        unsure: bool = (false),
        note: String = may,
        at: StampRec = may,
        check: bool = (false),
        by: String = may,
        reason: String = may,
        name: String = may,
        keys: Texts = (Texts::default()),
        letter: String = may,
        colour: String = may,
        line: String = may,
        says: String = may,
        is: Texts = (Texts::default()),
        is_not: Texts = (Texts::default()),
        doubt: String = may,
        retired: bool = (false),
        code: String = may,
        answers: Texts = (Texts::default()),
        was: Texts = (Texts::default()),
        scheme: u32 = may,
    }
);
