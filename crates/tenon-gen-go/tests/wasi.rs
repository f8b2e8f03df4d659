//! All of WASI, imported and exported, through the real Go tools.

#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[allow(dead_code)]
mod support;

use support::{all_of_wasi, check_go, config, scratch, world, write_module};
use tenon_gen_go::{facts, generate, stubs};

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
    check("imports3", &all_of_wasi("0.3", "import"));
}

#[test]
fn exports_of_0_3() {
    check("exports3", &all_of_wasi("0.3", "export"));
}

#[test]
fn imports_of_0_2() {
    check("imports2", &all_of_wasi("0.2", "import"));
}

#[test]
fn exports_of_0_2() {
    check("exports2", &all_of_wasi("0.2", "export"));
}
