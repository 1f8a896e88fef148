//! The record in its store: how the subcommands load and commit it.

use std::sync::Arc;

use super::Error;
use crate::config::Config;
use crate::record::Record;
use crate::record::store::{self, Stored};
use crate::zone::Zones;

/// Loads the record with its version; returns `None` if there is none. Lines that cannot be read are in it as faults.
///
/// # Errors
/// [`Error::Record`]
pub(super) fn load(config: &Config, zones: &Arc<Zones>) -> Result<Option<Stored>, Error> {
    Ok(store::open(&config.record, zones)?.load(None)?)
}

/// Loads a record that is to be written: every line of it can be read.
///
/// # Errors
/// [`Error::Record`]
pub(super) fn load_whole(config: &Config, zones: &Arc<Zones>) -> Result<Option<Stored>, Error> {
    let stored = load(config, zones)?;
    match stored.as_ref().and_then(|stored| stored.fault(&config.record)) {
        Some(fault) => Err(fault.into()),
        None => Ok(stored),
    }
}

/// Stores `new`, which was made from `base`.
///
/// # Errors
/// [`Error::Record`]
pub(super) fn commit(
    config: &Config,
    zones: &Arc<Zones>,
    base: Option<&Stored>,
    new: Record,
) -> Result<(), Error> {
    store::open(&config.record, zones)?.commit(base, new)?;
    Ok(())
}
