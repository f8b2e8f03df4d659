//! Core values to Go values.

use tenon_abi::Slot;
use wit_parser::{Type, TypeDefKind};

use super::{Verb, convert::revert};
use crate::text::{Gen, Raw, Writer, emit};

/// An address that comes from the host is a number.
pub(crate) fn host(slot: Slot) -> Slot {
    if slot == Slot::Ptr { Slot::I32 } else { slot }
}

impl Gen<'_> {
    /// The value whose core values are `slots`. `call` is the `*abi.Call` where borrows go.
    pub(crate) fn unflatten(&self, ty: Type, slots: &[String], call: &str) -> String {
        let Some(kind) = self.facts.kind(ty) else { return self.unflatten_primitive(ty, slots) };
        let all = slots.join(", ");
        match kind {
            TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => format!("{}({all})", self.ty(ty)),
            TypeDefKind::List(item) if self.is_byte(*item) => format!("abi.LiftSlice[byte]({all})"),
            TypeDefKind::List(item) if self.plain(*item) => {
                format!("abi.LiftSlice[{}]({all})", self.ty(*item))
            }
            TypeDefKind::Handle(_) | TypeDefKind::Stream(_) | TypeDefKind::Future(_) => {
                self.lift_handle(ty, &all, call)
            }
            _ => {
                let function = self.codec(Verb::Unflatten, ty);
                let call = if self.facts.borrows(ty) { format!("{call}, ") } else { String::new() };
                format!("{function}({call}{all})")
            }
        }
    }

    fn unflatten_primitive(&self, ty: Type, slots: &[String]) -> String {
        match self.facts.dealias(ty) {
            Type::Bool | Type::U32 | Type::U64 | Type::F32 | Type::F64 => slots.join(""),
            Type::String => format!("abi.LiftString({})", slots.join(", ")),
            Type::ErrorContext => self.lift_handle(ty, &slots.concat(), ""),
            prim => format!("{}({})", self.ty(prim), slots.join("")),
        }
    }

    /// The function that makes a value of core values, which are its parameters `v0`, `v1`, ….
    pub(super) fn unflatten_function(&self, w: &mut Writer, name: &str, ty: Type) {
        let Some(kind) = self.facts.kind(ty) else { return };
        let call = if self.facts.borrows(ty) { "c *abi.Call, " } else { "" };
        let go = self.ty(ty);
        if let TypeDefKind::List(_) | TypeDefKind::Map(..) = kind {
            return w.block(format!("func {name}({call}addr, n uint32) {go} {{"), "}", |w| match kind {
                TypeDefKind::List(item) => self.lift_items(w, &go, *item),
                TypeDefKind::Map(k, v) => self.lift_entries(w, &go, *k, *v),
                _ => {}
            });
        }
        let slots: Vec<Slot> = self.slots(ty).into_iter().map(host).collect();
        let params: Vec<String> =
            slots.iter().enumerate().map(|(i, s)| format!("v{i} {}", Raw::slot(*s))).collect();
        let open = format!("func {name}({call}{}) {go} {{", params.join(", "));
        w.block(open, "}", |w| match kind {
            TypeDefKind::Record(r) => {
                let Type::Id(id) = self.facts.dealias(ty) else { return };
                let types: Vec<Type> = r.fields.iter().map(|f| f.ty).collect();
                self.unflatten_fields(w, &go, &types, &|i| format!(".{}", self.member(id, i)));
            }
            TypeDefKind::Tuple(t) => self.unflatten_fields(w, &go, &t.types, &|i| format!(".F{i}")),
            TypeDefKind::FixedLengthList(item, n) => {
                self.unflatten_fields(w, &go, &vec![*item; *n as usize], &|i| format!("[{i}]"));
            }
            TypeDefKind::Variant(_) => self.unflatten_variant(w, ty),
            TypeDefKind::Option(payload) => {
                let none = format!("return wit.None[{}]()", self.ty(*payload));
                w.block("if v0 == 0 {", "}", |w| emit!(w, "{none}"));
                emit!(w, "return wit.Some({})", self.unflatten_arm(&slots, Some(*payload)));
            }
            TypeDefKind::Result(r) => {
                let types = format!("[{}, {}]", self.unit_or(r.ok), self.unit_or(r.err));
                let err = self.unflatten_arm(&slots, r.err);
                w.block("if v0 != 0 {", "}", |w| emit!(w, "return wit.Err{types}({err})"));
                emit!(w, "return wit.Ok{types}({})", self.unflatten_arm(&slots, r.ok));
            }
            _ => {}
        });
    }

    fn unflatten_fields(&self, w: &mut Writer, go: &str, types: &[Type], field: &dyn Fn(usize) -> String) {
        emit!(w, "var v {go}");
        let mut next = 0;
        for (index, ty) in types.iter().enumerate() {
            let count = self.slots(*ty).len();
            let slots: Vec<String> = (next..next + count).map(|i| format!("v{i}")).collect();
            next += count;
            emit!(w, "v{} = {}", field(index), self.unflatten(*ty, &slots, "c"));
        }
        emit!(w, "return v");
    }

    fn unflatten_arm(&self, shared: &[Slot], payload: Option<Type>) -> String {
        let Some(payload) = payload else { return "struct{}{}".to_string() };
        let values: Vec<String> = self
            .slots(payload)
            .into_iter()
            .enumerate()
            .map(|(i, to)| revert(&format!("v{}", i + 1), shared[i + 1], host(to)))
            .collect();
        self.unflatten(payload, &values, "c")
    }
}
