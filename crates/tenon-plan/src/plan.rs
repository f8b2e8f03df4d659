//! The plan itself: modules, steps, options, imports and exports.

use serde::{Deserialize, Serialize};

use crate::{
    Blob, CallbackId, Core, CoreInstanceId, ErrorContextTableId, Function, FunctionId, FutureTableId,
    ImportId, InstanceId, Interface, InterfaceId, Lift, LiftId, MemoryId, ModuleId, OptionsId, PayloadTable,
    PostReturnId, ReallocId, Resource, ResourceId, ResourceTable, ResourceTableId, StreamTableId, TableId,
    Trampoline, TrampolineId, Type, TypeId,
};

/// The version of the plan's shape. It grows when a reader of an older plan could misread a newer one.
pub const VERSION: u32 = 1;

/// How many core values a function takes at most before they go through memory.
pub const MAX_FLAT: usize = 16;

/// A component taken apart.
///
/// All `…Id`s are indices of the lists here. To instantiate, go through [`Plan::steps`] in order; then each of
/// [`Plan::exports`] can be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// [`VERSION`].
    pub version: u32,
    /// The WIT world, if what the component imports and exports can be said in WIT.
    pub world: World,
    /// Core modules, the component's own and those that Tenon made to join components.
    pub modules: Vec<Module>,
    /// How many instances of components there are.
    pub instances: u32,
    /// What to do to instantiate, in order.
    pub steps: Vec<Step>,
    /// Functions that the host makes, for core modules to import.
    pub trampolines: Vec<Trampoline>,
    /// Sets of canonical options.
    pub options: Vec<Options>,
    /// What the host gives.
    pub imports: Vec<Import>,
    /// Lifted functions.
    pub lifts: Vec<Lift>,
    /// Core functions that adapters let the host start and that may block: each needs a stack that can be suspended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stacks: Vec<Stack>,
    /// What the component gives.
    pub exports: Vec<Export>,
    /// Component functions' types, with names and docs.
    pub functions: Vec<Function>,
    /// Types of values.
    pub types: Vec<Type>,
    /// Interfaces that the world imports and exports.
    pub interfaces: Vec<Interface>,
    /// Types of resources.
    pub resources: Vec<Resource>,
    /// Tables of handles. Adapters know these indices by number; those that are not there have no handles.
    pub resource_tables: Vec<Option<ResourceTable>>,
    /// Tables of ends of streams.
    pub stream_tables: Vec<PayloadTable>,
    /// Tables of ends of futures.
    pub future_tables: Vec<PayloadTable>,
    /// Tables of error contexts: the instance of each.
    pub error_context_tables: Vec<InstanceId>,
    /// What of the canonical ABI the component needs.
    pub needs: Needs,
}

/// The world of the component.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// Its name, often `root:component/root`: binaries do not keep it. Nothing when WIT cannot say what the component
    /// imports and exports; then names of types and docs are missing too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its docs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// Types that the world itself has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<crate::NamedType>,
}

/// What a host must have to run the plan. Emitters leave out what is `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// Handles of resources.
    pub resources: bool,
    /// Tasks: there is an asynchronous lift or lower, or a built-in of the async ABI.
    pub tasks: bool,
    /// Streams.
    pub streams: bool,
    /// Futures.
    pub futures: bool,
    /// Error contexts.
    pub error_contexts: bool,
    /// Calls from one inner component to another: `may_leave` flags, transfers of handles.
    pub adapters: bool,
    /// Strings go from one encoding to another between inner components.
    pub transcoders: bool,
    /// Wasm stacks may have to be suspended: some [`Lift::mode`] is [`Mode::Suspend`](crate::Mode::Suspend).
    pub suspension: bool,
}

/// A core module. Emitters write its bytes to a file and read nothing of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// The module.
    pub bytes: Blob,
    /// Whether the component has it, or Tenon made it to join two components.
    pub origin: ModuleOrigin,
    /// What it imports, in order; [`Step::Instantiate`] has an argument for each.
    pub imports: Vec<CoreImport>,
    /// What it exports, in order.
    pub exports: Vec<CoreExport>,
    /// What it needs beyond WebAssembly 2.0, sorted: `multi-memory`, `exceptions`, `memory64`, `tail-call`, `threads`, …
    pub features: Vec<String>,
}

/// Where a core module is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModuleOrigin {
    /// The component.
    Component,
    /// A fused adapter: it lifts from one inner component and lowers into another.
    Adapter,
}

/// An import of a core module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoreImport {
    /// The first name.
    pub module: String,
    /// The second name.
    pub name: String,
    /// What it is.
    pub kind: CoreKind,
}

