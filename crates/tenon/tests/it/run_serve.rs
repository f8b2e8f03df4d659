//! `tenon run` and `tenon serve`

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

use crate::support::Sandbox;

const MAIN: &str = r#"package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	switch os.Args[1] {
	case "exit":
		os.Exit(7)
	case "panic":
		panic("at the disco")
	case "env":
		fmt.Println(os.Getenv("GREETING"))
	case "cat":
		io.Copy(os.Stdout, os.Stdin)
	case "read":
		text, err := os.ReadFile(os.Args[2])
		fmt.Printf("%s%v\n", text, err)
	case "write":
		fmt.Println(os.WriteFile(os.Args[2], []byte("x"), 0o644) != nil)
	}
}
"#;

#[test]
fn a_command_gets_what_was_granted_and_its_code_comes_back() {
    let sandbox = Sandbox::project("cli");
    std::fs::remove_file(sandbox.path("main_test.go")).expect("removed");
    let main = MAIN.replace("\t\"os\"\n", "\t\"os\"\n\n\t_ \"tenon.dev/go/wasicli\"\n");
    sandbox.write("main.go", main.as_bytes());
    sandbox.write("data/note.txt", b"a note\n");
    sandbox.tenon(["build"]).expect_quiet();

    sandbox.tenon(["run", "app.wasm", "exit"]).expect_code(7);
    let panicked = sandbox.tenon(["run", "app.wasm", "panic"]);
    assert!(panicked.code != 0 && panicked.err.contains("at the disco"), "{panicked:?}");
    let env = sandbox.tenon(["run", "--env", "GREETING=hi", "app.wasm", "env"]).expect_code(0);
    assert_eq!(env.out, "hi\n");
    sandbox
        .tenon(["run", "--env", "SURELY_NOT_SET", "app.wasm", "env"])
        .expect_refusal(2, &["SURELY_NOT_SET="]);

    let read = |dir: &str| {
        sandbox.tenon(["run", "--dir", dir, "app.wasm", "read", "/d/note.txt"]).expect_code(0).out
    };
    assert_eq!(read("data::/d"), "a note\n<nil>\n");
    assert!(!read("data::/elsewhere").starts_with("a note"));
    let refuses =
        |dir: &str| sandbox.tenon(["run", "--dir", dir, "app.wasm", "write", "/d/new"]).expect_code(0).out;
    assert_eq!((refuses("data::/d::ro").as_str(), refuses("data::/d").as_str()), ("true\n", "false\n"));
    sandbox.tenon(["run", "--dir", "nowhere", "app.wasm", "env"]).expect_refusal(2, &["nowhere"]);

    let mut command = sandbox.command(env!("CARGO_BIN_EXE_tenon"));
    let mut child = command
        .args(["run", "app.wasm", "cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("piped").write_all(b"from stdin").expect("written");
    assert_eq!(child.wait_with_output().expect("ends").stdout, b"from stdin");
}

#[test]
fn what_cannot_be_run_is_said() {
    let sandbox = Sandbox::with(&[
        ("text.wasm", "hello"),
        ("w.wit", "package a:b; world w { export f: func(n: u32) -> u32; }"),
    ]);
    let core =
        wat::parse_str(r#"(module (func (export "f") (param i32) (result i32) local.get 0))"#).expect("text");
    sandbox.write("core.wasm", &core);
    sandbox.tenon(["componentize", "core.wasm", "--wit", "w.wit", "-o", "f.wasm"]).expect_quiet();
    sandbox.tenon(["run", "none.wasm"]).expect_refusal(2, &["cannot read none.wasm"]);
    sandbox.tenon(["run", "text.wasm"]).expect_refusal(1, &["text.wasm", "not a WebAssembly file"]);
    sandbox.tenon(["run", "core.wasm"]).expect_refusal(1, &["core WebAssembly module", "tenon componentize"]);
    sandbox.tenon(["run", "f.wasm"]).expect_refusal(1, &["does not export `wasi:cli/run`", "--invoke"]);
    sandbox.tenon(["serve", "f.wasm"]).expect_refusal(1, &["wasi:http/handler", "it exports f"]);
    sandbox
        .tenon(["run", "--invoke", "g()", "f.wasm"])
        .expect_refusal(1, &["no function `g`", "f(n: u32) -> u32"]);
    sandbox
        .tenon(["run", "--invoke", "f(\"x\")", "f.wasm"])
        .expect_refusal(1, &["error[T0902]", "f(\"x\")", "^"]);
    sandbox.tenon(["run", "--invoke", "f(", "f.wasm"]).expect_refusal(1, &["error[T0902]"]);
}

/// A server that is stopped when the test is over.
struct Server {
    child: Child,
    address: String,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Server {
    fn start(sandbox: &Sandbox, args: &[&str]) -> Server {
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_tenon"));
        command.args(["serve", "app.wasm", "--addr", "127.0.0.1:0"]).args(args).stderr(Stdio::piped());
        let mut child = command.spawn().expect("starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("readable");
        let address =
            line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}")).to_string();
        Server { child, address, stderr }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("connects");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("written");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("readable");
        response
    }

    #[cfg(unix)]
    fn stop(mut self) -> (i32, String) {
        let id = self.child.id().to_string();
        std::process::Command::new("kill").args(["-TERM", &id]).status().expect("kill");
        let mut rest = String::new();
        self.stderr.read_to_string(&mut rest).expect("readable");
        (self.child.wait().expect("ends").code().expect("no signal"), rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[cfg(unix)]
fn a_new_service_answers_and_stops() {
    let sandbox = Sandbox::project("http");
    sandbox.tenon(["build"]).expect_quiet();
    let server = Server::start(&sandbox, &["--access-log", "json"]);
    let response = server.get("/hello/gopher");
    assert!(
        response.starts_with("HTTP/1.1 200 OK\r\n") && response.contains("Hello, gopher!\n"),
        "{response}"
    );
    assert!(server.get("/nowhere").starts_with("HTTP/1.1 404 "));
    let (code, log) = server.stop();
    assert_eq!(code, 0, "{log}");
    let first: serde_json::Value = serde_json::from_str(log.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&first["method"], &first["path"], &first["status"]),
        (&"GET".into(), &"/hello/gopher".into(), &200.into())
    );

    let quiet = Server::start(&sandbox, &["--no-access-log"]);
    assert!(quiet.get("/").contains("Hello from app!"));
    assert_eq!(quiet.stop(), (0, String::new()));
}

#[test]
fn a_port_in_use_is_said() {
    let sandbox = Sandbox::project("http");
    sandbox.tenon(["build"]).expect_quiet();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let parts = ["another program already does", "choose another port", address.as_str()];
    sandbox.tenon(["serve", "app.wasm", "--addr", &address]).expect_refusal(2, &parts);
    sandbox.tenon(["serve", "app.wasm", "--addr", "nonsense"]).expect_refusal(2, &["HOST:PORT"]);
}
