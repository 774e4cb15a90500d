//! What rows of answers make of a project, sheet by sheet; or every line that does not fit.

use crate::formats::datasets::labels_table::{BadLine, LabelRow, Table, Which};
use crate::model::action::Action;
use crate::model::article::Article;
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span, Stamp};
use crate::model::plan::{self, Answer};
use crate::model::project::{Project, Refusal};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What reading rows in comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Planned {
    /// The project with all rows. Absent = nothing would change.
    pub project: Option<Project>,
    /// Rows that change something.
    pub n_changed: usize,
    /// Rows that say what is there already, or nothing.
    pub n_same: usize,
}

/// The sheets that rows are about, article by article, with what the rows so far made of them.
struct Sheets<'a> {
    project: &'a Project,
    articles: Vec<InArticle<'a>>,
    /// Places in `articles`.
    places: BTreeMap<&'a ArticleId, usize>,
    /// The place that the last row was about: most rows are about the article of the row before.
    last: usize,
    /// Who is meant by the texts of the table.
    coders: BTreeMap<&'a CoderId, Option<CoderId>>,
    /// Who is not in the project yet.
    new: Option<CoderId>,
}

struct InArticle<'a> {
    article: &'a Article,
    sheets: Vec<Open<'a>>,
}

/// A sheet with rows of the table.
struct Open<'a> {
    sheet: Sheet,
    /// What each sentence was last said to be, and where.
    seen: Vec<Option<&'a LabelRow>>,
    /// The last line that changed something; absent = none did.
    changed: Option<u64>,
}

/// Who answers where a row names nobody.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub id: &'a CoderId,
    /// Whether the project has this coder for these rows alone: nobody is told to choose somebody who is not there yet.
    pub is_new: bool,
}

/// The coder that a text means: by id, or by a name that only one has.
pub fn coder_of(project: &Project, said: &str) -> Option<CoderId> {
    if let Some(coder) = project.coder(&CoderId::new(said)) {
        return Some(coder.id.clone());
    }
    let mut named = project.coders().filter(|coder| coder.name == said);
    let first = named.next()?;
    named.next().is_none().then(|| first.id.clone())
}

/// Takes all rows of a table, one after the other, for `reader` where a row names no coder; on refusal every bad line is
/// listed.
pub fn rows(
    project: &Project,
    table: &Table,
    reader: Option<Reader<'_>>,
    at: Stamp,
) -> Result<Planned, Vec<BadLine>> {
    let coders = BTreeMap::new();
    let new = reader.filter(|reader| reader.is_new).map(|reader| reader.id.clone());
    let mut sheets = Sheets { project, articles: Vec::new(), places: BTreeMap::new(), last: 0, coders, new };
    let mut planned = Planned::default();
    let mut bad = table.bad.clone();
    for row in &table.rows {
        match one(&mut sheets, row, reader.map(|reader| reader.id), at) {
            Ok(true) => planned.n_changed += 1,
            Ok(false) => planned.n_same += 1,
            Err(reason) => bad.push(BadLine { line: row.line, reason }),
        }
    }
    if !bad.is_empty() {
        bad.sort_by_key(|bad| bad.line);
        return Err(bad);
    }
    if planned.n_changed > 0 {
        planned.project = Some(sheets.put_back().map_err(|bad| vec![bad])?);
    }
    Ok(planned)
}

