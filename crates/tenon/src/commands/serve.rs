//! `tenon serve`

use std::future::pending;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use serde_json::json;
use tenon_host::serve::{Access, Event, Observer, Shutdown};
use tenon_host::{ServeOptions, serve};
use tokio::sync::Notify;

use super::guest::{self, GuestArgs, parse_duration};
use crate::ui::Ui;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon serve hello.wasm
  tenon serve hello.wasm --addr 0.0.0.0:80 --access-log json --max-memory 256MiB

SIGINT and SIGTERM stop it: requests under way may finish, and a second signal ends them.")]
pub(crate) struct Args {
    /// The component.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where to listen; port 0 takes any that is free.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    addr: String,

    /// A line on stderr for each request.
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    access_log: AccessLog,

    /// No lines for requests.
    #[arg(long, conflicts_with = "access_log")]
    no_access_log: bool,

    /// How many requests may be at work at once.
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = at_least_one)]
    max_concurrency: usize,

    /// How many more may wait; any beyond are answered 503.
    #[arg(long, value_name = "N", default_value_t = 1024)]
    max_queued: usize,

    /// How long the component may take to begin a response, and for each next piece of it.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "60s")]
    timeout: Duration,

    /// How long requests may go on after the signal to stop.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "10s")]
    grace: Duration,

    /// Replace the component's instance after this many requests (WASI 0.3).
    #[arg(long, value_name = "N")]
    max_requests_per_instance: Option<u64>,

    #[command(flatten)]
    guest: GuestArgs,
}

/// How requests are logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum AccessLog {
    /// A line to read.
    #[default]
    Text,
    /// A JSON object.
    Json,
    /// Nothing.
    None,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("give a number of at least 1".to_string()),
        Ok(number) => Ok(number),
    }
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    let loaded = guest::load(&args.file, true, ui)?;
    let log = if args.no_access_log { AccessLog::None } else { args.access_log };
    let mut options = ServeOptions {
        address: args.addr.clone(),
        max_concurrent: args.max_concurrency,
        max_queued: args.max_queued,
        timeout: args.timeout,
        grace: args.grace,
        max_requests_per_instance: args.max_requests_per_instance,
        observer: Observer::new(move |event| eprint_event(event, log)),
        ..ServeOptions::default()
    };
    args.guest.apply(&mut options.guest);
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    let served = runtime.block_on(async {
        let signals = Signals::listen()?;
        let shutdown = Shutdown { gracefully: signals.wait(0), now: signals.wait(1) };
        let ready = |address| ui.say(&format!("listening on http://{address}"));
        serve(&loaded, &options, ready, shutdown)
            .await
            .map_err(|e| anyhow::Error::from(guest::failed(&e, ui)))
    });
    runtime.shutdown_background();
    served.map(|()| 0)
}

/// SIGINT and SIGTERM, counted.
struct Signals(Arc<[Notify; 2]>);

impl Signals {
    fn listen() -> Result<Signals> {
        let seen = Arc::new([Notify::new(), Notify::new()]);
        let tell = seen.clone();
        let mut next = signals()?;
        tokio::spawn(async move {
            for count in tell.iter() {
                if next.recv().await.is_none() {
                    pending::<()>().await;
                }
                count.notify_one();
            }
        });
        Ok(Signals(seen))
    }

    /// Until there were more than `before` signals.
    fn wait(&self, before: usize) -> impl Future<Output = ()> + use<> {
        let seen = self.0.clone();
        async move { seen[before].notified().await }
    }
}

/// A message for each signal that means "stop".
fn signals() -> Result<tokio::sync::mpsc::Receiver<()>> {
    let (tell, told) = tokio::sync::mpsc::channel(2);
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut stream = signal(kind).context("cannot listen for signals")?;
            let tell = tell.clone();
            tokio::spawn(async move {
                while stream.recv().await.is_some() {
                    // The receiver goes after the second signal, when there is nothing left to do.
                    let _ = tell.send(()).await;
                }
            });
        }
    }
    #[cfg(not(unix))]
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            // As above.
            let _ = tell.send(()).await;
        }
    });
    Ok(told)
}

fn eprint_event(event: &Event, log: AccessLog) {
    let line = match (event, log) {
        (Event::Access(_), AccessLog::None) => return,
        (Event::Access(access), AccessLog::Text) => format!("{} {access}", now()),
        (Event::Access(access), AccessLog::Json) => access_json(access),
        (Event::Failed { failure, in_flight }, AccessLog::Json) => {
            json!({"time": now(), "error": failure.to_string(), "in_flight": in_flight}).to_string()
        }
        (Event::Failed { failure, in_flight }, _) => {
            format!("{} error: {failure} ({in_flight} in flight)", now())
        }
        (Event::NotAccepted(message), AccessLog::Json) => {
            json!({"time": now(), "error": format!("a connection was not accepted: {message}")}).to_string()
        }
        (Event::NotAccepted(message), _) => {
            format!("{} error: a connection was not accepted: {message}", now())
        }
        _ => return,
    };
    use std::io::Write as _;
    // One write for the whole line, so that lines do not mix; when stderr is gone there is nobody left to tell.
    let _ = std::io::stderr().lock().write_all(format!("{line}\n").as_bytes());
}

fn access_json(access: &Access) -> String {
    json!({
        "time": now(),
        "remote": access.remote.to_string(),
        "method": access.method,
        "path": access.path,
        "version": access.version,
        "status": access.status,
        "bytes": access.bytes,
        "duration_ms": (access.duration.as_secs_f64() * 1e6).round() / 1e3,
        "complete": access.complete,
    })
    .to_string()
}

fn now() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    rfc3339(since.as_secs())
}

/// Seconds since 1970 as `2026-11-21T05:16:29Z`.
fn rfc3339(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Years begin in March here, so that the day that comes and goes is the last; an era is 400 of them.
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(951_827_696), "2000-02-29T12:34:56Z");
        assert_eq!(rfc3339(1_795_237_199), "2026-11-21T04:59:59Z");
        assert_eq!(rfc3339(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
