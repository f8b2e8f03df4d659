//! Worlds, interfaces and types from WIT text or a component, with located diagnostics.
//!
//! This crate does no I/O: sources come in as text, WASI's own packages are inside it.

mod world;

pub use world::World;
