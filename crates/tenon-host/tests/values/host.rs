//! The other side: calls all that a guest exports with random values, and answers what it imports.
//!
//! What an import answers depends on nothing but its arguments, so calls may be under way at the same time, in any order.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::try_join_all;
use wasmtime::component::types::{ComponentFunc, ComponentItem, Type};
use wasmtime::component::{Component, Func, Instance, Linker, ResourceTable, Val};
use wasmtime::error::Context as _;
use wasmtime::{Engine, OptLevel, RegallocAlgorithm, Store};
use wasmtime::{Result, bail, format_err};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::random::Random;
use crate::value::{Values, difference, fingerprint, normal};

/// How many calls of an asynchronous function are under way at once.
const AT_ONCE: u64 = 3;
/// A hang becomes a failure after this long.
const LIMIT: Duration = Duration::from_secs(300);

/// What an import was called with last, by `interface#function`.
type Received = Arc<Mutex<HashMap<String, Vec<Vec<Val>>>>>;

/// The functions of the other instance that imports are linked to, by `interface#function`.
type Pipes = Arc<Mutex<HashMap<String, Func>>>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Host {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// Compiles quickly: each guest runs for a moment only.
pub(crate) fn engine() -> Result<Engine> {
    let mut config = crate::engine::config();
    config.cranelift_opt_level(OptLevel::None).cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass);
    Engine::new(&config)
}

/// A guest, ready to be called.
pub(crate) struct Guest {
    component: Component,
    linker: Linker<Host>,
    received: Received,
    pipes: Pipes,
}

/// A function that a guest exports.
#[derive(Clone)]
pub(crate) struct Export {
    pub(crate) interface: String,
    pub(crate) name: String,
    pub(crate) ty: ComponentFunc,
    /// Whether the guest calls the import of the same name, and does not answer by itself.
    pub(crate) relayed: bool,
}

impl Export {
    pub(crate) fn full_name(&self) -> String {
        match self.interface.as_str() {
            "" => self.name.clone(),
            interface => format!("{interface}#{}", self.name),
        }
    }

    /// Whether another instance of the guest is who calls it.
    fn is_pipe(&self) -> bool {
        self.interface.contains("/pipe")
    }
}

/// How the calls of one function went.
pub(crate) struct Outcome {
    pub(crate) calls: u64,
    pub(crate) failure: Option<String>,
}

impl Guest {
    pub(crate) fn new(engine: &Engine, bytes: &[u8]) -> Result<Guest> {
        let component = Component::from_binary(engine, bytes)?;
        let mut linker = Linker::new(engine);
        wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
        wasmtime_wasi::p3::add_to_linker(&mut linker)?;
        let (received, pipes) = (Received::default(), Pipes::default());
        for (interface, name, ty) in functions(engine, &component, Side::Imports) {
            let mut instance =
                if interface.is_empty() { linker.root() } else { linker.instance(&interface)? };
            let key =
                Export { interface: interface.clone(), name: name.clone(), ty: ty.clone(), relayed: true };
            if key.is_pipe() {
                let (key, pipes) = (key.full_name(), pipes.clone());
                instance.func_new_concurrent(&name, move |accessor, _, params, results| {
                    let pipe = lock(&pipes).get(&key).copied();
                    Box::pin(async move {
                        pipe.context("no other instance")?.call_concurrent(accessor, params, results).await
                    })
                })?;
                continue;
            }
            let answer = Answer { key: key.full_name(), received: received.clone() };
            if ty.async_() {
                instance.func_new_concurrent(&name, move |_, ty, params, results| {
                    let answer = answer.clone();
                    Box::pin(async move {
                        for _ in 0..answer.give(&ty, params, results) % 3 {
                            tokio::task::yield_now().await;
                        }
                        Ok(())
                    })
                })?;
            } else {
                instance.func_new(&name, move |_, ty, params, results| {
                    answer.give(&ty, params, results);
                    Ok(())
                })?;
            }
        }
        Ok(Guest { component, linker, received, pipes })
    }

