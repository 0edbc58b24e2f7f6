//! The edges: files, git, the network, the ledger's database, the clock. Fetches and stores values; decides nothing.

pub mod clock;
pub mod fs;
pub mod git;
pub mod write;
