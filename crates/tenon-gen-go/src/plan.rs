//! Stage two: the language facts. Every package, name and import of the Go code is decided here, and every clash resolved.

mod functions;
mod imports;
mod paths;
mod types;

use std::collections::{BTreeMap, HashMap};

use wit_parser::TypeId;

use crate::Config;
use crate::facts::Facts;
pub(crate) use functions::GoFunction;
pub(crate) use imports::STD;

/// Everything that was decided, one [`Package`] for each unit of the facts.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) packages: Vec<Package>,
}

/// One Go package.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its import path.
    pub(crate) path: String,
    /// Its folder, unless it is made elsewhere.
    pub(crate) dir: Option<String>,
    /// What its files call it.
    pub(crate) name: String,
    /// The types that it declares.
    pub(crate) types: HashMap<TypeId, GoType>,
    /// Tuples that are too long for a type of the runtime, and what they are called.
    pub(crate) tuples: Vec<(TypeId, String)>,
    /// The functions and methods, in the order of the unit's functions.
    pub(crate) functions: Vec<GoFunction>,
    /// On the export side, the interface to implement.
    pub(crate) interface: String,
    /// What other packages are called here, by import path.
    pub(crate) imports: BTreeMap<String, String>,
}

/// One named type.
#[derive(Clone, Debug)]
pub(crate) struct GoType {
    pub(crate) name: String,
    /// The fields of a record, the constants of an enum or flags, the types of a variant's cases.
    pub(crate) members: Vec<String>,
    /// The variable that goes with it: the texts of an enum or flags, the values behind handles of an exported resource.
    pub(crate) table: String,
}

impl Plan {
    /// Decides everything about the bindings of `facts`.
    pub(crate) fn new(facts: &Facts, config: &Config) -> Plan {
        let places = paths::places(facts, config);
        let mut packages = Vec::new();
        for (index, place) in places.iter().enumerate() {
            let unit = &facts.units[index];
            let mut names = types::declare(facts, unit);
            let tuples = types::tuples(facts, unit, &mut names);
            let imports = imports::decide(facts, index, &places);
            let functions = functions::declare(unit, &mut names, &imports);
            packages.push(Package {
                path: place.path.clone(),
                dir: place.dir.clone(),
                name: place.name.clone(),
                types: names.types,
                tuples,
                functions,
                interface: names.interface,
                imports,
            });
        }
        Plan { packages }
    }
}
