//! The idle shim's semantics.

use crate::support::{Event, Guest, IDLE, Sub, WATCH, wat};
use tenon_componentize::{CoreConfig, core};

const MODULE: &str = r#"(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $stat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func $flags (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "poll") (param i32 i32 i32 i32) (result i32)
    (call $poll (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "read") (param i32 i32 i32 i32) (result i32)
    (call $read (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "stat") (param i32 i32) (result i32) (call $stat (local.get 0) (local.get 1)))
  (func (export "flags") (param i32 i32) (result i32) (call $flags (local.get 0) (local.get 1)))
  (func (export "close") (param i32) (result i32) (call $close (local.get 0))))"#;

const SUBS: usize = 1024;
const EVENTS: usize = 8192;
const COUNT: usize = 512;
const AGAIN: i32 = 6;
const INVAL: i32 = 28;

const IDLE_SUB: Sub = Sub::Read { userdata: 0xa1, fd: IDLE };
const WATCH_SUB: Sub = Sub::Read { userdata: 0xa2, fd: WATCH };
const SOCKET: Sub = Sub::Read { userdata: 0xb1, fd: 5 };
const PIPE: Sub = Sub::Write { userdata: 0xb2, fd: 6 };
const SECOND: u64 = 1_000_000_000;

fn guest() -> Guest {
    Guest::new(&core(&wat(MODULE), &CoreConfig::default()).expect("it is rewritten"))
}

/// Polls, and demands that the array of subscriptions is afterwards as it was before.
fn poll(guest: &mut Guest, subs: &[Sub]) -> Result<Vec<Event>, i32> {
    let bytes: Vec<u8> = subs.iter().flat_map(|sub| sub.bytes()).collect();
    guest.write(SUBS, &bytes);
    guest.write(EVENTS, &[0xee; 320]);
    guest.write(COUNT, &[0xee; 4]);
    let args = [SUBS, EVENTS, subs.len(), COUNT].map(|arg| arg as i32);
    let errno = guest.call("poll", &args).expect("it does not trap");
    assert_eq!(guest.load(SUBS, bytes.len()), bytes, "the subscriptions are put back");
    if errno != 0 {
        return Err(errno);
    }
    let count = guest.load_u32(COUNT) as usize;
    assert!(count <= subs.len(), "no more events than subscriptions");
    let events = guest.load(EVENTS, count * 32);
    Ok(events
        .chunks(32)
        .map(|event| {
            assert_eq!(&event[8..10], [0, 0], "no error");
            (u64::from_le_bytes(event[..8].try_into().expect("eight bytes")), event[10])
        })
        .collect())
}

/// Reads eight bytes.
fn read(guest: &mut Guest, fd: u32) -> Result<i64, i32> {
    guest.write(64, &[128, 0, 0, 0, 8, 0, 0, 0]);
    match guest.call("read", &[fd as i32, 64, 1, 72]).expect("it does not trap") {
        0 => {
            assert_eq!(guest.load_u32(72), 8);
            Ok(guest.load_i64(128))
        }
        errno => Err(errno),
    }
}

#[test]
fn a_poll_without_reserved_descriptors_is_the_hosts() {
    let mut guest = guest();
    guest.answer(|_| Ok(vec![(0xb1, 1)]));
    let subs = [Sub::Clock { timeout: SECOND }, SOCKET, PIPE];
    assert_eq!(poll(&mut guest, &subs), Ok(vec![(0xb1, 1)]));
    guest.answer(|_| Err(27));
    assert_eq!(poll(&mut guest, &subs), Err(27));
    assert_eq!(guest.store.data().polls, [subs, subs]);
}

#[test]
fn a_look_finds_nothing_without_asking_the_host() {
    let mut guest = guest();
    for subs in [&[IDLE_SUB][..], &[WATCH_SUB], &[IDLE_SUB, WATCH_SUB]] {
        let subs = [&[Sub::Clock { timeout: 0 }], subs].concat();
        assert_eq!(poll(&mut guest, &subs), Ok(vec![]));
    }
    assert_eq!(read(&mut guest, IDLE), Err(AGAIN));
    assert_eq!(read(&mut guest, WATCH), Err(AGAIN));
}

