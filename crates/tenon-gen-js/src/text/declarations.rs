//! The `.d.ts` files.

use std::collections::BTreeMap;

use tenon_plan::{
    Export, ExportItem, Function, FunctionId, InterfaceId, Named, Plan, ResourceId, Role, Side,
};

use super::HEADER;
use super::types::{Declarations, exported};
use super::writer::{Writer, emit};
use crate::facts::{Facts, declared, function_name, imported_by_the_world, resource_of};
use crate::names::{camel, pascal, property, quote, reserved};
use crate::{Config, Instantiation};

/// All declarations, by path.
pub(super) fn files(plan: &Plan, config: &Config, facts: &Facts) -> Vec<(String, String)> {
    let mut files: Vec<_> = (0..plan.interfaces.len())
        .map(|i| {
            let id = InterfaceId::from(i);
            (format!("interfaces/{}.d.ts", facts.face(id).file), interface(plan, config, facts, id))
        })
        .collect();
    files.push(("instantiate.d.ts".into(), instantiate(plan, config, facts)));
    files.push(("index.d.ts".into(), index(plan, config, facts)));
    if facts.serves {
        files.push(("http.d.ts".into(), super::http::declarations(config)));
    }
    files
}

fn finish(d: &Declarations<'_>, body: Writer) -> String {
    let body = body.into_text();
    let body = format!("{}{}", if body.trim().is_empty() { "" } else { &body }, d.reexports());
    let body = if body.is_empty() && d.imports().is_empty() { "export {};\n".to_string() } else { body };
    format!("{HEADER}{}{}{}\n", library(&body), d.imports(), body.trim_end())
}

/// What of TypeScript's library not everybody has.
fn library(body: &str) -> &'static str {
    if body.contains("Symbol.dispose") { "/// <reference lib=\"esnext.disposable\" />\n" } else { "" }
}

fn interface(plan: &Plan, config: &Config, facts: &Facts, id: InterfaceId) -> String {
    let face = plan.interface(id);
    let mut d = Declarations::new(plan, config, facts, Some(id)).with_aliases(&face.types);
    let mut w = Writer::default();
    if let Some(docs) = &face.docs {
        w.doc(&format!("{}\n\n@module", docs.trim()));
        emit!(w);
    }
    for named in &face.types {
        d.declare(&mut w, named);
    }
    let members = members(plan, face.functions.iter().copied());
    match face.side {
        Side::Import => import_side(&mut d, &mut w, id, &members),
        Side::Export => export_side(&mut d, &mut w, &members),
    }
    finish(&d, w)
}

/// Functions by the resource that they belong to.
type Members<'a> = BTreeMap<Option<ResourceId>, Vec<&'a Function>>;

fn members(plan: &Plan, functions: impl Iterator<Item = FunctionId>) -> Members<'_> {
    let mut members = Members::new();
    for id in functions {
        let function = plan.function(id);
        members.entry(resource_of(function)).or_default().push(function);
    }
    members
}

/// A resource that an interface declares.
struct Declared {
    resource: ResourceId,
    /// Its name in WIT.
    wit: String,
    /// What its declaration calls it.
    name: String,
    docs: String,
}

/// The resources that the interface declares, or the world.
fn resources(d: &Declarations<'_>) -> Vec<Declared> {
    let types = match d.interface {
        Some(id) => &d.plan.interface(id).types,
        None => &d.plan.world.types,
    };
    types
        .iter()
        .filter_map(|named| match named.target {
            Named::Resource(resource) if declared(d.plan, d.interface, &named.name, named.target) => {
                Some(Declared {
                    resource,
                    wit: named.name.clone(),
                    name: d.local(d.interface, &named.name),
                    docs: named.docs.clone().unwrap_or_default(),
                })
            }
            _ => None,
        })
        .collect()
}

/// What a host implements: interfaces only.
fn import_side(d: &mut Declarations<'_>, w: &mut Writer, id: InterfaceId, members: &Members<'_>) {
    objects(d, w, members);
    if !has_contract(d.plan, id) {
        return;
    }
    let contract = d.facts.face(id).contract.clone();
    w.doc(&format!("What implements `{}`.", d.plan.interface(id).name));
    w.block(format!("export interface {contract} {{"), "}", |w| {
        classes(d, w, members);
        for function in members.get(&None).into_iter().flatten() {
            member(d, w, function, Side::Import, 0);
        }
    });
}

