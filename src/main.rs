//! The program: runs the command line, and prints one error.

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
