//! Random values of a component's types, and how two values are compared.

use std::fmt::Write as _;

use wasmtime::component::Val;
use wasmtime::component::types::Type;

use crate::random::Random;

/// Characters at the edges: of the surrogates, of each length in UTF-8, of what is a character at all.
const CHARS: &[char] = &[
    '\0',
    '\u{1}',
    '\n',
    '"',
    'a',
    'Z',
    '\u{7F}',
    '\u{80}',
    'ß',
    '\u{7FF}',
    '\u{800}',
    '\u{D7FF}',
    '\u{E000}',
    '\u{FEFF}',
    '\u{FFFD}',
    '\u{FFFE}',
    '\u{FFFF}',
    '\u{10000}',
    '😀',
    '\u{10FFFF}',
    '\u{301}',
    '\u{200D}',
];

/// Values, up to a number of parts: a large list leaves less for the next one.
pub(crate) struct Values {
    random: Random,
    parts: usize,
}

impl Values {
    pub(crate) fn new(random: Random) -> Values {
        Values { random, parts: 3000 }
    }

    /// A value of type `ty`. Hard cases are likely.
    pub(crate) fn value(&mut self, ty: &Type) -> Val {
        self.parts = self.parts.saturating_sub(1);
        match ty {
            Type::Bool => Val::Bool(self.random.one_in(2)),
            Type::S8 => Val::S8(self.integer(8) as i8),
            Type::U8 => Val::U8(self.integer(8) as u8),
            Type::S16 => Val::S16(self.integer(16) as i16),
            Type::U16 => Val::U16(self.integer(16) as u16),
            Type::S32 => Val::S32(self.integer(32) as i32),
            Type::U32 => Val::U32(self.integer(32) as u32),
            Type::S64 => Val::S64(self.integer(64) as i64),
            Type::U64 => Val::U64(self.integer(64)),
            Type::Float32 => Val::Float32(self.float32()),
            Type::Float64 => Val::Float64(self.float64()),
            Type::Char => Val::Char(self.char()),
            Type::String => Val::String(self.string()),
            Type::List(list) => {
                let item = list.ty();
                let length = self.length(is_small(&item));
                Val::List((0..length).map(|_| self.value(&item)).collect())
            }
            Type::FixedLengthList(list) => {
                Val::FixedLengthList((0..list.len()).map(|_| self.value(&list.ty())).collect())
            }
            Type::Map(map) => {
                let length = self.length(false).min(200);
                Val::Map((0..length).map(|_| (self.value(&map.key()), self.value(&map.value()))).collect())
            }
            Type::Record(record) => {
                Val::Record(record.fields().map(|f| (f.name.to_string(), self.value(&f.ty))).collect())
            }
            Type::Tuple(tuple) => Val::Tuple(tuple.types().map(|ty| self.value(&ty)).collect()),
            Type::Variant(variant) => {
                let chosen = self.random.below(variant.cases().len());
                let case = variant.cases().nth(chosen).expect("there are as many cases as were counted");
                Val::Variant(case.name.to_string(), case.ty.map(|ty| Box::new(self.value(&ty))))
            }
            Type::Enum(labels) => {
                let chosen = self.random.below(labels.names().len());
                Val::Enum(labels.names().nth(chosen).unwrap_or_default().to_string())
            }
            Type::Option(option) => {
                Val::Option((!self.random.one_in(3)).then(|| Box::new(self.value(&option.ty()))))
            }
            Type::Result(result) => {
                let boxed = |values: &mut Values, ty: Option<Type>| ty.map(|ty| Box::new(values.value(&ty)));
                Val::Result(match self.random.one_in(3) {
                    true => Err(boxed(self, result.err())),
                    false => Ok(boxed(self, result.ok())),
                })
            }
            Type::Flags(flags) => Val::Flags(self.flags(flags.names().map(str::to_string).collect())),
            other => panic!("no values are made of {other:?}"),
        }
    }

    fn flags(&mut self, names: Vec<String>) -> Vec<String> {
        match self.random.below(4) {
            0 => Vec::new(),
            1 => names,
            _ => names.into_iter().filter(|_| self.random.one_in(2)).collect(),
        }
    }

    /// The lowest `bits` are those of an integer, of which the others are of no importance.
    fn integer(&mut self, bits: u32) -> u64 {
        match self.random.below(8) {
            0 => 0,
            1 => 1,
            2 => u64::MAX,
            3 => 1 << (bits - 1),
            4 => (1 << (bits - 1)) - 1,
            5 => self.random.next() >> self.random.below(64),
            _ => self.random.next(),
        }
    }

    fn float32(&mut self) -> f32 {
        let edges =
            [0.0, -0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN_POSITIVE, 1e-45, -1.5];
        match self.random.one_in(2) {
            true => *self.random.pick(&edges),
            false => f32::from_bits(self.random.next() as u32),
        }
    }

    fn float64(&mut self) -> f64 {
        let edges = [
            0.0,
            -0.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            -1.5,
        ];
        match self.random.one_in(2) {
            true => *self.random.pick(&edges),
            false => f64::from_bits(self.random.next()),
        }
    }

    fn char(&mut self) -> char {
        if self.random.one_in(2) {
            return *self.random.pick(CHARS);
        }
        char::from_u32(self.random.below(0x11_0000) as u32).unwrap_or('\u{D7FF}')
    }

    fn string(&mut self) -> String {
        let length = match self.random.below(60) {
            0..=11 => 0,
            12..=40 => self.random.between(1, 12),
            41..=58 => self.random.between(13, 200),
            _ => self.random.between(201, 40_000),
        };
        if self.random.one_in(3) {
            return (0..length).map(|_| (b'!' + self.random.below(94) as u8) as char).collect();
        }
        (0..length).map(|_| self.char()).collect()
    }

