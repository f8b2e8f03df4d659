//! Serves a `wasi:http` component over HTTP/1.1 and HTTP/2 (without TLS, by prior knowledge).
//!
//! A component of WASI 0.3 is one instance that answers many requests at once, as a Go server is one process. One of
//! WASI 0.2 cannot overlap requests, so each request gets a fresh instance. When an instance traps, the requests it
//! has not begun to answer get a 500, those it has begun are cut off, and the next request meets a fresh instance.
//!
//! ```text
//! listener ──► connection (hyper) ──► gate (limits) ──► shared instance (0.3)  or  fresh instance (0.2)
//!                    ▲                                          │
//!                    └────────────── body (flow, time, log) ◄───┘
//! ```

mod body;
mod event;
mod exchange;
mod fresh;
mod gate;
mod job;
mod listen;
mod options;
mod pool;
mod shared;

pub use event::{Access, Event, Failure};
pub use options::{Observer, ServeOptions, Shutdown};

use crate::engine::{Loaded, ServiceVersion};
use crate::error::Error;
use crate::link::link;
use exchange::Server;
use std::net::SocketAddr;
use std::sync::Arc;

/// Serves until told to stop. `on_ready` learns the address that is listened on, once requests can be answered.
pub async fn serve<G, N>(
    loaded: &Loaded,
    options: &ServeOptions,
    on_ready: impl FnOnce(SocketAddr),
    shutdown: Shutdown<G, N>,
) -> Result<(), Error>
where
    G: Future<Output = ()>,
    N: Future<Output = ()>,
{
    let Some(version) = loaded.service_version() else {
        return Err(Error::NotAService { exports: loaded.exports() });
    };
    let pre = link(loaded)?;
    let listener = listen::bind(&options.address).await?;
    let local =
        listener.local_addr().map_err(|source| Error::Listen { address: options.address.clone(), source })?;
    let backend = match version {
        ServiceVersion::V3 => job::Backend::Shared(pool::Pool::start(loaded, pre, options).await?),
        ServiceVersion::V2 => job::Backend::Fresh(fresh::Fresh::start(loaded, pre, options).await?),
    };
    let server = Arc::new(Server::new(backend, local, options));
    on_ready(local);
    listen::accept(listener, server, options.grace, shutdown).await;
    Ok(())
}
