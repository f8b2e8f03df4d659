//! Docs that a binary does not keep, from the WIT that it was built from.

use tenon_wit::{ORIGIN, World};
use wasmparser::{Parser, Payload};
use wit_parser::{Docs, Function, InterfaceId, Resolve, TypeDefKind, TypeId, WorldItem, WorldKey};

/// The world that a component says it was built for.
pub(crate) fn origin(bytes: &[u8]) -> Option<World> {
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.ok()? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::CustomSection(section) if depth == 0 && section.name() == ORIGIN => {
                return crate::translate::quietly(|| tenon_wit::origin(section.data())).ok()?;
            }
            _ => {}
        }
    }
    None
}

/// Writes the docs of `from` beside the same names of `to`, and gives `to` the world's name.
pub(crate) fn overlay(to: &mut World, from: &World) {
    let (target, source) = (&mut to.resolve, &from.resolve);
    let interfaces: Vec<InterfaceId> = target.interfaces.iter().map(|(id, _)| id).collect();
    for id in interfaces {
        if let Some(known) = target.id_of(id).and_then(|name| find(source, &name)) {
            interface(target, id, source, known);
        }
    }
    for side in [true, false] {
        items(target, to.id, source, from.id, side);
    }
    let docs = source.worlds[from.id].docs.clone();
    let world = &mut target.worlds[to.id];
    keep(&mut world.docs, &docs);
}

/// The interface of that name; failing that, the one that differs only in its version.
fn find(resolve: &Resolve, name: &str) -> Option<InterfaceId> {
    let bare = |name: &str| name.split('@').next().unwrap_or_default().to_string();
    let named = |fits: &dyn Fn(&str) -> bool| {
        resolve
            .interfaces
            .iter()
            .find(|(id, _)| resolve.id_of(*id).is_some_and(|name| fits(&name)))
            .map(|(id, _)| id)
    };
    named(&|other| other == name).or_else(|| named(&|other| bare(other) == bare(name)))
}

fn keep(to: &mut Docs, from: &Docs) {
    if to.contents.is_none() {
        to.contents.clone_from(&from.contents);
    }
}

fn interface(to: &mut Resolve, id: InterfaceId, from: &Resolve, known: InterfaceId) {
    let source = &from.interfaces[known];
    let target = &mut to.interfaces[id];
    keep(&mut target.docs, &source.docs);
    for (name, target) in &mut target.functions {
        if let Some(source) = source.functions.get(name) {
            function(target, source);
        }
    }
    let types: Vec<(TypeId, TypeId)> = to.interfaces[id]
        .types
        .iter()
        .filter_map(|(name, id)| Some((*id, *source.types.get(name)?)))
        .collect();
    for (id, known) in types {
        ty(to, id, from, known);
    }
}

fn function(to: &mut Function, from: &Function) {
    keep(&mut to.docs, &from.docs);
}

fn ty(to: &mut Resolve, id: TypeId, from: &Resolve, known: TypeId) {
    let source = &from.types[known];
    let target = &mut to.types[id];
    keep(&mut target.docs, &source.docs);
    match (&mut target.kind, &source.kind) {
        (TypeDefKind::Record(to), TypeDefKind::Record(from)) => {
            to.fields.iter_mut().zip(&from.fields).for_each(|(to, from)| keep(&mut to.docs, &from.docs));
        }
        (TypeDefKind::Variant(to), TypeDefKind::Variant(from)) => {
            to.cases.iter_mut().zip(&from.cases).for_each(|(to, from)| keep(&mut to.docs, &from.docs));
        }
        (TypeDefKind::Enum(to), TypeDefKind::Enum(from)) => {
            to.cases.iter_mut().zip(&from.cases).for_each(|(to, from)| keep(&mut to.docs, &from.docs));
        }
        (TypeDefKind::Flags(to), TypeDefKind::Flags(from)) => {
            to.flags.iter_mut().zip(&from.flags).for_each(|(to, from)| keep(&mut to.docs, &from.docs));
        }
        _ => {}
    }
}

/// What the worlds themselves have: functions, types, and interfaces without a package.
fn items(
    target: &mut Resolve,
    id: wit_parser::WorldId,
    source: &Resolve,
    known: wit_parser::WorldId,
    imports: bool,
) {
    let of = |resolve: &Resolve, id| {
        let world = &resolve.worlds[id];
        if imports { world.imports.clone() } else { world.exports.clone() }
    };
    let known = of(source, known);
    let mut list = of(target, id);
    for (key, item) in &mut list {
        let WorldKey::Name(name) = key else { continue };
        match (item, known.get(&WorldKey::Name(name.clone()))) {
            (WorldItem::Function(to), Some(WorldItem::Function(from))) => function(to, from),
            (WorldItem::Type { id, .. }, Some(WorldItem::Type { id: known, .. })) => {
                ty(target, *id, source, *known);
            }
            (WorldItem::Interface { id, .. }, Some(WorldItem::Interface { id: known, .. })) => {
                interface(target, *id, source, *known);
            }
            _ => {}
        }
    }
    let world = &mut target.worlds[id];
    if imports {
        world.imports = list;
    } else {
        world.exports = list;
    }
}
