use wit_parser::decoding::DecodedWasm;
use wit_parser::{Docs, PackageId, Resolve, TypeDefKind};

use crate::World;

/// The custom section in which a component keeps the WIT that it was built for. A component keeps names and types by
/// itself, but no docs, and the name of its world is lost.
pub const ORIGIN: &str = "tenon:wit";

/// The contents of [`ORIGIN`] for a world: the world's name, a zero, and its package in binary form.
///
/// Nothing when the package has no docs, or cannot be encoded: the component is as good without.
pub fn origin_section(world: &World) -> Option<Vec<u8>> {
    let package = world.resolve.worlds[world.id].package?;
    if !documented(&world.resolve, package) {
        return None;
    }
    let mut section = world.resolve.worlds[world.id].name.clone().into_bytes();
    section.push(0);
    section.extend(wit_component::encode(&world.resolve, package).ok()?);
    Some(section)
}

/// The world that the contents of [`ORIGIN`] hold; nothing when they are damaged.
pub fn origin(section: &[u8]) -> Option<World> {
    let end = section.iter().position(|byte| *byte == 0)?;
    let name = std::str::from_utf8(&section[..end]).ok()?;
    match wit_parser::decoding::decode(&section[end + 1..]).ok()? {
        DecodedWasm::WitPackage(resolve, package) => {
            let id = *resolve.packages[package].worlds.get(name)?;
            Some(World::new(resolve, id))
        }
        DecodedWasm::Component(..) => None,
    }
}

fn documented(resolve: &Resolve, package: PackageId) -> bool {
    let some = |docs: &Docs| docs.contents.is_some();
    let package = &resolve.packages[package];
    let interface = |id: &wit_parser::InterfaceId| {
        let interface = &resolve.interfaces[*id];
        some(&interface.docs)
            || interface.functions.values().any(|function| some(&function.docs))
            || interface.types.values().any(|id| documented_type(resolve, *id))
    };
    let world = |id: &wit_parser::WorldId| {
        let world = &resolve.worlds[*id];
        some(&world.docs)
            || world.imports.values().chain(world.exports.values()).any(|item| match item {
                wit_parser::WorldItem::Function(function) => some(&function.docs),
                wit_parser::WorldItem::Type { id, .. } => documented_type(resolve, *id),
                wit_parser::WorldItem::Interface { .. } => false,
            })
    };
    some(&package.docs) || package.interfaces.values().any(interface) || package.worlds.values().any(world)
}

fn documented_type(resolve: &Resolve, id: wit_parser::TypeId) -> bool {
    let some = |docs: &Docs| docs.contents.is_some();
    let ty = &resolve.types[id];
    let inside = match &ty.kind {
        TypeDefKind::Record(record) => record.fields.iter().any(|field| some(&field.docs)),
        TypeDefKind::Variant(variant) => variant.cases.iter().any(|case| some(&case.docs)),
        TypeDefKind::Enum(labels) => labels.cases.iter().any(|case| some(&case.docs)),
        TypeDefKind::Flags(labels) => labels.flags.iter().any(|flag| some(&flag.docs)),
        _ => false,
    };
    some(&ty.docs) || inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LoadConfig, Sources, load};

    fn world(wit: &str) -> World {
        load(&Sources::from_text("in.wit", wit), &LoadConfig::default()).expect("the WIT is fine")
    }

    #[test]
    fn docs_and_the_name_come_back() {
        let section = origin_section(&world(
            "package a:b@1.0.0; interface i { record r { /// The field.\n f: u8 } } world w { import i; }",
        ));
        let back = origin(&section.expect("there are docs")).expect("it can be read");
        assert_eq!(back.name(), "a:b/w@1.0.0");
        let docs = back.resolve.types.iter().filter_map(|(_, ty)| match &ty.kind {
            TypeDefKind::Record(record) => record.fields[0].docs.contents.clone(),
            _ => None,
        });
        assert_eq!(docs.collect::<Vec<_>>(), ["The field."]);
    }

    #[test]
    fn nothing_is_kept_without_docs_and_nothing_is_read_from_damage() {
        assert!(origin_section(&world("package a:b; world w { export f: func(); }")).is_none());
        assert!(origin(b"").is_none());
        assert!(origin(b"w\0\0asm").is_none());
        assert!(origin(b"\xff\0\0asm").is_none());
    }
}
