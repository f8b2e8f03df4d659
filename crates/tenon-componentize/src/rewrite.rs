//! A core module with functions added, calls redirected and imports dropped.
//!
//! Go modules are megabytes of code, of which almost nothing changes. So new functions come after all others, where
//! they shift no index; bodies are copied as bytes and only the calls in them that change are patched; and an import
//! is dropped only when it must not remain, since that does shift every function.

mod code;
mod sections;

use crate::Error;
use crate::input::{Module, malformed};
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportKind, ValType};
use wasmparser::{ExternalKind, FuncType};

/// A function to be added.
struct NewFunction {
    ty: u32,
    name: String,
    body: wasm_encoder::Function,
}

/// What an export of the output refers to.
#[derive(Clone, Copy)]
enum Target {
    /// A function of the input, by its index there.
    Original(u32),
    /// A function of the output, by its index there.
    Added(u32),
    /// Anything else, unchanged.
    Other(ExportKind, u32),
}

struct OutExport {
    name: String,
    target: Target,
}

/// The changes to one module, gathered and then applied at once.
pub(crate) struct Rewrite {
    /// Function indices of the imports to drop, ascending.
    dropped: Vec<u32>,
    /// From a function of the input to one of the output, for all references in the original code.
    redirects: BTreeMap<u32, u32>,
    /// New names of imports, by their position in the import section.
    renamed: BTreeMap<usize, (String, String)>,
    /// Function types known to the output: those of the input, then added ones.
    types: Vec<Option<FuncType>>,
    original_types: usize,
    functions: Vec<NewFunction>,
    first_function: u32,
    globals: Vec<(ValType, i64)>,
    first_global: u32,
    exports: Vec<OutExport>,
    /// Eight bytes each, at positions within the data section.
    data: Vec<(usize, [u8; 8])>,
    more_pages: u64,
    /// Keep names and debug sections.
    debug: bool,
}

impl Rewrite {
    /// Starts without changes, but for the imports (by function index) that are dropped. Each of these must be
    /// redirected before [`finish`](Self::finish).
    pub(crate) fn new(module: &Module<'_>, dropped: &[u32], debug: bool) -> Self {
        let exports = module.exports.iter().map(|export| OutExport {
            name: export.name.to_owned(),
            target: match export.kind {
                ExternalKind::Func | ExternalKind::FuncExact => Target::Original(export.index),
                ExternalKind::Table => Target::Other(ExportKind::Table, export.index),
                ExternalKind::Memory => Target::Other(ExportKind::Memory, export.index),
                ExternalKind::Global => Target::Other(ExportKind::Global, export.index),
                ExternalKind::Tag => Target::Other(ExportKind::Tag, export.index),
            },
        });
        Rewrite {
            dropped: dropped.to_vec(),
            redirects: BTreeMap::new(),
            renamed: BTreeMap::new(),
            types: module.types.clone(),
            original_types: module.types.len(),
            functions: Vec::new(),
            first_function: (module.func_imports.len() + module.functions.len() - dropped.len()) as u32,
            globals: Vec::new(),
            first_global: module.globals,
            exports: exports.collect(),
            data: Vec::new(),
            more_pages: 0,
            debug,
        }
    }

    /// The output's index of an input's function.
    pub(crate) fn index_of(&self, original: u32) -> u32 {
        original - self.dropped.partition_point(|&dropped| dropped < original) as u32
    }

    /// Adds a function and returns its index in the output.
    pub(crate) fn add_function(&mut self, name: &str, ty: &FuncType, body: wasm_encoder::Function) -> u32 {
        let ty = self.type_index(ty);
        self.functions.push(NewFunction { ty, name: format!("tenon.{name}"), body });
        self.first_function + self.functions.len() as u32 - 1
    }

    fn type_index(&mut self, ty: &FuncType) -> u32 {
        if let Some(index) = self.types.iter().position(|known| known.as_ref() == Some(ty)) {
            return index as u32;
        }
        self.types.push(Some(ty.clone()));
        self.types.len() as u32 - 1
    }

    /// Adds a mutable global and returns its index.
    pub(crate) fn add_global(&mut self, ty: ValType, init: i64) -> u32 {
        self.globals.push((ty, init));
        self.first_global + self.globals.len() as u32 - 1
    }

    /// Makes every reference of the original code to one function mean another.
    pub(crate) fn redirect(&mut self, original: u32, to: u32) {
        self.redirects.insert(original, to);
    }

    /// Gives an imported function (by its function index) another name to import.
    pub(crate) fn rename_import(&mut self, module: &Module<'_>, func: u32, to: (&str, &str)) {
        let position = module.func_imports[func as usize];
        self.renamed.insert(position, (to.0.to_owned(), to.1.to_owned()));
    }

    /// Makes an export of the module refer to an added function.
    pub(crate) fn replace_export(&mut self, name: &str, to: u32) {
        for export in self.exports.iter_mut().filter(|export| export.name == name) {
            export.target = Target::Added(to);
        }
    }

    /// Exports an added function.
    pub(crate) fn add_export(&mut self, name: &str, func: u32) {
        self.exports.push(OutExport { name: name.to_owned(), target: Target::Added(func) });
    }

    /// Overwrites eight bytes of initialised memory, given their position within the data section.
    pub(crate) fn patch_data(&mut self, position: usize, bytes: [u8; 8]) {
        self.data.push((position, bytes));
    }

    /// Gives the memory more pages to begin with.
    pub(crate) fn grow_memory(&mut self, pages: u64) {
        self.more_pages += pages;
    }

    /// Gives an export another name.
    pub(crate) fn rename_export(&mut self, name: &str, to: String) {
        if let Some(export) = self.exports.iter_mut().find(|export| export.name == name) {
            export.name = to;
        }
    }

    /// Removes an export.
    pub(crate) fn remove_export(&mut self, name: &str) {
        self.exports.retain(|export| export.name != name);
    }

    /// Where a reference of the original code leads in the output.
    fn resolve(&self, original: u32) -> u32 {
        match self.redirects.get(&original) {
            Some(&to) => to,
            None => self.index_of(original),
        }
    }

    /// No reference to a function changes: code may be copied unread.
    fn keeps_calls(&self) -> bool {
        self.redirects.is_empty() && self.dropped.is_empty()
    }

    /// Writes the module with all changes applied.
    pub(crate) fn finish(self, module: &Module<'_>) -> Result<Vec<u8>, Error> {
        sections::write(&self, module).map_err(|error| match error {
            wasm_encoder::reencode::Error::ParseError(error) => malformed(error),
            other => Error::Internal { message: other.to_string() },
        })
    }
}

/// The encoder's form of a function type.
fn encode_type(ty: &FuncType) -> Result<wasm_encoder::FuncType, wasm_encoder::reencode::Error> {
    RoundtripReencoder.func_type(ty.clone())
}
