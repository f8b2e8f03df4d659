/// One WIT file: its path as messages shall name it, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitFile {
    /// The path as the user knows it. It is never opened.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl WitFile {
    /// A file from its two halves.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> WitFile {
        WitFile { path: path.into(), text: text.into() }
    }
}

/// A package that the main one may depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dep {
    /// The files of one package (a folder in `deps`, or a single file).
    Wit(Vec<WitFile>),
    /// A package in its binary form.
    Wasm {
        /// The path as the user knows it.
        path: String,
        /// The binary.
        bytes: Vec<u8>,
    },
}

/// WIT as the caller found it: the files of the main package, and the packages beside it.
///
/// WASI's packages need not be among the dependencies: those inside this crate are used where a package is asked for and not
/// given. A package that is given wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The main package's files. Empty is allowed when the world is named in full, as `wasi:http/service@0.3`.
    pub main: Vec<WitFile>,
    /// The packages that the main one may use, in any order.
    pub deps: Vec<Dep>,
}

impl Sources {
    /// A main package of one file.
    pub fn from_text(path: impl Into<String>, text: impl Into<String>) -> Sources {
        Sources { main: vec![WitFile::new(path, text)], deps: Vec::new() }
    }

    /// Every text file, main package first.
    pub fn files(&self) -> impl Iterator<Item = &WitFile> {
        let deps = self.deps.iter().flat_map(|dep| match dep {
            Dep::Wit(files) => files.as_slice(),
            Dep::Wasm { .. } => &[],
        });
        self.main.iter().chain(deps)
    }
}
