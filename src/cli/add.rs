//! `allegata add`: articles into a project.

mod report;

use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::formats::articles::arrivals;
use crate::formats::articles::batch::taking::{Taking, taking};
use crate::formats::articles::batch::{Batch, Choices, Row, Standing, batch};
use crate::formats::articles::dated::Order;
use crate::formats::articles::found::{Column, Layout, Pieces};
use crate::formats::{self, Format, decode};
use crate::model::article::Meta;
use crate::model::ids::ProjectId;
use crate::model::mending::Field;
use crate::model::plan;
use crate::model::project::{Parts, Project};
use crate::shell::clock;
use crate::shell::folders::Folders;
use crate::shell::intake::{self, Gathered, Intake, ReadFiles, Said};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata add inquiry.allegata.ron articles/
  allegata add inquiry.allegata.ron fire.txt --outlet \"Harbour Post\" --date 2025-03-02
  allegata add inquiry.allegata.ron nexis.docx --dry-run
  allegata add inquiry.allegata.ron stories.csv --map text=fulltext,title=headline --date-order dmy
  pdftotext fire.pdf - | allegata add inquiry.allegata.ron - --title \"Cold store fire\"
  curl -s https://example.org/fire.md | allegata add inquiry.allegata.ron - --format md

A text that is there already with the same outlet, date and address is skipped; one that is nearly the same comes in and is named.
Exports of news databases are taken apart: what they announce is held against what was found.
The status is 1 where something came in with losses or doubts.";

/// Add articles to a project
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Articles, exports of databases, tables, archives, folders, or `-` for the standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Title of the article; left out, it is its headline
    #[arg(long)]
    title: Option<String>,
    /// Who printed it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// When it was printed: a year, a year and month, or a day, as 2025-03-01
    #[arg(long)]
    date: Option<String>,
    /// Where it stands on the web
    #[arg(long)]
    url: Option<String>,
    /// Its language, as `en`
    #[arg(long)]
    lang: Option<String>,
    /// How the standard input is written; left out, it is guessed
    #[arg(long, value_parser = formats::article_ids())]
    format: Option<String>,
    #[command(flatten)]
    how: How,
    /// Say what would come in, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Say what came of each file as JSON
    #[arg(long)]
    json: bool,
}

/// How files are read, and what stays out.
#[derive(Debug, clap::Args)]
struct How {
    /// Columns of tables, as `text=body,title=headline`; others are found by their names
    #[arg(long, value_name = "WHAT=COLUMN,…", value_delimiter = ',')]
    map: Vec<String>,
    /// Leave out articles that are nearly the same as others, too
    #[arg(long)]
    skip_duplicates: bool,
    /// Encoding of texts, by its name on the web, as `windows-1252`; left out, it is found out
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Which number of `03/04/2006` comes first; left out, the dates themselves say it
    #[arg(long, value_name = "ORDER", value_parser = ["dmy", "mdy"])]
    date_order: Option<String>,
    /// The layout of an export; left out, it is found out. `plain`: the file is one article
    #[arg(long, value_name = "NAME", value_parser = Layout::ALL.map(Layout::id))]
    layout: Option<String>,
    /// Cut lines that repeat in most of the articles
    #[arg(long)]
    cut_repeated: bool,
    /// Make an article of each chapter of a book
    #[arg(long)]
    parts: bool,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let said = said(args)?;
    let (project, opened) = opening::to_try(&args.project, args.dry_run, folders, console)?;
    let (gathered, read) = read_files(&args.files, &project, &said, console)?;
    let order = args.how.date_order.as_deref();
    let order = order.map(|order| if order == "dmy" { Order::DayFirst } else { Order::MonthFirst });
    let choices = Choices { order, cuts: args.how.cut_repeated, ..Choices::default() };
    let batch = batch(&read.files, &project, &choices, &clock::today());
    let taking = taking(&batch, &read.files, |row| is_wanted(row, args.how.skip_duplicates));
    if said.meta.title.is_some() && taking.articles.len() > 1 {
        let n = taking.articles.len();
        return Err(Usage(format!(
            "one title for {n} articles\0hint: add them one by one, or without `--title`"
        ))
        .into());
    }
    let mut after = project.clone();
    let id = if taking.articles.is_empty() { None } else { Some(clock::random_id(10)) };
    if let Some(id) = &id {
        let record = taking.record(id, None, opening::now());
        after.apply(plan::take_in_all(&project, taking.articles(&batch), Some(record)))?;
    }
    let account =
        Account { gathered: &gathered, read: &read, batch: &batch, taking: &taking, id: id.as_deref() };
    if let Some(opened) = opened.filter(|_| id.is_some()) {
        opening::save(opened, &after, console)?;
    }
    report::report(&account, after.scheme(), args, console)?;
    account.outcome()
}

