//! What a served component must stand: concurrency, timers, panics, traps, clients that go away.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{fs, io::Write};

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use futures::StreamExt;
use http::Method;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use libtest_mimic::Trial;
use tenon_tests::client::{Body, Client, block_on, full};
use tenon_tests::place::{self, Go};
use tenon_tests::process;
use tenon_tests::server::Server;
use tokio::sync::mpsc;

use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("serving::a_hundred_sleepers_sleep_at_once", sleepers),
        trial("serving::timers_go_off_while_another_request_waits", timers),
        trial("serving::bodies_stream_both_ways", both_ways),
        trial("serving::answers_arrive_as_they_are_flushed", flushed),
        trial("serving::a_mutex_is_held_across_a_blocking_call", mutex),
        trial("serving::a_late_panic_breaks_its_own_answer_only", late_panic),
        trial("serving::a_header_is_cleaned_or_refused", headers),
        trial("serving::a_crash_is_followed_by_a_fresh_instance", crash),
        trial("serving::what_hangs_is_listed", hanging),
        trial("serving::a_client_that_leaves_ends_the_context::writing", || leaving("writing")),
        trial("serving::a_client_that_leaves_ends_the_context::silent", || leaving("silent")),
        trial("serving::a_client_that_leaves_before_the_head_is_not_noticed", leaving_headless),
        trial("serving::trailers_of_a_request_arrive", request_trailers),
        trial("serving::termination_lets_requests_finish", termination),
    ]
}

/// The component that all these tests serve, built once for all of them.
pub(crate) fn torture() -> Result<&'static Path> {
    static BUILT: OnceLock<std::result::Result<(tempfile::TempDir, PathBuf), String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build().map_err(|error| format!("{error:#}")));
    match built {
        Ok((_, component)) => Ok(component),
        Err(error) => bail!("{error}"),
    }
}

fn build() -> Result<(tempfile::TempDir, PathBuf)> {
    let scratch = place::scratch("torture")?;
    let project = scratch.path().join("project");
    place::copy(&place::root()?.join("tests/cases/http-torture"), &project)?;
    let component = scratch.path().join("torture.wasm");
    let mut build = process::command("tenon", &project, &Go::on_path())?;
    build.args(["build", "-o"]).arg(&component);
    process::finish(build, b"")?.ok().context("building http-torture")?;
    ensure!(fs::metadata(&component)?.len() > 0, "the component is empty");
    Ok((scratch, component))
}

/// Serves the component, with a client.
pub(crate) fn start() -> Result<(Server, Client)> {
    let server = Server::start(torture()?, &[])?;
    let client = Client::new(&server.address);
    Ok((server, client))
}

/// A request body that is sent piece by piece, until the sender is dropped.
fn piecemeal() -> (mpsc::UnboundedSender<Frame<Bytes>>, Body) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let pieces = futures::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|frame| (Ok::<_, std::io::Error>(frame), receiver))
    });
    (sender, BodyExt::boxed(StreamBody::new(pieces)))
}

