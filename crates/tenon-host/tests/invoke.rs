//! `invoke`: calls in WAVE.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::time::Duration;
use support::calc;
use tenon_host::{Error, Invocation, Options, invoke};

async fn call(expression: &str) -> Result<Invocation, Error> {
    invoke(&calc(), expression, &Options::default()).await
}

async fn result(expression: &str) -> String {
    call(expression).await.unwrap().result.unwrap()
}

#[tokio::test]
async fn values_go_in_and_come_out() {
    assert_eq!(result("add(1, 2)").await, "3");
    assert_eq!(result(r#" greet( "wörld" ) "#).await, r#""hello, wörld""#);
    assert_eq!(result("shift({x: 1, y: -2}, some(3))").await, "ok({x: 4, y: -2})");
    assert_eq!(result("shift({x: 1, y: -2})").await, "ok({x: 1, y: -2})");
}

#[tokio::test]
async fn an_err_is_a_result_too() {
    let err = call("shift({x: 0, y: 0}, some(101))").await.unwrap();
    assert_eq!(err.result.as_deref(), Some(r#"err("too far")"#));
    assert!(err.is_err);
}

#[tokio::test]
async fn functions_of_interfaces_have_several_names() {
    for name in [
        "test:calc/plane@1.2.0#name",
        "test:calc/plane#name",
        "plane#name",
        "plane.name",
        "test:calc/plane.name",
    ] {
        assert_eq!(result(&format!("{name}()")).await, r#""too""#, "{name}");
    }
    assert_eq!(result("other.name()").await, r#""far""#);
    match call("name()").await {
        Err(Error::AmbiguousFunction { candidates, .. }) => assert_eq!(candidates.len(), 2),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_async_function_may_leave_a_task_behind() {
    let options = Options { drain: Some(Duration::from_millis(50)), ..Options::default() };
    let done = invoke(&calc(), "later(21)", &options).await.unwrap();
    assert_eq!(done, Invocation { result: Some("42".into()), is_err: false, abandoned: true });
    let options = Options { drain: None, ..Options::default() };
    let done = invoke(&calc(), "later(21)", &options).await.unwrap();
    assert_eq!(done, Invocation { result: Some("42".into()), is_err: false, abandoned: false });
}

#[tokio::test]
async fn an_unknown_function_brings_up_those_there_are() {
    let error = call("sub(1, 2)").await.unwrap_err();
    let help = error.help().unwrap();
    assert!(help.contains("add(a: u32, b: u32) -> u32"), "{help}");
    assert!(help.contains("test:calc/plane@1.2.0#name() -> string"), "{help}");
}

#[tokio::test]
async fn bad_arguments_are_located() {
    match call(r#"add(1, "x")"#).await {
        Err(Error::Arguments { span, signature, .. }) => {
            assert_eq!(span, 7..10);
            assert_eq!(signature, "add(a: u32, b: u32) -> u32");
        }
        other => panic!("{other:?}"),
    }
    for expression in ["add(1)", "add()", "add(1, 2, 3)", "add(1, -2)", "greet(1)", "shift({x: 1}, none)"] {
        let error = call(expression).await.unwrap_err();
        assert!(matches!(error, Error::Arguments { .. }), "{expression}: {error:?}");
    }
    for expression in ["add", "(1)", "add(1", "add(1) 2", r#"greet("x)"#, ""] {
        let error = call(expression).await.unwrap_err();
        match error {
            Error::Expression { span, .. } => assert!(span.end <= expression.len(), "{expression}: {span:?}"),
            other => panic!("{expression}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn handles_and_streams_cannot_be_written_down() {
    assert!(matches!(call("take(1)").await, Err(Error::NoTextForm { .. })));
}

#[tokio::test]
async fn a_trap_is_an_error() {
    assert!(matches!(call("boom()").await, Err(Error::Trap(_))));
}