/// Takes one row, and says whether it changes something.
fn one<'a>(
    sheets: &mut Sheets<'a>,
    row: &'a LabelRow,
    reader: Option<&CoderId>,
    at: Stamp,
) -> Result<bool, String> {
    let project = sheets.project;
    let article = sheets.article(&row.article)?;
    let (idx, span) = sentence_of(article, row.sentence)?;
    if row.answer.is_none() && row.unsure.is_none() && row.note.is_none() {
        return Ok(false);
    }
    let coder = match (&row.coder, reader) {
        (Some(said), _) => sheets.coder(said)?,
        (None, Some(reader)) => reader.clone(),
        (None, None) => return Err("no coder is named".to_owned()),
    };
    if let Some(reviewer) = project.coder(&coder).filter(|coder| coder.is_reviewer()) {
        return Err(format!("`{}` is a reviewer, who decides and does not label", reviewer.id));
    }
    let open = sheets.open(coder).ok_or_else(|| format!("no article `{}` in this project", row.article))?;
    if let Some(Answer::Labels(labels)) = &row.answer {
        let was = open.sheet.coding(span).map(|coding| &*coding.labels).unwrap_or_default();
        fits(project, was, labels)?;
    }
    let Some(seen) = open.seen.get_mut(idx) else { return Ok(false) };
    match seen {
        Some(other) if !agree(other, row) => {
            return Err(format!("line {} says something else of the same sentence", other.line));
        }
        _ => *seen = Some(row),
    }
    open.take(project, article, span, row, at).map_err(|refusal| refusal.to_string())
}

impl<'a> Sheets<'a> {
    /// The article of a row, which the row is about from here on.
    fn article(&mut self, id: &'a ArticleId) -> Result<&'a Article, String> {
        if let Some(last) = self.articles.get(self.last).filter(|last| last.article.id == *id) {
            return Ok(last.article);
        }
        if let Some(place) = self.places.get(id) {
            self.last = *place;
        } else {
            let article = self.project.article(id);
            let article = article.ok_or_else(|| format!("no article `{id}` in this project"))?;
            self.last = self.articles.len();
            self.places.insert(id, self.last);
            self.articles.push(InArticle { article, sheets: Vec::new() });
        }
        let here = self.articles.get(self.last).map(|here| here.article);
        here.ok_or_else(|| format!("no article `{id}` in this project"))
    }

    fn coder(&mut self, said: &'a CoderId) -> Result<CoderId, String> {
        let project = self.project;
        let found = self.coders.entry(said).or_insert_with(|| coder_of(project, said.as_str()));
        let there = || project.coders().map(|coder| &coder.id).filter(|id| Some(*id) != self.new.as_ref());
        found.clone().ok_or_else(|| format!("no coder `{said}` in this project{}", choice(there())))
    }

    /// A coder's sheet for the article that the row is about.
    fn open(&mut self, coder: CoderId) -> Option<&mut Open<'a>> {
        let here = self.articles.get_mut(self.last)?;
        let known = here.sheets.iter().position(|open| open.sheet.key.coder == coder);
        let place = known.unwrap_or(here.sheets.len());
        if known.is_none() {
            let key = SheetKey { coder, article: here.article.id.clone() };
            let sheet = self.project.sheet(&key).map(|sheet| Sheet::clone(sheet));
            let sheet = sheet.unwrap_or_else(|| Sheet::new(key, self.project.scheme().version));
            here.sheets.push(Open { sheet, seen: vec![None; here.article.n_sentences()], changed: None });
        }
        here.sheets.get_mut(place)
    }

    /// The project with the sheets that changed.
    fn put_back(self) -> Result<Project, BadLine> {
        let mut project = self.project.clone();
        for Open { sheet, changed, .. } in self.articles.into_iter().flat_map(|here| here.sheets) {
            let Some(line) = changed else { continue };
            let action = Action::Sheet { key: sheet.key.clone(), to: Some(Arc::new(sheet)) };
            project.apply(action).map_err(|refusal| BadLine { line, reason: refusal.to_string() })?;
        }
        Ok(project)
    }
}

impl Open<'_> {
    fn take(
        &mut self,
        project: &Project,
        article: &Article,
        span: Span,
        row: &LabelRow,
        at: Stamp,
    ) -> Result<bool, Refusal> {
        let scheme = project.scheme();
        let mut changes = false;
        let mut put = |sheet: &mut Sheet, coding: Option<Coding>| -> Result<(), Refusal> {
            let Some(coding) = coding else { return Ok(()) };
            changes = true;
            plan::put_row(scheme, article, sheet, span, coding)
        };
        let sheet = &mut self.sheet;
        if let Some(answer) = &row.answer {
            let coding = plan::answered(scheme, sheet.coding(span), answer, at)
                .or_else(|| plan::given_again(scheme, sheet, span, answer, at));
            put(sheet, coding.map(|coding| plan::dated(project, coding, at)))?;
        }
        if let Some(unsure) = row.unsure {
            let coding = plan::doubted(sheet.coding(span), unsure);
            put(sheet, coding)?;
        }
        if let Some(note) = &row.note {
            let coding = plan::noted(sheet.coding(span), note);
            put(sheet, coding)?;
        }
        if changes {
            self.changed = Some(row.line);
        }
        Ok(changes)
    }
}

