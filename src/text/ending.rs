//! Whether a sentence ends at a mark: local rules on the word before it and the word after it.

use crate::text::ahead::Ahead;
use crate::text::before::{Before, MAX_LOOK_BYTES, is_acronym, last_word_start};
use crate::text::cut::{between, first_char, head, last_char, skip_white, tail};
use crate::text::invisible::ends_in_soft_hyphen;
use crate::text::items;
use crate::text::language::{Language, Lists};
use crate::text::marks::Mark;
use crate::text::quotes::{is_closer, is_opener};
use crate::text::rules::Rules;
use crate::text::terminators::Kind;
use crate::text::wrapping;

/// A mark in its text.
#[derive(Debug)]
pub(in crate::text) struct Place<'a> {
    pub text: &'a str,
    /// Where the sentence began, white space left out.
    pub start: usize,
    pub mark: &'a Mark,
    /// The first character after the mark that is neither white nor invisible; there is one.
    pub next: usize,
    /// The width of the text's lines, if they were wrapped.
    pub wrapped_at: Option<usize>,
}

pub(in crate::text) fn is_end(place: &Place<'_>, language: &Language, rules: &Rules<'_>) -> bool {
    let Place { text, mark, next, .. } = *place;
    let closed = mark.closed;
    match mark.kind {
        Kind::Line => return is_line_end(place),
        Kind::Wide => return is_wide_end(place, language),
        Kind::Colon => return false,
        _ if !between(text, mark.after, next).contains(char::is_whitespace) => {
            return is_end_without_space(place, language);
        }
        _ => {}
    }
    // `(?)`, `[sic!]`: a remark inside the sentence.
    let is_remark = closed && matches!(last_char(text, mark.dots.start), Some('(' | '['));
    if is_remark && mark.kind != Kind::Ellipsis {
        return false;
    }
    let Some(ahead) = Ahead::new(tail(text, next), language) else { return false };
    if is_remark {
        // `[...]` stands for what was left out, sentences as a rule: not where one begins with it.
        let before = between(text, place.start, mark.dots.start).trim_end_matches(['(', '[']);
        return !ahead.lower && !ahead.digit && !ahead.bracketed && before.contains(char::is_alphanumeric);
    }
    let may_be_lower = rules.lower_case || ahead.bracketed;
    if ahead.lower && !(may_be_lower && is_end_before_lower(place, language)) {
        return false;
    }
    match mark.kind {
        Kind::Call if closed => !(ahead.dash || is_spoken_on(&ahead, language)),
        Kind::Call => !ahead.is_company_form(language),
        Kind::Ellipsis if !closed => ahead.quoted || ahead.dash || ahead.starts(language),
        // `“It is over.” – Ines Varga`: who said it.
        Kind::Stop => !(closed && ahead.dash) && is_end_after_stop(place, language, rules, &ahead),
        Kind::Ellipsis | Kind::Line | Kind::Wide | Kind::Colon => true,
    }
}

/// Where a credit begins (`Photo: Ines Varga`) whose colon stands at `colon`, if the sentence began before it.
pub(in crate::text) fn credit_before(
    text: &str,
    start: usize,
    colon: usize,
    language: &Language,
) -> Option<usize> {
    let from = text.ceil_char_boundary(colon.saturating_sub(MAX_LOOK_BYTES).max(start));
    let look = between(text, from, colon);
    let word_start = last_word_start(look);
    let is_credit = language.lists(tail(look, word_start)).has(Lists::CREDITS);
    let is_word = between(look, 0, word_start).ends_with(char::is_whitespace);
    (is_credit && is_word).then_some(from + word_start)
}

/// Where the first sentence begins after a date that opens the text at `start`: `Monday, June 3, 2013 The council …`.
pub(in crate::text) fn after_date(text: &str, start: usize, language: &Language) -> Option<usize> {
    let rest = tail(text, start);
    let day_len = head(rest, MAX_DAY_BYTES).find(',')?;
    let names_day = between(rest, 0, day_len).bytes().all(|b| b.is_ascii_alphabetic());
    if !names_day || !language.lists(between(rest, 0, day_len)).has(Lists::GOES_ON) {
        return None;
    }
    let look = head(rest, MAX_LOOK_BYTES);
    let mut words = look.split_whitespace().skip(1);
    let (month, day, year) = (words.next()?, words.next()?, words.next()?);
    let is_date = language.lists(month).has(Lists::GOES_ON)
        && day.strip_suffix(',').is_some_and(|day| day.len() <= 2 && day.bytes().all(|b| b.is_ascii_digit()))
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit());
    let date_end = look.find(year).filter(|_| is_date)? + year.len();
    let next = skip_white(rest, date_end);
    first_char(rest, next).filter(|c| c.is_uppercase()).map(|_| start + next)
}

