//! One instance that answers many requests at once: WASI 0.3.

use super::event::Failure;
use super::job::{Head, Health, Job, Reply, Sent};
use super::pool::Pool;
use crate::ctx::Ctx;
use crate::error::{Trap, exit_code};
use futures::stream::{FuturesUnordered, StreamExt as _};
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{Notify, oneshot};
use wasmtime::Store;
use wasmtime::component::Accessor;
use wasmtime_wasi_http::p3::Request;
use wasmtime_wasi_http::p3::bindings::Service;
use wasmtime_wasi_http::{Error as HttpError, WasiHttpView as _};

/// How often an instance is asked whether it still gets round to things.
const WATCH: Duration = Duration::from_secs(1);

/// An instance that is ready for requests.
pub(crate) struct Prepared {
    pub(crate) store: Store<Ctx>,
    pub(crate) service: Service,
}

/// Runs one instance from its start to its end.
pub(crate) struct Worker {
    pool: Arc<Pool>,
    id: u64,
    health: Health,
    /// Requests whose response has not begun.
    unanswered: Unanswered,
    /// Requests that the guest is at work on, up to the head of their response. Stays as it is in a failure.
    in_flight: AtomicUsize,
    served: AtomicUsize,
    /// Since when the instance is known to be stuck with a request.
    stuck: Mutex<Option<Instant>>,
    ping: Notify,
    pong: Notify,
}

impl Worker {
    pub(crate) fn new(pool: Arc<Pool>, id: u64) -> Self {
        Worker {
            pool,
            id,
            health: Health::default(),
            unanswered: Unanswered::default(),
            in_flight: AtomicUsize::new(0),
            served: AtomicUsize::new(0),
            stuck: Mutex::new(None),
            ping: Notify::new(),
            pong: Notify::new(),
        }
    }

