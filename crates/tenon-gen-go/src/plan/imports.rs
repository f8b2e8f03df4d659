//! What a package calls the packages that it uses.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use wit_parser::{Handle, Type, TypeDefKind, TypeId};

use super::paths::Place;
use crate::facts::{Facts, children};

/// What generated code uses besides other generated code, by name.
pub(crate) const STD: &[(&str, &str)] = &[
    ("abi", "tenon.dev/go/abi"),
    ("context", "context"),
    ("errors", "errors"),
    ("fmt", "fmt"),
    ("maps", "maps"),
    ("math", "math"),
    ("slices", "slices"),
    ("strconv", "strconv"),
    ("strings", "strings"),
    ("unsafe", "unsafe"),
    ("utf8", "unicode/utf8"),
    ("wit", "tenon.dev/go/wit"),
];

/// Variables of generated bodies; a package of such a name is called something else.
const LOCALS: &[&str] = &[
    "addr", "block", "call", "err", "flags", "index", "item", "items", "name", "names", "ok", "params",
    "rep", "ret", "tag", "text",
];

/// Whether generated bodies may have a variable of this name. Receivers are a letter, parts of a value a letter and a number.
fn is_local(name: &str) -> bool {
    let mut chars = name.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_lowercase());
    LOCALS.contains(&name) || letter && chars.all(|c| c.is_ascii_digit())
}

/// The names of the packages that the unit at `index` reaches, by import path. A name that two packages would have, or
/// that means something already, gets the WIT package's name before it.
pub(super) fn decide(facts: &Facts, index: usize, places: &[Place]) -> BTreeMap<String, String> {
    let reached = reach(facts, index);
    let mut count: HashMap<&str, usize> = HashMap::from([(places[index].name.as_str(), 1)]);
    for unit in &reached {
        *count.entry(&places[*unit].name).or_default() += 1;
    }
    let mut taken: HashSet<String> = STD.iter().map(|(name, _)| (*name).to_string()).collect();
    let by_path: BTreeMap<&str, &Place> =
        reached.iter().map(|u| (places[*u].path.as_str(), &places[*u])).collect();
    let mut names = BTreeMap::new();
    for (path, place) in by_path {
        let twin = facts.units[index].twin.is_some_and(|twin| places[twin].path == path);
        let alone = count[place.name.as_str()] == 1 && !taken.contains(&place.name) && !is_local(&place.name);
        let base = match (alone, twin) {
            (true, _) => place.name.clone(),
            (false, true) => format!("imported{}", place.name),
            (false, false) => format!("{}{}", place.prefix, place.name),
        };
        let mut name = base.clone();
        let mut number = 2;
        while is_local(&name) || !taken.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        names.insert(path.to_string(), name);
    }
    names
}

/// The other units whose types the unit at `index` may have to name.
fn reach(facts: &Facts, index: usize) -> BTreeSet<usize> {
    let unit = &facts.units[index];
    let mut seen = HashSet::new();
    let mut units = BTreeSet::from_iter(unit.twin);
    let functions = unit.functions.iter().flat_map(|f| f.parameter_and_result_types());
    let mut stack: Vec<Type> = functions.chain(unit.types.iter().map(|id| Type::Id(*id))).collect();
    while let Some(ty) = stack.pop() {
        let Type::Id(id) = ty else { continue };
        if !seen.insert(id) {
            continue;
        }
        units.extend(facts.owner.get(&id));
        stack.extend(inside(facts, id));
    }
    units.remove(&index);
    units
}

fn inside(facts: &Facts, id: TypeId) -> Vec<Type> {
    match &facts.resolve.types[id].kind {
        TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => vec![Type::Id(*id)],
        kind => children(kind),
    }
}