/// The longest name of a weekday, and its comma.
const MAX_DAY_BYTES: usize = 10;

/// A line feed: a blank line ends a sentence, and so does a line that did not have to break there.
pub(in crate::text) fn is_line_end(place: &Place<'_>) -> bool {
    let Place { text, mark, next, .. } = *place;
    if memchr::memchr(b'\n', between(text, mark.after, next).as_bytes()).is_some() {
        return true;
    }
    let below = head(tail(text, mark.after), 4 * MAX_LOOK_BYTES);
    let line = || wrapping::line_before(text, mark.dots.start);
    if ends_in_soft_hyphen(line()) {
        return false;
    }
    if let Some(width) = place.wrapped_at {
        return wrapping::is_meant(line(), below, width);
    }
    // One long sentence can be wrapped where the text is not.
    let goes_on = below.trim_start().starts_with(char::is_lowercase);
    !goes_on || wrapping::is_short(line()) || line().ends_with(['.', '!', '?', ':', ';'])
}

fn is_wide_end(place: &Place<'_>, language: &Language) -> bool {
    let Place { text, start, mark, .. } = *place;
    let closed = mark.closed;
    let ahead = head(tail(text, mark.after), MAX_LOOK_BYTES);
    let goes_on = ahead.trim_start().starts_with([',', ';', ':', '،', '؛', '、', '，']);
    let quoted_on = closed
        && (ahead.starts_with(['と', 'っ', 'の', 'な', 'は', 'が', 'を', 'に', 'で', 'も', '的'])
            || is_spoken_on_without_spaces(ahead.trim_start(), language));
    !goes_on && !quoted_on && !is_in_title(text, start, mark)
}

/// `《走吧！》`, `《走吧！兄弟》`: the mark belongs to a title.
fn is_in_title(text: &str, start: usize, mark: &Mark) -> bool {
    if between(text, mark.dots.end, mark.after).ends_with(['》', '〉']) {
        return true;
    }
    let from = text.ceil_char_boundary(mark.dots.start.saturating_sub(2 * MAX_LOOK_BYTES).max(start));
    let before = between(text, from, mark.dots.start);
    let after = head(tail(text, mark.after), 2 * MAX_LOOK_BYTES);
    let opened = before.rfind(['《', '〈', '》', '〉']).and_then(|at| first_char(before, at));
    let closes = after.find(['《', '〈', '》', '〉']).and_then(|at| first_char(after, at));
    matches!(opened, Some('《' | '〈')) && matches!(closes, Some('》' | '〉'))
}

/// `“谁？”王刚问。`: a verb of saying of one or two characters ends a short clause.
fn is_spoken_on_without_spaces(ahead: &str, language: &Language) -> bool {
    let clause_end = ahead.find(|c: char| !c.is_alphanumeric()).unwrap_or(ahead.len());
    let clause = between(ahead, 0, clause_end);
    clause.chars().nth(8).is_none()
        && clause
            .char_indices()
            .rev()
            .take(2)
            .any(|(at, _)| language.lists(tail(clause, at)).has(Lists::SPEECH_VERBS))
}

