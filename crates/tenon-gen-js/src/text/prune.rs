//! Variables that nobody names are left out: what needs them is only known when all is written.

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
    fn unused_variables_go() {
        let text = "  const inst1 = new Instance(cx);\n  const { exports: core1 } = await f(core10);\n  const { exports: core10 } = await g();\n";
        assert_eq!(super::prune(text), "  await f(core10);\n  const { exports: core10 } = await g();\n");
    }
}
