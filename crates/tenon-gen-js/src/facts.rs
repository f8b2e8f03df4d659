//! What JavaScript calls everything: decided here once, and only printed elsewhere.

use std::collections::BTreeMap;

use tenon_plan::{
    Export, ExportItem, Function, FunctionId, ImportItem, InterfaceId, Kind, LiftId, Named, Plan, ResourceId,
    Role, Side, TypeId,
};
use tenon_wit::{Diagnostic, Diagnostics};

use crate::names::{Scope, camel, error_class, file, last_part, pascal, without_version};
use crate::shims::{self, Adapter};
use crate::{Config, Instantiation};

/// Where imports come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The interface, without version; with a `*` at the end, all that begin so.
    pub interface: String,
    /// What JavaScript imports. A `*` is what the interface's `*` was.
    pub module: String,
    /// The name in that module; all of it if there is none. A `*` is what the interface's `*` was, in camel case.
    pub export: Option<String>,
}

impl Mapping {
    /// Reads `wasi:cli/*=@scope/package/cli#*`.
    ///
    /// # Errors
    /// When there is no `=`, or nothing on one side of it, or a `*` that is not at the interface's end.
    pub fn parse(text: &str) -> Result<Mapping, String> {
        let (interface, target) = text.split_once('=').ok_or("expected `interface=module#export`")?;
        let (module, export) = match target.split_once('#') {
            Some((module, export)) => (module, Some(export.to_string())),
            None => (target, None),
        };
        if interface.is_empty() || module.is_empty() || export.as_deref() == Some("") {
            return Err("expected `interface=module#export`".into());
        }
        if interface.trim_end_matches('*').contains('*') || interface.ends_with("**") {
            return Err("a `*` can only be the end of an interface".into());
        }
        Ok(Mapping { interface: interface.into(), module: module.into(), export })
    }

    /// Whether this says where an import comes from.
    pub fn is_about(&self, import: &str) -> bool {
        self.resolve(import).is_some()
    }

    /// The module and the export for an interface, if this is about it.
    fn resolve(&self, interface: &str) -> Option<(String, Option<String>)> {
        let plain = without_version(interface);
        let star = match self.interface.strip_suffix('*') {
            Some(prefix) => plain.strip_prefix(prefix)?,
            None if self.interface == plain || self.interface == interface => "",
            None => return None,
        };
        let export = self.export.as_ref().map(|export| export.replace('*', &camel(star)));
        Some((self.module.replace('*', star), export))
    }
}

/// An interface, as JavaScript sees it.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    /// The property of what is imported or exported.
    pub(crate) key: String,
    /// The file of its types, without the folder and the ending.
    pub(crate) file: String,
    /// What TypeScript calls its types, by their names in WIT.
    pub(crate) types: BTreeMap<String, String>,
    /// The classes of errors, by the payload's TypeScript name or type.
    pub(crate) errors: BTreeMap<TypeId, String>,
    /// Of an imported interface: what its functions and classes together are called.
    pub(crate) contract: String,
    /// The names that its file's declarations have.
    pub(crate) scope: Scope,
}

/// Where an import comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The module.
    pub(crate) module: String,
    /// Its export, or all of it.
    pub(crate) export: Option<String>,
    /// What makes of it what the component expects.
    pub(crate) adapter: Option<Adapter>,
}

/// What somebody has to give before there can be an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The interface or function, as WIT names it.
    pub name: String,
    /// The property of `imports`.
    pub key: String,
    /// The module that it comes from, if that is known.
    pub module: Option<String>,
}

/// Everything that was decided.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    /// By interface.
    pub(crate) faces: Vec<Face>,
    /// Interfaces with functions or resources that the host must give, in order of their keys.
    pub(crate) imported: Vec<InterfaceId>,
    /// Functions that the world itself imports: name and type.
    pub(crate) imported_functions: Vec<(String, FunctionId)>,
    /// Resources of the world itself that have constructors or static functions: the name of the class.
    pub(crate) imported_classes: Vec<(String, ResourceId)>,
    /// Core modules that the host must give.
    pub(crate) imported_modules: Vec<String>,
    /// Where each imported interface comes from, by key, if that is known.
    pub(crate) sources: BTreeMap<String, Source>,
    /// Names of types that stand in the world.
    pub(crate) world_types: BTreeMap<String, String>,
    /// Classes of errors that stand in the world.
    pub(crate) world_errors: BTreeMap<TypeId, String>,
    /// What the names of the world are.
    pub(crate) world_scope: Scope,
    /// Whether importing the package instantiates the component.
    pub(crate) instantiates: bool,
    /// Whether the component answers requests, with the published `wasi:http/types`.
    pub(crate) serves: bool,
}

