//! `cargo xtask stress`: random schedules of calls, cancellations and closes in Go components, checked against a model.
//!
//! The work is done by the program `stress` of tenon-host, which `make test` runs with a few seeds. Here it gets others.

use anyhow::{Context, Result};

use crate::setup;
use crate::shell::{Root, announce, output, run as run_command};

/// The arguments.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// How many seeds each component gets.
    #[arg(long, value_name = "N", default_value_t = 200, conflicts_with = "minutes")]
    seeds: u64,

    /// The first seed.
    #[arg(long, value_name = "S", default_value_t = 0)]
    start: u64,

    /// Try seeds until so many minutes are over.
    #[arg(long, value_name = "M")]
    minutes: Option<u64>,

    /// Only this seed, saying when each play begins and ends: how a failure is looked at again.
    #[arg(long, value_name = "X", conflicts_with_all = ["seeds", "start", "minutes"])]
    seed: Option<u64>,

    /// No more than so many plays at a time: to find a failure in fewer steps.
    #[arg(long, value_name = "N")]
    plays: Option<u64>,
}

pub(crate) fn run(root: &Root, args: &Args) -> Result<()> {
    let path = setup::path_with(&setup::go(root)?)?;
    announce("building");
    run_command(root.cargo().env("PATH", &path).args(["build", "--release", "--package", "tenon"]))?;
    // The packages in a pair: the features that they ask for together are those that everything is compiled with anyway.
    let pair = ["build", "--release", "--package", "tenon", "--package", "tenon-host", "--example", "stress"];
    run_command(root.cargo().env("PATH", &path).args(pair))?;
    let target = root.metadata()?.target_directory;
    let mut kitchens = root.cargo();
    kitchens.env("PATH", &path).args(["run", "--quiet", "--release", "--package", "tenon-tests"]);
    kitchens.args(["--example", "kitchens", "--"]).arg(target.join("stress"));
    let components = output(&mut kitchens).context("building the components")?;
    announce("playing");
    let program = format!("stress{}", std::env::consts::EXE_SUFFIX);
    let mut stress = root.command(target.join("release/examples").join(program));
    stress.args(args.words()).args(components.lines());
    run_command(&mut stress).context("there were failures: try one again with --seed")
}

impl Args {
    /// The arguments of the program.
    fn words(&self) -> Vec<String> {
        let mut words = match (self.seed, self.minutes) {
            (Some(seed), _) => vec!["--verbose".to_string(), format!("--seed={seed}")],
            (None, Some(minutes)) => vec![format!("--start={}", self.start), format!("--minutes={minutes}")],
            (None, None) => vec![format!("--start={}", self.start), format!("--seeds={}", self.seeds)],
        };
        words.extend(self.plays.map(|plays| format!("--plays={plays}")));
        words
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
    fn check(line: &str, expected: &[&str]) {
        let cli = Cli::parse_from(line.split_whitespace());
        assert_eq!(cli.args.words(), expected, "{line}");
    }

    #[test]
    fn arguments_are_passed_on() {
        check("stress", &["--start=0", "--seeds=200"]);
        check("stress --minutes 60 --start 7", &["--start=7", "--minutes=60"]);
        check("stress --seed 12 --plays 3", &["--verbose", "--seed=12", "--plays=3"]);
    }
}
