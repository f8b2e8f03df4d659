//! A response's body on its way to the client.

use super::exchange::Log;
use super::gate::Permit;
use super::job::{Head, Health, Sent};
use bytes::Bytes;
use http::Response;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt as _, Full};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep};
use wasmtime_wasi_http::{Error as HttpError, WasiBody};

/// Passes a body on as it comes. Cuts it off if the instance fails or stalls, tells the instance when all of it was
/// sent, and counts.
pub(crate) struct ResponseBody {
    inner: WasiBody,
    log: Log,
    sent: Option<oneshot::Sender<Sent>>,
    health: Health,
    stall: Option<Stall>,
    ended: bool,
    failing: Option<HttpError>,
    _permit: Option<Permit>,
}

/// Runs while the client waits for the guest.
struct Stall {
    timer: Pin<Box<Sleep>>,
    patience: Duration,
    running: bool,
}

impl ResponseBody {
    pub(crate) fn respond(head: Head, log: Log, bodiless: bool, patience: Duration) -> Response<Self> {
        let Head { response, sent, health, permit } = head;
        let stall = Stall { timer: Box::pin(tokio::time::sleep(patience)), patience, running: true };
        response.map(|inner| {
            let (stall, permit) = (Some(stall), Some(permit));
            let mut body = ResponseBody {
                inner,
                log,
                sent,
                health,
                stall,
                ended: false,
                failing: None,
                _permit: permit,
            };
            if bodiless {
                body.end();
            }
            body
        })
    }

    fn end(&mut self) {
        self.ended = true;
        self.log.complete = true;
        if let Some(sent) = self.sent.take() {
            // The instance need not be listening.
            let _ = sent.send(Sent);
        }
    }

    /// Fails when polled next. An error makes hyper throw away what it has not written yet, which may be the head.
    fn fail<T>(&mut self, cx: &mut Context<'_>, error: HttpError) -> Poll<T> {
        self.failing = Some(error);
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Nothing has come from the guest: how long has that been so?
    fn poll_stalled(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(stall) = &mut self.stall else { return Poll::Pending };
        if !stall.running {
            stall.running = true;
            stall.timer.as_mut().reset(Instant::now() + stall.patience);
        }
        stall.timer.as_mut().poll(cx)
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let this = &mut *self;
        if let Some(error) = this.failing.take() {
            return Poll::Ready(Some(Err(error)));
        }
        match Pin::new(&mut this.inner).poll_frame(cx) {
            Poll::Pending => match this.poll_stalled(cx) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(()) => this.fail(cx, HttpError::HttpResponseTimeout),
            },
            Poll::Ready(frame) => {
                if let Some(stall) = &mut this.stall {
                    stall.running = false;
                }
                match frame {
                    Some(Ok(frame)) => {
                        this.log.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                        Poll::Ready(Some(Ok(frame)))
                    }
                    Some(Err(error)) => this.fail(cx, error),
                    None if this.health.failed() => this.fail(cx, HttpError::HttpResponseIncomplete),
                    None => {
                        this.end();
                        Poll::Ready(None)
                    }
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream() && !self.health.failed()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for ResponseBody {
    fn drop(&mut self) {
        // With a known length hyper does not ask for the end.
        let all = self.inner.is_end_stream() || self.inner.size_hint().exact() == Some(0);
        if !self.ended && all && !self.health.failed() {
            self.end();
        }
    }
}

/// A short text of the server's own.
pub(crate) fn plain(text: String, log: Log, bodiless: bool) -> ResponseBody {
    let inner = Full::new(Bytes::from(text)).map_err(|never| match never {}).boxed_unsync();
    let mut body = ResponseBody {
        inner,
        log,
        sent: None,
        health: Health::default(),
        stall: None,
        ended: false,
        failing: None,
        _permit: None,
    };
    if bodiless {
        body.end();
    }
    body
}
