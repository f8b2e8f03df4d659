//! A component taken apart into a [`Plan`]: core modules as opaque bytes, what to do to instantiate them, the functions
//! that a host makes for them, and what is called and given, with types, names and docs.
//!
//! The plan is Tenon's own, knows no target language, and can be serialised. Emitters read it and never wasm bytes.

mod blob;
mod function;
mod ids;
mod interface;
mod plan;
mod trampoline;
mod types;

pub use blob::Blob;
pub use function::{Blocking, Certainty, Function, Lift, Mode, Param, Passing, Returning, Role, Signature};
pub use ids::*;
pub use interface::{Interface, Named, NamedType, Side};
pub use plan::*;
pub use trampoline::{Access, EndCall, Op, Trampoline, Transcode, TrapCode};
pub use types::*;