/// Objects of the host's, with their methods.
fn objects(d: &mut Declarations<'_>, w: &mut Writer, members: &Members<'_>) {
    for Declared { resource, wit, name, docs } in resources(d) {
        let functions = members.get(&Some(resource)).into_iter().flatten();
        w.doc(&docs);
        let export = d.export(&wit, &name, false);
        w.block(format!("{export}interface {name} {{"), "}", |w| {
            for function in functions.filter(|f| matches!(f.role, Role::Method { .. })) {
                member(d, w, function, Side::Import, 1);
            }
            emit!(w, "[Symbol.dispose]?(): void;");
        });
        emit!(w);
    }
}

/// Their classes, if these have more than methods.
fn classes(d: &mut Declarations<'_>, w: &mut Writer, members: &Members<'_>) {
    for Declared { resource, wit, name, .. } in resources(d) {
        let functions = members.get(&Some(resource)).into_iter().flatten();
        let statics: Vec<_> = functions.filter(|f| !matches!(f.role, Role::Method { .. })).collect();
        if statics.is_empty() {
            continue;
        }
        w.block(format!("{}: {{", property(&pascal(&wit))), "};", |w| {
            for function in statics {
                if matches!(function.role, Role::Constructor { .. }) {
                    w.doc(&d.function_docs(function, Side::Import));
                    let (params, _) = d.signature(function, 0, Side::Import);
                    emit!(w, "new ({params}): {name};");
                } else {
                    member(d, w, function, Side::Import, 0);
                }
            }
        });
    }
}

/// Whether there is anything to implement but classes that only have methods: whoever gives an object has them.
fn has_contract(plan: &Plan, id: InterfaceId) -> bool {
    plan.interface(id).functions.iter().any(|id| !matches!(plan.function(*id).role, Role::Method { .. }))
}

fn member(d: &mut Declarations<'_>, w: &mut Writer, function: &Function, side: Side, skip: usize) {
    w.doc(&d.function_docs(function, side));
    let (params, result) = d.signature(function, skip, side);
    emit!(w, "{}({params}): {result};", property(&function_name(function)));
}

/// What a component gives: functions and classes.
fn export_side(d: &mut Declarations<'_>, w: &mut Writer, members: &Members<'_>) {
    let none = Vec::new();
    for declared in resources(d) {
        class(d, w, &declared, members.get(&Some(declared.resource)).unwrap_or(&none));
    }
    error_classes(d, w);
    let mut renamed = Vec::new();
    for function in members.get(&None).unwrap_or(&none) {
        w.doc(&d.function_docs(function, Side::Export));
        let (params, result) = d.signature(function, 0, Side::Export);
        let name = function_name(function);
        if reserved(&name) {
            emit!(w, "declare function {name}_({params}): {result};");
            renamed.push(format!("{name}_ as {name}"));
        } else {
            emit!(w, "export function {name}({params}): {result};");
        }
    }
    if !renamed.is_empty() {
        emit!(w, "export {{ {} }};", renamed.join(", "));
    }
}

fn class(d: &mut Declarations<'_>, w: &mut Writer, declared: &Declared, functions: &[&Function]) {
    let Declared { wit, name, docs, .. } = declared;
    w.doc(docs);
    let export = d.export(wit, name, true);
    w.block(format!("{export}class {name} {{"), "}", |w| {
        if !functions.iter().any(|f| matches!(f.role, Role::Constructor { .. })) {
            emit!(w, "private constructor();");
        }
        for function in functions {
            w.doc(&d.function_docs(function, Side::Export));
            let skip = usize::from(matches!(function.role, Role::Method { .. }));
            let (params, result) = d.signature(function, skip, Side::Export);
            let own = property(&function_name(function));
            match function.role {
                Role::Constructor { .. } => emit!(w, "constructor({params});"),
                Role::Static { .. } => emit!(w, "static {own}({params}): {result};"),
                _ => emit!(w, "{own}({params}): {result};"),
            }
        }
        w.doc("Lets go of it: it cannot be used any more.");
        emit!(w, "[Symbol.dispose](): void;");
    });
    emit!(w);
}

