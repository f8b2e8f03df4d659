//! Much of everything: bytes, requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use http::Method;
use http_body_util::BodyExt;
use libtest_mimic::Trial;
use tenon_tests::client::{block_on, full};

use crate::serving::{long_body, start};
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("load::an_echo_of_1_gib_needs_little_memory", echo),
        trial("load::ten_thousand_requests_at_concurrency_64", many_requests),
    ]
}

/// How many bytes are echoed.
const ECHOED: u64 = 1 << 30;

/// How much more memory than at rest the server may use while it echoes: far less than passes through.
const ALLOWANCE: u64 = 96 << 20;

fn echo() -> Result<()> {
    block_on(async {
        let (server, client) = start()?;
        client.ask(Method::POST, "/echo", &[], full("warm up")).await?;
        let rest = server.memory()?;
        let guest_rest: u64 = client.get("/memory").await?.body.parse()?;
        let bytes = ECHOED;
        let started = Instant::now();
        let mut answer = client.send(Method::POST, "/echo", &[], long_body(bytes)).await?.into_body();
        let (mut received, mut peak) = (0, rest);
        let mut next_look = 0;
        while let Some(frame) = answer.frame().await {
            let frame = frame.context("the echo broke off")?;
            let data = frame.data_ref().context("no data")?;
            for (offset, byte) in data.iter().enumerate().step_by(4099) {
                ensure!(
                    *byte == (received + offset as u64) as u8,
                    "byte {} is wrong",
                    received + offset as u64
                );
            }
            received += data.len() as u64;
            if received >= next_look {
                peak = peak.max(server.memory()?);
                next_look += 4 << 20;
            }
        }
        ensure!(received == bytes, "{received} bytes came back of {bytes}");
        let guest: u64 = client.get("/memory").await?.body.parse()?;
        let rate = bytes as f64 / started.elapsed().as_secs_f64() / 1e6;
        eprintln!(
            "echo of {} MiB: {rate:.0} MB/s, server {} -> {} MiB, Go {} -> {} MiB",
            bytes >> 20,
            rest >> 20,
            peak >> 20,
            guest_rest >> 20,
            guest >> 20
        );
        ensure!(peak < rest + ALLOWANCE, "the server's memory grew from {rest} to {peak} bytes");
        ensure!(guest < guest_rest + ALLOWANCE / 2, "Go's memory grew from {guest_rest} to {guest} bytes");
        Ok(())
    })
}

fn many_requests() -> Result<()> {
    const REQUESTS: usize = 10_000;
    const AT_ONCE: usize = 64;
    block_on(async {
        let (server, client) = start()?;
        let instance = client.get("/instance").await?.body;
        let next = Arc::new(AtomicUsize::new(0));
        let started = Instant::now();
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let (client, next) = (client.clone(), next.clone());
                tokio::spawn(async move {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= REQUESTS {
                            return anyhow::Ok(());
                        }
                        let body = format!("request {number} ").repeat(number % 50);
                        let answer = client.ask(Method::POST, "/echo", &[], full(body.clone())).await;
                        let answer = answer.with_context(|| format!("request {number}"))?;
                        ensure!(answer.status == 200 && answer.body == body, "request {number}: {answer:?}");
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.await??;
        }
        let rate = REQUESTS as f64 / started.elapsed().as_secs_f64();
        eprintln!("{REQUESTS} requests at concurrency {AT_ONCE}: {rate:.0}/s");
        ensure!(client.get("/instance").await?.body == instance, "one instance was to serve all of them");
        // What the requests needed is given back, or used again by as many more.
        std::thread::sleep(Duration::from_millis(200));
        let memory = server.memory()?;
        ensure!(memory < 512 << 20, "the server uses {memory} bytes");
        Ok(())
    })
}
