//! How many requests are at work, and how many wait.

use super::event::Failure;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lets so many requests in, so many wait, and turns the rest away.
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    max_waiting: usize,
    patience: Duration,
}

/// The right to be at work. Clones share it: it is given back with the last.
#[derive(Clone)]
pub(crate) struct Permit {
    _place: Arc<OwnedSemaphorePermit>,
}

impl Gate {
    pub(crate) fn new(places: usize, max_waiting: usize, patience: Duration) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Gate { places: Arc::new(Semaphore::new(places)), waiting: AtomicUsize::new(0), max_waiting, patience }
    }

    pub(crate) async fn enter(&self) -> Result<Permit, Failure> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Ok(Permit { _place: Arc::new(place) });
        }
        let _waiting = Waiting::join(&self.waiting, self.max_waiting)?;
        match tokio::time::timeout(self.patience, self.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(Permit { _place: Arc::new(place) }),
            Ok(Err(_closed)) => Err(Failure::ShuttingDown),
            Err(_elapsed) => Err(Failure::Overloaded),
        }
    }
}

/// A place in the queue, left again even if the client goes away.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(count: &'a AtomicUsize, max: usize) -> Result<Self, Failure> {
        if count.fetch_add(1, Ordering::AcqRel) < max {
            return Ok(Waiting(count));
        }
        count.fetch_sub(1, Ordering::AcqRel);
        Err(Failure::Overloaded)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_queue_is_bounded_and_moves_up() {
        let gate = Arc::new(Gate::new(1, 1, Duration::from_secs(5)));
        let first = gate.enter().await.ok().unwrap();
        let second = tokio::spawn({
            let gate = gate.clone();
            async move { gate.enter().await.is_ok() }
        });
        while gate.waiting.load(Ordering::Acquire) == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(gate.enter().await.err(), Some(Failure::Overloaded));
        drop(first);
        assert!(second.await.unwrap());
        assert_eq!(gate.waiting.load(Ordering::Acquire), 0);
    }

    #[tokio::test]
    async fn waiting_ends() {
        let gate = Gate::new(1, 1, Duration::from_millis(10));
        let _first = gate.enter().await.ok().unwrap();
        assert_eq!(gate.enter().await.err(), Some(Failure::Overloaded));
    }
}
