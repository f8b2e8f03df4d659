//! `poll_oneoff`, with answers for the reserved descriptors.
//!
//! A subscription is 48 bytes, an event 32:
//!
//! ```text
//! subscription   0 userdata u64   8 tag u8   16 clock id u32 | descriptor u32   24 timeout u64   32 precision u64   40 flags u16
//! event          0 userdata u64   8 error u16   10 type u8   16 bytes u64   24 flags u16
//! ```
//!
//! Go's array of subscriptions lives on between polls, and its poll descriptors know their index in it. So what is
//! changed for the time of a call is put back after it.

use super::{IDLE, State, WATCH, at, errno, signature};
use crate::rewrite::Rewrite;
use wasm_encoder::{BlockType, Function, InstructionSink, ValType};
use wasmparser::FuncType;

const SUBSCRIPTION: i32 = 48;
const EVENT: i32 = 32;
const USERDATA: u64 = 0;
const TAG: u64 = 8;
const CLOCK_ID: u64 = 16;
const DESCRIPTOR: u64 = 16;
const TIMEOUT: u64 = 24;
const EVENT_TYPE: u64 = 10;
const EVENT_BYTES: u64 = 16;
const MONOTONIC: i64 = 1;
const TAG_CLOCK: i64 = 0;

/// While descriptors of the host are being waited for, idleness is no reason to forget them: the program looks at them
/// again after this time, which doubles with each look that finds nothing, from the first to the last.
pub(super) const FIRST_LOOK_NS: i64 = 1_000_000;
const LAST_LOOK_NS: i64 = 10_000_000;

/// Adds the function and its helpers; returns its index.
pub(super) fn add(rewrite: &mut Rewrite, original: u32, state: &State) -> u32 {
    let original = rewrite.index_of(original);
    let swap = rewrite.add_function("swap_subscriptions", &signature(2, 0), swap());
    let real = rewrite.add_function("poll_real", &signature(8, 1), poll_real(original, swap));
    let ready = rewrite.add_function("any_ready", &signature(2, 1), any_ready());
    let ty = FuncType::new([wasmparser::ValType::I32; 2], []);
    let report = rewrite.add_function("report", &ty, report());
    let poll = poll_oneoff(original, real, ready, report, state);
    rewrite.add_function("poll_oneoff", &signature(4, 1), poll)
}

/// `(a, b)`: exchanges two subscriptions.
fn swap() -> Function {
    let (a, b, kept) = (0, 1, 2);
    let mut f = Function::new([(1, ValType::I64)]);
    let mut code = f.instructions();
    for word in (0..SUBSCRIPTION as u64).step_by(8) {
        code.local_get(a).i64_load(at(word)).local_set(kept);
        code.local_get(a).local_get(b).i64_load(at(word)).i64_store(at(word));
        code.local_get(b).local_get(kept).i64_store(at(word));
    }
    code.end();
    f
}

/// `(in, out, n, nevents, high, low, clock, look) -> errno`: the original poll without the reserved subscriptions at
/// `high` and, if not 0, at the lower address `low`. With `look`, it does not wait: the timeout of the subscription at
/// `clock` is 0 for this call; if there is none (0), a reserved subscription stands in for one.
fn poll_real(original: u32, swap: u32) -> Function {
    let (input, out, n, nevents, high, low, clock, look) = (0, 1, 2, 3, 4, 5, 6, 7);
    let (last, spare, errno, timeout, words) = (8, 9, 10, 11, 12);
    let mut f = Function::new([(3, ValType::I32), (6, ValType::I64)]);
    let mut code = f.instructions();

    code.local_get(look).if_(BlockType::Empty);
    code.local_get(clock).if_(BlockType::Empty);
    code.local_get(clock).i64_load(at(TIMEOUT)).local_set(timeout);
    code.local_get(clock).i64_const(0).i64_store(at(TIMEOUT));
    code.end().end();

    // The reserved ones go to the end of the array, beyond what the host is told of.
    code.local_get(input).local_get(n).i32_const(1).i32_sub().i32_const(SUBSCRIPTION).i32_mul().i32_add();
    code.local_set(last);
    code.local_get(high).local_get(last).call(swap);
    code.local_get(n).i32_const(1).i32_sub().local_set(n);
    code.local_get(last).local_set(spare);
    code.local_get(low).if_(BlockType::Empty);
    code.local_get(last).i32_const(SUBSCRIPTION).i32_sub().local_tee(spare);
    code.local_get(low).call(swap);
    code.local_get(n).i32_const(1).i32_sub().local_set(n);
    code.end();

    code.local_get(look).local_get(clock).i32_eqz().i32_and().if_(BlockType::Empty);
    for (word, local) in (TAG..SUBSCRIPTION as u64).step_by(8).zip(words..) {
        code.local_get(spare).i64_load(at(word)).local_set(local);
        let value = if word == CLOCK_ID { MONOTONIC } else { TAG_CLOCK };
        code.local_get(spare).i64_const(value).i64_store(at(word));
    }
    poll_call(&mut code, [input, out, n, nevents], 1, original, errno);
    for (word, local) in (TAG..SUBSCRIPTION as u64).step_by(8).zip(words..) {
        code.local_get(spare).local_get(local).i64_store(at(word));
    }
    code.else_();
    poll_call(&mut code, [input, out, n, nevents], 0, original, errno);
    code.end();

    code.local_get(low).if_(BlockType::Empty);
    code.local_get(spare).local_get(low).call(swap);
    code.end();
    code.local_get(high).local_get(last).call(swap);
    code.local_get(look).if_(BlockType::Empty);
    code.local_get(clock).if_(BlockType::Empty);
    code.local_get(clock).local_get(timeout).i64_store(at(TIMEOUT));
    code.end().end();
    code.local_get(errno).end();
    f
}

