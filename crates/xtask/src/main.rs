//! The workspace's own chores: `cargo xtask NAME`.

mod apt;
mod bench;
mod browser;
mod clang;
mod conformance;
mod demo;
mod fuzz;
mod npm;
mod setup;
mod shell;
mod staticcheck;
mod stress;
mod suite;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use shell::Root;

/// The workspace's own chores.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Measure, and compare with others.
    Bench {
        /// What is measured.
        what: bench::What,
    },
    /// Run scripts of the component model's test suite against generated packages.
    Conformance(conformance::Args),
    /// Build the command line and a Go HTTP service with it, serve that, and call it.
    Demo,
    /// Put random worlds and random values through the Go generator.
    FuzzWit(fuzz::Args),
    /// Put Go components under load: random schedules of calls, cancellations and closes, checked against a model.
    Stress(stress::Args),
    /// Run all checks and tests.
    Test,
    /// Run staticcheck over the Go modules, the examples and generated code.
    Staticcheck,
    /// Check the invariants of the house.
    Tidy,
    /// Run the tests so that expected outputs become what they are now; read the diff before you commit it.
    Bless,
    /// Bring what this machine lacks: Go into `.tools`, and, for root on Debian, a C compiler and a browser.
    Setup {
        /// Also the Go and Node releases that the tests use, and packages from npm.
        #[arg(long)]
        all: bool,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<()> {
    let root = Root::find()?;
    match chore {
        Chore::Bench { what } => bench::run(&root, what),
        Chore::Conformance(args) => conformance::run(&root, &args),
        Chore::Demo => demo::run(&root),
        Chore::FuzzWit(args) => fuzz::run(&root, &args),
        Chore::Stress(args) => stress::run(&root, &args),
        Chore::Test => suite::run(&root),
        Chore::Staticcheck => staticcheck::run(&root, &setup::path_with(&setup::go(&root)?)?),
        Chore::Tidy => tidy::run(&root),
        Chore::Bless => suite::bless(&root),
        Chore::Setup { all } => setup::run(&root, all),
    }
}