    pub(crate) async fn work(self, prepared: Option<Prepared>, mut jobs: UnboundedReceiver<Job>) {
        let prepared = match prepared {
            Some(prepared) => Ok(prepared),
            None => self.pool.setup.prepare().await,
        };
        let mut prepared = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return self.not_started(Failure::NotStarted(error.to_string()), jobs).await,
        };
        if let Err(failure) = self.drive(&mut prepared, &mut jobs).await {
            self.failed(&failure);
        }
        // Only now: until here, bodies of this instance must not look as if they had just ended.
        drop(prepared);
        self.pool.retire(self.id);
        jobs.close();
        while let Some(job) = jobs.recv().await {
            self.pool.dispatch(job);
        }
    }

    async fn not_started(&self, failure: Failure, mut jobs: UnboundedReceiver<Job>) {
        self.pool.retire(self.id);
        jobs.close();
        self.pool.tell(&failure, jobs.len());
        while let Some(job) = jobs.recv().await {
            job.refuse(failure.clone());
        }
    }

    fn failed(&self, failure: &Failure) {
        self.health.fail();
        self.pool.retire(self.id);
        self.pool.tell(failure, self.in_flight.load(Ordering::Relaxed));
        self.unanswered.refuse_all(failure);
        // An instance that fails without having been asked anything would fail again at once, and for ever.
        if self.served.load(Ordering::Relaxed) > 0 {
            self.pool.warm();
        }
    }

    /// Serves until there are no more requests and no more tasks, or until the instance fails.
    async fn drive(&self, prepared: &mut Prepared, jobs: &mut UnboundedReceiver<Job>) -> Result<(), Failure> {
        let Prepared { store, service } = prepared;
        let serving = store.run_concurrent(async |accessor| {
            self.serve(accessor, service, jobs).await?;
            self.drain(accessor).await;
            wasmtime::error::Ok(())
        });
        let ended = tokio::select! {
            ended = serving => ended.and_then(|inner| inner),
            () = self.watch() => return Err(Failure::TimedOut),
        };
        ended.map_err(|error| match exit_code(&error) {
            Some(code) => Failure::Exited(code),
            None => {
                let Trap { message, backtrace } = Trap::from_wasmtime(&error);
                Failure::Trapped { message, backtrace }
            }
        })
    }

    async fn serve(
        &self,
        accessor: &Accessor<Ctx>,
        service: &Service,
        jobs: &mut UnboundedReceiver<Job>,
    ) -> wasmtime::Result<()> {
        let mut tasks = FuturesUnordered::new();
        let mut open = true;
        let mut taken = 0;
        while open || !tasks.is_empty() {
            tokio::select! {
                biased;
                Some(done) = tasks.next(), if !tasks.is_empty() => {
                    done?;
                    self.in_flight.fetch_sub(1, Ordering::Relaxed);
                }
                () = self.ping.notified() => self.pong.notify_one(),
                job = jobs.recv(), if open => match job {
                    None => open = false,
                    Some(job) => {
                        self.in_flight.fetch_add(1, Ordering::Relaxed);
                        tasks.push(self.handle(accessor, service, job));
                        taken += 1;
                        if self.pool.setup.max_requests == Some(taken) {
                            self.pool.retire(self.id);
                        }
                    }
                },
            }
        }
        Ok(())
    }

    /// Lets the guest finish what it does after its responses.
    async fn drain(&self, accessor: &Accessor<Ctx>) {
        let mut idle = pin!(poll_fn(|cx| accessor.poll_no_interesting_tasks(cx)));
        loop {
            tokio::select! {
                () = &mut idle => return,
                () = self.ping.notified() => self.pong.notify_one(),
            }
        }
    }

    /// Answers one request. An error is the instance's, not the request's.
    async fn handle(&self, accessor: &Accessor<Ctx>, service: &Service, job: Job) -> wasmtime::Result<()> {
        let Job { request, reply, permit } = job;
        if reply.is_closed() {
            return Ok(());
        }
        let ticket = self.unanswered.enter(reply);
        let request = accessor.with(|mut store| {
            let (request, _read) = Request::from_http(store.data_mut().http().hooks, request);
            request
        });
        let mut answer = pin!(service.handle(accessor, request));
        // There is no way to cancel a guest's task from outside. One that is still at work as long again after its
        // client got a 504 is taken for stuck, and its instance is replaced.
        let answer = tokio::select! {
            answer = &mut answer => answer?,
            () = tokio::time::sleep(self.pool.setup.timeout * 2) => {
                self.stuck();
                answer.await?
            }
        };
        self.served.fetch_add(1, Ordering::Relaxed);
        let response = match answer {
            Ok(response) => response,
            Err(code) => {
                let failure = Failure::Refused(code.to_string());
                self.pool.tell(&failure, 1);
                self.unanswered.reply(ticket, Err(failure));
                return Ok(());
            }
        };
        let (sent, was_sent) = oneshot::channel::<Sent>();
        let transmitted =
            async move { was_sent.await.map(|Sent| ()).map_err(|_| HttpError::ConnectionTerminated) };
        let response = accessor.with(|store| response.into_http(store, transmitted))?;
        let head = Head { response, sent: Some(sent), health: self.health.clone(), permit };
        self.unanswered.reply(ticket, Ok(head));
        Ok(())
    }

    fn stuck(&self) {
        self.pool.retire(self.id);
        lock(&self.stuck).get_or_insert_with(Instant::now);
    }

    /// Ends when the instance does not get round to anything any more, or is stuck and has had time to finish the
    /// rest. Runs outside of the store's loop, which a guest that only computes keeps from running.
    async fn watch(&self) {
        let timeout = self.pool.setup.timeout;
        loop {
            tokio::time::sleep(WATCH.min(timeout)).await;
            self.ping.notify_one();
            if tokio::time::timeout(timeout, self.pong.notified()).await.is_err() {
                return;
            }
            let stuck = *lock(&self.stuck);
            if stuck.is_some_and(|since| since.elapsed() > timeout * 2) {
                return;
            }
        }
    }
}

/// The requests whose response has not begun. Kept outside of the store, so that they can be told when it fails.
#[derive(Default)]
struct Unanswered(Mutex<Replies>);

#[derive(Default)]
struct Replies {
    next: u64,
    waiting: HashMap<u64, oneshot::Sender<Reply>>,
}

impl Unanswered {
    fn enter(&self, reply: oneshot::Sender<Reply>) -> u64 {
        let mut replies = lock(&self.0);
        replies.next += 1;
        let ticket = replies.next;
        replies.waiting.insert(ticket, reply);
        ticket
    }

    fn reply(&self, ticket: u64, reply: Reply) {
        let waiting = lock(&self.0).waiting.remove(&ticket);
        if let Some(waiting) = waiting {
            // If the client is gone, the response goes too, and the guest sees its body dropped.
            let _ = waiting.send(reply);
        }
    }

    fn refuse_all(&self, failure: &Failure) {
        let waiting = std::mem::take(&mut lock(&self.0).waiting);
        for reply in waiting.into_values() {
            let _ = reply.send(Err(failure.clone()));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
