//! A core module becomes a component.
//!
//! The stock Go compiler knows nothing of components. What it lacks is added here, by rewriting the core module:
//! the *idle shim* lets Go code wait until every goroutine is parked (see `shim`), the published preview 1 adapter
//! stands in for WASI's older interface, and wit-component wraps the whole. Modules of other languages pass through
//! the same door: nothing is shimmed that is not there.
//!
//! Everything is bytes in, bytes out; no file is read or written.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut resolve = wit_parser::Resolve::new();
//! let package = resolve.push_str("demo.wit", "package demo:demo; world answer { export answer: func() -> u32; }")?;
//! let id = resolve.select_world(&[package], None)?;
//! let world = tenon_wit::World::new(resolve, id);
//! let core = wat::parse_str(r#"(module (func (export "answer") (result i32) i32.const 42))"#)?;
//! let component = tenon_componentize::componentize(&core, &world, &Default::default())?;
//! assert!(wasmparser::Parser::is_component(&component));
//! # Ok(())
//! # }
//! ```

mod adapter;
mod encode;
mod error;
mod input;
mod metadata;
mod names;
mod plugin;
mod reserve;
mod rewrite;
mod shim;
mod world;

pub use error::Error;

use input::Module;
use rewrite::Rewrite;
use tenon_wit::World;

/// How calls of `wasi_snapshot_preview1` are satisfied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adapter {
    /// The published adapter, if the module imports preview 1 at all: the command adapter for a module that exports
    /// `_start`, the reactor adapter for every other.
    #[default]
    Auto,
    /// No adapter: a module that imports preview 1 is refused.
    None,
}

/// What [`componentize`] needs to know besides the module and its world.
#[derive(Clone, Debug)]
pub struct Config {
    /// Worlds of libraries that are linked into the module and bring bindings of their own. What they import and the
    /// module uses is imported by the component; what they export is not exported, only the program's own world
    /// decides that.
    pub libraries: Vec<World>,
    /// The preview 1 adapter.
    pub adapter: Adapter,
    /// Keep function names and debug sections, which Go programs need only for profilers and debuggers: a panic
    /// names its functions without them.
    pub debug: bool,
    /// The version of Tenon that is recorded in the component's metadata.
    pub version: String,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            libraries: Vec::new(),
            adapter: Adapter::Auto,
            debug: false,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// What [`core()`] needs to know.
#[derive(Clone, Debug)]
pub struct CoreConfig {
    /// Exports return when every goroutine is parked, not as soon as the exported function has returned.
    pub drain: bool,
    /// As in [`Config::debug`].
    pub debug: bool,
    /// As in [`Config::version`].
    pub version: String,
}

impl Default for CoreConfig {
    fn default() -> Self {
        CoreConfig { drain: false, debug: false, version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// Makes a component of a core module.
///
/// The module may import anything of `world` and of the libraries' worlds, in any version that is compatible with
/// theirs, and must export all that `world` exports. Only imports that the module uses remain in the component.
pub fn componentize(core: &[u8], world: &World, config: &Config) -> Result<Vec<u8>, Error> {
    wrap(core, world, config).map_err(|error| input::blame(core, error))
}

fn wrap(core: &[u8], world: &World, config: &Config) -> Result<Vec<u8>, Error> {
    let module = Module::parse(core)?;
    let target = world::Target::new(&module, world, &config.libraries)?;
    let adapter = adapter::choose(&module, config.adapter)?;
    target.check_imports(&module, adapter.is_some())?;
    target.check_exports(&module)?;

    let mut rewrite = Rewrite::new(&module, &target.dead_imports(&module), config.debug);
    target.rename_exports(&module, &mut rewrite);
    target.trap_dead_imports(&module, &mut rewrite);
    shim::splice(&module, &mut rewrite);
    shim::guard_reallocs(&module, &mut rewrite);
    if let Some(exit) = target.exit_interface() {
        shim::redirect_exit(&module, &mut rewrite, &exit);
    }
    if adapter.is_some() {
        reserve::adapter_memory(&module, &mut rewrite)?;
    }
    let shimmed = rewrite.finish(&module)?;

    let mut component = encode::encode(&shimmed, &target, adapter, config.debug)?;
    metadata::keep_origin(&mut component, world);
    metadata::describe(&component, module.go_version.as_deref(), &config.version)
}

/// Prepares a core module that stays one: a plugin for hosts that predate components.
///
/// The shim is the same as a component's. An export that is called before `_initialize` writes one line to standard
/// error and traps.
pub fn core(core: &[u8], config: &CoreConfig) -> Result<Vec<u8>, Error> {
    prepare(core, config).map_err(|error| input::blame(core, error))
}

fn prepare(core: &[u8], config: &CoreConfig) -> Result<Vec<u8>, Error> {
    let module = Module::parse(core)?;
    let mut rewrite = Rewrite::new(&module, &[], config.debug);
    shim::splice(&module, &mut rewrite);
    plugin::wrap_exports(&module, &mut rewrite, config.drain)?;
    let shimmed = rewrite.finish(&module)?;
    encode::validate(&shimmed)?;
    metadata::describe(&shimmed, module.go_version.as_deref(), &config.version)
}

/// The world that bindings of other languages left in a module, if any (`component-type` sections, as the C and Rust
/// generators write).
pub fn embedded_world(core: &[u8]) -> Result<Option<World>, Error> {
    world::embedded(&Module::parse(core)?)
}
