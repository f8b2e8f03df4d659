//! The C compiler: what Go's components are tested and compared with is written in C.

use std::env;
use std::fs;
use std::io::Write;
use std::process::{self, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::apt;

/// The compiler.
pub(crate) const CLANG: &str = "clang-19";
/// What it takes to make WebAssembly of C, by the names of Debian's packages.
const PACKAGES: [&str; 4] = [CLANG, "lld-19", "wasi-libc", "libclang-rt-19-dev-wasm32"];
/// A program that the C library is needed for, and that is linked as the tests' programs are.
const SAMPLE: &[u8] =
    b"#include <stdlib.h>\n__attribute__((export_name(\"f\"))) void *f(void) { return malloc(1); }\n";

/// Sees to it that C can be compiled: where it cannot, Debian's packages are installed, which only root can do.
pub(crate) fn ready() -> Result<()> {
    apt::ready("C cannot be compiled to WebAssembly", &PACKAGES, check)
}

/// Compiles and links the sample.
fn check() -> Result<()> {
    let out = env::temp_dir().join(format!("tenon-sample-{}.wasm", process::id()));
    let mut child = Command::new(CLANG)
        .args(["--target=wasm32-wasi", "-mexec-model=reactor", "-x", "c", "-", "-o"])
        .arg(&out)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("there is no {CLANG}"))?;
    if let Some(mut input) = child.stdin.take() {
        // A compiler that does not read it says why not.
        let _ = input.write_all(SAMPLE);
    }
    let outcome = child.wait_with_output()?;
    // It is there only if all went well.
    let _ = fs::remove_file(&out);
    if !outcome.status.success() {
        bail!("{CLANG} fails: {}", String::from_utf8_lossy(&outcome.stderr).trim());
    }
    Ok(())
}
