//! Help, completions, wrong usage.

use crate::support::Sandbox;

const COMMANDS: &[&str] =
    &["new", "add", "generate", "build", "componentize", "run", "serve", "inspect", "doctor", "completions"];

#[test]
fn every_command_has_help() {
    let sandbox = Sandbox::new();
    let all = sandbox.tenon(["--help"]).expect_code(0).out;
    for command in COMMANDS {
        assert!(all.contains(&format!("\n  {command} ")), "{command} is not in:\n{all}");
        for flag in ["-h", "--help"] {
            let help = sandbox.tenon([*command, flag]).expect_code(0);
            assert!(help.out.contains(&format!("Usage: tenon {command}")), "{}", help.out);
            assert_eq!(help.err, "");
            let undocumented = help
                .out
                .lines()
                .any(|line| line.trim_start().starts_with("--") && line.trim_end().ends_with('>'));
            assert!(flag == "--help" || !undocumented, "a flag of {command} says nothing:\n{}", help.out);
        }
    }
    assert!(!all.contains("\n  dev ") && !all.contains("\n  test "), "what is not there is not promised");
}

#[test]
fn every_shell_gets_completions() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = sandbox.tenon(["completions", shell]).expect_code(0);
        assert!(COMMANDS.iter().all(|command| said.out.contains(command)), "{shell}");
    }
}

#[test]
fn wrong_usage_is_two() {
    let sandbox = Sandbox::new();
    sandbox.tenon(["frobnicate"]).expect_refusal(2, &["unrecognized subcommand"]);
    sandbox.tenon(["serve"]).expect_refusal(2, &["<FILE>"]);
    sandbox.tenon(["add"]).expect_refusal(2, &["PACKAGE"]);
    sandbox.tenon(["generate", "--check", "--stubs"]).expect_refusal(2, &["cannot be used with"]);
    sandbox.tenon(["run", "--dir", "", "x.wasm"]).expect_refusal(2, &["HOST::GUEST"]);
    sandbox.tenon(["run", "--max-memory", "lots", "x.wasm"]).expect_refusal(2, &["64MiB"]);
    sandbox.tenon(["run", "--tcp=nowhere:x", "x.wasm"]).expect_refusal(2, &["address rule"]);
}

#[test]
fn colours_when_asked_for() {
    let sandbox = Sandbox::new();
    let said = sandbox.tenon(["inspect", "missing.wasm", "--color", "always"]).expect_code(2);
    assert!(said.err.contains('\x1b'), "{}", said.err);
}

#[test]
fn doctor_says_what_there_is() {
    let sandbox = Sandbox::new();
    let said = sandbox.tenon(["doctor", "--json"]).expect_code(0);
    let checks: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let names: Vec<_> = checks.as_array().expect("a list").iter().map(|c| c["name"].clone()).collect();
    for name in ["tenon", "go", "wasm target", "runtime"] {
        assert!(names.contains(&name.into()), "{name} in {names:?}");
    }
}

#[test]
fn doctor_fails_without_go_and_says_how_to_get_it() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_tenon"));
    let said = crate::support::said(command.arg("doctor").env("PATH", sandbox.path("nothing")));
    let said = said.expect_code(1);
    assert!(said.out.contains("MISSING go") && said.out.contains("https://go.dev/dl"), "{}", said.out);
}
