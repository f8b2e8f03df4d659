//! Reads of regular files, which never have to be tried again.
//!
//! Go opens every file so that it does not block, and the preview 1 adapter then answers a read with "try again" while the
//! host reads in the background. Where the runtime is linked, that would come to the event loop, which knows nothing of
//! files and looks at them by the clock. POSIX gives no such answer for a regular file (`O_NONBLOCK` has no effect on one),
//! so neither does the shim: it reads once more, and that read blocks for as long as the host's takes.

use super::{PREVIEW1, at, errno, signature};
use crate::input::Module;
use crate::rewrite::Rewrite;
use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

/// The file type of a regular file.
const REGULAR_FILE: i32 = 4;
/// The descriptor flag of a file whose writes go to its end.
const APPEND: i32 = 1;
/// The descriptor flag of a file that does not block.
const NONBLOCK: i32 = 4;

/// Where `fdstat` is put for a moment: what was there is put back. Every memory has this address.
const SCRATCH: i32 = 0;
const FDSTAT_TYPE: u64 = 0;
const FDSTAT_FLAGS: u64 = 2;
/// The words of an `fdstat`.
const FDSTAT: [u64; 3] = [0, 8, 16];

/// Adds an `fd_read` that waits for regular files; returns its index, or `read` where the module lacks what that takes.
pub(super) fn add(module: &Module<'_>, rewrite: &mut Rewrite, read: u32) -> u32 {
    let imported = |field| module.imported(PREVIEW1, field, &signature(2, 1)).first().copied();
    let (Some(stat), Some(set_flags)) = (imported("fd_fdstat_get"), imported("fd_fdstat_set_flags")) else {
        return read;
    };
    let [stat, set_flags] = [stat, set_flags].map(|original| rewrite.index_of(original));
    let flags = rewrite.add_function("flags_of_file", &signature(1, 1), flags_of_file(stat));
    rewrite.add_function("read_file", &signature(4, 1), read_file(read, flags, set_flags))
}

/// `(fd, iovs, n, nread) -> errno`.
fn read_file(read: u32, flags_of_file: u32, set_flags: u32) -> Function {
    let (fd, result, flags) = (0, 4, 5);
    let mut f = Function::new([(2, ValType::I32)]);
    let mut code = f.instructions();

    call_read(&mut code, read);
    code.local_tee(result).i32_const(errno::AGAIN).i32_ne().if_(BlockType::Empty);
    code.local_get(result).return_().end();

    code.local_get(fd).call(flags_of_file).local_tee(flags).i32_const(0).i32_lt_s().if_(BlockType::Empty);
    code.local_get(result).return_().end();

    code.local_get(fd).local_get(flags).i32_const(APPEND).i32_and().call(set_flags).if_(BlockType::Empty);
    code.local_get(result).return_().end();
    call_read(&mut code, read);
    code.local_set(result);
    code.local_get(fd).local_get(flags).i32_const(APPEND).i32_and().i32_const(NONBLOCK).i32_or();
    code.call(set_flags).drop();
    code.local_get(result).end();
    f
}

fn call_read(code: &mut InstructionSink<'_>, read: u32) {
    for parameter in 0..4 {
        code.local_get(parameter);
    }
    code.call(read);
}

/// `(fd) -> flags`: the descriptor flags of a regular file, or -1 for anything else.
fn flags_of_file(stat: u32) -> Function {
    let (fd, flags, first_word) = (0, 1, 2);
    let mut f = Function::new([(1, ValType::I32), (FDSTAT.len() as u32, ValType::I64)]);
    let mut code = f.instructions();
    for (word, local) in FDSTAT.into_iter().zip(first_word..) {
        code.i32_const(SCRATCH).i64_load(at(word)).local_set(local);
    }
    code.i32_const(-1).local_set(flags);
    code.local_get(fd).i32_const(SCRATCH).call(stat).i32_eqz().if_(BlockType::Empty);
    code.i32_const(SCRATCH)
        .i32_load8_u(at(FDSTAT_TYPE))
        .i32_const(REGULAR_FILE)
        .i32_eq()
        .if_(BlockType::Empty);
    code.i32_const(SCRATCH).i32_load16_u(at(FDSTAT_FLAGS)).local_set(flags);
    code.end().end();
    for (word, local) in FDSTAT.into_iter().zip(first_word..) {
        code.i32_const(SCRATCH).local_get(local).i64_store(at(word));
    }
    code.local_get(flags).end();
    f
}
