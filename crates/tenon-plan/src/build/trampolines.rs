//! What each trampoline does.

use wasmtime_environ::Trap;
use wasmtime_environ::component::{
    self as env, FixedEncoding, OptionsIndex, RuntimeComponentInstanceIndex, Transcode as EnvTranscode,
};

use super::functions::{self, Place};
use super::{Broken, Builder, Result};
use crate::{
    CallbackId, EndCall, ErrorContextTableId, FutureTableId, ImportId, ImportItem, InstanceId, MAX_FLAT,
    MemoryId, Op, OptionsId, PostReturnId, ResourceTableId, Side, StreamTableId, Transcode, TrapCode, TypeId,
};

fn who(instance: RuntimeComponentInstanceIndex) -> InstanceId {
    InstanceId(instance.as_u32())
}

fn set(options: OptionsIndex) -> OptionsId {
    OptionsId(options.as_u32())
}

impl<'a> Builder<'a> {
    pub(super) fn op(&mut self, trampoline: &env::Trampoline) -> Result<Op> {
        use env::Trampoline as T;
        Ok(match trampoline {
            T::LowerImport { index, lower_ty, options } => self.lower(*index, *lower_ty, *options)?,
            T::Transcoder { op, from, from64, to, to64 } => {
                if *from64 || *to64 {
                    return Err(Broken("a memory has 64-bit addresses"));
                }
                let (from, to) = (MemoryId(from.as_u32()), MemoryId(to.as_u32()));
                Op::Transcode { transcode: transcode(*op), from, to }
            }
            T::ResourceNew { instance, ty } => {
                Op::ResourceNew { instance: who(*instance), table: ResourceTableId(ty.as_u32()) }
            }
            T::ResourceRep { instance, ty } => {
                Op::ResourceRep { instance: who(*instance), table: ResourceTableId(ty.as_u32()) }
            }
            T::ResourceDrop { instance, ty } => {
                Op::ResourceDrop { instance: who(*instance), table: ResourceTableId(ty.as_u32()) }
            }
            T::TaskReturn { instance, results, options } => {
                let env = self.types.env;
                let values = &env[*results].types;
                Op::TaskReturn {
                    instance: who(*instance),
                    result: self.returned(*results),
                    passing: functions::passing(&self.types, values, MAX_FLAT),
                    options: set(*options),
                    number: results.as_u32(),
                }
            }
            T::ResourceTransferOwn => Op::ResourceTransferOwn,
            T::ResourceTransferBorrow => Op::ResourceTransferBorrow,
            T::FutureTransfer => Op::FutureTransfer,
            T::StreamTransfer => Op::StreamTransfer,
            T::ErrorContextTransfer => Op::ErrorContextTransfer,
            T::EnterSyncCall => Op::EnterSyncCall,
            T::ExitSyncCall => Op::ExitSyncCall,
            T::PrepareCall { memory } => Op::PrepareCall { memory: memory.map(|id| MemoryId(id.as_u32())) },
            T::SyncStartCall { callback } => {
                Op::SyncStartCall { callback: callback.map(|id| CallbackId(id.as_u32())) }
            }
            T::AsyncStartCall { callback, post_return } => Op::AsyncStartCall {
                callback: callback.map(|id| CallbackId(id.as_u32())),
                post_return: post_return.map(|id| PostReturnId(id.as_u32())),
            },
            T::Trap => Op::Trap { codes: trap_codes() },
            other => match task(other).or_else(|| end(other)).or_else(|| error_context(other)) {
                Some(op) => op,
                None => return Err(Broken("a thread built-in is used")),
            },
        })
    }

    /// The type of a result, as the functions that return it have it.
    fn returned(&mut self, results: env::TypeTupleIndex) -> Option<TypeId> {
        match self.results.get(&results) {
            Some(known) => *known,
            None => {
                let result = self.types.env[results].types.first().copied();
                self.types.optional(result, None, Side::Export)
            }
        }
    }