/// Asks until the answer is as wanted.
async fn until(client: &Client, path: &str, wanted: &str) -> Result<()> {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let got = client.get(path).await?.body;
        if got == wanted {
            return Ok(());
        }
        ensure!(Instant::now() < end, "{path} stays at {got:?}, {wanted:?} was to come");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Each waits for all of the others to be there before it sleeps; were they served one after the other, none would come
/// back. How many are there at waking shows that they slept at the same time.
fn sleepers() -> Result<()> {
    block_on(async {
        let (_server, client) = start()?;
        for _ in 0..3 {
            let answers = futures::future::join_all((0..100).map(|_| client.get("/gate?n=100"))).await;
            let mut seen = Vec::new();
            for answer in answers {
                let answer = answer?;
                seen.push(answer.body.parse::<u32>().with_context(|| format!("{answer:?}"))?);
            }
            seen.sort_unstable();
            ensure!(seen == (1..=100).collect::<Vec<_>>(), "{seen:?}");
        }
        Ok(())
    })
}

fn timers() -> Result<()> {
    block_on(async {
        let (_server, client) = start()?;
        let (sender, body) = piecemeal();
        let other = client.clone();
        let slow = tokio::spawn(async move { other.ask(Method::POST, "/wait", &[], body).await });
        until(&client, "/waiting", "1").await?;
        let answers = futures::future::join_all((0..20).map(|_| client.get("/timers"))).await;
        for answer in answers {
            let answer = answer?;
            ensure!(answer.body == "early deadline end, ticks: true", "{answer:?}");
        }
        ensure!(!slow.is_finished(), "the other request was to wait for its body");
        sender.send(Frame::data("late".into()))?;
        drop(sender);
        let answer = slow.await??;
        ensure!(answer.body == "late <nil>", "{answer:?}");
        Ok(())
    })
}

/// Each piece comes back before the next is sent.
fn both_ways() -> Result<()> {
    block_on(async {
        let (_server, client) = start()?;
        let (sender, body) = piecemeal();
        let mut answer = client.send(Method::POST, "/echo", &[], body).await?.into_body();
        for number in 0..50 {
            let piece = format!("piece {number} ").repeat(number + 1);
            sender.send(Frame::data(piece.clone().into()))?;
            let mut back = String::new();
            while back.len() < piece.len() {
                let frame = answer.frame().await.context("the answer has ended")??;
                back.push_str(std::str::from_utf8(frame.data_ref().context("no data")?)?);
            }
            ensure!(back == piece, "{back:?} for {piece:?}");
        }
        drop(sender);
        ensure!(answer.frame().await.is_none(), "the answer was to end with the request");
        Ok(())
    })
}

/// The second half is sent only when the first has arrived.
fn flushed() -> Result<()> {
    block_on(async {
        let (_server, client) = start()?;
        let mut answer = client.send(Method::GET, "/stream", &[], full("")).await?.into_body();
        let first = answer.frame().await.context("no first line")??;
        ensure!(first.data_ref().is_some_and(|data| data == "first\n"), "{first:?}");
        client.get("/stream?go=1").await?;
        let second = answer.frame().await.context("no second line")??;
        ensure!(second.data_ref().is_some_and(|data| data == "second\n"), "{second:?}");
        Ok(())
    })
}

fn mutex() -> Result<()> {
    block_on(async {
        let (_server, client) = start()?;
        let (sender, body) = piecemeal();
        let other = client.clone();
        let holder = tokio::spawn(async move { other.ask(Method::POST, "/hold", &[], body).await });
        until(&client, "/waiting", "1").await?;
        let mut wanting: Vec<_> = (0..100)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.get("/count").await })
            })
            .collect();
        // Others are served meanwhile, and none of these.
        for _ in 0..10 {
            ensure!(client.get("/hello").await?.body == "hello", "not served");
        }
        ensure!(wanting.iter().all(|task| !task.is_finished()), "the mutex was to be held");
        drop(sender);
        ensure!(holder.await??.body == "0", "the holder was to come first");
        let mut counts = Vec::new();
        for task in wanting.drain(..) {
            counts.push(task.await??.body.parse::<u32>()?);
        }
        counts.sort_unstable();
        ensure!(counts == (1..=100).collect::<Vec<_>>(), "{counts:?}");
        Ok(())
    })
}

fn late_panic() -> Result<()> {
    block_on(async {
        let (mut server, client) = start()?;
        let instance = client.get("/instance").await?.body;
        for path in ["/panic-late", "/abort"] {
            let broken = client.get(path).await;
            ensure!(
                broken.as_ref().is_err() || broken.as_ref().is_ok_and(|answer| answer.status == 500),
                "{broken:?}"
            );
        }
        ensure!(client.get("/panic-late").await.is_err(), "half an answer was to be broken off");
        ensure!(client.get("/instance").await?.body == instance, "the instance was to survive");
        server.wait_for(Duration::from_secs(10), |line| line.contains("a late panic"))?;
        server.wait_for(Duration::from_secs(10), |line| line.contains("panicLate"))?;
        Ok(())
    })
}

fn headers() -> Result<()> {
    block_on(async {
        let (_server, client) = start()?;
        let instance = client.get("/instance").await?.body;
        let unclean = client.get("/unclean").await?;
        ensure!(unclean.status == 200 && unclean.body == "clean", "{unclean:?}");
        ensure!(unclean.headers.get("x-lines").is_some_and(|value| value == "one  two"), "{unclean:?}");
        let refused = client.get("/refused").await?;
        ensure!(refused.status == 500, "{refused:?}");
        ensure!(client.get("/refusals").await?.body == "true true true", "each write was to give the error");
        ensure!(client.get("/instance").await?.body == instance, "the instance was to survive");
        Ok(())
    })
}

