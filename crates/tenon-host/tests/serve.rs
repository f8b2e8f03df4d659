//! `serve`: what clients see.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/http.rs"]
mod http_support;
mod support;

use http_support::{Served, get, options, raw, send};
use std::time::{Duration, Instant};
use support::{calc, command2, handler2, handler3};
use tenon_host::serve::Shutdown;
use tenon_host::{Error, Limits, Options, ServeOptions, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn one_instance_answers_everything_of_0_3() {
    let server = Served::start(handler3(), options()).await;
    let hello = server.get("/hello?x=1").await;
    assert_eq!((hello.status, hello.text().as_str(), hello.complete), (200, "hello", true));
    assert_eq!(server.get("/boot").await.text(), "2");
    assert_eq!(server.get("/boot").await.text(), "3");
    assert_eq!(server.accesses()[0], "GET /hello?x=1 200 5");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_of_0_2_gets_a_fresh_instance() {
    let server = Served::start(handler2(), options()).await;
    for _ in 0..3 {
        let answer = server.get("/").await;
        assert_eq!((answer.status, answer.text().as_str(), answer.complete), (200, "1", true));
    }
    assert_eq!(server.get("/trap").await.status, 500);
    let cut = server.get("/cut").await;
    assert_eq!((cut.status, cut.text().as_str(), cut.complete), (200, "1", false));
    assert_eq!(server.get("/").await.text(), "1");
    assert_eq!(server.failures().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_overlap_in_one_instance() {
    let server = Served::start(handler3(), options()).await;
    let started = Instant::now();
    let waits: Vec<_> = (0..20).map(|_| tokio::spawn(get(server.addr, "/wait"))).collect();
    for wait in waits {
        assert_eq!(wait.await.unwrap().text(), "hello");
    }
    assert!(started.elapsed() < Duration::from_millis(1500), "{:?}", started.elapsed());
    assert_eq!(server.get("/boot").await.text(), "E", "21 requests, as the digit after 20");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trap_costs_its_instance_only() {
    let server = Served::start(handler3(), options()).await;
    let waiting = tokio::spawn(get(server.addr, "/wait"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let trap = server.get("/trap").await;
    assert_eq!((trap.status, trap.text().as_str()), (500, "500 Internal Server Error\n"));
    assert_eq!(waiting.await.unwrap().status, 500);
    assert_eq!(server.get("/boot").await.text(), "1");
    let failures = server.failures();
    assert_eq!(failures.len(), 1);
    assert!(failures[0].contains("unreachable") && failures[0].ends_with("[2]"), "{failures:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_cut_off_by_a_trap_does_not_look_complete() {
    let server = Served::start(handler3(), options()).await;
    let cut = server.get("/cut").await;
    assert_eq!((cut.status, cut.complete), (200, false));
    assert_eq!(server.accesses(), ["GET /cut 200 5 incomplete"]);
    assert_eq!(server.get("/boot").await.text(), "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_code_is_a_500() {
    let server = Served::start(handler3(), options()).await;
    assert_eq!(server.get("/error").await.status, 500);
    assert_eq!(server.failures().len(), 1);
    assert_eq!(server.get("/boot").await.text(), "2", "the instance is not to blame");
}

#[tokio::test(flavor = "multi_thread")]
async fn time_limits_hold_before_and_within_an_answer() {
    let limited = ServeOptions { timeout: Duration::from_millis(300), ..options() };
    let server = Served::start(handler3(), limited).await;
    let stall = server.get("/stall").await;
    assert_eq!((stall.status, stall.complete), (200, false));
    assert_eq!(server.get("/never").await.status, 504);
    assert_eq!(server.get("/boot").await.text(), "3", "a request that is late does not cost the instance");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_only_computes_is_replaced() {
    let limited = ServeOptions { timeout: Duration::from_millis(300), ..options() };
    let server = Served::start(handler3(), limited).await;
    assert_eq!(server.get("/spin").await.status, 504);
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(server.get("/boot").await.text(), "1");
    assert_eq!(server.failures(), ["the component took too long [1]"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_is_stuck_with_a_request_is_replaced() {
    let limited = ServeOptions { timeout: Duration::from_millis(200), ..options() };
    let server = Served::start(handler3(), limited).await;
    assert_eq!(server.get("/never").await.status, 504);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(server.get("/boot").await.text(), "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_wait_and_then_are_turned_away() {
    let narrow = ServeOptions { max_concurrent: 2, max_queued: 2, ..options() };
    let server = Served::start(handler3(), narrow).await;
    let started = Instant::now();
    let waits: Vec<_> = (0..10).map(|_| tokio::spawn(get(server.addr, "/wait"))).collect();
    let mut statuses = Vec::new();
    for wait in waits {
        statuses.push(wait.await.unwrap().status);
    }
    statuses.sort();
    assert_eq!(statuses, [200, 200, 200, 200, 503, 503, 503, 503, 503, 503]);
    assert!(started.elapsed() >= Duration::from_millis(600));
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_is_limited() {
    let grow = |memory| async move {
        let guest = Options { limits: Limits { memory, time: None }, ..options().guest };
        let server = Served::start(handler3(), ServeOptions { guest, ..options() }).await;
        server.get("/grow").await.text()
    };
    assert_eq!(grow(Some(16 << 20)).await, "no");
    assert_eq!(grow(Some(128 << 20)).await, "yes");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guest_learns_that_its_client_left() {
    let server = Served::start(handler3(), options()).await;
    let mut client = TcpStream::connect(server.addr).await.unwrap();
    client.write_all(b"GET /left HTTP/1.1\r\nHost: test\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(server.get("/gone").await.text(), "0");
    drop(client);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(server.get("/gone").await.text(), "1");
    assert!(server.accesses().contains(&"GET /left 200 0 incomplete".to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_are_replaced_after_enough_requests() {
    let server =
        Served::start(handler3(), ServeOptions { max_requests_per_instance: Some(2), ..options() }).await;
    let mut seen = String::new();
    for _ in 0..5 {
        seen += &server.get("/boot").await.text();
    }
    assert_eq!(seen, "12121");
    assert!(server.failures().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn head_and_keep_alive_are_as_in_http() {
    let server = Served::start(handler3(), options()).await;
    let head = send(server.addr, "HEAD", "/hello").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(server.accesses(), ["HEAD /hello 200 0"]);
    let two = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\nGET /boot HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    let answers = String::from_utf8(raw(server.addr, two).await).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2, "{answers}");
    assert!(answers.contains("hello") && answers.contains("\r\n3\r\n"), "{answers}");
    let old = "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    let old = String::from_utf8(raw(server.addr, old).await).unwrap();
    assert!(old.contains("connection: close"), "a body without a length cannot be kept apart: {old}");
    assert!(old.starts_with("HTTP/1.0 200 OK") && old.ends_with("\r\n\r\nhello"), "{old}");
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_by_prior_knowledge() {
    use http_body_util::{BodyExt as _, Empty};
    use hyper_util::rt::{TokioExecutor, TokioIo};
    let server = Served::start(handler3(), options()).await;
    let stream = TcpStream::connect(server.addr).await.unwrap();
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = |path: &str| {
        let uri = format!("http://test{path}");
        http::Request::get(uri).body(Empty::<bytes::Bytes>::new()).unwrap()
    };
    let (one, two) = (client.send_request(request("/wait")), client.clone().send_request(request("/hello")));
    for answer in [one.await, two.await] {
        let body = answer.unwrap().into_body().collect().await.unwrap();
        assert_eq!(body.to_bytes(), "hello");
    }
    let cut = match client.send_request(request("/cut")).await {
        Ok(head) => head.into_body().collect().await,
        Err(error) => Err(error),
    };
    assert!(cut.is_err(), "a trap resets the stream");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_lets_requests_finish_and_lets_no_more_in() {
    let mut server = Served::start(handler3(), options()).await;
    let addr = server.addr;
    let waiting = tokio::spawn(get(addr, "/wait"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.signal();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(addr).await.is_err());
    server.ended().await.unwrap();
    assert_eq!(waiting.await.unwrap().text(), "hello");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_grace_ends_by_itself_or_with_a_second_signal() {
    for again in [false, true] {
        let grace = if again { Duration::from_secs(60) } else { Duration::from_millis(200) };
        let timeout = Duration::from_secs(60);
        let mut server = Served::start(handler3(), ServeOptions { grace, timeout, ..options() }).await;
        let addr = server.addr;
        let waiting = tokio::spawn(raw(addr, "GET /never HTTP/1.1\r\nHost: test\r\n\r\n"));
        tokio::time::sleep(Duration::from_millis(100)).await;
        server.signal();
        tokio::time::sleep(Duration::from_millis(50)).await;
        if again {
            server.signal_again();
        }
        server.ended().await.unwrap();
        assert!(waiting.await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_flows_as_fast_as_it_is_read_and_does_not_pile_up() {
    let server = Served::start(handler3(), options()).await;
    let mut client = TcpStream::connect(server.addr).await.unwrap();
    client.write_all(b"GET /flood HTTP/1.1\r\nHost: test\r\n\r\n").await.unwrap();
    let before = resident();
    let mut piece = vec![0; 1 << 16];
    let mut total = 0;
    while total < 256 << 20 {
        total += client.read(&mut piece).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let grown = resident().saturating_sub(before);
    assert!(grown < 32 << 20, "{grown} more bytes after {total}");
    drop(client);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(server.get("/boot").await.text(), "2");
    assert!(server.accesses()[0].ends_with(" incomplete"), "{:?}", server.accesses());
}

/// The memory of this process, where that is easily known.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_body_that_nobody_reads_holds_nothing_up() {
    let server = Served::start(handler3(), options()).await;
    let mut client = TcpStream::connect(server.addr).await.unwrap();
    let head = "POST /hello HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000000\r\n\r\nbegun";
    client.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let read = tokio::time::timeout(Duration::from_secs(3), client.read(&mut answer)).await;
    let text = String::from_utf8_lossy(&answer[..read.unwrap().unwrap()]).into_owned();
    assert!(text.starts_with("HTTP/1.1 200 OK"), "{text}");
}

async fn refused(component: tenon_host::Loaded, address: &str) -> Error {
    let options = ServeOptions { address: address.into(), ..ServeOptions::default() };
    let shutdown = Shutdown { gracefully: std::future::pending(), now: std::future::pending() };
    serve(&component, &options, |_| panic!("it is not ready"), shutdown).await.unwrap_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_do_not_work_are_refused_with_advice() {
    let server = Served::start(handler3(), options()).await;
    let taken = refused(handler3(), &server.addr.to_string()).await;
    assert!(matches!(taken, Error::AddressInUse { .. }), "{taken:?}");
    assert!(taken.help().unwrap().contains("port 0"));
    for address in ["nonsense", "127.0.0.1", "127.0.0.1:99999", "no.such.host.invalid:80"] {
        let error = refused(handler3(), address).await;
        assert!(matches!(error, Error::Address { .. }), "{address}: {error:?}");
    }
    assert!(matches!(refused(handler3(), "192.0.2.1:0").await, Error::Listen { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_served_is_refused_with_advice() {
    let error = refused(command2(), "127.0.0.1:0").await;
    assert!(error.help().unwrap().contains("tenon run"), "{error}");
    assert!(matches!(refused(calc(), "127.0.0.1:0").await, Error::NotAService { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_cannot_start_is_found_out_at_once() {
    let wit = "package test:broken; world broken { export wasi:http/incoming-handler@0.2.12; }";
    let broken = support::loaded(
        r#"(module (memory (export "memory") 1) (func $start unreachable) (start $start)
             (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
             (func (export "wasi:http/incoming-handler@0.2.12#handle") (param i32 i32)))"#,
        wit,
    );
    assert!(matches!(refused(broken, "127.0.0.1:0").await, Error::Start(_)));
}
