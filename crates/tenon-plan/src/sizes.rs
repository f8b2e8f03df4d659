//! The limit of what values of a type may take in memory, which wasmparser 0.254 does not know.
//!
//! From the specification (`CanonicalABI.md`, element size): no type may take 2^28 bytes or more, where addresses have 64 bits.

use std::collections::HashMap;

use wasmparser::PrimitiveValType as Primitive;
use wasmparser::component_types::{
    ComponentAnyTypeId, ComponentDefinedType as Type, ComponentDefinedTypeId, ComponentValType,
};
use wasmparser::types::TypesRef;

/// The limit.
const LIMIT: u64 = 1 << 28;
/// An address, or a length, of 64 bits.
const POINTER: u64 = 8;

/// How many bytes a value takes, and what their address is a multiple of.
#[derive(Clone, Copy)]
struct Layout {
    size: u64,
    align: u64,
}

const PAIR: Layout = Layout { size: 2 * POINTER, align: POINTER };

/// The size of the first type of a component that is too large.
pub(crate) fn too_large(types: TypesRef<'_>) -> Option<u64> {
    let mut sizes = Sizes { types, known: HashMap::new() };
    (0..types.component_type_count())
        .filter_map(|index| match types.component_any_type_at(index) {
            ComponentAnyTypeId::Defined(id) => Some(sizes.defined(id).size),
            _ => None,
        })
        .find(|size| *size >= LIMIT)
}

struct Sizes<'a> {
    types: TypesRef<'a>,
    /// Types may have parts in common, and those parts again.
    known: HashMap<ComponentDefinedTypeId, Layout>,
}

impl Sizes<'_> {
    fn defined(&mut self, id: ComponentDefinedTypeId) -> Layout {
        if let Some(layout) = self.known.get(&id) {
            return *layout;
        }
        let types = self.types;
        let layout = match &types[id] {
            Type::Primitive(primitive) => of_primitive(*primitive),
            Type::Record(record) => self.record(record.fields.values().copied()),
            Type::Tuple(tuple) => self.record(tuple.types.iter().copied()),
            Type::Variant(variant) => {
                self.variant(variant.cases.len(), variant.cases.values().filter_map(|case| case.ty))
            }
            Type::Option { ty, .. } => self.variant(2, [*ty].into_iter()),
            Type::Result { ok, err, .. } => self.variant(2, [*ok, *err].into_iter().flatten()),
            Type::Enum(names) => discriminant(names.len()),
            Type::Flags(names) => flags(names.len()),
            Type::List { .. } | Type::Map { .. } => PAIR,
            Type::FixedLengthList { element, length, .. } => {
                let element = self.value(*element);
                Layout { size: element.size.saturating_mul(u64::from(*length)), ..element }
            }
            Type::Own(_) | Type::Borrow(_) | Type::Future { .. } | Type::Stream { .. } => plain(4),
        };
        self.known.insert(id, layout);
        layout
    }

    fn value(&mut self, ty: ComponentValType) -> Layout {
        match ty {
            ComponentValType::Primitive(primitive) => of_primitive(primitive),
            ComponentValType::Type(id) => self.defined(id),
        }
    }

    fn record(&mut self, fields: impl Iterator<Item = ComponentValType>) -> Layout {
        let mut all = Layout { size: 0, align: 1 };
        for field in fields {
            let field = self.value(field);
            all.size = aligned(all.size, field.align).saturating_add(field.size);
            all.align = all.align.max(field.align);
        }
        Layout { size: aligned(all.size, all.align), ..all }
    }

    fn variant(&mut self, cases: usize, payloads: impl Iterator<Item = ComponentValType>) -> Layout {
        let tag = discriminant(cases);
        let mut payload = Layout { size: 0, align: 1 };
        for case in payloads {
            let case = self.value(case);
            payload = Layout { size: payload.size.max(case.size), align: payload.align.max(case.align) };
        }
        let align = tag.align.max(payload.align);
        let size = aligned(tag.size, payload.align).saturating_add(payload.size);
        Layout { size: aligned(size, align), align }
    }
}

fn of_primitive(primitive: Primitive) -> Layout {
    match primitive {
        Primitive::Bool | Primitive::S8 | Primitive::U8 => plain(1),
        Primitive::S16 | Primitive::U16 => plain(2),
        Primitive::S32 | Primitive::U32 | Primitive::F32 | Primitive::Char | Primitive::ErrorContext => {
            plain(4)
        }
        Primitive::S64 | Primitive::U64 | Primitive::F64 => plain(8),
        Primitive::String => PAIR,
    }
}

fn discriminant(cases: usize) -> Layout {
    plain(match cases {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    })
}

fn flags(count: usize) -> Layout {
    plain(match count {
        0..=8 => 1,
        9..=16 => 2,
        _ => 4,
    })
}

fn plain(size: u64) -> Layout {
    Layout { size, align: size }
}

fn aligned(size: u64, align: u64) -> u64 {
    size.saturating_add(align - 1) / align * align
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::Validator;

    /// The size of the type in a component, if that is too large.
    fn size(ty: &str) -> Option<u64> {
        let bytes = wat::parse_str(format!("(component (type {ty}))")).expect("it is a component");
        let mut validator = Validator::new_with_features(crate::check::features());
        too_large(validator.validate_all(&bytes).expect("it is valid").as_ref())
    }

    #[test]
    fn what_fits_is_let_through() {
        for ty in [
            "(list u8 268435455)",
            "(list u64 33554431)",
            "(list string 16777215)",
            "(tuple (list u8 268435454) (list u8 1))",
            "(option (list u8 268435454))",
            "(map u8 (list u8 268435455))",
            "(stream (list u8 268435455))",
        ] {
            assert_eq!(size(ty), None, "{ty}");
        }
    }

    #[test]
    fn what_is_too_large_is_measured() {
        for (ty, expected) in [
            ("(list u8 268435456)", 1 << 28),
            ("(list u64 536870912)", 1 << 32),
            ("(tuple (list u8 268435455) (list u8 1))", 1 << 28),
            ("(list (list u8 268435455) 2)", (1 << 29) - 2),
            ("(list string 16777216)", 1 << 28),
            ("(record (field \"a\" u8) (field \"b\" (list u64 33554431)))", 1 << 28),
            ("(variant (case \"a\") (case \"b\" (list u8 268435455)))", 1 << 28),
            ("(result (list u16 134217727) (error (list u8 8)))", 1 << 28),
            ("(list (flags \"a\" \"b\" \"c\" \"d\" \"e\" \"f\" \"g\" \"h\" \"i\") 134217728)", 1 << 28),
        ] {
            assert_eq!(size(ty), Some(expected), "{ty}");
        }
    }
}
