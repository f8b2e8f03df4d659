//! Values of scripts in the shapes that packages give them in JavaScript, as JSON that `values.mjs` reads.

use serde_json::{Value, json};
use tenon_plan::{Kind, Plan, TypeId};
use wast::component::WastVal;
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::token::{F32, F64};
use wast::{WastArg, WastRet};

/// `place-order` becomes `placeOrder`: the names of functions, fields and flags.
pub(crate) fn camel(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut text = String::new();
    for word in words {
        let word = if word.chars().any(char::is_lowercase) { word.to_string() } else { word.to_lowercase() };
        match word.chars().next() {
            Some(first) if !text.is_empty() => {
                text.extend(first.to_uppercase());
                text.push_str(&word[first.len_utf8()..]);
            }
            _ => text.push_str(&word),
        }
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!("_{text}") } else { text }
}

/// The class of arrays for a list of numbers.
fn typed(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::S8 => "Int8Array",
        Kind::U8 => "Uint8Array",
        Kind::S16 => "Int16Array",
        Kind::U16 => "Uint16Array",
        Kind::S32 => "Int32Array",
        Kind::U32 => "Uint32Array",
        Kind::S64 => "BigInt64Array",
        Kind::U64 => "BigUint64Array",
        Kind::F32 => "Float32Array",
        Kind::F64 => "Float64Array",
        _ => return None,
    })
}

/// An argument. The floats of components and of core modules are written alike.
pub(crate) fn argument(plan: &Plan, ty: TypeId, arg: &WastArg<'_>) -> Result<Value, String> {
    match arg {
        WastArg::Component(arg) => value(plan, ty, arg),
        WastArg::Core(WastArgCore::F32(v)) => value(plan, ty, &WastVal::F32(F32 { bits: v.bits })),
        WastArg::Core(WastArgCore::F64(v)) => value(plan, ty, &WastVal::F64(F64 { bits: v.bits })),
        _ => Err(format!("{arg:?} is not a value of components")),
    }
}

/// What a script expects a function to return.
pub(crate) fn expected(result: WastRet<'_>) -> Result<WastVal<'_>, String> {
    Ok(match result {
        WastRet::Component(val) => val,
        WastRet::Core(WastRetCore::F32(NanPattern::Value(v))) => WastVal::F32(v),
        WastRet::Core(WastRetCore::F64(NanPattern::Value(v))) => WastVal::F64(v),
        WastRet::Core(WastRetCore::F32(_)) => WastVal::F32(F32 { bits: f32::NAN.to_bits() }),
        WastRet::Core(WastRetCore::F64(_)) => WastVal::F64(F64 { bits: f64::NAN.to_bits() }),
        other => return Err(format!("{other:?} is not a value of components")),
    })
}

/// A value of a type.
pub(crate) fn value(plan: &Plan, ty: TypeId, value: &WastVal<'_>) -> Result<Value, String> {
    let kind = &plan.ty(ty).kind;
    scalar(kind, value)
        .or_else(|| compound(plan, kind, value))
        .unwrap_or_else(|| Err(format!("{value:?} is not a value of the function's type, which is {kind:?}")))
}

fn scalar(kind: &Kind, value: &WastVal<'_>) -> Option<Result<Value, String>> {
    let number = |v: &dyn std::fmt::Display| json!({ "number": v.to_string() });
    let float = |v: f64| {
        let text = if v.is_nan() {
            "NaN".into()
        } else if v.is_infinite() {
            infinity(v).into()
        } else {
            format!("{v:?}")
        };
        json!({ "number": text })
    };
    let big = |v: &dyn std::fmt::Display| json!({ "bigint": v.to_string() });
    Some(Ok(match (kind, value) {
        (Kind::Bool, WastVal::Bool(v)) => json!({ "plain": v }),
        (Kind::S8, WastVal::S8(v)) => number(v),
        (Kind::U8, WastVal::U8(v)) => number(v),
        (Kind::S16, WastVal::S16(v)) => number(v),
        (Kind::U16, WastVal::U16(v)) => number(v),
        (Kind::S32, WastVal::S32(v)) => number(v),
        (Kind::U32, WastVal::U32(v)) => number(v),
        (Kind::S64, WastVal::S64(v)) => big(v),
        (Kind::U64, WastVal::U64(v)) => big(v),
        (Kind::F32, WastVal::F32(v)) => float(f64::from(f32::from_bits(v.bits))),
        (Kind::F64, WastVal::F64(v)) => float(f64::from_bits(v.bits)),
        (Kind::Char, WastVal::Char(v)) => json!({ "plain": v }),
        (Kind::String, WastVal::String(v)) | (Kind::Enum { .. }, WastVal::Enum(v)) => json!({ "plain": v }),
        (Kind::Flags { labels }, WastVal::Flags(set)) => {
            let fields = labels
                .iter()
                .map(|label| json!([camel(&label.name), { "plain": set.contains(&label.name.as_str()) }]));
            json!({ "object": fields.collect::<Vec<_>>() })
        }
        _ => return None,
    }))
}

fn infinity(v: f64) -> &'static str {
    if v > 0.0 { "Infinity" } else { "-Infinity" }
}

