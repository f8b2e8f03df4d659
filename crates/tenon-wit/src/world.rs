use wit_parser::{Resolve, WorldId};

/// One world and everything that it reaches, resolved.
#[derive(Clone, Debug)]
pub struct World {
    /// The arena that holds all packages, interfaces and types.
    pub resolve: Resolve,
    /// The world within it.
    pub id: WorldId,
}
