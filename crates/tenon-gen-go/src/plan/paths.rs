//! Where packages are.

use std::collections::HashMap;

use crate::Config;
use crate::facts::{Facts, Side, Unit, track};
use crate::names::{Scope, is_reserved, package};

/// Where one package is and what it is called.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) dir: Option<String>,
    pub(crate) name: String,
    /// What tells it from another package of the same name: `http`.
    pub(crate) prefix: String,
}

/// Folders whose names mean something to the go command.
const SPECIAL: &[&str] = &["internal", "main", "testdata", "vendor"];

/// The places of all units, in their order.
pub(super) fn places(facts: &Facts, config: &Config) -> Vec<Place> {
    let mut folders: HashMap<String, Scope> = HashMap::new();
    facts.units.iter().map(|unit| place(facts, config, unit, &mut folders)).collect()
}

fn place(facts: &Facts, config: &Config, unit: &Unit, folders: &mut HashMap<String, Scope>) -> Place {
    let world = package(&facts.world);
    let (folder, prefix, root) = match unit.package {
        Some(id) => {
            let name = &facts.resolve.packages[id].name;
            let mut folder = format!("{}/{}", name.namespace, name.name).to_ascii_lowercase();
            let mut id = format!("{}:{}", name.namespace, name.name);
            if let Some(track) = track(name) {
                folder += &format!("/v{track}");
                id += &format!("@{track}");
            }
            (folder, package(&name.name), config.packages.get(&id))
        }
        None if unit.key.is_some() => (dir_name(&world, "world"), world, None),
        None => (String::new(), "world".to_string(), None),
    };
    let folder = match unit.side {
        Side::Import => folder,
        Side::Export => join("export", &folder),
    };
    let name = dir_name(&package(&unit.name), &prefix);
    let name = folders.entry(folder.clone()).or_default().declare(&name, "");
    let dir = join(&folder, &name);
    match root {
        Some(root) => Place { path: join(root, &dir), dir: None, name, prefix },
        None => Place { path: join(&config.package_root, &dir), dir: Some(dir), name, prefix },
    }
}

/// `name`, or if Go could not import a package of that name, with `prefix` before it: `error` of `wasi:io` is `ioerror`.
fn dir_name(name: &str, prefix: &str) -> String {
    if is_reserved(name) || SPECIAL.contains(&name) { format!("{prefix}{name}") } else { name.to_string() }
}

fn join(folder: &str, name: &str) -> String {
    match (folder.is_empty(), name.is_empty()) {
        (true, _) => name.to_string(),
        (_, true) => folder.to_string(),
        _ => format!("{folder}/{name}"),
    }
}
