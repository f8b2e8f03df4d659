//! Components of random worlds can be planned.

#[path = "support/dummy.rs"]
mod dummy;
#[path = "support/smith.rs"]
mod smith;
mod support;

use support::check;
use tenon_plan::{Config, plan};

/// How many packages, when `FUZZ_SEEDS` does not say; the first is `FUZZ_START`.
const SEEDS: u64 = 60;

#[test]
fn random_worlds_can_be_planned() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (first, seeds) = (number("FUZZ_START").unwrap_or(0), number("FUZZ_SEEDS").unwrap_or(SEEDS));
    let mut planned = 0;
    for seed in first..first + seeds {
        for (world, bytes) in smith::components(seed) {
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
    assert!(planned > seeds || seeds < SEEDS, "only {planned} worlds could be planned");
}
