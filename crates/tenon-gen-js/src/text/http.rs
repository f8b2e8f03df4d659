//! `http.js`: how a component that handles requests is put behind a server.

use super::HEADER;
use super::component::runtime_module;
use super::writer::{Writer, emit};
use crate::Config;
use crate::names::quote;

/// The module of the runtime that does it.
pub(super) const MODULE: &str = "http";

/// What the two functions are for, each with the type of what it gives.
const FUNCTIONS: [(&str, &str, &str); 2] = [
    (
        "fetcher",
        "Fetch",
        "A function that answers a request as `fetch` would. What the component answers with an error has status 500; if the\ncomponent breaks, the promise is rejected.",
    ),
    (
        "listener",
        "Listener",
        "A listener for `createServer` of `node:http`. What the component answers with an error has status 500; if the component\nbreaks, so does the listener's promise.",
    ),
];

/// The module's text.
pub(super) fn script(config: &Config) -> String {
    let mut w = Writer::default();
    w.raw(HEADER);
    emit!(w, "import {{ types }} from '@bytecodealliance/preview3-shim/http';");
    emit!(w, "import * as http from {};", quote(&runtime_module(config, MODULE, ".")));
    emit!(w);
    for (name, ..) in FUNCTIONS {
        emit!(w, "export const {name} = (handler) => http.{name}(types, handler);");
    }
    w.into_text()
}

/// Its declarations.
pub(super) fn declarations(config: &Config) -> String {
    let mut w = Writer::default();
    w.raw(HEADER);
    let module = quote(&runtime_module(config, MODULE, "."));
    emit!(w, "import type {{ Fetch, Handler, Listener }} from {module};");
    for (name, ty, docs) in FUNCTIONS {
        emit!(w);
        w.doc(docs);
        emit!(w, "export function {name}(handler: Handler): {ty};");
    }
    w.into_text()
}
