//! Files, written whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

use crate::ui::{Report, misuse};

/// Reads a file, with its name in the error.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    match fs::read(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Err(absent(path).into()),
        other => other.with_context(|| format!("cannot read {}", path.display())),
    }
}

fn absent(path: &Path) -> Report {
    let report = misuse(format!("cannot read {}: there is no such file", path.display()));
    match path.extension() {
        Some(wasm) if wasm == "wasm" => {
            report.help("check the name, or make a component with `tenon build -o NAME.wasm`")
        }
        _ => report.help("check the name, and the folder that it is looked for in"),
    }
}

/// Reads a text file.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    let bytes = read(path)?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", path.display()))
}

/// Reads a text file if there is one.
pub(crate) fn read_text_if_present(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Writes a file by way of a temporary one beside it, so that nobody ever sees half of it. Makes the folders.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    stage(path, bytes)?.commit()
}

/// That a file can be there, as far as names go: nothing above it is a file, and it is no folder. What takes a while to make
/// is worth asking first.
pub(crate) fn check_target(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(misuse(format!("cannot write {}: it is a folder", path.display()))
            .help("name a file in it, or choose another name")
            .into());
    }
    match path.ancestors().skip(1).find(|folder| folder.is_file()) {
        Some(file) => Err(misuse(format!(
            "cannot write {}: {} is a file, not a folder",
            path.display(),
            file.display()
        ))
        .help("name a folder, or move the file away")
        .into()),
        None => Ok(()),
    }
}

/// A file that is written but not yet in its place.
#[derive(Debug)]
pub(crate) struct Staged {
    file: NamedTempFile,
    target: PathBuf,
}

impl Staged {
    /// Puts the file into its place.
    pub(crate) fn commit(self) -> Result<()> {
        let target = self.target;
        self.file.persist(&target).map_err(|e| e.error).with_context(|| cannot_write(&target))?;
        Ok(())
    }
}

/// Writes everything but the last step, so that several files can be put into place together.
pub(crate) fn stage(path: &Path, bytes: &[u8]) -> Result<Staged> {
    check_target(path)?;
    let dir = match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let file = temporary_in(dir).with_context(|| cannot_write(path))?;
    file.as_file().write_all(bytes).with_context(|| cannot_write(path))?;
    Ok(Staged { file, target: path.to_path_buf() })
}

/// Temporary files are private by default; what they become should be as any other new file.
fn temporary_in(dir: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tenon-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(dir)
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// All files below a folder, as paths relative to it with `/` between the parts, in order.
pub(crate) fn walk(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    walk_into(root, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn walk_into(dir: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    let entries = match fs::read_dir(dir) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        other => other.with_context(|| format!("cannot read the folder {}", dir.display()))?,
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read the folder {}", dir.display()))?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if entry.path().is_dir() {
            walk_into(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else {
            found.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
