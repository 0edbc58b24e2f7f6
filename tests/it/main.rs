//! Everything that needs the built program, a real repository, or the tree of sources: one binary, since linking is what
//! takes time. Most logic is tested next to it, below the command line.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::format_push_string,
    reason = "a test may stop where something is not as it should be"
)]

mod action;
mod architecture;
mod broken_neighbours;
mod check;
#[cfg(feature = "engine")]
mod check_agreement;
#[cfg(feature = "engine")]
mod check_files;
#[cfg(feature = "engine")]
mod check_forms;
#[cfg(feature = "engine")]
mod check_references;
mod convert;
#[cfg(feature = "engine")]
mod data_buckets;
#[cfg(feature = "engine")]
mod data_files;
#[cfg(unix)]
mod data_postgres;
mod data_sqlite;
mod data_statistics;
mod diff;
mod documented;
mod fixes;
mod fmt;
mod fuzz;
mod generated;
mod git;
mod git_forms;
mod git_history;
mod git_sides;
mod hostile;
mod hostile_names;
mod laws;
mod lint;
#[cfg(unix)]
mod lint_cache;
mod odcs_agreement;
mod odcs_mutations;
mod odcs_read;
mod outputs;
mod records;
mod rules;
mod servers;
mod shop;
mod support;
mod transcripts;
mod views;
