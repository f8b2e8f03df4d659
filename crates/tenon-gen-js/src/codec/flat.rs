//! Values that share core values in a variant: each case's are converted to and from the type that holds all cases'.

use tenon_plan::Core;

use super::Uses;

/// The default of a core value that a case does not use.
pub(super) fn zero(core: Core) -> &'static str {
    if core == Core::I64 { "0n" } else { "0" }
}

/// The expression of a value of type `have` where `want` is needed, on the way into a component.
pub(super) fn widen(uses: &mut Uses, have: Core, want: Core, value: &str) -> String {
    match (have, want) {
        (Core::I32, Core::I64) => format!("BigInt({value} >>> 0)"),
        (Core::F32, Core::I32) => format!("{}({value})", uses.add("bits", "f32ToI32")),
        (Core::F32, Core::I64) => format!("BigInt({}({value}) >>> 0)", uses.add("bits", "f32ToI32")),
        (Core::F64, Core::I64) => format!("{}({value})", uses.add("bits", "f64ToI64")),
        _ => value.to_string(),
    }
}

/// The way back.
pub(super) fn narrow(uses: &mut Uses, have: Core, want: Core, value: &str) -> String {
    match (have, want) {
        (Core::I64, Core::I32) => format!("{}({value})", uses.add("bits", "i64ToI32")),
        (Core::I32, Core::F32) => format!("{}({value})", uses.add("bits", "i32ToF32")),
        (Core::I64, Core::F32) => {
            format!("{}({}({value}))", uses.add("bits", "i32ToF32"), uses.add("bits", "i64ToI32"))
        }
        (Core::I64, Core::F64) => format!("{}({value})", uses.add("bits", "i64ToF64")),
        _ => value.to_string(),
    }
}
