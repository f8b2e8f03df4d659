//! `cargo xtask bench memory`: what strings of all sizes cost that the host places in Go's memory, as the runtime does it and
//! with memory outside of Go's heap, from which they are copied. What it shows is in ADR 4.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{Bench, Rows, WORLDS, rows};
use crate::shell::{Root, announce};

/// What the runtime does, and what it is compared with.
const WAYS: [&str; 2] = ["pinned", "outside"];

pub(super) fn run(root: &Root) -> Result<()> {
    let bench = Bench::new(root, "memory")?;
    announce("building the components");
    let overlay = overlay(&bench, root)?;
    for way in WAYS {
        let flags = if way == "outside" { format!("-overlay={}", overlay.display()) } else { String::new() };
        for world in WORLDS {
            bench.build_with(way, world, &flags)?;
        }
    }
    announce("receiving");
    let [pinned, outside] = WAYS.map(|way| bench.measure(way).and_then(|said| rows(&said)));
    print!("{}", table(&pinned?, &outside?)?);
    Ok(())
}

/// Has Go compile another file in the place of the one that allocates large blocks.
fn overlay(bench: &Bench, root: &Root) -> Result<std::path::PathBuf> {
    let path = |path: &Path| path.to_str().map(str::to_string).context("the repository's path is not UTF-8");
    let (there, here) = (root.join("go/abi/large.go"), bench.folder.join("outside/large.go"));
    let overlay = bench.tools.out.join("memory-overlay.json");
    let text = json!({ "Replace": { path(&there)?: path(&here)? } }).to_string();
    fs::write(&overlay, text).with_context(|| format!("cannot write {}", overlay.display()))?;
    Ok(overlay)
}

/// Both ways side by side.
fn table(pinned: &Rows, outside: &Rows) -> Result<String> {
    let mut text = format!(
        "{:>8} {:>12} {:>12} {:>8} {:>16} {:>16} {:>20}\n",
        "bytes",
        "pinned, ns",
        "outside, ns",
        "times",
        "pinned, B/call",
        "outside, B/call",
        "collections/1,000"
    );
    for ((size, ours), (other, theirs)) in pinned.iter().zip(outside) {
        let ([ns, bytes, collections], [ns_outside, bytes_outside, collections_outside]) =
            (&ours[..], &theirs[..])
        else {
            bail!("row {size} has other numbers than time, bytes and collections");
        };
        if size != other {
            bail!("the runners do not agree about their rows: {size} and {other}");
        }
        let times = ns_outside / ns;
        let often = format!("{:.1} / {:.1}", 1000.0 * collections, 1000.0 * collections_outside);
        text += &format!(
            "{size:>8} {ns:>12.1} {ns_outside:>12.1} {times:>8.2} {bytes:>16.0} {bytes_outside:>16.0} {often:>20}\n"
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_compared_row_by_row() {
        let pinned = rows("\"16 50.0 16.0 0.0001\"").unwrap();
        let outside = rows("\"16 100.0 16.0 0.0002\"").unwrap();
        let text = table(&pinned, &outside).unwrap();
        assert!(text.contains("      16         50.0        100.0     2.00               16               16            0.1 / 0.2"), "{text}");
    }

    #[test]
    fn runners_that_do_not_agree_are_refused() {
        let (one, other) = (rows("\"16 50.0 16.0 0.0\"").unwrap(), rows("\"32 50.0 16.0 0.0\"").unwrap());
        assert!(table(&one, &other).is_err());
        assert!(table(&rows("\"16 50.0\"").unwrap(), &one).is_err());
    }
}
