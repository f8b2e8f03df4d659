//! Components of random worlds, which do nothing.

use arbitrary::Unstructured;
use tenon_wit::World;
use wasmparser::{Validator, WasmFeatures};
use wit_parser::decoding::{DecodedWasm, decode};
use wit_parser::{LiftLowerAbi, Resolve};

use crate::dummy::dummy;

/// The worlds of a seed, and a component for each.
pub(crate) fn components(seed: u64) -> Vec<(World, Vec<u8>)> {
    let Some(resolve) = resolve(seed) else { return Vec::new() };
    let worlds: Vec<_> = resolve.worlds.iter().map(|(id, _)| id).collect();
    let abi = if seed % 2 == 1 { LiftLowerAbi::AsyncCallback } else { LiftLowerAbi::Sync };
    let component = |id| {
        let world = World::new(resolve.clone(), id);
        // What cannot be encoded is wit-component's to refuse.
        let bytes = dummy(&world, abi).ok()?;
        // So is what validators refuse: some of wit-smith's names clash in a component.
        Validator::new_with_features(WasmFeatures::all()).validate_all(&bytes).ok()?;
        Some((world, bytes))
    };
    worlds.into_iter().filter_map(component).collect()
}

/// A random package.
fn resolve(seed: u64) -> Option<Resolve> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let bytes: Vec<u8> = (0..4096)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u8
        })
        .collect();
    let async_ = seed % 2 == 1;
    let config = wit_smith::Config {
        async_,
        futures: async_,
        streams: async_,
        error_context: async_ && seed.is_multiple_of(5),
        fixed_length_lists: seed.is_multiple_of(3),
        implements: seed % 4 > 1,
        ..wit_smith::Config::default()
    };
    let package = wit_smith::smith(&config, &mut Unstructured::new(&bytes)).ok()?;
    match decode(&package).ok()? {
        DecodedWasm::WitPackage(resolve, _) => Some(resolve),
        DecodedWasm::Component(..) => None,
    }
}
