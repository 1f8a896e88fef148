//! `aushang history`

use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(config: &Config, slug: &str) -> Result<(), Error> {
    for line in app::history(config, slug)? {
        app::print_line(line);
    }
    Ok(())
}
