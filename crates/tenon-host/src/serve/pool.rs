//! Keeps one shared instance alive, and replaces it when it fails or has served enough.

use super::event::{Event, Failure};
use super::job::Job;
use super::options::{Observer, ServeOptions};
use super::shared::{Prepared, Worker};
use crate::ctx::{Ctx, new_store};
use crate::engine::{Engine, Loaded};
use crate::error::{Error, Trap, exit_code};
use crate::options::Options;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use wasmtime::component::InstancePre;
use wasmtime_wasi_http::p3::bindings::ServicePre;

/// The instances of a WASI 0.3 service, of which one takes new requests.
pub(crate) struct Pool {
    pub(crate) setup: Setup,
    state: Mutex<State>,
    /// Closed when the last worker is gone.
    idle: tokio::sync::Mutex<mpsc::Receiver<Infallible>>,
}

struct State {
    /// Where new requests go.
    current: Option<(u64, mpsc::UnboundedSender<Job>)>,
    next_id: u64,
    /// Held by every worker as a sign of life. `None` when no more may be started.
    alive: Option<mpsc::Sender<Infallible>>,
}

/// What is needed to start an instance.
pub(crate) struct Setup {
    engine: Engine,
    pre: ServicePre<Ctx>,
    guest: Options,
    pub(crate) timeout: Duration,
    pub(crate) max_requests: Option<u64>,
    pub(crate) observer: Observer,
}

impl Setup {
    pub(crate) async fn prepare(&self) -> Result<Prepared, Error> {
        let mut store = new_store(&self.engine, &self.guest)?;
        let started = tokio::time::timeout(self.timeout, self.pre.instantiate_async(&mut store)).await;
        match started {
            Ok(Ok(service)) => Ok(Prepared { store, service }),
            Ok(Err(error)) => Err(match exit_code(&error) {
                Some(code) => Error::Exited(code),
                None => Error::Start(Trap::from_wasmtime(&error)),
            }),
            Err(_elapsed) => Err(Error::TimedOut(self.timeout)),
        }
    }
}

impl Pool {
    /// Starts the first instance, so that a component that cannot start is found out before there are requests.
    pub(crate) async fn start(
        loaded: &Loaded,
        pre: InstancePre<Ctx>,
        options: &ServeOptions,
    ) -> Result<Arc<Self>, Error> {
        let setup = Setup {
            engine: loaded.engine.clone(),
            pre: ServicePre::new(pre)
                .map_err(|error| Error::Imports { names: Vec::new(), message: format!("{error:#}") })?,
            guest: options.guest.clone(),
            timeout: options.timeout,
            max_requests: options.max_requests_per_instance,
            observer: options.observer.clone(),
        };
        let first = setup.prepare().await?;
        let (alive, idle) = mpsc::channel(1);
        let state = State { current: None, next_id: 0, alive: Some(alive) };
        let pool = Arc::new(Pool { setup, state: Mutex::new(state), idle: tokio::sync::Mutex::new(idle) });
        pool.clone().spawn(&mut pool.lock(), Some(first));
        Ok(pool)
    }

    /// Hands a request to the instance that takes requests, and starts one if there is none.
    pub(crate) fn dispatch(self: &Arc<Self>, job: Job) {
        let mut state = self.lock();
        if state.alive.is_none() {
            return job.refuse(Failure::ShuttingDown);
        }
        let job = match &state.current {
            Some((_, jobs)) => match jobs.send(job) {
                Ok(()) => return,
                Err(returned) => returned.0,
            },
            None => job,
        };
        self.clone().spawn(&mut state, None);
        if let Some((_, jobs)) = &state.current
            && let Err(returned) = jobs.send(job)
        {
            returned.0.refuse(Failure::ShuttingDown);
        }
    }

    /// The instance takes no more requests. Those that it has been handed already stay with it.
    pub(crate) fn retire(&self, id: u64) {
        let mut state = self.lock();
        if state.current.as_ref().is_some_and(|(current, _)| *current == id) {
            state.current = None;
        }
    }

    /// Starts an instance ahead of the next request.
    pub(crate) fn warm(self: &Arc<Self>) {
        let mut state = self.lock();
        if state.current.is_none() && state.alive.is_some() {
            self.clone().spawn(&mut state, None);
        }
    }

    pub(crate) async fn finish(&self) {
        {
            let mut state = self.lock();
            state.alive = None;
            state.current = None;
        }
        // Nothing is ever sent: this is the sign that the last sender is gone.
        let _ = self.idle.lock().await.recv().await;
    }

    pub(crate) fn tell(&self, failure: &Failure, in_flight: usize) {
        self.setup.observer.tell(Event::Failed { failure: failure.clone(), in_flight });
    }

    fn spawn(self: Arc<Self>, state: &mut State, prepared: Option<Prepared>) {
        let Some(alive) = state.alive.clone() else { return };
        let (sender, jobs) = mpsc::unbounded_channel();
        let id = state.next_id;
        state.next_id += 1;
        state.current = Some((id, sender));
        let worker = Worker::new(self, id);
        tokio::spawn(async move {
            worker.work(prepared, jobs).await;
            drop(alive);
        });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
