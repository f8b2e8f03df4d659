//! The input module, read once: enough of it to decide what to change.

use crate::Error;
use std::ops::Range;
use wasmparser::{
    CompositeInnerType, Encoding, ExternalKind, FuncType, Parser, Payload, TypeRef, Validator, WasmFeatures,
};

/// Where a section's contents lie, without its id and length.
pub(crate) struct Section {
    pub(crate) id: u8,
    pub(crate) range: Range<usize>,
}

pub(crate) struct Import<'a> {
    pub(crate) module: &'a str,
    pub(crate) field: &'a str,
    /// The type index, for a function.
    pub(crate) func: Option<u32>,
}

pub(crate) struct Export<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: ExternalKind,
    pub(crate) index: u32,
}

pub(crate) struct Custom<'a> {
    pub(crate) name: &'a str,
    pub(crate) data: &'a [u8],
}

/// A core module: its bytes and what they hold.
#[derive(Default)]
pub(crate) struct Module<'a> {
    pub(crate) bytes: &'a [u8],
    /// `None` where the type is not a function's.
    pub(crate) types: Vec<Option<FuncType>>,
    pub(crate) imports: Vec<Import<'a>>,
    /// Indices into `imports` of those that are functions: the beginning of the function index space.
    pub(crate) func_imports: Vec<usize>,
    /// Type indices of the functions that the module defines.
    pub(crate) functions: Vec<u32>,
    /// Imported and defined.
    pub(crate) globals: u32,
    pub(crate) memories: u32,
    pub(crate) exports: Vec<Export<'a>>,
    /// All but custom sections, in their order.
    pub(crate) sections: Vec<Section>,
    pub(crate) customs: Vec<Custom<'a>>,
    /// Set if the module was made by the Go compiler.
    pub(crate) go_version: Option<String>,
}

impl<'a> Module<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        sniff(bytes)?;
        let mut module = Module { bytes, ..Module::default() };
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(malformed)?;
            if let Some((id, range)) = payload.as_section()
                && id != 0
            {
                module.sections.push(Section { id, range });
            }
            module.read(payload).map_err(malformed)?;
        }
        if module.memories > 1 {
            return Err(Error::Unsupported { what: "more than one memory" });
        }
        module.go_version = go_version(&module.customs);
        Ok(module)
    }

    fn read(&mut self, payload: Payload<'a>) -> wasmparser::Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    self.types.extend(group?.into_types().map(|ty| match ty.composite_type.inner {
                        CompositeInnerType::Func(func) => Some(func),
                        _ => None,
                    }));
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let func = match import.ty {
                        TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                            self.func_imports.push(self.imports.len());
                            Some(ty)
                        }
                        TypeRef::Global(_) => {
                            self.globals += 1;
                            None
                        }
                        TypeRef::Memory(_) => {
                            self.memories += 1;
                            None
                        }
                        TypeRef::Table(_) | TypeRef::Tag(_) => None,
                    };
                    self.imports.push(Import { module: import.module, field: import.name, func });
                }
            }
            Payload::FunctionSection(section) => {
                self.functions = section.into_iter().collect::<wasmparser::Result<_>>()?;
            }
            Payload::MemorySection(section) => self.memories += section.count(),
            Payload::GlobalSection(section) => self.globals += section.count(),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.exports.push(Export { name: export.name, kind: export.kind, index: export.index });
                }
            }
            Payload::CustomSection(section) => {
                self.customs.push(Custom { name: section.name(), data: section.data() });
            }
            _ => {}
        }
        Ok(())
    }

    /// The functions that the module imports as `module` `field` with this signature. Go has one import per package
    /// that declares it, so there may be several.
    pub(crate) fn imported(&self, module: &str, field: &str, ty: &FuncType) -> Vec<u32> {
        self.function_imports()
            .filter(|(index, import)| {
                import.module == module && import.field == field && self.signature(*index) == Some(ty)
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// Imported functions with their function indices.
    pub(crate) fn function_imports(&self) -> impl Iterator<Item = (u32, &Import<'a>)> {
        (0..).zip(self.func_imports.iter().map(|&i| &self.imports[i]))
    }

    /// The type of a function, imported or defined.
    pub(crate) fn signature(&self, func: u32) -> Option<&FuncType> {
        let func = func as usize;
        let ty = match self.func_imports.get(func) {
            Some(&import) => self.imports[import].func?,
            None => *self.functions.get(func - self.func_imports.len())?,
        };
        self.types.get(ty as usize)?.as_ref()
    }

    /// Exported functions.
    pub(crate) fn function_exports(&self) -> impl Iterator<Item = &Export<'a>> {
        self.exports.iter().filter(|export| export.kind == ExternalKind::Func)
    }

    /// The index of an exported function.
    pub(crate) fn exported(&self, name: &str) -> Option<u32> {
        self.function_exports().find(|export| export.name == name).map(|export| export.index)
    }

    /// The contents of a section, if there is one.
    pub(crate) fn section(&self, id: u8) -> Option<&'a [u8]> {
        let section = self.sections.iter().find(|section| section.id == id)?;
        Some(&self.bytes[section.range.clone()])
    }
}

/// Tells apart what people give to a tool by mistake.
fn sniff(bytes: &[u8]) -> Result<(), Error> {
    const MAGIC: &[u8] = b"\0asm";
    if !bytes.starts_with(MAGIC) {
        let cut = !bytes.is_empty() && MAGIC.starts_with(bytes);
        return Err(match cut {
            true => Error::Truncated { offset: bytes.len() },
            false if looks_like_text(bytes) => Error::Text,
            false => Error::NotWasm,
        });
    }
    match Parser::new(0).parse_all(bytes).next() {
        Some(Ok(Payload::Version { encoding: Encoding::Component, .. })) => Err(Error::Component),
        Some(Ok(_)) => Ok(()),
        Some(Err(error)) => Err(malformed(error)),
        None => Err(Error::NotWasm),
    }
}

/// Text begins with a parenthesis, after spaces and `;;` comments.
fn looks_like_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let line = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with(";;"));
    line.is_some_and(|line| {
        line.starts_with("(module") || line.starts_with("(component") || line.starts_with("(;")
    })
}

/// A module that is not valid to begin with fails somewhere on its way. Then that is the error, whatever was found.
pub(crate) fn blame(input: &[u8], found: Error) -> Error {
    if !matches!(found, Error::Internal { .. } | Error::Mismatch { .. } | Error::Malformed { .. }) {
        return found;
    }
    match Validator::new_with_features(WasmFeatures::all()).validate_all(input) {
        Err(error) => malformed(error),
        Ok(_) => found,
    }
}

pub(crate) fn malformed(error: wasmparser::Error) -> Error {
    let message = error.message().to_string();
    let offset = error.offset();
    match message.contains("unexpected end") || message.contains("unexpected-eof") {
        true => Error::Truncated { offset },
        false => Error::Malformed { message, offset },
    }
}

/// Go's linker writes who made the module into the `producers` section.
fn go_version(customs: &[Custom<'_>]) -> Option<String> {
    let section = customs.iter().find(|custom| custom.name == "producers");
    let producers = section.and_then(|custom| wasm_metadata::Producers::from_bytes(custom.data, 0).ok());
    let version = producers.as_ref().and_then(|producers| {
        let languages = producers.get("language")?;
        languages.get("Go").map(|version| version.trim_start_matches("go").to_owned())
    });
    version.or_else(|| customs.iter().any(|custom| custom.name == "go:buildid").then(String::new))
}
