//! The canonical ABI as pure functions: layout in memory, flattening, core signatures and core names.
//!
//! Everything here is a function of a resolved WIT package and knows no target language. Addresses are 32 bits wide.

mod flat;
mod layout;
mod names;
mod signature;

pub use flat::{Slot, flatten, join};
pub use layout::{Cases, Layout, Layouts};
pub use names::{
    Builtin, CoreImport, Payload, callback_name, dtor_name, export_name, import_name, payload_builtins,
    payloads, post_return_name, resource_drop, resource_new, resource_rep, task_return,
};
pub use signature::{
    Convention, MAX_ASYNC_PARAMS, MAX_PARAMS, Outcome, Params, Signature, returned, signature,
};

use wit_parser::{Resolve, Type, TypeDefKind, TypeId};

/// What `ty` is when all aliases are seen through: a primitive, or the definition that is not an alias.
pub fn dealias(resolve: &Resolve, mut ty: Type) -> Type {
    while let Type::Id(id) = ty {
        match resolve.types[id].kind {
            TypeDefKind::Type(target) => ty = target,
            _ => break,
        }
    }
    ty
}

/// The definition behind `id` when all aliases are seen through; an alias of a primitive is its own last definition.
pub fn dealias_id(resolve: &Resolve, mut id: TypeId) -> TypeId {
    while let TypeDefKind::Type(Type::Id(target)) = resolve.types[id].kind {
        id = target;
    }
    id
}
