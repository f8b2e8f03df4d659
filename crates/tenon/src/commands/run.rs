//! `tenon run`

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use tenon_host::{Error, Loaded, Options, Stdin};
use tenon_wit::{Diagnostic, Diagnostics, Label, WitFile};

use super::guest::{self, GuestArgs, parse_duration};
use crate::ui::{Failure, Ui, print};

/// The code of an expression that cannot be called.
const EXPRESSION: &str = "T0902";
/// What an expression is called in messages.
const COMMAND_LINE: &str = "<--invoke>";

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon run hello.wasm
  tenon run --dir . wordcount.wasm README.md
  tenon run --invoke 'greet(\"world\")' greeter.wasm

Options for tenon come before FILE; what follows it belongs to the program. The exit status is the
program's own.")]
pub(crate) struct Args {
    /// Call one export instead, with arguments in WAVE, and print the result.
    #[arg(long, value_name = "CALL")]
    invoke: Option<String>,

    /// How long goroutines may go on after the program has returned.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "30s")]
    drain: Duration,

    /// Stop goroutines at once when the program has returned.
    #[arg(long, conflicts_with = "drain")]
    no_drain: bool,

    /// How long the program may run.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    timeout: Option<Duration>,

    #[command(flatten)]
    guest: GuestArgs,

    /// The component.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The program's arguments.
    #[arg(
        value_name = "ARGS",
        trailing_var_arg = true,
        allow_hyphen_values = true,
        conflicts_with = "invoke"
    )]
    args: Vec<String>,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    let loaded = guest::load(&args.file, args.timeout.is_some(), ui)?;
    let mut options = Options { stdin: Stdin::Inherit, ..Options::default() };
    args.guest.apply(&mut options);
    options.drain = (!args.no_drain).then_some(args.drain);
    options.limits.time = args.timeout;
    options.args = vec![program_name(&args.file)];
    options.args.extend(args.args.iter().cloned());
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    let code = match &args.invoke {
        Some(call) => runtime.block_on(invoke(&loaded, call, &options, ui)),
        None => runtime.block_on(command(&loaded, &options, ui)),
    };
    // A thread that is stuck reading the terminal must not keep the process.
    runtime.shutdown_background();
    code
}

async fn command(loaded: &Loaded, options: &Options, ui: &Ui) -> Result<u8> {
    let exit = tenon_host::run(loaded, options).await.map_err(|e| guest::failed(&e, ui))?;
    abandoned(exit.abandoned, ui);
    // Systems keep one byte: a failure must not become a success on the way.
    Ok(match exit.code {
        0 => 0,
        code => u8::try_from(code & 0xff).ok().filter(|low| *low != 0).unwrap_or(1),
    })
}

async fn invoke(loaded: &Loaded, call: &str, options: &Options, ui: &Ui) -> Result<u8> {
    let invocation = match tenon_host::invoke(loaded, call, options).await {
        Ok(invocation) => invocation,
        Err(error) => return Err(invoke_failed(call, &error, ui)),
    };
    if let Some(result) = &invocation.result {
        print(&format!("{result}\n"))?;
    }
    abandoned(invocation.abandoned, ui);
    Ok(u8::from(invocation.is_err))
}

fn abandoned(abandoned: bool, ui: &Ui) {
    if abandoned {
        ui.warn(
            "the program left goroutines at work, and they were stopped",
            Some("give them longer with `--drain 60s`"),
        );
    }
}

/// What is wrong with an expression is shown where it is wrong.
fn invoke_failed(call: &str, error: &Error, ui: &Ui) -> anyhow::Error {
    let (message, span) = match error {
        Error::Expression { message, span } | Error::Arguments { message, span, .. } => {
            (message, span.clone())
        }
        _ => return guest::failed(error, ui).into(),
    };
    let mut diagnostic =
        Diagnostic::error(EXPRESSION, message.clone()).with_label(Label::primary(COMMAND_LINE, span, ""));
    diagnostic.help.extend(error.help());
    let drawn = Diagnostics::from(diagnostic).with_files(&[WitFile::new(COMMAND_LINE, call)]);
    Failure::from(drawn).into()
}

fn program_name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
