//! `tenon completions SHELL`

use clap::CommandFactory;
use clap_complete::Shell;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  tenon completions bash > ~/.local/share/bash-completion/completions/tenon"
)]
pub(crate) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::cli::Cli::command(), "tenon", &mut script);
    crate::ui::print_bytes(&script)?;
    Ok(0)
}
