//! The other functions of preview 1 that see the reserved descriptors.

use super::{IDLE, State, WATCH, at, errno, files, replace, signature};
use crate::input::Module;
use crate::rewrite::Rewrite;
use wasm_encoder::{BlockType, Function, InstructionSink};

/// The file type of a socket: Go polls these.
const SOCKET_STREAM: i32 = 6;
/// The descriptor flag that makes Go treat a file as pollable.
const NONBLOCK: i32 = 4;

pub(super) fn splice(module: &Module<'_>, rewrite: &mut Rewrite, state: &State) {
    replace(module, rewrite, "fd_read", &signature(4, 1), |rewrite, original| {
        let files = files::add(module, rewrite, original);
        rewrite.add_function("fd_read", &signature(4, 1), fd_read(files, state))
    });
    replace(module, rewrite, "fd_fdstat_get", &signature(2, 1), |rewrite, original| {
        rewrite.add_function("fd_fdstat_get", &signature(2, 1), fd_fdstat_get(original))
    });
    for (field, parameters) in [("fd_fdstat_set_flags", 2), ("fd_close", 1)] {
        let ty = signature(parameters, 1);
        replace(module, rewrite, field, &ty, |rewrite, original| {
            rewrite.add_function(field, &ty, accept(original, parameters as u32))
        });
    }
}

/// Opens a block that is entered for a reserved descriptor in local 0.
fn if_reserved(code: &mut InstructionSink<'_>) {
    // The two differ in their last bit alone.
    code.local_get(0).i32_const(!1).i32_and().i32_const(IDLE).i32_eq().if_(BlockType::Empty);
}

const _: () = assert!(IDLE & 1 == 0 && WATCH == IDLE | 1, "if_reserved looks at the last bit alone");

/// Ends the function by calling the original with all parameters.
fn pass_on(code: &mut InstructionSink<'_>, original: u32, parameters: u32) {
    for parameter in 0..parameters {
        code.local_get(parameter);
    }
    code.call(original).end();
}

/// `(fd, iovs, n, nread)`: eight bytes from a reserved descriptor that has been reported ready, else "try again", upon
/// which Go parks the reader in its poller.
fn fd_read(original: u32, state: &State) -> Function {
    let (fd, iovs, n, nread) = (0, 1, 2, 3);
    let mut f = Function::new([]);
    let mut code = f.instructions();
    if_reserved(&mut code);

    code.local_get(fd).i32_const(IDLE).i32_eq().if_(BlockType::Result(wasm_encoder::ValType::I32));
    code.global_get(state.idle_fired).else_().global_get(state.watch_fired).end();
    code.i32_eqz().if_(BlockType::Empty).i32_const(errno::AGAIN).return_().end();

    code.local_get(n).i32_eqz().if_(BlockType::Empty).i32_const(errno::INVAL).return_().end();
    code.local_get(iovs).i32_load(at(4)).i32_const(8).i32_lt_u().if_(BlockType::Empty);
    code.i32_const(errno::INVAL).return_().end();

    code.local_get(iovs).i32_load(at(0));
    code.local_get(fd).i32_const(IDLE).i32_eq().if_(BlockType::Result(wasm_encoder::ValType::I64));
    code.i32_const(0).global_set(state.idle_fired).global_get(state.idle_deadline);
    code.else_();
    code.i32_const(0).global_set(state.watch_fired).i64_const(0);
    code.end();
    code.i64_store(at(0));
    code.local_get(nread).i32_const(8).i32_store(at(0));
    code.i32_const(errno::SUCCESS).return_().end();

    pass_on(&mut code, original, 4);
    f
}

/// `(fd, out)`: a reserved descriptor is a socket that does not block and may do everything.
fn fd_fdstat_get(original: u32) -> Function {
    let out = 1;
    let mut f = Function::new([]);
    let mut code = f.instructions();
    if_reserved(&mut code);
    code.local_get(out).i64_const(i64::from(SOCKET_STREAM | NONBLOCK << 16)).i64_store(at(0));
    code.local_get(out).i64_const(-1).i64_store(at(8));
    code.local_get(out).i64_const(-1).i64_store(at(16));
    code.i32_const(errno::SUCCESS).return_().end();
    pass_on(&mut code, original, 2);
    f
}

/// Success for a reserved descriptor, without anything being done.
fn accept(original: u32, parameters: u32) -> Function {
    let mut f = Function::new([]);
    let mut code = f.instructions();
    if_reserved(&mut code);
    code.i32_const(errno::SUCCESS).return_().end();
    pass_on(&mut code, original, parameters);
    f
}
