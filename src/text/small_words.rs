//! The small words by which a text tells its language, long before its letters do.
//!
//! What stands in quotation marks is somebody else's voice: an English article with a German quotation is English.

use crate::text::cut::head;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Words that are frequent in one of these languages and seldom in any other. Languages that share theirs (Danish and
/// Norwegian, Croatian and Slovenian) are not here.
const WORDS: [(&str, &str); 18] = [
    ("en", "the and that with from this which were have been their said would they about there when of"),
    (
        "de",
        "der und von mit sich auf ist dem nicht eine auch werden aus dass nach wird bei einer sind einem über einen zum \
         haben oder aber zur wurde für",
    ),
    ("fr", "dans pour avec sur une est qui aux cette sont ont leur été pas elle"),
    ("es", "los las el y más pero fue según también hay muy cuando donde hasta"),
    ("pt", "não os uma são foi ao aos pelo pela também seu sua em ele isso já"),
    ("it", "che di della sono gli nel alla anche più è dei delle dal degli nella questo stato"),
    ("nl", "het een van dat niet zijn voor aan ook naar worden bij heeft werd maar nog wordt uit deze hij"),
    ("sv", "och att är inte ett från också när skulle för eller även sade"),
    ("pl", "się że jest przez dla są był oraz jego które został także przy"),
    ("cs", "který která které jsou také není při podle byl uvedl"),
    ("sk", "ktorý ktorá ktoré sú podľa bol aj uviedol"),
    ("fi", "että hän mutta myös ovat joka mukaan kuin"),
    ("hu", "az hogy nem egy volt csak már szerint után"),
    ("ro", "și în pentru sunt că fost prin lui către această"),
    ("tr", "bir bu için ile olarak çok daha olan gibi dedi"),
    // Icelandic is not among the languages that the guess by letters knows.
    ("is", "að ekki það þetta hefur voru verið fyrir þegar"),
    ("id", "yang dengan untuk dari tidak ini itu dalam oleh akan adalah"),
    ("ca", "els amb és dels són aquesta aquest però"),
];

/// How much of a text is looked at, in bytes.
const MAX_LOOK_BYTES: usize = 4096;

/// No small word is longer. Bytes.
const MAX_WORD_BYTES: usize = 8;

/// So many words, and so clear a case, and the rest is not looked at.
const ENOUGH_WORDS: u32 = 200;

/// Each word, as a number, with the place of its language in [`WORDS`].
static PLACES: LazyLock<FxHashMap<u64, usize>> = LazyLock::new(|| {
    let each = WORDS.iter().enumerate();
    let places =
        each.flat_map(|(place, (_, words))| words.split(' ').map(move |word| (word.as_bytes(), place)));
    places.filter_map(|(word, place)| Some((number(word)?, place))).collect()
});

/// What was counted in one voice.
#[derive(Clone, Copy, Default)]
struct Count {
    n_words: u32,
    /// Small words of each language.
    hits: [u32; WORDS.len()],
}

/// The language of a text whose small words tell it beyond doubt, as two letters.
pub(in crate::text) fn language(text: &str) -> Option<&'static str> {
    let look = head(text, MAX_LOOK_BYTES);
    let (mut own, mut all) = (Count::default(), Count::default());
    let mut quoted = None;
    let mut n_foreign = 0_usize;
    let mut words = look.as_bytes();
    while let Some((byte, rest)) = words.split_first() {
        if is_letter(*byte) {
            let mut is_foreign = false;
            let is_end = |byte: &u8| {
                is_foreign |= !byte.is_ascii();
                !is_letter(*byte)
            };
            let len = words.iter().position(is_end).unwrap_or(words.len());
            let (word, rest) = words.split_at_checked(len)?;
            if is_foreign {
                n_foreign += word.iter().filter(|byte| !byte.is_ascii()).count();
            }
            let place = place_of(word);
            all.add(place);
            if quoted.is_none() {
                own.add(place);
                if own.n_words == ENOUGH_WORDS && own.clear_by(6).is_some() {
                    break;
                }
            }
            words = rest;
            continue;
        }
        // The rest of a mark beyond ASCII is no letter.
        words = rest.get(n_more(*byte)..).unwrap_or_default();
        match (quoted, quotation_mark(*byte, rest)) {
            // A quotation that goes on in the next paragraph is opened there again.
            _ if *byte == b'\n' => quoted = None,
            (None, opening) => quoted = opening,
            (Some(opening), Some(mark)) if closes(opening, mark) => quoted = None,
            (Some(_), _) => {}
        }
    }
    // Other scripts have no small words here, and are not told by a few of ours.
    if n_foreign * 2 > look.len() {
        return None;
    }
    own.clear_by(2).or_else(|| all.clear_by(2))
}

