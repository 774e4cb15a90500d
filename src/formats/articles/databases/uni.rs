//! Nexis Uni and Lexis Advance: a cover with a list of what was asked for, then articles that each end with `End of Document`.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::databases::export::{self, Export, Piece, has, label};
use crate::formats::articles::databases::nexis::is_copyright;
use crate::formats::articles::dated::{self, Dated};
use crate::formats::articles::found::Doubt;
use crate::text::fold::{fold, squeeze};

/// `End of Document`, as it ends an article; a number may stand before it.
pub(super) fn is_end(line: &str) -> bool {
    let line = line.trim();
    line.len() < 40
        && ENDS.iter().any(|end| line.ends_with(end) && line.len() - end.len() < 10 && !line.contains(". "))
}

const ENDS: [&str; 6] = [
    "End of Document",
    "Ende des Dokuments",
    "Fin du document",
    "Fin del documento",
    "Fin de documento",
    "Fine del documento",
];

pub(super) fn read(rows: &[Line], export: &mut Export<'_>) {
    let mut from = 0;
    let mut segments: Vec<(&[Line], bool)> = Vec::new();
    for (at, _) in rows.iter().enumerate().filter(|(_, row)| is_end(&row.text)) {
        segments.push((rows.get(from..at).unwrap_or_default(), true));
        from = at + 1;
    }
    let rest = rows.get(from..).unwrap_or_default();
    // What comes after the last end is an article only if it has a text.
    if rest.iter().any(|row| is_body(&row.text)) {
        segments.push((rest, false));
    }
    let first = segments.first().map(|(rows, _)| *rows).unwrap_or_default();
    let cover = Cover::of(first);
    if let Some((rows, _)) = segments.first_mut() {
        *rows = rows.get(cover.end..).unwrap_or_default();
    }
    export.found.announced = cover.announced.or(Some(cover.titles.len()).filter(|n| *n > 0));
    let mut titles = Vec::new();
    for (k, (rows, is_whole)) in (1..).zip(segments) {
        let mut piece = piece(rows, format!("{k}"));
        if !is_whole {
            piece.doubts.push(Doubt::Other(
                "it does not end with `End of Document`: the file may be cut off".to_owned(),
            ));
        }
        titles.push(fold(&squeeze(&piece.title)));
        export.add(piece);
    }
    // Those of the list that are not there, if there are fewer than it has.
    let n = export.found.announced.unwrap_or(0);
    if titles.len() < n {
        for (k, title) in &cover.titles {
            let folded = fold(&squeeze(title));
            match titles.iter().position(|found| *found == folded) {
                Some(at) => drop(titles.remove(at)),
                None => export.left(k, title, "announced, and not in the file"),
            }
        }
    }
}

/// What stands before the first article.
#[derive(Default)]
struct Cover {
    announced: Option<usize>,
    /// Numbers and titles of the list.
    titles: Vec<(String, String)>,
    /// Where the first article begins.
    end: usize,
}

/// Labels of a cover, folded, and lines of it.
const OF_COVER: &str = "user name|date and time|job number|client/matter|search terms|search type|narrowed by|content type|benutzername|\
     datum und uhrzeit|jobnummer|auftragsnummer|suchbegriffe|suchtyp|eingegrenzt nach|nom d'utilisateur|date et heure|\
     numero de tache|termes de la recherche|termes de recherche|type de recherche|affine par|quellen|sources|timeline|zeitachse|\
     mandant/betreff|client/dossier|publication type|language|location";

