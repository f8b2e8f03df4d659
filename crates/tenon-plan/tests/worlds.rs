//! Components of random worlds can be planned.

mod support;

use arbitrary::Unstructured;
use support::{check, dummy};
use tenon_plan::{Config, plan};
use tenon_wit::World;
use wit_parser::decoding::{DecodedWasm, decode};
use wit_parser::{LiftLowerAbi, Resolve};

/// How many packages, when `FUZZ_SEEDS` does not say.
const SEEDS: u64 = 60;

/// A random package.
fn resolve(seed: u64) -> Option<Resolve> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let bytes: Vec<u8> = (0..4096)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u8
        })
        .collect();
    let mut config = wit_smith::Config::default();
    config.async_ = seed % 2 == 1;
    config.futures = config.async_;
    config.streams = config.async_;
    let package = wit_smith::smith(&config, &mut Unstructured::new(&bytes)).ok()?;
    match decode(&package).ok()? {
        DecodedWasm::WitPackage(resolve, _) => Some(resolve),
        DecodedWasm::Component(..) => None,
    }
}

#[test]
fn random_worlds_can_be_planned() {
    let seeds = std::env::var("FUZZ_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS);
    let mut planned = 0;
    for seed in 0..seeds {
        let Some(resolve) = resolve(seed) else { continue };
        let worlds: Vec<_> = resolve.worlds.iter().map(|(id, _)| id).collect();
        for id in worlds {
            let world = World::new(resolve.clone(), id);
            let abi = if seed % 2 == 1 { LiftLowerAbi::AsyncCallback } else { LiftLowerAbi::Sync };
            // What cannot be encoded is wit-component's to refuse.
            let Ok(bytes) = dummy(&world, abi) else { continue };
            // So is what validators refuse: some of wit-smith's names clash in a component.
            if wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all())
                .validate_all(&bytes)
                .is_err()
            {
                continue;
            }
            let config = Config { docs: Some(world.clone()), ..Config::default() };
            match plan(&bytes, &config) {
                Ok(plan) => {
                    check(&plan).unwrap_or_else(|wrong| panic!("seed {seed}, {}: {wrong}", world.name()));
                    planned += 1;
                }
                Err(errors) => panic!("seed {seed}, {}: {errors}", world.name()),
            }
        }
    }
    assert!(planned > seeds, "only {planned} worlds could be planned");
}
