//! `cargo xtask bench calls`: what a call costs from Go to Go, beside C to C, and beside Go whose bindings are written by
//! hand for these calls alone: what that takes longer than C is the Go compiler's and allocator's.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::{Bench, Rows, WORLDS, rows, time};
use crate::clang::{self, CLANG};
use crate::shell::{Root, announce, run as run_command};

pub(super) fn run(root: &Root) -> Result<()> {
    clang::ready()?;
    let bench = Bench::new(root, "calls")?;
    announce("building the components");
    for world in WORLDS {
        bench.build_go(world)?;
        build_hand(&bench, world)?;
        build_c(&bench, world)?;
    }
    announce("calling");
    let c = rows(&bench.measure("c")?)?;
    let hand = rows(&bench.measure("hand")?)?;
    let go = rows(&bench.measure("go")?)?;
    print!("{}", table(&c, &hand, &go)?);
    Ok(())
}

fn build_c(bench: &Bench, world: &str) -> Result<()> {
    let core = bench.tools.out.join(format!("c-{world}.core.wasm"));
    run_command(
        Command::new(CLANG)
            .args(["--target=wasm32-wasi", "-mexec-model=reactor", "-O2", "-Wall", "-Wextra", "-o"])
            .arg(&core)
            .arg(bench.folder.join("c").join(format!("{world}.c"))),
    )?;
    componentize(bench, &core, world, &bench.component("c", world))
}

/// Go without bindings: the stock compiler's module, and no more.
fn build_hand(bench: &Bench, world: &str) -> Result<()> {
    let core = bench.tools.out.join(format!("hand-{world}.core.wasm"));
    let mut go = Command::new("go");
    go.current_dir(bench.folder.join("hand").join(world)).env("PATH", &bench.tools.path);
    go.env("GOOS", "wasip1")
        .env("GOARCH", "wasm")
        .args(["build", "-buildmode=c-shared", "-o"])
        .arg(&core)
        .arg(".");
    run_command(&mut go)?;
    componentize(bench, &core, &format!("counted-{world}"), &bench.component("hand", world))
}

fn componentize(bench: &Bench, core: &Path, world: &str, component: &Path) -> Result<()> {
    let mut componentize = Command::new(&bench.tools.tenon);
    componentize.arg("componentize").arg(core).arg("--wit").arg(bench.folder.join("wit"));
    run_command(componentize.args(["--world", world, "-o"]).arg(component))
}

/// C, Go by hand and Go side by side.
fn table(c: &Rows, hand: &Rows, go: &Rows) -> Result<String> {
    let mut text = format!(
        "{:<12} {:>10} {:>12} {:>10} {:>6} {:>8}   {:>16} {:>16}\n",
        "ns per call",
        "C to C",
        "Go by hand",
        "Go to Go",
        "to C",
        "to hand",
        "caller's mallocs",
        "callee's mallocs"
    );
    for (name, numbers) in go {
        let (Some(c), Some(hand), [go, here, there]) = (time(c, name), time(hand, name), &numbers[..]) else {
            bail!("the runners do not agree about {name}");
        };
        let (to_c, to_hand) = (go / c, go / hand);
        text += &format!(
            "{name:<12} {c:>10.1} {hand:>12.1} {go:>10.1} {to_c:>6.2} {to_hand:>8.2}   {here:>16.2} {there:>16.2}\n"
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_compared_row_by_row() {
        let c = rows("\"add 10.0;greet 100.5\"\n").unwrap();
        let go = rows("\"add 16.0 0.00 0.00;greet 201.0 1.00 2.00\"\n").unwrap();
        let hand = rows("\"add 8.0 0.00 0.00;greet 134.0 1.00 2.00\"\n").unwrap();
        let table = table(&c, &hand, &go).unwrap();
        assert!(table.contains("add                10.0          8.0       16.0   1.60     2.00"), "{table}");
        assert!(table.contains("2.00     1.50               1.00             2.00"), "{table}");
    }

    #[test]
    fn runners_that_do_not_agree_are_refused() {
        let (add, sum) = (rows("\"add 1.0 0 0\"").unwrap(), rows("\"sum 1.0 0 0\"").unwrap());
        assert!(table(&add, &add, &sum).is_err());
        assert!(table(&add, &sum, &add).is_err());
    }
}
