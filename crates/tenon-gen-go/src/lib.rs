//! Go bindings from a WIT world.
//!
//! Three stages, each a module: `facts` (what the WIT says), `plan` (every Go name and import, decided) and `text`,
//! with `codec` for what stands between Go values and the canonical ABI. Output is a function of the input.

mod codec;
mod dump;
mod facts;
mod names;
mod plan;
mod text;

use std::collections::BTreeMap;

use tenon_wit::{Diagnostics, World};

/// Files by path, below the folder that they are for.
pub type Files = BTreeMap<String, String>;

/// How to generate.
#[derive(Clone, Debug)]
pub struct Config {
    /// The Go import path of the output folder: `example.com/app/wit`.
    pub package_root: String,
    /// Tenon's version, for the header of each file.
    pub version: String,
    /// WIT packages whose bindings are elsewhere, by name and track (`wasi:http@0.3`): the import path of the folder
    /// that they are below.
    pub packages: BTreeMap<String, String>,
}

impl Config {
    /// Everything is generated, below `package_root`.
    pub fn new(package_root: impl Into<String>) -> Config {
        Config {
            package_root: package_root.into(),
            version: env!("CARGO_PKG_VERSION").to_string(),
            packages: BTreeMap::new(),
        }
    }
}

/// The bindings of `world`.
pub fn generate(world: &World, config: &Config) -> Result<Files, Diagnostics> {
    let facts = facts::Facts::new(world)?;
    let plan = plan::Plan::new(&facts, config);
    Ok(text::files(&facts, &plan, config))
}

/// An implementation of what `world` exports, for the user's Go package `package`: it compiles, registers itself and
/// panics. The files are the user's from then on.
pub fn stubs(world: &World, config: &Config, package: &str) -> Result<Files, Diagnostics> {
    let facts = facts::Facts::new(world)?;
    let plan = plan::Plan::new(&facts, config);
    Ok(text::stubs(&facts, &plan, config, package))
}

/// The Go facts of `world`, for `--dump facts`: each package with its names, one a line, always in the same order.
pub fn facts(world: &World, config: &Config) -> Result<String, Diagnostics> {
    let facts = facts::Facts::new(world)?;
    let plan = plan::Plan::new(&facts, config);
    Ok(dump::dump(&facts, &plan))
}
