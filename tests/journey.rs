//! Can a person do it: the real window, driven by keys, labels and dropped files.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "journey/adding.rs"]
mod adding;
#[path = "journey/agreement.rs"]
mod agreement;
#[path = "journey/around.rs"]
mod around;
#[path = "journey/begin.rs"]
mod begin;
#[path = "journey/choosing.rs"]
mod choosing;
#[path = "journey/coders.rs"]
mod coders;
#[path = "journey/comparing.rs"]
mod comparing;
#[path = "support/cpu.rs"]
mod cpu;
#[path = "journey/damage.rs"]
mod damage;
#[path = "journey/disk.rs"]
mod disk;
#[path = "journey/drafts.rs"]
mod drafts;
#[path = "journey/drops.rs"]
mod drops;
#[path = "journey/ends.rs"]
mod ends;
#[path = "journey/exporting.rs"]
mod exporting;
#[path = "journey/fields.rs"]
mod fields;
#[path = "journey/focus.rs"]
mod focus;
#[path = "journey/haste.rs"]
mod haste;
#[path = "journey/headline.rs"]
mod headline;
#[path = "journey/importing.rs"]
mod importing;
#[path = "journey/kept.rs"]
mod kept;
#[path = "journey/keys.rs"]
mod keys;
#[path = "journey/list.rs"]
mod list;
#[path = "journey/mending.rs"]
mod mending;
#[path = "journey/merging.rs"]
mod merging;
#[path = "journey/moment.rs"]
mod moment;
#[path = "journey/names.rs"]
mod names;
#[path = "journey/notices.rs"]
mod notices;
#[path = "journey/pasting.rs"]
mod pasting;
#[path = "journey/people.rs"]
mod people;
#[path = "journey/pictures.rs"]
mod pictures;
#[path = "journey/repair.rs"]
mod repair;
#[path = "journey/report.rs"]
mod report;
#[path = "journey/review.rs"]
mod review;
#[path = "journey/runs.rs"]
mod runs;
#[path = "journey/sample.rs"]
mod sample;
#[path = "journey/scheme.rs"]
mod scheme;
#[path = "journey/searching.rs"]
mod searching;
#[path = "journey/spoken.rs"]
mod spoken;
#[path = "journey/staying.rs"]
mod staying;
#[path = "journey/theme.rs"]
mod theme;
#[path = "journey/typing.rs"]
mod typing;
#[path = "support/window.rs"]
mod window;

/// Three sentences in a paragraph and two in another.
pub const BRIDGE: &str = "---\ntitle: A bridge that was paid for twice\noutlet: Harbour Post\ndate: 2025-03-14\n---\n\
    The council paid for one bridge twice, two auditors say. The builder denies that a bill was sent again. The \
    papers were handed in on Monday.\n\nNobody has asked the mayor yet. A second report is to follow in May.\n";

/// A headline and three sentences.
pub const FERRY: &str = "Ferry line says its engines were sound\n\nThe ferry stopped twice in one week. A mechanic \
    says that he had to sign for an engine he had never seen. The line rejects this.\n";

/// Two coders, two articles, some answers.
pub const QUAY: &str = "# Who ordered the second crane | Quay Courier | 2025-04-09\n\
    The port board ordered a crane that nobody needed, a clerk says. [anna: allegation; ben: fact] \
    The board calls that untrue. [anna: denial] The crane arrived in April. []\n\n\
    It has not been used since. [] The board meets again in June. []\n\
    # Night shift at the cold store | Tide & Trade | 2025-05-03\n\
    Two guards slept through a theft, the owner claims. [] Both deny it. [ben: denial] The lock was old. []";
