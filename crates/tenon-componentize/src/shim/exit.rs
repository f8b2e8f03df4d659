//! Exit codes. The published adapter knows success and failure only; WASI 0.3 can carry the code itself.

use super::PREVIEW1;
use crate::input::Module;
use crate::rewrite::Rewrite;
use wasm_encoder::Function;
use wasmparser::{FuncType, ValType};

/// Makes every import of `proc_exit` one of `exit-with-code` of the interface. Both take one i32 and do not return, so
/// that the import only changes its name.
pub(crate) fn redirect_exit(module: &Module<'_>, rewrite: &mut Rewrite, interface: &str) {
    let ty = FuncType::new([ValType::I32], []);
    let originals = module.imported(PREVIEW1, "proc_exit", &ty);
    let Some(&first) = originals.first() else { return };
    let exit = rewrite.add_function("proc_exit", &ty, truncate(rewrite.index_of(first)));
    for original in originals {
        rewrite.rename_import(module, original, (interface, "exit-with-code"));
        rewrite.redirect(original, exit);
    }
}

/// Exit codes are one byte, as on Unix: 256 is 0.
fn truncate(original: u32) -> Function {
    let mut f = Function::new([]);
    f.instructions().local_get(0).i32_const(0xff).i32_and().call(original).end();
    f
}
