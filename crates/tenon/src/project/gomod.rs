//! What Tenon needs to know of `go.mod`, read without the Go command so that `tenon generate` works where Go is not.

/// A `go.mod`, in part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GoMod {
    /// The module's path.
    pub(crate) module: String,
    /// Required modules with their versions.
    pub(crate) requires: Vec<(String, String)>,
    /// Replaced modules: what stands for them, a folder or a module with its version.
    pub(crate) replaces: Vec<(String, Vec<String>)>,
}

impl GoMod {
    /// Reads the text. What is malformed is left for the Go command to complain about.
    pub(crate) fn parse(text: &str) -> GoMod {
        let mut gomod = GoMod::default();
        let mut block = None;
        for line in text.lines() {
            let line = line.split("//").next().unwrap_or_default();
            let mut words: Vec<String> = line.split_whitespace().map(unquoted).collect();
            match (block.clone(), words.as_slice()) {
                (Some(_), [end]) if end == ")" => block = None,
                (None, [verb, open]) if open == "(" => block = Some(verb.clone()),
                (Some(verb), _) => gomod.take(&verb, &words),
                (None, [_, _, ..]) => {
                    let verb = words.remove(0);
                    gomod.take(&verb, &words);
                }
                _ => {}
            }
        }
        gomod
    }

    fn take(&mut self, verb: &str, words: &[String]) {
        match (verb, words) {
            ("module", [path]) => self.module.clone_from(path),
            ("require", [path, version]) => self.requires.push((path.clone(), version.clone())),
            ("replace", [path, rest @ ..]) => {
                let target = rest.iter().skip_while(|word| *word != "=>").skip(1).cloned().collect();
                self.replaces.push((path.clone(), target));
            }
            _ => {}
        }
    }

    /// The version of a module that is asked for: by a requirement, or in place of all others.
    pub(crate) fn required(&self, module: &str) -> Option<&str> {
        self.pinned(module).or_else(|| self.requirement(module))
    }

    fn requirement(&self, module: &str) -> Option<&str> {
        self.requires.iter().find(|(path, _)| path == module).map(|(_, version)| version.as_str())
    }

    /// The version of a module that stands for all its versions: `replace a => a v1.0.0`.
    pub(crate) fn pinned(&self, module: &str) -> Option<&str> {
        self.replaces.iter().find_map(|(path, target)| match target.as_slice() {
            [to, version] if path == module && to == module => Some(version.as_str()),
            _ => None,
        })
    }

    /// Whether a module is taken from somewhere else.
    pub(crate) fn replaced(&self, module: &str) -> bool {
        self.pinned(module).is_none() && self.replaces.iter().any(|(path, _)| path == module)
    }
}

fn unquoted(word: &str) -> String {
    word.trim_matches(['"', '`']).to_string()
}

/// `text` with a requirement of exactly this version of a module, in place of one that is there.
pub(crate) fn with_requirement(text: &str, module: &str, version: &str) -> String {
    let mut in_require = false;
    let mut done = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let code = line.split("//").next().unwrap_or_default();
        let words: Vec<String> = code.split_whitespace().map(unquoted).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let old = match words.as_slice() {
            ["require", "("] => {
                in_require = true;
                None
            }
            [")"] => {
                in_require = false;
                None
            }
            ["require", path, old] if *path == module => Some(*old),
            [path, old] if in_require && *path == module => Some(*old),
            _ => None,
        };
        done |= old.is_some();
        lines.push(match old {
            Some(old) => line.replacen(old, version, 1),
            None => line.to_string(),
        });
    }
    if !done {
        lines.push(String::new());
        lines.push(format!("require {module} {version}"));
    }
    lines.join("\n") + "\n"
}

/// `text` with one version of a module in place of whatever its own and its libraries' requirements come to.
pub(crate) fn with_pin(text: &str, module: &str, version: &str) -> String {
    let line = format!("replace {module} => {module} {version}");
    let old = format!("replace {module} => {module} ");
    if text.lines().any(|line| line.starts_with(&old)) {
        let changed = text.lines().map(|l| if l.starts_with(&old) { line.as_str() } else { l });
        return changed.collect::<Vec<_>>().join("\n") + "\n";
    }
    format!("{}\n\n{line}\n", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "// a comment\nmodule \"example.com/app\" // its path\n\ngo 1.24\n\nrequire (\n\ttenon.dev/go v0.1.0\n\tx.org/y v1.2.3 // indirect\n)\nrequire z.org/z v0.0.1\nreplace x.org/y => ../y\nreplace (\n\tz.org/z v0.0.1 => z.org/q v1.0.0\n)\n";

    #[test]
    fn blocks_and_lines_are_read() {
        let gomod = GoMod::parse(TEXT);
        assert_eq!(gomod.module, "example.com/app");
        assert_eq!(gomod.required("tenon.dev/go"), Some("v0.1.0"));
        assert_eq!(gomod.required("z.org/z"), Some("v0.0.1"));
        assert!(gomod.replaced("x.org/y") && gomod.replaced("z.org/z") && !gomod.replaced("tenon.dev/go"));
    }

    #[test]
    fn a_requirement_is_changed_in_its_place_or_added() {
        let changed = with_requirement(TEXT, "tenon.dev/go", "v0.2.0");
        assert_eq!(changed, TEXT.replace("tenon.dev/go v0.1.0", "tenon.dev/go v0.2.0"));
        let added = with_requirement("module a\n", "tenon.dev/go", "v0.2.0");
        assert_eq!(added, "module a\n\nrequire tenon.dev/go v0.2.0\n");
    }

    #[test]
    fn a_pin_stands_for_all_versions() {
        let pinned = with_pin("module a\n\nrequire r.org/r v0.1.0\n", "r.org/r", "v0.2.0");
        assert_eq!(pinned, "module a\n\nrequire r.org/r v0.1.0\n\nreplace r.org/r => r.org/r v0.2.0\n");
        let gomod = GoMod::parse(&pinned);
        assert_eq!(gomod.required("r.org/r"), Some("v0.2.0"));
        assert!(!gomod.replaced("r.org/r"));
        assert_eq!(with_pin(&pinned, "r.org/r", "v0.3.0"), pinned.replace("v0.2.0", "v0.3.0"));
        let elsewhere = GoMod::parse("replace r.org/r v0.1.0 => ../r\n");
        assert!(elsewhere.replaced("r.org/r") && elsewhere.pinned("r.org/r").is_none());
    }
}
