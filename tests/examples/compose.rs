//! `compose PLUG SOCKET OUT`: fills the imports of one component with the exports of another.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};
use tenon_tests::compose::compose;

fn main() -> Result<()> {
    let paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [plug, socket, out] = &paths[..] else { bail!("usage: compose PLUG SOCKET OUT") };
    compose(&[plug.as_path()], socket, out)
}
