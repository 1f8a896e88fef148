//! `aushang check`

use chrono::{DateTime, Utc};

use super::print_held;
use crate::app::{self, Error};
use crate::config::Config;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, with_proof: bool) -> Result<(), Error> {
    let site = app::check(config, now)?;
    print_held(&site.status);
    let site = site.unless_mistaken()?;
    app::print_report(&site.diagnostics);
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
