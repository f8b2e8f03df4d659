//! What is refused before anything is translated: what is no component, what is not valid, what cannot be planned.

use tenon_wit::{Diagnostic, Diagnostics};
use wasmparser::{
    BinaryReaderError, CanonicalFunction, CanonicalOption, ComponentExternalKind, ComponentType,
    ComponentTypeRef, FuncValidatorAllocations, Parser, Payload, ValidPayload, Validator, WasmFeatures,
};

use crate::codes;
use crate::sizes::too_large;
use crate::unique::Names;

/// What the check learns on its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checked {
    /// What the component needs; everything else is off.
    pub(crate) features: WasmFeatures,
    /// Whether its core modules need nothing beyond WebAssembly 2.0.
    pub(crate) baseline: bool,
    /// Whether anything in it is asynchronous.
    pub(crate) async_: bool,
}

const HEADER: usize = 8;

/// Refuses what cannot be planned; all that cannot, not the first.
pub(crate) fn check(bytes: &[u8]) -> Result<Checked, Diagnostics> {
    header(bytes)?;
    let (features, baseline) = validate(bytes)?;
    let mut scan = Scan::default();
    scan.run(bytes).map_err(|error| invalid(&error))?;
    scan.diagnostics.into_result()?;
    Ok(Checked { features, baseline, async_: scan.async_ })
}

fn header(bytes: &[u8]) -> Result<(), Diagnostics> {
    let not = |message: &str, help: &str| {
        Err(Diagnostic::error(codes::NOT_A_COMPONENT, message).with_help(help).into())
    };
    if bytes.is_empty() {
        return not("the file is empty", "give a component, as `tenon build` writes");
    }
    if !bytes.starts_with(b"\0asm") {
        if bytes.trim_ascii_start().starts_with(b"(component") {
            return not(
                "this is a component as text, and bytes are needed",
                "make it binary: `wasm-tools parse`",
            );
        }
        return not("this is not WebAssembly", "give a component, as `tenon build` writes");
    }
    match bytes.get(..HEADER) {
        None => {
            not("the component ends within its header", "the file is not complete: build or fetch it again")
        }
        Some(header) if header[6] == 0 => not(
            "this is a core module, not a component",
            "make it a component: `tenon componentize FILE --wit WIT --world WORLD`",
        ),
        Some(_) => Ok(()),
    }
}

/// What the component model may use.
const COMPONENT: WasmFeatures = WasmFeatures::COMPONENT_MODEL
    .union(WasmFeatures::CM_ASYNC)
    .union(WasmFeatures::CM_ASYNC_STACKFUL)
    .union(WasmFeatures::CM_MORE_ASYNC_BUILTINS)
    .union(WasmFeatures::CM_THREADING)
    .union(WasmFeatures::CM_ERROR_CONTEXT)
    .union(WasmFeatures::CM_FIXED_LENGTH_LISTS)
    .union(WasmFeatures::CM_MAP)
    .union(WasmFeatures::CM_IMPLEMENTS);

/// All that can be planned.
pub(crate) fn features() -> WasmFeatures {
    WasmFeatures::default() | WasmFeatures::WIDE_ARITHMETIC | COMPONENT
}

/// The features that the component needs, and whether its core modules need nothing beyond WebAssembly 2.0.
///
/// Calls between inner components are fenced against exceptions only where modules use them, so that engines without
/// exceptions can run the rest.
fn validate(bytes: &[u8]) -> Result<(WasmFeatures, bool), Diagnostics> {
    let all = features();
    let plain = all - WasmFeatures::EXCEPTIONS;
    if let Ok(size) = validated(bytes, WasmFeatures::WASM2 | COMPONENT) {
        return fits(size).map(|()| (plain, true));
    }
    if let Ok(size) = validated(bytes, plain) {
        return fits(size).map(|()| (plain, false));
    }
    let size = validated(bytes, all).map_err(|error| invalid(&error))?;
    fits(size).map(|()| (all, false))
}

/// Does what [`Validator::validate_all`] does, and looks at the types of each component on the way: the size of one that is
/// too large.
fn validated(bytes: &[u8], features: WasmFeatures) -> Result<Option<u64>, BinaryReaderError> {
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut functions = Vec::new();
    let mut size = None;
    for payload in parser.parse_all(bytes) {
        match validator.payload(&payload?)? {
            ValidPayload::Func(function, body) => functions.push((function, body)),
            ValidPayload::End(types) => size = size.or_else(|| too_large(types.as_ref())),
            _ => {}
        }
    }
    let mut allocations = FuncValidatorAllocations::default();
    for (function, body) in functions {
        let mut validator = function.into_validator(allocations);
        validator.validate(&body)?;
        allocations = validator.into_allocations();
    }
    Ok(size)
}

/// Refuses a type of which a value would be too large.
fn fits(size: Option<u64>) -> Result<(), Diagnostics> {
    let Some(size) = size else { return Ok(()) };
    let message = format!("this component is not valid: a type takes {size} bytes, and 2^28 are too many");
    Err(Diagnostic::error(codes::INVALID, message)
        .with_help("make fixed-length lists shorter, or use lists of any length")
        .into())
}

fn invalid(error: &BinaryReaderError) -> Diagnostics {
    Diagnostic::error(
        codes::INVALID,
        format!("this component is not valid: {} (at byte {:#x})", error.message(), error.offset()),
    )
    .with_help(
        "the file is damaged or not complete, or uses a proposal that this version of tenon does not know",
    )
    .into()
}

/// Walks through the component and those inside it.
#[derive(Default)]
struct Scan {
    /// For each component that is open, how many components it has begun inside it.
    inside: Vec<u32>,
    /// For each of them, what it imports and exports.
    names: Vec<[Names; 2]>,
    async_: bool,
    diagnostics: Diagnostics,
}

