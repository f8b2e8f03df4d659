//! Run, call and serve WebAssembly components on an embedded wasmtime.
//!
//! The three doors are [`run`] (a `wasi:cli/run` command), [`invoke`] (one export, arguments and result in WAVE)
//! and [`serve`] (a `wasi:http` handler behind a real HTTP server). All take a [`Loaded`] component, which an
//! [`Engine`] compiles once, from bytes or from its cache of compiled code.
//!
//! A component gets nothing that its [`Options`] do not name: no directory, no address, no name lookup.
//!
//! This is the only crate of the workspace that uses wasmtime.

mod call;
mod ctx;
mod engine;
mod error;
mod exports;
mod invoke;
mod limits;
mod link;
mod network;
mod options;
mod output;
mod run;
pub mod serve;

pub use engine::{Engine, EngineOptions, Loaded, default_cache_dir};
pub use error::{Error, Trap};
pub use invoke::{Invocation, invoke};
pub use limits::Limits;
pub use network::{AddrRule, Grant, HostRule, Network, RuleError};
pub use options::{Dir, Options, Stdin};
pub use output::{Capture, Output};
pub use run::{Exit, run};
pub use serve::{ServeOptions, serve};
