//! What the output says of its making.

use crate::Error;
use tenon_wit::{ORIGIN, World, origin_section};
use wasm_encoder::{ComponentSection, CustomSection};
use wasm_metadata::Producers;

/// Adds the language and Tenon's version.
pub(crate) fn describe(wasm: &[u8], go_version: Option<&str>, version: &str) -> Result<Vec<u8>, Error> {
    let mut producers = Producers::empty();
    if let Some(go_version) = go_version {
        producers.add("language", "Go", go_version);
    }
    producers.add("processed-by", "tenon", version);
    producers.add_to_wasm(wasm).map_err(|error| Error::Internal { message: format!("{error:#}") })
}

/// Keeps the WIT that the component is built for, with its docs, so that packages made of the component can have them.
pub(crate) fn keep_origin(component: &mut Vec<u8>, world: &World) {
    if let Some(data) = origin_section(world) {
        CustomSection { name: ORIGIN.into(), data: data.into() }.append_to_component(component);
    }
}
