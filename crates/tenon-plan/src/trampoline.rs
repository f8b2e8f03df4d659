//! Functions that the host makes for core modules to call.

use serde::{Deserialize, Serialize};

use crate::{
    CallbackId, CoreSignature, ErrorContextTableId, FunctionId, FutureTableId, ImportId, InstanceId,
    MemoryId, OptionsId, Passing, PostReturnId, ResourceTableId, Signature, StreamTableId, TypeId,
};

/// A function that the host makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trampoline {
    /// The type of the core function.
    pub core: CoreSignature,
    /// What it does.
    #[serde(flatten)]
    pub op: Op,
}

/// What a trampoline does. `instance` is the one that calls it: tables, tasks and `may_leave` are that one's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case")]
pub enum Op {
    /// Calls something that the host gives.
    LowerImport {
        /// What.
        import: ImportId,
        /// Its type, as the caller sees it.
        function: FunctionId,
        /// How it was lowered.
        options: OptionsId,
        /// The canonical ABI.
        signature: Signature,
    },

    /// `resource.new`: a representation becomes a handle.
    ResourceNew {
        /// Who calls.
        instance: InstanceId,
        /// Of which resource.
        table: ResourceTableId,
    },
    /// `resource.rep`: the representation behind a handle.
    ResourceRep {
        /// Who calls.
        instance: InstanceId,
        /// Of which resource.
        table: ResourceTableId,
    },
    /// `resource.drop`.
    ResourceDrop {
        /// Who calls.
        instance: InstanceId,
        /// Of which resource.
        table: ResourceTableId,
    },

    /// `backpressure.inc`.
    BackpressureInc {
        /// Who calls.
        instance: InstanceId,
    },
    /// `backpressure.dec`.
    BackpressureDec {
        /// Who calls.
        instance: InstanceId,
    },
    /// `task.return`.
    TaskReturn {
        /// Who calls.
        instance: InstanceId,
        /// What is returned.
        result: Option<TypeId>,
        /// How it is passed; no value if there is no result.
        passing: Passing,
        /// Memory and encoding; they must be those of the lift.
        options: OptionsId,
        /// The number of the result's type in calls between inner components: [`Op::PrepareCall`]'s fifth parameter.
        number: u32,
    },
    /// `task.cancel`.
    TaskCancel {
        /// Who calls.
        instance: InstanceId,
    },
    /// `waitable-set.new`.
    WaitableSetNew {
        /// Who calls.
        instance: InstanceId,
    },
    /// `waitable-set.wait`: blocks.
    WaitableSetWait {
        /// Who calls.
        instance: InstanceId,
        /// The memory that gets the event, and whether cancellation wakes it.
        options: OptionsId,
    },
    /// `waitable-set.poll`.
    WaitableSetPoll {
        /// Who calls.
        instance: InstanceId,
        /// The memory that gets the event, and whether cancellation is told.
        options: OptionsId,
    },
    /// `waitable-set.drop`.
    WaitableSetDrop {
        /// Who calls.
        instance: InstanceId,
    },
    /// `waitable.join`.
    WaitableJoin {
        /// Who calls.
        instance: InstanceId,
    },
    /// `subtask.drop`.
    SubtaskDrop {
        /// Who calls.
        instance: InstanceId,
    },
    /// `subtask.cancel`.
    SubtaskCancel {
        /// Who calls.
        instance: InstanceId,
        /// Whether it returns `BLOCKED` rather than blocking.
        #[serde(rename = "async")]
        async_: bool,
    },
    /// `thread.yield`: blocks for a moment.
    ThreadYield {
        /// Who calls.
        instance: InstanceId,
        /// Whether cancellation is told.
        cancellable: bool,
    },

    /// A built-in of a stream.
    Stream {
        /// Who calls.
        instance: InstanceId,
        /// Of which type.
        table: StreamTableId,
        /// Which built-in.
        #[serde(flatten)]
        call: EndCall,
    },
    /// A built-in of a future.
    Future {
        /// Who calls.
        instance: InstanceId,
        /// Of which type.
        table: FutureTableId,
        /// Which built-in.
        #[serde(flatten)]
        call: EndCall,
    },

    /// `error-context.new`.
    ErrorContextNew {
        /// Who calls.
        instance: InstanceId,
        /// Which table.
        table: ErrorContextTableId,
        /// Where the message is.
        options: OptionsId,
    },
    /// `error-context.debug-message`.
    ErrorContextDebugMessage {
        /// Who calls.
        instance: InstanceId,
        /// Which table.
        table: ErrorContextTableId,
        /// Where the message goes.
        options: OptionsId,
    },
    /// `error-context.drop`.
    ErrorContextDrop {
        /// Who calls.
        instance: InstanceId,
        /// Which table.
        table: ErrorContextTableId,
    },

