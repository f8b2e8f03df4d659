//! The carried module: its files, its version, its zip.

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::MODULE;
use super::hash;

/// The version under which the module in this tree was published, set by the commit that releases it. In between, the
/// version is made from the content, so that it never says two things in one module cache.
const PUBLISHED: Option<&str> = None;
/// What the next release will be called, at least.
const NEXT: &str = "v0.1.0";

/// The files, by path, in order.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/runtime_files.rs"));

/// A module as a proxy serves it.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    /// `go.mod`
    pub(crate) gomod: &'static [u8],
    /// The zip of all files.
    pub(crate) zip: Vec<u8>,
    /// The `h1:` hash of the zip's files.
    pub(crate) zip_hash: String,
    /// The `h1:` hash of `go.mod`.
    pub(crate) mod_hash: String,
}

/// The version of the carried module.
pub(crate) fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| match PUBLISHED {
        Some(version) => version.to_string(),
        None => development_version(FILES),
    });
    &VERSION
}

/// The carried module.
pub(crate) fn carried() -> &'static Carried {
    static CARRIED: LazyLock<Carried> = LazyLock::new(|| pack(FILES, version()));
    &CARRIED
}

/// Whether the module has a folder with files; its name ends with `/`.
pub(super) fn has_folder(folder: &str) -> bool {
    FILES.iter().any(|(name, _)| name.starts_with(folder))
}

/// A version that changes with the content. The letter keeps an all-digit hash with a leading zero from being no version.
fn development_version(files: &[(&str, &[u8])]) -> String {
    let mut content = Sha256::new();
    for (name, bytes) in files {
        content.update(Sha256::digest(name.as_bytes()));
        content.update(Sha256::digest(bytes));
    }
    let hex: String = content.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{NEXT}-dev.g{hex}")
}

fn pack(files: &'static [(&'static str, &'static [u8])], version: &str) -> Carried {
    let named = |name: &str| format!("{MODULE}@{version}/{name}");
    let gomod = files.iter().find(|(name, _)| *name == "go.mod").map_or(&[][..], |(_, bytes)| bytes);
    Carried {
        gomod,
        zip: zipped(files, named).expect("memory takes what is written"),
        zip_hash: hash::h1(files.iter().map(|(name, bytes)| (named(name), *bytes))),
        mod_hash: hash::h1([("go.mod".to_string(), gomod)]),
    }
}

/// The same bytes for the same files: no clock, no permissions, no order but that of the names.
fn zipped(files: &[(&str, &[u8])], named: impl Fn(&str) -> String) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(named(name), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_is_inside() {
        let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert!(names.contains(&"go.mod") && names.contains(&"wit/doc.go"), "{names:?}");
        assert!(names.is_sorted());
        assert!(carried().gomod.starts_with(b"module tenon.dev/go\n"));
    }

    #[test]
    fn the_version_follows_the_content() {
        let (a, b) = (development_version(&[("a", b"x")]), development_version(&[("a", b"y")]));
        assert_ne!(a, b);
        assert_ne!(development_version(&[("ab", b"")]), development_version(&[("a", b"b")]));
        assert!(a.starts_with("v0.1.0-dev.g") && a.len() == "v0.1.0-dev.g".len() + 12);
    }

    #[test]
    fn packing_twice_gives_the_same_bytes() {
        let again = pack(FILES, version());
        assert_eq!(again.zip, carried().zip);
        assert!(again.zip_hash.starts_with("h1:") && again.zip_hash.ends_with('='));
    }
}