#[test]
fn a_look_asks_the_host_for_its_own_descriptors() {
    let mut guest = guest();
    guest.answer(|_| Ok(vec![(0, 0), (0xb1, 1)]));
    let clock = Sub::Clock { timeout: 0 };
    assert_eq!(poll(&mut guest, &[clock, IDLE_SUB, SOCKET, WATCH_SUB]), Ok(vec![(0, 0), (0xb1, 1)]));
    assert_eq!(guest.store.data().polls, [[clock, SOCKET]]);
    assert_eq!(read(&mut guest, IDLE), Err(AGAIN));
}

#[test]
fn a_poll_that_would_block_is_idleness() {
    let mut guest = guest();
    let polled = poll(&mut guest, &[Sub::Clock { timeout: SECOND }, WATCH_SUB, IDLE_SUB]);
    assert_eq!(polled, Ok(vec![(0xa1, 1)]));
    assert_eq!(read(&mut guest, WATCH), Err(AGAIN));
    assert_eq!(read(&mut guest, IDLE), Ok(SECOND as i64), "the deadline is what the clock waits for");
    assert_eq!(read(&mut guest, IDLE), Err(AGAIN), "once");
    assert_eq!(poll(&mut guest, &[IDLE_SUB]), Ok(vec![(0xa1, 1)]));
    assert_eq!(read(&mut guest, IDLE), Ok(-1), "no timer");
}

#[test]
fn ready_descriptors_go_before_idleness() {
    for clock in [true, false] {
        let mut guest = guest();
        guest.answer(|_| Ok(vec![(0, 0), (0xb2, 2)]));
        let mut subs = vec![IDLE_SUB, SOCKET, WATCH_SUB, PIPE];
        if clock {
            subs.insert(0, Sub::Clock { timeout: SECOND });
        }
        assert_eq!(poll(&mut guest, &subs), Ok(vec![(0, 0), (0xb2, 2)]));
        assert_eq!(read(&mut guest, IDLE), Err(AGAIN));
        let asked = guest.store.data().polls[0].clone();
        assert_eq!(asked.len(), 3);
        for sub in [Sub::Clock { timeout: 0 }, SOCKET, PIPE] {
            assert!(asked.contains(&sub), "{sub:?} in {asked:?}");
        }
    }
}

#[test]
fn idleness_with_descriptors_pending_is_short() {
    for (timeout, deadline) in [(None, 1_000_000), (Some(SECOND), 1_000_000), (Some(5_000), 5_000)] {
        let mut guest = guest();
        guest.answer(|_| Ok(vec![(0, 0)]));
        let clock = timeout.map(|timeout| Sub::Clock { timeout });
        let subs: Vec<Sub> = clock.into_iter().chain([SOCKET, IDLE_SUB]).collect();
        assert_eq!(poll(&mut guest, &subs), Ok(vec![(0xa1, 1)]));
        assert_eq!(read(&mut guest, IDLE), Ok(deadline));
        assert_eq!(guest.store.data().polls.len(), 1);
    }
}

#[test]
fn descriptors_that_stay_silent_are_looked_at_less_often() {
    let mut guest = guest();
    let deadlines = |guest: &mut Guest, count| -> Vec<i64> {
        guest.answer(|_| Ok(vec![(0, 0)]));
        (0..count)
            .map(|_| {
                assert_eq!(poll(guest, &[SOCKET, IDLE_SUB]), Ok(vec![(0xa1, 1)]));
                read(guest, IDLE).expect("it is idle") / 1_000_000
            })
            .collect()
    };
    assert_eq!(deadlines(&mut guest, 6), [1, 2, 4, 8, 10, 10]);
    guest.answer(|_| Ok(vec![(0xb1, 1)]));
    assert_eq!(poll(&mut guest, &[SOCKET, IDLE_SUB]), Ok(vec![(0xb1, 1)]));
    assert_eq!(deadlines(&mut guest, 2), [1, 2], "one that was ready is likely to be so again soon");
}

#[test]
fn an_error_of_the_look_is_the_polls() {
    let mut guest = guest();
    guest.answer(|_| Err(8));
    assert_eq!(poll(&mut guest, &[SOCKET, IDLE_SUB]), Err(8));
    assert_eq!(read(&mut guest, IDLE), Err(AGAIN));
}

#[test]
fn a_synchronous_export_really_waits() {
    let mut guest = guest();
    guest.answer(|_| Ok(vec![(0, 0)]));
    let clock = Sub::Clock { timeout: SECOND };
    assert_eq!(poll(&mut guest, &[clock, WATCH_SUB]), Ok(vec![(0, 0)]));
    assert_eq!(poll(&mut guest, &[WATCH_SUB, SOCKET]), Ok(vec![(0, 0)]));
    assert_eq!(guest.store.data().polls, [vec![clock], vec![SOCKET]]);
    assert_eq!(read(&mut guest, WATCH), Err(AGAIN));
}

