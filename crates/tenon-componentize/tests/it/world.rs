//! Worlds merged, versions unified, and what does not fit.

use crate::support::{core_names, externs, main_module, wat, world};
use tenon_componentize::{Adapter, Config, Error, componentize, embedded_world};

const CLOCK: &str = "interface clock { resource instant { age: func() -> u64; } now: func() -> instant; wait: async func(ns: u64); }";

fn package(version: &str, more: &str) -> String {
    format!("package dep:dep@{version} {{ {CLOCK} {more} }}")
}

fn config(libraries: Vec<tenon_wit::World>) -> Config {
    Config { libraries, ..Config::default() }
}

#[test]
fn only_what_is_used_is_imported() {
    let world = world(&format!(
        "package a:b; interface idle {{ f: func(); }} world w {{ import idle; import dep:dep/clock@1.0.0; export run: func(); }} {}",
        package("1.0.0", "")
    ));
    let module =
        wat(r#"(module (import "dep:dep/clock@1.0.0" "[method]instant.age" (func (param i32) (result i64)))
        (import "dep:dep/clock@1.0.0" "[resource-drop]instant" (func (param i32)))
        (func (export "run")))"#);
    let component = componentize(&module, &world, &Config::default()).expect("it is componentized");
    assert_eq!(externs(&component, false), ["dep:dep/clock@1.0.0"]);
}

#[test]
fn a_library_brings_imports_but_no_exports() {
    let library = world(&format!(
        "package lib:lib; interface serve {{ f: func(); }} world l {{ import dep:dep/clock@1.0.0; export serve; }} {}",
        package("1.0.0", "")
    ));
    let world = world("package a:b; world w { export run: func(); }");
    let module = wat(r#"(module (import "dep:dep/clock@1.0.0" "now" (func (result i32)))
        (import "[export]lib:lib/serve" "[task-return]f" (func $return))
        (func (export "run"))
        (func (export "[async-lift]lib:lib/serve#f") (result i32) (call $return) i32.const 0)
        (func (export "[callback][async-lift]lib:lib/serve#f") (param i32 i32 i32) (result i32) i32.const 0)
        (func (export "lib:lib/serve#[dtor]r") (param i32))
        (func (export "cabi_post_lib:lib/serve#f") (param i32)))"#);
    let component = componentize(&module, &world, &config(vec![library])).expect("it is componentized");
    assert_eq!(externs(&component, false), ["dep:dep/clock@1.0.0"]);
    assert_eq!(externs(&component, true), ["run"]);
    assert_eq!(core_names(&main_module(&component)).1, ["run"]);
}

#[test]
fn compatible_versions_become_the_newest() {
    let library = world(&format!(
        "package lib:lib; world l {{ import dep:dep/clock@1.0.2; }} {}",
        package("1.0.2", "")
    ));
    let world = world(&format!(
        "package a:b; world w {{ import dep:dep/clock@1.0.0; export run: func(); }} {}",
        package("1.0.0", "")
    ));
    let module = wat(r#"(module (import "dep:dep/clock@1.0.0" "now" (func (result i32)))
        (import "dep:dep/clock@1.0.2" "now" (func (result i32)))
        (import "dep:dep/clock@1.0.1" "[async-lower]wait" (func (param i64) (result i32)))
        (func (export "run")))"#);
    for libraries in [vec![library.clone()], vec![library.clone(), library]] {
        let component = componentize(&module, &world, &config(libraries)).expect("it is componentized");
        assert_eq!(externs(&component, false), ["dep:dep/clock@1.0.2"]);
    }
}

/// The program's interface uses types of the older version, its library imports the newer.
#[test]
fn exports_follow_their_types_to_the_newest() {
    let types = "interface types { record point { x: u32 } }";
    let shapes = "interface shapes { use types.{point}; norm: func(p: point) -> u32; }";
    let new = format!(
        "package dep:dep@0.3.2 {{ {types} interface user {{ use types.{{point}}; draw: func(p: point); }} }}"
    );
    let library = world(&format!("package lib:lib; world l {{ import dep:dep/user@0.3.2; }} {new}"));
    let old = format!("package dep:dep@0.3.0 {{ {types} {shapes} }}");
    let world = world(&format!("package a:b; world w {{ export dep:dep/shapes@0.3.0; }} {old}"));
    let module = wat(r#"(module (import "dep:dep/user@0.3.2" "draw" (func (param i32)))
        (func (export "dep:dep/shapes@0.3.0#norm") (param i32) (result i32) local.get 0))"#);
    let component = componentize(&module, &world, &config(vec![library])).expect("it is componentized");
    assert_eq!(externs(&component, true), ["dep:dep/shapes@0.3.0"]);
    let imports = externs(&component, false);
    assert!(imports.contains(&"dep:dep/user@0.3.2".to_owned()), "{imports:?}");
}

