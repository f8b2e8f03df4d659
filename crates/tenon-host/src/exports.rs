//! The functions of a component that can be called by name.

use crate::engine::Loaded;
use wasm_wave::wasm::{DisplayType, WasmType as _, WasmTypeKind};
use wasmtime::component::types::{ComponentFunc, ComponentItem, Type};

/// A function that a component exports, at its root or from an interface.
pub(crate) struct Export {
    pub(crate) interface: Option<String>,
    pub(crate) name: String,
    pub(crate) params: Vec<(String, Type)>,
    pub(crate) results: Vec<Type>,
}

impl Export {
    fn new(interface: Option<&str>, name: &str, func: &ComponentFunc) -> Self {
        Export {
            interface: interface.map(str::to_string),
            name: name.to_string(),
            params: func.params().map(|(name, ty)| (name.to_string(), ty)).collect(),
            results: func.results().collect(),
        }
    }

    /// `ns:pkg/iface@1.0.0#f`, or `f` at the root.
    pub(crate) fn full_name(&self) -> String {
        match &self.interface {
            Some(interface) => format!("{interface}#{}", self.name),
            None => self.name.clone(),
        }
    }

    /// `ns:pkg/iface#f(a: u32) -> string`.
    pub(crate) fn signature(&self) -> String {
        let params: Vec<_> =
            self.params.iter().map(|(name, ty)| format!("{name}: {}", DisplayType(ty))).collect();
        let result = self.results.first().map(|ty| format!(" -> {}", DisplayType(ty))).unwrap_or_default();
        format!("{}({}){result}", self.full_name(), params.join(", "))
    }

    /// Whether every type of the signature can be written as text.
    pub(crate) fn has_text_form(&self) -> bool {
        self.params.iter().map(|(_, ty)| ty).chain(&self.results).all(has_text_form)
    }

    /// Whether `name` may mean this function: in full, without the version, by the interface's own name, or alone.
    pub(crate) fn answers_to(&self, name: &str) -> bool {
        let (interface, function) = split(name);
        if function != self.name {
            return false;
        }
        match (interface, &self.interface) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(given), Some(full)) => {
                let unversioned = full.split_once('@').map_or(full.as_str(), |(name, _)| name);
                let short = unversioned.rsplit_once('/').map_or(unversioned, |(_, name)| name);
                given == full || given == unversioned || given == short
            }
        }
    }
}

/// `iface#f` and `iface.f`, where the interface may carry a version, which has dots of its own.
fn split(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once('#').or_else(|| name.rsplit_once('.')) {
        Some((interface, function)) => (Some(interface), function),
        None => (None, name),
    }
}

/// All functions that a component exports. Methods are not among them: they need a handle.
pub(crate) fn functions(loaded: &Loaded) -> Vec<Export> {
    let engine = loaded.engine.inner();
    let ty = loaded.component.component_type();
    let mut found = Vec::new();
    for (name, item) in ty.exports(engine) {
        match item.ty {
            ComponentItem::ComponentFunc(func) => found.push(Export::new(None, name, &func)),
            ComponentItem::ComponentInstance(instance) => {
                for (inner, item) in instance.exports(engine) {
                    if let ComponentItem::ComponentFunc(func) = item.ty
                        && !inner.starts_with('[')
                    {
                        found.push(Export::new(Some(name), inner, &func));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn has_text_form(ty: &Type) -> bool {
    match ty.kind() {
        WasmTypeKind::Unsupported => false,
        WasmTypeKind::List | WasmTypeKind::FixedLengthList => {
            ty.list_element_type().is_none_or(|element| has_text_form(&element))
        }
        WasmTypeKind::Record => ty.record_fields().all(|(_, field)| has_text_form(&field)),
        WasmTypeKind::Tuple => ty.tuple_element_types().all(|element| has_text_form(&element)),
        WasmTypeKind::Variant => ty.variant_cases().all(|(_, case)| case.is_none_or(|ty| has_text_form(&ty))),
        WasmTypeKind::Option => ty.option_some_type().is_none_or(|some| has_text_form(&some)),
        WasmTypeKind::Result => match ty.result_types() {
            Some((ok, err)) => [ok, err].into_iter().flatten().all(|ty| has_text_form(&ty)),
            None => true,
        },
        _ => true,
    }
}