impl Cover {
    /// The cover that a file begins with, if it has one; `rows` are those before the first end.
    fn of(rows: &[Line]) -> Self {
        let mut cover = Self::default();
        let body_at = rows.iter().position(|row| is_body(&row.text)).unwrap_or(rows.len());
        // The head of the article has none of them.
        let head_at = date_before(rows, body_at).unwrap_or(body_at);
        let mut last = None;
        for (at, row) in rows.iter().enumerate().take(head_at) {
            let text = row.text.trim();
            if let Some(n) = documents(text) {
                (cover.announced, last) = (Some(n), Some(at));
            } else if let Some((k, title)) = entry(text) {
                // A title may begin with a number, but not with the next one.
                if k == cover.titles.len() + 1 {
                    cover.titles.push((format!("{k}"), title.to_owned()));
                    last = Some(at);
                }
            } else if label(text).is_some_and(|(name, _)| has(OF_COVER, &name))
                || has("content type|narrowed by|news", &fold(text))
            {
                last = Some(at);
            }
        }
        let Some(last) = last.filter(|_| cover.announced.is_some() || cover.titles.len() > 1) else {
            return Self::default();
        };
        cover.end = last + 1;
        // What goes on from the last entry is no headline: that stands in the list as it stands over the article.
        let first = cover.titles.first().map(|(_, title)| fold(&squeeze(title)));
        let headline = rows.iter().enumerate().take(head_at).skip(cover.end).filter(|(_, row)| {
            let folded = fold(&squeeze(&row.text));
            first.as_ref().is_some_and(|first| {
                !folded.is_empty() && (first.starts_with(&folded) || folded.starts_with(first.as_str()))
            })
        });
        cover.end = headline.map(|(at, _)| at).next_back().unwrap_or(cover.end);
        cover
    }
}

/// `Documents (10)`.
fn documents(line: &str) -> Option<usize> {
    let (name, n) = line.split_once('(')?;
    let is_it = has("documents|document|dokumente|dokument|documentos|documenti", fold(name).trim());
    n.trim().strip_suffix(')').filter(|_| is_it)?.parse().ok()
}

/// `3. Depot burnt down`.
fn entry(line: &str) -> Option<(usize, &str)> {
    let (k, title) = line.split_once('.')?;
    let k: usize = k.parse().ok()?;
    (title.starts_with(char::is_whitespace) && !title.trim().is_empty()).then(|| (k, title.trim()))
}

fn is_body(line: &str) -> bool {
    matches!(
        line.trim(),
        "Body"
            | "Text"
            | "Textk\u{f6}rper"
            | "Hauptteil"
            | "Corps"
            | "Corps du document"
            | "Texte"
            | "Cuerpo"
    )
}

/// Where the date of the head stands that ends before a place.
fn date_before(rows: &[Line], body_at: usize) -> Option<usize> {
    let from = body_at.saturating_sub(N_HEAD_ROWS);
    let is_length = |row: &Line| label(&row.text).is_some_and(|(name, _)| has(export::LENGTH, &name));
    let length_at = rows.iter().take(body_at).skip(from).position(is_length).map(|at| from + at);
    let rows = rows.iter().enumerate().take(length_at.unwrap_or(body_at)).skip(from);
    rows.filter(|(_, row)| is_date(&row.text)).map(|(at, _)| at).next_back()
}

const N_HEAD_ROWS: usize = 24;
const MAX_DATE_BYTES: usize = 80;

/// A line that is a date; a label before it makes it another.
fn is_date(line: &str) -> bool {
    let line = line.trim();
    let is_labelled = label(line).is_some_and(|(name, _)| !name.contains(|c: char| c.is_ascii_digit()));
    line.len() <= MAX_DATE_BYTES
        && !is_labelled
        && !is_copyright(line)
        && matches!(dated::read(line), Dated::Plain { .. } | Dated::DayMonth { .. })
}

