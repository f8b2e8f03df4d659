//! Core modules for hosts that predate components.

use crate::support::{Guest, core_names, wat};
use tenon_componentize::{CoreConfig, Error, core};

/// Each function leaves a mark: `add` a sum, draining a count.
const MODULE: &str = r#"(module
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $initialized (mut i32) (i32.const 0))
  (global $drained (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $initialized (i32.const 1)))
  (func (export "initialized") (result i32) (global.get $initialized))
  (func (export "drained") (result i32) (global.get $drained))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "nothing"))
  (func (export "tenon:drain") (global.set $drained (i32.add (global.get $drained) (i32.const 1)))))"#;

fn draining() -> CoreConfig {
    CoreConfig { drain: true, ..CoreConfig::default() }
}

#[test]
fn exports_demand_initialisation() {
    let module = core(&wat(MODULE), &CoreConfig::default()).expect("it is rewritten");
    for (export, args) in [("add", &[1, 2][..]), ("nothing", &[])] {
        let mut guest = Guest::new(&module);
        assert!(guest.call(export, args).is_err(), "it traps");
        let line = format!(
            "error: the export `{export}` was called before `_initialize`: call `_initialize` first, once per instance\n"
        );
        assert_eq!(guest.store.data().stderr, line);
        guest.call("_initialize", &[]).expect("late is better than never");
        guest.call(export, args).expect("it works now");
    }
}

#[test]
fn initialised_exports_work_as_before() {
    let mut guest = Guest::new(&core(&wat(MODULE), &CoreConfig::default()).expect("it is rewritten"));
    guest.call("_initialize", &[]).expect("no trap");
    assert_eq!(guest.call("initialized", &[]).expect("no trap"), 1);
    assert_eq!(guest.call("add", &[2, 40]).expect("no trap"), 42);
    assert_eq!(guest.call("drained", &[]).expect("no trap"), 0);
    assert_eq!(guest.store.data().stderr, "");
}

#[test]
fn draining_follows_every_export() {
    let mut guest = Guest::new(&core(&wat(MODULE), &draining()).expect("it is rewritten"));
    guest.call("_initialize", &[]).expect("no trap");
    assert_eq!(guest.call("add", &[2, 40]).expect("no trap"), 42);
    guest.call("nothing", &[]).expect("no trap");
    assert_eq!(guest.call("drained", &[]).expect("no trap"), 2);
}

#[test]
fn the_draining_export_is_not_the_hosts() {
    for config in [CoreConfig::default(), draining()] {
        let (_, exports) = core_names(&core(&wat(MODULE), &config).expect("it is rewritten"));
        assert_eq!(exports, ["memory", "_initialize", "initialized", "drained", "add", "nothing"]);
    }
}

#[test]
fn draining_needs_its_export() {
    let module = wat(&MODULE.replace("tenon:drain", "other"));
    let error = core(&module, &draining()).expect_err("it is refused");
    assert_eq!(error, Error::NoDrain);
    assert!(error.help().expect("help").contains("tenon.dev/go/plugin"));
}

#[test]
fn a_module_without_initialisation_is_left_alone() {
    let module = wat(r#"(module (func (export "f") (result i32) i32.const 7))"#);
    let mut guest = Guest::new(&core(&module, &CoreConfig::default()).expect("it is rewritten"));
    assert_eq!(guest.call("f", &[]).expect("no trap"), 7);
}

#[test]
fn long_names_do_not_reach_the_programs_data() {
    let name = "ü".repeat(2000);
    let module = wat(&format!(
        r#"(module
          (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1) (data (i32.const 1024) "data")
          (func (export "_initialize")) (func (export "{name}")))"#
    ));
    let mut guest = Guest::new(&core(&module, &CoreConfig::default()).expect("it is rewritten"));
    assert!(guest.call(&name, &[]).is_err());
    let line = guest.store.data().stderr.clone();
    assert!(line.starts_with("error: the export `üü") && line.ends_with("once per instance\n"), "{line}");
    assert_eq!(guest.load(1024, 4), b"data");
}
