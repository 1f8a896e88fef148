//! `aushang withdraw`

use chrono::{DateTime, Utc};

use crate::app::{self, Error};
use crate::config::Config;

pub fn execute(
    config: &Config,
    now: DateTime<Utc>,
    slug: &str,
    is_undone: bool,
) -> Result<(), Error> {
    if is_undone {
        app::reinstate(config, now, slug)?;
        println!("{slug}: it is published again at the next look at its file");
    } else {
        app::withdraw(config, now, slug)?;
        println!("{slug}: withdrawn, at once and without a word; now delete its file");
    }
    Ok(())
}
