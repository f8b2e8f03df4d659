//! `tenon new` and `tenon add`

use crate::support::Sandbox;

/// Everything that a template promises, without a network.
#[track_caller]
fn works_at_once(template: &str) -> Sandbox {
    let project = Sandbox::project(template);
    project.go(["vet", "./..."]).expect_quiet();
    project.go(["test", "./..."]).expect_code(0);
    project.go(["mod", "verify"]).expect_code(0);
    let unformatted = crate::support::said(project.command("gofmt").args(["-l", "."])).expect_code(0);
    assert_eq!(unformatted.out, "");
    project
}

#[test]
fn an_http_project_works_at_once() {
    let project = works_at_once("http");
    project.tenon(["build"]).expect_quiet();
    assert!(project.path("app.wasm").is_file());
    let exports = project.tenon(["inspect", "app.wasm"]).expect_code(0).out;
    assert!(exports.contains("wasi:http/handler@0.3.0"), "{exports}");
}

#[test]
fn a_cli_project_works_at_once() {
    let project = works_at_once("cli");
    project.tenon(["build"]).expect_quiet();
    let said = project.tenon(["run", "app.wasm", "--shout", "gopher"]).expect_code(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("HELLO, GOPHER!\n", ""));
}

#[test]
fn a_plugin_project_works_at_once() {
    let project = works_at_once("plugin");
    project.tenon(["generate", "--check"]).expect_quiet();
    project.tenon(["build"]).expect_quiet();
    let said = project.tenon(["run", "--invoke", "greet(\"world\")", "app.wasm"]).expect_code(0);
    assert_eq!(said.out, "\"Hello, world!\"\n");
    let said = project.tenon(["run", "--invoke", "greet-all([])", "app.wasm"]).expect_code(1);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("err(\"there is nobody to greet\")\n", ""));
}

#[test]
fn a_library_project_works_at_once() {
    let project = works_at_once("library");
    project.tenon(["generate", "--check"]).expect_quiet();
    project.tenon(["build"]).expect_refusal(1, &["is package app, not a program"]);
}

#[test]
fn the_plain_go_command_builds_a_new_project() {
    let project = Sandbox::project("http");
    let mut go = project.command("go");
    go.args(["build", "-buildmode=c-shared", "-o", "plain.wasm", "."])
        .env("GOOS", "wasip1")
        .env("GOARCH", "wasm");
    crate::support::said(&mut go).expect_quiet();
}

#[test]
fn new_refuses_what_is_there_and_what_has_no_name() {
    let sandbox = Sandbox::with(&[("full/file", ""), ("file", ""), ("empty/x", "")]);
    std::fs::remove_file(sandbox.path("empty/x")).expect("removed");
    let before = sandbox.snapshot();
    sandbox.tenon(["new", "full"]).expect_refusal(1, &["the folder full is not empty", "help: "]);
    sandbox.tenon(["new", "file"]).expect_refusal(1, &["file is a file"]);
    sandbox.tenon(["new", "sp ace"]).expect_refusal(1, &["`sp ace` cannot be the name", "letters"]);
    sandbox.tenon(["new", "-- -x"]).expect_code(2);
    sandbox
        .tenon(["new", "a", "--module", "a//b"])
        .expect_refusal(1, &["`a//b` cannot be the path of a Go module"]);
    sandbox.tenon(["new", "a", "--template", "game"]).expect_refusal(2, &["http, cli, plugin, library"]);
    assert_eq!(sandbox.snapshot(), before, "nothing half-made stays");
    let said = sandbox.tenon(["new", "empty", "--module", "example.com/e"]).expect_code(0);
    assert!(said.err.contains("cd empty"), "{}", said.err);
    assert!(sandbox.read("empty/go.mod").starts_with("module example.com/e\n"));
}

