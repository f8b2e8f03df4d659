//! The harness of the end-to-end tests: the real `tenon` command, servers made with it, clients, and cases as folders.
//!
//! The tests themselves are in `it/`, the cases in `cases/`: a folder each, found, never listed.

pub mod case;
pub mod client;
pub mod compose;
pub mod kitchens;
pub mod node;
pub mod npm;
pub mod place;
pub mod process;
pub mod run;
pub mod server;
pub mod upstream;
