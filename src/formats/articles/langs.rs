//! The names of languages as databases and tables write them.

use crate::formats::articles::arrivals::is_lang_tag;
use crate::text::fold::fold;

/// The tag (BCP 47) that a name or a tag says: `en` of `ENGLISH`, `de` of `Deutsch; German`, `pt-BR` of `pt_BR`.
pub(super) fn tag(written: &str) -> Option<String> {
    let written = written.trim().replace('_', "-");
    let first = written.split('-').next().unwrap_or_default();
    if matches!(first.len(), 2 | 3) && is_lang_tag(&written) && !matches!(first, "und" | "mul" | "zxx") {
        return Some(if first.chars().all(char::is_uppercase) { written.to_lowercase() } else { written });
    }
    let folded = fold(&written);
    let word = folded.split([',', ';', '/', '(', '|']).next().unwrap_or_default().trim();
    NAMES
        .iter()
        .find(|(_, names)| names.split(' ').any(|name| name == word))
        .map(|(tag, _)| (*tag).to_owned())
}

/// Folded: in English, German, French and Spanish, and its own.
const NAMES: [(&str, &str); 22] = [
    ("en", "english englisch anglais ingles inglese engels engelska"),
    ("de", "german deutsch allemand aleman tedesco duits tyska"),
    ("fr", "french franzosisch franzoesisch francais frances francese frans franska"),
    ("es", "spanish spanisch espagnol espanol castellano spagnolo spaans spanska"),
    ("it", "italian italienisch italien italiano italiaans"),
    ("pt", "portuguese portugiesisch portugais portugues portoghese"),
    ("nl", "dutch niederlandisch niederlaendisch neerlandais neerlandes olandese nederlands"),
    ("sv", "swedish schwedisch suedois sueco svenska"),
    ("da", "danish danisch daenisch danois danes dansk"),
    ("nb", "norwegian norwegisch norvegien noruego norsk"),
    ("fi", "finnish finnisch finnois fines finlandes suomi"),
    ("pl", "polish polnisch polonais polaco polski"),
    ("cs", "czech tschechisch tcheque checo cestina"),
    ("hu", "hungarian ungarisch hongrois hungaro magyar"),
    ("ro", "romanian rumanisch rumaenisch roumain rumano romana"),
    ("ru", "russian russisch russe ruso русскии русский"),
    ("tr", "turkish turkisch tuerkisch turc turco turkce"),
    ("el", "greek griechisch grec griego"),
    ("ar", "arabic arabisch arabe"),
    ("zh", "chinese chinesisch chinois chino 中文"),
    ("ja", "japanese japanisch japonais japones 日本語"),
    ("ko", "korean koreanisch coreen coreano 한국어"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tags() {
        let check =
            |written: &str, want: Option<&str>| assert_eq!(tag(written).as_deref(), want, "{written}");
        check("en", Some("en"));
        check("EN", Some("en"));
        check("pt_BR", Some("pt-BR"));
        check("ENGLISH", Some("en"));
        check("English; Englisch", Some("en"));
        check("Fran\u{e7}ais", Some("fr"));
        check("DEUTSCH", Some("de"));
        check("und", None);
        check("Klingon", None);
        check("", None);
    }
}
