use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $prefix:literal,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index of the list that it is an index of.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> $name {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    )*};
}

ids! {
    /// A core module: [`Plan::modules`](crate::Plan::modules).
    ModuleId => "module",
    /// A core instance, counted in the order of the steps that make them.
    CoreInstanceId => "core",
    /// An instance of the component or of a component inside it. They have no list: there are
    /// [`Plan::instances`](crate::Plan::instances) of them. An instance owns handle tables, a `may_leave` flag and tasks.
    InstanceId => "instance",
    /// A function that the host makes: [`Plan::trampolines`](crate::Plan::trampolines).
    TrampolineId => "trampoline",
    /// A set of canonical options: [`Plan::options`](crate::Plan::options).
    OptionsId => "options",
    /// A linear memory that the canonical ABI uses, stored by [`Step::Memory`](crate::Step::Memory).
    MemoryId => "memory",
    /// An allocator, stored by [`Step::Realloc`](crate::Step::Realloc).
    ReallocId => "realloc",
    /// The callback of an asynchronous export, stored by [`Step::Callback`](crate::Step::Callback).
    CallbackId => "callback",
    /// A post-return function, stored by [`Step::PostReturn`](crate::Step::PostReturn).
    PostReturnId => "post-return",
    /// A table of functions, stored by [`Step::Table`](crate::Step::Table).
    TableId => "table",
    /// Something that the host gives: [`Plan::imports`](crate::Plan::imports).
    ImportId => "import",
    /// A lifted function: [`Plan::lifts`](crate::Plan::lifts).
    LiftId => "lift",
    /// A component function's type with its names: [`Plan::functions`](crate::Plan::functions).
    FunctionId => "function",
    /// A type: [`Plan::types`](crate::Plan::types).
    TypeId => "type",
    /// A WIT interface: [`Plan::interfaces`](crate::Plan::interfaces).
    InterfaceId => "interface",
    /// A resource type: [`Plan::resources`](crate::Plan::resources).
    ResourceId => "resource",
    /// One instance's handles of one resource: [`Plan::resource_tables`](crate::Plan::resource_tables).
    ResourceTableId => "handles",
    /// One instance's ends of one type of streams: [`Plan::stream_tables`](crate::Plan::stream_tables).
    StreamTableId => "streams",
    /// One instance's ends of one type of futures: [`Plan::future_tables`](crate::Plan::future_tables).
    FutureTableId => "futures",
    /// One instance's error contexts: [`Plan::error_context_tables`](crate::Plan::error_context_tables).
    ErrorContextTableId => "errors",
}
