//! `tenon host js`

use std::collections::BTreeSet;

use crate::support::{Said, Sandbox, said};

const ADD: &str = r#"(component
  (core module $m
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" s32) (param "b" s32) (result s32) (canon lift (core func $i "add"))))"#;

/// Calls what it imports.
const LOGS: &str = r#"(component
  (import "shop:log/log@1.0.0" (instance $log (export "write" (func (param "line" u32)))))
  (core func $write (canon lower (func $log "write")))
  (core module $m
    (import "host" "write" (func $write (param i32)))
    (func (export "run") (param i32) (call $write (local.get 0))))
  (core instance $i (instantiate $m (with "host" (instance (export "write" (func $write))))))
  (func (export "run") (param "n" u32) (canon lift (core func $i "run"))))"#;

/// With both components.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, text) in [("add.wasm", ADD), ("logs.wasm", LOGS)] {
        sandbox.write(name, &wat::parse_str(text).expect("text"));
    }
    sandbox
}

fn files(sandbox: &Sandbox, folder: &str) -> BTreeSet<String> {
    let root = sandbox.path(folder);
    let inside = |path: std::path::PathBuf| {
        path.strip_prefix(&root).ok().map(|path| path.to_string_lossy().replace('\\', "/"))
    };
    sandbox.snapshot().into_keys().filter_map(inside).collect()
}

/// What a script prints that can import the packages of the sandbox.
fn node(sandbox: &Sandbox, script: &str) -> Said {
    said(sandbox.command("node").args(["--input-type=module", "--eval", script]))
}

#[track_caller]
fn prints(sandbox: &Sandbox, script: &str, wanted: &str) {
    assert_eq!(node(sandbox, script).expect_code(0).out, wanted, "{script}");
}

#[test]
fn a_package_is_imported_and_called() {
    let sandbox = sandbox();
    sandbox.tenon(["host", "js", "add.wasm", "-o", "add", "--bundle"]).expect_quiet();
    let mut names = files(&sandbox, "add");
    names.retain(|name| !name.starts_with("runtime/"));
    let wanted =
        ["add.core.wasm", "index.d.ts", "index.js", "instantiate.d.ts", "instantiate.js", "package.json"];
    assert!(names.iter().eq(wanted), "{names:?}");
    prints(&sandbox, "import { add } from './add/index.js'; console.log(add(2, 40));", "42\n");
    let package: serde_json::Value = serde_json::from_str(&sandbox.read("add/package.json")).expect("JSON");
    assert_eq!(package["name"], "add");
    assert_eq!(package["type"], "module");
    assert_eq!(package["exports"]["."]["types"], "./index.d.ts");
    assert!(package["dependencies"].is_null(), "it needs nothing: {package}");
}

#[test]
fn the_runtime_is_a_dependency_or_in_the_package() {
    let sandbox = sandbox();
    sandbox.tenon(["host", "js", "logs.wasm", "-o", "logs", "--instantiation", "async"]).expect_quiet();
    assert!(sandbox.read("logs/package.json").contains("\"@tenon/runtime\": \"^"));
    sandbox
        .tenon(["host", "js", "logs.wasm", "-o", "logs", "--instantiation", "async", "--bundle"])
        .expect_quiet();
    assert!(!sandbox.read("logs/package.json").contains("@tenon/runtime"));
    assert!(files(&sandbox, "logs").contains("runtime/instance.js"));
    let script = "import { instantiate } from './logs/index.js';
        const { run } = await instantiate({ 'shop:log/log': { write: (line) => console.log('line', line) } });
        run(7);";
    prints(&sandbox, script, "line 7\n");
}

#[test]
fn an_import_may_come_from_a_module() {
    let sandbox = sandbox();
    sandbox.write("log.mjs", b"export const log = { write: (line) => console.log('mapped', line) };\n");
    sandbox
        .tenon(["host", "js", "logs.wasm", "-o", "logs", "--bundle", "--map", "shop:*/log=../log.mjs#log"])
        .expect_refusal(2, &["--map", "`*`", "end"]);
    sandbox
        .tenon(["host", "js", "logs.wasm", "-o", "logs", "--bundle", "--map", "shop:log/*=../log.mjs#*"])
        .expect_quiet();
    prints(&sandbox, "import { run } from './logs/index.js'; run(3);", "mapped 3\n");
    let version = "shop:log/log@1.0.0=../log.mjs#log";
    sandbox.tenon(["host", "js", "logs.wasm", "-o", "logs", "--bundle", "--map", version]).expect_quiet();
    prints(&sandbox, "import { run } from './logs/index.js'; run(4);", "mapped 4\n");
    for bad in ["shop:log/log", "=./log.mjs", "shop:log/log=", "shop:log/log=./log.mjs#"] {
        sandbox
            .tenon(["host", "js", "logs.wasm", "-o", "logs", "--map", bad])
            .expect_refusal(2, &["--map", "interface=module#export"]);
    }
}

