//! What the rewriting keeps, and what it must follow.

use crate::support::{Guest, Sub, core_names, externs, main_module, wat, world};
use tenon_componentize::{Config, CoreConfig, componentize, core};

/// Every way to refer to an imported function that is redirected.
#[test]
fn all_references_are_redirected() {
    let module = wat(r#"(module
        (type $poll (func (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $first (type $poll)))
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $second (type $poll)))
        (memory (export "memory") 1)
        (table $t 3 funcref) (elem (i32.const 1) func $first $second)
        (global $ref funcref (ref.func $first))
        (export "exported" (func $second))
        (func (export "direct") (param i32 i32 i32 i32) (result i32)
          (call $second (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
        (func (export "tail") (param i32 i32 i32 i32) (result i32)
          (return_call $first (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
        (func (export "table") (param i32 i32 i32 i32) (result i32)
          (call_indirect (type $poll) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 2)))
        (func (export "global") (param i32 i32 i32 i32) (result i32)
          (table.set $t (i32.const 0) (global.get $ref))
          (call_indirect (type $poll) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 0)))
        (func (export "ref") (param i32 i32 i32 i32) (result i32)
          (table.set $t (i32.const 0) (ref.func $second))
          (call_indirect (type $poll) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 0))))"#);
    let mut guest = Guest::new(&core(&module, &CoreConfig::default()).expect("it is rewritten"));
    for name in ["exported", "direct", "tail", "table", "global", "ref"] {
        guest.write(1024, &Sub::Read { userdata: 9, fd: crate::support::IDLE }.bytes());
        guest.write(512, &[0; 4]);
        assert_eq!(guest.call(name, &[1024, 4096, 1, 512]).expect("no trap"), 0, "{name}");
        assert_eq!(guest.load_u32(512), 1, "{name}: the shim answered");
    }
}

/// Three dead imports among living ones: every index after them moves.
#[test]
fn dropped_imports_shift_what_follows() {
    let module = wat(r#"(module
        (type $i (func (result i32)))
        (import "[export]lib:lib/gone" "[task-return]f" (func $dead0 (param i32)))
        (import "wasi_snapshot_preview1" "sched_yield" (func $yield (type $i)))
        (import "[export]lib:lib/gone" "[resource-new]r" (func $dead1 (param i32) (result i32)))
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (import "[export]$root" "[task-return]gone" (func $dead2))
        (memory (export "memory") 1)
        (table 4 funcref) (elem (i32.const 0) $one $yield $dead1 $two)
        (global $started (mut i32) (i32.const 0))
        (func $one (type $i) i32.const 1)
        (func $two (type $i) i32.const 2)
        (func $start (global.set $started (i32.const 5)))
        (start $start)
        (func (export "f") (result i32)
          (i32.add (i32.mul (call $one) (i32.const 10)) (call $two)))
        (func (export "yield") (result i32) (call $yield))
        (func (export "indirect") (param i32) (result i32) (call_indirect (type $i) (local.get 0)))
        (func (export "started") (result i32) (global.get $started))
        (func (export "[async-lift]lib:lib/gone#f") (result i32)
          (call $dead0 (i32.const 0)) (call $dead2) (call $dead1 (i32.const 0))))"#);
    let world = world("package a:b; world w { export f: func() -> u32; }");
    for debug in [false, true] {
        let config = Config { debug, ..Config::default() };
        let component = componentize(&module, &world, &config).expect("it is componentized");
        let main = main_module(&component);
        let (imports, exports) = core_names(&main);
        assert_eq!(imports, ["wasi_snapshot_preview1 sched_yield", "wasi_snapshot_preview1 poll_oneoff"]);
        assert!(!exports.iter().any(|export| export.contains("gone")), "{exports:?}");
        let mut guest = Guest::new(&main);
        assert_eq!(guest.call("f", &[]).expect("no trap"), 12);
        assert_eq!(guest.call("yield", &[]).expect("no trap"), 77);
        assert_eq!(guest.call("started", &[]).expect("no trap"), 5);
        for (slot, result) in [(0, 1), (1, 77), (3, 2)] {
            assert_eq!(guest.call("indirect", &[slot]).expect("no trap"), result);
        }
    }
}

#[test]
fn names_stay_right_with_debug_and_go_without() {
    let text = r#"(module $m
        (import "[export]lib:lib/gone" "[task-return]f" (func $dead (param i32)))
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func $named (export "f") (result i32) i32.const 1)
        (@custom ".debug_info" "abc")
        (@custom "other" "abc"))"#;
    let world = world("package a:b; world w { export f: func() -> u32; }");
    let config = Config { debug: true, ..Config::default() };
    let kept = main_module(&componentize(&wat(text), &world, &config).expect("it is componentized"));
    assert_eq!(functions(&kept)[..2], [(0, "poll".to_owned()), (1, "named".to_owned())]);
    assert!(functions(&kept).iter().any(|(_, name)| name == "tenon.poll_oneoff"));
    assert!(customs(&kept).contains(&".debug_info".to_owned()));

    let stripped =
        main_module(&componentize(&wat(text), &world, &Config::default()).expect("it is componentized"));
    assert_eq!(functions(&stripped), []);
    assert_eq!(customs(&stripped), ["producers"]);
}

fn functions(module: &[u8]) -> Vec<(u32, String)> {
    let mut names = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        if let wasmparser::Payload::CustomSection(section) = payload.expect("valid")
            && let wasmparser::KnownCustom::Name(section) = section.as_known()
        {
            for subsection in section {
                if let wasmparser::Name::Function(map) = subsection.expect("valid") {
                    names.extend(map.into_iter().map(|naming| {
                        let naming = naming.expect("valid");
                        (naming.index, naming.name.to_owned())
                    }));
                }
            }
        }
    }
    names
}

fn customs(module: &[u8]) -> Vec<String> {
    let payloads = wasmparser::Parser::new(0).parse_all(module);
    payloads
        .filter_map(|payload| match payload.expect("valid") {
            wasmparser::Payload::CustomSection(section) => Some(section.name().to_owned()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_module_of_another_language_passes_unchanged() {
    let module = wat(r#"(module (memory (export "memory") 1) (func (export "f") (result i32) i32.const 1))"#);
    let component = componentize(
        &module,
        &world("package a:b; world w { export f: func() -> u32; }"),
        &Config::default(),
    )
    .expect("it is componentized");
    assert!(externs(&component, false).is_empty());
    assert_eq!(externs(&component, true), ["f"]);
    assert_eq!(core_names(&main_module(&component)), core_names(&module));
}

#[test]
fn the_output_names_its_makers() {
    let module = wat(r#"(module (func (export "f") (result i32) i32.const 1))"#);
    let config = Config { version: "9.8.7".to_owned(), ..Config::default() };
    let component =
        componentize(&module, &world("package a:b; world w { export f: func() -> u32; }"), &config)
            .expect("it is componentized");
    let producers = wasm_metadata::Producers::from_wasm(&component).expect("valid").expect("present");
    assert_eq!(producers.get("processed-by").expect("present").get("tenon").expect("present"), "9.8.7");
    assert!(producers.get("language").is_none(), "nothing says that this was Go");
}

#[test]
fn the_same_input_gives_the_same_output() {
    let module = wat(r#"(module (func (export "f") (result i32) i32.const 1))"#);
    let make = || {
        componentize(&module, &world("package a:b; world w { export f: func() -> u32; }"), &Config::default())
    };
    assert_eq!(make(), make());
}
