//! The parser's errors as diagnostics.

use wit_parser::{ParseError, ParseErrorKind, ResolveError, ResolveErrorKind, SourceMap, Span};

use crate::diagnostics::codes;
use crate::{Code, Diagnostic, Label};

/// A primary label at `span`, when it is in the map.
fn label(map: &SourceMap, span: Span, text: &str) -> Option<Label> {
    let at = map.resolve_span(span)?;
    Some(Label::primary(at.path, at.range, text))
}

/// One error of reading a package's files.
pub(crate) fn parse_error(map: &SourceMap, error: &ParseError) -> Diagnostic {
    let kind = error.kind();
    let (code, message, hint) = match kind {
        ParseErrorKind::Lex(e) => (codes::SYNTAX, e.to_string(), None),
        ParseErrorKind::Syntax { message, .. } => (syntax_code(message), message.clone(), None),
        ParseErrorKind::ItemNotFound { name, kind, hint, .. } => {
            (codes::NOT_FOUND, format!("{kind} `{name}` does not exist"), hint.clone())
        }
        ParseErrorKind::TypeCycle { name, kind, .. } => {
            (codes::CYCLE, format!("{kind} `{name}` depends on itself"), None)
        }
        other => (codes::SYNTAX, other.to_string(), None),
    };
    let (message, note) = first_line(&message);
    let mut diagnostic = Diagnostic::error(code, message).with_label(label(map, kind.span(), ""));
    diagnostic.notes.extend(note);
    diagnostic.help.extend(hint);
    diagnostic.help.extend(advice(code, &diagnostic.message));
    diagnostic
}

/// One error of joining packages.
pub(crate) fn resolve_error(map: &SourceMap, error: &ResolveError) -> Diagnostic {
    let kind = error.kind();
    let code = match kind {
        ResolveErrorKind::PackageNotFound { .. } => codes::NO_PACKAGE,
        ResolveErrorKind::InvalidTransitiveDependency { .. } => codes::TRANSITIVE,
        ResolveErrorKind::DuplicatePackage { .. } => codes::DUPLICATE_PACKAGE,
        ResolveErrorKind::PackageCycle { .. } => codes::PACKAGE_CYCLE,
        ResolveErrorKind::ItemShadowing { .. } => codes::SHADOWED,
        ResolveErrorKind::StabilityMismatch { .. } => codes::STABILITY,
        _ => codes::MEANING,
    };
    let (message, note) = first_line(&kind.to_string());
    let mut diagnostic = Diagnostic::error(code, message);
    diagnostic.notes.extend(note);
    if let ResolveErrorKind::DuplicatePackage { span1, span2, .. } = kind {
        let first = label(map, *span2, "first here").map(|l| Label { primary: false, ..l });
        diagnostic = diagnostic.with_label(label(map, *span1, "and again here")).with_label(first);
    } else {
        diagnostic = diagnostic.with_label(label(map, kind.span(), ""));
    }
    diagnostic.help.extend(advice(code, &diagnostic.message));
    diagnostic
}

/// The parser has one kind for what it cannot read and what it cannot mean; users know them apart.
fn syntax_code(message: &str) -> Code {
    if is_token_error(message) { codes::SYNTAX } else { codes::MEANING }
}

/// Whether the message is about the next token, and so true of the file alone, whatever other files say.
pub(crate) fn is_token_error(message: &str) -> bool {
    message.starts_with("expected ")
}

/// Splits a message with lines of detail into the sentence and a note.
fn first_line(message: &str) -> (String, Option<String>) {
    match message.split_once('\n') {
        Some((first, rest)) => (first.trim_end_matches(':').to_string(), Some(rest.trim().to_string())),
        None => (message.to_string(), None),
    }
}

/// What to do, where the message alone does not say it.
fn advice(code: Code, message: &str) -> Option<String> {
    let text = match code {
        codes::CYCLE => {
            "WIT types are trees: break the circle, for example with a resource or an index into a list"
        }
        codes::PACKAGE_CYCLE => "move what both packages use into a third package",
        codes::DUPLICATE_PACKAGE => "remove one of the two from `deps`",
        codes::SHADOWED => "rename it on the way in: `include other with { name as other-name }`",
        codes::SYNTAX if message.contains("`;`") || message.contains("';'") => {
            "items in WIT end with a semicolon; the one that is missing belongs before this place"
        }
        codes::SYNTAX if message.contains("keyword") => "put a `%` before a name that is a keyword: `%type`",
        _ => return None,
    };
    Some(text.to_string())
}
