//! The same guests as JavaScript packages, under Node: what is called and what must come of it is written down as modules, which
//! `javascript.mjs` goes through.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasmtime::component::Val;
use wasmtime::component::types::Type;
use wasmtime::error::Context as _;
use wasmtime::{Result, bail, ensure, format_err};

use crate::host::Export;
use crate::value::normal;

/// What goes through the calls.
const DRIVER: &str = include_str!("javascript.mjs");

/// What came of it.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) calls: u64,
    pub(crate) failures: Vec<String>,
}

/// Makes a package of a guest in the folder `dir`, and calls each export `count` times.
pub(crate) fn check(guest: &[u8], exports: &[Export], count: u64, dir: &Path) -> Result<Outcome> {
    let dir = dir.join("javascript");
    package(guest, &dir.join("guest"))?;
    let calls = dir.join("calls");
    fs::create_dir_all(&calls)?;
    for (number, export) in exports.iter().enumerate() {
        fs::write(calls.join(format!("{number}.mjs")), module(export, count))?;
    }
    fs::write(dir.join("driver.mjs"), DRIVER)?;
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/npm/node_modules");
    ensure!(modules.is_dir(), "{} is not there: `cargo xtask setup --all` brings it", modules.display());
    std::os::unix::fs::symlink(modules.canonicalize()?, dir.join("node_modules"))?;
    let node = std::env::var_os("TENON_NODE").map_or_else(|| PathBuf::from("node"), PathBuf::from);
    let mut command = Command::new(node);
    command.current_dir(&dir).arg("driver.mjs").arg(exports.len().to_string());
    let output = command.output().context("Node is needed")?;
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut outcome = Outcome::default();
    for line in stdout.lines() {
        match line.split_once(' ') {
            Some(("calls", number)) => outcome.calls = number.parse()?,
            Some(("failed", what)) => outcome.failures.push(format!("in JavaScript: {what}")),
            _ => bail!("Node said {line}"),
        }
    }
    ensure!(output.status.success(), "Node failed: {stderr}");
    Ok(outcome)
}

