//! Which named types are errors: those that their own WIT package uses in the error arm of a `result`.

use std::collections::HashSet;

use tenon_abi::dealias;
use wit_parser::{PackageId, Resolve, Type, TypeDefKind, TypeId, TypeOwner};

use super::children;

/// A type by its names, which stay when the two sides of a world are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Name {
    package: Option<PackageId>,
    owner: Option<String>,
    name: Option<String>,
}

impl Name {
    pub(super) fn of(resolve: &Resolve, id: TypeId) -> Name {
        let ty = &resolve.types[id];
        let (package, owner) = match ty.owner {
            TypeOwner::Interface(i) => {
                let interface = &resolve.interfaces[i];
                // An interface without a name is within a world, and its types have no other users.
                (interface.package, interface.name.clone())
            }
            TypeOwner::World(w) => (resolve.worlds[w].package, Some(resolve.worlds[w].name.clone())),
            TypeOwner::None => (None, None),
        };
        Name { package, owner, name: ty.name.clone() }
    }
}

/// The names of all types that are errors, of all packages: what else is in the world makes no difference.
pub(super) fn names(resolve: &Resolve) -> HashSet<Name> {
    let mut found = HashSet::new();
    for (_, ty) in resolve.types.iter() {
        if let (Some(_), Some(package)) = (&ty.name, package(resolve, ty.owner)) {
            look(resolve, package, &ty.kind, &mut found);
        }
    }
    for (_, interface) in resolve.interfaces.iter() {
        let Some(package) = interface.package else { continue };
        for function in interface.functions.values() {
            function.parameter_and_result_types().for_each(|ty| visit(resolve, package, ty, &mut found));
        }
    }
    for (_, world) in resolve.worlds.iter() {
        let Some(package) = world.package else { continue };
        for item in world.imports.values().chain(world.exports.values()) {
            if let wit_parser::WorldItem::Function(function) = item {
                function.parameter_and_result_types().for_each(|ty| visit(resolve, package, ty, &mut found));
            }
        }
    }
    found
}

fn package(resolve: &Resolve, owner: TypeOwner) -> Option<PackageId> {
    match owner {
        TypeOwner::Interface(i) => resolve.interfaces[i].package,
        TypeOwner::World(w) => resolve.worlds[w].package,
        TypeOwner::None => None,
    }
}

/// Looks through the anonymous types in `ty`; named ones are visited where they are declared.
fn visit(resolve: &Resolve, package: PackageId, ty: Type, found: &mut HashSet<Name>) {
    let Type::Id(id) = ty else { return };
    let def = &resolve.types[id];
    if def.name.is_none() {
        look(resolve, package, &def.kind, found);
    }
}

fn look(resolve: &Resolve, package: PackageId, kind: &TypeDefKind, found: &mut HashSet<Name>) {
    if let TypeDefKind::Result(r) = kind
        && let Some(Type::Id(err)) = r.err.map(|ty| dealias(resolve, ty))
        && can_be_error(&resolve.types[err].kind)
    {
        let name = Name::of(resolve, err);
        if name.package == Some(package) {
            found.insert(name);
        }
    }
    children(kind).into_iter().for_each(|ty| visit(resolve, package, ty, found));
}

fn can_be_error(kind: &TypeDefKind) -> bool {
    matches!(
        kind,
        TypeDefKind::Record(_) | TypeDefKind::Variant(_) | TypeDefKind::Enum(_) | TypeDefKind::Flags(_)
    )
}
