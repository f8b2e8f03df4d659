use wit_parser::{
    Function, FutureIntrinsic, LiftLowerAbi, ManglingAndAbi, Resolve, ResourceIntrinsic, StreamIntrinsic,
    Type, TypeDefKind, TypeId, WasmExport, WasmExportKind, WasmImport, WorldKey,
};

use crate::dealias;

/// The two names of a core import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CoreImport {
    /// The module.
    pub module: String,
    /// The name in it.
    pub name: String,
}

impl From<(String, String)> for CoreImport {
    fn from((module, name): (String, String)) -> CoreImport {
        CoreImport { module, name }
    }
}

/// The naming scheme that knows the asynchronous ABI.
fn scheme(is_async: bool) -> ManglingAndAbi {
    ManglingAndAbi::Legacy(if is_async { LiftLowerAbi::AsyncCallback } else { LiftLowerAbi::Sync })
}

/// The import of `func`, of the interface `key` or of the world itself.
pub fn import_name(resolve: &Resolve, key: Option<&WorldKey>, func: &Function) -> CoreImport {
    let import = WasmImport::Func { interface: key, func };
    resolve.wasm_import_name(scheme(func.kind.is_async()), import).into()
}

/// The export of `func`.
pub fn export_name(resolve: &Resolve, key: Option<&WorldKey>, func: &Function) -> String {
    export_kind(resolve, key, func, WasmExportKind::Normal)
}

/// The function that the host calls when it has read the result of `func`, a synchronous export.
pub fn post_return_name(resolve: &Resolve, key: Option<&WorldKey>, func: &Function) -> String {
    export_kind(resolve, key, func, WasmExportKind::PostReturn)
}

/// The function that the host calls with each event of a task of `func`, an asynchronous export.
pub fn callback_name(resolve: &Resolve, key: Option<&WorldKey>, func: &Function) -> String {
    export_kind(resolve, key, func, WasmExportKind::Callback)
}

fn export_kind(resolve: &Resolve, key: Option<&WorldKey>, func: &Function, kind: WasmExportKind) -> String {
    let export = WasmExport::Func { interface: key, func, kind };
    resolve.wasm_export_name(scheme(func.kind.is_async()), export)
}

/// The import by which `func`, an asynchronous export, returns.
pub fn task_return(resolve: &Resolve, key: Option<&WorldKey>, func: &Function) -> CoreImport {
    let module = match key {
        Some(key) => format!("[export]{}", resolve.name_world_key(key)),
        None => "[export]$root".to_string(),
    };
    CoreImport { module, name: format!("[task-return]{}", func.name) }
}

/// The import that drops a handle of `resource`, which is imported, or with `exported` is the component's own.
pub fn resource_drop(
    resolve: &Resolve,
    key: Option<&WorldKey>,
    resource: TypeId,
    exported: bool,
) -> CoreImport {
    let intrinsic = if exported { ResourceIntrinsic::ExportedDrop } else { ResourceIntrinsic::ImportedDrop };
    resource_import(resolve, key, resource, intrinsic)
}

/// The import that makes a handle of the component's own `resource`.
pub fn resource_new(resolve: &Resolve, key: Option<&WorldKey>, resource: TypeId) -> CoreImport {
    resource_import(resolve, key, resource, ResourceIntrinsic::ExportedNew)
}

/// The import that gives the representation behind a handle of the component's own `resource`.
pub fn resource_rep(resolve: &Resolve, key: Option<&WorldKey>, resource: TypeId) -> CoreImport {
    resource_import(resolve, key, resource, ResourceIntrinsic::ExportedRep)
}

fn resource_import(
    resolve: &Resolve,
    key: Option<&WorldKey>,
    resource: TypeId,
    intrinsic: ResourceIntrinsic,
) -> CoreImport {
    let import = WasmImport::ResourceIntrinsic { interface: key, resource, intrinsic };
    resolve.wasm_import_name(scheme(false), import).into()
}

/// The export that the host calls when the last handle of the component's own `resource` is dropped.
pub fn dtor_name(resolve: &Resolve, key: &WorldKey, resource: TypeId) -> String {
    resolve.wasm_export_name(scheme(false), WasmExport::ResourceDtor { interface: key, resource })
}

/// A stream or future in the signature of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload {
    /// The type, as it stands in the signature.
    pub ty: TypeId,
    /// Whether it is a future.
    pub future: bool,
    /// What it carries.
    pub item: Option<Type>,
}

/// The streams and futures of `func`, in the order in which their built-ins are numbered.
pub fn payloads(resolve: &Resolve, func: &Function) -> Vec<Payload> {
    let found = func.find_futures_and_streams(resolve);
    let kinds = found.into_iter().filter_map(|ty| match resolve.types[ty].kind {
        TypeDefKind::Future(item) => Some(Payload { ty, future: true, item }),
        TypeDefKind::Stream(item) => Some(Payload { ty, future: false, item }),
        _ => None,
    });
    kinds.map(|p| Payload { item: p.item.map(|ty| dealias(resolve, ty)), ..p }).collect()
}

/// What can be done with the ends of a stream or future. Reads and writes are the asynchronous ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Builtin {
    New,
    Read,
    Write,
    CancelRead,
    CancelWrite,
    DropReadable,
    DropWritable,
}

impl Builtin {
    /// All of them.
    pub const ALL: [Builtin; 7] = [
        Builtin::New,
        Builtin::Read,
        Builtin::Write,
        Builtin::CancelRead,
        Builtin::CancelWrite,
        Builtin::DropReadable,
        Builtin::DropWritable,
    ];
}

/// The import of `builtin` for the stream or future `payload` of `func`, which is `exported` or imported.
pub fn payload_builtins(
    resolve: &Resolve,
    key: Option<&WorldKey>,
    func: &Function,
    payload: &Payload,
    exported: bool,
    builtin: Builtin,
) -> CoreImport {
    let async_ = matches!(builtin, Builtin::Read | Builtin::Write);
    let ty = Some(payload.ty);
    let interface = key;
    let import = if payload.future {
        let intrinsic = future_intrinsic(builtin);
        WasmImport::FutureIntrinsic { interface, func, ty, intrinsic, exported, async_ }
    } else {
        let intrinsic = stream_intrinsic(builtin);
        WasmImport::StreamIntrinsic { interface, func, ty, intrinsic, exported, async_ }
    };
    resolve.wasm_import_name(scheme(true), import).into()
}

fn future_intrinsic(builtin: Builtin) -> FutureIntrinsic {
    match builtin {
        Builtin::New => FutureIntrinsic::New,
        Builtin::Read => FutureIntrinsic::Read,
        Builtin::Write => FutureIntrinsic::Write,
        Builtin::CancelRead => FutureIntrinsic::CancelRead,
        Builtin::CancelWrite => FutureIntrinsic::CancelWrite,
        Builtin::DropReadable => FutureIntrinsic::DropReadable,
        Builtin::DropWritable => FutureIntrinsic::DropWritable,
    }
}

fn stream_intrinsic(builtin: Builtin) -> StreamIntrinsic {
    match builtin {
        Builtin::New => StreamIntrinsic::New,
        Builtin::Read => StreamIntrinsic::Read,
        Builtin::Write => StreamIntrinsic::Write,
        Builtin::CancelRead => StreamIntrinsic::CancelRead,
        Builtin::CancelWrite => StreamIntrinsic::CancelWrite,
        Builtin::DropReadable => StreamIntrinsic::DropReadable,
        Builtin::DropWritable => StreamIntrinsic::DropWritable,
    }
}