/// A full stop, or four, with white space after it.
fn is_end_after_stop(place: &Place<'_>, language: &Language, rules: &Rules<'_>, ahead: &Ahead<'_>) -> bool {
    let Place { text, start, mark, .. } = *place;
    let closed = mark.closed;
    let before = Before::new(text, start, mark.dots.start, language);
    let is_one = between(text, mark.dots.start, mark.dots.end).chars().nth(1).is_none();
    if before.word.is_empty() || !is_one {
        return true;
    }
    if is_own(between(text, start, mark.dots.start), rules) {
        return false;
    }
    // `1. Item`: the number of an item opens the sentence. `2. Item` after `1. Item`: it opens the next one.
    if items::is_number(text, start, mark.dots.start) {
        return false;
    }
    let opens = || ahead.quoted || ahead.starts(language);
    let lists = before.lists;
    if before.begins_two {
        let word_start = mark.dots.start - before.word.len();
        let both = between(text, word_start, place.next + ahead.word().len());
        if language.lists(both).is_abbreviation() {
            return false;
        }
    }
    if lists.has(Lists::NEVER_END) {
        return closed && opens();
    }
    if lists.has(Lists::BEFORE_NUMBER) {
        return !ahead.digit && !is_roman(ahead.word()) && opens();
    }
    if lists.has(Lists::MONTH) {
        return !ahead.digit && opens();
    }
    let is_acronym = is_acronym(before.word);
    if is_acronym || is_letter(before.word) || lists.is_abbreviation() {
        // `Co. (Austria)`; and nothing is said by an acronym alone: `U.S. In Talks`.
        let is_alone = is_acronym && is_opening(text, start, mark.dots.start - before.word.len());
        if ahead.aside || (is_alone && !closed) {
            return false;
        }
    }
    if lists.has(Lists::SELDOM_END) {
        return opens() || (language.code == "en" && ahead.is_acronym());
    }
    // `В 2010 г. Минфин …`: a date that opens a sentence does not end it.
    let is_measure = lists.has(Lists::AFTER_NUMBER)
        && before.after_number
        && has_words(between(text, start, mark.dots.start));
    if lists.has(Lists::AFTER_NUMBER) && !is_measure {
        return opens();
    }
    if lists.has(Lists::OFTEN_END) || is_measure || before.after_place {
        return opens() || !(ahead.digit || ahead.dash || ahead.goes_on(language));
    }
    if is_letter(before.word) {
        return opens();
    }
    if is_acronym || lists.has(Lists::PLACE) {
        // `… to the U.N. U.S. officials …`
        return opens() || (language.code == "en" && !before.word.starts_with("U.S") && ahead.is_acronym());
    }
    if language.ordinals && !closed && is_ordinal(place, &before, ahead, language) {
        return opens();
    }
    true
}

/// A sentence has as many words where an abbreviation of `after-number` ends it.
const MIN_WORDS: usize = 5;

/// Whether the word at `word_start` is the first of the sentence.
fn is_opening(text: &str, start: usize, word_start: usize) -> bool {
    word_start >= start && between(text, start, word_start).chars().all(is_opener)
}

/// Whether there are as many words as a sentence has.
fn has_words(text: &str) -> bool {
    text.len() > 4 * MAX_LOOK_BYTES || text.split_whitespace().nth(MIN_WORDS - 1).is_some()
}

/// Whether `sentence`, of a language without rules, ends with an initial or an abbreviation of the project's.
pub(in crate::text) fn ends_with_abbreviation(sentence: &str, rules: &Rules<'_>) -> bool {
    let Some(before) = sentence.strip_suffix('.') else { return false };
    let from = before.ceil_char_boundary(before.len().saturating_sub(MAX_LOOK_BYTES));
    let look = tail(before, from);
    let word = tail(look, last_word_start(look));
    is_own(before, rules) || (is_letter(word) && word.starts_with(char::is_uppercase))
}

/// An abbreviation of the project's own list at the end of `before`.
fn is_own(before: &str, rules: &Rules<'_>) -> bool {
    rules.never_end_after.iter().any(|own| {
        let own = own.strip_suffix('.').unwrap_or(own);
        let rest = before.strip_suffix(own);
        rest.is_some_and(|rest| !own.is_empty() && !rest.ends_with(char::is_alphanumeric))
    })
}

/// `word.Word`, `?Word`, `.“Word`: the space was forgotten, or it is a name, a number, an address.
fn is_end_without_space(place: &Place<'_>, language: &Language) -> bool {
    let Place { text, start, mark, next, .. } = *place;
    if mark.kind == Kind::Ellipsis {
        return false;
    }
    if mark.kind == Kind::Call && is_glued(place) {
        return is_wide_end(place, language);
    }
    let look = head(tail(text, next), MAX_LOOK_BYTES);
    // Nearly always a number or an address.
    if look.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase() || c == ',') {
        return false;
    }
    let rest = look.trim_start_matches(['“', '«', '„']);
    let opened = rest.len() < look.len();
    let word = rest.split(char::is_whitespace).next().unwrap_or("").trim_end_matches(['.', ',', '?', '!']);
    let mut letters = word.chars();
    let is_word = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none_or(|c| c.is_lowercase() || c == '\'' || c == '’')
        && !word.contains(['.', '/', '@', ':', '_', '=']);
    if !is_word {
        return false;
    }
    let before = Before::new(text, start, mark.dots.start, language);
    let is_plain = !before.word.contains(['.', '/', '@', ':', '_']) && !before.lists.is_abbreviation();
    let n_lower = before.word.chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
    is_plain && (opened || mark.kind != Kind::Stop || n_lower == 3)
}

