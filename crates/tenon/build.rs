//! Lists the files of the Go runtime module, so that the binary can carry them.
//!
//! `runtime` is a link to the module, which puts its files into the published crate. Where a checkout could not make the
//! link (Windows without the right to), the module is found where it lies in the repository.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let link = here.join("runtime");
    let module = if link.is_dir() { link } else { here.join("../../go") };
    let mut files = Vec::new();
    collect(&module, "", &mut files)?;
    files.sort();

    let mut table = String::from("&[\n");
    for (name, path) in &files {
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", path.to_string_lossy())
            .expect("a string takes all");
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("runtime_files.rs"), table)
}

/// What the Go command would put into the module's zip: all files but hidden ones, vendored ones, and nested modules.
fn collect(dir: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", dir.display());
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|n| n.to_str()).map(str::to_owned) else {
            continue;
        };
        if name.starts_with('.') || name == "vendor" {
            continue;
        }
        if path.is_dir() {
            if !path.join("go.mod").exists() {
                collect(&path, &format!("{prefix}{name}/"), files)?;
            }
        } else {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push((format!("{prefix}{name}"), fs::canonicalize(&path)?));
        }
    }
    Ok(())
}
