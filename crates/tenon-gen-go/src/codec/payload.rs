//! Streams and futures: a variable of the package for each payload, with its built-ins and codecs.

use tenon_abi::{Builtin, Payload, Slot, payload_builtins, payloads};
use wit_parser::{Type, TypeDefKind};

use super::{Body, Helper};
use crate::facts::Side;
use crate::text::{Gen, Writer, emit};

/// A payload that was asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    name: String,
    future: bool,
    item: Option<Type>,
}

impl Gen<'_> {
    /// The variable for streams or futures of `item`.
    pub(super) fn payload(&self, future: bool, item: Option<Type>) -> String {
        let kind = if future { "future" } else { "stream" };
        let key = format!("{kind} {}", item.map(|ty| self.key(ty)).unwrap_or_default());
        let short = match item {
            Some(ty) if self.is_byte(ty) && !future => "Bytes".to_string(),
            Some(ty) => self.short(ty),
            None => "Unit".to_string(),
        };
        let make = |name| Helper::Payload(Asked { name, future, item });
        self.helpers.borrow_mut().ask(key, &format!("{kind}{short}"), make)
    }

    pub(super) fn payload_variable(&self, w: &mut Writer, asked: &Asked) {
        let kind = if asked.future { "Future" } else { "Stream" };
        let bytes = !asked.future && asked.item.is_some_and(|ty| self.is_byte(ty));
        let go = match asked.item {
            _ if bytes => "wit.ByteStreamType".to_string(),
            item if asked.future => format!("wit.FutureType[{}]", self.resolved(item)),
            item => format!("wit.StreamType[{}]", self.unit_or(item)),
        };
        w.block(format!("var {} = {go}{{", asked.name), "}", |w| {
            w.block(format!("{kind}Builtins: abi.{kind}Builtins{{"), "},", |w| {
                self.payload_builtins(w, asked)
            });
            match asked.item {
                Some(item) if asked.future => self.future_codecs(w, item),
                Some(item) if !self.plain(item) => self.stream_codecs(w, item),
                _ => {}
            }
        });
    }

    fn payload_builtins(&self, w: &mut Writer, asked: &Asked) {
        let unit = self.unit();
        let item_key = |item: Option<Type>| item.map(|ty| self.key(ty));
        let matches = |p: &Payload| p.future == asked.future && item_key(p.item) == item_key(asked.item);
        let found = unit.functions.iter().find_map(|function| {
            payloads(&self.facts.resolve, function)
                .into_iter()
                .find(matches)
                .map(|payload| (function, payload))
        });
        let Some((function, payload)) = found else { return };
        for builtin in Builtin::ALL {
            let exported = unit.side == Side::Export;
            let core = payload_builtins(
                &self.facts.resolve,
                unit.key.as_ref(),
                function,
                &payload,
                exported,
                builtin,
            );
            let (params, result) = builtin_signature(builtin, asked.future);
            let name = format!("import{}{}{builtin:?}", asked.name[..1].to_uppercase(), &asked.name[1..]);
            let name = self.raw.borrow_mut().import(&name, core, params, result);
            emit!(w, "{builtin:?}:\u{b}{name},");
        }
        let layout = asked.item.map(|ty| self.layouts.of(&ty));
        emit!(w, "Size:\u{b}{},", layout.map_or(0, |l| l.size));
        emit!(w, "Align:\u{b}{},", layout.map_or(1, |l| l.align));
    }

    fn stream_codecs(&self, w: &mut Writer, item: Type) {
        let go = self.ty(item);
        w.block(format!("Lift: func(p unsafe.Pointer) {go} {{"), "},", |w| {
            emit!(w, "return {}", self.lift(item, "p", 0, ""));
        });
        w.block(format!("Lower: func(c *abi.Call, p unsafe.Pointer, v {go}) {{"), "},", |w| {
            let mut body = Body::helper();
            self.lower(&mut body, item, "p", 0, "v");
            w.append(&body.w.into_text());
        });
    }

    fn future_codecs(&self, w: &mut Writer, item: Type) {
        let go = self.resolved(Some(item));
        let result = match self.facts.kind(item) {
            Some(TypeDefKind::Result(r)) => Some(r),
            _ => None,
        };
        w.block(format!("Lift: func(p unsafe.Pointer) ({go}, error) {{"), "},", |w| match result {
            Some(r) => {
                let offset = self.layouts.cases(2, [r.ok.as_ref(), r.err.as_ref()]).payload;
                w.block("if *(*uint8)(p) != 0 {", "}", |w| {
                    let zero = r.ok.map_or_else(|| "struct{}{}".to_string(), |ty| self.zero(ty));
                    emit!(w, "return {zero}, {}", self.lift_error(r.err, "p", offset));
                });
                let value =
                    r.ok.map_or_else(|| "struct{}{}".to_string(), |ty| self.lift(ty, "p", offset, ""));
                emit!(w, "return {value}, nil");
            }
            None => emit!(w, "return {}, nil", self.lift(item, "p", 0, "")),
        });
        w.block(format!("Lower: func(c *abi.Call, p unsafe.Pointer, v {go}, err error) {{"), "},", |w| {
            let mut body = Body::helper();
            match result {
                Some(r) => self.lower_future_result(&mut body, r),
                None => {
                    let message = format!("{:?}", format!("a future of {}", self.unit().wit));
                    body.w.block("if err != nil {", "}", |w| emit!(w, "abi.BadError({message}, err)"));
                    self.lower(&mut body, item, "p", 0, "v");
                }
            }
            w.append(&body.w.into_text());
        });
    }

    fn lower_future_result(&self, body: &mut Body, r: &wit_parser::Result_) {
        let offset = self.layouts.cases(2, [r.ok.as_ref(), r.err.as_ref()]).payload;
        let name = format!("{:?}", format!("a future of {}", self.unit().wit));
        let mut failed = Body::helper();
        self.match_error(&mut failed.w, r.err, "e", |w| emit!(w, "abi.BadError({name}, err)"));
        emit!(failed.w, "*(*uint8)(p) = 1");
        if let Some(ty) = r.err {
            self.lower(&mut failed, ty, "p", offset, &self.error_value(ty, "err", "e"));
        }
        emit!(failed.w, "return");
        let failed = failed.w.into_text();
        body.w.block("if err != nil {", "}", |w| w.append(&failed));
        emit!(body.w, "*(*uint8)(p) = 0");
        if let Some(ty) = r.ok {
            self.lower(body, ty, "p", offset, "v");
        }
    }
}

fn builtin_signature(builtin: Builtin, future: bool) -> (Vec<Slot>, Option<Slot>) {
    use Slot::{I32, I64, Ptr};
    match builtin {
        Builtin::New => (vec![], Some(I64)),
        Builtin::Read | Builtin::Write if future => (vec![I32, Ptr], Some(I32)),
        Builtin::Read | Builtin::Write => (vec![I32, Ptr, I32], Some(I32)),
        Builtin::CancelRead | Builtin::CancelWrite => (vec![I32], Some(I32)),
        Builtin::DropReadable | Builtin::DropWritable => (vec![I32], None),
    }
}
