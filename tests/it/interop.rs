//! The field's interoperability suite: every world of every case is built, the case is composed, and its runner finds out
//! whether the others keep what the WIT promises.
//!
//! The cases are folders of `tests/interop`, found, never listed. Their WIT says which worlds there are and, in lines that
//! begin with `//@`, how they go together. Every world is there in Go, as the folder of its name; a world that is there in
//! C, too, as the file of its name, is tested with every choice of languages for the others.

mod build;
mod compose;
mod javascript;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;
use serde::Deserialize;
use tenon_tests::place::{self, Go};
use tenon_tests::process;

use crate::trial;
use build::{Language, World};
use compose::Component;

/// A test for each case and each choice of languages.
pub(crate) fn trials() -> Result<Vec<Trial>> {
    let mut trials = Vec::new();
    let mut all = Vec::new();
    for (name, folder) in cases()? {
        let case = match Case::read(&folder) {
            Ok(case) => Arc::new(case),
            Err(error) => {
                trials.push(trial(&format!("interop::{name}"), || Err(error)));
                continue;
            }
        };
        for languages in case.choices() {
            let case = case.clone();
            let words: Vec<&str> = languages.iter().map(|language| language.word()).collect();
            let name = format!("interop::{name}::{}", words.join("_"));
            trials.push(trial(&name, move || case.run(&languages)));
        }
        for (way, run) in javascript::WAYS {
            let case = case.clone();
            trials.push(trial(&format!("javascript::{name}::{way}"), move || {
                run(&case.in_go()?, case.wac().as_deref())
            }));
        }
        all.push((name, case));
    }
    trials.push(trial("browser::conformance_worlds_run_in_a_page", move || in_a_page(&all)));
    Ok(trials)
}

/// Runs all cases in a page of a browser, each as one component in Go.
fn in_a_page(cases: &[(String, Arc<Case>)]) -> Result<()> {
    let page = javascript::Page::new()?;
    for (name, case) in cases {
        page.add(name, &case.in_go()?, case.wac().as_deref()).with_context(|| name.clone())?;
    }
    page.visit(cases.iter().map(|(name, _)| name.as_str()))
}

/// The folders with a `test.wit`, by name.
fn cases() -> Result<Vec<(String, PathBuf)>> {
    let folder = place::root()?.join("tests/interop");
    let mut cases = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.join("test.wit").is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            cases.push((name, path));
        }
    }
    cases.sort();
    Ok(cases)
}

/// A case, as the lines `//@ key = value` of its WIT describe it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    /// The worlds beside `runner`: each is given what those after it export.
    #[serde(default = "test_only")]
    dependencies: Vec<String>,
    /// A file that says how they go together, if not like that.
    wac: Option<String>,
    /// Whether `run` is asynchronous.
    #[serde(default, rename = "async")]
    asynchronous: bool,
    /// Why the host cannot run it again and again in one instance, if so.
    once: Option<String>,
}

fn test_only() -> Vec<String> {
    vec!["test".to_string()]
}

struct Case {
    folder: PathBuf,
    wac: Option<String>,
    /// Whether it is run again and again in one instance, too.
    again: bool,
    /// The runner comes first, what others depend on last.
    worlds: Vec<World>,
}

impl Case {
    fn read(folder: &Path) -> Result<Case> {
        let path = folder.join("test.wit");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let about: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("//@")).collect();
        let about: About =
            toml::from_str(&about.join("\n")).with_context(|| format!("{}", path.display()))?;
        let mut names = vec!["runner".to_string()];
        names.extend(about.dependencies);
        for world in text.lines().filter_map(|line| line.strip_prefix("world ")) {
            let world = world.trim_end_matches(['{', ' ']);
            ensure!(
                names.iter().any(|name| name == world),
                "{}: nothing says what world {world} is for",
                path.display()
            );
        }
        let worlds = names.into_iter().map(|name| World::new(folder, name)).collect();
        let again = about.asynchronous && about.once.is_none();
        Ok(Case { folder: folder.to_path_buf(), wac: about.wac, again, worlds })
    }

    /// Every choice of a language for each world.
    fn choices(&self) -> Vec<Vec<Language>> {
        self.worlds.iter().fold(vec![Vec::new()], |choices, world| {
            let mut longer = Vec::new();
            for choice in choices {
                for language in world.languages() {
                    longer.push(choice.iter().copied().chain([language]).collect());
                }
            }
            longer
        })
    }

    /// The worlds' components, each after those that it depends on.
    fn components(&self, languages: &[Language]) -> Result<Vec<Component<'_>>> {
        let worlds = self.worlds.iter().zip(languages).rev();
        worlds
            .map(|(world, language)| Ok(Component { world: &world.name, bytes: world.component(*language)? }))
            .collect()
    }

    /// The same, all in Go.
    fn in_go(&self) -> Result<Vec<Component<'_>>> {
        self.components(&vec![Language::Go; self.worlds.len()])
    }

    /// The file that says how they go together, if there is one.
    fn wac(&self) -> Option<PathBuf> {
        self.wac.as_ref().map(|file| self.folder.join(file))
    }

    fn run(&self, languages: &[Language]) -> Result<()> {
        let components = self.components(languages)?;
        let composed = compose::encode(&compose::graph(self.wac().as_deref(), &components)?)?;
        let scratch = place::scratch("interop")?;
        let path = scratch.path().join("composed.wasm");
        fs::write(&path, composed).with_context(|| format!("cannot write {}", path.display()))?;
        run(&path, &[])?;
        if languages.contains(&Language::Go) {
            // With garbage collected all the time, what is held by an address alone does not live long.
            run(&path, &["--env", "GOGC=1"]).context("with GOGC=1")?;
        }
        if self.again && languages.iter().all(|language| *language == Language::Go) {
            again(&path).context("again and again in one instance")?;
        }
        Ok(())
    }
}

/// Calls the composition's `run`.
fn run(component: &Path, arguments: &[&str]) -> Result<()> {
    let folder = component.parent().unwrap_or(component);
    let mut command = process::command("tenon", folder, &Go::on_path())?;
    command.arg("run").args(arguments).args(["--invoke", "run()"]).arg(component);
    process::finish(command, b"")?.ok()?;
    Ok(())
}

/// How often a case is run in one instance. Nothing may grow meanwhile.
const TIMES: &str = "1000";

/// Calls the composition's `run` often, with the program `again` of tenon-host.
fn again(component: &Path) -> Result<()> {
    let mut command = Command::new(place::example("again")?);
    command.arg(TIMES).arg(component);
    process::finish(command, b"")?.ok()?;
    Ok(())
}
