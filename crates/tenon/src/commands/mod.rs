//! One file for each subcommand.

pub(crate) mod add;
pub(crate) mod build;
pub(crate) mod completions;
pub(crate) mod componentize;
pub(crate) mod doctor;
pub(crate) mod generate;
pub(crate) mod guest;
pub(crate) mod host;
pub(crate) mod inspect;
pub(crate) mod new;
pub(crate) mod run;
pub(crate) mod serve;
mod world_args;

use crate::cli::Command;
use crate::ui::Ui;

/// Does what was asked. The number is the exit code.
pub(crate) fn run(command: Command, ui: &Ui) -> anyhow::Result<u8> {
    match command {
        Command::New(args) => new::run(&args, ui),
        Command::Add(args) => add::run(&args, ui),
        Command::Generate(args) => generate::run(&args, ui),
        Command::Build(args) => build::run(&args, ui),
        Command::Componentize(args) => componentize::run(&args, ui),
        Command::Run(args) => run::run(&args, ui),
        Command::Serve(args) => serve::run(&args, ui),
        Command::Host(args) => host::run(&args, ui),
        Command::Inspect(args) => inspect::run(&args, ui),
        Command::Doctor(args) => doctor::run(&args, ui),
        Command::Completions(args) => completions::run(&args),
    }
}
