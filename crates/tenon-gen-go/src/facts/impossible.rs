//! Types that WIT can write and no component can have: a validator would refuse the component, after Go has compiled it.

use wit_parser::{Type, TypeDefKind};

use super::Facts;

/// Why no component has values of `kind`, and what to write instead.
pub(super) fn reason(facts: &Facts, kind: &TypeDefKind) -> Option<(&'static str, &'static str)> {
    match kind {
        TypeDefKind::Stream(Some(ty)) if facts.dealias(*ty) == Type::Char => {
            Some(("a `stream<char>`", "use `stream<u8>` with an encoding, or `stream<string>`"))
        }
        TypeDefKind::FixedLengthList(_, 0) => Some(("a list of length 0", "give it items, or remove it")),
        TypeDefKind::Record(record) if record.fields.is_empty() => {
            Some(("a record without fields", "give it a field, or remove it"))
        }
        TypeDefKind::Tuple(tuple) if tuple.types.is_empty() => {
            Some(("a tuple of nothing", "leave out the result, or give the tuple a type"))
        }
        _ => None,
    }
}
