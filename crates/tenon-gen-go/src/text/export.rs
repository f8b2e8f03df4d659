//! A package of exports: the interfaces that people implement, and what the host calls.

mod body;
mod face;
mod result;

use std::collections::BTreeMap;

use wit_parser::{TypeDefKind, TypeId};

use super::file::{Build, file};
use super::raw::handshake;
use super::writer::{Writer, emit};
use super::{Gen, named};

/// The files of the package, by name.
pub(super) fn package(generator: &Gen<'_>) -> BTreeMap<String, String> {
    let mut made = BTreeMap::new();
    let mut package_doc = Some(generator.export_package_doc());
    for (name, w) in [("export.go", generator.face()), ("types.go", named::types(generator))] {
        if !w.is_empty() {
            made.insert(name.to_string(), file(generator, Build::Always, package_doc.take().as_deref(), w));
        }
    }
    let raw = generator.host_face();
    if !raw.is_empty() {
        // The suffix is what makes it WebAssembly's alone.
        made.insert("abi_wasm.go".into(), file(generator, Build::Always, package_doc.take().as_deref(), raw));
    }
    made
}

impl Gen<'_> {
    /// The component's own resources that this package declares.
    fn resources(&self) -> impl Iterator<Item = TypeId> {
        let is_resource = |id: &TypeId| matches!(self.facts.resolve.types[*id].kind, TypeDefKind::Resource);
        self.unit().types.iter().copied().filter(is_resource)
    }

    /// Whether there is anything to register: functions that are not methods.
    pub(super) fn has_face(&self) -> bool {
        self.package().functions.iter().any(|go| !go.method)
    }

    /// Everything that is WebAssembly's: exports, tables, codecs, core imports.
    fn host_face(&self) -> Writer {
        if self.unit().functions.is_empty() && self.resources().next().is_none() {
            return Writer::default();
        }
        let mut w = handshake();
        emit!(w);
        for (function, go) in self.unit().functions.iter().zip(&self.package().functions) {
            self.export_function(&mut w, function, go);
        }
        for id in self.resources() {
            self.destructor(&mut w, id);
        }
        if self.has_face() {
            self.registered(&mut w);
        }
        let mut helpers = Writer::default();
        self.helpers(&mut helpers);
        w.append(&helpers.into_text());
        let raw = self.raw.borrow();
        if !raw.is_empty() {
            emit!(w);
            w.append(&raw.declarations().into_text());
        }
        w
    }
}
