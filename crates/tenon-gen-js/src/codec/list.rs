//! Lists and maps, whose elements lie in memory one after the other.

use tenon_plan::{Kind, TypeId};

use super::{Codec, Job, numbers, plus};
use crate::names::quote;
use crate::text::writer::{Writer, emit};

impl Codec<'_> {
    /// The expression of a list at an address.
    pub(super) fn lift_list(&mut self, ty: TypeId, element: TypeId, ptr: &str, len: &str) -> String {
        let m = self.at.m().to_string();
        if let Some((class, what)) = numbers(self.kind(element)) {
            self.uses.add("lists", "liftNumbers");
            return format!("liftNumbers({m}, {class}, {}, {ptr}, {len})", quote(what));
        }
        let what = quote(&self.describe(ty));
        let (align, size) = (self.align(element), self.size(element));
        self.uses.add("lists", "listAt");
        let load = self.load_list(element);
        format!("{load}({m}, listAt({m}, {ptr}, {len}, {align}, {size}, {what}), {len})")
    }

    /// The function that lifts so many elements, which are known to be in memory.
    pub(crate) fn load_list(&mut self, element: TypeId) -> String {
        self.helper(Job::LoadList, "loadListOf", element, |codec, name| {
            let value = codec.load(element, "p");
            let size = codec.size(element);
            Self::function(name, "m, p, n", |w| {
                if value.contains("dv.") {
                    emit!(w, "const {{ dv }} = m;");
                }
                emit!(w, "const list = [];");
                w.block(
                    format!("for (const end = p + (n >>> 0) * {size}; p < end; p += {size}) {{"),
                    "}",
                    |w| {
                        emit!(w, "list.push({value});");
                    },
                );
                emit!(w, "return list;");
            })
        })
    }

    /// The function that stores elements at an address.
    pub(crate) fn store_list(&mut self, element: TypeId) -> String {
        self.helper(Job::StoreList, "storeListOf", element, |codec, name| {
            let body = codec.store_elements(element, "p");
            Self::function(name, "m, p, list", |w| w.raw(&body))
        })
    }

    /// The loop that stores the elements of `list`, from an address that is a variable.
    fn store_elements(&mut self, element: TypeId, p: &str) -> String {
        let mut w = Writer::at(1);
        w.block("for (const v of list) {", "}", |w| {
            self.store(w, element, p, "v", "");
            emit!(w, "{p} += {};", self.size(element));
        });
        w.into_text()
    }

    /// The function that copies a list into memory, and stores where it is and how long.
    pub(super) fn store_own_list(&mut self, ty: TypeId, element: TypeId) -> String {
        self.helper(Job::Store, "store", ty, |codec, name| {
            let body = codec.store_elements(element, "to");
            let (size, align) = (codec.size(element), codec.align(element));
            let what = quote(&codec.describe(ty));
            codec.uses.add("lists", "allocList");
            Self::function(name, "m, list, p, field", |w| {
                emit!(w, "let to = allocList(m, p, list, {align}, {size}, {what}, field);");
                w.raw(&body);
            })
        })
    }

    /// The function that copies a list into memory, and returns where it is.
    pub(super) fn lower_list(&mut self, ty: TypeId, element: TypeId) -> String {
        self.helper(Job::LowerList, "lower", ty, |codec, name| {
            let body = codec.store_elements(element, "to");
            let (size, align) = (codec.size(element), codec.align(element));
            let what = quote(&codec.describe(ty));
            codec.uses.add("checks", "array");
            Self::function(name, "m, list, field", |w| {
                emit!(w, "const p = m.alloc({align}, array(list, {what}, m.cx, field).length * {size});");
                emit!(w, "let to = p;");
                w.raw(&body);
                emit!(w, "return p;");
            })
        })
    }

    /// The expression of a map at an address.
    pub(super) fn lift_map(&mut self, ty: TypeId, ptr: &str, len: &str) -> String {
        let m = self.at.m().to_string();
        let Kind::Map { key, value, value_offset, entry } = self.kind(ty).clone() else {
            return "undefined".into();
        };
        let what = quote(&self.describe(ty));
        self.uses.add("lists", "listAt");
        let name = self.helper(Job::LoadMap, "load", ty, |codec, name| {
            let key = codec.load(key, "p");
            let value = codec.load(value, &plus("p", value_offset));
            let size = entry.size;
            Self::function(name, "m, p, n", |w| {
                if key.contains("dv.") || value.contains("dv.") {
                    emit!(w, "const {{ dv }} = m;");
                }
                emit!(w, "const map = new Map();");
                w.block(
                    format!("for (const end = p + (n >>> 0) * {size}; p < end; p += {size}) {{"),
                    "}",
                    |w| {
                        emit!(w, "map.set({key}, {value});");
                    },
                );
                emit!(w, "return map;");
            })
        });
        format!("{name}({m}, listAt({m}, {ptr}, {len}, {}, {}, {what}), {len})", entry.align, entry.size)
    }

    /// The function that copies a map into memory, and returns where it is.
    pub(super) fn lower_map(&mut self, ty: TypeId) -> String {
        let Kind::Map { key, value, value_offset, entry } = self.kind(ty).clone() else {
            return "undefined".into();
        };
        self.helper(Job::LowerList, "lower", ty, |codec, name| {
            let mut body = Writer::at(2);
            codec.store(&mut body, key, "p", "k", "");
            codec.store(&mut body, value, &plus("p", value_offset), "v", "");
            let what = quote(&codec.describe(ty));
            Self::function(name, "m, map, field", |w| {
                emit!(w, "if (!(map instanceof Map)) m.cx.reject({what}, map, field);");
                emit!(w, "let p = m.alloc({}, map.size * {});", entry.align, entry.size);
                emit!(w, "const start = p;");
                w.block("for (const [k, v] of map) {", "}", |w| {
                    w.raw(&body.into_text());
                    emit!(w, "p += {};", entry.size);
                });
                emit!(w, "return start;");
            })
        })
    }
}
