//! Random worlds: nothing panics, what is refused is refused with a message, and the rest compiles.

#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[allow(dead_code)]
mod support;

use arbitrary::Unstructured;
use support::{check_go, scratch, write_module};
use tenon_gen_go::{Config, Files, generate};
use tenon_wit::World;
use wit_parser::Resolve;
use wit_parser::decoding::{DecodedWasm, decode};

/// How many, when `FUZZ_SEEDS` does not say.
const SEEDS: u64 = 40;

/// The codes of what Go bindings refuse.
const REFUSALS: [&str; 4] = ["T0301", "T0302", "T0303", "T0304"];

fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..4096).map(|_| next()).collect()
}

/// A random package, if the seed makes one.
fn package(seed: u64) -> Option<Resolve> {
    let config = wit_smith::Config {
        max_packages: 3,
        max_interface_items: 6,
        async_: true,
        futures: true,
        streams: true,
        fixed_length_lists: true,
        error_context: seed.is_multiple_of(5),
        implements: true,
        ..wit_smith::Config::default()
    };
    let bytes = bytes(seed);
    let wasm = wit_smith::smith(&config, &mut Unstructured::new(&bytes)).ok()?;
    match decode(&wasm).ok()? {
        DecodedWasm::WitPackage(resolve, _) => Some(resolve),
        DecodedWasm::Component(..) => None,
    }
}

#[test]
fn worlds() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let (first, seeds) = (number("FUZZ_FIRST").unwrap_or(0), number("FUZZ_SEEDS").unwrap_or(SEEDS));
    let (mut all, mut refused) = (Files::new(), 0);
    for seed in first..first + seeds {
        let Some(resolve) = package(seed) else { continue };
        let worlds: Vec<_> = resolve.worlds.iter().map(|(id, _)| id).collect();
        for (index, id) in worlds.into_iter().enumerate() {
            let world = World { resolve: resolve.clone(), id };
            let root = format!("s{seed}w{index}");
            match generate(&world, &Config::new(format!("{}/{root}", support::ROOT))) {
                Ok(files) => {
                    all.extend(files.into_iter().map(|(path, text)| (format!("{root}/{path}"), text)))
                }
                Err(errors) => {
                    refused += 1;
                    assert!(errors.list.iter().all(|e| REFUSALS.contains(&e.code)), "seed {seed}: {errors}");
                }
            }
        }
    }
    println!("{} files, {refused} worlds refused", all.len());
    assert!(!all.is_empty());
    let (dir, _guard) = scratch("fuzz");
    write_module(&dir, &all);
    check_go(&dir);
}
