//! Runs the real Go tools over generated packages.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tenon_gen_go::{Config, Files};
use tenon_wit::{LoadConfig, Sources, World, load, wasi};

/// Where the tests' modules are said to be.
pub(crate) const ROOT: &str = "example.com/test/wit";

pub(crate) fn config() -> Config {
    Config { version: "0".into(), ..Config::new(ROOT) }
}

#[track_caller]
pub(crate) fn world(wit: &str) -> World {
    let sources = Sources::from_text("in.wit", wit);
    load(&sources, &LoadConfig { all_features: true, ..LoadConfig::default() })
        .unwrap_or_else(|e| panic!("{e}"))
}

/// Writes `files` below `dir/wit` and what else the Go tools need.
pub(crate) fn write_module(dir: &Path, files: &Files) {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../go");
    let module = format!(
        "module example.com/test\n\ngo 1.24\n\nrequire tenon.dev/go v0.0.0\n\nreplace tenon.dev/go => {}\n",
        runtime.display()
    );
    write(&dir.join("go.mod"), &module);
    for (name, text) in files {
        write(&dir.join("wit").join(name), text);
    }
}

pub(crate) fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// `gofmt -l`, `go vet` for the machine and for WebAssembly, `go build` for WebAssembly: all silent.
#[track_caller]
pub(crate) fn check_go(dir: &Path) {
    silent(dir, "gofmt", &["-l", "-d", "."], &[]);
    silent(dir, "go", &["vet", "./..."], &[]);
    let wasm = [("GOOS", "wasip1"), ("GOARCH", "wasm")];
    silent(dir, "go", &["vet", "./..."], &wasm);
    silent(dir, "go", &["build", "./..."], &wasm);
}

#[track_caller]
fn silent(dir: &Path, tool: &str, args: &[&str], env: &[(&str, &str)]) {
    let mut command = Command::new(tool);
    command
        .args(args)
        .current_dir(dir)
        .env("GOFLAGS", "-mod=mod")
        .env("GOWORK", "off")
        .envs(env.iter().copied());
    let output = command.output().unwrap_or_else(|e| panic!("{tool} is needed: {e}"));
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.is_empty(),
        "{tool} {args:?} {env:?} in {}:\n{said}",
        dir.display()
    );
}

/// A folder that goes when the test succeeds; with `KEEP=dir` it stays, below that.
pub(crate) fn scratch(name: &str) -> (PathBuf, Option<tempfile::TempDir>) {
    match std::env::var_os("KEEP") {
        Some(keep) => {
            let dir = PathBuf::from(keep).join(name);
            let _ = std::fs::remove_dir_all(&dir);
            (dir, None)
        }
        None => {
            let dir = tempfile::tempdir().unwrap();
            (dir.path().to_path_buf(), Some(dir))
        }
    }
}

/// A world with all interfaces of WASI's packages of `track`, imported or exported.
pub(crate) fn all_of_wasi(track: &str, verb: &str) -> String {
    let mut text = format!("package test:all;\nworld all-{verb}s {{\n");
    for package in wasi::packages().iter().filter(|p| p.version.starts_with(track)) {
        let sources = package.files.iter().map(|(_, text)| *text);
        for line in sources.flat_map(str::lines) {
            if let Some(rest) = line.strip_prefix("interface ") {
                let name = rest.trim_end_matches([' ', '{', '}']);
                let _ = writeln!(text, "  {verb} wasi:{}/{name}@{};", package.name, package.version);
            }
        }
    }
    text + "}\n"
}