/// `本当か?それは`: a mark of Latin print in Chinese or Japanese, or a bar for a danda: `है|वह`.
fn is_glued(place: &Place<'_>) -> bool {
    let Place { text, mark, next, .. } = *place;
    let before = last_char(text, mark.dots.start);
    let after = tail(text, next).trim_start_matches(is_opener).chars().next();
    let both = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
    let is_indic = |c| matches!(c, '\u{900}'..='\u{dff}');
    both(wrapping::is_without_spaces) || (!mark.closed && both(is_indic))
}

/// With the setting `lower_case`: a full stop after a plain word, a call, never an ellipsis.
fn is_end_before_lower(place: &Place<'_>, language: &Language) -> bool {
    let Place { text, start, mark, .. } = *place;
    match mark.kind {
        Kind::Call => !mark.closed,
        Kind::Stop => {
            let before = Before::new(text, start, mark.dots.start, language);
            let word = before.word.trim_end_matches(is_closer);
            let n_plain = word.chars().rev().take_while(|c| c.is_alphanumeric()).take(3).count();
            n_plain == 3 && !word.contains('.') && !before.lists.is_abbreviation()
        }
        _ => false,
    }
}

/// `"Why?" Smith asked`: a subject and a verb of saying within six words after a closed question or call.
fn is_spoken_on(ahead: &Ahead<'_>, language: &Language) -> bool {
    // A pronoun may be the subject where there are no capitals; `I` and `Mr.` everywhere.
    let is_subject = ahead.word() == "I" || language.lists(ahead.word()).has(Lists::NEVER_END);
    let has_case = ahead.rest.starts_with(char::is_uppercase);
    if ahead.quoted || (has_case && !is_subject && ahead.starts(language)) {
        return false;
    }
    for word in ahead.rest.split_whitespace().take(6) {
        let bare = word.trim_end_matches([',', '.', ':', ';', '।', '۔', '։', '።', '؛', '،']);
        if language.lists(bare).has(Lists::SPEECH_VERBS) {
            return true;
        }
        // A full stop after a title or an initial goes on.
        if word.ends_with(['.', '?', '!', ':', ';']) && bare.len() > 4 {
            return false;
        }
    }
    false
}

fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// One or two digits, three after an abbreviation (`čl. 110.`), or a Roman number. Not the end of `2:1`, nor a count
/// after a noun: `Gleis 7. Reisende …`.
fn is_ordinal(place: &Place<'_>, before: &Before<'_>, ahead: &Ahead<'_>, language: &Language) -> bool {
    let Place { text, start, mark, .. } = *place;
    let word = before.word;
    if is_roman(word) {
        return true;
    }
    if !word.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let earlier = between(text, start, mark.dots.start - word.len());
    if word.len() == 4 {
        // A year: `Godine 2019. Vlada …`, `2024. 5. 1.`
        let next = ahead.word();
        let is_date = ahead.digit && next.len() <= 2 && tail(ahead.rest, next.len()).starts_with('.');
        let opens_sentence = earlier.len() <= MAX_LOOK_BYTES && earlier.split_whitespace().nth(1).is_none();
        return is_date || (!ahead.digit && opens_sentence);
    }
    if word.len() > if before.after_stop { 3 } else { 2 } {
        return false;
    }
    let is_part = earlier.trim_end().ends_with([':', '-', '–', '/']) || earlier.ends_with(',');
    let from = earlier.ceil_char_boundary(earlier.len().saturating_sub(MAX_LOOK_BYTES));
    let look = tail(earlier, from).trim_end();
    let noun = tail(look, last_word_start(look));
    let is_noun = noun.starts_with(char::is_uppercase) && !language.lists(noun).has(Lists::STARTERS);
    let is_count = is_noun && !language.lists(ahead.word()).has(Lists::GOES_ON);
    !is_part && !is_count
}

fn is_roman(word: &str) -> bool {
    matches!(word.len(), 1..=6) && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
}
