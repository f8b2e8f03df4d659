//! Components in a browser: the example page, and Go services. What is checked is what the page shows.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;
use tenon_tests::place::{self, Go};
use tenon_tests::{case, npm, process};

use crate::trial;

/// The browser, where Debian has it.
const CHROMIUM: &str = "/usr/bin/chromium";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("browser::the_example_page_does_what_it_shows", studio),
        trial("browser::go_services_run_in_a_page", services),
        trial("browser::streams_of_bytes_are_read_in_a_page", bytes),
        trial("browser::the_example_names_what_the_tests_install", pinned),
    ]
}

/// `TENON_SCREENSHOT=docs/guide/web.png` takes the guide's picture again.
fn studio() -> Result<()> {
    let root = place::root()?;
    let scratch = place::scratch("studio")?;
    let project = scratch.path().join("web");
    place::copy(&root.join("examples/web"), &project)?;
    npm::modules(&project)?;
    run(&project, "npm", &["run", "build"])?;
    let mut arguments = vec![project.join("dist")];
    if let Some(picture) = env::var_os("TENON_SCREENSHOT") {
        arguments.push(root.join(picture));
    }
    visit(scratch.path(), "studio.mjs", &arguments)
}

fn services() -> Result<()> {
    let root = place::root()?;
    let scratch = place::scratch("services")?;
    let page = scratch.path().join("page");
    place::copy(&root.join("tests/browser/services"), &page)?;
    npm::modules(&page)?;
    let case = case::named("wasi-beyond-http")?;
    let files = case.told().find(|(argument, ..)| *argument == "files");
    fs::write(page.join("expected.txt"), files.context("nothing is said of files")?.2)?;
    let beyond = ("beyond", "tests/cases/wasi-beyond-http");
    for (name, source) in [("hello", "examples/hello-http"), ("sleepers", "tests/browser/sleepers"), beyond] {
        let component = scratch.path().join(format!("{name}.wasm"));
        let component = component.to_str().context("a name")?;
        run(&root.join(source), "tenon", &["build", "-o", component])?;
        run(&page, "tenon", &["host", "js", component, "-o", name, "--bundle"])?;
    }
    let mut vite = npm::script(&page, "vite/bin/vite.js")?;
    vite.args(["build", "--target", "es2022", "--assetsInlineLimit", "0"]);
    process::finish(vite, b"")?.ok().context("building the page")?;
    visit(scratch.path(), "services.mjs", &[page.join("dist")])
}

/// What the generator's tests do with streams under Node is done by a browser, whose streams are not Node's.
fn bytes() -> Result<()> {
    let root = place::root()?;
    let scratch = place::scratch("bytes")?;
    let page = scratch.path().join("page");
    place::copy(&root.join("tests/browser/bytes"), &page)?;
    let case = root.join("crates/tenon-gen-js/tests/cases/streams");
    fs::copy(case.join("test.mjs"), page.join("test.mjs"))?;
    let component = scratch.path().join("streams.wasm");
    fs::write(&component, wat::parse_file(case.join("component.wat"))?)?;
    let component = component.to_str().context("a name")?;
    run(&page, "tenon", &["host", "js", component, "-o", "package", "--bundle", "--instantiation", "async"])?;
    visit(scratch.path(), "bytes.mjs", &[page])
}

/// Runs a script of `tests/browser`.
pub(crate) fn visit(scratch: &Path, script: &str, arguments: &[PathBuf]) -> Result<()> {
    ensure!(
        Path::new(CHROMIUM).exists(),
        "there is no {CHROMIUM}: `cargo xtask setup` brings it, or says how to"
    );
    let scripts = scratch.join("scripts");
    fs::create_dir_all(&scripts)?;
    for name in [script, "support.mjs"] {
        fs::copy(place::root()?.join("tests/browser").join(name), scripts.join(name))?;
    }
    npm::modules(&scripts)?;
    let mut command = process::command("node", &scripts, &Go::on_path())?;
    command.arg(script).args(arguments).env("CHROMIUM", CHROMIUM);
    process::finish(command, b"")?.ok()?;
    Ok(())
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> Result<()> {
    let mut command = process::command(program, folder, &Go::on_path())?;
    command.args(arguments);
    process::finish(command, b"")?.ok().with_context(|| format!("{program} {}", arguments.join(" ")))?;
    Ok(())
}

/// What people get from npm for the example is what it is tested with.
fn pinned() -> Result<()> {
    let root = place::root()?;
    let versions = |path: &str| -> Result<Vec<(String, String)>> {
        let text = fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))?;
        let lines = text.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(": "));
        Ok(lines.map(|(name, version)| (name.to_string(), version.to_string())).collect())
    };
    let installed = versions("tests/npm/package.json")?;
    for wanted in ["typescript", "vite", "@bytecodealliance/preview2-shim", "@bytecodealliance/preview3-shim"]
    {
        let name = format!("\"{wanted}\"");
        let of = |list: &[(String, String)]| list.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone());
        let (here, there) = (of(&versions("examples/web/package.json")?), of(&installed));
        ensure!(here.is_some() && here == there, "{wanted}: {here:?} in the example, {there:?} in the tests");
    }
    Ok(())
}
