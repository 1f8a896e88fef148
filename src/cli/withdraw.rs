//! `aushang withdraw`

use chrono::{DateTime, Utc};

use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(
    config: &Config,
    now: DateTime<Utc>,
    slug: &str,
    is_undone: bool,
) -> Result<(), Error> {
    if is_undone {
        app::reinstate(config, now, slug)?;
        app::print_line(format_args!(
            "{slug}: reinstated; if its file is there, it is published again at the next reload"
        ));
    } else {
        app::withdraw(config, now, slug)?;
        app::print_line(format_args!(
            "{slug}: withdrawn at once and without notice; now delete its file"
        ));
    }
    Ok(())
}
