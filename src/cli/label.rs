//! `allegata label`: an answer to one sentence, or a table of answers.

use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening, people, show};
use crate::formats::datasets::labels_plan::{self, Planned, Reader};
use crate::formats::datasets::labels_table::{self, BadLine, LabelRow, Table};
use crate::formats::show::said;
use crate::model::action::Action;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::shell::folders::Folders;
use crate::shell::{files, intake};
use std::path::{Path, PathBuf};

/// The largest table that is read, in bytes.
const MAX_TABLE_BYTES: u64 = files::MAX_FILE_BYTES;

const AFTER_HELP: &str = "\
Examples:
  allegata label p.ron --article 5d1f0c9a2b-03fe --sentence '#7' --as denial --note \"or a reply?\"
  allegata label p.ron --article 5d1f0c9a2b-03fe --sentence 0-121 --as unanswered
  allegata label p.ron --from labels.csv --coder ines-7f3k
  allegata label p.ron --from labels.csv --new-coder \"Éva Nagy\"

A table has the columns article, sentence and labels (ids joined by `|`, `none`, or `unanswered`), and if wanted \
unsure (`true` or `false`), note and coder; `article_id` and `sentence_id` do as well, and other columns are ignored, \
so that an exported table can be read back. An empty cell changes nothing. All rows are taken, or none.";

/// Answer one sentence, or read answers from a table
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// The article
    #[arg(long, value_name = "ID", required_unless_present = "from")]
    article: Option<String>,
    /// The sentence, by its id or by its number in the article
    #[arg(long, value_name = "START-END|#N", required_unless_present = "from")]
    sentence: Option<String>,
    /// Labels joined by a comma; `none` for none of these; `unanswered` takes the answer away
    #[arg(long = "as", value_name = "LABEL[,LABEL]|none|unanswered", required_unless_present = "from")]
    labels: Option<String>,
    /// That the answer is unsure; `--unsure=false` that it is not
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    unsure: Option<bool>,
    /// A note on the answer; an empty one takes the note away
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Who says it; left out, whoever is known on this computer
    #[arg(long, value_name = "ID")]
    coder: Option<String>,
    /// Who says it and is not yet in the project
    #[arg(long, value_name = "NAME", conflicts_with = "coder")]
    new_coder: Option<String>,
    /// A CSV table of answers, or `-` for the standard input
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["article", "sentence", "labels", "unsure", "note"])]
    from: Option<PathBuf>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let table = match &args.from {
        Some(from) => table_of(from, console)?,
        None => Table { rows: vec![row(args)?], ..Table::default() },
    };
    if table.is_gold && args.coder.is_none() && args.new_coder.is_none() {
        return Err(Usage(
            "this table is a gold layer, which is no coder\u{2019}s\0hint: `--coder` says whose answers it becomes; \
             `allegata decide --from` takes it as decisions"
                .to_owned(),
        )
        .into());
    }
    let opened = opening::to_write(&args.project, folders, console)?;
    table.notes.iter().for_each(|note| console.warn(&note.to_string()));
    let mut project = opened.project.clone();
    let coder = coder(args, &mut project, folders)?;
    let needs_coder = |row: &LabelRow| {
        row.coder.is_none() && (row.answer.is_some() || row.unsure.is_some() || row.note.is_some())
    };
    let new = coder.clone().filter(|_| args.new_coder.is_some());
    if coder.is_none() && table.rows.iter().any(needs_coder) {
        return Err(people::nobody(&project).into());
    }
    let is_new = |id: &CoderId| opened.project.coder(id).is_none();
    let reader = coder.as_ref().map(|id| Reader { id, is_new: is_new(id) });
    let planned = labels_plan::rows(&project, &table, reader, opening::now());
    let planned = planned.map_err(|bad| match &args.from {
        Some(from) => refused(from, &bad, console),
        None => NotDone(bad.first().map(|bad| bad.reason.clone()).unwrap_or_default()),
    })?;
    let mut outcome = Outcome::Fine;
    if let Some(planned) = &planned.project {
        project = planned.clone();
        let is_first = opened.project.n_coders() == 0;
        opening::save(opened, &project, console)?;
        if let Some(coder) = coder.as_ref().filter(|_| is_first) {
            outcome = people::remember(&project, coder, folders, console);
        }
    }
    if let Some((row, coder)) = table.rows.first().filter(|_| args.from.is_none()).zip(coder) {
        say_one(&project, row, coder, &planned, console)?;
    } else {
        let n_changed = n_of(planned.n_changed, "row");
        console.line(&format!("{n_changed} taken, {} as it was", planned.n_same))?;
        if let Some(id) = new.filter(|_| planned.project.is_some()) {
            console.line(&format!("new coder {id}"))?;
        }
    }
    Ok(outcome)
}

