//! How to serve.

use super::event::Event;
use crate::limits::Limits;
use crate::network::{Grant, Network};
use crate::options::Options;
use crate::output::Output;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How to serve a component.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Where to listen: `HOST:PORT`, or `:PORT` for all of the machine's IPv4 addresses. Port 0 takes any free one.
    pub address: String,
    /// What the component is given. [`Options::drain`] and [`Limits::time`] do not apply.
    pub guest: Options,
    /// How many requests may be at work at once.
    pub max_concurrent: usize,
    /// How many more may wait for their turn; any beyond are answered 503.
    pub max_queued: usize,
    /// How long the component may take to begin a response, and then to produce the next piece of it. Before the
    /// response has begun the answer is 504, afterwards the response is cut off.
    pub timeout: Duration,
    /// How long requests may go on after the signal to stop.
    pub grace: Duration,
    /// After how many requests an instance is replaced (WASI 0.3 only); `None` for never.
    pub max_requests_per_instance: Option<u64>,
    /// Who is told about requests and failures.
    pub observer: Observer,
}

impl Default for ServeOptions {
    fn default() -> Self {
        ServeOptions {
            address: "127.0.0.1:8080".into(),
            guest: Options {
                stdout: Output::StdoutLines,
                stderr: Output::StderrLines,
                network: Network { http: Grant::Everything, ..Network::default() },
                limits: Limits { memory: Some(1 << 30), time: None },
                ..Options::default()
            },
            max_concurrent: 1024,
            max_queued: 1024,
            timeout: Duration::from_secs(60),
            grace: Duration::from_secs(10),
            max_requests_per_instance: None,
            observer: Observer::none(),
        }
    }
}

/// Who is told about requests and failures. Called from the server's own tasks, so it should not block for long.
#[derive(Clone)]
pub struct Observer(Arc<dyn Fn(&Event) + Send + Sync>);

impl Observer {
    /// Tells `observe` about every event.
    pub fn new(observe: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        Observer(Arc::new(observe))
    }

    /// Tells nobody.
    pub fn none() -> Self {
        Observer(Arc::new(|_| {}))
    }

    pub(crate) fn tell(&self, event: Event) {
        (self.0)(&event);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// When to stop.
#[derive(Debug)]
pub struct Shutdown<G, N> {
    /// When this is ready, no more connections are accepted, and requests get the [grace](ServeOptions::grace).
    pub gracefully: G,
    /// When this is ready as well, the grace is over.
    pub now: N,
}
