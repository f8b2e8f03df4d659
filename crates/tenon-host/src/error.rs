//! What can go wrong, as types. [`Error::help`] says what to do about it.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

/// A component stopped in the middle of its work.
#[derive(Debug, Clone)]
pub struct Trap {
    /// What happened, in one line.
    pub message: String,
    /// The wasm frames, innermost first, if there are any. For verbose output: a Go program has already written
    /// its own stack to stderr.
    pub backtrace: Option<String>,
}

impl Trap {
    pub(crate) fn from_wasmtime(error: &wasmtime::Error) -> Self {
        tracing::debug!("{error:?}");
        let backtrace = error.downcast_ref::<wasmtime::WasmBacktrace>().map(|b| b.to_string());
        let message = match error.downcast_ref::<wasmtime::Trap>() {
            Some(trap) => trap.to_string(),
            // An error of this host's own: what it was doing matters as well. The frames are a link of the chain, too.
            None => {
                let links = error.chain().map(|link| link.to_string());
                links.filter(|link| !link.contains("wasm backtrace:")).collect::<Vec<_>>().join(": ")
            }
        };
        Trap { message, backtrace }
    }
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Why a component could not be run, called or served.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The engine could not be set up.
    Engine(String),
    /// The bytes are not WebAssembly at all.
    NotWasm,
    /// The bytes are a core module, not a component.
    CoreModule,
    /// The component does not validate, or uses what this host does not support.
    Invalid(String),
    /// The component imports what this host does not have.
    Imports {
        /// The imports at fault, where known.
        names: Vec<String>,
        /// What the engine said.
        message: String,
    },
    /// The component does not export `wasi:cli/run`.
    NotACommand {
        /// What it exports.
        exports: Vec<String>,
    },
    /// The component exports no `wasi:http` handler.
    NotAService {
        /// What it exports.
        exports: Vec<String>,
    },
    /// A directory could not be opened for the component.
    Dir {
        /// The path on this machine.
        path: PathBuf,
        /// Why not.
        message: String,
    },
    /// The component stopped while it was being started.
    Start(Trap),
    /// The component stopped while it ran.
    Trap(Trap),
    /// The component called `exit` where only a result is expected.
    Exited(i32),
    /// The component ran longer than it was allowed to.
    TimedOut(Duration),
    /// The expression to invoke is not a call.
    Expression {
        /// What is wrong.
        message: String,
        /// Where, in bytes of the expression.
        span: Range<usize>,
    },
    /// There is no such function.
    UnknownFunction {
        /// The name asked for.
        name: String,
        /// The functions that can be called, with their signatures.
        available: Vec<String>,
    },
    /// Several functions go by this name.
    AmbiguousFunction {
        /// The name asked for.
        name: String,
        /// The functions it could mean, by their full names.
        candidates: Vec<String>,
    },
    /// The arguments do not fit the function.
    Arguments {
        /// What is wrong.
        message: String,
        /// Where, in bytes of the expression.
        span: Range<usize>,
        /// The function with its parameters and result.
        signature: String,
    },
    /// The function takes or returns a type that has no text form.
    NoTextForm {
        /// The function with its parameters and result.
        signature: String,
    },
    /// The address to listen on makes no sense or cannot be resolved.
    Address {
        /// The address as given.
        address: String,
        /// Why not.
        message: String,
    },
    /// Another program listens on the address already.
    AddressInUse {
        /// The address as given.
        address: String,
    },
    /// The address cannot be listened on.
    Listen {
        /// The address as given.
        address: String,
        /// Why not.
        source: io::Error,
    },
}

