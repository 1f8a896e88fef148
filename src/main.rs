//! The program: reads the command line, does what it says, prints one error.

use std::process::ExitCode;

use aushang::cli::{Arguments, execute};
use clap::Parser;

fn main() -> ExitCode {
    match execute(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
