//! A service that runs.

use std::sync::Arc;
use std::time::Duration;

use aushang::app::State;
use aushang::snapshot::Snapshot;
use chrono::{DateTime, Utc};

use super::Site;

/// Reloads twice, as the service does for a file that is perhaps half written, and keeps what is good; returns the new
/// snapshot, or nothing if the last one still holds.
pub(crate) fn reload(state: &mut State, site: &Site, now: DateTime<Utc>) -> Option<Arc<Snapshot>> {
    let first = reload_once(state, site, now, Duration::ZERO);
    reload_once(state, site, now, Duration::from_secs(2)).or(first)
}

/// Reloads once, so much time after the moment.
fn reload_once(
    state: &mut State,
    site: &Site,
    now: DateTime<Utc>,
    later: Duration,
) -> Option<Arc<Snapshot>> {
    let at = Duration::from_secs(u64::try_from(now.timestamp()).expect("after 1970")) + later;
    let reloaded = state.reload(&site.config(), now, at).unwrap_or_else(|error| panic!("{error}"));
    state.keep_last_good();
    reloaded
}