/// All that is said of an import.
struct Account<'a> {
    gathered: &'a Gathered,
    read: &'a ReadFiles,
    batch: &'a Batch,
    taking: &'a Taking,
    /// Of the record.
    id: Option<&'a str>,
}

fn is_wanted(row: &Row, skips_near: bool) -> bool {
    match row.standing {
        Standing::New => !row.is_message(),
        Standing::Near(_) => !skips_near && !row.is_message(),
        Standing::There { .. } | Standing::Refused(_) => false,
    }
}

/// Reads files, with progress for who watches.
fn read_files(
    paths: &[PathBuf],
    project: &Project,
    said: &Said,
    console: &mut Console<'_>,
) -> anyhow::Result<(Gathered, ReadFiles)> {
    let (stdin, files): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|path| path == Path::new("-"));
    let gathered = intake::gather(&files);
    let progress = console.progress(gathered.files.len());
    let mut read = intake::read_files(&gathered.files, project, said, |n_done, path| {
        progress.at(n_done, path);
        true
    });
    progress.end();
    if let Some(name) = stdin.first() {
        let bytes = intake::read_stream(&mut *console.input, name)?;
        read.push_bytes(name, &bytes, project, said);
    }
    Ok((gathered, read))
}

/// Reads articles into a project, with progress for who watches.
pub(in crate::cli) fn read(
    paths: &[PathBuf],
    project: &mut Project,
    said: &Said,
    console: &mut Console<'_>,
) -> anyhow::Result<Intake> {
    let (stdin, files): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|path| path == Path::new("-"));
    let gathered = intake::gather(&files);
    let progress = console.progress(gathered.files.len());
    let mut intake = intake::read(gathered, project, said, |n_done, path| progress.at(n_done, path));
    progress.end();
    if let Some(name) = stdin.first() {
        let bytes = intake::read_stream(&mut *console.input, name)?;
        intake::take_in(&mut intake, project, name, &bytes, said);
    }
    Ok(intake)
}

/// A project to read articles into that nobody keeps.
pub(in crate::cli) fn nothing() -> anyhow::Result<Project> {
    Ok(Project::assemble(Parts::new(ProjectId::new("none"), ""))?)
}

