//! Stand-in until the real codec lands.

use crate::model::action::Action;
use crate::model::ids::{CoderId, ProjectId, Stamp};

/// One action as the journal holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub n: u64,
    pub at: Stamp,
    pub by: Option<CoderId>,
    pub name: String,
    pub undoes: Option<u64>,
    pub action: Action,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub project: ProjectId,
    pub base: String,
    pub path: String,
    pub host: String,
    pub pid: u32,
    pub at: Stamp,
    pub version: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    pub sha256: String,
    pub upto: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Header(Header),
    Entry(Entry),
    Saved(Saved),
}

pub fn encode(line: &Line) -> String {
    format!("{line:?}")
}

pub fn decode(_line: &str) -> Result<Line, String> {
    Err("stand-in".into())
}
