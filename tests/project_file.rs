//! The project file: what is written comes back, what is not known stays, what is damaged is mended or refused with a reason.

#[path = "../benches/big.rs"]
#[allow(dead_code, reason = "the benches use the rest")]
mod big;

use allegata::formats::project::{self, Loaded, ProjectError};

fn open(text: &str) -> Loaded {
    project::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn a_large_project_comes_back() {
    let big = big::project(40, 12);
    let text = project::write(&big);
    let loaded = open(&text);
    assert_eq!(loaded.mends, []);
    assert!(loaded.project == big);
    assert!(project::write(&loaded.project) == text);
    let _: Option<ProjectError> = None;
    println!("{}", &text[..3000]);
}
