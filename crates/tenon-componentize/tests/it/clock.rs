//! Imports in moments when the instance may not be left.

use crate::support::{Guest, main_module, wat, world};
use tenon_componentize::{Config, componentize};

/// `tick` reads a clock, as do `cabi_realloc` (the one that its third argument names) and the post-return function.
const MODULE: &str = r#"(module
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (memory (export "memory") 1)
  (func (export "tick") (param i32) (result i32) (call $clock (local.get 0) (i64.const 0) (i32.const 8)))
  (func (export "yield") (result i32) (call $yield))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (call $clock (local.get 2) (i64.const 0) (i32.const 16))
    (i32.add (i32.mul (call $yield) (i32.const 100))))
  (func (export "name") (result i32) i32.const 32)
  (func (export "cabi_post_name") (param i32)
    (drop (call $clock (i32.const 1) (i64.const 0) (i32.const 24)))))"#;

fn guest() -> Guest {
    let world =
        world("package a:b; world w { export name: func() -> string; export tick: func(id: u32) -> u32; }");
    Guest::new(&main_module(
        &componentize(&wat(MODULE), &world, &Config::default()).expect("it is componentized"),
    ))
}

#[test]
fn realloc_and_post_return_are_told_the_last_time() {
    let mut guest = guest();
    assert_eq!(guest.call("cabi_realloc", &[0, 0, 1, 1]).expect("no trap"), 0);
    assert_eq!(guest.load_i64(16), 0, "no clock was read yet");
    for (id, time) in [(0, 1000), (1, 2000)] {
        guest.store.data_mut().time = time;
        assert_eq!(guest.call("tick", &[id]).expect("no trap"), 0);
    }
    guest.store.data_mut().calls.clear();
    guest.store.data_mut().time = 9999;
    for (id, time) in [(0, 1000), (1, 2001)] {
        assert_eq!(guest.call("cabi_realloc", &[0, 0, id, 1]).expect("no trap"), 0);
        assert_eq!(guest.load_i64(16), time, "clock {id}");
    }
    assert_eq!(guest.call("cabi_realloc", &[0, 0, 2, 1]).expect("no trap"), 28, "no such clock");
    guest.call("cabi_post_name", &[32]).expect("no trap");
    assert_eq!(guest.load_i64(24), 2001);
    assert!(guest.store.data().calls.is_empty(), "the instance was not left");
}

#[test]
fn the_clock_runs_on_after_them() {
    let mut guest = guest();
    guest.call("cabi_realloc", &[0, 0, 1, 1]).expect("no trap");
    guest.store.data_mut().time = 50;
    assert_eq!(guest.call("tick", &[1]).expect("no trap"), 0);
    assert_eq!(guest.load_i64(8), 51);
    assert_eq!(guest.call("yield", &[]).expect("no trap"), 77);
    assert_eq!(guest.store.data().calls, ["clock_time_get 1", "sched_yield"]);
}

#[test]
fn a_reserved_clock_counts_the_readings_of_the_others() {
    const READINGS: i32 = 0x7fff_fff0;
    let mut guest = guest();
    let mut readings = || {
        assert_eq!(guest.call("tick", &[READINGS]).expect("no trap"), 0);
        let counted = guest.load_i64(8);
        for id in [0, 1] {
            guest.call("tick", &[id]).expect("no trap");
        }
        // The host's memory functions are told the time without a reading.
        guest.call("cabi_realloc", &[0, 0, 1, 1]).expect("no trap");
        counted
    };
    assert_eq!([readings(), readings(), readings()], [0, 2, 4]);
    assert!(
        guest.store.data().calls.iter().all(|call| !call.contains("2147483632")),
        "it is none of the host's"
    );
}