    /// For adapters: copies a string from one memory to another, changing its encoding.
    ///
    /// Addresses are checked by the adapter. What goes in and out depends on [`Transcode`].
    Transcode {
        /// How.
        transcode: Transcode,
        /// The memory to read.
        from: MemoryId,
        /// The memory to write.
        to: MemoryId,
    },
    /// For adapters: `(handle, from table, to table) -> handle`, moving an `own`. Tables are
    /// [`ResourceTableId`]s.
    ResourceTransferOwn,
    /// For adapters: the same for a `borrow`, which the callee's task must drop before it returns. In the table of the
    /// instance that defines the resource, the result is the representation.
    ResourceTransferBorrow,
    /// For adapters: `(handle, from table, to table) -> handle`, moving a future's readable end.
    FutureTransfer,
    /// For adapters: `(handle, from table, to table) -> handle`, moving a stream's readable end.
    StreamTransfer,
    /// For adapters: `(handle, from table, to table) -> handle`, sharing an error context.
    ErrorContextTransfer,
    /// For adapters: `(caller's instance, whether the callee is async in WIT, callee's instance)`, before a call from
    /// one inner component to another without the async ABI. It traps if the callee may not be entered.
    EnterSyncCall,
    /// For adapters: after it, before results are lowered. It traps if the callee has kept a borrow.
    ExitSyncCall,
    /// For adapters: begins a call with the async ABI on either side. Its parameters are
    ///
    /// 0. `start: funcref`, which takes what the caller passed and returns the callee's core parameters,
    /// 1. `return: funcref`, which takes the callee's results and returns the caller's, or writes them,
    /// 2. the caller's instance,
    /// 3. the callee's instance,
    /// 4. the type that the callee's `task.return` must have: [`Op::TaskReturn`]'s `number`,
    /// 5. whether the callee is `async` in WIT,
    /// 6. the callee's string encoding: 0 UTF-8, 1 UTF-16, 2 Latin-1+UTF-16,
    /// 7. for a caller without the async ABI, the number of its core results; for one with it, -1 when there is no
    ///    result and -2 when its last parameter is where the result goes,
    ///
    /// and then what the caller passed.
    PrepareCall {
        /// The callee's memory, which its `task.return` must name.
        memory: Option<MemoryId>,
    },
    /// For adapters: `(callee: funcref, number of its core parameters)`: goes on with the prepared call of a caller
    /// without the async ABI, and blocks until it has returned. The results are the caller's.
    SyncStartCall {
        /// The callee's callback.
        callback: Option<CallbackId>,
    },
    /// For adapters: `(callee: funcref, number of its core parameters, of its core results, flags) -> status`: goes on
    /// with the prepared call of a caller with the async ABI. Bit 0 of the flags: the callee has the async ABI too.
    AsyncStartCall {
        /// The callee's callback.
        callback: Option<CallbackId>,
        /// The callee's post-return function.
        post_return: Option<PostReturnId>,
    },
    /// For adapters: traps. The parameter says why.
    Trap {
        /// What the parameter may be, and what it means.
        codes: Vec<TrapCode>,
    },

    /// For modules that Tenon rewrote to have one memory: an access to another memory, see [`Access`].
    MemoryAccess {
        /// The memory.
        memory: MemoryId,
        /// What is done.
        access: Access,
    },
    /// For modules that Tenon rewrote to have one memory: `(to, from, length)`, `memory.copy`.
    MemoryCopy {
        /// The memory to read.
        from: MemoryId,
        /// The memory to write.
        to: MemoryId,
    },
}

impl Op {
    /// The instance whose handles or tasks it is about, if it is about one's.
    pub fn instance(&self) -> Option<InstanceId> {
        match self {
            Op::ResourceNew { instance, .. }
            | Op::ResourceRep { instance, .. }
            | Op::ResourceDrop { instance, .. }
            | Op::BackpressureInc { instance }
            | Op::BackpressureDec { instance }
            | Op::TaskReturn { instance, .. }
            | Op::TaskCancel { instance }
            | Op::WaitableSetNew { instance }
            | Op::WaitableSetWait { instance, .. }
            | Op::WaitableSetPoll { instance, .. }
            | Op::WaitableSetDrop { instance }
            | Op::WaitableJoin { instance }
            | Op::SubtaskDrop { instance }
            | Op::SubtaskCancel { instance, .. }
            | Op::ThreadYield { instance, .. }
            | Op::Stream { instance, .. }
            | Op::Future { instance, .. }
            | Op::ErrorContextNew { instance, .. }
            | Op::ErrorContextDebugMessage { instance, .. }
            | Op::ErrorContextDrop { instance, .. } => Some(*instance),
            _ => None,
        }
    }

