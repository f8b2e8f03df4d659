//! Puts WASI 0.2 and 0.3 behind a component's imports.

use crate::ctx::Ctx;
use crate::engine::Loaded;
use crate::error::Error;
use wasmtime::component::{InstancePre, Linker};

/// A component with its imports satisfied, ready to be instantiated.
pub(crate) fn link(loaded: &Loaded) -> Result<InstancePre<Ctx>, Error> {
    let linker = linker(loaded).map_err(|e| Error::Engine(format!("{e:#}")))?;
    linker.instantiate_pre(&loaded.component).map_err(|error| {
        let names = loaded.imports().into_iter().filter(|name| !offered(name)).collect();
        Error::Imports { names, message: format!("{error:#}") }
    })
}

fn linker(loaded: &Loaded) -> wasmtime::Result<Linker<Ctx>> {
    let mut linker = Linker::new(loaded.engine.inner());
    let mut unstable = wasmtime_wasi::p2::bindings::LinkOptions::default();
    unstable.network_error_code(true);
    wasmtime_wasi::p2::add_to_linker_with_options_async(&mut linker, &unstable)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    Ok(linker)
}

/// Whether an import is of a package and version that this host has. Says nothing about single functions.
fn offered(import: &str) -> bool {
    const PACKAGES: [&str; 7] = ["cli", "clocks", "filesystem", "http", "io", "random", "sockets"];
    let Some((package, rest)) = import.strip_prefix("wasi:").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let Some((_, version)) = rest.split_once('@') else { return false };
    let ours = version.starts_with("0.2.") || version == "0.3.0";
    PACKAGES.contains(&package) && ours
}

#[cfg(test)]
mod tests {
    use super::offered;

    #[test]
    fn wasi_of_our_versions_is_offered() {
        assert!(offered("wasi:cli/stdout@0.2.6"));
        assert!(offered("wasi:http/types@0.3.0"));
        assert!(!offered("wasi:http/types@0.3.0-rc-2026-01-06"));
        assert!(!offered("wasi:keyvalue/store@0.2.0"));
        assert!(!offered("acme:math/add"));
    }
}
