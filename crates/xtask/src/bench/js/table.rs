//! What the scripts of `bench/js` say, side by side, and what was aimed at.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// A row as a script says it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    name: String,
    unit: String,
    /// What the generated package takes, or how much it does.
    package: f64,
    /// The same of glue written by hand, where there is some.
    hand: Option<f64>,
    /// How many times as long the package takes.
    ratio: Option<f64>,
}

/// What was measured under one Node.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) version: String,
    pub(super) rows: Vec<Row>,
}

/// What has nothing to do with a Node.
#[derive(Debug)]
pub(super) struct Single {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) unit: &'static str,
}

/// What a figure is to be.
enum Aim {
    /// At most so many times the time of what is written by hand.
    Times(f64),
    /// At least so much.
    Least(f64),
    /// At most so much.
    Most(f64),
}

/// What is aimed at, by how a row's name begins: the first that fits counts.
const AIMS: [(&str, Aim); 9] = [
    ("add(s32, s32)", Aim::Times(3.0)),
    ("echo(string)", Aim::Times(1.5)),
    ("echo-list(list<s32>)", Aim::Times(1.5)),
    ("import log", Aim::Times(3.0)),
    ("async export with async import", Aim::Times(5.0)),
    ("stream<u8> to the host", Aim::Least(500.0)),
    ("Go: stream<u8> to the host", Aim::Least(500.0)),
    ("JavaScript of add", Aim::Most(2048.0)),
    ("tenon host js", Aim::Most(150.0)),
];

impl Aim {
    fn of(name: &str) -> Option<&'static Aim> {
        AIMS.iter().find(|(begin, _)| name.starts_with(begin)).map(|(_, aim)| aim)
    }

    fn is_met(&self, value: f64, ratio: Option<f64>) -> bool {
        match self {
            Aim::Times(most) => ratio.is_some_and(|ratio| ratio <= *most),
            Aim::Least(least) => value >= *least,
            Aim::Most(most) => value <= *most,
        }
    }

    fn text(&self, unit: &str) -> String {
        match self {
            Aim::Times(most) => format!("at most {most} times"),
            Aim::Least(least) => format!("at least {least} {unit}"),
            Aim::Most(most) => format!("at most {most} {unit}"),
        }
    }
}

/// Reads what a script says: a line of JSON for each row.
pub(super) fn rows(text: &str) -> Result<Vec<Row>> {
    let rows = text
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("a script said {line}")))
        .collect::<Result<Vec<Row>>>()?;
    if rows.is_empty() {
        bail!("a script said nothing");
    }
    Ok(rows)
}

/// One line for each measurement, with all that was said of it.
pub(super) fn table(columns: &[Column], singles: &[Single]) -> Result<String> {
    let first = columns.first().context("there is no Node to measure with")?;
    let mut text = format!("{:<44}", "");
    for column in columns {
        text += &format!("{:<36}", format!("       Node {}", column.version));
    }
    text = text.trim_end().to_string() + &format!("\n{:<44}", "");
    for _ in columns {
        text += &format!("{:>14}{:>14}{:>8}", "package", "by hand", "times");
    }
    text += "   aim\n";
    for (number, row) in first.rows.iter().enumerate() {
        let all = columns.iter().map(|column| column.rows.get(number)).collect::<Option<Vec<_>>>();
        let Some(all) = all.filter(|all| all.iter().all(|other| other.name == row.name)) else {
            bail!("the scripts do not agree about {}", row.name);
        };
        text += &line(&all);
    }
    for Single { name, value, unit } in singles {
        let figure = figure(*value, unit);
        let width = 36 * columns.len() - 14;
        text += &finish(
            format!("{name:<44}{figure:>14}{:width$}", ""),
            Aim::of(name).map(|aim| (aim.text(unit), aim.is_met(*value, None))),
        );
    }
    Ok(text)
}

/// A row under each Node.
fn line(all: &[&Row]) -> String {
    let Some(Row { name, unit, .. }) = all.first() else { return String::new() };
    let mut text = format!("{name:<44}");
    for row in all {
        let hand = row.hand.map_or(String::new(), |hand| figure(hand, unit));
        let ratio = row.ratio.map_or(String::new(), |ratio| format!("{ratio:.2}"));
        text += &format!("{:>14}{hand:>14}{ratio:>8}", figure(row.package, unit));
    }
    let aim = Aim::of(name);
    finish(text, aim.map(|aim| (aim.text(unit), all.iter().all(|row| aim.is_met(row.package, row.ratio)))))
}

/// A line with its aim, and whether that was missed.
fn finish(line: String, aim: Option<(String, bool)>) -> String {
    let text = match aim {
        None => line,
        Some((aim, true)) => format!("{line}   {aim}"),
        Some((aim, false)) => format!("{line}   {aim}: missed"),
    };
    format!("{}\n", text.trim_end())
}

fn figure(value: f64, unit: &str) -> String {
    if unit == "ns" { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(version: &str, said: &str) -> Column {
        Column { version: version.into(), rows: rows(said).expect("rows") }
    }

    const ADD: &str = r#"{"name":"add(s32, s32)","unit":"ns","package":4.0,"hand":2.0,"ratio":2.0}"#;

    #[test]
    fn figures_stand_beside_their_aims() {
        let said = format!(
            "{ADD}\n{}",
            r#"{"name":"Go: stream<u8> to the host, 1 KiB","unit":"MiB/s","package":499.0}"#
        );
        let size = Single { name: "JavaScript of add.wat".into(), value: 2049.0, unit: "bytes" };
        let table = table(&[column("20.1.0", &said), column("26.2.0", &said)], &[size]).expect("a table");
        let lines: Vec<_> = table.lines().collect();
        assert!(lines[0].contains("Node 20.1.0") && lines[0].ends_with("Node 26.2.0"), "{table}");
        assert!(lines[2].contains("4.0 ns        2.0 ns    2.00        4.0 ns"), "{table}");
        assert!(lines[2].ends_with("2.00   at most 3 times"), "{table}");
        assert!(lines[3].ends_with("at least 500 MiB/s: missed"), "{table}");
        assert!(lines[4].ends_with("at most 2048 bytes: missed"), "{table}");
        let aims: Vec<_> = lines[2..].iter().map(|line| line.find("   at ").expect("an aim")).collect();
        assert!(aims.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }

    #[test]
    fn every_column_must_have_every_row() {
        let other = r#"{"name":"sum","unit":"ns","package":4.0}"#;
        let both = format!("{ADD}\n{other}");
        assert!(table(&[column("20", ADD), column("26", other)], &[]).is_err());
        assert!(table(&[column("20", &both), column("26", ADD)], &[]).is_err());
        assert!(table(&[], &[]).is_err());
    }

    #[test]
    fn what_is_no_row_is_refused() {
        assert!(rows("").is_err());
        assert!(rows("v20.1.0 add 4.0").is_err());
    }
}
