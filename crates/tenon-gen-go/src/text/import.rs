//! A package of imported functions.

use std::collections::BTreeMap;

use tenon_abi::{Convention, Outcome, Params, Signature, import_name, signature};
use wit_parser::{Function, Type, TypeDefKind, TypeId};

use super::file::{Build, file};
use super::writer::{Writer, emit};
use super::{Gen, doc, named};
use crate::codec::Body;
use crate::facts::Returns;
use crate::names::Scope;
use crate::plan::GoFunction;

/// The files of the package, by name.
pub(super) fn package(generator: &Gen<'_>) -> BTreeMap<String, String> {
    let mut people: Vec<(String, Writer)> = Vec::new();
    people.push(("types.go".into(), named::types(generator)));
    let mut functions = Writer::default();
    generator.functions_of(None, &mut functions);
    people.push(("functions.go".into(), functions));
    let mut files = Scope::with(["types", "functions", "abi"]);
    for id in &generator.unit().types {
        if matches!(generator.facts.resolve.types[*id].kind, TypeDefKind::Resource) {
            let name = files.declare(&generator.resource_name(*id).to_lowercase(), "resource");
            people.push((format!("{name}.go"), generator.resource(*id)));
        }
    }
    people.retain(|(_, w)| !w.is_empty());

    let mut made = BTreeMap::new();
    let mut package_doc = Some(generator.package_doc());
    for (name, w) in people {
        made.insert(name, file(generator, Build::Always, package_doc.take().as_deref(), w));
    }
    let mut helpers = Writer::default();
    generator.helpers(&mut helpers);
    if !helpers.is_empty() {
        made.insert("abi.go".into(), file(generator, Build::Always, None, helpers));
    }
    let raw = generator.raw.borrow();
    if !raw.is_empty() {
        made.insert("abi_wasm.go".into(), file(generator, Build::Always, None, raw.file()));
        made.insert("abi_other.go".into(), file(generator, Build::NotWasm, None, raw.substitutes()));
    }
    made
}

