//! What a component is given.

use crate::limits::Limits;
use crate::network::Network;
use crate::output::Output;
use std::path::PathBuf;
use std::time::Duration;

/// What a component is given: nothing but a place to write to, unless said otherwise.
#[derive(Debug, Clone)]
pub struct Options {
    /// The arguments, the first of which is the name of the program.
    pub args: Vec<String>,
    /// The environment.
    pub env: Vec<(String, String)>,
    /// The directories it may use.
    pub dirs: Vec<Dir>,
    /// What it may reach.
    pub network: Network,
    /// What it reads.
    pub stdin: Stdin,
    /// Where its stdout goes.
    pub stdout: Output,
    /// Where its stderr goes.
    pub stderr: Output,
    /// What it may use up.
    pub limits: Limits,
    /// How long tasks that are left when the called function has returned may go on. `None` drops them at once.
    pub drain: Option<Duration>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            args: Vec::new(),
            env: Vec::new(),
            dirs: Vec::new(),
            network: Network::default(),
            stdin: Stdin::Empty,
            stdout: Output::Inherit,
            stderr: Output::Inherit,
            limits: Limits::default(),
            drain: Some(Duration::from_secs(30)),
        }
    }
}

/// A directory for the component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dir {
    /// The path on this machine.
    pub host: PathBuf,
    /// The path that the component sees.
    pub guest: String,
    /// Whether the component may only read.
    pub read_only: bool,
}

/// What a component reads from stdin.
#[derive(Debug, Clone, Default)]
pub enum Stdin {
    /// Nothing: the end, at once.
    #[default]
    Empty,
    /// What this process reads.
    Inherit,
    /// These bytes.
    Bytes(bytes::Bytes),
}