impl Scan {
    fn run(&mut self, bytes: &[u8]) -> Result<(), BinaryReaderError> {
        // Modules are passed over: their bodies are not what is looked for.
        let mut parser = Parser::new(0);
        parser.set_features(features());
        let mut parsers: Vec<Parser> = Vec::new();
        let mut rest = bytes;
        loop {
            let (payload, consumed) = match parser.parse(rest, true)? {
                wasmparser::Chunk::Parsed { payload, consumed } => (payload, consumed),
                // There is nothing more to come, and the validator would have refused it.
                wasmparser::Chunk::NeedMoreData(_) => return Ok(()),
            };
            rest = &rest[consumed..];
            match payload {
                Payload::ModuleSection { unchecked_range, .. } => {
                    rest = rest.get(unchecked_range.len()..).unwrap_or_default();
                }
                Payload::ComponentSection { parser: inner, .. } => {
                    parsers.push(std::mem::replace(&mut parser, inner));
                    if let Some(count) = self.inside.last_mut() {
                        *count += 1;
                    }
                }
                Payload::Version { .. } => {
                    self.inside.push(0);
                    self.names.push(Default::default());
                }
                Payload::End(_) => {
                    self.inside.pop();
                    self.names.pop();
                    match parsers.pop() {
                        Some(outer) => parser = outer,
                        None => return Ok(()),
                    }
                }
                other => self.payload(other)?,
            }
        }
    }

    fn payload(&mut self, payload: Payload<'_>) -> Result<(), BinaryReaderError> {
        match payload {
            Payload::ComponentStartSection { .. } => self.refuse("a start function of a component"),
            Payload::ComponentTypeSection(section) => {
                for ty in section {
                    if let ComponentType::Func(func) = ty? {
                        self.async_ |= func.async_;
                    }
                }
            }
            Payload::ComponentCanonicalSection(section) => {
                for function in section {
                    self.canonical(&function?);
                }
            }
            Payload::ComponentImportSection(section) => {
                for import in section {
                    let import = import?;
                    let name = import.name.name;
                    self.unique(0, name);
                    match import.ty {
                        ComponentTypeRef::Value(_) => self.refuse(&format!("the imported value `{name}`")),
                        ComponentTypeRef::Component(_) if self.inside.len() == 1 => {
                            self.refuse(&format!("the imported component `{name}`"));
                        }
                        _ => {}
                    }
                }
            }
            Payload::ComponentExportSection(section) => {
                for export in section {
                    let export = export?;
                    let name = export.name.name;
                    self.unique(1, name);
                    match export.kind {
                        ComponentExternalKind::Value => self.refuse(&format!("the exported value `{name}`")),
                        ComponentExternalKind::Component if self.inside.len() == 1 => {
                            self.refuse(&format!("the exported component `{name}`"));
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn unique(&mut self, side: usize, name: &str) {
        let Some(before) = self.names.last_mut().and_then(|names| names[side].add(name)) else { return };
        let what = ["import", "export"][side];
        let message = format!(
            "this component is not valid: the {what} name `{name}` conflicts with the previous name `{before}`"
        );
        self.diagnostics.push(
            Diagnostic::error(codes::INVALID, message)
                .with_help("names must differ in more than hyphens and the case of letters: rename one"),
        );
    }

    fn canonical(&mut self, function: &CanonicalFunction) {
        use CanonicalFunction as F;
        match function {
            F::Lift { options, .. } | F::Lower { options, .. } => self.options(options),
            F::ResourceNew { .. } | F::ResourceDrop { .. } | F::ResourceRep { .. } => {}
            F::ThreadSpawnRef { .. } => self.refuse("the built-in thread.spawn-ref"),
            F::ThreadSpawnIndirect { .. } => self.refuse("the built-in thread.spawn-indirect"),
            F::ThreadAvailableParallelism => self.refuse("the built-in thread.available-parallelism"),
            F::ThreadIndex => self.refuse("the built-in thread.index"),
            F::ThreadNewIndirect { .. } => self.refuse("the built-in thread.new-indirect"),
            F::ThreadResumeLater => self.refuse("the built-in thread.resume-later"),
            F::ThreadSuspend { .. } => self.refuse("the built-in thread.suspend"),
            F::ThreadSuspendThenResume { .. } => self.refuse("the built-in thread.suspend-then-resume"),
            F::ThreadYieldThenResume { .. } => self.refuse("the built-in thread.yield-then-resume"),
            F::ThreadSuspendThenPromote { .. } => self.refuse("the built-in thread.suspend-then-promote"),
            F::ThreadYieldThenPromote { .. } => self.refuse("the built-in thread.yield-then-promote"),
            _ => self.async_ = true,
        }
    }

    fn options(&mut self, options: &[CanonicalOption]) {
        for option in options {
            match option {
                CanonicalOption::Async => self.async_ = true,
                CanonicalOption::Gc | CanonicalOption::CoreType(_) => {
                    self.refuse("the canonical option `gc`: values in garbage-collected objects");
                }
                _ => {}
            }
        }
    }

    fn refuse(&mut self, what: &str) {
        let place = match self.inside.as_slice() {
            [] | [_] => String::new(),
            [outer @ .., _] => {
                let path: Vec<String> = outer.iter().map(u32::to_string).collect();
                format!(", in the inner component {}", path.join("."))
            }
        };
        let message = format!("the component uses something that Tenon cannot take apart: {what}{place}");
        if self.diagnostics.list.iter().all(|d| d.message != message) {
            self.diagnostics.push(Diagnostic::error(codes::UNSUPPORTED, message).with_help(
                "run it with `tenon run` or `tenon serve` if those support it, or build it without",
            ));
        }
    }
}
