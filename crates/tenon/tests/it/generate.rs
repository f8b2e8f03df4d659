//! `tenon generate`

use crate::support::Sandbox;

const GOMOD: (&str, &str) = ("go.mod", "module example.com/app\n\ngo 1.24\n");
const WIT: &str = "package my:app;\ninterface i { f: func(n: u32) -> string; }\nworld app { export i; }\n";

fn project() -> Sandbox {
    Sandbox::with(&[GOMOD, ("wit/app.wit", WIT)])
}

#[test]
fn generate_is_quiet_but_for_a_missing_runtime() {
    let sandbox = project();
    let said = sandbox.tenon(["generate"]).expect_code(0);
    assert_eq!(said.out, "");
    assert!(said.err.contains("tenon add --runtime"), "{}", said.err);
    sandbox.tenon(["add", "--runtime"]).expect_code(0);
    sandbox.tenon(["generate"]).expect_quiet();
    sandbox.tenon(["generate", "--check"]).expect_quiet();
    sandbox.go(["vet", "./..."]).expect_quiet();
}

#[test]
fn check_shows_what_would_change_and_changes_nothing() {
    let sandbox = project();
    sandbox.tenon(["generate"]).expect_code(0);
    sandbox.write("wit/app.wit", WIT.replace("n: u32", "n: u64").as_bytes());
    let before = sandbox.snapshot();
    let said = sandbox.tenon(["generate", "--check"]).expect_code(1);
    assert!(
        said.out.contains("--- a/wit/export/my/app/i/") && said.out.contains("+++ b/wit/"),
        "{}",
        said.out
    );
    assert!(said.err.contains("run `tenon generate`"), "{}", said.err);
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn stale_files_go_and_other_files_stay() {
    let sandbox = project();
    sandbox.tenon(["generate"]).expect_code(0);
    sandbox.write("wit/mine/mine.go", b"package mine\n");
    sandbox.write(
        "wit/app.wit",
        WIT.replace("interface i", "interface j").replace("export i", "export j").as_bytes(),
    );
    sandbox.tenon(["generate"]).expect_code(0);
    assert!(!sandbox.path("wit/export/my/app/i").exists());
    assert!(sandbox.path("wit/export/my/app/j").is_dir());
    assert_eq!(sandbox.read("wit/mine/mine.go"), "package mine\n");
}

#[test]
fn what_tenon_did_not_write_is_never_overwritten() {
    let sandbox = project();
    sandbox.tenon(["generate"]).expect_code(0);
    let ours = sandbox.path("wit/export/my/app/i/export.go");
    std::fs::write(&ours, "package i // mine now\n").expect("written");
    sandbox.write("wit/app.wit", WIT.replace("n: u32", "n: u64").as_bytes());
    let before = sandbox.snapshot();
    sandbox.tenon(["generate"]).expect_refusal(1, &["would overwrite", "export.go", "help: "]);
    assert_eq!(sandbox.snapshot(), before, "not one file was written");
}

#[test]
fn stubs_compile_and_stay_the_users() {
    let sandbox = project();
    sandbox.tenon(["generate", "--stubs"]).expect_code(0);
    sandbox.tenon(["add", "--runtime"]).expect_code(0);
    sandbox.go(["vet", "./..."]).expect_quiet();
    let before = sandbox.snapshot();
    sandbox.tenon(["generate", "--stubs"]).expect_quiet();
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn the_generators_facts_can_be_seen() {
    let sandbox = project();
    let before = sandbox.snapshot();
    let said = sandbox.tenon(["generate", "--dump", "facts"]).expect_code(0);
    assert!(said.out.contains("my:app/i"), "{}", said.out);
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn wit_errors_are_drawn_where_they_are() {
    let sandbox = Sandbox::with(&[
        GOMOD,
        ("wit/a.wit", "package my:app;\ninterface i {\n  f: func(c: colour);\n}\nworld app { export i; }\n"),
    ]);
    let said = sandbox.tenon(["generate"]);
    let said =
        said.expect_refusal(1, &["error[T0002]: name `colour` does not exist", "wit/a.wit:3:14", "^^^^^^"]);
    assert!(!sandbox.path("wit/export").exists(), "{}", said.err);

    sandbox.write(
        "wit/a.wit",
        b"package my:app;\nworld app { import shop:orders/x@1.0.0; import wasi:http/types; }\n",
    );
    let said = sandbox
        .tenon(["generate"])
        .expect_refusal(1, &["error[T0004]", "shop:orders@1.0.0", "say which version"]);
    assert_eq!(said.err.matches("error[T0004]").count(), 2, "all at once:\n{}", said.err);
}

#[test]
fn the_world_must_be_there() {
    let sandbox = project();
    sandbox.tenon(["generate", "--world", "ap"]).expect_refusal(1, &["error[T0007]", "there is `app`"]);
    sandbox
        .tenon(["generate", "--wit", "nowhere"])
        .expect_refusal(2, &["there is no WIT at nowhere", "--wit"]);
    sandbox.write("tenon.toml", b"wrold = \"app\"\n");
    sandbox.tenon(["generate"]).expect_refusal(1, &["error[T0901]", "tenon.toml:1:1", "`wrold`", "`world`"]);
    let nowhere = Sandbox::with(&[("wit/app.wit", WIT)]);
    nowhere.tenon(["generate"]).expect_refusal(2, &["no go.mod", "tenon new"]);
    sandbox.write("tenon.toml", b"");
    sandbox
        .tenon(["generate", "--out", "../elsewhere"])
        .expect_refusal(2, &["not in the module example.com/app"]);
}
