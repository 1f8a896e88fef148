//! `aushang show`

use chrono::{DateTime, Utc};

use super::print_held;
use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, slugs: &[String]) -> Result<(), Error> {
    let (blocks, status) = app::show(config, now, slugs)?;
    print_held(&status);
    if blocks.is_empty() {
        app::print_line(format_args!("{}: no events", config.feeds.display()));
    } else {
        app::print_lines(&blocks.join("\n"));
    }
    Ok(())
}

/// Prints what is held back, since when, and why.
pub(crate) fn execute_held(config: &Config, now: DateTime<Utc>) -> Result<(), Error> {
    let lines = app::show_held(config, now)?;
    if lines.is_empty() {
        app::print_line(format_args!("{}: nothing is held back", config.feeds.display()));
    }
    lines.iter().for_each(app::print_line);
    Ok(())
}
