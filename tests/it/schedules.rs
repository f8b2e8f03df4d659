//! Random schedules of calls, cancellations and closes in Go components, checked against a model: the program `stress` of
//! tenon-host, for a few seeds. `cargo xtask stress` tries others.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use tenon_tests::{kitchens, place, process};

use crate::trial;

/// How many seeds each component gets.
const SEEDS: &str = "12";

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial("stress::random_schedules", schedules)]
}

fn schedules() -> Result<()> {
    let folder = place::scratch("stress")?;
    let mut command = Command::new(program()?);
    command.args(["--seeds", SEEDS]).args(kitchens::build(folder.path())?);
    let outcome = process::finish(command, b"")?;
    ensure!(
        outcome.code == 0 && outcome.stdout.contains(" 0 failed"),
        "one seed again: cargo xtask stress --seed N\n{}{}",
        outcome.stdout,
        outcome.stderr
    );
    Ok(())
}

/// The program, which lies with the examples of tenon-host.
fn program() -> Result<PathBuf> {
    let tenon = place::tenon()?;
    let program = tenon.with_file_name("examples").join(format!("stress{}", std::env::consts::EXE_SUFFIX));
    ensure!(
        program.is_file(),
        "{} is not there: `make test` builds it first, as does `cargo build --release -p tenon -p tenon-host --example stress`",
        program.display()
    );
    Ok(program)
}
