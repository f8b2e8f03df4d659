//! `wasi:cli/run`, 0.2 and 0.3.

use crate::call::{Called, call, within};
use crate::ctx::new_store;
use crate::engine::Loaded;
use crate::error::{Error, Trap, exit_code};
use crate::link::link;
use crate::options::Options;
use std::io::Write as _;
use wasmtime::component::{Func, Val};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// The exit code: 0 for success.
    pub code: i32,
    /// Whether tasks were still at work when the time to [drain](Options::drain) was over.
    pub abandoned: bool,
}

/// Runs a command to its end, and then the tasks that it leaves behind.
pub async fn run(loaded: &Loaded, options: &Options) -> Result<Exit, Error> {
    let exports = loaded.exports();
    let Some(interface) = exports.iter().find(|name| name.starts_with("wasi:cli/run@")) else {
        return Err(Error::NotACommand { exports });
    };
    let pre = link(loaded)?;
    let mut store = new_store(&loaded.engine, options)?;
    let exit = within(options.limits.time, async {
        let instance = match pre.instantiate_async(&mut store).await {
            Ok(instance) => instance,
            Err(error) => return ended_early(&error),
        };
        let func: Option<Func> = instance
            .get_export_index(&mut store, None, interface)
            .and_then(|outer| instance.get_export_index(&mut store, Some(&outer), "run"))
            .and_then(|index| instance.get_func(&mut store, index));
        let Some(func) = func else { return Err(Error::NotACommand { exports: exports.clone() }) };
        Ok(match call(&mut store, func, &[], 1, options.drain).await? {
            Called::Exited(code) => Exit { code, abandoned: false },
            Called::Returned { results, abandoned } => {
                let code = i32::from(matches!(results.first(), Some(Val::Result(Err(_)))));
                Exit { code, abandoned }
            }
        })
    })
    .await;
    drop(store);
    // What the guest wrote has been accepted; a closed pipe on our side is not its failure.
    let _ = std::io::stdout().flush();
    exit
}

/// A command may exit while it is still being set up.
fn ended_early(error: &wasmtime::Error) -> Result<Exit, Error> {
    match exit_code(error) {
        Some(code) => Ok(Exit { code, abandoned: false }),
        None => Err(Error::Start(Trap::from_wasmtime(error))),
    }
}
