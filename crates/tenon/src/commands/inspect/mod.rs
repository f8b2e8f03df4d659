//! `tenon inspect`

mod interface;
mod sizes;

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;
use tenon_wit::{Decoded, decode, decode_core, print_package, print_world};

use crate::files;
use crate::ui::{Failure, Ui, print, refused};
use interface::Interface;
use sizes::Part;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tenon inspect hello.wasm
  tenon inspect hello.wasm --wit > hello.wit
  tenon inspect hello.wasm --json | jq .exports
  tenon inspect hello.wasm --plan")]
pub(crate) struct Args {
    /// A component, a WIT package in binary form, or a core module.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print its WIT.
    #[arg(long)]
    wit: bool,

    /// Print what it is as JSON.
    #[arg(long, conflicts_with = "wit")]
    json: bool,

    /// Print the component taken apart, as the generators of host packages see it.
    ///
    /// With `--json`, everything but the bytes of core modules.
    #[arg(long, conflicts_with = "wit")]
    plan: bool,
}

/// What a file is.
#[derive(Debug, Serialize)]
struct Inspection {
    /// `component`, `core module` or `wit package`.
    kind: &'static str,
    /// The size of the file in bytes.
    size: usize,
    /// What it needs.
    imports: Vec<Interface>,
    /// What it gives.
    exports: Vec<Interface>,
    /// What takes its bytes, in the order of the file.
    parts: Vec<Part>,
}

pub(crate) fn run(args: &Args, _ui: &Ui) -> Result<u8> {
    let bytes = files::read(&args.file)?;
    if args.wit {
        print(&wit(&args.file, &bytes)?)?;
        return Ok(0);
    }
    if args.plan {
        print(&plan(&args.file, &bytes, args.json)?)?;
        return Ok(0);
    }
    let inspection = inspect(&args.file, &bytes)?;
    if args.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&inspection)?))?;
    } else {
        print(&text(&inspection))?;
    }
    Ok(0)
}

fn wit(path: &Path, bytes: &[u8]) -> Result<String> {
    let decoded = decode(bytes).map_err(|e| in_file(path, e))?;
    let text = match &decoded {
        Decoded::Component(world) | Decoded::Core(world) => print_world(world),
        Decoded::Package { resolve, id } => print_package(resolve, *id),
    };
    Ok(text.map_err(|e| in_file(path, e))?)
}

fn plan(path: &Path, bytes: &[u8], json: bool) -> Result<String> {
    let plan = tenon_plan::plan(bytes, &tenon_plan::Config::default()).map_err(|e| in_file(path, e))?;
    if json {
        Ok(format!("{}\n", serde_json::to_string_pretty(&plan.without_code())?))
    } else {
        Ok(tenon_plan::print(&plan))
    }
}

fn inspect(path: &Path, bytes: &[u8]) -> Result<Inspection> {
    let parts = |bytes| sizes::parts(bytes).map_err(|e| refused(format!("{}: {e}", path.display())));
    let is_core = bytes.starts_with(b"\0asm") && bytes.get(6) == Some(&0);
    let world = if is_core {
        decode_core(bytes).map_err(|e| in_file(path, e))?
    } else {
        let decoded = decode(bytes).map_err(|e| in_file(path, e))?;
        if matches!(decoded, Decoded::Package { .. }) {
            let (imports, exports) = (Vec::new(), Vec::new());
            return Ok(Inspection {
                kind: "wit package",
                size: bytes.len(),
                imports,
                exports,
                parts: parts(bytes)?,
            });
        }
        decoded.world().cloned()
    };
    let (imports, exports) = match &world {
        Some(world) => (interface::imports(world), interface::exports(world)),
        None => interface::of_core(bytes).map_err(|e| refused(format!("{}: {e}", path.display())))?,
    };
    let kind = if is_core { "core module" } else { "component" };
    Ok(Inspection { kind, size: bytes.len(), imports, exports, parts: parts(bytes)? })
}

pub(super) fn in_file(path: &Path, mut errors: tenon_wit::Diagnostics) -> Failure {
    for diagnostic in &mut errors.list {
        diagnostic.message = format!("{}: {}", path.display(), diagnostic.message);
    }
    Failure::from(errors)
}

fn text(inspection: &Inspection) -> String {
    let mut out = format!("{}, {}\n", inspection.kind, sizes::human(inspection.size));
    for (title, list) in [("imports", &inspection.imports), ("exports", &inspection.exports)] {
        if list.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{title}\n"));
        for interface in list {
            out.push_str(&interface.text());
        }
    }
    out.push_str("\nsize\n");
    out.push_str(&sizes::table(&inspection.parts, inspection.size));
    out
}
