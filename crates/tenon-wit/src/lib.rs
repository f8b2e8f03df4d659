//! Worlds, interfaces and types from WIT text or a component, with located diagnostics.
//!
//! This crate does no I/O: sources come in as text ([`Sources`]), WASI's own packages are inside it ([`wasi`]).
//!
//! ```
//! use tenon_wit::{LoadConfig, Sources, load};
//!
//! let sources = Sources::from_text("app.wit", "package my:app;\nworld app { import wasi:clocks/types@0.3.0; }");
//! let world = load(&sources, &LoadConfig::default()).expect("the WIT is fine");
//! assert_eq!(world.name(), "my:app/app");
//! ```

mod decode;
mod diagnostics;
mod explain;
mod load;
mod missing;
mod origin;
mod print;
mod select;
mod sources;
pub mod wasi;
mod world;

pub use decode::{Decoded, decode, decode_core};
pub use diagnostics::{Code, Diagnostic, Diagnostics, Label, Severity, codes};
pub use load::{LoadConfig, load};
pub use origin::{ORIGIN, origin, origin_section};
pub use print::{print_package, print_world};
pub use sources::{Dep, Sources, WitFile};
pub use world::World;