impl Facts {
    pub(crate) fn new(plan: &Plan, config: &Config) -> Facts {
        let faces = faces(plan);
        let mut imported: Vec<_> = imported_interfaces(plan);
        imported.sort_by(|a, b| faces[a.index()].key.cmp(&faces[b.index()].key));
        let imported_functions: Vec<_> = imported_by_the_world(plan)
            .filter(|id| resource_of(plan.function(*id)).is_none())
            .map(|id| (function_name(plan.function(id)), id))
            .collect();
        let imported_classes = imported_classes(plan);
        let imported_modules: Vec<_> = plan
            .imports
            .iter()
            .filter(|import| matches!(import.item, ImportItem::Module))
            .map(|import| import.path.join("."))
            .collect();
        let names: Vec<(String, &str)> = imported
            .iter()
            .map(|id| (faces[id.index()].key.clone(), plan.interface(*id).name.as_str()))
            .chain(imported_functions.iter().map(|(key, id)| (key.clone(), plan.function(*id).name.as_str())))
            .chain(imported_classes.iter().map(|(key, id)| (key.clone(), resource_name(plan, *id))))
            .collect();
        let sources = sources(config, &names);
        let known = sources.len() == names.len() && imported_modules.is_empty();
        let instantiates = config.instantiation == Instantiation::Import && known;
        let serves = shims::serves(plan, &sources);
        let mut world_scope = Scope::new();
        for name in ["Exports", "Imports", "Options", "instantiate"] {
            world_scope.name(name);
        }
        let world_types = plan
            .world
            .types
            .iter()
            .map(|ty| (ty.name.clone(), world_scope.name(&pascal(&ty.name))))
            .collect();
        let mut facts = Facts {
            faces,
            imported,
            imported_functions,
            imported_classes,
            imported_modules,
            sources,
            world_types,
            world_errors: BTreeMap::new(),
            world_scope,
            instantiates,
            serves,
        };
        facts.errors(plan, None, &plan.exports);
        facts
    }

    /// Names a class for the error type of each exported function.
    fn errors(&mut self, plan: &Plan, interface: Option<InterfaceId>, exports: &[Export]) {
        for export in exports {
            match &export.item {
                ExportItem::Function { lift } => self.error(plan, interface, *lift),
                ExportItem::Instance { interface, exports } => self.errors(plan, *interface, exports),
                _ => {}
            }
        }
    }

    fn error(&mut self, plan: &Plan, interface: Option<InterfaceId>, lift: LiftId) {
        let Some((_, Some(err))) = fallible(plan, plan.function(plan.lift(lift).function)) else {
            return;
        };
        let Some(name) = &plan.ty(err).name else { return };
        let wanted = error_class(&name.name);
        let (scope, errors) = match interface {
            Some(id) => {
                let face = &mut self.faces[id.index()];
                (&mut face.scope, &mut face.errors)
            }
            None => (&mut self.world_scope, &mut self.world_errors),
        };
        // One WIT type can be several types of the plan, which differ in tables of handles.
        let same = errors
            .iter()
            .find(|(other, _)| plan.ty(**other).name.as_ref() == Some(name))
            .map(|(_, n)| n.clone());
        errors.entry(err).or_insert_with(|| same.unwrap_or_else(|| scope.name(&wanted)));
    }

    /// The class of errors of an exported function, if its error has a name.
    pub(crate) fn error_class(&self, interface: Option<InterfaceId>, err: Option<TypeId>) -> Option<&str> {
        let errors = match interface {
            Some(id) => &self.faces[id.index()].errors,
            None => &self.world_errors,
        };
        err.and_then(|err| errors.get(&err)).map(String::as_str)
    }

    /// All that the component imports, and whether it is known from where.
    pub(crate) fn needs(&self, plan: &Plan) -> Vec<Need> {
        let module = |key: &str| self.sources.get(key).map(|source| source.module.clone());
        let interfaces = self.imported.iter().map(|id| {
            let key = &self.face(*id).key;
            Need { name: key.clone(), key: key.clone(), module: module(key) }
        });
        let functions = self.imported_functions.iter().map(|(key, id)| Need {
            name: plan.function(*id).name.clone(),
            key: key.clone(),
            module: module(key),
        });
        let classes = self.imported_classes.iter().map(|(key, id)| Need {
            name: resource_name(plan, *id).into(),
            key: key.clone(),
            module: module(key),
        });
        let modules =
            self.imported_modules.iter().map(|n| Need { name: n.clone(), key: n.clone(), module: None });
        interfaces.chain(functions).chain(classes).chain(modules).collect()
    }

