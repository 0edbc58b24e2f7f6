//! The `pact` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    pact::cli::run(std::env::args_os())
}
