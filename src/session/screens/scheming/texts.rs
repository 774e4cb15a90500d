//! The texts of a label as they are typed: what stands in the way of them, and what they cover.

use crate::model::codebook;
use crate::model::ids::{LabelId, is_name};
use crate::model::scheme::{Label, Scheme};
use crate::session::command::{self, Command, Where};
use crate::session::commands::short;
use std::sync::Arc;

/// A text of the label in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Text {
    Name,
    Letter,
    Keys,
    Says,
    Doubt,
    /// An example, by its place; one behind the last is new.
    Is(usize),
    IsNot(usize),
    /// The name of a label to come.
    New,
}

/// What a text of a label is.
pub fn text_of(label: &Label, text: Text) -> String {
    match text {
        Text::Name => label.name.clone(),
        Text::Letter => label.letter.clone(),
        Text::Keys => label.keys.join(" "),
        Text::Says => label.says.clone(),
        Text::Doubt => label.doubt.clone().unwrap_or_default(),
        Text::Is(nth) => label.is.get(nth).cloned().unwrap_or_default(),
        Text::IsNot(nth) => label.is_not.get(nth).cloned().unwrap_or_default(),
        Text::New => String::new(),
    }
}

/// Why a text cannot be so, in a few words.
pub fn objection(scheme: &Scheme, label: Option<&LabelId>, text: Text, typed: &str) -> Option<String> {
    let typed = typed.trim();
    let others = || scheme.current().filter(|other| Some(&other.id) != label);
    match text {
        Text::Name | Text::New if !is_name(typed) => Some("at most 200 characters on one line".to_owned()),
        Text::Name if typed.is_empty() => Some("a label has a name".to_owned()),
        Text::Name | Text::New => {
            let same = |other: &&Arc<Label>| other.name.to_lowercase() == typed.to_lowercase();
            others()
                .find(same)
                .map(|other| format!("there is \u{201c}{}\u{201d} already", short(&other.name)))
        }
        Text::Letter if typed.is_empty() => Some("a letter, please".to_owned()),
        Text::Letter if typed.chars().count() > 2 => Some("one or two".to_owned()),
        Text::Letter => others()
            .find(|other| other.letter == typed)
            .map(|other| format!("{}\u{2019}s", short(&other.name))),
        Text::Keys => keys_of(typed).iter().find_map(|key| {
            let other = others().find(|other| other.keys.contains(key));
            let own = || command_of(key).filter(|_| command::is_built_in(key));
            match (other, own()) {
                (Some(other), _) => Some(format!("{key} is {}\u{2019}s", short(&other.name))),
                (None, Some(own)) => Some(format!("{key} is \u{201c}{own}\u{201d}")),
                _ if command::is_built_in(key) => Some(format!("{key} is the program\u{2019}s")),
                _ if !command::is_key(key) => Some(format!("no key \u{201c}{}\u{201d}", short(key))),
                _ => None,
            }
        }),
        Text::Says | Text::Doubt | Text::Is(_) | Text::IsNot(_) => None,
    }
}

/// The command whose key a label takes: it is in its menu and in the palette then.
pub fn covered(keys: &[String]) -> Option<(String, &'static str)> {
    keys.iter().find_map(|key| Some((key.clone(), command_of(key).filter(|_| !command::is_built_in(key))?)))
}

fn command_of(key: &str) -> Option<&'static str> {
    let holds = |command: &&Command| command.holds_in(Where::Annotate);
    command::all().filter(holds).find(|command| command.keys.contains(&key)).map(|command| command.label)
}

