//! Everything that needs the built program, a real repository, or the tree of sources: one binary, since linking is what
//! takes time. Most logic is tested next to it, below the command line.

#![allow(clippy::expect_used, reason = "a test fails by panicking, and helpers of tests are part of them")]

mod generated;
mod git;
mod rules;
mod shop;
mod support;
mod transcripts;
mod views;
