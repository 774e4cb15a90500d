//! What the layouts of databases have in common: an article as its export has it, labels, lengths, and how it becomes one of ours.

use crate::formats::articles::blocks::{self, Line};
use crate::formats::articles::found::{Asked, Doubt, Found, Left};
use crate::formats::articles::rows::with_title;
use crate::formats::articles::{article, dated, kinds, langs, plain};
use crate::formats::reading::{ReadError, Warning};
use crate::model::article::Meta;
use crate::text::fold::{fold, squeeze};
use crate::text::invisible::is_blank;
use crate::text::message;
use crate::text::rules::Settings;

/// An article as an export has it; what it does not say is empty.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub place: String,
    pub title: String,
    pub subtitle: String,
    pub outlet: String,
    pub date: String,
    pub section: String,
    pub length: String,
    pub byline: String,
    pub lang: String,
    pub doc_id: String,
    pub url: String,
    pub subjects: String,
    pub body: Vec<Line>,
    pub doubts: Vec<Doubt>,
}

/// An export on its way in.
pub(super) struct Export<'a> {
    asked: Asked<'a>,
    encoding: &'static str,
    /// Whether its lines are those of a page, and paragraphs have to be put together.
    pub is_wrapped: bool,
    pub found: Found,
}

impl<'a> Export<'a> {
    pub fn new(asked: Asked<'a>, encoding: &'static str, is_wrapped: bool) -> Self {
        Self { asked, encoding, is_wrapped, found: Found::default() }
    }

    pub fn left(&mut self, place: &str, title: &str, why: &str) {
        let title = title.chars().take(120).collect();
        self.found.left.push(Left { place: place.to_owned(), title, why: why.to_owned() });
    }

    /// Takes an article, or says why there is none.
    pub fn add(&mut self, piece: Piece) {
        let title = squeeze(&piece.title);
        let mut lines = if self.is_wrapped { unwrapped(&piece.body) } else { piece.body.clone() };
        lines.retain(|line| !is_blank(&line.text));
        if let Some(first) = lines.iter().find(|line| is_message(&line.text)).filter(|_| lines.len() < 4) {
            let why = format!("a message of the database, `{}`", shortened(&first.text.replace('`', "'")));
            return self.left(&piece.place, &title, &why);
        }
        if lines.is_empty() {
            return self.left(&piece.place, &title, "no text in it");
        }
        let (meta, mut doubts) = meta(&piece, &title);
        doubts.extend(piece.doubts);
        let headline = with_title(&mut lines, &title);
        let settings = self.asked.settings;
        let lang = settings.lang.or(meta.lang.as_deref()).map(str::to_owned);
        let lang = lang.unwrap_or_else(|| plain::guessed(&lines, settings));
        let settings = Settings { lang: Some(&lang), ..settings };
        kinds::mark(&mut lines, headline, settings);
        let mut warnings = Vec::new();
        match article(&lines, meta, settings, self.encoding, &mut warnings) {
            Ok(mut article) => {
                let of_it = |Warning(why)| Warning(format!("{}: {why}", piece.place));
                self.found.warnings.extend(warnings.into_iter().map(of_it));
                article.place = piece.place;
                article.doubts = doubts;
                self.found.articles.push(article);
            }
            Err(ReadError::NoWords) => self.left(&piece.place, &title, "no text in it"),
            Err(why) => self.left(&piece.place, &title, message::what(&why.to_string())),
        }
    }
}

fn meta(piece: &Piece, title: &str) -> (Meta, Vec<Doubt>) {
    let known = |text: &str| Some(squeeze(text)).filter(|text| !text.is_empty());
    let mut meta = Meta {
        title: known(title),
        subtitle: known(&piece.subtitle),
        byline: known(&piece.byline).map(|byline| kinds::name_in_byline(&byline).to_owned()),
        outlet: known(&piece.outlet),
        section: known(&piece.section),
        url: known(&piece.url),
        doc_id: known(&piece.doc_id),
        words: n_words(&piece.length),
        lang: langs::tag(&piece.lang),
        tags: subjects(&piece.subjects),
        ..Meta::default()
    };
    let doubt = dated::put(&mut meta, &piece.date);
    (meta, doubt.into_iter().collect())
}

const MOST_SUBJECTS: usize = 30;

/// `POLITICS (90%); ELECTIONS (78%)`.
fn subjects(written: &str) -> Vec<String> {
    let bare = |subject: &str| {
        let subject = subject.trim();
        let is_share = subject.ends_with("%)");
        squeeze(subject.rsplit_once('(').filter(|_| is_share).map_or(subject, |(name, _)| name))
    };
    written.split(';').map(bare).filter(|subject| !subject.is_empty()).take(MOST_SUBJECTS).collect()
}