/// Keys as typed: `2 d` is `2`, `D`.
fn keys_of(typed: &str) -> Vec<String> {
    let mut keys: Vec<String> = vec![];
    for key in typed.split([' ', ',']).filter(|key| !key.is_empty()) {
        let key = if key.chars().count() == 1 { key.to_uppercase() } else { key.to_owned() };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Sets a text of a label.
pub(super) fn set(label: &mut Label, text: Text, typed: &str) {
    let typed = typed.trim();
    let example = |list: &mut Vec<String>, nth: usize| match list.get_mut(nth) {
        Some(_) if typed.is_empty() => {
            list.remove(nth);
        }
        Some(there) => typed.clone_into(there),
        None if typed.is_empty() => {}
        None => list.push(typed.to_owned()),
    };
    match text {
        Text::Name => typed.clone_into(&mut label.name),
        Text::Letter => typed.clone_into(&mut label.letter),
        Text::Keys => label.keys = keys_of(typed),
        Text::Says => typed.clone_into(&mut label.says),
        Text::Doubt => label.doubt = (!typed.is_empty()).then(|| typed.to_owned()),
        Text::Is(nth) => example(&mut label.is, nth),
        Text::IsNot(nth) => example(&mut label.is_not, nth),
        Text::New => {}
    }
}

pub(super) fn name_of(text: Text) -> &'static str {
    match text {
        Text::Name | Text::New => "name",
        Text::Letter => "letter",
        Text::Keys => "keys",
        Text::Says => "definition",
        Text::Doubt => "when in doubt",
        Text::Is(_) | Text::IsNot(_) => "examples",
    }
}

/// A label that comes back lets go of the keys and the letter that others have now; says which.
pub(super) fn let_go_of_signs(scheme: &Scheme, label: &mut Label) -> String {
    let is_taken = |key: &String| scheme.current().any(|other| other.keys.contains(key));
    let mut lost: Vec<String> = label.keys.iter().filter(|key| is_taken(key)).cloned().collect();
    label.keys.retain(|key| !is_taken(key));
    if scheme.current().any(|other| other.letter == label.letter) {
        let fresh = codebook::new_label(scheme, &label.name, command::is_built_in);
        if !lost.contains(&label.letter) {
            lost.push(label.letter.clone());
        }
        label.letter = fresh.letter;
    }
    lost.retain(|sign| !sign.is_empty());
    if lost.is_empty() {
        String::new()
    } else {
        format!("; {} is another label\u{2019}s now", lost.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_another_has_are_said() {
        let scheme = Scheme::allegata();
        let denial = LabelId::new("denial");
        let check = |text: Text, typed: &str, want: Option<&str>| {
            assert_eq!(objection(&scheme, Some(&denial), text, typed).as_deref(), want, "{text:?} {typed}");
        };
        check(Text::Name, "Denial", None);
        check(Text::Name, " ", Some("a label has a name"));
        check(Text::Name, "fact", Some("there is \u{201c}Fact\u{201d} already"));
        check(Text::Name, "a\u{202e}b", Some("at most 200 characters on one line"));
        check(Text::Letter, "F", Some("Fact\u{2019}s"));
        check(Text::Letter, "Ж", None);
        check(Text::Letter, "Dxx", Some("one or two"));
        check(Text::Keys, "2 d", None);
        check(Text::Keys, "2, a", Some("A is Allegation\u{2019}s"));
        check(Text::Keys, "c", Some("C is \u{201c}Note\u{201d}"));
        check(Text::Keys, "Tab", Some("Tab is the program\u{2019}s"));
        check(Text::Keys, "ä", Some("no key \u{201c}Ä\u{201d}"));
        check(Text::Keys, "", None);
    }

    #[test]
    fn new_labels_have_signs_of_their_own() {
        let mut scheme = Scheme::allegata();
        let mut seen = vec![];
        for name in ["Rumour", "Claim", "Fact", "Жалоба", "none", "…", "Rumour"] {
            let label = codebook::new_label(&scheme, name, command::is_built_in);
            seen.push(format!("{} {} {} {}", label.id, label.letter, label.keys.join(""), label.line));
            scheme.labels.push(label.into());
        }
        assert_eq!(
            seen,
            [
                "rumour R 4R solid",
                "claim C 5 solid",
                "fact-2 T 6T solid",
                "label Ж 7 solid",
                "none-2 N 8 solid",
                "label-2 B 9B solid",
                "rumour-2 U  dashed",
            ]
        );
        for nth in 0..60 {
            let label = codebook::new_label(&scheme, &format!("Label {nth}"), command::is_built_in);
            assert_eq!(objection(&scheme, None, Text::Letter, &label.letter), None);
            scheme.labels.push(label.into());
        }
    }
}
