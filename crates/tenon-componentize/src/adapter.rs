//! The published adapter from preview 1 to WASI 0.2.

use crate::Error;
use crate::input::Module;
use crate::shim::PREVIEW1;
use wasi_preview1_component_adapter_provider as published;

/// The adapter that the module needs, if any. The command adapter exports `wasi:cli/run`, which calls `_start`; the
/// reactor adapter exports nothing.
pub(crate) fn choose(module: &Module<'_>, wanted: crate::Adapter) -> Result<Option<&'static [u8]>, Error> {
    let mut fields =
        module.function_imports().map(|(_, import)| import).filter(|i| i.module == PREVIEW1).peekable();
    let is_command = module.exported("_start").is_some();
    let Some(first) = fields.peek() else {
        // A command that imports nothing is a command still.
        let auto = wanted == crate::Adapter::Auto;
        return Ok((is_command && auto).then_some(published::WASI_SNAPSHOT_PREVIEW1_COMMAND_ADAPTER));
    };
    if wanted == crate::Adapter::None {
        return Err(Error::NoAdapter { field: first.field.to_owned() });
    }
    let adapter = match is_command {
        true => published::WASI_SNAPSHOT_PREVIEW1_COMMAND_ADAPTER,
        false => published::WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER,
    };
    let known = Module::parse(adapter)?;
    match fields.find(|import| known.exported(import.field).is_none()) {
        Some(unknown) => Err(Error::Preview1 { field: unknown.field.to_owned() }),
        None => Ok(Some(adapter)),
    }
}
