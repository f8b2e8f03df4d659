//! Functions: their types, how values are passed, and how exports are called.

use serde::{Deserialize, Serialize};

use crate::{
    CoreDef, CoreSignature, FunctionId, InterfaceId, Layout, OptionsId, ResourceId, TrampolineId, TypeId,
};

/// A component function's type, with its names. One WIT function has several when several instances call it, since the
/// tables of their handles differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Function {
    /// The interface that has it; nothing when the world has it, or nobody that WIT knows.
    pub interface: Option<InterfaceId>,
    /// Its name as in the binary: `add`, `[constructor]blob`, `[method]blob.read`, `[static]blob.merge`.
    pub name: String,
    /// What that name says.
    #[serde(flatten)]
    pub role: Role,
    /// Its docs in WIT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// Whether WIT says `async`.
    #[serde(rename = "async")]
    pub async_: bool,
    /// Parameters, a method's `self` included.
    pub params: Vec<Param>,
    /// Result.
    pub result: Option<TypeId>,
}

/// What a function is to a resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "kebab-case")]
pub enum Role {
    /// Nothing: it is a function by itself.
    Free,
    /// It makes one: `[constructor]blob`. The result is `own<R>`, or `result<own<R>, E>`.
    Constructor {
        /// Which.
        resource: Option<ResourceId>,
    },
    /// The first parameter, `self`, is a borrow of one.
    Method {
        /// Which.
        resource: Option<ResourceId>,
        /// The name without the resource's.
        method: String,
    },
    /// It stands in its namespace.
    Static {
        /// Which.
        resource: Option<ResourceId>,
        /// The name without the resource's.
        method: String,
    },
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Param {
    /// In kebab case.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: TypeId,
}

/// How values are passed to a function, or returned with `task.return`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "pass", rename_all = "kebab-case")]
pub enum Passing {
    /// As core values: how many for each, in order.
    Flat {
        /// As many as there are values; their sum is the number of core parameters.
        counts: Vec<u32>,
    },
    /// By the address of a block, which holds them like a tuple.
    Memory {
        /// Where each is.
        offsets: Vec<u32>,
        /// The layout of the block.
        layout: Layout,
    },
}

/// How a result comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum Returning {
    /// There is none, or it takes no core values, or it goes through `task.return`.
    None,
    /// As the one core result.
    Flat,
    /// A lifted function returns the address of a block that it keeps until post-return.
    Address,
    /// A lowered function gets the address of a block for the result as its last parameter.
    Pointer,
}

/// The canonical ABI of one lift or lower.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signature {
    /// The type of the core function.
    pub core: CoreSignature,
    /// How the parameters are passed.
    pub params: Passing,
    /// How the result comes back. An asynchronous lower returns a status as well; an asynchronous lift returns nothing
    /// but a callback code, or nothing at all.
    pub returning: Returning,
}

/// A lifted function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lift {
    /// Its type, as the host sees it.
    pub function: FunctionId,
    /// The core function.
    pub core: CoreDef,
    /// How it was lifted.
    pub options: OptionsId,
    /// The canonical ABI.
    pub signature: Signature,
    /// What it takes to call it.
    pub mode: Mode,
    /// Why it may block, if it may: what it can reach. Empty with [`Mode::Sync`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocking: Vec<Blocking>,
}

/// What it takes to call a lifted function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// It returns when it is done: a plain call. It may still be `async` in WIT.
    Sync,
    /// It returns callback codes, and the host calls the callback with events. No wasm stack has to be suspended,
    /// unless one of [`Lift::blocking`] does have to wait; all of them are [`Certainty::Rarely`].
    Callback,
    /// A wasm stack may have to be suspended while it runs, for the first of [`Lift::blocking`].
    Suspend,
}

/// A reason why a call may have to suspend the wasm stack.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Blocking {
    /// What it is, for a sentence: `the import wasi:clocks/monotonic-clock@0.3.0#wait-for, lowered synchronously`.
    pub what: String,
    /// The function that blocks; nothing when the export itself is lifted without a callback.
    pub trampoline: Option<TrampolineId>,
    /// How often that happens.
    pub certainty: Certainty,
}

/// How often a reason for suspension comes true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// It is what the function is for.
    Often,
    /// Only if the other side is slow: a cancellation, which most hosts grant at once.
    Rarely,
}
