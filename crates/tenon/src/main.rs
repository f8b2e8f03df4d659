//! The command line of Tenon. Parses, calls the libraries, prints; the only place that touches files.

mod cli;
mod commands;
mod files;
mod golang;
mod project;
mod runtime;
mod templates;
mod ui;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let ui = ui::Ui::new(cli.color, cli.verbose);
    match commands::run(cli.command, &ui) {
        Ok(code) => ExitCode::from(code),
        Err(error) => ExitCode::from(ui.report(&error)),
    }
}
