//! Less text: what this crate and the runtime's compiler write has no strings that go over lines, and comments only at
//! the beginning of lines. More is for bundlers.

/// The text without comments, empty lines and indentation.
pub(super) fn minify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut comment = false;
    for line in text.lines() {
        let line = line.trim();
        if comment || line.starts_with("/*") {
            comment = !line.ends_with("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_go() {
        let text = "// a\n/**\n * b\n */\nfunction f() {\n  /* c */\n  return 'x // y';\n}\n";
        assert_eq!(super::minify(text), "function f() {\nreturn 'x // y';\n}\n");
    }
}
