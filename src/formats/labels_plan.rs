//! What rows of answers change in a project: one action for all of them, or every line that does not fit.

use crate::formats::labels_table::{BadLine, LabelRow, Table, Which};
use crate::model::action::Action;
use crate::model::article::Article;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span, Stamp};
use crate::model::plan::{self, Answer};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use std::collections::BTreeMap;

/// What reading rows in would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Planned {
    /// Absent = nothing would change.
    pub action: Option<Action>,
    /// Rows that change something.
    pub n_changed: usize,
    /// Rows that say what is there already, or nothing.
    pub n_same: usize,
}

/// Rows that were understood so far: what each sentence was last said to be, and where.
type Seen<'a> = BTreeMap<(CoderId, ArticleId, Span), &'a LabelRow>;

/// The coder that a text means: by id, or by a name that only one has.
pub fn coder_of(project: &Project, said: &str) -> Option<CoderId> {
    if let Some(coder) = project.coder(&CoderId::new(said)) {
        return Some(coder.id.clone());
    }
    let mut named = project.coders().filter(|coder| coder.name == said);
    let first = named.next()?;
    named.next().is_none().then(|| first.id.clone())
}

/// Plans all rows of a table, one after the other, for `reader` where a row names no coder; on refusal every bad line is listed.
pub fn rows(
    project: &Project,
    table: &Table,
    reader: Option<&CoderId>,
    at: Stamp,
) -> Result<Planned, Vec<BadLine>> {
    // What a row changes depends on the rows before it, so they are tried on a copy.
    let mut tried = project.clone();
    let mut seen = Seen::new();
    let mut actions = Vec::new();
    let mut planned = Planned::default();
    let mut bad = table.bad.clone();
    for row in &table.rows {
        match one(&mut tried, row, reader, at, &mut seen) {
            Ok(changes) if changes.is_empty() => planned.n_same += 1,
            Ok(changes) => {
                planned.n_changed += 1;
                actions.extend(changes);
            }
            Err(reason) => bad.push(BadLine { line: row.line, reason }),
        }
    }
    if !bad.is_empty() {
        bad.sort_by_key(|bad| bad.line);
        return Err(bad);
    }
    planned.action = match actions.len() {
        0 | 1 => actions.pop(),
        _ => Some(Action::Many(actions)),
    };
    Ok(planned)
}

fn one<'a>(
    tried: &mut Project,
    row: &'a LabelRow,
    reader: Option<&CoderId>,
    at: Stamp,
    seen: &mut Seen<'a>,
) -> Result<Vec<Action>, String> {
    let article = tried.article(&row.article);
    let article = article.ok_or_else(|| format!("no article `{}` in this project", row.article))?;
    let span = span_of(article, row.sentence)?;
    if row.answer.is_none() && row.unsure.is_none() && row.note.is_none() {
        return Ok(Vec::new());
    }
    let coder = match (&row.coder, reader) {
        (Some(said), _) => coder_of(tried, said.as_str())
            .ok_or_else(|| format!("no coder `{said}` in this project{}", coders_hint(tried)))?,
        (None, Some(reader)) => reader.clone(),
        (None, None) => return Err("no coder is named".to_owned()),
    };
    let key = SheetKey { coder, article: row.article.clone() };
    if let Some(Answer::Labels(labels)) = &row.answer {
        fits(tried, &key, span, labels)?;
    }
    let place = (key.coder.clone(), key.article.clone(), span);
    match seen.get(&place) {
        Some(other) if !agree(other, row) => {
            return Err(format!("line {} says something else of the same sentence", other.line));
        }
        _ => seen.insert(place, row),
    };
    changes(tried, &key, span, row, at)
}

/// The actions of a row, each already applied to `tried`.
fn changes(
    tried: &mut Project,
    key: &SheetKey,
    span: Span,
    row: &LabelRow,
    at: Stamp,
) -> Result<Vec<Action>, String> {
    let mut actions = Vec::new();
    let mut act = |tried: &mut Project, action: Option<Action>| -> Result<(), String> {
        let Some(action) = action else { return Ok(()) };
        tried.apply(action.clone()).map_err(|refusal| refusal.to_string())?;
        actions.push(action);
        Ok(())
    };
    if let Some(answer) = &row.answer {
        let action = plan::answer(tried, key, span, answer, at);
        act(tried, action)?;
    }
    if let Some(unsure) = row.unsure {
        let action = plan::unsure(tried, key, span, unsure);
        act(tried, action)?;
    }
    if let Some(note) = &row.note {
        let action = plan::note(tried, key, span, note);
        act(tried, action)?;
    }
    Ok(actions)
}

/// The place of a sentence, or why there is none.
pub fn span_of(article: &Article, which: Which) -> Result<Span, String> {
    let found = match which {
        Which::Span(span) => article.idx_of(span).map(|_| span),
        Which::Nth(nth) => {
            nth.checked_sub(1).and_then(|idx| article.sentences().get(idx)).map(|sentence| sentence.span)
        }
    };
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

fn fits(project: &Project, key: &SheetKey, span: Span, labels: &[LabelId]) -> Result<(), String> {
    let scheme = project.scheme();
    for id in labels {
        let Some(label) = scheme.label(id) else {
            let known: Vec<_> = scheme.current().map(|label| format!("`{}`", label.id)).collect();
            return Err(format!("no label `{id}` in this scheme, which has {}", known.join(", ")));
        };
        let has_it = project.coding(key, span).is_some_and(|coding| coding.has(id));
        if label.retired && !has_it {
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
pub fn coders_hint(project: &Project) -> String {
    let coders: Vec<_> = project.coders().map(|coder| format!("`{}`", coder.id)).collect();
    if coders.is_empty() {
        ", which has none".to_owned()
    } else {
        format!(", which has {}", coders.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::labels_table;
    use crate::model::sketch;

    const DRAWN: &str = "# Fire\nHe lit it. [allegation; ben: none] He denies it. [] It burnt. [fact \"old\"]
# Rain\nIt fell. [anna: ?]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    /// Reads a table in for anna and draws what is there then, or lists the bad lines.
    fn read_in(table: &str) -> String {
        let mut project = drawn();
        let table = labels_table::read(table.as_bytes()).unwrap();
        let planned = match rows(&project, &table, Some(&CoderId::new("anna")), Stamp(9)) {
            Ok(planned) => planned,
            Err(bad) => return bad.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        };
        if let Some(action) = planned.action {
            project.apply(action).unwrap();
        }
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

    #[test]
    fn an_exported_table_changes_nothing_when_read_back() {
        let project = drawn();
        let mut out = Vec::new();
        crate::formats::csv::write(&project, None, &mut out).unwrap();
        let table = labels_table::read(&out).unwrap();
        assert_eq!(table.rows.len(), 7);
        let planned = rows(&project, &table, None, Stamp(9)).unwrap();
        assert_eq!(planned, Planned { action: None, n_changed: 0, n_same: 7 });
    }
}
