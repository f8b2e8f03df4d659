//! What came of the directives of scripts, as a table and as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What came of a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// It needs something that packages, or this Node, do not have.
    Unsupported,
}

/// One directive.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Outcome {
    /// Its line.
    pub(crate) line: usize,
    /// What it says, shortly.
    pub(crate) what: String,
    /// What came of it.
    pub(crate) status: Status,
    /// What happened, where that is not all that `what` says.
    pub(crate) message: String,
}

/// All files.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) files: Vec<(String, Vec<Outcome>)>,
}

impl Report {
    /// All results, with their files.
    pub(crate) fn results(&self) -> impl Iterator<Item = (&str, &Outcome)> {
        self.files.iter().flat_map(|(name, list)| list.iter().map(|outcome| (name.as_str(), outcome)))
    }

    /// How many there are of a kind.
    pub(crate) fn count(&self, status: Status) -> usize {
        self.results().filter(|(_, result)| result.status == status).count()
    }

    /// The files with all their directives.
    pub(crate) fn json(&self) -> String {
        let files: BTreeMap<_, _> = self.files.iter().map(|(name, list)| (name, list)).collect();
        let totals = [Status::Passed, Status::Failed, Status::Unsupported].map(|status| self.count(status));
        let value = serde_json::json!({
            "passed": totals[0], "failed": totals[1], "unsupported": totals[2], "files": files,
        });
        serde_json::to_string_pretty(&value).expect("it is JSON")
    }

    /// Where the numbers of a published table are others: its rows begin with the file, passed, failed and unsupported.
    pub(crate) fn differences(&self, table: &str) -> Vec<String> {
        let rows = table.lines().filter_map(|line| {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            let (name, counts) =
                (cells.next()?, cells.take(3).map(str::parse).collect::<Result<Vec<usize>, _>>());
            Some((name, counts.ok().filter(|counts| counts.len() == 3)?))
        });
        let mut published: BTreeMap<&str, Vec<usize>> = rows.collect();
        published.retain(|name, _| name.ends_with(".wast"));
        let mut found = Vec::new();
        for (name, list) in &self.files {
            let counts = [Status::Passed, Status::Failed, Status::Unsupported]
                .map(|status| list.iter().filter(|outcome| outcome.status == status).count());
            match published.remove(name.as_str()) {
                Some(said) if said == counts => {}
                said => found.push(format!("{name}: {counts:?}, and the table says {said:?}")),
            }
        }
        found.extend(published.into_keys().map(|name| format!("{name} is in the table alone")));
        found
    }

    fn row(&self, f: &mut fmt::Formatter<'_>, width: usize, name: &str, list: &[&Outcome]) -> fmt::Result {
        let count = |status| list.iter().filter(|outcome| outcome.status == status).count();
        let (passed, failed) = (count(Status::Passed), count(Status::Failed));
        writeln!(f, "| {name:width$} | {passed:6} | {failed:6} | {:11} |", count(Status::Unsupported))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (status, head) in [(Status::Unsupported, "unsupported"), (Status::Failed, "FAILED")] {
            for (name, outcome) in self.results().filter(|(_, outcome)| outcome.status == status) {
                writeln!(f, "{head} {name}:{}: {}: {}", outcome.line, outcome.what, outcome.message)?;
            }
        }
        let width = self.files.iter().map(|(name, _)| name.len()).max().unwrap_or(0).max(8);
        writeln!(f, "\n| {:width$} | passed | failed | unsupported |", "file")?;
        writeln!(f, "| {:-<width$} | -----: | -----: | ----------: |", "")?;
        for (name, list) in &self.files {
            self.row(f, width, name, &list.iter().collect::<Vec<_>>())?;
        }
        let all: Vec<_> = self.results().map(|(_, outcome)| outcome).collect();
        self.row(f, width, &format!("{} files", self.files.len()), &all)?;
        let clean = |list: &Vec<Outcome>| list.iter().all(|outcome| outcome.status == Status::Passed);
        let clean = self.files.iter().filter(|(_, list)| clean(list)).count();
        write!(f, "\n{clean} of {} files hold in every line.", self.files.len())
    }
}

#[test]
fn a_table_is_compared_by_file() {
    let outcome = |status| Outcome { line: 1, what: String::new(), status, message: String::new() };
    let list = vec![outcome(Status::Passed), outcome(Status::Passed), outcome(Status::Unsupported)];
    let report = Report { files: vec![("a/b.wast".into(), list)] };
    let differences = |table: &str| report.differences(table);
    assert!(differences("| file | passed |\n| --- | --: |\n| a/b.wast | 2 | 0 | 1 | 1 / 0 / 2 |").is_empty());
    assert_eq!(
        differences("| a/b.wast | 1 | 0 | 2 |"),
        ["a/b.wast: [2, 0, 1], and the table says Some([1, 0, 2])"]
    );
    let other = differences("| c.wast | 1 | 0 | 0 |");
    assert_eq!(other, ["a/b.wast: [2, 0, 1], and the table says None", "c.wast is in the table alone"]);
}
