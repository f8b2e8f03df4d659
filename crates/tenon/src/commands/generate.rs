//! `tenon generate`

use std::path::PathBuf;

use anyhow::Result;
use tenon_wit::World;

use super::world_args::WorldArgs;
use crate::files;
use crate::project::{self, Project, join};
use crate::runtime;
use crate::ui::{Ui, misuse, print};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon generate                      bindings for the world in wit/
  tenon generate --stubs              and an implementation that compiles, to start from
  tenon generate --check              exit 1 with a diff when the bindings are not up to date")]
pub(crate) struct Args {
    #[command(flatten)]
    world: WorldArgs,

    /// Where the Go packages go [default: `out` of tenon.toml, or `wit`].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Also write an implementation that compiles, where there is none yet.
    #[arg(long)]
    stubs: bool,

    /// Write nothing; show what would change, and exit 1 if anything would.
    #[arg(long, conflicts_with = "stubs")]
    check: bool,

    /// Print what the generator found out, and write nothing.
    #[arg(long, value_name = "STAGE", value_enum, conflicts_with_all = ["check", "stubs"])]
    dump: Option<Dump>,
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Dump {
    /// What the WIT says, and every Go name, type and import that was decided.
    Facts,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    let project = Project::expect(&PathBuf::from("."))?;
    let world = args.world.load(Some(&project))?;
    let out = out_folder(&project, args)?;
    if args.dump.is_some() {
        print(&project::facts(&world, &project, &out)?)?;
        return Ok(0);
    }
    let stage = ui.stage("writing Go bindings");
    let generated = project::generate(&world, &project, &out)?;
    let folder = join(&project.root, &out);
    let plan = project::plan(&folder, &generated)?;
    drop(stage);
    if args.check {
        return check(&plan, ui);
    }
    plan.apply()?;
    if args.stubs {
        write_stubs(&world, &project, &out)?;
    }
    runtime::ensure_for(&project, ui)?;
    Ok(0)
}

/// A stub is the user's from the moment it is written: one that is there stays.
fn write_stubs(world: &World, project: &Project, out: &str) -> Result<()> {
    for (name, text) in project::stubs(world, project, out)? {
        let path = join(&project.root, &name);
        if !path.exists() {
            files::write(&path, text.as_bytes())?;
            print(&format!("{}\n", path.display()))?;
        }
    }
    Ok(())
}

fn check(plan: &project::Plan, ui: &Ui) -> Result<u8> {
    if plan.is_empty() {
        return Ok(0);
    }
    print(&plan.diff())?;
    ui.say("the bindings are not up to date: run `tenon generate`");
    Ok(1)
}

/// The output folder, relative to the module's root.
fn out_folder(project: &Project, args: &Args) -> Result<String> {
    let Some(out) = &args.out else {
        return Ok(project.out().to_string());
    };
    let root = std::path::absolute(&project.root)?;
    let wanted = std::path::absolute(out)?;
    let normal = |path: &std::path::Path| -> PathBuf {
        let mut parts = PathBuf::new();
        for part in path.components() {
            match part {
                std::path::Component::ParentDir => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts
    };
    match normal(&wanted).strip_prefix(normal(&root)) {
        Ok(relative) => {
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            Ok(if parts.is_empty() { ".".to_string() } else { parts.join("/") })
        }
        Err(_) => Err(misuse(format!("{} is not in the module {}", out.display(), project.gomod.module))
            .help("generated Go belongs to a module: choose a folder inside")
            .into()),
    }
}
