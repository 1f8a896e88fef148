//! `aushang withdraw`

use chrono::{DateTime, Utc};

use crate::app;
use crate::config::Config;
use crate::error::Error;
use crate::zone::Zones;

pub fn execute(
    config: &Config,
    now: DateTime<Utc>,
    slug: &str,
    is_undone: bool,
) -> Result<(), Error> {
    app::hold(config, &Zones::compiled(), now, slug, !is_undone)?;
    if is_undone {
        println!("{slug}: it is published again at the next look at its file");
    } else {
        println!("{slug}: withdrawn, at once and without a word; now delete its file");
    }
    Ok(())
}