/// Calls the original with `more` subscriptions than the local says.
fn poll_call(
    code: &mut InstructionSink<'_>,
    [input, out, n, nevents]: [u32; 4],
    more: i32,
    original: u32,
    errno: u32,
) {
    code.local_get(input).local_get(out).local_get(n).i32_const(more).i32_add().local_get(nevents);
    code.call(original).local_set(errno);
}

/// `(out, nevents) -> bool`: whether an event is there that is not a clock's.
fn any_ready() -> Function {
    let (out, nevents, left) = (0, 1, 2);
    let mut f = Function::new([(1, ValType::I32)]);
    let mut code = f.instructions();
    code.local_get(nevents).i32_load(at(0)).local_set(left);
    code.block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(left).i32_eqz().br_if(1);
    code.local_get(out).i32_load8_u(at(EVENT_TYPE)).if_(BlockType::Empty).i32_const(1).return_().end();
    code.local_get(out).i32_const(EVENT).i32_add().local_set(out);
    code.local_get(left).i32_const(1).i32_sub().local_set(left);
    code.br(0).end().end();
    code.i32_const(0).end();
    f
}

/// `(out, subscription)`: writes the event that the subscribed descriptor has eight bytes to read.
fn report() -> Function {
    let (out, subscription) = (0, 1);
    let mut f = Function::new([]);
    let mut code = f.instructions();
    for word in (8..EVENT as u64).step_by(8) {
        code.local_get(out).i64_const(0).i64_store(at(word));
    }
    code.local_get(out).local_get(subscription).i64_load(at(USERDATA)).i64_store(at(USERDATA));
    code.local_get(out).local_get(subscription).i32_load8_u(at(TAG)).i32_store8(at(EVENT_TYPE));
    code.local_get(out).i64_const(8).i64_store(at(EVENT_BYTES));
    code.end();
    f
}

// The locals of `poll_oneoff`.
const INPUT: u32 = 0;
const OUT: u32 = 1;
const N: u32 = 2;
const NEVENTS: u32 = 3;
const LEFT: u32 = 4;
const EACH: u32 = 5;
const CLOCK: u32 = 6;
const IDLE_AT: u32 = 7;
const WATCH_AT: u32 = 8;
const REAL: u32 = 9;
const ERRNO: u32 = 10;
const DESCRIPTOR_OF: u32 = 11;
const DEADLINE: u32 = 12;

fn poll_oneoff(original: u32, real: u32, ready: u32, report: u32, state: &State) -> Function {
    let mut f = Function::new([(8, ValType::I32), (1, ValType::I64)]);
    let mut code = f.instructions();
    scan(&mut code);

    // Nobody waits for idleness, nobody watches: an ordinary poll.
    code.local_get(IDLE_AT).local_get(WATCH_AT).i32_or().i32_eqz().if_(BlockType::Empty);
    code.local_get(INPUT).local_get(OUT).local_get(N).local_get(NEVENTS).call(original).return_();
    code.end();

    // A timeout of 0 is the scheduler looking in passing.
    code.local_get(CLOCK).i32_eqz().i32_eqz().local_get(DEADLINE).i64_eqz().i32_and().if_(BlockType::Empty);
    code.local_get(REAL).if_(BlockType::Empty);
    call_real(&mut code, false, real);
    code.return_().end();
    code.local_get(NEVENTS).i32_const(0).i32_store(at(0));
    code.i32_const(errno::SUCCESS).return_();
    code.end();

    code.local_get(IDLE_AT).if_(BlockType::Empty);
    idle(&mut code, real, ready, report, state);
    code.else_();
    watch(&mut code, real, report, state);
    code.end();

    code.local_get(NEVENTS).i32_const(1).i32_store(at(0));
    code.i32_const(errno::SUCCESS).end();
    f
}

