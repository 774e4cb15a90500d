//! What the splitter knows of each language: its word lists, read from `assets/sentences/`.

use crate::text::terminators::StopBytes;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The rules of one language, as its file has them.
#[derive(Debug)]
pub struct Language {
    /// Two letters: `en`.
    pub code: &'static str,
    /// The language's English name.
    pub name: &'static str,
    /// Other tags with the same rules.
    also: Vec<&'static str>,
    /// Characters beside the common ones that end a sentence.
    pub terminators: Vec<char>,
    /// Whether `3.` is an ordinal.
    pub ordinals: bool,
    /// Whether `−` opens a speech.
    pub speech_dash: bool,
    pub(in crate::text) stop_bytes: StopBytes,
    words: Words,
    /// Bytes of the longest word of the lists.
    longest: usize,
    /// Word endings, each with the lists that a word with it stands in.
    endings: Vec<(&'static str, Lists)>,
}

type Words = FxHashMap<String, Lists>;

/// The lists that a word stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u16);

impl Lists {
    pub const NEVER_END: Self = Self(1);
    pub const BEFORE_NUMBER: Self = Self(2);
    pub const MONTH: Self = Self(4);
    pub const SELDOM_END: Self = Self(8);
    pub const OFTEN_END: Self = Self(16);
    pub const GOES_ON: Self = Self(32);
    pub const STARTERS: Self = Self(64);
    pub const SPEECH_VERBS: Self = Self(128);
    pub const CREDITS: Self = Self(512);
    pub const AFTER_NUMBER: Self = Self(1024);
    pub const PLACE: Self = Self(4096);
    /// First word of an abbreviation of several words: look at the word behind too.
    pub const FIRST_OF_TWO: Self = Self(2048);
    /// Last word of an abbreviation of several words: look at the word before too.
    pub const LAST_OF_TWO: Self = Self(256);

    /// Whether the word stands in one of `others`.
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// In a list of abbreviations, whatever it says of them.
    pub fn is_abbreviation(self) -> bool {
        self.has(Self(1 | 2 | 4 | 8 | 16 | 1024 | 4096))
    }
}

const LISTS: &[(&str, Lists)] = &[
    ("never-end", Lists::NEVER_END),
    ("before-number", Lists::BEFORE_NUMBER),
    ("month", Lists::MONTH),
    ("seldom-end", Lists::SELDOM_END),
    ("often-end", Lists::OFTEN_END),
    ("after-number", Lists::AFTER_NUMBER),
    ("place", Lists::PLACE),
    ("goes-on", Lists::GOES_ON),
    ("starters", Lists::STARTERS),
    ("speech-verbs", Lists::SPEECH_VERBS),
    ("credits", Lists::CREDITS),
];

macro_rules! files {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("../../assets/sentences/", $code, ".txt")))),*]
    };
}

/// Each language with rules and its file.
const FILES: &[(&str, &str)] = files![
    "en", "am", "ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "hi", "hr", "hu",
    "hy", "id", "is", "it", "ja", "kk", "ko", "lt", "lv", "mr", "my", "nb", "nl", "pl", "pt", "ro", "ru",
    "sk", "sl", "sr", "sv", "tr", "uk", "ur", "zh",
];

static LANGUAGES: LazyLock<Vec<Language>> =
    LazyLock::new(|| FILES.iter().map(|(code, file)| Language::read(code, file)).collect());

/// All languages with rules.
pub fn languages() -> &'static [Language] {
    &LANGUAGES
}

/// The language of a BCP 47 tag such as `en`, `pt-BR` or `zh_Hant`, if there are rules for it.
pub fn language(tag: &str) -> Option<&'static Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    let find = |tag: &str| {
        let is_it = |code: &str| {
            code.len() == tag.len()
                && code
                    .bytes()
                    .zip(tag.bytes())
                    .all(|(a, b)| a.eq_ignore_ascii_case(&b) || (a, b) == (b'-', b'_'))
        };
        LANGUAGES.iter().find(|language| language.also.iter().chain([&language.code]).any(|code| is_it(code)))
    };
    find(tag).or_else(|| find(primary))
}

/// English, for a text of which nothing is known.
pub fn english() -> Option<&'static Language> {
    LANGUAGES.first()
}

