//! The life of the service: publish, bind, serve, reload, stop.

use std::future::Future;
use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::mpsc::Receiver;
use tracing::{error, info, warn};

use super::terminal::print_lines;
use super::{Error, State};
use crate::config::Config;
use crate::http;
use crate::route::{Route, Urls};
use crate::snapshot::Snapshot;

/// The signals that reach the service from outside.
pub(crate) struct Signals<S> {
    /// Completes when the service has to end.
    pub stop: S,
    /// Receives a value when the folder has to be reloaded at once.
    pub reload: Receiver<()>,
}

/// Publishes, binds, prints the addresses, and serves until the signal to stop; edits are published
/// as they come. `clock` returns the time.
///
/// # Errors
/// The errors of [`State::reload`] at the start, and [`Error::Listen`].
pub(crate) async fn run(
    config: &Config,
    clock: impl Fn() -> DateTime<Utc> + Send + 'static,
    signals: Signals<impl Future<Output = ()>>,
) -> Result<(), Error> {
    let failed = |error| Error::Listen { address: config.listen.to_string(), error };
    let mut state = State::new(config)?;
    let snapshot = state.reload(config, clock())?.ok_or(Error::System {
        action: "publish the folder",
        error: std::io::Error::other("there is nothing to publish"),
    })?;
    // The port opens only when there is something to serve.
    let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    if let Some(warning) = config.base_url_warning() {
        warn!("{warning}");
    }
    print_lines(&format!("listening on http://{address}\n{}", addresses(&snapshot, config)));
    // A request that is under way ends with the snapshot with which it began.
    let served = Arc::new(ArcSwap::new(snapshot));
    let reloading =
        keep_reloading(state, config.clone(), clock, signals.reload, Arc::clone(&served));
    let reloading = tokio::spawn(reloading);
    http::serve(listener, served, signals.stop, config.stop).await;
    reloading.abort();
    info!("stopped");
    Ok(())
}

/// Reloads the folder every few seconds, and at once if a signal asks for it.
async fn keep_reloading(
    mut state: State,
    config: Config,
    clock: impl Fn() -> DateTime<Utc> + Send + 'static,
    mut signal: Receiver<()>,
    served: Arc<ArcSwap<Snapshot>>,
) {
    // The first round only stores the last good texts of what is served already.
    let (mut now, mut said) = (None, None);
    loop {
        let (own, served) = (config.clone(), Arc::clone(&served));
        let work = move || {
            let problem = now.and_then(|now| reload(&mut state, &own, now, &served));
            state.keep_last_good();
            (state, problem)
        };
        // On a thread of its own: a reload may take seconds, and answers must not wait for it.
        let problem = if let Ok((back, problem)) = tokio::task::spawn_blocking(work).await {
            state = back;
            problem
        } else {
            error!("the reload crashed: what is served stays as it is");
            state = match State::new(&config) {
                Ok(new) => new,
                Err(error) => return error!("{error}"),
            };
            said.clone()
        };
        // A problem is logged once, not at every poll.
        if let Some(problem) = problem.as_ref().filter(|problem| said.as_ref() != Some(*problem)) {
            error!("{problem}\nwhat is served stays as it is");
        }
        said = problem;
        let _ = tokio::time::timeout(config.rescan, signal.recv()).await;
        now = Some(clock());
    }
}

/// Publishes what was edited; returns the reason if it cannot be published.
fn reload(
    state: &mut State,
    config: &Config,
    now: DateTime<Utc>,
    served: &ArcSwap<Snapshot>,
) -> Option<String> {
    match state.reload(config, now) {
        Ok(Some(snapshot)) => {
            served.store(snapshot);
            info!("published what was edited");
            None
        }
        Ok(None) => None,
        Err(error) => Some(error.to_string()),
    }
}

/// Returns the addresses that people want to copy: the overview and the feeds.
fn addresses(snapshot: &Snapshot, config: &Config) -> String {
    let urls = Urls::new(&config.base_url);
    let is_wanted = |route: &&Route| matches!(route, Route::Home(_) | Route::Feed(..));
    let mut routes: Vec<(String, &Route)> =
        snapshot.routes().filter(is_wanted).map(|route| (route.path(), route)).collect();
    routes.sort_unstable();
    let lines: Vec<String> =
        routes.iter().map(|(_, route)| format!("  {}\n", urls.absolute(route))).collect();
    lines.concat()
}
