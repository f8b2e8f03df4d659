//! What must hold under load, proved by counting: `tests/stress/proofs`.

use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;
use tempfile::TempDir;
use tenon_tests::compose::compose;
use tenon_tests::place::{self, Go};
use tenon_tests::process;

use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for collector in ["100", "1"] {
        trials.push(trial(&format!("stress::a_thousand_tasks_share::gogc{collector}"), || shares(collector)));
        trials.push(trial(&format!("stress::sixteen_exports_wait::gogc{collector}"), || waits(collector)));
    }
    trials.push(trial("stress::twenty_thousand_imports_leave_a_small_heap", heap));
    trials
}

/// 1,000 calls at a time share a mutex, a channel and timers.
fn shares(collector: &str) -> Result<()> {
    is(collector, "share-all(1000)", 1_000)
}

/// 16 calls at a time wait for a text of a slow import, 10,000 in all.
fn waits(collector: &str) -> Result<()> {
    is(collector, "fetch-all(10000, 16)", 10_000)
}

/// After 20,000 imports of 64 KiB, less than 4 MiB are live.
fn heap() -> Result<()> {
    let bytes = called("100", "gather-all(20000)")?;
    eprintln!("live heap after 20,000 imports of 64 KiB: {} KiB", bytes >> 10);
    ensure!(bytes < 4 << 20, "{bytes} bytes are live");
    Ok(())
}

fn is(collector: &str, call: &str, expected: u64) -> Result<()> {
    let right = called(collector, call)?;
    ensure!(right == expected, "{right} results of {expected} are right");
    Ok(())
}

/// What a call of the three components gives.
fn called(collector: &str, call: &str) -> Result<u64> {
    let folder = built()?;
    let mut command = process::command("tenon", folder, &Go::on_path())?;
    command.args(["run", "--env", &format!("GOGC={collector}"), "--invoke", call, "proofs.wasm"]);
    let said = process::finish(command, b"")?.ok()?.stdout;
    said.trim().parse().with_context(|| format!("{call} gave {said:?}"))
}

/// The folder with the composed components, which are built once.
fn built() -> Result<&'static Path> {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    static BUILDING: Mutex<()> = Mutex::new(());
    let _turn = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(folder) = FOLDER.get() {
        return Ok(folder.path());
    }
    let folder = place::scratch("proofs")?;
    build(folder.path())?;
    Ok(FOLDER.get_or_init(|| folder).path())
}

fn build(out: &Path) -> Result<()> {
    let sources = place::root()?.join("tests/stress/proofs");
    for world in ["slow", "middle", "runner"] {
        let mut command = process::command("tenon", &sources.join(world), &Go::on_path())?;
        command.args(["build", "-o"]).arg(out.join(format!("{world}.wasm")));
        process::finish(command, b"")?.ok().with_context(|| format!("building {world}"))?;
    }
    let file = |name: &str| out.join(name);
    compose(&[file("slow.wasm").as_path()], &file("middle.wasm"), &file("lower.wasm"))?;
    compose(&[file("lower.wasm").as_path()], &file("runner.wasm"), &file("proofs.wasm"))
}
