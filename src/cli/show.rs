//! `aushang show`

use chrono::{DateTime, Utc};

use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, slugs: &[String]) -> Result<(), Error> {
    let blocks = app::show(config, now, slugs)?;
    if blocks.is_empty() {
        println!("{}: no events", config.feeds.display());
    } else {
        print!("{}", blocks.join("\n"));
    }
    Ok(())
}
