//! WIT from the disk: a folder with `deps`, a file, or a binary.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tenon_wit::{Dep, LoadConfig, Sources, WitFile, World, decode, load};

use crate::files;
use crate::ui::{Failure, misuse};

/// Whether there is any WIT at the path: a file, or a folder with some.
pub(crate) fn has_wit(path: &Path) -> bool {
    path.is_file() || wit_files(path).is_ok_and(|files| !files.is_empty())
}

/// Reads the WIT at `path`, and picks the world.
pub(crate) fn load_world(path: &Path, config: &LoadConfig) -> Result<World> {
    let bytes = if path.is_file() { files::read(path)? } else { Vec::new() };
    if bytes.starts_with(b"\0asm") {
        return Ok(decode(&bytes)
            .and_then(|decoded| decoded.into_world(config.world))
            .map_err(Failure::from)?);
    }
    Ok(load(&read_sources(path)?, config).map_err(Failure::from)?)
}

/// Reads the WIT at `path` if there is any: a world that is named in full may come from inside Tenon alone.
pub(crate) fn read_world(path: &Path, config: &LoadConfig) -> Result<World> {
    if path.exists() || !config.world.is_some_and(|world| world.contains(':')) {
        return load_world(path, config);
    }
    Ok(load(&Sources::default(), config).map_err(Failure::from)?)
}

fn read_sources(path: &Path) -> Result<Sources> {
    if path.is_file() {
        let main = vec![read_file(path)?];
        let deps = path.parent().map(|folder| folder.join("deps"));
        return Ok(Sources { main, deps: deps.map(|d| read_deps(&d)).transpose()?.unwrap_or_default() });
    }
    if !path.exists() {
        return Err(misuse(format!("there is no WIT at {}", path.display()))
            .help("name the folder or file with `--wit`, or with `wit` in tenon.toml")
            .into());
    }
    let main = wit_files(path)?.iter().map(|file| read_file(file)).collect::<Result<_>>()?;
    Ok(Sources { main, deps: read_deps(&path.join("deps"))? })
}

/// The packages of a `deps` folder, and of those inside it.
fn read_deps(folder: &Path) -> Result<Vec<Dep>> {
    let mut deps = Vec::new();
    if !folder.is_dir() {
        return Ok(deps);
    }
    for entry in sorted_entries(folder)? {
        if entry.is_dir() {
            let files = wit_files(&entry)?.iter().map(|file| read_file(file)).collect::<Result<Vec<_>>>()?;
            deps.push(Dep::Wit(files));
            deps.extend(read_deps(&entry.join("deps"))?);
            continue;
        }
        match entry.extension().and_then(|e| e.to_str()) {
            Some("wit") => deps.push(Dep::Wit(vec![read_file(&entry)?])),
            Some("wasm") => {
                deps.push(Dep::Wasm { path: entry.display().to_string(), bytes: files::read(&entry)? });
            }
            _ => {}
        }
    }
    Ok(deps)
}

fn read_file(path: &Path) -> Result<WitFile> {
    Ok(WitFile::new(path.display().to_string(), files::read_text(path)?))
}

fn wit_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_wit = |path: &PathBuf| path.extension().is_some_and(|e| e == "wit") && path.is_file();
    Ok(sorted_entries(folder)?.into_iter().filter(is_wit).collect())
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let context = || format!("cannot read the folder {}", folder.display());
    let entries = fs::read_dir(folder).with_context(context)?;
    let mut paths =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>().with_context(context)?;
    paths.sort();
    Ok(paths)
}