#[test]
fn a_deadlock_wakes_the_watcher() {
    let mut guest = guest();
    assert_eq!(poll(&mut guest, &[WATCH_SUB]), Ok(vec![(0xa2, 1)]));
    assert_eq!(read(&mut guest, IDLE), Err(AGAIN));
    assert_eq!(read(&mut guest, WATCH), Ok(0));
    assert_eq!(read(&mut guest, WATCH), Err(AGAIN));
}

/// Go moves subscriptions about as it arms and disarms them: every order must do.
#[test]
fn the_host_never_sees_a_reserved_descriptor() {
    let mut orders = Vec::new();
    permutations(&mut vec![SOCKET, PIPE, IDLE_SUB, WATCH_SUB, Sub::Clock { timeout: 7 }], 0, &mut orders);
    assert_eq!(orders.len(), 120);
    for order in orders {
        for n in 1..=order.len() {
            let subs = &order[..n];
            let mut guest = guest();
            guest.answer(|_| Ok(vec![]));
            poll(&mut guest, subs).expect("the host gives no error");
            for asked in &guest.store.data().polls {
                let reserved = |sub: &Sub| matches!(sub, Sub::Read { fd, .. } if *fd == IDLE || *fd == WATCH);
                assert!(!asked.iter().any(reserved), "{asked:?} of {subs:?}");
                for real in subs.iter().filter(|sub| !reserved(sub) && !matches!(sub, Sub::Clock { .. })) {
                    assert!(asked.contains(real), "{real:?} of {subs:?} in {asked:?}");
                }
            }
        }
    }
}

fn permutations(items: &mut Vec<Sub>, fixed: usize, out: &mut Vec<Vec<Sub>>) {
    if fixed == items.len() {
        out.push(items.clone());
    }
    for i in fixed..items.len() {
        items.swap(fixed, i);
        permutations(items, fixed + 1, out);
        items.swap(fixed, i);
    }
}

#[test]
fn reading_with_too_little_room_keeps_what_is_to_be_read() {
    let mut guest = guest();
    assert_eq!(poll(&mut guest, &[IDLE_SUB]), Ok(vec![(0xa1, 1)]));
    guest.write(64, &[128, 0, 0, 0, 7, 0, 0, 0]);
    assert_eq!(guest.call("read", &[IDLE as i32, 64, 1, 72]).expect("no trap"), INVAL);
    assert_eq!(guest.call("read", &[IDLE as i32, 64, 0, 72]).expect("no trap"), INVAL);
    assert_eq!(read(&mut guest, IDLE), Ok(-1));
}

#[test]
fn reserved_descriptors_look_like_sockets() {
    let mut guest = guest();
    for fd in [IDLE, WATCH] {
        guest.write(256, &[0xee; 24]);
        assert_eq!(guest.call("stat", &[fd as i32, 256]).expect("no trap"), 0);
        assert_eq!(guest.load(256, 8), [6, 0, 4, 0, 0, 0, 0, 0], "a socket, nonblocking");
        assert_eq!((guest.load_i64(264), guest.load_i64(272)), (-1, -1), "all rights");
        assert_eq!(guest.call("flags", &[fd as i32, 4]).expect("no trap"), 0);
        assert_eq!(guest.call("close", &[fd as i32]).expect("no trap"), 0);
    }
    assert!(guest.store.data().calls.is_empty(), "the host hears of none of it");
}

#[test]
fn other_descriptors_are_the_hosts() {
    let mut guest = guest();
    for fd in [3, IDLE as i32 - 1, WATCH as i32 + 1] {
        guest.store.data_mut().calls.clear();
        for (name, args) in
            [("read", &[fd, 64, 1, 72][..]), ("stat", &[fd, 256]), ("flags", &[fd, 4]), ("close", &[fd])]
        {
            assert_eq!(guest.call(name, args).expect("no trap"), 77, "{name}");
        }
        let names = ["fd_read", "fd_fdstat_get", "fd_fdstat_set_flags", "fd_close"];
        assert_eq!(guest.store.data().calls, names.map(|name| format!("{name} {fd}")));
    }
}
