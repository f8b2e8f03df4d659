//! TypeScript's types for WIT's.

use std::collections::{BTreeMap, BTreeSet};

use tenon_plan::{Function, InterfaceId, Kind, Named, NamedType, Plan, ResourceId, Side, TypeId, TypeName};

use super::component::runtime_module;
use super::writer::{Writer, emit};
use crate::Config;
use crate::codec::{nullable, numbers};
use crate::facts::{Facts, declared, fallible, future_value};
use crate::names::{Scope, camel, global, pascal, property, quote};

/// Whether a value goes to somebody who may give it in several shapes, or comes in the one that the runtime makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Given to the runtime.
    Given,
    /// Made by the runtime.
    Made,
}

/// A file of declarations in the making.
pub(super) struct Declarations<'a> {
    pub(super) plan: &'a Plan,
    pub(super) config: &'a Config,
    pub(super) facts: &'a Facts,
    /// The interface that the file is about; nothing for the world.
    pub(super) interface: Option<InterfaceId>,
    scope: Scope,
    /// What is imported from other interfaces: the local name, by file and name there.
    imported: BTreeMap<(String, String), String>,
    runtime: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// What is exported by another name than it has here, or that another file declares.
    reexported: Vec<String>,
}

/// What others call a type that a file of declarations calls `local`.
pub(super) fn exported(wit: &str, local: &str) -> String {
    let plain = pascal(wit);
    if global(&plain) { plain } else { local.to_string() }
}

