//! `aushang check`

use std::io::{IsTerminal, stderr};

use chrono::{DateTime, Utc};

use super::print_held;
use crate::app::{self, Error};
use crate::config::Config;
use crate::source::diagnostic::report;

pub(crate) fn execute(config: &Config, now: DateTime<Utc>, with_proof: bool) -> Result<(), Error> {
    let site = app::check(config, now)?;
    print_held(&site.status);
    let site = site.unless_mistaken()?;
    if !site.diagnostics.is_empty() {
        eprint!("{}", report(&site.diagnostics, stderr().is_terminal()));
    }
    for note in &site.notes {
        eprintln!("{note}");
    }
    if let Some(warning) = config.base_url_warning() {
        eprintln!("warning: {warning}");
    }
    if with_proof {
        let proof = app::prove(&site)?;
        println!(
            "{} documents agree on {} events and {} occurrences of series",
            proof.documents, proof.events, proof.dates
        );
    }
    println!("{}: everything can be published", config.feeds.display());
    Ok(())
}
