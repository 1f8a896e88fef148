//! `aushang export`

use std::path::Path;

use chrono::{DateTime, Utc};

use super::print_held;
use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, dir: &Path) -> Result<(), Error> {
    // The default address is each reader's own machine.
    if !config.is_base_url_given {
        return Err(Error::NoBaseUrl);
    }
    let site = app::build_held(config, now)?;
    app::print_report(&site.diagnostics);
    print_held(&site.status);
    let count = app::export(&site, dir)?;
    let (dir, base_url) = (dir.display(), &config.base_url);
    app::print_line(format_args!("{dir}: {count} files for {base_url}"));
    Ok(())
}
