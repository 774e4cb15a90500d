//! Whatever was done to a project: its twin in JSON lines is the same project.

use crate::{config, run, scripts};
use allegata::formats::{project, twin};
use proptest::prelude::*;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_twin_is_the_same_project(script in scripts(24)) {
        let made = run(&script, |_, _, _, _| Ok(()))?;
        // As a file has it: made by hand, hashes are not those of the texts.
        let project = project::read(project::write(&made).as_bytes()).unwrap().project;
        let mut out = Vec::new();
        twin::write(&project, &mut out).unwrap();
        let back = twin::read(&out).unwrap();
        prop_assert!(back.project == project, "{}", String::from_utf8_lossy(&out));
        prop_assert_eq!(back.mended, Vec::<String>::new());
    }
}
