//! `kitchens OUT`: builds the components that `cargo xtask stress` puts under load, and prints where they are.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let out = PathBuf::from(env::args_os().nth(1).context("usage: kitchens OUT")?);
    if out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
    }
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    for component in tenon_tests::kitchens::build(&out)? {
        println!("{}", component.display());
    }
    Ok(())
}
