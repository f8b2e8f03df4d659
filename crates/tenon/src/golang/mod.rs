//! The Go command: finding it, asking it, building with it.

mod build;
mod list;
mod toolchain;

pub(crate) use build::{Mode, build};
pub(crate) use list::{Listing, complaint, list, settle};
pub(crate) use toolchain::{MINIMUM, Toolchain, command};