impl Error {
    /// What the reader can do about it, if there is something.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Error::NotWasm => "build one with `tenon build`, or check that this is the right file".into(),
            Error::CoreModule => {
                "make it a component first: `tenon componentize`, or `tenon build` for Go".into()
            }
            Error::Imports { names, .. } if names.iter().any(|n| n.starts_with("wasi:")) => {
                "this host has WASI 0.2 and 0.3.0; build the component against one of those".into()
            }
            Error::Imports { .. } => {
                "this host offers WASI only; compose the component with one that exports what it imports"
                    .into()
            }
            Error::NotACommand { exports } if exports.iter().any(|e| is_handler(e)) => {
                "this component answers HTTP requests: use `tenon serve`".into()
            }
            Error::NotACommand { exports } => {
                format!("call one of its exports with `--invoke`; it exports {}", listed(exports))
            }
            Error::NotAService { exports } if exports.iter().any(|e| e.starts_with("wasi:cli/run@")) => {
                "this component is a command: use `tenon run`".into()
            }
            Error::NotAService { exports } => format!("it exports {}", listed(exports)),
            Error::Dir { .. } => "directories are given as HOST or HOST::GUEST, and HOST must exist".into(),
            Error::UnknownFunction { available, .. } if available.is_empty() => {
                "the component exports no function that can be called from here".into()
            }
            Error::UnknownFunction { available, .. } => format!("there is:\n  {}", available.join("\n  ")),
            Error::AmbiguousFunction { candidates, .. } => {
                format!("give the full name, one of:\n  {}", candidates.join("\n  "))
            }
            Error::Expression { .. } => "write it like `greet(\"world\", 1)`, with arguments in WAVE".into(),
            Error::Arguments { signature, .. } => format!("the function is {signature}"),
            Error::NoTextForm { .. } => "handles, streams and futures have no text form".into(),
            Error::AddressInUse { .. } => "choose another port, or port 0 for any that is free".into(),
            Error::Address { .. } => "give HOST:PORT, for example 127.0.0.1:8080".into(),
            _ => return None,
        })
    }
}

fn is_handler(export: &str) -> bool {
    export.starts_with("wasi:http/handler@") || export.starts_with("wasi:http/incoming-handler@")
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "nothing".into() } else { names.join(", ") }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Engine(m) => write!(f, "the WebAssembly engine could not be set up: {m}"),
            Error::NotWasm => write!(f, "this is not a WebAssembly file"),
            Error::CoreModule => write!(f, "this is a core WebAssembly module, not a component"),
            Error::Invalid(m) => write!(f, "the component is not valid: {m}"),
            Error::Imports { names, message } if names.is_empty() => {
                write!(f, "an import of the component cannot be satisfied: {message}")
            }
            Error::Imports { names, .. } => {
                write!(f, "the component imports what this host does not have: {}", names.join(", "))
            }
            Error::NotACommand { .. } => write!(f, "the component does not export `wasi:cli/run`"),
            Error::NotAService { .. } => {
                write!(
                    f,
                    "the component exports neither `wasi:http/handler` nor `wasi:http/incoming-handler`"
                )
            }
            Error::Dir { path, message } => {
                write!(f, "cannot open the directory {}: {message}", path.display())
            }
            Error::Start(trap) => write!(f, "the component failed to start: {trap}"),
            Error::Trap(trap) => write!(f, "the component trapped: {trap}"),
            Error::Exited(code) => write!(f, "the component exited with status {code} before it answered"),
            Error::TimedOut(limit) => write!(f, "the component did not finish within {limit:?}"),
            Error::Expression { message, .. } => write!(f, "not a call that can be made: {message}"),
            Error::UnknownFunction { name, .. } => write!(f, "the component exports no function `{name}`"),
            Error::AmbiguousFunction { name, .. } => {
                write!(f, "several exported functions are called `{name}`")
            }
            Error::Arguments { message, .. } => write!(f, "the arguments do not fit: {message}"),
            Error::NoTextForm { signature } => write!(f, "cannot call {signature} from the command line"),
            Error::Address { address, message } => write!(f, "cannot listen on `{address}`: {message}"),
            Error::AddressInUse { address } => {
                write!(f, "cannot listen on {address}: another program already does")
            }
            Error::Listen { address, source } => write!(f, "cannot listen on {address}: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Listen { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What a guest call that ended in an error means: an exit with a code, or a trap.
pub(crate) fn exit_code(error: &wasmtime::Error) -> Option<i32> {
    error.downcast_ref::<wasmtime_wasi::I32Exit>().map(|exit| exit.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_error_says_what_was_being_done_in_one_line() {
        let error = wasmtime::format_err!("it is gone")
            .context("failed to delete the response")
            .context("error while executing at wasm backtrace:\n    0: frame");
        let trap = Trap::from_wasmtime(&error);
        assert_eq!(trap.message, "failed to delete the response: it is gone");
    }
}
