//! The text when all of it is written: only then is it known what is named, and how often.

use std::collections::{BTreeMap, HashMap};

/// The text without declarations of instances and memories that it names once.
pub(super) fn prune(text: &str) -> String {
    let mut text = text.to_string();
    loop {
        let next = once(&text);
        if next == text {
            return text;
        }
        text = next;
    }
}

/// The text with short functions for core modules where they are imported, if that is one place.
pub(super) fn inline(text: &str) -> String {
    let mut mentions: HashMap<&str, usize> = HashMap::new();
    for name in trampolines(text) {
        *mentions.entry(name).or_default() += 1;
    }
    let mut short: HashMap<&str, &str> = HashMap::new();
    let mut rest = Vec::new();
    for line in text.lines() {
        let declared = line.trim_start().strip_prefix("const ").and_then(|line| line.split_once(" = "));
        match declared {
            Some((name, value))
                if mentions.get(name) == Some(&2) && value.starts_with('(') && value.ends_with(';') =>
            {
                short.insert(name, value.trim_end_matches(';'));
            }
            _ => rest.push(line),
        }
    }
    let mut out = String::with_capacity(text.len());
    for line in rest {
        let plain = line.trim_end_matches(',');
        let name = plain.rsplit(' ').next().unwrap_or_default();
        match short.get(name) {
            Some(value) => {
                let rest = &line[plain.len()..];
                out.push_str(&format!("{}{value}{rest}\n", &plain[..plain.len() - name.len()]));
            }
            None => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

/// The text with names for what types of streams and futures are called, where that is long and stands in many places.
pub(super) fn name_types(text: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for kind in ["'stream<", "'future<"] {
        for (at, _) in text.match_indices(kind) {
            let end = text[at + 1..].find('\'').map_or(at, |end| at + end + 2);
            *counts.entry(&text[at..end]).or_default() += 1;
        }
    }
    let long: Vec<_> =
        counts.into_iter().filter(|(ty, n)| *n > 3 && ty.len() > 16).map(|(ty, _)| ty).collect();
    let (Some((head, _)), false) = (text.split_once("\n\n"), long.is_empty()) else {
        return text.to_string();
    };
    let mut constants = String::new();
    let mut body = text[head.len()..].to_string();
    for (i, ty) in long.iter().enumerate() {
        let name = format!("TYPE_{}", i + 1);
        body = body.replace(ty, &name);
        constants.push_str(&format!("\nconst {name} = {ty};"));
    }
    format!("{head}\n{constants}{body}")
}

/// All names of functions for core modules, as often as they stand there.
fn trampolines(text: &str) -> impl Iterator<Item = &str> {
    const STEM: &str = "fn";
    text.match_indices(STEM).map(|(at, _)| {
        let digits = text[at + STEM.len()..].bytes().take_while(u8::is_ascii_digit).count();
        &text[at..at + STEM.len() + digits]
    })
}

fn once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let code = line.trim_start();
        let declared = code.strip_prefix("const ").and_then(|rest| rest.split_once(" = "));
        match declared {
            Some((name, value))
                if (value.starts_with("new Instance(cx)") || value.starts_with("new Memory("))
                    && !named_again(text, name) => {}
            Some((pattern, value)) if pattern.starts_with("{ exports: ") => {
                let name = pattern.trim_start_matches("{ exports: ").trim_end_matches(" }");
                let indent = &line[..line.len() - code.len()];
                if named_again(text, name) {
                    out.push_str(line)
                } else {
                    out.push_str(&format!("{indent}{value}"))
                }
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// Whether a variable stands anywhere but where it is declared, and where its own properties are set.
fn named_again(text: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let found = text.match_indices(name).filter(|(at, _)| {
        !text[..*at].ends_with(|c: char| word(c) || c == '.') && !text[at + name.len()..].starts_with(word)
    });
    found.count() > 1
}

#[cfg(test)]
mod tests {
    #[test]
    fn short_functions_go_where_they_are_imported() {
        let text = "const fn0 = (a0) => f(a0);\nconst fn1 = () => g();\nconst fn2 = () => {\n};\nx({\n  fn: fn0,\n  b: fn1,\n  c: fn1,\n  d: fn2,\n});\n";
        let wanted = "const fn1 = () => g();\nconst fn2 = () => {\n};\nx({\n  fn: (a0) => f(a0),\n  b: fn1,\n  c: fn1,\n  d: fn2,\n});\n";
        assert_eq!(super::inline(text), wanted);
    }

    #[test]
    fn unused_variables_go() {
        let text = "  const inst1 = new Instance(cx);\n  const { exports: core1 } = await f(core10);\n  const { exports: core10 } = await g();\n";
        assert_eq!(super::prune(text), "  await f(core10);\n  const { exports: core10 } = await g();\n");
    }
}
