//! An instance for each request: WASI 0.2, whose handlers cannot overlap.

use super::event::{Event, Failure};
use super::job::{Head, Health, Job, Reply, Sent};
use super::options::{Observer, ServeOptions};
use crate::ctx::{Ctx, new_store};
use crate::engine::{Engine, Loaded};
use crate::error::{Error, Trap, exit_code};
use crate::options::Options;
use std::convert::Infallible;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use wasmtime::Store;
use wasmtime::component::InstancePre;
use wasmtime_wasi_http::p2::bindings::ProxyPre;
use wasmtime_wasi_http::p2::bindings::http::types::{ErrorCode, Scheme};
use wasmtime_wasi_http::{WasiBody, WasiHttpView as _};

/// Starts an instance for each request.
pub(crate) struct Fresh {
    engine: Engine,
    pre: ProxyPre<Ctx>,
    guest: Options,
    timeout: Duration,
    observer: Observer,
    alive: Mutex<Option<mpsc::Sender<Infallible>>>,
    idle: tokio::sync::Mutex<mpsc::Receiver<Infallible>>,
}

/// What the guest put into its `response-outparam`.
type Answer = Result<http::Response<WasiBody>, ErrorCode>;

impl Fresh {
    /// Starts one instance and throws it away, so that a component that cannot start is found out at once.
    pub(crate) async fn start(
        loaded: &Loaded,
        pre: InstancePre<Ctx>,
        options: &ServeOptions,
    ) -> Result<Arc<Self>, Error> {
        let (alive, idle) = mpsc::channel(1);
        let fresh = Fresh {
            engine: loaded.engine.clone(),
            pre: ProxyPre::new(pre)
                .map_err(|error| Error::Imports { names: Vec::new(), message: format!("{error:#}") })?,
            guest: options.guest.clone(),
            timeout: options.timeout,
            observer: options.observer.clone(),
            alive: Mutex::new(Some(alive)),
            idle: tokio::sync::Mutex::new(idle),
        };
        let mut store = new_store(&fresh.engine, &fresh.guest)?;
        let started = tokio::time::timeout(fresh.timeout, fresh.pre.instantiate_async(&mut store)).await;
        match started {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => {
                return Err(match exit_code(&error) {
                    Some(code) => Error::Exited(code),
                    None => Error::Start(Trap::from_wasmtime(&error)),
                });
            }
            Err(_elapsed) => return Err(Error::TimedOut(fresh.timeout)),
        }
        Ok(Arc::new(fresh))
    }

    pub(crate) fn dispatch(self: &Arc<Self>, job: Job) {
        let alive = self.alive.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(alive) = alive else { return job.refuse(Failure::ShuttingDown) };
        let fresh = self.clone();
        tokio::spawn(async move {
            fresh.work(job).await;
            drop(alive);
        });
    }

    pub(crate) async fn finish(&self) {
        self.alive.lock().unwrap_or_else(PoisonError::into_inner).take();
        // Nothing is ever sent: this is the sign that the last sender is gone.
        let _ = self.idle.lock().await.recv().await;
    }

    async fn work(&self, job: Job) {
        let Job { request, mut reply, permit } = job;
        let mut store = match new_store(&self.engine, &self.guest) {
            Ok(store) => store,
            Err(error) => return self.fail(reply, Failure::NotStarted(error.to_string())),
        };
        let health = Health::default();
        let (answer, mut answered) = oneshot::channel();
        let mut call = pin!(self.call(&mut store, request, answer));
        let mut ended = None;
        let answer = tokio::select! {
            biased;
            answer = &mut answered => answer.ok(),
            result = &mut call => {
                ended = Some(result);
                answered.try_recv().ok()
            }
            // The client is gone, or has its 504: nobody needs this instance.
            () = reply.closed() => return,
        };
        let (sent, was_sent) = oneshot::channel::<Sent>();
        match answer {
            Some(Ok(response)) => {
                let head = Head { response, sent: Some(sent), health: health.clone(), permit };
                // If the client is gone, the guest sees its body dropped.
                let _ = reply.send(Ok(head));
            }
            Some(Err(code)) => self.fail(reply, Failure::Refused(format!("{code:?}"))),
            None => {
                let failure = match ended {
                    Some(Err(error)) => failure(&error),
                    _ => Failure::Refused("it returned without a response".into()),
                };
                return self.fail(reply, failure);
            }
        }
        let result = match ended {
            Some(result) => Some(result),
            None => tokio::select! {
                result = &mut call => Some(result),
                () = self.overdue(was_sent) => None,
            },
        };
        if let Some(Err(error)) = result {
            // Before the store goes, as a body must not look as if it had just ended.
            health.fail();
            self.tell(failure(&error));
        }
    }

    async fn call(
        &self,
        store: &mut Store<Ctx>,
        request: http::Request<WasiBody>,
        answer: oneshot::Sender<Answer>,
    ) -> wasmtime::Result<()> {
        let proxy = self.pre.instantiate_async(&mut *store).await?;
        let mut view = store.data_mut().http();
        let request = view.new_incoming_request(Scheme::Http, request)?;
        let out = view.new_response_outparam(answer)?;
        proxy.wasi_http_incoming_handler().call_handle(&mut *store, request, out).await
    }

    /// The response is over, and the guest has had time for what it does after it.
    async fn overdue(&self, was_sent: oneshot::Receiver<Sent>) {
        let _ = was_sent.await;
        tokio::time::sleep(self.timeout).await;
    }

    fn fail(&self, reply: oneshot::Sender<Reply>, failure: Failure) {
        self.tell(failure.clone());
        let _ = reply.send(Err(failure));
    }

    fn tell(&self, failure: Failure) {
        self.observer.tell(Event::Failed { failure, in_flight: 1 });
    }
}

fn failure(error: &wasmtime::Error) -> Failure {
    match exit_code(error) {
        Some(code) => Failure::Exited(code),
        None => {
            let Trap { message, backtrace } = Trap::from_wasmtime(error);
            Failure::Trapped { message, backtrace }
        }
    }
}
