use std::fmt;
use std::ops::Range;

use crate::WitFile;

/// What a diagnostic is about, for people who look it up: `T0004`.
pub type Code = &'static str;

/// The codes of this crate. `T00xx` are WIT's, the crates above take other hundreds.
pub mod codes {
    use super::Code;

    /// The WIT text cannot be read: a character, a keyword or a bracket is wrong.
    pub const SYNTAX: Code = "T0001";
    /// A type, interface or world is named that its package does not have.
    pub const NOT_FOUND: Code = "T0002";
    /// A type, interface or world depends on itself.
    pub const CYCLE: Code = "T0003";
    /// A package is used that is neither in `deps` nor inside Tenon.
    pub const NO_PACKAGE: Code = "T0004";
    /// One package is given twice, with different texts.
    pub const DUPLICATE_PACKAGE: Code = "T0005";
    /// Packages depend on each other in a circle.
    pub const PACKAGE_CYCLE: Code = "T0006";
    /// The world that was asked for does not exist.
    pub const NO_WORLD: Code = "T0007";
    /// There are several worlds, and none was chosen.
    pub const WHICH_WORLD: Code = "T0008";
    /// An interface is reached both as an import and as an export in a way that cannot be joined.
    pub const TRANSITIVE: Code = "T0009";
    /// A world's `include` brings a name that the world has already.
    pub const SHADOWED: Code = "T0010";
    /// Two uses of one item disagree on `@since` or `@unstable`.
    pub const STABILITY: Code = "T0011";
    /// The text is well formed and still means nothing: a wrong kind of type, a name used twice.
    pub const MEANING: Code = "T0012";
    /// There is no WIT at all.
    pub const EMPTY: Code = "T0013";
    /// The bytes are not a component, a WIT package or a core module with component metadata.
    pub const NOT_DECODABLE: Code = "T0014";
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing was made.
    Error,
    /// Something was made, and the user should know this.
    Warning,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file's path, as it was given in [`WitFile::path`].
    pub path: String,
    /// The bytes meant, within the file's text.
    pub span: Range<usize>,
    /// What is to be said there; may be empty.
    pub text: String,
    /// Whether this is the place at fault, and not one that explains it.
    pub primary: bool,
}

impl Label {
    /// The place at fault.
    pub fn primary(path: impl Into<String>, span: Range<usize>, text: impl Into<String>) -> Label {
        Label { path: path.into(), span, text: text.into(), primary: true }
    }

    /// A place that explains the fault.
    pub fn secondary(path: impl Into<String>, span: Range<usize>, text: impl Into<String>) -> Label {
        Label { primary: false, ..Label::primary(path, span, text) }
    }
}

/// One thing to tell the user. Rendering is the caller's: this is data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The code to look it up by.
    pub code: Code,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// Where; empty when the input has no text (a component).
    pub labels: Vec<Label>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// A warning without a place.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// With a place, if there is one.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<Option<Label>>) -> Diagnostic {
        self.labels.extend(label.into());
        self
    }

    /// With one more thing to know.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// With one more thing to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }
}

/// All that is wrong with one input, with the texts that the labels point into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// In the order in which they should be read.
    pub list: Vec<Diagnostic>,
    /// The files that the labels name.
    pub files: Vec<WitFile>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// The text of the file that a label names.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|f| f.path == path).map(|f| f.text.as_str())
    }

    /// Takes along the files that the labels name, out of `files`.
    #[must_use]
    pub fn with_files<'a>(mut self, files: impl IntoIterator<Item = &'a WitFile>) -> Diagnostics {
        for file in files {
            let named = self.list.iter().flat_map(|d| &d.labels).any(|l| l.path == file.path);
            if named && self.text(&file.path).is_none() {
                self.files.push(file.clone());
            }
        }
        self
    }

    /// `Ok` when there is no error among them.
    pub fn into_result(self) -> Result<(), Diagnostics> {
        if self.has_errors() { Err(self) } else { Ok(()) }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Diagnostics {
        Diagnostics { list: vec![diagnostic], files: Vec::new() }
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        self.list.extend(iter);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl fmt::Display for Diagnostics {
    /// Plain text, one line for each message, help and note: for logs and tests. The command line draws them better.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, d) in self.list.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            let severity = match d.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            write!(f, "{severity}[{}]: {}", d.code, d.message)?;
            for label in &d.labels {
                write!(f, "\n  at {}", self.position(label))?;
                if !label.text.is_empty() {
                    write!(f, ": {}", label.text)?;
                }
            }
            for note in &d.notes {
                write!(f, "\n  note: {note}")?;
            }
            for help in &d.help {
                write!(f, "\n  help: {help}")?;
            }
        }
        Ok(())
    }
}

impl Diagnostics {
    /// `path:line:column`, or the path alone when its text is not here.
    fn position(&self, label: &Label) -> String {
        let Some(before) = self.text(&label.path).and_then(|t| t.get(..label.span.start)) else {
            return label.path.clone();
        };
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before[start..].chars().count() + 1;
        format!("{}:{line}:{column}", label.path)
    }
}

impl std::error::Error for Diagnostics {}
