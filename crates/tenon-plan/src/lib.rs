//! A component taken apart into a [`Plan`]: core modules as opaque bytes, what to do to instantiate them, the functions
//! that a host makes for them, and what is called and given, with types, names and docs.
//!
//! The plan is Tenon's own, knows no target language, and can be serialised. Emitters read it and never wasm bytes.

mod adapters;
mod blob;
mod build;
mod check;
pub mod codes;
mod docs;
mod function;
mod ids;
mod interface;
mod plan;
mod print;
mod single_memory;
mod sizes;
mod trampoline;
mod translate;
mod types;
mod unique;

pub use blob::Blob;
pub use function::{Blocking, Certainty, Function, Lift, Mode, Param, Passing, Returning, Role, Signature};
pub use ids::*;
pub use interface::{Interface, Named, NamedType, Side};
pub use plan::*;
pub use print::print;
pub use trampoline::{Access, EndCall, Op, Trampoline, Transcode, TrapCode};
pub use types::*;

use tenon_wit::{Decoded, Diagnostic, Diagnostics, World as WitWorld};

/// What can be chosen about a plan.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether modules that Tenon makes keep to one memory each, so that engines without multiple memories run them.
    pub single_memory: bool,
    /// The world that the component was built for. Binaries keep names and lose docs; they are taken from here.
    pub docs: Option<WitWorld>,
}

impl Default for Config {
    fn default() -> Config {
        Config { single_memory: true, docs: None }
    }
}

/// Takes a component apart.
///
/// What cannot be done is reported before anything is made; all of it at once where that can be known.
pub fn plan(bytes: &[u8], config: &Config) -> Result<Plan, Diagnostics> {
    let checked = check::check(bytes)?;
    let mut wit = wit(bytes)?;
    let origin = config.docs.clone().or_else(|| docs::origin(bytes));
    if let (Some(wit), Some(known)) = (&mut wit, &origin) {
        docs::overlay(wit, known);
    }
    let translated = translate::translate(bytes, checked)?;
    let built = translate::quietly(|| build::build(translated, wit.as_ref(), checked.baseline));
    let reason = match built {
        Ok(Ok(mut plan)) => {
            if let Some(known) = &origin {
                plan.world.name = Some(known.name());
            }
            if config.single_memory {
                adapters::single_memory(&mut plan);
            }
            return Ok(plan);
        }
        Ok(Err(broken)) => broken.0.to_string(),
        Err(panic) => panic,
    };
    Err(translate::defect(&reason))
}

/// The names and docs, if WIT can say what the component imports and exports.
fn wit(bytes: &[u8]) -> Result<Option<WitWorld>, Diagnostics> {
    match translate::quietly(|| tenon_wit::decode(bytes)) {
        Ok(Ok(Decoded::Component(world))) => Ok(Some(world)),
        Ok(Ok(Decoded::Package { .. })) => Err(Diagnostic::error(
            codes::NOT_A_COMPONENT,
            "this is a WIT package in binary form, not a component",
        )
        .with_help("give the component that was built for it")
        .into()),
        _ => Ok(None),
    }
}
