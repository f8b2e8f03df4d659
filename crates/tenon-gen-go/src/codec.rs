//! Between Go values and the canonical ABI: expressions and statements for scalars, a function of the package for the rest.
//!
//! | verb | from | to |
//! | --- | --- | --- |
//! | `lift` | linear memory | a Go value |
//! | `lower` | a Go value | linear memory |
//! | `unflatten` | core values | a Go value |
//! | `flatten` | a Go value | core values |
//! | `unpack` | the memory of a function's result | Go results |

mod convert;
mod flatten;
mod lift;
mod list;
mod lower;
mod map;
mod payload;
mod unflatten;
mod unpack;
mod variant;

use std::collections::{HashMap, VecDeque};

use tenon_abi::Slot;
use wit_parser::{Type, TypeDefKind};

use crate::facts::Returns;
use crate::names::Scope;
use crate::text::{Gen, Writer, emit};
pub(crate) use convert::{convert, zero_slot};
pub(crate) use unflatten::host;

/// The size of `abi.Area()` in bytes.
const AREA: u32 = 64;

/// What a helper function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Verb {
    Lift,
    Lower,
    Unflatten,
    Flatten,
}

impl Verb {
    fn as_str(self) -> &'static str {
        match self {
            Verb::Lift => "lift",
            Verb::Lower => "lower",
            Verb::Unflatten => "unflatten",
            Verb::Flatten => "flatten",
        }
    }
}

/// A function or variable that a package's text has asked for.
#[derive(Clone, Debug)]
enum Helper {
    Codec {
        verb: Verb,
        ty: Type,
        name: String,
    },
    Unpack {
        returns: Returns,
        result: Type,
        name: String,
    },
    Payload(payload::Asked),
    /// A `bool` as a core value that other cases share.
    Bit {
        name: String,
    },
}

/// The helpers of one package.
#[derive(Debug, Default)]
pub(crate) struct Helpers {
    names: HashMap<String, String>,
    scope: Scope,
    queue: VecDeque<Helper>,
}

impl Helpers {
    /// The name of the helper with this key. When it is new, `make` says what it is.
    fn ask(&mut self, key: String, base: &str, make: impl FnOnce(String) -> Helper) -> String {
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let name = self.scope.declare(base, "");
        self.names.insert(key, name.clone());
        self.queue.push_back(make(name.clone()));
        name
    }
}

/// A function's body in the making.
pub(crate) struct Body {
    pub(crate) w: Writer,
    pub(crate) locals: Scope,
    /// What the `*abi.Call` is called.
    pub(crate) call: String,
    /// Whether it was needed.
    pub(crate) uses_call: bool,
    /// Whether nothing is recorded: strings and slices are passed by their address, and that is all. See
    /// [`Gen::passes_by_address`].
    pub(crate) by_address: bool,
}

impl Body {
    pub(crate) fn new(mut locals: Scope) -> Body {
        let call = locals.local("c");
        Body { w: Writer::default(), locals, call, uses_call: false, by_address: false }
    }

    /// Of a block within this one, or of a function literal.
    pub(crate) fn inner(&self) -> Body {
        Body {
            w: Writer::default(),
            locals: self.locals.clone(),
            call: self.call.clone(),
            uses_call: false,
            by_address: self.by_address,
        }
    }

    /// Of a helper, whose names are the generator's own.
    fn helper() -> Body {
        let mut body = Body::new(Scope::default());
        for name in ["p", "v", "q", "n", "k", "i", "item", "e", "ok"] {
            body.locals.local(name);
        }
        body
    }

    /// The call, which is needed from now on.
    pub(crate) fn c(&mut self) -> String {
        self.uses_call = true;
        self.call.clone()
    }

    /// A name for a part of `v`: `nameLen` for the length of `name`.
    pub(crate) fn part(&mut self, v: &str, suffix: &str) -> String {
        let last = v.rsplit('.').next().unwrap_or(v);
        let base: String = last.chars().take_while(|c| c.is_alphanumeric()).collect();
        let base = crate::names::lower_first(if base.is_empty() { "v" } else { &base });
        self.locals.local(&format!("{base}{suffix}"))
    }
}

/// `p` moved on by `offset`.
pub(crate) fn at(p: &str, offset: u32) -> String {
    if offset == 0 { p.to_string() } else { format!("unsafe.Add({p}, {offset})") }
}

