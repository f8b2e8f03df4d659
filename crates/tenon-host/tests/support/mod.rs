//! Components for the tests, made from WAT and WIT on the spot.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::OnceLock;
use tenon_host::{Engine, EngineOptions, Loaded};
use tenon_wit::{LoadConfig, Sources, load};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};

pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&EngineOptions { cache: None, ..EngineOptions::default() }).unwrap())
}

/// A component from a core module as text, and the world it is for.
pub(crate) fn component(wat: &str, wit: &str) -> Vec<u8> {
    let mut module = wat::parse_str(wat).unwrap();
    let world = load(&Sources::from_text("test.wit", wit), &LoadConfig::default()).expect("the WIT is fine");
    embed_component_metadata(&mut module, &world.resolve, world.id, StringEncoding::UTF8).unwrap();
    let mut encoder = ComponentEncoder::default().validate(true).module(&module).unwrap();
    encoder.encode().unwrap_or_else(|error| panic!("{error:#}"))
}

pub(crate) fn loaded(wat: &str, wit: &str) -> Loaded {
    engine().load(&component(wat, wit)).unwrap()
}

pub(crate) fn calc() -> Loaded {
    loaded(include_str!("../guests/calc.wat"), include_str!("../guests/calc.wit"))
}

pub(crate) fn command3() -> Loaded {
    loaded(
        include_str!("../guests/command3.wat"),
        "package test:command;
         world command {
            import wasi:cli/environment@0.3.0;
            import wasi:cli/exit@0.3.0;
            import wasi:cli/stdout@0.3.0;
            import wasi:clocks/monotonic-clock@0.3.0;
            export wasi:cli/run@0.3.0;
         }",
    )
}

pub(crate) fn command2() -> Loaded {
    loaded(
        include_str!("../guests/command2.wat"),
        "package test:command;
         world command {
            import wasi:cli/environment@0.2.12;
            import wasi:cli/exit@0.2.12;
            import wasi:cli/stdout@0.2.12;
            import wasi:filesystem/preopens@0.2.12;
            import wasi:filesystem/types@0.2.12;
            export wasi:cli/run@0.2.12;
         }",
    )
}

pub(crate) fn handler3() -> Loaded {
    loaded(
        include_str!("../guests/handler.wat"),
        "package test:handler;
         world handler {
            import wasi:clocks/monotonic-clock@0.3.0;
            import wasi:http/types@0.3.0;
            export wasi:http/handler@0.3.0;
         }",
    )
}

pub(crate) fn handler2() -> Loaded {
    loaded(
        include_str!("../guests/handler2.wat"),
        "package test:handler;
         world handler {
            import wasi:http/types@0.2.12;
            import wasi:io/streams@0.2.12;
            export wasi:http/incoming-handler@0.2.12;
         }",
    )
}