fn said(args: &Args) -> Result<Said, Usage> {
    let known = |field: &Option<String>| {
        field.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    for (field, text) in [(Field::Date, &args.date), (Field::Lang, &args.lang)] {
        arrivals::fits(field, text.as_deref().unwrap_or_default()).map_err(Usage)?;
    }
    let meta = Meta {
        title: known(&args.title),
        outlet: known(&args.outlet),
        published: known(&args.date),
        url: known(&args.url),
        lang: known(&args.lang),
        ..Meta::default()
    };
    let columns = args.how.map.iter().map(|pair| column(pair)).collect::<Result<_, _>>()?;
    let encoding = args.how.encoding.clone();
    if let Some(name) = encoding.as_deref().filter(|name| !decode::is_encoding(name)) {
        return Err(Usage(format!(
            "`{name}` is no encoding\0hint: its name on the web, as `utf-8`, `windows-1252`, `shift_jis`"
        )));
    }
    let layout = args.how.layout.as_deref();
    Ok(Said {
        meta,
        lower_case: false,
        format: format_of(args.format.as_deref(), &args.files)?,
        encoding,
        columns,
        layout: layout.and_then(|id| Layout::ALL.into_iter().find(|layout| layout.id() == id)),
        pieces: if args.how.parts { Pieces::Chapters } else { Pieces::Whole },
    })
}

/// `text=body`: what a column holds, and its name.
fn column(pair: &str) -> Result<(Column, String), Usage> {
    let names = || Column::ALL.map(|column| format!("`{}`", column.name())).join(", ");
    let (what, name) = pair.split_once('=').ok_or_else(|| {
        Usage(format!("`{pair}` is no pair\0hint: as `text=body,title=headline`, of {}", names()))
    })?;
    let what = what.trim().to_lowercase();
    let column = Column::ALL.into_iter().find(|column| column.name() == what);
    let column = column
        .ok_or_else(|| Usage(format!("`{what}` is nothing that a column holds\0hint: one of {}", names())))?;
    Ok((column, name.trim().to_owned()))
}

/// The format that is said of the standard input, which must be read then.
pub(in crate::cli) fn format_of(
    said: Option<&str>,
    files: &[PathBuf],
) -> Result<Option<&'static Format>, Usage> {
    if said.is_some() && !files.iter().any(|file| file == Path::new("-")) {
        return Err(Usage("`--format` is for the standard input\0hint: name it with `-`".to_owned()));
    }
    Ok(said.and_then(formats::by_id))
}

impl Account<'_> {
    /// The rows that come in, in their order.
    fn coming(&self) -> impl Iterator<Item = &Row> {
        self.batch.rows.iter().filter(|row| self.taking.taken.contains(&row.key))
    }

    /// Files that could not be read, each with the reason.
    fn refused(&self) -> impl Iterator<Item = (String, String)> {
        let gathered = self.gathered.refused.iter().cloned();
        let read = self.read.files.iter();
        let read = read.filter_map(|file| Some((file.name.clone(), file.read.as_ref().err()?.clone())));
        let projects = self.read.projects.iter().map(|path| {
            let path = path.display().to_string();
            let why =
                format!("this is a project, not an article: `{path}`\0hint: open it with `allegata {path}`");
            (path, why)
        });
        gathered.chain(read).chain(projects)
    }

    /// Rows that are there already.
    fn there(&self) -> impl Iterator<Item = (&Row, &crate::model::ids::ArticleId, &str)> {
        self.batch.rows.iter().filter_map(|row| match &row.standing {
            Standing::There { id, title } => Some((row, id, title.as_str())),
            _ => None,
        })
    }

    fn outcome(&self) -> anyhow::Result<Outcome> {
        let (n_refused, n_there) = (self.refused().count(), self.there().count());
        let n_left = self.taking.left.len();
        if self.taking.articles.is_empty() {
            if n_refused > 0 && n_left == 0 {
                let n = n_of(n_refused, "file");
                return Err(NotDone(format!("{n} could not be read, nothing was added")).into());
            }
            if n_left == 0 {
                let hint = format!("names of articles end in {}", formats::ARTICLES_END_IN);
                return Err(NotDone(format!("no article was named\0hint: {hint}")).into());
            }
        }
        let is_odd = |row: &Row| !row.doubts.is_empty() || matches!(row.standing, Standing::Near(_));
        let is_short = |file: &crate::formats::articles::batch::taking::Account| {
            file.announced.is_some_and(|announced| announced != file.found)
        };
        let is_fine = n_refused == 0
            && n_there == 0
            && n_left == 0
            && !self.coming().any(is_odd)
            && !self.taking.files.iter().any(is_short);
        Ok(if is_fine { Outcome::Fine } else { Outcome::Look })
    }
}
