//! A random WIT world from seeds. For each seed there are
//!
//! - `relay`: types, and functions that a guest relays to an import of the same interface
//! - `echo`: functions that a guest answers with their arguments
//! - `run`: functions that send lists through the streams and futures of `pipe`, which another instance of the same guest
//!   implements
//! - a function of the world itself, relayed

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::random::Random;

/// The world with the interfaces of all `seeds`.
pub(crate) const WORLD: &str = "batch";
/// The largest type that is made, in bytes of linear memory, roughly.
const MAX_WEIGHT: u32 = 3000;

const PRIMITIVES: &[&str] =
    &["bool", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "f32", "f64", "char", "string"];
/// What may be the key of a map.
const KEYS: &[&str] = &["bool", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "char", "string"];

/// Words that mean something in WIT, in Go or in generated code.
const WORDS: &[&str] = &[
    "type",
    "func",
    "len",
    "error",
    "string",
    "ctx",
    "c",
    "p",
    "v",
    "e",
    "ok",
    "i",
    "k",
    "n",
    "q",
    "item",
    "wit",
    "abi",
    "unsafe",
    "context",
    "math",
    "main",
    "init",
    "go",
    "map",
    "range",
    "nil",
    "true",
    "iota",
    "any",
    "new",
    "make",
    "append",
    "copy",
    "int",
    "uint32",
    "float64",
    "rune",
    "byte",
    "error-code",
    "get-type",
    "new-type",
    "t",
    "value",
    "values",
    "call",
    "result",
    "option",
    "tuple",
    "lift-foo",
    "lower",
    "unflatten",
    "flags",
    "to-string",
    "has",
    "close",
    "marshal-text",
    "a-b",
    "export",
    "registered",
    "implementation",
    "is-zero",
    "ret",
    "params",
    "tag",
    "http-id",
    "record",
    "variant",
    "list",
    "self",
    "size",
    "data",
    "x",
    "y",
    "name",
    "index",
    "status",
    "message",
    "path",
    "offset",
    "first",
    "second",
];

/// A batch of seeds as WIT.
pub(crate) fn wit(seeds: &[u64]) -> String {
    let mut interfaces = String::new();
    let mut items = String::new();
    for seed in seeds {
        interfaces += &of_seed(*seed, &mut items);
    }
    format!("package fuzz:values@1.0.0;\n{interfaces}\nworld {WORLD} {{\n{items}}}\n")
}

/// The interfaces of a seed. What the world has of them goes into `items`.
fn of_seed(seed: u64, items: &mut String) -> String {
    let mut maker = Maker::new(seed);
    for _ in 0..maker.random.between(0, 7) {
        maker.declare();
    }
    let (types, names) = (maker.text.clone(), maker.names.clone());
    for _ in 0..maker.random.between(1, 4) {
        maker.relayed(None);
    }
    let relay = maker.text;
    // The other interfaces use the first one's types, or have the same of their own.
    let own = maker.types.is_empty() || maker.random.one_in(2);
    maker.text = if own { types } else { uses(&format!("relay{seed}"), &maker.types) };
    maker.names = names.clone();
    let head = maker.text.clone();
    for _ in 0..maker.random.between(1, 3) {
        maker.echoed();
    }
    let echo = std::mem::replace(&mut maker.text, head);
    maker.names = names;
    let head = if own {
        format!("  use pipe{seed}.{{{}}};\n", type_names(&maker.types))
    } else {
        maker.text.clone()
    };
    let mut run = if maker.types.is_empty() { String::new() } else { head };
    for _ in 0..maker.random.between(1, 2) {
        maker.piped(&mut run);
    }
    let mut text = String::new();
    for (name, body) in [("relay", relay), ("echo", echo), ("pipe", maker.text), ("run", run)] {
        let _ = write!(text, "\ninterface {name}{seed} {{\n{body}}}\n");
        if matches!(name, "relay" | "pipe") {
            let _ = writeln!(items, "  import {name}{seed};");
        }
        let _ = writeln!(items, "  export {name}{seed};");
    }
    let mut root = Maker::new(seed);
    root.relayed(Some(format!("root{seed}")));
    let _ = write!(items, "  import{}  export{}", root.text, root.text);
    text
}

fn uses(interface: &str, types: &[Type]) -> String {
    format!("  use {interface}.{{{}}};\n", type_names(types))
}

