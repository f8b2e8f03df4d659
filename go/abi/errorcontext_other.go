//go:build !wasm

package abi

import "unsafe"

func errorContextNew(data unsafe.Pointer, n uint32) uint32       { noHost(); return 0 }
func errorContextDebugMessage(handle uint32, ret unsafe.Pointer) { noHost() }
func errorContextDrop(handle uint32)                             { noHost() }
