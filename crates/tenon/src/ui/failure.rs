//! Why a command stops.

use std::fmt;

use tenon_wit::Diagnostics;

/// The input was refused.
pub(crate) const REFUSED: u8 = 1;
/// Wrong usage, or a file that cannot be read or written.
pub(crate) const USAGE: u8 = 2;

/// Why a command stops. Any other error is one of input or output.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What a library found wrong, with places.
    Diagnostics(Diagnostics),
    /// One thing that is wrong.
    Report(Report),
    /// It was told already: only the exit code is left.
    Reported(u8),
}

/// One message with what to do about it.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// One sentence, without a full stop.
    pub(crate) message: String,
    /// What else is worth knowing.
    pub(crate) notes: Vec<String>,
    /// What to do.
    pub(crate) help: Vec<String>,
    /// The exit code.
    pub(crate) code: u8,
}

impl Report {
    /// With something to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Report {
        self.help.push(help.into());
        self
    }

    /// With something to do, if there is.
    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Report {
        self.help.extend(help);
        self
    }

    /// With something to know.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Report {
        self.notes.push(note.into());
        self
    }
}

/// The input was refused.
pub(crate) fn refused(message: impl Into<String>) -> Report {
    Report { message: message.into(), notes: Vec::new(), help: Vec::new(), code: REFUSED }
}

/// The command line makes no sense, or the surroundings do not allow it.
pub(crate) fn misuse(message: impl Into<String>) -> Report {
    Report { code: USAGE, ..refused(message) }
}

/// An error of input or output, with its causes in one sentence.
pub(crate) fn from_io(error: &anyhow::Error) -> Report {
    misuse(format!("{error:#}"))
}

impl From<Report> for anyhow::Error {
    fn from(report: Report) -> anyhow::Error {
        anyhow::Error::new(Failure::Report(report))
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Failure {
        Failure::Report(report)
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Failure {
        Failure::Diagnostics(diagnostics)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Diagnostics(diagnostics) => diagnostics.fmt(f),
            Failure::Report(report) => f.write_str(&report.message),
            Failure::Reported(code) => write!(f, "exit code {code}"),
        }
    }
}

impl std::error::Error for Failure {}