/// The lines of a page as paragraphs.
fn unwrapped(rows: &[Line]) -> Vec<Line> {
    let mut text = String::new();
    for row in rows {
        if !text.is_empty() {
            text.push_str(if row.starts_paragraph { "\n\n" } else { "\n" });
        }
        text.push_str(&row.text);
    }
    blocks::lines(&text)
}

/// What a database writes in the place of a text.
fn is_message(line: &str) -> bool {
    let line = fold(line);
    [
        "we are sorry but there is an error in this document",
        "full text not available",
        "full text: not available",
    ]
    .iter()
    .any(|message| line.trim().starts_with(message))
}

pub(super) fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

/// A label before a colon, folded, and what comes after it: `Length:\u{a0}355 words`, `LONGUEUR : 355 mots`.
pub(super) fn label(line: &str) -> Option<(String, &str)> {
    const MAX_LABEL_BYTES: usize = 40;
    let line = line.trim();
    let look = line.get(..line.floor_char_boundary(MAX_LABEL_BYTES))?;
    let (name, _) = look.split_once([':', '：'])?;
    let rest = line.get(name.len()..)?.trim_start_matches([':', '：']).trim();
    let name = squeeze(&fold(name));
    (!name.is_empty()).then_some((name, rest))
}

/// Whether the label of a line is written in capitals.
pub(super) fn is_in_capitals(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// Whether a list of names, a bar between them, has one.
pub(super) fn has(list: &str, name: &str) -> bool {
    list.split('|').any(|other| other == name)
}

/// The labels before the text of an article, folded.
pub(super) const BYLINE: &str =
    "byline|by-line|author|authors|autor|autorin|autoren|von|auteur|auteurs|par|autora|autores|por|autore";
pub(super) const SECTION: &str = "section|rubrik|ressort|rubrique|seccion|sezione|secao";
pub(super) const LENGTH: &str =
    "length|lange|laenge|longueur|longitud|extension|lunghezza|comprimento|lengte";
pub(super) const HIGHLIGHT: &str = "highlight|highlights|encart|hervorhebung|destacado";
pub(super) const HEADLINE: &str = "headline|uberschrift|titre|titel|titular|titolo";
pub(super) const OTHER: &str = "dateline|datumszeile|ort|lieu|series|serie|column|source|quelle|correction-date|correction|edition|ausgabe";

/// Those that come only after a text, and those that may stand in one.
pub(super) const AFTER: &str = "load-date|date-chargement|ladedatum|fecha-carga|language|sprache|langue|idioma|lingua|graphic|grafik|\
     graphique|publication-type|type-publication|publikationstyp|publikations-typ|journal-code|zeitungs-code|code-journal|\
     document-type|doc-type|acc-no|pub-type|media-type";
pub(super) const MAYBE_AFTER: &str = "update|subject|sujet|thema|company|societe|unternehmen|organization|organisation|distribution|\
     correction-date|correction|ticker|industry|industrie|geographic|country|pays|state|city|person|personne|notes|note|issn|url|\
     category|type|photo|load date";
pub(super) const LANGUAGE: &str = "language|sprache|langue|idioma|lingua";
pub(super) const SUBJECT: &str = "subject|sujet|thema";

/// The number of words in `1,034 words`, `1.034 Wörter`, `1 034 mots`; of signs in `850字`.
pub(super) fn n_words(written: &str) -> Option<u32> {
    const UNITS: [&str; 16] = [
        "word", "wort", "mot", "palabra", "parol", "woord", "palavra", "slow", "slov", "слов", "字", "자",
        "ord", "kelime", "λεξ", "sanaa",
    ];
    let folded = fold(written);
    let from = folded.find(|c: char| c.is_ascii_digit())?;
    let rest = folded.get(from..)?;
    let len = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\'' | '\u{2009}')))
        .unwrap_or(rest.len());
    let (number, unit) = rest.split_at_checked(len)?;
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_whole = unit.is_empty() && from == 0;
    (is_whole || UNITS.iter().any(|known| unit.starts_with(known))).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let check = |written: &str, want: Option<u32>| assert_eq!(n_words(written), want, "{written}");
        check("355 words", Some(355));
        check("1,034 words", Some(1034));
        check("1.034 W\u{f6}rter", Some(1034));
        check("1\u{a0}034 mots", Some(1034));
        check("850\u{5b57}", Some(850));
        check("355", Some(355));
        check("p. 3", None);
        check("99999999999 words", None);
        check("", None);
    }

    #[test]
    fn labels_before_a_colon() {
        assert_eq!(label("Length:\u{a0}355 words"), Some(("length".to_owned(), "355 words")));
        assert_eq!(label("LONGUEUR\u{a0}: 355 mots"), Some(("longueur".to_owned(), "355 mots")));
        assert_eq!(label("L\u{c4}NGE: 3"), Some(("lange".to_owned(), "3")));
        assert_eq!(label("No label at all"), None);
        assert!(is_in_capitals("L\u{c4}NGE: 3 W\u{f6}rter") && !is_in_capitals("Length: 3"));
    }
}
