//! Go values to linear memory.

use wit_parser::{Handle, Type, TypeDefKind};

use super::{Body, Verb, at, deref};
use crate::text::{Gen, Writer, emit};

impl Gen<'_> {
    /// Writes statements that store `v` at `p` and `offset`.
    pub(crate) fn lower(&self, b: &mut Body, ty: Type, p: &str, offset: u32, v: &str) {
        let there = at(p, offset);
        if self.facts.dealias(ty) == Type::String {
            let c = b.c();
            return emit!(b.w, "{c}.StoreString({there}, {v})");
        }
        if self.facts.dealias(ty) == Type::Char {
            return emit!(b.w, "{} = abi.Char({v})", deref("uint32", p, offset));
        }
        if self.facts.dealias(ty) == Type::ErrorContext {
            let handle = self.lower_handle(b, ty, v);
            return emit!(b.w, "{} = {handle}", deref("uint32", p, offset));
        }
        if self.plain(ty) {
            return emit!(b.w, "{} = {v}", deref(&self.ty(ty), p, offset));
        }
        match self.facts.kind(ty) {
            Some(TypeDefKind::List(item)) if self.facts.dealias(*item) == Type::Char => {
                let c = b.c();
                emit!(b.w, "{c}.StoreRunes({there}, {v})");
            }
            Some(TypeDefKind::List(item)) if self.plain(*item) => {
                let c = b.c();
                emit!(b.w, "abi.StoreSlice({c}, {there}, {v})");
            }
            Some(TypeDefKind::List(_) | TypeDefKind::Map(..)) => {
                let (function, c) = (self.codec(Verb::Lower, ty), b.c());
                let (q, n) = (b.locals.local("q"), b.locals.local("n"));
                emit!(b.w, "{q}, {n} := {function}({c}, {v})");
                emit!(b.w, "{} = abi.Addr({q})", deref("uint32", p, offset));
                emit!(b.w, "{} = {n}", deref("uint32", p, offset + 4));
            }
            Some(TypeDefKind::Handle(_) | TypeDefKind::Stream(_) | TypeDefKind::Future(_)) => {
                let handle = self.lower_handle(b, ty, v);
                emit!(b.w, "{} = {handle}", deref("uint32", p, offset));
            }
            _ => {
                let (function, c) = (self.codec(Verb::Lower, ty), b.c());
                emit!(b.w, "{function}({c}, {there}, {v})");
            }
        }
    }

    /// The handle that `v` is passed as. The call remembers it, for the case that nobody takes it.
    pub(super) fn lower_handle(&self, b: &mut Body, ty: Type, v: &str) -> String {
        let c = b.c();
        match self.facts.kind(ty) {
            None => format!("wit.LowerErrorContext({c}, {v})"),
            Some(TypeDefKind::Future(item)) => {
                format!("{}.GiveFuture({c}, {v})", self.payload(true, *item))
            }
            Some(TypeDefKind::Stream(item)) => {
                format!("{}.GiveReader({c}, {v})", self.payload(false, *item))
            }
            Some(TypeDefKind::Handle(handle)) => {
                let (Handle::Own(id) | Handle::Borrow(id)) = handle;
                let resource = self.facts.resource(*id);
                if self.facts.is_exported(resource) {
                    let (new, drop) = (self.resource_new(resource), self.resource_drop(resource));
                    return format!("{}.Give({c}, {v}, {new}, {drop})", self.table(resource));
                }
                let verb = if matches!(handle, Handle::Own(_)) { "Give" } else { "Lend" };
                format!("{c}.{verb}(abi.Handle({v}))")
            }
            _ => v.to_string(),
        }
    }

    /// The function that lowers a `ty`, which is neither a scalar nor plain.
    pub(super) fn lower_function(&self, w: &mut Writer, name: &str, ty: Type) {
        let Some(kind) = self.facts.kind(ty) else { return };
        let go = self.ty(ty);
        if let TypeDefKind::List(_) | TypeDefKind::Map(..) = kind {
            let open = format!("func {name}(c *abi.Call, v {go}) (unsafe.Pointer, uint32) {{");
            return w.block(open, "}", |w| match kind {
                TypeDefKind::List(item) => self.lower_items(w, *item),
                TypeDefKind::Map(k, v) => self.lower_entries(w, *k, *v),
                _ => {}
            });
        }
        let open = format!("func {name}(c *abi.Call, p unsafe.Pointer, v {go}) {{");
        w.block(open, "}", |w| match kind {
            TypeDefKind::Record(r) => {
                let fields: Vec<Type> = r.fields.iter().map(|f| f.ty).collect();
                let Type::Id(id) = self.facts.dealias(ty) else { return };
                self.lower_fields(w, &fields, &|i| self.member(id, i));
            }
            TypeDefKind::Tuple(t) => self.lower_fields(w, &t.types, &|i| format!("F{i}")),
            TypeDefKind::FixedLengthList(item, _) => self.lower_array(w, *item),
            TypeDefKind::Option(payload) => self.lower_option(w, *payload),
            TypeDefKind::Result(r) => self.lower_result(w, r),
            TypeDefKind::Variant(_) => self.lower_variant(w, ty),
            _ => {}
        });
    }

    fn lower_fields(&self, w: &mut Writer, types: &[Type], field: &dyn Fn(usize) -> String) {
        let (offsets, _) = self.layouts.fields(types);
        let mut body = Body::helper();
        for (index, (ty, offset)) in types.iter().zip(offsets).enumerate() {
            self.lower(&mut body, *ty, "p", offset, &format!("v.{}", field(index)));
        }
        w.append(&body.w.into_text());
    }

    fn lower_option(&self, w: &mut Writer, payload: Type) {
        let offset = self.layouts.cases(2, [Some(&payload)]).payload;
        emit!(w, "item, ok := v.Get()");
        w.block("if !ok {", "}", |w| {
            emit!(w, "*(*uint8)(p) = 0");
            emit!(w, "return");
        });
        emit!(w, "*(*uint8)(p) = 1");
        let mut body = Body::helper();
        self.lower(&mut body, payload, "p", offset, "item");
        w.append(&body.w.into_text());
    }

    fn lower_result(&self, w: &mut Writer, r: &wit_parser::Result_) {
        let offset = self.layouts.cases(2, [r.ok.as_ref(), r.err.as_ref()]).payload;
        let (item, err) =
            (if r.ok.is_some() { "item" } else { "_" }, if r.err.is_some() { "e" } else { "_" });
        let arm = |w: &mut Writer, tag: u32, ty: Option<Type>, v: &str| {
            emit!(w, "*(*uint8)(p) = {tag}");
            let mut body = Body::helper();
            if let Some(ty) = ty {
                self.lower(&mut body, ty, "p", offset, v);
            }
            w.append(&body.w.into_text());
        };
        emit!(w, "{item}, {err}, ok := v.Get()");
        w.block("if !ok {", "}", |w| {
            arm(w, 1, r.err, "e");
            emit!(w, "return");
        });
        arm(w, 0, r.ok, "item");
    }
}