fn error_classes(d: &mut Declarations<'_>, w: &mut Writer) {
    let errors = match d.interface {
        Some(id) => d.facts.face(id).errors.clone(),
        None => d.facts.world_errors.clone(),
    };
    let mut classes: BTreeMap<String, tenon_plan::TypeId> = BTreeMap::new();
    for (ty, class) in errors {
        classes.entry(class).or_insert(ty);
    }
    for (class, ty) in classes {
        let payload = d.ty(ty, super::types::Flow::Made);
        let error = d.runtime("ComponentError");
        w.doc(&format!("What a function throws whose error is of type `{payload}`: that is its `payload`."));
        emit!(w, "export class {class} extends {error}<{payload}> {{}}");
        emit!(w);
    }
}

/// `instantiate.d.ts`: the world.
fn instantiate(plan: &Plan, config: &Config, facts: &Facts) -> String {
    let mut d = Declarations::new(plan, config, facts, None).with_aliases(&plan.world.types);
    let mut w = Writer::default();
    for named in &plan.world.types {
        d.declare(&mut w, named);
    }
    let members = members(plan, imported_by_the_world(plan));
    objects(&mut d, &mut w, &members);
    let exported: Vec<&Function> = plan
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function { lift } => Some(plan.function(plan.lift(lift).function)),
            _ => None,
        })
        .collect();
    error_classes(&mut d, &mut w);
    let imports = imports(&mut d, &mut w, &members);
    exports(&mut d, &mut w, &exported);
    let options = config.instantiation != Instantiation::Import;
    if options {
        w.doc("How to make an instance.");
        w.block("export interface Options {", "}", |w| {
            w.doc("A core module, by its file's name; where there is none, the package's own is loaded.");
            let promise = if config.instantiation == Instantiation::Sync {
                ""
            } else {
                " | Promise<WebAssembly.Module>"
            };
            emit!(w, "getModule?(file: string): WebAssembly.Module{promise} | undefined;");
        });
        emit!(w);
    }
    w.doc("Makes an instance of the component.");
    let mut params = Vec::new();
    if imports {
        params.push("imports: Imports");
    } else if options {
        params.push("imports?: object");
    }
    if options {
        params.push("options?: Options");
    }
    let result = if config.instantiation == Instantiation::Sync { "Exports" } else { "Promise<Exports>" };
    emit!(w, "export function instantiate({}): {result};", params.join(", "));
    finish(&d, w)
}

fn imports(d: &mut Declarations<'_>, w: &mut Writer, members: &Members<'_>) -> bool {
    let facts = d.facts;
    if !facts.needs_imports() {
        return false;
    }
    w.doc("What the component needs.");
    w.block("export interface Imports {", "}", |w| {
        for id in &facts.imported {
            let face = facts.face(*id);
            let ty = if has_contract(d.plan, *id) {
                format!("import({}).{}", quote(&format!("./interfaces/{}.js", face.file)), face.contract)
            } else {
                "object".into()
            };
            emit!(w, "{}: {ty};", property(&face.key));
        }
        for (name, id) in &facts.imported_functions {
            let function = d.plan.function(*id);
            w.doc(&d.function_docs(function, Side::Import));
            let (params, result) = d.signature(function, 0, Side::Import);
            emit!(w, "{}({params}): {result};", property(name));
        }
        classes(d, w, members);
        for name in &facts.imported_modules {
            emit!(w, "{}: WebAssembly.Module;", property(name));
        }
    });
    emit!(w);
    true
}

fn exports(d: &mut Declarations<'_>, w: &mut Writer, functions: &[&Function]) {
    let plan = d.plan;
    if let Some(docs) = &plan.world.docs {
        w.doc(docs);
    } else {
        w.doc("What the component gives.");
    }
    w.block("export interface Exports {", "}", |w| {
        for function in functions.iter().filter(|f| resource_of(f).is_none()) {
            w.doc(&d.function_docs(function, Side::Export));
            let (params, result) = d.signature(function, 0, Side::Export);
            emit!(w, "{}({params}): {result};", property(&function_name(function)));
        }
        for (key, file) in interfaces(plan, d.facts) {
            emit!(w, "{}: typeof import({});", property(&key), quote(&format!("./interfaces/{file}.js")));
        }
        for class in world_errors(d.facts) {
            emit!(w, "{class}: typeof {class};");
        }
    });
    emit!(w);
}

fn world_errors(facts: &Facts) -> Vec<String> {
    let mut names: Vec<_> = facts.world_errors.values().cloned().collect();
    names.sort();
    names.dedup();
    names
}

