use wit_parser::{Function, Resolve, Type};

use crate::{Layout, Layouts, Slot, flatten};

/// How many core parameters a call may have before they go into memory.
pub const MAX_PARAMS: usize = 16;
/// The same for an asynchronously lowered import.
pub const MAX_ASYNC_PARAMS: usize = 4;

/// On which side of a call a function is, and how it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// An import that blocks.
    ImportSync,
    /// An import that gives a status and goes on.
    ImportAsync,
    /// An export that returns its result.
    ExportSync,
    /// An export with a callback, which returns through `task.return`.
    ExportAsync,
}

/// How values are passed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Params {
    /// As core parameters: the slots of each.
    Flat(Vec<Vec<Slot>>),
    /// As the address of a block: where each is in it, and its layout.
    Spilled {
        /// The offset of each value.
        offsets: Vec<u32>,
        /// The layout of the block.
        layout: Layout,
    },
}

impl Params {
    /// The core parameters.
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Params::Flat(params) => params.concat(),
            Params::Spilled { .. } => vec![Slot::Ptr],
        }
    }
}

/// How the result of a call comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is none, or it goes through `task.return`.
    None,
    /// As the one core result.
    Flat(Slot),
    /// In memory: imports get the address as a last parameter, exports return it.
    Memory(Layout),
}

/// The core function behind a WIT function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// On which side it is.
    pub convention: Convention,
    /// How its parameters are passed.
    pub params: Params,
    /// How its result comes back.
    pub outcome: Outcome,
}

impl Signature {
    /// The parameters of the core function.
    pub fn core_params(&self) -> Vec<Slot> {
        let mut slots = self.params.slots();
        let import = matches!(self.convention, Convention::ImportSync | Convention::ImportAsync);
        if import && matches!(self.outcome, Outcome::Memory(_)) {
            slots.push(Slot::Ptr);
        }
        slots
    }

    /// The result of the core function, if it has one.
    pub fn core_result(&self) -> Option<Slot> {
        match (self.convention, &self.outcome) {
            (Convention::ImportAsync | Convention::ExportAsync, _) => Some(Slot::I32),
            (_, Outcome::Flat(slot)) => Some(*slot),
            (Convention::ExportSync, Outcome::Memory(_)) => Some(Slot::Ptr),
            _ => None,
        }
    }
}

/// The core signature of `function`.
pub fn signature(
    resolve: &Resolve,
    layouts: &Layouts<'_>,
    function: &Function,
    convention: Convention,
) -> Signature {
    let limit = match convention {
        Convention::ImportAsync => MAX_ASYNC_PARAMS,
        _ => MAX_PARAMS,
    };
    let types: Vec<Type> = function.params.iter().map(|p| p.ty).collect();
    let params = pass(resolve, layouts, &types, limit);
    let outcome = match (convention, function.result.as_ref()) {
        (Convention::ExportAsync, _) | (_, None) => Outcome::None,
        (Convention::ImportAsync, Some(ty)) => Outcome::Memory(layouts.of(ty)),
        (_, Some(ty)) => match flatten(resolve, ty, 1).as_deref() {
            Some([]) => Outcome::None,
            Some([slot]) => Outcome::Flat(*slot),
            _ => Outcome::Memory(layouts.of(ty)),
        },
    };
    Signature { convention, params, outcome }
}

/// How an asynchronous export passes its result to `task.return`.
pub fn returned(resolve: &Resolve, layouts: &Layouts<'_>, function: &Function) -> Params {
    let types: Vec<Type> = function.result.into_iter().collect();
    pass(resolve, layouts, &types, MAX_PARAMS)
}

fn pass(resolve: &Resolve, layouts: &Layouts<'_>, types: &[Type], limit: usize) -> Params {
    let mut left = limit;
    let mut flat = Vec::new();
    for ty in types {
        let Some(slots) = flatten(resolve, ty, left) else {
            let (offsets, layout) = layouts.fields(types);
            return Params::Spilled { offsets, layout };
        };
        left -= slots.len();
        flat.push(slots);
    }
    Params::Flat(flat)
}
