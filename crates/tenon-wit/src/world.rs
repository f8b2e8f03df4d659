use std::sync::Arc;

use wit_parser::{Resolve, Span, WorldId};

use crate::{Label, WitFile};

/// One world and everything that it reaches, resolved.
#[derive(Clone, Debug)]
pub struct World {
    /// The arena that holds all packages, interfaces and types.
    pub resolve: Resolve,
    /// The world within it.
    pub id: WorldId,
    /// The texts that it was read from, for messages; none when it was read from a binary.
    pub files: Arc<[WitFile]>,
}

impl World {
    /// A world without texts.
    pub fn new(resolve: Resolve, id: WorldId) -> World {
        World { resolve, id, files: Arc::default() }
    }

    /// The world's full name: `my:app/service@1.0.0`.
    pub fn name(&self) -> String {
        let world = &self.resolve.worlds[self.id];
        match world.package {
            Some(package) => self.resolve.id_of_name(package, &world.name),
            None => world.name.clone(),
        }
    }

    /// Where `span` is, as a label for a diagnostic; nothing when the world was read from a binary.
    pub fn label(&self, span: Span, text: impl Into<String>) -> Option<Label> {
        let at = self.resolve.source_map.resolve_span(span)?;
        Some(Label::primary(at.path, at.range, text))
    }
}
