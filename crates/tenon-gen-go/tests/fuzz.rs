//! Random worlds: nothing panics, what is refused is refused with a place in the text, the rest is the same every time,
//! formatted, and compiles.
//!
//! A few seeds run with the other tests; `cargo xtask fuzz-wit` runs thousands. What fails is kept with its WIT.

#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[path = "fuzz/batch.rs"]
mod batch;
#[path = "fuzz/smith.rs"]
mod smith;
#[allow(dead_code)]
mod support;
#[path = "fuzz/tally.rs"]
mod tally;

use std::panic::{AssertUnwindSafe, catch_unwind};

use batch::Batch;
use smith::{Candidate, candidates};
use tally::Tally;
use tenon_gen_go::{Config, Files, generate, stubs};
use tenon_wit::{Diagnostics, LoadConfig, Sources, World, load};

/// How many seeds, when `FUZZ_SEEDS` does not say.
const SEEDS: u64 = 40;
/// How many seeds go into one Go module.
const BATCH: u64 = 50;

/// The codes of what Go bindings refuse.
const REFUSALS: [&str; 4] = ["T0301", "T0302", "T0304", "T0305"];

/// What became of one world.
enum Outcome {
    Generated(Files),
    Refused(Vec<&'static str>),
    Failed(String),
}

#[test]
fn worlds() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let first = number("FUZZ_START").unwrap_or(0);
    let end = first + number("FUZZ_SEEDS").unwrap_or(SEEDS);
    let mut tally = Tally::new();
    for start in (first..end).step_by(BATCH as usize) {
        let mut batch = Batch::new();
        for seed in start..end.min(start + BATCH) {
            try_seed(seed, &mut batch, &mut tally);
        }
        batch.check(&mut tally);
        if end - first > BATCH {
            println!("{}", tally.line());
        }
    }
    println!("{tally}");
    assert!(tally.generated > 0, "no world was generated");
    assert!(tally.failures.is_empty(), "{} of the worlds failed", tally.failures.len());
}

fn try_seed(seed: u64, batch: &mut Batch, tally: &mut Tally) {
    let Some(candidates) = candidates(seed) else {
        tally.barren += 1;
        return;
    };
    for candidate in candidates {
        tally.worlds += 1;
        let root = candidate.root.clone();
        match outcome(&candidate) {
            Outcome::Generated(files) => {
                tally.generated += 1;
                batch.add(candidate, files);
            }
            Outcome::Refused(codes) => tally.refuse(&codes),
            Outcome::Failed(why) => {
                let kept = tally::keep(&candidate, None, &why);
                tally.fail(&root, &why, kept);
            }
        }
    }
}

/// Panics are caught, so that one bad world does not hide the others.
fn outcome(candidate: &Candidate) -> Outcome {
    match catch_unwind(AssertUnwindSafe(|| attempt(candidate))) {
        Ok(outcome) => outcome,
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("something");
            Outcome::Failed(format!("panic: {said}"))
        }
    }
}

fn attempt(candidate: &Candidate) -> Outcome {
    let sources = Sources::from_text("in.wit", candidate.wit.as_str());
    let wanted = LoadConfig { world: Some(&candidate.world), all_features: true, ..LoadConfig::default() };
    let world = match load(&sources, &wanted) {
        Ok(world) => world,
        Err(errors) => return Outcome::Failed(format!("valid WIT was not read: {errors}")),
    };
    match everything(&world, &candidate.root) {
        Ok(files) => match everything(&world, &candidate.root) {
            Ok(again) if again == files => Outcome::Generated(files),
            _ => Outcome::Failed("the second run made something else".to_string()),
        },
        Err(errors) => refusal(&errors),
    }
}

/// The bindings and an implementation.
fn everything(world: &World, root: &str) -> Result<Files, Diagnostics> {
    let config = Config::new(format!("{}/{root}", support::ROOT));
    let mut files = generate(world, &config)?;
    // In a folder that no WIT identifier can name.
    let stubs = stubs(world, &config, "stubs")?;
    files.extend(stubs.into_iter().map(|(name, text)| (format!("x_stubs/{name}"), text)));
    Ok(files)
}

/// A refusal says why by a known code, and where.
fn refusal(errors: &Diagnostics) -> Outcome {
    match errors.list.iter().find(|e| !REFUSALS.contains(&e.code) || e.labels.is_empty()) {
        Some(error) => Outcome::Failed(format!("refused without a known code or a place: {error:?}")),
        None => Outcome::Refused(errors.list.iter().map(|e| e.code).collect()),
    }
}
