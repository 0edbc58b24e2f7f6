//! The `pact` program: arguments in, exit code out.

use std::process::ExitCode;

/// Trees of small values are made and dropped by the thousand; with this allocator lint takes a seventh less time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    pact::cli::run(std::env::args_os())
}