    /// Of a list. A small item may come in thousands.
    fn length(&mut self, small: bool) -> usize {
        let length = match self.random.below(40) {
            0..=9 => 0,
            10..=29 => self.random.between(1, 4),
            30..=37 => self.random.between(5, 30),
            38 => self.random.between(31, 400),
            _ if small => return self.random.between(400, 20_000),
            _ => self.random.between(31, 1000),
        };
        length.min(self.parts)
    }
}

/// Whether a list of many of these is no burden.
fn is_small(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::String
            | Type::List(_)
            | Type::FixedLengthList(_)
            | Type::Map(_)
            | Type::Record(_)
            | Type::Tuple(_)
            | Type::Variant(_)
            | Type::Option(_)
            | Type::Result(_)
    )
}

/// The value in the one form that all equal values have: maps and flags in order, the last of two equal keys, one NaN.
pub(crate) fn normal(value: Val) -> Val {
    let boxed = |value: Option<Box<Val>>| value.map(|value| Box::new(normal(*value)));
    match value {
        Val::Float32(x) if x.is_nan() => Val::Float32(f32::NAN),
        Val::Float64(x) if x.is_nan() => Val::Float64(f64::NAN),
        Val::List(items) => Val::List(items.into_iter().map(normal).collect()),
        Val::FixedLengthList(items) => Val::FixedLengthList(items.into_iter().map(normal).collect()),
        Val::Tuple(items) => Val::Tuple(items.into_iter().map(normal).collect()),
        Val::Record(fields) => Val::Record(fields.into_iter().map(|(name, v)| (name, normal(v))).collect()),
        Val::Variant(name, payload) => Val::Variant(name, boxed(payload)),
        Val::Option(payload) => Val::Option(boxed(payload)),
        Val::Result(Ok(payload)) => Val::Result(Ok(boxed(payload))),
        Val::Result(Err(payload)) => Val::Result(Err(boxed(payload))),
        Val::Flags(mut names) => {
            names.sort();
            Val::Flags(names)
        }
        Val::Map(entries) => {
            let entries: std::collections::BTreeMap<String, (Val, Val)> =
                entries.into_iter().map(|(key, v)| (format!("{key:?}"), (key, normal(v)))).collect();
            Val::Map(entries.into_values().collect())
        }
        other => other,
    }
}

/// A number that depends on every part of values in normal form.
pub(crate) fn fingerprint(values: &[Val]) -> u64 {
    struct Hash(u64);
    impl std::fmt::Write for Hash {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            for byte in text.bytes() {
                self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
            }
            Ok(())
        }
    }
    let mut hash = Hash(0xCBF2_9CE4_8422_2325);
    let _ = write!(hash, "{values:?}");
    hash.0
}

/// Where two values in normal form differ first, and how.
pub(crate) fn difference(place: &str, wanted: &Val, got: &Val) -> Option<String> {
    if wanted == got {
        return None;
    }
    let many = |wanted: &[Val], got: &[Val]| {
        let pairs = wanted.iter().zip(got).enumerate();
        let inner = pairs.into_iter().find_map(|(i, (w, g))| difference(&format!("{place}[{i}]"), w, g));
        inner.or_else(|| Some(format!("{place}: {} items instead of {}", got.len(), wanted.len())))
    };
    match (wanted, got) {
        (Val::List(w), Val::List(g))
        | (Val::Tuple(w), Val::Tuple(g))
        | (Val::FixedLengthList(w), Val::FixedLengthList(g)) => many(w, g),
        (Val::Record(w), Val::Record(g)) => {
            let mut pairs = w.iter().zip(g);
            pairs.find_map(|((name, w), (_, g))| difference(&format!("{place}.{name}"), w, g))
        }
        (Val::Variant(w, Some(wanted)), Val::Variant(g, Some(got))) if w == g => {
            difference(&format!("{place}.{w}"), wanted, got)
        }
        (Val::Option(Some(w)), Val::Option(Some(g))) => difference(&format!("{place}.some"), w, g),
        (Val::Result(Ok(Some(w))), Val::Result(Ok(Some(g)))) => difference(&format!("{place}.ok"), w, g),
        (Val::Result(Err(Some(w))), Val::Result(Err(Some(g)))) => difference(&format!("{place}.err"), w, g),
        (Val::String(w), Val::String(g)) if w.len() > 60 || g.len() > 60 => {
            let same = w.bytes().zip(g.bytes()).take_while(|(w, g)| w == g).count();
            Some(format!("{place}: {} bytes instead of {}, different from byte {same} on", g.len(), w.len()))
        }
        _ => Some(format!("{place}: {} instead of {}", short(got), short(wanted))),
    }
}

fn short(value: &Val) -> String {
    let text = format!("{value:?}");
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[test]
fn differences_are_found_where_they_are() {
    let list = |last| Val::Option(Some(Box::new(Val::List(vec![Val::U8(1), Val::U8(last)]))));
    assert_eq!(difference("result", &list(2), &list(2)), None);
    assert_eq!(
        difference("result", &list(2), &list(3)).as_deref(),
        Some("result.some[1]: U8(3) instead of U8(2)")
    );
    let entry = |key, value| (Val::U8(key), Val::Bool(value));
    let map = Val::Map(vec![entry(2, true), entry(1, true), entry(2, false)]);
    assert_eq!(normal(map), Val::Map(vec![entry(1, true), entry(2, false)]));
    assert_eq!(normal(Val::Float32(f32::from_bits(0x7FC0_1234))), Val::Float32(f32::NAN));
}
