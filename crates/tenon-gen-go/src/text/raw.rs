//! The core imports of a package, as Go declares them, and what stands for them where there is no WebAssembly.

use std::collections::HashMap;

use tenon_abi::{CoreImport, Slot};

use super::writer::{Writer, emit};
use crate::names::Scope;

/// What generated code needs of the runtime, which has a constant of that name. It changes with what is called of
/// `tenon.dev/go/abi`.
const REVISION: &str = "Revision1";

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

    /// The declarations in a file of their own, with what they ask of the runtime.
    pub(crate) fn file(&self) -> Writer {
        let mut w = handshake();
        emit!(w);
        w.append(&self.declarations().into_text());
        w
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

/// An assertion that the runtime has what this version's code calls. The compiler names it where that is not so.
pub(crate) fn handshake() -> Writer {
    let mut w = Writer::default();
    w.comment(
        "If this is undefined, the tenon.dev/go of the program is older than the tenon\n\
         that made this file: tenon add --runtime brings a newer one.",
    );
    emit!(w, "const _ = abi.{REVISION}");
    w
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
