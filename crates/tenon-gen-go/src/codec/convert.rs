//! Between the core values of one case and those that all cases share.

use tenon_abi::Slot;

use crate::text::Gen;

/// `v`, a case's value in a slot `from`, as a value of the shared slot `to`.
pub(crate) fn convert(generator: &Gen<'_>, v: &str, from: Slot, to: Slot) -> String {
    match (from, to) {
        (from, to) if from == to => v.to_string(),
        (Slot::Bool, Slot::I32) => generator.bit(v),
        (Slot::Bool, _) => format!("uint64({})", generator.bit(v)),
        (Slot::Ptr, Slot::I32) => format!("abi.Addr({v})"),
        (Slot::Ptr, _) => format!("uint64(abi.Addr({v}))"),
        (Slot::F32, Slot::I32) => format!("math.Float32bits({v})"),
        (Slot::F32, _) => format!("uint64(math.Float32bits({v}))"),
        (Slot::F64, _) => format!("math.Float64bits({v})"),
        _ => format!("uint64({v})"),
    }
}

/// `v`, a value of the shared slot `from`, as a case's value in a slot `to`. Addresses from the host are numbers.
pub(super) fn revert(v: &str, from: Slot, to: Slot) -> String {
    match (from, to) {
        (from, to) if from == to => v.to_string(),
        (Slot::I32, Slot::Bool) | (Slot::I64, Slot::Bool) => format!("{v} != 0"),
        (Slot::I32, Slot::F32) => format!("math.Float32frombits({v})"),
        (Slot::I64, Slot::F32) => format!("math.Float32frombits(uint32({v}))"),
        (Slot::I64, Slot::F64) => format!("math.Float64frombits({v})"),
        (Slot::I64, _) => format!("uint32({v})"),
        _ => v.to_string(),
    }
}

/// What a case gives for a slot that it does not use.
pub(crate) fn zero_slot(slot: Slot) -> &'static str {
    match slot {
        Slot::Bool => "false",
        Slot::Ptr => "nil",
        _ => "0",
    }
}
