//! `allegata set`: what is known about articles, what a paragraph is, what is set aside.

use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::meant::Meant;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening, people, show};
use crate::formats::articles::arrivals;
use crate::formats::datasets::labels_plan;
use crate::formats::datasets::labels_table::Which;
use crate::model::article::ASIDE;
use crate::model::handing;
use crate::model::ids::{ArticleId, is_id};
use crate::model::mending::{self, Field, KINDS};
use crate::model::project::Project;
use crate::shell::folders::Folders;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata set inquiry.allegata.ron --article 5d1f0c9a2b-03fe --outlet \"Harbour Post\" --date 2025-03-02
  allegata set inquiry.allegata.ron --article 5d1f0c9a2b-03fe --aside \"an advertisement\"
  allegata set inquiry.allegata.ron --article 5d1f0c9a2b-03fe --tag court --untag draft
  allegata set inquiry.allegata.ron --articles 'outlet:\"Tide & Trade\" from:2024' --tag spring --assign Ines
  allegata set inquiry.allegata.ron --article 5d1f0c9a2b-03fe --sentence '#12' --kind caption

An empty value takes away what is known; `--aside ''` and `--kind ''` bring back what is set aside, `--split ''` \
takes an article out of its split. What is set aside is never \
asked for; answers to it stay in the file and count nowhere until it is back. An article's id stays, whatever is said of it.";

/// Mend what is known about articles, say what a paragraph is, or set something aside
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    #[command(flatten)]
    meant: Meant,
    /// Its title
    #[arg(long, allow_hyphen_values = true)]
    title: Option<String>,
    /// Its second title
    #[arg(long, allow_hyphen_values = true)]
    subtitle: Option<String>,
    /// Who printed it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Who wrote it
    #[arg(long, allow_hyphen_values = true)]
    byline: Option<String>,
    /// When it was printed: a year, a year and month, or a day, as 2025-03-01
    #[arg(long)]
    date: Option<String>,
    /// Where it stands on the web
    #[arg(long)]
    url: Option<String>,
    /// Its language, as `en`
    #[arg(long)]
    lang: Option<String>,
    /// Put a tag to the articles; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Take a tag away; may be given several times
    #[arg(long = "untag", value_name = "TAG")]
    untags: Vec<String>,
    /// Say that a coder is to read the articles, by id or name; may be given several times
    #[arg(long = "assign", value_name = "NAME")]
    assigns: Vec<String>,
    /// Say that a coder is to read them no longer; may be given several times
    #[arg(long = "unassign", value_name = "NAME")]
    unassigns: Vec<String>,
    /// Set the articles aside, and why
    #[arg(long, value_name = "REASON", allow_hyphen_values = true)]
    aside: Option<String>,
    /// The split that they belong to, as `train` or `test`
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// A sentence, by its id or by its number in the article
    #[arg(long, value_name = "START-END|#N", requires = "kind")]
    sentence: Option<String>,
    /// What the whole paragraph of that sentence is; `aside` sets the sentence aside alone
    #[arg(long, requires = "sentence", value_name = "prose|headline|byline|dateline|caption|item|aside")]
    kind: Option<String>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let says = says(args)?;
    let paragraph = paragraph(args)?;
    split_fits(args.split.as_deref())?;
    let lists = [&args.tags, &args.untags, &args.assigns, &args.unassigns];
    let says_nothing = says.is_empty() && lists.iter().all(|list| list.is_empty());
    if says_nothing && args.aside.is_none() && args.split.is_none() && paragraph.is_none() {
        let hint = "`--title`, `--aside`, or another option of `allegata set --help`";
        return Err(Usage(format!("nothing was said\0hint: {hint}")).into());
    }
    let opened = opening::to_write(&args.project, folders, console)?;
    let mut project = opened.project.clone();
    let ids = args.meant.ids(&project)?;
    if paragraph.is_some() && ids.len() > 1 {
        return Err(
            Usage("a sentence of several articles\0hint: name the one that it stands in".to_owned()).into()
        );
    }
    let mut reopened = Vec::new();
    if let (Some((which, kind)), Some(id)) = (paragraph, ids.first())
        && let Some(article) = project.article(id)
    {
        let span = labels_plan::span_of(article, which).map_err(NotDone)?;
        if let Some(plan) = mending::kind(&project, id, span, kind)? {
            reopened = plan.followed.into_iter().filter(|followed| followed.reopened).collect();
            project.apply(plan.action)?;
        }
    }
    if let Some(action) = mending::meta(&project, &ids, &says) {
        project.apply(action)?;
    }
    if let Some(action) = mending::tags(&project, &ids, &args.tags, &args.untags) {
        project.apply(action)?;
    }
    if let Some(reason) = args.aside.as_deref().map(str::trim) {
        let reason = (!reason.is_empty()).then_some(reason);
        mending::aside(&project, &ids, reason).map_or(Ok(()), |action| project.apply(action).map(drop))?;
    }
    if let Some(split) = args.split.as_deref().map(str::trim) {
        let split = (!split.is_empty()).then_some(split);
        mending::split(&project, &ids, split).map_or(Ok(()), |action| project.apply(action).map(drop))?;
    }
    let assigned = assign(&mut project, &ids, args)?;
    report(&opened.project, &project, &ids, assigned, console)?;
    for followed in reopened {
        let n = n_of(followed.unanswered.len(), "sentence");
        console.say(&format!("no longer done by {}: {n} without an answer", followed.coder));
    }
    if project != opened.project {
        opening::save(opened, &project, console)?;
    }
    // Whose answers do not move is nobody's to do.
    let is_locked = |id: &&ArticleId| project.article(id).is_some_and(|article| !article.intact);
    let asks_sheets = !args.assigns.is_empty() || !args.unassigns.is_empty();
    let mut outcome = Outcome::Fine;
    for article in ids.iter().filter(|_| asks_sheets).filter(is_locked).filter_map(|id| project.article(id)) {
        outcome = Outcome::Look;
        let (id, title) = (&article.id, article.shown_title());
        console.warn(&format!("neither assigned nor taken back {id}, for its text is locked: {title}"));
    }
    Ok(outcome)
}