fn crash() -> Result<()> {
    block_on(async {
        let (mut server, client) = start()?;
        for _ in 0..3 {
            let before = client.get("/instance").await?.body;
            let answer = client.get("/crash").await?;
            ensure!(answer.status == 500, "{answer:?}");
            ensure!(
                !answer.body.contains("goroutine"),
                "the panic is none of the client's business: {answer:?}"
            );
            let after = client.get("/instance").await?;
            ensure!(after.status == 200 && after.body != before, "a fresh instance was to answer: {after:?}");
        }
        server.wait_for(Duration::from_secs(10), |line| line.contains("panic: a goroutine's panic"))?;
        server.wait_for(Duration::from_secs(10), |line| line.contains("main.crash"))?;
        Ok(())
    })
}

/// One request waits for another, which comes when the server has said so.
fn hanging() -> Result<()> {
    block_on(async {
        let mut server = Server::start(torture()?, &["--env", "TENON_DEBUG=tasks=50ms"])?;
        let client = Client::new(&server.address);
        let waiting = {
            let client = client.clone();
            tokio::spawn(async move { client.get("/gate?n=2").await })
        };
        let wait = Duration::from_secs(30);
        server.wait_for(wait, |line| line.contains("wasi:http/handler@0.3.0#handle: at work, for "))?;
        server.wait_for(wait, |line| line.contains(" in main.gate, "))?;
        client.get("/gate?n=2").await?;
        let answer = waiting.await??;
        ensure!(answer.status == 200, "{answer:?}");
        Ok(())
    })
}

/// The context ends, even though the handler may write nothing.
fn leaving(how: &str) -> Result<()> {
    block_on(async {
        let (server, client) = start()?;
        let mut connections = Vec::new();
        for _ in 0..5 {
            let mut connection = TcpStream::connect(&server.address)?;
            write!(connection, "GET /linger?how={how} HTTP/1.1\r\nHost: test\r\n\r\n")?;
            connections.push(connection);
        }
        until(&client, "/lingering", "5").await?;
        drop(connections);
        until(&client, "/lingering", "0").await
    })
}

/// FIXME: the context should end here, too. wasmtime 48 has no way to cancel a guest's task from outside, so a handler that
/// has not begun its answer does not learn that its client is gone. It must not be in the way of others meanwhile.
fn leaving_headless() -> Result<()> {
    block_on(async {
        let (server, client) = start()?;
        let mut connection = TcpStream::connect(&server.address)?;
        write!(connection, "GET /linger?how=headless HTTP/1.1\r\nHost: test\r\n\r\n")?;
        until(&client, "/lingering", "1").await?;
        drop(connection);
        for _ in 0..20 {
            ensure!(client.get("/hello").await?.body == "hello", "not served");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        ensure!(client.get("/lingering").await?.body == "1", "it is noticed now: test it with the others");
        Ok(())
    })
}

fn request_trailers() -> Result<()> {
    block_on(async {
        let (_server, client) = start()?;
        let (sender, body) = piecemeal();
        sender.send(Frame::data("abc".into()))?;
        let trailers = http::HeaderMap::from_iter([(http::HeaderName::from_static("x-end"), "7".parse()?)]);
        sender.send(Frame::trailers(trailers))?;
        drop(sender);
        let headers = [("trailer", "x-end"), ("te", "trailers")];
        let answer = client.ask(Method::POST, "/describe", &headers, body).await?;
        ensure!(answer.body.contains(r#"trailer map["X-End":["7"]]"#), "{answer:?}");
        Ok(())
    })
}

fn termination() -> Result<()> {
    block_on(async {
        let (mut server, client) = start()?;
        let (sender, body) = piecemeal();
        let other = client.clone();
        let slow = tokio::spawn(async move { other.ask(Method::POST, "/wait", &[], body).await });
        until(&client, "/waiting", "1").await?;
        server.signal("TERM")?;
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(&server.address).is_ok() {
            ensure!(Instant::now() < end, "connections were to be refused");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        sender.send(Frame::data("in time".into()))?;
        drop(sender);
        let answer = slow.await??;
        ensure!(answer.body == "in time <nil>", "{answer:?}");
        let code = tokio::task::spawn_blocking(move || server.wait()).await??;
        ensure!(code == 0, "exit code {code}");
        Ok(())
    })
}

/// A body of so many bytes, made while it is sent.
pub(crate) fn long_body(bytes: u64) -> Body {
    const PIECE: usize = 256 << 10;
    let pieces = bytes.div_ceil(PIECE as u64);
    let piece: Bytes = (0..PIECE).map(|n| n as u8).collect::<Vec<_>>().into();
    let stream = futures::stream::iter(0..pieces).map(move |number| {
        let left = bytes - number * PIECE as u64;
        Ok::<_, std::io::Error>(Frame::data(piece.slice(0..left.min(PIECE as u64) as usize)))
    });
    BodyExt::boxed(StreamBody::new(stream))
}
