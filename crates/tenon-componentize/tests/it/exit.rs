//! Exit codes.

use crate::support::{Guest, core_names, externs, main_module, wat, world};
use tenon_componentize::{Config, componentize};

/// Two imports of one function, as Go's linker writes them for two packages.
const MODULE: &str = r#"(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit2 (param i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
  (func (export "quit") (param i32) (call $exit (local.get 0)))
  (func (export "quit2") (param i32) (call $exit2 (local.get 0))))"#;

const EXIT: &str = "package wasi:cli@0.3.0 { interface exit { exit: func(status: result); exit-with-code: func(code: u8); } }";

#[test]
fn codes_survive_where_the_world_has_the_function() {
    let world = world(&format!(
        "package a:b; world w {{ import wasi:cli/exit@0.3.0; export quit: func(code: u32); }} {EXIT}"
    ));
    let component = componentize(&wat(MODULE), &world, &Config::default()).expect("it is componentized");
    assert_eq!(externs(&component, false), ["wasi:cli/exit@0.3.0"], "the adapter's exit is not needed");
    let module = main_module(&component);
    // The second is wit-component's name for a second import of one function.
    let mut imports = core_names(&module).0;
    imports.truncate(1);
    assert_eq!(imports, ["wasi:cli/exit@0.3.0 exit-with-code"]);
}

#[test]
fn a_librarys_world_is_enough() {
    let library = world(&format!("package lib:lib; world lib {{ import wasi:cli/exit@0.3.0; }} {EXIT}"));
    let world = world("package a:b; world w { export quit: func(code: u32); }");
    let config = Config { libraries: vec![library], ..Config::default() };
    let component = componentize(&wat(MODULE), &world, &config).expect("it is componentized");
    assert_eq!(externs(&component, false), ["wasi:cli/exit@0.3.0"]);
}

#[test]
fn without_it_the_adapter_tells_success_from_failure() {
    let world = world("package a:b; world w { export quit: func(code: u32); }");
    let component = componentize(&wat(MODULE), &world, &Config::default()).expect("it is componentized");
    let imports = externs(&component, false);
    assert!(imports.iter().any(|import| import.starts_with("wasi:cli/exit@0.2")), "{imports:?}");
}

#[test]
fn codes_are_a_byte() {
    let single =
        MODULE.replace("(import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit2 (param i32)))", "");
    let single = single.replace("$exit2", "$exit");
    let world = world(&format!(
        "package a:b; world w {{ import wasi:cli/exit@0.3.0; export quit: func(code: u32); }} {EXIT}"
    ));
    let component = componentize(&wat(&single), &world, &Config::default()).expect("it is componentized");
    let mut guest = Guest::new(&main_module(&component));
    for (code, told) in [(0, 0), (3, 3), (255, 255), (256, 0), (-1, 255)] {
        guest.store.data_mut().calls.clear();
        guest.call("quit", &[code]).expect("the fake host returns");
        assert_eq!(guest.store.data().calls, [format!("exit-with-code {told}")]);
    }
}
