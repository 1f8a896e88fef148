//! `aushang check`

use std::io::{IsTerminal, stderr};

use chrono::{DateTime, Utc};

use crate::app;
use crate::config::Config;
use crate::error::Error;
use crate::proof;
use crate::source::report;

pub fn execute(config: &Config, now: DateTime<Utc>, with_proof: bool) -> Result<(), Error> {
    let site = app::build(config, now)?;
    if !site.warnings.is_empty() {
        eprint!("{}", report(&site.warnings, stderr().is_terminal()));
    }
    for note in &site.notes {
        // What is wrong, though nothing in a file is, says so itself.
        let mark = if note.starts_with("error: ") { "" } else { "note: " };
        eprintln!("{mark}{note}");
    }
    if let Some(warning) = config.base_url_warning() {
        eprintln!("warning: {warning}");
    }
    if with_proof {
        prove(&site)?;
    }
    println!("{}: everything can be published", config.feeds.display());
    Ok(())
}

/// Says what was compared.
fn prove(site: &app::Site) -> Result<(), Error> {
    let documents = proof::documents(&site.snapshot);
    let proof = proof::prove(site.snapshot.variants(), &documents);
    if !proof.mismatches.is_empty() {
        return Err(Error::Mismatches(proof.mismatches));
    }
    let (documents, events, dates) = (proof.documents, proof.events, proof.dates);
    println!("{documents} documents say the same of {events} events and {dates} dates of series");
    Ok(())
}
