//! The record in its store: loaded and committed.

use std::sync::Arc;

use super::Error;
use crate::config::Config;
use crate::record::Record;
use crate::record::store::{self, Stored};
use crate::zone::Zones;

/// Returns the record; `None` if there is none.
///
/// # Errors
/// [`Error::Record`]
pub(super) fn load_record(config: &Config, zones: &Arc<Zones>) -> Result<Option<Record>, Error> {
    Ok(load(config, zones)?.map(|stored| stored.record))
}

/// Returns the record with the state of the store from which it was loaded; `None` if there is none.
///
/// # Errors
/// [`Error::Record`]
pub(super) fn load(config: &Config, zones: &Arc<Zones>) -> Result<Option<Stored>, Error> {
    Ok(store::open(&config.record, zones)?.load(None)?)
}

/// Stores `new` in place of `base`.
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