    /// Whether it belongs to the async ABI: a host without tasks needs none of these.
    pub fn is_task(&self) -> bool {
        matches!(
            self,
            Op::BackpressureInc { .. }
                | Op::BackpressureDec { .. }
                | Op::TaskReturn { .. }
                | Op::TaskCancel { .. }
                | Op::WaitableSetNew { .. }
                | Op::WaitableSetWait { .. }
                | Op::WaitableSetPoll { .. }
                | Op::WaitableSetDrop { .. }
                | Op::WaitableJoin { .. }
                | Op::SubtaskDrop { .. }
                | Op::SubtaskCancel { .. }
                | Op::ThreadYield { .. }
                | Op::Stream { .. }
                | Op::Future { .. }
                | Op::PrepareCall { .. }
                | Op::SyncStartCall { .. }
                | Op::AsyncStartCall { .. }
        )
    }
}

/// A reason why an adapter traps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrapCode {
    /// The parameter of [`Op::Trap`].
    pub code: u32,
    /// What it means, in a few words.
    pub message: String,
}

/// A built-in of a stream or a future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "kebab-case")]
pub enum EndCall {
    /// `new`: both ends in an i64, the readable one in the low half.
    New,
    /// `read`.
    Read {
        /// Memory, encoding, and whether it returns `BLOCKED` rather than blocking.
        options: OptionsId,
    },
    /// `write`.
    Write {
        /// As for `read`.
        options: OptionsId,
    },
    /// `cancel-read`.
    CancelRead {
        /// Whether it returns `BLOCKED` rather than blocking.
        #[serde(rename = "async")]
        async_: bool,
    },
    /// `cancel-write`.
    CancelWrite {
        /// Whether it returns `BLOCKED` rather than blocking.
        #[serde(rename = "async")]
        async_: bool,
    },
    /// `drop-readable`.
    DropReadable,
    /// `drop-writable`.
    DropWritable,
}

/// How a string is copied. Lengths are in code units of their side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transcode {
    /// `(from, length, to)`: the bytes as they are, which must be valid.
    CopyUtf8,
    /// `(from, length, to)`: the code units as they are, which must be valid.
    CopyUtf16,
    /// `(from, length, to)`: the bytes as they are.
    CopyLatin1,
    /// `(from, length, to)`: every byte becomes a code unit.
    Latin1ToUtf16,
    /// `(from, length, to, room, first pass) -> (read, written)`: as much as there is room for.
    Latin1ToUtf8,
    /// `(from, length, to, room, first pass) -> (read, written)`: as much as there is room for.
    Utf16ToUtf8,
    /// `(from, length, to) -> written`.
    Utf8ToUtf16,
    /// `(from, length, to) -> (read, written)`: up to the first that Latin-1 does not have.
    Utf8ToLatin1,
    /// `(from, length, to) -> (read, written)`: up to the first that Latin-1 does not have.
    Utf16ToLatin1,
    /// `(from, length, to, room, bytes of Latin-1 so far) -> length`: widens what is there to UTF-16 and appends the
    /// rest.
    Utf8ToCompactUtf16,
    /// The same from UTF-16.
    Utf16ToCompactUtf16,
    /// `(from, length, to) -> length`: copies UTF-16, and narrows it if it is all Latin-1; the highest bit of the
    /// length says that it is UTF-16 still.
    Utf16ToCompactProbablyUtf16,
}

/// An access to a memory, by an address that has the instruction's offset added already (a sum of 2^32 and more traps).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// `(address) -> i32`.
    I32Load,
    /// `(address) -> i32`, unsigned.
    I32Load8U,
    /// `(address) -> i32`, signed.
    I32Load8S,
    /// `(address) -> i32`, unsigned.
    I32Load16U,
    /// `(address) -> i32`, signed.
    I32Load16S,
    /// `(address) -> i64`.
    I64Load,
    /// `(address) -> f32`.
    F32Load,
    /// `(address) -> f64`.
    F64Load,
    /// `(address, i32)`.
    I32Store,
    /// `(address, i32)`: the lowest byte.
    I32Store8,
    /// `(address, i32)`: the lowest two bytes.
    I32Store16,
    /// `(address, i64)`.
    I64Store,
    /// `(address, f32)`.
    F32Store,
    /// `(address, f64)`.
    F64Store,
    /// `() -> pages`.
    Size,
}
