//! The real binary, in folders of its own.

mod build;
mod generate;
mod help;
mod host_js;
mod inspect;
mod new_add;
mod run_serve;
mod support;
