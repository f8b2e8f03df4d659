//! The guide to JavaScript, done as it says: what its text tells to type is typed, the files that it shows are written, and
//! what it says comes out must come out.
//!
//! A block of code after a paragraph that ends with a name, as in `app.mjs`:, is that file. In a console block, a line that
//! begins with `$` is a command; the lines after it, if there are any, are all that it prints.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;
use tenon_tests::place::{self, Go};
use tenon_tests::{npm, process};

use crate::browser::visit;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("guide::javascript_is_as_it_says", javascript),
        trial("guide::a_handler_answers_as_it_says", handler),
    ]
}

fn javascript() -> Result<()> {
    let root = place::root()?;
    let text = guide()?;
    let scratch = place::scratch("guide")?;
    let mut reader = Reader { folder: scratch.path().to_path_buf(), commands: 0, files: 0 };
    for name in ["Use a Go component from Node", "Use a Go component in the browser"] {
        reader.section(section(&text, name)?)?;
    }
    ensure!(reader.commands > 5 && reader.files > 2, "the guide shows next to nothing");
    let (_, rest) = text.split_once("The page says `").context("what does the page say?")?;
    let said = rest.split('`').next().unwrap_or_default();
    visit(scratch.path(), "guide.mjs", &[reader.folder.join("dist"), PathBuf::from(said)])?;
    picture(&root, &text)
}

fn handler() -> Result<()> {
    let text = guide()?;
    let scratch = place::scratch("guide-http")?;
    let mut reader = Reader { folder: scratch.path().to_path_buf(), commands: 0, files: 0 };
    reader.section(section(&text, "Serve HTTP from Node")?)?;
    ensure!(reader.commands > 5 && reader.files == 1, "the guide shows next to nothing");
    Ok(())
}

fn guide() -> Result<String> {
    fs::read_to_string(place::root()?.join("docs/guide/javascript.md")).context("the guide is gone")
}

/// What is under a heading.
fn section<'a>(text: &'a str, name: &'static str) -> Result<&'a str> {
    let (_, rest) = text.split_once(&format!("\n## {name}\n")).context(name)?;
    Ok(rest.split("\n## ").next().unwrap_or_default())
}

/// The guide shows the example, in a picture of a size that a page can have.
fn picture(root: &Path, text: &str) -> Result<()> {
    ensure!(text.contains("](web.png)"), "the guide does not show the example");
    let png = fs::read(root.join("docs/guide/web.png")).context("the picture is gone")?;
    ensure!(png.starts_with(b"\x89PNG") && png.len() < 200_000, "a picture of {} bytes", png.len());
    Ok(())
}

struct Reader {
    /// Where commands run and files go.
    folder: PathBuf,
    commands: usize,
    files: usize,
}

impl Reader {
    fn section(&mut self, text: &str) -> Result<()> {
        for (before, language, code) in blocks(text) {
            if language == "console" {
                self.console(&code)?;
                continue;
            }
            let name = before.strip_suffix("`:").and_then(|line| line.rsplit('`').next());
            let name = name.with_context(|| format!("which file is this?\n{code}"))?;
            fs::write(self.folder.join(name), &code)?;
            self.files += 1;
        }
        Ok(())
    }

    fn console(&mut self, block: &str) -> Result<()> {
        for part in block.split("$ ").skip(1) {
            let (command, printed) = part.split_once('\n').unwrap_or((part, ""));
            self.command(command, printed).with_context(|| command.to_string())?;
            self.commands += 1;
        }
        Ok(())
    }

    fn command(&mut self, line: &str, printed: &str) -> Result<()> {
        let mut words = line.split(' ');
        let program = words.next().unwrap_or_default();
        let words: Vec<&str> = words.collect();
        match (program, words.as_slice()) {
            ("cd", [folder]) => self.folder.push(folder),
            ("npm", ["install", packages @ ..]) => self.install(packages)?,
            _ => {
                let mut command = process::command(program, &self.folder, &Go::on_path())?;
                command.args(&words);
                let outcome = process::finish(command, b"")?.ok()?;
                ensure!(printed.is_empty() || outcome.stdout == printed, "it printed {}", outcome.stdout);
            }
        }
        Ok(())
    }

    /// What the tests have from npm already is what the guide asks for.
    fn install(&self, packages: &[&str]) -> Result<()> {
        if !self.folder.join("node_modules").exists() {
            npm::modules(&self.folder)?;
        }
        for package in packages.iter().filter(|word| !word.starts_with("--")) {
            ensure!(self.folder.join("node_modules").join(package).is_dir(), "{package} is not in tests/npm");
        }
        Ok(())
    }
}

/// The blocks of code: the line before each that is not empty, its language, and its text.
fn blocks(text: &str) -> Vec<(String, String, String)> {
    let mut blocks = Vec::new();
    let mut before = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            if !line.is_empty() {
                before = line.to_string();
            }
            continue;
        };
        let code: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        blocks.push((std::mem::take(&mut before), language.to_string(), code));
    }
    blocks
}