    fn lower(
        &mut self,
        index: env::LoweredIndex,
        ty: env::TypeFuncIndex,
        options: OptionsIndex,
    ) -> Result<Op> {
        let import = self.lowered.get(&index).copied().ok_or(Broken("a lowered function has no import"))?;
        let import = ImportId(import.as_u32());
        let wit = self.wit_of_import(import);
        let Some(ImportItem::Function { function }) =
            self.imports.get(import.index()).map(|import| import.item)
        else {
            return Err(Broken("what is lowered is no function"));
        };
        let known = &self.functions.list[function.index()];
        let name = known.name.clone();
        let place = Place { side: Side::Import, interface: known.interface, name: &name, wit };
        let function = self.functions.add(&mut self.types, ty, place);
        let signature = functions::lowered(&self.types, ty, &self.component.options[options]);
        Ok(Op::LowerImport { import, function, options: set(options), signature })
    }
}

fn task(trampoline: &env::Trampoline) -> Option<Op> {
    use env::Trampoline as T;
    Some(match trampoline {
        T::BackpressureInc { instance } => Op::BackpressureInc { instance: who(*instance) },
        T::BackpressureDec { instance } => Op::BackpressureDec { instance: who(*instance) },
        T::TaskCancel { instance } => Op::TaskCancel { instance: who(*instance) },
        T::WaitableSetNew { instance } => Op::WaitableSetNew { instance: who(*instance) },
        T::WaitableSetWait { instance, options } => {
            Op::WaitableSetWait { instance: who(*instance), options: set(*options) }
        }
        T::WaitableSetPoll { instance, options } => {
            Op::WaitableSetPoll { instance: who(*instance), options: set(*options) }
        }
        T::WaitableSetDrop { instance } => Op::WaitableSetDrop { instance: who(*instance) },
        T::WaitableJoin { instance } => Op::WaitableJoin { instance: who(*instance) },
        T::SubtaskDrop { instance } => Op::SubtaskDrop { instance: who(*instance) },
        T::SubtaskCancel { instance, async_ } => {
            Op::SubtaskCancel { instance: who(*instance), async_: *async_ }
        }
        T::ThreadYield { instance, cancellable } => {
            Op::ThreadYield { instance: who(*instance), cancellable: *cancellable }
        }
        _ => return None,
    })
}

fn end(trampoline: &env::Trampoline) -> Option<Op> {
    use env::Trampoline as T;
    let stream = |instance: &RuntimeComponentInstanceIndex, ty: &env::TypeStreamTableIndex, call| {
        Op::Stream { instance: who(*instance), table: StreamTableId(ty.as_u32()), call }
    };
    let future = |instance: &RuntimeComponentInstanceIndex, ty: &env::TypeFutureTableIndex, call| {
        Op::Future { instance: who(*instance), table: FutureTableId(ty.as_u32()), call }
    };
    Some(match trampoline {
        T::StreamNew { instance, ty } => stream(instance, ty, EndCall::New),
        T::StreamRead { instance, ty, options } => {
            stream(instance, ty, EndCall::Read { options: set(*options) })
        }
        T::StreamWrite { instance, ty, options } => {
            stream(instance, ty, EndCall::Write { options: set(*options) })
        }
        T::StreamCancelRead { instance, ty, async_ } => {
            stream(instance, ty, EndCall::CancelRead { async_: *async_ })
        }
        T::StreamCancelWrite { instance, ty, async_ } => {
            stream(instance, ty, EndCall::CancelWrite { async_: *async_ })
        }
        T::StreamDropReadable { instance, ty } => stream(instance, ty, EndCall::DropReadable),
        T::StreamDropWritable { instance, ty } => stream(instance, ty, EndCall::DropWritable),
        T::FutureNew { instance, ty } => future(instance, ty, EndCall::New),
        T::FutureRead { instance, ty, options } => {
            future(instance, ty, EndCall::Read { options: set(*options) })
        }
        T::FutureWrite { instance, ty, options } => {
            future(instance, ty, EndCall::Write { options: set(*options) })
        }
        T::FutureCancelRead { instance, ty, async_ } => {
            future(instance, ty, EndCall::CancelRead { async_: *async_ })
        }
        T::FutureCancelWrite { instance, ty, async_ } => {
            future(instance, ty, EndCall::CancelWrite { async_: *async_ })
        }
        T::FutureDropReadable { instance, ty } => future(instance, ty, EndCall::DropReadable),
        T::FutureDropWritable { instance, ty } => future(instance, ty, EndCall::DropWritable),
        _ => return None,
    })
}