/// An export of a core module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoreExport {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: CoreKind,
}

/// The kind of something that core modules import and export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CoreKind {
    Function,
    Table,
    Memory,
    Global,
    Tag,
}

/// Something that a core module can be given.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "def", rename_all = "kebab-case")]
pub enum CoreDef {
    /// An export of a core instance that exists already.
    Export {
        /// The instance.
        instance: CoreInstanceId,
        /// The export's name.
        name: String,
        /// What it is.
        kind: CoreKind,
    },
    /// A function that the host makes.
    Trampoline {
        /// Which.
        trampoline: TrampolineId,
    },
    /// A mutable global of type i32: 1 while the instance may call its imports, else 0. It starts as 1.
    ///
    /// Fused adapters read and write it. Where the host lifts or lowers for an instance that has such a global, it does
    /// so too: 0 while `realloc` and post-return run, and a trap if it is 0 when the instance calls an import.
    MayLeave {
        /// The instance.
        instance: InstanceId,
    },
    /// A mutable global of type i32: 1 while the current task may block, else 0. There is one for the whole component.
    ///
    /// The host writes it when it starts a task: 1 for a function that is `async` in WIT, 0 for others.
    TaskMayBlock,
    /// `context.get` or `context.set` of the current task (not of a subtask that has ended).
    Context {
        /// Whether it sets: `(i32) -> ()`; otherwise `() -> i32`.
        set: bool,
        /// 0 or 1.
        slot: u32,
    },
}

/// A core definition under the two names of the import that takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// The first name.
    pub module: String,
    /// The second name.
    pub name: String,
    /// What is given.
    pub def: CoreDef,
}

/// One step of instantiation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// Instantiate a core module, its start function included.
    Instantiate {
        /// What the new instance is called; each is one more than the one before.
        instance: CoreInstanceId,
        /// Which module.
        module: ModuleId,
        /// What it is given, in the order of [`Module::imports`].
        args: Vec<Argument>,
        /// The component instance that it is part of; nothing for adapters.
        owner: Option<InstanceId>,
    },
    /// Instantiate a core module that the host gives.
    InstantiateImport {
        /// What the new instance is called.
        instance: CoreInstanceId,
        /// The import that is the module.
        import: ImportId,
        /// What it is given.
        args: Vec<Argument>,
        /// The component instance that it is part of.
        owner: Option<InstanceId>,
    },
    /// Remember a memory.
    Memory {
        /// As which.
        id: MemoryId,
        /// What it is.
        #[serde(flatten)]
        def: CoreDef,
    },
    /// Remember a `realloc`: `(old, old_size, align, new_size) -> address`.
    Realloc {
        /// As which.
        id: ReallocId,
        /// What it is.
        #[serde(flatten)]
        def: CoreDef,
    },
    /// Remember a callback: `(event, index, payload) -> code`.
    Callback {
        /// As which.
        id: CallbackId,
        /// What it is.
        #[serde(flatten)]
        def: CoreDef,
    },
    /// Remember a post-return function. It takes what the lifted function returned.
    PostReturn {
        /// As which.
        id: PostReturnId,
        /// What it is.
        #[serde(flatten)]
        def: CoreDef,
    },
    /// Remember a table.
    Table {
        /// As which.
        id: TableId,
        /// What it is.
        #[serde(flatten)]
        def: CoreDef,
    },
    /// A resource that is defined here exists from now on.
    Resource {
        /// Which.
        id: ResourceId,
        /// What is called with the representation when the last owner lets go.
        dtor: Option<CoreDef>,
        /// Whose it is.
        owner: InstanceId,
    },
}

/// Canonical options of a lift, a lower or a built-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The component instance that calls or is called.
    pub instance: InstanceId,
    /// How strings are encoded in its memory.
    pub encoding: Encoding,
    /// Its memory, if anything goes through memory.
    pub memory: Option<MemoryId>,
    /// Its allocator.
    pub realloc: Option<ReallocId>,
    /// What to call when a value that it returned has been read.
    pub post_return: Option<PostReturnId>,
    /// Whether the async ABI is used.
    #[serde(rename = "async")]
    pub async_: bool,
    /// What to call with each event; an asynchronous lift without one is stackful.
    pub callback: Option<CallbackId>,
    /// Whether a blocking built-in may be woken by cancellation.
    pub cancellable: bool,
}

/// How strings are encoded in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8; the length is in bytes; aligned to 1.
    Utf8,
    /// UTF-16, little endian; the length is in code units; aligned to 2.
    Utf16,
    /// `latin1+utf16`: the highest bit of the length says UTF-16, else Latin-1; aligned to 2.
    CompactUtf16,
}