impl Language {
    fn read(code: &'static str, file: &'static str) -> Self {
        let mut language = Self {
            code,
            name: code,
            also: Vec::new(),
            terminators: Vec::new(),
            ordinals: false,
            speech_dash: false,
            stop_bytes: StopBytes::of(&[], ""),
            words: Words::default(),
            longest: 0,
            endings: Vec::new(),
        };
        let mut list = None;
        for line in file.lines() {
            let line = line.split('#').next().unwrap_or("").trim();
            if let Some((name, value)) = entry(line) {
                list = LISTS.iter().find(|(other, _)| *other == name).map(|(_, list)| *list);
                match name {
                    "language" => language.name = value.trim(),
                    "also" => language.also = words(value).collect(),
                    "terminators" => language.terminators = value.chars().filter(|c| *c != ' ').collect(),
                    "ordinals" => language.ordinals = value.trim() == "yes",
                    "speech-dash" => language.speech_dash = value.trim() == "yes",
                    _ => {}
                }
            } else if let Some(list) = list {
                words(line).for_each(|word| language.add(word, list));
            }
        }
        language.stop_bytes = StopBytes::of(&language.terminators, file);
        language
    }

    fn add(&mut self, word: &'static str, list: Lists) {
        if let Some(ending) = word.strip_prefix('-') {
            self.endings.push((ending, list));
            return;
        }
        let mut put = |word: String, list: Lists| {
            self.longest = self.longest.max(word.len());
            let lists = self.words.entry(word).or_default();
            lists.0 |= list.0;
        };
        if word.contains('\'') {
            put(word.replace('\'', "’"), list);
        }
        let mut from_last = word.rsplit(' ');
        if let (Some(second), Some(first)) = (from_last.next(), from_last.next()) {
            for space in ["", " ", "\u{a0}", "\u{202f}"] {
                put(format!("{first}{space}{second}"), list);
            }
            put(first.trim_end_matches('.').to_owned(), Lists::FIRST_OF_TWO);
            put(second.to_owned(), Lists::LAST_OF_TWO);
        } else {
            put(word.to_owned(), list);
        }
    }

    /// The lists that `word` stands in; an abbreviation without its last full stop.
    pub fn lists(&self, word: &str) -> Lists {
        if word.len() > self.longest && self.endings.is_empty() {
            return Lists::default();
        }
        let of_word = self.words.get(word).copied();
        of_word.unwrap_or_else(|| {
            let ending = self.endings.iter().find(|(ending, _)| word.ends_with(ending));
            ending.map(|(_, lists)| *lists).unwrap_or_default()
        })
    }
}

/// No word of the lists is longer.
pub const MAX_WORD_BYTES: usize = 40;

/// The name and value of a setting, or the name of a list.
fn entry(line: &str) -> Option<(&str, &str)> {
    line.split_once(": ").or_else(|| line.strip_suffix(':').map(|name| (name, "")))
}

fn words(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split(',').map(str::trim).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a file may hold; a line that the reader would pass over in silence is a mistake of its writer.
    #[test]
    fn files_are_well_formed() {
        for (code, file) in FILES {
            let mut is_list = false;
            for (line_idx, line) in file.lines().enumerate() {
                let line = line.split('#').next().unwrap().trim();
                let at = format!("{code}.txt, line {}: {line}", line_idx + 1);
                if let Some((name, _)) = line.split_once(": ") {
                    assert!(
                        ["language", "also", "terminators", "ordinals", "speech-dash"].contains(&name),
                        "{at}"
                    );
                } else if let Some(name) = line.strip_suffix(':') {
                    assert!(LISTS.iter().any(|(list, _)| *list == name), "{at}");
                    is_list = true;
                } else {
                    assert!(is_list || line.is_empty(), "{at}");
                    for word in words(line) {
                        assert!(word.len() <= MAX_WORD_BYTES && !word.ends_with('.'), "{at}: {word}");
                    }
                }
            }
            assert_ne!(language(code).unwrap().name, *code, "{code}.txt has no name");
        }
    }

    #[test]
    fn a_word_is_in_one_list_of_abbreviations() {
        for (code, file) in FILES {
            let language = language(code).unwrap();
            for word in file.lines().flat_map(|line| words(line.split('#').next().unwrap())) {
                let n_lists = (language.lists(word).0 & (31 | 1024 | 4096)).count_ones();
                assert!(n_lists <= 1, "{code}.txt has `{word}` in {n_lists} lists");
            }
        }
    }

    #[test]
    fn tags_find_their_language() {
        let check = |tag: &str, want: Option<&str>| assert_eq!(language(tag).map(|l| l.code), want, "{tag}");
        check("en", Some("en"));
        check("EN_us", Some("en"));
        check("en-GB", Some("en"));
        check("", None);
        check("x", None);
        check("eng", Some("en"));
        check("sr_latn", Some("sr"));
        check("bs", Some("hr"));
        check("ms-MY", Some("id"));
        check("xx", None);
    }
}
