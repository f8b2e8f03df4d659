//! Messages as rustc draws them.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
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
    plain(Level::ERROR, &report.message, None, &report.notes, &report.help)
}

/// A warning without a place.
pub(super) fn warning(message: &str, help: Option<&str>) -> String {
    let help: Vec<String> = help.into_iter().map(str::to_owned).collect();
    plain(Level::WARNING, message, None, &[], &help)
}

/// Without a snippet there is no margin to hang notes on: each is a line of its own.
fn plain(level: Level<'_>, message: &str, code: Option<&str>, notes: &[String], help: &[String]) -> String {
    let title = level.primary_title(message);
    let mut lines = vec![match code {
        Some(code) => line(title.id(code)),
        None => line(title),
    }];
    lines.extend(notes.iter().map(|note| line(Level::NOTE.primary_title(note.as_str()))));
    lines.extend(help.iter().map(|help| line(Level::HELP.primary_title(help.as_str()))));
    lines.join("\n")
}

fn line(title: Title<'_>) -> String {
    Renderer::styled().render(&[Group::with_title(title)])
}

/// Hangs notes and help below a snippet.
fn finish<'a>(mut group: Group<'a>, notes: &'a [String], help: &'a [String]) -> String {
    for note in notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[group])
}
