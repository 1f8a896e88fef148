//! `aushang serve`

use chrono::{DateTime, Utc};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;
use uuid::Uuid;

use crate::app;
use crate::config::Config;
use crate::error::Error;
use crate::source;

pub fn execute(config: &Config, now: DateTime<Utc>) -> Result<(), Error> {
    if source::ensure_site_id(&config.feeds, random_id())? {
        info!("wrote a new id into site.toml: keep it, and put it under version control");
    }
    let runtime =
        Runtime::new().map_err(|source| Error::System { action: "start the service", source })?;
    runtime.block_on(async {
        let stop = stop_signal()
            .map_err(|source| Error::System { action: "listen for signals", source })?;
        app::run(config, now, stop).await
    })
}

#[expect(clippy::disallowed_methods, reason = "the only random id, made once for an installation")]
fn random_id() -> Uuid {
    Uuid::new_v4()
}

/// Ready at the first SIGTERM or SIGINT.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
