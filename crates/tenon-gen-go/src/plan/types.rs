//! What types and their members are called.

use std::collections::{HashMap, HashSet};

use wit_parser::{Handle, Type, TypeDefKind, TypeId};

use super::GoType;
use crate::facts::{Facts, MAX_TUPLE, Side, Unit, children};
use crate::names::{Scope, exported, lower_first};

/// The names of one package so far.
pub(super) struct Names {
    pub(super) scope: Scope,
    pub(super) types: HashMap<TypeId, GoType>,
    pub(super) interface: String,
}

/// Names types first, then their cases and constants: a function never takes a type's name.
pub(super) fn declare(facts: &Facts, unit: &Unit) -> Names {
    let mut scope = match unit.side {
        Side::Import => Scope::default(),
        Side::Export => Scope::with(["Export"]),
    };
    let mut types = HashMap::new();
    for id in &unit.types {
        let wit = facts.resolve.types[*id].name.as_deref().unwrap_or_default();
        let name = scope.declare(&exported(wit), "Type");
        types.insert(*id, GoType { name, members: Vec::new(), table: String::new() });
    }
    for id in &unit.types {
        if let Some(ty) = types.get_mut(id) {
            ty.members = members(facts, *id, &ty.name, &mut scope);
            ty.table = table(facts, unit, *id, &ty.name, &mut scope);
        }
    }
    let interface = match unit.side {
        Side::Import => String::new(),
        Side::Export => scope.declare(&exported(&unit.name), "Exports"),
    };
    Names { scope, types, interface }
}

fn members(facts: &Facts, id: TypeId, ty: &str, scope: &mut Scope) -> Vec<String> {
    let mut named = |wit: &str, suffix| scope.declare(&format!("{ty}{}", exported(wit)), suffix);
    match &facts.resolve.types[id].kind {
        TypeDefKind::Variant(v) => v.cases.iter().map(|c| named(&c.name, "Case")).collect(),
        TypeDefKind::Enum(e) => e.cases.iter().map(|c| named(&c.name, "Value")).collect(),
        TypeDefKind::Flags(f) => f.flags.iter().map(|f| named(&f.name, "Flag")).collect(),
        TypeDefKind::Record(r) => {
            // A field and a method of one name cannot be.
            let mut fields = Scope::with(["Error"]);
            r.fields.iter().map(|f| fields.declare(&exported(&f.name), "Value")).collect()
        }
        _ => Vec::new(),
    }
}

fn table(facts: &Facts, unit: &Unit, id: TypeId, ty: &str, scope: &mut Scope) -> String {
    match &facts.resolve.types[id].kind {
        TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => {
            scope.declare(&format!("{}Names", lower_first(ty)), "Of")
        }
        // Other packages use the table only if they have handles of the resource.
        TypeDefKind::Resource if unit.side == Side::Export => match is_shared(facts, id) {
            true => scope.declare(&format!("{ty}Handles"), "Table"),
            false => format!("handles{ty}"),
        },
        _ => String::new(),
    }
}

/// Whether another exported interface has handles of `resource`.
fn is_shared(facts: &Facts, resource: TypeId) -> bool {
    let owner = facts.owner.get(&resource);
    let handles = |kind: &TypeDefKind| match kind {
        TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => facts.resource(*id) == resource,
        _ => false,
    };
    facts.units.iter().enumerate().any(|(index, unit)| {
        let mut types = unit.functions.iter().flat_map(|f| f.parameter_and_result_types());
        Some(&index) != owner && types.any(|ty| facts.contains(ty, &handles))
    })
}

/// Names the long tuples that the package's text may have to mention and that WIT has no name for. They are aliases of
/// struct types, so that every package can have its own.
pub(super) fn tuples(facts: &Facts, unit: &Unit, names: &mut Names) -> Vec<(TypeId, String)> {
    let functions = unit.functions.iter().flat_map(|f| f.parameter_and_result_types());
    let mut queue: Vec<Type> = unit.types.iter().map(|id| Type::Id(*id)).chain(functions).collect();
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    while let Some(ty) = queue.pop() {
        let Type::Id(id) = ty else { continue };
        if !seen.insert(id) {
            continue;
        }
        let def = &facts.resolve.types[id];
        queue.extend(children(&def.kind));
        if let TypeDefKind::Tuple(tuple) = &def.kind
            && tuple.types.len() > MAX_TUPLE
            && !facts.owner.contains_key(&id)
        {
            found.push(id);
        }
    }
    found.sort_by_key(|id| id.index());
    found
        .into_iter()
        .map(|id| (id, names.scope.declare(&format!("Tuple{}", length(facts, id)), "")))
        .collect()
}

fn length(facts: &Facts, id: TypeId) -> usize {
    match &facts.resolve.types[id].kind {
        TypeDefKind::Tuple(tuple) => tuple.types.len(),
        _ => 0,
    }
}
