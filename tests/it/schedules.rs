//! Random schedules of calls, cancellations and closes in Go components, checked against a model: the program `stress` of
//! tenon-host, for a few seeds. `cargo xtask stress` tries others.

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
    let mut command = Command::new(place::example("stress")?);
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
