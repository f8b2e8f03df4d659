//! Components in `cases`, as text or bytes, and the plans of them: `BLESS=1` writes what is expected.

#[path = "support/dummy.rs"]
mod dummy;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use dummy::dummy;
use support::check;
use tenon_plan::{Config, Plan, codes, plan, print};
use tenon_wit::{Diagnostics, LoadConfig, ORIGIN, Sources, World, load, origin_section};
use wasm_encoder::{ComponentSection, CustomSection};
use wit_parser::LiftLowerAbi;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("there is a folder of cases")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "wat" || extension == "wit"))
        .collect();
    cases.sort();
    cases
}

/// A component as text, or one that does nothing, for a world.
fn component(path: &Path) -> Vec<u8> {
    if path.extension().is_some_and(|extension| extension == "wat") {
        return wat::parse_file(path).unwrap_or_else(|error| panic!("{error}"));
    }
    let text = fs::read_to_string(path).expect("the case can be read");
    let abi = match text.lines().next() {
        Some("// abi: async") => LiftLowerAbi::AsyncCallback,
        Some("// abi: stackful") => LiftLowerAbi::AsyncStackful,
        _ => LiftLowerAbi::Sync,
    };
    dummy(&world(path), abi).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn world(path: &Path) -> World {
    let text = fs::read_to_string(path).expect("the case can be read");
    load(&Sources::from_text("in.wit", text), &LoadConfig::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The plan, with the docs that the case's own text has.
fn planned(path: &Path) -> Result<Plan, Diagnostics> {
    let docs = path.extension().is_some_and(|extension| extension == "wit").then(|| world(path));
    plan(&component(path), &Config { docs, ..Config::default() })
}

#[test]
fn plans_are_as_expected() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for path in cases() {
        let text = match planned(&path) {
            Ok(plan) => print(&plan),
            Err(errors) => format!("{errors}\n"),
        };
        let expected = path.with_extension("plan");
        if bless {
            fs::write(&expected, &text).expect("the expectation can be written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(format!("{}:\n{text}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "not as expected; `BLESS=1` if it is right:\n{}", wrong.join("\n"));
}

#[test]
fn plans_hold_together() {
    for path in cases() {
        if let Ok(plan) = planned(&path) {
            check(&plan).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()));
        }
    }
}

#[test]
fn the_same_bytes_make_the_same_plan() {
    for path in cases() {
        let Ok(first) = planned(&path) else { continue };
        let first = serde_json::to_string(&first).expect("a plan can be serialised");
        let second = serde_json::to_string(&planned(&path).expect("it worked once")).expect("as before");
        assert_eq!(first, second, "{}", path.display());
    }
}

#[test]
fn a_plan_survives_json() {
    for path in cases() {
        let Ok(plan) = planned(&path) else { continue };
        let json = serde_json::to_string(&plan).expect("a plan can be serialised");
        let back: Plan = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(plan, back, "{}", path.display());
    }
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A damaged component is refused, or planned: nothing panics, and nothing is a defect of the planner.
fn check_damaged(name: &Path, bytes: &[u8], how: &str) {
    if let Err(errors) = plan(bytes, &Config::default()) {
        let defect = errors.list.iter().find(|error| error.code == codes::INTERNAL);
        assert!(defect.is_none(), "{}, {how}: {}", name.display(), errors);
        assert!(errors.list.iter().all(|error| !error.help.is_empty()), "{how}: {errors}");
    }
}

/// One that ends between two sections is whole, as far as anyone can know.
#[test]
fn truncated_components_do_not_panic() {
    for path in cases() {
        let bytes = component(&path);
        let step = bytes.len().div_ceil(400);
        for end in (0..bytes.len()).step_by(step) {
            check_damaged(&path, &bytes[..end], &format!("up to {end}"));
        }
    }
}

#[test]
fn components_with_flipped_bits_do_not_panic() {
    let mut numbers = Numbers(1);
    for path in cases() {
        let bytes = component(&path);
        for _ in 0..400 {
            let mut damaged = bytes.clone();
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(damaged.len());
                damaged[at] ^= 1 << numbers.below(8);
            }
            check_damaged(&path, &damaged, &format!("damaged by {}", numbers.0));
        }
    }
}

#[test]
fn a_component_may_keep_its_docs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/values.wit");
    let mut bytes = component(&path);
    let section = origin_section(&world(&path)).expect("there are docs");
    CustomSection { name: ORIGIN.into(), data: section.into() }.append_to_component(&mut bytes);
    let kept = plan(&bytes, &Config::default()).expect("it can be planned");
    assert_eq!(print(&kept), print(&planned(&path).expect("it can be planned")));
}