    /// What is to be called.
    pub(crate) fn exports_to_call(&self) -> Vec<Export> {
        self.exports().into_iter().filter(|export| !export.is_pipe()).collect()
    }

    fn exports(&self) -> Vec<Export> {
        let engine = self.component.engine();
        let imports = functions(engine, &self.component, Side::Imports);
        let export = |(interface, name, ty): (String, String, ComponentFunc)| Export {
            relayed: imports.iter().any(|(i, n, _)| *i == interface && *n == name),
            interface,
            name,
            ty,
        };
        functions(engine, &self.component, Side::Exports).into_iter().map(export).collect()
    }

    /// An instance with the setting `gogc` of Go's collector. Its streams and futures go to another one, in the same store.
    pub(crate) async fn start(&self, gogc: &'static str) -> Result<Running<'_>> {
        let wasi = WasiCtx::builder().env("GOGC", gogc).inherit_stderr().build();
        let mut store = Store::new(self.component.engine(), Host { wasi, table: ResourceTable::new() });
        // A call may move more than wasmtime thinks reasonable at once.
        store.set_hostcall_fuel(1 << 30);
        let other = self.linker.instantiate_async(&mut store, &self.component).await?;
        let mut pipes = HashMap::new();
        for pipe in self.exports().iter().filter(|export| export.is_pipe()) {
            pipes.insert(pipe.full_name(), pipe.find(&mut store, &other)?);
        }
        *lock(&self.pipes) = pipes;
        let instance = self.linker.instantiate_async(&mut store, &self.component).await?;
        Ok(Running { guest: self, gogc, store, instance })
    }
}

/// An instance of a guest. Only the last one that was started may be used.
pub(crate) struct Running<'a> {
    guest: &'a Guest,
    gogc: &'static str,
    store: Store<Host>,
    instance: Instance,
}

impl Running<'_> {
    /// Calls `export` `count` times, each time with other values. After a failure the instance is of no more use.
    pub(crate) async fn check(&mut self, export: &Export, count: u64) -> Result<Outcome> {
        let mut outcome = Outcome { calls: 0, failure: None };
        let func = export.find(&mut self.store, &self.instance)?;
        let together = if export.ty.async_() { AT_ONCE } else { 1 };
        let mut first = 0;
        while first < count && outcome.failure.is_none() {
            let numbers: Vec<u64> = (first..count.min(first + together)).collect();
            let arguments: Vec<Vec<Val>> = numbers.iter().map(|number| export.arguments(*number)).collect();
            let called = tokio::time::timeout(LIMIT, call(&mut self.store, func, export, &arguments)).await;
            let verdict = match called {
                Ok(Ok(results)) => self.guest.judge(export, &arguments, results),
                Ok(Err(error)) => Err(error),
                Err(_) => Err(format_err!("it has not returned after {} s", LIMIT.as_secs())),
            };
            let failure = verdict.err().map(|why| format!("values {numbers:?}, GOGC={}: {why:#}", self.gogc));
            outcome.failure = failure;
            outcome.calls += numbers.len() as u64;
            first += together;
        }
        Ok(outcome)
    }
}

impl Guest {
    fn judge(&self, export: &Export, arguments: &[Vec<Val>], results: Vec<Vec<Val>>) -> Result<()> {
        let received = lock(&self.received).remove(&export.full_name());
        for (arguments, results) in arguments.iter().zip(results) {
            let sent: Vec<Val> = arguments.iter().cloned().map(normal).collect();
            let results: Vec<Val> = results.into_iter().map(normal).collect();
            if let Some(received) = received.as_ref().filter(|_| export.relayed)
                && !received.contains(&sent)
            {
                let near = received.last().cloned().unwrap_or_default();
                bail!("the import got other arguments: {}", differences(&sent, &near));
            }
            if export.relayed && received.is_none() {
                bail!("the import was not called");
            }
            let wanted = export.wanted(&sent);
            if wanted != results {
                bail!("{}", differences(&wanted, &results));
            }
        }
        Ok(())
    }
}

