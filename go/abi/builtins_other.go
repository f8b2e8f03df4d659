//go:build !wasm

package abi

import "unsafe"

// Off WebAssembly there is no host to call. The functions exist so that
// packages which use them compile and can be tested as far as they do not.

func noHost() { panic("tenon: this needs the component model; build it with tenon build") }

func waitableSetNew() uint32                                        { noHost(); return 0 }
func waitableSetPoll(set uint32, event unsafe.Pointer) uint32       { noHost(); return 0 }
func waitableSetDrop(set uint32)                                    { noHost() }
func waitableJoin(waitable, set uint32)                             { noHost() }
func subtaskDrop(subtask uint32)                                    { noHost() }
func subtaskCancel(subtask uint32) uint32                           { noHost(); return 0 }
func taskCancel()                                                   { noHost() }
func contextGet() uint32                                            { noHost(); return 0 }
func contextSet(value uint32)                                       { noHost() }
func backpressureInc()                                              { noHost() }
func backpressureDec()                                              { noHost() }
func streamNewUnit() uint64                                         { noHost(); return 0 }
func streamReadUnit(end uint32, p unsafe.Pointer, n uint32) uint32  { noHost(); return 0 }
func streamWriteUnit(end uint32, p unsafe.Pointer, n uint32) uint32 { noHost(); return 0 }
func waitFor(nanoseconds int64) uint32                              { noHost(); return 0 }
