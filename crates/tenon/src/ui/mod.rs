//! How tenon speaks: data on stdout, everything else on stderr.

mod failure;
mod progress;
mod render;

use std::io::{self, IsTerminal, Write};

use crate::cli::Color;
use anstream::ColorChoice;

pub(crate) use failure::{Failure, Report, misuse, refused};
pub(crate) use progress::Stage;

/// Where messages go and how they look.
#[derive(Debug)]
pub(crate) struct Ui {
    /// How much to say: 0 for errors and warnings only.
    pub(crate) verbose: u8,
    terminal: bool,
}

impl Ui {
    /// Settles colours and logging for the whole process.
    pub(crate) fn new(color: Color, verbose: u8) -> Ui {
        match color {
            Color::Auto => {}
            Color::Always => ColorChoice::Always.write_global(),
            Color::Never => ColorChoice::Never.write_global(),
        }
        init_tracing(verbose, color);
        Ui { verbose, terminal: io::stderr().is_terminal() }
    }

    /// Shows an error and gives the exit code that it means.
    pub(crate) fn report(&self, error: &anyhow::Error) -> u8 {
        let (text, code) = match error.downcast_ref::<Failure>() {
            Some(Failure::Reported(code)) => return *code,
            Some(Failure::Diagnostics(diagnostics)) => (render::diagnostics(diagnostics), failure::REFUSED),
            Some(Failure::Report(report)) => (render::report(report), report.code),
            None => (render::report(&failure::from_io(error)), failure::USAGE),
        };
        self.say(&text);
        code
    }

    /// A warning: something was done, and this should be known.
    pub(crate) fn warn(&self, message: &str, help: Option<&str>) {
        self.say(&render::warning(message, help));
    }

    /// A line for the reader, on stderr.
    pub(crate) fn say(&self, text: &str) {
        // When stderr is gone there is nobody left to tell.
        let _ = writeln!(anstream::stderr().lock(), "{text}");
    }

    /// Work that may take long: shows a spinner with its name after a second, if there is a terminal.
    pub(crate) fn stage(&self, name: &'static str) -> Stage {
        tracing::info!("{name}");
        Stage::start(name, self.terminal && self.verbose == 0)
    }
}

fn init_tracing(verbose: u8, color: Color) {
    let default = match verbose {
        0 => "error",
        1 => "tenon=info,tenon_host=info,warn",
        2 => "tenon=debug,tenon_host=debug,info",
        _ => "trace",
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("TENON_LOG").unwrap_or_else(|_| default.into());
    let ansi = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(ansi)
        .with_writer(io::stderr)
        .without_time()
        .init();
}

/// Data for stdout. A reader that has gone (`| head`) is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    print_bytes(text.as_bytes())
}

/// As [`print`], for bytes.
pub(crate) fn print_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