fn package(guest: &[u8], dir: &Path) -> Result<()> {
    let plan =
        tenon_plan::plan(guest, &tenon_plan::Config::default()).map_err(|errors| format_err!("{errors}"))?;
    let config = tenon_gen_js::Config { name: "guest".into(), bundle: true, ..Default::default() };
    for (name, bytes) in tenon_gen_js::generate(&plan, &config).map_err(|errors| format_err!("{errors}"))? {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap_or(dir))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// The calls of a function: `{ args, wanted }`, where `wanted` is a `result` whatever the function returns.
fn module(export: &Export, count: u64) -> String {
    let mut text = String::new();
    let interface = export.interface.split('@').next().unwrap_or_default();
    let _ = writeln!(text, "export const interfaceName = {interface:?};");
    let _ = writeln!(text, "export const name = {:?};", camel(&export.name));
    let _ = writeln!(text, "export const relayed = {};", export.relayed);
    let _ = writeln!(text, "export const isAsync = {};", export.ty.async_());
    text.push_str("export const calls = [\n");
    for number in 0..count {
        // Of two equal keys of a map, only the last one can be said here.
        let sent: Vec<Val> = export.arguments(number).into_iter().map(normal).collect();
        text.push_str("  { args: [");
        for ((_, ty), value) in export.ty.params().zip(&sent) {
            literal(&mut text, &ty, value);
            text.push_str(", ");
        }
        text.push_str("], wanted: ");
        let wanted = export.wanted(&sent);
        match (export.ty.results().next(), wanted.first()) {
            (Some(ty @ Type::Result(_)), Some(value)) => literal(&mut text, &ty, value),
            (Some(ty), Some(value)) => {
                text.push_str("{ tag: 'ok', val: ");
                literal(&mut text, &ty, value);
                text.push_str(" }");
            }
            _ => text.push_str("{ tag: 'ok' }"),
        }
        text.push_str(" },\n");
    }
    text.push_str("];\n");
    text
}

/// A value as packages have it: the table "What WIT becomes" of the guide.
fn literal(text: &mut String, ty: &Type, value: &Val) {
    let _ = match (ty, value) {
        (_, Val::Bool(x)) => write!(text, "{x}"),
        (_, Val::S8(x)) => write!(text, "{x}"),
        (_, Val::U8(x)) => write!(text, "{x}"),
        (_, Val::S16(x)) => write!(text, "{x}"),
        (_, Val::U16(x)) => write!(text, "{x}"),
        (_, Val::S32(x)) => write!(text, "{x}"),
        (_, Val::U32(x)) => write!(text, "{x}"),
        (_, Val::S64(x)) => write!(text, "{x}n"),
        (_, Val::U64(x)) => write!(text, "{x}n"),
        (_, Val::Float32(x)) => write!(text, "{}", number(f64::from(*x))),
        (_, Val::Float64(x)) => write!(text, "{}", number(*x)),
        (_, Val::Char(x)) => write!(text, "{}", string(&x.to_string())),
        (_, Val::String(x)) => write!(text, "{}", string(x)),
        (_, Val::Enum(name)) => write!(text, "{name:?}"),
        (Type::List(list), Val::List(items)) => {
            elements(text, &list.ty(), items);
            Ok(())
        }
        (Type::FixedLengthList(list), Val::FixedLengthList(items)) => {
            elements(text, &list.ty(), items);
            Ok(())
        }
        (Type::Map(map), Val::Map(entries)) => {
            text.push_str("new Map([");
            for (key, value) in entries {
                text.push('[');
                literal(text, &map.key(), key);
                text.push_str(", ");
                literal(text, &map.value(), value);
                text.push_str("], ");
            }
            write!(text, "])")
        }
        (Type::Record(record), Val::Record(fields)) => {
            text.push_str("{ ");
            for (field, (_, value)) in record.fields().zip(fields) {
                let _ = write!(text, "{}: ", camel(field.name));
                literal(text, &field.ty, value);
                text.push_str(", ");
            }
            write!(text, "}}")
        }
        (Type::Tuple(tuple), Val::Tuple(items)) => {
            text.push('[');
            for (ty, item) in tuple.types().zip(items) {
                literal(text, &ty, item);
                text.push_str(", ");
            }
            write!(text, "]")
        }
        (Type::Flags(flags), Val::Flags(set)) => {
            text.push_str("{ ");
            for name in flags.names() {
                let _ = write!(text, "{}: {}, ", camel(name), set.iter().any(|other| other == name));
            }
            write!(text, "}}")
        }
        (Type::Variant(variant), Val::Variant(name, payload)) => {
            let ty = variant.cases().find(|case| case.name == name).and_then(|case| case.ty);
            case(text, name, ty, payload.as_deref());
            Ok(())
        }
        (Type::Result(result), Val::Result(Ok(payload))) => {
            case(text, "ok", result.ok(), payload.as_deref());
            Ok(())
        }
        (Type::Result(result), Val::Result(Err(payload))) => {
            case(text, "err", result.err(), payload.as_deref());
            Ok(())
        }
        (Type::Option(option), Val::Option(payload)) => {
            let nested = matches!(option.ty(), Type::Option(_));
            match payload {
                Some(value) if nested => case(text, "some", Some(option.ty()), Some(value)),
                Some(value) => literal(text, &option.ty(), value),
                None if nested => case(text, "none", None, None),
                None => text.push_str("undefined"),
            }
            Ok(())
        }
        (ty, value) => panic!("{value:?} is not of type {ty:?}"),
    };
}

fn case(text: &mut String, name: &str, ty: Option<Type>, payload: Option<&Val>) {
    let _ = write!(text, "{{ tag: {name:?}");
    if let (Some(ty), Some(value)) = (ty, payload) {
        text.push_str(", val: ");
        literal(text, &ty, value);
    }
    text.push_str(" }");
}

/// Numbers come in typed arrays.
fn elements(text: &mut String, ty: &Type, items: &[Val]) {
    let class = match ty {
        Type::S8 => "Int8Array",
        Type::U8 => "Uint8Array",
        Type::S16 => "Int16Array",
        Type::U16 => "Uint16Array",
        Type::S32 => "Int32Array",
        Type::U32 => "Uint32Array",
        Type::S64 => "BigInt64Array",
        Type::U64 => "BigUint64Array",
        Type::Float32 => "Float32Array",
        Type::Float64 => "Float64Array",
        _ => "",
    };
    text.push_str(if class.is_empty() { "[" } else { "new " });
    if !class.is_empty() {
        let _ = write!(text, "{class}([");
    }
    for item in items {
        literal(text, ty, item);
        text.push_str(", ");
    }
    text.push_str(if class.is_empty() { "]" } else { "])" });
}

fn number(x: f64) -> String {
    match x {
        x if x.is_nan() => "NaN".into(),
        x if x.is_infinite() => if x > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        x => format!("{x:?}"),
    }
}

/// What JSON writes, JavaScript reads.
fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The names of these worlds are plain words with dashes between them.
fn camel(name: &str) -> String {
    let mut words = name.split('-');
    let mut text = words.next().unwrap_or_default().to_string();
    for word in words {
        let (first, rest) = word.split_at(1);
        text += &first.to_uppercase();
        text += rest;
    }
    text
}

#[test]
fn literals_are_those_of_the_guide() {
    assert_eq!(camel("http-id"), "httpId");
    assert_eq!(camel("type-x2"), "typeX2");
    assert_eq!(number(-0.0), "-0.0");
    assert_eq!(number(f64::from(1e-45_f32)), "1.401298464324817e-45");
    assert_eq!(number(f64::NEG_INFINITY), "-Infinity");
    assert_eq!(string("\"\u{1}ß\u{FEFF}"), "\"\\\"\\u0001ß\u{FEFF}\"");
}
