//! The edges: files, git, the network, the ledger's database, the clock. Fetches and stores values; decides nothing.

pub mod blob;
pub mod clock;
pub mod data;
pub mod env;
pub mod fs;
pub mod git;
pub mod http;
pub mod index;
mod interrupt;
pub mod lines;
pub mod sqlite;
pub mod write;
