//! The life of the service: bind, publish, serve, reload, stop.
//!
//! The port opens first. Whatever is wrong with the folder, the service stays: it answers 503 until something is good,
//! and then never falls back behind that.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::mpsc::Receiver;
use tokio::task::{JoinError, JoinHandle};
use tracing::{error, info, warn};
use uuid::Uuid;

use super::build::zones;
use super::terminal::print_lines;
use super::{Error, State, ensure_site_id};
use crate::config::Config;
use crate::http;
use crate::record::store;
use crate::route::{Route, Urls};
use crate::snapshot::Snapshot;
use crate::source::{Folder, Tree};

/// The time after which a reload counts as slow, and is named in the log.
const SLOW: Duration = Duration::from_secs(10);
/// The time until the next reload if a file is perhaps half written, or nothing is published yet.
const SOON: Duration = Duration::from_secs(2);

/// What reaches the service from outside.
pub(crate) struct Outside<C, T, S> {
    /// Returns the time.
    pub clock: C,
    /// Returns the reading of a steady clock, whatever somebody does to the other one.
    pub steady: T,
    /// Returns a random id, for a new site.
    pub new_id: fn() -> Uuid,
    /// Completes when the service has to end.
    pub stop: S,
    /// Receives a value when the folder has to be reloaded at once.
    pub reload: Receiver<()>,
}

/// Binds, publishes, prints the addresses, and serves until the signal to stop; edits are published as they come.
///
/// # Errors
/// [`Error::Listen`], and [`Error::Record`] if no record can be kept where it should be.
pub(crate) async fn run(
    config: &Config,
    outside: Outside<
        impl Fn() -> DateTime<Utc> + Send + 'static,
        impl Fn() -> Duration + Send + 'static,
        impl Future<Output = ()>,
    >,
) -> Result<(), Error> {
    let failed = |error| Error::Listen { address: config.listen.to_string(), error };
    store::open(&config.record, &zones())?;
    let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?.to_string();
    info!("the port is open: {address}");
    let Outside { clock, steady, new_id, stop, reload } = outside;
    let served = Arc::new(ArcSwapOption::empty());
    let reloader = Reloader {
        state: None,
        config: config.clone(),
        tree: Arc::new(Folder::watched(&config.feeds)),
        served: Arc::clone(&served),
        address,
        new_id,
        problem: None,
    };
    let reloading = tokio::spawn(keep_reloading(reloader, move || (clock(), steady()), reload));
    http::serve(listener, served, stop, config.stop).await;
    reloading.abort();
    info!("stopped");
    Ok(())
}

/// What one reload needs, on a thread of its own.
struct Reloader {
    /// `None` before the first reload, and after one that crashed.
    state: Option<State>,
    config: Config,
    tree: Arc<dyn Tree>,
    served: Arc<ArcSwapOption<Snapshot>>,
    address: String,
    new_id: fn() -> Uuid,
    /// The problem that was logged last: it is logged once, not at every poll.
    problem: Option<String>,
}

/// Reloads the folder every few seconds, and at once if a signal asks for it.
async fn keep_reloading(
    mut reloader: Reloader,
    clocks: impl Fn() -> (DateTime<Utc>, Duration) + Send + 'static,
    mut signal: Receiver<()>,
) {
    loop {
        let ((now, at), kept) = (clocks(), reloader.without_state());
        let tree = Arc::clone(&reloader.tree);
        // On a thread of its own: a reload may take seconds, and answers must not wait for it.
        let work = tokio::task::spawn_blocking(move || {
            reloader.reload(now, at);
            reloader
        });
        reloader = finished(work, &*tree).await.unwrap_or_else(|_| {
            error!("the reload crashed: what is served stays as it is");
            kept
        });
        let _ = tokio::time::timeout(reloader.pause(), signal.recv()).await;
    }
}

/// Waits for a reload, and logs what it reads if it takes long.
async fn finished<T>(mut work: JoinHandle<T>, tree: &dyn Tree) -> Result<T, JoinError> {
    let mut time = SLOW;
    loop {
        if let Ok(result) = tokio::time::timeout(SLOW, &mut work).await {
            return result;
        }
        let (places, seconds) = (tree.being_read(), time.as_secs());
        let reads = places.first().map(|place| format!(", and reads {place}")).unwrap_or_default();
        warn!("the reload has taken {seconds} s so far{reads}: what is served stays as it is");
        time += SLOW;
    }
}

impl Reloader {
    /// Returns what remains if a reload crashes.
    fn without_state(&self) -> Self {
        Self {
            state: None,
            config: self.config.clone(),
            tree: Arc::clone(&self.tree),
            served: Arc::clone(&self.served),
            address: self.address.clone(),
            problem: self.problem.clone(),
            ..*self
        }
    }

    /// Returns the time until the next reload.
    fn pause(&self) -> Duration {
        let is_unsettled = self.state.as_ref().is_some_and(State::is_unsettled);
        let is_soon = is_unsettled || self.served.load().is_none();
        if is_soon { SOON.min(self.config.rescan) } else { self.config.rescan }
    }

    /// Publishes what was edited; a problem is logged once.
    fn reload(&mut self, now: DateTime<Utc>, at: Duration) {
        let problem = match self.publish(now, at) {
            Ok(()) => None,
            Err(error @ Error::Unsettled) => return info!("{error}"),
            Err(error) => Some(error.to_string()),
        };
        if let Some(problem) = problem.as_ref().filter(|one| self.problem.as_ref() != Some(*one)) {
            let consequence = if self.served.load().is_some() {
                "what is served stays as it is"
            } else {
                "nothing can be published yet, and every request is answered with 503"
            };
            error!("{problem}\n{consequence}");
        }
        self.problem = problem;
    }

    fn publish(&mut self, now: DateTime<Utc>, at: Duration) -> Result<(), Error> {
        let is_first = self.served.load().is_none();
        let state = match self.state.take() {
            Some(state) => self.state.insert(state),
            None => self.state.insert(State::of(Arc::clone(&self.tree), &self.config)?),
        };
        let mut snapshot = state.reload(&self.config, now, at);
        if snapshot.as_ref().is_err_and(Error::is_of_new_site) {
            if ensure_site_id(&self.config, (self.new_id)())? {
                info!("wrote a new id into site.toml: keep it, and put it under version control");
            }
            snapshot = state.reload(&self.config, now, at);
        }
        let Some(snapshot) = snapshot? else { return Ok(()) };
        self.served.store(Some(Arc::clone(&snapshot)));
        match (is_first, state.status().items.len()) {
            (true, _) => self.announce(&snapshot),
            (false, 0) => info!("published what was edited"),
            (false, count) => {
                info!("published what was edited, but for {count} that are held back");
            }
        }
        if let Some(state) = &mut self.state {
            state.keep_last_good();
        }
        Ok(())
    }

    /// Prints the addresses when there is something to see there.
    fn announce(&self, snapshot: &Snapshot) {
        if let Some(warning) = self.config.base_url_warning() {
            warn!("{warning}");
        }
        let addresses = addresses(snapshot, &self.config);
        print_lines(&format!("listening on http://{}\n{addresses}", self.address));
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
