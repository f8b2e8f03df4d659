//! A case's components made one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use indexmap::IndexMap;
use wac_graph::types::{BorrowedPackageKey, Package};
use wac_graph::{CompositionGraph, EncodeOptions, NodeId};

/// A world's component.
pub(super) struct Component<'a> {
    /// The world's name.
    pub(super) world: &'a str,
    /// The component.
    pub(super) bytes: &'a [u8],
}

/// The composition that a `.wac` file describes. There, a world is `test:WORLD`.
pub(super) fn as_written(wac: &Path, components: &[Component]) -> Result<Vec<u8>> {
    let text = fs::read_to_string(wac).with_context(|| format!("cannot read {}", wac.display()))?;
    let named: Vec<(String, &[u8])> =
        components.iter().map(|c| (format!("test:{}", c.world), c.bytes)).collect();
    let packages: IndexMap<_, _> = named
        .iter()
        .map(|(name, bytes)| (BorrowedPackageKey::from_name_and_version(name, None), bytes.to_vec()))
        .collect();
    let place = || format!("{}", wac.display());
    let document = wac_parser::Document::parse(&text).with_context(place)?;
    let resolution = document.resolve(packages).with_context(place)?;
    resolution.encode(EncodeOptions::default()).with_context(place)
}

/// Gives each component what those before it export, and exports what the last one does.
pub(super) fn in_order(components: &[Component]) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let mut offers: IndexMap<String, NodeId> = IndexMap::new();
    for (number, component) in components.iter().enumerate() {
        let last = number + 1 == components.len();
        let name = format!("test:{}", component.world);
        let package = Package::from_bytes(&name, None, component.bytes.to_vec(), graph.types_mut())?;
        let package = graph.register_package(package)?;
        let world = &graph.types()[graph[package].ty()];
        let imports: Vec<String> = world.imports.keys().cloned().collect();
        let exports: Vec<String> = world.exports.keys().cloned().collect();
        let instance = graph.instantiate(package);
        for import in imports {
            if let Some(offer) = offers.get(&import) {
                graph.set_instantiation_argument(instance, &import, *offer)?;
            }
        }
        for export in exports {
            let offer = graph.alias_instance_export(instance, &export)?;
            if last {
                graph.export(offer, &export)?;
            }
            offers.insert(export, offer);
        }
    }
    graph.encode(EncodeOptions::default()).context("the composition cannot be encoded")
}
