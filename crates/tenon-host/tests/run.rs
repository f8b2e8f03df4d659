//! `run`: exit codes, arguments, directories, what is left behind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{calc, command2, command3, engine, handler3};
use tenon_host::{Capture, Dir, Error, Exit, Limits, Options, Output, run};

fn captured() -> (Options, Capture) {
    let capture = Capture::new();
    (Options { stdout: Output::Capture(capture.clone()), ..Options::default() }, capture)
}

fn args(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("arg{i}")).collect()
}

fn code(code: i32) -> Exit {
    Exit { code, abandoned: false }
}

#[tokio::test]
async fn a_command_of_0_2_runs() {
    let (options, output) = captured();
    assert_eq!(run(&command2(), &options).await.unwrap(), code(0));
    assert_eq!(output.text(), "hi\n");
}

#[tokio::test]
async fn err_and_exit_codes_are_exit_codes() {
    let two = Options { args: args(1), ..Options::default() };
    assert_eq!(run(&command2(), &two).await.unwrap(), code(1));
    let env = vec![("A".into(), "1".into()), ("B".into(), "2".into())];
    let exits = Options { args: args(1), env, ..Options::default() };
    assert_eq!(run(&command3(), &exits).await.unwrap(), code(42));
    let err = Options { args: args(2), ..Options::default() };
    assert_eq!(run(&command3(), &err).await.unwrap(), code(1));
}

#[tokio::test]
async fn a_trap_is_an_error_with_a_backtrace() {
    let options = Options { args: args(2), ..Options::default() };
    match run(&command2(), &options).await {
        Err(Error::Trap(trap)) => {
            assert!(trap.message.contains("unreachable"), "{}", trap.message);
            assert!(trap.backtrace.is_some());
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn tasks_that_are_left_are_drained_unless_told_otherwise() {
    let (options, output) = captured();
    assert_eq!(run(&command3(), &options).await.unwrap(), code(0));
    assert_eq!(output.text(), "late\n");

    let (options, output) = captured();
    let options = Options { drain: None, ..options };
    assert_eq!(run(&command3(), &options).await.unwrap(), code(0));
    assert_eq!(output.text(), "");

    let (options, output) = captured();
    let options = Options { drain: Some(std::time::Duration::from_millis(10)), ..options };
    assert_eq!(run(&command3(), &options).await.unwrap(), Exit { code: 0, abandoned: true });
    assert_eq!(output.text(), "");
}

#[tokio::test]
async fn a_directory_can_be_written_unless_it_is_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let dir = |read_only| Dir { host: folder.path().into(), guest: "/data".into(), read_only };
    let (options, _) = captured();
    let read_only = Options { dirs: vec![dir(true)], ..options.clone() };
    assert_eq!(run(&command2(), &read_only).await.unwrap(), code(1));
    assert!(!folder.path().join("made").exists());
    let writable = Options { dirs: vec![dir(false)], ..options };
    assert_eq!(run(&command2(), &writable).await.unwrap(), code(0));
    assert!(folder.path().join("made").exists());
}

#[tokio::test]
async fn a_directory_that_is_not_there_is_named() {
    let host = std::path::PathBuf::from("/no/such/folder");
    let dir = Dir { host, guest: "/".into(), read_only: false };
    let error = run(&command2(), &Options { dirs: vec![dir], ..Options::default() }).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot open the directory /no/such/folder: "), "{error}");
}

#[tokio::test]
async fn a_run_that_takes_too_long_is_ended() {
    let time = Some(std::time::Duration::from_millis(20));
    let (options, _) = captured();
    let options = Options { limits: Limits { time, memory: None }, ..options };
    assert!(matches!(run(&command3(), &options).await, Err(Error::TimedOut(_))));
}

#[tokio::test]
async fn what_cannot_be_run_is_refused_with_advice() {
    let error = run(&calc(), &Options::default()).await.unwrap_err();
    assert!(matches!(error, Error::NotACommand { .. }));
    assert!(error.help().unwrap().contains("--invoke"));
    let error = run(&handler3(), &Options::default()).await.unwrap_err();
    assert!(error.help().unwrap().contains("tenon serve"));

    assert!(matches!(engine().load(b"package main"), Err(Error::NotWasm)));
    assert!(matches!(engine().load(b"\0asm\x01\0\0\0"), Err(Error::CoreModule)));
    assert!(matches!(engine().load(b"\0asm\x0d\0\x01\0\xff\xff"), Err(Error::Invalid(_))));
}

#[tokio::test]
async fn imports_that_this_host_does_not_have_are_named() {
    let odd = support::loaded(
        r#"(module (import "acme:math/calc" "add" (func (param i32) (result i32)))
             (memory (export "memory") 1) (func (export "wasi:cli/run@0.2.12#run") (result i32) (i32.const 0)))"#,
        "package acme:math; interface calc { add: func(n: u32) -> u32; }
         world odd { import calc; export wasi:cli/run@0.2.12; }",
    );
    match run(&odd, &Options::default()).await {
        Err(Error::Imports { names, .. }) => assert_eq!(names, ["acme:math/calc"]),
        other => panic!("{other:?}"),
    }
}
