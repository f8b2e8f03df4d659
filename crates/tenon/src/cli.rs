//! What can be typed.

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::commands::{
    add, build, completions, componentize, doctor, generate, host, inspect, new, run, serve,
};

/// Go for the WebAssembly Component Model.
#[derive(Debug, Parser)]
#[command(name = "tenon", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done, 1 the input was refused, 2 wrong usage or a file that cannot be read or written."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Say more about what is done; twice for all of it.
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The subcommands, in the order in which a newcomer meets them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a project that builds, runs and tests at once.
    New(new::Args),
    /// Add WIT packages to the project; those of WASI ship inside tenon.
    Add(add::Args),
    /// Write Go bindings for a WIT world.
    Generate(generate::Args),
    /// Build a Go program into a component.
    Build(build::Args),
    /// Make a component of a core module, of any language.
    Componentize(componentize::Args),
    /// Run a command, or call one export of a component.
    Run(run::Args),
    /// Serve a component that answers HTTP requests.
    Serve(serve::Args),
    /// Make a package by which a program in another language uses a component.
    Host(host::Args),
    /// Show what a component imports and exports, and what takes its bytes.
    Inspect(inspect::Args),
    /// Check what is installed and say how to get what is missing.
    Doctor(doctor::Args),
    /// Print the completions for a shell.
    Completions(completions::Args),
}