/// The place of a sentence, or why there is none.
pub fn span_of(article: &Article, which: Which) -> Result<Span, String> {
    sentence_of(article, which).map(|(_, span)| span)
}

/// The same, with its place in the list.
pub(in crate::formats) fn sentence_of(article: &Article, which: Which) -> Result<(usize, Span), String> {
    let idx = match which {
        Which::Span(span) => article.idx_of(span),
        Which::Nth(nth) => nth.checked_sub(1),
    };
    let found = idx.and_then(|idx| Some((idx, article.sentences().get(idx)?.span)));
    found.ok_or_else(|| {
        format!("no sentence `{which}` in article `{}`, which has {}", article.id, n_sentences(article))
    })
}

fn n_sentences(article: &Article) -> String {
    match article.n_sentences() {
        1 => "1 sentence".to_owned(),
        n => format!("{n} sentences"),
    }
}

pub(in crate::formats) fn fits(project: &Project, was: &[LabelId], labels: &[LabelId]) -> Result<(), String> {
    let scheme = project.scheme();
    for id in labels {
        let Some(label) = scheme.label(id) else {
            let known: Vec<_> = scheme.current().map(|label| format!("`{}`", label.id)).collect();
            return Err(format!("no label `{id}` in this scheme, which has {}", known.join(", ")));
        };
        if label.retired && !was.contains(id) {
            return Err(format!("label `{id}` is retired"));
        }
    }
    let differs = |id: &LabelId| labels.first().is_some_and(|first| first != id);
    if !scheme.takes_several() && labels.iter().any(differs) {
        return Err("several labels in a scheme that takes one".to_owned());
    }
    Ok(())
}

fn agree(a: &LabelRow, b: &LabelRow) -> bool {
    a.answer == b.answer && a.unsure == b.unsure && a.note == b.note
}

/// Who there is to choose from.
fn choice<'a>(coders: impl Iterator<Item = &'a CoderId>) -> String {
    let coders: Vec<_> = coders.map(|id| format!("`{id}`")).collect();
    if coders.is_empty() {
        ", which has none".to_owned()
    } else {
        format!(", which has {}", coders.join(", "))
    }
}

