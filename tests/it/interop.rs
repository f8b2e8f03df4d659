//! The field's interoperability suite, Go with Go: every world of every case is built, the case is composed, and its runner
//! finds out whether the others keep what the WIT promises.
//!
//! The cases are folders of `tests/interop`, found, never listed. Their WIT says which worlds there are and, in lines that
//! begin with `//@`, how they go together.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use indexmap::IndexMap;
use libtest_mimic::Trial;
use serde::Deserialize;
use tenon_tests::place::{self, Go};
use tenon_tests::process;
use wac_graph::types::{BorrowedPackageKey, Package};
use wac_graph::{CompositionGraph, EncodeOptions, NodeId};

use crate::trial;

/// One build at a time: the worlds of all cases share most of their packages, which only Go's build cache knows.
static BUILDS: Mutex<()> = Mutex::new(());

/// A test for each case.
pub(crate) fn trials() -> Result<Vec<Trial>> {
    let mut trials = Vec::new();
    for (name, folder) in cases()? {
        let test = move || Case::read(&folder)?.run();
        trials.push(trial(&format!("interop::{name}"), test));
    }
    Ok(trials)
}

/// The folders with a `test.wit`, by name.
fn cases() -> Result<Vec<(String, PathBuf)>> {
    let folder = place::root()?.join("tests/interop");
    let mut cases = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            cases.push((name, path));
        }
    }
    cases.sort();
    Ok(cases)
}

/// A case, as the lines `//@ key = value` of its WIT describe it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The worlds beside `runner`: each is given what those after it export.
    #[serde(default = "test_only")]
    dependencies: Vec<String>,
    /// A file that says how they go together, if not like that.
    wac: Option<String>,
    /// Whether `run` is asynchronous, which makes no difference here.
    #[serde(default, rename = "async")]
    _asynchronous: bool,
    #[serde(skip)]
    folder: PathBuf,
}

fn test_only() -> Vec<String> {
    vec!["test".to_string()]
}

/// A world's component.
struct Component {
    world: String,
    bytes: Vec<u8>,
}

impl Case {
    fn read(folder: &Path) -> Result<Case> {
        let path = folder.join("test.wit");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let about: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("//@")).collect();
        let mut case: Case =
            toml::from_str(&about.join("\n")).with_context(|| format!("{}", path.display()))?;
        case.folder = folder.to_path_buf();
        for world in text.lines().filter_map(|line| line.strip_prefix("world ")) {
            let world = world.trim_end_matches(['{', ' ']);
            ensure!(
                world == "runner" || case.dependencies.iter().any(|name| name == world),
                "{}: nothing says what world {world} is for",
                path.display()
            );
        }
        Ok(case)
    }

    fn run(&self) -> Result<()> {
        let scratch = place::scratch("interop")?;
        let mut components = Vec::new();
        // What others depend on comes first, the runner last.
        for world in self.dependencies.iter().rev().map(String::as_str).chain(["runner"]) {
            components
                .push(Component { world: world.to_string(), bytes: self.build(world, scratch.path())? });
        }
        let composed = match &self.wac {
            Some(file) => compose_as_written(&self.folder.join(file), components)?,
            None => compose_in_order(components)?,
        };
        let path = scratch.path().join("composed.wasm");
        fs::write(&path, composed).with_context(|| format!("cannot write {}", path.display()))?;
        run(&path, &[])?;
        // With garbage collected all the time, what is held by an address alone does not live long.
        run(&path, &["--env", "GOGC=1"]).context("with GOGC=1")
    }

    fn build(&self, world: &str, scratch: &Path) -> Result<Vec<u8>> {
        let folder = self.folder.join(world);
        ensure!(
            folder.join("go.mod").is_file(),
            "world {world} is not implemented: there is no {}",
            folder.display()
        );
        let out = scratch.join(format!("{world}.wasm"));
        let mut command = process::command("tenon", &folder, &Go::on_path())?;
        command.arg("build").arg("-o").arg(&out);
        let turn = BUILDS.lock().unwrap_or_else(PoisonError::into_inner);
        let built = process::finish(command, b"");
        drop(turn);
        built.and_then(process::Outcome::ok).with_context(|| format!("building world {world}"))?;
        fs::read(&out).with_context(|| format!("cannot read {}", out.display()))
    }
}

/// Calls the composition's `run`.
fn run(component: &Path, arguments: &[&str]) -> Result<()> {
    let folder = component.parent().unwrap_or(component);
    let mut command = process::command("tenon", folder, &Go::on_path())?;
    command.arg("run").args(arguments).args(["--invoke", "run()"]).arg(component);
    process::finish(command, b"")?.ok()?;
    Ok(())
}

/// The composition that a `.wac` file describes. There, a world is `test:WORLD`.
fn compose_as_written(wac: &Path, components: Vec<Component>) -> Result<Vec<u8>> {
    let text = fs::read_to_string(wac).with_context(|| format!("cannot read {}", wac.display()))?;
    let named: Vec<(String, Vec<u8>)> =
        components.into_iter().map(|c| (format!("test:{}", c.world), c.bytes)).collect();
    let packages: IndexMap<_, _> = named
        .iter()
        .map(|(name, bytes)| (BorrowedPackageKey::from_name_and_version(name, None), bytes.clone()))
        .collect();
    let place = || format!("{}", wac.display());
    let document = wac_parser::Document::parse(&text).with_context(place)?;
    let resolution = document.resolve(packages).with_context(place)?;
    resolution.encode(EncodeOptions::default()).with_context(place)
}

/// Gives each component what those before it export, and exports what the last one does.
fn compose_in_order(components: Vec<Component>) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let mut offers: IndexMap<String, NodeId> = IndexMap::new();
    for component in components {
        let last = component.world == "runner";
        let name = format!("test:{}", component.world);
        let package = Package::from_bytes(&name, None, component.bytes, graph.types_mut())?;
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
