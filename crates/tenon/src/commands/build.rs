//! `tenon build`

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tenon_wit::{LoadConfig, Sources, World, load};

use super::world_args::WorldArgs;
use crate::files;
use crate::golang::{self, Listing, Mode, Toolchain};
use crate::project::{self, Project, join};
use crate::runtime;
use crate::ui::{Failure, Ui, refused};

/// The package that generated code and the bridges stand on: a program without it knows nothing of components.
const ABI: &str = "tenon.dev/go/abi";
/// What a program that says nothing about its world exports, by the runtime package that it imports.
const BRIDGES: &[(&str, &str)] = &[
    ("tenon.dev/go/wasicli", "wasi:cli/command@0.3.0"),
    ("tenon.dev/go/wasihttp", "wasi:http/service@0.3.0"),
];

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon build                         the program in this folder, into <folder>.wasm
  tenon build ./cmd/api -o api.wasm
  tenon build --core -o plugin.wasm   a core module, for hosts that do not know components

The world is that of tenon.toml or of the wit folder. Without either, a program that imports
tenon.dev/go/wasicli is a command, and one that imports tenon.dev/go/wasihttp is a service.")]
pub(crate) struct Args {
    /// The package, as for `go build`.
    #[arg(value_name = "PKG", default_value = ".")]
    package: String,

    /// The file to write [default: the package's folder, ending in `.wasm`].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Stop at the core module.
    #[arg(long)]
    core: bool,

    /// Keep function names and debug information.
    #[arg(long)]
    debug: bool,

    #[command(flatten)]
    world: WorldArgs,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    let target = Target::new(&args.package);
    let project = Project::expect(&target.dir)?;
    args.output.as_deref().map_or(Ok(()), files::check_target)?;
    let go = Toolchain::find(&target.dir)?;
    runtime::ensure(&project, &go)?;
    if !args.core || project.has_world() {
        refresh_bindings(&project, args, ui)?;
    }
    let stage = ui.stage("looking at the program");
    let listing = golang::list(&target.dir, &target.pattern, &stage)?;
    drop(stage);
    let listing = match listing {
        Ok(listing) => listing,
        Err(said) => return Err(list_failed(&said, ui).into()),
    };
    let output = output_path(args, &target, &listing)?;
    let wasm = build(args, &target, &project, &listing, ui)?;
    files::write(&output, &wasm)?;
    tracing::info!(file = %output.display(), bytes = wasm.len(), "written");
    Ok(0)
}

/// Where Go is called, and with what.
struct Target {
    dir: PathBuf,
    pattern: String,
}

impl Target {
    /// A folder is built from inside, so that it may belong to another module than the one we stand in.
    fn new(package: &str) -> Target {
        let path = Path::new(package);
        if package != "." && path.is_dir() {
            return Target { dir: path.to_path_buf(), pattern: ".".to_string() };
        }
        Target { dir: PathBuf::from("."), pattern: package.to_string() }
    }
}

/// Writes the bindings anew when they are kept in the project and something about them changed.
fn refresh_bindings(project: &Project, args: &Args, ui: &Ui) -> Result<()> {
    let folder = join(&project.root, project.out());
    let kept = project.config.out.is_some() || project::has_generated(&folder)?;
    if args.world.given() || !kept || !project.has_world() {
        return Ok(());
    }
    let stage = ui.stage("writing Go bindings");
    let world = args.world.load(Some(project))?;
    let generated = project::generate(&world, project, project.out())?;
    let plan = project::plan(&folder, &generated)?;
    drop(stage);
    if !plan.is_empty() {
        tracing::info!("the bindings were out of date");
        plan.apply()?;
    }
    Ok(())
}

fn build(args: &Args, target: &Target, project: &Project, listing: &Listing, ui: &Ui) -> Result<Vec<u8>> {
    let bound = listing.has(ABI);
    // The world is read before the compiler is started: what is wrong with it should not take that long to learn.
    let world = if args.core { None } else { Some(world(args, project, listing)?) };
    let libraries = if args.core { Vec::new() } else { library_worlds(listing)? };
    let mode = if bound || args.core { Mode::Library } else { Mode::Command };
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let file = scratch.path().join("core.wasm");

    let stage = ui.stage("compiling Go");
    // A core module has no tasks; its exports drain as `[core]` says.
    let variables = if args.core { Vec::new() } else { project.config.build.variables() };
    let built = golang::build(&target.dir, &target.pattern, mode, args.debug, &variables, &file, &stage)?;
    drop(stage);
    if let Err(said) = built {
        return Err(compile_failed(&said, ui).into());
    }
    let core = files::read(&file)?;
    let shown = Path::new(&target.pattern);
    match world {
        None => {
            let config = tenon_componentize::CoreConfig {
                drain: project.config.core.drain,
                debug: args.debug,
                ..Default::default()
            };
            tenon_componentize::core(&core, &config).map_err(|e| not_a_component(shown, &e))
        }
        Some(world) => {
            let _stage = ui.stage("making the component");
            let config = tenon_componentize::Config { libraries, debug: args.debug, ..Default::default() };
            tenon_componentize::componentize(&core, &world, &config).map_err(|e| not_a_component(shown, &e))
        }
    }
}

