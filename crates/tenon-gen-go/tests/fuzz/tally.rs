//! What became of all worlds, and where those that failed are kept.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Instant;

use tenon_gen_go::Files;

use crate::smith::Candidate;
use crate::support::{write, write_module};

/// Counts.
pub(crate) struct Tally {
    started: Instant,
    /// Seeds of which wit-smith could make nothing.
    pub(crate) barren: usize,
    pub(crate) worlds: usize,
    pub(crate) generated: usize,
    pub(crate) files: usize,
    /// Worlds by the codes that they were refused with.
    refused: BTreeMap<String, usize>,
    pub(crate) failures: Vec<String>,
}

impl Tally {
    pub(crate) fn new() -> Tally {
        Tally {
            started: Instant::now(),
            barren: 0,
            worlds: 0,
            generated: 0,
            files: 0,
            refused: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    pub(crate) fn refuse(&mut self, codes: &[&str]) {
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        codes.dedup();
        *self.refused.entry(codes.join(" ")).or_default() += 1;
    }

    pub(crate) fn fail(&mut self, root: &str, why: &str, kept: PathBuf) {
        let first: Vec<&str> = why.lines().take(3).collect();
        println!("FAILED {root}, kept in {}:\n  {}", kept.display(), first.join("\n  "));
        self.failures.push(format!("{root}: {}", first.first().unwrap_or(&"")));
    }

    /// How far it got.
    pub(crate) fn line(&self) -> String {
        let refused: usize = self.refused.values().sum();
        format!(
            "{} worlds, {} generated, {refused} refused, {} failed",
            self.worlds,
            self.generated,
            self.failures.len()
        )
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |name: &str, count: usize| writeln!(f, "{name:<28} {count:>8}");
        row("worlds", self.worlds)?;
        row("generated", self.generated)?;
        for (codes, count) in &self.refused {
            row(&format!("refused: {codes}"), *count)?;
        }
        row("failed", self.failures.len())?;
        row("Go files", self.files)?;
        row("seeds without a world", self.barren)?;
        for failure in &self.failures {
            writeln!(f, "failed: {failure}")?;
        }
        write!(f, "in {} s", self.started.elapsed().as_secs())
    }
}

/// Writes a world that failed with what was made of it, to be looked at and tried again.
pub(crate) fn keep(candidate: &Candidate, files: Option<&Files>, why: &str) -> PathBuf {
    let folder = match std::env::var_os("FUZZ_KEEP") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz"),
    };
    let dir = folder.join(&candidate.root);
    let _ = std::fs::remove_dir_all(&dir);
    write(&dir.join("in.wit"), &format!("// world {}\n{}", candidate.world, candidate.wit));
    write(&dir.join("why.txt"), why);
    if let Some(files) = files {
        let below: Files =
            files.iter().map(|(path, text)| (format!("{}/{path}", candidate.root), text.clone())).collect();
        write_module(&dir, &below);
    }
    dir
}
