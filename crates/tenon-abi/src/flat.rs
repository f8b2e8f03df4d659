use wit_parser::{Resolve, Type, TypeDefKind};

use crate::dealias;

/// One core value of a flattened type. `Bool` and `Ptr` are `i32` in core wasm; a language may want to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// 0 or 1.
    Bool,
    /// A 32-bit integer: a number, a discriminant, a length, a handle.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
    /// An address, in every case that uses the slot.
    Ptr,
}

/// The slot that can carry either of two cases' values.
pub fn join(a: Slot, b: Slot) -> Slot {
    use Slot::*;
    match (a, b) {
        (a, b) if a == b => a,
        (I64 | F64, _) | (_, I64 | F64) => I64,
        _ => I32,
    }
}

/// The core values that stand for a value of type `ty`, or nothing if they are more than `limit`.
pub fn flatten(resolve: &Resolve, ty: &Type, limit: usize) -> Option<Vec<Slot>> {
    let mut slots = Vec::new();
    push(resolve, ty, limit, &mut slots).then_some(slots)
}

fn push(resolve: &Resolve, ty: &Type, limit: usize, slots: &mut Vec<Slot>) -> bool {
    match dealias(resolve, *ty) {
        Type::Bool => slots.push(Slot::Bool),
        Type::U64 | Type::S64 => slots.push(Slot::I64),
        Type::F32 => slots.push(Slot::F32),
        Type::F64 => slots.push(Slot::F64),
        Type::String => slots.extend([Slot::Ptr, Slot::I32]),
        Type::Id(id) => {
            if !push_kind(resolve, &resolve.types[id].kind, limit, slots) {
                return false;
            }
        }
        _ => slots.push(Slot::I32),
    }
    slots.len() <= limit
}

fn push_kind(resolve: &Resolve, kind: &TypeDefKind, limit: usize, slots: &mut Vec<Slot>) -> bool {
    match kind {
        TypeDefKind::Record(r) => r.fields.iter().all(|f| push(resolve, &f.ty, limit, slots)),
        TypeDefKind::Tuple(t) => t.types.iter().all(|ty| push(resolve, ty, limit, slots)),
        TypeDefKind::FixedLengthList(ty, n) => (0..*n).all(|_| push(resolve, ty, limit, slots)),
        TypeDefKind::List(_) | TypeDefKind::Map(..) => {
            slots.extend([Slot::Ptr, Slot::I32]);
            true
        }
        TypeDefKind::Flags(f) => {
            slots.extend((0..f.repr().count()).map(|_| Slot::I32));
            true
        }
        TypeDefKind::Variant(v) => push_cases(resolve, v.cases.iter().map(|c| c.ty.as_ref()), limit, slots),
        TypeDefKind::Option(ty) => push_cases(resolve, [None, Some(ty)], limit, slots),
        TypeDefKind::Result(r) => push_cases(resolve, [r.ok.as_ref(), r.err.as_ref()], limit, slots),
        _ => {
            slots.push(Slot::I32);
            true
        }
    }
}

fn push_cases<'t>(
    resolve: &Resolve,
    cases: impl IntoIterator<Item = Option<&'t Type>>,
    limit: usize,
    slots: &mut Vec<Slot>,
) -> bool {
    slots.push(Slot::I32);
    let start = slots.len();
    for ty in cases.into_iter().flatten() {
        let mut case = Vec::new();
        if !push(resolve, ty, limit, &mut case) {
            return false;
        }
        for (i, slot) in case.into_iter().enumerate() {
            match slots.get_mut(start + i) {
                Some(joined) => *joined = join(*joined, slot),
                None => slots.push(slot),
            }
        }
    }
    slots.len() <= limit
}
