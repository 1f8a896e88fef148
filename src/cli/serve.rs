//! `aushang serve`

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{Receiver, channel};
use uuid::Uuid;

use crate::app::{self, Error, Outside};
use crate::config::Config;

pub(crate) fn execute(
    config: &Config,
    clock: impl Fn() -> DateTime<Utc> + Send + 'static,
) -> Result<(), Error> {
    let runtime =
        Runtime::new().map_err(|error| Error::System { action: "start the service", error })?;
    let result = runtime.block_on(async {
        let stop =
            stop_signal().map_err(|error| Error::System { action: "listen for signals", error })?;
        let reload = reload_signal()
            .map_err(|error| Error::System { action: "listen for signals", error })?;
        let (steady, new_id) = (steady_clock(), random_id);
        app::run(config, Outside { clock, steady, new_id, stop, reload }).await
    });
    // A reload may hang on a disk that does not answer: the process ends nevertheless.
    runtime.shutdown_background();
    result
}

#[expect(clippy::disallowed_methods, reason = "a file that has stayed as it is for long is whole")]
fn steady_clock() -> impl Fn() -> Duration {
    let started = Instant::now();
    move || started.elapsed()
}

#[expect(clippy::disallowed_methods, reason = "the only random id, made once for an installation")]
fn random_id() -> Uuid {
    Uuid::new_v4()
}

/// Returns a channel that receives a value for each SIGHUP.
fn reload_signal() -> std::io::Result<Receiver<()>> {
    let mut hangup = signal(SignalKind::hangup())?;
    // One waiting signal is enough: the next reload sees all edits.
    let (sender, receiver) = channel(1);
    tokio::spawn(
        async move { while hangup.recv().await.is_some() && sender.send(()).await.is_ok() {} },
    );
    Ok(receiver)
}

/// Returns a future that completes at the first SIGTERM or SIGINT.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    // Service managers and Docker stop with SIGTERM, a terminal with SIGINT.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
