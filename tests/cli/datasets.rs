//! `splits`: the parts of a dataset.

use crate::desk::Desk;

/// Twenty articles of two outlets, the last two of which print the same story.
fn harbour() -> Desk {
    let mut desk = Desk::new();
    desk.run(&["new", "p.allegata.ron", "--coder", "Ines Várga"]);
    for n in 0..20 {
        let outlet = if n % 2 == 0 { "Ledger" } else { "Post" };
        let story = if n > 17 {
            "The harbour was closed for repairs on Monday, the council said".to_owned()
        } else {
            let own = char::from(b'a' + u8::try_from(n).unwrap());
            (0..30).map(|word| format!("{own}{word}")).collect::<Vec<_>>().join(" ")
        };
        desk.file(&format!("{n}.txt"), &format!("{story}.\n"));
        desk.run(&["add", "p.allegata.ron", &format!("{n}.txt"), "--outlet", outlet]);
    }
    desk.said.clear();
    desk
}

#[test]
fn articles_are_placed_once_and_stay() {
    let mut desk = harbour();
    let before = desk.read("p.allegata.ron");
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,15,15", "--dry-run"]), 0);
    assert_eq!(desk.read("p.allegata.ron"), before);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,15,15"]), 0);
    let placed = desk.read("p.allegata.ron");
    assert_eq!(placed.matches("split: \"").count(), 20);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "50,50", "--seed", "9"]), 0);
    assert_eq!(desk.read("p.allegata.ron"), placed);
    let twins: Vec<_> =
        desk.open().project.articles().filter(|a| a.text().contains("harbour")).cloned().collect();
    assert_eq!(twins.len(), 2);
    assert_eq!(twins[0].split, twins[1].split);
    let ids = [twins[0].id.as_str(), twins[1].id.as_str()];
    assert_eq!(desk.run(&["set", "p.allegata.ron", "--article", ids[0], "--split", "held-out"]), 0);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,15,15"]), 1);
    assert_eq!(desk.run(&["set", "p.allegata.ron", "--article", ids[0], ids[1], "--split", ""]), 0);
    assert_eq!(desk.run(&["set", "p.allegata.ron", "--article", ids[0], "--split", "a b"]), 2);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,20"]), 2);
    insta::assert_snapshot!(desk.transcript());
}
