//! A service that runs.

use std::sync::Arc;

use aushang::app::State;
use aushang::snapshot::Snapshot;
use chrono::{DateTime, Utc};

use super::Site;

/// Reloads as the service does, and keeps what is good; returns the new snapshot, or nothing if the last
/// one still holds.
pub(crate) fn reload(state: &mut State, site: &Site, now: DateTime<Utc>) -> Option<Arc<Snapshot>> {
    let reloaded = state.reload(&site.config(), now).unwrap_or_else(|error| panic!("{error}"));
    state.keep_last_good();
    reloaded
}
