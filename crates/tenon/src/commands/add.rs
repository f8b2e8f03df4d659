//! `tenon add`

use std::path::{Path, PathBuf};

use anyhow::Result;
use tenon_wit::wasi;

use crate::files;
use crate::golang::{self, Toolchain};
use crate::project::{Project, WIT_DIR};
use crate::runtime;
use crate::ui::{Ui, print, refused};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon add wasi:http@0.3       WASI's http and all that it uses, into wit/deps
  tenon add wasi:clocks         the newest version that ships with tenon
  tenon add --list              what ships with tenon
  tenon add --runtime           the Go runtime that this tenon carries, into go.mod and go.sum")]
pub(crate) struct Args {
    /// The packages, as `wasi:http@0.3`.
    #[arg(value_name = "PACKAGE", required_unless_present_any = ["runtime", "list"])]
    packages: Vec<String>,

    /// Make go.mod require the Go runtime that this tenon carries.
    #[arg(long)]
    runtime: bool,

    /// Print the packages that ship with tenon.
    #[arg(long, conflicts_with_all = ["packages", "runtime"])]
    list: bool,

    /// Replace files that differ.
    #[arg(long)]
    force: bool,

    /// The WIT folder [default: `wit` of tenon.toml, or `wit`].
    #[arg(long, value_name = "DIR")]
    wit: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    if args.list {
        let all: String = wasi::packages().iter().map(|package| format!("{}\n", package.id())).collect();
        print(&all)?;
        return Ok(0);
    }
    if args.runtime {
        add_runtime(ui)?;
    }
    if !args.packages.is_empty() {
        add_packages(args)?;
    }
    Ok(0)
}

/// Libraries have requirements of their own. Where these make the Go command look for a runtime that is nowhere, the carried
/// one is put in its place.
fn add_runtime(ui: &Ui) -> Result<()> {
    let project = Project::expect(&PathBuf::from("."))?;
    let go = Toolchain::find(&project.root)?;
    runtime::install(&go)?;
    runtime::require(&project.root)?;
    let has_libraries = project.gomod.requires.iter().any(|(module, _)| module != runtime::MODULE);
    if has_libraries && golang::complaint(&project.root)?.is_some_and(|said| runtime::is_conflict(&said)) {
        runtime::pin(&project.root)?;
        ui.say("a library requires another build of the runtime: go.mod replaces that with this one");
    }
    print(&format!("{} {}\n", runtime::MODULE, runtime::version()))
}

fn add_packages(args: &Args) -> Result<()> {
    let mut wanted = Vec::new();
    for spec in &args.packages {
        let package = wasi::lookup(spec).map_err(lookup_failed)?;
        for package in package.closure() {
            if !wanted.contains(&package) {
                wanted.push(package);
            }
        }
    }
    let deps = wit_folder(args)?.join("deps");
    let mut new = Vec::new();
    let mut different = Vec::new();
    for package in wanted {
        let folder = deps.join(format!("{}-{}-{}", package.namespace, package.name, package.version));
        for (name, text) in package.files {
            let path = folder.join(name);
            match files::read_text_if_present(&path)? {
                Some(present) if present == *text => {}
                Some(_) if !args.force => different.push(path.display().to_string()),
                _ => new.push((package, path, *text)),
            }
        }
    }
    if !different.is_empty() {
        return Err(refused(format!("would overwrite what is different: {}", different.join(", ")))
            .help("keep the files as they are, or replace them with `--force`")
            .into());
    }
    let staged =
        new.iter().map(|(_, path, text)| files::stage(path, text.as_bytes())).collect::<Result<Vec<_>>>()?;
    staged.into_iter().try_for_each(files::Staged::commit)?;
    let added: String =
        new.iter().map(|(package, path, _)| format!("{} {}\n", package.id(), path.display())).collect();
    print(&added)
}

/// Where WIT goes: a project need not be a Go module yet.
fn wit_folder(args: &Args) -> Result<PathBuf> {
    if let Some(wit) = &args.wit {
        return Ok(wit.clone());
    }
    let wit = match Project::find(Path::new("."))? {
        Some(project) => project.wit(),
        None => PathBuf::from(WIT_DIR),
    };
    // A single file has its dependencies beside it.
    Ok(if wit.is_file() { wit.parent().map(Path::to_path_buf).unwrap_or_default() } else { wit })
}

fn lookup_failed(error: wasi::LookupError) -> anyhow::Error {
    let help = match &error {
        wasi::LookupError::Malformed { .. } => "`tenon add --list` prints what ships with tenon".to_string(),
        wasi::LookupError::UnknownPackage { .. } | wasi::LookupError::UnknownVersion { .. } => {
            "put any other package's WIT into `wit/deps/NAME/` by hand".to_string()
        }
    };
    refused(error.to_string()).help(help).into()
}
