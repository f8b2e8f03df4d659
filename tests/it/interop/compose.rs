//! A case's components made one, or told which of them gives what to whom.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use indexmap::IndexMap;
use wac_graph::types::{BorrowedPackageKey, Package};
use wac_graph::{CompositionGraph, EncodeOptions, NodeId, NodeKind};

/// A world's component.
pub(super) struct Component<'a> {
    /// The world's name.
    pub(super) world: &'a str,
    /// The component.
    pub(super) bytes: &'a [u8],
}

/// How the components of a case go together: as a `.wac` file says, or one after the other.
pub(super) fn graph(wac: Option<&Path>, components: &[Component]) -> Result<CompositionGraph> {
    match wac {
        Some(file) => as_written(file, components),
        None => in_order(components),
    }
}

/// The composition, as one component.
pub(super) fn encode(graph: &CompositionGraph) -> Result<Vec<u8>> {
    graph.encode(EncodeOptions::default()).context("the composition cannot be encoded")
}

/// The composition that a `.wac` file describes. There, a world is `test:WORLD`.
fn as_written(wac: &Path, components: &[Component]) -> Result<CompositionGraph> {
    let text = fs::read_to_string(wac).with_context(|| format!("cannot read {}", wac.display()))?;
    let named: Vec<(String, &[u8])> = components.iter().map(|c| (package_of(c.world), c.bytes)).collect();
    let packages: IndexMap<_, _> = named
        .iter()
        .map(|(name, bytes)| (BorrowedPackageKey::from_name_and_version(name, None), bytes.to_vec()))
        .collect();
    let place = || format!("{}", wac.display());
    let document = wac_parser::Document::parse(&text).with_context(place)?;
    let resolution = document.resolve(packages).with_context(place)?;
    Ok(resolution.into_graph())
}

/// Gives each component what those before it export, and exports what the last one does.
fn in_order(components: &[Component]) -> Result<CompositionGraph> {
    let mut graph = CompositionGraph::new();
    let mut offers: IndexMap<String, NodeId> = IndexMap::new();
    for (number, component) in components.iter().enumerate() {
        let last = number + 1 == components.len();
        let name = package_of(component.world);
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
    Ok(graph)
}

fn package_of(world: &str) -> String {
    format!("test:{world}")
}

/// What a component is given by another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The world that imports something, and what.
    pub(super) to: (String, String),
    /// The world that exports it, and what it is called there.
    pub(super) from: (String, String),
}

/// What each component is given by others. Types that stand in a world are left out: only validators ask for them.
pub(super) fn links(graph: &CompositionGraph) -> Vec<Link> {
    let mut links = Vec::new();
    for node in graph.node_ids() {
        let Some(to) = world_of(graph, node) else { continue };
        for (import, argument) in graph.get_instantiation_arguments(node) {
            let Some((source, export)) = graph.get_alias_source(argument) else { continue };
            if let Some(from) = world_of(graph, source) {
                links.push(Link { to: (to.clone(), import.to_string()), from: (from, export.to_string()) });
            }
        }
    }
    links
}

/// The world of an instance.
fn world_of(graph: &CompositionGraph, node: NodeId) -> Option<String> {
    if !matches!(graph[node].kind(), NodeKind::Instantiation(_)) {
        return None;
    }
    let package = &graph[graph[node].package()?];
    package.name().strip_prefix("test:").map(str::to_string)
}
