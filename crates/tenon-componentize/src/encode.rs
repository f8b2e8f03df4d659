//! wit-component, and the check of what it gives.

use crate::Error;
use crate::shim::PREVIEW1;
use crate::world::Target;
use wasmparser::{Validator, WasmFeatures};
use wit_component::ComponentEncoder;

/// Wraps the core module.
pub(crate) fn encode(
    core: &[u8],
    target: &Target,
    adapter: Option<&'static [u8]>,
    debug: bool,
) -> Result<Vec<u8>, Error> {
    let core = [core, target.sections()].concat();
    let merge = |message: String| Error::Merge { message };
    let mut encoder =
        ComponentEncoder::default().module(&core).map_err(|e| merge(format!("{e:#}")))?.debug_names(debug);
    if let Some(adapter) = adapter {
        encoder = encoder.adapter(PREVIEW1, adapter).map_err(|e| merge(format!("{e:#}")))?;
    }
    let component = encoder.encode().map_err(|error| {
        // The outermost two say only that a module was read.
        let causes = error.chain().map(ToString::to_string);
        let causes = causes
            .filter(|cause| cause != "failed to decode world from module" && cause != "module was not valid");
        Error::Mismatch { message: causes.collect::<Vec<_>>().join(": ") }
    })?;
    validate(&component)?;
    Ok(component)
}

/// What wasmtime 48 can be told to run: newer encoders know more, and must not emit it.
pub(crate) fn validate(bytes: &[u8]) -> Result<(), Error> {
    let features = WasmFeatures::default()
        | WasmFeatures::CM_ASYNC
        | WasmFeatures::CM_MORE_ASYNC_BUILTINS
        | WasmFeatures::CM_MAP
        | WasmFeatures::CM_IMPLEMENTS
        | WasmFeatures::CM_ERROR_CONTEXT
        | WasmFeatures::CM_FIXED_LENGTH_LISTS;
    Validator::new_with_features(features)
        .validate_all(bytes)
        .map(|_| ())
        .map_err(|error| Error::Internal { message: error.to_string() })
}
