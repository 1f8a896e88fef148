//! The record in its store: how the subcommands load and commit it.

use std::sync::Arc;

use super::Error;
use crate::config::Config;
use crate::record::Record;
use crate::record::store::{self, Stored};
use crate::zone::Zones;

/// Loads the record; returns `None` if there is none.
///
/// # Errors
/// [`Error::Record`]
pub(super) fn load_record(config: &Config, zones: &Arc<Zones>) -> Result<Option<Record>, Error> {
    Ok(load(config, zones)?.map(|stored| stored.record))
}

/// Loads the record with its version; returns `None` if there is none.
///
/// # Errors
/// [`Error::Record`]
pub(super) fn load(config: &Config, zones: &Arc<Zones>) -> Result<Option<Stored>, Error> {
    Ok(store::open(&config.record, zones)?.load(None)?)
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
