//! The language of a text of which nothing is said.

use crate::text::cut::head;
use crate::text::language::{self, Language};
use crate::text::small_words;

/// How much of a text is looked at, in bytes: more than a page changes nothing.
const MAX_LOOK_BYTES: usize = 2048;

/// A text in Latin letters that is shorter than this tells too little where the guess is not sure. Bytes.
const MIN_BYTES: usize = 200;

/// One in plain letters that is shorter than this tells nothing at all. Bytes.
const FEWEST_BYTES: usize = 32;

/// The language of `text`, as far as there are rules for it. A text too short to tell is taken for English.
pub(in crate::text) fn language(text: &str) -> Option<&'static Language> {
    let text = text.trim_start();
    if let Some(code) = small_words::language(text) {
        return language::language(code);
    }
    let look = head(text, MAX_LOOK_BYTES);
    // Of a table there may be as many as it has cells, and each is compared with all languages.
    if look.len() < FEWEST_BYTES && look.is_ascii() {
        return language::english();
    }
    let Some(guess) = whatlang::detect(look) else { return language::english() };
    let found = language::language(guess.lang().code());
    if guess.is_reliable() {
        return found;
    }
    match guess.script() {
        whatlang::Script::Latin => {}
        whatlang::Script::Cyrillic => return found.or_else(|| language::language("ru")),
        _ => return found,
    }
    // Danish and Norwegian are never sure, and near enough to each other.
    found.filter(|_| look.len() >= MIN_BYTES).or_else(language::english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_tell_their_language() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(language(text).map(|language| language.code), want, "{text}");
        };
        check("", Some("en"));
        check("12:40", Some("en"));
        check(
            "The mayor took money from a builder, says a report that the council published on Monday.",
            Some("en"),
        );
        check(
            "Der Bürgermeister hat von einem Bauunternehmer Geld genommen, sagt ein Bericht des Rates.",
            Some("de"),
        );
        check(
            "Bæjarstjórinn neitaði því að hann hefði tekið við peningum. Það var ekki í fyrsta sinn, og þetta hefur verið \
             rannsakað áður.",
            Some("is"),
        );
        check(
            "Wali kota itu membantah bahwa ia menerima uang dari kontraktor. Laporan yang diterbitkan dewan tidak menyebut \
             nama, dan kasus ini akan diperiksa oleh polisi.",
            Some("id"),
        );
        check(
            "Linnapea ei võtnud ehitajalt raha, ütleb volikogu esmaspäeval avaldatud aruanne. See ei oli saladus, ja ei olnud \
             ka kellegi muu asi, kirjutas leht.",
            Some("et"),
        );
        check("Мэр взял деньги у застройщика, говорится в докладе, который совет опубликовал.", Some("ru"));
        check("市长从一名开发商那里拿了钱，议会周一公布的一份报告这样说。", Some("zh"));
        check("市長は建設業者から金を受け取ったと、議会が月曜日に発表した報告書は述べている。", Some("ja"));
        check("قال تقرير نشره المجلس يوم الاثنين إن رئيس البلدية أخذ المال من مقاول.", Some("ar"));
        check(
            "„Der Bürgermeister hat von einem Bauunternehmer Geld genommen, und das ist dem Rat nicht gesagt worden“, said \
             the firm of the mayor.",
            Some("en"),
        );
        // Reliable, and without rules.
        check("ผู้ว่าราชการรับเงินจากผู้รับเหมา ตามรายงานที่สภาเผยแพร่เมื่อวันจันทร์", None);
    }
}
