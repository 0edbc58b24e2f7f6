//! pact, the contract toolchain for data: a git repository of data contracts is the registry.
//!
//! The way of the data; there is no way back:
//!
//! ```text
//! cli -> io (bytes) -> source (text + places) -> format -> model
//!                                                           |
//!                   lint: model -> findings                 |
//!                   diff: model x model -> findings         |
//!                   check: model -> probes -> io (observations) -> judge -> findings
//!                                                           |
//! cli <- io (ledger, files, network) <- report (text) <- finding + policy
//! ```
//!
//! `lint`, `diff` and `check` are pure: values in, values out. `tests/it/architecture.rs` holds the imports against this
//! picture.

pub mod check;
pub mod cli;
pub mod config;
pub mod diff;
pub mod expression;
pub mod finding;
pub mod format;
pub mod io;
pub mod ledger;
pub mod lint;
pub mod model;
pub mod report;
pub mod source;
pub mod view;
