//! `cargo xtask stress`: Go components under random schedules, from seeds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::setup;
use crate::shell::{Root, announce, run as run_command};

/// The arguments.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// For how long.
    #[arg(long, value_name = "N", default_value_t = 1)]
    minutes: u64,

    /// The first seed.
    #[arg(long, value_name = "S", default_value_t = 1)]
    start: u64,

    /// Only this seed: how a failure is looked at again.
    #[arg(long, value_name = "X", conflicts_with_all = ["minutes", "start"])]
    seed: Option<u64>,

    /// Only plays of one kind, to find out what a failure needs.
    #[arg(long, value_name = "KIND")]
    only: Option<String>,
}

pub(crate) fn run(root: &Root, args: &Args) -> Result<()> {
    let path = setup::path_with(&setup::go(root)?)?;
    announce("building the tenon command, the host, and what composes components");
    run_command(root.cargo().args([
        "build",
        "--release",
        "--package",
        "tenon",
        "--package",
        "tenon-stress",
    ]))?;
    run_command(root.cargo().args([
        "build",
        "--release",
        "--package",
        "tenon-tests",
        "--example",
        "compose",
    ]))?;
    let target = root.metadata()?.target_directory;
    let (out, release) = (target.join("stress"), target.join("release"));
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    announce("building the kitchens");
    let (one, two) = (out.join("one.wasm"), out.join("two.wasm"));
    let mut tenon = Command::new(program(&release, "tenon"));
    tenon.current_dir(root.join("tests/stress/kitchen")).env("PATH", &path);
    run_command(tenon.args(["build", "-o"]).arg(&one))?;
    run_command(Command::new(program(&release.join("examples"), "compose")).args([&one, &one, &two]))?;
    announce("playing");
    let mut stress = Command::new(program(&release, "tenon-stress"));
    stress.arg("--cache").arg(out.join("code"));
    for (kitchens, file) in [(1, &one), (2, &two)] {
        stress.arg("--house").arg(format!("{kitchens}={}", file.display()));
    }
    match args.seed {
        Some(seed) => stress.args(["--seed", &seed.to_string()]),
        None => stress.args(["--first-seed", &args.start.to_string(), "--seconds", &seconds(args.minutes)]),
    };
    if let Some(only) = &args.only {
        stress.args(["--only", only]);
    }
    run_command(&mut stress)
}

fn seconds(minutes: u64) -> String {
    (minutes * 60).to_string()
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
