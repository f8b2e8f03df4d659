//! `again TIMES COMPONENT.wasm…`: calls each component's `run` so often, in one instance, with an end to all growth.
//!
//! What grows is the host's table of tasks, waitables and ends of streams, and the guests' memory. Both may do so in the
//! first half of the calls: Go's heap finds its size, and the runtime keeps a few streams and sets to use again.

#[path = "../tests/values/engine.rs"]
mod engine;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use wasmtime::component::{Component, Func, Linker, ResourceTable};
use wasmtime::error::Context as _;
use wasmtime::{Engine, ResourceLimiter, Result, Store, ensure, format_err};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

/// By how many entries the host's table may grow in the second half: both sides keep as many streams to wake tasks with as
/// were ever needed at a time, and Go's scheduler is free to need some more.
const SLACK: usize = 16;
/// By how much the memory may grow in the second half, in bytes: a step of Go's heap.
const STEP: usize = 4 << 20;

/// Calls the same thing again and again.
#[derive(Debug, Parser)]
struct Args {
    /// How many calls there are.
    #[arg(value_parser = clap::value_parser!(u32).range(4..))]
    times: u32,

    #[arg(required = true)]
    components: Vec<PathBuf>,
}

struct Host {
    wasi: WasiCtx,
    table: ResourceTable,
    memory: Memory,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// How much memory all guests have.
#[derive(Default)]
struct Memory {
    bytes: usize,
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> Result<bool> {
        self.bytes += desired - current;
        Ok(true)
    }

    fn table_growing(&mut self, _current: usize, _desired: usize, _maximum: Option<usize>) -> Result<bool> {
        Ok(true)
    }
}

/// What there is at a time.
struct Size {
    entries: usize,
    memory: usize,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match all(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn all(args: &Args) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let engine = Engine::new(&engine::config())?;
    for path in &args.components {
        let said = runtime.block_on(one(&engine, path, args.times));
        println!("{}: {}", path.display(), said.with_context(|| path.display().to_string())?);
    }
    Ok(())
}

/// All calls of one component.
async fn one(engine: &Engine, path: &Path, times: u32) -> Result<String> {
    let component = Component::from_file(engine, path)?;
    let mut linker = Linker::<Host>::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    let wasi = WasiCtx::builder().inherit_stderr().env("GOGC", "25").build();
    let host = Host { wasi, table: ResourceTable::new(), memory: Memory::default() };
    let mut store = Store::new(engine, host);
    store.limiter(|host| &mut host.memory);
    let instance = linker.instantiate_async(&mut store, &component).await?;
    let run =
        instance.get_func(&mut store, "run").ok_or_else(|| format_err!("there is no function `run`"))?;
    calls(&mut store, run, times / 2).await?;
    let before = size(&mut store);
    calls(&mut store, run, times - times / 2).await?;
    let after = size(&mut store);
    let change = format!(
        "{} to {} entries, {} to {} bytes",
        before.entries, after.entries, before.memory, after.memory
    );
    ensure!(after.entries <= before.entries + SLACK, "the host's table grew: {change}");
    ensure!(after.memory <= before.memory + STEP, "the memory grew: {change}");
    Ok(change)
}

async fn calls(store: &mut Store<Host>, run: Func, times: u32) -> Result<()> {
    for number in 0..times {
        let call = store.run_concurrent(async |accessor| run.call_concurrent(accessor, &[], &mut []).await);
        call.await?.with_context(|| format!("call {number}"))?;
    }
    Ok(())
}

fn size(store: &mut Store<Host>) -> Size {
    Size { entries: store.concurrent_state_table_size(), memory: store.data().memory.bytes }
}