fn differences(wanted: &[Val], got: &[Val]) -> String {
    let wanted = Val::Tuple(wanted.to_vec());
    difference("value", &wanted, &Val::Tuple(got.to_vec())).unwrap_or_else(|| "no difference".to_string())
}

impl Export {
    fn find(&self, store: &mut Store<Host>, instance: &Instance) -> Result<Func> {
        let interface = match self.interface.as_str() {
            "" => None,
            name => Some(instance.get_export_index(&mut *store, None, name).context("no such interface")?),
        };
        let index = instance.get_export_index(&mut *store, interface.as_ref(), &self.name);
        index.and_then(|index| instance.get_func(&mut *store, index)).context("no such export")
    }

    /// The same for the same seed, function and number, whatever else is in the guest.
    pub(crate) fn arguments(&self, number: u64) -> Vec<Val> {
        let name = fingerprint(&[Val::String(self.full_name())]);
        let mut values = Values::new(Random::new(&[name, number]));
        self.ty.params().map(|(_, ty)| values.value(&ty)).collect()
    }

    /// What the guest has to return.
    pub(crate) fn wanted(&self, sent: &[Val]) -> Vec<Val> {
        match self.ty.results().next() {
            _ if self.relayed => answer(&self.ty, sent),
            None => Vec::new(),
            Some(Type::Tuple(_)) => vec![Val::Tuple(sent.to_vec())],
            Some(_) => sent.to_vec(),
        }
    }
}

/// What an import returns for arguments in normal form; in normal form.
fn answer(ty: &ComponentFunc, params: &[Val]) -> Vec<Val> {
    raw_answer(ty, params).into_iter().map(normal).collect()
}

fn raw_answer(ty: &ComponentFunc, params: &[Val]) -> Vec<Val> {
    let mut values = Values::new(Random::new(&[fingerprint(params)]));
    ty.results().map(|ty| values.value(&ty)).collect()
}

#[derive(Clone)]
struct Answer {
    key: String,
    received: Received,
}

impl Answer {
    /// Notes the arguments, and fills in the results.
    fn give(&self, ty: &ComponentFunc, params: &[Val], results: &mut [Val]) -> u64 {
        let params: Vec<Val> = params.iter().cloned().map(normal).collect();
        results.iter_mut().zip(raw_answer(ty, &params)).for_each(|(place, value)| *place = value);
        let number = fingerprint(&params);
        let mut received = lock(&self.received);
        received.entry(self.key.clone()).or_default().push(params);
        number
    }
}

/// Calls `func` with each of the arguments at the same time.
async fn call(
    store: &mut Store<Host>,
    func: Func,
    export: &Export,
    arguments: &[Vec<Val>],
) -> Result<Vec<Vec<Val>>> {
    let count = export.ty.results().len();
    let results = store
        .run_concurrent(async |accessor| {
            let calls = arguments.iter().map(async |arguments| {
                let mut results = vec![Val::Bool(false); count];
                func.call_concurrent(accessor, arguments, &mut results).await?;
                wasmtime::error::Ok(results)
            });
            try_join_all(calls).await
        })
        .await??;
    Ok(results)
}

#[derive(Clone, Copy)]
enum Side {
    Imports,
    Exports,
}

/// The functions on one side, but for WASI's: interface, which is empty for the world's own, name and type.
fn functions(engine: &Engine, component: &Component, side: Side) -> Vec<(String, String, ComponentFunc)> {
    let ty = component.component_type();
    let items: Vec<_> = match side {
        Side::Imports => ty.imports(engine).collect(),
        Side::Exports => ty.exports(engine).collect(),
    };
    let mut found = Vec::new();
    for (interface, item) in items.into_iter().filter(|(name, _)| !name.starts_with("wasi:")) {
        match item.ty {
            ComponentItem::ComponentFunc(func) => found.push((String::new(), interface.to_string(), func)),
            ComponentItem::ComponentInstance(instance) => {
                for (name, item) in instance.exports(engine) {
                    if let ComponentItem::ComponentFunc(func) = item.ty {
                        found.push((interface.to_string(), name.to_string(), func));
                    }
                }
            }
            _ => {}
        }
    }
    found
}
