//! `aushang record`

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::app;
use crate::config::Config;
use crate::error::Error;
use crate::zone::Zones;

/// What to do with the record.
pub enum Task<'a> {
    /// Bring it up to date.
    Update,
    /// Say whether it is.
    Check,
    /// Bring it up to date, with every deletion.
    AcceptRemovals,
    /// Put another one into it.
    Merge(&'a Path),
}

pub fn execute(config: &Config, now: DateTime<Utc>, task: &Task<'_>) -> Result<(), Error> {
    let zones = Arc::new(Zones::compiled());
    let path = config.record.display();
    let (was_behind, site) = match task {
        Task::Merge(other) => {
            app::merge(config, &zones, other)?;
            println!("{path}: {} is in it", other.display());
            return Ok(());
        }
        Task::AcceptRemovals => app::accept_removals(config, &zones, now)?,
        Task::Update => app::publish(config, &zones, now, false)?,
        Task::Check => app::publish(config, &zones, now, true)?,
    };
    for note in &site.notes {
        eprintln!("note: {note}");
    }
    match (task, was_behind) {
        (Task::Check, true) => Err(Error::Record {
            path: config.record.clone(),
            reason: "it is behind the definitions: run `aushang record`".to_owned(),
        }),
        (_, true) => {
            println!("{path}: recorded");
            Ok(())
        }
        (_, false) => {
            println!("{path}: up to date");
            Ok(())
        }
    }
}
