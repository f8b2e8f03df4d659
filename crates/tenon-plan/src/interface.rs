//! What WIT says: interfaces, their types and functions, with docs.

use serde::{Deserialize, Serialize};

use crate::{FunctionId, ResourceId, TypeId};

/// An interface that the world imports or exports. One that it does both with is two entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// The name in the binary: `wasi:io/streams@0.2.0`, or a plain one.
    pub name: String,
    /// Which side implements it.
    pub side: Side,
    /// Its docs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// Its types, in the order of WIT.
    pub types: Vec<NamedType>,
    /// Its functions, in the order of WIT: those that the component does not call too.
    pub functions: Vec<FunctionId>,
}

/// Who implements something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The host: it is an import.
    Import,
    /// The component: it is an export.
    Export,
}

/// A name for a type, in an interface or a world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedType {
    /// In kebab case.
    pub name: String,
    /// Its docs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// What it names. When that type's own name and interface are these, it is the declaration; otherwise an alias, as
    /// `use` and `type a = b` make them.
    #[serde(flatten)]
    pub target: Named,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// A type of values.
    Type(TypeId),
    /// A resource.
    Resource(ResourceId),
}
