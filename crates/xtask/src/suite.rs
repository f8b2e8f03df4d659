//! `cargo xtask test`: all checks and tests, cheapest first.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::shell::{Root, announce, output, run as run_command};
use crate::{browser, clang, conformance, npm, setup, staticcheck, tidy};

/// Packages that are tested by themselves: their tests ask for more features of crates that wasmtime stands on, too, and all
/// of it would be compiled again.
const APART: [&str; 2] = ["tenon-gen-go", "tenon-tests"];

pub(crate) fn run(root: &Root) -> Result<()> {
    let started = Instant::now();
    let suite = Suite::new(root)?;
    announce("cargo fmt");
    run_command(root.cargo().args(["fmt", "--all", "--check"]))?;
    announce("gofmt");
    suite.gofmt()?;
    announce("cargo xtask tidy");
    tidy::run(root)?;
    announce("cargo clippy");
    run_command(suite.cargo().args([
        "clippy",
        "--quiet",
        "--release",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    announce("cargo build");
    suite.build()?;
    announce("tenon generate --check");
    suite.drift()?;
    announce("go vet and go test");
    suite.go_checks()?;
    announce("staticcheck");
    staticcheck::run(root, &suite.path)?;
    announce("node --test");
    suite.js_checks()?;
    announce("cargo test");
    run_command(&mut suite.tests())?;
    announce("cargo test: generated packages under other Nodes");
    suite.tests_in_javascript()?;
    announce("cargo xtask conformance js: the component model's scripts come to what is published");
    if let Some(node) = suite.nodes.last() {
        conformance::check(root, node)?;
    }
    announce("cargo test: the generator, end to end");
    run_command(&mut suite.tests_apart())?;
    println!("\nAll checks and tests passed in {}.", minutes(started.elapsed()));
    Ok(())
}

/// Runs the tests so that expected outputs are written.
pub(crate) fn bless(root: &Root) -> Result<()> {
    let suite = Suite::new(root)?;
    suite.build()?;
    run_command(suite.tests().env("BLESS", "1"))?;
    run_command(suite.tests_apart().env("BLESS", "1"))
}

struct Suite<'a> {
    root: &'a Root,
    path: OsString,
    /// The Nodes that JavaScript is run with beside the one on the path.
    nodes: Vec<PathBuf>,
}

impl<'a> Suite<'a> {
    fn new(root: &'a Root) -> Result<Suite<'a>> {
        announce("setting up");
        let go = setup::go(root)?;
        setup::matrix(root)?;
        npm::packages(root)?;
        let nodes = npm::nodes(root)?;
        for ready in [clang::ready, browser::ready] {
            if let Err(error) = ready() {
                // The tests that need it fail in the end; all others can be run.
                announce(&format!("{error:#}"));
            }
        }
        Ok(Suite { root, path: setup::path_with(&go)?, nodes })
    }

    /// Builds the command as the demo does.
    fn build(&self) -> Result<()> {
        run_command(self.cargo().args(["build", "--release", "--package", "tenon"]))
    }

    /// Cargo with Go on its path, always the same: build scripts of C code look at the path, and what they make would be
    /// compiled again after every change.
    fn cargo(&self) -> Command {
        let mut cargo = self.root.cargo();
        cargo.env("PATH", &self.path);
        cargo
    }

    /// The tests of what wasmtime is linked into, and of everything else that can be built with it.
    fn tests(&self) -> Command {
        self.cargo_test(&["--workspace", "--exclude", APART[0], "--exclude", APART[1]])
    }

    /// The generator's tests and the end-to-end tests.
    fn tests_apart(&self) -> Command {
        self.cargo_test(&["--package", APART[0], "--package", APART[1]])
    }

    fn cargo_test(&self, packages: &[&str]) -> Command {
        let mut tests = self.cargo();
        tests.args(["test", "--release", "--no-fail-fast"]).args(packages);
        tests
    }

    fn go(&self, folder: &str) -> Command {
        let mut go = self.root.command("go");
        go.current_dir(self.root.join(folder)).env("PATH", &self.path);
        go
    }

    fn gofmt(&self) -> Result<()> {
        let mut gofmt = self.root.command("gofmt");
        gofmt.env("PATH", &self.path).arg("-l").args(tidy::go_files(self.root)?);
        let badly = output(&mut gofmt)?;
        if !badly.is_empty() {
            bail!("not as gofmt would have it:\n{badly}run `gofmt -w` on them");
        }
        Ok(())
    }

    /// Whether generated code is what this version of Tenon generates.
    fn drift(&self) -> Result<()> {
        let tenon = self.tenon()?;
        for folder in tidy::generated_modules(self.root)? {
            run_command(
                Command::new(&tenon).args(["generate", "--check"]).current_dir(self.root.join(folder)),
            )?;
        }
        Ok(())
    }

    fn tenon(&self) -> Result<PathBuf> {
        let target = self.root.metadata()?.target_directory;
        Ok(target.join("release").join(format!("tenon{}", std::env::consts::EXE_SUFFIX)))
    }

    /// The runtime of generated JavaScript packages.
    fn js_checks(&self) -> Result<()> {
        let nodes = self.nodes.iter().map(PathBuf::as_path);
        for node in std::iter::once(Path::new("node")).chain(nodes) {
            run_command(self.root.command(node).arg("--test").current_dir(self.root.join("js")))?;
        }
        Ok(())
    }

    /// The generator's tests that take a Node, which have been run with the one on the path.
    fn tests_in_javascript(&self) -> Result<()> {
        for node in &self.nodes {
            let mut tests = self.tests();
            run_command(tests.args(["--test", "node", "--test", "conformance"]).env("TENON_NODE", node))?;
        }
        Ok(())
    }

    /// The Go modules of the repository, on this machine and as they are compiled for components.
    fn go_checks(&self) -> Result<()> {
        for module in tidy::go_modules(self.root)? {
            run_command(self.go(&module).args(["vet", "./..."]).env("GOOS", "wasip1").env("GOARCH", "wasm"))?;
            if module == "go" {
                run_command(self.go(&module).args(["vet", "./..."]))?;
            }
            run_command(self.go(&module).args(["test", "./..."]))?;
        }
        Ok(())
    }
}

fn minutes(time: Duration) -> String {
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}
