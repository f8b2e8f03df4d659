//! One call of one export, and what it leaves behind.

use crate::ctx::Ctx;
use crate::error::{Error, Trap, exit_code};
use std::future::poll_fn;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::Notify;
use wasmtime::Store;
use wasmtime::component::{Func, Val};

/// How a call ended.
pub(crate) enum Called {
    /// With a result. `abandoned` says that tasks were still at work when they were told to stop.
    Returned { results: Vec<Val>, abandoned: bool },
    /// With a call of `exit`.
    Exited(i32),
}

/// Calls `func` and lets the tasks that it leaves finish, for as long as `drain` allows.
pub(crate) async fn call(
    store: &mut Store<Ctx>,
    func: Func,
    params: &[Val],
    results: usize,
    drain: Option<Duration>,
) -> Result<Called, Error> {
    let returned: Mutex<Option<Vec<Val>>> = Mutex::new(None);
    let has_returned = Notify::new();
    let take = || returned.lock().ok().and_then(|mut returned| returned.take()).unwrap_or_default();

    let work = store.run_concurrent(async |accessor| {
        let mut values = vec![Val::Bool(false); results];
        func.call_concurrent(accessor, params, &mut values).await?;
        if let Ok(mut returned) = returned.lock() {
            *returned = Some(values);
        }
        if drain.is_some() {
            has_returned.notify_one();
            poll_fn(|cx| accessor.poll_no_interesting_tasks(cx)).await;
        }
        wasmtime::error::Ok(())
    });
    // Outside of the store's own loop, so that it holds for a task that only computes.
    let limit = async {
        has_returned.notified().await;
        match drain {
            Some(limit) => tokio::time::sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    let ended = tokio::select! {
        ended = work => ended.and_then(|inner| inner),
        () = limit => return Ok(Called::Returned { results: take(), abandoned: true }),
    };
    match ended {
        Ok(()) => Ok(Called::Returned { results: take(), abandoned: false }),
        Err(error) => match exit_code(&error) {
            Some(code) => Ok(Called::Exited(code)),
            None => Err(Error::Trap(Trap::from_wasmtime(&error))),
        },
    }
}

/// Runs `work` for at most `limit`.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match limit {
        None => work.await,
        Some(limit) => tokio::time::timeout(limit, work).await.unwrap_or(Err(Error::TimedOut(limit))),
    }
}
