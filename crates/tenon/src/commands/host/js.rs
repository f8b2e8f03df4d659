//! `tenon host js`

use std::path::{Path, PathBuf};

use anyhow::Result;
use tenon_gen_js::{Config, Instantiation, Mapping, Need};
use tenon_plan::{Plan, Side};

use super::output::{self, Kind};
use crate::files;
use crate::ui::{Ui, misuse, refused};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon host js greeter.wasm -o greeter --bundle        a package that needs nothing else
  tenon host js shop.wasm -o shop --map 'shop:*=./shop/*.js#*'
                                                       imports of shop:… come from modules
  tenon host js shop.wasm -o shop --check               exit 1 when the package is not up to date")]
pub(crate) struct Args {
    /// The component.
    #[arg(value_name = "COMPONENT.wasm")]
    component: PathBuf,

    /// The folder of the package.
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,

    /// The package's name [default: the folder's].
    #[arg(long)]
    name: Option<String>,

    /// Put the runtime into the package, instead of depending on `@tenon/runtime`.
    #[arg(long)]
    bundle: bool,

    /// Let the user of the package instantiate the component, now or later.
    #[arg(long, value_name = "HOW", value_enum)]
    instantiation: Option<How>,

    /// Where an import comes from; `*` at the end of the interface stands for the same in module and export.
    #[arg(long, value_name = "INTERFACE=MODULE#EXPORT", value_parser = Mapping::parse)]
    map: Vec<Mapping>,

    /// Put the core modules into the JavaScript, instead of files beside it.
    #[arg(long)]
    base64: bool,

    /// Leave out comments and white space.
    #[arg(long)]
    minify: bool,

    /// Write no `.d.ts` files.
    #[arg(long)]
    no_typescript: bool,

    /// Write nothing; name the files that would change, and exit 1 if any would.
    #[arg(long)]
    check: bool,
}

/// How a user instantiates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum How {
    /// `await instantiate(imports)`.
    Async,
    /// `instantiate(imports)`, where core modules can be compiled at once.
    Sync,
}

/// The files that this command writes.
const KIND: Kind = Kind { marker: "index.js", header: "// Made by `tenon host js`.", generated };

fn generated(name: &str) -> bool {
    let top = ["index", "instantiate", "http"];
    let script = |name: &str| {
        let stem = name.strip_suffix(".d.ts").or_else(|| name.strip_suffix(".js"));
        stem.is_some_and(|stem| top.contains(&stem))
    };
    let core = |name: &str| !name.contains('/') && name.contains(".core") && name.ends_with(".wasm");
    name == "package.json"
        || script(name)
        || core(name)
        || (name.starts_with("interfaces/") && name.ends_with(".d.ts"))
        || (name.starts_with("runtime/") && (name.ends_with(".js") || name.ends_with(".d.ts")))
}

pub(super) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    let bytes = files::read(&args.component)?;
    let config = config(args)?;
    let stage = ui.stage("taking the component apart");
    let named = |e: tenon_wit::Diagnostics| crate::commands::inspect::in_file(&args.component, e);
    let plan = tenon_plan::plan(&bytes, &tenon_plan::Config::default()).map_err(named)?;
    let package = tenon_gen_js::generate(&plan, &config).map_err(named)?;
    drop(stage);
    let needs = tenon_gen_js::needs(&plan, &config);
    mappings_count(&config, &plan, &needs)?;
    if args.instantiation.is_none() {
        tell_unknown(ui, &needs);
    }
    if !args.check {
        output::write(&args.out, &package, &KIND)?;
        return Ok(0);
    }
    let different = output::compare(&args.out, &package, &KIND)?;
    if different.is_empty() {
        return Ok(0);
    }
    crate::ui::print(&different.iter().map(|name| format!("{name}\n")).collect::<String>())?;
    ui.say("the package is not up to date: run `tenon host js` again");
    Ok(1)
}

/// A mapping that is about nothing is a misspelt one. It may be about one version of an interface, or about one that is
/// imported for its types alone.
fn mappings_count(config: &Config, plan: &Plan, needs: &[Need]) -> Result<()> {
    let interfaces = plan.interfaces.iter().filter(|interface| interface.side == Side::Import);
    let mut names: Vec<&str> = interfaces.map(|interface| interface.name.as_str()).collect();
    names.extend(needs.iter().map(|need| need.name.as_str()));
    let idle = |map: &&Mapping| !names.iter().any(|name| map.is_about(name));
    let Some(map) = config.map.iter().find(idle) else { return Ok(()) };
    let names: Vec<&str> = needs.iter().map(|need| need.name.as_str()).collect();
    let help = match names.as_slice() {
        [] => "the component imports nothing: leave it out".to_string(),
        names => format!("the component imports {}", names.join(", ")),
    };
    Err(refused(format!("`--map {}=…` is about nothing that the component imports", map.interface))
        .help(help)
        .into())
}

/// A package that cannot instantiate by itself is not what everybody expects.
fn tell_unknown(ui: &Ui, needs: &[Need]) {
    let unknown: Vec<&str> =
        needs.iter().filter(|need| need.module.is_none()).map(|need| need.name.as_str()).collect();
    let Some(first) = unknown.first() else { return };
    ui.warn(
        &format!(
            "the package gives only `instantiate(imports)`: nothing says where {} comes from",
            unknown.join(", ")
        ),
        Some(&format!(
            "name a module with `--map '{first}=MODULE#EXPORT'`, or use `--instantiation async` to say that this is meant"
        )),
    );
}

fn config(args: &Args) -> Result<Config> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => folder_name(&args.out)?,
    };
    if !allowed(&name) {
        return Err(misuse(format!("`{name}` is not a name that npm allows"))
            .help("give another with `--name`: lower case letters, digits, `-`, `_` and `.`, perhaps with an `@scope/` before them")
            .into());
    }
    Ok(Config {
        name,
        bundle: args.bundle,
        instantiation: match args.instantiation {
            None => Instantiation::Import,
            Some(How::Async) => Instantiation::Async,
            Some(How::Sync) => Instantiation::Sync,
        },
        map: args.map.clone(),
        base64: args.base64,
        minify: args.minify,
        typescript: !args.no_typescript,
        ..Config::default()
    })
}

/// Whether a package may be called so.
fn allowed(name: &str) -> bool {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c))
    };
    let parts = match name.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/'),
        None => Some((name, name)),
    };
    name.len() <= 214 && parts.is_some_and(|(scope, name)| plain(scope) && plain(name))
}

fn folder_name(folder: &Path) -> Result<String> {
    let absolute = std::path::absolute(folder)?;
    match absolute.file_name().and_then(|name| name.to_str()) {
        Some(name) => Ok(name.to_lowercase()),
        None => Err(misuse("the folder has no name that the package could have")
            .help("give one with `--name`")
            .into()),
    }
}
