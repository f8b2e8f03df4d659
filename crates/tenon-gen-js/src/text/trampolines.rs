//! Functions that the package makes for core modules to call.

use std::collections::BTreeSet;

use tenon_plan::{
    Access, CoreDef, EndCall, InstanceId, MemoryId, Op, OptionsId, ResourceTableId, Step, Trampoline,
    TrampolineId, Transcode, TypeId,
};

use super::component::Component;
use super::imports::Lowered;
use super::steps::letters;
use super::writer::{Writer, emit};
use crate::codec::{describe, numbers};
use crate::names::quote;

impl Component<'_> {
    /// All that some core module is given.
    pub(super) fn trampolines(&mut self, w: &mut Writer) {
        let used: BTreeSet<TrampolineId> = self
            .defs()
            .filter_map(|def| match def {
                CoreDef::Trampoline { trampoline } => Some(*trampoline),
                _ => None,
            })
            .collect();
        self.tables(w, &used);
        for id in used {
            let trampoline = self.plan.trampoline(id);
            self.trampoline(w, &format!("fn{}", id.0), trampoline);
        }
    }

    /// What trampolines name by number.
    fn tables(&mut self, w: &mut Writer, used: &BTreeSet<TrampolineId>) {
        let plan = self.plan;
        let ops: Vec<&Op> = used.iter().map(|id| &plan.trampoline(*id).op).collect();
        if plan.steps.iter().any(|step| matches!(step, Step::Callback { .. })) {
            emit!(w, "const callbacks = [];");
        }
        for id in self.named_memories() {
            self.codec.uses.add("memory", "Memory");
            emit!(w, "const memory{} = new Memory(cx, cx);", id.0);
        }
        if ops.iter().any(|op| matches!(op, Op::EnterSyncCall | Op::PrepareCall { .. })) {
            let list: Vec<_> = (0..plan.instances).map(|i| self.instance(InstanceId(i))).collect();
            emit!(w, "const instances = [{}];", list.join(", "));
        }
        if ops.iter().any(|op| matches!(op, Op::ResourceTransferOwn | Op::ResourceTransferBorrow)) {
            w.block("const handles = [", "];", |w| {
                for table in &plan.resource_tables {
                    match table {
                        Some(t) => {
                            emit!(
                                w,
                                "{{ inst: {}, type: cx.types[{}] }},",
                                self.instance(t.instance),
                                t.resource.0
                            );
                        }
                        None => emit!(w, "undefined,"),
                    }
                }
            });
        }
        if ops.iter().any(|op| matches!(op, Op::StreamTransfer)) {
            self.payload_tables(w, "streams", "stream", &plan.stream_tables);
        }
        if ops.iter().any(|op| matches!(op, Op::FutureTransfer)) {
            self.payload_tables(w, "futures", "future", &plan.future_tables);
        }
        if ops.iter().any(|op| matches!(op, Op::ErrorContextTransfer)) {
            let list: Vec<_> = plan.error_context_tables.iter().map(|id| self.instance(*id)).collect();
            emit!(w, "const errorContexts = [{}];", list.join(", "));
        }
    }

    fn payload_tables(
        &mut self,
        w: &mut Writer,
        name: &str,
        kind: &str,
        tables: &[tenon_plan::PayloadTable],
    ) {
        w.block(format!("const {name} = ["), "];", |w| {
            for table in tables {
                let ty = quote(&self.end_type(kind, table.payload));
                emit!(w, "{{ inst: {}, type: {ty} }},", self.instance(table.instance));
            }
        });
    }

    /// Memories that trampolines name.
    pub(super) fn named_memories(&self) -> BTreeSet<MemoryId> {
        self.plan
            .trampolines
            .iter()
            .flat_map(|trampoline| match trampoline.op {
                Op::Transcode { from, to, .. } | Op::MemoryCopy { from, to } => vec![from, to],
                Op::MemoryAccess { memory, .. } => vec![memory],
                _ => Vec::new(),
            })
            .collect()
    }

    fn trampoline(&mut self, w: &mut Writer, name: &str, trampoline: &Trampoline) {
        let params: Vec<_> = (0..trampoline.core.params.len()).map(|i| format!("a{i}")).collect();
        let list = params.join(", ");
        match &trampoline.op {
            Op::LowerImport { import, function, options, signature } => {
                let function = self.plan.function(*function);
                let lowered =
                    Lowered { import: *import, function, options: *options, signature, core: &params };
                if self.plan.option_set(*options).async_ {
                    self.lower_async_import(w, name, &lowered);
                } else if function.async_ {
                    self.lower_blocking_import(w, name, &lowered);
                } else {
                    self.lower_import(w, name, &lowered);
                }
            }
            Op::TaskReturn { instance, result, passing, options, number } => {
                self.task_return(w, name, &params, *instance, *result, passing, *options, *number);
            }
            op if self.waits(op) => {
                let call = self.simple_op(op, &list);
                self.codec.uses.add("suspend", "maySuspend");
                let ty = letters(&trampoline.core);
                emit!(w, "const {name} = maySuspend(({list}) => {call}, '{ty}');");
            }
            op => {
                let call = self.simple_op(op, &list);
                emit!(w, "const {name} = ({list}) => {call};");
            }
        }
    }

    /// Whether an operation may suspend the stack that calls it.
    fn waits(&self, op: &Op) -> bool {
        let synchronous = |options: &OptionsId| !self.plan.option_set(*options).async_;
        match op {
            Op::WaitableSetWait { .. } | Op::SyncStartCall { .. } => true,
            Op::ThreadYield { .. } | Op::SubtaskCancel { async_: false, .. } => self.plan.needs.suspension,
            Op::Stream { call, .. } | Op::Future { call, .. } => match call {
                EndCall::Read { options } | EndCall::Write { options } => {
                    self.plan.needs.suspension && synchronous(options)
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn simple_op(&mut self, op: &Op, args: &str) -> String {
        match op {
            Op::ResourceNew { instance, table } => self.resource("resourceNew", *instance, *table, args),
            Op::ResourceRep { instance, table } => self.resource("resourceRep", *instance, *table, args),
            Op::ResourceDrop { instance, table } => self.resource("resourceDrop", *instance, *table, args),
            Op::BackpressureInc { instance } => self.built_in("tasks", "backpressureInc", *instance, args),
            Op::BackpressureDec { instance } => self.built_in("tasks", "backpressureDec", *instance, args),
            Op::TaskCancel { instance } => self.built_in("tasks", "taskCancel", *instance, args),
            Op::ThreadYield { instance, cancellable } => {
                let (module, name) = if self.plan.needs.suspension {
                    ("suspend", "threadYieldStack")
                } else {
                    ("tasks", "threadYield")
                };
                self.built_in(module, name, *instance, &cancellable.to_string())
            }
            Op::WaitableSetNew { instance } => self.built_in("waitables", "waitableSetNew", *instance, args),
            Op::WaitableSetDrop { instance } => {
                self.built_in("waitables", "waitableSetDrop", *instance, args)
            }
            Op::WaitableJoin { instance } => self.built_in("waitables", "waitableJoin", *instance, args),
            Op::WaitableSetWait { instance, options } => {
                let args = self.with_memory(*options, args);
                self.built_in("suspend", "waitableSetWait", *instance, &args)
            }
            Op::WaitableSetPoll { instance, options } => {
                let args = self.with_memory(*options, args);
                self.built_in("waitables", "waitableSetPoll", *instance, &args)
            }
            Op::SubtaskDrop { instance } => self.built_in("subtasks", "subtaskDrop", *instance, args),
            Op::SubtaskCancel { instance, async_ } => {
                self.built_in("subtasks", "subtaskCancel", *instance, &format!("{async_}, {args}"))
            }
            Op::Stream { instance, table, call } => {
                let payload = self.plan.stream_table(*table).payload;
                self.end_call("stream", *instance, payload, *call, args)
            }
            Op::Future { instance, table, call } => {
                let payload = self.plan.future_table(*table).payload;
                self.end_call("future", *instance, payload, *call, args)
            }
            Op::ErrorContextNew { instance, options, .. } => self.error_context_new(*instance, *options),
            Op::ErrorContextDebugMessage { instance, options, .. } => {
                self.error_context_message(*instance, *options)
            }
            Op::ErrorContextDrop { instance, .. } => {
                self.built_in("error-context", "errorContextDrop", *instance, args)
            }
            _ => self.adapter_op(op, args),
        }
    }

    fn adapter_op(&mut self, op: &Op, args: &str) -> String {
        let call = |module: &'static str, name: &'static str, this: &mut Self, first: &str| {
            this.codec.uses.add(module, name);
            let comma = if args.is_empty() { "" } else { ", " };
            format!("{name}({first}{comma}{args})")
        };
        match op {
            Op::ResourceTransferOwn => call("adapters", "transferOwn", self, "handles"),
            Op::ResourceTransferBorrow => call("adapters", "transferBorrow", self, "handles"),
            Op::StreamTransfer => call("streams", "transferStream", self, "streams"),
            Op::FutureTransfer => call("futures", "transferFuture", self, "futures"),
            Op::ErrorContextTransfer => call("error-context", "transferErrorContext", self, "errorContexts"),
            Op::EnterSyncCall if self.plan.needs.tasks => call("tasks", "enterCall", self, "instances"),
            Op::ExitSyncCall if self.plan.needs.tasks => call("tasks", "exitCall", self, "cx"),
            Op::EnterSyncCall => call("adapters", "enterScope", self, "instances"),
            Op::ExitSyncCall => call("adapters", "exitScope", self, "cx"),
            Op::PrepareCall { .. } => call("subtasks", "prepareCall", self, "instances"),
            Op::SyncStartCall { callback } => {
                let first = format!("cx, {}", optional_callback(callback.map(|id| id.0)));
                call("suspend", "syncStartCall", self, &first)
            }
            Op::AsyncStartCall { callback, post_return } => {
                let post = post_return.map_or_else(
                    || "undefined".into(),
                    |id| format!("(...ret) => postReturn{}(...ret)", id.0),
                );
                let first = format!("cx, {}, {post}", optional_callback(callback.map(|id| id.0)));
                call("subtasks", "asyncStartCall", self, &first)
            }
            Op::Trap { codes } => {
                let messages: Vec<_> =
                    codes.iter().map(|c| format!("{}: {}", c.code, quote(&c.message))).collect();
                format!("cx.trap({{ {} }}[{args}] ?? 'a rule was broken')", messages.join(", "))
            }
            Op::Transcode { transcode, from, to } => {
                call("transcode", transcoder(*transcode), self, &format!("memory{}, memory{}", from.0, to.0))
            }
            Op::MemoryCopy { from, to } => {
                call("adapters", "memoryCopy", self, &format!("memory{}, memory{}", from.0, to.0))
            }
            Op::MemoryAccess { memory, access } => memory_access(*memory, *access),
            _ => "undefined".into(),
        }
    }

    fn built_in(
        &mut self,
        module: &'static str,
        name: &'static str,
        instance: InstanceId,
        args: &str,
    ) -> String {
        self.codec.uses.add(module, name);
        let comma = if args.is_empty() { "" } else { ", " };
        format!("{name}({}{comma}{args})", self.instance(instance))
    }

    fn with_memory(&mut self, options: OptionsId, args: &str) -> String {
        let cancellable = self.plan.option_set(options).cancellable;
        format!("{}, {cancellable}, {args}", self.memory(options))
    }

    fn resource(
        &mut self,
        name: &'static str,
        instance: InstanceId,
        table: ResourceTableId,
        args: &str,
    ) -> String {
        let resource = self.plan.resource_table(table).map_or(0, |table| table.resource.0);
        self.codec.uses.add("resources", name);
        format!("{name}({}, {resource}, {args})", self.instance(instance))
    }

    /// What a stream or a future is called.
    pub(super) fn end_type(&self, kind: &str, payload: Option<TypeId>) -> String {
        payload.map_or_else(|| kind.to_string(), |ty| format!("{kind}<{}>", describe(self.plan, ty)))
    }

    fn end_call(
        &mut self,
        kind: &str,
        instance: InstanceId,
        payload: Option<TypeId>,
        call: EndCall,
        args: &str,
    ) -> String {
        let ty = quote(&self.end_type(kind, payload));
        let stream = kind == "stream";
        let module = if stream { "streams" } else { "futures" };
        let inst = self.instance(instance);
        let (name, more): (&'static str, String) = match call {
            EndCall::New => (if stream { "streamNew" } else { "futureNew" }, String::new()),
            EndCall::Read { options } => {
                (if stream { "streamRead" } else { "futureRead" }, self.elements(payload, options, stream))
            }
            EndCall::Write { options } => {
                (if stream { "streamWrite" } else { "futureWrite" }, self.elements(payload, options, stream))
            }
            EndCall::CancelRead { async_ } => {
                (if stream { "streamCancelRead" } else { "futureCancelRead" }, async_.to_string())
            }
            EndCall::CancelWrite { async_ } => {
                (if stream { "streamCancelWrite" } else { "futureCancelWrite" }, async_.to_string())
            }
            EndCall::DropReadable => {
                (if stream { "streamDropReadable" } else { "futureDropReadable" }, String::new())
            }
            EndCall::DropWritable => {
                (if stream { "streamDropWritable" } else { "futureDropWritable" }, String::new())
            }
        };
        self.codec.uses.add(module, name);
        let all: Vec<_> = [inst, ty, more, args.to_string()].into_iter().filter(|s| !s.is_empty()).collect();
        format!("{name}({})", all.join(", "))
    }

    /// How elements are read from and written to a memory; and whether the call may block.
    fn elements(&mut self, payload: Option<TypeId>, options: OptionsId, many: bool) -> String {
        let set = self.plan.option_set(options);
        let (async_, encoding) = (set.async_, set.encoding);
        let Some(ty) = payload else { return format!("undefined, {async_}") };
        let at = self.at(options);
        let m = self.memory(options);
        self.codec.begin(at, encoding);
        let layout = self.plan.ty(ty).layout;
        let value = match numbers(&self.plan.ty(ty).kind) {
            number if !many => {
                self.codec.uses.add("futures", "single");
                let (load, store) = (self.codec.load_reference(ty), self.codec.store_reference(ty));
                let pure = if number.is_some() { ", true" } else { "" };
                format!("= single({m}, {}, {}, {load}, {store}{pure});", layout.size, layout.align)
            }
            Some((class, what)) => {
                self.codec.uses.add("lists", "numbersIn");
                format!("= numbersIn({m}, {class}, '{what}');")
            }
            None => {
                let load = format!("(p, n) => {}({m}, p, n)", self.codec.load_list(ty));
                let store = format!("(p, v) => {}({m}, p, v)", self.codec.store_list(ty));
                format!(
                    "= {{ m: {m}, size: {}, align: {}, pure: false, load: {load}, store: {store} }};",
                    layout.size, layout.align
                )
            }
        };
        let known = self.element_codecs.iter().find_map(|line| line.strip_suffix(&value));
        if let Some(name) = known.and_then(|line| line.strip_prefix("const ")) {
            return format!("{}, {async_}", name.trim_end());
        }
        let name = self.codec.scope.name("elements");
        self.element_codecs.push(format!("const {name} {value}"));
        format!("{name}, {async_}")
    }

    fn error_context_new(&mut self, instance: InstanceId, options: OptionsId) -> String {
        let lift = self.string_function(options, true);
        let m = self.memory(options);
        self.built_in("error-context", "errorContextNew", instance, &format!("{lift}({m}, a0, a1)"))
    }

    fn error_context_message(&mut self, instance: InstanceId, options: OptionsId) -> String {
        let lower = self.string_function(options, false);
        let m = self.memory(options);
        self.codec.uses.add("lists", "storePair");
        let message = self.built_in("error-context", "errorContextMessage", instance, "a0");
        format!("storePair({m}, {m}.at(a1, 4, 8, 'string'), {lower}({m}, {message}), {m}.len)")
    }

    fn string_function(&mut self, options: OptionsId, lift: bool) -> &'static str {
        use tenon_plan::Encoding::{CompactUtf16, Utf8, Utf16};
        let (module, name) = match (self.plan.option_set(options).encoding, lift) {
            (Utf8, true) => ("utf8", "liftUtf8"),
            (Utf8, false) => ("utf8", "lowerUtf8"),
            (Utf16, true) => ("utf16", "liftUtf16"),
            (Utf16, false) => ("utf16", "lowerUtf16"),
            (CompactUtf16, true) => ("utf16", "liftLatin1"),
            (CompactUtf16, false) => ("utf16", "lowerLatin1"),
        };
        self.codec.uses.add(module, name)
    }
}

fn optional_callback(id: Option<u32>) -> String {
    id.map_or_else(|| "undefined".into(), |id| format!("callbacks[{id}]"))
}

fn transcoder(transcode: Transcode) -> &'static str {
    match transcode {
        Transcode::CopyUtf8 => "copyUtf8",
        Transcode::CopyUtf16 => "copyUtf16",
        Transcode::CopyLatin1 => "copyLatin1",
        Transcode::Latin1ToUtf16 => "latin1ToUtf16",
        Transcode::Latin1ToUtf8 => "latin1ToUtf8",
        Transcode::Utf16ToUtf8 => "utf16ToUtf8",
        Transcode::Utf8ToUtf16 => "utf8ToUtf16",
        Transcode::Utf8ToLatin1 => "utf8ToLatin1",
        Transcode::Utf16ToLatin1 => "utf16ToLatin1",
        Transcode::Utf8ToCompactUtf16 => "utf8ToCompactUtf16",
        Transcode::Utf16ToCompactUtf16 => "utf16ToCompactUtf16",
        Transcode::Utf16ToCompactProbablyUtf16 => "utf16ToCompactProbablyUtf16",
    }
}

/// A view throws a `RangeError` where wasm traps; both end the call.
fn memory_access(memory: MemoryId, access: Access) -> String {
    let m = format!("memory{}", memory.0);
    let get =
        |name: &str, wide: bool| format!("{m}.dv.get{name}(a0 >>> 0{})", if wide { ", true" } else { "" });
    let set = |name: &str, wide: bool| {
        format!("{m}.dv.set{name}(a0 >>> 0, a1{})", if wide { ", true" } else { "" })
    };
    match access {
        Access::I32Load => get("Int32", true),
        Access::I32Load8U => get("Uint8", false),
        Access::I32Load8S => get("Int8", false),
        Access::I32Load16U => get("Uint16", true),
        Access::I32Load16S => get("Int16", true),
        Access::I64Load => get("BigInt64", true),
        Access::F32Load => get("Float32", true),
        Access::F64Load => get("Float64", true),
        Access::I32Store => set("Int32", true),
        Access::I32Store8 => set("Int8", false),
        Access::I32Store16 => set("Int16", true),
        Access::I64Store => set("BigInt64", true),
        Access::F32Store => set("Float32", true),
        Access::F64Store => set("Float64", true),
        Access::Size => format!("{m}.u8.length / 65536"),
    }
}
