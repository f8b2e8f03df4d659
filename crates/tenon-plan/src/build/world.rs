//! Imports, exports and interfaces.

use std::collections::HashMap;

use tenon_wit::World;
use wasmtime_environ::component::{self as env, ComponentExtern, ComponentExternData, ExportIndex, TypeDef};
use wit_parser::{WorldItem, WorldKey};

use super::functions::{self, Place};
use super::types::docs;
use super::{Broken, Builder, Result};
use crate::{
    Export, ExportItem, Import, ImportId, ImportItem, Interface, InterfaceId, Lift, LiftId, Mode, ModuleId,
    Named, NamedType, OptionsId, ResourceId, Side, TypeId, TypeName,
};

/// What WIT knows of a world's imports or exports, by the name in the binary.
pub(super) type Items<'a> = HashMap<String, &'a WorldItem>;

pub(super) fn items(wit: Option<&World>, side: Side) -> Items<'_> {
    let Some(world) = wit else { return HashMap::new() };
    let resolve = &world.resolve;
    let items = match side {
        Side::Import => &resolve.worlds[world.id].imports,
        Side::Export => &resolve.worlds[world.id].exports,
    };
    let name = |key: &WorldKey| resolve.name_world_key(key);
    items.iter().map(|(key, item)| (name(key), item)).collect()
}

/// The interfaces of one side, by their name in the binary.
pub(super) type Known = HashMap<(Side, String), InterfaceId>;

impl<'a> Builder<'a> {
    /// Gives every imported and exported instance an interface, and finds the names of what is in it. Names come before
    /// types, as types refer to them.
    pub(super) fn interfaces(&mut self) {
        let component = self.component;
        for (name, item) in component.import_types.values() {
            match item.ty {
                TypeDef::ComponentInstance(ty) => {
                    let id = self.interface(name, Side::Import);
                    let env = self.types.env;
                    for (name, item) in &env[ty].exports {
                        self.name(name, item.ty, Side::Import, Some(id));
                    }
                }
                ty => self.name(name, ty, Side::Import, None),
            }
        }
        for (name, (index, _)) in component.exports.raw_iter() {
            match &component.export_items[*index] {
                env::Export::Instance { exports, .. } => {
                    let id = self.interface(name, Side::Export);
                    for (name, (index, _)) in exports.raw_iter() {
                        if let env::Export::Type(ty) = component.export_items[*index] {
                            self.name(name, ty, Side::Export, Some(id));
                        }
                    }
                }
                env::Export::Type(ty) => self.name(name, *ty, Side::Export, None),
                _ => {}
            }
        }
    }

    fn interface(&mut self, name: &str, side: Side) -> InterfaceId {
        let id = InterfaceId::from(self.interfaces.len());
        let mut text = None;
        if let (Some(WorldItem::Interface { id: wit, .. }), Some(world)) =
            (self.items(side).get(name), self.types.wit)
        {
            // What has the interface's own name comes before what a world calls otherwise.
            let all = self.types.interfaces.entry((side, *wit)).or_default();
            let own = world.resolve.id_of(*wit).is_some_and(|own| own == name);
            all.insert(if own { 0 } else { all.len() }, id);
            text = docs(&world.resolve.interfaces[*wit].docs);
        }
        self.interfaces.push(Interface {
            name: name.to_string(),
            side,
            docs: text,
            types: Vec::new(),
            functions: Vec::new(),
        });
        self.known.insert((side, name.to_string()), id);
        id
    }

