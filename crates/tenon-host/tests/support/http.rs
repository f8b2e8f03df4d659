//! A server to test, and a client so simple that nothing is hidden.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tenon_host::serve::{Event, Observer, Shutdown};
use tenon_host::{Error, Loaded, ServeOptions, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) struct Served {
    pub(crate) addr: SocketAddr,
    events: Arc<Mutex<Vec<Event>>>,
    gracefully: Option<oneshot::Sender<()>>,
    now: Option<oneshot::Sender<()>>,
    ended: JoinHandle<Result<(), Error>>,
}

pub(crate) fn options() -> ServeOptions {
    ServeOptions { address: "127.0.0.1:0".into(), timeout: Duration::from_secs(5), ..ServeOptions::default() }
}

impl Served {
    pub(crate) async fn start(component: Loaded, mut options: ServeOptions) -> Served {
        let events = Arc::new(Mutex::new(Vec::new()));
        let seen = events.clone();
        options.observer = Observer::new(move |event| seen.lock().unwrap().push(event.clone()));
        let (ready, addr) = oneshot::channel();
        let (gracefully, graceful_signal) = oneshot::channel::<()>();
        let (now, now_signal) = oneshot::channel::<()>();
        let ended = tokio::spawn(async move {
            let shutdown = Shutdown {
                gracefully: async { drop(graceful_signal.await) },
                now: async { drop(now_signal.await) },
            };
            serve(&component, &options, |addr| ready.send(addr).unwrap(), shutdown).await
        });
        let addr = addr.await.expect("the server starts");
        Served { addr, events, gracefully: Some(gracefully), now: Some(now), ended }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        get(self.addr, path).await
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }

    /// What the access log has, as `METHOD path status bytes`.
    pub(crate) fn accesses(&self) -> Vec<String> {
        let line = |event: &Event| match event {
            Event::Access(a) => {
                let end = if a.complete { "" } else { " incomplete" };
                Some(format!("{} {} {} {}{end}", a.method, a.path, a.status, a.bytes))
            }
            _ => None,
        };
        self.events().iter().filter_map(line).collect()
    }

    pub(crate) fn failures(&self) -> Vec<String> {
        let line = |event: &Event| match event {
            Event::Failed { failure, in_flight } => Some(format!("{failure} [{in_flight}]")),
            _ => None,
        };
        self.events().iter().filter_map(line).collect()
    }

    /// Signals the server to stop, without waiting for it.
    pub(crate) fn signal(&mut self) {
        drop(self.gracefully.take());
    }

    pub(crate) fn signal_again(&mut self) {
        drop(self.now.take());
    }

    pub(crate) async fn ended(self) -> Result<(), Error> {
        let _keep = (self.gracefully, self.now);
        tokio::time::timeout(Duration::from_secs(20), self.ended).await.expect("the server ends").unwrap()
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// Whether the body came to its end.
    pub(crate) complete: bool,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn parse(bytes: &[u8], head_only: bool) -> Answer {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head") + 4;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let lower = head.to_ascii_lowercase();
        let rest = &bytes[end..];
        let length = lower.lines().find_map(|line| line.strip_prefix("content-length: "));
        let (body, complete) = if head_only {
            (rest.to_vec(), true)
        } else if lower.contains("transfer-encoding: chunked") {
            dechunk(rest)
        } else {
            let length = length.and_then(|length| length.trim().parse().ok()).unwrap_or(rest.len());
            (rest.to_vec(), rest.len() == length)
        };
        Answer { status, body, complete }
    }
}

fn dechunk(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap(), 16).unwrap();
        rest = &rest[line + 2..];
        if size == 0 {
            return (body, true);
        }
        body.extend_from_slice(&rest[..size]);
        rest = &rest[size + 2..];
    }
    (body, false)
}

pub(crate) async fn get(addr: SocketAddr, path: &str) -> Answer {
    send(addr, "GET", path).await
}

pub(crate) async fn send(addr: SocketAddr, method: &str, path: &str) -> Answer {
    let bytes =
        raw(addr, &format!("{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")).await;
    Answer::parse(&bytes, method == "HEAD")
}

/// Sends the text and gives all that comes back until the connection ends.
pub(crate) async fn raw(addr: SocketAddr, text: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    // A connection that is cut off may end in an error; what came before counts.
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await;
    let _ = read.expect("an answer in time");
    bytes
}