fn error_context(trampoline: &env::Trampoline) -> Option<Op> {
    use env::Trampoline as T;
    Some(match trampoline {
        T::ErrorContextNew { instance, ty, options } => Op::ErrorContextNew {
            instance: who(*instance),
            table: ErrorContextTableId(ty.as_u32()),
            options: set(*options),
        },
        T::ErrorContextDebugMessage { instance, ty, options } => Op::ErrorContextDebugMessage {
            instance: who(*instance),
            table: ErrorContextTableId(ty.as_u32()),
            options: set(*options),
        },
        T::ErrorContextDrop { instance, ty } => {
            Op::ErrorContextDrop { instance: who(*instance), table: ErrorContextTableId(ty.as_u32()) }
        }
        _ => return None,
    })
}

fn transcode(op: EnvTranscode) -> Transcode {
    match op {
        EnvTranscode::Copy(FixedEncoding::Utf8) => Transcode::CopyUtf8,
        EnvTranscode::Copy(FixedEncoding::Utf16) => Transcode::CopyUtf16,
        EnvTranscode::Copy(FixedEncoding::Latin1) => Transcode::CopyLatin1,
        EnvTranscode::Latin1ToUtf16 => Transcode::Latin1ToUtf16,
        EnvTranscode::Latin1ToUtf8 => Transcode::Latin1ToUtf8,
        EnvTranscode::Utf16ToCompactProbablyUtf16 => Transcode::Utf16ToCompactProbablyUtf16,
        EnvTranscode::Utf16ToCompactUtf16 => Transcode::Utf16ToCompactUtf16,
        EnvTranscode::Utf16ToLatin1 => Transcode::Utf16ToLatin1,
        EnvTranscode::Utf16ToUtf8 => Transcode::Utf16ToUtf8,
        EnvTranscode::Utf8ToCompactUtf16 => Transcode::Utf8ToCompactUtf16,
        EnvTranscode::Utf8ToLatin1 => Transcode::Utf8ToLatin1,
        EnvTranscode::Utf8ToUtf16 => Transcode::Utf8ToUtf16,
    }
}

/// Why adapters trap.
fn trap_codes() -> Vec<TrapCode> {
    let traps = [
        (Trap::CannotEnterComponent, "the component instance cannot be entered"),
        (Trap::CannotLeaveComponent, "the component instance cannot be left"),
        (Trap::CannotBlockSyncTask, "a synchronous task cannot block before it returns"),
        (Trap::InvalidChar, "a char is not valid"),
        (Trap::InvalidDiscriminant, "a discriminant is not valid"),
        (Trap::ListOutOfBounds, "a list is out of bounds"),
        (Trap::StringOutOfBounds, "a string is out of bounds"),
        (Trap::MemoryOutOfBounds, "an address is out of bounds"),
        (Trap::UnalignedPointer, "an address is not aligned"),
        (Trap::UncaughtException, "an exception was not caught"),
    ];
    let codes = traps.into_iter().map(|(trap, message)| (u32::from(trap as u8), message));
    codes.map(|(code, message)| TrapCode { code, message: message.to_string() }).collect()
}
