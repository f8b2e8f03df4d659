package abi

import "unsafe"

// The component model's built-ins, and the one WASI function that the event
// loop needs. Names are those of the legacy core scheme, which is the only one
// with async.

//go:wasmimport $root [waitable-set-new]
func waitableSetNew() uint32

//go:wasmimport $root [waitable-set-poll]
func waitableSetPoll(set uint32, event unsafe.Pointer) uint32

//go:wasmimport $root [waitable-set-drop]
func waitableSetDrop(set uint32)

//go:wasmimport $root [waitable-join]
func waitableJoin(waitable, set uint32)

//go:wasmimport $root [subtask-drop]
func subtaskDrop(subtask uint32)

//go:wasmimport $root [subtask-cancel]
func subtaskCancel(subtask uint32) uint32

//go:wasmimport [export]$root [task-cancel]
func taskCancel()

//go:wasmimport $root [context-get-0]
func contextGet() uint32

//go:wasmimport $root [context-set-0]
func contextSet(value uint32)

//go:wasmimport $root [backpressure-inc]
func backpressureInc()

//go:wasmimport $root [backpressure-dec]
func backpressureDec()

//go:wasmimport $root [stream-new-unit]
func streamNewUnit() uint64

//go:wasmimport $root [async-lower][stream-read-unit]
func streamReadUnit(end uint32, p unsafe.Pointer, n uint32) uint32

//go:wasmimport $root [async-lower][stream-write-unit]
func streamWriteUnit(end uint32, p unsafe.Pointer, n uint32) uint32

//go:wasmimport wasi:clocks/monotonic-clock@0.3.0 [async-lower]wait-for
func waitFor(nanoseconds int64) uint32
