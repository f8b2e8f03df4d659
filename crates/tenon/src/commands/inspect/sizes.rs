//! What takes a file's bytes.

use serde::Serialize;
use wasmparser::{Encoding, Parser, Payload};

/// One part of a file.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    /// `core module 0`, `code`, `custom "name"`.
    name: String,
    /// How deep it is inside others.
    depth: usize,
    /// Its size in bytes, with what is inside it.
    size: usize,
}

/// Parts of less than this share are summed up in the table.
const NOTABLE: f64 = 0.005;

/// Every module, component and section, outermost first. The parts of one depth under one parent do not overlap.
pub(super) fn parts(bytes: &[u8]) -> wasmparser::Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut depth = 0;
    let mut modules = 0;
    let mut components = 0;
    let mut in_module = vec![bytes.get(6) == Some(&0)];
    for payload in Parser::new(0).parse_all(bytes) {
        let (name, range) = match payload? {
            Payload::ModuleSection { unchecked_range, .. } => {
                let name = format!("core module {modules}");
                modules += 1;
                (name, unchecked_range)
            }
            Payload::ComponentSection { unchecked_range, .. } => {
                let name = format!("component {components}");
                components += 1;
                (name, unchecked_range)
            }
            Payload::Version { encoding, .. } => {
                if let Some(last) = in_module.last_mut() {
                    *last = encoding == Encoding::Module;
                }
                continue;
            }
            Payload::End(_) => {
                in_module.pop();
                depth = in_module.len().saturating_sub(1);
                continue;
            }
            Payload::CustomSection(section) => (format!("custom {:?}", section.name()), section.range()),
            other => match other.as_section() {
                Some((id, range)) => (section_name(id, in_module.last() == Some(&true)), range),
                None => continue,
            },
        };
        let nested = name.starts_with("core module ") || name.starts_with("component ");
        let size = range.end - range.start;
        add(&mut parts, name, depth, size, nested);
        if nested {
            in_module.push(true);
            depth += 1;
        }
    }
    Ok(parts)
}

/// Sections of one kind stand many times in a component: they become one part.
fn add(parts: &mut Vec<Part>, name: String, depth: usize, size: usize, nested: bool) {
    let siblings = parts.iter_mut().rev().take_while(|part| part.depth >= depth);
    let same = siblings.into_iter().find(|part| !nested && part.depth == depth && part.name == name);
    match same {
        Some(part) => part.size += size,
        None => parts.push(Part { name, depth, size }),
    }
}

fn section_name(id: u8, in_module: bool) -> String {
    const CORE: &[&str] = &[
        "custom",
        "types",
        "imports",
        "functions",
        "tables",
        "memories",
        "globals",
        "exports",
        "start",
        "elements",
        "code",
        "data",
        "data count",
        "tags",
    ];
    const COMPONENT: &[&str] = &[
        "custom",
        "core module",
        "core instances",
        "core types",
        "component",
        "instances",
        "aliases",
        "types",
        "canonical functions",
        "start",
        "imports",
        "exports",
        "values",
    ];
    let names = if in_module { CORE } else { COMPONENT };
    names.get(usize::from(id)).map_or_else(|| format!("section {id}"), |name| name.to_string())
}

/// A table with shares of the whole, small parts left out.
pub(super) fn table(parts: &[Part], whole: usize) -> String {
    let mut out = String::new();
    for part in parts {
        let share = part.size as f64 / whole.max(1) as f64;
        if share < NOTABLE {
            continue;
        }
        let name = format!("{}{}", "  ".repeat(part.depth), part.name);
        out.push_str(&format!("  {name:<36} {:>10} {:>5.1} %\n", human(part.size), share * 100.0));
    }
    out
}

/// `2.4 MiB`
pub(super) fn human(bytes: usize) -> String {
    let units = ["KiB", "MiB", "GiB"];
    let mut size = bytes as f64;
    let mut unit = "B";
    for next in units {
        if size < 1024.0 {
            break;
        }
        size /= 1024.0;
        unit = next;
    }
    if unit == "B" { format!("{bytes} B") } else { format!("{size:.1} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_have_their_names_inside_and_outside() {
        let wasm = wat::parse_str(
            r#"(component (core module (func (export "f")) (memory 1) (data (i32.const 0) "abc")) (type string))"#,
        )
        .unwrap();
        let names: Vec<(String, usize)> =
            parts(&wasm).unwrap().into_iter().map(|p| (p.name, p.depth)).collect();
        let has = |name: &str, depth| names.contains(&(name.to_string(), depth));
        assert!(has("core module 0", 0) && has("code", 1) && has("data", 1) && has("types", 0), "{names:?}");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(human(12), "12 B");
        assert_eq!(human(2_621_440), "2.5 MiB");
    }
}