#[test]
fn exports_of_a_compatible_version_are_renamed() {
    let world = world(
        "package a:b; world w { export dep:dep/handler@0.3.2; } package dep:dep@0.3.2 { interface handler { resource r { constructor(); } handle: async func() -> string; make: func() -> string; } }",
    );
    let module = wat(r#"(module
        (import "[export]dep:dep/handler@0.3.0" "[task-return]handle" (func (param i32 i32)))
        (import "[export]dep:dep/handler@0.3.0" "[resource-new]r" (func (param i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
        (func (export "dep:dep/handler@0.3.0#[constructor]r") (result i32) unreachable)
        (func (export "dep:dep/handler@0.3.0#[dtor]r") (param i32))
        (func (export "[async-lift]dep:dep/handler@0.3.0#handle") (result i32) unreachable)
        (func (export "[callback][async-lift]dep:dep/handler@0.3.0#handle") (param i32 i32 i32) (result i32) unreachable)
        (func (export "dep:dep/handler@0.3.0#make") (result i32) unreachable)
        (func (export "cabi_post_dep:dep/handler@0.3.0#make") (param i32)))"#);
    let component = componentize(&module, &world, &Config::default()).expect("it is componentized");
    assert_eq!(externs(&component, true), ["dep:dep/handler@0.3.2"]);
    let (_, exports) = core_names(&main_module(&component));
    assert!(exports.iter().all(|export| !export.contains("0.3.0")), "{exports:?}");
    assert!(exports.contains(&"cabi_post_dep:dep/handler@0.3.2#make".to_owned()), "{exports:?}");
}

#[test]
fn a_missing_export_says_what_to_call() {
    let world = world(
        "package a:b; world w { export dep:dep/request-handler@0.3.0; } package dep:dep@0.3.0 { interface request-handler { handle: async func(); } }",
    );
    let error = componentize(&wat("(module)"), &world, &Config::default()).expect_err("it is refused");
    let expected = Error::MissingExport {
        interface: Some("dep:dep/request-handler@0.3.0".to_owned()),
        function: "handle".to_owned(),
    };
    assert_eq!(error, expected);
    assert_eq!(
        error.to_string(),
        "the world exports `dep:dep/request-handler@0.3.0`, but the program does not export its function `handle`"
    );
    let help = error.help().expect("help");
    assert!(help.contains("`requesthandler.Export(...)` in an init function"), "{help}");
}

/// A companion of a function is not the function.
#[test]
fn a_callback_is_no_export() {
    let world = world("package a:b; world w { export run: async func(); }");
    let module = wat(
        r#"(module (func (export "[callback][async-lift]run") (param i32 i32 i32) (result i32) unreachable))"#,
    );
    let error = componentize(&module, &world, &Config::default()).expect_err("it is refused");
    assert_eq!(error, Error::MissingExport { interface: None, function: "run".to_owned() });
}

fn import_error(module: &str, world: &tenon_wit::World) -> Error {
    componentize(&wat(module), world, &Config::default()).expect_err("it is refused")
}

#[test]
fn an_import_that_the_world_lacks_is_named() {
    let world =
        world(&format!("package a:b; world w {{ import dep:dep/clock@1.0.0; }} {}", package("1.0.0", "")));
    let absent = import_error(r#"(module (import "other:pkg/thing@1.0.0" "[async-lower]f" (func)))"#, &world);
    assert_eq!(
        absent.to_string(),
        "the program imports `[async-lower]f` of `other:pkg/thing@1.0.0`, which its world does not import"
    );
    assert!(absent.help().expect("help").contains("add `import other:pkg/thing@1.0.0;` to the world"));

    let version =
        import_error(r#"(module (import "dep:dep/clock@2.0.0" "now" (func (result i32))))"#, &world);
    assert!(version.help().expect("help").contains("`dep:dep/clock@1.0.0`"), "{version:?}");

    let function =
        import_error(r#"(module (import "dep:dep/clock@1.0.0" "later" (func (result i32))))"#, &world);
    assert!(
        matches!(function, Error::ImportNotInWorld { ref field, .. } if field == "later"),
        "{function:?}"
    );

    let method = import_error(
        r#"(module (import "dep:dep/clock@1.0.0" "[method]instant.f" (func (param i32))))"#,
        &world,
    );
    assert!(matches!(method, Error::ImportNotInWorld { .. }), "{method:?}");

    let root = import_error(r#"(module (import "$root" "log" (func)))"#, &world);
    assert!(matches!(root, Error::ImportNotInWorld { .. }), "{root:?}");

    let by_hand = import_error(r#"(module (import "env" "log" (func)))"#, &world);
    assert!(by_hand.help().expect("help").contains("//go:wasmimport env log"), "{by_hand:?}");

    let js = import_error(r#"(module (import "gojs" "runtime.wasmExit" (func (param i32))))"#, &world);
    assert!(js.help().expect("help").contains("GOOS=wasip1"), "{js:?}");

    let memory = import_error(r#"(module (import "env" "memory" (memory 1)))"#, &world);
    assert!(matches!(memory, Error::ImportNotInWorld { .. }), "{memory:?}");
}

#[test]
fn preview1_is_only_what_its_adapter_has() {
    let world = world("package a:b; world w {}");
    let module = r#"(module (import "wasi_snapshot_preview1" "sock_open" (func (param i32))))"#;
    assert_eq!(import_error(module, &world), Error::Preview1 { field: "sock_open".to_owned() });

    let module = wat(r#"(module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32))))"#);
    let config = Config { adapter: Adapter::None, ..Config::default() };
    let error = componentize(&module, &world, &config).expect_err("it is refused");
    assert_eq!(error, Error::NoAdapter { field: "sched_yield".to_owned() });
}

#[test]
fn a_wrong_signature_names_the_function() {
    let world = world("package a:b; world w { import f: func(a: u32); export g: func() -> u32; }");
    let import = componentize(
        &wat(
            r#"(module (import "$root" "f" (func (param i64))) (func (export "g") (result i32) unreachable))"#,
        ),
        &world,
        &Config::default(),
    );
    let message = import.expect_err("it is refused").to_string();
    assert!(message.contains('f') && message.contains("type mismatch"), "{message}");
    let export = componentize(
        &wat(r#"(module (func (export "g") (result i64) unreachable))"#),
        &world,
        &Config::default(),
    );
    let message = export.expect_err("it is refused").to_string();
    assert!(
        message.starts_with("the program does not fit its world: failed to classify export `g`"),
        "{message}"
    );
}

#[test]
fn clashing_worlds_are_refused() {
    let library = world(
        "package lib:lib; world l { import dep:dep/i@1.0.0; } package dep:dep@1.0.0 { interface i { f: func(); } }",
    );
    let world = world(
        "package a:b; world w { import dep:dep/i@1.0.0; } package dep:dep@1.0.0 { interface i { f: func(a: u32); } }",
    );
    let error = componentize(&wat("(module)"), &world, &config(vec![library])).expect_err("it is refused");
    assert!(matches!(error, Error::Merge { .. }), "{error:?}");
    assert!(error.to_string().contains("`f`"), "{error}");
}

#[test]
fn commands_export_run() {
    let world = world("package a:b; world w {}");
    for import in [r#"(import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))"#, ""] {
        let module =
            wat(&format!(r#"(module {import} (memory (export "memory") 1) (func (export "_start")))"#));
        let component = componentize(&module, &world, &Config::default()).expect("it is componentized");
        let exports = externs(&component, true);
        assert!(exports.len() == 1 && exports[0].starts_with("wasi:cli/run@0.2"), "{exports:?}");
    }
}

/// How many modules of the component have a start function.
fn starts(component: &[u8]) -> usize {
    let payloads = wasmparser::Parser::new(0).parse_all(component);
    payloads
        .filter(|p| matches!(p.as_ref().expect("valid"), wasmparser::Payload::StartSection { .. }))
        .count()
}

#[test]
fn reactors_are_initialised() {
    let world = world("package a:b; world w { export run: func(); }");
    let make = |initialize: &str| {
        let module = wat(&format!(
            r#"(module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
            (memory (export "memory") 1) {initialize} (func (export "run")))"#
        ));
        componentize(&module, &world, &Config::default()).expect("it is componentized")
    };
    let (with, without) = (make(r#"(func (export "_initialize"))"#), make(""));
    assert_eq!(externs(&with, true), ["run"]);
    assert_eq!(starts(&with), starts(&without) + 1, "a module of its own runs `_initialize` as its start");
}

/// What the C and Rust generators leave in a module is as a library's world.
#[test]
fn embedded_worlds_count() {
    let mut module = wat(
        r#"(module (import "dep:dep/clock@1.0.0" "now" (func (result i32))) (func (export "run")) (func (export "more")))"#,
    );
    assert!(embedded_world(&module).expect("readable").is_none());
    let embedded = world(&format!(
        "package c:c; world c {{ import dep:dep/clock@1.0.0; export more: func(); }} {}",
        package("1.0.0", "")
    ));
    let encoding = wit_component::StringEncoding::UTF8;
    wit_component::embed_component_metadata(&mut module, &embedded.resolve, embedded.id, encoding)
        .expect("it encodes");

    let component =
        componentize(&module, &world("package a:b; world w { export run: func(); }"), &Config::default())
            .expect("it is componentized");
    assert_eq!(externs(&component, false), ["dep:dep/clock@1.0.0"]);
    assert_eq!(externs(&component, true), ["run"]);

    // Nothing clashes if a program and its libraries have one world in common.
    let both = config(vec![embedded.clone(), embedded.clone()]);
    let component = componentize(&module, &embedded, &both).expect("it is componentized");
    assert_eq!(externs(&component, true), ["more"]);

    let alone = embedded_world(&module).expect("readable").expect("there");
    let component = componentize(&module, &alone, &Config::default()).expect("it is componentized");
    assert_eq!(externs(&component, true), ["more"]);
}
