//! The components of `tests/stress` that are put under load.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::compose::compose;
use crate::place::{self, Go};
use crate::process;

/// What a `tenon.toml` says of goroutines that a synchronous call has made runnable.
const DRAIN: &str = "\n[build]\ndrain = true\n";

/// Builds a kitchen, a waiter above a kitchen, and both once more so that synchronous calls let goroutines run first.
pub fn build(out: &Path) -> Result<Vec<PathBuf>> {
    let mut built = Vec::new();
    for (name, settings) in [("", ""), ("draining-", DRAIN)] {
        let sources = out.join(format!("{name}sources"));
        place::copy(&place::root()?.join("tests/stress"), &sources)?;
        let kitchen = world(&sources, "kitchen", settings)?;
        let waiter = world(&sources, "waiter", settings)?;
        let alone = out.join(format!("{name}kitchen.wasm"));
        fs::rename(&kitchen, &alone).with_context(|| format!("cannot make {}", alone.display()))?;
        let both = out.join(format!("{name}waiter.wasm"));
        compose(&[alone.as_path()], &waiter, &both)?;
        built.extend([alone, both]);
    }
    Ok(built)
}

/// Builds the program of one world.
fn world(sources: &Path, world: &str, settings: &str) -> Result<PathBuf> {
    let folder = sources.join(world);
    let config = folder.join("tenon.toml");
    let text = fs::read_to_string(&config).with_context(|| format!("cannot read {}", config.display()))?;
    fs::write(&config, text + settings).with_context(|| format!("cannot write {}", config.display()))?;
    let mut command = process::command("tenon", &folder, &Go::on_path())?;
    command.args(["build", "-o", "world.wasm"]);
    process::finish(command, b"")?.ok().with_context(|| format!("building the {world}"))?;
    Ok(folder.join("world.wasm"))
}
