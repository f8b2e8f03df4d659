use wit_parser::decoding::DecodedWasm;
use wit_parser::{PackageId, Resolve};

use crate::diagnostics::codes;
use crate::select::select;
use crate::{Diagnostic, Diagnostics, World};

/// What a binary says about itself.
#[derive(Clone, Debug)]
pub enum Decoded {
    /// A component: the world that it fits.
    Component(World),
    /// A core module with component metadata (`component-type` sections): the world that it was built for.
    Core(World),
    /// A WIT package in binary form.
    Package {
        /// The arena that holds all packages.
        resolve: Resolve,
        /// The main one.
        id: PackageId,
    },
}

impl Decoded {
    /// The world, unless it is a package.
    pub fn world(&self) -> Option<&World> {
        match self {
            Decoded::Component(world) | Decoded::Core(world) => Some(world),
            Decoded::Package { .. } => None,
        }
    }
}

impl Decoded {
    /// The world that it holds, or, for a package, the one that `spec` chooses (see [`crate::LoadConfig::world`]).
    pub fn into_world(self, spec: Option<&str>) -> Result<World, Diagnostics> {
        match (self, spec) {
            (Decoded::Package { resolve, id }, _) => {
                let id = select(&resolve, id, spec)?;
                Ok(World::new(resolve, id))
            }
            (Decoded::Component(world) | Decoded::Core(world), None) => Ok(world),
            (Decoded::Component(_) | Decoded::Core(_), Some(spec)) => Err(Diagnostic::error(
                codes::NO_WORLD,
                format!("there is no world `{spec}` in a compiled program"),
            )
            .with_help("it has exactly one: do not name a world")
            .into()),
        }
    }
}

/// Length of the header that tells a core module from a component.
const HEADER: usize = 8;

/// Reads the WIT back from a component, a WIT package in binary form, or a core module with component metadata.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Diagnostics> {
    let Some(header) = bytes.get(..HEADER).filter(|h| h.starts_with(b"\0asm")) else {
        return Err(Diagnostic::error(codes::NOT_DECODABLE, "this is not WebAssembly")
            .with_help("give a `.wasm` file, as `tenon build` writes")
            .into());
    };
    if header[6] == 0 {
        return match decode_core(bytes)? {
            Some(world) => Ok(Decoded::Core(world)),
            None => {
                Err(Diagnostic::error(codes::NOT_DECODABLE, "this core module says nothing about a world")
                    .with_help("make it a component: `tenon componentize FILE --wit WIT --world WORLD`")
                    .into())
            }
        };
    }
    match wit_parser::decoding::decode(bytes) {
        Ok(DecodedWasm::Component(resolve, id)) => Ok(Decoded::Component(World::new(resolve, id))),
        Ok(DecodedWasm::WitPackage(resolve, id)) => Ok(Decoded::Package { resolve, id }),
        Err(error) => Err(unreadable("component", &format!("{error:#}"))),
    }
}

/// Reads the world from a core module's `component-type` sections; nothing when it has none.
pub fn decode_core(bytes: &[u8]) -> Result<Option<World>, Diagnostics> {
    let (stripped, metadata) = wit_component::metadata::decode(bytes)
        .map_err(|error| unreadable("core module", &format!("{error:#}")))?;
    Ok(stripped.map(|_| World::new(metadata.resolve, metadata.world)))
}

fn unreadable(what: &str, reason: &str) -> Diagnostics {
    Diagnostic::error(codes::NOT_DECODABLE, format!("this {what} cannot be read: {reason}"))
        .with_help("the file is damaged, or uses a proposal that this version of tenon does not know")
        .into()
}
