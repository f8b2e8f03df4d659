//! A JavaScript package from the [`Plan`] of a component.
//!
//! [`generate`] has three stages: the plan says what there is, [`facts`] decide every name, and `text` prints. One function
//! of JavaScript is written for each function and each compound type, so that a call does what its type needs and no more.

mod codec;
mod facts;
mod names;
mod runtime;
mod shims;
mod text;

use tenon_plan::Plan;
use tenon_wit::Diagnostics;

pub use facts::{Mapping, Need};

/// What to generate.
#[derive(Clone, Debug)]
pub struct Config {
    /// The package's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Carry the runtime's modules in the package, instead of depending on `@tenon/runtime`.
    pub bundle: bool,
    /// Who instantiates the component.
    pub instantiation: Instantiation,
    /// Where imports come from, besides WASI's. The first that matches wins.
    pub map: Vec<Mapping>,
    /// Carry the core modules in the JavaScript, instead of files.
    pub base64: bool,
    /// Leave out white space and comments.
    pub minify: bool,
    /// Write `.d.ts` files.
    pub typescript: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            name: "component".into(),
            version: "0.1.0".into(),
            bundle: false,
            instantiation: Instantiation::Import,
            map: Vec::new(),
            base64: false,
            minify: false,
            typescript: true,
        }
    }
}

/// Who instantiates the component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instantiation {
    /// Whoever imports the package, unless it needs imports that nothing says where to get.
    Import,
    /// The user, with an asynchronous `instantiate`.
    Async,
    /// The user, with a synchronous `instantiate`.
    Sync,
}

/// The files of a package: paths with `/`, in order.
pub type Files = Vec<(String, Vec<u8>)>;

/// Writes the package.
///
/// # Errors
/// When the component needs what JavaScript packages cannot do; each diagnostic says what.
pub fn generate(plan: &Plan, config: &Config) -> Result<Files, Diagnostics> {
    facts::check(plan)?;
    let facts = facts::Facts::new(plan, config);
    Ok(text::package(plan, config, &facts))
}

/// What the component imports. If it is known where all of it comes from, importing the package instantiates.
pub fn needs(plan: &Plan, config: &Config) -> Vec<Need> {
    facts::Facts::new(plan, config).needs(plan)
}
