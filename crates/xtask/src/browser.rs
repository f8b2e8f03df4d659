//! The browser that generated JavaScript packages and the example page are tested in.

use std::process::Command;

use anyhow::{Context, Result};

use crate::apt;
use crate::shell::output;

/// The browser, and the name of Debian's package.
pub(crate) const CHROMIUM: &str = "chromium";

/// Sees to it that there is a browser: where there is none, Debian's package is installed, which only root can do.
pub(crate) fn ready() -> Result<()> {
    apt::ready("pages cannot be tested", &[CHROMIUM], check)
}

fn check() -> Result<()> {
    output(Command::new(CHROMIUM).arg("--version"))
        .map(drop)
        .with_context(|| format!("there is no {CHROMIUM}"))
}
