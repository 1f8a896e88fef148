//! `aushang show`

use chrono::{DateTime, Utc};

use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, slugs: &[String]) -> Result<(), Error> {
    let blocks = app::show(config, now, slugs)?;
    if blocks.is_empty() {
        app::print_line(format_args!("{}: no events", config.feeds.display()));
    } else {
        app::print_lines(&blocks.join("\n"));
    }
    Ok(())
}