/// What is said of the articles themselves.
fn says(args: &Args) -> Result<Vec<(Field, String)>, Usage> {
    let said = [&args.title, &args.subtitle, &args.byline, &args.outlet, &args.date, &args.url, &args.lang];
    let said = Field::ALL.into_iter().zip(said).filter_map(|(field, to)| Some((field, to.clone()?)));
    let said: Vec<_> = said.collect();
    for (field, to) in &said {
        arrivals::fits(*field, to).map_err(Usage)?;
    }
    Ok(said)
}

/// Files are named after a split.
fn split_fits(split: Option<&str>) -> Result<(), Usage> {
    let fits = split.map(str::trim).is_none_or(|split| split.is_empty() || is_id(split));
    let hint = "letters, digits, `.`, `_` and `-`, as in `train`";
    if fits {
        Ok(())
    } else {
        Err(Usage(format!("no name of a split: `{}`\0hint: {hint}", split.unwrap_or_default())))
    }
}

/// The sentence that is meant, and what its paragraph is.
fn paragraph(args: &Args) -> Result<Option<(Which, &str)>, Usage> {
    let Some((sentence, kind)) = args.sentence.as_deref().zip(args.kind.as_deref()) else { return Ok(None) };
    let which = show::sentence(sentence)?;
    if !kind.is_empty() && kind != ASIDE && !KINDS.contains(&kind) {
        return Err(Usage(format!("no kind `{kind}`\0hint: the kinds are {} and {ASIDE}", KINDS.join(", "))));
    }
    Ok(Some((which, kind)))
}

/// Gives the articles to coders, or takes them back; what was done, in words.
fn assign(project: &mut Project, ids: &[ArticleId], args: &Args) -> anyhow::Result<Vec<String>> {
    let open = |id: &&ArticleId| project.article(id).is_some_and(|article| article.intact);
    let open: Vec<ArticleId> = ids.iter().filter(open).cloned().collect();
    let mut said = Vec::new();
    let both = args.assigns.iter().map(|name| (name, true));
    for (name, gives) in both.chain(args.unassigns.iter().map(|name| (name, false))) {
        let coder = people::named_by(project, if gives { "--assign" } else { "--unassign" }, name)?;
        let Some(coder) = project.coder(&coder).cloned() else { continue };
        if gives && coder.is_reviewer() {
            return Err(NotDone(format!("`{name}` is a reviewer, who does not label")).into());
        }
        let (id, shown) = (coder.id.clone(), coder.shown_name().to_owned());
        let before = project.sheets_of(&id).filter(|sheet| sheet.assigned).count();
        let action = if gives {
            handing::assign(project, &[(coder, open.clone())])
        } else {
            handing::unassign(project, &id, &open)
        };
        let Some(action) = action else { continue };
        project.apply(action)?;
        let n = project.sheets_of(&id).filter(|sheet| sheet.assigned).count().abs_diff(before);
        let what = if gives { "assigned to" } else { "no longer assigned to" };
        said.push(format!("{what} {shown}: {}", n_of(n, "article")));
    }
    Ok(said)
}

/// A line for each article that is another now, and for each coder who reads others.
fn report(
    was: &Project,
    is: &Project,
    ids: &[ArticleId],
    assigned: Vec<String>,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let mut n = assigned.len();
    for article in ids.iter().filter(|id| was.article(id) != is.article(id)).filter_map(|id| is.article(id)) {
        n += 1;
        let aside = article.aside.as_deref().map(|reason| format!(", set aside: {reason}"));
        let split = article.split.as_deref().map(|split| format!(", in split {split}"));
        let (title, aside) = (article.shown_title(), aside.unwrap_or_default());
        console.line(&format!("changed {}: {title}{aside}{}", article.id, split.unwrap_or_default()))?;
    }
    for line in assigned {
        console.line(&line)?;
    }
    if n == 0 {
        console.line("nothing to change")?;
    }
    Ok(())
}
