//! A clock that stands still while anybody has something to do, and then goes on to the next time that somebody waits for.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use wasmtime::{Result, bail};

use crate::random::Random;

/// How often a future may be polled before the clock goes on. More is a loop that never ends.
const TURNS: u64 = 2_000_000;

/// The clock.
#[derive(Clone)]
pub(crate) struct Clock(Arc<Mutex<State>>);

struct State {
    now: u64,
    next: u64,
    /// By the time that they wait for, in nanoseconds, and then by the order in which they came.
    sleepers: BTreeMap<(u64, u64), Waker>,
}

impl Default for Clock {
    fn default() -> Clock {
        // Go takes a clock that says 0 for a broken one.
        let state = State { now: 1_000_000_000, next: 0, sleepers: BTreeMap::new() };
        Clock(Arc::new(Mutex::new(state)))
    }
}

impl Clock {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nanoseconds.
    pub(crate) fn now(&self) -> u64 {
        self.state().now
    }

    /// Ends that many milliseconds from now.
    pub(crate) fn sleep(&self, millis: u32) -> Sleep {
        self.until(self.now() + u64::from(millis) * 1_000_000)
    }

    /// Ends at that time, in nanoseconds.
    pub(crate) fn until(&self, due: u64) -> Sleep {
        Sleep { clock: self.clone(), due, place: None }
    }

    /// Runs a future to its end. It is an error if there is nothing left to wait for, or no end of things to do.
    pub(crate) fn run<T>(&self, random: &mut Random, future: impl Future<Output = T>) -> Result<T> {
        let mut future = pin!(future);
        let flag = Arc::new(Flag(AtomicBool::new(false)));
        let waker = Waker::from(flag.clone());
        let mut turns = 0;
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Ok(value);
            }
            turns += 1;
            if turns > TURNS {
                bail!("busy for ever at {} ms", self.now() / 1_000_000);
            }
            if flag.0.swap(false, Ordering::Relaxed) {
                continue;
            }
            turns = 0;
            if !self.advance(random) {
                bail!(
                    "it hangs at {} ms: nobody waits for the clock, and nothing happens",
                    self.now() / 1_000_000
                );
            }
        }
    }

    /// Goes on to the next time that somebody waits for, and wakes one or all of those who do.
    fn advance(&self, random: &mut Random) -> bool {
        let mut state = self.state();
        let Some(due) = state.sleepers.keys().next().map(|(due, _)| *due) else { return false };
        state.now = state.now.max(due);
        let mut due: Vec<(u64, u64)> =
            state.sleepers.keys().take_while(|(time, _)| *time <= state.now).copied().collect();
        if random.one_in(2) {
            due = vec![*random.pick(&due)];
        }
        let wakers: Vec<Waker> = due.iter().filter_map(|place| state.sleepers.remove(place)).collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        true
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Waits for the clock.
pub(crate) struct Sleep {
    clock: Clock,
    due: u64,
    place: Option<(u64, u64)>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        let mut state = clock.state();
        if let Some(place) = self.place.take() {
            let asleep = state.sleepers.remove(&place).is_some();
            if !asleep && state.now >= self.due {
                return Poll::Ready(());
            }
        } else if state.now >= self.due {
            return Poll::Ready(());
        }
        let place = (self.due, state.next);
        state.next += 1;
        state.sleepers.insert(place, cx.waker().clone());
        self.place = Some(place);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            self.clock.state().sleepers.remove(&place);
        }
    }
}

/// What a clock is for WASI.
pub(crate) struct Reading(pub(crate) Clock);

impl wasmtime_wasi::HostMonotonicClock for Reading {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        self.0.now()
    }
}

impl wasmtime_wasi::HostWallClock for Reading {
    fn resolution(&self) -> std::time::Duration {
        std::time::Duration::from_nanos(1)
    }

    fn now(&self) -> std::time::Duration {
        std::time::Duration::from_nanos(self.0.now())
    }
}
