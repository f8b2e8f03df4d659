//! The Node releases that packages are run with.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::place;

/// A Node release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// As in `26.10.0`, or `default` for the one that is on `PATH`.
    pub version: String,
    /// Its command.
    pub program: PathBuf,
}

/// The Node on `PATH`, and each release of `tests/node-versions`.
pub fn all() -> Result<Vec<Node>> {
    let root = place::root()?;
    let text =
        fs::read_to_string(root.join("tests/node-versions")).context("cannot read tests/node-versions")?;
    let mut nodes = vec![Node { version: "default".into(), program: "node".into() }];
    for version in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let program = root.join(format!(".tools/node-{version}/node_modules/.bin/node"));
        if !program.is_file() {
            bail!("Node {version} is not in .tools: `cargo xtask setup --all` brings it");
        }
        nodes.push(Node { version: version.to_string(), program });
    }
    Ok(nodes)
}
