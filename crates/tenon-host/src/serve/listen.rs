//! Connections.

use super::event::Event;
use super::exchange::Server;
use super::options::Shutdown;
use crate::error::Error;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How long a client may take to send the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait before accepting again when that failed, most likely for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

pub(crate) async fn bind(address: &str) -> Result<TcpListener, Error> {
    let full = if address.starts_with(':') { format!("0.0.0.0{address}") } else { address.to_string() };
    let bad = |message: String| Error::Address { address: address.into(), message };
    let resolved: Vec<SocketAddr> =
        tokio::net::lookup_host(&full).await.map_err(|error| bad(error.to_string()))?.collect();
    if resolved.is_empty() {
        return Err(bad("the name has no address".into()));
    }
    TcpListener::bind(&*resolved).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => Error::AddressInUse { address: address.into() },
        _ => Error::Listen { address: address.into(), source },
    })
}

/// Accepts connections until told to stop, and then sees them out.
pub(crate) async fn accept<G, N>(
    listener: TcpListener,
    server: Arc<Server>,
    grace: Duration,
    shutdown: Shutdown<G, N>,
) where
    G: Future<Output = ()>,
    N: Future<Output = ()>,
{
    let mut gracefully = pin!(shutdown.gracefully);
    let mut now = pin!(shutdown.now);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let at_once = loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, remote)) => {
                    connections.spawn(connection(stream, remote, server.clone(), graceful.watcher()));
                }
                Err(error) => {
                    server.tell(Event::NotAccepted(error.to_string()));
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            Some(_ended) = connections.join_next(), if !connections.is_empty() => {}
            () = &mut gracefully => break false,
            () = &mut now => break true,
        }
    };
    drop(listener);
    if !at_once {
        let finish = async {
            graceful.shutdown().await;
            server.finish().await;
        };
        tokio::select! {
            () = finish => {}
            () = tokio::time::sleep(grace) => {}
            () = &mut now => {}
        }
    }
    connections.shutdown().await;
}

async fn connection(
    stream: TcpStream,
    remote: SocketAddr,
    server: Arc<Server>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Bodies are streamed in pieces that somebody may be waiting for.
    let _ = stream.set_nodelay(true);
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(HEAD_PATIENCE));
    let service = service_fn(move |request| {
        let server = server.clone();
        async move { Ok::<_, std::convert::Infallible>(server.exchange(remote, request).await) }
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        // The client's doing, more often than not; the access log has the request.
        tracing::debug!("connection of {remote}: {error}");
    }
}
