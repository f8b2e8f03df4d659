//! A request on its way to an instance, and its way back.

use super::event::Failure;
use super::fresh::Fresh;
use super::gate::Permit;
use super::pool::Pool;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::oneshot;
use wasmtime_wasi_http::WasiBody;

/// A request on its way to an instance.
pub(crate) struct Job {
    pub(crate) request: http::Request<WasiBody>,
    pub(crate) reply: oneshot::Sender<Reply>,
    /// Held until the instance is done with the request, even if the client is not there any more.
    pub(crate) permit: Permit,
}

impl Job {
    pub(crate) fn refuse(self, failure: Failure) {
        // The client need not be there any more.
        let _ = self.reply.send(Err(failure));
    }
}

/// What an instance says to a request.
pub(crate) type Reply = Result<Head, Failure>;

/// The beginning of a response.
pub(crate) struct Head {
    pub(crate) response: http::Response<WasiBody>,
    /// Told whether the response was sent to its end; the instance may be waiting for it.
    pub(crate) sent: Option<oneshot::Sender<Sent>>,
    /// The health of the instance that sends the body.
    pub(crate) health: Health,
    /// Given back when the body is over.
    pub(crate) permit: Permit,
}

/// How the sending of a response ended. If nothing is said, the client went away.
pub(crate) struct Sent;

/// Whether an instance has failed. A body whose instance fails would otherwise just end, as if it were complete.
#[derive(Clone, Default)]
pub(crate) struct Health(Arc<AtomicBool>);

impl Health {
    /// To be called before anything of the instance is dropped.
    pub(crate) fn fail(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn failed(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// What answers requests.
pub(crate) enum Backend {
    /// One instance for many requests: WASI 0.3.
    Shared(Arc<Pool>),
    /// An instance for each request: WASI 0.2.
    Fresh(Arc<Fresh>),
}

impl Backend {
    pub(crate) fn dispatch(&self, job: Job) {
        match self {
            Backend::Shared(pool) => pool.dispatch(job),
            Backend::Fresh(fresh) => fresh.dispatch(job),
        }
    }

    /// No more requests will come. Returns when the instances have finished what they do in the background.
    pub(crate) async fn finish(&self) {
        match self {
            Backend::Shared(pool) => pool.finish().await,
            Backend::Fresh(fresh) => fresh.finish().await,
        }
    }
}
