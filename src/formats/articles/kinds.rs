//! What a line of an article is, by its shape: headline, dateline, byline, caption, item. No kind = prose.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::datelines::{dateline_len, is_date, is_dateline};
use crate::text::items::mark_len;
use crate::text::rules::{Rules, Settings};
use crate::text::segment::segment;
use crate::text::wrapping::ends_sentence;

pub const HEADLINE: &str = "headline";
pub const DATELINE: &str = "dateline";
pub const BYLINE: &str = "byline";
pub const CAPTION: &str = "caption";
pub const ITEM: &str = "item";

/// The kind of that name; `None` of one that no reader gives.
pub fn known(name: &str) -> Option<&'static str> {
    [HEADLINE, DATELINE, BYLINE, CAPTION, ITEM].into_iter().find(|kind| *kind == name)
}

/// Where the headline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// Look for a first short paragraph.
    Find,
    /// The format marks its headings; they have their kind already.
    Marked,
}

/// Gives each line that has none its kind, and joins a headline of two lines. The settings say how a text is split: what
/// has several sentences is no headline.
pub fn mark(lines: &mut Vec<Line>, headline: Headline, settings: Settings<'_>) {
    split_off_short_kinds(lines);
    if headline == Headline::Find {
        mark_headline(lines, settings);
    }
    for line in lines.iter_mut().filter(|line| line.kind.is_none()) {
        if mark_len(&line.text).is_some() {
            line.kind = Some(ITEM);
        }
    }
}

/// `Ines Varga` of `By Ines Varga`.
pub fn name_in_byline(byline: &str) -> &str {
    match byline.split_once(' ') {
        Some((by, name)) if is_by(by) => name.trim(),
        _ => byline,
    }
}

const MAX_HEADLINE_CHARS: usize = 150;
const MAX_BYLINE_CHARS: usize = 100;

/// A byline stands among the first paragraphs.
const N_HEAD_PARAGRAPHS: usize = 5;

/// What a writer is, last on the line below a name: `Staff Writer`, `Lynd Echo staff`.
const ROLES: &[&str] = &[
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "columnist",
    "contributor",
    "redaktion",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "corresponsal",
];

/// Bylines, dates, captions and lone datelines are paragraphs of their own, also where the source has only a line break.
fn split_off_short_kinds(lines: &mut [Line]) {
    let mut paragraph_idx = 0;
    let mut was_split = false;
    let mut has_text = false;
    let mut before = None;
    for (line_idx, line) in lines.iter_mut().enumerate() {
        if line.starts_paragraph && line_idx > 0 {
            paragraph_idx += 1;
        }
        if was_split {
            line.starts_paragraph = true;
        }
        was_split = false;
        if line.kind.is_none() {
            let place = match before {
                _ if paragraph_idx >= N_HEAD_PARAGRAPHS => Place::Body,
                // A headline may stand below its writer.
                Some(BYLINE) if has_text => Place::BelowName,
                _ => Place::Head,
            };
            line.kind = short_kind(&line.text, place);
            if line.kind.is_some() {
                line.starts_paragraph = true;
                was_split = true;
            }
        }
        has_text |= !matches!(line.kind, Some(BYLINE | DATELINE | CAPTION));
        before = line.kind;
    }
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Among the first paragraphs.
    Head,
    /// There too, right below the name of a writer.
    BelowName,
    Body,
}

fn short_kind(text: &str, place: Place) -> Option<&'static str> {
    if is_caption(text) {
        Some(CAPTION)
    } else if is_dateline(text) || (place != Place::Body && is_date(text)) {
        Some(DATELINE)
    } else if place != Place::Body && is_byline(text) || place == Place::BelowName && is_role(text) {
        Some(BYLINE)
    } else {
        None
    }
}