/// Who there is to be named with an option.
pub fn choice_of_coders(project: &Project, option: &str) -> String {
    let coders: Vec<_> = project
        .coders()
        .map(|coder| {
            let id = &coder.id;
            if coder.name.is_empty() { format!("`{id}`") } else { format!("`{id}` ({})", coder.name) }
        })
        .collect();
    if coders.is_empty() {
        format!("name the first coder with `{option} NAME`")
    } else {
        format!("name one with `{option}`: {}", coders.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::datasets::csv;
    use crate::formats::datasets::labels_table;
    use crate::formats::datasets::rows::{Going, Layer};
    use crate::formats::datasets::what::What;
    use crate::model::action::SchemeHead;
    use crate::model::sketch;

    const DRAWN: &str = "# Fire\nHe lit it. [allegation; ben: none] He denies it. [] It burnt. [fact \"old\"]
# Rain\nIt fell. [anna: ?]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    /// Reads a table in for anna and draws what is there then, or lists the bad lines.
    fn read_in(table: &str) -> String {
        let project = drawn();
        let table = labels_table::read(table.as_bytes()).unwrap();
        let anna = CoderId::new("anna");
        let planned = match rows(&project, &table, Some(Reader { id: &anna, is_new: false }), Stamp(9)) {
            Ok(planned) => planned,
            Err(bad) => return bad.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        };
        let project = planned.project.unwrap_or(project);
        let mut said = vec![format!("{} changed, {} same", planned.n_changed, planned.n_same)];
        for sheet in project.sheets() {
            for row in &sheet.rows {
                let unsure = if row.coding.unsure { " ?" } else { "" };
                let note = row.coding.note.as_deref().map(|note| format!(" \"{note}\"")).unwrap_or_default();
                let labels = row.coding.labels_cell();
                said.push(format!(
                    "{} {} {} {labels}{unsure}{note}",
                    sheet.key.coder, sheet.key.article, row.span
                ));
            }
        }
        said.join("\n")
    }

    fn check(table: &str, want: &str) {
        assert_eq!(read_in(table), want, "{table}");
    }

    const AS_IT_WAS: &str =
        "anna a34 0-10 allegation\nanna a34 25-34 fact \"old\"\nanna a8 0-8  ?\nben a34 0-10 none";

    #[test]
    fn rows_become_answers() {
        check(
            "article,sentence,labels\na34,#2,denial\na34,0-10,none\na8,#1,unanswered\na34,#3,unanswered\n",
            "3 changed, 1 same\nanna a34 0-10 none\nanna a34 11-24 denial\nanna a34 25-34  \"old\"\nanna a8 0-8  ?\n\
             ben a34 0-10 none",
        );
        check(
            "article,sentence,labels,unsure,note,coder\na8,#1,,false,,\na34,#2,fact,true,see p. 2,ben\na34,#3,,,new,\n",
            "3 changed, 0 same\nanna a34 0-10 allegation\nanna a34 25-34 fact \"new\"\nben a34 0-10 none\n\
             ben a34 11-24 fact ? \"see p. 2\"",
        );
    }

    #[test]
    fn empty_cells_and_what_is_there_change_nothing() {
        check(
            "article,sentence,labels\na34,#1,\na34,#1,allegation\na8,#1,\n",
            &format!("0 changed, 3 same\n{AS_IT_WAS}"),
        );
        check("article,sentence,labels\n", &format!("0 changed, 0 same\n{AS_IT_WAS}"));
    }

    /// Who gives the same answer again under the codebook of now has looked at it under that one; a note alone says no answer.
    #[test]
    fn an_answer_given_again_is_of_the_scheme_of_now() {
        let mut project = drawn();
        let head = SchemeHead { version: 2, choose: "one".to_owned(), skip: vec![], extra: None };
        project.apply(Action::Scheme { to: head }).unwrap();
        let table = "article,sentence,labels,note,coder\na34,#1,allegation,,anna\na34,#3,,newer,anna\n";
        let table = labels_table::read(table.as_bytes()).unwrap();
        let planned = rows(&project, &table, None, Stamp(9)).unwrap();
        assert_eq!((planned.n_changed, planned.n_same), (2, 0));
        let project = planned.project.unwrap();
        let key = SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a34") };
        let sheet = project.sheet(&key).unwrap();
        let version = |nth: usize| sheet.version_of(&sheet.rows[nth].coding);
        assert_eq!((version(0), sheet.rows[0].coding.at, version(1)), (2, Some(Stamp(9)), 1));
        let again = rows(&project, &table, None, Stamp(10)).unwrap();
        assert_eq!(again, Planned { project: None, n_changed: 0, n_same: 2 });
    }

    #[test]
    fn who_is_new_is_no_choice() {
        let table = labels_table::read(b"article,sentence,labels,coder\na34,#1,fact,cleo\n").unwrap();
        let anna = CoderId::new("anna");
        let bad = |is_new| rows(&drawn(), &table, Some(Reader { id: &anna, is_new }), Stamp(0)).unwrap_err();
        assert_eq!(bad(true)[0].reason, "no coder `cleo` in this project, which has `ben`");
        assert_eq!(bad(false)[0].reason, "no coder `cleo` in this project, which has `anna`, `ben`");
    }

    #[test]
    fn every_bad_line_is_listed_and_nothing_changes() {
        check(
            "article,sentence,labels,unsure,coder\n\
             a34,#1,fact,,\n\
             a99,#1,fact,,\n\
             a34,#4,fact,,\n\
             a34,0-9,fact,,\n\
             a34,seven,fact,,\n\
             a34,#2,alegation,,\n\
             a34,#2,fact|denial,,\n\
             a34,#2,fact|none,,\n\
             a34,#2,fact,maybe,\n\
             a34,#2,fact,,cleo\n\
             a34,#2\n\
             a34,#1,denial,,anna\n\
             ,#1,denial,,anna\n",
            "line 3: no article `a99` in this project\n\
             line 4: no sentence `#4` in article `a34`, which has 3 sentences\n\
             line 5: no sentence `0-9` in article `a34`, which has 3 sentences\n\
             line 6: `seven` is no sentence: it is an id as `0-121`, or a number as `#7`\n\
             line 7: no label `alegation` in this scheme, which has `allegation`, `denial`, `fact`\n\
             line 8: several labels in a scheme that takes one\n\
             line 9: `none` is no label, so it cannot stand in `fact|none`\n\
             line 10: unsure is `true`, `false` or empty, not `maybe`\n\
             line 11: no coder `cleo` in this project, which has `anna`, `ben`\n\
             line 12: 2 cells under 5 columns\n\
             line 13: line 2 says something else of the same sentence\n\
             line 14: no article",
        );
    }

    #[test]
    fn without_a_coder_only_rows_that_say_something_are_refused() {
        let table = labels_table::read(b"article,sentence,labels\na34,#2,\na34,#2,fact\n").unwrap();
        let bad = rows(&drawn(), &table, None, Stamp(0)).unwrap_err();
        let want = BadLine { line: 3, reason: "no coder is named".to_owned() };
        assert_eq!(bad, [want]);
    }

    /// Rows in any order, of sheets that are there and of new ones, come to what answering them one by one would.
    #[test]
    fn sheet_by_sheet_is_row_by_row() {
        let table = "article,sentence,labels,unsure,note,coder\n\
                     a34,#3,denial,,,ben\na8,#1,fact,true,,anna\na34,#1,unanswered,,,anna\na34,#2,none,,why,ben\n\
                     a8,#1,,,\u{201c}p. 2\u{201d},ben\na34,#1,denial,false,,ben\n";
        let table = labels_table::read(table.as_bytes()).unwrap();
        let mut project = drawn();
        let key = |coder: &str, article: &ArticleId| SheetKey {
            coder: CoderId::new(coder),
            article: article.clone(),
        };
        let done = plan::done(&project, &key("anna", &ArticleId::new("a34")), true, Stamp(1)).unwrap();
        project.apply(done).unwrap();
        let planned = rows(&project, &table, None, Stamp(9)).unwrap();
        for row in &table.rows {
            let key = SheetKey { coder: row.coder.clone().unwrap(), article: row.article.clone() };
            let span = span_of(project.article(&row.article).unwrap(), row.sentence).unwrap();
            let mut act = |plan: &dyn Fn(&Project) -> Option<Action>| {
                if let Some(action) = plan(&project) {
                    project.apply(action).unwrap();
                }
            };
            act(&|project| plan::answer(project, &key, span, row.answer.as_ref()?, Stamp(9)));
            act(&|project| plan::unsure(project, &key, span, row.unsure?));
            act(&|project| plan::note(project, &key, span, row.note.as_ref()?));
        }
        assert_eq!(planned.project.unwrap(), project);
        assert!(!project.sheet(&key("anna", &ArticleId::new("a34"))).unwrap().done);
    }

    #[test]
    fn an_exported_table_changes_nothing_when_read_back() {
        let project = drawn();
        let mut out = Vec::new();
        let what = What::usual(&crate::formats::TABLE, Layer::Coders);
        csv::write(&Going::new(&project, &what), &mut out).unwrap();
        let table = labels_table::read(&out).unwrap();
        assert_eq!(table.rows.len(), 7);
        let planned = rows(&project, &table, None, Stamp(9)).unwrap();
        assert_eq!(planned, Planned { project: None, n_changed: 0, n_same: 7 });
    }
}