#[test]
fn add_writes_a_package_and_all_that_it_uses() {
    let sandbox = Sandbox::new();
    let said = sandbox.tenon(["add", "wasi:http@0.3"]).expect_code(0);
    let added: Vec<&str> = said.out.lines().map(|line| line.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(added[0], "wasi:http@0.3.0");
    for package in ["wasi:cli@0.3.0", "wasi:clocks@0.3.0", "wasi:filesystem@0.3.0", "wasi:random@0.3.0"] {
        assert!(added.contains(&package), "{package} in {added:?}");
    }
    assert!(sandbox.read("wit/deps/wasi-http-0.3.0/package.wit").starts_with("package wasi:http@0.3.0;"));
    sandbox.tenon(["add", "wasi:http@0.3"]).expect_quiet();

    sandbox.write("wit/deps/wasi-clocks-0.3.0/package.wit", b"mine");
    let before = sandbox.snapshot();
    sandbox.tenon(["add", "wasi:sockets"]).expect_refusal(1, &["wasi-clocks-0.3.0", "--force"]);
    assert_eq!(sandbox.snapshot(), before);
    sandbox.tenon(["add", "wasi:sockets", "--force"]).expect_code(0);
    assert!(sandbox.read("wit/deps/wasi-clocks-0.3.0/package.wit").starts_with("package wasi:clocks@0.3.0;"));
}

#[test]
fn add_says_what_there_is() {
    let sandbox = Sandbox::new();
    sandbox.tenon(["add", "wasi:http@0.9"]).expect_refusal(1, &["wasi:http@0.2.12 and wasi:http@0.3.0"]);
    sandbox.tenon(["add", "shop:orders"]).expect_refusal(1, &["`shop:orders`", "wit/deps"]);
    sandbox.tenon(["add", "http"]).expect_refusal(1, &["wasi:http"]);
    let list = sandbox.tenon(["add", "--list"]).expect_code(0).out;
    assert!(list.lines().any(|line| line == "wasi:io@0.2.12"), "{list}");
}

#[test]
fn add_runtime_repairs_a_stale_requirement() {
    let project = Sandbox::project("cli");
    let good = (project.read("go.mod"), project.read("go.sum"));
    let stale: String = good.0.replace("-dev.g", "-dev.gdead");
    project.write("go.mod", stale.as_bytes());
    project.tenon(["build"]).expect_refusal(1, &["neither published nor carried", "tenon add --runtime"]);
    project.tenon(["add", "--runtime"]).expect_code(0);
    assert_eq!((project.read("go.mod"), project.read("go.sum")), good);
}

/// Development versions have no order: the Go command may prefer the one that a library was made with.
#[test]
fn a_library_of_another_build_is_linked_with_the_carried_runtime() {
    let mut sandbox = Sandbox::new();
    sandbox.tenon(["new", "shelf", "--template", "library", "--module", "example.com/shelf"]).expect_code(0);
    sandbox.tenon(["new", "app", "--template", "cli", "--module", "example.com/app"]).expect_code(0);
    let gomod = sandbox.read("app/go.mod");
    let with_shelf =
        format!("{gomod}\nrequire example.com/shelf v0.0.0\n\nreplace example.com/shelf => ../shelf\n");
    sandbox.write("app/go.mod", with_shelf.as_bytes());
    sandbox.write("app/shelf.go", b"package main\n\nimport _ \"example.com/shelf\"\n");
    let (_, hash) = gomod.trim().rsplit_once("-dev.g").expect("a development version");
    for other in ["000000000000", "ffffffffffff"] {
        for name in ["shelf/go.mod", "shelf/go.sum"] {
            let text = sandbox.read(name).replace(hash, other);
            sandbox.write(name, text.as_bytes());
        }
        sandbox.enter("app");
        if other > hash {
            sandbox.tenon(["build"]).expect_refusal(1, &["help: if a library", "tenon add --runtime"]);
        }
        sandbox.tenon(["add", "--runtime"]).expect_code(0);
        sandbox.tenon(["build"]).expect_quiet();
        sandbox.tenon(["add", "--runtime"]).expect_code(0);
        let gomod = sandbox.read("go.mod");
        assert_eq!(gomod.contains("replace tenon.dev/go => tenon.dev/go"), other > hash, "{gomod}");
        assert!(gomod.contains("require tenon.dev/go v0.1.0-dev.g"), "{gomod}");
        sandbox.enter("");
        for name in ["shelf/go.mod", "shelf/go.sum"] {
            let text = sandbox.read(name).replace(other, hash);
            sandbox.write(name, text.as_bytes());
        }
    }
}
