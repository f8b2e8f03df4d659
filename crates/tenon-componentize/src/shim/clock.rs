//! Clocks in moments when the instance may not be left.
//!
//! While `cabi_realloc` or a post-return function runs, a call of any import traps. Go's allocator reads the clock
//! when it grows the heap, so during these exports it is told the time of the last reading.
//!
//! All other readings are counted, and the clock [`READINGS`] tells how many there were. Setting a timer takes a
//! reading, and so does every pass of Go's scheduler while there is one: what has read no clock has left no timer behind.

use super::{PREVIEW1, READINGS, at, errno, replace, signature};
use crate::input::Module;
use crate::rewrite::Rewrite;
use wasm_encoder::{BlockType, Function, ValType};
use wasmparser::FuncType;

/// The exports that the host calls in such moments, in both of wit-component's naming schemes.
fn is_guarded(export: &str) -> bool {
    const REALLOCS: [&str; 6] = [
        "cabi_realloc",
        "canonical_abi_realloc",
        "cabi_import_realloc",
        "cabi_export_realloc",
        "cabi_realloc_adapter",
        "cm32p2_realloc",
    ];
    REALLOCS.contains(&export)
        || export.starts_with("cabi_post_")
        || (export.starts_with("cm32p2|") && export.ends_with("_post"))
}

/// Adds the guards, if the module has both such exports and imports that they may call.
pub(crate) fn guard_reallocs(module: &Module<'_>, rewrite: &mut Rewrite) {
    use wasmparser::ValType::{I32, I64};
    let clock = FuncType::new([I32, I64, I32], [I32]);
    let yields = signature(0, 1);
    let guarded: Vec<_> = module.function_exports().filter(|export| is_guarded(export.name)).collect();
    let needed = !module.imported(PREVIEW1, "clock_time_get", &clock).is_empty()
        || !module.imported(PREVIEW1, "sched_yield", &yields).is_empty();
    if guarded.is_empty() || !needed || module.memories != 1 {
        return;
    }

    let inside = rewrite.add_global(ValType::I32, 0);
    for export in guarded {
        if let Some(ty) = module.signature(export.index) {
            let body = guard(rewrite.index_of(export.index), ty, inside);
            let guard = rewrite.add_function(export.name, ty, body);
            rewrite.replace_export(export.name, guard);
        }
    }
    replace(module, rewrite, "clock_time_get", &clock, |rewrite, original| {
        let last = [rewrite.add_global(ValType::I64, 0), rewrite.add_global(ValType::I64, 0)];
        let readings = rewrite.add_global(ValType::I64, 0);
        rewrite.add_function("clock_time_get", &clock, clock_time_get(original, inside, last, readings))
    });
    replace(module, rewrite, "sched_yield", &yields, |rewrite, original| {
        rewrite.add_function("sched_yield", &yields, sched_yield(original, inside))
    });
}

/// Calls the export with `inside` set.
fn guard(original: u32, ty: &FuncType, inside: u32) -> Function {
    let parameters = ty.params().len() as u32;
    let before = parameters;
    let mut f = Function::new([(1, ValType::I32)]);
    let mut code = f.instructions();
    code.global_get(inside).local_set(before).i32_const(1).global_set(inside);
    for parameter in 0..parameters {
        code.local_get(parameter);
    }
    // Results stay on the stack meanwhile.
    code.call(original).local_get(before).global_set(inside).end();
    f
}

/// `(id, precision, out)`: the realtime clock (0) and the monotonic one (1) are remembered.
fn clock_time_get(original: u32, inside: u32, last: [u32; 2], readings: u32) -> Function {
    let (id, precision, out, result) = (0, 1, 2, 3);
    let mut f = Function::new([(1, ValType::I32)]);
    let mut code = f.instructions();

    code.local_get(id).i32_const(READINGS).i32_eq().if_(BlockType::Empty);
    code.local_get(out).global_get(readings).i64_store(at(0));
    code.i32_const(errno::SUCCESS).return_().end();

    code.global_get(inside).if_(BlockType::Empty);
    code.local_get(id).i32_const(1).i32_gt_u().if_(BlockType::Empty).i32_const(errno::INVAL).return_().end();
    code.local_get(out).global_get(last[1]).global_get(last[0]).local_get(id).select().i64_store(at(0));
    code.i32_const(errno::SUCCESS).return_().end();

    code.global_get(readings).i64_const(1).i64_add().global_set(readings);
    code.local_get(id).local_get(precision).local_get(out).call(original);
    code.local_tee(result).i32_eqz().if_(BlockType::Empty);
    for (number, &last) in (0..).zip(&last) {
        code.local_get(id).i32_const(number).i32_eq().if_(BlockType::Empty);
        code.local_get(out).i64_load(at(0)).global_set(last).end();
    }
    code.end().local_get(result).end();
    f
}

fn sched_yield(original: u32, inside: u32) -> Function {
    let mut f = Function::new([]);
    let mut code = f.instructions();
    code.global_get(inside).if_(BlockType::Result(ValType::I32)).i32_const(errno::SUCCESS);
    code.else_().call(original).end().end();
    f
}