    fn items(&self, side: Side) -> &Items<'a> {
        match side {
            Side::Import => &self.import_items,
            Side::Export => &self.export_items,
        }
    }

    /// Remembers the name of a type.
    fn name(&mut self, name: &str, ty: TypeDef, side: Side, interface: Option<InterfaceId>) {
        let named = TypeName { interface, name: name.to_string() };
        self.types.present.extend(interface.map(|interface| (interface, name.to_string())));
        match ty {
            TypeDef::Resource(table) => {
                let id = self.types.resource(table);
                self.functions.resources.insert((side, interface, name.to_string()), id);
                let text = self.wit_type_docs(name, side, interface);
                let resource = &mut self.types.resources[id.index()];
                if resource.name.is_none() {
                    resource.name = Some(named);
                    resource.docs = text;
                }
            }
            TypeDef::Interface(ty) => {
                self.types.names.entry(ty).or_insert(named);
            }
            _ => {}
        }
    }

    fn wit_interface(&self, side: Side, interface: InterfaceId) -> Option<&'a wit_parser::Interface> {
        let world = self.types.wit?;
        match self.items(side).get(&self.interfaces[interface.index()].name)? {
            WorldItem::Interface { id, .. } => Some(&world.resolve.interfaces[*id]),
            _ => None,
        }
    }

    fn wit_type(&self, name: &str, side: Side, interface: Option<InterfaceId>) -> Option<wit_parser::TypeId> {
        match interface {
            Some(interface) => self.wit_interface(side, interface)?.types.get(name).copied(),
            None => match self.items(side).get(name)? {
                WorldItem::Type { id, .. } => Some(*id),
                _ => None,
            },
        }
    }

    fn wit_type_docs(&self, name: &str, side: Side, interface: Option<InterfaceId>) -> Option<String> {
        let id = self.wit_type(name, side, interface)?;
        docs(&self.types.wit?.resolve.types[id].docs)
    }

    fn wit_function(
        &self,
        name: &str,
        side: Side,
        interface: Option<InterfaceId>,
    ) -> Option<&'a wit_parser::Function> {
        match interface {
            Some(interface) => self.wit_interface(side, interface)?.functions.get(name),
            None => match self.items(side).get(name)? {
                WorldItem::Function(function) => Some(function),
                _ => None,
            },
        }
    }

    /// Fills the interfaces and the world's own types.
    pub(super) fn fill(&mut self) {
        let component = self.component;
        for (name, item) in component.import_types.values() {
            match item.ty {
                TypeDef::ComponentInstance(ty) => {
                    let id = self.known[&(Side::Import, name.clone())];
                    let env = self.types.env;
                    for (name, ComponentExtern { ty, .. }) in &env[ty].exports {
                        self.fill_item(name, *ty, Side::Import, id);
                    }
                }
                ty => {
                    let named = self.named_type(name, ty, Side::Import, None);
                    self.world_types.extend(named);
                }
            }
        }
        for (name, (index, _)) in component.exports.raw_iter() {
            match &component.export_items[*index] {
                env::Export::Instance { exports, .. } => {
                    let id = self.known[&(Side::Export, name.to_string())];
                    for (name, (index, _)) in exports.raw_iter() {
                        match component.export_items[*index] {
                            env::Export::Type(ty) => self.fill_item(name, ty, Side::Export, id),
                            env::Export::LiftedFunction { ty, .. } => {
                                self.fill_item(name, TypeDef::ComponentFunc(ty), Side::Export, id);
                            }
                            _ => {}
                        }
                    }
                }
                env::Export::Type(ty) => {
                    let named = self.named_type(name, *ty, Side::Export, None);
                    self.world_types.extend(named);
                }
                _ => {}
            }
        }
    }

    /// The types that the world itself has are not among its imports; those that functions use are known by name.
    pub(super) fn world_types(&mut self) {
        let Some(world) = self.types.wit else { return };
        let wit = &world.resolve.worlds[world.id];
        for (key, item) in wit.imports.iter().chain(&wit.exports) {
            let (WorldKey::Name(name), WorldItem::Type { id, .. }) = (key, item) else { continue };
            let own = |known: &Option<TypeName>| {
                known.as_ref().is_some_and(|known| known.interface.is_none() && known.name == *name)
            };
            let known = self.types.list.iter().position(|ty| own(&ty.name));
            if self.world_types.iter().any(|known| known.name == *name) {
                continue;
            }
            if let Some(index) = known {
                self.world_types.push(NamedType {
                    name: name.clone(),
                    docs: docs(&world.resolve.types[*id].docs),
                    target: Named::Type(TypeId::from(index)),
                });
            }
        }
    }

    fn fill_item(&mut self, name: &str, ty: TypeDef, side: Side, id: InterfaceId) {
        if let TypeDef::ComponentFunc(ty) = ty {
            let wit = self.wit_function(name, side, Some(id));
            let place = Place { side, interface: Some(id), name, wit };
            let function = self.functions.add(&mut self.types, ty, place);
            self.interfaces[id.index()].functions.push(function);
        } else if let Some(named) = self.named_type(name, ty, side, Some(id)) {
            self.interfaces[id.index()].types.push(named);
        }
    }

    fn named_type(
        &mut self,
        name: &str,
        ty: TypeDef,
        side: Side,
        interface: Option<InterfaceId>,
    ) -> Option<NamedType> {
        let target = match ty {
            TypeDef::Resource(table) => Named::Resource(self.types.resource(table)),
            TypeDef::Interface(ty) => {
                let wit = self.wit_type(name, side, interface).map(wit_parser::Type::Id);
                Named::Type(self.types.value(ty, wit, side))
            }
            _ => return None,
        };
        let docs = self.wit_type_docs(name, side, interface);
        Some(NamedType { name: name.to_string(), docs, target })
    }

    /// What the host gives, as far as it is used.
    pub(super) fn imports(&mut self) -> Result<()> {
        let component = self.component;
        let resources: HashMap<_, _> =
            component.imported_resources.iter().map(|(resource, import)| (*import, resource)).collect();
        for (index, (root, rest)) in component.imports.iter() {
            let (first, item) = &component.import_types[*root];
            let mut path = vec![first.clone()];
            let mut ty = item.ty;
            for name in rest {
                let TypeDef::ComponentInstance(instance) = ty else {
                    return Err(Broken("an import is looked for in something that is no instance"));
                };
                let found = self.types.env[instance].exports.get(name);
                ty = found.ok_or(Broken("an import is not in its instance"))?.ty;
                path.push(name.clone());
            }
            let interface = self.known.get(&(Side::Import, first.clone())).copied();
            let item = match (ty, resources.get(&index)) {
                (_, Some(resource)) => ImportItem::Resource { resource: ResourceId(resource.as_u32()) },
                (TypeDef::ComponentFunc(ty), None) => {
                    let name = path.last().map(String::as_str).unwrap_or_default();
                    let wit = self.wit_import(&path, interface);
                    let place = Place { side: Side::Import, interface, name, wit };
                    ImportItem::Function { function: self.functions.add(&mut self.types, ty, place) }
                }
                (TypeDef::Module(_), None) => ImportItem::Module,
                _ => return Err(Broken("an import is of an unknown kind")),
            };
            self.imports.push(Import { path, interface, item });
        }
        Ok(())
    }

    fn wit_import(
        &self,
        path: &[String],
        interface: Option<InterfaceId>,
    ) -> Option<&'a wit_parser::Function> {
        match path {
            [name] => self.wit_function(name, Side::Import, None),
            [_, name] => self.wit_function(name, Side::Import, interface),
            _ => None,
        }
    }

    /// What WIT knows of an imported function.
    pub(super) fn wit_of_import(&self, import: ImportId) -> Option<&'a wit_parser::Function> {
        let import = self.imports.get(import.index())?;
        self.wit_import(&import.path, import.interface)
    }

    pub(super) fn exports(&mut self) -> Result<Vec<Export>> {
        let component = self.component;
        self.export_list(component.exports.raw_iter(), None, true)
    }

    fn export_list<K: AsRef<str> + 'a>(
        &mut self,
        list: impl Iterator<Item = (&'a K, &'a (ExportIndex, ComponentExternData))>,
        interface: Option<InterfaceId>,
        root: bool,
    ) -> Result<Vec<Export>> {
        let mut exports = Vec::new();
        for (name, (index, _)) in list {
            let name = name.as_ref().to_string();
            let item = self.export(&name, *index, interface, root)?;
            exports.extend(item.map(|item| Export { name, item }));
        }
        Ok(exports)
    }

    fn export(
        &mut self,
        name: &str,
        index: ExportIndex,
        interface: Option<InterfaceId>,
        root: bool,
    ) -> Result<Option<ExportItem>> {
        let component = self.component;
        Ok(Some(match &component.export_items[index] {
            env::Export::LiftedFunction { ty, func, options } => {
                let wit = if root || interface.is_some() {
                    self.wit_function(name, Side::Export, interface)
                } else {
                    None
                };
                let place = Place { side: Side::Export, interface, name, wit };
                let lift = Lift {
                    function: self.functions.add(&mut self.types, *ty, place),
                    core: self.steps.function(func)?,
                    options: OptionsId(options.as_u32()),
                    signature: functions::lifted(&self.types, *ty, &component.options[*options]),
                    mode: Mode::Sync,
                    blocking: Vec::new(),
                };
                let result = self.functions.list[lift.function.index()].result;
                self.results.entry(self.types.env[*ty].results).or_insert(result);
                let id = LiftId::from(self.lifts.len());
                self.lifts.push(lift);
                ExportItem::Function { lift: id }
            }
            env::Export::Instance { exports, .. } => {
                let inner =
                    if root { self.known.get(&(Side::Export, name.to_string())).copied() } else { None };
                let exports = self.export_list(exports.raw_iter(), inner, false)?;
                ExportItem::Instance { interface: inner, exports }
            }
            env::Export::ModuleStatic { index, .. } => {
                ExportItem::Module { module: ModuleId(index.as_u32()) }
            }
            env::Export::ModuleImport { import, .. } => {
                ExportItem::ImportedModule { import: ImportId(import.as_u32()) }
            }
            env::Export::Type(ty) => match self.named_type(name, *ty, Side::Export, interface) {
                Some(NamedType { target: Named::Type(ty), .. }) => ExportItem::Type { ty },
                Some(NamedType { target: Named::Resource(resource), .. }) => {
                    ExportItem::Resource { resource }
                }
                // A type of instances or components.
                None => return Ok(None),
            },
        }))
    }
}
