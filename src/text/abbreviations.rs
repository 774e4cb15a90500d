//! Words that take a full stop without ending a sentence, words that begin one, verbs of saying.
//! Matched case for case: `Alt.` must not fire on German `alt.`. Each list is sorted, and a test holds that.

/// What a full stop after an abbreviation can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Stands before a name or goes on (`Sen.`, `vs.`): never an end.
    Leading,
    /// Stands before a number (`No.`, `p.`).
    Number,
    /// A month (`Nov.`): no end before a number.
    Month,
    /// Stands after a name or for itself (`Inc.`, `Calif.`, `St.`): an end only before a sentence starter.
    Trailing,
}

/// The class of `word`, given without its last full stop.
pub fn class(word: &str) -> Option<Class> {
    if word.len() > MAX_BYTES {
        return None;
    }
    let lists = [
        (LEADING, Class::Leading),
        (NUMBER, Class::Number),
        (MONTHS, Class::Month),
        (TRAILING, Class::Trailing),
    ];
    lists.into_iter().find(|(list, _)| list.binary_search(&word).is_ok()).map(|(_, class)| class)
}

/// Does `word` begin a sentence rather than go on with a name?
pub fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// Is `word` a verb of saying, as it follows a quotation (`asked`, `shouted`)?
pub fn is_speech_verb(word: &str) -> bool {
    SPEECH_VERBS.binary_search(&word).is_ok()
}

/// Is `word` the German name of a month, before which a number with a full stop is an ordinal?
pub fn is_german_month(word: &str) -> bool {
    GERMAN_MONTHS.binary_search(&word).is_ok()
}

/// No abbreviation of the lists is longer.
const MAX_BYTES: usize = 24;

#[rustfmt::skip]
const LEADING: &[&str] = &[
    "Abg", "Adm", "Ald", "Amb", "Asst", "Atty", "Brig", "Capt", "Cllr", "Cmdr", "Col", "Cpl", "Dep", "Det",
    "Dir", "Dr", "Dra", "Fr", "Gen", "Gov", "Govs", "Hon", "Hr", "Hrn", "Insp", "Lt", "MM", "Maj", "Messrs",
    "Mgr", "Mlle", "Mme", "Mmes", "Mr", "Mrs", "Ms", "Msgr", "Mx", "Pfc", "Pres", "Prof", "Pte", "Pvt", "Rep",
    "Reps", "Rev", "Rt", "Sen", "Sens", "Sgt", "Spc", "Sra", "Srta", "Supt", "Ud", "Uds", "Vd", "approx",
    "bzw", "ca", "cf", "dgl", "e.g", "eg", "evtl", "ggf", "i.e", "ie", "incl", "inkl", "resp", "sog", "v",
    "vgl", "viz", "vs", "г-жа", "г-н", "им", "проф", "ул",
];

#[rustfmt::skip]
const NUMBER: &[&str] = &[
    "Abs", "Art", "Bd", "Ch", "Ex", "Fig", "Figs", "Kap", "No", "Nos", "Nr", "Núm", "Pt", "Sec", "Secs",
    "Tel", "Vol", "Vols", "art", "ch", "fig", "figs", "no", "nos", "núm", "p", "pag", "pp", "pág", "sec",
    "tel", "vol", "гл", "рис", "стр",
];

#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "Apr", "Aug", "Dec", "Feb", "Jan", "Jul", "Jun", "Mar", "Nov", "Oct", "Okt", "Sep", "Sept",
];

#[rustfmt::skip]
const TRAILING: &[&str] = &[
    "Ala", "Apt", "Ariz", "Ark", "Assn", "Assoc", "Av", "Ave", "Blvd", "Bros", "Calif", "Co", "Colo", "Comm",
    "Conn", "Corp", "Cos", "Ctr", "Dept", "Dist", "Div", "EE", "Esq", "Fla", "Ft", "Ga", "Hwy", "Ill", "Inc",
    "Ind", "Intl", "Jr", "Kan", "Ky", "Ltd", "Ltda", "Mass", "Md", "Mfg", "Mich", "Minn", "Mio", "Miss", "Mo",
    "Mont", "Mrd", "Mt", "Mtn", "Natl", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Ph", "Pty", "Que", "Rd",
    "Sask", "Sr", "St", "Sta", "Ste", "Str", "Tenn", "Tex", "UU", "Univ", "Va", "Vt", "Wash", "Wis", "Wyo",
    "al", "av", "cit", "cm", "ed", "eds", "est", "ft", "kg", "km", "lb", "lbs", "mi", "op", "oz", "trans",
    "г", "гг", "млн", "млрд", "руб", "тыс",
];

#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "Aber", "According", "After", "Although", "Among", "An", "And", "Another", "Any", "As", "At",
    "Because", "Before", "Both", "But", "By", "Das", "Despite", "Die", "During", "Each", "Earlier", "Either",
    "El", "Elle", "En", "Er", "Es", "Even", "Every", "For", "From", "Has", "Have", "He", "Her", "Here", "His",
    "How", "However", "I", "If", "Il", "Im", "In", "Instead", "Is", "It", "It's", "Its", "It’s", "La", "Later",
    "Le", "Les", "Los", "Many", "Meanwhile", "Moreover", "Most", "Mr", "Mrs", "Ms", "My", "Nevertheless",
    "No", "Nobody", "Nor", "Not", "Nothing", "Now", "Of", "On", "Once", "One", "Only", "Or", "Our", "Police",
    "Several", "She", "Sie", "Since", "So", "Some", "Still", "Such", "Than", "That", "That's", "That’s", "The",
    "Their", "Then", "There", "Therefore", "These", "They", "This", "Those", "Though", "Through", "To", "Today",
    "Two", "Un", "Und", "Une", "Unlike", "Until", "Was", "We", "Were", "What", "When", "Where", "Whether",
    "Which", "While", "Who", "Why", "Will", "With", "Within", "Without", "Yesterday", "Yet", "You", "Your",
    "В", "И", "Но", "Он", "Она", "Они", "Это",
];

#[rustfmt::skip]
const SPEECH_VERBS: &[&str] = &[
    "added", "answered", "argued", "asked", "asks", "begged", "called", "chanted", "cried", "declared",
    "demanded", "exclaimed", "inquired", "insisted", "joked", "laughed", "muttered", "pleaded", "pressed",
    "quipped", "read", "recalled", "remarked", "repeated", "replied", "responded", "said", "says", "screamed",
    "shouted", "shouts", "sighed", "snapped", "tells", "thought", "told", "tweeted", "urged", "warned",
    "went", "whispered", "wondered", "wonders", "writes", "wrote", "yelled",
];

#[rustfmt::skip]
const GERMAN_MONTHS: &[&str] = &[
    "April", "August", "Dezember", "Februar", "Januar", "Juli", "Juni", "Jänner", "Mai", "März", "November",
    "Oktober", "September",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_without_doubles() {
        for list in [LEADING, NUMBER, MONTHS, TRAILING, STARTERS, SPEECH_VERBS, GERMAN_MONTHS] {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "`{}` stands before `{}`", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn no_abbreviation_is_in_two_lists() {
        let mut all: Vec<&str> = [LEADING, NUMBER, MONTHS, TRAILING].concat();
        let n_all = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n_all);
        assert!(all.iter().all(|word| word.len() <= MAX_BYTES));
    }

    #[test]
    fn case_is_told_apart() {
        assert_eq!(class("Sen"), Some(Class::Leading));
        assert_eq!(class("sen"), None);
        assert_eq!(class("Inc"), Some(Class::Trailing));
        assert!(is_starter("The") && !is_starter("the"));
    }
}
