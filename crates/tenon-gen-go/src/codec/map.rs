//! Maps, which are lists of pairs.

use wit_parser::Type;

use super::{Body, at};
use crate::text::{Gen, Writer, emit};

impl Gen<'_> {
    /// With `addr` and `n`: makes the map and gives the block back.
    pub(super) fn lift_entries(&self, w: &mut Writer, go: &str, key: Type, value: Type) {
        let (offsets, layout) = self.layouts.fields([&key, &value]);
        emit!(w, "v := make({go}, n)");
        let strings = if self.facts.holds_strings(key) { key } else { value };
        self.batch(w, strings, |w| {
            w.block("for i := range n {", "}", |w| {
                emit!(w, "p := abi.Ptr(addr + i*{})", layout.size);
                emit!(w, "k := {}", self.lift(key, "p", offsets[0], "c"));
                emit!(w, "v[k] = {}", self.lift(value, "p", offsets[1], "c"));
            });
        });
        emit!(w, "abi.Release(addr, n*{})", layout.size);
        emit!(w, "return v");
    }

    /// Lowers in the order of the keys, so that equal maps give equal bytes.
    pub(super) fn lower_entries(&self, w: &mut Writer, key: Type, value: Type) {
        let (offsets, layout) = self.layouts.fields([&key, &value]);
        emit!(w, "p := c.Alloc(uint32(len(v))*{}, {})", layout.size, layout.align);
        emit!(w, "q := p");
        let mut body = Body::helper();
        self.lower(&mut body, key, "q", offsets[0], "k");
        self.lower(&mut body, value, "q", offsets[1], "v[k]");
        emit!(body.w, "q = {}", at("q", layout.size));
        let text = body.w.into_text();
        if self.facts.dealias(key) == Type::Bool {
            w.block("for _, k := range []bool{false, true} {", "}", |w| {
                w.block("if _, ok := v[k]; ok {", "}", |w| w.append(&text));
            });
        } else {
            w.block("for _, k := range slices.Sorted(maps.Keys(v)) {", "}", |w| w.append(&text));
        }
        emit!(w, "return p, uint32(len(v))");
    }
}
