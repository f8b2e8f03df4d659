//! The idle shim: what the stock Go compiler's output lacks to wait for idleness.
//!
//! Go's scheduler calls `poll_oneoff`, willing to block, exactly when no goroutine can run. The runtime module keeps a
//! goroutine reading each of two reserved descriptors, and Go's network poller polls these like any other. The
//! functions here stand between Go and its imports: they answer for the reserved descriptors and pass on the rest.
//!
//! - [`IDLE`] is watched while the program waits for idleness. A blocking poll that includes it reports it ready:
//!   every goroutine is parked. Reading it gives eight bytes, the nanoseconds until Go's next timer, or -1.
//! - [`WATCH`] is watched always. A blocking poll with nothing else to wait for reports it ready: a deadlock.
//!
//! And there is a reserved clock, [`READINGS`], by which a program learns that it has set no timer.
//!
//! No import that only Tenon knows remains in the module, and without the shim it is still a valid preview 1 module.

mod clock;
mod descriptors;
mod exit;
mod files;
mod poll;

pub(crate) use clock::guard_reallocs;
pub(crate) use exit::redirect_exit;

use crate::input::Module;
use crate::rewrite::Rewrite;
use wasm_encoder::{MemArg, ValType as EncoderType};
use wasmparser::{FuncType, ValType};

/// Ready when every goroutine is parked.
pub(crate) const IDLE: i32 = 0x7fff_fff0;
/// Ready when nothing can ever happen again.
pub(crate) const WATCH: i32 = 0x7fff_fff1;
/// The clock that tells how often the others were read.
pub(crate) const READINGS: i32 = 0x7fff_fff0;

pub(crate) const PREVIEW1: &str = "wasi_snapshot_preview1";

/// Numbers of preview 1.
mod errno {
    pub(super) const SUCCESS: i32 = 0;
    pub(super) const AGAIN: i32 = 6;
    pub(super) const INVAL: i32 = 28;
}

/// The shim's own state, in globals.
struct State {
    /// i32: the next read of [`IDLE`] succeeds.
    idle_fired: u32,
    /// i64: what it reads.
    idle_deadline: u32,
    /// i32: the next read of [`WATCH`] succeeds.
    watch_fired: u32,
    /// i64: after how many nanoseconds the host's descriptors are looked at again.
    next_look: u32,
}

/// Adds the functions for which the module has imports, and redirects its calls to them.
pub(crate) fn splice(module: &Module<'_>, rewrite: &mut Rewrite) {
    let polls = module.imported(PREVIEW1, "poll_oneoff", &signature(4, 1));
    // Without a memory there is nothing to poll with; without polls, nothing to shim.
    let (Some(&poll), 1) = (polls.first(), module.memories) else { return };
    let state = State {
        idle_fired: rewrite.add_global(EncoderType::I32, 0),
        idle_deadline: rewrite.add_global(EncoderType::I64, -1),
        watch_fired: rewrite.add_global(EncoderType::I32, 0),
        next_look: rewrite.add_global(EncoderType::I64, poll::FIRST_LOOK_NS),
    };
    let shimmed = poll::add(rewrite, poll, &state);
    for original in polls {
        rewrite.redirect(original, shimmed);
    }
    descriptors::splice(module, rewrite, &state);
}

/// `count` parameters and `results` results, all i32: most of preview 1.
fn signature(count: usize, results: usize) -> FuncType {
    FuncType::new(vec![ValType::I32; count], vec![ValType::I32; results])
}

/// Redirects every import of a preview 1 function to what `add` makes of the first.
fn replace(
    module: &Module<'_>,
    rewrite: &mut Rewrite,
    field: &str,
    ty: &FuncType,
    add: impl FnOnce(&mut Rewrite, u32) -> u32,
) {
    let originals = module.imported(PREVIEW1, field, ty);
    if let Some(&first) = originals.first() {
        let first = rewrite.index_of(first);
        let shimmed = add(rewrite, first);
        for original in originals {
            rewrite.redirect(original, shimmed);
        }
    }
}

/// An access `offset` bytes after the address, with no promise of alignment.
fn at(offset: u64) -> MemArg {
    MemArg { offset, align: 0, memory_index: 0 }
}
