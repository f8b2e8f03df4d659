//! All of WASI, imported and exported, through the real Go tools.

#[allow(dead_code)]
mod support;

use std::fmt::Write as _;

use support::{check_go, config, scratch, world, write_module};
use tenon_gen_go::{facts, generate, stubs};
use tenon_wit::wasi;

/// A world with all interfaces of WASI's packages of `track`, imported or exported.
fn all(track: &str, verb: &str) -> String {
    let mut text = format!("package test:all;\nworld all-{verb}s {{\n");
    for package in wasi::packages().iter().filter(|p| p.version.starts_with(track)) {
        let sources = package.files.iter().map(|(_, text)| *text);
        for line in sources.flat_map(str::lines) {
            if let Some(rest) = line.strip_prefix("interface ") {
                let name = rest.trim_end_matches([' ', '{', '}']);
                let _ = writeln!(text, "  {verb} wasi:{}/{name}@{};", package.name, package.version);
            }
        }
    }
    text + "}\n"
}

#[track_caller]
fn check(name: &str, wit: &str) {
    let world = world(wit);
    let files = generate(&world, &config()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(files, generate(&world, &config()).unwrap(), "the same again");
    assert_eq!(facts(&world, &config()), facts(&world, &config()));
    let (dir, _guard) = scratch(name);
    write_module(&dir, &files);
    for (file, text) in stubs(&world, &config(), "main").unwrap() {
        support::write(&dir.join("app").join(file), &text);
    }
    check_go(&dir);
}

#[test]
fn imports_of_0_3() {
    check("imports3", &all("0.3", "import"));
}

#[test]
fn exports_of_0_3() {
    check("exports3", &all("0.3", "export"));
}

#[test]
fn imports_of_0_2() {
    check("imports2", &all("0.2", "import"));
}

#[test]
fn exports_of_0_2() {
    check("exports2", &all("0.2", "export"));
}
