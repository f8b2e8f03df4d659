//! Lists whose items have to be converted one by one.

use wit_parser::Type;

use super::Body;
use crate::text::{Gen, Writer, emit};

impl Gen<'_> {
    /// With `addr` and `n`: makes the slice and gives the block back.
    pub(super) fn lift_items(&self, w: &mut Writer, go: &str, item: Type) {
        let size = self.layouts.of(&item).size;
        emit!(w, "v := make({go}, n)");
        self.batch(w, item, |w| {
            w.block("for i := range v {", "}", |w| {
                let value = self.lift(item, &format!("abi.Ptr(addr + uint32(i)*{size})"), 0, "c");
                emit!(w, "v[i] = {value}");
            });
        });
        emit!(w, "abi.Release(addr, n*{size})");
        emit!(w, "return v");
    }

    /// A loop that lifts `n` of what has the type `item`, whose strings share memory.
    pub(super) fn batch(&self, w: &mut Writer, item: Type, body: impl FnOnce(&mut Writer)) {
        let strings = self.facts.holds_strings(item);
        if strings {
            emit!(w, "abi.BeginBatch(n)");
        }
        body(w);
        if strings {
            emit!(w, "abi.EndBatch()");
        }
    }

    /// The function that lowers a slice: its address and length.
    pub(super) fn lower_items(&self, w: &mut Writer, item: Type) {
        let layout = self.layouts.of(&item);
        emit!(w, "q := c.Alloc(uint32(len(v))*{}, {})", layout.size, layout.align);
        let mut body = Body::helper();
        self.lower(&mut body, item, &format!("unsafe.Add(q, i*{})", layout.size), 0, "v[i]");
        w.block("for i := range v {", "}", |w| w.append(&body.w.into_text()));
        emit!(w, "return q, uint32(len(v))");
    }

    pub(super) fn lower_array(&self, w: &mut Writer, item: Type) {
        let size = self.layouts.of(&item).size;
        let mut body = Body::helper();
        self.lower(&mut body, item, &format!("unsafe.Add(p, i*{size})"), 0, "v[i]");
        w.block("for i := range v {", "}", |w| w.append(&body.w.into_text()));
    }
}
