//! What a guest may use up.

use std::time::Duration;
use wasmtime::{StoreLimits, StoreLimitsBuilder};

/// What a guest may use up. The default is no limit other than WebAssembly's own.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// The size in bytes that a linear memory of the component may grow to. Growing further fails in the guest.
    pub memory: Option<usize>,
    /// How long one run or one call may take. Holds for a guest that only computes if the engine is
    /// [interruptible](crate::EngineOptions::interruptible). [`crate::serve()`] has its own limit per request.
    pub time: Option<Duration>,
}

impl Limits {
    pub(crate) fn store_limits(&self) -> StoreLimits {
        let builder = StoreLimitsBuilder::new();
        match self.memory {
            Some(bytes) => builder.memory_size(bytes).build(),
            None => builder.build(),
        }
    }
}