    /// Whether there is anything that somebody has to give.
    pub(crate) fn needs_imports(&self) -> bool {
        !(self.imported.is_empty()
            && self.imported_functions.is_empty()
            && self.imported_classes.is_empty()
            && self.imported_modules.is_empty())
    }

    /// An interface's face.
    pub(crate) fn face(&self, id: InterfaceId) -> &Face {
        &self.faces[id.index()]
    }
}

/// The `result` that a function returns: what it is when all is well, and when not.
pub(crate) fn fallible(plan: &Plan, function: &Function) -> Option<(Option<TypeId>, Option<TypeId>)> {
    match plan.ty(function.result?).kind {
        Kind::Result { ok, err, .. } => Some((ok, err)),
        _ => None,
    }
}

/// Whether a function is asynchronous and gives a future: a promise cannot have a promise as its value, so one is both.
pub(crate) fn gives_future(plan: &Plan, function: &Function) -> bool {
    function.async_ && function.result.is_some_and(|ty| matches!(plan.ty(ty).kind, Kind::Future { .. }))
}

/// The same for one that an error or nothing may stand for: the promise is rejected, or its value is nothing.
pub(crate) fn may_give_future(plan: &Plan, function: &Function) -> bool {
    future_value(plan, function).is_some()
}

/// The value of the future that an asynchronous function may give, and whether nothing may stand for the future.
pub(crate) fn future_value(plan: &Plan, function: &Function) -> Option<(Option<TypeId>, bool)> {
    let result = match plan.ty(function.result.filter(|_| function.async_)?).kind {
        Kind::Result { ok, .. } => ok?,
        _ => function.result?,
    };
    let (future, optional) = match plan.ty(result).kind {
        Kind::Option { some, .. } => (some, true),
        _ => (result, false),
    };
    match plan.ty(future).kind {
        Kind::Future { payload, .. } => Some((payload, optional)),
        _ => None,
    }
}

/// Whether a value of a type can contain one of a kind.
pub(crate) fn contains(plan: &Plan, ty: TypeId, test: &dyn Fn(&Kind) -> bool) -> bool {
    let kind = &plan.ty(ty).kind;
    let inner = |ty: &TypeId| contains(plan, *ty, test);
    test(kind)
        || match kind {
            Kind::List { element } | Kind::FixedList { element, .. } => inner(element),
            Kind::Map { key, value, .. } => inner(key) || inner(value),
            Kind::Record { fields } => fields.iter().any(|field| inner(&field.ty)),
            Kind::Tuple { items } => items.iter().any(|item| inner(&item.ty)),
            Kind::Variant { cases, .. } => cases.iter().filter_map(|case| case.ty.as_ref()).any(inner),
            Kind::Option { some, .. } => inner(some),
            Kind::Result { ok, err, .. } => ok.iter().chain(err).any(inner),
            _ => false,
        }
}

/// A function's own name, in camel case.
pub(crate) fn function_name(function: &Function) -> String {
    match &function.role {
        Role::Free => camel(&function.name),
        Role::Constructor { .. } => "constructor".into(),
        Role::Method { method, .. } | Role::Static { method, .. } => camel(method),
    }
}

/// The resource that a function belongs to.
pub(crate) fn resource_of(function: &Function) -> Option<ResourceId> {
    match function.role {
        Role::Free => None,
        Role::Constructor { resource } | Role::Method { resource, .. } | Role::Static { resource, .. } => {
            resource
        }
    }
}

/// Interfaces with something that the component needs at run time.
fn imported_interfaces(plan: &Plan) -> Vec<InterfaceId> {
    let mut list: Vec<_> = plan
        .imports
        .iter()
        .filter(|import| matches!(import.item, ImportItem::Function { .. }))
        .filter_map(|import| import.interface)
        .collect();
    list.sort();
    list.dedup();
    list
}

