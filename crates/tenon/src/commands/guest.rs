//! What a component is given when it is run or served.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use anyhow::Result;
use tenon_host::{AddrRule, Dir, Engine, EngineOptions, Grant, HostRule, Loaded, Network, Options};

use crate::files;
use crate::ui::{Report, Ui, misuse, refused};

/// The flags that grant something.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "What the component is given")]
pub(crate) struct GuestArgs {
    /// A directory; `::ro` at the end makes it read-only. May be given again. GUEST is its name for the program, HOST
    /// itself by default; relative paths start at the program's root, so `--dir .` makes that the current directory.
    #[arg(long = "dir", value_name = "HOST[::GUEST][::ro]", value_parser = parse_dir)]
    dirs: Vec<Dir>,

    /// An environment variable, with a value or with the one it has here. May be given again.
    #[arg(long = "env", value_name = "NAME[=VALUE]", value_parser = parse_env)]
    env: Vec<(String, String)>,

    /// TCP sockets: to all addresses, or to those that a rule such as 127.0.0.1:8080 or 10.0.0.0/8 names.
    #[arg(long, value_name = "RULE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    tcp: Vec<Rule<AddrRule>>,

    /// UDP sockets, likewise.
    #[arg(long, value_name = "RULE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    udp: Vec<Rule<AddrRule>>,

    /// Name lookup.
    #[arg(long)]
    dns: bool,

    /// Outgoing HTTP requests: to all hosts, or to those that a rule such as example.com or *.example.com:443 names.
    #[arg(long, value_name = "RULE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    http: Vec<Rule<HostRule>>,

    /// All of the network.
    #[arg(long)]
    network: bool,

    /// The size that a memory of the component may grow to, as 512MiB.
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_memory: Option<usize>,
}

/// A rule, or everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule<R>(Option<R>);

impl<R: FromStr> FromStr for Rule<R> {
    type Err = R::Err;

    fn from_str(text: &str) -> Result<Rule<R>, R::Err> {
        Ok(Rule(if text.is_empty() { None } else { Some(text.parse()?) }))
    }
}

fn grant<R: Clone>(rules: &[Rule<R>]) -> Grant<R> {
    if rules.is_empty() {
        return Grant::Nothing;
    }
    match rules.iter().map(|rule| rule.0.clone()).collect::<Option<Vec<R>>>() {
        Some(rules) => Grant::Only(rules),
        None => Grant::Everything,
    }
}

impl GuestArgs {
    /// Puts what was granted into the options. What is not mentioned stays as it is.
    pub(crate) fn apply(&self, options: &mut Options) {
        options.dirs.clone_from(&self.dirs);
        options.env.clone_from(&self.env);
        // Go takes the first directory for the current one unless it is told otherwise.
        if !self.dirs.is_empty() && self.env.iter().all(|(name, _)| name != "PWD") {
            options.env.push(("PWD".to_string(), "/".to_string()));
        }
        if self.network {
            options.network = Network::everything();
        }
        options.network.dns |= self.dns;
        if !self.tcp.is_empty() {
            options.network.tcp = grant(&self.tcp);
        }
        if !self.udp.is_empty() {
            options.network.udp = grant(&self.udp);
        }
        if !self.http.is_empty() {
            options.network.http = grant(&self.http);
        }
        if let Some(bytes) = self.max_memory {
            options.limits.memory = Some(bytes);
        }
    }
}

/// Reads and compiles a component.
pub(crate) fn load(path: &std::path::Path, interruptible: bool, ui: &Ui) -> Result<Loaded> {
    let bytes = files::read(path)?;
    let stage = ui.stage("compiling the component");
    let engine =
        Engine::new(&EngineOptions { interruptible, ..Default::default() }).map_err(|e| failed(&e, ui))?;
    let loaded = engine.load(&bytes).map_err(|e| in_file(path, &e))?;
    drop(stage);
    Ok(loaded)
}

