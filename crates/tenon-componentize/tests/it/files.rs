//! Reads of files that were opened so that they do not block.

use crate::support::{Guest, NONBLOCK, OpenFile, wat};
use tenon_componentize::{CoreConfig, core};

const MODULE: &str = r#"(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_get" (func (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "read") (param i32 i32 i32 i32) (result i32)
    (call $read (local.get 0) (local.get 1) (local.get 2) (local.get 3))))"#;

const SUCCESS: i32 = 0;
const AGAIN: i32 = 6;
const APPEND: u16 = 1;
const SYNC: u16 = 16;
const CHARACTER_DEVICE: u8 = 2;
const REGULAR_FILE: u8 = 4;
const SOCKET_STREAM: u8 = 6;

/// Reads descriptor 5, and demands that no more of the memory changes than the count of bytes.
fn read(file_type: u8, flags: u16) -> (i32, Guest) {
    let mut guest = Guest::new(&core(&wat(MODULE), &CoreConfig::default()).expect("it is rewritten"));
    guest.store.data_mut().files.insert(5, OpenFile { file_type, flags });
    let before: Vec<u8> = (0..64).collect();
    guest.write(0, &before);
    let errno = guest.call("read", &[5, 128, 1, 256]).expect("no trap");
    assert_eq!(guest.load(0, 64), before, "the program's memory is as it was");
    (errno, guest)
}

#[test]
fn a_regular_file_is_waited_for() {
    for flags in [NONBLOCK, NONBLOCK | APPEND, NONBLOCK | SYNC] {
        let (errno, guest) = read(REGULAR_FILE, flags);
        assert_eq!((errno, guest.load_u32(256)), (SUCCESS, 1));
        assert_eq!(
            guest.store.data().files[&5].flags,
            flags & APPEND | NONBLOCK,
            "what can be set is as before"
        );
        let reads = guest.store.data().calls.iter().filter(|call| *call == "fd_read 5").count();
        assert_eq!(reads, 2);
    }
}

#[test]
fn a_file_that_blocks_is_read_once() {
    let (errno, guest) = read(REGULAR_FILE, APPEND);
    assert_eq!(errno, SUCCESS);
    assert_eq!(guest.store.data().calls, ["fd_read 5"]);
}

#[test]
fn what_is_no_regular_file_may_have_to_be_tried_again() {
    for file_type in [CHARACTER_DEVICE, SOCKET_STREAM] {
        let (errno, guest) = read(file_type, NONBLOCK);
        assert_eq!(errno, AGAIN);
        assert_eq!(guest.store.data().files[&5].flags, NONBLOCK);
        assert_eq!(guest.store.data().calls, ["fd_read 5", "fd_fdstat_get 5"]);
    }
}