fn faces(plan: &Plan) -> Vec<Face> {
    let mut files = Scope::default();
    let mut keys = [Scope::default(), Scope::default()];
    // What has no more than its name has that; interfaces can be numbered.
    for export in &plan.exports {
        match export.item {
            ExportItem::Instance { interface: Some(_), .. }
            | ExportItem::Resource { .. }
            | ExportItem::Type { .. } => {}
            _ => drop(keys[1].name(&camel(&export.name))),
        }
    }
    let same = |side: Side, name: &str| {
        plan.interfaces.iter().filter(|i| i.side == side && without_version(&i.name) == name).count()
    };
    plan.interfaces
        .iter()
        .map(|interface| {
            let plain = without_version(&interface.name);
            let key = match interface.side {
                Side::Import if same(Side::Import, plain) > 1 => keys[0].name(&interface.name),
                Side::Import => keys[0].name(plain),
                Side::Export => keys[1].name(&camel(last_part(&interface.name))),
            };
            let mut scope = Scope::new();
            let types =
                interface.types.iter().map(|ty| (ty.name.clone(), scope.name(&pascal(&ty.name)))).collect();
            let contract = match interface.side {
                Side::Import => scope.name(&pascal(last_part(&interface.name))),
                Side::Export => String::new(),
            };
            Face {
                key,
                file: files.name(&file(&interface.name)),
                types,
                errors: BTreeMap::new(),
                contract,
                scope,
            }
        })
        .collect()
}

/// The functions that the world itself imports, also those of resources.
pub(crate) fn imported_by_the_world(plan: &Plan) -> impl Iterator<Item = FunctionId> {
    plan.imports.iter().filter(|import| import.path.len() == 1).filter_map(|import| match import.item {
        ImportItem::Function { function } => Some(function),
        _ => None,
    })
}

/// The resources of the world that have more than methods: whoever gives an object has those.
fn imported_classes(plan: &Plan) -> Vec<(String, ResourceId)> {
    let mut classes = Vec::new();
    for function in imported_by_the_world(plan).map(|id| plan.function(id)) {
        let Some(resource) = resource_of(function) else { continue };
        let class = (pascal(resource_name(plan, resource)), resource);
        if !matches!(function.role, Role::Method { .. }) && !classes.contains(&class) {
            classes.push(class);
        }
    }
    classes
}

fn resource_name(plan: &Plan, id: ResourceId) -> &str {
    plan.resource(id).name.as_ref().map_or("resource", |name| name.name.as_str())
}

/// Where imports come from: the key and the name in WIT of each.
fn sources(config: &Config, names: &[(String, &str)]) -> BTreeMap<String, Source> {
    let find = |name: &str| {
        let mapped = config.map.iter().find_map(|mapping| mapping.resolve(name));
        mapped
            .map(|(module, export)| Source { module, export, adapter: None })
            .or_else(|| shims::source(name))
    };
    names.iter().filter_map(|(key, name)| Some((key.clone(), find(name)?))).collect()
}

/// What JavaScript packages cannot do.
pub(crate) fn check(plan: &Plan) -> Result<(), Diagnostics> {
    let mut problems = Vec::new();
    for module in &plan.modules {
        for feature in &module.features {
            if matches!(
                feature.as_str(),
                "memory64" | "threads" | "shared-everything-threads" | "custom-page-sizes"
            ) {
                problems.push(feature.clone());
            }
        }
    }
    problems.sort();
    problems.dedup();
    if problems.is_empty() {
        return Ok(());
    }
    let mut diagnostics = Diagnostics::new();
    diagnostics.extend(problems.into_iter().map(|feature| {
        Diagnostic::error(
            UNSUPPORTED,
            format!("a core module uses `{feature}`, which JavaScript packages do not support"),
        )
        .with_help("compile it without that feature")
    }));
    Err(diagnostics)
}

/// The component needs what JavaScript cannot do.
pub(crate) const UNSUPPORTED: tenon_wit::Code = "T0601";

/// Whether a named type is declared where the name stands; otherwise the name is an alias.
pub(crate) fn declared(plan: &Plan, interface: Option<InterfaceId>, name: &str, target: Named) -> bool {
    let own = match target {
        Named::Type(id) => plan.ty(id).name.as_ref(),
        Named::Resource(id) => plan.resource(id).name.as_ref(),
    };
    own.is_none_or(|own| own.interface == interface && own.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings() {
        let map = Mapping::parse("shop:*=./shop/*.js#*").expect("it is one");
        assert_eq!(
            map.resolve("shop:big-orders@1.0.0"),
            Some(("./shop/big-orders.js".into(), Some("bigOrders".into())))
        );
        assert_eq!(map.resolve("other:orders"), None);
        assert!(Mapping::parse("nothing").is_err());
        assert!(Mapping::parse("a=").is_err());
        assert!(Mapping::parse("a:*/b=./b.js").is_err());
    }
}
