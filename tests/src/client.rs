//! HTTP clients of the tests.

use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client as Pool;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// A request body of any kind.
pub type Body = BoxBody<Bytes, std::io::Error>;

/// A body that is all there.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}

/// No request of a test takes longer.
const LIMIT: Duration = Duration::from_secs(120);

/// A client with a pool of connections to one server.
#[derive(Clone, Debug)]
pub struct Client {
    pool: Pool<HttpConnector, Body>,
    address: String,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The head's fields.
    pub headers: HeaderMap,
    /// The body, as text.
    pub body: String,
    /// The fields after the body.
    pub trailers: HeaderMap,
}

impl Client {
    /// A client of the server at `HOST:PORT`.
    pub fn new(address: &str) -> Client {
        Client { pool: Pool::builder(TokioExecutor::new()).build_http(), address: address.to_string() }
    }

    /// Sends a request; the answer's body is still to be read.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Result<Response<Incoming>> {
        let mut request = Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).context("the test's request")?;
        let answer = tokio::time::timeout(LIMIT, self.pool.request(request)).await;
        answer.with_context(|| format!("no answer for {path}"))?.with_context(|| format!("requesting {path}"))
    }

    /// Sends a request and reads the answer.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Result<Answer> {
        let (head, body) = self.send(method, path, headers, body).await?.into_parts();
        let body = tokio::time::timeout(LIMIT, body.collect()).await;
        let body = body.with_context(|| format!("the answer for {path} does not end"))?;
        let body = body.with_context(|| format!("reading the answer for {path}"))?;
        let trailers = body.trailers().cloned().unwrap_or_default();
        let body = String::from_utf8_lossy(&body.to_bytes()).into_owned();
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body, trailers })
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.ask(Method::GET, path, &[], full("")).await
    }
}

/// Runs a test that is a future.
pub fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Runtime::new().context("no runtime")?.block_on(future)
}