impl Gen<'_> {
    fn package_doc(&self) -> String {
        let unit = self.unit();
        let of = if unit.key.is_some() { "interface" } else { "world" };
        let what = format!("Package {} is the imported WIT {of} {}.", self.package().name, unit.wit);
        doc::with_paragraph(&doc::with_paragraph(&what, &self.unit_docs()), &self.usage())
    }

    /// The resource's type, and what belongs to it.
    fn resource(&self, id: TypeId) -> Writer {
        let mut w = Writer::default();
        let name = self.resource_name(id);
        let this = crate::names::lower_first(name)[..1].to_string();
        let def = &self.facts.resolve.types[id];
        let what = format!(
            "{name} is the WIT resource {} of {}.",
            def.name.as_deref().unwrap_or_default(),
            self.unit().wit
        );
        w.comment(&self.resource_docs(id, &what));
        w.block(format!("type {name} struct {{"), "}", |w| emit!(w, "res abi.Resource"));
        self.functions_of(Some(id), &mut w);
        emit!(w);
        w.comment(&format!(
            "Close drops the handle. Closing twice is harmless, and a forgotten {name} is closed at some time after it has
\
             become unreachable."
        ));
        let open = format!("func ({this} *{name}) Close() error {{");
        w.block(open, "}", |w| emit!(w, "return {this}.res.Close()"));
        w
    }

    /// The functions that belong to `resource`, or to none.
    fn functions_of(&self, resource: Option<TypeId>, w: &mut Writer) {
        let functions = self.unit().functions.iter().zip(&self.package().functions);
        for (function, go) in functions.filter(|(_, go)| go.resource == resource) {
            if !w.is_empty() {
                emit!(w);
            }
            self.import_function(w, function, go);
        }
    }

    fn import_function(&self, w: &mut Writer, function: &Function, go: &GoFunction) {
        let receiver = match go.resource.filter(|_| go.method) {
            Some(id) => format!("({} *{}) ", go.params[0], self.resource_name(id)),
            None => String::new(),
        };
        w.comment(&self.function_doc(function, go));
        let open = format!("func {receiver}{} {{", self.signature(function, go));
        w.block(open, "}", |w| self.import_body(w, function, go));
    }

    fn import_body(&self, w: &mut Writer, function: &Function, go: &GoFunction) {
        let is_async = function.kind.is_async();
        let convention = if is_async { Convention::ImportAsync } else { Convention::ImportSync };
        let sig = signature(&self.facts.resolve, self.layouts, function, convention);
        let returns = self.facts.returns(function);
        let mut b = Body::new(go.locals.clone());
        b.by_address = !is_async && self.records_nothing(function, &sig);
        let mut args = self.arguments(&mut b, function, go, &sig);
        let mut ret = String::new();
        if let Outcome::Memory(layout) = sig.outcome {
            ret = b.locals.local("ret");
            let area = if b.by_address && function.result.is_some_and(|ty| self.at_once(ty)) {
                "abi.Area()".to_string()
            } else {
                format!("{}.Alloc({}, {})", b.c(), layout.size, layout.align)
            };
            emit!(b.w, "{ret} := {area}");
            args.push(ret.clone());
        }
        let core = import_name(&self.facts.resolve, self.unit().key.as_ref(), function);
        let name = format!("import{}", go.raw);
        let raw = self.raw.borrow_mut().import(&name, core, sig.core_params(), sig.core_result());
        let call = format!("{raw}({})", args.join(", "));
        if is_async {
            self.async_return(&mut b, go, &returns, function.result, &call, &ret);
        } else {
            self.sync_return(&mut b, &returns, function.result, &sig, &call, &ret);
        }
        if b.uses_call {
            let begin = if is_async { "NewAsyncCall" } else { "NewCall" };
            emit!(w, "{} := abi.{begin}()", b.call);
            emit!(w, "defer {}.Free()", b.call);
        }
        w.append(&b.w.into_text());
    }

    /// Whether the arguments of a synchronous call are passed by their addresses.
    fn records_nothing(&self, function: &Function, sig: &Signature) -> bool {
        matches!(sig.params, Params::Flat(_)) && function.params.iter().all(|p| self.passes_by_address(p.ty))
    }

    /// The core arguments, after statements that they need.
    fn arguments(&self, b: &mut Body, function: &Function, go: &GoFunction, sig: &Signature) -> Vec<String> {
        let params = function.params.iter().zip(&go.params);
        match &sig.params {
            Params::Flat(_) => params
                .enumerate()
                .flat_map(|(index, (param, name))| {
                    if go.method && index == 0 {
                        return vec![format!("{}.Lend(&{name}.res)", b.c())];
                    }
                    self.flatten(b, param.ty, name)
                })
                .collect(),
            Params::Spilled { offsets, layout } => {
                let block = b.locals.local("params");
                let c = b.c();
                emit!(b.w, "{block} := {c}.Alloc({}, {})", layout.size, layout.align);
                for ((param, name), offset) in params.zip(offsets) {
                    self.lower(b, param.ty, &block, *offset, name);
                }
                vec![block]
            }
        }
    }

    fn async_return(
        &self,
        b: &mut Body,
        go: &GoFunction,
        returns: &Returns,
        result: Option<Type>,
        call: &str,
        ret: &str,
    ) {
        let c = b.c();
        let ctx = go.ctx.as_deref().unwrap_or("ctx");
        let wait = format!("{c}.Await({ctx}, {call})");
        let Some(result) = result else { return emit!(b.w, "return {wait}") };
        let err = b.locals.local("err");
        let mut zeros = self.zeros(returns);
        zeros.push(err.clone());
        b.w.block(format!("if {err} := {wait}; {err} != nil {{"), "}", |w| {
            emit!(w, "return {}", zeros.join(", "));
        });
        emit!(b.w, "return {}", self.unpack(returns, result, ret));
    }

    fn sync_return(
        &self,
        b: &mut Body,
        returns: &Returns,
        result: Option<Type>,
        sig: &Signature,
        call: &str,
        ret: &str,
    ) {
        let Some(result) = result else { return emit!(b.w, "{call}") };
        match sig.outcome {
            Outcome::None => {
                emit!(b.w, "{call}");
                let nil = returns.has_error().then(|| "nil".to_string());
                let zeros: Vec<String> = self.zeros(returns).into_iter().chain(nil).collect();
                emit!(b.w, "return {}", zeros.join(", "));
            }
            Outcome::Memory(_) => {
                emit!(b.w, "{call}");
                emit!(b.w, "return {}", self.unpack(returns, result, ret));
            }
            Outcome::Flat(_) => self.flat_return(b, returns, result, call),
        }
    }

    /// The result is one core value.
    fn flat_return(&self, b: &mut Body, returns: &Returns, result: Type, call: &str) {
        if returns.fails.is_some() && returns.values.is_empty() {
            b.w.block(format!("if {call} != 0 {{"), "}", |w| emit!(w, "return &wit.Error[struct{{}}]{{}}"));
            return emit!(b.w, "return nil");
        }
        let value = self.unflatten(result, &[call.to_string()], "");
        match (returns.option, returns.tuple) {
            (true, _) => emit!(b.w, "return {value}.Get()"),
            (_, true) => emit!(b.w, "return {value}.F0"),
            _ => emit!(b.w, "return {value}"),
        }
    }
}
