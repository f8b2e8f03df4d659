//! The compiler and its cache, and compiled components.

use crate::error::Error;
use std::path::PathBuf;
use std::time::Duration;
use wasmtime::component::Component;
use wasmtime::{Cache, CacheConfig, Config, OptLevel, RegallocAlgorithm};

/// How often a running guest is asked to make way, so that time limits hold even for a guest that only computes.
const TICK: Duration = Duration::from_millis(20);

/// Go functions call each other on this stack, and Go programs are used to deep recursion. Only what is touched of it
/// costs memory.
const WASM_STACK: usize = 8 << 20;

/// What is left for this host's own functions on the same stack.
const HOST_STACK: usize = 1 << 20;

/// How components are compiled.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// Where compiled code is kept between runs; `None` compiles each time. See [`default_cache_dir`].
    pub cache: Option<PathBuf>,
    /// Whether time limits hold for a guest that never waits. Costs a few per cent of speed; [`crate::serve()`] and
    /// [`crate::Limits::time`] need it.
    pub interruptible: bool,
    /// Whether to compile in less time, to code that runs more slowly: for code that is about to change again.
    pub quick: bool,
}

impl Default for EngineOptions {
    fn default() -> Self {
        EngineOptions { cache: default_cache_dir(), interruptible: true, quick: false }
    }
}

/// The user's folder for compiled code, if the environment says where such things go.
pub fn default_cache_dir() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Caches"))
    } else {
        set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
    };
    base.filter(|base| base.is_absolute()).map(|base| base.join("tenon").join("code"))
}

/// Compiles components. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Engine {
    inner: wasmtime::Engine,
    interruptible: bool,
}

impl Engine {
    /// Sets up a compiler for this machine.
    pub fn new(options: &EngineOptions) -> Result<Self, Error> {
        let mut config = config();
        config.epoch_interruption(options.interruptible);
        if options.quick {
            config.cranelift_opt_level(OptLevel::None);
            config.cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass);
        }
        config.cache(options.cache.clone().and_then(open_cache));
        let inner = wasmtime::Engine::new(&config).map_err(|e| Error::Engine(format!("{e:#}")))?;
        if options.interruptible {
            start_ticking(&inner)?;
        }
        Ok(Engine { inner, interruptible: options.interruptible })
    }

    /// Compiles a component, or finds it compiled in the cache.
    pub fn load(&self, bytes: &[u8]) -> Result<Loaded, Error> {
        match bytes {
            // The layer, which is 0 for a core module and 1 for a component.
            [b'\0', b'a', b's', b'm', _, _, 1, 0, ..] => {}
            [b'\0', b'a', b's', b'm', ..] => return Err(Error::CoreModule),
            _ => return Err(Error::NotWasm),
        }
        let component =
            Component::from_binary(&self.inner, bytes).map_err(|e| Error::Invalid(format!("{e:#}")))?;
        Ok(Loaded { engine: self.clone(), component })
    }

    pub(crate) fn inner(&self) -> &wasmtime::Engine {
        &self.inner
    }

    pub(crate) fn interruptible(&self) -> bool {
        self.interruptible
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("interruptible", &self.interruptible).finish_non_exhaustive()
    }
}

/// A compiled component, ready to be run as often as wanted.
#[derive(Clone)]
pub struct Loaded {
    pub(crate) engine: Engine,
    pub(crate) component: Component,
}

impl Loaded {
    /// The names of the component's exports, as its type has them.
    pub fn exports(&self) -> Vec<String> {
        let ty = self.component.component_type();
        ty.exports(self.engine.inner()).map(|(name, _)| name.to_string()).collect()
    }

    /// The names of the component's imports, as its type has them.
    pub fn imports(&self) -> Vec<String> {
        let ty = self.component.component_type();
        ty.imports(self.engine.inner()).map(|(name, _)| name.to_string()).collect()
    }

    /// Whether [`crate::run`] can run it.
    pub fn is_command(&self) -> bool {
        self.exports().iter().any(|name| name.starts_with("wasi:cli/run@"))
    }

    /// Whether [`crate::serve()`] can serve it.
    pub fn is_service(&self) -> bool {
        self.service_version().is_some()
    }

    pub(crate) fn service_version(&self) -> Option<ServiceVersion> {
        let exports = self.exports();
        let has = |prefix: &str| exports.iter().any(|name| name.starts_with(prefix));
        if has("wasi:http/handler@0.3.") {
            Some(ServiceVersion::V3)
        } else if has("wasi:http/incoming-handler@0.2.") {
            Some(ServiceVersion::V2)
        } else {
            None
        }
    }
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loaded").field("exports", &self.exports()).finish_non_exhaustive()
    }
}

/// Which `wasi:http` a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ServiceVersion {
    V2,
    V3,
}

/// Everything of the component model that this wasmtime implements and a WASI 0.3 guest may use. Left out are the
/// features that wasmtime itself calls very incomplete and that no released toolchain emits (GC, memory64, threads).
fn config() -> Config {
    let mut config = Config::new();
    config
        .wasm_component_model(true)
        .wasm_component_model_async(true)
        .wasm_component_model_more_async_builtins(true)
        .wasm_component_model_async_stackful(true)
        .wasm_component_model_error_context(true)
        .wasm_component_model_map(true)
        .wasm_component_model_fixed_length_lists(true)
        .wasm_component_model_implements(true)
        .wasm_tail_call(true)
        .wasm_multi_memory(true)
        .wasm_wide_arithmetic(true)
        .cranelift_opt_level(OptLevel::Speed)
        .parallel_compilation(true)
        // A Go instance starts from a memory image of megabytes: map it, do not copy it.
        .memory_init_cow(true)
        .async_stack_zeroing(false)
        .max_wasm_stack(WASM_STACK)
        .async_stack_size(WASM_STACK + HOST_STACK);
    config
}

/// A cache that cannot be opened costs time, not correctness: say so and go on.
fn open_cache(directory: PathBuf) -> Option<Cache> {
    let mut config = CacheConfig::new();
    config.with_directory(&directory);
    match Cache::new(config) {
        Ok(cache) => Some(cache),
        Err(error) => {
            tracing::warn!("no cache of compiled code at {}: {error:#}", directory.display());
            None
        }
    }
}

/// Ends by itself when the last clone of the engine is gone.
fn start_ticking(engine: &wasmtime::Engine) -> Result<(), Error> {
    let weak = engine.weak();
    let tick = move || {
        loop {
            std::thread::sleep(TICK);
            match weak.upgrade() {
                Some(engine) => engine.increment_epoch(),
                None => return,
            }
        }
    };
    match std::thread::Builder::new().name("tenon-tick".into()).spawn(tick) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::Engine(error.to_string())),
    }
}
