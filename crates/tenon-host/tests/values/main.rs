//! Random values through Go programs and back: for random types, every function of a guest is called with random values, and
//! what it makes of them is compared.
//!
//! The guest is generated, compiled by the stock Go compiler and made a component by the crates that the `tenon` command is
//! made of; the host is wasmtime's own view of values, which knows nothing of Tenon. Then the same guest is a JavaScript package,
//! called with the same values under Node. A few seeds run with the other tests; `cargo xtask fuzz-wit` runs hundreds.

#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod engine;
mod guest;
mod host;
mod javascript;
mod program;
mod random;
mod value;
mod world;

use std::path::{Path, PathBuf};
use std::time::Instant;

use wasmtime::Engine;
use wasmtime::Result;

/// How many seeds, when `FUZZ_SEEDS` does not say, and how many values for each function, when `FUZZ_VALUES` does not.
const SEEDS: u64 = 12;
const VALUES: u64 = 20;
/// How many seeds share a guest: most of the time goes into building guests.
const BATCH: u64 = 12;
/// Settings of Go's collector, and for how many of the values: a collection at every turn is slow.
const COLLECTORS: [(&str, u64); 2] = [("100", 1), ("1", 2)];

/// Counts.
#[derive(Default)]
struct Tally {
    worlds: u64,
    functions: u64,
    calls: u64,
    failures: Vec<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn values() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let first = number("FUZZ_START").unwrap_or(0);
    let end = first + number("FUZZ_SEEDS").unwrap_or(SEEDS);
    let count = number("FUZZ_VALUES").unwrap_or(VALUES);
    let started = Instant::now();
    let engine = host::engine().unwrap();
    let mut tally = Tally::default();
    for start in (first..end).step_by(BATCH as usize) {
        let seeds: Vec<u64> = (start..end.min(start + BATCH)).collect();
        try_seeds(&engine, &seeds, count, &mut tally).await;
        println!(
            "{} worlds, {} functions, {} calls, {} failures",
            tally.worlds,
            tally.functions,
            tally.calls,
            tally.failures.len()
        );
    }
    println!("in {} s", started.elapsed().as_secs());
    assert!(tally.calls > 0, "nothing was called");
    assert!(tally.failures.is_empty(), "{} failures:\n{}", tally.failures.len(), tally.failures.join("\n"));
}

async fn try_seeds(engine: &Engine, seeds: &[u64], count: u64, tally: &mut Tally) {
    let folder = tempfile::Builder::new().prefix("tenon-values-").tempdir().unwrap();
    let built = program::build(seeds, folder.path());
    if built.is_err() && seeds.len() > 1 {
        // One of them is to blame, and the others are still to be tried.
        for seed in seeds {
            Box::pin(try_seeds(engine, &[*seed], count, tally)).await;
        }
        return;
    }
    let before = tally.failures.len();
    tally.worlds += seeds.len() as u64;
    let tried = match built {
        Ok(bytes) => try_guest(engine, &bytes, folder.path(), count, tally).await,
        Err(error) => Err(error),
    };
    if let Err(error) = tried {
        tally.failures.push(format!("seeds {seeds:?}: {error:#}"));
    }
    if tally.failures.len() > before {
        let kept = keep(seeds, folder);
        for failure in &tally.failures[before..] {
            println!("FAILED {failure}\n  kept in {}", kept.display());
        }
    }
}

async fn try_guest(
    engine: &Engine,
    bytes: &[u8],
    folder: &Path,
    count: u64,
    tally: &mut Tally,
) -> Result<()> {
    let guest = host::Guest::new(engine, bytes)?;
    let exports = guest.exports_to_call();
    tally.functions += exports.len() as u64;
    for (gogc, share) in COLLECTORS {
        let mut running = guest.start(gogc).await?;
        for export in &exports {
            let outcome = running.check(export, count.div_ceil(share)).await?;
            tally.calls += outcome.calls;
            if let Some(failure) = outcome.failure {
                tally.failures.push(format!("{}: {failure}", export.full_name()));
                running = guest.start(gogc).await?;
            }
        }
    }
    let outcome = javascript::check(bytes, &exports, count.div_ceil(2), folder)?;
    tally.calls += outcome.calls;
    tally.failures.extend(outcome.failures);
    Ok(())
}

/// Moves the folder of a guest that failed to where it stays.
fn keep(seeds: &[u64], folder: tempfile::TempDir) -> PathBuf {
    let all = match std::env::var_os("FUZZ_KEEP") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("values"),
    };
    let kept = all.join(format!("seeds{}-{}", seeds[0], seeds[seeds.len() - 1]));
    let _ = std::fs::remove_dir_all(&kept);
    let _ = std::fs::create_dir_all(&all);
    let from = folder.keep();
    // A folder cannot be moved to another disk: then it stays where it is.
    match std::fs::rename(&from, &kept) {
        Ok(()) => kept,
        Err(_) => from,
    }
}