fn in_file(path: &std::path::Path, error: &tenon_host::Error) -> anyhow::Error {
    refused(format!("{}: {error}", path.display())).maybe_help(error.help()).into()
}

/// An error of the host. A place in an expression is drawn by the caller.
pub(crate) fn failed(error: &tenon_host::Error, ui: &Ui) -> Report {
    use tenon_host::Error as E;
    let report = match error {
        E::Engine(_) | E::Dir { .. } | E::Address { .. } | E::AddressInUse { .. } | E::Listen { .. } => {
            misuse(error.to_string())
        }
        _ => refused(error.to_string()),
    };
    let report = report.maybe_help(error.help());
    match error {
        E::Start(trap) | E::Trap(trap) if ui.verbose > 0 => match &trap.backtrace {
            Some(backtrace) => report.note(backtrace.clone()),
            None => report,
        },
        _ => report,
    }
}

fn parse_dir(text: &str) -> Result<Dir, String> {
    let (rest, read_only) = match text.strip_suffix("::ro") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (host, guest) = rest.split_once("::").unwrap_or((rest, rest));
    if host.is_empty() || guest.is_empty() {
        return Err("write it as HOST, HOST::GUEST or HOST::GUEST::ro".to_string());
    }
    Ok(Dir { host: PathBuf::from(host), guest: absolute(guest), read_only })
}

/// The guest's name of a directory, from its root: a program's relative paths start there. `.` is the root itself.
fn absolute(guest: &str) -> String {
    let parts: Vec<&str> = guest.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    format!("/{}", parts.join("/"))
}

fn parse_env(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some(("", _)) => Err("the name is missing".to_string()),
        Some((name, value)) => Ok((name.to_string(), value.to_string())),
        None => match std::env::var(text) {
            Ok(value) => Ok((text.to_string(), value)),
            Err(_) => Err(format!("`{text}` has no value here; give it one: {text}=VALUE")),
        },
    }
}

/// Bytes: `65536`, `512KiB`, `64MiB`, `2G`.
fn parse_size(text: &str) -> Result<usize, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err("write it as 65536, 512KiB, 64MiB or 2GiB".to_string()),
    };
    let number: usize = number.parse().map_err(|_| "the number is missing or too large".to_string())?;
    number.checked_mul(1 << shift).ok_or_else(|| "the number is too large".to_string())
}

/// Time: `30` (seconds), `500ms`, `30s`, `2m`.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let wrong = || "write it as 30s, 500ms or 2m".to_string();
    let unit_at = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let seconds = match unit {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times() {
        assert_eq!(parse_size("65536"), Ok(65536));
        assert_eq!(parse_size("64MiB"), Ok(64 << 20));
        assert_eq!(parse_size("2g"), Ok(2 << 30));
        assert!(
            parse_size("MiB").is_err() && parse_size("1x").is_err() && parse_size("99999999999G").is_err()
        );
        assert_eq!(parse_duration("1.5"), Ok(Duration::from_millis(1500)));
        assert_eq!(parse_duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_duration("2m"), Ok(Duration::from_secs(120)));
        assert!(
            parse_duration("").is_err()
                && parse_duration("soon").is_err()
                && parse_duration("1..2s").is_err()
        );
    }

    #[test]
    fn directories() {
        let dir = |text| parse_dir(text).map(|d| (d.host.display().to_string(), d.guest, d.read_only));
        assert_eq!(dir("a"), Ok(("a".into(), "/a".into(), false)));
        assert_eq!(dir("."), Ok((".".into(), "/".into(), false)));
        assert_eq!(dir("../a/./b"), Ok(("../a/./b".into(), "/a/b".into(), false)));
        assert_eq!(dir("a::/b"), Ok(("a".into(), "/b".into(), false)));
        assert_eq!(dir("a::/b::ro"), Ok(("a".into(), "/b".into(), true)));
        assert_eq!(dir("a::ro"), Ok(("a".into(), "/a".into(), true)));
        assert!(dir("::/b").is_err() && dir("").is_err());
    }
}
