//! `aushang export`

use std::io::{IsTerminal, stderr};
use std::path::Path;

use chrono::{DateTime, Utc};

use super::print_held;
use crate::app::{self, Error};
use crate::config::Config;
use crate::source::diagnostic::report;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, dir: &Path) -> Result<(), Error> {
    // The default address is each reader's own machine.
    if !config.is_base_url_given {
        return Err(Error::NoBaseUrl);
    }
    let site = app::build_held(config, now)?;
    eprint!("{}", report(&site.diagnostics, stderr().is_terminal()));
    print_held(&site.status);
    let count = app::export(&site, dir)?;
    println!("{}: {count} files for {}", dir.display(), config.base_url);
    Ok(())
}
