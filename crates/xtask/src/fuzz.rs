//! `cargo xtask fuzz-wit`: random worlds through the generators, and random values through Go programs, as components and as
//! JavaScript packages.
//!
//! The work is done by three tests, which `make test` runs with a few fixed seeds. Here they get others, and more of them.

use anyhow::{Result, bail};

use crate::setup;
use crate::shell::{Root, announce, run as run_command};

/// Worlds whose values are tried for every so many worlds that are only compiled.
const COMPILED_PER_CALLED: u64 = 10;

/// The arguments.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// How many seeds to make worlds of. A tenth as many worlds are built and called with values.
    #[arg(long, value_name = "N", default_value_t = 2000)]
    seeds: u64,

    /// The first seed.
    #[arg(long, value_name = "S", default_value_t = 0)]
    start: u64,

    /// How often each function of a world is called.
    #[arg(long, value_name = "N", default_value_t = 50)]
    values: u64,

    /// Only this seed: how a failure is looked at again.
    #[arg(long, value_name = "X", conflicts_with_all = ["seeds", "start"])]
    seed: Option<u64>,

    /// Only one part of the work.
    #[arg(long, value_enum)]
    only: Option<Part>,
}

/// The parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Worlds of wit-smith are generated and compiled.
    Worlds,
    /// Worlds of wit-smith become JavaScript packages.
    Packages,
    /// Worlds of our own are generated, built, and called with random values. All of `--seeds` are.
    Values,
}

/// The seeds of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seeds {
    start: u64,
    count: u64,
}

pub(crate) fn run(root: &Root, args: &Args) -> Result<()> {
    let path = setup::path_with(&setup::go(root)?)?;
    let mut failed = Vec::new();
    for (part, seeds) in plan(args) {
        let (name, packages, test) = match part {
            Part::Worlds => ("worlds", ["tenon-gen-go", "tenon-tests"], "fuzz"),
            Part::Packages => ("packages", ["tenon-plan", "tenon-gen-js"], "worlds"),
            Part::Values => ("values", ["tenon", "tenon-host"], "values"),
        };
        announce(&format!("{name}: {} seeds from {}", seeds.count, seeds.start));
        let mut tests = root.cargo();
        // Packages in pairs: the features that they ask for together are those that everything is compiled with anyway.
        tests.args(["test", "--quiet", "--release", "--package", packages[0], "--package", packages[1]]);
        tests.args(["--test", test, "--", "--nocapture"]);
        tests.env("PATH", &path).env("FUZZ_START", seeds.start.to_string());
        tests.env("FUZZ_SEEDS", seeds.count.to_string()).env("FUZZ_VALUES", args.values.to_string());
        if run_command(&mut tests).is_err() {
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("there were failures: {}; try one again with --seed", failed.join(", "));
    }
    Ok(())
}

/// Which parts get which seeds.
fn plan(args: &Args) -> Vec<(Part, Seeds)> {
    let all = match args.seed {
        Some(seed) => Seeds { start: seed, count: 1 },
        None => Seeds { start: args.start, count: args.seeds },
    };
    let some = Seeds { count: all.count.div_ceil(COMPILED_PER_CALLED), ..all };
    match args.only {
        Some(part) => vec![(part, all)],
        None => vec![(Part::Worlds, all), (Part::Packages, all), (Part::Values, some)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    #[track_caller]
    fn check(line: &str, expected: &[(Part, u64, u64)]) {
        let cli = Cli::parse_from(line.split_whitespace());
        let expected: Vec<_> =
            expected.iter().map(|(p, start, count)| (*p, Seeds { start: *start, count: *count })).collect();
        assert_eq!(plan(&cli.args), expected, "{line}");
    }

    #[test]
    fn seeds_are_shared_out() {
        use Part::{Packages, Values, Worlds};
        check("fuzz-wit", &[(Worlds, 0, 2000), (Packages, 0, 2000), (Values, 0, 200)]);
        check("fuzz-wit --seeds 5 --start 7", &[(Worlds, 7, 5), (Packages, 7, 5), (Values, 7, 1)]);
        check("fuzz-wit --seed 12", &[(Worlds, 12, 1), (Packages, 12, 1), (Values, 12, 1)]);
        check("fuzz-wit --only values --seeds 300", &[(Values, 0, 300)]);
    }
}
