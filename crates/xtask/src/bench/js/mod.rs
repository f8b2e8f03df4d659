//! `cargo xtask bench js`: what packages of `tenon host js` cost under each Node, beside glue written by hand for the same
//! core modules. The scripts are in `bench/js`, and can be run by themselves.

mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::Tools;
use crate::npm;
use crate::shell::{Root, announce, output};
use table::{Column, Single};

/// The measurements, in the order of the table.
const SCRIPTS: [&str; 3] = ["sync", "async", "streams"];
/// The components of `bench/js`.
const COMPONENTS: [&str; 4] = ["add", "sync", "async", "streams"];
/// How often the command makes a package, of which the shortest time counts.
const TURNS: usize = 10;

pub(super) fn run(root: &Root) -> Result<()> {
    let mut nodes = vec![PathBuf::from("node")];
    nodes.extend(npm::nodes(root)?);
    let modules = npm::packages(root)?;
    let bench = Bench::new(root)?;
    bench.link(&modules)?;
    announce("making the packages");
    for name in COMPONENTS {
        let component = bench.out.join(format!("{name}.wasm"));
        let bytes = wat::parse_file(bench.folder.join(format!("{name}.wat")))?;
        fs::write(&component, bytes).with_context(|| format!("cannot write {}", component.display()))?;
        bench.package(&component, name)?;
    }
    let go = bench.tools.out.join("async-go-test.wasm");
    bench.tools.build_go(&root.join("bench/async/go/test"), &go, "")?;
    bench.package(&go, "go")?;
    let columns = nodes.iter().map(|node| bench.column(node)).collect::<Result<Vec<_>>>()?;
    print!("{}", table::table(&columns, &[bench.size("add")?, bench.speed(&go)?])?);
    Ok(())
}

struct Bench {
    tools: Tools,
    /// Where components and scripts are.
    folder: PathBuf,
    /// Where packages go.
    out: PathBuf,
}

impl Bench {
    fn new(root: &Root) -> Result<Bench> {
        let tools = Tools::new(root)?;
        let out = tools.out.join("js");
        fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        Ok(Bench { tools, folder: root.join("bench/js"), out })
    }

    /// Lets packages find WASI's.
    fn link(&self, modules: &Path) -> Result<()> {
        let name = self.out.join("node_modules");
        if name.canonicalize().is_ok_and(|there| modules.canonicalize().is_ok_and(|modules| there == modules))
        {
            return Ok(());
        }
        npm::link(modules, &name)
    }

    fn package(&self, component: &Path, name: &str) -> Result<()> {
        output(self.host_js(&self.out.join(name)).arg(component)).map(drop)
    }

    fn host_js(&self, out: &Path) -> Command {
        let mut tenon = Command::new(&self.tools.tenon);
        tenon.args(["host", "js", "--bundle", "--out"]).arg(out);
        tenon
    }

    /// All measurements under one Node.
    fn column(&self, node: &Path) -> Result<Column> {
        let version = match output(Command::new(node).arg("--version")) {
            Ok(version) => version.trim().trim_start_matches('v').to_string(),
            Err(error) => bail!("Node is not installed, or does not run: {error:#}"),
        };
        let mut rows = Vec::new();
        for script in SCRIPTS {
            announce(&format!("measuring {script} under Node {version}"));
            let mut command = Command::new(node);
            command.arg(self.folder.join(format!("{script}.mjs"))).arg(&self.out).arg("--json");
            rows.extend(table::rows(&output(&mut command)?)?);
        }
        Ok(Column { version, rows })
    }

    /// How much JavaScript a package is.
    fn size(&self, name: &str) -> Result<Single> {
        let bytes = scripts(&self.out.join(name))?;
        Ok(Single { name: format!("JavaScript of {name}.wat"), value: bytes as f64, unit: "bytes" })
    }

    /// How long the command takes for a component.
    fn speed(&self, component: &Path) -> Result<Single> {
        announce("timing tenon host js");
        let size = fs::metadata(component)?.len() as f64 / 1e6;
        let out = self.out.join("again");
        let mut best = f64::INFINITY;
        for _ in 0..TURNS {
            if out.exists() {
                fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
            }
            let start = Instant::now();
            output(self.host_js(&out).arg(component))?;
            best = best.min(start.elapsed().as_secs_f64() * 1e3);
        }
        Ok(Single { name: format!("tenon host js, component of {size:.1} MB"), value: best, unit: "ms" })
    }
}

/// The bytes of all JavaScript in a folder.
fn scripts(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            bytes += scripts(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            bytes += fs::metadata(&path)?.len();
        }
    }
    Ok(bytes)
}
