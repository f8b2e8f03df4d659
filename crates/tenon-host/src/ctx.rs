//! What a store carries: the guest's view of the world.

use crate::engine::Engine;
use crate::error::Error;
use crate::network::{Grant, HostRule};
use crate::options::{Options, Stdin};
use crate::output::{Output, Sink};
use http_body_util::BodyExt as _;
use wasmtime::component::ResourceTable;
use wasmtime::{Store, StoreLimits};
use wasmtime_wasi::p2::pipe::MemoryInputPipe;
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};
use wasmtime_wasi_http::{
    RequestOptions, WasiBody, WasiHttpCtx, WasiHttpCtxView, WasiHttpHooks, WasiHttpView, default_send_request,
};

/// The most that is copied out of a guest at once for one HTTP body. Bounds what a slow reader costs.
const BODY_CHUNK: usize = 128 * 1024;

pub(crate) struct Ctx {
    table: ResourceTable,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    hooks: Hooks,
    limits: StoreLimits,
}

impl WasiView for Ctx {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for Ctx {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { hooks: &mut self.hooks, table: &mut self.table, ctx: &mut self.http }
    }
}

/// A store for one instance.
pub(crate) fn new_store(engine: &Engine, options: &Options) -> Result<Store<Ctx>, Error> {
    let ctx = Ctx {
        table: ResourceTable::new(),
        wasi: wasi(options)?,
        http: WasiHttpCtx::new(),
        hooks: Hooks { allowed: options.network.http.clone() },
        limits: options.limits.store_limits(),
    };
    let mut store = Store::new(engine.inner(), ctx);
    store.limiter(|ctx| &mut ctx.limits);
    if engine.interruptible() {
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
    }
    Ok(store)
}

fn wasi(options: &Options) -> Result<WasiCtx, Error> {
    let mut builder = WasiCtxBuilder::new();
    builder.args(&options.args).envs(&options.env);
    for dir in &options.dirs {
        let perms = if dir.read_only { FsPerms::ReadOnly } else { FsPerms::ReadWrite };
        builder
            .preopened_dir(&dir.host, &dir.guest, perms)
            .map_err(|e| Error::Dir { path: dir.host.clone(), message: e.root_cause().to_string() })?;
    }
    options.network.apply(&mut builder);
    match &options.stdin {
        Stdin::Empty => {}
        Stdin::Inherit => {
            builder.inherit_stdin();
        }
        Stdin::Bytes(bytes) => {
            builder.stdin(MemoryInputPipe::new(bytes.clone()));
        }
    }
    match sink(&options.stdout) {
        Some(sink) => builder.stdout(sink),
        None => builder.inherit_stdout(),
    };
    match sink(&options.stderr) {
        Some(sink) => builder.stderr(sink),
        None => builder.inherit_stderr(),
    };
    Ok(builder.build())
}

/// Where output goes, or nothing for this process's own stream.
fn sink(output: &Output) -> Option<Sink> {
    match output {
        Output::Inherit => None,
        Output::StdoutLines => Some(Sink::stdout_lines()),
        Output::StderrLines => Some(Sink::stderr_lines()),
        Output::Capture(capture) => Some(Sink::Capture(capture.clone())),
        Output::Discard => Some(Sink::Discard),
    }
}

/// What this host decides about HTTP.
struct Hooks {
    allowed: Grant<HostRule>,
}

type BodyResult = Box<dyn Future<Output = Result<(), wasmtime_wasi_http::Error>> + Send>;
type SendResult = wasmtime_wasi_http::Result<(http::Response<WasiBody>, BodyResult)>;

impl WasiHttpHooks for Hooks {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _sent: BodyResult,
    ) -> Box<dyn Future<Output = SendResult> + Send> {
        let allowed = self.allows(request.uri());
        Box::new(async move {
            if !allowed {
                return Err(wasmtime_wasi_http::Error::HttpRequestDenied);
            }
            let (response, io) = default_send_request(request, options).await?;
            Ok((response.map(|body| body.boxed_unsync()), Box::new(io) as BodyResult))
        })
    }

    fn p2_outgoing_body_chunk_size(&mut self) -> usize {
        BODY_CHUNK
    }

    fn p3_outgoing_body_chunk_size(&mut self) -> usize {
        BODY_CHUNK
    }
}

impl Hooks {
    fn allows(&self, uri: &http::Uri) -> bool {
        let default_port = if uri.scheme() == Some(&http::uri::Scheme::HTTPS) { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(default_port);
        let host = uri.host().unwrap_or_default();
        self.allowed.allows(|rule| rule.matches(host, port))
    }
}
