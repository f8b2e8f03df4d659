//! From WIT to a component, by the crates that the `tenon` command is made of and the stock Go compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tenon_gen_go::{Config, Files, generate, stubs};
use tenon_wit::{LoadConfig, Sources, WitFile, World, load};
use wasmtime::error::Context as _;
use wasmtime::{Result, ensure, format_err};

use crate::{guest, world};

const MODULE: &str = "example.com/values";

/// Builds the guest of some seeds in the folder `dir`, where all that was made on the way stays.
pub(crate) fn build(seeds: &[u64], dir: &Path) -> Result<Vec<u8>> {
    let wit = world::wit(seeds);
    write(&dir.join("in.wit"), &wit)?;
    let world = read(&Sources::from_text("in.wit", wit), world::WORLD)?;
    write_module(&world, dir)?;
    let core = go_build(dir)?;
    go_vet(dir)?;
    let config = tenon_componentize::Config { libraries: vec![runtime_world()?], ..Default::default() };
    let component = tenon_componentize::componentize(&core, &world, &config)?;
    fs::write(dir.join("guest.wasm"), &component)?;
    Ok(component)
}

fn read(sources: &Sources, world: &str) -> Result<World> {
    let config = LoadConfig { world: Some(world), ..LoadConfig::default() };
    load(sources, &config).map_err(|errors| format_err!("{errors}"))
}

/// The folder of the Go runtime.
fn runtime() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../go")
}

/// What the runtime itself imports.
fn runtime_world() -> Result<World> {
    let folder = runtime().join("worlds");
    let mut main = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        main.push(WitFile::new(path.display().to_string(), fs::read_to_string(&path)?));
    }
    main.sort_by(|a, b| a.path.cmp(&b.path));
    read(&Sources { main, deps: Vec::new() }, "runtime")
}

fn write_module(world: &World, dir: &Path) -> Result<()> {
    let root = format!("{MODULE}/wit");
    let config = Config::new(&root);
    let bindings = generate(world, &config).map_err(|errors| format_err!("{errors}"))?;
    let stubs = stubs(world, &config, "main").map_err(|errors| format_err!("{errors}"))?;
    let program = guest::with_bodies(&stubs, &bindings, &root)?;
    write_all(&dir.join("wit"), &bindings)?;
    write_all(dir, &program)?;
    let module = format!(
        "module {MODULE}\n\ngo 1.24\n\nrequire tenon.dev/go v0.0.0\n\nreplace tenon.dev/go => {}\n",
        runtime().display()
    );
    write(&dir.join("go.mod"), &module)
}

fn write_all(dir: &Path, files: &Files) -> Result<()> {
    files.iter().try_for_each(|(name, text)| write(&dir.join(name), text))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// As `tenon build` does.
fn go_build(dir: &Path) -> Result<Vec<u8>> {
    let options = ["-buildmode=c-shared", "-ldflags=-s -w", "-o", "core.wasm", "."];
    let said = run(dir, "go", &[&["build"], &options[..]].concat())?;
    ensure!(said.is_empty(), "{said}");
    Ok(fs::read(dir.join("core.wasm"))?)
}

/// These names and types are stranger than those of other tests, so what Go thinks of the text is asked here, too.
fn go_vet(dir: &Path) -> Result<()> {
    let unformatted = run(dir, "gofmt", &["-l", "wit"])?;
    ensure!(unformatted.is_empty(), "gofmt would change\n{unformatted}");
    // Addresses that the host wrote are numbers, which vet cannot know.
    let said = run(dir, "go", &["vet", "./..."])?;
    ensure!(said.is_empty(), "{said}");
    Ok(())
}

fn run(dir: &Path, program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(program);
    command.current_dir(dir).args(arguments);
    command
        .env("GOOS", "wasip1")
        .env("GOARCH", "wasm")
        .env("GOFLAGS", "-mod=mod -trimpath")
        .env("GOWORK", "off");
    let output = command.output().with_context(|| format!("{program} is needed"))?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    ensure!(output.status.success(), "`{program} {}` failed:\n{said}", arguments[0]);
    Ok(said)
}
