//! From a file's bytes to articles that a project can take in.

use crate::formats::articles::found::{Asked, Column, Doubt, Found, Layout, Left};
use crate::formats::articles::{ArticleIn, article_id};
use crate::formats::hashes::sha256_hex;
use crate::formats::reading::{ReadError, Warning};
use crate::formats::time;
use crate::formats::{self, Format, Reads};
use crate::model::article::{Article, Meta, TilingError};
use crate::model::ids::{ArticleId, MAX_ID_BYTES};
use crate::model::mending::Field;
use crate::model::project::Project;
use crate::text::fold::squeeze;
use crate::text::rules::Settings;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Why a file gives no articles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArrivalError {
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    #[error(
        "this is an Allegata project\0hint: open it with `allegata FILE`; projects are not yet added to one another"
    )]
    Project,
    #[error(
        "articles are not yet read from this kind of file\0hint: save the article as plain text (`.txt`), Markdown (`.md`) or a Word document (`.docx`)"
    )]
    NoReader,
    #[error(
        "this file could not be read: something in it is not as it should be in {0}\0hint: open it in the program that made it, and save it again"
    )]
    Fell(&'static str),
    #[error("the sentences do not fit the text, {0}\0hint: report this as a mistake of the program")]
    Tiling(#[from] TilingError),
}

/// An article for a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    pub article: Article,
    /// The language whose rules divided it, which the article keeps only where somebody said it.
    pub lang: String,
    /// Cuts that the longest sentence allowed has forced.
    pub n_cut: usize,
    /// Where it stands in its file, if that holds several.
    pub place: String,
    pub doubts: Vec<Doubt>,
}

/// What a file gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arrivals {
    /// Id of the format that it was read as.
    pub format: &'static str,
    /// The database whose export it is.
    pub layout: Option<Layout>,
    pub articles: Vec<Arrival>,
    pub announced: Option<usize>,
    pub left: Vec<Left>,
    pub warnings: Vec<Warning>,
    /// Which column of a table was taken for what.
    pub columns: Vec<(Column, String)>,
}

/// Reads the articles of a file. What `said` knows goes before what the file says, the language that is asked for too.
///
/// `added` is left at 0: the project gives the place. Without a format it is guessed.
pub fn read(
    file_name: &str,
    format: Option<&Format>,
    bytes: &[u8],
    said: &Meta,
    asked: Asked<'_>,
) -> Result<Arrivals, ArrivalError> {
    let format = format.or_else(|| formats::guess(file_name, bytes)).ok_or(ArrivalError::NoReader)?;
    let Found { articles, layout, announced, left, warnings, columns } = match format.reads {
        Reads::Articles(read) => {
            let settings = Settings { lang: said.lang.as_deref().or(asked.settings.lang), ..asked.settings };
            let asked = Asked { settings, ..asked };
            // A library may fall over what it did not expect; other files come in all the same.
            catch_unwind(AssertUnwindSafe(|| read(bytes, asked)))
                .map_err(|_| ArrivalError::Fell(format.name))??
        }
        Reads::Project => return Err(ArrivalError::Project),
        Reads::Nothing => return Err(ArrivalError::NoReader),
    };
    let hash = sha256_hex(bytes);
    let articles = articles.into_iter().map(|article| of_project(article, file_name, &hash, said));
    let articles = articles.collect::<Result<_, _>>()?;
    Ok(Arrivals { format: format.id, layout, articles, announced, left, warnings, columns })
}

/// Whether a text is a date as metadata has it: a year, a year and month, or a day, as `2025-03-01`.
pub fn is_date(text: &str) -> bool {
    let rest = match text.len() {
        4 => "-01-01",
        7 => "-01",
        10 => "",
        _ => return false,
    };
    time::read(&format!("{text}{rest}T00:00:00Z")).is_some()
}

/// Whether a text has the form of a language's tag (BCP 47): `en`, `pt-BR`, `zh-Hant-TW`, `x-old`. Nobody looks
/// whether there is such a language.
pub fn is_lang_tag(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let (Some(first), Some((last, before))) = (parts.first(), parts.split_last()) else { return false };
    let is_part =
        |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_lang = first.len() > 1 && first.bytes().all(|b| b.is_ascii_alphabetic());
    // What begins with one letter goes on after it, after `x` and `i` with anything.
    let is_free = |part: &&str| part.eq_ignore_ascii_case("x") || part.eq_ignore_ascii_case("i");
    let is_private = before.iter().any(is_free);
    parts.iter().all(is_part)
        && (is_lang || before.first().is_some_and(is_free))
        && (is_private || last.len() > 1)
}

/// Whether a person may say that of an article; an empty text takes away what is known. `Err` says why not.
pub fn fits(field: Field, text: &str) -> Result<(), String> {
    let text = text.trim();
    match field {
        Field::Date if !text.is_empty() && !is_date(text) => {
            Err(format!("`{text}` is no date\0hint: a year, a year and month, or a day, as `2025-03-01`"))
        }
        Field::Lang if !text.is_empty() && !is_lang_tag(text) => {
            Err(format!("`{text}` is no language\0hint: a tag, as `en` or `pt-BR`"))
        }
        _ => Ok(()),
    }
}

