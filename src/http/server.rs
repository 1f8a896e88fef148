//! Sockets: accepts connections, serves them until `stop`, and lets open ones finish.
//!
//! HTTP/1.1 alone is served. hyper's automatic builder, which finds out what a client speaks, never times out a silent
//! connection (hyper #3756, #3962) and needs 20 KB for each instead of 10.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tracing::{debug, warn};

use super::respond::{not_ready, respond};
use crate::snapshot::Snapshot;

/// How long a client may take to send the head of a request; hyper ends idle connections after it, too.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);
/// How long to wait before the next accept if one fails: without a free file descriptor, it fails again at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves the snapshot in `served` on `listener` until `stop` is ready; then open connections have `grace` to finish. As
/// long as there is no snapshot, it answers that the service is not ready.
pub async fn serve(
    listener: TcpListener,
    served: Arc<ArcSwapOption<Snapshot>>,
    stop: impl Future<Output = ()>,
    grace: Duration,
) {
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => connection(stream, Arc::clone(&served), &graceful),
            Err(error) => {
                warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    // New connections are refused from here on.
    drop(listener);
    if tokio::time::timeout(grace, graceful.shutdown()).await.is_err() {
        warn!("some connections did not finish in time");
    }
}

fn connection(
    stream: TcpStream,
    served: Arc<ArcSwapOption<Snapshot>>,
    graceful: &GracefulShutdown,
) {
    // With Nagle's algorithm, the last part of an answer could wait for the client's acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "TCP_NODELAY could not be set");
    }
    let service = service_fn(move |request| {
        // A request sees one snapshot, whatever is reloaded meanwhile.
        let answer = match &*served.load() {
            Some(snapshot) => respond(snapshot, &request),
            None => not_ready(&request),
        };
        async move { Ok::<_, Infallible>(answer) }
    });
    let connection = http1::Builder::new()
        // Without a timer hyper ignores the timeout silently.
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            debug!(%error, "a connection ended early");
        }
    });
}