fn row(args: &Args) -> Result<LabelRow, Usage> {
    let sentence = args.sentence.as_deref().unwrap_or_default();
    let which = show::sentence(sentence)?;
    let labels = args.labels.as_deref().unwrap_or_default();
    let answer = labels_table::answer(labels, ',')
        .map_err(Usage)?
        .ok_or_else(|| Usage("no label\0hint: a label's id, `none`, or `unanswered`".to_owned()))?;
    Ok(LabelRow {
        line: 0,
        article: ArticleId::new(args.article.as_deref().unwrap_or_default()),
        sentence: which,
        answer: Some(answer),
        unsure: args.unsure,
        note: args.note.clone(),
        coder: None,
        reason: String::new(),
    })
}

pub(in crate::cli) fn table_of(from: &Path, console: &mut Console<'_>) -> anyhow::Result<Table> {
    let bytes = if from == Path::new("-") {
        intake::read_stream(&mut *console.input, from)?
    } else {
        files::read(from, MAX_TABLE_BYTES)?
    };
    Ok(labels_table::read(&bytes)?)
}

/// Who says it. The first coder of a project may be named into it: there is nobody to be mistaken for.
fn coder(args: &Args, project: &mut Project, folders: &Folders) -> anyhow::Result<Option<CoderId>> {
    let coder = match (&args.new_coder, &args.coder) {
        (Some(name), _) => {
            if let Some(there) = project.coders().find(|coder| coder.name == name.trim()) {
                let id = &there.id;
                return Err(Usage(format!(
                    "coder `{name}` is in this project already\0hint: `--coder {id}`, or give another name"
                ))
                .into());
            }
            people::new_coder(name)?
        }
        (None, None) => return Ok(people::known_here(project, folders)),
        (None, Some(said)) if project.n_coders() > 0 => return Ok(Some(people::named(project, said)?)),
        (None, Some(said)) => people::new_coder(said)?,
    };
    let id = coder.id.clone();
    project.apply(Action::Coder { id: id.clone(), to: Some(coder) })?;
    Ok(Some(id))
}

/// Says every bad line of a table.
pub(in crate::cli) fn refused(from: &Path, bad: &[BadLine], console: &mut Console<'_>) -> NotDone {
    for bad in bad {
        console.say(&bad.to_string());
    }
    let lines =
        if bad.len() == 1 { "1 line is wrong".to_owned() } else { format!("{} lines are wrong", bad.len()) };
    NotDone(format!(
        "{lines}, so no row was taken: `{}`\0hint: correct it and read the table again",
        from.display()
    ))
}

/// What the sentence is said to be now.
fn say_one(
    project: &Project,
    row: &LabelRow,
    coder: CoderId,
    planned: &Planned,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let key = SheetKey { coder, article: row.article.clone() };
    let article = project.article(&key.article);
    let span = article.and_then(|article| labels_plan::span_of(article, row.sentence).ok());
    let coding = span.and_then(|span| project.coding(&key, span));
    let words = coding.map_or_else(|| "unanswered".to_owned(), said);
    let same = if planned.project.is_some() { "" } else { " (as it was)" };
    console.line(&format!("{} {} {}: {words}{same}", key.article, row.sentence, key.coder))?;
    Ok(())
}
