//! Functions, and how the canonical ABI passes their values.

use std::collections::HashMap;

use wasmtime_environ::component::{CanonicalOptions, InterfaceType, MAX_FLAT_ASYNC_PARAMS, TypeFuncIndex};
use wasmtime_environ::{ModuleInternedTypeIndex, WasmHeapType, WasmValType};

use super::types::{Types, docs, layout};
use crate::{
    Core, CoreSignature, Function, FunctionId, InterfaceId, Layout, MAX_FLAT, Param, Passing, ResourceId,
    Returning, Role, Side, Signature,
};

/// Where a function stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) side: Side,
    pub(super) interface: Option<InterfaceId>,
    pub(super) name: &'a str,
    pub(super) wit: Option<&'a wit_parser::Function>,
}

/// All functions of a plan, each once.
#[derive(Default)]
pub(super) struct Functions {
    pub(super) list: Vec<Function>,
    ids: HashMap<Function, FunctionId>,
    /// Resources by the interface that names them.
    pub(super) resources: HashMap<(Side, Option<InterfaceId>, String), ResourceId>,
}

impl Functions {
    pub(super) fn add(&mut self, types: &mut Types<'_>, ty: TypeFuncIndex, place: Place<'_>) -> FunctionId {
        let env = types.env;
        let func = &env[ty];
        let known = place.wit.map_or(&[][..], |wit| wit.params.as_slice());
        let mut params = Vec::new();
        for (i, (name, ty)) in func.param_names.iter().zip(&env[func.params].types).enumerate() {
            let known = known.get(i).map(|param| param.ty);
            params.push(Param { name: name.clone(), ty: types.value(*ty, known, place.side) });
        }
        let result = env[func.results].types.first().copied();
        let result = types.optional(result, place.wit.and_then(|wit| wit.result), place.side);
        let function = Function {
            interface: place.interface,
            name: place.name.to_string(),
            role: self.role(place),
            docs: place.wit.and_then(|wit| docs(&wit.docs)),
            async_: func.async_,
            params,
            result,
        };
        *self.ids.entry(function).or_insert_with_key(|function| {
            let id = FunctionId::from(self.list.len());
            self.list.push(function.clone());
            id
        })
    }

    fn role(&self, place: Place<'_>) -> Role {
        let resource =
            |name: &str| self.resources.get(&(place.side, place.interface, name.to_string())).copied();
        if let Some(name) = place.name.strip_prefix("[constructor]") {
            return Role::Constructor { resource: resource(name) };
        }
        if let Some((name, method)) = member(place.name, "[method]") {
            return Role::Method { resource: resource(name), method: method.to_string() };
        }
        if let Some((name, method)) = member(place.name, "[static]") {
            return Role::Static { resource: resource(name), method: method.to_string() };
        }
        Role::Free
    }
}

fn member<'n>(name: &'n str, prefix: &str) -> Option<(&'n str, &'n str)> {
    name.strip_prefix(prefix)?.split_once('.')
}

/// The core type of a trampoline or a lifted function.
pub(super) fn core_signature(types: &Types<'_>, ty: ModuleInternedTypeIndex) -> CoreSignature {
    let func = types.env[ty].unwrap_func();
    CoreSignature {
        params: func.params().iter().map(core).collect(),
        results: func.results().iter().map(core).collect(),
    }
}

fn core(ty: &WasmValType) -> Core {
    match ty {
        WasmValType::I32 => Core::I32,
        WasmValType::I64 => Core::I64,
        WasmValType::F32 => Core::F32,
        WasmValType::F64 => Core::F64,
        WasmValType::V128 => Core::V128,
        WasmValType::Ref(reference) => match reference.heap_type {
            WasmHeapType::Extern | WasmHeapType::NoExtern => Core::ExternRef,
            _ => Core::FuncRef,
        },
    }
}

/// The canonical ABI of something that is called by the host.
pub(super) fn lifted(types: &Types<'_>, ty: TypeFuncIndex, options: &CanonicalOptions) -> Signature {
    let func = &types.env[ty];
    let returning = match result_slots(types, ty) {
        _ if options.async_ => Returning::None,
        Some(0) => Returning::None,
        Some(1) => Returning::Flat,
        _ => Returning::Address,
    };
    Signature {
        core: core_signature(types, options.core_type),
        params: passing(types, &types.env[func.params].types, MAX_FLAT),
        returning,
    }
}

/// The canonical ABI of something that calls the host.
pub(super) fn lowered(types: &Types<'_>, ty: TypeFuncIndex, options: &CanonicalOptions) -> Signature {
    let func = &types.env[ty];
    let limit = if options.async_ { MAX_FLAT_ASYNC_PARAMS } else { MAX_FLAT };
    let returning = match result_slots(types, ty) {
        Some(0) => Returning::None,
        Some(1) if !options.async_ => Returning::Flat,
        _ => Returning::Pointer,
    };
    Signature {
        core: core_signature(types, options.core_type),
        params: passing(types, &types.env[func.params].types, limit),
        returning,
    }
}

fn result_slots(types: &Types<'_>, ty: TypeFuncIndex) -> Option<usize> {
    let results = &types.env[types.env[ty].results].types;
    results.iter().map(|ty| types.flat_count(ty)).sum()
}

/// How values of these types are passed.
pub(super) fn passing(types: &Types<'_>, values: &[InterfaceType], limit: usize) -> Passing {
    let counts: Option<Vec<usize>> = values.iter().map(|ty| types.flat_count(ty)).collect();
    if let Some(counts) = counts
        && counts.iter().sum::<usize>() <= limit
    {
        return Passing::Flat { counts: counts.into_iter().map(|count| count as u32).collect() };
    }
    let mut whole = Layout { size: 0, align: 1 };
    let mut offsets = Vec::new();
    for ty in values {
        let abi = types.env.canonical_abi(ty);
        offsets.push(abi.next_field32(&mut whole.size));
        whole.align = whole.align.max(layout(abi).align);
    }
    whole.size = whole.size.next_multiple_of(whole.align);
    Passing::Memory { offsets, layout: whole }
}
