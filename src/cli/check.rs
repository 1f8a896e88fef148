//! `aushang check`

use chrono::{DateTime, Utc};

use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, with_proof: bool) -> Result<(), Error> {
    let site = app::build(config, now)?;
    app::print_report(&site.warnings);
    app::print_notes(&site.notes);
    if let Some(warning) = config.base_url_warning() {
        app::print_warning(format_args!("warning: {warning}"));
    }
    if with_proof {
        let proof = app::prove(&site)?;
        app::print_line(format_args!(
            "{} documents agree on {} events and {} occurrences of series",
            proof.documents, proof.events, proof.dates
        ));
    }
    app::print_line(format_args!("{}: everything can be published", config.feeds.display()));
    Ok(())
}
