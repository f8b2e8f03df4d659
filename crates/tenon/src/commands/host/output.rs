//! A folder that belongs to a generated package: written whole, compared, and never taken from somebody else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files;
use crate::ui::refused;

/// Paths with `/`, and what the files hold.
pub(super) type Package = Vec<(String, Vec<u8>)>;

/// What to know of a kind of package to tell its files from those of its user.
pub(super) struct Kind {
    /// A file that every package has.
    pub(super) marker: &'static str,
    /// How that file begins.
    pub(super) header: &'static str,
    /// Whether a package may have had a file of this name, which goes when it is not generated any more.
    pub(super) generated: fn(&str) -> bool,
}

/// Writes the package. All files are written in full before the first is put into its place.
pub(super) fn write(folder: &Path, package: &Package, kind: &Kind) -> Result<()> {
    let old = ours(folder, kind)?;
    let mut staged = Vec::new();
    for (name, bytes) in package {
        staged.push(files::stage(&folder.join(name), bytes)?);
    }
    for file in staged {
        file.commit()?;
    }
    let new: BTreeSet<&str> = package.iter().map(|(name, _)| name.as_str()).collect();
    for name in old.iter().filter(|name| !new.contains(name.as_str())) {
        let path = folder.join(name);
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// The names of files that are not as they should be.
pub(super) fn compare(folder: &Path, package: &Package, kind: &Kind) -> Result<Vec<String>> {
    let mut different = Vec::new();
    for (name, bytes) in package {
        let path = folder.join(name);
        if !path.is_file() || files::read(&path)? != *bytes {
            different.push(name.clone());
        }
    }
    let new: BTreeSet<&str> = package.iter().map(|(name, _)| name.as_str()).collect();
    different.extend(ours(folder, kind)?.into_iter().filter(|name| !new.contains(name.as_str())));
    different.sort();
    Ok(different)
}

/// The generated files of a folder. Refuses one that holds anything but a package.
fn ours(folder: &Path, kind: &Kind) -> Result<Vec<String>> {
    files::check_target(&folder.join(kind.marker))?;
    let present = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => false,
        Err(e) => return Err(e).with_context(|| format!("cannot read the folder {}", folder.display())),
    };
    if !present {
        return Ok(Vec::new());
    }
    let marker = files::read_text_if_present(&folder.join(kind.marker))?;
    if !marker.is_some_and(|text| text.starts_with(kind.header)) {
        return Err(refused(format!("{} holds files that tenon did not write", folder.display()))
            .help("choose an empty folder, or a new one, with `-o`")
            .into());
    }
    Ok(files::walk(folder)?.into_iter().filter(|name| (kind.generated)(name)).collect())
}
