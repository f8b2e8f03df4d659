//! Codes of what can be wrong with a component.

use tenon_wit::Code;

/// The bytes are not a component.
pub const NOT_A_COMPONENT: Code = "T0501";
/// The component is damaged, or uses a proposal that nobody here knows.
pub const INVALID: Code = "T0502";
/// The component uses something that a plan cannot say.
pub const UNSUPPORTED: Code = "T0503";
/// The component is fine and still could not be taken apart. This is a defect of Tenon.
pub const INTERNAL: Code = "T0504";