/// The variable of type `go` at `p`.
pub(crate) fn deref(go: &str, p: &str, offset: u32) -> String {
    let star =
        if go.starts_with('*') || go.starts_with('[') { format!("(*({go}))") } else { format!("(*{go})") };
    format!("*{star}({})", at(p, offset))
}

impl Gen<'_> {
    /// The function that does `verb` with `ty`.
    fn codec(&self, verb: Verb, ty: Type) -> String {
        let key = format!("{verb:?} {}", self.key(ty));
        let base = format!("{}{}", verb.as_str(), self.short(ty));
        self.helpers.borrow_mut().ask(key, &base, |name| Helper::Codec { verb, ty, name })
    }

    /// The text of everything that was asked for, and of what that asks for.
    pub(crate) fn helpers(&self, w: &mut Writer) {
        self.bare.set(true);
        loop {
            let Some(helper) = self.helpers.borrow_mut().queue.pop_front() else { break };
            if !w.is_empty() {
                emit!(w);
            }
            match helper {
                Helper::Codec { verb, ty, name } => match verb {
                    Verb::Lift => self.lift_function(w, &name, ty),
                    Verb::Lower => self.lower_function(w, &name, ty),
                    Verb::Unflatten => self.unflatten_function(w, &name, ty),
                    Verb::Flatten => self.flatten_function(w, &name, ty),
                },
                Helper::Unpack { returns, result, name } => self.unpack_function(w, &name, &returns, result),
                Helper::Payload(asked) => self.payload_variable(w, &asked),
                Helper::Bit { name } => {
                    w.block(format!("func {name}(v bool) uint32 {{"), "}", |w| {
                        w.block("if v {", "}", |w| emit!(w, "return 1"));
                        emit!(w, "return 0");
                    });
                }
            }
        }
        self.bare.set(false);
    }

    fn bit(&self, v: &str) -> String {
        let name = self.helpers.borrow_mut().ask("bit".into(), "flattenBool", |name| Helper::Bit { name });
        format!("{name}({v})")
    }

    /// Whether `ty` looks the same in Go's memory as in the canonical ABI's, so that it can be copied.
    pub(crate) fn plain(&self, ty: Type) -> bool {
        match self.facts.kind(ty) {
            None => !matches!(self.facts.dealias(ty), Type::String | Type::ErrorContext),
            Some(TypeDefKind::Enum(_) | TypeDefKind::Flags(_)) => true,
            Some(TypeDefKind::Record(r)) => !r.fields.is_empty() && r.fields.iter().all(|f| self.plain(f.ty)),
            Some(TypeDefKind::Tuple(t)) => !t.types.is_empty() && t.types.iter().all(|ty| self.plain(*ty)),
            Some(TypeDefKind::FixedLengthList(ty, n)) => *n > 0 && self.plain(*ty),
            Some(_) => false,
        }
    }

    /// Whether the core values of a `ty` are scalars and addresses of what the Go value holds: then a synchronous call
    /// has nothing to record, as nothing else runs until the other side has read it.
    pub(crate) fn passes_by_address(&self, ty: Type) -> bool {
        match self.facts.kind(ty) {
            None => self.facts.dealias(ty) != Type::ErrorContext,
            Some(TypeDefKind::Enum(_) | TypeDefKind::Flags(_)) => true,
            Some(TypeDefKind::List(item)) => self.plain(*item),
            Some(TypeDefKind::Record(r)) => r.fields.iter().all(|f| self.passes_by_address(f.ty)),
            Some(TypeDefKind::Tuple(t)) => t.types.iter().all(|ty| self.passes_by_address(*ty)),
            Some(TypeDefKind::FixedLengthList(ty, _)) => self.passes_by_address(*ty),
            Some(_) => false,
        }
    }

    /// Whether a `ty` is loaded from memory, or stored there, with nothing allocated before its last byte.
    pub(crate) fn at_once(&self, ty: Type) -> bool {
        match self.facts.kind(ty) {
            None => self.facts.dealias(ty) != Type::ErrorContext,
            Some(TypeDefKind::List(item)) => self.plain(*item) && self.facts.dealias(*item) != Type::Char,
            Some(_) => self.plain(ty) && self.layouts.of(&ty).size <= AREA,
        }
    }

    /// The core values of `ty`, of which a flat type has at most sixteen.
    pub(crate) fn slots(&self, ty: Type) -> Vec<Slot> {
        tenon_abi::flatten(&self.facts.resolve, &ty, tenon_abi::MAX_PARAMS).unwrap_or_default()
    }
}