/// Finds the clock and the reserved descriptors, and counts the others. A descriptor that is subscribed to twice is
/// reserved once: the second is the host's, which will call it bad.
fn scan(code: &mut InstructionSink<'_>) {
    code.i64_const(-1).local_set(DEADLINE);
    code.local_get(INPUT).local_set(EACH);
    code.local_get(N).local_set(LEFT);
    code.block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(LEFT).i32_eqz().br_if(1);

    code.local_get(EACH).i32_load8_u(at(TAG)).if_(BlockType::Empty);
    code.local_get(EACH).i32_load(at(DESCRIPTOR)).local_set(DESCRIPTOR_OF);
    for (descriptor, found) in [(IDLE, IDLE_AT), (WATCH, WATCH_AT)] {
        code.local_get(DESCRIPTOR_OF).i32_const(descriptor).i32_eq().local_get(found).i32_eqz().i32_and();
        code.if_(BlockType::Empty).local_get(EACH).local_set(found).else_();
    }
    code.local_get(REAL).i32_const(1).i32_add().local_set(REAL);
    code.end().end();
    code.else_();
    code.local_get(EACH).local_tee(CLOCK).i64_load(at(TIMEOUT)).local_set(DEADLINE);
    code.end();

    code.local_get(EACH).i32_const(SUBSCRIPTION).i32_add().local_set(EACH);
    code.local_get(LEFT).i32_const(1).i32_sub().local_set(LEFT);
    code.br(0).end().end();
}

/// Every goroutine is parked. Descriptors that are ready go first, or idleness would starve them.
fn idle(code: &mut InstructionSink<'_>, real: u32, ready: u32, report: u32, state: &State) {
    code.local_get(REAL).if_(BlockType::Empty);
    call_real(code, true, real);
    code.local_tee(ERRNO).if_(BlockType::Empty).local_get(ERRNO).return_().end();
    code.local_get(OUT).local_get(NEVENTS).call(ready).if_(BlockType::Empty);
    code.i64_const(FIRST_LOOK_NS).global_set(state.next_look);
    code.i32_const(errno::SUCCESS).return_().end();
    // No timer is -1, which is later than any when compared without sign.
    code.local_get(DEADLINE).global_get(state.next_look).i64_gt_u().if_(BlockType::Empty);
    code.global_get(state.next_look).local_set(DEADLINE);
    code.end();
    code.global_get(state.next_look).i64_const(1).i64_shl().i64_const(LAST_LOOK_NS);
    code.global_get(state.next_look)
        .i64_const(LAST_LOOK_NS / 2)
        .i64_lt_u()
        .select()
        .global_set(state.next_look);
    code.end();

    code.local_get(OUT).local_get(IDLE_AT).call(report);
    code.i32_const(1).global_set(state.idle_fired);
    code.local_get(DEADLINE).global_set(state.idle_deadline);
}

/// A synchronous export blocks: wait for what can happen, or say that nothing can.
fn watch(code: &mut InstructionSink<'_>, real: u32, report: u32, state: &State) {
    code.local_get(REAL).local_get(CLOCK).i32_or().if_(BlockType::Empty);
    call_real(code, false, real);
    code.return_().end();
    code.local_get(OUT).local_get(WATCH_AT).call(report);
    code.i32_const(1).global_set(state.watch_fired);
}

/// Calls `poll_real` with the two reserved subscriptions in the order of their addresses.
fn call_real(code: &mut InstructionSink<'_>, look: bool, real: u32) {
    let later = |code: &mut InstructionSink<'_>| {
        code.local_get(IDLE_AT).local_get(WATCH_AT).i32_gt_u();
    };
    code.local_get(INPUT).local_get(OUT).local_get(N).local_get(NEVENTS);
    code.local_get(IDLE_AT).local_get(WATCH_AT);
    later(code);
    code.select();
    code.local_get(WATCH_AT).local_get(IDLE_AT);
    later(code);
    code.select();
    code.local_get(CLOCK).i32_const(i32::from(look)).call(real);
}
