use std::fmt;

/// Why a module cannot become a component.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The input is empty or does not begin as WebAssembly does.
    NotWasm,
    /// The input is WebAssembly text.
    Text,
    /// The input is a component already.
    Component,
    /// The input ends too early.
    Truncated {
        /// Where its bytes end.
        offset: usize,
    },
    /// The input begins like WebAssembly but is malformed.
    Malformed {
        /// What is wrong.
        message: String,
        /// Where.
        offset: usize,
    },
    /// The module uses something that cannot be rewritten.
    Unsupported {
        /// What it is.
        what: &'static str,
    },
    /// The module imports an interface or a function that the world does not have.
    ImportNotInWorld {
        /// The import's module: an interface, or `$root` for functions of the world itself.
        module: String,
        /// The import's name.
        field: String,
        /// The nearest thing that the world does import: the same interface in an incompatible version.
        similar: Option<String>,
    },
    /// The module imports a function of preview 1 that its adapter does not have.
    Preview1 {
        /// The function.
        field: String,
    },
    /// The module imports preview 1 and the adapter is switched off.
    NoAdapter {
        /// One of the functions.
        field: String,
    },
    /// The world exports a function that the module does not.
    MissingExport {
        /// The interface, or `None` for a function of the world itself.
        interface: Option<String>,
        /// The function's name in WIT.
        function: String,
    },
    /// The module's draining export is absent, and draining was asked for.
    NoDrain,
    /// The module is Go's, exports no `cabi_realloc`, and is not laid out as Go's linker lays it out: there is no
    /// memory for the adapter.
    NoRealloc,
    /// The world cannot be merged with that of a library.
    Merge {
        /// What clashes.
        message: String,
    },
    /// The module does not fit its world: a signature differs, or a part of an export is absent.
    Mismatch {
        /// What the encoder says; it names the import or export.
        message: String,
    },
    /// The result is not valid. This is a defect of Tenon.
    Internal {
        /// What the validator says.
        message: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotWasm => write!(f, "not a WebAssembly module"),
            Error::Text => write!(f, "WebAssembly text, where a binary module is expected"),
            Error::Component => write!(f, "already a component"),
            Error::Truncated { offset } => write!(f, "the module is cut short: it ends at byte {offset}"),
            Error::Malformed { message, offset } => {
                write!(f, "not a valid WebAssembly module: {message} (at byte {offset})")
            }
            Error::Unsupported { what } => write!(f, "the module uses {what}, which cannot be componentized"),
            Error::ImportNotInWorld { module, field, .. } => {
                write!(f, "the program imports `{field}` of `{module}`, which its world does not import")
            }
            Error::Preview1 { field } => {
                write!(
                    f,
                    "the program imports `{field}` of wasi_snapshot_preview1, which WASI does not define"
                )
            }
            Error::NoAdapter { field } => {
                write!(
                    f,
                    "the program imports `{field}` of wasi_snapshot_preview1, and the adapter is switched off"
                )
            }
            Error::MissingExport { interface: Some(interface), function } => {
                write!(
                    f,
                    "the world exports `{interface}`, but the program does not export its function `{function}`"
                )
            }
            Error::MissingExport { interface: None, function } => {
                write!(f, "the world exports the function `{function}`, but the program does not")
            }
            Error::NoDrain => write!(f, "the program does not export `tenon:drain`"),
            Error::NoRealloc => write!(f, "the program has no memory to give to the preview 1 adapter"),
            Error::Merge { message } => {
                write!(f, "the worlds of the program and its libraries clash: {message}")
            }
            Error::Mismatch { message } => write!(f, "the program does not fit its world: {message}"),
            Error::Internal { message } => write!(f, "internal error: the component is not valid: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Error::NotWasm => "build it with `GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared`, or let `tenon build` do so".to_owned(),
            Error::Text => "turn it into a binary first, with `wasm-tools parse` or `wat2wasm`".to_owned(),
            Error::Component => "nothing is left to do: run it with `tenon run` or `tenon serve`".to_owned(),
            Error::Truncated { .. } => "build or copy it again".to_owned(),
            Error::ImportNotInWorld { module, .. } if module == "gojs" => {
                "the program was built for browsers: build it with GOOS=wasip1, not GOOS=js".to_owned()
            }
            Error::ImportNotInWorld { module, similar: Some(similar), .. } => {
                format!("the world has `{similar}`, an incompatible version: generate the bindings of `{module}` again from the world in use")
            }
            Error::ImportNotInWorld { module, field, similar: None } if names_an_interface(module) => {
                format!("add `import {module};` to the world (`tenon add` fetches its package), and generate the bindings again if it has no `{field}`")
            }
            Error::ImportNotInWorld { module, field, .. } => {
                format!("find `//go:wasmimport {module} {field}` in the program or its modules: a component can only import what its world names")
            }
            Error::Preview1 { field } => format!("find `//go:wasmimport wasi_snapshot_preview1 {field}` in the program or its modules"),
            Error::NoAdapter { .. } => "leave the adapter on: what Go's runtime imports needs it".to_owned(),
            Error::MissingExport { interface: Some(interface), .. } => {
                let package = package_name(interface);
                format!("import the generated package `{package}` of `{interface}` and call `{package}.Export(...)` in an init function")
            }
            Error::MissingExport { interface: None, .. } => {
                "import the generated package of the world and call its `Export(...)` in an init function".to_owned()
            }
            Error::NoDrain => "import the package tenon.dev/go/plugin".to_owned(),
            Error::NoRealloc => "import the package tenon.dev/go/abi, as all generated code does".to_owned(),
            Error::Merge { .. } => "use one version of each package, in the program and in its libraries".to_owned(),
            Error::Mismatch { .. } => "the bindings may be older than the WIT: run `tenon generate` and build again".to_owned(),
            Error::Internal { .. } => "please report this, with the module".to_owned(),
            Error::Malformed { .. } | Error::Unsupported { .. } => return None,
        };
        Some(help)
    }
}

/// `wasi:http/types@0.3.0`, but not `env`.
fn names_an_interface(module: &str) -> bool {
    module.contains(':') && module.contains('/')
}

/// The Go package of an interface: `handler` for `wasi:http/handler@0.3.0`.
fn package_name(interface: &str) -> String {
    let name = interface.rsplit('/').next().unwrap_or(interface);
    let name = name.split('@').next().unwrap_or(name);
    name.chars().filter(|c| *c != '-').collect()
}
