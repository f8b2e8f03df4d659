//! What a server tells about itself.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

/// Something that happened.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// A request is over.
    Access(Access),
    /// An instance failed, or one could not be started.
    Failed {
        /// In which way.
        failure: Failure,
        /// How many requests it was working on.
        in_flight: usize,
    },
    /// A connection could not be accepted.
    NotAccepted(String),
}

/// One request, when it is over.
#[derive(Debug, Clone)]
pub struct Access {
    /// Who asked.
    pub remote: SocketAddr,
    /// The method.
    pub method: String,
    /// The path with the query.
    pub path: String,
    /// The version of HTTP, such as `HTTP/1.1`.
    pub version: String,
    /// The status of the response; 499 if the client went away before there was one.
    pub status: u16,
    /// How many bytes of the response's body were sent.
    pub bytes: u64,
    /// How long it took.
    pub duration: Duration,
    /// Whether the response was sent to its end.
    pub complete: bool,
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Access { remote, method, path, version, status, bytes, duration, complete } = self;
        let millis = duration.as_secs_f64() * 1000.0;
        let remote = remote.ip();
        write!(f, "{remote} \"{method} {path} {version}\" {status} {bytes} {millis:.1}ms")?;
        if !complete {
            write!(f, " incomplete")?;
        }
        Ok(())
    }
}

/// Why a request was not answered by the component.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// The instance trapped.
    Trapped {
        /// The trap, in one line.
        message: String,
        /// The wasm frames.
        backtrace: Option<String>,
    },
    /// The component called `exit`. A Go program does so after a panic.
    Exited(i32),
    /// The handler gave an error instead of a response.
    Refused(String),
    /// No instance could be started.
    NotStarted(String),
    /// The component took too long.
    TimedOut,
    /// More requests are waiting than may.
    Overloaded,
    /// The server is going down.
    ShuttingDown,
}

impl Failure {
    pub(crate) fn status(&self) -> http::StatusCode {
        match self {
            Failure::Trapped { .. } | Failure::Exited(_) | Failure::Refused(_) | Failure::NotStarted(_) => {
                http::StatusCode::INTERNAL_SERVER_ERROR
            }
            Failure::TimedOut => http::StatusCode::GATEWAY_TIMEOUT,
            Failure::Overloaded | Failure::ShuttingDown => http::StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Trapped { message, .. } => write!(f, "the component trapped: {message}"),
            Failure::Exited(code) => write!(f, "the component exited with status {code}"),
            Failure::Refused(code) => write!(f, "the handler failed: {code}"),
            Failure::NotStarted(message) => write!(f, "the component failed to start: {message}"),
            Failure::TimedOut => write!(f, "the component took too long"),
            Failure::Overloaded => write!(f, "too many requests are waiting"),
            Failure::ShuttingDown => write!(f, "the server is going down"),
        }
    }
}
