//! `tenon componentize`

use std::path::{Path, PathBuf};

use anyhow::Result;
use tenon_wit::World;

use super::world_args::WorldArgs;
use crate::files;
use crate::project::Project;
use crate::ui::{Ui, refused};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  tenon componentize core.wasm --wit wit --world service -o service.wasm")]
pub(crate) struct Args {
    /// The core module.
    #[arg(value_name = "CORE.wasm")]
    core: PathBuf,

    #[command(flatten)]
    world: WorldArgs,

    /// The component's file [default: the module's name, ending in `.component.wasm`].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Keep function names and debug sections.
    #[arg(long)]
    debug: bool,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    let core = files::read(&args.core)?;
    let world = world(args, &core)?;
    let stage = ui.stage("making the component");
    let config = tenon_componentize::Config { debug: args.debug, ..Default::default() };
    let component =
        tenon_componentize::componentize(&core, &world, &config).map_err(|e| failed(&args.core, &e))?;
    drop(stage);
    let output = args.output.clone().unwrap_or_else(|| args.core.with_extension("component.wasm"));
    files::write(&output, &component)?;
    Ok(0)
}

/// The world of the flags or the project; without either, the one that the module carries.
fn world(args: &Args, core: &[u8]) -> Result<World> {
    let project = Project::find(Path::new("."))?;
    let configured = project.as_ref().is_some_and(Project::has_world);
    if !args.world.given() && !configured {
        match tenon_componentize::embedded_world(core).map_err(|e| failed(&args.core, &e))? {
            Some(world) => return Ok(world),
            None => {
                return Err(refused("no world was given, and the module carries none")
                    .help("name it: `--wit wit --world service`")
                    .into());
            }
        }
    }
    args.world.load(project.as_ref())
}

/// The error for a module that cannot become a component.
pub(super) fn failed(path: &Path, error: &tenon_componentize::Error) -> anyhow::Error {
    refused(format!("{}: {error}", path.display())).maybe_help(error.help()).into()
}