fn piece(rows: &[Line], place: String) -> Piece {
    let mut piece = Piece { place, ..Piece::default() };
    let body_at = rows.iter().position(|row| is_body(&row.text));
    let head_label_at = |from: usize| {
        rows.iter()
            .enumerate()
            .skip(from)
            .find(|(_, row)| head_label(&row.text).is_some() || is_copyright(&row.text))
            .map(|(at, _)| at)
    };
    let head_end = body_at.unwrap_or(rows.len().min(N_HEAD_ROWS));
    let limit = head_label_at(0).unwrap_or(head_end).min(head_end);
    // The date stands below a headline and an outlet; with fewer lines before it something is not there.
    let dates = |from: usize| {
        rows.iter().enumerate().take(limit).skip(from).find(|(_, row)| is_date(&row.text)).map(|(at, _)| at)
    };
    let date_at = dates(2).or_else(|| dates(1));
    let titles = match date_at {
        Some(at) => {
            piece.date = rows.get(at).map(|row| row.text.clone()).unwrap_or_default();
            piece.outlet = rows.get(at - 1).map(|row| row.text.clone()).unwrap_or_default();
            at - 1
        }
        None => limit.min(1),
    };
    let above: Vec<&str> = rows.iter().take(titles).map(|row| row.text.trim()).collect();
    piece.title = above.join(" ");
    let from = date_at.map_or(titles, |at| at + 1);
    let mut of = None;
    let mut end = from;
    for (at, row) in rows.iter().enumerate().take(head_end).skip(from) {
        if fold(&row.text).contains("correction appended") {
            piece.doubts.push(Doubt::Correction);
        } else if let Some((found, rest)) = head_label(&row.text) {
            of = Some(found);
            put(&mut piece, found, rest);
        } else if is_copyright(&row.text) {
            of = None;
        } else if let (Some(found), true) = (of, body_at.is_some()) {
            put(&mut piece, found, row.text.trim());
        } else if body_at.is_none() && of.is_some() {
            break;
        }
        end = at + 1;
    }
    let body_from = body_at.map_or(end, |at| at + 1);
    let body = rows.get(body_from..).unwrap_or_default();
    let after = trailer(body, &mut piece);
    piece.body = body.get(..after).unwrap_or_default().to_vec();
    if let Some(first) = piece.body.first_mut() {
        first.starts_paragraph = true;
    }
    piece
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Byline,
    Section,
    Length,
    Highlight,
    Other,
}

fn head_label(line: &str) -> Option<(Of, &str)> {
    let (name, rest) = label(line)?;
    let of = [
        (export::BYLINE, Of::Byline),
        (export::SECTION, Of::Section),
        (export::LENGTH, Of::Length),
        (export::HIGHLIGHT, Of::Highlight),
        (export::OTHER, Of::Other),
    ];
    of.iter().find(|(names, _)| has(names, &name)).map(|(_, of)| (*of, rest))
}

/// Adds to a field; a highlight may have several paragraphs, others one line.
fn put(piece: &mut Piece, of: Of, words: &str) {
    let field = match of {
        Of::Byline => &mut piece.byline,
        Of::Section => &mut piece.section,
        Of::Length => &mut piece.length,
        Of::Highlight => &mut piece.subtitle,
        Of::Other => return,
    };
    if field.is_empty() {
        words.clone_into(field);
    } else if of == Of::Highlight {
        field.extend([" ", words]);
    }
}

/// Lines alone that begin what is known of an article, after its text.
const ALONE: &str =
    "graphic|grafik|graphique|notes|classification|klassifizierung|classement|clasificacion|correction|links";

/// Where the text ends; takes what comes after it.
fn trailer(rows: &[Line], piece: &mut Piece) -> usize {
    let is_first = |row: &Line| {
        let folded = fold(row.text.trim());
        let is_load = label(&row.text).is_some_and(|(name, _)| {
            has("load-date|ladedatum|date de chargement|date-chargement|fecha de carga", &name)
        });
        is_load || row.starts_paragraph && has(ALONE, &folded)
    };
    // Of the lines alone only those that nothing but more of them follows.
    let end = rows.iter().position(is_first).unwrap_or(rows.len());
    for row in rows.iter().skip(end) {
        let Some((name, rest)) = label(&row.text) else {
            if fold(row.text.trim()) == "correction" {
                piece.doubts.push(Doubt::Correction);
            }
            continue;
        };
        if has(export::LANGUAGE, &name) {
            rest.clone_into(&mut piece.lang);
        } else if has(export::SUBJECT, &name) {
            rest.clone_into(&mut piece.subjects);
        }
    }
    end
}
