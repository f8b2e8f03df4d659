//! The core imports of a package, as Go declares them, and what stands for them where there is no WebAssembly.

use std::collections::HashMap;

use tenon_abi::{CoreImport, Slot};

use super::writer::{Writer, emit};
use crate::names::Scope;

/// The core imports asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    names: HashMap<CoreImport, String>,
    scope: Scope,
    list: Vec<Function>,
}

#[derive(Debug)]
struct Function {
    core: CoreImport,
    name: String,
    params: Vec<Slot>,
    result: Option<Slot>,
}

impl Raw {
    /// What `core` is called here.
    pub(crate) fn import(
        &mut self,
        name: &str,
        core: CoreImport,
        params: Vec<Slot>,
        result: Option<Slot>,
    ) -> String {
        if let Some(name) = self.names.get(&core) {
            return name.clone();
        }
        let name = self.scope.declare(name, "");
        self.names.insert(core.clone(), name.clone());
        self.list.push(Function { core, name: name.clone(), params, result });
        name
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The declarations for WebAssembly.
    pub(crate) fn declarations(&self) -> Writer {
        let mut w = Writer::default();
        for f in &self.list {
            emit!(w, "//go:wasmimport {} {}", f.core.module, f.core.name);
            emit!(w, "{}\n", f.header());
        }
        w
    }

    /// The same functions for all other targets, where tests and tools see them.
    pub(crate) fn substitutes(&self) -> Writer {
        let mut w = Writer::default();
        for f in &self.list {
            let message = format!("tenon: {} {} needs WebAssembly", f.core.module, f.core.name);
            w.block(format!("{} {{", f.header()), "}\n", |w| emit!(w, "panic({message:?})"));
        }
        w
    }
}

impl Function {
    fn header(&self) -> String {
        let params: Vec<&str> = self.params.iter().map(|slot| slot_type(*slot)).collect();
        let result = self.result.map(|slot| format!(" {}", slot_type(slot))).unwrap_or_default();
        format!("func {}({}){result}", self.name, params.join(", "))
    }
}

/// The Go type of what is passed to the host.
pub(crate) fn slot_type(slot: Slot) -> &'static str {
    match slot {
        Slot::Bool => "bool",
        Slot::I32 => "uint32",
        Slot::I64 => "uint64",
        Slot::F32 => "float32",
        Slot::F64 => "float64",
        Slot::Ptr => "unsafe.Pointer",
    }
}

impl Raw {
    /// The Go type of a core value.
    pub(crate) fn slot(slot: Slot) -> &'static str {
        slot_type(slot)
    }
}