/// The article of a project that an arriving one is: the same words, and the same outlet, date and address.
///
/// The id holds those that it came in with, and stays when they are mended. So one whose id says others than it has now is known
/// by its id, by the bytes of its file, and by words that say no other outlet, date or address than it has.
pub fn twin<'a>(project: &'a Project, article: &Article) -> Option<&'a Arc<Article>> {
    let words = article.id.as_str().split('-').next().unwrap_or_default();
    let stem = ArticleId::new(words);
    let alike = project.articles_from(&stem).take_while(|other| other.id.as_str().starts_with(words));
    let mut alike = alike.filter(|other| squeeze(other.text()) == squeeze(article.text()));
    alike.find(|there| {
        let is_file = there.source_sha256.is_some() && there.source_sha256 == article.source_sha256;
        let differs = |(a, b): (Option<&str>, Option<&str>)| b.is_some() && a != b;
        let says_other = print(&there.meta).into_iter().zip(print(&article.meta)).any(differs);
        print(&there.meta) == print(&article.meta)
            || is_mended(there) && (there.id == article.id || is_file || !says_other)
    })
}

/// Whether outlet, date or address are not those that an article came in with.
fn is_mended(article: &Article) -> bool {
    let [outlet, date, url] = print(&article.meta);
    !article.id.as_str().starts_with(&article_id(article.text(), outlet, date, url))
}

fn print(meta: &Meta) -> [Option<&str>; 3] {
    [meta.outlet.as_deref(), meta.date_known(), meta.url.as_deref()]
        .map(|known| known.filter(|text| !text.is_empty()))
}

/// Gives an article another id where another article has its own already; ids are short, so that this can happen.
pub fn with_free_id(project: &Project, mut article: Article) -> Article {
    if project.article(&article.id).is_none() {
        return article;
    }
    let stem: String = article.id.as_str().chars().take(MAX_ID_BYTES - 11).collect();
    let free = (2_u32..).map(|n| ArticleId::new(format!("{stem}-{n}")));
    let free = free.into_iter().find(|id| project.article(id).is_none());
    article.id = free.unwrap_or(article.id);
    article
}

fn of_project(
    mut article: ArticleIn,
    source: &str,
    source_hash: &str,
    said: &Meta,
) -> Result<Arrival, TilingError> {
    article.meta = first_known(said, article.meta);
    let (n_cut, lang) = (article.n_cut, std::mem::take(&mut article.lang));
    let (place, doubts) = (std::mem::take(&mut article.place), std::mem::take(&mut article.doubts));
    let mut taken = article.into_article()?;
    taken.source = (!source.is_empty()).then(|| source.to_owned());
    taken.source_sha256 = Some(source_hash.to_owned());
    Ok(Arrival { article: taken, lang, n_cut, place, doubts })
}