/// Go's words were passed through; a runtime that only Tenon can provide is worth one more.
fn list_failed(said: &str, ui: &Ui) -> Failure {
    if runtime::is_conflict(said) {
        ui.say("help: if a library requires another build of the runtime, `tenon add --runtime` puts this one in its place");
    }
    Failure::Reported(1)
}

/// The compiler's words were passed through; a package that only Tenon can provide is worth one more.
fn compile_failed(said: &str, ui: &Ui) -> Failure {
    let runtime = format!("no required module provides package {}", runtime::MODULE);
    if said.contains("undefined: abi.Revision") {
        ui.say(&format!(
            "help: the bindings are newer than the runtime: require a newer {} (`tenon add --runtime` takes {})",
            runtime::MODULE,
            runtime::version()
        ));
    } else if said.contains(&runtime)
        || said.contains("missing go.sum entry") && said.contains(runtime::MODULE)
    {
        ui.say(&format!("help: `tenon add --runtime` adds {} to go.mod", runtime::MODULE));
    }
    Failure::Reported(1)
}

fn not_a_component(package: &Path, error: &tenon_componentize::Error) -> anyhow::Error {
    let mut report = refused(error.to_string()).maybe_help(error.help());
    if package != Path::new(".") {
        report = report.note(format!("while building {}", package.display()));
    }
    report.into()
}

/// The world that the program is built for.
fn world(args: &Args, project: &Project, listing: &Listing) -> Result<World> {
    if args.world.given() || project.has_world() {
        return args.world.load(Some(project));
    }
    let bridge = BRIDGES.iter().find(|(package, _)| listing.has(package));
    let config = |world| LoadConfig { world: Some(world), ..LoadConfig::default() };
    match bridge {
        Some((_, name)) => Ok(load(&Sources::default(), &config(name)).map_err(Failure::from)?),
        None if listing.has(ABI) => Err(refused("nothing says which world the program is built for")
            .help("put the WIT into `wit/`, or name a world in tenon.toml: world = \"wasi:http/service@0.3\"")
            .into()),
        // A program of the standard library alone: the preview 1 adapter makes it a command.
        None => {
            let empty = Sources::from_text("command.wit", "package root:component;\nworld root {}\n");
            Ok(load(&empty, &config("root")).map_err(Failure::from)?)
        }
    }
}

/// The worlds of the modules that bring bindings of their own, the runtime's among them.
fn library_worlds(listing: &Listing) -> Result<Vec<World>> {
    let mut worlds = Vec::new();
    for (module, dir) in listing.libraries() {
        if !dir.join("tenon.toml").is_file() || !dir.join("go.mod").is_file() {
            continue;
        }
        let library = Project::at(dir).with_context(|| format!("in the module {module}"))?;
        tracing::debug!(module, "a library with a world");
        worlds.push(WorldArgs::default().load(Some(&library))?);
    }
    Ok(worlds)
}

fn output_path(args: &Args, target: &Target, listing: &Listing) -> Result<PathBuf> {
    let roots: Vec<_> = listing.roots().collect();
    let package = match roots.as_slice() {
        [package] => package,
        [] => return Err(refused(format!("`{}` matches no package", target.pattern)).into()),
        _ => {
            return Err(refused(format!("`{}` matches {} packages", target.pattern, roots.len()))
                .help("build one program at a time")
                .into());
        }
    };
    if package.name != "main" {
        return Err(refused(format!("{} is package {}, not a program", package.import_path, package.name))
            .help("build a folder with `package main`; a library is tested with `go test`")
            .into());
    }
    if let Some(output) = &args.output {
        return Ok(output.clone());
    }
    let name = package.dir.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(PathBuf::from(format!("{}.wasm", name.unwrap_or_else(|| "main".to_string()))))
}
