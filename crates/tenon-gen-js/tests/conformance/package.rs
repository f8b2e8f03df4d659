//! A component of a script becomes a package.

use std::fs;
use std::path::Path;

use tenon_gen_js::{Config, Instantiation, generate};
use tenon_plan::{Plan, codes};
use tenon_wit::Diagnostics;

use crate::report::Status;

/// Why there is no package.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// Whether the component is wrong, or is something that packages are not made of.
    pub(crate) status: Status,
    /// What was said.
    pub(crate) message: String,
}

/// Checks a component and makes its package in a folder.
pub(crate) fn make(bytes: &[u8], folder: &Path, instantiation: Instantiation) -> Result<Plan, Refused> {
    let plan = tenon_plan::plan(bytes, &tenon_plan::Config::default()).map_err(|e| refused(&e))?;
    let config = Config {
        name: "component".into(),
        bundle: true,
        typescript: false,
        instantiation,
        ..Config::default()
    };
    let files = generate(&plan, &config).map_err(|e| refused(&e))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    Ok(plan)
}

/// A component is wrong if one of the diagnostics says so. `T0601` is the generator's word for what engines lack.
fn refused(diagnostics: &Diagnostics) -> Refused {
    let beyond = |code| code == codes::UNSUPPORTED || code == "T0601";
    let status =
        if diagnostics.list.iter().all(|d| beyond(d.code)) { Status::Unsupported } else { Status::Failed };
    let messages: Vec<_> = diagnostics.list.iter().map(|d| d.message.as_str()).collect();
    Refused { status, message: messages.join("; ") }
}