/// The first short paragraph of one sentence without a full stop, if prose follows. It may have two lines.
fn mark_headline(lines: &mut Vec<Line>, settings: Settings<'_>) {
    let Some(first_idx) = lines.iter().take(2).position(|line| line.kind.is_none()) else { return };
    let n_lines = 1 + lines.iter().skip(first_idx + 1).take_while(|line| !line.starts_paragraph).count();
    let head: Vec<&str> = lines.iter().skip(first_idx).take(n_lines).map(|line| line.text.as_str()).collect();
    let text = head.join(" ");
    let is_short = n_lines <= 2 && text.chars().count() <= MAX_HEADLINE_CHARS;
    let is_open = !text.ends_with([':', ';', ',']) && !is_full_stop(&text);
    let is_other = dateline_len(&text, "").is_some() || head.iter().any(|line| mark_len(line).is_some());
    let has_prose =
        lines.iter().skip(first_idx + n_lines).any(|line| line.kind.is_none() && ends_sentence(&line.text));
    if is_short && is_open && !is_other && has_prose && is_one_sentence(&text, lines, settings) {
        lines.drain(first_idx + 1..first_idx + n_lines);
        if let Some(line) = lines.get_mut(first_idx) {
            line.text = text;
            line.kind = Some(HEADLINE);
        }
    }
}

/// Whether the splitter finds one sentence in `text`, which begins these lines.
fn is_one_sentence(text: &str, lines: &[Line], settings: Settings<'_>) -> bool {
    let words: Vec<_> = lines.iter().take(N_GUESS_LINES).map(|line| line.text.as_str()).collect();
    segment(text, &Rules::of(&words.join("\n\n"), settings)).len() < 2
}

/// As many lines tell the language of a text.
const N_GUESS_LINES: usize = 20;

/// A full stop at the end that is not that of `U.S.`.
fn is_full_stop(text: &str) -> bool {
    let word = text.split_whitespace().next_back().unwrap_or("");
    ends_sentence(text) && !text.ends_with(['!', '?']) && !(word.matches('.').count() > 1 && word.len() <= 6)
}

/// `Photo: …`, `File photo by …`, `(AP Photo/…)`, `Credit: Ines Varga`.
fn is_caption(text: &str) -> bool {
    let text = text.strip_prefix('(').unwrap_or(text);
    if ["AP Photo/", "AFP Photo/", "Reuters/"].iter().any(|label| text.starts_with(label)) {
        return text.chars().count() <= MAX_BYLINE_CHARS;
    }
    let look = text.get(..text.floor_char_boundary(MAX_LABEL_BYTES)).unwrap_or("");
    if let Some((label, _)) = look.split_once(':') {
        let rest = text.get(label.len() + 1..).unwrap_or("").trim();
        let label = label.trim_end().to_lowercase();
        if PICTURES.contains(&label.as_str()) {
            return true;
        }
        // `Credit: the bank gave none.` is prose.
        let is_names =
            rest.starts_with(char::is_uppercase) && !ends_sentence(rest) && rest.len() <= MAX_BYLINE_CHARS;
        return CREDITS.contains(&label.as_str()) && is_names;
    }
    let Some((label, rest)) = look.split_once(" by ").or_else(|| look.split_once(" BY ")) else {
        return look.to_lowercase().starts_with("photo courtesy ");
    };
    let label = label.to_lowercase();
    let label = label.strip_prefix("file ").unwrap_or(&label);
    let is_picture = matches!(label, "photo" | "photos" | "foto" | "photograph" | "picture" | "image");
    is_picture && rest.starts_with(char::is_uppercase)
}

/// Labels of a picture before a colon, in lower case.
const PICTURES: &[&str] = &[
    "photo",
    "photos",
    "foto",
    "fotos",
    "photograph",
    "picture",
    "image",
    "caption",
    "bild",
    "file photo",
    "file image",
    "file picture",
    "photo credit",
    "image credit",
    "picture credit",
    "photo by",
    "archivbild",
    "archivfoto",
    "symbolbild",
    "symbolfoto",
    "bildunterschrift",
    "crédit photo",
    "foto de archivo",
    "imagen",
];

/// Labels of those who made a picture.
const CREDITS: &[&str] = &["credit", "credits", "crédit", "crédito", "bildnachweis", "bildquelle"];

/// No label is longer.
const MAX_LABEL_BYTES: usize = 24;

