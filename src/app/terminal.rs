//! The one door to the terminal: no character that somebody wrote is obeyed by it, whatever it came from.
//!
//! An error escapes itself, since `main` prints it, and diagnostics escape what is in their frames. All other text goes
//! through here; the log has a formatter of its own in `cli`, which uses the same list of characters.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};

use crate::model::{Note, printable, printable_lines};
use crate::source::diagnostic::{Diagnostic, report};

/// Prints one line on standard output; a line feed in it is shown as its number.
pub(crate) fn print_line(line: impl Display) {
    print(&format!("{}\n", printable(&line.to_string())));
}

/// Prints lines on standard output.
pub(crate) fn print_lines(text: &str) {
    print(&printable_lines(text));
}

/// Prints a report of diagnostics on standard error, in colours if a person reads it.
pub(crate) fn print_report(diagnostics: &[Diagnostic]) {
    let is_coloured = stderr().is_terminal();
    warn(&report(diagnostics, is_coloured));
}

/// Prints notes on standard error, a line for each.
pub(crate) fn print_notes(notes: &[Note]) {
    notes.iter().for_each(print_warning);
}

/// Prints one line on standard error.
pub(crate) fn print_warning(line: impl Display) {
    warn(&format!("{}\n", printable(&line.to_string())));
}

/// Returns a message of the log without characters that a terminal obeys.
pub(crate) fn log_message(message: &str) -> String {
    printable_lines(message).into_owned()
}

fn print(text: &str) {
    let mut output = stdout().lock();
    // Standard output may be closed: then nobody reads it.
    let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
}

fn warn(text: &str) {
    let _ = stderr().lock().write_all(text.as_bytes());
}
