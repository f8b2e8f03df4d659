//! The world that the component gets: the program's, with what its libraries import.

use crate::Error;
use crate::input::{Export, Import, Module};
use crate::names::{ExportName, InterfaceName, compatible};
use crate::rewrite::Rewrite;
use crate::shim::PREVIEW1;
use std::collections::BTreeSet;
use tenon_wit::World;
use wasm_encoder::{Encode, Function as Body, Section};
use wit_component::{StringEncoding, metadata};
use wit_parser::{Docs, Function, Interface, Package, PackageName, Resolve, WorldId, WorldItem};

/// Imports of the component model's own functions, and the mark of those that concern exports.
const ROOT: &str = "$root";
const EXPORT: &str = "[export]";
/// The naming scheme without async, which wit-component checks by itself.
const STANDARD: &str = "cm32p2";

/// The merged world, and the custom sections that tell wit-component of it.
pub(crate) struct Target {
    resolve: Resolve,
    world: WorldId,
    sections: Vec<u8>,
}

impl Target {
    pub(crate) fn new(module: &Module<'_>, world: &World, libraries: &[World]) -> Result<Self, Error> {
        let mut sections = Vec::new();
        embed(world.clone(), "program", &mut sections)?;
        let embedded = embedded(module)?;
        for (number, library) in libraries.iter().chain(&embedded).enumerate() {
            let mut library = library.clone();
            library.resolve.worlds[library.id].exports.clear();
            embed(library, &format!("library{number}"), &mut sections)?;
        }
        let World { mut resolve, id, .. } = decode(&sections)?;
        resolve
            .merge_world_imports_based_on_semver(id)
            .map_err(|error| Error::Merge { message: format!("{error:#}") })?;
        Ok(Target { resolve, world: id, sections })
    }

    /// Custom sections to be appended to the core module.
    pub(crate) fn sections(&self) -> &[u8] {
        &self.sections
    }

    /// The world's interfaces on one side, with their names.
    fn interfaces(&self, exports: bool) -> impl Iterator<Item = (String, &Interface)> {
        let world = &self.resolve.worlds[self.world];
        let items = if exports { &world.exports } else { &world.imports };
        items.iter().filter_map(|(key, item)| match item {
            WorldItem::Interface { id, .. } => {
                Some((self.resolve.name_world_key(key), &self.resolve.interfaces[*id]))
            }
            _ => None,
        })
    }

    /// The world's own functions on one side.
    fn functions(&self, exports: bool) -> impl Iterator<Item = &Function> {
        let world = &self.resolve.worlds[self.world];
        let items = if exports { &world.exports } else { &world.imports };
        items.values().filter_map(|item| match item {
            WorldItem::Function(function) => Some(function),
            _ => None,
        })
    }

    /// The name under which the world exports an interface, given in any compatible version.
    fn exported_as(&self, interface: &str) -> Option<String> {
        let mut names =
            self.interfaces(true).map(|(name, _)| name).filter(|name| compatible(name, interface));
        let first = names.next()?;
        // Exports, unlike imports, may hold several versions of an interface: the same one goes first.
        if first == interface { Some(first) } else { names.find(|name| name == interface).or(Some(first)) }
    }

    /// `wasi:cli/exit` of WASI 0.3, if the world imports it with the function that takes a code. WASI 0.2 marks that
    /// function unstable, and hosts do not offer it unasked.
    pub(crate) fn exit_interface(&self) -> Option<String> {
        let exit = |(name, interface): &(String, &Interface)| {
            compatible(name, "wasi:cli/exit@0.3.0") && interface.functions.contains_key("exit-with-code")
        };
        self.interfaces(false).find(exit).map(|(name, _)| name)
    }

    /// Refuses what the world does not import.
    pub(crate) fn check_imports(&self, module: &Module<'_>, adapter: bool) -> Result<(), Error> {
        let dead: BTreeSet<u32> = self.dead_imports(module).into_iter().collect();
        for (index, import) in module.function_imports() {
            let adapted = adapter && import.module == PREVIEW1;
            if !adapted && !dead.contains(&index) && !import.module.starts_with(STANDARD) {
                self.check_import(import)?;
            }
        }
        if let Some(import) = module.imports.iter().find(|import| import.func.is_none()) {
            return Err(not_in_world(import, None));
        }
        Ok(())
    }

    fn check_import(&self, import: &Import<'_>) -> Result<(), Error> {
        if import.module.starts_with(EXPORT) {
            // What concerns an export that the world has is wit-component's to check.
            return Ok(());
        }
        let function = import.field.strip_prefix("[async-lower]").unwrap_or(import.field);
        // `[resource-drop]file`, `[stream-new-0]read`, but not `[method]file.read`.
        let built_in = function.starts_with('[')
            && !["[method]", "[static]", "[constructor]", "[async"]
                .iter()
                .any(|mark| function.starts_with(mark));
        if import.module == ROOT {
            let known = built_in || self.functions(false).any(|f| f.name == function);
            return if known { Ok(()) } else { Err(not_in_world(import, None)) };
        }
        let found = self.interfaces(false).find(|(name, _)| compatible(name, import.module));
        match found {
            Some((_, interface)) if built_in || interface.functions.contains_key(function) => Ok(()),
            Some(_) => Err(not_in_world(import, None)),
            None => Err(not_in_world(import, self.similar(import.module))),
        }
    }

