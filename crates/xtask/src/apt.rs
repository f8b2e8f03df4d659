//! Debian's packages, for root on Debian: what `.tools` cannot hold.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::shell::{announce, answers, output, run as run_command};

/// Sees to it that `check` succeeds: where it does not, Debian's packages are installed, which only root can do. `lacking` says what
/// does not work without them.
pub(crate) fn ready(lacking: &str, packages: &[&str], check: fn() -> Result<()>) -> Result<()> {
    let Err(error) = check() else { return Ok(()) };
    let how = format!("on Debian: apt-get install {}", packages.join(" "));
    if !answers("apt-get", "--version") || !root() {
        return Err(error.context(format!("{lacking} here; {how}")));
    }
    announce(&format!("installing {}", packages.join(", ")));
    install(packages).with_context(|| how.clone())?;
    check().with_context(|| format!("{lacking} even now; {how}"))
}

/// Whether this process may install packages.
fn root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "Dpkg::Use-Pty=0"]);
        // What it says is not what this program is asked for.
        apt.stdout(Stdio::null());
        apt
    };
    run_command(apt().arg("update"))?;
    run_command(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}
