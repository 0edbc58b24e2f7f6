//! Everything that needs the built program, a real repository, or the tree of sources: one binary, since linking is what
//! takes time. Most logic is tested next to it, below the command line.

mod diff;
mod git;
mod support;
mod transcripts;