fn first_known(said: &Meta, read: Meta) -> Meta {
    let said = said.clone();
    Meta {
        title: said.title.or(read.title),
        subtitle: said.subtitle.or(read.subtitle),
        byline: said.byline.or(read.byline),
        outlet: said.outlet.or(read.outlet),
        section: said.section.or(read.section),
        // A date that somebody says replaces how the source wrote another one.
        published_as: if said.published.is_some() { said.published_as } else { read.published_as },
        published: said.published.or(read.published),
        url: said.url.or(read.url),
        doc_id: said.doc_id.or(read.doc_id),
        words: said.words.or(read.words),
        lang: said.lang.or(read.lang),
        tags: if said.tags.is_empty() { read.tags } else { said.tags },
        import: said.import.or(read.import),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::ProjectId;
    use crate::model::project::Parts;
    use crate::model::{mending, plan};

    const FILE: &[u8] =
        "Depot burnt down\n\nA depot burnt, police said. \u{201c}We know nothing,\u{201d} the firm said.\n"
            .as_bytes();

    fn one(name: &str, bytes: &[u8], said: &Meta) -> Article {
        read(name, None, bytes, said, Asked::default()).unwrap().articles.remove(0).article
    }

    fn outlet(outlet: &str) -> Meta {
        Meta { outlet: Some(outlet.to_owned()), ..Meta::default() }
    }

    #[test]
    fn an_article_gets_its_id_and_hashes() {
        let article = one("depot.txt", FILE, &outlet("Harbour Post"));
        assert_eq!(article.meta.title.as_deref(), Some("Depot burnt down"));
        assert_eq!(article.meta.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(article.n_sentences(), 3);
        assert_eq!(article.source.as_deref(), Some("depot.txt"));
        assert_eq!(article.source_sha256, Some(sha256_hex(FILE)));
        assert_eq!(article.sha256, sha256_hex(article.text().as_bytes()));
        assert_eq!(article.id.as_str(), article_id(article.text(), Some("Harbour Post"), None, None));
    }

    #[test]
    fn what_is_said_goes_before_what_the_file_says() {
        let bytes =
            b"---\ntitle: From the file\noutlet: Ledger\ndate: 2025-03-01\n---\n\nWords stand here.\n";
        let said =
            Meta { title: Some("Said".to_owned()), published: Some("2024".to_owned()), ..Meta::default() };
        let meta = one("a.md", bytes, &said).meta;
        let known = [&meta.title, &meta.outlet, &meta.published].map(Option::as_deref);
        assert_eq!(known, ["Said", "Ledger", "2024"].map(Some));
    }

    #[test]
    fn a_language_that_is_said_splits_like_one_that_the_file_says() {
        let words = "He met Dr. Hale at 8 p.m. She left.\n";
        let said = Meta { lang: Some("de".to_owned()), ..Meta::default() };
        let said = one("a.md", words.as_bytes(), &said);
        let read = one("a.md", format!("---\nlang: de\n---\n\n{words}").as_bytes(), &Meta::default());
        assert_eq!(said.meta.lang.as_deref(), Some("de"));
        assert_eq!(said.sentences(), read.sentences());
    }

    #[test]
    fn twins_have_the_same_words_outlet_date_and_address() {
        let parts = Parts::new(ProjectId::new("p"), "P");
        let mut project = Project::assemble(parts).unwrap();
        project.apply(plan::add_article(&project, one("a.txt", FILE, &Meta::default()))).unwrap();
        assert!(twin(&project, &one("b.txt", FILE, &Meta::default())).is_some());
        assert!(twin(&project, &one("b.txt", FILE, &outlet("Ledger"))).is_none());
        assert!(twin(&project, &one("b.txt", b"Other words.", &Meta::default())).is_none());
        // What was mended since is known by its id, its file and its words, unless they say that it is another.
        let mended = |project: &mut Project, says: &[(Field, &str)]| {
            let id = project.articles().next().unwrap().id.clone();
            let says: Vec<_> = says.iter().map(|(field, to)| (*field, (*to).to_owned())).collect();
            project.apply(mending::meta(project, &[id], &says).unwrap()).unwrap();
        };
        let mut changed = project.clone();
        mended(&mut changed, &[(Field::Outlet, "Harbour Post")]);
        let words = [FILE, b"\n"].concat();
        assert!(twin(&changed, &one("b.txt", FILE, &Meta::default())).is_some());
        assert!(twin(&changed, &one("b.txt", FILE, &outlet("Coast Echo"))).is_some());
        assert!(twin(&changed, &one("b.txt", &words, &outlet("Harbour Post"))).is_some());
        assert!(twin(&changed, &one("b.txt", &words, &outlet("Coast Echo"))).is_none());
        mended(&mut changed, &[(Field::Outlet, ""), (Field::Title, "Another")]);
        assert!(twin(&changed, &one("b.txt", FILE, &outlet("Coast Echo"))).is_none());
        // A date that is only known as it was written tells articles apart too, also where the id does not know it.
        let dated = |date: &str| {
            let words = String::from_utf8_lossy(FILE);
            one("a.md", format!("---\ndate: {date}\n---\n\n{words}").as_bytes(), &Meta::default())
        };
        let mut march = dated("March 3, 2025");
        assert!(twin(&project, &march).is_none());
        march.id = ArticleId::new(article_id(march.text(), None, None, None).replace('-', "-old"));
        project.apply(plan::add_article(&project, march)).unwrap();
        assert!(twin(&project, &dated("March 3, 2025")).is_some());
        assert!(twin(&project, &dated("April 9, 2025")).is_none());
        // Another article that happens to have the same id is no twin, and gets an id of its own.
        let mut other = one("b.txt", b"Other words.", &Meta::default());
        other.id = project.articles().next().unwrap().id.clone();
        assert!(twin(&project, &other).is_none());
        let freed = with_free_id(&project, other.clone());
        assert_eq!(freed.id.as_str(), format!("{}-2", other.id));
    }

    #[test]
    fn dates_are_years_months_or_days() {
        for good in ["2025", "2025-03", "2025-03-01", "2024-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in
            ["", "25", "2025-3", "2025-13", "2025-02-29", "1 March 2025", "2025-03-01T00:00:00Z", "20é5"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn tags_of_languages_have_a_form() {
        for good in [
            "en",
            "EN",
            "pt-BR",
            "zh-Hant-TW",
            "sr-Latn",
            "de-1996",
            "es-419",
            "x-old",
            "en-x-a",
            "i-klingon",
        ] {
            assert!(is_lang_tag(good), "{good}");
        }
        for bad in
            ["", "e", "en_US", "en-", "-en", "en--US", "e1", "englishlanguage", "en-x", "x", "été", "en US"]
        {
            assert!(!is_lang_tag(bad), "{bad}");
        }
    }

    #[test]
    fn other_files_are_refused_with_what_to_do() {
        let check = |name: &str, bytes: &[u8], want: ArrivalError| {
            assert_eq!(read(name, None, bytes, &Meta::default(), Asked::default()), Err(want), "{name}");
        };
        check("a.txt", b"", ArrivalError::Unreadable(ReadError::Empty));
        check("a.txt", b"\x7fELF\0\0", ArrivalError::Unreadable(ReadError::Binary { what: "a program" }));
        check("a.tex", b"Words.", ArrivalError::NoReader);
        check("a.ron", b"(", ArrivalError::Project);
    }
}
