//! `aushang serve`

use chrono::{DateTime, Utc};
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{Receiver, channel};
use tracing::info;
use uuid::Uuid;

use crate::app::{self, Signals};
use crate::config::Config;
use crate::error::Error;
use crate::source;
use crate::zone::Zones;

pub fn execute(
    config: &Config,
    clock: impl Fn() -> DateTime<Utc> + Send + 'static,
) -> Result<(), Error> {
    let zones = Arc::new(Zones::compiled());
    if source::ensure_site_id(&config.feeds, random_id())? {
        info!("wrote a new id into site.toml: keep it, and put it under version control");
        // A new site has lost no record: its numbers start at 0.
        app::begin_record(config, &zones)?;
    }
    let runtime =
        Runtime::new().map_err(|source| Error::System { action: "start the service", source })?;
    runtime.block_on(async {
        let stop = stop_signal()
            .map_err(|source| Error::System { action: "listen for signals", source })?;
        let look = look_signal()
            .map_err(|source| Error::System { action: "listen for signals", source })?;
        app::run(config, zones, clock, Signals { stop, look }).await
    })
}

#[expect(clippy::disallowed_methods, reason = "the only random id, made once for an installation")]
fn random_id() -> Uuid {
    Uuid::new_v4()
}

/// A message for each SIGHUP.
fn look_signal() -> std::io::Result<Receiver<()>> {
    let mut hangup = signal(SignalKind::hangup())?;
    let (sender, receiver) = channel(1);
    tokio::spawn(
        async move { while hangup.recv().await.is_some() && sender.send(()).await.is_ok() {} },
    );
    Ok(receiver)
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
