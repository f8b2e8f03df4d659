//! The host's ends of streams and futures: they give and take a few items at a time, with pauses, and stop when they like.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use futures::channel::oneshot;
use wasmtime::component::{
    Destination, FutureConsumer, Lift, Lower, Source, StreamConsumer, StreamProducer, StreamResult, VecBuffer,
};
use wasmtime::{Result, StoreContextMut};

use crate::clock::{Clock, Sleep};

/// How an end behaves.
#[derive(Clone)]
pub(crate) struct Manner {
    pub(crate) clock: Clock,
    /// How many items it gives or takes at a time.
    pub(crate) chunk: usize,
    /// Milliseconds before it does.
    pub(crate) pause: u32,
}

/// Pauses before each turn.
struct Pace {
    manner: Manner,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    fn new(manner: Manner) -> Pace {
        Pace { manner, sleep: None }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.manner.pause > 0 {
            let sleep = || Box::pin(self.manner.clock.sleep(self.manner.pause));
            ready!(self.sleep.get_or_insert_with(sleep).as_mut().poll(cx));
            self.sleep = None;
        }
        Poll::Ready(())
    }
}

/// Writes items; what nobody took is left to `rest`.
pub(crate) struct Supply<T> {
    items: VecDeque<T>,
    pace: Pace,
    rest: Arc<Mutex<Vec<T>>>,
}

impl<T> Supply<T> {
    pub(crate) fn new(items: impl IntoIterator<Item = T>, manner: Manner) -> Supply<T> {
        Supply::returning(items, manner, Arc::default())
    }

    /// What nobody took goes back.
    pub(crate) fn returning(
        items: impl IntoIterator<Item = T>,
        manner: Manner,
        rest: Arc<Mutex<Vec<T>>>,
    ) -> Supply<T> {
        Supply { items: items.into_iter().collect(), pace: Pace::new(manner), rest }
    }
}

impl<T> Drop for Supply<T> {
    fn drop(&mut self) {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner).extend(self.items.drain(..));
    }
}

impl<D, T: Lower + Unpin + Send + Sync + 'static> StreamProducer<D> for Supply<T> {
    type Item = T;
    type Buffer = VecBuffer<T>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut store: StoreContextMut<'a, D>,
        mut destination: Destination<'a, T, VecBuffer<T>>,
        finish: bool,
    ) -> Poll<Result<StreamResult>> {
        if self.items.is_empty() {
            return Poll::Ready(Ok(StreamResult::Dropped));
        }
        if self.pace.poll(cx).is_pending() {
            return if finish { Poll::Ready(Ok(StreamResult::Cancelled)) } else { Poll::Pending };
        }
        let room = destination.remaining(&mut store).unwrap_or(usize::MAX);
        let count = self.items.len().min(self.pace.manner.chunk).min(room);
        let items: Vec<T> = self.items.drain(..count).collect();
        destination.set_buffer(items.into());
        Poll::Ready(Ok(if self.items.is_empty() { StreamResult::Dropped } else { StreamResult::Completed }))
    }
}

/// Reads items up to a number, and tells which when it is done.
pub(crate) struct Taste<T> {
    items: Vec<T>,
    limit: usize,
    pace: Pace,
    done: Option<oneshot::Sender<Vec<T>>>,
}

impl<T> Taste<T> {
    pub(crate) fn new(limit: usize, manner: Manner) -> (Taste<T>, oneshot::Receiver<Vec<T>>) {
        let (done, items) = oneshot::channel();
        (Taste { items: Vec::new(), limit, pace: Pace::new(manner), done: Some(done) }, items)
    }
}

impl<T> Drop for Taste<T> {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            let _ = done.send(std::mem::take(&mut self.items));
        }
    }
}

impl<D, T: Lift + Unpin + Send + Sync + 'static> StreamConsumer<D> for Taste<T> {
    type Item = T;

    fn poll_consume(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut store: StoreContextMut<D>,
        mut source: Source<'_, T>,
        finish: bool,
    ) -> Poll<Result<StreamResult>> {
        if self.items.len() >= self.limit {
            return Poll::Ready(Ok(StreamResult::Dropped));
        }
        if self.pace.poll(cx).is_pending() {
            return if finish { Poll::Ready(Ok(StreamResult::Cancelled)) } else { Poll::Pending };
        }
        let there = source.remaining(&mut store);
        let mut some =
            Vec::with_capacity(there.min(self.pace.manner.chunk).min(self.limit - self.items.len()));
        source.read(&mut store, &mut some)?;
        self.items.append(&mut some);
        let full = self.items.len() >= self.limit;
        Poll::Ready(Ok(if full { StreamResult::Dropped } else { StreamResult::Completed }))
    }
}

/// Takes the value of a future, after a pause.
pub(crate) struct Catch<T> {
    pace: Pace,
    done: Option<oneshot::Sender<T>>,
}

impl<T> Catch<T> {
    pub(crate) fn new(manner: Manner) -> (Catch<T>, oneshot::Receiver<T>) {
        let (done, value) = oneshot::channel();
        (Catch { pace: Pace::new(manner), done: Some(done) }, value)
    }
}

impl<D, T: Lift + Unpin + Send + Sync + 'static> FutureConsumer<D> for Catch<T> {
    type Item = T;

    fn poll_consume(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut store: StoreContextMut<D>,
        mut source: Source<'_, T>,
        finish: bool,
    ) -> Poll<Result<()>> {
        if self.pace.poll(cx).is_pending() {
            return if finish { Poll::Ready(Ok(())) } else { Poll::Pending };
        }
        let mut value = Option::<T>::None;
        source.read(&mut store, &mut value)?;
        if let (Some(value), Some(done)) = (value, self.done.take()) {
            let _ = done.send(value);
        }
        Poll::Ready(Ok(()))
    }
}
