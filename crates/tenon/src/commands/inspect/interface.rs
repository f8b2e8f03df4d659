//! What a world or a core module imports and exports, readable.

use serde::Serialize;
use tenon_wit::World;
use wasmparser::{ExternalKind, Parser, Payload, TypeRef};
use wit_component::{OutputToString, WitPrinter};
use wit_parser::{Function, FunctionKind, Handle, Resolve, Type, TypeDefKind, TypeId, WorldItem};

/// One thing that is imported or exported.
#[derive(Debug, Serialize)]
pub(super) struct Interface {
    /// As `wasi:http/types@0.3.0`, or a function's or a core module's name.
    name: String,
    /// `interface`, `function`, `type` or, for core modules, `module`.
    kind: &'static str,
    /// The functions of an interface, as WIT; for a function, itself.
    functions: Vec<String>,
}

impl Interface {
    pub(super) fn text(&self) -> String {
        match (self.kind, self.functions.as_slice()) {
            ("function", [signature]) => format!("  {signature}\n"),
            ("type", _) => format!("  type {}\n", self.name),
            (_, functions) => {
                let lines: String = functions.iter().map(|f| format!("    {f}\n")).collect();
                format!("  {}\n{lines}", self.name)
            }
        }
    }
}

pub(super) fn imports(world: &World) -> Vec<Interface> {
    items(world, world.resolve.worlds[world.id].imports.iter())
}

pub(super) fn exports(world: &World) -> Vec<Interface> {
    items(world, world.resolve.worlds[world.id].exports.iter())
}

fn items<'a>(
    world: &'a World,
    items: impl Iterator<Item = (&'a wit_parser::WorldKey, &'a WorldItem)>,
) -> Vec<Interface> {
    let resolve = &world.resolve;
    let item = |(key, item): (&wit_parser::WorldKey, &WorldItem)| {
        let name = resolve.name_world_key(key);
        match item {
            WorldItem::Interface { id, .. } => {
                let functions = resolve.interfaces[*id].functions.values();
                Interface {
                    name,
                    kind: "interface",
                    functions: functions.map(|f| signature(resolve, f)).collect(),
                }
            }
            WorldItem::Function(function) => {
                Interface { name, kind: "function", functions: vec![signature(resolve, function)] }
            }
            WorldItem::Type { .. } => Interface { name, kind: "type", functions: Vec::new() },
        }
    };
    items.map(item).collect()
}

/// `fields.append: func(name: string) -> result<_, header-error>`
fn signature(resolve: &Resolve, function: &Function) -> String {
    let keyword = if is_async(&function.kind) { "async func" } else { "func" };
    let owner = function.kind.resource().and_then(|id| resolve.types[id].name.clone());
    let name = match owner {
        Some(owner) if matches!(function.kind, FunctionKind::Constructor(_)) => {
            format!("{owner}.constructor")
        }
        Some(owner) => format!("{owner}.{}", function.item_name()),
        None => function.name.clone(),
    };
    // A method's first parameter is the resource itself, which its name says already.
    let is_method = matches!(function.kind, FunctionKind::Method(_) | FunctionKind::AsyncMethod(_));
    let params = function.params.iter().skip(usize::from(is_method));
    let params: Vec<String> = params.map(|p| format!("{}: {}", p.name, type_name(resolve, &p.ty))).collect();
    // A constructor gives what it constructs, unless it can fail.
    let constructs = matches!(function.kind, FunctionKind::Constructor(_));
    let plain = |ty: &Type| constructs && owns(resolve, ty).is_some();
    let result = function
        .result
        .filter(|ty| !plain(ty))
        .map(|ty| format!(" -> {}", type_name(resolve, &ty)))
        .unwrap_or_default();
    format!("{name}: {keyword}({}){result}", params.join(", "))
}

fn is_async(kind: &FunctionKind) -> bool {
    matches!(
        kind,
        FunctionKind::AsyncFreestanding | FunctionKind::AsyncMethod(_) | FunctionKind::AsyncStatic(_)
    )
}

fn type_name(resolve: &Resolve, ty: &Type) -> String {
    if let Some(resource) = owns(resolve, ty) {
        return type_name(resolve, &Type::Id(resource));
    }
    let mut printer = WitPrinter::new(OutputToString::default());
    match printer.print_type_name(resolve, ty) {
        Ok(()) => printer.output.to_string(),
        Err(_) => "?".to_string(),
    }
}

/// The resource that a handle owns: in WIT its name alone says so.
fn owns(resolve: &Resolve, ty: &Type) -> Option<TypeId> {
    let Type::Id(id) = ty else { return None };
    match (&resolve.types[*id].kind, &resolve.types[*id].name) {
        (TypeDefKind::Handle(Handle::Own(resource)), None) => Some(*resource),
        _ => None,
    }
}

/// The imports and exports of a core module that says nothing of WIT.
pub(super) fn of_core(bytes: &[u8]) -> wasmparser::Result<(Vec<Interface>, Vec<Interface>)> {
    let mut imports: Vec<Interface> = Vec::new();
    let mut exports = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let field = format!("{}{}", kind_of_import(&import.ty), import.name);
                    match imports.iter_mut().find(|module| module.name == import.module) {
                        Some(module) => module.functions.push(field),
                        None => {
                            let name = import.module.to_string();
                            imports.push(Interface { name, kind: "module", functions: vec![field] });
                        }
                    }
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    let text = format!("{}{}", kind_of_export(export.kind), export.name);
                    exports.push(Interface {
                        name: export.name.to_string(),
                        kind: "function",
                        functions: vec![text],
                    });
                }
            }
            _ => {}
        }
    }
    Ok((imports, exports))
}

fn kind_of_import(ty: &TypeRef) -> &'static str {
    match ty {
        TypeRef::Func(_) | TypeRef::FuncExact(_) => "",
        TypeRef::Table(_) => "table ",
        TypeRef::Memory(_) => "memory ",
        TypeRef::Global(_) => "global ",
        TypeRef::Tag(_) => "tag ",
    }
}

fn kind_of_export(kind: ExternalKind) -> &'static str {
    match kind {
        ExternalKind::Func | ExternalKind::FuncExact => "",
        ExternalKind::Table => "table ",
        ExternalKind::Memory => "memory ",
        ExternalKind::Global => "global ",
        ExternalKind::Tag => "tag ",
    }
}
