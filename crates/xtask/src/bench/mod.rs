//! `cargo xtask bench WHAT`: what it costs to call components.

mod calls;
mod js;
mod memory;
mod tasks;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::setup;
use crate::shell::{Root, announce, output, run as run_command};

const WORLDS: [&str; 2] = ["test", "runner"];

/// What is measured.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum What {
    /// Calls from one component to another, in one process.
    Calls,
    /// Asynchronous calls and streams from one component to another, in one process.
    Async,
    /// Strings that the host places in Go's memory, beside memory outside of Go's heap.
    Memory,
    /// Calls and streams between components and JavaScript, beside glue written by hand.
    Js,
}

pub(crate) fn run(root: &Root, what: What) -> Result<()> {
    match what {
        What::Calls => calls::run(root),
        What::Async => tasks::run(root),
        What::Memory => memory::run(root),
        What::Js => js::run(root),
    }
}

/// What makes components.
struct Tools {
    tenon: PathBuf,
    /// Where things go that are made.
    out: PathBuf,
    path: OsString,
}

impl Tools {
    fn new(root: &Root) -> Result<Tools> {
        let go = setup::go(root)?;
        announce("building the tenon command");
        run_command(root.cargo().args(["build", "--release", "--package", "tenon"]))?;
        let target = root.metadata()?.target_directory;
        let out = target.join("bench");
        fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        Ok(Tools { tenon: program(&target.join("release"), "tenon"), out, path: setup::path_with(&go)? })
    }

    /// Makes a component of a Go module, with these flags for Go.
    fn build_go(&self, folder: &Path, component: &Path, flags: &str) -> Result<()> {
        let tenon = || {
            let mut command = Command::new(&self.tenon);
            command.current_dir(folder).env("PATH", &self.path).env("GOFLAGS", flags);
            command
        };
        run_command(tenon().arg("generate"))?;
        run_command(tenon().args(["build", "-o"]).arg(component))
    }
}

/// What makes components that call each other in one process, and runs them.
struct Bench {
    folder: PathBuf,
    name: &'static str,
    tools: Tools,
    compose: PathBuf,
}

impl Bench {
    /// Builds the tools. The sources are in `bench/NAME`.
    fn new(root: &Root, name: &'static str) -> Result<Bench> {
        let tools = Tools::new(root)?;
        announce("building what composes components");
        run_command(root.cargo().args([
            "build",
            "--release",
            "--package",
            "tenon-tests",
            "--example",
            "compose",
        ]))?;
        let examples = root.metadata()?.target_directory.join("release/examples");
        Ok(Bench {
            folder: root.join("bench").join(name),
            name,
            tools,
            compose: program(&examples, "compose"),
        })
    }

    fn build_go(&self, world: &str) -> Result<()> {
        self.build_with("go", world, "")
    }

    /// Builds the Go program of a world with these flags for Go, and calls it by that name.
    fn build_with(&self, name: &str, world: &str, flags: &str) -> Result<()> {
        self.tools.build_go(&self.folder.join("go").join(world), &self.component(name, world), flags)
    }

    fn component(&self, language: &str, world: &str) -> PathBuf {
        self.tools.out.join(format!("{}-{language}-{world}.wasm", self.name))
    }

    /// What the runner says when it is composed with the other component.
    fn measure(&self, language: &str) -> Result<String> {
        let composed = self.tools.out.join(format!("{}-{language}.wasm", self.name));
        let mut compose = Command::new(&self.compose);
        compose.args(WORLDS.map(|world| self.component(language, world))).arg(&composed);
        run_command(&mut compose)?;
        output(Command::new(&self.tools.tenon).args(["run", "--invoke", "run()"]).arg(&composed))
    }
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A row as a runner says it: its name and numbers.
type Rows = Vec<(String, Vec<f64>)>;

/// Reads `"add 6.7;greet 100.6"`.
fn rows(text: &str) -> Result<Rows> {
    let inside = text.trim().trim_matches('"');
    inside.split(';').map(row).collect::<Option<Rows>>().with_context(|| format!("the runner said {text}"))
}

fn row(text: &str) -> Option<(String, Vec<f64>)> {
    let mut words = text.split(' ');
    let name = words.next()?.to_string();
    let numbers = words.map(|word| word.parse().ok()).collect::<Option<Vec<f64>>>()?;
    (!numbers.is_empty()).then_some((name, numbers))
}

/// Nanoseconds per operation of the row `name`.
fn time(rows: &Rows, name: &str) -> Option<f64> {
    rows.iter().find(|(row, _)| row == name).and_then(|(_, numbers)| numbers.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_runner_cannot_have_said_is_refused() {
        assert!(rows("\"add fast\"").is_err());
        assert!(rows("\"\"").is_err());
    }
}
