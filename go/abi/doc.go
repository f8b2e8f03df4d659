// Package abi is the part of Tenon's runtime that generated code calls: memory
// and ownership for one call, resource handles, and the event loop that runs
// goroutines on the component model's async ABI.
//
// People who write components do not need it; they use package wit and the
// packages that tenon generates. The names follow the canonical ABI
// (https://github.com/WebAssembly/component-model, CanonicalABI.md): lift,
// lower, task, subtask, waitable.
//
// Everything here runs on one thread, the only one that WebAssembly has. A
// goroutine gives way to another only where it blocks or calls a function, so
// the short critical sections below need no lock. On other platforms the
// package compiles, so that tests and editors work, and panics where a
// component's imports would be called.
package abi
