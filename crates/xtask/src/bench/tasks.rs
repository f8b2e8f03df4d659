//! `cargo xtask bench async`: asynchronous calls and streams from Go to Go.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Bench, Rows, WORLDS, rows, time};
use crate::shell::{Root, announce, output};

/// How much longer than a synchronous call an asynchronous one may take that does not block, in microseconds.
const TRIVIAL: f64 = 5.0;
/// How fast a stream of bytes in chunks of 64 KiB is to be, in gigabytes per second.
const FAST: f64 = 2.0;
/// The chunks that this is said of.
const CHUNK: &str = "65536";
/// How much slower numbers may be than bytes.
const NUMBERS: f64 = 1.2;

pub(super) fn run(root: &Root) -> Result<()> {
    let bench = Bench::new(root, "async")?;
    announce("building the components");
    for world in WORLDS {
        bench.build_go(world)?;
    }
    announce("calling and streaming");
    let floor = floor(&bench)?;
    print!("{}", table(&rows(&bench.measure("go")?)?, floor)?);
    Ok(())
}

/// How many calls of the floor there are in one run, and how many runs: the fastest counts.
const FLOOR: (u32, u32) = (200_000, 5);

/// What a trivial asynchronous call costs where neither side is Go, in nanoseconds.
fn floor(bench: &Bench) -> Result<f64> {
    let component = bench.tools.out.join("async-floor.wasm");
    let bytes = wat::parse_file(bench.folder.join("floor.wat"))?;
    fs::write(&component, bytes).with_context(|| format!("cannot write {}", component.display()))?;
    let (calls, runs) = FLOOR;
    let mut fastest = f64::INFINITY;
    for _ in 0..runs {
        let call = format!("run({calls})");
        let said = output(Command::new(&bench.tools.tenon).args(["run", "--invoke", &call]).arg(&component))?;
        let time: f64 = said.trim().parse().with_context(|| format!("the floor said {said}"))?;
        fastest = fastest.min(time / f64::from(calls));
    }
    Ok(fastest)
}

/// The rows, and what was aimed at.
fn table(rows: &Rows, floor: f64) -> Result<String> {
    let mut text = format!(
        "{:<16} {:>14} {:>8}   {:>16} {:>16}\n",
        "", "ns/operation", "GB/s", "caller's mallocs", "callee's mallocs"
    );
    for (name, numbers) in rows {
        let [ns, here, there] = &numbers[..] else {
            anyhow::bail!("row {name} has {} numbers", numbers.len())
        };
        let rate = chunk(name).map_or(String::new(), |bytes| format!("{:.2}", bytes / ns));
        text += &format!("{name:<16} {ns:>14.1} {rate:>8}   {here:>16.2} {there:>16.2}\n");
    }
    text += &aims(rows, floor).context("a row is missing")?;
    Ok(text)
}

/// How many bytes an operation of a row moves: the names of streams end in that.
fn chunk(name: &str) -> Option<f64> {
    let (kind, size) = name.rsplit_once('-')?;
    matches!(kind, "bytes" | "numbers").then(|| size.parse().ok())?
}

fn aims(rows: &Rows, floor: f64) -> Option<String> {
    let extra = (time(rows, "trivial")? - time(rows, "now")?) / 1000.0;
    let (one, many) = (time(rows, "in-flight-1")?, time(rows, "in-flight-10000")?);
    let bytes = time(rows, &format!("bytes-{CHUNK}"))?;
    let numbers = time(rows, &format!("numbers-{CHUNK}"))?;
    let rate = chunk(&format!("bytes-{CHUNK}"))? / bytes;
    Some(format!(
        "\na trivial asynchronous call: {extra:.2} us more than a synchronous one (aim: {TRIVIAL}), of which {:.2} are the host's\n\
         a task among 10,000: {:.2} times one alone\n\
         bytes in chunks of 64 KiB: {rate:.2} GB/s (aim: {FAST})\n\
         numbers: {:.2} times the bytes' time (aim: {NUMBERS})\n",
        floor / 1000.0,
        many / one,
        numbers / bytes
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_aims_come_from_the_rows() {
        let said = "\"now 20.0 0 0;trivial 3020.0 0 2;in-flight-1 5000.0 1 1;in-flight-10000 6000.0 1 1;\
                    bytes-65536 16384.0 0 0;numbers-65536 18022.4 0 0\"";
        let table = table(&rows(said).unwrap(), 2200.0).unwrap();
        assert!(table.contains("bytes-65536             16384.0     4.00"), "{table}");
        assert!(table.contains("3.00 us more"), "{table}");
        assert!(table.contains("of which 2.20 are"), "{table}");
        assert!(table.contains("1.20 times one alone"), "{table}");
        assert!(table.contains("1.10 times the bytes"), "{table}");
    }

    #[test]
    fn a_missing_row_is_noticed() {
        assert!(table(&rows("\"now 20.0 0 0\"").unwrap(), 1.0).is_err());
    }
}
