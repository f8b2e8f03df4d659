//! `tenon build` and `tenon componentize`

use crate::support::Sandbox;

const GOMOD: (&str, &str) = ("go.mod", "module example.com/app\n\ngo 1.24\n");
const HELLO: (&str, &str) = ("main.go", "package main\n\nfunc main() { println(\"hello\") }\n");

#[test]
fn a_plain_program_becomes_a_command() {
    let sandbox = Sandbox::with(&[GOMOD, HELLO]);
    sandbox.tenon(["build", "-o", "out/hello.wasm"]).expect_quiet();
    let said = sandbox.tenon(["run", "out/hello.wasm"]).expect_code(0);
    assert_eq!(said.err, "hello\n");
}

#[test]
fn a_folder_of_another_module_builds_from_anywhere() {
    let sandbox = Sandbox::with(&[("app/go.mod", GOMOD.1), ("app/main.go", HELLO.1)]);
    sandbox.tenon(["build", "app"]).expect_quiet();
    assert!(sandbox.path("app.wasm").is_file());
    sandbox.tenon(["build", "./app", "-o", "x.wasm"]).expect_quiet();
    sandbox.tenon(["build"]).expect_refusal(2, &["no go.mod"]);
}

#[test]
fn what_the_compiler_says_is_passed_through() {
    let sandbox = Sandbox::with(&[GOMOD, ("main.go", "package main\n\nfunc main() { x := 1 }\n")]);
    let before = sandbox.snapshot();
    let said = sandbox.tenon(["build"]).expect_refusal(1, &["./main.go:3:15: declared and not used: x"]);
    assert!(!said.err.contains("error:"), "Go's words are enough:\n{}", said.err);
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn a_failed_build_leaves_the_last_one() {
    let sandbox = Sandbox::with(&[GOMOD, HELLO]);
    sandbox.tenon(["build", "-o", "a.wasm"]).expect_quiet();
    sandbox.write("main.go", b"package main\n\nfunc main() { nonsense }\n");
    let before = sandbox.snapshot();
    sandbox.tenon(["build", "-o", "a.wasm"]).expect_code(1);
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn bad_wit_is_found_before_the_compiler_runs() {
    let sandbox =
        Sandbox::with(&[GOMOD, HELLO, ("wit/a.wit", "package my:app;\nworld app { export nothing; }\n")]);
    sandbox
        .tenon(["build"])
        .expect_refusal(1, &["error[T0002]", "`nothing` does not exist", "wit/a.wit:2:20"]);
}

#[test]
fn a_program_that_registers_nothing_is_told_what_to_call() {
    let project = Sandbox::project("plugin");
    project.write("main.go", b"package main\n\nimport _ \"tenon.dev/go/abi\"\n\nfunc main() {}\n");
    std::fs::remove_file(project.path("main_test.go")).expect("removed");
    project.tenon(["build"]).expect_refusal(1, &["my:greeting/greeter", "help: ", "Export"]);
    assert!(!project.path("app.wasm").exists());
}

#[test]
fn stale_bindings_are_written_anew() {
    let project = Sandbox::project("plugin");
    project.tenon(["build"]).expect_quiet();
    let generated = project.path("wit/export/my/greeting/greeter/export.go");
    let text = std::fs::read_to_string(&generated).expect("there");
    std::fs::write(&generated, text.replace("Greet(", "Greeet(")).expect("written");
    project.tenon(["build"]).expect_quiet();
    assert_eq!(std::fs::read_to_string(&generated).expect("there"), text);
}

#[test]
fn a_library_brings_its_world_along() {
    let lib = "package lib\n\nimport \"example.com/lib/wit/wasi/random/v0.2/random\"\n\nfunc Bytes() []byte { return random.GetRandomBytes(8) }\n";
    let wit = "package my:lib;\nworld lib { import wasi:random/random@0.2.12; }\n";
    let mut sandbox = Sandbox::with(&[
        ("lib/go.mod", "module example.com/lib\n\ngo 1.24\n"),
        ("lib/wit/lib.wit", wit),
        ("lib/tenon.toml", "out = \"wit\"\n"),
        ("lib/lib.go", lib),
    ]);
    sandbox.enter("lib");
    sandbox.tenon(["add", "--runtime"]).expect_code(0);
    sandbox.tenon(["generate"]).expect_quiet();
    sandbox.enter("");
    sandbox.tenon(["new", "app", "--template", "cli", "--module", "example.com/app"]).expect_code(0);
    let gomod = sandbox.read("app/go.mod");
    let with_lib = format!("{gomod}\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n");
    sandbox.write("app/go.mod", with_lib.as_bytes());
    let main = "package main\n\nimport (\n\t\"fmt\"\n\n\t\"example.com/lib\"\n\t_ \"tenon.dev/go/wasicli\"\n)\n\nfunc main() { fmt.Println(len(lib.Bytes())) }\n";
    sandbox.write("app/main.go", main.as_bytes());
    sandbox.write("app/main_test.go", b"package main\n");
    sandbox.tenon(["build", "app", "-o", "app.wasm"]).expect_quiet();
    assert_eq!(sandbox.tenon(["run", "app.wasm"]).expect_code(0).out, "8\n");
}

#[test]
fn only_programs_are_built() {
    let sandbox = Sandbox::with(&[
        GOMOD,
        ("lib.go", "package lib\n"),
        ("cmd/a/main.go", HELLO.1),
        ("cmd/b/main.go", HELLO.1),
    ]);
    sandbox.tenon(["build"]).expect_refusal(1, &["is package lib, not a program"]);
    sandbox.tenon(["build", "./cmd/..."]).expect_refusal(1, &["matches 2 packages", "one program at a time"]);
    sandbox.tenon(["build", "./cmd/c"]).expect_refusal(1, &["cmd/c"]);
}

#[test]
fn a_go_that_is_absent_or_too_old_is_named() {
    let sandbox = Sandbox::with(&[GOMOD, HELLO]);
    let build = |path: std::path::PathBuf| {
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_tenon"));
        crate::support::said(command.arg("build").env("PATH", path))
    };
    build(sandbox.path("nothing")).expect_refusal(2, &["go command was not found", "1.24", "tenon doctor"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        sandbox.write("bin/go", b"#!/bin/sh\necho '{\"GOVERSION\":\"go1.22.3\",\"GOMODCACHE\":\"/x\"}'\n");
        let fake = sandbox.path("bin/go");
        std::fs::set_permissions(&fake, std::fs::Permissions::from_mode(0o755)).expect("set");
        build(sandbox.path("bin")).expect_refusal(2, &["go1.22.3 is too old", "1.24"]);
    }
}

#[test]
fn componentize_takes_any_core_module() {
    let sandbox = Sandbox::with(&[("w.wit", "package a:b; world w { export answer: func() -> u32; }")]);
    let core =
        wat::parse_str(r#"(module (func (export "answer") (result i32) i32.const 42))"#).expect("text");
    sandbox.write("core.wasm", &core);
    sandbox.tenon(["componentize", "core.wasm", "--wit", "w.wit"]).expect_quiet();
    let said = sandbox.tenon(["run", "--invoke", "answer()", "core.component.wasm"]).expect_code(0);
    assert_eq!(said.out, "42\n");

    let before = sandbox.snapshot();
    let refused = |args: &[&str], parts: &[&str]| {
        let all = ["componentize"].into_iter().chain(args.iter().copied());
        sandbox.tenon(all).expect_refusal(1, parts);
    };
    refused(&["core.component.wasm", "--wit", "w.wit"], &["already a component", "tenon run"]);
    refused(&["w.wit", "--wit", "w.wit"], &["not a WebAssembly module"]);
    refused(&["core.wasm", "--wit", "w.wit", "--world", "v"], &["no world `v`", "there is `w`"]);
    refused(&["core.wasm"], &["no world was given", "--world"]);
    sandbox
        .tenon(["componentize", "none.wasm", "--wit", "w.wit"])
        .expect_refusal(2, &["cannot read none.wasm"]);
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn core_stops_at_the_core_module() {
    let main = "package main\n\n//go:wasmexport add\nfunc add(a, b int32) int32 { return a + b }\n\nfunc main() {}\n";
    let sandbox = Sandbox::with(&[GOMOD, ("main.go", main)]);
    sandbox.tenon(["build", "--core", "-o", "plugin.wasm"]).expect_quiet();
    let said = sandbox.tenon(["inspect", "plugin.wasm"]).expect_code(0);
    assert!(said.out.starts_with("core module") && said.out.contains("  add\n"), "{}", said.out);
}
