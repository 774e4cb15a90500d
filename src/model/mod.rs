//! What a project is, and the one way it changes: nouns, [`action::Action`] and [`project::Project::apply`].

pub mod action;
mod apply;
pub mod article;
pub mod audit;
pub mod becoming;
pub mod boundaries;
mod chunks;
pub mod codebook;
pub mod coder;
pub mod coding;
pub mod comment;
pub mod conflict;
pub mod deciding;
pub mod decision;
pub mod follow;
pub mod handing;
pub mod history;
pub mod ids;
pub mod link;
pub mod mending;
pub mod plan;
pub mod project;
pub mod repair;
pub mod scheme;
pub mod sheet;
pub mod sketch;
pub mod unite;
