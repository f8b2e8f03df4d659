//! What belongs where in the tree.

use std::collections::BTreeSet;

use super::Report;

/// Every example is built, run and checked by a case; every case says what it checks.
pub(super) fn check(files: &[String], report: &mut Report) {
    let cases = folders(files, "tests/cases/");
    for example in folders(files, "examples/") {
        if !cases.contains(&format!("example-{example}")) {
            report
                .error(&format!("examples/{example}"), "no test runs it: add tests/cases/example-{example}");
        }
        for wanted in ["go.mod", "README.md"] {
            if !has(files, &format!("examples/{example}/{wanted}")) {
                report.error(&format!("examples/{example}"), format!("has no {wanted}"));
            }
        }
    }
    for case in &cases {
        if !has(files, &format!("tests/cases/{case}/case.toml")) {
            report.error(&format!("tests/cases/{case}"), "has no case.toml, so nothing runs it");
        }
        let example = case.strip_prefix("example-");
        if example.is_some_and(|example| !has(files, &format!("examples/{example}/go.mod"))) {
            report.error(&format!("tests/cases/{case}"), "is for an example that there is not");
        }
    }
    decisions(files, report);
    for wanted in
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "go/RATIONALE.md"]
    {
        if !has(files, wanted) {
            report.error(wanted, "is missing");
        }
    }
}

/// Decision records are numbered without gaps or doubles.
fn decisions(files: &[String], report: &mut Report) {
    let names: Vec<&str> = files.iter().filter_map(|path| path.strip_prefix("docs/adr/")).collect();
    for (place, name) in names.iter().enumerate() {
        let number = name.split('-').next().unwrap_or_default();
        if number != format!("{:04}", place + 1) {
            report.error(&format!("docs/adr/{name}"), format!("should be number {:04}", place + 1));
        }
    }
}

fn has(files: &[String], path: &str) -> bool {
    files.binary_search_by(|file| file.as_str().cmp(path)).is_ok()
}

/// The names of the folders right below one.
fn folders(files: &[String], below: &str) -> BTreeSet<String> {
    let inside = files.iter().filter_map(|path| path.strip_prefix(below));
    inside.filter_map(|path| path.split_once('/')).map(|(folder, _)| folder.to_string()).collect()
}

/// The Go modules that everybody reads: the runtime and the examples.
pub(super) fn go_modules(files: &[String]) -> Vec<String> {
    let inside = files.iter().filter_map(|path| path.strip_suffix("/go.mod"));
    inside.filter(|folder| *folder == "go" || folder.starts_with("examples/")).map(str::to_string).collect()
}

/// The folders that have a `tenon.toml`, outside the tests' cases.
pub(super) fn configured(files: &[String]) -> Vec<String> {
    let inside = files.iter().filter_map(|path| path.strip_suffix("/tenon.toml"));
    inside
        .filter(|folder| !folder.starts_with("tests/") && !folder.starts_with("crates/"))
        .map(str::to_string)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(files: &[&str]) -> String {
        let always =
            ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "go/RATIONALE.md"];
        let mut files: Vec<String> = files.iter().chain(&always).map(|path| path.to_string()).collect();
        files.sort();
        let mut report = Report::default();
        check(&files, &mut report);
        report.errors.join("\n")
    }

    #[test]
    fn every_example_has_a_case() {
        let files = ["examples/a/go.mod", "examples/a/README.md"];
        assert!(complaints(&files).contains("examples/a: no test runs it"));
        let files = ["examples/a/go.mod", "examples/a/README.md", "tests/cases/example-a/case.toml"];
        assert_eq!(complaints(&files), "");
        assert!(complaints(&["tests/cases/example-b/case.toml"]).contains("an example that there is not"));
    }

    #[test]
    fn every_case_can_be_run() {
        assert!(complaints(&["tests/cases/x/main.go"]).contains("tests/cases/x: has no case.toml"));
    }

    #[test]
    fn decisions_are_numbered() {
        assert_eq!(complaints(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]), "");
        assert!(
            complaints(&["docs/adr/0001-a.md", "docs/adr/0003-b.md"])
                .contains("0003-b.md: should be number 0002")
        );
    }

    #[test]
    fn modules_are_found() {
        let files: Vec<String> = ["examples/a/go.mod", "go/go.mod", "go/tenon.toml", "tests/cases/x/go.mod"]
            .map(String::from)
            .into();
        assert_eq!(go_modules(&files), ["examples/a", "go"]);
        assert_eq!(configured(&files), ["go"]);
    }
}
