//! Components that do nothing.

use tenon_wit::World;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi};

/// A component for `world` that does nothing.
pub(crate) fn dummy(world: &World, abi: LiftLowerAbi) -> Result<Vec<u8>, String> {
    let mut module = dummy_module(&world.resolve, world.id, ManglingAndAbi::Legacy(abi));
    embed_component_metadata(&mut module, &world.resolve, world.id, StringEncoding::UTF8)
        .map_err(|error| format!("{error:#}"))?;
    let encoder = ComponentEncoder::default().module(&module).map_err(|error| format!("{error:#}"))?;
    encoder.validate(false).encode().map_err(|error| format!("{error:#}"))
}
