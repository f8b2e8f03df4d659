//! Stage three: text. Nothing is decided here; names and places come from the plan.

mod doc;
mod export;
mod file;
mod function;
mod generator;
mod import;
mod named;
mod raw;
mod resource;
mod stub;
mod usage;
mod words;
mod writer;

use std::collections::BTreeMap;

use tenon_abi::Layouts;

use crate::Config;
use crate::facts::{Facts, Side};
use crate::plan::Plan;
pub(crate) use generator::Gen;
pub(crate) use raw::Raw;
pub(crate) use stub::stubs;
pub(crate) use writer::{Writer, emit};

/// The files of all packages, by path below the output folder.
pub(crate) fn files(facts: &Facts, plan: &Plan, config: &Config) -> BTreeMap<String, String> {
    let layouts: Layouts<'_> = facts.layouts();
    let mut files = BTreeMap::new();
    for (index, package) in plan.packages.iter().enumerate() {
        let Some(dir) = &package.dir else { continue };
        let generator = Gen::new(facts, plan, config, &layouts, index);
        let made = match generator.unit().side {
            Side::Import => import::package(&generator),
            Side::Export => export::package(&generator),
        };
        files.extend(made.into_iter().map(|(name, text)| (format!("{dir}/{name}"), text)));
    }
    files
}