/// The exported interfaces with values: key and file.
pub(super) fn interfaces(plan: &Plan, facts: &Facts) -> Vec<(String, String)> {
    plan.exports
        .iter()
        .filter_map(|export| match &export.item {
            ExportItem::Instance { interface: Some(id), exports } if has_values(exports) => {
                let face = facts.face(*id);
                Some((face.key.clone(), face.file.clone()))
            }
            _ => None,
        })
        .collect()
}

fn has_values(exports: &[Export]) -> bool {
    exports.iter().any(|export| !matches!(export.item, ExportItem::Type { .. }))
}

/// `index.d.ts`: what importing the package gives.
fn index(plan: &Plan, config: &Config, facts: &Facts) -> String {
    let mut w = Writer::default();
    w.raw(HEADER);
    if !facts.instantiates {
        filled(&mut w, plan, config, facts);
        emit!(w, "export * from './instantiate.js';");
        if super::index::has_component_error(plan, facts) {
            emit!(
                w,
                "export {{ ComponentError }} from {};",
                quote(&super::component::runtime_module(config, "errors", "."))
            );
        }
        return w.into_text();
    }
    let mut d = Declarations::new(plan, config, facts, None);
    let mut body = Writer::default();
    for (key, file) in interfaces(plan, facts) {
        emit!(body, "export * as {} from {};", key, quote(&format!("./interfaces/{file}.js")));
    }
    let mut renamed = Vec::new();
    for export in &plan.exports {
        let ExportItem::Function { lift } = export.item else { continue };
        let function = plan.function(plan.lift(lift).function);
        if resource_of(function).is_some() {
            continue;
        }
        body.doc(&d.function_docs(function, Side::Export));
        let (params, result) = d.signature(function, 0, Side::Export);
        let name = camel(&export.name);
        if reserved(&name) {
            emit!(body, "declare function {name}_({params}): {result};");
            renamed.push(format!("{name}_ as {name}"));
        } else {
            emit!(body, "export function {name}({params}): {result};");
        }
    }
    if !renamed.is_empty() {
        emit!(body, "export {{ {} }};", renamed.join(", "));
    }
    world_names(plan, facts, &mut body, &mut w);
    if super::index::has_component_error(plan, facts) {
        emit!(
            body,
            "export {{ ComponentError }} from {};",
            quote(&super::component::runtime_module(config, "errors", "."))
        );
    }
    w.raw(&d.imports());
    w.raw(&body.into_text());
    w.into_text()
}

/// `instantiate` where most of what it needs is known.
fn filled(w: &mut Writer, plan: &Plan, config: &Config, facts: &Facts) {
    if facts.sources.is_empty() {
        return;
    }
    let options = config.instantiation != Instantiation::Import;
    let names = if options { "Exports, Imports, Options" } else { "Exports, Imports" };
    emit!(w, "import type {{ {names} }} from './instantiate.js';");
    emit!(w);
    let missing: Vec<_> =
        facts.needs(plan).iter().filter(|n| n.module.is_none()).map(|n| quote(&n.key)).collect();
    let imports = if missing.is_empty() {
        "imports?: Partial<Imports>".to_string()
    } else {
        format!("imports: Partial<Imports> & Pick<Imports, {}>", missing.join(" | "))
    };
    let options = if options { ", options?: Options" } else { "" };
    let result = if config.instantiation == Instantiation::Sync { "Exports" } else { "Promise<Exports>" };
    w.doc(super::index::FILLED);
    emit!(w, "export function instantiate({imports}{options}): {result};");
}

/// Types and errors that stand in the world: declared with it, given again here.
fn world_names(plan: &Plan, facts: &Facts, body: &mut Writer, head: &mut Writer) {
    let types: Vec<_> = plan
        .world
        .types
        .iter()
        .filter_map(|ty| facts.world_types.get(&ty.name).map(|local| (local, exported(&ty.name, local))))
        .collect();
    let renamed =
        |(from, to): (&str, &str)| if from == to { from.to_string() } else { format!("{from} as {to}") };
    if !types.is_empty() {
        let taken: Vec<_> = types.iter().map(|(local, given)| renamed((given, local))).collect();
        emit!(head, "import type {{ {} }} from './instantiate.js';", taken.join(", "));
        let given: Vec<_> = types.iter().map(|(local, given)| renamed((local, given))).collect();
        emit!(body, "export type {{ {} }};", given.join(", "));
    }
    let errors = world_errors(facts);
    if !errors.is_empty() {
        emit!(body, "export {{ {} }} from './instantiate.js';", errors.join(", "));
    }
}
