//! The command line: one file for each subcommand, each a thin `execute`.
//!
//! The clock is read here and passed down, once for each subcommand but `serve`: so `--now` fixes every
//! document.

mod check;
mod export;
mod history;
mod record;
mod serve;
mod show;
mod withdraw;

use std::io::{IsTerminal, stderr};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::debug_fn;

use crate::app::{self, Error, SiteStatus};
use crate::config::{Config, Flags};

/// Publishes events from text files as calendars, feeds and web pages.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// A configuration file; its keys are those of config/default.toml
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// The folder of the definitions
    #[arg(long, value_name = "DIR", global = true)]
    feeds: Option<PathBuf>,
    /// The public address of the site, from which all links are made
    #[arg(long, value_name = "URL", global = true)]
    base_url: Option<String>,
    /// A fixed clock, such as 2018-11-01T12:00:00+01:00: the same input gives the same output
    #[arg(long, value_name = "RFC3339", global = true)]
    now: Option<DateTime<Utc>>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the feeds (the default)
    Serve {
        /// The address and port to listen on; port 0 takes a free one
        #[arg(long, value_name = "ADDR")]
        listen: Option<String>,
    },
    /// Load everything as `serve` does and report every mistake
    Check {
        /// Also read the documents of events and feeds back with other parsers, and compare them with what is published
        #[arg(long)]
        proof: bool,
    },
    /// Write every public document as a file: a static site for any web server
    Export {
        /// The folder to write to; it is created if it does not exist
        dir: PathBuf,
    },
    /// Bring the publication record up to date, as `serve` does by itself
    #[command(group = clap::ArgGroup::new("task"))]
    Record {
        /// Write nothing; fail if the record is behind
        #[arg(long, group = "task")]
        check: bool,
        /// Wait for as long as a file must be gone, and look again: its event counts as deleted then
        #[arg(long, group = "task")]
        settle: bool,
        /// Also record that many events, or a whole folder, were deleted
        #[arg(long, group = "task")]
        accept_removals: bool,
        /// Merge another record into this one, such as that of another server
        #[arg(long, value_name = "FILE", group = "task")]
        merge: Option<PathBuf>,
    },
    /// Withdraw an event: unpublish it at once and without notice
    Withdraw {
        /// The file name of the event, without `.md`
        slug: String,
        /// Reinstate it
        #[arg(long)]
        undo: bool,
    },
    /// Show the revisions of an event, and what each of them changed
    History {
        /// The file name of the event, without `.md`
        slug: String,
    },
    /// Show events with their wall-clock time, offset and UTC, and the dates of series
    Show {
        /// The file names of events, without `.md`; all events if none is named
        slugs: Vec<String>,
        /// Show what is not published as its file says, since when, and why
        #[arg(long, conflicts_with = "slugs")]
        held: bool,
    },
}

/// Runs the subcommand of the command line.
///
/// # Errors
/// The reason why it cannot be done, as one sentence or as a report of all mistakes.
pub fn execute(arguments: Arguments) -> Result<(), Error> {
    let command = arguments.command.unwrap_or(Command::Serve { listen: None });
    let listen = match &command {
        Command::Serve { listen } => listen.clone(),
        _ => None,
    };
    let config = Config::load(&Flags {
        file: arguments.config,
        feeds: arguments.feeds,
        base_url: arguments.base_url,
        listen,
    })?;
    log_to_stderr(config.log);
    let now = arguments.now.unwrap_or_else(current_time);
    match command {
        Command::Serve { .. } => {
            serve::execute(&config, move || arguments.now.unwrap_or_else(current_time))
        }
        Command::Check { proof } => check::execute(&config, now, proof),
        Command::Export { dir } => export::execute(&config, now, &dir),
        Command::Record { check, settle, accept_removals, merge } => {
            let task = match &merge {
                Some(file) => record::Task::Merge(file),
                None if check => record::Task::Check,
                None if settle => record::Task::Settle,
                None if accept_removals => record::Task::AcceptRemovals,
                None => record::Task::Update,
            };
            record::execute(&config, now, &task)
        }
        Command::Withdraw { slug, undo } => withdraw::execute(&config, now, &slug, undo),
        Command::History { slug } => history::execute(&config, &slug),
        Command::Show { held: true, .. } => show::execute_held(&config, now),
        Command::Show { slugs, .. } => show::execute(&config, now, &slugs),
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock is read here alone, and passed down")]
fn current_time() -> DateTime<Utc> {
    Utc::now()
}

/// Prints what is held back while something else is published.
fn print_held(status: &SiteStatus) {
    for item in &status.items {
        app::print_warning(item);
    }
}

fn log_to_stderr(level: LevelFilter) {
    // Names and errors of the system are in messages, and a log is read on a terminal.
    let fields = debug_fn(|writer, field, value| match field.name() {
        "message" => writer.write_str(&app::log_message(&format!("{value:?}"))),
        name => write!(writer, "{name}={}", app::log_message(&format!("{value:?}"))),
    });
    // Standard output is for results; colours are for terminals.
    tracing_subscriber::fmt()
        .fmt_fields(fields.delimited(" "))
        .with_max_level(level)
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .with_target(false)
        .init();
}
