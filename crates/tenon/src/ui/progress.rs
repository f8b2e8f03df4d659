//! A spinner for what takes longer than a second.

use std::io::Write;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Before this nothing is shown: most work is done by then.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Work under way. Ends when dropped.
#[derive(Debug)]
pub(crate) struct Stage {
    bar: ProgressBar,
    /// Hanging up tells the waiting thread that the work is over.
    _done: Option<Sender<()>>,
}

impl Stage {
    pub(super) fn start(name: &'static str, shown: bool) -> Stage {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if !shown {
            return Stage { bar, _done: None };
        }
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.set_message(name);
        let (done, waiting) = mpsc::channel::<()>();
        let later = bar.clone();
        thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                later.set_draw_target(ProgressDrawTarget::stderr());
                later.enable_steady_tick(TICK);
            }
        });
        Stage { bar, _done: Some(done) }
    }

    /// Passes on what another program writes to stderr, as it is.
    pub(crate) fn pass_through(&self, bytes: &[u8]) {
        self.bar.suspend(|| {
            // When stderr is gone there is nobody left to tell.
            let _ = std::io::stderr().lock().write_all(bytes);
        });
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
