//! Linear memory to Go values.

use wit_parser::{Handle, Type, TypeDefKind, TypeId};

use super::{Verb, at, deref};
use crate::text::{Gen, Writer, emit};

impl Gen<'_> {
    /// The value of type `ty` at `p` and `offset`. `call` is the `*abi.Call` where borrows go.
    pub(crate) fn lift(&self, ty: Type, p: &str, offset: u32, call: &str) -> String {
        let there = at(p, offset);
        if self.facts.dealias(ty) == Type::String {
            return format!("abi.LoadString({there})");
        }
        if self.facts.dealias(ty) == Type::ErrorContext {
            return self.lift_handle(ty, &deref("uint32", p, offset), call);
        }
        if self.plain(ty) {
            return deref(&self.ty(ty), p, offset);
        }
        match self.facts.kind(ty) {
            Some(TypeDefKind::List(item)) if self.is_byte(*item) => format!("abi.LoadSlice[byte]({there})"),
            Some(TypeDefKind::List(item)) if self.plain(*item) => {
                format!("abi.LoadSlice[{}]({there})", self.ty(*item))
            }
            Some(TypeDefKind::Handle(_) | TypeDefKind::Stream(_) | TypeDefKind::Future(_)) => {
                self.lift_handle(ty, &deref("uint32", p, offset), call)
            }
            _ => {
                let function = self.codec(Verb::Lift, ty);
                let call = if self.facts.borrows(ty) { format!("{call}, ") } else { String::new() };
                format!("{function}({call}{there})")
            }
        }
    }

    /// The value behind `handle`: a resource, a stream, a future or an error-context.
    pub(super) fn lift_handle(&self, ty: Type, handle: &str, call: &str) -> String {
        match self.facts.kind(ty) {
            None => format!("wit.LiftErrorContext({handle})"),
            Some(TypeDefKind::Handle(Handle::Own(id))) => self.lift_own(*id, handle),
            Some(TypeDefKind::Handle(Handle::Borrow(id))) => self.lift_borrow(*id, handle, call),
            Some(TypeDefKind::Future(item)) => format!("{}.LiftFuture({handle})", self.payload(true, *item)),
            Some(TypeDefKind::Stream(item)) => format!("{}.LiftReader({handle})", self.payload(false, *item)),
            _ => handle.to_string(),
        }
    }

    fn lift_own(&self, id: TypeId, handle: &str) -> String {
        let resource = self.facts.resource(id);
        if self.facts.is_exported(resource) {
            let (table, rep, drop) =
                (self.table(resource), self.resource_rep(resource), self.resource_drop(resource));
            return format!("{table}.Take({handle}, {rep}, {drop})");
        }
        let name = self.ty(Type::Id(id));
        format!("abi.Own[{name}]({handle}, {})", self.resource_drop(resource))
    }

    fn lift_borrow(&self, id: TypeId, handle: &str, call: &str) -> String {
        let resource = self.facts.resource(id);
        if self.facts.is_exported(resource) {
            // The component gets its own resource as what it stands for.
            return format!("{}.Get({handle})", self.table(resource));
        }
        let name = self.ty(Type::Id(id));
        format!("abi.Borrow[{name}]({call}, {handle}, {})", self.resource_drop(resource))
    }

    /// The function that lifts a `ty`, which is neither a scalar nor plain.
    pub(super) fn lift_function(&self, w: &mut Writer, name: &str, ty: Type) {
        let Some(kind) = self.facts.kind(ty) else { return };
        let call = if self.facts.borrows(ty) { "c *abi.Call, " } else { "" };
        let go = self.ty(ty);
        let open = format!("func {name}({call}p unsafe.Pointer) {go} {{");
        w.block(open, "}", |w| match kind {
            TypeDefKind::Record(r) => {
                let fields: Vec<Type> = r.fields.iter().map(|f| f.ty).collect();
                let Type::Id(id) = self.facts.dealias(ty) else { return };
                self.lift_fields(w, &go, &fields, &|i| self.member(id, i));
            }
            TypeDefKind::Tuple(t) => self.lift_fields(w, &go, &t.types, &|i| format!("F{i}")),
            TypeDefKind::FixedLengthList(item, _) => self.lift_array(w, &go, *item),
            TypeDefKind::List(item) => {
                emit!(w, "addr, n := *(*uint32)(p), *(*uint32)(unsafe.Add(p, 4))");
                self.lift_items(w, &go, *item);
            }
            TypeDefKind::Map(k, v) => {
                emit!(w, "addr, n := *(*uint32)(p), *(*uint32)(unsafe.Add(p, 4))");
                self.lift_entries(w, &go, *k, *v);
            }
            TypeDefKind::Option(payload) => self.lift_option(w, *payload),
            TypeDefKind::Result(r) => self.lift_result(w, r),
            TypeDefKind::Variant(_) => self.lift_variant(w, ty),
            _ => {}
        });
    }

    fn lift_fields(&self, w: &mut Writer, go: &str, types: &[Type], field: &dyn Fn(usize) -> String) {
        let (offsets, _) = self.layouts.fields(types);
        emit!(w, "var v {go}");
        for (index, (ty, offset)) in types.iter().zip(offsets).enumerate() {
            emit!(w, "v.{} = {}", field(index), self.lift(*ty, "p", offset, "c"));
        }
        emit!(w, "return v");
    }

    fn lift_array(&self, w: &mut Writer, go: &str, item: Type) {
        let size = self.layouts.of(&item).size;
        emit!(w, "var v {go}");
        w.block("for i := range v {", "}", |w| {
            emit!(w, "v[i] = {}", self.lift(item, &format!("unsafe.Add(p, i*{size})"), 0, "c"));
        });
        emit!(w, "return v");
    }

    fn lift_option(&self, w: &mut Writer, payload: Type) {
        let offset = self.layouts.cases(2, [Some(&payload)]).payload;
        let go = self.ty(payload);
        w.block("if *(*uint8)(p) == 0 {", "}", |w| emit!(w, "return wit.None[{go}]()"));
        emit!(w, "return wit.Some({})", self.lift(payload, "p", offset, "c"));
    }

    fn lift_result(&self, w: &mut Writer, r: &wit_parser::Result_) {
        let offset = self.layouts.cases(2, [r.ok.as_ref(), r.err.as_ref()]).payload;
        let types = format!("[{}, {}]", self.unit_or(r.ok), self.unit_or(r.err));
        let value = |ty: Option<Type>| {
            ty.map_or_else(|| "struct{}{}".to_string(), |ty| self.lift(ty, "p", offset, "c"))
        };
        w.block("if *(*uint8)(p) != 0 {", "}", |w| emit!(w, "return wit.Err{types}({})", value(r.err)));
        emit!(w, "return wit.Ok{types}({})", value(r.ok));
    }
}