fn compound(plan: &Plan, kind: &Kind, val: &WastVal<'_>) -> Option<Result<Value, String>> {
    let list = |types: &mut dyn Iterator<Item = TypeId>, values: &[WastVal<'_>]| {
        values.iter().zip(types).map(|(v, ty)| value(plan, ty, v)).collect::<Result<Vec<_>, _>>()
    };
    Some(match (kind, val) {
        (Kind::List { element } | Kind::FixedList { element, .. }, WastVal::List(values)) => {
            list(&mut std::iter::repeat(*element), values).map(|values| {
                match typed(&plan.ty(*element).kind) {
                    Some(class) => json!({ "typed": class, "values": values }),
                    None => json!({ "array": values }),
                }
            })
        }
        (Kind::Map { key, value: of, .. }, WastVal::Map(entries)) => entries
            .iter()
            .map(|(k, v)| Ok(json!([value(plan, *key, k)?, value(plan, *of, v)?])))
            .collect::<Result<Vec<_>, String>>()
            .map(|entries| json!({ "map": entries })),
        (Kind::Tuple { items }, WastVal::Tuple(values)) if items.len() == values.len() => {
            list(&mut items.iter().map(|item| item.ty), values).map(|values| json!({ "array": values }))
        }
        (Kind::Record { fields }, WastVal::Record(values)) if fields.len() == values.len() => fields
            .iter()
            .zip(values)
            .map(|(field, (_, v))| Ok(json!([camel(&field.name), value(plan, field.ty, v)?])))
            .collect::<Result<Vec<_>, String>>()
            .map(|fields| json!({ "object": fields })),
        (Kind::Variant { cases, .. }, WastVal::Variant(name, payload)) => {
            let case = cases.iter().find(|case| case.name == *name)?;
            tagged(plan, name, case.ty, payload.as_deref())
        }
        (Kind::Option { some, .. }, WastVal::Option(inner)) => option(plan, *some, inner.as_deref()),
        (Kind::Result { ok, err, .. }, WastVal::Result(inner)) => match inner {
            Ok(payload) => tagged(plan, "ok", *ok, payload.as_deref()),
            Err(payload) => tagged(plan, "err", *err, payload.as_deref()),
        },
        _ => return None,
    })
}

fn tagged(
    plan: &Plan,
    tag: &str,
    ty: Option<TypeId>,
    payload: Option<&WastVal<'_>>,
) -> Result<Value, String> {
    match (ty, payload) {
        (Some(ty), Some(payload)) => Ok(json!({ "tag": tag, "val": value(plan, ty, payload)? })),
        (None, None) => Ok(json!({ "tag": tag })),
        _ => Err(format!("the case `{tag}` and its type do not agree about a payload")),
    }
}

/// An option inside another is told from it by a tag.
fn option(plan: &Plan, some: TypeId, inner: Option<&WastVal<'_>>) -> Result<Value, String> {
    let nested = matches!(plan.ty(some).kind, Kind::Option { .. });
    match inner {
        None if nested => Ok(json!({ "tag": "none" })),
        None => Ok(json!({ "undefined": true })),
        Some(v) if nested => Ok(json!({ "tag": "some", "val": value(plan, some, v)? })),
        Some(v) => value(plan, some, v),
    }
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn names() {
        assert_eq!(camel("place-order"), "placeOrder");
        assert_eq!(camel("get-HTTP"), "getHttp");
        assert_eq!(camel("1-a"), "_1A");
    }
}