    /// The same interface in another version.
    fn similar(&self, interface: &str) -> Option<String> {
        let wanted = InterfaceName::parse(interface)?.path;
        self.interfaces(false)
            .map(|(name, _)| name)
            .find(|name| InterfaceName::parse(name).is_some_and(|name| name.path == wanted))
    }

    /// Demands what the world exports.
    pub(crate) fn check_exports(&self, module: &Module<'_>) -> Result<(), Error> {
        if module.exports.iter().any(|export| export.name.starts_with(STANDARD)) {
            return Ok(());
        }
        let exported: BTreeSet<(Option<String>, &str)> = module
            .function_exports()
            .map(|export| ExportName::parse(export.name))
            .filter(ExportName::is_function)
            .map(|name| (name.interface.and_then(|interface| self.exported_as(interface)), name.item))
            .collect();
        for (name, interface) in self.interfaces(true) {
            for function in interface.functions.keys() {
                if !exported.contains(&(Some(name.clone()), function)) {
                    return Err(Error::MissingExport { interface: Some(name), function: function.clone() });
                }
            }
        }
        for function in self.functions(true) {
            if !exported.contains(&(None, &function.name)) {
                return Err(Error::MissingExport { interface: None, function: function.name.clone() });
            }
        }
        Ok(())
    }

    /// Function indices of imports that serve exports which the world does not have: those of a library that the
    /// program uses in part. They can be given to nobody, and nobody calls them.
    pub(crate) fn dead_imports(&self, module: &Module<'_>) -> Vec<u32> {
        let dead = |import: &Import<'_>| match import.module.strip_prefix(EXPORT) {
            Some(ROOT) => import
                .field
                .strip_prefix("[task-return]")
                .is_some_and(|function| !self.functions(true).any(|f| f.name == function)),
            Some(interface) => self.exported_as(interface).is_none(),
            None => false,
        };
        module.function_imports().filter(|(_, import)| dead(import)).map(|(index, _)| index).collect()
    }

    /// Replaces [`dead_imports`](Self::dead_imports) by functions that trap.
    pub(crate) fn trap_dead_imports(&self, module: &Module<'_>, rewrite: &mut Rewrite) {
        for func in self.dead_imports(module) {
            let Some(ty) = module.signature(func) else { continue };
            let mut body = Body::new([]);
            body.instructions().unreachable().end();
            let trap = rewrite.add_function("not_exported", ty, body);
            rewrite.redirect(func, trap);
        }
    }

    /// Gives exports the world's version of their interface, and removes those of interfaces that it does not export.
    pub(crate) fn rename_exports(&self, module: &Module<'_>, rewrite: &mut Rewrite) {
        let taken = |name: &str| module.exports.iter().any(|export| export.name == name);
        for Export { name, .. } in module.function_exports() {
            let parsed = ExportName::parse(name);
            let Some(interface) = parsed.interface else { continue };
            match self.exported_as(interface) {
                Some(exact) if exact == interface => {}
                Some(other) => {
                    let renamed = format!("{}{other}#{}", parsed.marks, parsed.item);
                    if taken(&renamed) {
                        rewrite.remove_export(name);
                    } else {
                        rewrite.rename_export(name, renamed);
                    }
                }
                None => rewrite.remove_export(name),
            }
        }
    }
}

fn not_in_world(import: &Import<'_>, similar: Option<String>) -> Error {
    Error::ImportNotInWorld { module: import.module.to_owned(), field: import.field.to_owned(), similar }
}

/// Appends the section that describes a world to wit-component. Each world gets a package of its own: two worlds of one
/// name, a library's and a program's, say, would be taken for one and found to differ.
fn embed(mut world: World, suffix: &str, sections: &mut Vec<u8>) -> Result<(), Error> {
    let package = world.resolve.packages.alloc(Package {
        name: PackageName { namespace: "tenon".to_owned(), name: suffix.to_owned(), version: None },
        docs: Docs::default(),
        interfaces: Default::default(),
        worlds: Default::default(),
    });
    world.resolve.worlds[world.id].package = Some(package);
    let data = metadata::encode(&world.resolve, world.id, StringEncoding::UTF8, None)
        .map_err(|error| Error::Merge { message: format!("{error:#}") })?;
    custom_section(&format!("component-type:{suffix}"), &data, sections);
    Ok(())
}

fn custom_section(name: &str, data: &[u8], sections: &mut Vec<u8>) {
    let section = wasm_encoder::CustomSection { name: name.into(), data: data.into() };
    sections.push(section.id());
    section.encode(sections);
}

/// Reads and merges all worlds that the sections describe, as wit-component will.
fn decode(sections: &[u8]) -> Result<World, Error> {
    let mut bytes = wasm_encoder::Module::HEADER.to_vec();
    bytes.extend_from_slice(sections);
    let (_, bindgen) =
        metadata::decode(&bytes).map_err(|error| Error::Merge { message: format!("{error:#}") })?;
    Ok(World::new(bindgen.resolve, bindgen.world))
}

/// The worlds that other generators left in the module, merged.
pub(crate) fn embedded(module: &Module<'_>) -> Result<Option<World>, Error> {
    let mut sections = Vec::new();
    for custom in module.customs.iter().filter(|custom| custom.name.starts_with("component-type")) {
        custom_section(custom.name, custom.data, &mut sections);
    }
    if sections.is_empty() { Ok(None) } else { decode(&sections).map(Some) }
}
