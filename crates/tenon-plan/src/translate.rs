//! The one place that calls wasmtime-environ.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use tenon_wit::{Diagnostic, Diagnostics};
use wasmparser::Validator;
use wasmtime_environ::component::{ComponentTranslation, ComponentTypesBuilder, Translator};
use wasmtime_environ::{PrimaryMap, ScopeVec, StaticModuleIndex, Tunables};

use crate::check::Checked;
use crate::codes;

/// A component as wasmtime-environ sees it.
pub(crate) struct Translated {
    pub(crate) component: ComponentTranslation,
    pub(crate) types: ComponentTypesBuilder,
    /// The bytes of the core modules.
    pub(crate) modules: PrimaryMap<StaticModuleIndex, Vec<u8>>,
}

pub(crate) fn translate(bytes: &[u8], checked: Checked) -> Result<Translated, Diagnostics> {
    let mut tunables = Tunables::default_u32();
    // Without tasks, a call from one inner component to another need not say that it begins and ends.
    tunables.concurrency_support = checked.async_;
    tunables.parse_wasm_debuginfo = false;
    tunables.debug_adapter_modules = false;

    let work = || {
        let mut validator = Validator::new_with_features(checked.features);
        let mut types = ComponentTypesBuilder::new(&validator);
        let scope = ScopeVec::new();
        let (component, modules) =
            Translator::new(&tunables, &mut validator, &mut types, &scope).translate(bytes)?;
        let modules = modules.into_iter().map(|(_, module)| module.wasm.to_vec()).collect();
        Ok::<_, wasmtime_environ::error::Error>(Translated { component, types, modules })
    };
    match quietly(work) {
        Ok(Ok(translated)) => Ok(translated),
        Ok(Err(error)) => Err(refused(&format!("{error:#}"))),
        Err(reason) => Err(defect(&reason)),
    }
}

/// A component that is valid, and that could not be taken apart all the same.
pub(crate) fn defect(reason: &str) -> Diagnostics {
    Diagnostic::error(codes::INTERNAL, format!("this component could not be taken apart: {reason}"))
        .with_help("the component is valid: please report this, with the component if you can")
        .into()
}

/// What the translator refuses, it refuses because it cannot do it: the component is valid by now.
fn refused(reason: &str) -> Diagnostics {
    let diagnostic = Diagnostic::error(
        codes::UNSUPPORTED,
        format!("the component uses something that Tenon cannot take apart: {reason}"),
    );
    let help = if reason.contains("reexport of an imported function") {
        "wrap the function: export one that calls the import"
    } else {
        "run it with `tenon run` or `tenon serve` if those support it, or build it without"
    };
    diagnostic.with_help(help).into()
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`, and gives the message of a panic in it, which is not printed.
///
/// wasmtime-environ asserts what it believes of valid components. An assertion that does not hold must not end a program
/// that only wants to know whether a component can be used.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                previous(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    result.map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_string());
        text.or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "unknown reason".to_string())
    })
}
