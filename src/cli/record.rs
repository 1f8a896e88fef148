//! `aushang record`

use std::path::Path;

use chrono::{DateTime, Utc};

use super::print_held;
use crate::app::{self, Error};
use crate::config::Config;

/// The task of the subcommand.
pub(crate) enum Task<'a> {
    /// Bring it up to date.
    Update,
    /// Report whether it is up to date.
    Check,
    /// Bring it up to date, and look twice in one run.
    Settle,
    /// Bring it up to date, with every deletion.
    AcceptRemovals,
    /// Merge another record into it.
    Merge(&'a Path),
}

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, task: &Task<'_>) -> Result<(), Error> {
    let path = config.record.display();
    let update = match task {
        Task::Merge(other) => {
            app::merge(config, other)?;
            app::print_line(format_args!("{path}: merged {}", other.display()));
            return Ok(());
        }
        Task::AcceptRemovals => app::accept_removals(config, now)?,
        Task::Update => app::update_record(config, now, false)?,
        Task::Check => app::update_record(config, now, true)?,
        Task::Settle => {
            let first = app::update_record(config, now, false)?;
            let time = config.removal.to_std().unwrap_or_default();
            std::thread::sleep(time);
            let second = app::update_record(config, now + config.removal, false)?;
            app::Update { was_behind: first.was_behind || second.was_behind, ..second }
        }
    };
    app::print_report(&update.site.diagnostics);
    print_held(&update.site.status);
    app::print_notes(&update.site.notes);
    match (task, update.was_behind) {
        (Task::Check, true) => Err(Error::RecordBehind { place: config.record.clone() }),
        (_, was_behind) => {
            let state = if was_behind { "recorded" } else { "up to date" };
            app::print_line(format_args!("{path}: {state}"));
            update.question.map_or(Ok(()), Err)
        }
    }
}