fn type_names(types: &[Type]) -> String {
    types.iter().map(|ty| ty.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// A type as WIT has it, and about how many bytes a value takes in linear memory.
#[derive(Clone, Debug)]
struct Type {
    text: String,
    weight: u32,
    /// Whether it has been declared as another name of a type.
    alias: bool,
}

impl Type {
    fn new(text: impl Into<String>, weight: u32) -> Type {
        Type { text: text.into(), weight, alias: false }
    }
}

/// Names that are used only once.
#[derive(Clone, Debug, Default)]
struct Names(HashSet<String>);

impl Names {
    fn fresh(&mut self, random: &mut Random) -> String {
        let word = *random.pick(WORDS);
        let mut name = word.to_string();
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{word}-x{number}");
            number += 1;
        }
        format!("%{name}")
    }
}

struct Maker {
    random: Random,
    types: Vec<Type>,
    text: String,
    /// Of the interface.
    names: Names,
}

impl Maker {
    fn new(seed: u64) -> Maker {
        let random = Random::new(&[seed, 1]);
        Maker { random, types: Vec::new(), text: String::new(), names: Names::default() }
    }

    fn declare(&mut self) {
        let name = self.names.fresh(&mut self.random);
        let (declaration, weight) = match self.random.below(8) {
            0..=2 => self.record(&name),
            3..=4 => self.variant(&name),
            5 => self.enumeration(&name),
            6 => self.flags(&name),
            _ => {
                let ty = self.ty(3);
                (format!("type {name} = {};", ty.text), ty.weight)
            }
        };
        let _ = writeln!(self.text, "  {declaration}");
        let alias = declaration.starts_with("type ");
        self.types.push(Type { text: name, weight, alias });
    }

    fn record(&mut self, name: &str) -> (String, u32) {
        let count =
            if self.random.one_in(8) { self.random.between(9, 30) } else { self.random.between(1, 8) };
        let (mut names, mut weight, mut fields) = (Names::default(), 0, Vec::new());
        for _ in 0..count {
            let ty = self.ty_within(2, MAX_WEIGHT - weight);
            weight += ty.weight;
            fields.push(format!("{}: {}", names.fresh(&mut self.random), ty.text));
        }
        (format!("record {name} {{ {} }}", fields.join(", ")), weight)
    }

    fn variant(&mut self, name: &str) -> (String, u32) {
        // More cases than fit a byte, sometimes.
        let count =
            if self.random.one_in(12) { self.random.between(257, 300) } else { self.random.between(1, 9) };
        let (mut names, mut weight, mut cases) = (Names::default(), 0, Vec::new());
        for _ in 0..count {
            let case = names.fresh(&mut self.random);
            let few = self.random.one_in(count.div_ceil(8) + 2);
            if count < 10 && !self.random.one_in(4) || few {
                let ty = self.ty(2);
                weight = weight.max(ty.weight);
                cases.push(format!("{case}({})", ty.text));
            } else {
                cases.push(case);
            }
        }
        (format!("variant {name} {{ {} }}", cases.join(", ")), weight + 8)
    }

    fn enumeration(&mut self, name: &str) -> (String, u32) {
        let count =
            if self.random.one_in(10) { self.random.between(257, 300) } else { self.random.between(1, 12) };
        (format!("enum {name} {{ {} }}", self.labels(count)), 4)
    }

    fn flags(&mut self, name: &str) -> (String, u32) {
        let count = *self.random.pick(&[1, 2, 7, 8, 9, 15, 16, 17, 31, 32]);
        (format!("flags {name} {{ {} }}", self.labels(count)), 4)
    }

    fn labels(&mut self, count: usize) -> String {
        let mut names = Names::default();
        (0..count).map(|_| names.fresh(&mut self.random)).collect::<Vec<_>>().join(", ")
    }

    /// Any type, of at most `depth` more levels.
    fn ty(&mut self, depth: usize) -> Type {
        self.ty_within(depth, MAX_WEIGHT)
    }

    /// A type that is not much heavier than `room`.
    fn ty_within(&mut self, depth: usize, room: u32) -> Type {
        if depth == 0 || room < 64 {
            return self.leaf(room);
        }
        let ty = match self.random.below(14) {
            0..=4 => self.leaf(room),
            5..=6 => {
                let item = self.ty(depth - 1);
                Type::new(format!("list<{}>", item.text), 8)
            }
            7 => self.array(depth, room),
            8 => {
                let (key, value) = (*self.random.pick(KEYS), self.ty(depth - 1));
                Type::new(format!("map<{key}, {}>", value.text), 8)
            }
            9 => self.tuple(depth, room),
            10..=11 => {
                let some = self.ty_within(depth - 1, room);
                Type::new(format!("option<{}>", some.text), some.weight + 8)
            }
            _ => self.result(depth, room),
        };
        if ty.weight > room { self.leaf(room) } else { ty }
    }

    fn leaf(&mut self, room: u32) -> Type {
        let fitting: Vec<Type> = self.types.iter().filter(|ty| ty.weight <= room).cloned().collect();
        if !fitting.is_empty() && self.random.one_in(2) {
            return self.random.pick(&fitting).clone();
        }
        Type::new(self.random.pick(PRIMITIVES).to_string(), 8)
    }

    fn array(&mut self, depth: usize, room: u32) -> Type {
        let length =
            if self.random.one_in(8) { self.random.between(6, 40) } else { self.random.between(1, 5) } as u32;
        let item = self.ty_within(depth - 1, room / length);
        Type::new(format!("list<{}, {length}>", item.text), item.weight * length)
    }

    fn tuple(&mut self, depth: usize, room: u32) -> Type {
        // Beyond sixteen Go has no name for it.
        let count =
            if self.random.one_in(8) { self.random.between(15, 19) } else { self.random.between(1, 5) };
        let types: Vec<Type> = (0..count).map(|_| self.ty_within(depth - 1, room / count as u32)).collect();
        let text: Vec<&str> = types.iter().map(|ty| ty.text.as_str()).collect();
        Type::new(format!("tuple<{}>", text.join(", ")), types.iter().map(|ty| ty.weight).sum())
    }

    fn result(&mut self, depth: usize, room: u32) -> Type {
        let ok = (!self.random.one_in(4)).then(|| self.ty_within(depth - 1, room));
        let err = (!self.random.one_in(4)).then(|| self.ty_within(depth - 1, room));
        let text = match (&ok, &err) {
            (None, None) => "result".to_string(),
            (Some(ok), None) => format!("result<{}>", ok.text),
            (None, Some(err)) => format!("result<_, {}>", err.text),
            (Some(ok), Some(err)) => format!("result<{}, {}>", ok.text, err.text),
        };
        Type::new(text, 8 + ok.iter().chain(&err).map(|ty| ty.weight).max().unwrap_or(0))
    }

    /// Parameters: few, or so many that they are passed in memory.
    fn params(&mut self) -> Vec<Type> {
        let count = match self.random.below(10) {
            0 => 0,
            1..=6 => self.random.between(1, 4),
            7 => self.random.between(5, 16),
            _ => self.random.between(15, 20),
        };
        let depth = if count > 8 { 1 } else { 3 };
        (0..count).map(|_| self.ty(depth)).collect()
    }

    /// A function with any parameters and any result.
    fn relayed(&mut self, name: Option<String>) {
        let params = self.params();
        let result = match self.random.below(10) {
            0 => None,
            1..=3 => Some(self.result(3, MAX_WEIGHT).text),
            4 => Some(format!("option<{}>", self.tuple(3, MAX_WEIGHT).text)),
            5 => Some(format!("result<option<{}>, {}>", self.tuple(2, MAX_WEIGHT).text, self.ty(2).text)),
            6 => Some(format!("option<{}>", self.ty(3).text)),
            7 => Some(self.tuple(3, MAX_WEIGHT).text),
            _ => Some(self.ty(3).text),
        };
        self.function(name, &params, result);
    }

    /// A function whose result is its parameters.
    fn echoed(&mut self) {
        let params = self.params();
        let text: Vec<&str> = params.iter().map(|ty| ty.text.as_str()).collect();
        let result = (!params.is_empty()).then(|| format!("tuple<{}>", text.join(", ")));
        self.function(None, &params, result);
    }

    /// A function that gives back what comes out of a stream or a future; and, in `run`, one that sends a list through it.
    fn piped(&mut self, run: &mut String) {
        let mut item = self.ty(2);
        while item.alias || item.text.starts_with("result") || item.text == "char" {
            // What a future of an alias is to Go depends on what that stands for; a stream of `char` cannot be.
            item = self.ty(2);
        }
        let name = self.names.fresh(&mut self.random);
        let flow = *self.random.pick(&["stream", "future"]);
        let _ = writeln!(self.text, "  {name}: async func(flow: {flow}<{0}>) -> {flow}<{0}>;", item.text);
        let _ = writeln!(run, "  {name}: async func(items: list<{0}>) -> list<{0}>;", item.text);
    }

    fn function(&mut self, name: Option<String>, params: &[Type], result: Option<String>) {
        let name = name.unwrap_or_else(|| self.names.fresh(&mut self.random));
        let is_async = if self.random.one_in(3) { "async " } else { "" };
        let mut names = Names::default();
        let params: Vec<String> =
            params.iter().map(|ty| format!("{}: {}", names.fresh(&mut self.random), ty.text)).collect();
        let result = result.map(|ty| format!(" -> {ty}")).unwrap_or_default();
        let _ = writeln!(self.text, "  {name}: {is_async}func({}){result};", params.join(", "));
    }
}
