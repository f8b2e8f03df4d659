//! What people see of an exported interface.

use tenon_abi::dtor_name;
use wit_parser::TypeId;

use crate::text::writer::{Writer, emit};
use crate::text::{Gen, doc};

impl Gen<'_> {
    pub(super) fn export_package_doc(&self) -> String {
        let unit = self.unit();
        let of = if unit.key.is_some() { "interface" } else { "world" };
        let what = format!("Package {} is the exported WIT {of} {}.", self.package().name, unit.wit);
        doc::with_paragraph(&doc::with_paragraph(&what, &self.unit_docs()), &self.usage())
    }

    /// The interfaces to implement, and the function that registers an implementation.
    pub(super) fn face(&self) -> Writer {
        let mut w = Writer::default();
        if self.has_face() {
            let name = &self.package().interface;
            w.comment(&format!("{name} is what a component implements to export {}.", self.unit().wit));
            self.interface(&mut w, name, None);
            emit!(w);
            w.comment(
                "Export makes impl the component's implementation. Call it from an init function, once.",
            );
            w.block(format!("func Export(impl {name}) {{"), "}", |w| {
                let message = format!("{}: Export was called twice", self.package().path);
                w.block("if implementation != nil {", "}", |w| emit!(w, "panic({message:?})"));
                emit!(w, "implementation = impl");
            });
            emit!(w);
            emit!(w, "var implementation {name}");
        }
        for id in self.resources() {
            if !w.is_empty() {
                emit!(w);
            }
            let name = self.resource_name(id);
            let what =
                format!("{name} is a resource of {}, as the component implements it.", self.unit().wit);
            let text = self.resource_docs(id, &what);
            let close = "If it has a method Close() error, that is called when the last handle is dropped.";
            w.comment(&doc::with_paragraph(&text, close));
            self.interface(&mut w, name, Some(id));
        }
        w
    }

    /// The methods of `resource`, or the functions that are none's.
    fn interface(&self, w: &mut Writer, name: &str, resource: Option<TypeId>) {
        let functions = self.unit().functions.iter().zip(&self.package().functions);
        let wanted: Vec<_> = functions
            .filter(|(_, go)| if go.method { go.resource == resource } else { resource.is_none() })
            .collect();
        if wanted.is_empty() {
            return emit!(w, "type {name} interface{{}}");
        }
        w.block(format!("type {name} interface {{"), "}", |w| {
            for (index, (function, go)) in wanted.into_iter().enumerate() {
                if index > 0 {
                    emit!(w);
                }
                w.comment(&self.function_doc(function, go));
                emit!(w, "{}", self.signature(function, go));
            }
        });
    }

    /// The implementation, or a clear message.
    pub(super) fn registered(&self, w: &mut Writer) {
        let package = self.package();
        w.block(format!("func registered() {} {{", package.interface), "}\n", |w| {
            w.block("if implementation == nil {", "}", |w| {
                emit!(w, "abi.Unregistered({:?}, {:?})", self.unit().wit, format!("{}.Export", package.name));
            });
            emit!(w, "return implementation");
        });
    }

    /// The table of a resource's values, and what the host calls when one is dropped.
    pub(super) fn destructor(&self, w: &mut Writer, id: TypeId) {
        let (name, table) = (self.resource_name(id), self.table(id));
        if table.starts_with(char::is_uppercase) {
            w.comment(&format!("{table} is for other generated packages, not for programs."));
        }
        emit!(w, "var {table} abi.Table[{name}]\n");
        let Some(key) = &self.unit().key else { return };
        emit!(w, "//go:wasmexport {}", dtor_name(&self.facts.resolve, key, id));
        w.block(format!("func dtor{name}(rep uint32) {{"), "}\n", |w| emit!(w, "{table}.Drop(rep)"));
    }
}