/// Something that the host gives, and that the component uses.
///
/// Functions that are imported and never lowered are not here: see [`Interface::functions`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Where to find it: `["wasi:io/streams@0.2.0", "[method]input-stream.read"]`, or one name for what stands in the
    /// world itself.
    pub path: Vec<String>,
    /// The interface, when the path begins with one.
    pub interface: Option<InterfaceId>,
    /// What it is.
    #[serde(flatten)]
    pub item: ImportItem,
}

/// The kind of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "kebab-case")]
pub enum ImportItem {
    /// A function; the type is as the host sees it.
    Function {
        /// Its type.
        function: FunctionId,
    },
    /// A resource.
    Resource {
        /// Which.
        resource: ResourceId,
    },
    /// A core module.
    Module,
}

/// Something that the component gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub item: ExportItem,
}

/// The kind of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "kebab-case")]
pub enum ExportItem {
    /// A lifted function.
    Function {
        /// How it is called, and its type.
        lift: LiftId,
    },
    /// An instance: an interface, most often.
    Instance {
        /// The interface, if WIT has one for it.
        interface: Option<InterfaceId>,
        /// What is in it.
        exports: Vec<Export>,
    },
    /// A resource type.
    Resource {
        /// Which.
        resource: ResourceId,
    },
    /// A type of values.
    Type {
        /// Which.
        #[serde(rename = "type")]
        ty: TypeId,
    },
    /// A core module of the component.
    Module {
        /// Which.
        module: ModuleId,
    },
    /// A core module that the component imports.
    ImportedModule {
        /// Which.
        import: ImportId,
    },
}

/// A core function that needs a stack of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stack {
    /// The function: what an adapter gives to [`Op::SyncStartCall`](crate::Op::SyncStartCall) or
    /// [`Op::AsyncStartCall`](crate::Op::AsyncStartCall), or a callback of theirs.
    #[serde(flatten)]
    pub core: CoreDef,
    /// Its type.
    pub signature: CoreSignature,
}

/// The type of a core function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CoreSignature {
    /// Parameters.
    pub params: Vec<Core>,
    /// Results.
    pub results: Vec<Core>,
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $method:ident($id:ty) -> $list:ident[$item:ty];)*) => {
        /// Lookups by id. They panic on an id of another plan.
        impl Plan {$(
            $(#[$doc])*
            pub fn $method(&self, id: $id) -> &$item {
                &self.$list[id.index()]
            }
        )*}
    };
}

lookups! {
    /// A core module.
    module(ModuleId) -> modules[Module];
    /// A trampoline.
    trampoline(TrampolineId) -> trampolines[Trampoline];
    /// A set of canonical options.
    option_set(OptionsId) -> options[Options];
    /// An import.
    import(ImportId) -> imports[Import];
    /// A lifted function.
    lift(LiftId) -> lifts[Lift];
    /// A component function's type.
    function(FunctionId) -> functions[Function];
    /// A type.
    ty(TypeId) -> types[Type];
    /// An interface.
    interface(InterfaceId) -> interfaces[Interface];
    /// A resource.
    resource(ResourceId) -> resources[Resource];
    /// A table of handles.
    resource_table(ResourceTableId) -> resource_tables[Option<ResourceTable>];
    /// A table of ends of streams.
    stream_table(StreamTableId) -> stream_tables[PayloadTable];
    /// A table of ends of futures.
    future_table(FutureTableId) -> future_tables[PayloadTable];
    /// A table of error contexts.
    error_context_table(ErrorContextTableId) -> error_context_tables[InstanceId];
}

impl Plan {
    /// All that the steps give to core modules and remember of them.
    pub fn definitions(&self) -> impl Iterator<Item = &CoreDef> {
        self.steps.iter().flat_map(|step| -> Box<dyn Iterator<Item = &CoreDef>> {
            match step {
                Step::Instantiate { args, .. } | Step::InstantiateImport { args, .. } => {
                    Box::new(args.iter().map(|arg| &arg.def))
                }
                Step::Memory { def, .. }
                | Step::Realloc { def, .. }
                | Step::Callback { def, .. }
                | Step::PostReturn { def, .. }
                | Step::Table { def, .. } => Box::new(std::iter::once(def)),
                Step::Resource { dtor, .. } => Box::new(dtor.iter()),
            }
        })
    }

    /// The plan without the bytes of its modules, for people to read.
    #[must_use]
    pub fn without_code(mut self) -> Plan {
        for module in &mut self.modules {
            module.bytes = Blob::default();
        }
        self
    }
}
