//! How WIT names become Go names.

mod casing;
mod scope;

pub(crate) use casing::{exported, lower_first, package, unexported};
pub(crate) use scope::{Scope, is_reserved};
