//! Services that a component under test calls.

use std::convert::Infallible;
use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::net::TcpListener;

/// What a service answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Upstream {
    /// The body; the request's path and query follow it.
    #[serde(default)]
    pub body: String,
    /// How long it takes to answer.
    #[serde(default)]
    pub delay_ms: u64,
    /// The path that it sends those to who ask for `/old`.
    #[serde(default)]
    pub moved: Option<String>,
}

impl Upstream {
    /// Starts the service, for as long as the runtime lives. Returns its address.
    pub async fn start(self) -> Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no port")?;
        let address = listener.local_addr()?.to_string();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let upstream = self.clone();
                tokio::spawn(async move {
                    let answer = service_fn(|request| upstream.answer(request));
                    // A client that goes away is part of the tests.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(socket), answer)
                        .await;
                });
            }
        });
        Ok(address)
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        tokio::time::sleep(Duration::from_millis(self.delay_ms)).await;
        if let (Some(moved), "/old") = (&self.moved, request.uri().path()) {
            let mut response = Response::new(Full::default());
            *response.status_mut() = StatusCode::FOUND;
            if let Ok(moved) = HeaderValue::from_str(moved) {
                response.headers_mut().insert(LOCATION, moved);
            }
            return Ok(response);
        }
        Ok(Response::new(Full::new(format!("{} {}", self.body, request.uri()).into())))
    }
}
