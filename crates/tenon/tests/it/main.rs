//! The real binary, in folders of its own.

mod build;
mod generate;
mod help;
mod inspect;
mod new_add;
mod run_serve;
mod support;
