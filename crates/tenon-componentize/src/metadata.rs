//! What the output says of its making.

use crate::Error;
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
