//! What a line of an article is, by its shape: headline, dateline, byline, caption, item. No kind = prose.

use crate::formats::blocks::{Line, ends_sentence, item_mark_len};

pub const HEADLINE: &str = "headline";
pub const DATELINE: &str = "dateline";
pub const BYLINE: &str = "byline";
pub const CAPTION: &str = "caption";
pub const ITEM: &str = "item";

/// Where the headline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// Look for a first short paragraph.
    Find,
    /// The format marks its headings; they have their kind already.
    Marked,
}

/// Gives each line that has none its kind, and joins a headline of two lines.
pub fn mark(lines: &mut Vec<Line>, headline: Headline) {
    split_off_short_kinds(lines);
    if headline == Headline::Find {
        mark_headline(lines);
    }
    for line in lines.iter_mut().filter(|line| line.kind.is_none()) {
        if item_mark_len(&line.text).is_some() {
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

/// The length in bytes of a dateline such as `WASHINGTON (AP) — ` at the start of a paragraph, its dash and the
/// white space after it included.
pub fn dateline_len(text: &str) -> Option<usize> {
    let look = text.get(..text.floor_char_boundary(MAX_DATELINE_BYTES))?;
    let (at, dash) = look.match_indices(['—', '–', '-']).find(|&(at, dash)| is_dash(look, at, dash))?;
    let place = look.get(..at)?.trim_end();
    let rest = text.get(at..)?.trim_start_matches(['—', '–', '-']).trim_start();
    let opens = rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"'“‘«„".contains(c));
    let is_dateline = opens && at + dash.len() <= text.len() - rest.len() && is_place(place);
    is_dateline.then_some(text.len() - rest.len())
}

const MAX_DATELINE_BYTES: usize = 100;
const MAX_HEADLINE_CHARS: usize = 150;
const MAX_BYLINE_CHARS: usize = 100;

/// A byline stands among the first paragraphs.
const N_HEAD_PARAGRAPHS: usize = 5;

/// Words in capitals before a dash that name no place.
const NO_PLACES: &[&str] = &[
    "ANALYSIS",
    "BREAKING",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "FACTBOX",
    "LIVE",
    "NEWS",
    "OPINION",
    "UPDATE",
    "UPDATED",
    "VIDEO",
    "WATCH",
];

/// Bylines and captions are paragraphs of their own, also where the source has only a line break.
fn split_off_short_kinds(lines: &mut [Line]) {
    let mut paragraph_idx = 0;
    let mut was_split = false;
    for (line_idx, line) in lines.iter_mut().enumerate() {
        if line.starts_paragraph && line_idx > 0 {
            paragraph_idx += 1;
        }
        if was_split {
            line.starts_paragraph = true;
        }
        was_split = false;
        if line.kind.is_some() {
            continue;
        }
        if is_caption(&line.text) {
            line.kind = Some(CAPTION);
        } else if paragraph_idx < N_HEAD_PARAGRAPHS && is_byline(&line.text) {
            line.kind = Some(BYLINE);
        }
        if line.kind.is_some() {
            line.starts_paragraph = true;
            was_split = true;
        }
    }
}

/// The first short paragraph without a full stop, if prose follows. It may have two lines.
fn mark_headline(lines: &mut Vec<Line>) {
    let Some(first_idx) = lines.iter().take(2).position(|line| line.kind.is_none()) else { return };
    let n_lines = 1 + lines.iter().skip(first_idx + 1).take_while(|line| !line.starts_paragraph).count();
    let head: Vec<&str> = lines.iter().skip(first_idx).take(n_lines).map(|line| line.text.as_str()).collect();
    let text = head.join(" ");
    let is_short = n_lines <= 2 && text.chars().count() <= MAX_HEADLINE_CHARS;
    let is_open = !text.ends_with([':', ';', ',']) && !is_full_stop(&text);
    let is_other = dateline_len(&text).is_some() || head.iter().any(|line| item_mark_len(line).is_some());
    let has_prose =
        lines.iter().skip(first_idx + n_lines).any(|line| line.kind.is_none() && ends_sentence(&line.text));
    if is_short && is_open && !is_other && has_prose {
        lines.drain(first_idx + 1..first_idx + n_lines);
        if let Some(line) = lines.get_mut(first_idx) {
            line.text = text;
            line.kind = Some(HEADLINE);
        }
    }
}

/// A full stop at the end that is not that of `U.S.`.
fn is_full_stop(text: &str) -> bool {
    let word = text.split_whitespace().next_back().unwrap_or("");
    ends_sentence(text) && !text.ends_with(['!', '?']) && !(word.matches('.').count() > 1 && word.len() <= 6)
}

fn is_caption(text: &str) -> bool {
    let text = text.strip_prefix('(').unwrap_or(text);
    let Some((label, rest)) = text.split_once([':', ' ']) else { return false };
    let has_colon = text.as_bytes().get(label.len()) == Some(&b':');
    let label = label.to_lowercase();
    match label.as_str() {
        "photo" | "foto" | "photograph" | "picture" | "image" | "caption" | "bild" if has_colon => true,
        "photo" | "foto" | "photograph" | "picture" | "image" => {
            rest.starts_with("by ") || rest.starts_with("credit:") || rest.starts_with("courtesy ")
        }
        _ => false,
    }
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

/// A dash between words: long, doubled, or a hyphen with white space on both sides.
fn is_dash(text: &str, at: usize, dash: &str) -> bool {
    let before = text.get(..at).unwrap_or("");
    let after = text.get(at + dash.len()..).unwrap_or("");
    let is_spaced = before.ends_with(char::is_whitespace) || before.ends_with(')');
    match dash {
        "-" => is_spaced && (after.starts_with(char::is_whitespace) || after.starts_with('-')),
        _ => is_spaced || after.starts_with(char::is_whitespace) || !before.ends_with(char::is_numeric),
    }
}

/// `WASHINGTON`, `PARIS, Feb. 16`, `WASHINGTON (AP)`, `New York (Reuters)`.
fn is_place(text: &str) -> bool {
    let (place, has_agency) = match text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((place, agency)) if agency.starts_with(char::is_uppercase) && agency.len() <= 30 => {
            (place.trim_end(), true)
        }
        Some(_) => return false,
        None => (text, false),
    };
    let (city, rest) = place.split_once(',').unwrap_or((place, ""));
    let n_capitals = city.chars().filter(|c| c.is_uppercase()).count();
    let is_capitals = n_capitals >= 3 && !city.chars().any(char::is_lowercase);
    let is_named = has_agency
        && city.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "de" | "del" | "la" | "of" | "am" | "sur" | "upon")
        });
    let is_date_or_state = rest.split_whitespace().count() <= 5
        && rest.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    let n_words = city.split_whitespace().count();
    (is_capitals || is_named)
        && is_date_or_state
        && (1..=5).contains(&n_words)
        && !city.contains(|c: char| c.is_numeric() || "?!:;\"“”".contains(c))
        && !city.split_whitespace().any(|word| NO_PLACES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        let check = |text: &str, want: &str| {
            let got = dateline_len(text).map_or("", |len| text.get(..len).unwrap());
            assert_eq!(got, want, "{text}");
        };
        check("WASHINGTON (AP) — The mayor left.", "WASHINGTON (AP) — ");
        check("WASHINGTON (AP) -- The mayor left.", "WASHINGTON (AP) -- ");
        check("LYND, Minn. — The mayor left.", "LYND, Minn. — ");
        check("LYND, Jan. 5 (UPI) - “No,” he said.", "LYND, Jan. 5 (UPI) - ");
        check("New York (Reuters) – 40 people left.", "New York (Reuters) – ");
        check("ROME—The mayor left.", "ROME—");
        check("TEL-AVIV – The mayor left.", "TEL-AVIV – ");
        check("BORA — the firm from Lynd — denied it.", "");
        check("BREAKING — The mayor left.", "");
        check("The mayor — He left — is back.", "");
        check("Harlow (the mayor) — He left.", "");
        check("A — B", "");
        check("", "");
        check("—", "");
        check("LYND — ", "");
    }

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
    }
}
