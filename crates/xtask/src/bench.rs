//! `cargo xtask bench calls`: what a call costs from Go to Go, beside C to C, and beside Go whose bindings are written by
//! hand for these calls alone: what that takes longer than C is the Go compiler's and allocator's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::clang::{self, CLANG};
use crate::setup;
use crate::shell::{Root, announce, output, run as run_command};

const WORLDS: [&str; 2] = ["test", "runner"];

/// What is measured.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum What {
    /// Calls from one component to another, in one process.
    Calls,
}

pub(crate) fn run(root: &Root, what: What) -> Result<()> {
    match what {
        What::Calls => calls(root),
    }
}

fn calls(root: &Root) -> Result<()> {
    clang::ready()?;
    let go = setup::go(root)?;
    announce("building the tenon command and what composes components");
    run_command(root.cargo().args(["build", "--release", "--package", "tenon"]))?;
    run_command(root.cargo().args([
        "build",
        "--release",
        "--package",
        "tenon-tests",
        "--example",
        "compose",
    ]))?;
    let target = root.metadata()?.target_directory;
    let out = target.join("bench");
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    let release = target.join("release");
    let bench = Bench {
        folder: root.join("bench/calls"),
        tenon: program(&release, "tenon"),
        compose: program(&release.join("examples"), "compose"),
        out,
        path: setup::path_with(&go)?,
    };

    announce("building the components");
    for world in WORLDS {
        bench.build_go(world)?;
        bench.build_hand(world)?;
        bench.build_c(world)?;
    }
    announce("calling");
    let c = rows(&bench.measure("c")?)?;
    let hand = rows(&bench.measure("hand")?)?;
    let go = rows(&bench.measure("go")?)?;
    print!("{}", table(&c, &hand, &go)?);
    Ok(())
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

struct Bench {
    folder: PathBuf,
    tenon: PathBuf,
    compose: PathBuf,
    out: PathBuf,
    path: std::ffi::OsString,
}

impl Bench {
    fn build_go(&self, world: &str) -> Result<()> {
        let folder = self.folder.join("go").join(world);
        let tenon = || {
            let mut command = Command::new(&self.tenon);
            command.current_dir(&folder).env("PATH", &self.path);
            command
        };
        run_command(tenon().arg("generate"))?;
        run_command(tenon().args(["build", "-o"]).arg(self.component("go", world)))
    }

    fn build_c(&self, world: &str) -> Result<()> {
        let core = self.out.join(format!("c-{world}.core.wasm"));
        run_command(
            Command::new(CLANG)
                .args(["--target=wasm32-wasi", "-mexec-model=reactor", "-O2", "-Wall", "-Wextra", "-o"])
                .arg(&core)
                .arg(self.folder.join("c").join(format!("{world}.c"))),
        )?;
        self.componentize(&core, world, &self.component("c", world))
    }

    /// Go without bindings: the stock compiler's module, and no more.
    fn build_hand(&self, world: &str) -> Result<()> {
        let core = self.out.join(format!("hand-{world}.core.wasm"));
        let mut go = Command::new("go");
        go.current_dir(self.folder.join("hand").join(world)).env("PATH", &self.path);
        go.env("GOOS", "wasip1")
            .env("GOARCH", "wasm")
            .args(["build", "-buildmode=c-shared", "-o"])
            .arg(&core)
            .arg(".");
        run_command(&mut go)?;
        self.componentize(&core, &format!("counted-{world}"), &self.component("hand", world))
    }

    fn componentize(&self, core: &Path, world: &str, component: &Path) -> Result<()> {
        let mut componentize = Command::new(&self.tenon);
        componentize.arg("componentize").arg(core).arg("--wit").arg(self.folder.join("wit"));
        run_command(componentize.args(["--world", world, "-o"]).arg(component))
    }

    fn component(&self, language: &str, world: &str) -> PathBuf {
        self.out.join(format!("{language}-{world}.wasm"))
    }

    /// What the runner says when it is composed with the other component.
    fn measure(&self, language: &str) -> Result<String> {
        let composed = self.out.join(format!("{language}.wasm"));
        let mut compose = Command::new(&self.compose);
        compose.args(WORLDS.map(|world| self.component(language, world))).arg(&composed);
        run_command(&mut compose)?;
        output(Command::new(&self.tenon).args(["run", "--invoke", "run()"]).arg(&composed))
    }
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

/// C, Go by hand and Go side by side.
fn table(c: &Rows, hand: &Rows, go: &Rows) -> Result<String> {
    let mut text = format!(
        "{:<12} {:>10} {:>12} {:>10} {:>6} {:>8}   {:>16} {:>16}\n",
        "ns per call",
        "C to C",
        "Go by hand",
        "Go to Go",
        "to C",
        "to hand",
        "caller's mallocs",
        "callee's mallocs"
    );
    for (name, numbers) in go {
        let (Some(c), Some(hand), [go, here, there]) = (time(c, name), time(hand, name), &numbers[..]) else {
            bail!("the runners do not agree about {name}");
        };
        let (to_c, to_hand) = (go / c, go / hand);
        text += &format!(
            "{name:<12} {c:>10.1} {hand:>12.1} {go:>10.1} {to_c:>6.2} {to_hand:>8.2}   {here:>16.2} {there:>16.2}\n"
        );
    }
    Ok(text)
}

/// Nanoseconds per call of the row `name`.
fn time(rows: &Rows, name: &str) -> Option<f64> {
    rows.iter().find(|(row, _)| row == name).and_then(|(_, numbers)| numbers.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_compared_row_by_row() {
        let c = rows("\"add 10.0;greet 100.5\"\n").unwrap();
        let go = rows("\"add 16.0 0.00 0.00;greet 201.0 1.00 2.00\"\n").unwrap();
        let hand = rows("\"add 8.0 0.00 0.00;greet 134.0 1.00 2.00\"\n").unwrap();
        let table = table(&c, &hand, &go).unwrap();
        assert!(table.contains("add                10.0          8.0       16.0   1.60     2.00"), "{table}");
        assert!(table.contains("2.00     1.50               1.00             2.00"), "{table}");
    }

    #[test]
    fn what_a_runner_cannot_have_said_is_refused() {
        assert!(rows("\"add fast\"").is_err());
        assert!(rows("\"\"").is_err());
        let (add, sum) = (rows("\"add 1.0 0 0\"").unwrap(), rows("\"sum 1.0 0 0\"").unwrap());
        assert!(table(&add, &add, &sum).is_err());
        assert!(table(&add, &sum, &add).is_err());
    }
}
