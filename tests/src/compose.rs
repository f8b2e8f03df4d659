//! Two components made one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeOptions, plug};

/// Fills the imports of `socket` with the exports of `plugs`.
pub fn compose(plugs: &[&Path], socket: &Path, out: &Path) -> Result<()> {
    let mut graph = CompositionGraph::new();
    let mut register = |name: String, path: &Path| -> Result<_> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let package = Package::from_bytes(&name, None, bytes, graph.types_mut())?;
        Ok(graph.register_package(package)?)
    };
    let mut plugged = Vec::new();
    for (number, path) in plugs.iter().enumerate() {
        plugged.push(register(format!("test:plug{number}"), path)?);
    }
    let socket = register("test:socket".to_string(), socket)?;
    plug(&mut graph, plugged, socket).context("the components do not fit")?;
    let bytes = graph.encode(EncodeOptions::default()).context("the composition cannot be encoded")?;
    fs::write(out, bytes).with_context(|| format!("cannot write {}", out.display()))
}