/// What is mapped need not be given, and may be.
#[test]
fn some_imports_may_come_from_a_module_and_some_from_the_user() {
    let sandbox = sandbox();
    let both = LOGS
        .replace(
            "(core func $write",
            "(import \"twice\" (func $twice (param \"n\" u32) (result u32)))
  (core func $twice (canon lower (func $twice)))
  (core func $write",
        )
        .replace(
            "(core module $m",
            "(core module $m
    (import \"host\" \"twice\" (func $twice (param i32) (result i32)))",
        )
        .replace("(call $write (local.get 0))", "(call $write (call $twice (local.get 0)))")
        .replace("(with \"host\" (instance", "(with \"host\" (instance (export \"twice\" (func $twice))");
    sandbox.write("both.wasm", &wat::parse_str(both).expect("text"));
    sandbox.write("log.mjs", b"export const log = { write: (line) => console.log('mapped', line) };\n");
    let map = ["host", "js", "both.wasm", "-o", "both", "--bundle", "--map", "shop:log/*=../log.mjs#*"];
    let said = sandbox.tenon(map).expect_code(0);
    assert!(said.err.contains("nothing says where twice comes from"), "{}", said.err);
    let script = "import { instantiate } from './both/index.js';
        const twice = (n) => 2 * n;
        (await instantiate({ twice })).run(4);
        (await instantiate({ twice, 'shop:log/log': { write: (line) => console.log('given', line) } })).run(5);
        await instantiate({}).catch((e) => console.log(e.message));";
    prints(&sandbox, script, "mapped 8\ngiven 10\nmissing import: twice\n");
    sandbox.tenon(map.into_iter().chain(["--instantiation", "sync"])).expect_quiet();
    let script =
        "import { instantiate } from './both/index.js'; instantiate({ twice: (n) => 3 * n }).run(4);";
    prints(&sandbox, script, "mapped 12\n");
}

/// The package is as useful as it can be, and says what it does not have.
#[test]
fn an_import_that_nobody_gives_is_named() {
    let sandbox = sandbox();
    let said = sandbox.tenon(["host", "js", "logs.wasm", "-o", "logs", "--bundle"]).expect_code(0);
    for part in ["warning: ", "shop:log/log", "instantiate", "--map", "--instantiation async"] {
        assert!(said.err.contains(part), "{part:?} is not in:\n{}", said.err);
    }
    sandbox
        .tenon(["host", "js", "logs.wasm", "-o", "logs", "--bundle", "--instantiation", "async"])
        .expect_quiet();
    sandbox
        .tenon(["host", "js", "logs.wasm", "-o", "logs", "--bundle", "--map", "shop:lock/*=./lock.js"])
        .expect_refusal(1, &["--map", "shop:lock/*", "imports shop:log/log"]);
    for (imports, message) in [
        ("", "missing import: shop:log/log"),
        (
            "{ 'shop:log/log': {} }",
            "missing import: shop:log/log: expected a function or class write, got undefined",
        ),
        (
            "{ 'shop:log/log': { write: 1 } }",
            "missing import: shop:log/log: expected a function or class write, got 1",
        ),
    ] {
        let script = format!(
            "import {{ instantiate }} from './logs/index.js';
            await instantiate({imports}).then(() => console.log('it went on'), (e) => console.log(`${{e}}`));"
        );
        prints(&sandbox, &script, &format!("TypeError: {message}\n"));
    }
}

#[test]
fn the_user_may_instantiate() {
    let sandbox = sandbox();
    sandbox.tenon(["host", "js", "add.wasm", "-o", "add", "--instantiation", "async"]).expect_code(0);
    let script = "import { instantiate } from './add/index.js';
        import { readFile } from 'node:fs/promises';
        let asked = [];
        const { add } = await instantiate({}, { getModule: (file) => { asked.push(file); } });
        console.log(add(1, 2), asked.join());
        const module = await WebAssembly.compile(await readFile('add/add.core.wasm'));
        console.log((await instantiate({}, { getModule: () => module })).add(3, 4));";
    sandbox
        .tenon(["host", "js", "add.wasm", "-o", "add", "--bundle", "--instantiation", "async"])
        .expect_quiet();
    prints(&sandbox, script, "3 add.core.wasm\n7\n");
    sandbox
        .tenon(["host", "js", "add.wasm", "-o", "add", "--bundle", "--instantiation", "sync"])
        .expect_quiet();
    let script = "import { instantiate } from './add/index.js'; console.log(instantiate().add(5, 6));";
    prints(&sandbox, script, "11\n");
    sandbox
        .tenon(["host", "js", "add.wasm", "-o", "add", "--instantiation", "later"])
        .expect_refusal(2, &["later", "async, sync"]);
}

#[test]
fn modules_and_text_may_be_elsewhere_or_nowhere() {
    let sandbox = sandbox();
    let make = |flags: &[&str]| {
        let all =
            ["host", "js", "add.wasm", "-o", "add", "--bundle"].into_iter().chain(flags.iter().copied());
        sandbox.tenon(all).expect_quiet();
        prints(&sandbox, "import { add } from './add/index.js'; console.log(add(1, 1));", "2\n");
        files(&sandbox, "add")
    };
    let plain = make(&[]);
    let read = sandbox.read("add/instantiate.js");
    assert!(plain.contains("add.core.wasm") && plain.contains("index.d.ts"));
    let base64 = make(&["--base64"]);
    assert!(!base64.iter().any(|name| name.ends_with(".wasm")), "{base64:?}");
    let bare = make(&["--no-typescript"]);
    assert!(!bare.iter().any(|name| name.ends_with(".d.ts")), "{bare:?}");
    assert!(!sandbox.read("add/package.json").contains("types"));
    make(&["--minify"]);
    let minified = sandbox.read("add/instantiate.js");
    assert!(minified.len() < read.len() && !minified.contains("/**"), "{minified}");
    assert_eq!(make(&[]), plain, "what an earlier call wrote is gone");
}

#[test]
fn a_package_has_the_name_of_its_folder_or_another() {
    let sandbox = sandbox();
    let name = |args: &[&str], folder: &str| {
        let all = ["host", "js", "add.wasm", "-o", folder].into_iter().chain(args.iter().copied());
        sandbox.tenon(all).expect_quiet();
        let package = sandbox.read(&format!("{folder}/package.json"));
        serde_json::from_str::<serde_json::Value>(&package).expect("JSON")["name"].clone()
    };
    assert_eq!(name(&[], "Sums"), "sums");
    assert_eq!(name(&["--name", "@shop/sums"], "Sums"), "@shop/sums");
    assert!(files(&sandbox, "Sums").contains("shop-sums.core.wasm"));
    assert!(!files(&sandbox, "Sums").contains("sums.core.wasm"), "the old one is gone");
    for bad in ["Two Words", ".hidden", "@shop", "@shop/", "a/b", "über", ""] {
        sandbox
            .tenon(["host", "js", "add.wasm", "-o", "sums", "--name", bad])
            .expect_refusal(2, &["not a name that npm allows"]);
    }
    sandbox
        .tenon(["host", "js", "add.wasm", "-o", "two words"])
        .expect_refusal(2, &["`two words` is not a name that npm allows", "--name"]);
}

#[test]
fn drift_is_found() {
    let sandbox = sandbox();
    let check = || sandbox.tenon(["host", "js", "add.wasm", "-o", "add", "--bundle", "--check"]);
    let said = check().expect_code(1);
    assert!(said.out.contains("index.js\n") && said.err.contains("not up to date"), "{said:?}");
    assert!(!sandbox.path("add").exists(), "nothing is written");
    sandbox.tenon(["host", "js", "add.wasm", "-o", "add", "--bundle"]).expect_quiet();
    check().expect_quiet();
    sandbox.write("add/index.d.ts", b"changed\n");
    sandbox.write("add/interfaces/old.d.ts", b"export {};\n");
    let before = sandbox.snapshot();
    assert_eq!(check().expect_code(1).out, "index.d.ts\ninterfaces/old.d.ts\n");
    assert_eq!(sandbox.snapshot(), before);
    sandbox.tenon(["host", "js", "add.wasm", "-o", "add", "--bundle"]).expect_quiet();
    check().expect_quiet();
}

#[test]
fn what_is_no_component_is_refused_and_nothing_is_written() {
    let sandbox = sandbox();
    sandbox.write("text.wasm", b"hello");
    sandbox.write("world.wit", b"package a:b;\nworld w { export run: func(); }\n");
    sandbox.write("core.wasm", &wat::parse_str("(module (func (export \"run\")))").expect("text"));
    let whole = wat::parse_str(LOGS).expect("text");
    sandbox.write("cut.wasm", &whole[..whole.len() / 2]);
    sandbox.write("long.wasm", &[&whole[..], b"\x0d\x01"].concat());
    let memory64 = "(component (core module $m (memory i64 1)) (core instance (instantiate $m)))";
    sandbox.write("memory64.wasm", &wat::parse_str(memory64).expect("text"));
    sandbox.write(
        "threads.wasm",
        &wat::parse_str("(component (core func (canon thread.index)))").expect("text"),
    );
    let before = sandbox.snapshot();
    for (file, code, parts) in [
        ("text.wasm", 1, &["text.wasm: this is not WebAssembly"][..]),
        ("world.wit", 1, &["world.wit: this is not WebAssembly", "tenon build"]),
        ("core.wasm", 1, &["core.wasm: this is a core module, not a component", "tenon componentize"]),
        ("cut.wasm", 1, &["cut.wasm: "]),
        ("long.wasm", 1, &["long.wasm: "]),
        ("memory64.wasm", 1, &["memory64.wasm: ", "memory64", "help: "]),
        ("threads.wasm", 1, &["threads.wasm: ", "the built-in thread.index", "help: "]),
        ("absent.wasm", 2, &["cannot read absent.wasm", "tenon build"]),
    ] {
        sandbox.tenon(["host", "js", file, "-o", "out"]).expect_refusal(code, parts);
        assert_eq!(sandbox.snapshot(), before, "{file}");
        assert!(!sandbox.path("out").exists(), "{file}: not even the folder is made");
    }
}

/// However short the file was cut, it is refused, and in good order.
#[test]
fn a_truncated_component_is_refused_wherever_it_ends() {
    let sandbox = Sandbox::new();
    let whole = wat::parse_str(LOGS).expect("text");
    for length in (0..whole.len()).step_by(16) {
        sandbox.write("cut.wasm", &whole[..length]);
        let said = sandbox.tenon(["host", "js", "cut.wasm", "-o", "out"]);
        // A component may end after any of its sections.
        if said.code != 0 {
            said.expect_refusal(1, &["error", "cut.wasm: "]);
            assert!(!sandbox.path("out").exists(), "{length}");
        }
        std::fs::remove_dir_all(sandbox.path("out")).ok();
    }
}

#[test]
fn files_of_others_are_left_alone() {
    let sandbox = sandbox();
    sandbox.write("src/main.js", b"mine\n");
    sandbox.write("taken", b"a file\n");
    sandbox.write("site/index.js", b"// My own page.\n");
    let before = sandbox.snapshot();
    for (folder, part) in [
        ("src", "src holds files that tenon did not write"),
        ("site", "site holds files that tenon did not write"),
        ("taken", "taken is a file, not a folder"),
        ("taken/inside", "taken is a file, not a folder"),
    ] {
        let said = sandbox.tenon(["host", "js", "add.wasm", "-o", folder]);
        assert_ne!(said.code, 0, "{folder}");
        assert!(said.err.contains(part), "{part:?} is not in:\n{}", said.err);
        assert_eq!(sandbox.snapshot(), before, "{folder}");
    }
    // What people add to a package stays.
    sandbox.tenon(["host", "js", "add.wasm", "-o", "add"]).expect_quiet();
    sandbox.write("add/README.md", b"About it.\n");
    sandbox.write("add/node_modules/other/index.js", b"installed\n");
    sandbox.tenon(["host", "js", "add.wasm", "-o", "add", "--base64"]).expect_quiet();
    assert_eq!(sandbox.read("add/README.md"), "About it.\n");
    assert_eq!(sandbox.read("add/node_modules/other/index.js"), "installed\n");
}

/// A Go component: twice the same bytes, and no more JavaScript than its functions need.
#[test]
fn a_go_component_becomes_a_small_package_always_the_same() {
    let project = Sandbox::project("plugin");
    project.tenon(["build", "-o", "greeter.wasm"]).expect_quiet();
    for folder in ["one/greeter", "two/greeter"] {
        project.tenon(["host", "js", "greeter.wasm", "-o", folder, "--bundle"]).expect_quiet();
    }
    let names = files(&project, "one/greeter");
    assert_eq!(names, files(&project, "two/greeter"));
    for name in &names {
        let read = |folder: &str| std::fs::read(project.path(folder).join(name)).expect("a file");
        assert!(read("one/greeter") == read("two/greeter"), "{name} differs");
    }
    let glue: usize =
        ["index.js", "instantiate.js"].iter().map(|f| project.read(&format!("one/greeter/{f}")).len()).sum();
    assert!(glue < 40_000, "{glue} bytes of JavaScript apart from the runtime");
}

#[test]
fn adding_takes_two_kilobytes() {
    let sandbox = sandbox();
    sandbox.tenon(["host", "js", "add.wasm", "-o", "add", "--bundle"]).expect_quiet();
    let scripts = files(&sandbox, "add").into_iter().filter(|name| name.ends_with(".js"));
    let size: usize = scripts.map(|name| sandbox.read(&format!("add/{name}")).len()).sum();
    assert!(size <= 2048, "{size} bytes of JavaScript");
}
