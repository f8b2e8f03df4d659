//! The end-to-end tests: every case with every Go release that it wants, and what takes a program to test.

mod browser;
mod guide;
mod interop;
mod lint;
mod load;
mod node;
mod schedules;
mod serving;
mod stress;

use std::process::ExitCode;

use anyhow::Result;
use libtest_mimic::{Arguments, Failed, Trial};
use tenon_tests::place::{self, Go};
use tenon_tests::{case, run};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match trials() {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn trials() -> Result<Vec<Trial>> {
    let mut trials = Vec::new();
    for (name, case) in case::all()? {
        let releases = if case.every_go { place::go_releases()? } else { vec![Go::on_path()] };
        let case = std::sync::Arc::new(case);
        for go in releases {
            let name = if case.every_go { format!("{name}::go{}", go.version) } else { name.clone() };
            let case = case.clone();
            trials.push(trial(&format!("cases::{name}"), move || run::run(&case, &go)));
        }
    }
    trials.extend(interop::trials()?);
    trials.extend(browser::trials());
    trials.extend(serving::trials());
    trials.extend(guide::trials());
    trials.extend(lint::trials());
    trials.extend(load::trials());
    trials.extend(node::trials());
    trials.extend(stress::trials());
    trials.extend(schedules::trials());
    Ok(trials)
}

/// A test by its name.
fn trial(name: &str, test: impl FnOnce() -> Result<()> + Send + 'static) -> Trial {
    Trial::test(name, move || test().map_err(|error| Failed::from(format!("{error:#}"))))
}
