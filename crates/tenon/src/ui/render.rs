//! Messages as rustc draws them.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use tenon_wit::{Diagnostic, Diagnostics, Label, Severity};

use super::Report;

/// All diagnostics, with a blank line between them. Colours are taken out on the way to stderr where they are not wanted.
pub(super) fn diagnostics(diagnostics: &Diagnostics) -> String {
    let drawn: Vec<String> = diagnostics.list.iter().map(|d| diagnostic(d, diagnostics)).collect();
    drawn.join("\n\n")
}

fn diagnostic(diagnostic: &Diagnostic, all: &Diagnostics) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        level.primary_title(&diagnostic.message).id(diagnostic.code).elements(Vec::<Origin<'_>>::new());
    let mut by_file: BTreeMap<&str, Vec<&Label>> = BTreeMap::new();
    for label in &diagnostic.labels {
        by_file.entry(&label.path).or_default().push(label);
    }
    // The file at fault goes first, whatever its name.
    let mut files: Vec<(&str, Vec<&Label>)> = by_file.into_iter().collect();
    files.sort_by_key(|(_, labels)| !labels.iter().any(|label| label.primary));
    for (path, labels) in files {
        group = match all.text(path) {
            Some(text) => group.element(snippet(path, text, &labels)),
            None => group.element(Origin::path(path)),
        };
    }
    finish(group, &diagnostic.notes, &diagnostic.help)
}

fn snippet<'a>(
    path: &'a str,
    text: &'a str,
    labels: &[&'a Label],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotation = |label: &&'a Label| {
        let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let end = label.span.end.min(text.len());
        let annotation = kind.span(label.span.start.min(end)..end);
        if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
    };
    Snippet::source(text).path(path).annotations(labels.iter().map(annotation).collect::<Vec<_>>())
}

/// One message without a place.
pub(super) fn report(report: &Report) -> String {
    let group = Level::ERROR.primary_title(&report.message).elements(Vec::<Origin<'_>>::new());
    finish(group, &report.notes, &report.help)
}

/// A warning without a place.
pub(super) fn warning(message: &str, help: Option<&str>) -> String {
    let group = Level::WARNING.primary_title(message).elements(Vec::<Origin<'_>>::new());
    let help: Vec<String> = help.into_iter().map(str::to_owned).collect();
    finish(group, &[], &help)
}

fn finish<'a>(mut group: Group<'a>, notes: &'a [String], help: &'a [String]) -> String {
    for note in notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[group])
}