impl Count {
    fn add(&mut self, place: Option<usize>) {
        self.n_words += 1;
        if let Some(hits) = place.and_then(|place| self.hits.get_mut(place)) {
            *hits += 1;
        }
    }

    /// The language with a tenth of the words and so many times as many as any other.
    fn clear_by(&self, times: u32) -> Option<&'static str> {
        let (place, most) = self.hits.iter().enumerate().max_by_key(|(_, hits)| **hits)?;
        let others = self.hits.iter().enumerate().filter(|(other, _)| *other != place);
        let second = others.map(|(_, hits)| *hits).max().unwrap_or_default();
        let is_clear = *most >= 3 && *most * 10 >= self.n_words && *most >= second * times;
        is_clear.then(|| WORDS.get(place).map(|(code, _)| *code)).flatten()
    }
}

/// Whether a byte begins a letter or goes on with one; the signs beyond ASCII that are none begin with two of them.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii() && n_more(byte) == 0
}

/// How many bytes follow the first one of a sign that is no letter.
fn n_more(byte: u8) -> usize {
    match byte {
        0xC2 => 1,
        0xE2 => 2,
        _ => 0,
    }
}

/// The language whose small word this is; it may begin with a capital.
fn place_of(word: &[u8]) -> Option<usize> {
    PLACES.get(&number(word)?).copied()
}

/// The bytes of a word as one number, a capital at its beginning as a small letter; none = it is too long. No letter is a zero
/// byte, so that words of different lengths differ.
fn number(word: &[u8]) -> Option<u64> {
    let mut small = [0; MAX_WORD_BYTES];
    small.get_mut(..word.len())?.copy_from_slice(word);
    small.first_mut()?.make_ascii_lowercase();
    Some(u64::from_le_bytes(small))
}

/// The quotation mark that a byte begins.
fn quotation_mark(byte: u8, rest: &[u8]) -> Option<char> {
    match (byte, rest) {
        (b'"', _) => Some('"'),
        (0xC2, [0xAB, ..]) => Some('«'),
        (0xC2, [0xBB, ..]) => Some('»'),
        (0xE2, [0x80, 0x9C, ..]) => Some('“'),
        (0xE2, [0x80, 0x9D, ..]) => Some('”'),
        (0xE2, [0x80, 0x9E, ..]) => Some('„'),
        _ => None,
    }
}

fn closes(opening: char, mark: char) -> bool {
    match opening {
        '«' => mark == '»',
        '»' => mark == '«',
        '“' => mark == '”',
        // Swedes and Finns open with it too.
        '”' => mark == '”',
        '„' => matches!(mark, '“' | '”'),
        _ => mark == opening,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_small_word_is_in_one_language() {
        let mut seen = BTreeSet::new();
        for (code, words) in WORDS {
            assert!(crate::text::language::language(code).is_some(), "{code}");
            for word in words.split(' ') {
                assert!(seen.insert(word), "`{word}` stands twice");
                assert!((1..=MAX_WORD_BYTES).contains(&word.len()), "{word}");
                assert!(word.bytes().all(is_letter), "{word}");
            }
        }
    }

    #[test]
    fn the_voice_of_the_article_tells() {
        let check = |text: &str, want: Option<&str>| assert_eq!(language(text), want, "{text}");
        let german = "„Wir haben von der Sache nichts gewusst und werden auch nicht mehr dazu sagen, denn das ist mit dem Rat \
                      nach langer Zeit so besprochen und von einer Mehrheit auch für gut befunden worden.“";
        let english = "“We have said that we knew of nothing when the report was written, and there is nothing that they \
                       would have been told about with this.”";
        check(&format!("The mayor of Linz said that the claims were false. {german} He left."), Some("en"));
        check(&format!("{german} That was all the firm said of the fire, and they left."), Some("en"));
        check(
            &format!(
                "Der Bürgermeister hat das nicht gesagt. {english} Er ist auch nicht mit dem Rat gegangen."
            ),
            Some("de"),
        );
        check(
            &format!("Le maire est venu avec une lettre pour le conseil, qui {german} ont ri dans la salle."),
            Some("fr"),
        );
        // All of it quoted: then that is the voice.
        check(german, Some("de"));
        // An opened quotation ends with its paragraph.
        check("“The firm\nDer Rat ist mit sich und mit dem Bericht nicht auf einer Linie.", Some("de"));
    }

    #[test]
    fn without_a_clear_case_nothing_is_said() {
        for text in [
            "",
            "12:40",
            "Fire.",
            "Мэр взял деньги у застройщика, the and of with, говорится в докладе, который совет опубликовал.",
            "市长从一名开发商那里拿了钱，the report of the council that was with them，议会周一公布的一份报告这样说。市长从一名开发商那里拿了钱",
            "the and that der und von the of with mit sich auf",
        ] {
            assert_eq!(language(text), None, "{text}");
        }
    }
}
