//! What `tenon new` starts from: real files, in `templates/`.

/// What the project is called, in the languages that it is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    /// As the user gave it: the folder, and the component's file.
    pub(crate) name: String,
    /// The Go module's path.
    pub(crate) module: String,
    /// The name in WIT: lower-case words with hyphens between them.
    pub(crate) kebab: String,
    /// The name of a Go package.
    pub(crate) package: String,
}

impl Names {
    pub(crate) fn new(name: &str, module: &str) -> Names {
        let kebab = kebab(name);
        Names { name: name.to_string(), module: module.to_string(), package: kebab.replace('-', ""), kebab }
    }
}

/// The words of a name that WIT allows: each begins with a letter.
fn kebab(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.map(|word| word.trim_start_matches(|c: char| c.is_ascii_digit())).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "app".to_string() } else { words.join("-") }
}

/// The templates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Template {
    /// An HTTP service: an `http.Handler` with a test.
    #[default]
    Http,
    /// A command: an ordinary `func main`.
    Cli,
    /// A component with an interface of its own, and its generated bindings.
    Plugin,
    /// A Go library that brings its own bindings, for other components to import.
    Library,
}

macro_rules! template {
    ($folder:literal: $($file:literal)*) => {
        &[$(($file, include_str!(concat!("../templates/", $folder, "/", $file)))),*]
    };
}

// The leading dot of .gitignore is left out in the repository, where the file would take effect.
const HTTP: &[(&str, &str)] =
    template!("http": "README.md" "gitignore" "main.go" "main_test.go" "tenon.toml" "wit/world.wit");
const CLI: &[(&str, &str)] = template!("cli": "README.md" "gitignore" "main.go" "main_test.go" "tenon.toml");
const PLUGIN: &[(&str, &str)] =
    template!("plugin": "README.md" "gitignore" "main.go" "main_test.go" "tenon.toml" "wit/world.wit");
const LIBRARY: &[(&str, &str)] =
    template!("library": "README.md" "gitignore" "lib.go" "tenon.toml" "wit/world.wit");

/// What stands in the templates for the names. The longer ones contain the shorter.
const MODULE: &str = "example.com/project-name";
const KEBAB: &str = "project-name";
const PACKAGE: &str = "projectname";
const NAME: &str = "PROJECT";

impl Template {
    /// The files, with the project's names in them.
    pub(crate) fn files(self, names: &Names) -> Vec<(String, String)> {
        let files = match self {
            Template::Http => HTTP,
            Template::Cli => CLI,
            Template::Plugin => PLUGIN,
            Template::Library => LIBRARY,
        };
        files.iter().map(|(name, text)| (file_name(name), fill(text, names))).collect()
    }

    /// What to type next, with NAME for the project's name.
    pub(crate) fn next_steps(self) -> &'static [&'static str] {
        match self {
            Template::Http => &["tenon build", "tenon serve NAME.wasm"],
            Template::Cli => &["tenon build", "tenon run NAME.wasm"],
            Template::Plugin => &["tenon build", "tenon run --invoke 'greet(\"world\")' NAME.wasm"],
            Template::Library => &["tenon generate --check", "go vet ./..."],
        }
    }
}

fn file_name(name: &str) -> String {
    if name == "gitignore" { ".gitignore".to_string() } else { name.to_string() }
}

fn fill(text: &str, names: &Names) -> String {
    text.replace(MODULE, &names.module)
        .replace(KEBAB, &names.kebab)
        .replace(PACKAGE, &names.package)
        .replace(NAME, &names.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_their_languages() {
        let names = Names::new("My_App.2go", "example.com/x");
        assert_eq!((names.kebab.as_str(), names.package.as_str()), ("my-app-go", "myappgo"));
        assert_eq!(Names::new("42", "m").kebab, "app");
    }

    #[test]
    fn nothing_of_the_template_stays() {
        let names = Names::new("hello", "example.org/hello");
        for template in [Template::Http, Template::Cli, Template::Plugin, Template::Library] {
            for (name, text) in template.files(&names) {
                assert!(
                    !text.contains(KEBAB) && !text.contains(PACKAGE) && !text.contains(NAME),
                    "{name}:\n{text}"
                );
            }
        }
    }
}
