//! `tenon new`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files;
use crate::golang::Toolchain;
use crate::project::{self, Project};
use crate::runtime;
use crate::templates::{Names, Template};
use crate::ui::{Report, Ui, refused};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon new hello
  tenon new wordcount --template cli --module example.com/wordcount")]
pub(crate) struct Args {
    /// The project's name, or the path of its new folder.
    #[arg(value_name = "NAME")]
    path: PathBuf,

    /// What to start from.
    #[arg(short, long, value_enum, default_value_t)]
    template: Template,

    /// The Go module's path [default: NAME].
    #[arg(long, value_name = "PATH")]
    module: Option<String>,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    let names = names(args)?;
    check_free(&args.path)?;
    let parent = parent_of(&args.path);
    fs::create_dir_all(&parent).with_context(|| format!("cannot create {}", parent.display()))?;
    // Everything is made beside the target and moved into place at the end: a project is there whole or not at all.
    let staging = tempfile::Builder::new()
        .prefix(".tenon-new-")
        .tempdir_in(&parent)
        .with_context(|| format!("cannot write in {}", parent.display()))?;
    let root = staging.path().join("project");
    for (name, text) in args.template.files(&names) {
        files::write(&root.join(name), text.as_bytes())?;
    }
    write_module(&root, &names)?;
    bindings(&root)?;
    put_in_place(&root, &args.path)?;
    install_runtime(&args.path, ui)?;
    ui.say(&next_steps(args));
    Ok(0)
}

fn names(args: &Args) -> Result<Names> {
    let name = args.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = match name {
        Some(name) => name,
        // `.` and `..` have no name of their own; the folder has.
        None => fs::canonicalize(&args.path)
            .ok()
            .and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()))
            .ok_or_else(|| bad_name(&args.path.display().to_string()))?,
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric())
        || !name.chars().all(plain)
        || name.ends_with('.')
    {
        return Err(bad_name(&name).into());
    }
    let module = args.module.clone().unwrap_or_else(|| name.clone());
    check_module(&module)?;
    Ok(Names::new(&name, &module))
}

fn bad_name(name: &str) -> Report {
    refused(format!("`{name}` cannot be the name of a project"))
        .help("use ASCII letters, digits, `-`, `_` and `.`, and begin with a letter or a digit")
}

fn check_module(module: &str) -> Result<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    let parts_fine =
        module.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.'));
    if parts_fine && module.chars().all(allowed) {
        return Ok(());
    }
    Err(refused(format!("`{module}` cannot be the path of a Go module"))
        .help("write it as example.com/name, with `--module`")
        .into())
}

fn check_free(path: &Path) -> Result<()> {
    if path.is_file() {
        return Err(refused(format!("{} is a file", path.display())).help("choose another name").into());
    }
    let used = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if used {
        return Err(refused(format!("the folder {} is not empty", path.display()))
            .help("choose another name, or empty it first")
            .into());
    }
    Ok(())
}

fn parent_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        Some(_) => PathBuf::from("."),
        None => PathBuf::from(".."),
    }
}

fn write_module(root: &Path, names: &Names) -> Result<()> {
    let gomod =
        format!("module {}\n\ngo 1.24\n\nrequire {} {}\n", names.module, runtime::MODULE, runtime::version());
    files::write(&root.join("go.mod"), gomod.as_bytes())?;
    files::write(&root.join("go.sum"), runtime::sums().as_bytes())
}

/// Templates with bindings get them at once, so that an editor finds nothing missing.
fn bindings(root: &Path) -> Result<()> {
    let project = Project::at(root)?;
    if project.config.out.is_none() {
        return Ok(());
    }
    let config = &project.config;
    let load = tenon_wit::LoadConfig {
        world: config.world.as_deref(),
        features: &config.features,
        all_features: false,
    };
    let world = project::load_world(&project.wit(), &load)?;
    let generated = project::generate(&world, &project, project.out())?;
    project::plan(&project.path(project.out()), &generated)?.apply()
}

fn put_in_place(made: &Path, target: &Path) -> Result<()> {
    let context = || format!("cannot create {}", target.display());
    // A current folder cannot be replaced while we stand in it, so its entries are moved instead.
    if target.file_name().is_none() {
        for entry in fs::read_dir(made).with_context(context)? {
            let entry = entry.with_context(context)?;
            fs::rename(entry.path(), target.join(entry.file_name())).with_context(context)?;
        }
        return Ok(());
    }
    if target.is_dir() {
        fs::remove_dir(target).with_context(context)?;
    }
    fs::rename(made, target).with_context(context)
}

/// Puts the runtime where Go will look for it. A machine without Go yet still gets its project.
fn install_runtime(root: &Path, ui: &Ui) -> Result<()> {
    match Toolchain::find(root) {
        Ok(go) => runtime::install(&go),
        Err(_) => {
            ui.warn("Go 1.24 or newer was not found", Some("`tenon doctor` says how to get it"));
            Ok(())
        }
    }
}

fn next_steps(args: &Args) -> String {
    let path = args.path.display();
    let name = args.path.file_name().map_or_else(|| "app".into(), |name| name.to_string_lossy());
    let mut text = format!("created {path}; next:\n");
    if args.path.file_name().is_some() {
        text.push_str(&format!("  cd {path}\n"));
    }
    for step in args.template.next_steps() {
        text.push_str(&format!("  {}\n", step.replace("NAME", &name)));
    }
    text.trim_end().to_string()
}
