//! Core modules: what they import and export by name, and what they need of an engine.

use std::collections::HashMap;

use wasmparser::{ExternalKind, Parser, Payload, TypeRef, Validator, WasmFeatures};

use crate::{Blob, CoreExport, CoreImport, CoreKind, Module, ModuleOrigin};

/// A module, and the names of what it exports by kind and index.
pub(super) struct Parsed {
    pub(super) module: Module,
    names: HashMap<(CoreKind, u32), String>,
}

impl Parsed {
    /// The name under which something is exported, the first if there are several.
    pub(super) fn name(&self, kind: CoreKind, index: u32) -> Option<&str> {
        self.names.get(&(kind, index)).map(String::as_str)
    }
}

/// What engines may lack, by the name that [`Module::features`] has for it.
const FEATURES: [(&str, WasmFeatures); 11] = [
    ("custom-page-sizes", WasmFeatures::CUSTOM_PAGE_SIZES),
    ("exceptions", WasmFeatures::EXCEPTIONS),
    ("extended-const", WasmFeatures::EXTENDED_CONST),
    ("function-references", WasmFeatures::FUNCTION_REFERENCES),
    ("gc", WasmFeatures::GC),
    ("memory64", WasmFeatures::MEMORY64),
    ("multi-memory", WasmFeatures::MULTI_MEMORY),
    ("relaxed-simd", WasmFeatures::RELAXED_SIMD),
    ("tail-call", WasmFeatures::TAIL_CALL),
    ("threads", WasmFeatures::THREADS),
    ("wide-arithmetic", WasmFeatures::WIDE_ARITHMETIC),
];

/// Reads the outside of a module. With `baseline` it is known to need nothing beyond WebAssembly 2.0.
pub(super) fn parse(
    bytes: Vec<u8>,
    origin: ModuleOrigin,
    baseline: bool,
) -> Result<Parsed, wasmparser::BinaryReaderError> {
    let mut imports = Vec::new();
    let mut exports = Vec::new();
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    imports.push(CoreImport {
                        module: import.module.to_string(),
                        name: import.name.to_string(),
                        kind: import_kind(import.ty),
                    });
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    let kind = export_kind(export.kind);
                    names.entry((kind, export.index)).or_insert_with(|| export.name.to_string());
                    exports.push(CoreExport { name: export.name.to_string(), kind });
                }
            }
            Payload::CodeSectionStart { .. } => break,
            _ => {}
        }
    }
    let features = if baseline { Vec::new() } else { features(&bytes) };
    Ok(Parsed { module: Module { bytes: Blob(bytes), origin, imports, exports, features }, names })
}

fn features(bytes: &[u8]) -> Vec<String> {
    let valid = |features| Validator::new_with_features(features).validate_all(bytes).is_ok();
    if valid(WasmFeatures::WASM2) {
        return Vec::new();
    }
    let all = crate::check::features();
    let needed = FEATURES.iter().filter(|(_, feature)| !valid(all - *feature));
    needed.map(|(name, _)| (*name).to_string()).collect()
}

fn import_kind(ty: TypeRef) -> CoreKind {
    match ty {
        TypeRef::Func(_) | TypeRef::FuncExact(_) => CoreKind::Function,
        TypeRef::Table(_) => CoreKind::Table,
        TypeRef::Memory(_) => CoreKind::Memory,
        TypeRef::Global(_) => CoreKind::Global,
        TypeRef::Tag(_) => CoreKind::Tag,
    }
}

fn export_kind(kind: ExternalKind) -> CoreKind {
    match kind {
        ExternalKind::Func | ExternalKind::FuncExact => CoreKind::Function,
        ExternalKind::Table => CoreKind::Table,
        ExternalKind::Memory => CoreKind::Memory,
        ExternalKind::Global => CoreKind::Global,
        ExternalKind::Tag => CoreKind::Tag,
    }
}