impl<'a> Declarations<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        config: &'a Config,
        facts: &'a Facts,
        interface: Option<InterfaceId>,
    ) -> Self {
        let scope = match interface {
            Some(id) => facts.face(id).scope.clone(),
            None => facts.world_scope.clone(),
        };
        Declarations {
            plan,
            config,
            facts,
            interface,
            scope,
            imported: BTreeMap::new(),
            runtime: BTreeMap::new(),
            reexported: Vec::new(),
        }
    }

    /// Declarations of a file that gives the types of others again: they have one name for it all.
    pub(super) fn with_aliases(mut self, types: &[NamedType]) -> Self {
        for named in types {
            let target = match named.target {
                Named::Type(id) => self.plan.ty(id).name.as_ref(),
                Named::Resource(id) => self.plan.resource(id).name.as_ref(),
            };
            let Some(target) = target.filter(|target| target.interface != self.interface) else { continue };
            let local = self.local(self.interface, &named.name);
            let key = self.elsewhere(target);
            if key.1 == exported(&named.name, &local) {
                self.imported.entry(key).or_insert(local);
            }
        }
        self
    }

    /// What a declared type is called in its file.
    pub(super) fn local(&self, interface: Option<InterfaceId>, name: &str) -> String {
        let known = match interface {
            Some(id) => self.facts.face(id).types.get(name),
            None => self.facts.world_types.get(name),
        };
        known.cloned().unwrap_or_else(|| pascal(name))
    }

    /// The file of a type that is declared elsewhere, and what it is called there.
    fn elsewhere(&self, name: &TypeName) -> (String, String) {
        let file = match name.interface {
            Some(id) => self.facts.face(id).file.clone(),
            None => "../instantiate".into(),
        };
        (file, exported(&name.name, &self.local(name.interface, &name.name)))
    }

    /// How the declaration of a type begins: with `export`, unless it is exported by another name.
    pub(super) fn export(&mut self, wit: &str, local: &str, value: bool) -> &'static str {
        let name = exported(wit, local);
        if name == local {
            return "export ";
        }
        self.reexported.push(format!("{}{local} as {name}", if value { "" } else { "type " }));
        if value { "declare " } else { "" }
    }

    /// What stands at the file's end.
    pub(super) fn reexports(&self) -> String {
        if self.reexported.is_empty() {
            return String::new();
        }
        let types: Option<Vec<&str>> =
            self.reexported.iter().map(|name| name.strip_prefix("type ")).collect();
        match types {
            Some(types) => format!("export type {{ {} }};\n", types.join(", ")),
            None => format!("export {{ {} }};\n", self.reexported.join(", ")),
        }
    }

    /// What stands at the file's beginning.
    pub(super) fn imports(&self) -> String {
        let mut w = Writer::default();
        let root = if self.interface.is_some() { ".." } else { "." };
        for (module, names) in &self.runtime {
            let values = names.contains("ComponentError");
            let keyword = if values { "import" } else { "import type" };
            let names: Vec<_> = names.iter().copied().collect();
            emit!(
                w,
                "{keyword} {{ {} }} from {};",
                names.join(", "),
                quote(&runtime_module(self.config, module, root))
            );
        }
        let folder = if self.interface.is_some() { "." } else { "./interfaces" };
        let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for ((file, name), local) in &self.imported {
            let name = if name == local { name.clone() } else { format!("{name} as {local}") };
            files.entry(file).or_default().push(name);
        }
        for (file, names) in files {
            emit!(
                w,
                "import type {{ {} }} from {};",
                names.join(", "),
                quote(&format!("{folder}/{file}.js"))
            );
        }
        if !w.is_empty() {
            emit!(w);
        }
        w.into_text()
    }

    /// A type of the runtime.
    pub(super) fn runtime(&mut self, name: &'static str) -> &'static str {
        let module = match name {
            "ComponentError" => "errors",
            "StreamReader" => "streams",
            _ => "types",
        };
        self.runtime.entry(module).or_default().insert(name);
        name
    }

    /// The name of a declared type, here.
    fn named(&mut self, name: &TypeName) -> String {
        if name.interface == self.interface {
            return self.local(name.interface, &name.name);
        }
        let key = self.elsewhere(name);
        if let Some(local) = self.imported.get(&key) {
            return local.clone();
        }
        let local = self.scope.name(&key.1);
        self.imported.insert(key, local.clone());
        local
    }

    fn resource(&mut self, id: ResourceId) -> String {
        match &self.plan.resource(id).name {
            Some(name) => self.named(&name.clone()),
            None => "object".into(),
        }
    }

    /// A type's expression.
    pub(super) fn ty(&mut self, id: TypeId, flow: Flow) -> String {
        match self.plan.ty(id).name.clone() {
            Some(name) => self.named(&name),
            None => self.anonymous(id, flow),
        }
    }

    fn optional(&mut self, id: Option<TypeId>, flow: Flow) -> String {
        id.map_or_else(|| "void".into(), |id| self.ty(id, flow))
    }

    /// The type itself, whatever its name is.
    fn anonymous(&mut self, id: TypeId, flow: Flow) -> String {
        match self.plan.ty(id).kind.clone() {
            Kind::Bool => "boolean".into(),
            Kind::S8 | Kind::U8 | Kind::S16 | Kind::U16 | Kind::S32 | Kind::U32 | Kind::F32 | Kind::F64 => {
                "number".into()
            }
            Kind::S64 | Kind::U64 => "bigint".into(),
            Kind::Char | Kind::String => "string".into(),
            Kind::List { element } | Kind::FixedList { element, .. } => self.list(element, flow),
            Kind::Map { key, value, .. } => format!("Map<{}, {}>", self.ty(key, flow), self.ty(value, flow)),
            Kind::Tuple { items } => {
                let items: Vec<_> = items.iter().map(|item| self.ty(item.ty, flow)).collect();
                format!("[{}]", items.join(", "))
            }
            Kind::Option { some, .. } => {
                let inner = self.ty(some, flow);
                if nullable(&self.plan.ty(some).kind) {
                    format!("{}<{inner}>", self.runtime("Option"))
                } else {
                    format!("{inner} | undefined")
                }
            }
            Kind::Result { ok, err, .. } => {
                format!(
                    "{}<{}, {}>",
                    self.runtime("Result"),
                    self.optional(ok, flow),
                    self.optional(err, flow)
                )
            }
            Kind::Own { resource, .. } | Kind::Borrow { resource, .. } => self.resource(resource),
            Kind::Stream { payload, .. } => self.stream(payload, flow),
            Kind::Future { payload, .. } => {
                let inner = self.optional(payload, flow);
                if flow == Flow::Given {
                    format!("PromiseLike<{inner}>")
                } else {
                    format!("Promise<{inner}>")
                }
            }
            Kind::ErrorContext { .. } => self.runtime("ErrorContext").into(),
            Kind::Enum { labels, .. } => {
                let names: Vec<_> = labels.iter().map(|label| quote(&label.name)).collect();
                names.join(" | ")
            }
            Kind::Record { .. } | Kind::Flags { .. } | Kind::Variant { .. } => "object".into(),
        }
    }

    fn list(&mut self, element: TypeId, flow: Flow) -> String {
        match numbers(&self.plan.ty(element).kind) {
            Some((class, _)) if flow == Flow::Made => class.into(),
            Some((class, _)) => format!("{class} | readonly {}[]", self.ty(element, flow)),
            None => {
                let inner = self.ty(element, Flow::Made);
                let readonly = if flow == Flow::Given { "readonly " } else { "" };
                if inner.contains(' ') {
                    format!("{readonly}({inner})[]")
                } else {
                    format!("{readonly}{inner}[]")
                }
            }
        }
    }

    fn stream(&mut self, payload: Option<TypeId>, flow: Flow) -> String {
        let bytes =
            payload.is_some_and(|ty| self.plan.ty(ty).name.is_none() && self.plan.ty(ty).kind == Kind::U8);
        match (bytes, flow) {
            (true, Flow::Made) => "ReadableStream<Uint8Array>".into(),
            (true, Flow::Given) => self.runtime("ByteSource").into(),
            (false, Flow::Made) => {
                format!("{}<{}>", self.runtime("StreamReader"), self.optional(payload, flow))
            }
            (false, Flow::Given) => {
                format!("{}<{}>", self.runtime("Source"), self.optional(payload, Flow::Made))
            }
        }
    }

    /// A named type's declaration, or its other name.
    pub(super) fn declare(&mut self, w: &mut Writer, named: &NamedType) {
        let name = self.local(self.interface, &named.name);
        let own = declared(self.plan, self.interface, &named.name, named.target);
        let docs = named.docs.clone().unwrap_or_default();
        match named.target {
            Named::Type(id) if own => {
                let export = self.export(&named.name, &name, false);
                self.declaration(w, id, export, &name, &docs);
                emit!(w);
            }
            Named::Resource(_) if own => {}
            Named::Type(id) => {
                let target = self.ty(id, Flow::Made);
                self.alias(w, named, &name, &target);
            }
            Named::Resource(id) => {
                let target = self.resource(id);
                self.alias(w, named, &name, &target);
            }
        }
    }

    /// Another name for a type; the same name, if another file declares it.
    fn alias(&mut self, w: &mut Writer, named: &NamedType, name: &str, target: &str) {
        if name != target {
            w.doc(named.docs.as_deref().unwrap_or_default());
            let export = self.export(&named.name, name, false);
            emit!(w, "{export}type {name} = {target};");
            emit!(w);
            return;
        }
        let given = exported(&named.name, name);
        let given = if given == name { given } else { format!("{name} as {given}") };
        self.reexported.push(format!("type {given}"));
    }

    fn declaration(&mut self, w: &mut Writer, id: TypeId, export: &str, name: &str, docs: &str) {
        w.doc(docs);
        match self.plan.ty(id).kind.clone() {
            Kind::Record { fields } => {
                w.block(format!("{export}interface {name} {{"), "}", |w| {
                    for field in &fields {
                        w.doc(field.docs.as_deref().unwrap_or_default());
                        let key = property(&camel(&field.name));
                        let ty = self.ty(field.ty, Flow::Made);
                        let optional = matches!(self.plan.ty(field.ty).kind, Kind::Option { some, .. } if !nullable(&self.plan.ty(some).kind));
                        emit!(w, "{key}{}: {ty};", if optional { "?" } else { "" });
                    }
                });
            }
            Kind::Flags { labels } => {
                w.block(format!("{export}interface {name} {{"), "}", |w| {
                    for label in &labels {
                        w.doc(label.docs.as_deref().unwrap_or_default());
                        emit!(w, "{}?: boolean;", property(&camel(&label.name)));
                    }
                });
            }
            Kind::Enum { labels, .. } => {
                let cases: Vec<_> = labels.iter().map(|l| (l.docs.clone(), quote(&l.name))).collect();
                union(w, export, name, &cases);
            }
            Kind::Variant { cases, .. } => {
                let cases: Vec<_> = cases
                    .iter()
                    .map(|case| {
                        let val = case
                            .ty
                            .map(|ty| format!("; val: {}", self.ty(ty, Flow::Made)))
                            .unwrap_or_default();
                        (case.docs.clone(), format!("{{ tag: {}{val} }}", quote(&case.name)))
                    })
                    .collect();
                union(w, export, name, &cases);
            }
            _ => {
                let ty = self.anonymous(id, Flow::Made);
                emit!(w, "{export}type {name} = {ty};");
            }
        }
    }

    /// A function's parameters and result, as they stand in its declaration.
    pub(super) fn signature(&mut self, function: &Function, skip: usize, side: Side) -> (String, String) {
        let (given, made) = match side {
            Side::Export => (Flow::Given, Flow::Made),
            Side::Import => (Flow::Made, Flow::Given),
        };
        let mut scope = Scope::new();
        let list = &function.params[skip.min(function.params.len())..];
        let option = |ty: TypeId| matches!(self.plan.ty(ty).kind, Kind::Option { some, .. } if !nullable(&self.plan.ty(some).kind));
        let last_required = list.iter().rposition(|p| !option(p.ty)).map_or(0, |i| i + 1);
        let mut params = Vec::new();
        for (i, param) in list.iter().enumerate() {
            let name = scope.name(&camel(&param.name));
            let ty = self.ty(param.ty, given);
            let mark = if i >= last_required && side == Side::Export { "?" } else { "" };
            params.push(format!("{name}{mark}: {ty}"));
        }
        if function.async_ {
            let name = scope.name("options");
            let (mark, kind) = match side {
                Side::Export => ("?", "CallOptions"),
                Side::Import => ("", "Call"),
            };
            params.push(format!("{name}{mark}: {}", self.runtime(kind)));
        }
        // The promise of a future is one of its value, which may be there already.
        let future = future_value(self.plan, function);
        let result = match (future, fallible(self.plan, function)) {
            (Some((value, optional)), _) => {
                let value = self.optional(value, made);
                if optional { format!("{value} | undefined") } else { value }
            }
            (None, Some((ok, _))) => self.optional(ok, made),
            (None, None) => self.optional(function.result, made),
        };
        let result = match (function.async_, side) {
            (false, _) => result,
            (true, Side::Export) => format!("Promise<{result}>"),
            (true, Side::Import) if future.is_some() => format!("PromiseLike<{result}> | {result}"),
            (true, Side::Import) => format!("Promise<{result}> | {result}"),
        };
        (params.join(", "), result)
    }

    /// A function's docs, with what it throws.
    pub(super) fn function_docs(&mut self, function: &Function, side: Side) -> String {
        let mut docs = function.docs.clone().unwrap_or_default().trim().to_string();
        if let Some((_, err)) = fallible(self.plan, function) {
            let class = match side {
                Side::Export => self.facts.error_class(self.interface, err).map(str::to_string),
                Side::Import => None,
            };
            let thrown = match (class, err) {
                (Some(class), _) => format!("@throws {{{class}}}"),
                (None, Some(err)) => format!("@throws {{ComponentError<{}>}}", self.ty(err, Flow::Made)),
                (None, None) => "@throws {ComponentError<void>}".to_string(),
            };
            let gap = if docs.is_empty() { "" } else { "\n\n" };
            docs = format!("{docs}{gap}{thrown}");
        }
        docs
    }
}

fn union(w: &mut Writer, export: &str, name: &str, cases: &[(Option<String>, String)]) {
    if cases.iter().all(|(docs, case)| docs.is_none() && !case.starts_with('{')) {
        let cases: Vec<_> = cases.iter().map(|(_, case)| case.as_str()).collect();
        emit!(w, "{export}type {name} = {};", cases.join(" | "));
        return;
    }
    emit!(w, "{export}type {name} =");
    w.indented(|w| {
        for (i, (docs, case)) in cases.iter().enumerate() {
            w.doc(docs.as_deref().unwrap_or_default());
            emit!(w, "| {case}{}", if i + 1 == cases.len() { ";" } else { "" });
        }
    });
}