/// `Staff Writer`, `Lynd Echo staff`, `Special to the Lynd Echo`, `The Associated Press`.
fn is_role(text: &str) -> bool {
    let n_words = text.split_whitespace().count();
    let lower = text.to_lowercase();
    let last = lower.split_whitespace().next_back().unwrap_or("");
    let is_named = n_words <= 5
        && ROLES.contains(&last)
        && text.starts_with(char::is_uppercase)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '&'));
    let is_lent = n_words <= 8 && lower.starts_with("special to ") && !ends_sentence(text);
    is_named || is_lent || matches!(lower.as_str(), "associated press" | "the associated press" | "reuters")
}

/// `By Ines Varga`, `BY INES VARGA AND TOM HALE`, `By Ines Varga, Staff Writer`.
fn is_byline(text: &str) -> bool {
    let Some((by, name)) = text.split_once(' ') else { return false };
    if !is_by(by) || text.chars().count() > MAX_BYLINE_CHARS || name.ends_with(['!', '?', ':', ',']) {
        return false;
    }
    let names = name.split([',', '|', '•']).next().unwrap_or("");
    let n_names = names.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    let is_names = names.split_whitespace().all(|word| {
        word.starts_with(char::is_uppercase)
            || matches!(
                word,
                "and" | "&" | "of" | "for" | "the" | "in" | "de" | "van" | "von" | "der" | "la" | "el" | "al"
            )
    });
    // `By Monday.` and `By Monday, the council had left.` are prose; `By Ines Varga Jr.` is not.
    is_names && n_names >= 1 && (n_names >= 2 || names.len() == name.len()) && !is_full_stop_of_prose(name)
}

fn is_full_stop_of_prose(name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or("");
    ends_sentence(name) && !matches!(last, "Jr." | "Sr." | "Inc." | "D.C." | "M.D." | "Ph.D.")
}

fn is_by(word: &str) -> bool {
    matches!(word, "By" | "BY" | "Von" | "VON" | "Par" | "PAR" | "Por" | "POR")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        let check = |text: &str, want: bool| assert_eq!(is_byline(text), want, "{text}");
        check("By Ines Varga", true);
        check("BY INES VARGA AND TOM HALE", true);
        check("By Ines Varga, Staff Writer", true);
        check("By Ines Varga and Tom Hale of the Lynd Echo", true);
        check("By Paul Harlow Jr.", true);
        check("Von Ines Varga", true);
        check("By Monday, the council had left.", false);
        check("By Monday the council had left.", false);
        check("By the time he left, it was late", false);
        check("By Harlow Bridge, Two Dead", true);
        check("By", false);
        assert_eq!(name_in_byline("By Ines Varga"), "Ines Varga");
        assert_eq!(name_in_byline("Ines Varga"), "Ines Varga");
    }

    #[test]
    fn captions() {
        let check = |text: &str, want: bool| assert_eq!(is_caption(text), want, "{text}");
        check("Photo: Ines Varga", true);
        check("Image: the bridge at night.", true);
        check("(Photo by Ines Varga)", true);
        check("Photographers waited outside.", false);
        check("Image is everything, says Hale.", false);
        check("Picture this: a bridge.", false);
        check("File photo: the bridge at night.", true);
        check("FILE PHOTO: The bridge at night. Lynd Echo/Ines Varga", true);
        check("Photo by Ines Varga / AP", true);
        check("File photo by Ines Varga", true);
        check("(AP Photo/Ines Varga)", true);
        check("Foto: Ines Varga/dpa", true);
        check("Bild: Ines Varga", true);
        check("Crédit photo : Ines Varga", true);
        check("Credit: Ines Varga", true);
        check("Credit: the bank gave none.", false);
        check("Credit: Nobody gave any.", false);
        check("Credits run out in May.", false);
        check("Photo by photo, the case grew.", false);
        check("Photo courtesy of the Lynd Echo", true);
    }

    #[test]
    fn roles() {
        let check = |text: &str, want: bool| assert_eq!(is_role(text), want, "{text}");
        check("Staff Writer", true);
        check("STAFF WRITER", true);
        check("Lynd Echo staff", true);
        check("Lynd Echo Staff Writer", true);
        check("Special to the Lynd Echo", true);
        check("The Associated Press", true);
        check("The mayor has dismissed nearly all of his staff", false);
        check("The mayor left.", false);
        check("Staff: none", false);
        check("", false);
    }
}
