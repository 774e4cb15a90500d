//! `agreement`: figures from a table of answers, in words and for programs.

use crate::desk::Desk;

const TABLE: &str = "\
unit,article,Ines,Marek,Uma
1,harbour,fact,fact,
2,harbour,allegation,allegation,allegation
3,harbour,denial,allegation,
4,school,none,none,none
5,school,fact,fact,none
6,fire,fact,fact,fact
7,fire,denial,denial,
8,fire,none,fact,none
";

#[test]
fn figures_of_a_table() {
    let mut desk = Desk::new();
    desk.file("answers.csv", TABLE);
    let labels = ["--labels", "allegation,denial,fact,none"];
    desk.run(&[&["agreement", "--matrix", "answers.csv"], &labels[..]].concat());
    desk.run(&[&["agreement", "--matrix", "answers.csv", "--json"], &labels[..]].concat());
    // The labels that occur, from a spreadsheet of another country.
    desk.file("bom.csv", &format!("\u{feff}{}", TABLE.replace(',', ";").replace('\n', "\r\n")));
    desk.run(&["agreement", "--matrix", "bom.csv"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn tables_that_say_nothing_and_tables_that_are_none() {
    let mut desk = Desk::new();
    for (name, table) in [
        ("one.csv", "unit,A,B\n1,x,y\n"),
        ("same.csv", "unit,A,B\n1,x,x\n2,x,x\n"),
        ("silent.csv", "unit,A,B,C\n1,x,x,\n2,y,x,\n1,y,y,\n"),
        ("empty.csv", ""),
        ("none.csv", "unit\n1\n"),
        ("nameless.csv", "unit,A,,C\n1,x,x,x\n"),
        ("twice.csv", "unit,A,A\n1,x,x\n"),
        ("ragged.csv", "unit,A,B\n1,x,x\n\n2,x\n"),
        ("cut.csv", "unit,A,B\n1,x,\"x\n2,x,x\n"),
        ("unknown.csv", "unit,A,B\n1,x,x\n2,x, x\n"),
    ] {
        desk.file(name, table);
        desk.run(&["agreement", "--matrix", name, "--labels", "x,y"]);
    }
    desk.run(&["agreement", "--matrix", "one.csv", "--labels", "x,y,x"]);
    desk.run(&["agreement", "--matrix", "nope.csv"]);
    desk.run(&["agreement"]);
    insta::assert_snapshot!(desk.transcript());
}
