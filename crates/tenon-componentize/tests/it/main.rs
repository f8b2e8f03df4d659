//! Modules written by hand, rewritten, and where behaviour counts, run by an interpreter against a fake preview 1.

mod clock;
mod exit;
mod files;
mod go;
mod input;
mod intrinsics;
mod plugin;
mod poll;
mod rewriting;
mod support;
mod world;
