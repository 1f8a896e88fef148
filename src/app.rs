//! The straight line from files to a snapshot, and the life of the service.

use std::future::Future;
use std::io::Write;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::config::Config;
use crate::error::Error;
use crate::http;
use crate::model::{Published, Revision};
use crate::occurrence;
use crate::render;
use crate::render::urls::{self, Urls};
use crate::snapshot::{self, Snapshot};
use crate::source::{self, Diagnostic};

/// A state of the site, and what its authors should know about it.
#[derive(Debug)]
pub struct Site {
    /// What is served.
    pub snapshot: Snapshot,
    /// Problems that do not keep anything from being published.
    pub warnings: Vec<Diagnostic>,
}

/// Definitions to snapshot, at the moment `now`.
///
/// # Errors
/// [`Error::Read`] and [`Error::Definitions`]: see [`source::load`].
pub fn build(config: &Config, now: DateTime<Utc>) -> Result<Site, Error> {
    let (catalogue, warnings) = source::load(&config.feeds)?;
    let publish = |event| Published { revision: Revision::first(&event, now), event };
    let published = catalogue.events.into_iter().map(publish).collect();
    let agenda =
        occurrence::agenda(catalogue.site, catalogue.feeds, published, &config.window, now);
    let urls = Urls::new(&config.base_url);
    let documents = render::render(&agenda, &urls);
    let snapshot = snapshot::freeze(documents, urls.prefix());
    Ok(Site { snapshot, warnings })
}

/// Binds, builds, says where, and serves until `stop` is ready.
///
/// # Errors
/// Those of [`build`], and [`Error::Listen`].
pub async fn run(
    config: &Config,
    now: DateTime<Utc>,
    stop: impl Future<Output = ()>,
) -> Result<(), Error> {
    let failed = |source| Error::Listen { address: config.listen.to_string(), source };
    let site = build(config, now)?;
    let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    for diagnostic in &site.warnings {
        warn!("{}", diagnostic.render(false));
    }
    if let Some(warning) = config.base_url_warning() {
        warn!("{warning}");
    }
    announce(&format!("listening on http://{address}\n{}", addresses(&site.snapshot, config)));
    http::serve(listener, Arc::new(site.snapshot), stop, config.stop).await;
    info!("stopped");
    Ok(())
}

/// The addresses that people want to copy: the overview and the feeds.
fn addresses(snapshot: &Snapshot, config: &Config) -> String {
    let urls = Urls::new(&config.base_url);
    let is_feed = |path: &&str| *path == urls::HOME || path.starts_with(urls::FEEDS);
    let paths = snapshot.iter().map(|(path, _)| path).filter(is_feed);
    let lines: Vec<String> = paths.map(|path| format!("  {}\n", urls.absolute(path))).collect();
    lines.concat()
}

/// Standard output may be closed: that is no reason to stop serving.
fn announce(text: &str) {
    let mut output = std::io::stdout().lock();
    let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
}
