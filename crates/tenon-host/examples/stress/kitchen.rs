//! The functions of a kitchen and of a waiter, as a host calls them.

use wasmtime::component::{
    ComponentNamedList, FutureReader, Instance, Lift, Lower, Resource, ResourceAny, StreamReader, TypedFunc,
};
use wasmtime::error::Context as _;
use wasmtime::{Result, Store};

use crate::host::{Host, Token};

type Bytes = StreamReader<u8>;
type Numbers = StreamReader<u32>;
type Texts = StreamReader<String>;
type Tokens = StreamReader<Resource<Token>>;
type Letter = FutureReader<String>;

/// Finds exports of one interface by name.
struct Finder<'a> {
    store: &'a mut Store<Host>,
    instance: Instance,
    interface: &'static str,
}

impl Finder<'_> {
    fn find<P, R>(&mut self, name: &str) -> Result<TypedFunc<P, R>>
    where
        P: ComponentNamedList + Lower + Send + Sync + 'static,
        R: ComponentNamedList + Lift + Send + Sync + 'static,
    {
        let interface = self.instance.get_export_index(&mut *self.store, None, self.interface);
        let interface = interface.with_context(|| format!("no interface {}", self.interface))?;
        let index = self.instance.get_export_index(&mut *self.store, Some(&interface), name);
        let index = index.with_context(|| format!("no function {name}"))?;
        self.instance.get_typed_func(&mut *self.store, index).with_context(|| name.to_string())
    }
}

macro_rules! functions {
    ($(#[$doc:meta])* $face:ident of $interface:literal { $($field:ident $name:literal: $params:ty => $result:ty,)* }) => {
        $(#[$doc])*
        pub(crate) struct $face {
            $(pub(crate) $field: TypedFunc<$params, $result>,)*
        }

        impl $face {
            pub(crate) fn new(store: &mut Store<Host>, instance: Instance) -> Result<$face> {
                let mut finder = Finder { store, instance, interface: $interface };
                Ok($face { $($field: finder.find($name)?,)* })
            }
        }
    };
}

functions! {
    /// A kitchen's plays.
    Kitchen of "stress:kitchen/plays" {
        sleep "sleep": (u32,) => (u64,),
        relay "relay": (u32, u32, u32) => (Vec<u8>,),
        ask "ask": (u32, u32) => (Result<String, String>,),
        race "race": (u32, u32, u32, u32) => (Option<Vec<u8>>,),
        fan "fan": (u32, u32, u32, u32) => (u64,),
        first "first": (Vec<u32>,) => (u32,),
        lock "lock": (u32,) => (u32,),
        put "put": (u32,) => (),
        take "take": () => (u32,),
        wait "wait": (u32,) => (u32,),
        open "open": (u32, u32) => (),
        tick "tick": (u32, u32) => (u64,),
        spin "spin": (u32,) => (u32,),
        linger "linger": (u32, u32, u32) => (),
        litter "litter": (u32,) => (),
        scatter "scatter": (u32, u32) => (),
        pour "pour": (Bytes, u32) => (Bytes,),
        digest "digest": (Bytes, u32, u32) => (u64,),
        numbers "numbers": (u32, u32, u32, u32) => (Numbers,),
        total "total": (Numbers,) => (u64,),
        texts "texts": (u32, u32, u32) => (Texts,),
        join "join": (Texts, u32) => (u64,),
        mint "mint": (u32, u32, u32) => (Tokens,),
        melt "melt": (Tokens, u32) => (u64,),
        nest "nest": (u32, u32, u32) => (StreamReader<Bytes>,),
        local "local": (u32, u32, u32, u32) => (u64,),
        sip "sip": (u32, u32, u32, u32, u32) => (u64,),
        hold "hold": (Resource<Token>, u32) => (u32,),
        keep "keep": (Resource<Token>, u32) => (Resource<Token>,),
        later "later": (u32, u32, bool) => (Letter,),
        when "when": (Letter, u32) => (Option<String>,),
        mail "mail": (u32, u32, u32) => (Option<String>,),
        counter "[constructor]counter": (u32,) => (ResourceAny,),
        add "[method]counter.add": (ResourceAny, u32) => (u32,),
        slow_add "[method]counter.slow-add": (ResourceAny, u32, u32) => (u32,),
        merge "[static]counter.merge": (ResourceAny, ResourceAny, u32) => (ResourceAny,),
        discard "discard": (ResourceAny,) => (),
        counters "counters": () => (u32,),
        limit "limit": (u32,) => (),
        tasks "tasks": () => (u32,),
    }
}

functions! {
    /// A waiter's service.
    Waiter of "stress:kitchen/service" {
        serve "serve": (Order, Vec<u32>, u32) => (Option<u64>,),
        limit "limit": (u32,) => (),
        tasks "tasks": () => (u32,),
    }
}

/// What a waiter is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, wasmtime::component::ComponentType, Lower)]
#[component(enum)]
#[repr(u8)]
#[rustfmt::skip]
pub(crate) enum Order {
    #[component(name = "sleep")] Sleep,
    #[component(name = "relay")] Relay,
    #[component(name = "ask")] Ask,
    #[component(name = "fan")] Fan,
    #[component(name = "first")] First,
    #[component(name = "lock")] Lock,
    #[component(name = "tick")] Tick,
    #[component(name = "spin")] Spin,
    #[component(name = "pour")] Pour,
    #[component(name = "digest")] Digest,
    #[component(name = "numbers")] Numbers,
    #[component(name = "round-trip")] RoundTrip,
    #[component(name = "texts")] Texts,
    #[component(name = "join")] Join,
    #[component(name = "mint")] Mint,
    #[component(name = "melt")] Melt,
    #[component(name = "nest")] Nest,
    #[component(name = "hold")] Hold,
    #[component(name = "keep")] Keep,
    #[component(name = "later")] Later,
    #[component(name = "when")] When,
    #[component(name = "count")] Count,
}
