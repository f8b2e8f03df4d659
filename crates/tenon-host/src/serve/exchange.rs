//! One request and its response, as the client sees them.

use super::body::{ResponseBody, plain};
use super::event::{Access, Event, Failure};
use super::gate::Gate;
use super::job::{Backend, Head, Job};
use super::options::{Observer, ServeOptions};
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri, Version, header};
use http_body::Body as _;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use wasmtime_wasi_http::{Error as HttpError, WasiBody};

/// What the access log has for a client that left before there was a response.
const CLIENT_LEFT: u16 = 499;

/// Takes requests in and gives responses out.
pub(crate) struct Server {
    backend: Backend,
    gate: Gate,
    timeout: Duration,
    local: SocketAddr,
    observer: Observer,
}

impl Server {
    pub(crate) fn new(backend: Backend, local: SocketAddr, options: &ServeOptions) -> Self {
        Server {
            backend,
            gate: Gate::new(options.max_concurrent, options.max_queued, options.timeout),
            timeout: options.timeout,
            local,
            observer: options.observer.clone(),
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        self.observer.tell(event);
    }

    pub(crate) async fn finish(&self) {
        self.backend.finish().await;
    }

    /// Answers one request. If the client goes away, hyper drops the future, and so the access is logged by a guard.
    pub(crate) async fn exchange(
        &self,
        remote: SocketAddr,
        request: Request<Incoming>,
    ) -> Response<ResponseBody> {
        let log = Log::open(remote, &request, self.observer.clone());
        let (method, version) = (request.method().clone(), request.version());
        let mut response = match self.answer(request).await {
            Ok(head) => respond(head, log, &method, self.timeout),
            Err(failure) => refuse(&failure, log, &method),
        };
        if version == Version::HTTP_10 && response.body().size_hint().exact().is_none() {
            // Such a body ends with the connection, whatever the client asked for.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Head, Failure> {
        let permit = self.gate.enter().await?;
        let request = self.for_guest(request);
        let (reply, answer) = oneshot::channel();
        self.backend.dispatch(Job { request, reply, permit });
        match tokio::time::timeout(self.timeout, answer).await {
            Ok(Ok(reply)) => reply,
            // The instance is gone, and whoever ended it had nothing to say about this request.
            Ok(Err(_)) => Err(Failure::ShuttingDown),
            Err(_elapsed) => Err(Failure::TimedOut),
        }
    }

    /// The guest sees a full address, as WASI has no `Host` header.
    fn for_guest(&self, request: Request<Incoming>) -> Request<WasiBody> {
        let (mut parts, body) = request.into_parts();
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let authority = parts
            .uri
            .authority()
            .cloned()
            .or_else(|| host.and_then(|host| host.parse().ok()))
            .or_else(|| self.local.to_string().parse::<Authority>().ok());
        let mut uri = std::mem::take(&mut parts.uri).into_parts();
        uri.scheme = Some(uri.scheme.unwrap_or(Scheme::HTTP));
        uri.authority = authority;
        if uri.path_and_query.is_none() {
            uri.path_and_query = Some(http::uri::PathAndQuery::from_static("/"));
        }
        parts.uri = Uri::from_parts(uri).unwrap_or_default();
        Request::from_parts(parts, body.map_err(HttpError::from).boxed_unsync())
    }
}

fn respond(head: Head, mut log: Log, method: &Method, timeout: Duration) -> Response<ResponseBody> {
    log.status = head.response.status().as_u16();
    let bodiless = has_no_body(method, head.response.status());
    ResponseBody::respond(head, log, bodiless, timeout)
}

fn refuse(failure: &Failure, mut log: Log, method: &Method) -> Response<ResponseBody> {
    let status = failure.status();
    log.status = status.as_u16();
    let text = format!("{} {}\n", status.as_u16(), status.canonical_reason().unwrap_or_default());
    let bodiless = has_no_body(method, status);
    let mut response = Response::new(plain(text, log, bodiless));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// Whether HTTP forbids a body here, so that not sending one is no failure.
fn has_no_body(method: &Method, status: StatusCode) -> bool {
    *method == Method::HEAD
        || status.is_informational()
        || status == StatusCode::NO_CONTENT
        || status == StatusCode::NOT_MODIFIED
}

/// Writes the access log's line when it goes.
pub(crate) struct Log {
    remote: SocketAddr,
    method: Method,
    path: String,
    version: Version,
    started: Instant,
    observer: Observer,
    pub(crate) status: u16,
    pub(crate) bytes: u64,
    pub(crate) complete: bool,
}

impl Log {
    fn open(remote: SocketAddr, request: &Request<Incoming>, observer: Observer) -> Self {
        let path = request.uri().path_and_query().map(|path| path.as_str()).unwrap_or("/");
        Log {
            remote,
            method: request.method().clone(),
            path: path.to_string(),
            version: request.version(),
            started: Instant::now(),
            observer,
            status: CLIENT_LEFT,
            bytes: 0,
            complete: false,
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.observer.tell(Event::Access(Access {
            remote: self.remote,
            method: self.method.to_string(),
            path: std::mem::take(&mut self.path),
            version: format!("{:?}", self.version),
            status: self.status,
            bytes: self.bytes,
            duration: self.started.elapsed(),
            complete: self.complete,
        }));
    }
}
