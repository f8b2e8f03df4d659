//! Go's module cache, written as the Go command writes what a proxy sent.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::module::{Carried, version};
use crate::files;

/// The time that the cache shows for the carried version. It is no moment: the version says which content it is.
const TIME: &str = "1980-01-01T00:00:00Z";

fn folder(module_cache: &Path) -> PathBuf {
    module_cache.join("cache").join("download").join("tenon.dev").join("go").join("@v")
}

/// Whether a version is in the cache.
pub(super) fn has(module_cache: &Path, version: &str) -> bool {
    let folder = folder(module_cache);
    ["zip", "ziphash", "mod"].iter().all(|kind| folder.join(format!("{version}.{kind}")).is_file())
}

/// Writes the module into the cache, unless it is there. The file that makes it count, `.ziphash`, comes last.
pub(super) fn install(module_cache: &Path, module: &Carried) -> Result<()> {
    let folder = folder(module_cache);
    let version = version();
    let path = |kind: &str| folder.join(format!("{version}.{kind}"));
    let hash = files::read_text_if_present(&path("ziphash"))?;
    if hash.as_deref() == Some(module.zip_hash.as_str()) && has(module_cache, version) {
        return Ok(());
    }
    let info = format!("{{\"Version\":\"{version}\",\"Time\":\"{TIME}\"}}");
    let write = |kind: &str, bytes: &[u8]| {
        files::write(&path(kind), bytes)
            .with_context(|| "cannot put the Go runtime into Go's module cache".to_string())
    };
    write("info", info.as_bytes())?;
    write("mod", module.gomod)?;
    write("zip", &module.zip)?;
    write("ziphash", module.zip_hash.as_bytes())?;
    announce(&folder.join("list"), version)
}

/// Adds the version to the list of those that there are.
fn announce(list: &Path, version: &str) -> Result<()> {
    let text = files::read_text_if_present(list)?.unwrap_or_default();
    if text.lines().any(|line| line == version) {
        return Ok(());
    }
    files::write(list, format!("{text}{version}\n").as_bytes())
}
