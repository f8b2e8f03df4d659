//! The cases as JavaScript packages: all components of a case as one, and each by itself, with JavaScript between them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tenon_tests::node::{self, Node};
use tenon_tests::place::{self, Go};
use tenon_tests::{npm, process};

use super::compose::{self, Component, Link};
use crate::browser;

/// What runs the components of a case, which may say in a file how they go together.
type Run = fn(&[Component], Option<&Path>) -> Result<()>;

/// The ways in which a case is run, by name.
pub(super) const WAYS: [(&str, Run); 2] = [("composed", composed), ("linked", linked)];

/// Runs the composition as one package: calls between its components are adapters'.
fn composed(components: &[Component], wac: Option<&Path>) -> Result<()> {
    let scratch = place::scratch("javascript")?;
    npm::modules(scratch.path())?;
    let bytes = compose::encode(&compose::graph(wac, components)?)?;
    package(scratch.path(), "runner", &bytes, &[])?;
    run(scratch.path())
}

/// Runs a package for each component: calls between them are JavaScript's.
fn linked(components: &[Component], wac: Option<&Path>) -> Result<()> {
    let scratch = place::scratch("javascript")?;
    npm::modules(scratch.path())?;
    let links = compose::links(&compose::graph(wac, components)?);
    for component in components {
        let of = links.iter().filter(|link| link.to.0 == component.world);
        let map: Vec<String> = of.map(|link| mapping(link, &links)).collect();
        package(scratch.path(), component.world, component.bytes, &map)?;
    }
    run(scratch.path())
}

/// A page with the compositions of cases as packages.
pub(super) struct Page {
    scratch: tempfile::TempDir,
}

impl Page {
    pub(super) fn new() -> Result<Page> {
        let scratch = place::scratch("worlds")?;
        let page = scratch.path().join("page");
        place::copy(&place::root()?.join("tests/browser/worlds"), &page)?;
        npm::modules(&page)?;
        fs::create_dir_all(page.join("cases"))?;
        Ok(Page { scratch })
    }

    fn folder(&self) -> PathBuf {
        self.scratch.path().join("page")
    }

    pub(super) fn add(&self, name: &str, components: &[Component], wac: Option<&Path>) -> Result<()> {
        let bytes = compose::encode(&compose::graph(wac, components)?)?;
        package(&self.folder().join("cases"), name, &bytes, &[])
    }

    /// Builds the page and has a browser run all that was added.
    pub(super) fn visit<'a>(&self, names: impl Iterator<Item = &'a str>) -> Result<()> {
        let imports: Vec<String> =
            names.map(|name| format!("  '{name}': () => import('./{name}/index.js'),\n")).collect();
        let list = format!("export const cases = {{\n{}}};\n", imports.concat());
        fs::write(self.folder().join("cases/list.mjs"), list)?;
        let mut vite = npm::script(&self.folder(), "vite/bin/vite.js")?;
        vite.args(["build", "--target", "es2022", "--assetsInlineLimit", "0"]);
        process::finish(vite, b"")?.ok().context("building the page")?;
        let arguments = [self.folder().join("dist"), imports.len().to_string().into()];
        browser::visit(self.scratch.path(), "worlds.mjs", &arguments)
    }
}

/// Where a package finds what it imports.
fn mapping(link: &Link, links: &[Link]) -> String {
    let (world, export) = &link.from;
    format!("{}=../{world}/index.js#{}", link.to.1, key(export, world, links))
}

/// What a package calls an interface or a function that its component exports. Versions of one interface are numbered.
fn key(export: &str, world: &str, links: &[Link]) -> String {
    let same = |other: &&Link| other.from.0 == world && last_part(&other.from.1) == last_part(export);
    let mut versions: Vec<&str> = links.iter().filter(same).map(|link| link.from.1.as_str()).collect();
    versions.sort_unstable();
    versions.dedup();
    let number = versions.iter().position(|version| *version == export).map_or(1, |at| at + 1);
    let name = camel(last_part(export));
    if number == 1 { name } else { format!("{name}{number}") }
}

/// `test:dep/to-test@0.1.0` is `to-test`.
fn last_part(name: &str) -> &str {
    let plain = name.split('@').next().unwrap_or(name);
    plain.rsplit('/').next().unwrap_or(plain)
}

fn camel(name: &str) -> String {
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_string();
    words.fold(first, |text, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        text + &initial.to_uppercase() + rest
    })
}

/// Makes a package of a component, as the folder of its world.
fn package(folder: &Path, world: &str, component: &[u8], map: &[String]) -> Result<()> {
    let path = folder.join(format!("{world}.wasm"));
    fs::write(&path, component).with_context(|| format!("cannot write {}", path.display()))?;
    let mut host = process::command("tenon", folder, &Go::on_path())?;
    host.args(["host", "js", "--bundle", "--no-typescript", "-o", world]).arg(&path);
    for mapping in map {
        host.arg("--map").arg(mapping);
    }
    process::finish(host, b"")?.ok()?;
    Ok(())
}

/// Imports the runner's package and calls its `run`.
fn run(folder: &Path) -> Result<()> {
    let script = "const { run } = await import('./runner/index.js'); await run();";
    for node in node::all()? {
        let once = |node: &Node| -> Result<()> {
            let mut command = process::command(&node.program, folder, &Go::on_path())?;
            command.args(["--input-type=module", "--eval", script]);
            process::finish(command, b"")?.ok()?;
            Ok(())
        };
        once(&node).with_context(|| format!("with Node {}", node.version))?;
    }
    Ok(())
}
