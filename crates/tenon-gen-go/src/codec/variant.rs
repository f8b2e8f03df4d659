//! Variants: sealed interfaces, one Go type for each case.

use wit_parser::{Int, Type, TypeDefKind, TypeId, Variant};

use super::{Body, convert, convert::revert};
use crate::text::{Gen, Writer, emit};

/// The Go type of a discriminant.
pub(crate) fn int(int: Int) -> &'static str {
    match int {
        Int::U8 => "uint8",
        Int::U16 => "uint16",
        Int::U32 => "uint32",
        Int::U64 => "uint64",
    }
}

impl Gen<'_> {
    fn variant(&self, ty: Type) -> Option<(TypeId, &Variant)> {
        let Type::Id(id) = self.facts.dealias(ty) else { return None };
        match &self.facts.resolve.types[id].kind {
            TypeDefKind::Variant(variant) => Some((id, variant)),
            _ => None,
        }
    }

    pub(super) fn lift_variant(&self, w: &mut Writer, ty: Type) {
        let Some((id, variant)) = self.variant(ty) else { return };
        let cases = self.layouts.cases(variant.cases.len(), variant.cases.iter().map(|c| c.ty.as_ref()));
        let open = format!("switch *(*{})(p) {{", int(cases.tag));
        self.switch(w, &open, id, variant, &|_, ty| self.lift(ty, "p", cases.payload, "c"));
    }

    pub(super) fn unflatten_variant(&self, w: &mut Writer, ty: Type) {
        let Some((id, variant)) = self.variant(ty) else { return };
        let shared = self.slots(ty);
        self.switch(w, "switch v0 {", id, variant, &|_, ty| {
            let slots = self.slots(ty);
            let values: Vec<String> = slots
                .iter()
                .enumerate()
                .map(|(i, to)| {
                    revert(
                        &format!("v{}", i + 1),
                        super::unflatten::host(shared[i + 1]),
                        super::unflatten::host(*to),
                    )
                })
                .collect();
            self.unflatten(ty, &values, "c")
        });
    }

    /// Returns the case that the discriminant says. The host vouches for it, so the last one needs no test.
    fn switch(
        &self,
        w: &mut Writer,
        open: &str,
        id: TypeId,
        variant: &Variant,
        payload: &dyn Fn(usize, Type) -> String,
    ) {
        w.block(open, "}", |w| {
            for (index, case) in variant.cases.iter().enumerate() {
                let last = index + 1 == variant.cases.len();
                w.outdented(if last { "default:".to_string() } else { format!("case {index}:") });
                let name = self.member(id, index);
                match case.ty {
                    Some(ty) => emit!(w, "return {name}{{Value: {}}}", payload(index, ty)),
                    None => emit!(w, "return {name}{{}}"),
                }
            }
        });
    }

    pub(super) fn lower_variant(&self, w: &mut Writer, ty: Type) {
        let Some((id, variant)) = self.variant(ty) else { return };
        let cases = self.layouts.cases(variant.cases.len(), variant.cases.iter().map(|c| c.ty.as_ref()));
        let tag = int(cases.tag);
        self.type_switch(w, ty, id, variant, &|w, index, payload| {
            emit!(w, "*(*{tag})(p) = {index}");
            if let Some(ty) = payload {
                let mut body = Body::helper();
                self.lower(&mut body, ty, "p", cases.payload, "v.Value");
                w.append(&body.w.into_text());
            }
        });
    }

    pub(super) fn flatten_variant(&self, w: &mut Writer, ty: Type) {
        let Some((id, variant)) = self.variant(ty) else { return };
        let shared = self.slots(ty);
        self.type_switch(w, ty, id, variant, &|w, index, payload| {
            let mut body = Body::helper();
            let values = payload.map(|ty| self.flatten(&mut body, ty, "v.Value")).unwrap_or_default();
            let slots = payload.map(|ty| self.slots(ty)).unwrap_or_default();
            if index > 0 {
                emit!(body.w, "v0 = {index}");
            }
            for (at, (value, from)) in values.iter().zip(slots).enumerate() {
                emit!(body.w, "v{} = {}", at + 1, convert(self, value, from, shared[at + 1]));
            }
            w.append(&body.w.into_text());
        });
        emit!(w, "return");
    }

    fn type_switch(
        &self,
        w: &mut Writer,
        ty: Type,
        id: TypeId,
        variant: &Variant,
        case: &dyn Fn(&mut Writer, usize, Option<Type>),
    ) {
        w.block("switch v := v.(type) {", "}", |w| {
            for (index, c) in variant.cases.iter().enumerate() {
                w.outdented(format!("case {}:", self.member(id, index)));
                case(w, index, c.ty);
            }
            w.outdented("default:");
            emit!(w, "abi.BadCase({:?}, v)", self.ty(ty));
        });
    }
}
