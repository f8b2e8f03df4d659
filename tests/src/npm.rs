//! What comes from npm, as a folder finds it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::place::{self, Go};
use crate::process;

/// Gives a folder a `node_modules` with the packages of `tests/npm`, and the runtime of generated packages.
pub fn modules(folder: &Path) -> Result<()> {
    let root = place::root()?;
    let installed = root.join(".tools/npm/node_modules");
    ensure!(installed.is_dir(), "{} is not there: `cargo xtask setup --all` brings it", installed.display());
    let modules = folder.join("node_modules");
    fs::create_dir_all(modules.join("@tenon"))
        .with_context(|| format!("cannot make {}", modules.display()))?;
    for entry in fs::read_dir(&installed)? {
        let entry = entry?;
        link(&entry.path(), &modules.join(entry.file_name()))?;
    }
    link(&root.join("js"), &modules.join("@tenon/runtime"))
}

/// A script of a package that `modules` has put into the folder, to be run there: `node_modules/` and then the name.
pub fn script(folder: &Path, name: &str) -> Result<Command> {
    let mut command = process::command("node", folder, &Go::on_path())?;
    command.arg(folder.join("node_modules").join(name));
    Ok(command)
}

/// Makes one name for a folder mean another.
pub fn link(target: &Path, name: &Path) -> Result<()> {
    symlink(target, name).with_context(|| format!("cannot make {}", name.display()))
}

#[cfg(unix)]
use std::os::unix::fs::symlink;
#[cfg(windows)]
use std::os::windows::fs::symlink_dir as symlink;
