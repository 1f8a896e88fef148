//! `aushang record`

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::app::{self, Error};
use crate::config::Config;

/// The task of the subcommand.
pub(crate) enum Task<'a> {
    /// Bring it up to date.
    Update,
    /// Report whether it is up to date.
    Check,
    /// Bring it up to date, with every deletion.
    AcceptRemovals,
    /// Merge another record into it.
    Merge(&'a Path),
}

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, task: &Task<'_>) -> Result<(), Error> {
    let path = config.record.display();
    let (was_behind, site) = match task {
        Task::Merge(other) => {
            app::merge(config, other)?;
            app::print_line(format_args!("{path}: merged {}", other.display()));
            return Ok(());
        }
        Task::AcceptRemovals => app::accept_removals(config, now)?,
        Task::Update => app::update_record(config, now, false)?,
        Task::Check => app::update_record(config, now, true)?,
    };
    app::print_notes(&site.notes);
    match (task, was_behind) {
        (Task::Check, true) => Err(Error::RecordBehind { place: config.record.clone() }),
        (_, true) => {
            app::print_line(format_args!("{path}: recorded"));
            Ok(())
        }
        (_, false) => {
            app::print_line(format_args!("{path}: up to date"));
            Ok(())
        }
    }
}
