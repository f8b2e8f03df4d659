//! Core modules for hosts that predate components: their exports are plain functions, called directly.

use crate::Error;
use crate::input::Module;
use crate::rewrite::Rewrite;
use crate::shim::PREVIEW1;
use wasm_encoder::{BlockType, Function, InstructionSink, MemArg, ValType};
use wasmparser::FuncType;

/// The export of the Go package tenon.dev/go/plugin that runs until every goroutine is parked.
const DRAIN: &str = "tenon:drain";
const INITIALIZE: &str = "_initialize";

/// Wraps every export: it refuses to run before `_initialize` has, and with `drain` returns only when every goroutine
/// is parked.
pub(crate) fn wrap_exports(module: &Module<'_>, rewrite: &mut Rewrite, drain: bool) -> Result<(), Error> {
    let nullary = FuncType::new([], []);
    let drain_export = module.exported(DRAIN).filter(|&func| module.signature(func) == Some(&nullary));
    rewrite.remove_export(DRAIN);
    let drain = match (drain, drain_export) {
        (false, _) => None,
        (true, Some(func)) => Some(rewrite.index_of(func)),
        (true, None) => return Err(Error::NoDrain),
    };
    let initialize = module.exported(INITIALIZE).filter(|&func| module.signature(func) == Some(&nullary));
    if initialize.is_none() && drain.is_none() {
        return Ok(());
    }

    let initialized = rewrite.add_global(ValType::I32, i64::from(initialize.is_none()));
    if let Some(original) = initialize {
        let body = note_initialized(rewrite.index_of(original), initialized);
        let wrapped = rewrite.add_function(INITIALIZE, &nullary, body);
        rewrite.replace_export(INITIALIZE, wrapped);
    }
    let writes = module.imported(
        PREVIEW1,
        "fd_write",
        &FuncType::new([wasmparser::ValType::I32; 4], [wasmparser::ValType::I32]),
    );
    let write = writes.first().filter(|_| module.memories == 1).map(|&func| rewrite.index_of(func));
    for export in module.function_exports().filter(|export| is_users(export.name)) {
        let Some(ty) = module.signature(export.index) else { continue };
        let mut f = Function::new([]);
        let mut code = f.instructions();
        code.global_get(initialized).i32_eqz().if_(BlockType::Empty);
        refuse(&mut code, export.name, write);
        code.end();
        for parameter in 0..ty.params().len() as u32 {
            code.local_get(parameter);
        }
        code.call(rewrite.index_of(export.index));
        if let Some(drain) = drain {
            // Results stay on the stack meanwhile.
            code.call(drain);
        }
        code.end();
        let wrapped = rewrite.add_function(export.name, ty, f);
        rewrite.replace_export(export.name, wrapped);
    }
    Ok(())
}

fn is_users(export: &str) -> bool {
    !matches!(export, INITIALIZE | "_start" | DRAIN)
}

/// The mark is set first: Go lets its own initialisation reach exports through the host.
fn note_initialized(original: u32, initialized: u32) -> Function {
    let mut f = Function::new([]);
    f.instructions().i32_const(1).global_set(initialized).call(original).end();
    f
}

/// Writes one line to standard error, where the host gave the module one, and traps.
///
/// Nothing runs in this instance yet, so there is no allocator to ask. Compilers leave the first addresses free (Go
/// the first 4096 bytes), and the line is small.
fn refuse(code: &mut InstructionSink<'_>, export: &str, write: Option<u32>) {
    const STDERR: i32 = 2;
    const IOVEC: i32 = 16;
    const WRITTEN: i32 = 24;
    const LINE: i32 = 32;
    /// Where C programs begin their data.
    const LIMIT: usize = 1024;
    if let Some(write) = write {
        let line = line(export, LIMIT - LINE as usize);
        for (at, chunk) in (LINE..).step_by(8).zip(line.chunks(8)) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            code.i32_const(at).i64_const(i64::from_le_bytes(word)).i64_store(memarg());
        }
        code.i32_const(IOVEC).i32_const(LINE).i32_store(memarg());
        code.i32_const(IOVEC + 4).i32_const(line.len() as i32).i32_store(memarg());
        code.i32_const(STDERR).i32_const(IOVEC).i32_const(1).i32_const(WRITTEN).call(write).drop();
    }
    code.unreachable();
}

fn line(export: &str, limit: usize) -> Vec<u8> {
    let before = "error: the export `";
    let after = "` was called before `_initialize`: call `_initialize` first, once per instance\n";
    let mut name = export;
    while before.len() + name.len() + after.len() > limit {
        name = &name[..name.floor_char_boundary(name.len() - 1)];
    }
    [before, name, after].concat().into_bytes()
}

fn memarg() -> MemArg {
    MemArg { offset: 0, align: 0, memory_index: 0 }
}
